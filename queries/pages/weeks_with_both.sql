-- How many weeks, of seven or eight days with both dates, have a figure of reach ($reaches), one of enforcement ($measures), and one of
-- each of the same days: of real figures, or with $sample of made-up ones. Grain: one row.
with week as (
    select
        start_date,
        end_date,
        bool_or(list_contains($reaches, measure)) as reach,
        bool_or(list_contains($measures, measure)) as enforcement
    from figure_current
    where
        area = $area
        and sample = coalesce(cast($sample as boolean), false)
        and date_diff('day', start_date, end_date) in (6, 7)
    group by start_date, end_date
)

select
    count(*) filter (where reach) as weeks_with_reach,
    count(*) filter (where enforcement) as weeks_with_enforcement,
    count(*) filter (where reach and enforcement) as weeks_with_both
from week
