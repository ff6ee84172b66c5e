-- Who did what and when, over every table that keeps it. Grain: one row an act.
select
    recorded_at,
    recorded_by,
    case when reread_of is null then 'imported' else 're-read' end as act,
    file_name as subject,
    upload_id
from upload
union all
select
    retraction.recorded_at,
    retraction.recorded_by,
    case when retraction.undone then 'undid' else 'redid' end as act,
    upload.file_name || coalesce(' (' || retraction.reason || ')', '') as subject,
    retraction.upload_id
from retraction
inner join upload using (upload_id)
-- The reading that took its place says so.
where retraction.reason is distinct from 're-read'
union all
select
    recorded_at,
    recorded_by,
    're-read the originals' as act,
    uploads_replaced || ' of ' || uploads_read || ' uploads read differently, and their new readings took their place' as subject,
    null as upload_id
from rereading
union all
select
    recorded_at,
    recorded_by,
    case
        when status = 'retired' then 'retired campaign'
        when row_number() over (partition by campaign order by recorded_at) = 1 then 'recorded campaign'
        else 'changed campaign'
    end as act,
    campaign as subject,
    null as upload_id
from campaign
union all
select
    recorded_at,
    recorded_by,
    case when retired then 'unlinked campaign and operation' else 'linked campaign and operation' end as act,
    campaign || ': ' || operation || ', ' || area as subject,
    null as upload_id
from campaign_operation
union all
select
    recorded_at,
    recorded_by,
    case
        when retired then 'retired tagging rule'
        when row_number() over (partition by rule_id order by recorded_at) = 1 then 'recorded tagging rule'
        else 'changed tagging rule'
    end as act,
    campaign || ': ' || concat_ws(
        ', ', '#' || hashtag, 'words ' || words, 'label ' || label, 'ad campaigns with ' || ad_campaign, 'account ' || account, network,
        'from ' || strftime(date_from, '%d/%m/%Y'), 'to ' || strftime(date_to, '%d/%m/%Y')
    ) as subject,
    null as upload_id
from campaign_rule
union all
select
    recorded_at,
    recorded_by,
    case
        when belongs then 'put post in campaign'
        when not belongs then 'took post out of campaign'
        else 'left post to the rules of campaign'
    end as act,
    campaign || ': ' || network || ' ' || post_key as subject,
    null as upload_id
from campaign_hand
union all
select
    recorded_at,
    recorded_by,
    'recorded operation' as act,
    operation || ', ' || area as subject,
    null as upload_id
from operation
union all
select
    recorded_at,
    recorded_by,
    case when settled is null then 'left open again' else 'settled as ' || settled end as act,
    subject || coalesce(' (' || note || ')', '') as subject,
    null as upload_id
from figure_relation
union all
select
    recorded_at,
    recorded_by,
    case state when 'withdrawn' then 'withdrew publication' when 'superseded' then 'superseded publication' else state end as act,
    'Publication ' || number || ': ' || title || coalesce(' (' || reason || ')', '') as subject,
    upload_id
from publication
union all
select
    recorded_at,
    recorded_by,
    'recorded population' as act,
    population || ', ' || area as subject,
    null as upload_id
from population
union all
select
    recorded_at,
    recorded_by,
    'recorded account' as act,
    coalesce(name, account) || case when ours then ' as ours' else ' as not ours' end as subject,
    null as upload_id
from account
where upload_id is null
union all
select
    recorded_at,
    recorded_by,
    case when retired then 'retired mapping' else 'recorded mapping' end as act,
    name as subject,
    null as upload_id
from mapping
