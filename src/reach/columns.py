"""The cell vocabulary: how a cell of text becomes a value, and what it should have been when it does not.

DuckDB does the casting, a column at a time. ``MACROS`` are created in every reading connection; each
:class:`Kind` names one of them. A blank cell, ``-``, ``N/A`` and their like are missing, which is never 0 and
never an error; any other cell that yields no value is *bad*, and its row is set aside with ``wanted``.
"""

from __future__ import annotations

from dataclasses import dataclass

MISSING = ("", "-", "--", "\u2013", "\u2014", "n/a", "na", "nan", "null", "none", "undefined")
# More than everyone alive, with room to spare: a count above it is a damaged cell.
LARGEST_COUNT = 10_000_000_000

# How platforms, spreadsheets and people call the row that sums up the others, in the languages of the exports.
TOTALS = (
    *("total", "totals", "grand total", "overall total", "subtotal", "sub-total", "sum"),
    *("gesamt", "insgesamt", "gesamtsumme", "gesamtergebnis", "summe"),
    *("totales", "total general", "suma", "totais", "total geral", "soma", "totaux", "total g\u00e9n\u00e9ral", "somme"),
    *("totale", "totaal"),
)

_totals = ", ".join(f"'{word}'" for word in TOTALS)
_missing = ", ".join(f"'{token}'" for token in MISSING)
_spaces = "\u00a0\u202f\u2009"  # the blanks that spreadsheets put between thousands

# The day and the time of a stamp such as 2023-02-27T00:00:00.
_stamp_day = "[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.]([0-9]{4}|[0-9]{2})"
_stamp_time = "[T ]([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?"

MACROS: tuple[str, ...] = (
    # A list, since DuckDB makes a join over every row of a longer IN, be it in a branch that no row takes.
    f"create macro filled(cell) as cell is not null and not list_contains([{_missing}], lower(trim(cell, ' {_spaces}\t\n')))",
    # The first branch takes nearly every cell, at the price of two byte comparisons.
    """create macro tidy(cell) as case
        when ord(cell) > 32 and not ends_with(cell, ' ') and not ends_with(cell, '\n') and not ends_with(cell, '\t') then cell
        else nullif(trim(cell, ' \t\n'), '')
    end""",
    # The first branch takes nearly every cell: no name of totals begins with a figure. In German YouTube's has soft hyphens in it.
    f"""create macro names_total(cell) as case
        when cell is null or strlen(cell) > 60 or ord(cell) between 48 and 57 then false
        else list_contains([{_totals}], lower(trim(replace(cell, chr(173), ''), ' :\t\n')))
    end""",
    f"create macro within_world(count) as case when count <= {LARGEST_COUNT} then cast(count as bigint) end",
    f"create macro whole_of(number) as case when number = floor(number) and number <= {LARGEST_COUNT} then cast(number as bigint) end",
    # The first branch takes nearly every cell; DuckDB evaluates the others only for the rows left over.
    f"""create macro whole(cell) as case
        when regexp_full_match(cell, '[0-9]{{1,10}}') then cast(cell as bigint)
        when cell is null then null
        -- Thousands to most of Europe, a whole number with decimals to others: nobody can tell, so it is bad.
        when regexp_full_match(trim(cell), '[0-9]{{1,3}}([.][0-9]{{3}})+') then null
        when regexp_full_match(trim(cell), '[0-9]+([.]0*)?|[0-9]{{1,3}}([, {_spaces}][0-9]{{3}})+([.]0*)?')
            then within_world(try_cast(regexp_replace(trim(cell), '[.]0*$|[, {_spaces}]', '', 'g') as hugeint))
        when regexp_full_match(trim(cell), '[0-9]([.][0-9]+)?[eE][+]?[0-9]{{1,2}}')
            then whole_of(try_cast(trim(cell) as double))
    end""",
    f"""create macro amount(cell) as case
        when regexp_full_match(trim(cell), '[£$€]? ?([0-9]+|[0-9]{{1,3}}([, {_spaces}][0-9]{{3}})+)([.][0-9]{{1,3}}0*)?')
            then try_cast(regexp_replace(trim(cell), '[£$€, {_spaces}]', '', 'g') as decimal(18, 3))
    end""",
    # 66.500 pounds is 66,500 to most of Europe and 66.50 to others.
    "create macro no_lone_point(cell) as case when not regexp_full_match(trim(cell), '[£$€]? ?[0-9]{1,3}[.][0-9]{3}') then cell end",
    "create macro money(cell) as amount(no_lone_point(cell))",
    # A column of one currency holds no other: 120 euros are not 120 pounds.
    "create macro pounds(cell) as case when not regexp_matches(cell, '[$€]') then money(cell) end",
    "create macro euros(cell) as case when not regexp_matches(cell, '[$£]') then money(cell) end",
    "create macro has_decimal_comma(cell) as regexp_matches(trim(cell), ',([0-9]{1,2}|[0-9]{4,})$|[.][0-9]{3}[.,]')",
    # As amount, but with any number of decimals, and with the comma for the point where nothing else can be meant.
    f"""create macro measured(cell) as case
        when regexp_full_match(trim(cell), '[£$€]? ?([0-9]+|[0-9]{{1,3}}([, {_spaces}][0-9]{{3}})+)([.][0-9]+)?')
            then try_cast(regexp_replace(trim(cell), '[£$€, {_spaces}]', '', 'g') as decimal(18, 3))
        when regexp_full_match(trim(cell), '[£$€]? ?([0-9]+|[0-9]{{1,3}}([. {_spaces}][0-9]{{3}})+),([0-9]{{1,2}}|[0-9]{{4,}})')
            then try_cast(replace(regexp_replace(trim(cell), '[£$€. {_spaces}]', '', 'g'), ',', '.') as decimal(18, 3))
    end""",
    """create macro seconds(cell) as case
        when regexp_full_match(cell, '[0-9]{1,12}') then cast(cell as decimal(18, 3))
        when regexp_full_match(trim(cell), '([0-9]+|[0-9]{1,3}(,[0-9]{3})+)([.][0-9]+)?')
            then try_cast(replace(trim(cell), ',', '') as decimal(18, 3))
    end""",
    # A day may carry a clock time of midnight, as spreadsheets print it. Formats must be constants, hence a macro an order; %Y
    # would take 25 for the year 25, so two figures have formats of their own.
    "create macro midnight_off(cell) as regexp_replace(trim(cell), '[ T]00:00(:00)?([.]0+)?$', '')",
    "create macro our_times(day) as case when day between date '1900-01-01' and date '2199-12-31' then day end",
    *(
        f"""create macro day_{order}(cell) as our_times(cast(case
            when regexp_full_match(midnight_off(cell), '[0-9]{{1,2}}[-/.][0-9]{{1,2}}[-/.][0-9]{{2}}')
                then try_strptime(translate(midnight_off(cell), '-.', '//'), '{day}/%y')
            when regexp_full_match(midnight_off(cell), '[0-9]{{1,2}}[- ][A-Za-z]{{3}}[- ][0-9]{{2}}')
                then try_strptime(replace(midnight_off(cell), ' ', '-'), '%d-%b-%y')
            else try_strptime(
                translate(midnight_off(cell), '.', '/'),
                ['%Y-%m-%d', '%Y/%m/%d', '{day}/%Y', '{dashed}-%Y', '%d %B %Y', '%d %b %Y', '%d-%b-%Y', '%B %d, %Y', '%b %d, %Y'])
        end as date))"""
        for order, day, dashed in (("dmy", "%d/%m", "%d-%m"), ("mdy", "%m/%d", "%m-%d"))
    ),
    # Meta prints publish times as US Pacific clock time, whatever the account's zone or language. Through microseconds, since
    # a second call of timezone costs as much as the first.
    # %Y takes the 25 of a spreadsheet's 3/10/25 for the year 25, which is out of time and goes to the second reading.
    "create macro in_time(stamp) as case when stamp between timestamp '2004-01-01' and timestamp '2099-12-31' then stamp end",
    *(
        # The rarer forms, those of a year with two figures and of a midnight whose clock time a workbook dropped, stand in it once: in an
        # in_time of their own, which names its value three times, DuckDB would look for them in every cell beforehand.
        f"""create macro pacific_{order}(cell) as make_timestamp(epoch_us(timezone('America/Los_Angeles', in_time(coalesce(
            in_time(try_strptime(trim(cell), ['{day}/%Y %H:%M', '{day}/%Y %H:%M:%S', '%Y-%m-%d %H:%M', '%Y-%m-%d %H:%M:%S'])),
            try_strptime(trim(cell), ['{day}/%y %H:%M', '{day}/%y %H:%M:%S', '%Y-%m-%d']))))))"""
        for order, day in (("dmy", "%d/%m"), ("mdy", "%m/%d"))
    ),
    # A day's time is midnight, an hour off in one half of the year: the day meant is that of the nearest midnight.
    *(
        f"""create macro meta_day_{order}(cell) as case when regexp_full_match(trim(cell), '({_stamp_day})({_stamp_time})?') then
            day_{order}(regexp_extract(trim(cell), '^({_stamp_day})', 1))
            + coalesce(cast(cast(nullif(regexp_extract(trim(cell), '[T ]([0-9]+):', 1), '') as integer) >= 12 as integer), 0)
        end"""
        for order in ("dmy", "mdy")
    ),
    # Spreadsheets print years with two figures. A workbook's cell of midnight comes as its day alone: 08:00 in London, when
    # many posts are scheduled.
    """create macro insights_clock(cell) as case
        when regexp_full_match(trim(cell), '[0-9]{4}-[0-9]{2}-[0-9]{2}') then trim(cell) || ' 00:00:00'
        else regexp_replace(trim(cell), '^([0-9]{1,2}/[0-9]{1,2}/)([0-9]{2})( |$)', '\\120\\2\\3')
    end""",
    *(
        f"""create macro insights_{order}(cell) as coalesce(
            pacific_{order}(regexp_replace(insights_clock(cell), '([0-9])T([0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}})([.]0+)?$', '\\1 \\2')),
            make_timestamp(epoch_us(timezone('America/Los_Angeles',
                try_strptime(insights_clock(cell), ['{day} %I:%M:%S %p', '{day} %I:%M %p'])))))"""
        for order, day in (("dmy", "%d/%m/%Y"), ("mdy", "%m/%d/%Y"))
    ),
    # What a network counts as gained less lost may be negative on a day.
    """create macro net_whole(cell) as case
        when starts_with(trim(cell), '-') or starts_with(trim(cell), '\u2212') then -whole(substr(trim(cell), 2)) else whole(cell) end""",
    # Decimal hours with four decimals at most, as YouTube prints them. Three figures behind a lone comma may be thousands or decimals.
    """create macro hours(cell) as cast(round(3600 * case
        when regexp_full_match(trim(cell), '([0-9]{1,9}|[0-9]{1,3}(,[0-9]{3})+)[.][0-9]{1,9}|[0-9]{1,9}')
            then try_cast(replace(trim(cell), ',', '') as double)
        when regexp_full_match(trim(cell), '[0-9]{1,9},([0-9]{1,2}|[0-9]{4,9})|[0-9]{1,3}([.][0-9]{3})+,[0-9]{1,9}')
            then try_cast(replace(replace(trim(cell), '.', ''), ',', '.') as double)
        when regexp_full_match(trim(cell), '[0-9]([.][0-9]{1,17})?[eE]-[0-9]{1,2}') then try_cast(trim(cell) as double)
    end, 3) as decimal(18, 3))""",
    # A length of time in seconds: a number of them, 1:02:03, or 1h:02m:03s.
    """create macro play_time(cell) as case
        when regexp_full_match(trim(cell), '[0-9]{1,7}:[0-5]?[0-9]:[0-5]?[0-9]')
            then cast(list_dot_product(cast(string_split(trim(cell), ':') as double[]), [3600, 60, 1]) as decimal(18, 3))
        when regexp_full_match(trim(cell), '[0-9]{1,7} ?h[: ]*[0-5]?[0-9] ?m[: ]*[0-5]?[0-9]([.][0-9]+)? ?s')
            then cast(list_dot_product(cast(regexp_extract_all(cell, '[0-9.]+') as double[]), [3600, 60, 1]) as decimal(18, 3))
        else seconds(cell)
    end""",
    """create macro x_day(cell) as our_times(cast(try_strptime(trim(cell),
        ['%a, %b %d, %Y', '%a %b %d %Y', '%Y-%m-%d', '%b %d, %Y']) as date))""",
    # Sprout Social prints the clock of its account, which is taken to be London's.
    *(
        f"""create macro sprout_time_{order}(cell) as make_timestamp(epoch_us(timezone('Europe/London', in_time(try_strptime(
            upper(regexp_replace(trim(cell), '[.]([mM])[.]?$', '\\1')),
            ['{day}/%Y %I:%M %p', '{day}/%Y %I:%M:%S %p', '{dashed}-%Y %I:%M %p', '{day}/%Y %H:%M', '{day}/%Y %H:%M:%S',
                '{dashed}-%Y %H:%M', '%Y-%m-%d %H:%M', '%Y-%m-%d %H:%M:%S', '%Y-%m-%dT%H:%M:%S'])))))"""
        for order, day, dashed in (("dmy", "%d/%m", "%d-%m"), ("mdy", "%m/%d", "%m-%d"))
    ),
    *(
        f"""create macro sprout_day_{order}(cell) as our_times(cast(try_strptime(
            regexp_replace(trim(cell), '[ T]00:00(:00)?$', ''), ['{dashed}-%Y', '{day}/%Y', '%Y-%m-%d']) as date))"""
        for order, day, dashed in (("dmy", "%d/%m", "%d-%m"), ("mdy", "%m/%d", "%m-%d"))
    ),
    """create macro utc_stamp(cell) as in_time(try_strptime(
        regexp_replace(trim(cell), ' ?[+]0000$', ''), ['%Y-%m-%d %H:%M', '%Y-%m-%d %H:%M:%S']))""",
    # X ids carry their instant in milliseconds above 22 low bits; ids from before November 2010 do not.
    # Digits alone: a spreadsheet's 1.89E+18 would be cast too, to an id minutes off.
    """create macro x_instant(id) as case when regexp_full_match(id, '[0-9]{11,19}') and try_cast(id as bigint) >= 30000000000
        then epoch_ms((cast(id as bigint) >> 22) + 1288834974657) end""",
    "create macro x_handle(link) as "
    "nullif(nullif(lower(regexp_extract(link, '(?:twitter|x)[.]com/([A-Za-z0-9_]+)/status/[0-9]', 1)), ''), 'i')",
    "create macro x_text(words) as replace(replace(replace(words, '&lt;', '<'), '&gt;', '>'), '&amp;', '&')",
    """create macro plain_mentions(words) as case when contains(words, '@[')
        then regexp_replace(words, '@\\[[0-9]+:[0-9]+:([^\\]]*)\\]', '\\1', 'g') else words end""",
    """create macro longer(one, other) as case
        when other is null then one
        when one is null then nullif(other, '')
        when length(one) >= length(other) then one
        else other
    end""",
    # What spreadsheets and careful people put around an id to keep it whole: an apostrophe, quotation marks, ="...", blanks.
    f"""create macro bare_id(id) as regexp_replace(trim(id), '^=?["''’]+|["''’]+$|[{_spaces} ]', '', 'g')""",
    # An id that a spreadsheet left whole: digits only, or up to the 15 digits it keeps with decimals behind them.
    """create macro sound_id(id, rounded, numbered) as case
        when regexp_full_match(id, '[0-9]{1,15}([.]0+)?') then split_part(id, '.', 1)
        when regexp_full_match(id, '[0-9]{16,}') and not (rounded and regexp_full_match(substr(id, 16), '0+')) then id
        when not numbered and not regexp_full_match(id, '[0-9.,]+([eE][+]?[0-9]+)?') then id
    end""",
)


@dataclass(frozen=True)
class Kind:
    """How one sort of cell is read.

    ``sql`` is an expression over ``{cell}`` (and ``{order}``, dmy or mdy, for dates); ``type`` is the DuckDB type of its
    value; ``wanted`` completes the sentence "'x' is not ...". ``checked`` kinds make a filled cell without a
    value bad; text always has its value. ``month_first`` kinds are of platforms that put the month first, so that nobody is asked:
    their cells are read day first only if the file itself shows that it was written so.
    """

    name: str
    sql: str
    type: str
    wanted: str = ""
    month_first: bool = False

    @property
    def checked(self) -> bool:
        return bool(self.wanted)

    @property
    def decimal(self) -> bool:
        """Whether it is a number that may have decimals."""
        return self.type.startswith("DECIMAL")

    @property
    def comma(self) -> bool:
        """Whether the decimals may stand behind a comma."""
        return self.name in ("measured", "hours")

    @property
    def asked_order(self) -> bool:
        """Whether it may be written day first or month first, so that a person is asked where the file does not show it."""
        return "{order}" in self.sql and not self.month_first


KINDS = {
    kind.name: kind
    for kind in (
        Kind("text", "tidy({cell})", "VARCHAR"),
        Kind("whole", "whole({cell})", "BIGINT", "a whole number such as 1,234"),
        Kind("amount", "amount({cell})", "DECIMAL(18,3)", "a number such as 1,234 or 1,234.50"),
        Kind("money", "money({cell})", "DECIMAL(18,3)", "an amount of money such as 1,234 or 1,234.50"),
        Kind("pounds", "pounds({cell})", "DECIMAL(18,3)", "an amount in pounds such as 1,234 or £1,234.50"),
        Kind("euros", "euros({cell})", "DECIMAL(18,3)", "an amount in euros such as 1,234 or €1,234.50"),
        Kind("seconds", "seconds({cell})", "DECIMAL(18,3)", "a number of seconds such as 1,234.5"),
        Kind("day", "day_{order}({cell})", "DATE", "a date such as 27/02/2023 or 2023-02-27"),
        Kind("pacific", "pacific_{order}({cell})", "TIMESTAMP", "a time such as 02/27/2023 09:30", month_first=True),
        Kind("x_day", "coalesce(x_day({cell}), day_{order}({cell}))", "DATE", "a day such as Tue, Feb 18, 2025"),
        Kind("utc_stamp", "utc_stamp({cell})", "TIMESTAMP", "a time such as 2023-02-27 09:30 +0000"),
        Kind("us_day", "day_{order}({cell})", "DATE", "a date such as 02/27/2023", month_first=True),
        Kind("sprout_day", "sprout_day_{order}({cell})", "DATE", "a date such as 12-30-2025", month_first=True),
        Kind("sprout_time", "sprout_time_{order}({cell})", "TIMESTAMP", "a time such as 12/30/2025 9:40 am", month_first=True),
        Kind("milliseconds", "cast(seconds({cell}) / 1000 as decimal(18, 3))", "DECIMAL(18,3)", "a number of milliseconds such as 1,234"),
        Kind("insights_time", "insights_{order}({cell})", "TIMESTAMP", "a time such as 2017-02-27 09:30:00", month_first=True),
        Kind("measured", "measured({cell})", "DECIMAL(18,3)", "a number such as 1,234 or 1,234.50"),
        Kind("hours", "hours({cell})", "DECIMAL(18,3)", "a number of hours such as 12.5"),
        Kind("net_whole", "net_whole({cell})", "BIGINT", "a whole number such as 1,234 or -5"),
        Kind("play_time", "play_time({cell})", "DECIMAL(18,3)", "a length of time such as 1:02:03 or 3723 seconds"),
        Kind("meta_day", "meta_day_{order}({cell})", "DATE", "a day such as 2023-02-27T00:00:00"),
    )
}
