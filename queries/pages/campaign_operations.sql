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
),

operation_now as (
    select *
    from operation
    qualify row_number() over (partition by operation, area order by recorded_at desc) = 1
)

select
    told.*,
    operation_now.start_date,
    operation_now.end_date,
    operation_now.date_note
from told
left join operation_now on told.operation = operation_now.operation and told.area = operation_now.area
order by operation_now.start_date nulls last, told.operation, told.area
