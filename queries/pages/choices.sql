-- What the Overview can be asked for: areas, and within an area measures, campaigns and operations.
-- Grain: one row a choice.
select
    'area' as kind,
    area,
    area as choice,
    bool_and(sample) as sample,
    min(start_date) as first_day,
    max(end_date) as last_day,
    count(*) as figures
from figure_current
group by area
union all
select
    'measure' as kind,
    area,
    measure as choice,
    bool_and(sample) as sample,
    min(start_date) as first_day,
    max(end_date) as last_day,
    count(*) as figures
from figure_current
group by area, measure
union all
select
    'campaign' as kind,
    area,
    campaign as choice,
    bool_and(sample) as sample,
    min(start_date) as first_day,
    max(end_date) as last_day,
    count(*) as figures
from figure_current
where campaign is not null
group by area, campaign
union all
select
    'operation' as kind,
    area,
    operation as choice,
    bool_and(sample) as sample,
    min(start_date) as first_day,
    max(end_date) as last_day,
    count(*) as figures
from figure_current
where operation is not null
group by area, operation
order by kind, area, first_day nulls last, choice
