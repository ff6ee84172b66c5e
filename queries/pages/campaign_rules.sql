-- The tagging rules of a campaign, oldest first, and how many posts or advertisements it has by each; what several rules tag counts for the
-- first. Made-up sample posts are counted apart. Grain: one row a rule.
with tagged as (
    select
        rule_id,
        count(*) filter (where not sample) as posts,
        count(*) filter (where sample) as sample_posts
    from campaign_post
    where campaign = $campaign
    group by rule_id
),

advertised as (
    select
        campaign_ad.rule_id,
        count(*) filter (where not upload.sample) as ads
    from campaign_ad
    inner join upload using (upload_id)
    group by campaign_ad.rule_id
)

select
    rule.*,
    coalesce(tagged.posts, 0) as posts,
    coalesce(tagged.sample_posts, 0) as sample_posts,
    coalesce(advertised.ads, 0) as ads
from campaign_rule_current as rule
left join tagged on rule.rule_id = tagged.rule_id
left join advertised on rule.rule_id = advertised.rule_id
where rule.campaign = $campaign
order by rule.made_at, rule.rule_id
