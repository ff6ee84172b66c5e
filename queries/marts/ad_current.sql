-- Advertisements in force. A later export of the same object, breakdown and window takes the place of an earlier one. An object is
-- known by its id, since campaigns are renamed, and by its names where the export gives no id.
-- Windows may overlap, so nothing here may be added over windows. Grain: one row an object, breakdown and window.
with identified as (
    select
        ad_result.*,
        upload_in_force.sample,
        upload_in_force.as_of,
        upload_in_force.seq,
        coalesce(
            ad_result.object_id,
            concat_ws(chr(31), coalesce(ad_result.campaign, ''), coalesce(ad_result.ad_set, ''), coalesce(ad_result.ad, ''))
        ) as object
    from ad_result
    inner join upload_in_force using (upload_id)
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
