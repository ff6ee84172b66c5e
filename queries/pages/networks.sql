-- Networks of which posts are held, each tool's view of one apart. Grain: one row a network.
select distinct network
from post
order by network
