"""Truth: articles and where they stand -> what is true about them, as documented in corpora/README.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from making import outlets, recipes
from making.pieces import Piece, Tagged, bare_words
from making.wires import Seed

NOTICE = "Invented for dedup; no such event, person, place or company exists and no outlet published this."


def spans(piece: Piece) -> list[tuple[int, int, Tagged]]:
    """Where each sentence stands in the text, in code points."""
    out, position = [], 0
    text = piece.text
    for paragraph in piece.paragraphs:
        for tagged in paragraph:
            start = text.index(tagged.text, position)
            position = start + len(tagged.text)
            out.append((start, position, tagged))
    return out


def credit_spans(piece: Piece) -> list[dict[str, Any]]:
    """The credits with their place; the same words twice are two places, in order."""
    out, seen = [], Counter[tuple[str, str]]()
    for agency, role, words in piece.credits:
        start = -1
        for _ in range(seen[agency, words] + 1 if words else 0):
            start = piece.text.find(words, start + 1)
            if start < 0:
                raise ValueError(f"{piece.id}: no {words!r} in the text")
        seen[agency, words] += 1
        end = start + len(words) if words else 0
        out.append({"agency": agency, "role": role, "words": words, "start": max(start, 0), "end": end})
    return out


def label_towards(piece: Piece, versions: list[Seed]) -> tuple[str, float, str]:
    """same, partial or different towards a dispatch (gold/labels.md), the share that decided it, the version.

    The share is the larger of: story sentences of the article made from the dispatch, when the article is the shorter
    one; sentences of the dispatch used, when the dispatch is.
    """
    best = ("different", 0.0, "", 0)
    story = [t for p in piece.paragraphs for t in p if t.label != "furniture"]
    for seed in versions:
        taken = [t for t in story if any(ref[0] == seed.id for ref in t.source)]
        used = {ref[1] for t in taken for ref in t.source if ref[0] == seed.id}
        whole = seed.story
        if not taken:
            continue
        share = len(taken) / len(story) if len(story) <= len(whole) else len(used & set(whole)) / len(whole)
        label = "same" if share > 0.5 else "partial" if len(taken) >= 2 else "different"
        if len(taken) > best[3]:
            best = (label, round(share, 2), seed.id, len(taken))
    return best[:3]


def overlap(piece: Piece, versions: list[Seed], version: str) -> float:
    """Share of the article's word 4-grams (story only) that the version it was made from has: how easy it is to see."""
    seed = next(s for s in versions if s.id == version)
    own = four_grams(t.text for p in piece.paragraphs for t in p if t.label != "furniture")
    return round(len(own & four_grams(seed.sentences)) / len(own), 2)


def four_grams(sentences: Iterable[str]) -> set[tuple[str, ...]]:
    words = bare_words(" ".join(sentences)).split()
    return {tuple(words[i : i + 4]) for i in range(len(words) - 3)}


def check_refs(piece: Piece, seeds: dict[str, Seed]) -> None:
    """A tag that points beyond its seed is a slip of the writer; one that points one off is found by the test."""
    for tagged in (t for p in piece.paragraphs for t in p):
        for seed, number in (*tagged.source, *tagged.also):
            if number >= len(seeds[seed].sentences):
                raise ValueError(f"{piece.id}: {seed} has no sentence {number}: {tagged.text!r}")


def describe(piece: Piece, where: str, dispatches: dict[str, list[Seed]]) -> dict[str, Any]:
    """The truth about one article."""
    judged = {name: label_towards(piece, versions) for name, versions in dispatches.items()}
    carried = sorted((n for n, j in judged.items() if j[0] != "different"), key=lambda n: (-judged[n][1], n))
    main = carried[0] if carried and judged[carried[0]][0] == "same" else None
    agencies = {dispatches[n][0].agency for n in carried} - {None}
    credits = credit_spans(piece)
    return {
        "path": where,
        "outlet": outlets.BY_SLUG[piece.outlet].masthead,
        "made": piece.made,
        "form": piece.form,
        "cluster": main,
        "carries": carried,
        "labels": {n: judged[n][0] for n in carried},
        "share": {n: judged[n][1] for n in carried},
        "version": (piece.facts.get("version") or judged[main][2] or None) if main else None,
        "overlap": overlap(piece, dispatches[main], judged[main][2]) if main else None,
        "agency": dispatches[main][0].agency if main else None,
        "role": piece.facts.get("role") or None,
        "roles_also_right": piece.facts.get("also_right", []),
        "time_is": "crawl time" if piece.facts.get("crawl_time") else "publication",
        "follows": piece.facts.get("follows", {}),
        "uncredited": bool(agencies) and not any(c["role"] != "photo" for c in credits),
        "credits": credits,
        "planted": piece.facts.get("planted", ""),
        "sentences": [
            {
                "text": t.text,
                "start": start,
                "end": end,
                "label": t.label,
                "from": [list(ref) for ref in t.source],
                "links": [list(ref) for ref in (*t.source, *t.also)],
                "changes": list(t.changes),
            }
            for start, end, t in spans(piece)
        ],
    }


def without_seeds(name: str, members: list[str], truth: dict[str, Any]) -> dict[str, Any]:
    """Which article stands for the dispatch when no seeds are given: a credited whole copy, the fullest first.

    Where several print as much and name the agency, `or` lists the others: each of them is right.
    """

    def rank(article: str) -> tuple[Any, ...]:
        entry = truth[article]
        own = [s for s in entry["sentences"] if s["label"] in ("verbatim", "reworded")]
        credited = any(c["role"] in ("dateline", "byline") for c in entry["credits"])
        return (entry["form"] not in ("copy", "house style"), not credited, -len(own), article)

    ranked = sorted(members, key=rank)
    first = truth[ranked[0]]
    if first["form"] not in ("copy", "house style", "version", "shared source"):
        return {"id": None, "or": [], "why": "no outlet printed it whole"}
    others = [a for a in ranked[1:] if rank(a)[:3] == rank(ranked[0])[:3]]
    why = "fullest copy that names the agency" if not rank(ranked[0])[1] else "fullest copy; no agency is named"
    return {"id": ranked[0], "or": others, "why": why + ("; the others print as much" if others else "")}


def truth_of(pieces: list[tuple[Piece, str]], seeds: dict[str, Seed]) -> dict[str, Any]:
    """The whole truth file."""
    for piece, _ in pieces:
        check_refs(piece, seeds)
    dispatches: dict[str, list[Seed]] = {}
    for seed in seeds.values():
        dispatches.setdefault(seed.dispatch, []).append(seed)
    articles = {piece.id: describe(piece, where, dispatches) for piece, where in sorted(pieces, key=lambda p: p[0].id)}
    members = {name: [a for a, entry in articles.items() if entry["cluster"] == name] for name in dispatches}
    return {
        "schema": "wire-day.truth/1",
        "notice": NOTICE,
        "about": "documented in corpora/README.md; written by derive.py",
        "counts": {"kept": len(articles), "skipped": len(recipes.SKIPPED)},
        "by_dispatch": {
            name: describe_dispatch(name, dispatches[name], members[name], articles, dispatches) for name in members
        },
        "by_event": {
            event: {
                "dispatches": [n for n in dispatches if recipes.EVENTS.get(n) == event],
                "contradictions": [locate(c, seeds) for c in recipes.CONTRADICTIONS.get(event, [])],
            }
            for event in dict.fromkeys(recipes.EVENTS.values())
        },
        "by_article": articles,
        "skipped": recipes.SKIPPED,
    }


def describe_dispatch(
    name: str,
    versions: list[Seed],
    members: list[str],
    articles: dict[str, Any],
    dispatches: dict[str, list[Seed]],
) -> dict[str, Any]:
    event = recipes.EVENTS.get(name)
    return {
        "agency": versions[0].agency,
        "event": event,
        "versions": [seed.id for seed in versions],
        "corrected": recipes.CORRECTED.get(name),
        "siblings": [n for n in dispatches if n != name and event and recipes.EVENTS.get(n) == event],
        "original_with_seeds": versions[-1].id if versions[-1].agency else None,
        "original_without_seeds": without_seeds(name, members, articles) if members else None,
        "members": members,
        "reused_by": [a for a, entry in articles.items() if entry["labels"].get(name) == "partial"],
    }


def locate(contradiction: dict[str, Any], seeds: dict[str, Seed]) -> dict[str, Any]:
    """Find the sentence of each dispatch that says what the contradiction quotes; the words must stand there."""
    says = []
    for seed_id, words in contradiction["says"]:
        number = next(i for i, sentence in enumerate(seeds[seed_id].sentences) if words in sentence)
        says.append({"dispatch": seed_id, "sentence": number, "words": words})
    return {"fact": contradiction["fact"], "about": contradiction["about"], "says": says}
