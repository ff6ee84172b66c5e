"""What the exports of LinkedIn pages have in common: dates are text with the month first, whatever the language."""

from . import Field, Rule, totals

DATE = Field("date", "us_day", ("Date", "Data", "Fecha"), required=True)
DATE_WORDS = Field("date_words", "text", DATE.headings)
SKIP = (totals("date_words"),)
NO_DAY = Rule("the record has no day", "day is null", "date")
