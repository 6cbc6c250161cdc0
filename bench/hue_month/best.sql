-- Huế's monthly scorecard over shares, September 2026 seen at its end, written by hand for DuckDB: for every official all
-- figures of the fourteen indicators over shares (numerator, denominator, rows counted, unknown, pending, excused) and the
-- number of items. What the compiled statement is held to.
WITH fault AS (
  SELECT
    _row,
    count(*) FILTER (kind = 0 AND (charged_to IS NULL OR (charged_to >= DATE '2026-09-01' AND charged_to < DATE '2026-10-01'))) AS quality,
    count(*) FILTER (NOT derived AND charged_to >= DATE '2026-09-01' AND charged_to < DATE '2026-10-01') AS dated,
    count(*) FILTER (kind = 0 AND NOT derived AND charged_to >= DATE '2026-09-01' AND charged_to < DATE '2026-10-01') AS quality_dated,
    count(*) FILTER (NOT derived AND charged_to IS NULL AND "at" >= TIMESTAMP '2026-08-31 17:00:00' AND "at" < TIMESTAMP '2026-09-30 17:00:00') AS undated,
    count(*) FILTER (kind = 0 AND NOT derived AND charged_to IS NULL AND "at" >= TIMESTAMP '2026-08-31 17:00:00' AND "at" < TIMESTAMP '2026-09-30 17:00:00') AS quality_undated
  FROM share_fault
  WHERE NOT voided AND own
  GROUP BY _row
),
work AS (
  SELECT
    _official, _item, _several, state, role, origin, accepted, recognised, rating, excused,
    due_at IS NOT NULL AS dated_work,
    late_extensions > 0 AS extended_late,
    reopened > 0 OR returns > 0 AS came_back,
    taken_up_at,
    date_diff('microsecond', received_at, taken_up_at) < 1441 * 60000000::BIGINT AS taken_up_in_time,
    date_diff('microsecond', finished_at, due_at) >= 1440 * 60000000::BIGINT AS ahead,
    coefficient::BIGINT * CASE WHEN role = 0 THEN _lead_weight ELSE weight END AS size,
    NOT excused AS ok,
    finished_at IS NOT NULL AND state = 1 AS done,
    coalesce(finished_at, TIMESTAMP '2026-09-30 17:00:00') > due_at AND NOT delay_voided AS late,
    received_at >= TIMESTAMP '2026-08-31 17:00:00' AND received_at < TIMESTAMP '2026-09-30 17:00:00' AS received,
    finished_at IS NOT NULL AND finished_at >= TIMESTAMP '2026-08-31 17:00:00' AND finished_at < TIMESTAMP '2026-09-30 17:00:00' AS finished,
    due_at IS NOT NULL AND due_at >= TIMESTAMP '2026-08-31 17:00:00' AND due_at < TIMESTAMP '2026-09-30 17:00:00' AS due,
    due_at IS NOT NULL AND due_at < TIMESTAMP '2026-08-31 17:00:00' AND finished_at IS NULL AS old_open,
    due_at IS NOT NULL AND due_at < TIMESTAMP '2026-08-31 17:00:00' AND finished_at >= TIMESTAMP '2026-08-31 17:00:00' AS old_settled,
    due_at IS NULL AND finished_at IS NULL AND received_at < TIMESTAMP '2026-09-30 17:00:00' AS pending,
    quality, quality_dated + CASE WHEN coalesce(due_at, finished_at) < TIMESTAMP '2026-08-31 17:00:00' THEN quality_undated ELSE 0 END AS quality_later,
    dated + CASE WHEN coalesce(due_at, finished_at) < TIMESTAMP '2026-08-31 17:00:00' THEN undated ELSE 0 END > 0 AS found_later
  FROM share LEFT JOIN fault USING (_row)
  WHERE finished_at IS NULL OR finished_at >= TIMESTAMP '2026-08-31 17:00:00' OR due_at >= TIMESTAMP '2026-08-31 17:00:00'
     OR received_at >= TIMESTAMP '2026-08-31 17:00:00' OR fault._row IS NOT NULL
),
seen AS (
  SELECT
    *,
    due OR (NOT dated_work AND finished) AS due_or_undated,
    due OR (NOT dated_work AND finished) OR old_open AS due_or_open,
    due OR (NOT dated_work AND finished) OR old_open OR coalesce(old_settled, false) AS due_or_carried,
    ok AND NOT (state = 2 AND NOT late) AS kept,
    role = 1 AND ok AS cooperating
  FROM work
),
flagged AS (
  SELECT
    *,
    coalesce(found_later, false) AND NOT due_or_open AND NOT pending AS later
  FROM seen
),
counted AS (
  SELECT
    *,
    due_or_open AND kept AND size IS NOT NULL AS m_quantity,
    due_or_open AND dated_work AND kept AND size IS NOT NULL AS m_timeliness,
    (due_or_open OR later) AND kept AND size IS NOT NULL AS m_quality,
    due_or_carried AND dated_work AND kept AS m_overdue,
    due_or_undated AND dated_work AND kept AS m_overdue_once,
    finished AND origin = 1 AND accepted AND ok AS m_self_started,
    received AND ok AND taken_up_at IS NOT NULL AS m_taken_up,
    due_or_undated AND ok AND done AND dated_work AS m_ahead,
    finished AND recognised AND ok AS m_creativity,
    due_or_undated AND cooperating AND dated_work AS m_coordination,
    due_or_open AND cooperating AND NOT (done AND late IS NULL) AS m_answered,
    due_or_undated AND cooperating AND rating IS NOT NULL AS m_mark,
    due_or_carried AND ok AS m_extensions,
    finished AND ok AS m_reopened
  FROM flagged
)
SELECT
  _official AS subject,
  -- quantity
  sum(CASE WHEN m_quantity AND done THEN size ELSE 0 END) AS quantity_top,
  sum(CASE WHEN m_quantity THEN size ELSE 0 END) AS quantity_bottom,
  sum(m_quantity::INT) AS quantity_n,
  sum((due_or_open AND (kept IS NULL OR (kept AND size IS NULL)))::INT) AS quantity_unknown,
  sum((pending AND coalesce(kept, true))::INT) AS quantity_pending,
  sum((excused AND (due_or_open OR pending) AND coalesce(NOT (state = 2 AND NOT late), true))::INT) AS quantity_excused,
  -- timeliness
  sum(CASE WHEN m_timeliness AND done AND NOT late THEN size ELSE 0 END) AS timeliness_top,
  sum(CASE WHEN m_timeliness THEN size ELSE 0 END) AS timeliness_bottom,
  sum(m_timeliness::INT) AS timeliness_n,
  sum((due_or_open AND dated_work AND kept AND size IS NULL)::INT) AS timeliness_unknown,
  0 AS timeliness_pending,
  sum((excused AND due_or_open AND dated_work AND NOT (state = 2 AND NOT late))::INT) AS timeliness_excused,
  -- quality
  sum(CASE WHEN m_quality THEN CASE WHEN later THEN -size * least(1000000, 250000 * coalesce(quality_later, 0))
        WHEN done THEN size * greatest(0, 1000000 - 250000 * coalesce(quality, 0)) ELSE 0 END ELSE 0 END) AS quality_top,
  sum(CASE WHEN m_quality AND NOT later THEN size ELSE 0 END) AS quality_bottom,
  sum(m_quality::INT) AS quality_n,
  sum(((due_or_open OR later) AND (kept IS NULL OR (kept AND size IS NULL)))::INT) AS quality_unknown,
  sum((pending AND coalesce(kept, true))::INT) AS quality_pending,
  sum((excused AND (due_or_open OR later OR pending) AND coalesce(NOT (state = 2 AND NOT late), true))::INT) AS quality_excused,
  -- level of overdue work, carried each month and once
  sum((m_overdue AND late)::INT) AS overdue_share_top,
  sum(m_overdue::INT) AS overdue_share_n,
  sum((excused AND due_or_carried AND dated_work AND NOT (state = 2 AND NOT late))::INT) AS overdue_share_excused,
  sum((m_overdue_once AND late)::INT) AS overdue_once_top,
  sum(m_overdue_once::INT) AS overdue_once_n,
  sum((excused AND due_or_undated AND dated_work AND NOT (state = 2 AND NOT late))::INT) AS overdue_once_excused,
  -- proactiveness
  sum(m_self_started::INT) AS self_started_work_n,
  sum((excused AND finished AND origin = 1 AND accepted)::INT) AS self_started_work_excused,
  sum((m_taken_up AND taken_up_in_time)::INT) AS taken_up_in_time_top,
  sum(m_taken_up::INT) AS taken_up_in_time_n,
  sum((excused AND received AND taken_up_at IS NOT NULL)::INT) AS taken_up_in_time_excused,
  sum((m_ahead AND ahead)::INT) AS finished_ahead_top,
  sum(m_ahead::INT) AS finished_ahead_n,
  sum((excused AND due_or_undated AND done AND dated_work)::INT) AS finished_ahead_excused,
  -- creativity
  sum(m_creativity::INT) AS creativity_n,
  sum((excused AND finished AND recognised)::INT) AS creativity_excused,
  -- coordination
  sum((m_coordination AND done AND NOT late AND (rating IS NULL OR rating >= 4000000))::INT) AS coordination_top,
  sum(m_coordination::INT) AS coordination_n,
  sum((excused AND due_or_undated AND role = 1 AND dated_work)::INT) AS coordination_excused,
  sum((m_answered AND done AND NOT late)::INT) AS answered_in_time_top,
  sum(m_answered::INT) AS answered_in_time_n,
  sum((due_or_open AND cooperating AND done AND late IS NULL)::INT) AS answered_in_time_unknown,
  sum((pending AND cooperating)::INT) AS answered_in_time_pending,
  sum((excused AND (due_or_open OR pending) AND role = 1)::INT) AS answered_in_time_excused,
  sum((m_mark AND rating >= 4000000)::INT) AS counterpart_mark_top,
  sum(m_mark::INT) AS counterpart_mark_n,
  sum((pending AND cooperating AND rating IS NOT NULL)::INT) AS counterpart_mark_pending,
  sum((excused AND (due_or_undated OR pending) AND role = 1 AND rating IS NOT NULL)::INT) AS counterpart_mark_excused,
  -- what counts against them
  sum((m_extensions AND extended_late)::INT) AS late_extensions_top,
  sum(m_extensions::INT) AS late_extensions_n,
  sum((pending AND ok)::INT) AS late_extensions_pending,
  sum((excused AND (due_or_carried OR pending))::INT) AS late_extensions_excused,
  sum((m_reopened AND came_back)::INT) AS reopened_share_top,
  sum(m_reopened::INT) AS reopened_share_n,
  sum((excused AND finished)::INT) AS reopened_share_excused,
  -- items: a share that is the official's only one of its item counts without a set
  sum((NOT _several AND (m_quantity OR m_timeliness OR (m_quality AND NOT later) OR m_overdue OR m_self_started OR m_taken_up
    OR m_ahead OR m_creativity OR m_coordination))::INT)
  + coalesce(list_unique(list(_item) FILTER (_several AND (m_quantity OR m_timeliness OR (m_quality AND NOT later) OR m_overdue
    OR m_self_started OR m_taken_up OR m_ahead OR m_creativity OR m_coordination))), 0) AS n_items
FROM counted
GROUP BY _official
