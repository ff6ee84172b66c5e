-- The rows of an upload that were set aside, in file order. Grain: one row a record.
select
    upload_id,
    record_no,
    line,
    column_name,
    value,
    reason,
    record
from problem
where cast(upload_id as varchar) = $upload_id
order by record_no
