WITH work AS (
  SELECT
    "_official" AS subject,
    "_item",
    "_several",
    (
      NOT (
        "finished_at" IS NULL
      )
    )
    AND (
      (
        "finished_at" >= CAST('2026-08-31 17:00:00' AS TIMESTAMP)
      )
      AND (
        "finished_at" < CAST('2026-09-30 17:00:00' AS TIMESTAMP)
      )
    ) AS "w0",
    CAST("rating" AS BIGINT) AS "rating"
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
    "w0" AND (
      NOT (
        "rating" IS NULL
      )
    ) AS "m0",
    "rating" AS "rating",
    "w0" AS "w0",
    "_item" AS "_item",
    "_several" AS "_several"
  FROM work
)
SELECT
  "subject",
  SUM(CAST("m0" AS INT)) AS "a0",
  SUM(CASE WHEN "m0" THEN "rating" ELSE 0 END) AS "a1",
  COUNT(*) FILTER(WHERE
    "w0" AND (
      "rating" IS NULL
    )) AS "a2",
  SUM(CAST((
    (
      NOT "_several"
    ) AND "m0"
  ) AS INT)) + COALESCE(LIST_UNIQUE(ARRAY_AGG("_item") FILTER(WHERE
    "_several" AND "m0")), 0) AS "n_items"
FROM seen
GROUP BY
  "subject"
