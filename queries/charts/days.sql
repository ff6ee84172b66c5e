-- The days of one account in one metric, each as the latest export of it gave it. Grain: one row a day.
select
    day_current.day,
    cast(day_current.value as double) as value,
    day_current.heading,
    cast(day_current.upload_id as varchar) || ' ' || day_current.record_no || ' ' || day_current.metric as day_key,
    cast(day_current.upload_id as varchar) as upload_id,
    upload.file_name,
    day_current.record_no
from day_current
inner join upload using (upload_id)
where
    day_current.network = $network
    and day_current.account is not distinct from cast($account as varchar)
    and day_current.metric = $metric
    and (cast($date_from as date) is null or day_current.day >= $date_from)
    and (cast($date_to as date) is null or day_current.day <= $date_to)
order by day_current.day
