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
      NOT (
        "due_at" IS NULL
      )
    )
    AND (
      "due_at" < CAST('2026-08-31 17:00:00' AS TIMESTAMP)
    )
    AND (
      NOT (
        "finished_at" IS NULL
      )
    )
    AND (
      "finished_at" >= CAST('2026-08-31 17:00:00' AS TIMESTAMP)
    ) AS "c4",
    NOT "excused" AS "c6",
    COALESCE("finished_at", CAST($as_of AS TIMESTAMP)) AS "c7",
    NOT "delay_voided" AS "c9"
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
    "c7" > "due_at" AS "c8"
  FROM step_1
), step_3 AS (
  SELECT
    *,
    "c2" OR "c3" OR "c4" AS "c5",
    "c8" AND "c9" AS "c10"
  FROM step_2
), step_4 AS (
  SELECT
    *,
    CASE WHEN (
      "due_at" IS NULL
    ) THEN "c10" IS NULL ELSE FALSE END AS "c11",
    CASE WHEN (
      "due_at" IS NULL
    ) THEN (
      NOT "c10"
    ) IS NULL ELSE FALSE END AS "c13"
  FROM step_3
), step_5 AS (
  SELECT
    *,
    "c5" AND "c6" AND (
      NOT (
        "c11"
      )
    ) AS "c12",
    "c5" AND "c6" AND (
      NOT (
        "c13"
      )
    ) AS "c14"
  FROM step_4
)
SELECT
  "subject",
  SUM(CAST("c12" AS INT)) AS "a0",
  SUM(CAST((
    "c12" AND "c10"
  ) AS INT)) AS "a1",
  SUM(CAST((
    "c5" AND (
      "c6" AND "c11"
    )
  ) AS INT)) AS "a2",
  SUM(CAST((
    "c0" AND "c6"
  ) AS INT)) AS "a3",
  SUM(CAST((
    "excused" AND (
      "c5" OR "c0"
    ) AND (
      NOT FALSE
    )
  ) AS INT)) AS "a4",
  SUM(CAST("c14" AS INT)) AS "a5",
  SUM(CAST((
    "c14" AND (
      NOT "c10"
    )
  ) AS INT)) AS "a6",
  SUM(CAST((
    "c5" AND (
      "c6" AND "c13"
    )
  ) AS INT)) AS "a7",
  SUM(CAST((
    (
      NOT "_several"
    ) AND (
      "c12" OR "c14"
    )
  ) AS INT)) + COALESCE(
    LIST_UNIQUE(ARRAY_AGG("_item") FILTER(WHERE
      "_several" AND (
        "c12" OR "c14"
      ))),
    0
  ) AS "n_items"
FROM step_5
GROUP BY
  "subject"
