-- What people settled of figures that may count the same twice, every time, the latest first. Grain: one row a settlement.
select *
from figure_relation
order by recorded_at desc, facts
