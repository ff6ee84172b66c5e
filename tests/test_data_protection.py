"""Nothing of a person is kept that need not be: open data, files of outcomes, names of staff."""

import json
from pathlib import Path

import pytest

import made_workbooks
from reach import originals, uploads
from reach.definitions import measure_named
from reach.errors import Usage
from reach.formats import format_of
from reach.tables import TABLE

FORMATS = Path(__file__).parent / "formats"
MARTS = ("post", "campaign_post", "figure_current", "day_current", "web_current", "crime_current", "search_current")

REFUSED = (
    """
Suspect name|Name of suspect|Suspect's Name|Names of those arrested|Name|Full name|First name|Forename|SURNAME
Surname 1|Last Name|Maiden name
Victim|Victim name|Victims' names|Suspect 1 name|Nominal|Nominal name|Detainee|Detained person name|Arrestee name
Officer name|OIC|Alias|AKA
DOB|D.O.B.|Date of birth|Date of Birth (dd/mm/yyyy)|Suspect DOB|DOB of suspect|Year of birth|Birth date|Place of birth|Name/DOB
Age|Age of suspect|Suspect age|Age at arrest|Victim's age|Ages
Custody number|Custody No.|Custody record|Custody Record Number|Custody ref|Custody reference|Custody ID|Prisoner number
Crime number|Crime No|Crime ref|Crime reference|Crime Reference Number|Crime ref no|Occurrence number|Incident number
Case ref|NRM reference|NRM number|URN
PNC|PNC ID|PNC number|PNC/ID|CRO|CRO number|NI number|National Insurance No|Passport number|Driving licence number|NHS number
Postcode|Post code|Home postcode|Postal code|Suspect postcode|Zip code
Phone|Phone number|Phone no.|Mobile|Mobile number|Mobile no|Tel|Tel no.|Telephone|Telephone number|Contact number
Contact details|Suspect phone
E-mail|Email|Email address|Contact e-mail|Suspect email
Address|Home address|Address line 1|Address of suspect|Suspect address|Last known address|Search address
Warrant address|Name and address
IMEI|IMEI number|IMSI|Vehicle registration|Vehicle reg|Vehicle Reg No|Registration number|VRM|VRN|Number plate|Car reg
Username|Snapchat username
""".strip()
    .replace("\n", "|")
    .split("|")
)

ALLOWED = (
    """
Operation name|Op name|Name of operation|Campaign name|Force name|Area name|Name of campaign|Event name|Team name|Name of force
Cuckooed addresses visited|Addresses visited|Addresses searched|Cuckooed addresses|Phones seized|Mobile phones seized
Phones|Number of phones seized
Vehicles seized|Vehicles stopped|People charged|People arrested|Persons arrested|Suspects arrested|Victims safeguarded
Victims identified
No. of arrests|Number of arrests|Arrests made|Warrants executed|Warrants|Offenders charged|Crimes recorded
Number of crimes|Children safeguarded
Custodies|Officers deployed|Number of officers|Start date|End date|District|Notes|Comments|Source|Emails sent
Letters sent|Age group|Passports seized
Deal lines closed|Deal lines|Lines closed|Postcodes covered|Cash seized (£)|Total arrests|Adults safeguarded|Referrals
NRM referrals|People visited
Contacts made|Stop searches|Stop and search|Hotels visited|Hotel numbers|Residents contacted by e-mail|Code name
Named nominals arrested|Community contacts|Leaflets delivered|Drugs seized (kg)|Reach aged 13 to 17|Cuckooing visits
Status
""".strip()
    .replace("\n", "|")
    .split("|")
)


@pytest.mark.parametrize("heading", REFUSED)
def test_a_column_of_persons_refuses_the_whole_file(desk, made, heading):
    before = desk.size()
    file = made.outcomes(("Operation", heading, "Arrests"), ("Lantern", "Planted 42", "3"))
    candidate = desk.one(file)
    assert candidate.status == "refused"
    assert heading.replace("  ", " ") in candidate.message and "Remove" in candidate.message
    assert "Planted" not in candidate.message
    assert desk.size() == before
    assert not any(desk.store.folder.iterdir()), "a private copy was left behind"


@pytest.mark.parametrize("heading", ALLOWED)
def test_a_column_of_counts_is_no_column_of_persons(heading):
    assert not format_of("outcomes").names_people((heading,))


def test_columns_of_persons_refuse_a_list_of_figures_too_and_are_named(desk, made):
    candidate = desk.one(made.figures({"Surname": "Planted"}, headings=(*made.figure_headings, "Surname", "DOB")))
    assert candidate.status == "refused"
    assert "the columns Surname, DOB" in candidate.message


def test_a_list_of_persons_that_is_no_export_is_called_that(desk, made):
    candidate = desk.one(made.table(("Custody record", "Surname", "Offence"), [("1", "Planted", "x")]))
    assert "data of persons in the columns Custody record, Surname" in candidate.message


def test_a_table_of_persons_below_the_figures_refuses_the_file(desk, made):
    file = made.outcomes(("Operation", "Arrests", "Notes"), ("Lantern", "3", ""), ("Surname", "DOB", "Offence"), ("Planted", "x", "y"))
    candidate = desk.one(file)
    assert candidate.status == "refused" and "Planted" not in candidate.message


def workbook(*sheets: tuple[str, list[list[str]]]) -> bytes:
    """A workbook as old programs write it, in XML."""
    cells = "".join(
        f'<Worksheet ss:Name="{name}"><Table>'
        + "".join("<Row>" + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row) + "</Row>" for row in rows)
        + "</Table></Worksheet>"
        for name, rows in sheets
    )
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">{cells}</Workbook>'.encode()


@pytest.mark.parametrize(
    "sheet", [[["Surname", "DOB"], ["Planted", "1"]], [["Operation", "Surname", "Arrests"], ["Lantern", "Planted", "1"]]]
)
def test_a_sheet_of_persons_refuses_the_workbook_since_it_would_be_kept_whole(desk, sheet):
    before = desk.size()
    found = desk.check(
        workbook(("Results", [["Operation", "Start date", "Arrests"], ["Lantern", "2025-06-30", "3"]]), ("People", sheet)), "book.xls"
    )
    assert [one.status for one in found] == ["refused", "refused"]
    assert all("Surname" in one.message and "Planted" not in one.message for one in found)
    assert desk.size() == before


PERSONAL_NOTES = """
telephone numbers|call 07700 900123|07700900123 is the line|+44 7700 900123|+447700900123|0044 7700 900 123
telephone numbers|(0116) 496 0123|0116 496 0123|tel:01164960123
telephone numbers|020 7946 0018|07700-900-123|07700.900.123|44 7700 900123|7700900123|+44 (0)7700 900123|0191 498 0001
postcodes|LE1 1AA|le1 1aa|at LE11AA today|SW1A 2AA|home in LE18 4AB.|EC1A 1BB|NG2 3PQ|(DE1 2AB)|B33 8TH|m1 1ae
e-mail addresses|a.person@example.org|mail A_Person+x@sub.example.co.uk now|person@police.uk|o'neil@example.com|person (at) example.com
dates of birth|DOB 12/03/1987|d.o.b. 12.03.87|date of birth: 12 March 1987|born 1987-03-12|born on 3rd of May 2006
dates of birth|DOB: 010203|12/03/1987|1987-03-12
dates of birth|12th March 1987|March 12, 1987|12-03-1987|12 Mar 87|born 1990|3/5/01
vehicle registrations|AB12 CDE|ab12cde
National Insurance numbers|QQ 12 34 56 C
""".strip().splitlines()
HARMLESS_NOTES = (
    """
76 arrests and 22 warrants|Two weeks, 30 June to 6 July 2025|£12,345 seized|Early total, revised 4/7/2025
Week of 27 February 2023|Phase 1 1st week
Ran from 2025-06-30 to 2025-07-06|Class A drugs, 1.5kg|Operation 2 of 3|Q1 1st half
Section 23, Misuse of Drugs Act 1971|22 lines; 14 closed|A46 and M1 patrols
1,000,000 leaflets|www.example.org/report/2023|PSNI and EMSOU|101 calls|24/7 patrols|10 in Blaby 12 in Oadby
Up to 100 officers|Op Lantern 2023/24
""".strip()
    .replace("\n", "|")
    .strip("|")
    .split("|")
)


@pytest.mark.parametrize(("sort", "note"), [(line.split("|")[0], note) for line in PERSONAL_NOTES for note in line.split("|")[1:]])
@pytest.mark.parametrize("column", ["Notes", "Operation", "Further remarks"])
def test_cells_that_look_like_data_of_persons_are_warned_of_without_repeating_them(desk, made, sort, note, column):
    headings = ["Operation", "Arrests", "Notes", "Further remarks"]
    row = ["Lantern", "3", "", ""]
    row[headings.index(column)] = note
    candidate = desk.one(made.outcomes(headings, row))
    assert candidate.status == "ready"
    (warning,) = [one for one in candidate.reading.notes if "seems to hold" in one]
    assert f"Column {column}" in warning and f"{sort} (1)" in warning
    assert note not in warning


@pytest.mark.parametrize("note", HARMLESS_NOTES)
def test_harmless_notes_are_not_warned_of(desk, made, note):
    candidate = desk.one(
        made.outcomes(("Operation", "Start date", "Arrests", "Notes"), ("Operation Lantern", "12/03/1987", "01164960123"[:3], note))
    )
    assert not [one for one in candidate.reading.notes if "seems to hold" in one]


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("No. of arrests", "arrests"),
        ("Arrests made", "arrests"),
        ("NUMBER OF ARRESTS", "arrests"),
        ("Total arrests", "arrests"),
        ("arrests_made", "arrests"),
        ("Warrants executed", "warrants"),
        ("No of warrants executed", "warrants"),
        ("Number of people charged", "people_charged"),
        ("Cuckooed addresses visited", "cuckooed_addresses_visited"),
        ("Cash seized £", "cash_seized_gbp"),
        ("Cash seized (GBP)", "cash_seized_gbp"),
        ("County lines closed", "lines_closed"),
        ("Drugs seized (kg)", "drugs_seized_kg"),
        ("Number", None),
        ("Total", None),
        ("Arrests refused charge", None),
        ("", None),
    ],
)
def test_headings_of_measures(heading, key):
    found = measure_named(heading)
    assert (found.key if found else None) == key


def everything(desk) -> str:
    """All that the store holds, as text."""
    return "\n".join(str(row) for table in (*TABLE, *MARTS) for row in desk.rows(f"select * from {table}"))


POLICE = sorted(path for key in ("police_crimes", "police_outcomes", "police_searches") for path in (FORMATS / key).glob("*.csv"))


@pytest.mark.parametrize("path", POLICE, ids=lambda path: path.stem)
def test_open_data_leaves_nothing_of_a_person_or_a_place(desk, path):
    imported = desk.bring(path, f"{path.stem}.csv")
    held = everything(desk)
    for planted in ("Planted", "planted", "c0ffee", "E01000001", "52.6", "18-24", "Misuse of Drugs"):
        assert planted not in held, planted
        assert planted not in json.dumps([problem.words("f") for problem in imported.reading.problems])
    assert desk.rows("select * from original") == []
    assert len(desk.rows("select * from problem")) == len(imported.reading.problems)


def test_open_data_of_the_same_month_takes_the_place_of_the_earlier_file(desk):
    text = (FORMATS / "police_crimes" / "street.csv").read_text(encoding="utf-8")
    desk.bring(text.encode(), "2024-02.csv")
    later = desk.bring("\n".join(line for line in text.splitlines() if "Anti-social" not in line).encode(), "2024-02 again.csv")
    shown = desk.rows("select force, month, category, records from crime_current where month = date '2024-02-01'")
    assert [(row["category"], row["records"]) for row in shown] == [("Drugs", 2)]
    assert {row["force"] for row in desk.rows("select force from crime_current")} == {"Leicestershire Police"}
    uploads.undo(desk.store, later.upload_id)
    assert len(desk.rows("select 1 from crime_current where month = date '2024-02-01'")) == 2


def test_searches_are_of_the_force_of_the_settings_which_is_said(desk):
    path = FORMATS / "police_searches" / "summer.csv"
    imported = desk.bring(path, "searches.csv")
    assert any("Leicestershire Police, the force in the settings" in note for note in imported.reading.notes)
    assert {row["force"] for row in desk.rows("select force from search_current")} == {"Leicestershire Police"}


def test_searches_of_another_force_by_the_files_name_are_asked_about(desk):
    path = FORMATS / "police_searches" / "summer.csv"
    asked = desk.one(path, "2024-07-derbyshire-stop-and-search.csv")
    assert asked.status == "needs" and [question.key for question in asked.questions] == ["force"]
    assert "derbyshire" in asked.message
    desk.bring(path, "2024-07-derbyshire-stop-and-search.csv", force="Derbyshire Constabulary")
    assert {row["force"] for row in desk.rows("select force from search_current")} == {"Derbyshire Constabulary"}
    assert desk.rows("select * from account") == []


def test_names_of_staff_are_in_no_table_but_the_original(desk):
    path = FORMATS / "sprout_posts" / "all_networks.csv"
    imported = desk.bring(path, "posts.csv")
    assert len(imported.reading.problems) == 2
    held = "\n".join(str(row) for table in (*TABLE, *MARTS) if table != "original" for row in desk.rows(f"select * from {table}"))
    assert "Staffname" not in held
    assert not any("Staffname" in cell for problem in imported.reading.problems for cell in problem.cells)
    assert any("Day first is not read" in cell for problem in imported.reading.problems for cell in problem.cells)


def test_a_record_of_another_shape_keeps_no_cell_where_names_of_staff_may_stand(desk, made):
    headings = ("Date", "Post ID", "Network", "Profile", "Sent by", "Impressions")
    rows = [("12/30/2025 9:40 am", "1", "X", "a", "Staffname", "5"), ("12/30/2025 9:41 am", "2", "X", "Staffname", "6")]
    (problem,) = desk.one(made.table(headings, rows)).reading.problems
    assert (set(problem.cells), problem.value) == ({"withheld"}, None)


def test_a_workbook_with_a_sheet_of_which_only_counts_are_kept_is_not_kept(desk):
    searches = [["Type", "Date", "Object of search", "Outcome", "Legislation"]]
    searches += [["Person search", "2024-07-01T10:00:00+00:00", "Controlled drugs", "Arrest", "Plantedplace"]]
    book = made_workbooks.xlsx({"Searches": searches, "Ours": [["Operation", "Arrests"], ["Lantern", 5]]})
    found = desk.check(book, "both.xlsx")
    assert [uploads.commit(desk.store, one).status for one in found] == ["imported", "imported"]
    assert desk.rows("select * from original") == []
    with pytest.raises(Usage, match="keeps no file"):
        originals.content(desk.store, found[0].taken.sha256)


def test_a_tools_accounts_are_ours_on_each_of_its_networks(desk):
    desk.bring(FORMATS / "sprout_posts" / "all_networks.csv", "posts.csv")
    posts = desk.posts()
    assert {row["network"] for row in posts} == {
        f"sprout_{name}" for name in ("facebook", "instagram", "x", "linkedin", "youtube", "other")
    }
    assert all(row["ours"] for row in posts)
    assert all(row["potential_reach"] is None or row["reach"] is None for row in posts)


def test_a_file_of_rates_by_ethnicity_is_declined_by_name(desk, made):
    headings = (
        "Measure",
        "Time",
        "Time_type",
        "Ethnicity",
        "Ethnicity_type",
        "Geography",
        "Geography_type",
        " Number of stop and searches ",
        "Notes",
    )
    candidate = desk.one(
        made.table(headings, [("x", "2006/07", "Financial year", "All", "ONS", "Leicestershire", "Police Force Area", "1", "")])
    )
    assert candidate.status == "refused" and candidate.declined
    assert "Ethnicity facts and figures" in candidate.message and "data.police.uk" in candidate.message


GA4 = "# ---\n# Report CSV Export\n# Account: Example\n# Property: Example\n# ---\n# Start date: 20240201\n# End date: 20240229\n\n"


@pytest.mark.parametrize(
    "body",
    [
        "City,Users\nLeicester,3\n",
        "Event name,Event count,Total users\npage_view,3,2\n",
        "Nth day,Users\n0000,3\n",
        "Event name,Key events\n",
        "App-instance ID,Page path,Views\n",
    ],
)
def test_a_report_without_pages_is_declined_by_name(desk, body):
    (candidate,) = desk.check((GA4 + body).encode())
    assert candidate.status == "refused" and "Google Analytics" in candidate.message


def test_a_report_of_pages_without_its_period_is_declined(desk):
    candidate = desk.one(b"Page path and screen class,Views\n/,3\n")
    assert candidate.declined and "lines above the table" in candidate.message


def test_tables_not_read_are_named(desk):
    found = desk.check(FORMATS / "ga4_pages" / "snapshot_many_tables.csv", "snapshot.csv")
    assert [one.status for one in found] == ["ready", "ready"]
    (note,) = found[0].reading.notes
    assert "Nth week (Active users)" in note and "Event name (Key events)" in note
    assert not found[1].reading.notes


def test_a_page_table_with_a_heading_only_holds_nothing(desk):
    (candidate,) = desk.check((GA4 + "Page path,Views\n").encode())
    assert candidate.status == "refused" and "no rows" in candidate.message
