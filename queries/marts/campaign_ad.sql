-- The advertisements of every campaign that is not retired: those whose advertising campaign has the words of one of its rules in its name,
-- whole and one after another, without regard to case. A rule's account is the advertising account by its number or its name, and its
-- days are those within which the advertisement's window lies. The first rule made counts where several tag one.
-- Grain: one row an advertisement and window in a campaign.
with rule as (
    select
        rule.rule_id,
        rule.campaign,
        rule.network,
        rule.date_from,
        rule.date_to,
        rule.made_at,
        lower(ltrim(rule.account, '@')) as account,
        trim(regexp_replace(lower(upper(nfc_normalize(rule.ad_campaign))), '[^\p{L}\p{M}\p{N}_]+', ' ', 'g')) as phrase
    from campaign_rule_current as rule
    inner join campaign_current on rule.campaign = campaign_current.campaign
    where
        campaign_current.status is distinct from 'retired'
        and rule.ad_campaign is not null
),

named as (
    select
        ad_current.upload_id,
        ad_current.record_no,
        ad_current.network,
        ad_current.window_start,
        ad_current.window_end,
        lower(ad_current.account) as account,
        lower(account_current.name) as name,
        ' ' || trim(regexp_replace(lower(upper(nfc_normalize(ad_current.campaign))), '[^\p{L}\p{M}\p{N}_]+', ' ', 'g')) || ' ' as said
    from ad_current
    left join account_current on ad_current.network = account_current.network and ad_current.account = account_current.account
    where ad_current.campaign is not null
)

select
    rule.campaign,
    named.upload_id,
    named.record_no,
    arg_min(rule.rule_id, rule.made_at) as rule_id
from named
inner join rule
    on
        rule.phrase <> ''
        and contains(named.said, ' ' || rule.phrase || ' ')
        and (rule.network is null or named.network = rule.network)
        and (rule.date_from is null or named.window_start >= rule.date_from)
        and (rule.date_to is null or named.window_end <= rule.date_to)
        and (rule.account is null or coalesce(rule.account in (named.account, named.name), false))
group by rule.campaign, named.upload_id, named.record_no
