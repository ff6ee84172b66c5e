-- Exports of posts in force that saw any of these London days: each covers the days between its first and its last post.
-- Grain: one row an upload.
select
    network,
    account,
    period_start,
    period_end,
    as_of,
    cast(upload_id as varchar) as upload_id,
    file_name
from upload_in_force
where
    table_name = 'post_observation'
    and sample = cast($sample as boolean)
    and list_contains($networks, network)
    and period_start <= cast($date_to as date)
    and period_end >= cast($date_from as date)
order by network, account, period_start, seq
