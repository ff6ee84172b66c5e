-- Of which stages of an evaluation something is held for each campaign that is not retired: how many posts, made-up ones apart, how many of
-- them have a value of views or impressions, of engagements, of link clicks and of plays of three seconds, how many advertisements have
-- spend, and how many figures of these measures name it, or name an operation that it ran alongside. Grain: one row a campaign.
with posted as (
    select
        campaign,
        sample,
        count(*) as posts,
        count(coalesce(views, impressions)) as shown_posts,
        count(engagements) as engaged_posts,
        count(link_clicks) as clicked_posts,
        count(video_3s_views) as film_posts
    from campaign_post
    group by campaign, sample
),

-- Real posts where there are any, else the made-up ones.
held as (
    select *
    from posted
    qualify row_number() over (partition by campaign order by sample) = 1
),

spent as (
    select
        campaign_ad.campaign,
        count(ad_current.spend) as ads_with_spend
    from campaign_ad
    inner join ad_current using (upload_id, record_no)
    group by campaign_ad.campaign
),

figured as (
    select
        campaign,
        count(*) filter (where list_contains($reaches, measure)) as reach_figures,
        count(*) filter (where list_contains($met, measure)) as met_figures,
        count(*) filter (where list_contains($outcomes, measure)) as outcome_figures,
        count(*) filter (where list_contains($enforcement, measure) and operation is null) as own_enforcement
    from figure_current
    where campaign is not null
    group by campaign
),

alongside as (
    select
        campaign,
        operation,
        area
    from campaign_operation_current
    union
    select
        campaign,
        operation,
        area
    from figure_current
    where campaign is not null and operation is not null
),

enforced as (
    select
        alongside.campaign,
        count(distinct alongside.operation) as operations,
        count(figure_current.figure_id) as operation_figures
    from alongside
    left join figure_current
        on
            alongside.operation = figure_current.operation
            and alongside.area = figure_current.area
            and list_contains($enforcement, figure_current.measure)
    group by alongside.campaign
)

select
    campaign_current.campaign,
    campaign_current.start_date,
    campaign_current.end_date,
    campaign_current.budget is not null as has_budget,
    coalesce(spent.ads_with_spend, 0) as ads_with_spend,
    coalesce(held.sample, false) as sample,
    coalesce(held.posts, 0) as posts,
    coalesce(held.shown_posts, 0) as shown_posts,
    coalesce(held.engaged_posts, 0) as engaged_posts,
    coalesce(held.clicked_posts, 0) as clicked_posts,
    coalesce(held.film_posts, 0) as film_posts,
    coalesce(figured.reach_figures, 0) as reach_figures,
    coalesce(figured.met_figures, 0) as met_figures,
    coalesce(figured.outcome_figures, 0) as outcome_figures,
    coalesce(figured.own_enforcement, 0) as own_enforcement,
    coalesce(enforced.operations, 0) as operations,
    coalesce(enforced.operation_figures, 0) as operation_figures
from campaign_current
left join held on campaign_current.campaign = held.campaign
left join spent on campaign_current.campaign = spent.campaign
left join figured on campaign_current.campaign = figured.campaign
left join enforced on campaign_current.campaign = enforced.campaign
where campaign_current.status is distinct from 'retired'
order by campaign_current.start_date desc nulls last, campaign_current.campaign
