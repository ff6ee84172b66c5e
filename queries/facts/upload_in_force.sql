-- Uploads that count, in the order of what they saw: the highest seq is the latest look at the platform. A file was brought in when it
-- first was, however often its original was read again since.
-- Grain: one row an upload in force.
select
    *,
    coalesce(first_recorded_at, recorded_at) as brought_at,
    row_number() over (order by as_of, brought_at, upload_id) as seq
from upload_state
where not undone
