"""The table: what a reader sees at several widths, folded and whole, with and without colour."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len

from dedup.model import Capped, Clusters, Skipped
from dedup.report import table as tables
from dedup.report.table import Sheet, summary, table
from tests.report import samples


def lines(width: int | None = None, clusters: int | None = None, members: int | None = None) -> list[str]:
    return [line.plain for line in table(samples.day(), Sheet(width, clusters, members))]


FERRY_80 = """\
 2 Ferry sinks off Karvos, three dead
   AP dispatch · 6 articles in 5 outlets · 2031-03-04 07:54 to 2031-03-05 01:00
   id ap-1
   original: dateline (AP), earliest
   same event in a dispatch of Reuters: cluster 1 (same names)
   original  AP Wire        2031-03-04 07:54  ██████████ 100%
   copy      Harbour Bugle  2031-03-04 08:10  ██████████  98%
   copy      Lowland Times  2031-03-04 08:31  █████████░  93%
   version   no-5           yesterday         ███████░░░  66%
   excerpt   Karvos Daily   2031-03-04        ████░░░░░░  41%
   rewrite   Qingshan Post  2031-03-05 01:00  █░░░░░░░░░   8%
             also carries cluster 1
"""
FERRY_120 = """\
 2 Ferry sinks off Karvos, three dead
   AP dispatch · 6 articles in 5 outlets · 2031-03-04 07:54 to 2031-03-05 01:00 · id ap-1
   original: dateline (AP), earliest
   same event in a dispatch of Reuters: cluster 1 (same names)
   original  AP Wire        2031-03-04 07:54  ██████████ 100%
   copy      Harbour Bugle  2031-03-04 08:10  ██████████  98%
   copy      Lowland Times  2031-03-04 08:31  █████████░  93%  Three die as ferry goes down
   version   no-5           yesterday         ███████░░░  66%
   excerpt   Karvos Daily   2031-03-04        ████░░░░░░  41%  Ferry Captain Questioned After Sinking
   rewrite   Qingshan Post  2031-03-05 01:00  █░░░░░░░░░   8%  卡沃斯岛渡轮沉没三人遇难
             also carries cluster 1
"""


@pytest.mark.parametrize(("width", "expected"), [(80, FERRY_80), (120, FERRY_120), (None, FERRY_120)])
def test_a_cluster_as_it_is_read(width: int | None, expected: str) -> None:
    assert expected in "\n".join(line.rstrip() for line in lines(width)) + "\n"


def test_versions_doubts_and_notes_are_told() -> None:
    told = "\n".join(line.plain for line in table(replace(samples.day(), clusters=(samples.versions(),)), Sheet()))
    assert "in doubt: other agencies are named: Reuters in 1 text" in told
    assert "   version 1: v-1 2031-03-04 06:00\n   version 2: CORRECTED v-2 2031-03-04 09:00\n" in told
    assert "100%  v2\n             carries the corrected version\n" in told
    assert " 90%  v1\n             also carries the dispatch of x-9 (29% of the article)\n" in told


@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(cell_len(line) for line in lines(width)) <= width


def test_plain_text_cuts_nothing() -> None:
    text = "\n".join(lines())
    assert "…" not in text
    assert "--show-all" not in text
    for cluster in samples.day().clusters:
        assert cluster.title in text
        assert all((member.outlet or member.id) in text for member in cluster.members)


def test_large_results_fold_and_say_how_much() -> None:
    text = "\n".join(lines(100, clusters=1, members=5))
    assert "... and 9 more (--show-all)" in text
    assert "... and 2 smaller clusters (--show-all)" in text
    assert text.count("Outlet Number") == 5


def test_a_single_article_is_not_folded_into_a_line_that_says_so() -> None:
    text = "\n".join(lines(100, clusters=1, members=13))
    assert "more (--show-all)" not in text
    assert text.count("Outlet Number") == 14


def test_no_agency_and_no_headline_are_said() -> None:
    text = "\n".join(lines())
    assert " 3 (no headline)" in text
    assert "shared source, no agency named · 2 articles in 2 outlets · id pr-1" in text


def test_only_the_whole_original_is_a_hundred_percent() -> None:
    assert any("Outlet Number 1 " in line and line.endswith(" 99%") for line in lines(80))


def test_the_summary_counts_everything() -> None:
    assert summary(samples.day()) == (
        "30 articles read, 27 used, 3 skipped: 2 too short, 1 not JSON. 3 clusters with 22 articles; 2 pairs that only "
        "share passages. Limits were reached (2 phrases too common to count), so some matches may be missing."
    )
    assert summary(samples.empty()) == "0 articles read, 0 used, 0 skipped. No clusters."


def test_rare_reasons_are_added_up() -> None:
    skipped = tuple(Skipped(str(n), f"reason {n % 5}; detail: {n}") for n in range(11))
    told = summary(Clusters("", 11, 0, skipped, Capped(), (), ()))
    assert "11 skipped: 3 reason 0, 2 reason 1, 2 reason 2, 4 for other reasons." in told


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("2031-03-04T10:31:00+02:00", "2031-03-04 08:31"),
        ("2031-03-04", "2031-03-04"),
        ("", ""),
        ("yesterday at noon, more or less", "yesterday at noo"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01"),
        ("9999-12-31T23:59:59-12:00", "9999-12-31"),
    ],
)
def test_times(published: str, shown: str) -> None:
    assert tables._time(published) == shown


@pytest.mark.parametrize(
    ("published", "period"),
    [
        (["2031-03-04", "2031-03-04T12:31:00Z"], "2031-03-04 12:31"),
        (["2031-03-04T12:31:00Z", "2031-03-04T14:00:00+01:00", ""], "2031-03-04 12:31 to 13:00"),
        (["2031-03-05", "2031-03-04"], "2031-03-04 to 2031-03-05"),
        (["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"], "0001-01-01 to 9999-12-31"),
        (["soon"], ""),
    ],
)
def test_periods(published: list[str], period: str) -> None:
    assert tables._period([samples.member("x", "Outlet", time) for time in published]) == period
