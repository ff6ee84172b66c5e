-- Every upload, with whether it is in force. Which table its rows are in was not kept at first: it follows from the format.
-- Grain: one row an upload.
with latest as (
    select
        upload_id,
        arg_max(undone, recorded_at) as undone,
        max(recorded_at) as changed_at,
        arg_max(recorded_by, recorded_at) as changed_by,
        arg_max(reason, recorded_at) as reason
    from retraction
    group by upload_id
)

select
    upload.* exclude (table_name),
    coalesce(upload.table_name, case when upload.format in ('figures', 'outcomes') then 'figure' else 'post_observation' end) as table_name,
    coalesce(latest.undone, false) as undone,
    latest.changed_at,
    latest.changed_by,
    latest.reason as change_reason
from upload
left join latest using (upload_id)
