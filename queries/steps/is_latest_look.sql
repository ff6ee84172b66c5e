-- Whether the upload just put in is the latest look at its posts, and says nothing of any other: no export of posts was made later, all its
-- ids are sound, no damaged row held may be one of its posts, and nobody's account goes by a name alone. A sound id is in an upload
-- once, since the reading lets it in once. Grain: one row.
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
    ) as is_latest_look
