-- Figures that were published, made-up ones left out: what a text is checked against. Grain: one row a figure.
select
    measure,
    area,
    start_date,
    end_date,
    cast(value_low as double) as value_low,
    cast(value_high as double) as value_high,
    unit,
    qualifier,
    published_wording
from figure_current
where not sample and coalesce(published_wording, '') <> ''
order by area, start_date nulls last, measure, figure_id
