-- What data.police.uk says, counted, of one force and kind where those are given: crimes and outcomes by month and category, searches
-- by month, object and outcome; and how many rows there are in all. Grain: one row a force, month, kind and category.
with search_month as (
    select
        force,
        cast(date_trunc('month', day) as date) as month,
        'stop and search' as kind,
        object || ': ' || outcome as category,
        cast(sum(records) as bigint) as records
    from search_current
    group by force, month, object, outcome
),

held as (
    select
        force,
        month,
        kind,
        category,
        records
    from crime_current
    union all
    select
        force,
        month,
        kind,
        category,
        records
    from search_month
)

select
    *,
    count(*) over (partition by 1) as total_rows
from held
where
    (cast($force as varchar) is null or force = $force)
    and (cast($kind as varchar) is null or kind = $kind)
order by month desc, force, kind, records desc, category
limit cast($most_rows as bigint)
