-- The last decision of a person on a post and a campaign, where it was not left to the rules again since.
-- Grain: one row a post and campaign.
with stated as (
    select
        *,
        row_number() over (partition by campaign, network, post_key order by recorded_at desc) as place
    from campaign_hand
)

select * exclude (place)
from stated
where place = 1 and belongs is not null
