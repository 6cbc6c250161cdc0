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
    "_item",
    "_several",
    CASE
      WHEN NOT (
        "fault_counts"."_row" IS NULL
      )
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
          CASE
            WHEN "due_at" IS NULL
            THEN (
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
            )
            WHEN (
              "due_at" >= CAST('2026-08-31 17:00:00' AS TIMESTAMP)
            )
            AND (
              "due_at" < CAST('2026-09-30 17:00:00' AS TIMESTAMP)
            )
            THEN TRUE
            WHEN "due_at" < CAST('2026-08-31 17:00:00' AS TIMESTAMP)
            THEN "finished_at" IS NULL
            ELSE FALSE
          END
        )
      )
      AND (
        NOT (
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
          )
        )
      )
      ELSE FALSE
    END AS "w0",
    CASE
      WHEN "due_at" IS NULL
      THEN (
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
      )
      WHEN (
        "due_at" >= CAST('2026-08-31 17:00:00' AS TIMESTAMP)
      )
      AND (
        "due_at" < CAST('2026-09-30 17:00:00' AS TIMESTAMP)
      )
      THEN TRUE
      WHEN "due_at" < CAST('2026-08-31 17:00:00' AS TIMESTAMP)
      THEN "finished_at" IS NULL
      ELSE FALSE
    END
    OR CASE
      WHEN NOT (
        "fault_counts"."_row" IS NULL
      )
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
          CASE
            WHEN "due_at" IS NULL
            THEN (
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
            )
            WHEN (
              "due_at" >= CAST('2026-08-31 17:00:00' AS TIMESTAMP)
            )
            AND (
              "due_at" < CAST('2026-09-30 17:00:00' AS TIMESTAMP)
            )
            THEN TRUE
            WHEN "due_at" < CAST('2026-08-31 17:00:00' AS TIMESTAMP)
            THEN "finished_at" IS NULL
            ELSE FALSE
          END
        )
      )
      AND (
        NOT (
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
          )
        )
      )
      ELSE FALSE
    END AS "w1",
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
    ) AS "w2",
    CAST("coefficient" AS BIGINT) * CASE
      WHEN "role" = 0
      THEN CAST("_lead_weight" AS BIGINT)
      ELSE CAST("weight" AS BIGINT)
    END AS "w3",
    CASE
      WHEN CASE
        WHEN NOT (
          "fault_counts"."_row" IS NULL
        )
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
            CASE
              WHEN "due_at" IS NULL
              THEN (
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
              )
              WHEN (
                "due_at" >= CAST('2026-08-31 17:00:00' AS TIMESTAMP)
              )
              AND (
                "due_at" < CAST('2026-09-30 17:00:00' AS TIMESTAMP)
              )
              THEN TRUE
              WHEN "due_at" < CAST('2026-08-31 17:00:00' AS TIMESTAMP)
              THEN "finished_at" IS NULL
              ELSE FALSE
            END
          )
        )
        AND (
          NOT (
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
            )
          )
        )
        ELSE FALSE
      END
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
    END AS "w4",
    NOT (
      CASE
        WHEN NOT (
          "fault_counts"."_row" IS NULL
        )
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
            CASE
              WHEN "due_at" IS NULL
              THEN (
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
              )
              WHEN (
                "due_at" >= CAST('2026-08-31 17:00:00' AS TIMESTAMP)
              )
              AND (
                "due_at" < CAST('2026-09-30 17:00:00' AS TIMESTAMP)
              )
              THEN TRUE
              WHEN "due_at" < CAST('2026-08-31 17:00:00' AS TIMESTAMP)
              THEN "finished_at" IS NULL
              ELSE FALSE
            END
          )
        )
        AND (
          NOT (
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
            )
          )
        )
        ELSE FALSE
      END
    ) AS "counted"
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
), seen AS (
  SELECT
    "subject",
    "w1"
    AND (
      NOT (
        "w3" IS NULL
      )
    )
    AND (
      NOT (
        CASE
          WHEN "counted"
          THEN "w3" * CAST(100 AS BIGINT)
          ELSE 0 - (
            "w3" * LEAST(CAST(100 AS BIGINT), CAST(25 AS BIGINT) * "w4")
          )
        END IS NULL
      )
    ) AS "m0",
    "w3" AS "w3",
    "counted" AS "counted",
    "w4" AS "w4",
    "w1" AS "w1",
    "w2" AS "w2",
    "w0" AS "w0",
    "_item" AS "_item",
    "_several" AS "_several"
  FROM work
)
SELECT
  "subject",
  SUM(CAST("m0" AS INT)) AS "a0",
  SUM(CASE WHEN "m0" THEN "w3" ELSE 0 END) AS "a1",
  SUM(
    CASE
      WHEN "m0"
      THEN CASE
        WHEN "counted"
        THEN "w3" * CAST(100 AS BIGINT)
        ELSE 0 - (
          "w3" * LEAST(CAST(100 AS BIGINT), CAST(25 AS BIGINT) * "w4")
        )
      END
      ELSE 0
    END
  ) AS "a2",
  COUNT(*) FILTER(WHERE
    "w1"
    AND (
      (
        "w3" IS NULL
      )
      OR (
        CASE
          WHEN "counted"
          THEN "w3" * CAST(100 AS BIGINT)
          ELSE 0 - (
            "w3" * LEAST(CAST(100 AS BIGINT), CAST(25 AS BIGINT) * "w4")
          )
        END IS NULL
      )
    )) AS "a3",
  COUNT(*) FILTER(WHERE
    "w2") AS "a4",
  SUM(
    CAST((
      (
        NOT "_several"
      ) AND (
        "m0" AND (
          NOT "w0"
        )
      )
    ) AS INT)
  ) + COALESCE(
    LIST_UNIQUE(
      ARRAY_AGG("_item") FILTER(WHERE
        "_several" AND (
          "m0" AND (
            NOT "w0"
          )
        ))
    ),
    0
  ) AS "n_items"
FROM seen
GROUP BY
  "subject"
