"""Advertisements and old Page Insights in the store: what is shown after several exports, and that nothing adds what must not be added."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import pytest

HEADING = "Reporting starts,Reporting ends,Campaign name,Ad name,Ad ID,Reach,Impressions,Amount spent (GBP)"
MARCH = "2024-03-01,2024-03-31"


def ads(*rows: str, heading: str = HEADING) -> bytes:
    return "\n".join([heading, *rows]).encode()


def shown(desk) -> list[tuple[object, ...]]:
    rows = desk.rows("from ad_current order by level, ad, window_start, record_no")
    return [(row["level"], row["ad"], f"{row['window_start']} {row['window_end']}", row["reach"], row["spend"]) for row in rows]


def test_a_re_export_of_the_window_updates_and_an_overlapping_window_stands_beside(desk):
    reel, still = f"{MARCH},Signs,Reel,120210000000000123", f"{MARCH},Signs,Still,120210000000000456"
    first = ads(f"{MARCH},,,,150,400,4", f"{reel},100,200,2.5", f"{still},90,200,1.5")
    again = ads(f"{MARCH},,,,170,450,5", f"{reel},120,250,3.5", f"{still},90,200,1.5")
    wider = ads("2024-03-15,2024-04-15,Signs,Reel,120210000000000123,80,100,1")
    desk.bring(first, account="Example")
    changes = desk.bring(again, account="Example").changes
    assert (changes.new, changes.updated, changes.unchanged) == (0, 2, 1)
    changes = desk.bring(wider, account="Example").changes
    assert (changes.new, changes.updated, changes.unchanged) == (1, 0, 0)
    march, overlap = "2024-03-01 2024-03-31", "2024-03-15 2024-04-15"
    assert shown(desk) == [
        ("ad", "Reel", march, 120, Decimal("3.5")),
        ("ad", "Reel", overlap, 80, Decimal(1)),
        ("ad", "Still", march, 90, Decimal("1.5")),
        ("total", None, march, 170, Decimal(5)),
    ]


def test_a_renamed_campaign_is_the_same_object_and_stands_once(desk):
    desk.bring(ads(f"{MARCH},Signs,Reel,120210000000000123,100,200,2.5"), account="Example")
    changes = desk.bring(ads(f"{MARCH},Know the signs,Reel 2,120210000000000123,120,250,3.5"), account="Example").changes
    assert (changes.new, changes.updated, changes.unchanged) == (0, 1, 0)
    assert shown(desk) == [("ad", "Reel 2", "2024-03-01 2024-03-31", 120, Decimal("3.5"))]
    assert [row["campaign"] for row in desk.rows("select campaign from ad_current")] == ["Know the signs"]


DAMAGED, SOUND, OTHER = "1.2021E+17", "120210000000000123", "120210000000000456"


@pytest.mark.parametrize("first", [DAMAGED, SOUND])
def test_an_id_that_a_spreadsheet_damaged_is_the_one_object_of_its_names(desk, first):
    second = SOUND if first == DAMAGED else DAMAGED
    desk.bring(ads(f"{MARCH},Signs,Reel,{first},100,200,2.5"), account="Example")
    changes = desk.bring(ads(f"{MARCH},Signs,Reel,{second},120,250,3.5"), account="Example").changes
    assert shown(desk) == [("ad", "Reel", "2024-03-01 2024-03-31", 120, Decimal("3.5"))]
    assert changes.new + changes.updated == 1


@pytest.mark.parametrize(
    "file",
    [
        ads(f"{MARCH},Signs,Reel,{SOUND},120,250,3.5", f"{MARCH},Signs,Reel,{OTHER},90,150,1"),  # two objects have these names
        ads(f"{MARCH},Signs,Still,{SOUND},120,250,3.5"),
        ads(f"2024-03-15,2024-04-15,Signs,Reel,{SOUND},120,250,3.5"),
    ],
    ids=["two objects", "another name", "another window"],
)
def test_an_id_that_a_spreadsheet_damaged_stays_unknown_where_the_names_do_not_tell(desk, file):
    desk.bring(ads(f"{MARCH},Signs,Reel,{DAMAGED},100,200,2.5"), account="Example")
    rows = file.decode().count("\n")
    assert desk.bring(file, account="Example").changes.new == rows
    assert len(shown(desk)) == 1 + rows


def test_two_damaged_rows_of_one_name_are_not_one_object(desk):
    desk.bring(ads(f"{MARCH},Signs,Reel,{DAMAGED},100,200,2.5", f"{MARCH},Signs,Reel,{DAMAGED},40,80,1"), account="Example")
    desk.bring(ads(f"{MARCH},Signs,Reel,{SOUND},120,250,3.5"), account="Example")
    assert sorted(row[3] for row in shown(desk)) == [40, 100, 120]


def test_the_de_duplicated_total_is_kept_and_in_no_sum(desk):
    file = ads(f"{MARCH},Signs,Reel,1,100,200,2.5", f"{MARCH},Signs,Still,2,90,200,1.5", f"{MARCH},,,,150,400,4")
    imported = desk.bring(file, account="Example")
    assert imported.reading.control_totals == {"reach": 190, "impressions": 400, "spend": 4}
    assert [row["reach"] for row in desk.rows("select reach from ad_current where level = 'total'")] == [150]


def test_two_advertisements_of_one_name_are_told_apart_only_by_their_ids(desk):
    heading = HEADING.replace("Ad ID,", "")
    twins = ads(f"{MARCH},Signs,Reel,100,200,2.5", f"{MARCH},Signs,Reel,40,80,1", heading=heading)
    assert desk.bring(twins, account="Example").changes.new == 2
    again = ads(f"{MARCH},Signs,Reel,100,200,2.5", f"{MARCH},Signs,Reel,50,90,1", heading=heading)
    assert desk.bring(again, account="Example").changes.updated == 1
    assert [row[3] for row in shown(desk)] == [100, 50]


@pytest.mark.parametrize("name", ["Total", "total", "Results from 12 ads", "Gesamt"])
def test_the_row_of_totals_may_be_named(desk, name):
    desk.bring(ads(f"{MARCH},Signs,Reel,12,100,200,2.5", f"{MARCH},{name},,,100,200,2.5"), account="Example")
    assert [row[0] for row in shown(desk)] == ["ad", "total"]


def test_subtotals_over_one_of_two_breakdowns_are_in_no_sum(desk):
    heading = "Reporting starts,Reporting ends,Campaign name,Day,Gender,Reach,Impressions"
    days = [f"2024-03-0{day},2024-03-0{day},Signs,2024-03-0{day}" for day in (1, 2)]
    rows = [
        *(f"{days[0]},female,9,10", f"{days[0]},male,18,20", f"{days[0]},,25,30"),
        *(f"{days[1]},female,11,15", f"{days[1]},male,20,25", f"{days[1]},All,29,40"),
        "2024-03-01,2024-03-02,Signs,,,50,70",
        "2024-04-01,2024-04-30,Signs,,,7,9",  # no part of it is in the file, so it is none of the totals
    ]
    told = desk.bring(ads(*rows, heading=heading), account="Example").reading
    assert told.control_totals == {"reach": 9 + 18 + 11 + 20 + 7, "impressions": 10 + 20 + 15 + 25 + 9}
    totals = desk.rows("select reach, breakdown from ad_current where level = 'total' order by reach")
    assert [(row["reach"], row["breakdown"]) for row in totals] == [
        (25, '{"day":"2024-03-01"}'),
        (29, '{"day":"2024-03-02"}'),
        (50, None),
    ]


NAMES_ALONE = "Reporting starts,Reporting ends,Campaign name,Reach,Impressions,Amount spent (GBP)"


@pytest.mark.parametrize("name", ["Alle", "All", "Total", "Todos"])
def test_a_campaign_with_a_name_like_a_total_is_kept_with_a_remark(desk, name):
    file = ads(f"{MARCH},Signs,100,200,2.5", f"{MARCH},{name},90,250,1", f"{MARCH},Doors,80,150,1.5", heading=NAMES_ALONE)
    told = desk.one(file, account="Example").reading
    assert told.control_totals == {"reach": 270, "impressions": 600, "spend": 5}
    assert any(note.startswith("1 row: the name is a word for a total") for note in told.notes)


@pytest.mark.parametrize(
    ("total", "sums"),
    [("90,350,4", {"reach": 180, "impressions": 350, "spend": 4}), ("90,,4", {"reach": 180, "impressions": 350, "spend": 4})],
)
def test_a_row_that_adds_up_the_others_under_such_a_name_is_the_total(desk, total, sums):
    rows = (f"{MARCH},All,{total}", f"{MARCH},Signs,100,200,2.5", f"{MARCH},Doors,80,150,1.5")
    told = desk.one(ads(*rows, heading=NAMES_ALONE), account="Example").reading
    assert told.control_totals == sums
    assert not any("word for a total" in note for note in told.notes)


def test_each_day_may_have_its_row_of_totals(desk):
    heading = "Reporting starts,Reporting ends,Campaign name,Day,Impressions"
    figures = ((1, "Signs", 10), (1, "Total", 10), (2, "Signs", 20), (2, "Total", 20))
    rows = [f"2024-03-0{day},2024-03-0{day},{name},2024-03-0{day},{displays}" for day, name, displays in figures]
    assert desk.one(ads(*rows, heading=heading), account="Example").reading.control_totals == {"impressions": 30}


def test_nobody_is_asked_when_the_file_names_the_account(desk):
    file = ads(f"{MARCH},,,,100,200,2.5,", f"{MARCH},Signs,Reel,12,100,200,2.5,Example Constabulary", heading=f"{HEADING},Account name")
    assert {row["account"] for row in desk.bring(file) and desk.rows("select account from ad_current")} == {"name:example constabulary"}


def test_the_account_is_asked_for_when_the_file_does_not_name_it(desk):
    candidate = desk.one(ads(f"{MARCH},Signs,Reel,12,100,200,2.5"))
    assert (candidate.status, [one.key for one in candidate.questions]) == ("needs", ["account"])
    assert desk.one(ads(f"{MARCH},Signs,Reel,12,100,200,2.5"), account="Example", network="meta").status == "ready"


def test_reach_above_impressions_is_kept_and_said(desk):
    imported = desk.bring(ads(f"{MARCH},Signs,Reel,12,300,200,2.5"), account="Example")
    assert imported.reading.notes == ("1 row: reach is above impressions, which cannot be; kept as exported.",)
    assert shown(desk)[0][3] == 300


@pytest.mark.parametrize("currency", ["GBP", "EUR", "XOF"])
@pytest.mark.parametrize("heading", ["Amount spent ({})", "AMOUNT SPENT {}", "Valor usado ({})", "Montant dépensé ({})"])
def test_the_currency_is_taken_from_the_heading(desk, heading, currency):
    headings = HEADING.replace("Amount spent (GBP)", heading.format(currency))
    desk.bring(ads(f"{MARCH},Signs,Reel,12,100,200,2.5", heading=headings), account="Example")
    assert desk.rows("select currency, spend from ad_current") == [{"currency": currency, "spend": Decimal("2.5")}]


@pytest.mark.parametrize("rounded", [True, False])
def test_ids_that_a_spreadsheet_rounded_are_not_stored(desk, rounded):
    ids = ("120210000000000000", "120210000000001000") if rounded else ("120210000000000000", "120210000000001234")
    desk.bring(ads(*(f"{MARCH},Signs,Ad {one[-4:]},{one},100,200,2.5" for one in ids)), account="Example")
    stored = [row["object_id"] for row in desk.rows("select object_id from ad_current order by object_id")]
    assert stored == ([None, None] if rounded else list(ids))


def test_a_thousand_with_a_point_beside_decimal_commas_is_set_aside(desk):
    rows = [f"{MARCH},Signs,{ad},100,200".replace(",", ";") for ad in ("Reel,12", "Still,13", "Film,14")]
    spent = ("12,50", "1.234", "1.234,50")
    file = ads(*(f"{row};{spend}" for row, spend in zip(rows, spent, strict=True)), heading=HEADING.replace(",", ";"))
    told = desk.one(file, account="Example").reading
    assert told.control_totals["spend"] == 1247  # 12.50 and 1,234.50
    assert [(problem.record, problem.value, problem.reason) for problem in told.problems] == [
        (2, "1.234", "is not a number such as 1,234 or 1,234.50")
    ]


def test_three_decimals_where_no_cell_has_a_comma_are_decimals(desk):
    told = desk.one(ads(f"{MARCH},Signs,Reel,12,100,200,12.345", f"{MARCH},Signs,Still,13,100,200,1.5"), account="Example").reading
    assert told.control_totals["spend"] == 13.845


def test_a_file_with_a_heading_and_no_rows_helps(desk):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("relatorio.csv", "Início dos relatórios,Término dos relatórios,Nome da campanha,Alcance,Valor usado (BRL)\n")
    candidate = desk.one(archive.getvalue(), "report.zip")
    assert candidate.status == "refused"
    assert "it has a heading and no rows" in candidate.message


def test_ambiguous_dates_of_a_re_saved_file_are_asked_for(desk):
    candidate = desk.one(ads("01/03/2024,04/03/2024,Signs,Reel,12,100,200,2.5"), account="Example")
    assert [one.key for one in candidate.questions] == ["date_order"]


def test_a_post_of_the_old_insights_is_the_post_of_a_newer_export(desk, made):
    newer = "Post ID,Page ID,Page name,Publish time,Permalink,Reach\n2002003004005006,100200300400500,Example,07/22/2017 05:30,https://example.org/6,900\n"
    older = (
        "Post ID,Permalink,Post Message,Type,Posted,Lifetime Post Total Reach\n,,,,,Lifetime: people. (Unique Users)\n"
        "100200300400500_2002003004005006,https://example.org/6,Hello,Photo,2017-07-22 05:30:00,800\n"
    )
    desk.bring(older.encode(), "old.csv")
    assert desk.bring(newer.encode(), "new.csv").changes.updated == 1
    (post,) = desk.posts()
    assert (post["account"], post["reach"], str(post["published_at"])) == ("100200300400500", 900, "2017-07-22 12:30:00")


def test_overlapping_windows_of_the_old_insights_are_not_read(desk):
    file = "Date,Daily Total Reach,Weekly Total Reach,28 Days Total Reach,Lifetime Total Likes\n,a,b,c,d\n2020-02-29,10,60,200,900\n"
    desk.bring(file.encode(), account="Example")
    assert desk.rows("select metric, value from day_current order by metric") == [
        {"metric": "followers", "value": Decimal(900)},
        {"metric": "reach", "value": Decimal(10)},
    ]


def test_a_file_of_overlapping_windows_alone_is_refused(desk):
    file = "Date,Weekly Total Reach,28 Days Total Reach\n2020-02-29,60,200\n"
    assert desk.one(file.encode(), account="Example").status == "refused"
