-- What rests on an upload: posts it saw, posts whose shown values are its own, figures shown, and rows shown of days, advertisements,
-- web pages and open data. Grain: one row.
with seen as (
    select count(*) as observations
    from observation
    where cast(upload_id as varchar) = $upload_id
),

shown_posts as (
    select count(*) as posts_shown
    from post
    where cast(upload_id as varchar) = $upload_id
),

shown_figures as (
    select count(*) as figures_shown
    from figure_current
    where cast(upload_id as varchar) = $upload_id
),

other as (
    select upload_id from day_current
    union all
    select upload_id from ad_current
    union all
    select upload_id from web_current
    union all
    select upload_id from crime_current
    union all
    select upload_id from search_current
),

shown_values as (
    select count(*) as values_shown
    from other
    where cast(upload_id as varchar) = $upload_id
)

select *
from seen
cross join shown_posts
cross join shown_figures
cross join shown_values
