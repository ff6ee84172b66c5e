-- Posts at each age of age_window, as real exports saw them: nothing between two exports is worked out. Each metric is of the look nearest
-- to the age, within its window, that gives the metric; of two as near, of the later export. The source is the nearest look that gave a
-- value; looks says of how many the values are, and assumed whether when one of them was exported is not stated but assumed.
-- A post without such a look has no row. Grain: one row a post and age.
with inside as (
    select
        observation.*,
        lifetime_upload.assumed,
        age_window.age,
        date_diff('minute', observation.published_at, observation.as_of) / 60.0 as hours,
        row_number() over (
            partition by observation.network, observation.post_key, age_window.age
            order by
                abs(date_diff('minute', observation.published_at, observation.as_of) - 60 * age_window.target_hours),
                observation.seq desc,
                observation.record_no desc
        ) as place
    from observation
    inner join lifetime_upload on observation.upload_id = lifetime_upload.upload_id
    inner join age_window
        on
            date_diff('minute', observation.published_at, observation.as_of)
            between 60 * age_window.from_hours and 60 * age_window.to_hours
),

nearest as (
    select
        network,
        post_key,
        age,
        arg_min(reach, place) as reach,
        arg_min(viewers, place) as viewers,
        arg_min(views, place) as views,
        arg_min(impressions, place) as impressions,
        arg_min(reach_organic, place) as reach_organic,
        arg_min(reach_boosted, place) as reach_boosted,
        arg_min(views_organic, place) as views_organic,
        arg_min(views_boosted, place) as views_boosted,
        arg_min(engagements, place) as engagements,
        arg_min(reactions_likes, place) as reactions_likes,
        arg_min(comments, place) as comments,
        arg_min(shares, place) as shares,
        arg_min(saves, place) as saves,
        arg_min(clicks_all, place) as clicks_all,
        arg_min(link_clicks, place) as link_clicks,
        arg_min(follows_new, place) as follows_new,
        arg_min(profile_visits, place) as profile_visits,
        arg_min(video_3s_views, place) as video_3s_views,
        arg_min(video_1m_views, place) as video_1m_views,
        arg_min(video_30s_views, place) as video_30s_views,
        arg_min(video_95_views, place) as video_95_views,
        arg_min(engaged_views, place) as engaged_views,
        arg_min(video_3s_viewers, place) as video_3s_viewers,
        arg_min(video_1m_viewers, place) as video_1m_viewers,
        arg_min(watch_seconds, place) as watch_seconds,
        arg_min(potential_reach, place) as potential_reach,
        list_distinct([
            min(place) filter (where reach is not null),
            min(place) filter (where viewers is not null),
            min(place) filter (where views is not null),
            min(place) filter (where impressions is not null),
            min(place) filter (where reach_organic is not null),
            min(place) filter (where reach_boosted is not null),
            min(place) filter (where views_organic is not null),
            min(place) filter (where views_boosted is not null),
            min(place) filter (where engagements is not null),
            min(place) filter (where reactions_likes is not null),
            min(place) filter (where comments is not null),
            min(place) filter (where shares is not null),
            min(place) filter (where saves is not null),
            min(place) filter (where clicks_all is not null),
            min(place) filter (where link_clicks is not null),
            min(place) filter (where follows_new is not null),
            min(place) filter (where profile_visits is not null),
            min(place) filter (where video_3s_views is not null),
            min(place) filter (where video_1m_views is not null),
            min(place) filter (where video_30s_views is not null),
            min(place) filter (where video_95_views is not null),
            min(place) filter (where engaged_views is not null),
            min(place) filter (where video_3s_viewers is not null),
            min(place) filter (where video_1m_viewers is not null),
            min(place) filter (where watch_seconds is not null),
            min(place) filter (where potential_reach is not null)
        ]) as places
    from inside
    group by network, post_key, age
),

used as (
    select
        inside.network,
        inside.post_key,
        inside.age,
        count(*) as looks,
        bool_or(inside.assumed) as assumed,
        arg_min(inside.account, inside.place) as account,
        arg_min(inside.published_at, inside.place) as published_at,
        arg_min(inside.upload_id, inside.place) as upload_id,
        arg_min(inside.record_no, inside.place) as record_no,
        arg_min(inside.as_of, inside.place) as as_of,
        arg_min(inside.hours, inside.place) as hours
    from inside
    inner join nearest on inside.network = nearest.network and inside.post_key = nearest.post_key and inside.age = nearest.age
    where list_contains(nearest.places, inside.place)
    group by inside.network, inside.post_key, inside.age
)

select
    used.*,
    nearest.reach,
    nearest.viewers,
    nearest.views,
    nearest.impressions,
    nearest.reach_organic,
    nearest.reach_boosted,
    nearest.views_organic,
    nearest.views_boosted,
    nearest.engagements,
    nearest.reactions_likes,
    nearest.comments,
    nearest.shares,
    nearest.saves,
    nearest.clicks_all,
    nearest.link_clicks,
    nearest.follows_new,
    nearest.profile_visits,
    nearest.video_3s_views,
    nearest.video_1m_views,
    nearest.video_30s_views,
    nearest.video_95_views,
    nearest.engaged_views,
    nearest.video_3s_viewers,
    nearest.video_1m_viewers,
    nearest.watch_seconds,
    nearest.potential_reach
from nearest
inner join used on nearest.network = used.network and nearest.post_key = used.post_key and nearest.age = used.age
