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
    CASE
      WHEN (
        "due_at" IS NULL
      )
      THEN (
        (
          COALESCE("finished_at", CAST($as_of AS TIMESTAMP)) > "due_at"
        )
        AND (
          NOT "delay_voided"
        )
      ) IS NULL
      ELSE FALSE
    END AS "c6"
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
    ) AS "c2"
  FROM step_1
), step_3 AS (
  SELECT
    *,
    "c2" OR "c3" OR "c4" AS "c5"
  FROM step_2
), step_4 AS (
  SELECT
    *,
    "c5" AND (
      NOT "excused"
    ) AND (
      NOT (
        "c6"
      )
    ) AS "c7"
  FROM step_3
)
SELECT
  "subject",
  SUM(CAST("c7" AS INT)) AS "a0",
  SUM(
    CAST((
      "c7"
      AND (
        (
          COALESCE("finished_at", CAST($as_of AS TIMESTAMP)) > "due_at"
        )
        AND (
          NOT "delay_voided"
        )
      )
    ) AS INT)
  ) AS "a1",
  SUM(CAST((
    "c5" AND (
      (
        NOT "excused"
      ) AND "c6"
    )
  ) AS INT)) AS "a2",
  SUM(CAST((
    "c0" AND (
      NOT "excused"
    )
  ) AS INT)) AS "a3",
  SUM(CAST((
    "excused" AND (
      "c5" OR "c0"
    ) AND (
      NOT FALSE
    )
  ) AS INT)) AS "a4",
  SUM(CAST((
    (
      NOT "_several"
    ) AND "c7"
  ) AS INT)) + COALESCE(LIST_UNIQUE(ARRAY_AGG("_item") FILTER(WHERE
    "_several" AND "c7")), 0) AS "n_items"
FROM step_4
GROUP BY
  "subject"
