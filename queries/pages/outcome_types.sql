-- The outcome types of a force that are held, the most frequent first, for a choice. Grain: one row a type.
select
    category,
    count(*) as months
from crime_current
where force = $force and kind = 'outcome'
group by category
order by sum(records) desc, category
