-- Operations as they were last recorded. Grain: one row an operation of an area.
select *
from operation
qualify row_number() over (partition by operation, area order by recorded_at desc) = 1
