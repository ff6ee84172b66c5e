-- Campaigns as they were last recorded, retired ones too. Grain: one row a campaign.
select *
from campaign
qualify row_number() over (partition by campaign order by recorded_at desc) = 1
