-- The figures shown of each measure, made-up ones left out: how many, how many of them are not dated, and from which day to which they go.
-- Grain: one row a measure.
select
    measure,
    count(*) as figures,
    count(*) filter (where start_date is null or end_date is null) as undated,
    min(start_date) as first_day,
    max(end_date) as last_day
from figure_current
where not sample
group by measure
order by measure
