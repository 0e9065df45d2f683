"""siblings finds dispatches of several agencies on one event. Texts and names are invented."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime, timedelta

from dedup.limits import SIBLING_HOLDERS
from dedup.siblings import Dispatch, find

NOON = datetime(2031, 3, 4, 12, tzinfo=UTC)
FERRY_A = (
    "A ferry with 212 people on board capsized off Karvos on Tuesday and at least 14 died, the coast guard said. "
    "The Maren Bell went over in the Sorrel Strait, near Kelda, on its way from Northport. Commander Ilse Dorr "
    "said boats were searching. President Halina Marek flew home and promised an inquiry."
)
FERRY_B = (
    "Divers searched the icy Sorrel Strait for dozens of people missing since the Maren Bell overturned before "
    "dawn within sight of Kelda. Survivors told of screams as the ferry rolled. In Northport, relatives waited "
    "for news while President Halina Marek ordered flags lowered. The toll stood at 14, said Commander Ilse Dorr "
    "of the coast guard."
)
RATES = (
    "The central bank of Oskany raised its key rate to 9.25 percent on Tuesday, more than most economists had "
    "expected. Governor Ansel Tarrow said prices were still rising too fast. The orrel strengthened after Tarrow "
    "spoke in Lumbry."
)
TALKS = (
    "Ministers of Oskany and Karvos met in Northport for talks on a dam that has dried a river. The ministers, "
    "Ismet Karro and Yara Denn, parted without a word. Hosts from Vesmark said that the two would meet again in a "
    "month."
)


def dispatch(id: str, agency: str, story: str, hours: float | None = 0, title: str = "") -> Dispatch:
    return Dispatch(id, agency, title, story, None if hours is None else NOON + timedelta(hours=hours))


DAY = [
    dispatch("a-ferry", "AP", FERRY_B, 3, "Divers search for missing after ferry overturns"),
    dispatch("r-ferry", "Reuters", FERRY_A, 0, "Ferry capsizes off Karvos, at least 14 dead"),
    dispatch("r-rates", "Reuters", RATES, 1),
    dispatch("a-talks", "AP", TALKS, 2),
]


def test_the_two_on_one_event_are_siblings_of_each_other() -> None:
    found = find(DAY)
    assert {cluster: [s.cluster for s in siblings] for cluster, siblings in found.items()} == {
        "a-ferry": ["r-ferry"],
        "r-ferry": ["a-ferry"],
    }
    assert found["a-ferry"][0].agency == "Reuters"


def test_the_evidence_names_names_figures_headline_and_time() -> None:
    why = find(DAY)["r-ferry"][0].why
    assert why[0].startswith("names: ") and "Maren" in why[0]
    assert "figures: 14" in why
    assert "headline: Ferry" in why
    assert "3 hours apart" in why


def test_one_agency_has_no_siblings_of_its_own() -> None:
    assert find([dispatch("one", "AP", FERRY_A), dispatch("two", "AP", FERRY_B)]) == {}


def test_what_lies_days_apart_is_another_event() -> None:
    assert find([dispatch("one", "AP", FERRY_A), dispatch("two", "Reuters", FERRY_B, 60), *DAY[2:]]) == {}


def test_an_unknown_time_does_not_part_them() -> None:
    assert find([dispatch("one", "AP", FERRY_A, None), dispatch("two", "Reuters", FERRY_B), *DAY[2:]]).keys() == {
        "one",
        "two",
    }


def test_of_an_agencys_files_the_one_that_fits_is_chosen() -> None:
    side = dispatch(
        "a-side", "AP", f"{TALKS} The talks began after the Maren Bell sank in the Sorrel Strait off Kelda.", 4
    )
    found = find([*DAY, side])
    assert [s.cluster for s in found["r-ferry"]] == ["a-ferry"]
    assert "a-side" not in found


def test_three_agencies() -> None:
    found = find([*DAY, dispatch("f-ferry", "AFP", FERRY_A.replace("Commander", "Captain"), 1)])
    assert {s.agency for s in found["a-ferry"]} == {"Reuters", "AFP"}


def test_the_order_given_changes_nothing() -> None:
    shuffled = list(DAY)
    random.Random(3).shuffle(shuffled)
    assert find(shuffled) == find(DAY) == find(DAY[::-1])


def test_nothing_and_next_to_nothing() -> None:
    assert find([]) == {}
    assert find([dispatch("x", "AP", ""), dispatch("y", "Reuters", "", title="12")]) == {}


def test_hostile_text_is_only_text() -> None:
    story = FERRY_A + "\ud800" + "\x00" * 50 + "'" * 2_000 + "A." * 2_000
    assert find([dispatch("x", "AP", story), dispatch("y", "Reuters", FERRY_B), *DAY[2:]]).keys() <= {"x", "y"}


def test_cost_grows_linearly_though_all_share_a_name() -> None:
    def many(n: int) -> list[Dispatch]:
        chance = random.Random(1)
        names = ["".join(chance.choices("abcdefghij", k=6)).title() for _ in range(n)]
        return [
            dispatch(
                str(i),
                ("AP", "Reuters")[i % 2],
                f"Then {' met '.join([*chance.choices(names, k=20), 'Karvos', 'Kelda', 'Maren'])}.",
                i / 10,
            )
            for i in range(n)
        ]

    def seconds(n: int) -> float:
        made = many(n)
        started = time.perf_counter()
        find(made)
        return time.perf_counter() - started

    seconds(100)
    assert seconds(16 * SIBLING_HOLDERS) < 8 * max(seconds(4 * SIBLING_HOLDERS), 0.05)
