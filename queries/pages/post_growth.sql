-- How one post's headline numbers moved: of each metric the latest look, and the look before it by an earlier export of the same kind,
-- since kinds of export may count in ways that do not compare; other_looks says how many earlier looks of any kind there are.
-- Grain: one row a metric.
with look as (
    select *
    from headline_look
    where network || ' ' || post_key = $post_key
)

select
    latest.network,
    latest.metric,
    latest.value,
    latest.as_of,
    latest.assumed,
    arg_min(earlier.value, earlier.place) filter (where earlier.format = latest.format) as before,
    arg_min(earlier.as_of, earlier.place) filter (where earlier.format = latest.format) as before_as_of,
    arg_min(earlier.assumed, earlier.place) filter (where earlier.format = latest.format) as before_assumed,
    count(earlier.place) as other_looks
from look as latest
left join look as earlier on latest.metric = earlier.metric and latest.as_of > earlier.as_of
where latest.place = 1
group by latest.network, latest.metric, latest.value, latest.as_of, latest.assumed, latest.format
order by latest.metric
