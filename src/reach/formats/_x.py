"""What the exports of X, old and new, have in common: the post's link, which spreadsheets leave whole."""

# Without a link an id that ends as a rounded one does is taken for one, whatever the rest of the file says.
ID_FROM_LINK = """coalesce(
    nullif(regexp_extract(link, '/status/([0-9]+)', 1), ''),
    case when regexp_full_match(file_id, '[0-9]{15}00+') then file_id || '.0' else file_id end)"""
_HANDLE = "nullif(regexp_extract(link, '[.]com/([A-Za-z0-9_]+)/status/', 1), '')"

DERIVE = {
    "file_post_id": ID_FROM_LINK,
    "account": "x_handle(link)",
    "account_name": _HANDLE,
    "account_handle": _HANDLE,
    "text": "x_text(words)",
    "permalink": "link",
}
