-- One day's value in one metric, in every export that gave it, newest first, each with its file and record.
-- Grain: one row an observation.
with asked as (
    select *
    from day_current
    where cast(upload_id as varchar) || ' ' || record_no || ' ' || metric = $day_key
)

select
    account_day.*,
    upload_in_force.file_name,
    upload_in_force.as_of,
    upload_in_force.sample,
    account_current.name as account_name
from account_day
inner join asked
    on
        account_day.network = asked.network
        and account_day.account is not distinct from asked.account
        and account_day.day = asked.day
        and account_day.metric = asked.metric
inner join upload_in_force on account_day.upload_id = upload_in_force.upload_id
left join account_current on account_day.network = account_current.network and account_day.account = account_current.account
order by upload_in_force.seq desc
