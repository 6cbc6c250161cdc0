WITH work AS (
  SELECT
    "_official" AS subject,
    rows.*
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
), step_1 AS (
  SELECT
    *,
    (
      "finished_at" IS NULL
    )
    AND (
      "received_at" < CAST('2026-09-30 17:00:00' AS TIMESTAMP)
    ) AS "c0"
  FROM work
)
SELECT
  "subject",
  SUM(CAST("c0" AS INT)) AS "a0",
  SUM(CAST((
    (
      NOT "_several"
    ) AND "c0"
  ) AS INT)) + COALESCE(LIST_UNIQUE(ARRAY_AGG("_item") FILTER(WHERE
    "_several" AND "c0")), 0) AS "n_items"
FROM step_1
GROUP BY
  "subject"
