"""originals says whose dispatch a group carries, in which versions, and who has what. Texts and names are invented."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.credits import find_credits, wire_agency
from dedup.model import Article, Cluster
from dedup.originals import Carrier, Group, describe
from dedup.originals.marks import version_mark
from dedup.originals.times import dateline_day, doubt, moment
from dedup.originals.wording import _comparable_words, changed_sentences, in_common, is_rewrite
from dedup.words import words

LEAD = (
    "A passenger ferry carrying 200 people capsized off Karvos early on Tuesday, killing three people, officials said."
)
SEA = (
    "The Maren Bell overturned in the strait at dawn on its regular morning run from the capital to the outer islands."
)
CHIEF = (
    'Harbour chief Ilse Dorr told reporters that "we have three bodies and a very cold sea" and that boats were out.'
)
CAUSE = (
    "It was not immediately clear what had caused the accident, and the company that runs the vessel did not comment."
)
NEXT = (
    "Rescuers found four more survivors on a sandbank in the afternoon, a naval spokesman said after the second flight."
)
LAW = "Parliament will debate a law on the age of ferries next week, the transport minister told a local radio station."
BASE = [LEAD, SEA, CHIEF, CAUSE]


def article(id: str, text: str | Sequence[str], outlet: str = "", published: str = "", title: str = "") -> Article:
    body = text if isinstance(text, str) else "\n\n".join(text)
    return Article(id, body, outlet=outlet or f"{id}.example", published=published, title=title)


def described(*articles: Article, wires: Sequence[str] = ()) -> Cluster:
    return describe(group(articles, wires))


def group(articles: Sequence[Article], wires: Sequence[str] = ()) -> Group:
    """The group of `articles`, with the shingles of their whole texts; those named in `wires` were given."""
    shingles = [set(zip(*(itertools.islice(ws, i, None) for i in range(3)), strict=False))
                for a in articles if (ws := [w.norm for w in words(a.text)])]  # fmt: skip
    distinct = sorted({frozenset(s): None for s in shingles}, key=lambda s: (-len(s), sorted(s)))
    number = {s: i for i, s in enumerate(distinct)}
    a, b = np.triu_indices(len(distinct), 1)
    shared = np.array([len(distinct[i] & distinct[j]) for i, j in zip(a, b, strict=True)], np.int64)
    carriers = []
    for one, held in zip(articles, shingles, strict=True):
        found = find_credits(one.text, author=one.author, outlet=one.outlet, url=one.url)
        carriers.append(Carrier(one, number[frozenset(held)], found, *wire_agency(found), one.id in wires))
    return Group(tuple(carriers), tuple(len(s) for s in distinct), a, b, shared)


def by_id(cluster: Cluster, name: str) -> dict[str, object]:
    return {member.id: getattr(member, name) for member in cluster.members}


# ---------------------------------------------------------------- whose dispatch


def test_the_given_dispatch_is_the_original_and_says_why() -> None:
    told = described(
        article("post", ["NORTHPORT (AP) - " + LEAD, SEA, CHIEF, CAUSE, LAW]),
        article("wire", ["NORTHPORT (AP) - " + LEAD, SEA, CHIEF, CAUSE]),
        wires=["wire"],
    )
    assert (told.id, told.original.agency) == ("wire", "AP")
    assert "given as an original" in told.original.why


def test_a_given_dispatch_without_a_credit_is_its_outlets() -> None:
    told = described(article("w", BASE, outlet="afp"), article("post", BASE[:3]), wires=["w"])
    assert told.original.agency == "AFP"
    assert "sent by AFP" in told.original.why


def test_the_agencys_own_site_goes_before_a_fuller_copy() -> None:
    told = described(
        article("post", ["NORTHPORT (Reuters) - " + LEAD, SEA, CHIEF, CAUSE]),
        article("own", [LEAD, SEA, CHIEF], outlet="reuters.com"),
    )
    assert told.id == "own"
    assert "own outlet (Reuters)" in told.original.why


def test_else_the_fullest_that_credits_the_agency() -> None:
    told = described(
        article("uncredited", BASE),
        article("short", ["NORTHPORT (AP) - " + LEAD, SEA, CHIEF]),
        article("full", ["NORTHPORT (AP) - " + LEAD, SEA, CHIEF, CAUSE]),
    )
    assert (told.id, told.original.agency) == ("full", "AP")


def test_a_shared_source_names_no_agency() -> None:
    told = described(article("a", BASE), article("b", BASE[:3]))
    assert told.original.agency is None
    assert any("shared source" in why for why in told.original.why)
    assert not told.original.doubt


def test_a_contribution_is_no_source() -> None:
    told = described(article("a", [*BASE, "The Associated Press contributed to this report."]), article("b", BASE))
    assert told.original.agency is None
    assert told.original.doubt == ("AP only contributed",)


def test_an_agencys_own_writers_are_a_source() -> None:
    told = described(
        article("a", [*BASE, "Associated Press writer Ann Lee contributed to this report."]), article("b", BASE)
    )
    assert told.original.agency == "AP"


def test_where_articles_disagree_no_agency_is_named_and_the_doubt_is_told() -> None:
    told = described(
        article("a", ["NORTHPORT (AP) - " + LEAD, *BASE[1:]]),
        article("b", ["NORTHPORT (Reuters) - " + LEAD, *BASE[1:]]),
    )
    assert told.original.agency is None
    assert told.original.doubt == ("the articles disagree: AP in 1 text, Reuters in 1 text",)


def test_the_many_outvote_the_one_and_the_one_is_told() -> None:
    copies = [article(f"c{i}", ["NORTHPORT (AP) - " + LEAD, SEA, CHIEF, CAUSE, f"Outlet {i} adds."]) for i in range(3)]
    told = described(*copies, article("odd", ["NORTHPORT (Reuters) - " + LEAD, *BASE[1:]]))
    assert told.original.agency == "AP"
    assert told.original.doubt == ("other agencies are named: Reuters in 1 text",)


# ---------------------------------------------------------------- times


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2031-03-04T08:00:00+02:00", "2031-03-04T06:00:00+00:00"),
        ("2031-03-04T08:00:00", "2031-03-04T08:00:00+00:00"),
        ("2031-03-04", None),
        ("", None),
        ("yesterday at noon", None),
        ("0001-01-01T00:00:00+14:00", None),
    ],
)
def test_a_moment_needs_a_time_of_day(published: str, expected: str | None) -> None:
    found = moment(published)
    assert (found.isoformat() if found else None) == expected


def carrier(text: str, published: str) -> Carrier:
    found = find_credits(text)
    return Carrier(article("a", text, published=published), 0, found, *wire_agency(found), False)


def test_a_time_days_after_the_dateline_is_doubted() -> None:
    late = carrier("NORTHPORT, March 4 (Reuters) - " + LEAD, "2031-03-09T12:00:00Z")
    assert str(dateline_day(late)) == "2031-03-04"
    assert doubt(late) == "dated 2031-03-09, but its dateline says 2031-03-04: probably the time of a crawl"
    assert doubt(carrier("NORTHPORT, March 4 (Reuters) - " + LEAD, "2031-03-05T01:00:00Z")) == ""
    assert doubt(carrier("NORTHPORT (AP) - " + LEAD, "2031-03-09T12:00:00Z")) == ""


def test_a_dateline_of_december_belongs_to_the_year_before() -> None:
    assert str(dateline_day(carrier("NORTHPORT, Dec 31 (Reuters) - " + LEAD, "2032-01-01T05:00:00Z"))) == "2031-12-31"


# ---------------------------------------------------------------- marks


@pytest.mark.parametrize(
    ("title", "text", "kind", "words_", "number"),
    [
        ("UPDATE 2-Ferry sinks", "", "update", "UPDATE 2", 2),
        ("WRAPUP 1-Ferry sinks", "", "update", "WRAPUP 1", 1),
        ("CORRECTED-Ferry sinks", "", "correction", "CORRECTED", None),
        ("CORRECTED-(OFFICIAL)-Ferry sinks", "", "correction", "CORRECTED", None),
        ("REFILE-UPDATE 1-Ferry sinks", "", "correction", "REFILE", None),
        ("RPT-Ferry sinks", "", "repeat", "RPT", None),
        ("", "(Adds minister, background)\nNORTHPORT, May 3 (Reuters) - A", "update", "Adds", None),
        ("", "(Recasts with vote)\nNORTHPORT, May 3 (Reuters) - A", "update", "Recasts", None),
        ("", "(Corrects age in paragraph 2)\nNORTHPORT - A", "correction", "Corrects", None),
        ("", "AP-Ferry, 3rd Ld-Writethru\nEds: UPDATES with toll.\n", "update", "3rd Ld-Writethru", 3),
        ("", f"{LEAD}\n___\nThis story has been corrected: the ferry is the Bell.", "correction", "corrected", None),
        ("", f"{LEAD}\nIt was updated on May 3, 2031, to correct the name.", "correction", "corrected", None),
        ("The Latest: Ferry raised", "", "roundup", "The Latest", None),
        ("KILL-Ferry sinks", "", "kill", "withdrawn", None),
        ("", "Editors: please kill the story about the ferry. A kill is mandatory.", "kill", "withdrawn", None),
        ("Ferry sinks", "STORY REMOVED: Ferry", "kill", "withdrawn", None),
    ],
)  # fmt: skip
def test_marks(title: str, text: str, kind: str, words_: str, number: int | None) -> None:
    found = version_mark(title, text)
    assert found is not None
    assert (found.kind, found.number) == (kind, number)
    assert found.words.startswith(words_)


@pytest.mark.parametrize(
    "title", ["Update: what we know", "Ferry sinks", "Kill Bill at 30", "REBELS KILL 20", "CORRECTED AGAIN BY VOTERS"]
)
def test_what_is_no_mark(title: str) -> None:
    assert version_mark(title, LEAD) is None


# ---------------------------------------------------------------- versions


def ferry(*extra: str, toll: str = "three") -> list[str]:
    return [
        "NORTHPORT, March 4 (Reuters) - " + LEAD.replace("three", toll),
        SEA,
        CHIEF.replace("three", toll),
        CAUSE,
        *extra,
    ]


def three_versions() -> list[Article]:
    return [
        article("v1", ferry(), "reuters", "2031-03-04T06:00:00Z", "Ferry sinks"),
        article("v2", ferry(NEXT, toll="five"), "reuters", "2031-03-04T08:00:00Z", "UPDATE 1-Ferry sinks"),
        article("v3", ferry(NEXT, LAW, toll="nine"), "reuters", "2031-03-04T11:00:00Z", "UPDATE 2-Ferry sinks"),
    ]


def test_given_versions_stand_in_order_and_the_latest_is_the_original() -> None:
    told = described(*reversed(three_versions()), wires=["v1", "v2", "v3"])
    assert [v.id for v in told.versions] == ["v1", "v2", "v3"]
    assert [v.mark for v in told.versions] == ["", "UPDATE 1", "UPDATE 2"]
    assert told.id == "v3"
    assert "latest of 3 versions" in told.original.why


def test_each_outlet_carries_the_version_it_printed() -> None:
    told = described(
        *three_versions(),
        article("early", ferry()[:3], published="2031-03-06T08:00:00Z"),
        article("middle", ferry(NEXT, toll="five")[1:]),
        article("late", ferry(NEXT, LAW, toll="nine")),
        wires=["v1", "v2", "v3"],
    )
    versions, roles = by_id(told, "version"), by_id(told, "role")
    assert (versions["early"], versions["middle"], versions["late"]) == ("v1", "v2", "v3")
    assert (roles["early"], roles["middle"], roles["late"]) == ("version", "version", "copy")
    assert any("crawl" in note for m in told.members if m.id == "early" for note in m.notes)


def test_numbers_in_marks_overrule_times() -> None:
    late, early = "2031-03-04T11:00:00Z", "2031-03-04T06:00:00Z"
    told = described(
        article("two", ferry(NEXT, LAW), published=early, title="UPDATE 2-Ferry sinks"),
        article("one", ferry(NEXT), published=late, title="UPDATE 1-Ferry sinks"),
    )
    assert [v.id for v in told.versions] == ["one", "two"]
    assert any("marks" in why for why in told.versions[1].why)


def test_a_correction_of_one_word_tells_who_has_it() -> None:
    before, after = ferry(), ferry(toll="four")
    told = described(
        article(
            "fixed",
            ["(Corrects toll to four)", *after],
            title="CORRECTED-Ferry sinks",
            published="2031-03-04T09:00:00Z",
        ),
        article("old", before, published="2031-03-04T08:00:00Z"),
        article("cut-old", before[:3]),
        article("cut-new", after[:3]),
    )
    versions, notes = by_id(told, "version"), by_id(told, "notes")
    assert [v.id for v in told.versions] == ["old", "fixed"]
    assert (versions["cut-old"], versions["cut-new"]) == ("old", "fixed")
    assert notes["cut-new"] == ("carries the corrected version",)
    assert notes["cut-old"] == ()
    assert told.id == "fixed"


def test_words_that_stand_elsewhere_too_do_not_hide_a_correction() -> None:
    lead = "NORTHPORT, May 3 (Reuters) - The bank raised its key rate by half a point to 9 percent on Tuesday, it said."
    wrong = "The bank had raised the rate by half a point in March."
    right = "The bank had raised the rate by a full point in March."
    rest = "The rate by half a point in March was no surprise, said Ann Lee, who reads such things for a living."
    told = described(
        article("v1", [lead, wrong, rest, CAUSE], "reuters", "2031-05-03T09:00:00Z"),
        article("v2", [lead, right, rest, CAUSE], "reuters", "2031-05-03T10:00:00Z", "CORRECTED-Bank raises rate"),
        article("cut", [lead, wrong, rest], published="2031-05-05T10:00:00Z"),
        wires=["v1", "v2"],
    )
    assert by_id(told, "version")["cut"] == "v1"


def test_a_kill_notice_is_carried_as_such() -> None:
    told = described(
        article("v1", ferry(), "reuters", "2031-03-04T06:00:00Z"),
        article(
            "kill", ["The story has been withdrawn.", *ferry()], "reuters", "2031-03-04T07:00:00Z", "KILL-Ferry sinks"
        ),
        article("post", ferry()),
        wires=["v1", "kill"],
    )
    assert [v.id for v in told.versions] == ["v1", "kill"]
    assert by_id(told, "notes")["kill"] == ("kill notice: the agency withdrew the story",)
    assert by_id(told, "version")["post"] == "v1"


def test_outlets_alone_show_versions_by_what_they_print() -> None:
    told = described(
        article("a1", ferry(), published="2031-03-04T07:00:00Z"),
        article("b1", ferry(), published="2031-03-04T06:30:00Z"),
        article("a2", ferry(NEXT, LAW, toll="nine"), published="2031-03-04T12:00:00Z"),
        article("b2", ferry(NEXT, LAW, toll="nine")[1:], published="2031-03-04T12:30:00Z"),
    )
    assert [by_id(told, "version")[i] for i in ("a2", "b2")] == ["a2", "a2"]
    assert told.versions[-1].id == "a2"


def test_a_short_early_version_seen_late_stands_first() -> None:
    long = ["NORTHPORT (AP) - " + LEAD, SEA, CHIEF, CAUSE, NEXT, LAW]
    short = [
        "NORTHPORT (AP) - A ferry has capsized off Karvos, officials said, and boats were on their way.",
        SEA,
        CAUSE,
    ]
    told = described(
        article("long", long, published="2031-03-04T07:00:00Z"),
        article("short", short, published="2031-03-04T09:00:00Z"),
        article("short-too", [*short, "Read more"], published="2031-03-04T10:00:00Z"),
    )
    assert told.versions[0].id in ("short", "short-too")
    assert told.versions[-1].id == "long"


# ---------------------------------------------------------------- roles

REWRITE = [
    "At least three people were killed when a passenger ferry with 200 on board went over off Karvos on Tuesday.",
    "The Maren Bell capsized in the strait at dawn, on the run that it makes every day from the capital to there.",
    'Ilse Dorr, the harbour chief, said: "We have three bodies and a very cold sea." Boats were still searching.',
    "What caused the accident was not clear at first. The company that runs the vessel would not comment on it.",
]


def test_roles() -> None:
    told = described(
        article("wire", ferry(), "reuters", "2031-03-04T06:00:00Z"),
        article("whole", [*ferry(), "Share this article"]),
        article("cut", ferry()[:2]),
        article("own-words", REWRITE),
        wires=["wire"],
    )
    assert by_id(told, "role") == {"wire": "original", "whole": "copy", "cut": "excerpt", "own-words": "rewrite"}
    shares = {m.id: (m.share_of_article, m.share_of_original) for m in told.members}
    assert shares["cut"][0] > 0.95 > 0.6 > shares["cut"][1]


def test_exact_copies_are_closest_to_each_other() -> None:
    told = described(article("a", BASE), article("b", BASE), article("c", [*BASE, LAW]))
    closest = {m.id: (m.closest, m.containment) for m in told.members}
    assert closest["a"] == ("b", 1.0) and closest["b"] == ("a", 1.0)


def test_a_page_with_the_story_among_others_does_not_stand_for_it() -> None:
    others = [
        f"Story {i} of the day is about the price of bread in town number {i}, which rose again." for i in range(30)
    ]
    told = described(
        article("page", [LEAD, SEA, CHIEF, CAUSE, *others]),
        article("a", ["NORTHPORT (AP) - " + LEAD, SEA, CHIEF, CAUSE]),
        article("b", ["NORTHPORT (AP) - " + LEAD, SEA, CHIEF, CAUSE, "Read more"]),
    )
    roles = by_id(told, "role")
    assert roles["page"] == "rewrite"
    assert set(roles.values()) == {"original", "copy", "rewrite"}


# ---------------------------------------------------------------- wording


def test_wording_tells_an_update_from_a_rewrite() -> None:
    assert is_rewrite("\n".join(REWRITE), "\n".join(BASE))
    assert not is_rewrite("\n".join([*BASE[1:], NEXT, LAW]), "\n".join(BASE))


def test_changed_sentences_and_common_sequences() -> None:
    assert changed_sentences("\n".join(BASE), "\n".join(BASE)) == 0
    assert changed_sentences(LEAD, LEAD.replace("three", "four")) == 1
    assert in_common(LEAD, [LEAD, SEA])[1] == 0


# ---------------------------------------------------------------- whatever comes

SENTENCES = st.lists(st.sampled_from([LEAD, SEA, CHIEF, CAUSE, NEXT, LAW, *REWRITE]), min_size=1, max_size=6)
TOPS = st.sampled_from(
    ["", "NORTHPORT (AP) - ", "NORTHPORT, March 4 (Reuters) - ", "By Reuters\n", "(Corrects name)\n"]
)
TIMES = st.sampled_from(["", "2031-03-04", "2031-03-04T06:00:00Z", "2031-03-09T06:00:00+02:00", "nonsense"])
TITLES = st.sampled_from(["", "UPDATE 1-A", "UPDATE 2-A", "CORRECTED-A", "The Latest: A", "KILL-A"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TOPS, SENTENCES, TIMES, TITLES, st.booleans()), min_size=2, max_size=7))
def test_any_group_is_told_whole(made: list[tuple[str, list[str], str, str, bool]]) -> None:
    articles = [
        article(f"a{i}", [top + body[0], *body[1:]], published=t, title=title)
        for i, (top, body, t, title, _) in enumerate(made)
    ]
    told = described(*articles, wires=[f"a{i}" for i, one in enumerate(made) if one[-1]])
    assert sorted(m.id for m in told.members) == sorted(a.id for a in articles)
    assert [m.role for m in told.members].count("original") == 1
    assert told.members[0].id == told.id == told.original.id
    versions = [v.id for v in told.versions]
    assert len(set(versions)) == len(versions) >= 1
    assert {m.version for m in told.members} <= set(versions)
    numbers = [int(v.mark[-1]) for v in told.versions if v.mark.startswith("UPDATE")]
    assert numbers == sorted(numbers)


def test_a_giant_group_grows_linearly() -> None:
    def seconds(n: int) -> float:
        text = "NORTHPORT (AP) - " + " ".join(BASE)
        found = find_credits(text)
        carriers = tuple(
            Carrier(
                article(f"a{i}", text + f" {i}", f"o{i % 9}", "2031-03-04T06:00:00Z"),
                i,
                found,
                *wire_agency(found),
                False,
            )
            for i in range(n)
        )
        star = np.zeros(n - 1, np.int64), np.arange(1, n), np.full(n - 1, 95, np.int64)
        started = time.perf_counter()
        describe(Group(carriers, (100,) * n, *star))
        return time.perf_counter() - started

    seconds(50)
    assert seconds(4_000) < 12 * max(seconds(1_000), 0.02)


@given(st.text(st.sampled_from("aaaBé  \n\t..'’“”—_,3\u2028"), max_size=20))
def test_the_short_cut_to_comparable_words_changes_nothing(text: str) -> None:
    assert _comparable_words(text) == [word.norm for word in words(text)]


def test_pairs_given_twice_count_once() -> None:
    carriers = tuple(
        Carrier(Article(f"x-{i}", "A ferry sank.", f"Paper {i}"), i, (), None, (), wire=False) for i in range(3)
    )
    pairs = (np.array([0, 0, 0]), np.array([1, 2, 1]), np.array([90, 20, 90]))
    assert Group(carriers, (100, 100, 100), *pairs).covers == [2, 2, 1]
