-- Of which stages of an evaluation something is held for each campaign that is not retired: what is written of it, how many posts, how many
-- of them have a value of views or impressions, of engagements, of link clicks and of plays of three seconds, how many advertisements have
-- spend, and how many figures of these measures name it, or name an operation that it ran alongside. All of them are real; sample says of
-- a campaign of which everything held is made up that they are made up. Grain: one row a campaign.
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

spent as (
    select
        campaign_ad.campaign,
        upload.sample,
        count(ad_current.spend) as ads_with_spend
    from campaign_ad
    inner join ad_current using (upload_id, record_no)
    inner join upload using (upload_id)
    group by campaign_ad.campaign, upload.sample
),

figured as (
    select
        campaign,
        sample,
        count(*) filter (where list_contains($reaches, measure)) as reach_figures,
        count(*) filter (where list_contains($met, measure)) as met_figures,
        count(*) filter (where list_contains($outcomes, measure)) as outcome_figures,
        count(*) filter (where list_contains($enforcement, measure) and operation is null) as own_enforcement
    from figure_current
    where campaign is not null
    group by campaign, sample
),

held as (
    select
        campaign,
        sample
    from posted
    union all
    select
        campaign,
        sample
    from spent
    union all
    select
        campaign,
        sample
    from figured
),

made_up as (
    select
        campaign,
        bool_and(sample) as sample
    from held
    group by campaign
),

shown as (
    select
        campaign_current.*,
        coalesce(made_up.sample, false) as sample
    from campaign_current
    left join made_up on campaign_current.campaign = made_up.campaign
    where campaign_current.status is distinct from 'retired'
),

alongside as (
    select
        campaign,
        operation,
        area
    from campaign_operation_current
    union
    select
        figure_current.campaign,
        figure_current.operation,
        figure_current.area
    from figure_current
    inner join shown on figure_current.campaign = shown.campaign and figure_current.sample = shown.sample
    where figure_current.operation is not null
),

enforced as (
    select
        shown.campaign,
        count(distinct alongside.operation) as operations,
        count(figure_current.figure_id) as operation_figures
    from shown
    inner join alongside on shown.campaign = alongside.campaign
    left join figure_current
        on
            alongside.operation = figure_current.operation
            and alongside.area = figure_current.area
            and shown.sample = figure_current.sample
            and list_contains($enforcement, figure_current.measure)
    group by shown.campaign
)

select
    shown.campaign,
    shown.start_date,
    shown.end_date,
    shown.budget is not null as has_budget,
    shown.baseline is not null as has_baseline,
    shown.impact is not null as has_impact,
    shown.learning is not null as has_learning,
    coalesce(spent.ads_with_spend, 0) as ads_with_spend,
    shown.sample,
    coalesce(posted.posts, 0) as posts,
    coalesce(posted.shown_posts, 0) as shown_posts,
    coalesce(posted.engaged_posts, 0) as engaged_posts,
    coalesce(posted.clicked_posts, 0) as clicked_posts,
    coalesce(posted.film_posts, 0) as film_posts,
    coalesce(figured.reach_figures, 0) as reach_figures,
    coalesce(figured.met_figures, 0) as met_figures,
    coalesce(figured.outcome_figures, 0) as outcome_figures,
    coalesce(figured.own_enforcement, 0) as own_enforcement,
    coalesce(enforced.operations, 0) as operations,
    coalesce(enforced.operation_figures, 0) as operation_figures
from shown
left join posted on shown.campaign = posted.campaign and shown.sample = posted.sample
left join spent on shown.campaign = spent.campaign and shown.sample = spent.sample
left join figured on shown.campaign = figured.campaign and shown.sample = figured.sample
left join enforced on shown.campaign = enforced.campaign
order by shown.start_date desc nulls last, shown.campaign
