"""What gives data of persons away in files that people keep themselves: headings that refuse a file, and cells that are warned of.

Headings are matched as a whole over normalised text without its digits, so that counts of things (``phones seized``, ``cuckooed
addresses visited``) stay allowed where one thing (``phone``, ``address``) is not.
"""

_PERSON = (
    "(?:suspect|offender|victim|detainee|detainedperson|arrestee|arrestedperson|arrested|prisoner|nominal|defendant|accused|perpetrator"
    "|subject|witness|complainant|informant|person|people|individual|adult|child|children|youngperson|juvenile|minor|parent|guardian|carer"
    "|mother|father|nextofkin|driver|keeper|owner|occupant|occupier|tenant|resident|lineholder|runner|dealer|contact|officer|oic|sio"
    "|staff|author|reporter)(?:s|es)?"
)
_NUMBER = "(?:no|nr|num|number|ref|refno|refnumber|reference|referenceno|referencenumber|id|urn)"
# What goes by a name and is no person.
_THING = (
    "op|operation|campaign|force|area|event|initiative|project|programme|partner|agency|agencies|organisation|team|unit|department|bcu|lpa"
    "|npa|npt|district|borough|ward|beat|town|city|county|region|station|line|dealline|countyline|network|account|page|file|sheet|source"
    "|measure|metric|group|gang|ocg|drug|school|college|venue|hashtag|week|phase|activity|strand|category|column|field|site|website|street|road|code|profile|channel|post|ad|adset|tag|label|video|screen|display|user|brand|product|item"
)

PERSONAL: tuple[str, ...] = (
    # Names.
    f"(?!(?:.*(?:{_THING})|)s?names?$).+names?",
    f"names?(?!of(?:the)?(?:{_THING}))(?:(?:of|and|dob|{_PERSON}).*)?",
    "(?:first|fore|given|middle|last|family|sur|full|maiden|nick|street|known)names?.*",
    "surnames?|forenames?|alias|aliases|aka|knownas|initials|moniker",
    "suspect|offender|victim|detainee|detainedperson|arrestee|arrestedperson|prisoner|nominal|defendant|accused|perpetrator|lineholder|oic|sio"
    "|officerinthecase|officerincharge|arrestingofficer|reportingofficer|socialworker|nextofkin",
    "(?:suspect|offender|victim|detainee|arrestee|prisoner|nominal|defendant|person|personal)s?(?:details|info|information|particulars)",
    "contactdetails",
    # Birth and age.
    f".*dateofbirth.*|.*birthdate.*|.*birthday.*|(?:year|place|month)ofbirth|born|dob|dobs|.*dob|dob(?:of)?{_PERSON}|dobddmm.*",
    f"ages?|{_PERSON}ages?|ages?(?:of|at|when|in|on|years|yrs).*|ages?{_PERSON}|yearsold",
    # Numbers of records and persons.
    f"(?:custody|crime|occurrence|incident|investigation|case|intel|intelligence|nrm|niche|athena|connect|log|cad|pnd)"
    f"(?:record|report|referral|log|file)?{_NUMBER}",
    "custodyrecords?|crimereport|custodyimage|mugshot|photograph",
    f"{_NUMBER}(?:of)?(?:custody|crime)(?:record|report)",
    f"(?:nominal|prisoner|detainee|detainedperson|defendant){_NUMBER}|{_PERSON}(?:id|ref|reference|urn)|(?:niche|urn|crn|oid|rmsid)",
    f"(?:{_PERSON})?(?:pnc|cro|pncid|croid|arrestsummons|asn)(?:no|nr|num|number|id|ref|reference|check)?",
    f"(?:{_PERSON})?(?:nino|nationalinsurance.*|ni{_NUMBER}|nhs{_NUMBER}|passport{_NUMBER}|(?:driving|driver|drivers)licen[cs]e{_NUMBER}?)",
    "(?:collar|shoulder|badge|warrantcard|payroll|staff|employee)(?:no|nr|num|number|id)",
    # Where somebody lives, and how to reach them.
    ".*postcode|.*postalcode|.*zipcode|postcodes?of.*",
    r".*(?:mobile|phone|telephone|(?<!ho)tel|landline|contact|handset|sim|whatsapp)(?:no|nr|num|number)s?",
    f"(?:(?:home|work|personal|private|contact|office|day|evening|drugs?|deal)|{_PERSON})?(?:mobile|phone|mobilephone|telephone|tel|landline)",
    f"(?:mobile|phone|mobilephone|telephone|tel|(?:no|number)of)?(?:phone|mobile)(?:of)?{_PERSON}",
    f"(?:home|work|personal|private|{_PERSON})?email|.*emailaddress(?:es)?|emails?of{_PERSON}",
    ".*address(?:line|linea|lineb)?|address(?:of|line|postcode|street|town|house|and|where|searched|visited|suspect|victim).*|.*houseno|.*housenumber",
    "uprn|whatthreewords|easting|northing|gridref.*|latitude|longitude",
    # Devices, vehicles and accounts.
    f"(?:phone|mobile|handset|device|sim|{_PERSON})?(?:imei|imsi)(?:s|no|nr|num|numbers?)?|msisdn|iccid|macaddress|.*ipaddress",
    ".*vrm|.*vrn|vrms|vehicle(?:reg|regn|registration).*|(?:car|van|vehicle)?(?:reg|regn|registration)(?:no|nr|num|number|mark|plate)s?"
    "|numberplates?|licen[cs]eplates?|carreg|vin|vinnumber|chassis(?:no|number)",
    "user(?:name|id)|(?:snapchat|instagram|facebook|telegram|whatsapp|tiktok)(?:user|username|handle|id|name)|bankaccount.*|sortcode|account(?:no|number)",
)

_OUTSIDE = "(?:^|[^0-9A-Za-z])"
_AFTER = "(?:[^0-9A-Za-z]|$)"
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[.]?"
# Years in which somebody arrested may be born; notes of an operation speak of later ones.
_YEAR = "(?:19[0-9]{2}|200[0-9]|201[0-4])"
_SHORT_YEAR = "(?:[3-9][0-9]|0[0-9]|1[0-4])"

# Patterns as DuckDB's regular expressions, and what their hits are called, in the plural.
PERSONAL_CELLS: dict[str, str] = {
    "telephone numbers": (
        f"(?i){_OUTSIDE}(?:[+]|(?:00)?44[ ().-]*0?|[(]?0|7[0-9]{{3}})[ ().-]*[1-9](?:[ ().-]*[0-9]){{8,9}}(?:[^0-9]|$)"
        f"|[+][0-9]{{1,3}}(?:[ ().-]*[0-9]){{8,11}}|{_OUTSIDE}44[ .-]?7[0-9]{{3}}[ .-]?[0-9]{{3}}[ .-]?[0-9]{{3}}"
        f"|{_OUTSIDE}7[0-9]{{3}}[ .-]?[0-9]{{3}}[ .-]?[0-9]{{3}}(?:[^0-9]|$)"
    ),
    "postcodes": (
        f"{_OUTSIDE}[A-Za-z]{{1,2}}[0-9][0-9A-Za-z]?[ \u00a0]{{0,2}}[0-9](?:[ABD-HJLNP-UW-Z]{{2}}"
        f"|[abd-hjlnpqu-z][abd-hjlnp-uw-z]|r[abe-hjlnp-uw-z]|s[abd-hjlnp-suw-z]|t[abd-gjlnp-uw-z]|n[abe-hjlnp-uw-z]){_AFTER}"
    ),
    "e-mail addresses": r"(?i)[a-z0-9._%+'-]+ ?(?:@|\[at\]|\(at\)) ?[a-z0-9-]+(?:[.][a-z0-9-]+)*[.][a-z]{2,}",
    "dates of birth": (
        f"(?i){_OUTSIDE}(?:d[. /]?o[. /]?b[.]?|date of birth|birth ?date|birthday|born)[^0-9]{{0,20}}[0-9]"
        f"|{_OUTSIDE}[0-9]{{1,2}}[-/. ][0-9]{{1,2}}[-/. ](?:{_YEAR}|{_SHORT_YEAR}){_AFTER}"
        f"|{_OUTSIDE}{_YEAR}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}}{_AFTER}"
        f"|{_OUTSIDE}[0-9]{{1,2}}(?:st|nd|rd|th)?[ -](?:of )?{_MONTH}[ ,-]+(?:{_YEAR}|'?{_SHORT_YEAR}){_AFTER}"
        f"|{_OUTSIDE}{_MONTH} [0-9]{{1,2}}(?:st|nd|rd|th)?,? {_YEAR}{_AFTER}"
    ),
    "vehicle registrations": f"(?i){_OUTSIDE}[a-z]{{2}}[0-9]{{2}} ?[a-z]{{3}}{_AFTER}",
    "National Insurance numbers": f"(?i){_OUTSIDE}[a-z]{{2}} ?[0-9]{{2}} ?[0-9]{{2}} ?[0-9]{{2}} ?[a-d]{_AFTER}",
}
