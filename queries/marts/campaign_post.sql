-- The posts of every campaign that is not retired: those that one of its rules tags, the first made where several do, and those that a
-- person put in; never those that a person took out. A rule without an account tags posts of our own accounts alone. Hashtags match whole,
-- and words as whole words one after another, both without regard to case; a hashtag counts as a word. What people wrote is compared,
-- never run as a pattern. A post's text is its latest: an export without one takes nothing away. A label is one of those between commas
-- in the latest export, in any case. A post may be in several campaigns: campaigns says in how many, every_campaign and campaign_names in
-- which. What pages ask of a campaign's posts stands beside them, so that they need not be looked up among all posts. With $upload, those
-- showing its look.
-- Grain: one row a post in a campaign.
-- A rule costs little where the text does not hold its hint: only what does is taken apart into hashtags and words.
with rule as (
    select
        rule.rule_id,
        rule.campaign,
        rule.network,
        rule.date_from,
        rule.date_to,
        rule.made_at,
        lower(ltrim(rule.account, '@')) as account,
        ',' || lower(upper(nfc_normalize(rule.label))) || ',' as label,
        lower(upper(nfc_normalize(ltrim(trim(rule.hashtag), '#＃')))) as tag,
        trim(regexp_replace(lower(upper(nfc_normalize(rule.words))), '[^\p{L}\p{M}\p{N}_]+', ' ', 'g')) as phrase
    from campaign_rule_current as rule
    inner join campaign_current on rule.campaign = campaign_current.campaign
    where campaign_current.status is distinct from 'retired' and rule.ad_campaign is null
),

hinted as (
    select
        *,
        coalesce(
            '#' || tag,
            (
                select max_by(part.word, length(part.word))
                from unnest(string_split(phrase, ' ')) as part (word)
            ),
            ''
        ) as hint
    from rule
    where coalesce(tag <> '', true) and coalesce(phrase <> '', true)
),

-- Only posts of which the latest look has no text go the longer way.
textless as (
    select
        post.network,
        post.post_key
    from post
    inner join post_observation as observation using (upload_id, record_no)
    where post.observations > 1 and observation.text is null and ($upload is null or post.upload_id = $upload)
),

earlier as (
    select
        network,
        post_key,
        arg_max(text, (seq, record_no)) as text
    from observation
    semi join textless using (network, post_key)
    group by network, post_key
),

worded as not materialized (
    select
        post.network,
        post.post_key,
        post.ours,
        cast(timezone('Europe/London', timezone('UTC', post.published_at)) as date) as published_on,
        lower(post.account) as account,
        lower(account_current.name) as name,
        lower(account_current.handle) as handle,
        ',' || regexp_replace(lower(upper(nfc_normalize(trim(observation.labels)))), '\s*,\s*', ',', 'g') || ',' as labels,
        replace(lower(upper(nfc_normalize(coalesce(observation.text, earlier.text, '')))), '＃', '#') as said
    from post
    inner join post_observation as observation using (upload_id, record_no)
    left join earlier on post.network = earlier.network and post.post_key = earlier.post_key
    left join account_current on post.network = account_current.network and post.account = account_current.account
    where $upload is null or post.upload_id = $upload
),

near as (
    select
        worded.network,
        worded.post_key,
        worded.said,
        hinted.campaign,
        hinted.rule_id,
        hinted.made_at,
        hinted.tag,
        hinted.phrase
    from worded
    inner join hinted
        on
            contains(worded.said, hinted.hint)
            and (hinted.network is null or worded.network = hinted.network)
            and (hinted.date_from is null or worded.published_on >= hinted.date_from)
            and (hinted.date_to is null or worded.published_on <= hinted.date_to)
            and (hinted.label is null or coalesce(contains(worded.labels, hinted.label), false))
            and case
                when hinted.account is null then worded.ours
                else coalesce(hinted.account in (worded.account, worded.name, worded.handle), false)
            end
),

-- Hashtags may stand one against another (#one#two), but a # inside a word or an address begins none. The costly questions are asked
-- in a filter of the aggregate, since in a where clause DuckDB asks them of every post and rule.
tagged as (
    select
        campaign,
        network,
        post_key,
        arg_min(rule_id, made_at) filter (
            where
            case
                when tag is null then true
                else list_contains(
                    string_split(
                        array_to_string(
                            regexp_extract_all(said, '(?:^|[^\p{L}\p{M}\p{N}_/&])((?:#[\p{L}\p{M}\p{N}_]+)+)', 1), ''
                        ),
                        '#'
                    ),
                    tag
                )
            end
            and case
                when phrase is null then true
                else contains(' ' || trim(regexp_replace(said, '[^\p{L}\p{M}\p{N}_]+', ' ', 'g')) || ' ', ' ' || phrase || ' ')
            end
        ) as rule_id
    from near
    group by campaign, network, post_key
),

held as (
    select
        hand.campaign,
        hand.network,
        hand.post_key,
        hand.belongs
    from campaign_hand_current as hand
    inner join campaign_current on hand.campaign = campaign_current.campaign
    where campaign_current.status is distinct from 'retired'
),

belonging as materialized (
    select
        tagged.campaign,
        tagged.network,
        tagged.post_key,
        false as by_hand,
        tagged.rule_id
    from tagged
    anti join held using (campaign, network, post_key)
    where tagged.rule_id is not null
    union all
    select
        held.campaign,
        held.network,
        held.post_key,
        true as by_hand,
        cast(null as uuid) as rule_id
    from held
    where held.belongs
),

-- Not by a window, which orders the names of a post once for each of its rows, and takes a hundred times as long.
shared as (
    select
        network,
        post_key,
        count(*) as campaigns,
        list(campaign order by campaign) as every_campaign
    from belonging
    group by network, post_key
)

select
    belonging.*,
    shared.campaigns,
    shared.every_campaign,
    array_to_string(shared.every_campaign, ', ') as campaign_names,
    post.* exclude (network, post_key),
    observation.text,
    observation.kind,
    observation.permalink,
    observation.file_post_id
from belonging
inner join shared using (network, post_key)
inner join post using (network, post_key)
inner join post_observation as observation on post.upload_id = observation.upload_id and post.record_no = observation.record_no
where $upload is null or post.upload_id = $upload
order by belonging.campaign, post.published_at desc
