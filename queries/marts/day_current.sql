-- Days of accounts in force. Of several exports of one day and metric the latest is shown: networks revise the last days.
-- Grain: one row an account, day and metric.
with stated as (
    select
        account_day.*,
        upload_in_force.sample,
        upload_in_force.as_of,
        row_number() over (
            partition by account_day.network, account_day.account, account_day.day, account_day.metric
            order by upload_in_force.seq desc, account_day.record_no desc
        ) as place
    from account_day
    inner join upload_in_force using (upload_id)
)

select * exclude (place)
from stated
where place = 1
