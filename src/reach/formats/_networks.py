"""What files of several networks have in common: the network's name in a column."""

# Networks without a place of their own go under other. A word such as Instagram Business or X (Twitter) names its network too.
MACROS = (
    """create macro network_named(cell) as case
        when regexp_matches(lower(cell), '\\bfacebook\\b') then 'facebook'
        when regexp_matches(lower(cell), '\\binstagram\\b') then 'instagram'
        when regexp_matches(lower(cell), '\\btwitter\\b|^x\\b') then 'x'
        when regexp_matches(lower(cell), '\\blinkedin\\b') then 'linkedin'
        when regexp_matches(lower(cell), '\\btiktok\\b|\\btik tok\\b') then 'tiktok'
        when regexp_matches(lower(cell), '\\byoutube\\b') then 'youtube'
        when regexp_matches(lower(cell), '\\bnextdoor\\b') then 'nextdoor'
        when regexp_matches(lower(cell), '\\b(threads|snapchat|bluesky|mastodon|whatsapp|pinterest)\\b|^other\\b') then 'other'
    end""",
    """create macro name_of_account(cell) as nullif(regexp_replace(trim(cell), '^[''’@ ]+', ''), '')""",
)
