"""Recipes: how outlets treated wire copy on the invented day, one per derived article, and facts no rule can derive."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Recipe:
    """What one outlet did to one seed."""

    id: str
    outlet: str
    seed: str
    form: str  # copy, house style, excerpt, version
    role: str  # towards the latest version of the dispatch: copy, excerpt, version, rewrite
    published: str
    title: str = ""  # "" = the agency's headline
    author: str = ""
    credits: str = ""  # 'Reuters/dateline "(Reuters)"; Reuters/byline' (no words: the author field)
    style: str = ""  # "", british, curly
    keep: tuple[int, ...] | None = None  # story paragraphs kept, None = all
    dateline: bool = True
    agency_lines: bool = True  # "(Reporting by ...)" and the like
    top: tuple[str, ...] = ()  # furniture lines before the story
    tail: tuple[str, ...] = ()
    between: tuple[tuple[int, str], ...] = ()  # (paragraph position, furniture line)
    replace: tuple[tuple[str, str], ...] = ()  # edits that leave the words the same (dateline forms)
    edits: tuple[tuple[str, str, str], ...] = ()  # (before, after, change type)
    planted: str = ""
    crawl_time: bool = False
    also_right: str = ""  # other roles a careful reader could give


BRITISH = (
    ("meters", "metres"),
    ("kilometers", "kilometres"),
    ("neighboring", "neighbouring"),
    ("aging", "ageing"),
    ("labor", "labour"),
    ("harbor", "harbour"),
    ("program", "programme"),
    ("center", "centre"),
    ("authorized", "authorised"),
    ("organization", "organisation"),
    ("percent", "per cent"),
    ("defense", "defence"),
    ("canceled", "cancelled"),
)

HARBOR_TAIL = (
    "Share this article",
    "Get the Harbor Gazette morning briefing in your inbox. Sign up here.",
    "© 2025 Harbor Gazette. All rights reserved.",
)
LEDGER_TAIL = ("Support local journalism. Subscribe to The Lakemont Ledger.", "Read more from The Lakemont Ledger")
COURIER_TOP = ("Plains Courier | World", "Listen to this story")
SIX_TOP = ("KQZX Channel 6 - Coverage you can count on", "Posted at 2:11 AM, Oct 16, 2025")
NORTHMOOR_TAIL = ("Follow The Northmoor Post for the latest news", "Comments are closed on this story.")
ADVOCATE_TAIL = ("More from the Wattle Bay Advocate", "To comment on this story, please log in.")
HARVEST_TOP = ("NewsHarvest > World",)
HARVEST_TAIL = ("Stories you may like", "Ten houseplants that forgive you", "Is your kettle telling the truth?")

FERRY = (
    Recipe(
        id="harbor-gazette-ferry",
        outlet="harbor-gazette",
        seed="reuters-ferry-v3",
        form="copy",
        role="copy",
        published="2025-10-14T08:41:00-04:00",
        author="Mirela Oster and Dag Velling",
        style="curly",
        credits='Reuters/dateline "(Reuters)"; Reuters/told "told Reuters"; Reuters/told "told Reuters"',
        replace=(
            ("(Updates toll, adds president, company, inspection report)", "Updated 8:41 a.m. ET, October 14, 2025"),
        ),
        tail=HARBOR_TAIL,
        between=((2, "Rescue workers carry a survivor ashore on Kelda Island, October 14, 2025. Handout"),),
    ),
    Recipe(
        id="lakemont-ledger-ferry",
        outlet="lakemont-ledger",
        seed="ap-ferry",
        form="copy",
        role="copy",
        published="2025-10-14",
        author="Lena Hartog, Associated Press",
        credits='AP/byline; AP/dateline "(AP)"; AP/told "told The Associated Press"; AP/tail "Associated Press writer"',
        tail=LEDGER_TAIL,
    ),
    Recipe(
        id="plains-courier-ferry",
        outlet="plains-courier",
        seed="ap-ferry",
        form="excerpt",
        role="excerpt",
        published="2025-10-14",
        title="Ferry overturns in Karvelia; 22 dead, 38 missing",
        credits='AP/byline "Associated Press"; AP/dateline "(AP)"; AP/told "told The Associated Press"',
        keep=(0, 1, 2, 3, 4),
        agency_lines=False,
        top=(*COURIER_TOP, "By Lena Hartog | Associated Press"),
        planted="cut after the fifth paragraph",
    ),
    Recipe(
        id="channel-six-ferry",
        outlet="channel-six",
        seed="reuters-ferry-v1",
        form="version",
        role="version",
        published="2025-10-16T02:11:00",
        title="At least nine dead after ferry capsizes off Karvelia",
        credits='Reuters/dateline "(Reuters)"; Reuters/told "told Reuters"',
        agency_lines=False,
        top=SIX_TOP,
        planted="version 1, stamped two days later by the crawl",
        crawl_time=True,
        also_right="excerpt",
    ),
    Recipe(
        id="northmoor-post-ferry",
        outlet="northmoor-post",
        seed="reuters-ferry-v2",
        form="version",
        role="version",
        published="2025-10-14T09:02:00+01:00",
        title="At least 14 die as Karvelian ferry capsizes",
        author="Reuters",
        style="british",
        credits='Reuters/byline; Reuters/told "told Reuters"',
        dateline=False,
        agency_lines=False,
        tail=NORTHMOOR_TAIL,
        planted="version 2 in house style; dateline and agency lines taken out",
        also_right="copy excerpt",
    ),
    Recipe(
        id="wattle-bay-advocate-ferry",
        outlet="wattle-bay-advocate",
        seed="afp-ferry",
        form="house style",
        role="copy",
        published="2025-10-15T00:20:00+11:00",
        author="AFP",
        style="british",
        credits='AFP/byline; AFP/mention "An AFP correspondent"; AFP/told "told AFP"; AFP/tail "Source: AFP"',
        dateline=False,
        tail=("Source: AFP", *ADVOCATE_TAIL),
    ),
    Recipe(
        id="newsharvest-ferry",
        outlet="newsharvest",
        seed="reuters-ferry-v3",
        form="copy",
        role="copy",
        published="2025-10-17T22:00:00Z",
        title="Dozens missing in ferry tragedy",
        dateline=False,
        agency_lines=False,
        top=HARVEST_TOP,
        tail=HARVEST_TAIL,
        edits=(("told Reuters", "said", "attribution"),),
        planted="no credit: dateline and tail gone, 'told Reuters' became 'said'; crawled three days later",
        crawl_time=True,
    ),
    Recipe(
        id="newsharvest-ferry-again",
        outlet="newsharvest",
        seed="reuters-ferry-v3",
        form="copy",
        role="copy",
        published="2025-10-14T13:30:00Z",
        title="Ferry capsizes in Karvelia: 21 dead, president declares mourning",
        credits='Reuters/dateline "(Reuters)"; Reuters/told "told Reuters"; Reuters/told "told Reuters"',
        agency_lines=False,
        top=HARVEST_TOP,
        tail=HARVEST_TAIL,
        planted="the same outlet carries the dispatch twice",
    ),
)

RATES = (
    Recipe(
        id="skyline-business-rates",
        outlet="skyline-business",
        seed="reuters-rates-v2",
        form="copy",
        role="copy",
        published="2025-10-14T10:40:00Z",
        title="CORRECTED-Bank of Dravenia raises key rate to 9.25%, signals more to come",
        credits='Reuters/dateline "(Reuters)"; Reuters/mention "polled by Reuters"; Reuters/told "told Reuters"',
    ),
    Recipe(
        id="harbor-gazette-rates",
        outlet="harbor-gazette",
        seed="reuters-rates-v1",
        form="version",
        role="version",
        published="2025-10-14T05:20:00-04:00",
        author="Cato Winslade",
        style="curly",
        credits='Reuters/dateline "(Reuters)"; Reuters/mention "polled by Reuters"; Reuters/told "told Reuters"',
        tail=HARBOR_TAIL,
        planted="still carries the error that version 2 corrects",
        also_right="copy",
    ),
    Recipe(
        id="newsharvest-rates",
        outlet="newsharvest",
        seed="reuters-rates-v1",
        form="excerpt",
        role="excerpt",
        published="2025-10-15T23:59:59Z",
        title="Shock rate hike in Dravenia",
        credits='Reuters/mention "polled by Reuters"',
        keep=(0, 1, 2, 3, 4, 5),
        dateline=False,
        agency_lines=False,
        top=HARVEST_TOP,
        tail=HARVEST_TAIL,
        planted="first six paragraphs of version 1, error included; the poll is the only word of Reuters left",
        crawl_time=True,
        also_right="version",
    ),
    Recipe(
        id="lakemont-ledger-rates",
        outlet="lakemont-ledger",
        seed="ap-rates",
        form="copy",
        role="copy",
        published="2025-10-14",
        author="Tobin Ashe, Associated Press",
        credits='AP/byline; AP/dateline "(AP)"; AP/told "told The Associated Press"',
        tail=LEDGER_TAIL,
    ),
    Recipe(
        id="northmoor-post-rates",
        outlet="northmoor-post",
        seed="ap-rates",
        form="house style",
        role="copy",
        published="2025-10-14T12:00:00+01:00",
        title="'I know nothing, and the governor knows nothing': Dravenia's shoppers count cost of rate rise",
        author="Tobin Ashe in Lumbria",
        style="british",
        credits='AP/told "told The Associated Press"; AP/tail "Associated Press |"',
        dateline=False,
        agency_lines=False,
        tail=("Associated Press | 14 October 2025", *NORTHMOOR_TAIL),
    ),
    Recipe(
        id="channel-six-rates",
        outlet="channel-six",
        seed="ap-rates",
        form="excerpt",
        role="excerpt",
        published="2025-10-16T02:12:00",
        credits='AP/dateline "(AP)"',
        keep=(0, 1, 2, 3),
        agency_lines=False,
        top=(SIX_TOP[0], "Posted at 2:12 AM, Oct 16, 2025"),
        crawl_time=True,
    ),
)

TALKS = (
    Recipe(
        id="tolvan-observer-talks",
        outlet="tolvan-observer",
        seed="reuters-talks",
        form="copy",
        role="copy",
        published="2025-10-14T16:02:00+02:00",
        title="Karrow and Denholt meet in Halden Bay, no agreement on Lune",
        credits='Reuters/dateline "(Reuters)"; Reuters/told "told Reuters"; Reuters/told "told Reuters"; '
        'TNA/quoted "the state news agency TNA"',
    ),
    Recipe(
        id="westerby-echo-talks",
        outlet="westerby-echo",
        seed="reuters-talks",
        form="house style",
        role="copy",
        published="2025-10-14T15:30:00+01:00",
        title="Dam rivals hold first talks in four years",
        author="Reuters",
        style="british",
        credits='Reuters/byline; Reuters/told "told Reuters"; Reuters/told "told Reuters"; '
        'TNA/quoted "the state news agency TNA"',
        dateline=False,
        agency_lines=False,
        tail=("Do you know someone affected? Call our newsroom on 0000 000000",),
    ),
    Recipe(
        id="wattle-bay-advocate-talks",
        outlet="wattle-bay-advocate",
        seed="reuters-talks",
        form="excerpt",
        role="excerpt",
        published="2025-10-15T05:05:00+11:00",
        title="Talks over river dam resume",
        author="Reuters",
        style="british",
        credits="Reuters/byline",
        keep=(0, 1, 2, 3, 7, 10),
        dateline=False,
        agency_lines=False,
        tail=ADVOCATE_TAIL,
        planted="the anonymous sources and the figures of the offer are cut from the middle",
    ),
    Recipe(
        id="plains-courier-talks",
        outlet="plains-courier",
        seed="ap-talks-v2",
        form="copy",
        role="copy",
        published="2025-10-14",
        author="Jory Pellan",
        credits='AP/dateline "(AP)"; AP/told "told the AP"; AP/tail "Associated Press writer"; AP/photo "AP Photo"',
        top=COURIER_TOP,
        between=(
            (5, "Protesters outside the Hotel Lindgren in Halden Bay, Vesmark, Tuesday, Oct. 14, 2025. (AP Photo)"),
        ),
    ),
    Recipe(
        id="lakemont-ledger-talks",
        outlet="lakemont-ledger",
        seed="ap-talks-v1",
        form="version",
        role="version",
        published="2025-10-14",
        author="Jory Pellan, Associated Press",
        credits='AP/byline; AP/dateline "(AP)"',
        tail=LEDGER_TAIL,
        planted="the version of the morning; 200 protesters, not 350",
        also_right="copy excerpt",
    ),
    Recipe(
        id="newsharvest-talks",
        outlet="newsharvest",
        seed="ap-talks-v2",
        form="copy",
        role="copy",
        published="2025-10-14T19:00:00Z",
        title="Breakfast diplomacy: dam rivals agree to meet again",
        credits='AP/told "told the AP"',
        dateline=False,
        agency_lines=False,
        top=HARVEST_TOP,
        tail=HARVEST_TAIL,
        planted='dateline, byline and tail credit gone; "told the AP" is left',
    ),
)

OTHERS = (
    Recipe(
        id="skyline-business-merger",
        outlet="skyline-business",
        seed="reuters-merger",
        form="copy",
        role="copy",
        published="2025-10-14T06:45:00Z",
        credits='Reuters/dateline "(Reuters)"',
    ),
    Recipe(
        id="coolabri-examiner-merger",
        outlet="coolabri-examiner",
        seed="reuters-merger",
        form="excerpt",
        role="excerpt",
        published="2025-10-14T18:30:00+11:00",
        title="Corvane swoops on lithium rival in $4.6b deal",
        author="Reuters",
        style="british",
        credits="Reuters/byline",
        keep=(0, 1, 2, 3, 4, 5),
        dateline=False,
        agency_lines=False,
        edits=(("$4.6 billion", "US$4.6 billion", "number"),),
    ),
    Recipe(
        id="plains-courier-merger",
        outlet="plains-courier",
        seed="reuters-merger",
        form="excerpt",
        role="excerpt",
        published="2025-10-18",
        title="Battery metals giants to merge",
        credits='Reuters/byline "Reuters"',
        keep=(0, 1, 4, 7, 8),
        dateline=False,
        agency_lines=False,
        top=("Plains Courier | Business", "Reuters"),
        planted="five paragraphs from all over the dispatch, stamped four days later",
        crawl_time=True,
    ),
    Recipe(
        id="lakemont-ledger-trial",
        outlet="lakemont-ledger",
        seed="ap-trial-v2",
        form="copy",
        role="copy",
        published="2025-10-14",
        author="Cora Vantree, Associated Press",
        credits='AP/byline; AP/dateline "(AP)"',
        tail=LEDGER_TAIL,
        planted="carries the correction",
    ),
    Recipe(
        id="harbor-gazette-trial",
        outlet="harbor-gazette",
        seed="ap-trial-v1",
        form="version",
        role="version",
        published="2025-10-14T14:40:00-04:00",
        author="Cora Vantree",
        style="curly",
        credits='AP/dateline "(AP)"',
        tail=HARBOR_TAIL,
        planted="the deputy is still Jean",
        also_right="copy",
    ),
    Recipe(
        id="channel-six-trial",
        outlet="channel-six",
        seed="ap-trial-v1",
        form="excerpt",
        role="excerpt",
        published="2025-10-14T20:00:00",
        title="Former treasurer guilty in school lunch scam",
        credits='AP/dateline "(AP)"',
        keep=(0, 1, 2, 3, 4),
        agency_lines=False,
        top=(SIX_TOP[0], "Posted at 8:00 PM, Oct 14, 2025"),
        also_right="version",
    ),
    Recipe(
        id="wattle-bay-advocate-glacier",
        outlet="wattle-bay-advocate",
        seed="afp-glacier",
        form="copy",
        role="copy",
        published="2025-10-14T17:00:00+11:00",
        author="AFP",
        credits='AFP/byline; AFP/dateline "(AFP)"; AFP/told "told AFP"',
        tail=ADVOCATE_TAIL,
    ),
    Recipe(
        id="kaveripur-standard-glacier",
        outlet="kaveripur-standard",
        seed="afp-glacier",
        form="excerpt",
        role="excerpt",
        published="2025-10-14T12:30:00+05:30",
        title="Engineers in race against time to drain glacier lake",
        author="AFP",
        style="british",
        credits="AFP/byline",
        keep=(0, 1, 2, 3, 4, 5, 6, 7),
        dateline=False,
    ),
    Recipe(
        id="tolvan-observer-glacier",
        outlet="tolvan-observer",
        seed="afp-glacier",
        form="copy",
        role="copy",
        published="2025-10-14T08:15:00+02:00",
        title="Vesmark's dying glacier threatens three villages",
        dateline=False,
        edits=(("she told AFP", "she said", "attribution"),),
        planted="wire copy without any credit",
    ),
    Recipe(
        id="skyline-business-norvane",
        outlet="skyline-business",
        seed="reuters-brief-norvane",
        form="copy",
        role="copy",
        published="2025-10-14T05:35:00Z",
        credits='Reuters/dateline "(Reuters)"',
    ),
    Recipe(
        id="skyline-business-ostler",
        outlet="skyline-business",
        seed="reuters-brief-ostler",
        form="copy",
        role="copy",
        published="2025-10-14T05:50:00Z",
        credits='Reuters/dateline "(Reuters)"',
    ),
    Recipe(
        id="newsharvest-norvane",
        outlet="newsharvest",
        seed="reuters-brief-norvane",
        form="copy",
        role="copy",
        published="2025-10-14T06:00:00Z",
        title="Norvane Q3 net profit rises 12.4%",
        credits='Reuters/dateline "(Reuters)"',
        agency_lines=False,
        tail=HARVEST_TAIL,
    ),
    Recipe(
        id="newsharvest-ostler",
        outlet="newsharvest",
        seed="reuters-brief-ostler",
        form="copy",
        role="copy",
        published="2025-10-14T06:00:00Z",
        title="Ostler Foods Q3 net profit falls 8.9%",
        credits='Reuters/dateline "(Reuters)"',
        agency_lines=False,
        tail=HARVEST_TAIL,
    ),
    Recipe(
        id="harbor-gazette-lottery-aldermark",
        outlet="harbor-gazette",
        seed="ap-lottery-aldermark",
        form="copy",
        role="copy",
        published="2025-10-14T00:10:00-04:00",
        credits='AP/dateline "(AP)"',
        style="curly",
        tail=HARBOR_TAIL,
    ),
    Recipe(
        id="plains-courier-lottery-aldermark",
        outlet="plains-courier",
        seed="ap-lottery-aldermark",
        form="copy",
        role="copy",
        published="2025-10-14",
        credits='AP/dateline "(AP)"',
    ),
    Recipe(
        id="lakemont-ledger-lottery-bexland",
        outlet="lakemont-ledger",
        seed="ap-lottery-bexland",
        form="copy",
        role="copy",
        published="2025-10-14",
        credits='AP/dateline "(AP)"',
        tail=LEDGER_TAIL,
    ),
    Recipe(
        id="channel-six-lottery-bexland",
        outlet="channel-six",
        seed="ap-lottery-bexland",
        form="copy",
        role="copy",
        published="2025-10-14T05:00:00",
        credits='AP/dateline "(AP)"',
        top=(SIX_TOP[0],),
    ),
    Recipe(
        id="skyline-business-bridge",
        outlet="skyline-business",
        seed="release-bridge",
        form="copy",
        role="copy",
        published="2025-10-14T07:05:00Z",
    ),
    Recipe(
        id="plains-courier-bridge",
        outlet="plains-courier",
        seed="release-bridge",
        form="copy",
        role="copy",
        published="2025-10-14",
        title="River grants open for 2026",
        author="Courier staff",
        top=COURIER_TOP,
        planted="a press release under the byline of the staff",
    ),
    Recipe(
        id="wattle-bay-advocate-bridge",
        outlet="wattle-bay-advocate",
        seed="release-bridge",
        form="excerpt",
        role="excerpt",
        published="2025-10-14T19:00:00+11:00",
        title="Money for rivers up for grabs",
        style="british",
        keep=(0, 1, 2, 5),
        edits=(("today announced", "has announced", "wording"),),
        tail=ADVOCATE_TAIL,
    ),
)

DERIVED = (*FERRY, *RATES, *TALKS, *OTHERS)

EVENTS = {
    "reuters-ferry": "ferry",
    "ap-ferry": "ferry",
    "afp-ferry": "ferry",
    "reuters-rates": "rates",
    "ap-rates": "rates",
    "reuters-talks": "talks",
    "ap-talks": "talks",
}

CORRECTED = {
    "reuters-rates": {
        "version": "reuters-rates-v2",
        "words": "half a percentage point in September",
        "now": "a quarter of a percentage point in September",
    },
    "ap-trial": {"version": "ap-trial-v2", "words": "Jean Pollard", "now": "Joan Pollard"},
}

# What the wires say differently about one fact: the words each dispatch uses.
CONTRADICTIONS = {
    "ferry": [
        {
            "fact": "missing",
            "about": "how many are missing",
            "says": [("reuters-ferry-v3", "about 40 missing"), ("ap-ferry", "38 people"), ("afp-ferry", "some 40")],
        },
        {
            "fact": "dead",
            "about": "how many died",
            "says": [
                ("reuters-ferry-v3", "at least 21 people"),
                ("ap-ferry", "Twenty-two people"),
                ("afp-ferry", "At least 21"),
            ],
        },
        {
            "fact": "rescued",
            "about": "how many were rescued",
            "says": [("reuters-ferry-v3", "187 people"), ("ap-ferry", "189 survivors")],
        },
        {
            "fact": "aboard",
            "about": "people aboard",
            "says": [
                ("reuters-ferry-v3", "248 people"),
                ("ap-ferry", "228 passengers and 21 crew"),
                ("afp-ferry", "around 250"),
            ],
        },
        {
            "fact": "time",
            "about": "time of the accident",
            "says": [
                ("reuters-ferry-v3", "5:40 a.m."),
                ("ap-ferry", "5:50 a.m."),
                ("afp-ferry", "shortly before 6:00 am"),
            ],
        },
        {
            "fact": "wreck",
            "about": "dead in the 1994 shipwreck",
            "says": [("reuters-ferry-v3", "63 people"), ("ap-ferry", "61 people")],
        },
    ],
    "rates": [
        {
            "fact": "increase",
            "about": "which increase",
            "says": [("reuters-rates-v2", "fifth rise in a row"), ("ap-rates", "fourth increase this year")],
        },
        {
            "fact": "growth",
            "about": "growth forecast",
            "says": [("reuters-rates-v2", "1.1% from 1.8%"), ("ap-rates", "1.2% this year")],
        },
    ],
    "talks": [
        {
            "fact": "length",
            "about": "length of the talks",
            "says": [("reuters-talks", "almost five hours"), ("ap-talks-v2", "four hours later")],
        },
        {
            "fact": "flow",
            "about": "fall of the river's flow",
            "says": [("reuters-talks", "about 40%"), ("ap-talks-v2", "52%")],
        },
        {
            "fact": "filling",
            "about": "when the reservoir began to fill",
            "says": [("reuters-talks", "in August"), ("ap-talks-v2", "in July")],
        },
    ],
}

CP1252 = ("westerby-echo-ferry",)

# Inputs that cannot be used, and why, in the truth's own words: the tool's may differ.
SKIPPED = [
    {"where": "broken/empty.txt", "why": "empty"},
    {"where": "broken/blank.md", "why": "no text below the front matter"},
    {"where": "broken/photo.txt", "why": "binary, not text"},
    {"where": "broken/index.json", "why": "no text field"},
    {"where": "broken/cut.jsonl:1", "why": "cut off in the middle of a record"},
    {"where": "derive.py", "why": "not a kind of file that holds articles"},
    {"where": "truth.json", "why": "no text field"},
]


def broken() -> dict[str, bytes]:
    """Inputs that cannot be used, as scrapers leave them behind."""
    note = "note: Invented for dedup"
    blank = f"---\nid: tolvan-observer-blank\ntitle: Page not found\noutlet: Tolvan Observer\n{note}\n---\n\n  \n"
    index = {"id": "nayapur-mirror-index", "media_name": "Nayapur Mirror", "title": "Headlines only", "note": note}
    cut = {"id": "tolvan-observer-cut", "outlet": "Tolvan Observer", "note": note, "text": "The mayor of Brask sa"}
    return {
        "broken/empty.txt": b"",
        "broken/blank.md": blank.encode(),
        "broken/photo.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
        "broken/index.json": json.dumps(index).encode(),
        "broken/cut.jsonl": json.dumps(cut).encode()[:-2],
    }
