WITH work AS (
  SELECT
    "_official" AS subject,
    "_item",
    "_several",
    (
      "role" = 0
    )
    AND CASE
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
    END AS "w0",
    (
      "role" = 0
    )
    AND (
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
    ) AS "w1",
    CAST("coefficient" AS BIGINT) * CAST("weight" AS BIGINT) AS "w2",
    "finished_at" AS "finished_at"
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
      NOT (
        "w2" IS NULL
      )
    )
    AND (
      NOT (
        CASE WHEN NOT (
          "finished_at" IS NULL
        ) THEN "w2" ELSE 0 END IS NULL
      )
    ) AS "m0",
    "w2" AS "w2",
    "finished_at" AS "finished_at",
    "w0" AS "w0",
    "w1" AS "w1",
    "_item" AS "_item",
    "_several" AS "_several"
  FROM work
)
SELECT
  "subject",
  SUM(CAST("m0" AS INT)) AS "a0",
  SUM(CASE WHEN "m0" THEN "w2" ELSE 0 END) AS "a1",
  SUM(
    CASE
      WHEN "m0"
      THEN CASE WHEN NOT (
        "finished_at" IS NULL
      ) THEN "w2" ELSE 0 END
      ELSE 0
    END
  ) AS "a2",
  COUNT(*) FILTER(WHERE
    "w0"
    AND (
      (
        "w2" IS NULL
      )
      OR (
        CASE WHEN NOT (
          "finished_at" IS NULL
        ) THEN "w2" ELSE 0 END IS NULL
      )
    )) AS "a3",
  COUNT(*) FILTER(WHERE
    "w1") AS "a4",
  SUM(CAST((
    (
      NOT "_several"
    ) AND "m0"
  ) AS INT)) + COALESCE(LIST_UNIQUE(ARRAY_AGG("_item") FILTER(WHERE
    "_several" AND "m0")), 0) AS "n_items"
FROM seen
GROUP BY
  "subject"
