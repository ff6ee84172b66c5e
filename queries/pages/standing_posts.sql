-- What is held of each account of these networks: posts, the highest reach of one post, and totals of what adds up.
-- Grain: one row an account.
select
    post.network,
    coalesce(account_current.name, post.account) as name,
    count(*) as posts,
    max(post.reach) as highest_reach,
    cast(sum(post.views) as bigint) as total_views,
    cast(sum(post.impressions) as bigint) as total_impressions
from post
left join account_current using (network, account)
where list_contains($networks, post.network)
group by post.network, coalesce(account_current.name, post.account)
order by post.network, posts desc, name
