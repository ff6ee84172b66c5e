-- What the ratios of each campaign's posts are worked out from: of each network and way of payment, the sums of two numbers over the posts
-- of which one export gives both, how many posts that is, and between which days they were published; from the mart campaign_ratio, which
-- says more of it. Grain: one row a campaign, real or made-up posts, network, way of payment and ratio.
select *
from campaign_ratio
order by campaign, sample, network, paid, ratio
