-- Some posts (each given as "network key") at one age of age_window. The state says why there is no value: "still growing" where the
-- account's latest export was made before the window closed, else "not observed"; "not dated" without a publish time; "period totals"
-- where only files say of it that give totals of a period. Grain: one row a post asked for that is held.
with asked as (
    select unnest(cast($posts as varchar[])) as post
),

latest_export as (
    select
        network,
        account,
        max(as_of) as as_of
    from post
    group by network, account
)

select
    post.network || ' ' || post.post_key as post,
    case
        when at_age.looks is not null then 'observed'
        when post.published_at is null then 'not dated'
        when post.upload_id not in (select lifetime_upload.upload_id from lifetime_upload) then 'period totals'
        when date_diff('minute', post.published_at, latest_export.as_of) < 60 * age_window.to_hours then 'still growing'
        else 'not observed'
    end as state,
    at_age.hours,
    at_age.as_of,
    at_age.assumed,
    at_age.looks,
    at_age.upload_id,
    at_age.record_no,
    upload.file_name,
    at_age.reach,
    at_age.viewers,
    at_age.views,
    at_age.impressions,
    at_age.reach_organic,
    at_age.reach_boosted,
    at_age.views_organic,
    at_age.views_boosted,
    at_age.engagements,
    at_age.reactions_likes,
    at_age.comments,
    at_age.shares,
    at_age.saves,
    at_age.clicks_all,
    at_age.link_clicks,
    at_age.follows_new,
    at_age.profile_visits,
    at_age.video_3s_views,
    at_age.video_1m_views,
    at_age.video_30s_views,
    at_age.video_95_views,
    at_age.engaged_views,
    at_age.video_3s_viewers,
    at_age.video_1m_viewers,
    at_age.watch_seconds,
    at_age.potential_reach
from post
inner join age_window on age_window.age = $age
inner join latest_export on post.network = latest_export.network and post.account is not distinct from latest_export.account
left join post_at_age as at_age on post.network = at_age.network and post.post_key = at_age.post_key and age_window.age = at_age.age
left join upload on at_age.upload_id = upload.upload_id
where post.network || ' ' || post.post_key in (select asked.post from asked)
order by post
