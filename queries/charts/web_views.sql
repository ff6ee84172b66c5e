-- What the pages of a web site's property add up to in views, within one period of days that an export was asked for and one kind of row.
-- Periods overlap, so rows are never added; a visit or a user can be at several pages, so neither adds up.
-- Grain: one row a property, dimension and period.
select
    web_current.property,
    web_current.dimension,
    web_current.period_start,
    web_current.period_end,
    count(*) as pages,
    cast(sum(web_current.web_views) as bigint) as web_views,
    count(web_current.web_views) as filled_web_views
from web_current
inner join upload using (upload_id)
where upload.sample = coalesce(cast($sample as boolean), false)
group by web_current.property, web_current.dimension, web_current.period_start, web_current.period_end
order by web_current.property, web_current.dimension, web_current.period_start, web_current.period_end
