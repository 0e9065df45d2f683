"""Page: the lines of a page -> what each of them is, furniture kind or None for story.

Theory of operation. A scraped page is a head (headline, byline, time, pictures), a body, and a tail (credits, lists of
other stories), and the same words mean different things in each: a line without a full stop is a headline above the
first paragraph, a subhead or a truncated sentence inside the body. So every line is first judged by itself (cues.py),
then by where it stands:

- *head*: everything above the line that opens the story. A dateline opens it; else the first solid line (long, ended as
  a sentence, no cue) that is not the caption of a credit below it. A byline or time that follows one or two solid lines
  shows them to have been a summary.
- *tail*: what follows the last solid line. Lines without an end are headlines once something there proves a list.
- *body*: cues alone, headlines under an opener ("Related Content"), lines between two furniture lines, repeats. What a
  story line ending in a colon introduces is story: the figures of an earnings brief, drawn numbers.

Known exceptions: a teaser of another story that is a whole sentence in the middle of the body reads as story; a live
blog has many heads, of which only the first is seen as one. Subheads ("WHAT THE MAYOR WANTS") stay story: agencies send
them with the dispatch, so an outlet that keeps them keeps wire text.

Measured on the labelled sentences of 34 articles (tests/test_clean.py): on the half the rules were developed on 86
right, 1 wrong, none missed; on the other half 68 right, 2 wrong, 4 missed (F1 .96).

Left aside: a two-state smoothing of line scores (one weight for all neighbours) cannot tell a caption between two
credits, which is furniture, from a paragraph between two advertisements, which is not.
"""

from __future__ import annotations

from collections.abc import Sequence

from dedup.clean.cues import (
    ENDS,
    FILE_LETTERS,
    caption_like,
    cue,
    cue_of_solid,
    ends_sentence,
    headline_like,
    is_biography,
    is_tweet_signature,
    photo_credit,
)
from dedup.datelines import dateline_end
from dedup.limits import (
    CLEAN_CLOSE,
    CLEAN_EDGE,
    CLEAN_HEAD_LINES,
    CLEAN_HEAD_SOLID,
    CLEAN_LONG,
    CLEAN_SHORT,
    CLEAN_SOLID,
    CLEAN_SOLID_SENTENCE,
    CLEAN_SUMMARY,
    CLEAN_SUMMARY_SENTENCES,
    CLEAN_TAIL_LIST,
)
from dedup.model import FurnitureKind

Kinds = list[FurnitureKind | None]
_ENDINGS = frozenset(".!?…。！？\"'”’»)]")


def judge(lines: Sequence[str], *, split: bool = False) -> Kinds:
    """The kind of every line. `lines` are stripped and not empty; `split`: they are sentences rather than paragraphs.

    Cost: linear in the lines; long ended lines inside the body are hardly looked at, and a text of paragraphs is done
    after the first step.
    """
    kinds, solid = _by_themselves(lines, split)
    if all(solid):
        return kinds
    dated = _dated_start(lines, kinds, solid)
    if not dated and _is_plain(lines, kinds, solid):
        return kinds
    start = _opening(lines, kinds, solid, split) if dated is None else dated
    _mark_head(lines, kinds, solid, start, sure=dated is not None)
    _mark_tail(lines, kinds, solid, start)
    _mark_body(lines, kinds, start, split)
    _free_introduced(lines, kinds)
    return kinds


def _by_themselves(lines: Sequence[str], split: bool) -> tuple[Kinds, list[bool]]:
    """The kind of each line by its cues, and whether it is solid. Most lines are long and end: those pass at once."""
    floor = CLEAN_SOLID_SENTENCE if split else CLEAN_SOLID
    inner = range(0) if split else range(CLEAN_EDGE, len(lines) - CLEAN_EDGE)
    kinds: Kinds = [None] * len(lines)
    solid = [True] * len(lines)
    for i, line in enumerate(lines):
        size, last = len(line), line[-1]
        if last in ENDS and size > (CLEAN_SHORT if i in inner else CLEAN_CLOSE) and line[0] not in FILE_LETTERS:
            continue
        long = size >= CLEAN_LONG
        shaped = long or (size >= floor and last in _ENDINGS)
        kind = kinds[i] = cue_of_solid(line) if shaped and size > CLEAN_SHORT and i in inner else cue(line)
        solid[i] = shaped and kind is None and (long or last in ENDS or ends_sentence(line))
    return kinds, solid


def _is_plain(lines: Sequence[str], kinds: Kinds, solid: Sequence[bool]) -> bool:
    """Whether nothing says that this is a page: no cue, no headline, no line twice. Articles of feeds are so."""
    if any(kinds) or len(set(lines)) < len(lines):
        return False
    return (solid[0] and solid[-1]) or not any(headline_like(lines[i]) for i, held in enumerate(solid) if not held)


# ---------------------------------------------------------------- head


def _dated_start(lines: Sequence[str], kinds: Kinds, solid: Sequence[bool]) -> int | None:
    passed = 0
    for i in range(min(len(lines), CLEAN_HEAD_LINES)):
        if kinds[i] == "dateline":
            return i + 1
        if kinds[i] is None and (len(lines[i]) > 60 or lines[i][-1] == ":") and dateline_end(lines[i]):
            return i
        passed += solid[i]
        if passed > CLEAN_HEAD_SOLID:
            return None
    return None


def _opening(lines: Sequence[str], kinds: Kinds, solid: Sequence[bool], split: bool) -> int:
    """Without a dateline: the first solid line that is no caption and no summary; 0 when there is none."""
    held = (i for i in range(min(len(lines), CLEAN_HEAD_LINES)) if solid[i] and not _captioned(lines, kinds, i))
    start = next(held, 0)
    return _after_summary(kinds, solid, start, CLEAN_SUMMARY_SENTENCES if split else CLEAN_SUMMARY)


def _captioned(lines: Sequence[str], kinds: Kinds, i: int) -> bool:
    """Whether the line below is a picture's credit, which makes line i its caption."""
    return i + 1 < len(lines) and kinds[i + 1] in ("caption", "credit") and photo_credit(lines[i + 1])


def _after_summary(kinds: Kinds, solid: Sequence[bool], start: int, most: int) -> int:
    """Past the last byline or time that has at most `most` solid lines above it: those were a summary or captions."""
    passed, best = 0, start
    for i in range(start, min(len(kinds), start + CLEAN_HEAD_LINES)):
        if kinds[i] in ("byline", "timestamp") or (kinds[i] == "share" and not best):
            best = i + 1
        passed += solid[i]
        if passed > most:
            break
    return best


def _mark_head(lines: Sequence[str], kinds: Kinds, solid: Sequence[bool], start: int, *, sure: bool) -> None:
    """Mark all above the story. Not `sure` of it: short ended sentences right above it are left to it."""
    proof = [i for i in range(start) if kinds[i] or headline_like(lines[i])]
    last = start - 1 if sure else max(proof, default=-1)
    for i in range(last + 1):
        if kinds[i] is None:
            kinds[i] = "caption" if solid[i] else "headline"


# ---------------------------------------------------------------- tail


def _mark_tail(lines: Sequence[str], kinds: Kinds, solid: Sequence[bool], start: int) -> None:
    after = max((i for i, is_solid in enumerate(solid) if is_solid), default=len(lines)) + 1
    after = max(after, start)
    loose = [i for i in range(after, len(lines)) if kinds[i] is None]
    shaped = [i for i in loose if headline_like(lines[i])]
    listed = next((i for i in range(after, len(lines)) if kinds[i] == "more"), None)
    if listed is None and len(shaped) < CLEAN_TAIL_LIST and not any(kinds[after:]):
        return
    if sum(len(lines[i]) for i in shaped) > sum(len(line) for line, held in zip(lines, solid, strict=True) if held):
        return  # more list than story: the list is what the page has to say
    for i in shaped:
        kinds[i] = "headline"
    if listed is not None:
        for i in loose:
            if i > listed and kinds[i] is None:
                kinds[i] = "more"


# ---------------------------------------------------------------- body


def _mark_body(lines: Sequence[str], kinds: Kinds, start: int, split: bool) -> None:
    _mark_repeats(lines, kinds)
    for i in range(start, len(lines)):
        above = kinds[i - 1] if i else None
        below = kinds[i + 1] if i + 1 < len(lines) else None
        if kinds[i] is None and (above or below):
            kinds[i] = _beside(lines, kinds, i, above, below, split)


def _beside(
    lines: Sequence[str], kinds: Kinds, i: int, above: FurnitureKind | None, below: FurnitureKind | None, split: bool
) -> FurnitureKind | None:
    """What line i is for standing between `above` and `below`, one of which is furniture."""
    if _listed(lines, kinds, i, above, below):
        return "headline"
    if split and above == below == "caption" and not photo_credit(lines[i - 1]):
        return "caption"
    if (above == "caption" or _captioned(lines, kinds, i)) and caption_like(lines[i]):
        return "caption"
    if above == "notice" and below and len(lines[i]) < CLEAN_SOLID:
        return "notice"
    return "notice" if i >= len(lines) - CLEAN_EDGE and is_biography(lines[i]) else None


def _listed(
    lines: Sequence[str], kinds: Kinds, i: int, above: FurnitureKind | None, below: FurnitureKind | None
) -> bool:
    """A headline under an opener, a time or another headline of a list, or with furniture on both sides."""
    if not headline_like(lines[i]) or (below == "credit" and is_tweet_signature(lines[i + 1])):
        return False
    if above in ("more", "timestamp") or (above == "headline" and i >= 2 and kinds[i - 2] in ("more", "headline")):
        return True
    return above is not None and below is not None


def _mark_repeats(lines: Sequence[str], kinds: Kinds) -> None:
    """A line that stands in the page twice, once as furniture, is furniture; so is one right below its own copy."""
    marked = {line: kind for line, kind in zip(lines, kinds, strict=True) if kind and 20 < len(line) < CLEAN_SOLID}
    for i, line in enumerate(lines):
        if kinds[i] is None:
            kinds[i] = marked.get(line) or ("caption" if i and line == lines[i - 1] else None)
    for i, line in enumerate(lines[:CLEAN_EDGE]):
        if kinds[i] is None and line in lines[i + 1 : i + 1 + CLEAN_EDGE]:
            kinds[i] = "headline"
            if len(line) < CLEAN_SOLID:
                kinds[lines.index(line, i + 1)] = "headline"


def _free_introduced(lines: Sequence[str], kinds: Kinds) -> None:
    """What a story line ending in a colon introduces is story, down to the next paragraph: drawn numbers, bullets."""
    introduced = False
    for i, line in enumerate(lines):
        if kinds[i] is None:
            introduced = line[-1] == ":" or (introduced and len(line) < CLEAN_SOLID)
        elif introduced and kinds[i] in ("headline", "timestamp"):
            kinds[i] = None
        else:
            introduced = False
