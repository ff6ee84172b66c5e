-- Uploads in force with what is needed to read them again, and whether their original is kept. Grain: one row an upload.
select
    upload_id,
    file_name,
    sha256,
    part,
    bytes,
    format,
    as_of,
    as_of_basis,
    rows_read,
    rows_kept,
    rows_skipped,
    rows_set_aside,
    control_totals,
    answers,
    sample,
    recorded_at,
    first_recorded_at,
    table_name,
    sha256 in (select original.sha256 from original) as original_kept
from upload_in_force
order by seq
