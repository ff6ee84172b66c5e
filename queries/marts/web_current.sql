-- Web pages in force. A later export of the same page and period takes the place of an earlier one. Periods may overlap, so
-- nothing here may be added over periods. Grain: one row a page and period.
with stated as (
    select
        web_page.*,
        upload_in_force.sample,
        upload_in_force.as_of,
        dense_rank() over (
            partition by web_page.property, web_page.dimension, web_page.page, web_page.period_start, web_page.period_end
            order by upload_in_force.seq desc
        ) as place
    from web_page
    inner join upload_in_force using (upload_id)
)

select * exclude (place)
from stated
where place = 1
