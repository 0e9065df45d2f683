"""dedup explain: one pair looked at closely, on the invented wire day and on texts made for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dedup import limits, pipeline
from dedup.__main__ import main
from dedup.errors import OK, USAGE, UsageError
from dedup.model import Explanation
from dedup.pipeline import Options
from dedup.pipeline.explain import passages
from dedup.report.explanation import explanation_json, explanation_text

ROOT = Path(__file__).resolve().parents[1]
DAY = str(ROOT / "corpora" / "wire-day")
OPTIONS = Options(originals=str(ROOT / "seeds"))


def explained(a: str, b: str) -> Explanation:
    return pipeline.explain([DAY], a, b, OPTIONS)


def test_two_versions_in_one_cluster() -> None:
    told = explained("harbor-gazette-ferry", "northmoor-post-ferry")
    assert told.verdict == "one cluster"
    assert (told.a.cluster, told.b.version) == ("reuters-ferry-v3", "reuters-ferry-v2")
    assert told.a.credits == ("Reuters: dateline, tail, told (2)",)
    assert told.a_in_b < told.b_in_a == told.containment
    assert any(f"{limits.SAME_DISPATCH:.2f}" in why for why in told.why)
    assert "fewer" in told.otherwise[0]
    assert told.passages[0].endswith("words]")


def test_a_pair_in_reuse() -> None:
    told = explained("westerby-echo-ferry", "harbor-gazette-ferry")
    assert told.verdict == "reuse"
    assert told.a.cluster == ""
    assert any(f"from {limits.REUSE_SHINGLES} on" in why for why in told.why)
    assert any("one dispatch" in change for change in told.otherwise)


def test_a_pair_in_neither_whose_clusters_are_siblings() -> None:
    told = explained("reuters-ferry-v3", "ap-ferry")
    assert told.verdict == "apart"
    assert any("siblings" in why for why in told.why)
    assert any("would make it reuse" in change for change in told.otherwise)


def test_strangers() -> None:
    told = explained("lakemont-ledger-trial", "skyline-business-merger")
    assert (told.verdict, told.passages) == ("apart", ())


def test_what_is_too_short_says_so() -> None:
    told = explained("channel-six-ferry-brief", "harbor-gazette-ferry")
    assert told.verdict == "apart"
    assert any("too short" in why for why in told.why)
    assert told.otherwise == (f"a story of {limits.MIN_TOKENS} words or more",)


def test_the_same_text() -> None:
    told = explained("harbor-gazette-rates", "reuters-rates-v1")
    assert (told.verdict, told.jaccard, told.closeness) == ("same text", 1.0, 1.0)


def test_both_ways_round_agree() -> None:
    one, other = explained("ap-rates", "lakemont-ledger-rates"), explained("lakemont-ledger-rates", "ap-rates")
    assert (one.a, one.a_in_b, one.closeness) == (other.b, other.b_in_a, other.closeness)
    assert one.verdict == other.verdict


@pytest.mark.parametrize(
    ("a", "b", "said"), [("ap-rate", "ap-ferry", "did you mean 'ap-rates'"), ("ap-ferry", "ap-ferry", "name two")]
)
def test_ids_that_make_no_pair(a: str, b: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        explained(a, b)


def test_passages_are_quoted_short_and_only_when_long_enough() -> None:
    long = "The ferry Maren Bell went over in the strait at dawn on its regular morning run from the capital " * 3
    told = passages(f"Ann Lee told us. {long}", f"{long} Bo Roy said so.")
    assert len(told) == 1
    assert " ... " in told[0] and len(told[0]) <= limits.EXPLAIN_QUOTE + 20
    assert passages("One two three four five.", "One two three four five.") == ()


# ---------------------------------------------------------------- shown


def test_json_holds_every_field_and_rounds_shares() -> None:
    told = explained("ap-rates", "lakemont-ledger-rates")
    record = json.loads(b"".join(explanation_json(told)))
    assert record["schema"] == "dedup.explain/1"
    assert record["a"]["id"] == "ap-rates"
    assert record["closeness"] == round(told.closeness, limits.SHARE_DIGITS)


def test_hostile_fields_cannot_act_on_a_terminal(tmp_path: Path) -> None:
    story = (
        "The ferry Maren Bell went over in the strait at dawn and boats searched for the missing all through the day. "
        * 3
    )
    lines = [
        {"id": i, "title": "\x1b]52;c;eA==\x07", "outlet": "\u202eevil", "text": f"{story}\n\x1b[2J {i}"}
        for i in ("a", "b")
    ]
    (tmp_path / "day.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    shown = b"".join(explanation_text(pipeline.explain([str(tmp_path / "day.jsonl")], "a", "b"))).decode("utf-8")
    assert "\x1b" not in shown and "\u202e" not in shown


def test_the_command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["explain", DAY, "ap-rates", "lakemont-ledger-rates", "--quiet"]) == OK
    told = capsys.readouterr()
    assert told.out.startswith("One cluster") or told.out.startswith("The same text")
    assert "Why" in told.out and told.err == ""
    assert main(["explain", DAY, "ap-rates", "nobody", "--quiet"]) == USAGE
    assert "no article has the id 'nobody'" in capsys.readouterr().err
