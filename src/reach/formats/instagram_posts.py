"""Meta Business Suite, Insights > Content > Export data: Instagram posts, figures for their lifetime.

The headings follow the language of the user's screen; dates do not. Posts made together with another account
stand under that account, with Reach and Follows blank.
"""

from . import Field, Format, _meta

FORMAT = Format(
    key="instagram_posts",
    label="Instagram posts (Meta Business Suite)",
    table="post_observation",
    network="instagram",
    numbered_accounts=True,
    getting_it="Meta Business Suite > Insights > Content > Export data > Instagram posts.",
    fields=(
        Field("file_id", "text", _meta.POST_ID, required=True),
        *_meta.ACCOUNT,
        *_meta.POST,
        _meta.LIKES,
        _meta.COMMENTS,
        _meta.SHARES,
        _meta.SAVES,
        _meta.FOLLOWS,
    ),
    any_of=(("account_id", "username"), ("reach", "views", "viewers", "impressions")),
    without=tuple(heading for one in _meta.STORIES for heading in one.headings),
    derive=_meta.OF_INSTAGRAM,
    skip=_meta.SKIP,
    aside=_meta.ASIDE,
)
