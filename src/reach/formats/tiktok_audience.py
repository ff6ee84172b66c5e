"""TikTok Studio, FollowerActivity, FollowerGender and FollowerTopTerritories: who the followers are, known and not read."""

from . import Field, Format

FORMAT = Format(
    key="tiktok_audience",
    label="TikTok followers by hour, gender or territory (TikTok Studio)",
    table="account_day",
    network="tiktok",
    fields=(
        Field("active", "text", ("Active followers",)),
        Field("hour", "text", ("Hour",)),
        Field("dimension", "text", ("Gender", "Top territories")),
        Field("distribution", "text", ("Distribution",)),
    ),
    any_of=(("active", "dimension"), ("hour", "distribution")),
    derive={},
    declined="It describes followers at the time of export and holds no figure of a campaign. "
    "Choose FollowerHistory, Overview or Viewers instead.",
)
