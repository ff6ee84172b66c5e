-- Operations: those recorded, as last recorded, and those that only figures name, with the first and last day that their figures state.
-- Grain: one row an operation of an area.
with named as (
    select
        operation,
        area,
        min(start_date) as first_day,
        max(end_date) as last_day,
        bool_and(sample) as sample,
        count(*) as figures
    from figure_current
    where operation is not null and area is not null
    group by operation, area
)

select
    coalesce(operation_current.operation, named.operation) as operation,
    coalesce(operation_current.area, named.area) as area,
    operation_current.operation is not null as recorded,
    case when operation_current.operation is null then named.first_day else operation_current.start_date end as start_date,
    case when operation_current.operation is null then named.last_day else operation_current.end_date end as end_date,
    operation_current.date_note,
    coalesce(operation_current.intensification, false) as intensification,
    operation_current.note,
    operation_current.source,
    coalesce(named.figures, 0) as figures,
    coalesce(named.sample, false) as sample
from operation_current
full outer join named on operation_current.operation = named.operation and operation_current.area = named.area
order by area, coalesce(operation_current.start_date, named.first_day) desc nulls last, operation
