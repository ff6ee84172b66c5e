-- Crimes or outcomes of a force of one category of data.police.uk. A month whose file lists none has no row, since the category may not
-- have been used then. Grain: one row a month.
select
    crime_current.month,
    crime_current.records,
    upload.file_name
from crime_current
left join upload on crime_current.upload_id = upload.upload_id
where crime_current.force = $force and crime_current.kind = $kind and crime_current.category = $category
order by crime_current.month
