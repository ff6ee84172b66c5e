-- Stop and searches of a force for one object, each day that its files cover, from the first to the last search they list in a month.
-- A day they cover and list none for has 0 records, which the files do say. The first of a month alone, in the file of the month before, is
-- its last hour of universal time and no day that is covered. Grain: one row a day.
with listed as (
    select
        date_trunc('month', day) as month,
        min(day) as first_day,
        max(day) as last_day,
        upload_id
    from search_current
    where force = $force
    group by date_trunc('month', day), upload_id
),

month as (
    select *
    from listed
    qualify not (
        first_day = last_day
        and first_day = month
        and coalesce(lag(month) over (partition by upload_id order by month) = month - interval 1 month, false)
    )
),

spanned as (
    select
        upload_id,
        cast(unnest(generate_series(first_day, last_day, interval 1 day)) as date) as day
    from month
),

covered as (
    select
        day,
        min(upload_id) as upload_id
    from spanned
    group by day
),

counted as (
    select
        day,
        sum(records) as records
    from search_current
    where force = $force and lower(object) = lower($object)
    group by day
)

select
    covered.day,
    cast(coalesce(counted.records, 0) as bigint) as records,
    upload.file_name
from covered
left join counted on covered.day = counted.day
left join upload on covered.upload_id = upload.upload_id
order by covered.day
