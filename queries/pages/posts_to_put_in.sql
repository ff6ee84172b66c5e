-- Posts that a person may put into a campaign, of some words and days, newest first. Days are London's, the last one
-- included; without them, and with words, every text held is looked through. Made-up sample posts are not offered.
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
        upload_id in (
            select upload.upload_id
            from upload
            where not upload.sample
        )
        and (
            cast($date_from as date) is null
            or published_at >= timezone('UTC', timezone('Europe/London', cast(cast($date_from as date) as timestamp)))
        )
        and (
            cast($date_to as date) is null
            or published_at < timezone('UTC', timezone('Europe/London', cast(cast($date_to as date) + 1 as timestamp)))
        )
),

-- Without words it is settled which posts are listed before a text is fetched.
newest as materialized (
    select chosen.*
    from chosen
    where cast($words as varchar) is null
    union all
    select chosen.*
    from chosen
    inner join post_observation as observation using (upload_id, record_no)
    where
        cast($words as varchar) is not null
        and contains(lower(coalesce(observation.text, '')), lower(cast($words as varchar)))
    order by published_at desc, network, post_key
    limit cast($most_rows as bigint)
)

select
    newest.network,
    newest.post_key,
    timezone('Europe/London', timezone('UTC', newest.published_at)) as published_london,
    observation.text
from newest
inner join post_observation as observation using (upload_id, record_no)
order by newest.published_at desc, newest.network, newest.post_key
