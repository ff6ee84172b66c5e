"""A result card of Meta Business Suite whose title was deleted, or is in words not known: nobody can say what was counted."""

from . import Format
from ._meta_cards import untitled

FORMAT = Format(
    key="meta_cards_untitled",
    label="Meta result card without a title that Reach knows",
    table="account_day",
    fields=(),
    derive={},
    layouts=untitled,
    declined="Only the line above Date says what was counted, such as Facebook reach, and it is missing or in words that Reach does not "
    "know. Export the card again, in English if need be, and leave its first lines as they are.",
)
