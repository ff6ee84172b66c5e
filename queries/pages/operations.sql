-- Operations as they were last recorded, the latest first. Grain: one row an operation of an area.
select *
from operation_current
order by start_date desc nulls last, operation, area
