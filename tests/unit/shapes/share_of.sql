WITH work AS (
  SELECT
    "_official" AS subject,
    "_item",
    "_several",
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
      THEN (
        "finished_at" IS NULL
      )
      OR (
        "finished_at" >= CAST('2026-08-31 17:00:00' AS TIMESTAMP)
      )
      ELSE FALSE
    END AS "w0",
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
    ) AS "w1",
    "excused" AS "excused",
    "finished_at" AS "finished_at",
    CAST('2026-09-30 17:00:00' AS TIMESTAMP) AS "as_of",
    "due_at" AS "due_at",
    "delay_voided" AS "delay_voided"
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
), seen AS (
  SELECT
    "subject",
    "w0"
    AND (
      NOT "excused"
    )
    AND (
      NOT (
        (
          (
            COALESCE("finished_at", "as_of") > "due_at"
          ) AND (
            NOT "delay_voided"
          )
        ) IS NULL
      )
    ) AS "m0",
    "due_at" AS "due_at",
    "delay_voided" AS "delay_voided",
    "finished_at" AS "finished_at",
    "as_of" AS "as_of",
    "w0" AS "w0",
    "excused" AS "excused",
    "w1" AS "w1",
    "_item" AS "_item",
    "_several" AS "_several"
  FROM work
)
SELECT
  "subject",
  SUM(CAST("m0" AS INT)) AS "a0",
  SUM(
    CAST((
      "m0"
      AND (
        (
          COALESCE("finished_at", "as_of") > "due_at"
        ) AND (
          NOT "delay_voided"
        )
      )
    ) AS INT)
  ) AS "a1",
  COUNT(*) FILTER(WHERE
    "w0"
    AND (
      (
        NOT "excused"
      )
      AND (
        (
          (
            COALESCE("finished_at", "as_of") > "due_at"
          ) AND (
            NOT "delay_voided"
          )
        ) IS NULL
      )
    )) AS "a2",
  COUNT(*) FILTER(WHERE
    "w1" AND (
      NOT "excused"
    )) AS "a3",
  COUNT(*) FILTER(WHERE
    "excused"
    AND (
      "w0" OR "w1"
    )
    AND (
      NOT (
        NOT "excused"
      )
    )
    AND (
      NOT FALSE
    )) AS "a4",
  SUM(CAST((
    (
      NOT "_several"
    ) AND "m0"
  ) AS INT)) + COALESCE(LIST_UNIQUE(ARRAY_AGG("_item") FILTER(WHERE
    "_several" AND "m0")), 0) AS "n_items"
FROM seen
GROUP BY
  "subject"
