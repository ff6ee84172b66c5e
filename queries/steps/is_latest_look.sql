-- Whether the upload just put in is the latest look at its posts, and says nothing of any other: no export of posts was made later, each
-- of its posts is in it once and with a sound id, no damaged row held may be one of them, nobody's account goes by a name alone, and
-- no account became or ceased to be ours. Grain: one row.
with own as (
    select
        network,
        post_id,
        date_trunc('minute', published_at) as minute
    from post_observation
    where upload_id = $upload
),

-- Asked as a range, which passes over what is stored without looking at each row.
named as (
    select network
    from post_observation
    where account >= 'name:' and account < 'name;'
),

damaged as (
    select
        network,
        date_trunc('minute', published_at) as minute
    from post_observation
    where post_id is null
),

ours as (
    select
        network,
        account
    from account_current
    where ours
),

latest as (
    select arg_max(upload_id, seq) as upload_id
    from upload_in_force
    where table_name = 'post_observation'
)

select
    (select upload_id = $upload from latest)
    and not exists (select * from named)
    and not exists (
        select *
        from damaged
        semi join own using (network, minute)
    )
    and not exists (
        select hash(network, post_id) as post
        from own
        group by post
        having count(*) > 1
    )
    and not exists (
        select *
        from post
        where ours is distinct from coalesce((network, account) in (select (network, account) from ours), false)
    ) as is_latest_look
