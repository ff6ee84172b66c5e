-- What is held of our own posts, whenever published and of whatever campaign, from the mart network_held, which says more of it.
-- Grain: one row a network, of real posts and of made-up sample posts.
select *
from network_held
order by sample, network
