-- What each day of our accounts on some networks counted in one metric, between two days in the networks' own zones.
-- An account that the file does not name is ours: somebody imported its days. Grain: one row an account and day.
select
    day_current.network,
    day_current.account,
    coalesce(account_current.name, account_current.handle, day_current.account) as account_name,
    day_current.day,
    day_current.value,
    cast(day_current.upload_id as varchar) as upload_id,
    day_current.record_no,
    upload.file_name
from day_current
inner join upload using (upload_id)
left join account_current on day_current.network = account_current.network and day_current.account = account_current.account
where
    upload.sample = cast($sample as boolean)
    and list_contains($networks, day_current.network)
    and day_current.metric = $metric
    and day_current.day between cast($date_from as date) and cast($date_to as date)
    and coalesce(account_current.ours, true)
order by day_current.network, day_current.account, day_current.day
