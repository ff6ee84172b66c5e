-- The operations of a campaign: those that a person linked to it, and those that a figure shown names beside it. figures is how many do.
-- Grain: one row an operation of an area.
with named as (
    select
        operation,
        area,
        true as linked,
        0 as figures
    from campaign_operation_current
    where campaign = $campaign
    union all
    select
        operation,
        area,
        false as linked,
        1 as figures
    from figure_current
    where campaign = $campaign and operation is not null
),

told as (
    select
        operation,
        area,
        bool_or(linked) as linked,
        cast(sum(figures) as bigint) as figures
    from named
    group by operation, area
)

select
    told.*,
    operation_current.start_date,
    operation_current.end_date,
    operation_current.date_note
from told
left join operation_current on told.operation = operation_current.operation and told.area = operation_current.area
order by operation_current.start_date nulls last, told.operation, told.area
