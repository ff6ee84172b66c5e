-- Every fact shown, with the figures that state it. Grain: one row a measure of one campaign or operation, area and period.
select
    measure,
    area,
    operation,
    campaign,
    coalesce(strftime(start_date, '%d/%m/%Y') || ' to ' || strftime(end_date, '%d/%m/%Y'), date_note) as dates,
    list(struct_pack(low := value_low, high := value_high, qualifier := qualifier) order by value_low, value_high, qualifier) as figures
from figure_current
group by all
order by all
