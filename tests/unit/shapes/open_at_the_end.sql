WITH work AS (
  SELECT
    "_official" AS subject,
    "_item",
    "_several",
    (
      "finished_at" IS NULL
    )
    AND (
      "received_at" < CAST('2026-09-30 17:00:00' AS TIMESTAMP)
    ) AS "w0"
  FROM share AS rows
  WHERE
    (
      "finished_at" IS NULL
    )
    OR (
      "due_at" >= CAST('2026-08-31 17:00:00' AS TIMESTAMP)
    )
    OR (
      "finished_at" >= CAST('2026-08-31 17:00:00' AS TIMESTAMP)
    )
    OR (
      "received_at" >= CAST('2026-08-31 17:00:00' AS TIMESTAMP)
    )
), seen AS (
  SELECT
    "subject",
    "w0" AS "m0",
    "_item" AS "_item",
    "_several" AS "_several"
  FROM work
)
SELECT
  "subject",
  SUM(CAST("m0" AS INT)) AS "a0",
  SUM(CAST((
    (
      NOT "_several"
    ) AND "m0"
  ) AS INT)) + COALESCE(LIST_UNIQUE(ARRAY_AGG("_item") FILTER(WHERE
    "_several" AND "m0")), 0) AS "n_items"
FROM seen
GROUP BY
  "subject"
