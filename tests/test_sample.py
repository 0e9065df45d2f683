"""The invented wire day (seeds/, corpora/): reproducible, whole, honest about itself, and as large as promised."""

from __future__ import annotations

import csv
import json
import re
import runpy
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from dedup import read
from dedup.model import Article, Skipped

ROOT = Path(__file__).resolve().parents[1]
DAY = ROOT / "corpora" / "wire-day"
SEEDS = ROOT / "seeds"
sys.path.insert(0, str(ROOT / "corpora"))

from making import outlets, pieces, recipes, wires  # noqa: E402  (corpora/ was just put on the path)

CHANGE_TYPES = {
    "number", "date", "name", "quote", "attribution", "hedge", "negation", "info_added", "info_dropped", "wording",
}  # fmt: skip


COMMON = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "had", "has", "have", "he", "her", "his", "in", "is", "it"}
    | {"its", "of", "on", "said", "she", "that", "the", "they", "to", "was", "were", "with"}
)


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((DAY / "truth.json").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def seeds() -> dict[str, wires.Seed]:
    return wires.read_seeds(SEEDS, ROOT / "corpora" / "making" / "shared")


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Every article of the day by id, read without dedup."""
    found = {}
    for path in sorted(DAY.rglob("*")):
        if path.is_file() and path.parent.name != "broken" and path.suffix in (".md", ".txt"):
            encoding = "cp1252" if path == DAY / "westerby-echo/ferry.txt" else "utf-8"
            head, body = wires.front_matter(path.read_text(encoding=encoding))
            found[head["id"]] = body.strip()
    for record in records():
        name = record.get("id") or record["uri"]
        found[name] = record.get("text") or record.get("maintext") or record["body_text"]
    return found


def records() -> list[dict[str, Any]]:
    """The records of the dump files."""
    out = [json.loads(line) for path in sorted(DAY.glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    out += json.loads((DAY / "feed-ninjs.json").read_text(encoding="utf-8"))
    with (DAY / "export.csv").open(encoding="utf-8", newline="") as handle:
        out += csv.DictReader(handle)
    return out


def shingles(text: str, size: int = 5) -> set[tuple[str, ...]]:
    tokens = pieces.bare_words(text).split()
    return {tuple(tokens[i : i + size]) for i in range(len(tokens) - size + 1)}


# ---------------------------------------------------------------- reproducible and whole


def test_derive_gives_the_committed_bytes() -> None:
    built: dict[str, bytes] = runpy.run_path(str(DAY / "derive.py"))["build"]()
    ours = {"derive.py"}
    on_disk = {p.relative_to(DAY).as_posix() for p in DAY.rglob("*") if p.is_file() and "__pycache__" not in p.parts}
    assert on_disk - ours == set(built)
    assert [name for name, content in built.items() if (DAY / name).read_bytes() != content] == []


def test_derive_check_says_so_with_its_exit_code() -> None:
    assert subprocess.run([sys.executable, str(DAY / "derive.py"), "--check"], check=False).returncode == 0


def test_every_article_is_in_the_truth_and_the_other_way_round(truth: dict[str, Any], texts: dict[str, str]) -> None:
    assert set(truth["by_article"]) == set(texts)
    assert truth["counts"] == {"kept": len(texts), "skipped": len(truth["skipped"])}


def test_dedup_reads_what_the_truth_says(truth: dict[str, Any], texts: dict[str, str]) -> None:
    """Kept and skipped as expected, and each text as the truth's spans count it."""
    found, skipped = {}, set()
    for source in read.sources([str(DAY)]):
        for item in [source] if isinstance(source, Skipped) else read.read(source):
            if isinstance(item, Article):
                found[item.id] = item.text.strip()
            elif "__pycache__" not in item.where:
                skipped.add(item.where.partition("wire-day/")[2])
    assert found == texts
    assert skipped == {s["where"] for s in truth["skipped"]}


def test_paths_lead_to_the_article(truth: dict[str, Any]) -> None:
    for name, entry in truth["by_article"].items():
        path = DAY / entry["path"].partition(":")[0]
        assert path.is_file() and name.encode() in path.read_bytes()
    assert all((DAY / s["where"].partition(":")[0]).is_file() for s in truth["skipped"])


def test_the_day_is_as_large_as_promised(truth: dict[str, Any], seeds: dict[str, wires.Seed]) -> None:
    wire = {name: d for name, d in truth["by_dispatch"].items() if d["agency"]}
    assert len(wire) >= 12
    assert {d["agency"] for d in wire.values()} >= {"Reuters", "AP", "AFP"}
    articles = truth["by_article"]
    assert len(articles) >= 48
    assert len({entry["outlet"] for entry in articles.values()}) >= 13
    forms = Counter(entry["form"] for entry in articles.values() if entry["made"] == "written")
    assert forms["rewrite"] + forms["mixed"] + forms["own"] >= 18
    assert forms["mixed"] >= 3 and forms["own"] >= 5 and forms["rewrite"] >= 8
    both = [
        e
        for e, event in truth["by_event"].items()
        if {wire[d]["agency"] for d in event["dispatches"]} >= {"Reuters", "AP"}
    ]
    assert len(both) >= 3
    assert max(len(d["versions"]) for d in wire.values()) >= 3
    assert sum(d["corrected"] is not None for d in wire.values()) >= 1
    assert sum(entry["uncredited"] for entry in articles.values()) >= 3
    assert sum(entry["time_is"] == "crawl time" for entry in articles.values()) >= 3
    assert len(truth["by_dispatch"]["release-bridge"]["members"]) >= 3


def test_the_usual_dispatch_has_a_usual_length(seeds: dict[str, wires.Seed]) -> None:
    longest = {
        seed.dispatch: max(len(s.story) for s in seeds.values() if s.dispatch == seed.dispatch)
        for seed in seeds.values()
    }
    assert sum(12 <= length <= 30 for length in longest.values()) >= 9


# ---------------------------------------------------------------- invented, and says so


def test_every_article_and_seed_says_that_it_is_invented(texts: dict[str, str]) -> None:
    for path in [*SEEDS.glob("*-*.md"), *(p for p in DAY.glob("*/*") if p.parent.name != "broken")]:
        assert b"\nnote: Invented for dedup" in path.read_bytes(), path
    assert all(record["note"].startswith("Invented for dedup") for record in records())
    for readme in (SEEDS / "README.md", ROOT / "corpora" / "README.md"):
        assert "written for `dedup`" in readme.read_text(encoding="utf-8")


def test_addresses_are_invented() -> None:
    files = [
        p
        for top in (SEEDS, ROOT / "corpora")
        for p in top.rglob("*")
        if p.suffix in (".md", ".txt", ".json", ".jsonl", ".csv", ".tagged")
    ]
    for path in files:
        content = path.read_bytes().decode("utf-8", "replace")
        hosts = re.findall(r"https?://([^/\s\"]+)", content)
        assert all(host.endswith(".example") for host in hosts), path
    assert all(outlet.domain.endswith(".example") for outlet in outlets.OUTLETS)


# ---------------------------------------------------------------- the truth is true of the text


def test_sentences_stand_where_the_truth_says(truth: dict[str, Any], texts: dict[str, str]) -> None:
    for name, entry in truth["by_article"].items():
        end = 0
        for sentence in entry["sentences"]:
            assert texts[name][sentence["start"] : sentence["end"]] == sentence["text"]
            assert not texts[name][end : sentence["start"]].strip(), f"{name}: words outside every sentence"
            end = sentence["end"]
        assert not texts[name][end:].strip()


def test_labels_agree_with_the_words(truth: dict[str, Any], seeds: dict[str, wires.Seed]) -> None:
    for name, entry in truth["by_article"].items():
        for sentence in entry["sentences"]:
            source = " ".join(seeds[seed].sentences[number] for seed, number in sentence["from"])
            equal = pieces.bare_words(source) == pieces.bare_words(sentence["text"])
            assert equal or sentence["label"] != "verbatim", f"{name}: {sentence['text']}"
            assert not equal or sentence["label"] != "reworded", f"{name}: {sentence['text']}"
            assert bool(sentence["links"]) == (sentence["label"] in ("verbatim", "reworded")), (
                f"{name}: {sentence['text']}"
            )


def test_linked_sentences_share_words(truth: dict[str, Any], seeds: dict[str, wires.Seed]) -> None:
    """A tag that is one off links sentences about different things: together the links must cover some of the words."""
    for name, entry in truth["by_article"].items():
        for sentence in entry["sentences"]:
            if entry["made"] == "written" and sentence["label"] == "reworded":
                linked = " ".join(seeds[seed].sentences[number] for seed, number in sentence["links"])
                shared = (
                    set(pieces.bare_words(sentence["text"]).split()) & set(pieces.bare_words(linked).split()) - COMMON
                )
                assert len(shared) >= 2, f"{name}: {sentence['text']}"


def test_planted_changes_stand_in_the_texts(truth: dict[str, Any], seeds: dict[str, wires.Seed]) -> None:
    def flat(text: str) -> str:
        return re.sub(r"[‘’“”\"']", "", text).lower()

    for name, entry in truth["by_article"].items():
        for sentence in entry["sentences"]:
            source = flat(" ".join(seeds[seed].sentences[number] for seed, number in sentence["from"]))
            for change in sentence["changes"]:
                assert change["type"] in CHANGE_TYPES
                assert flat(change["from"]) in source, f"{name}: {change}"
                assert flat(change["to"]) in flat(sentence["text"]), f"{name}: {change}"
            kinds = [change["type"] for change in sentence["changes"]]
            assert "wording" not in kinds or len(kinds) == 1, f"{name}: wording stands alone"


def test_every_agency_named_in_a_text_is_a_credit(truth: dict[str, Any], texts: dict[str, str]) -> None:
    named = re.compile(
        r"\b(?:Reuters|AP|AFP|Associated Press|Agence France-Presse|TNA|[Aa]genc(?:y|ies) inputs|from agencies)\b"
    )
    for name, entry in truth["by_article"].items():
        spans = [(credit["start"], credit["end"]) for credit in entry["credits"] if credit["words"]]
        for match in named.finditer(texts[name]):
            assert any(start <= match.start() < end for start, end in spans), f"{name}: {match.group()}"
        for credit in entry["credits"]:
            assert texts[name][credit["start"] : credit["end"]] == credit["words"]


def test_labels_towards_dispatches_agree_with_shared_passages(
    truth: dict[str, Any], texts: dict[str, str], seeds: dict[str, wires.Seed]
) -> None:
    """Copies and excerpts hold the words of their version; own stories share a quotation with the wires at most."""
    wire = {name: shingles(" ".join(seed.sentences[i] for i in seed.story)) for name, seed in seeds.items()}
    for name, entry in truth["by_article"].items():
        story = shingles(" ".join(s["text"] for s in entry["sentences"] if s["label"] != "furniture"))
        if entry["made"] == "derived":
            assert len(story & wire[entry["version"]]) / len(story) > 0.8, name
        if entry["form"] == "own" and not entry["carries"]:
            assert all(len(story & other) / len(story) < 0.12 for other in wire.values()), name


def test_rewrites_run_from_light_to_hard(truth: dict[str, Any]) -> None:
    overlaps = sorted(
        e["overlap"] for e in truth["by_article"].values() if e["form"] in ("rewrite", "mixed") and e["cluster"]
    )
    assert overlaps[0] < 0.15 and overlaps[-1] > 0.5
    assert 0.25 < overlaps[len(overlaps) // 2] < 0.5


def test_events_know_their_siblings_and_contradictions(truth: dict[str, Any], seeds: dict[str, wires.Seed]) -> None:
    for name, dispatch in truth["by_dispatch"].items():
        for sibling in dispatch["siblings"]:
            other = truth["by_dispatch"][sibling]
            assert name in other["siblings"] and other["event"] == dispatch["event"]
            assert other["agency"] != dispatch["agency"]
    for event in truth["by_event"].values():
        assert len(event["contradictions"]) >= 2
        for contradiction in event["contradictions"]:
            for says in contradiction["says"]:
                assert says["words"] in seeds[says["dispatch"]].sentences[says["sentence"]]


def test_what_an_article_follows_is_a_contradiction_of_its_event(truth: dict[str, Any]) -> None:
    for name, entry in truth["by_article"].items():
        facts = {
            c["fact"]: {s["dispatch"].partition("-v")[0] for s in c["says"]}
            for event in truth["by_event"].values()
            for c in event["contradictions"]
            if set(entry["carries"]) & set(event["dispatches"])
        }
        for fact, followed in entry["follows"].items():
            assert {seed.partition("-v")[0] for seed in followed} <= facts[fact], name


def test_clusters_and_reuse_are_two_things(truth: dict[str, Any]) -> None:
    for name, entry in truth["by_article"].items():
        same = [d for d, label in entry["labels"].items() if label == "same"]
        assert (entry["cluster"] in same) if same else entry["cluster"] is None
        assert (entry["role"] is None) == (entry["cluster"] is None), name
    for dispatch, entry in truth["by_dispatch"].items():
        assert all(truth["by_article"][a]["cluster"] == dispatch for a in entry["members"])


def test_corrections_stand_in_one_version_only(truth: dict[str, Any], seeds: dict[str, wires.Seed]) -> None:
    for name, change in recipes.CORRECTED.items():
        story = {
            v: " ".join(seeds[v].sentences[i] for i in seeds[v].story) for v in truth["by_dispatch"][name]["versions"]
        }
        for version, text in story.items():
            assert (change["words"] in text) == (version != change["version"])
            assert (change["now"] in text) == (version == change["version"])
