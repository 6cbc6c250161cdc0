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
), step_2 AS (
  SELECT
    *,
    "c0" AND (
      "origin" = 1
    ) AS "c1"
  FROM step_1
)
SELECT
  "subject",
  SUM(CAST("c1" AS INT)) AS "a0",
  SUM(CAST((
    "c0" AND (
      (
        "origin" = 1
      ) IS NULL
    )
  ) AS INT)) AS "a1",
  SUM(CAST((
    (
      NOT "_several"
    ) AND "c1"
  ) AS INT)) + COALESCE(LIST_UNIQUE(ARRAY_AGG("_item") FILTER(WHERE
    "_several" AND "c1")), 0) AS "n_items"
FROM step_2
GROUP BY
  "subject"
