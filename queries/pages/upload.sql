-- Uploads by the start of their id, and the table their rows are in. Grain: one row an upload.
select *
from upload_state
where starts_with(cast(upload_id as varchar), lower($upload_id))
