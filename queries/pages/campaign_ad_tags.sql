-- Which advertisements the rules of campaigns name, by the upload and the record of each. Grain: one row an advertisement in a campaign.
select
    campaign,
    cast(upload_id as varchar) as upload_id,
    record_no
from campaign_ad
order by campaign, upload_id, record_no
