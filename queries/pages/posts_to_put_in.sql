-- Posts that a person may put into a campaign, of some words and days, newest first, and which of them belong to it. Days are London's, the
-- last one included; without them, and with words, every text held is looked through. Made-up sample posts are not offered.
-- Grain: one row a post.
with chosen as not materialized (
    select
        network,
        post_key,
        published_at,
        upload_id,
        record_no
    from post
    where
        not sample
        and (
            cast($date_from as date) is null
            or published_at >= timezone('UTC', timezone('Europe/London', cast(cast($date_from as date) as timestamp)))
        )
        and (
            cast($date_to as date) is null
            or published_at < timezone('UTC', timezone('Europe/London', cast(cast($date_to as date) + 1 as timestamp)))
        )
),

-- Three times as fast as to order all of them by all three: first from when on the newest are. Undated ones come last.
edge as (
    select coalesce(case when count(*) = count(published_at) then min(published_at) end, '-infinity') as published_at
    from (
        select published_at
        from chosen
        where cast($words as varchar) is null
        order by published_at desc
        limit cast($most_rows as bigint)
    ) as first_of_all
),

-- Without words it is settled which posts are listed before a text is fetched.
newest as materialized (
    select chosen.*
    from chosen
    where
        cast($words as varchar) is null
        and coalesce(published_at, '-infinity') >= (
            select edge.published_at
            from edge
        )
    union all
    select chosen.*
    from chosen
    inner join post_observation as observation using (upload_id, record_no)
    where
        cast($words as varchar) is not null
        and contains(lower(coalesce(observation.text, '')), lower(cast($words as varchar)))
    order by published_at desc, network, post_key
    limit cast($most_rows as bigint)
),

belonging as (
    select
        network,
        post_key
    from campaign_post
    where campaign = $campaign
)

select
    newest.network,
    newest.post_key,
    timezone('Europe/London', timezone('UTC', newest.published_at)) as published_london,
    observation.text,
    belonging.post_key is not null as belongs
from newest
inner join post_observation as observation using (upload_id, record_no)
left join belonging on newest.network = belonging.network and newest.post_key = belonging.post_key
order by newest.published_at desc, newest.network, newest.post_key
