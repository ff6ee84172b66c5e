-- Operations: those recorded, as last recorded, and those that only figures name, with the first and last day that their figures state.
-- Grain: one row an operation of an area.
with operation_now as (
    select *
    from operation
    qualify row_number() over (partition by operation, area order by recorded_at desc) = 1
),

named as (
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
    coalesce(operation_now.operation, named.operation) as operation,
    coalesce(operation_now.area, named.area) as area,
    operation_now.operation is not null as recorded,
    case when operation_now.operation is null then named.first_day else operation_now.start_date end as start_date,
    case when operation_now.operation is null then named.last_day else operation_now.end_date end as end_date,
    operation_now.date_note,
    coalesce(operation_now.intensification, false) as intensification,
    operation_now.note,
    operation_now.source,
    coalesce(named.figures, 0) as figures,
    coalesce(named.sample, false) as sample
from operation_now
full outer join named on operation_now.operation = named.operation and operation_now.area = named.area
order by area, coalesce(operation_now.start_date, named.first_day) desc nulls last, operation
