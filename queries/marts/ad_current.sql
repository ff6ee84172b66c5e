-- Advertisements in force. A later export of the same object, breakdown and window takes the place of an earlier one. An object is
-- known by its id, since campaigns are renamed. Where the export gives none, or a spreadsheet damaged it, it is the one object that has
-- had these names in an export of the same level, breakdown and window, else known by its names.
-- Windows may overlap, so nothing here may be added over windows. Grain: one row an object, breakdown and window.
with named as (
    select
        ad_result.*,
        upload_in_force.sample,
        upload_in_force.as_of,
        upload_in_force.seq,
        concat_ws(chr(31), coalesce(ad_result.campaign, ''), coalesce(ad_result.ad_set, ''), coalesce(ad_result.ad, '')) as names
    from ad_result
    inner join upload_in_force using (upload_id)
),

-- Two rows without an id that share their names in one export are two objects, which nobody can tell apart: neither takes an id.
sharing as (
    select
        *,
        count(distinct object_id) over same_names as sound_ids,
        min(object_id) over same_names as sound_id,
        count(*) filter (where object_id is null) over (
            partition by upload_id, network, account, level, names, breakdown, window_start, window_end
        ) as nameless
    from named
    window same_names as (partition by network, account, level, names, breakdown, window_start, window_end)
),

identified as (
    select
        * exclude (names, sound_ids, sound_id, nameless),
        coalesce(object_id, case when sound_ids = 1 and nameless = 1 then sound_id end, names) as object
    from sharing
),

stated as (
    select
        * exclude (seq),
        dense_rank() over (
            partition by network, account, level, object, breakdown, window_start, window_end
            order by seq desc
        ) as place
    from identified
)

select * exclude (place)
from stated
where place = 1
