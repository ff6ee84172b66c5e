-- Exports in force of all posts of our accounts that saw any of these London days: each covers the days between its first and its last
-- post. A format that holds one kind of post, such as stories, covers no day.
-- Grain: one row an upload and account of it.
select
    account_period.network,
    account_period.account,
    account_period.account_name,
    account_period.period_start,
    account_period.period_end,
    upload_in_force.as_of,
    cast(account_period.upload_id as varchar) as upload_id,
    upload_in_force.file_name
from account_period
inner join upload_in_force using (upload_id)
where
    account_period.table_name = 'post_observation'
    and account_period.ours
    and account_period.sample = cast($sample as boolean)
    and list_contains($formats, upload_in_force.format)
    and list_contains($networks, account_period.network)
    and account_period.period_start <= cast($date_to as date)
    and account_period.period_end >= cast($date_from as date)
order by account_period.network, account_period.account, account_period.period_start, upload_in_force.seq
