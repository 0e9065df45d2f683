"""Roles: an article of a group -> how it stands to the original: original, copy, excerpt, version, rewrite.

original   stands for the dispatch
copy       prints the original's version word for word, or nearly, and most of it
excerpt    prints part of it so
version    prints another version so: an outlet with version 1 has not altered version 2
rewrite    carries the dispatch in words of its own
"""

from __future__ import annotations

from dataclasses import dataclass

from dedup.limits import WHOLE
from dedup.model import Article, Member, Role
from dedup.originals import times
from dedup.originals.group import Group
from dedup.originals.marks import mark_of
from dedup.originals.versions import Versions


@dataclass(frozen=True, slots=True)
class Standing:
    """What all members are described with."""

    head: int  # the original, by its place in the group
    with_head: list[int]  # (t,) shingles each text shares with the original


def standing(group: Group, head: int) -> Standing:
    """Cost: linear in the texts of the group."""
    return Standing(head, group.shared_with(group.carriers[head].text))


def member(group: Group, i: int, versions: Versions, stands: Standing) -> Member:
    """Article `i` of the group as a member of its cluster."""
    carrier, total, text = group.carriers[i], group.total, group.carriers[i].text
    article, head_text = carrier.article, group.carriers[stands.head].text
    closest, partner, both = _closest(group, i)
    of_article = stands.with_head[text] / max(1, total[text])
    of_original = stands.with_head[text] / max(1, total[head_text])
    state = versions.states[versions.carried[text]]
    return Member(
        article.id, article.outlet, article.published, article.title, article.path, (),
        _role(group, i, versions, stands), group.carriers[closest].article.id,
        both / max(1, total[text] + total[partner] - both),
        both / max(1, min(total[text], total[partner])),
        of_article, of_original, group.carriers[state.carrier].article.id, (), _notes(group, i, versions),
    )  # fmt: skip


def _closest(group: Group, i: int) -> tuple[int, int, int]:
    """The article closest to `i`, its text, and the shingles they share: an exact copy where there is one."""
    text = group.carriers[i].text
    same = group.holders[text]
    if len(same) > 1:
        return (same[1] if same[0] == i else same[0]), text, group.total[text]
    partner, both = group.partner(text)
    return group.holders[partner][0], partner, both


def _role(group: Group, i: int, versions: Versions, stands: Standing) -> Role:
    text, head_text = group.carriers[i].text, group.carriers[stands.head].text
    if i == stands.head:
        return "original"
    if not versions.verbatim[text]:
        return "rewrite"
    if versions.carried[text] != versions.carried[head_text]:
        return "version"
    return "copy" if stands.with_head[text] >= WHOLE * group.total[head_text] else "excerpt"


def _notes(group: Group, i: int, versions: Versions) -> tuple[str, ...]:
    carrier = group.carriers[i]
    state = versions.states[versions.carried[carrier.text]]
    kind = state.mark.kind if state.mark and versions.verbatim[carrier.text] else ""
    told = {"correction": "carries the corrected version", "kill": "kill notice: the agency withdrew the story"}.get(
        kind, ""
    )
    if kind == "kill" and mark_of(carrier.article) is None:
        told = "carries a story that the agency withdrew"
    others = [group.carriers[versions.states[s].carrier].article.id for s in versions.also.get(carrier.text, ())]
    also = f"fits as well: {', '.join(others)}" if others else ""
    return tuple(note for note in (told, *_declared(carrier.article), also, times.doubt(carrier)) if note)


def _declared(article: Article) -> tuple[str, ...]:
    """What its format says an editor must know."""
    until = f" until {article.embargo}" if article.embargo else ""
    said = {"embargoed": f"embargoed{until}", "advisory": "an advisory to editors, not a story"}.get(article.status, "")
    return (said,) if said else ()
