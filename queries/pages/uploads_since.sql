-- Files brought in, undone, done again or read again since an instant in UTC, the latest first. Grain: one row an act on an upload.
select
    audit.recorded_at,
    audit.recorded_by,
    audit.act,
    cast(audit.upload_id as varchar) as upload_id,
    upload_state.file_name,
    upload_state.rows_kept,
    upload_state.undone,
    upload_state.sample,
    count(*) over (partition by 1) as acts
from audit
inner join upload_state on audit.upload_id = upload_state.upload_id
where audit.recorded_at >= cast($since as timestamp)
order by audit.recorded_at desc, upload_state.file_name, audit.upload_id
limit cast($most_rows as bigint)
