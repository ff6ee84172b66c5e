-- Figures in force: of what one source states of one fact, the statement that stands. Grain: one row a figure.
select * exclude (recorded_at, recorded_by, fact, place)
from figure_stated
where place = 1
