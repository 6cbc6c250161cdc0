WITH work AS (
  SELECT
    "_official" AS subject,
    rows.*
  FROM share AS rows
  WHERE
    (
      "item.finished_at" IS NULL
    )
    OR (
      "item.due_at" >= CAST('2026-08-31 17:00:00' AS TIMESTAMP)
    )
    OR (
      "item.finished_at" >= CAST('2026-08-31 17:00:00' AS TIMESTAMP)
    )
    OR (
      "received_at" >= CAST('2026-08-31 17:00:00' AS TIMESTAMP)
    )
), step_1 AS (
  SELECT
    *,
    (
      "item.finished_at" IS NULL
    )
    AND (
      (
        "item.due_at" IS NULL
      )
      AND (
        "received_at" < CAST('2026-09-30 17:00:00' AS TIMESTAMP)
      )
    ) AS "c0",
    (
      NOT (
        "item.finished_at" IS NULL
      )
    )
    AND (
      (
        "item.finished_at" >= CAST('2026-08-31 17:00:00' AS TIMESTAMP)
      )
      AND (
        "item.finished_at" < CAST('2026-09-30 17:00:00' AS TIMESTAMP)
      )
    ) AS "c1",
    (
      NOT (
        "item.due_at" IS NULL
      )
    )
    AND (
      "item.due_at" < CAST('2026-08-31 17:00:00' AS TIMESTAMP)
    )
    AND (
      "item.finished_at" IS NULL
    ) AS "c3",
    (
      CAST("coefficient" AS BIGINT) IS NULL
    ) AS "c5",
    CAST("coefficient" AS BIGINT) AS "c6"
  FROM work
), step_2 AS (
  SELECT
    *,
    (
      (
        NOT (
          "item.due_at" IS NULL
        )
      )
      AND (
        (
          "item.due_at" >= CAST('2026-08-31 17:00:00' AS TIMESTAMP)
        )
        AND (
          "item.due_at" < CAST('2026-09-30 17:00:00' AS TIMESTAMP)
        )
      )
    )
    OR (
      (
        "item.due_at" IS NULL
      ) AND "c1"
    ) AS "c2",
    "c6" * CAST(1000000 AS BIGINT) AS "c7"
  FROM step_1
), step_3 AS (
  SELECT
    *,
    "c2" OR "c3" AS "c4"
  FROM step_2
), step_4 AS (
  SELECT
    *,
    "c4" AND (
      NOT (
        "c5"
      )
    ) AS "c8"
  FROM step_3
)
SELECT
  "subject",
  SUM(CAST("c8" AS INT)) AS "a0",
  SUM(CASE WHEN "c8" THEN "c7" ELSE 0 END) AS "a1",
  SUM(
    CASE
      WHEN "c8" AND (
        NOT (
          "item.finished_at" IS NULL
        )
      )
      THEN "c7"
      ELSE 0
    END
  ) AS "a2",
  SUM(CAST((
    "c4" AND "c5"
  ) AS INT)) AS "a3",
  SUM(CAST("c0" AS INT)) AS "a4",
  SUM(CAST((
    (
      NOT "_several"
    ) AND "c8"
  ) AS INT)) + COALESCE(LIST_UNIQUE(ARRAY_AGG("_item") FILTER(WHERE
    "_several" AND "c8")), 0) AS "n_items"
FROM step_4
GROUP BY
  "subject"
