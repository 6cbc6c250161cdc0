WITH work AS (
  SELECT
    "_official" AS subject,
    rows.*
  FROM item AS rows
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
    ) AS "c0"
  FROM work
)
SELECT
  "subject",
  SUM(CAST("c0" AS INT)) AS "a0",
  SUM(CAST((
    "c0" AND "signed"
  ) AS INT)) AS "a1",
  COUNT(DISTINCT "_item") FILTER(WHERE
    "c0") AS "n_items"
FROM step_1
GROUP BY
  "subject"
