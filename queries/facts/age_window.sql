-- The ages at which posts are compared, each with its window around the time of publication: an export made within it counts as a look at
-- that age, and the one nearest to the age itself is taken. The only place where these are set. Grain: one row an age.
select
    '48 hours' as age,
    48 as target_hours,
    36 as from_hours,
    60 as to_hours,
    '36 to 60 hours' as window_words
union all
select
    '7 days' as age,
    168 as target_hours,
    144 as from_hours,
    192 as to_hours,
    '6 to 8 days' as window_words
union all
select
    '30 days' as age,
    720 as target_hours,
    648 as from_hours,
    792 as to_hours,
    '27 to 33 days' as window_words
