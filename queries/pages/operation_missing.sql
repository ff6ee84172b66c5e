-- Measures published for other operations of the same kind in the same area and not for this one, with how many of them and the latest:
-- of real figures, or with $sample of made-up ones. Grain: one row a measure.
with own as (
    select coalesce(bool_or(intensification), false) as intensification
    from operation_current
    where operation = $operation and area = $area
),

held as (
    select
        measure,
        operation,
        start_date
    from figure_current
    where area = $area and sample = coalesce(cast($sample as boolean), false)
),

own_measure as (
    select distinct measure
    from held
    where operation = $operation
),

others as (
    select
        held.measure,
        held.operation,
        held.start_date
    from held
    left join operation_current on held.operation = operation_current.operation and operation_current.area = $area
    cross join own
    where
        held.operation <> $operation
        and coalesce(operation_current.intensification, false) = own.intensification
)

select
    others.measure,
    count(distinct others.operation) as operations,
    arg_max(others.operation, coalesce(others.start_date, date '0001-01-01')) as latest
from others
left join own_measure on others.measure = own_measure.measure
where own_measure.measure is null
group by others.measure
order by operations desc, others.measure
