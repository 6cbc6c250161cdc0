WITH work AS (
  SELECT
    "_official" AS subject,
    "_item",
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
    ) AS "w0"
  FROM fault AS rows
  WHERE
    (
      "finished_at" IS NULL
    )
    OR (
      CAST(NULL AS TIMESTAMP) >= CAST('2026-08-31 17:00:00' AS TIMESTAMP)
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
    "_item" AS "_item"
  FROM work
)
SELECT
  "subject",
  SUM(CAST("m0" AS INT)) AS "a0",
  COUNT(DISTINCT "_item") FILTER(WHERE
    "m0") AS "n_items"
FROM seen
GROUP BY
  "subject"
