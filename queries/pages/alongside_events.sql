-- What windows can be set around in an area: dated operations, those that only figures name, and dated campaigns with a figure there; where
-- the area is $force, its campaigns without one too. figures are those of $measures of just its days, reaches those of reach; both makes
-- a good beginning. Grain: one row an operation or a campaign.
with here as (
    select *
    from figure_current
    where area = $area
),

event as (
    select
        'operation' as kind,
        operation as event,
        start_date,
        end_date,
        intensification,
        false as from_figures
    from operation_current
    where area = $area and start_date is not null and end_date is not null
    union all
    select
        'operation' as kind,
        operation as event,
        min(start_date) as start_date,
        max(end_date) as end_date,
        false as intensification,
        true as from_figures
    from here
    where
        start_date is not null
        and end_date is not null
        and operation not in (
            select operation_current.operation
            from operation_current
            where operation_current.area = $area
        )
    group by operation
    union all
    select
        'campaign' as kind,
        campaign as event,
        start_date,
        end_date,
        false as intensification,
        false as from_figures
    from campaign_current
    where
        start_date is not null
        and end_date is not null
        and status is distinct from 'retired'
        and (
            cast($area as varchar) = cast($force as varchar)
            or campaign in (
                select here.campaign
                from here
            )
        )
),

counted as (
    select
        start_date,
        end_date,
        count(*) filter (where list_contains($measures, measure)) as figures,
        count(*) filter (where starts_with(measure, 'campaign_reach')) as reaches
    from here
    where start_date is not null and end_date is not null
    group by start_date, end_date
)

select
    event.*,
    coalesce(counted.figures, 0) as figures,
    coalesce(counted.reaches, 0) as reaches
from event
left join counted on event.start_date = counted.start_date and event.end_date = counted.end_date
order by
    (coalesce(counted.figures, 0) > 0 and coalesce(counted.reaches, 0) > 0) desc,
    (coalesce(counted.figures, 0) > 0) desc,
    event.start_date desc,
    event.kind desc,
    event.event
