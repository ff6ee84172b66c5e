-- Posts with the latest value held of each metric. An export that lacks a metric does not blank it.
-- Three kinds of post, for speed: seen once (nearly all of a first import), where the observation is the post; seen again with
-- nothing lost since (nearly all of a re-import), where the latest observation is the post; and the rest, which take the latest
-- value of each metric: arg_max passes over nulls. Grain: one row a post.
-- Memberships are asked with IN and not joined: inside the transaction that first fills the table DuckDB takes it to be empty,
-- and would build its hash tables on all of it.
with damaged as materialized (
    select * exclude (sound_posts)
    from damaged_observation
    where sound_posts < 2
),

undone as (
    select upload_id
    from upload_state
    where undone
),

-- A hash stands for a post here: one that is in it without need only goes the longer way.
looked_into as (
    select hash(network, post_id) as post
    from post_observation
    where post_id is not null
    group by post
    having count(*) > 1
    union all
    select hash(network, post_id) as post
    from post_observation
    where
        post_id is not null
        and starts_with(account, 'name:')
    union all
    select hash(network, post_key) as post
    from damaged
),

once as (
    select
        network,
        post_id as post_key,
        account,
        published_at,
        (
            select upload.as_of
            from upload
            where upload.upload_id = post_observation.upload_id
        ) as as_of,
        upload_id,
        record_no,
        1 as observations,
        reach,
        viewers,
        views,
        impressions,
        reach_organic,
        reach_boosted,
        views_organic,
        views_boosted,
        engagements,
        reactions_likes,
        comments,
        shares,
        saves,
        clicks_all,
        link_clicks,
        follows_new,
        profile_visits,
        video_3s_views,
        video_1m_views,
        video_30s_views,
        video_95_views,
        engaged_views,
        video_3s_viewers,
        video_1m_viewers,
        watch_seconds,
        potential_reach
    from post_observation
    where
        post_id is not null
        and upload_id not in (select upload_id from undone)
        and hash(network, post_id) not in (select post from looked_into)
),

sound as not materialized (
    select * rename (post_id as post_key)
    from post_observation
    where
        post_id is not null
        and coalesce(hash(network, post_id) in (select post from looked_into), false)
),

-- look orders the observations of a post: by what was seen last, and inside one upload by record.
look as not materialized (
    select
        sound.* exclude (account),
        upload_in_force.as_of,
        coalesce(account_of_name.account, sound.account) as account,
        upload_in_force.seq * 10000000000 + sound.record_no as look
    from sound
    inner join upload_in_force using (upload_id)
    left join account_of_name on sound.network = account_of_name.network and sound.account = account_of_name.named
    union all by name
    select
        * exclude (seq),
        seq * 10000000000 + record_no as look
    from damaged
),

held as (
    select
        network,
        post_key,
        look,
        (
            (cast(reach is not null as bigint) << 0)
            | (cast(viewers is not null as bigint) << 1)
            | (cast(views is not null as bigint) << 2)
            | (cast(impressions is not null as bigint) << 3)
            | (cast(reach_organic is not null as bigint) << 4)
            | (cast(reach_boosted is not null as bigint) << 5)
            | (cast(views_organic is not null as bigint) << 6)
            | (cast(views_boosted is not null as bigint) << 7)
            | (cast(engagements is not null as bigint) << 8)
            | (cast(reactions_likes is not null as bigint) << 9)
            | (cast(comments is not null as bigint) << 10)
            | (cast(shares is not null as bigint) << 11)
            | (cast(saves is not null as bigint) << 12)
            | (cast(clicks_all is not null as bigint) << 13)
            | (cast(link_clicks is not null as bigint) << 14)
            | (cast(follows_new is not null as bigint) << 15)
            | (cast(profile_visits is not null as bigint) << 16)
            | (cast(video_3s_views is not null as bigint) << 17)
            | (cast(video_1m_views is not null as bigint) << 18)
            | (cast(video_3s_viewers is not null as bigint) << 19)
            | (cast(video_1m_viewers is not null as bigint) << 20)
            | (cast(watch_seconds is not null as bigint) << 21)
            | (cast(potential_reach is not null as bigint) << 22)
            | (cast(published_at is not null as bigint) << 23)
            | (cast(video_30s_views is not null as bigint) << 24)
            | (cast(video_95_views is not null as bigint) << 25)
            | (cast(engaged_views is not null as bigint) << 26)
        ) as metrics
    from look
),

again as (
    select
        network,
        post_key,
        max(look) as look,
        count(*) as observations,
        bit_or(metrics) = arg_max(metrics, look) as whole
    from held
    group by network, post_key
),

latest as (
    select
        look.network,
        look.post_key,
        look.account,
        look.published_at,
        look.as_of,
        look.upload_id,
        look.record_no,
        again.observations,
        look.reach,
        look.viewers,
        look.views,
        look.impressions,
        look.reach_organic,
        look.reach_boosted,
        look.views_organic,
        look.views_boosted,
        look.engagements,
        look.reactions_likes,
        look.comments,
        look.shares,
        look.saves,
        look.clicks_all,
        look.link_clicks,
        look.follows_new,
        look.profile_visits,
        look.video_3s_views,
        look.video_1m_views,
        look.video_30s_views,
        look.video_95_views,
        look.engaged_views,
        look.video_3s_viewers,
        look.video_1m_viewers,
        look.watch_seconds,
        look.potential_reach
    from look
    inner join again using (look)
    where again.whole
),

parted as (
    select
        network,
        post_key
    from again
    where not whole
),

gathered as (
    select
        network,
        post_key,
        arg_max(account, look) as account,
        arg_max(published_at, look) as published_at,
        max(as_of) as as_of,
        arg_max(upload_id, look) as upload_id,
        arg_max(record_no, look) as record_no,
        count(*) as observations,
        arg_max(reach, look) as reach,
        arg_max(viewers, look) as viewers,
        arg_max(views, look) as views,
        arg_max(impressions, look) as impressions,
        arg_max(reach_organic, look) as reach_organic,
        arg_max(reach_boosted, look) as reach_boosted,
        arg_max(views_organic, look) as views_organic,
        arg_max(views_boosted, look) as views_boosted,
        arg_max(engagements, look) as engagements,
        arg_max(reactions_likes, look) as reactions_likes,
        arg_max(comments, look) as comments,
        arg_max(shares, look) as shares,
        arg_max(saves, look) as saves,
        arg_max(clicks_all, look) as clicks_all,
        arg_max(link_clicks, look) as link_clicks,
        arg_max(follows_new, look) as follows_new,
        arg_max(profile_visits, look) as profile_visits,
        arg_max(video_3s_views, look) as video_3s_views,
        arg_max(video_1m_views, look) as video_1m_views,
        arg_max(video_30s_views, look) as video_30s_views,
        arg_max(video_95_views, look) as video_95_views,
        arg_max(engaged_views, look) as engaged_views,
        arg_max(video_3s_viewers, look) as video_3s_viewers,
        arg_max(video_1m_viewers, look) as video_1m_viewers,
        arg_max(watch_seconds, look) as watch_seconds,
        arg_max(potential_reach, look) as potential_reach
    from look
    semi join parted using (network, post_key)
    group by network, post_key
),

ours as (
    select
        network,
        account
    from account_current
    where ours
),

made_up as (
    select upload_id
    from upload
    where sample
),

seen as (
    select * from once
    union all by name
    select * from latest
    union all by name
    select * from gathered
)

select
    *,
    coalesce((network, account) in (select (network, account) from ours), false) as ours,
    upload_id in (select upload_id from made_up) as sample
from seen
