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
    NOT "excused" AS "w2",
    (
      COALESCE("finished_at", CAST('2026-09-30 17:00:00' AS TIMESTAMP)) > "due_at"
    )
    AND (
      NOT "delay_voided"
    ) AS "w3",
    "excused" AS "excused"
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
    "w0" AND "w2" AND (
      NOT (
        "w3" IS NULL
      )
    ) AS "m0",
    "w0" AND "w2" AND (
      NOT (
        (
          NOT "w3"
        ) IS NULL
      )
    ) AS "m1",
    "w3" AS "w3",
    "w0" AS "w0",
    "w2" AS "w2",
    "w1" AS "w1",
    "excused" AS "excused",
    "_item" AS "_item",
    "_several" AS "_several"
  FROM work
)
SELECT
  "subject",
  SUM(CAST("m0" AS INT)) AS "a0",
  SUM(CAST((
    "m0" AND "w3"
  ) AS INT)) AS "a1",
  COUNT(*) FILTER(WHERE
    "w0" AND (
      "w2" AND (
        "w3" IS NULL
      )
    )) AS "a2",
  COUNT(*) FILTER(WHERE
    "w1" AND "w2") AS "a3",
  COUNT(*) FILTER(WHERE
    "excused" AND (
      "w0" OR "w1"
    ) AND (
      NOT "w2"
    ) AND (
      NOT FALSE
    )) AS "a4",
  SUM(CAST("m1" AS INT)) AS "a5",
  SUM(CAST((
    "m1" AND (
      NOT "w3"
    )
  ) AS INT)) AS "a6",
  COUNT(*) FILTER(WHERE
    "w0" AND (
      "w2" AND (
        (
          NOT "w3"
        ) IS NULL
      )
    )) AS "a7",
  SUM(CAST((
    (
      NOT "_several"
    ) AND (
      "m0" OR "m1"
    )
  ) AS INT)) + COALESCE(
    LIST_UNIQUE(ARRAY_AGG("_item") FILTER(WHERE
      "_several" AND (
        "m0" OR "m1"
      ))),
    0
  ) AS "n_items"
FROM seen
GROUP BY
  "subject"
