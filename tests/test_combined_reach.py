"""The page Combined reach: what a reader chooses, and the range that answers."""

from __future__ import annotations

from reach.pages.combined import ADS, NO_POPULATION, POSTS
from test_pages import bring, first_start, known, show  # noqa: F401


def test_opens_at_the_two_figures_of_one_week(show):  # noqa: F811
    page = show("combined")
    assert "Between 278,000 and around 498,000 accounts: how many saw both is not known" in page.words
    shares = "278,000 is equivalent to 25% and 498,000 to 44% of the area's population."
    assert page.summary.endswith(f"If independent, around 443,490. {shares}")
    assert "Trusted adults campaign: campaign dates not stated." in page.words
    assert "saw it" not in page.summary
    rows = page.data("Data as CSV")
    assert [row["Accounts"] for row in rows][:2] == ["close to 220,000", "a further 278,000"]
    assert (
        page.pick("combined-shape", "Table").table("What", "Accounts", "What it assumes")[2]["Of the population"]
        == "equivalent to 25% to 44%"
    )


def test_the_slider_moves_the_estimate(show):  # noqa: F811
    page = show("combined").pick("overlap", 2.0)
    assert "With overlap 2 times chance, around 388,979." in page.summary


def test_an_overlap_that_cannot_be_is_said(show):  # noqa: F811
    electors = "Electors at the Police and Crime Commissioner election, Leicester, Leicestershire and Rutland, 2 May 2024: 821,573"
    page = show("combined", population=electors).pick("overlap", 3.0)
    assert "If independent, around 423,557." in page.summary and "With overlap" not in page.summary
    assert "at 3 times chance more would have seen both" in page.words


def test_without_a_population_no_estimate(show):  # noqa: F811
    page = show("combined", population=NO_POPULATION)
    assert "independent" not in page.summary and "equivalent" not in page.summary


def test_a_population_that_is_too_small_is_refused(show):  # noqa: F811
    page = show("combined", population="Residents, all ages, Rutland, Census 2021: 41,051")
    assert "278,000 were reached, which is more" in page.words
    assert not page.at.get("plotly_chart")


def test_unlike_measures_are_refused(show, known):  # noqa: F811
    """1.6 million people overall, and 140,000 aged 13 to 17 as the networks judge age."""
    area = "Yorkshire and the Humber"
    page = show("combined", area=area)
    figures = known().rows("pages/figures", area=area)
    page.at.multiselect[0].set_value([row["figure_id"] for row in figures if row["measure"].startswith("campaign_reach")])
    page.run()
    refusal = "These reaches are counted in different ways (Campaign reach, Campaign reach, aged 13 to 17), so they cannot be combined."
    assert refusal in page.words
    assert not page.at.get("plotly_chart")


WEEK_2019 = "more than 134,000: #KnowTheSigns week, 13 to 20 May 2019"
TRUSTED = "close to 220,000: Trusted adults campaign, 27 February to 5 March 2023"


def test_the_address_brings_figures_population_and_overlap_back(show):  # noqa: F811
    page = show("combined", figures=[WEEK_2019, TRUSTED], overlap="2", population=NO_POPULATION)
    assert [row["Accounts"] for row in page.data("Data as CSV")][:2] == ["more than 134,000", "close to 220,000"]
    assert "These figures are of different periods." in page.words
    assert (page.at.slider[0].value, page.at.get_by_key("population").value) == (2.0, NO_POPULATION)
    kept = [one.proto.query_param_key for one in (*page.at.multiselect, *page.at.slider, *page.at.selectbox)]
    assert set(kept) == {"figures", "overlap", "combine", "area", "population"}


def test_what_the_address_names_and_nobody_offers_falls_back(show):  # noqa: F811
    usual = show("combined")
    for query in (
        {"figures": "no such"},
        {"overlap": "much"},
        {"overlap": "99"},
        {"overlap": "nan"},
        {"population": "no such"},
        {"area": "Nowhere", "combine": "x", "figures": ["a", "b"]},
    ):
        page = show("combined", **query)
        assert page.summary == usual.summary, query
        assert not page.at.query_params, query
    page = show("combined", figures=[TRUSTED, "no such"])
    assert page.data("Data as CSV")[0]["Accounts"] == "close to 220,000" and len(page.at.multiselect[0].value) == 1
    assert "With overlap 1.2 times chance" in show("combined", overlap="1.2345").summary
    assert "Choose at least one figure." in show("combined", figures="").words


def test_figures_of_another_area_go_back_to_its_own(show):  # noqa: F811
    page = show("combined", figures=[WEEK_2019], population=NO_POPULATION).pick("area", "Yorkshire and the Humber")
    (one,) = page.at.multiselect[0].value
    assert one.endswith("-campaign_reach") and "1,600,000" in page.summary and "134,000" not in page.words
    page.pick("area", "Leicestershire Police")
    assert page.summary == show("combined", population=NO_POPULATION).summary


def test_figures_that_are_called_alike_are_told_apart(show, made, bring):  # noqa: F811
    row = {"measure": "campaign_reach", "campaign": "Roads", "value_low": 50, "value_high": 50, "qualifier": "exact", "area": "Rutland"}
    bring(made.figures(row, {**row, "source": "https://example.org/b"}), "roads.csv")
    alike = "50: Roads, 30 June to 6 July 2025"
    page = show("combined", area="Rutland")
    assert page.at.multiselect[0].options == [f"{alike}, roads.csv, record 1", f"{alike}, roads.csv, record 2"]
    page = show("combined", area="Rutland", figures=[f"{alike}, roads.csv, record 2"])
    assert len(page.at.multiselect[0].value) == 1 and page.at.multiselect[0].value[0].endswith("-2-campaign_reach")


def test_posts_of_a_period_are_a_range(show, made, bring):  # noqa: F811
    posts = [
        made.post(one, Reach=reach, **{"Publish time": f"06/0{one}/2025 10:00"})
        for one, reach in ((1, "400"), (2, "900"), (3, "150"), (8, "70"))
    ]
    bring(made.facebook(*posts), "june.csv")
    page = show("combined", combine=POSTS, **{"post-days": ["2025-06-01", "2025-06-05"]})
    # The largest alone, and 400 + 900 + 150 if nobody saw two; the post of 8 June is not in it.
    assert "400, 900 and 150 make between 900 and 1,450 accounts together." in page.summary
    assert "Reach (Facebook, Instagram): 3 posts of ours. 1 to 5 June 2025." in page.words


ADS_HEADINGS = (
    "Reporting starts",
    "Reporting ends",
    "Account ID",
    "Account name",
    "Campaign name",
    "Ad name",
    "Reach",
    "Impressions",
    "Amount spent (GBP)",
)


def advertisements(made, *rows):
    """An Ads Manager file of 1 to 31 March 2024: a row an advertisement (name, reach, impressions), with Meta's row of totals first."""
    days, whose = ("2024-03-01", "2024-03-31"), ("1002003004005", "Example Police")
    total = (*days, "", "", "", "", *rows[0][1:], "30")
    return made.table(ADS_HEADINGS, [total, *((*days, *whose, "Spot the signs", *row, "10") for row in rows[1:])])


def test_the_platforms_own_count_of_advertisements_beats_a_combination(show, made, bring):  # noqa: F811
    assert "No advertisements with reach are held" in show("combined", combine=ADS).words
    bring(advertisements(made, ("", "7100", "9000"), ("Film A", "5000", "6000"), ("Film B", "2600", "3000")), "ads.csv")
    page = show("combined", combine=ADS)
    assert page.summary.startswith(
        "In words. The platform's own count over all of it is 7,100 accounts, which stands above any combination"
    )
    assert "7,600" not in page.words, "5,000 and 2,600 are no number of people together"


def test_advertisements_without_a_row_of_totals_are_a_range(show, made, bring):  # noqa: F811
    content = advertisements(made, ("", "", ""), ("Film A", "5000", "6000"), ("Film B", "2600", "3000"))
    header, _, *rest = content.splitlines(keepends=True)
    bring(b"".join([header, *rest]), "ads.csv")
    assert "make between 5,000 and 7,600 accounts together" in show("combined", combine=ADS).summary
