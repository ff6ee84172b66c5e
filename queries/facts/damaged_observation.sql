-- Observations whose post id a spreadsheet damaged, with the post they turn out to be of: the one sound post of the
-- account and minute. sound_posts above 1 means that nobody can tell which. Grain: one row a damaged observation.
with damaged as (
    select
        observation.*,
        upload_in_force.seq,
        upload_in_force.as_of,
        coalesce(account_of_name.account, observation.account) as account_now,
        date_trunc('minute', observation.published_at) as minute
    from post_observation as observation
    inner join upload_in_force using (upload_id)
    left join account_of_name on observation.network = account_of_name.network and observation.account = account_of_name.named
    where observation.post_id is null
),

-- Asked with IN before anything is joined: inside the transaction that first fills the table DuckDB takes it to be empty.
near as (
    select
        upload_id,
        network,
        account,
        post_id,
        date_trunc('minute', published_at) as minute
    from post_observation
    where post_id is not null and coalesce(date_trunc('minute', published_at) in (select minute from damaged), false)
),

sound as (
    select
        near.network,
        near.account,
        near.minute,
        min(near.post_id) as post_id,
        count(distinct near.post_id) as sound_posts
    from near
    inner join upload_in_force using (upload_id)
    group by near.network, near.account, near.minute
)

select
    damaged.* exclude (account, account_now, minute, post_id),
    damaged.account_now as account,
    coalesce(sound.post_id, 'minute:' || damaged.account_now || ' ' || strftime(damaged.minute, '%Y-%m-%d %H:%M')) as post_key,
    coalesce(sound.sound_posts, 0) as sound_posts
from damaged
left join sound
    on damaged.network = sound.network and damaged.account_now = sound.account and damaged.minute = sound.minute
