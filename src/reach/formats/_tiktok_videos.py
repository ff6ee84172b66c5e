"""What TikTok's two lists of videos have in common. The video's id holds the second of its upload; the link holds id and account."""

from . import Field, Rule, totals

LINK = Field("link", "text", ("Video link",), required=True)
POSTED = Field("posted", "text", ("Post time",), required=True)
WORDS = Field("words", "text", ("Video title",))

_ID = "nullif(regexp_extract(link, '/(?:video|photo)/([0-9]{15,20})', 1), '')"
_HANDLE = "nullif(regexp_extract(link, 'tiktok[.]com/@([^/?#]+)', 1), '')"

DERIVE = {
    "file_post_id": _ID,
    "account": f"lower({_HANDLE})",
    "account_name": _HANDLE,
    "account_handle": _HANDLE,
    # Post time is a day of the account's own zone, or a minute; the id tells the second.
    "published_at": f"epoch_ms((try_cast({_ID} as bigint) >> 32) * 1000)",
    "text": "words",
    "permalink": "link",
}
SKIP = (totals("link", "posted"), totals("words", unless="link"))
ASIDE = (Rule("is not a link to a video such as https://www.tiktok.com/@name/video/7300000000000000000", "published_at is null", "link"),)
REMARK = "TikTok lists only some of the videos, so a video that is not in the file may have views all the same."
