-- The weeks and campaigns to shade: dated intensification weeks of an area, and dated campaigns with a figure there.
-- Grain: one row a window.
select
    operation as label,
    start_date,
    end_date,
    'intensification' as kind,
    false as sample
from operation_current
where
    area = $area
    and intensification
    and start_date is not null
    and end_date is not null
union all
select
    campaign as label,
    start_date,
    end_date,
    'campaign' as kind,
    false as sample
from campaign_current
where
    start_date is not null
    and end_date is not null
    and campaign in (
        select figure_current.campaign
        from figure_current
        where figure_current.area = $area
    )
order by start_date, label
