-- Populations as they stand now, the most people first. Grain: one row a population, area and reference date.
with stated as (
    select
        *,
        row_number() over (partition by population, area, reference_date order by recorded_at desc) as place
    from population
)

select
    population,
    area,
    people,
    reference_date,
    source,
    note
from stated
where place = 1
order by people desc, area, population, reference_date
