-- The files behind some uploads, given by their ids: of each its name, the table in it, the sha256 of its bytes, who and when.
-- Grain: one row an upload.
select
    cast(upload_id as varchar) as upload_id,
    file_name as file,
    part,
    sha256,
    recorded_at as uploaded_at,
    recorded_by as by
from upload
where list_contains($uploads, cast(upload_id as varchar))
order by recorded_at, upload_id
