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
      (
        "due_at" IS NULL
      )
      AND (
        "received_at" < CAST('2026-09-30 17:00:00' AS TIMESTAMP)
      )
    ) AS "c0",
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
    ) AS "c1",
    (
      NOT (
        "due_at" IS NULL
      )
    )
    AND (
      "due_at" < CAST('2026-08-31 17:00:00' AS TIMESTAMP)
    )
    AND (
      "finished_at" IS NULL
    ) AS "c3",
    (
      CAST("coefficient" AS BIGINT) IS NULL
    ) AS "c5",
    CAST("coefficient" AS BIGINT) AS "c6",
    CASE
      WHEN "role" = 0
      THEN CAST("_lead_weight" AS BIGINT)
      ELSE CAST("weight" AS BIGINT)
    END AS "c7"
  FROM work
), step_2 AS (
  SELECT
    *,
    (
      (
        NOT (
          "due_at" IS NULL
        )
      )
      AND (
        (
          "due_at" >= CAST('2026-08-31 17:00:00' AS TIMESTAMP)
        )
        AND (
          "due_at" < CAST('2026-09-30 17:00:00' AS TIMESTAMP)
        )
      )
    )
    OR (
      (
        "due_at" IS NULL
      ) AND "c1"
    ) AS "c2",
    "c6" * "c7" AS "c8"
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
    ) AS "c9"
  FROM step_3
)
SELECT
  "subject",
  SUM(CAST("c9" AS INT)) AS "a0",
  SUM(CASE WHEN "c9" THEN "c8" ELSE 0 END) AS "a1",
  SUM(
    CASE WHEN "c9" AND (
      NOT (
        "finished_at" IS NULL
      )
    ) THEN "c8" ELSE 0 END
  ) AS "a2",
  SUM(CAST((
    "c4" AND "c5"
  ) AS INT)) AS "a3",
  SUM(CAST("c0" AS INT)) AS "a4",
  SUM(CAST((
    (
      NOT "_several"
    ) AND "c9"
  ) AS INT)) + COALESCE(LIST_UNIQUE(ARRAY_AGG("_item") FILTER(WHERE
    "_several" AND "c9")), 0) AS "n_items"
FROM step_4
GROUP BY
  "subject"
