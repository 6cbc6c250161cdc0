WITH fault_counts AS (
  SELECT
    "_row",
    CAST(SUM(
      CASE
        WHEN (
          (
            NOT "derived"
          )
          AND (
            NOT (
              "charged_to" IS NULL
            )
          )
          AND (
            (
              "charged_to" >= CAST('2026-09-01' AS DATE)
            )
            AND (
              "charged_to" < CAST('2026-10-01' AS DATE)
            )
          )
        )
        AND "own"
        THEN 1
        ELSE 0
      END
    ) AS BIGINT) AS "any_own_later_dated",
    CAST(SUM(
      CASE
        WHEN (
          (
            NOT "derived"
          )
          AND (
            "charged_to" IS NULL
          )
          AND (
            (
              "at" >= CAST('2026-08-31 17:00:00' AS TIMESTAMP)
            )
            AND (
              "at" < CAST('2026-09-30 17:00:00' AS TIMESTAMP)
            )
          )
        )
        AND "own"
        THEN 1
        ELSE 0
      END
    ) AS BIGINT) AS "any_own_later_undated",
    CAST(SUM(
      CASE
        WHEN (
          (
            "charged_to" IS NULL
          )
          OR (
            (
              "charged_to" >= CAST('2026-09-01' AS DATE)
            )
            AND (
              "charged_to" < CAST('2026-10-01' AS DATE)
            )
          )
        )
        AND "own"
        AND (
          "kind" = 0
        )
        THEN 1
        ELSE 0
      END
    ) AS BIGINT) AS "quality_own_charged",
    CAST(SUM(
      CASE
        WHEN (
          (
            NOT "derived"
          )
          AND (
            NOT (
              "charged_to" IS NULL
            )
          )
          AND (
            (
              "charged_to" >= CAST('2026-09-01' AS DATE)
            )
            AND (
              "charged_to" < CAST('2026-10-01' AS DATE)
            )
          )
        )
        AND "own"
        AND (
          "kind" = 0
        )
        THEN 1
        ELSE 0
      END
    ) AS BIGINT) AS "quality_own_later_dated",
    CAST(SUM(
      CASE
        WHEN (
          (
            NOT "derived"
          )
          AND (
            "charged_to" IS NULL
          )
          AND (
            (
              "at" >= CAST('2026-08-31 17:00:00' AS TIMESTAMP)
            )
            AND (
              "at" < CAST('2026-09-30 17:00:00' AS TIMESTAMP)
            )
          )
        )
        AND "own"
        AND (
          "kind" = 0
        )
        THEN 1
        ELSE 0
      END
    ) AS BIGINT) AS "quality_own_later_undated"
  FROM share_fault
  WHERE
    NOT "voided"
  GROUP BY
    "_row"
), work AS (
  SELECT
    "_official" AS subject,
    rows.*,
    NOT (
      "fault_counts"."_row" IS NULL
    ) AS has_faults,
    "any_own_later_dated",
    "any_own_later_undated",
    "quality_own_charged",
    "quality_own_later_dated",
    "quality_own_later_undated"
  FROM share AS rows
  LEFT JOIN fault_counts
    ON "rows"."_row" = "fault_counts"."_row"
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
    OR (
      NOT (
        "fault_counts"."_row" IS NULL
      )
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
    ) AS "c7",
    CAST("coefficient" AS BIGINT) AS "c8",
    CASE
      WHEN "role" = 0
      THEN CAST("_lead_weight" AS BIGINT)
      ELSE CAST("weight" AS BIGINT)
    END AS "c9"
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
    "c8" * "c9" AS "c10"
  FROM step_1
), step_3 AS (
  SELECT
    *,
    "c2" OR "c3" AS "c4"
  FROM step_2
), step_4 AS (
  SELECT
    *,
    CASE
      WHEN "has_faults"
      THEN (
        (
          COALESCE("any_own_later_dated", 0) + CASE
            WHEN (
              NOT (
                COALESCE("due_at", "finished_at") IS NULL
              )
            )
            AND (
              COALESCE("due_at", "finished_at") < CAST('2026-08-31 17:00:00' AS TIMESTAMP)
            )
            THEN COALESCE("any_own_later_undated", 0)
            ELSE 0
          END
        ) > 0
      )
      AND (
        NOT (
          "c4"
        )
      )
      AND (
        NOT (
          "c0"
        )
      )
      ELSE FALSE
    END AS "c5"
  FROM step_3
), step_5 AS (
  SELECT
    *,
    "c4" OR "c5" AS "c6"
  FROM step_4
), step_6 AS (
  SELECT
    *,
    "c6" AND (
      NOT (
        "c7"
      )
    ) AS "c11"
  FROM step_5
)
SELECT
  "subject",
  SUM(CAST("c11" AS INT)) AS "a0",
  SUM(CASE WHEN "c11" THEN "c10" ELSE 0 END) AS "a1",
  SUM(
    CASE
      WHEN "c11"
      THEN CASE
        WHEN NOT (
          "c5"
        )
        THEN "c10" * CAST(100 AS BIGINT)
        ELSE 0 - (
          "c10" * LEAST(
            CAST(100 AS BIGINT),
            CAST(25 AS BIGINT) * CASE
              WHEN "c5"
              THEN (
                COALESCE("quality_own_later_dated", 0) + CASE
                  WHEN (
                    NOT (
                      COALESCE("due_at", "finished_at") IS NULL
                    )
                  )
                  AND (
                    COALESCE("due_at", "finished_at") < CAST('2026-08-31 17:00:00' AS TIMESTAMP)
                  )
                  THEN COALESCE("quality_own_later_undated", 0)
                  ELSE 0
                END
              )
              ELSE COALESCE("quality_own_charged", 0)
            END
          )
        )
      END
      ELSE 0
    END
  ) AS "a2",
  SUM(CAST((
    "c6" AND "c7"
  ) AS INT)) AS "a3",
  SUM(CAST("c0" AS INT)) AS "a4",
  SUM(
    CAST((
      (
        NOT "_several"
      ) AND (
        "c11" AND (
          NOT "c5"
        )
      )
    ) AS INT)
  ) + COALESCE(
    LIST_UNIQUE(
      ARRAY_AGG("_item") FILTER(WHERE
        "_several" AND (
          "c11" AND (
            NOT "c5"
          )
        ))
    ),
    0
  ) AS "n_items"
FROM step_6
GROUP BY
  "subject"
