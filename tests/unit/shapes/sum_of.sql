WITH work AS (
  SELECT
    "_official" AS subject,
    "_item",
    "_several",
    (
      "received_at" >= CAST('2026-08-31 17:00:00' AS TIMESTAMP)
    )
    AND (
      "received_at" < CAST('2026-09-30 17:00:00' AS TIMESTAMP)
    ) AS "w0",
    "taken_up_at" AS "taken_up_at",
    "received_at" AS "received_at"
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
        CASE
          WHEN "taken_up_at" > "received_at"
          THEN (
            EPOCH_US("taken_up_at") - EPOCH_US("received_at")
          ) // CAST(60000000 AS BIGINT)
          WHEN "taken_up_at" <= "received_at"
          THEN 0
        END IS NULL
      )
    ) AS "m0",
    "taken_up_at" AS "taken_up_at",
    "received_at" AS "received_at",
    "w0" AS "w0",
    "_item" AS "_item",
    "_several" AS "_several"
  FROM work
)
SELECT
  "subject",
  SUM(CAST("m0" AS INT)) AS "a0",
  SUM(
    CASE
      WHEN "m0"
      THEN CASE
        WHEN "taken_up_at" > "received_at"
        THEN (
          EPOCH_US("taken_up_at") - EPOCH_US("received_at")
        ) // CAST(60000000 AS BIGINT)
        WHEN "taken_up_at" <= "received_at"
        THEN 0
      END
      ELSE 0
    END
  ) AS "a1",
  COUNT(*) FILTER(WHERE
    "w0"
    AND (
      CASE
        WHEN "taken_up_at" > "received_at"
        THEN (
          EPOCH_US("taken_up_at") - EPOCH_US("received_at")
        ) // CAST(60000000 AS BIGINT)
        WHEN "taken_up_at" <= "received_at"
        THEN 0
      END IS NULL
    )) AS "a2",
  SUM(CAST((
    (
      NOT "_several"
    ) AND "m0"
  ) AS INT)) + COALESCE(LIST_UNIQUE(ARRAY_AGG("_item") FILTER(WHERE
    "_several" AND "m0")), 0) AS "n_items"
FROM seen
GROUP BY
  "subject"
