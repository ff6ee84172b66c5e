-- The ages at which posts can be compared, youngest first, each with its window in words. Grain: one row an age.
select
    age,
    window_words
from age_window
order by target_hours
