-- Every upload, newest first. Grain: one row an upload.
select
    upload_id,
    file_name,
    format,
    table_name,
    network,
    account,
    as_of,
    as_of_basis,
    period_start,
    period_end,
    rows_read,
    rows_kept,
    rows_skipped,
    rows_set_aside,
    recorded_at,
    recorded_by,
    changed_at,
    changed_by,
    change_reason,
    sample,
    sha256,
    control_totals,
    case when undone then 'undone' else 'in force' end as state
from upload_state
order by recorded_at desc, upload_id
