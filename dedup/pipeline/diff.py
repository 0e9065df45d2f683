"""Diff: one article and its originals -> segment -> clean -> align -> facts -> compare -> a `Diff`.

`hold` is the run; `files` reads what `dedup diff ARTICLE --original NAME=PATH` names. What a corpus has of originals is
found in desk.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from dedup import compare, facts, limits, read
from dedup.align import Alignment, align
from dedup.clean import furniture, sentence_furniture
from dedup.credits import find_credits, wire_agency
from dedup.datelines import dateline_end
from dedup.errors import InputError, UsageError
from dedup.model import (
    Article,
    Change,
    Contradiction,
    Diff,
    DiffSentence,
    Dropped,
    Link,
    Mark,
    Sentence,
    Skipped,
    Wire,
    WireSentence,
)
from dedup.read.decode import decode, without_surrogates
from dedup.segment import line_sentences, sentences
from dedup.version import __version__
from dedup.words import words

Texts = Sequence[str]


@dataclass(frozen=True, slots=True)
class Source:
    """An original to hold an article against."""

    name: str
    article: Article
    version: str = ""
    agency: str | None = None
    sibling: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """A text in sentences, and which of them are furniture."""

    sentences: tuple[Sentence, ...]
    furniture: tuple[bool, ...]

    @property
    def texts(self) -> list[str]:
        return [s.text for s in self.sentences]


def files(article: str, originals: Sequence[tuple[str, str]], *, lines: bool = False) -> Diff:
    """The file `article` held against the files of `originals`, each (NAME, path).

    `lines`: UTF-8, every line that is not blank is a sentence. Otherwise any format with exactly one article in it.
    Raises UsageError without originals or with a NAME twice, InputError for a file that gives no article.
    """
    if not originals:
        raise UsageError(f"{article}: nothing to hold it against; name the wire copy with --original NAME=PATH")
    names = [name for name, _ in originals]
    if len(set(names)) < len(names):
        raise UsageError(f"--original: every NAME once; got {', '.join(names)}")
    one = _lines_of if lines else only_article
    return hold(one(article), [_source(name, one(path)) for name, path in originals], lines=lines)


def _source(name: str, article: Article) -> Source:
    """An original that was named by hand: its agency is what it says, else what it is called."""
    agency, _ = wire_agency(find_credits(article.text, author=article.author, outlet=article.outlet, url=article.url))
    return Source(name, article, agency=agency or name)


def hold(article: Article, originals: Sequence[Source], *, lines: bool = False) -> Diff:
    """`article` held against `originals`. Cost: linear in its length, and in theirs."""
    there = {source.name: _cut_original(source.article, lines) for source in originals}
    here = _cut(article, lines, list(there.values()))
    wires = {name: cut.texts for name, cut in there.items()}
    found = align(
        [_bare(text) for text in here.texts],
        {name: [_bare(text) for text in texts] for name, texts in wires.items()},
        furniture=here.furniture,
        original_furniture={name: cut.furniture for name, cut in there.items()},
    )
    language = _language(article, here.texts)
    draft = Diff(
        settings(lines),
        article.id,
        article.outlet,
        article.title,
        article.published,
        article.path,
        0.0,
        (),
        False,
        facts.typed(language),
        tuple(_wire(source, there[source.name]) for source in originals),
        tuple(_told(here, there, found, article.published, language)),
        tuple(_dropped(here, wires, found)) if facts.typed(language) else tuple(_bare_dropped(wires, found)),
    )
    marks = furniture(article.text)
    return compare.join(
        draft,
        find_credits(article.text, author=article.author, outlet=article.outlet, url=article.url, marks=marks),
    )


def settings(lines: bool) -> str:
    """What a diff depends on besides the texts, in one line."""
    return (
        f"dedup {__version__}|sentences:{'lines' if lines else 'cut'}|link>={limits.LINK_LEVEL}|"
        f"moved>={limits.MOVED_LETTERS}|fact>={limits.FACT_RUN}/{limits.FACT_TOTAL}"
    )


# ---------------------------------------------------------------- read


def only_article(path: str) -> Article:
    """The one article of a file. Raises InputError when there is none, or more."""
    held: list[Article] = []
    why = "holds no article"
    for source in read.sources([path]):
        for item in [source] if isinstance(source, Skipped) else read.read(source):
            if isinstance(item, Article):
                held.append(item)
            else:
                why = item.why
        if len(held) > 1:
            raise InputError(f"{path}: holds more than one article; name the one you mean with --id")
    if not held:
        raise InputError(f"{path}: {why}")
    return held[0]


def _lines_of(path: str) -> Article:
    """A file as it is: nothing is taken out, not even a title."""
    try:
        with open(path, "rb") as file:
            data = file.read(limits.MAX_TEXT_FILE + 1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    if len(data) > limits.MAX_TEXT_FILE:
        raise InputError(f"{path}: larger than {limits.MAX_TEXT_FILE:,} bytes")
    return Article("", without_surrogates(decode(data)[0])[0], path=path.replace("\\", "/"))


# ---------------------------------------------------------------- segment, clean


@lru_cache(maxsize=limits.DIFF_CUTS)
def _cut_original(article: Article, lines: bool) -> Cut:
    return _cut(article, lines)


def _cut(article: Article, lines: bool, originals: Sequence[Cut] = ()) -> Cut:
    if lines:
        held = line_sentences(article.text)
        flags = sentence_furniture([s.text for s in held], originals=[cut.texts for cut in originals])
        return Cut(held, tuple(flags))
    marks = furniture(article.text)
    held = sentences(article.text, marks, language=article.language)
    return Cut(held, tuple(_marked(held, marks)))


def _marked(held: Iterable[Sentence], marks: Sequence[Mark]) -> Iterable[bool]:
    """Which sentences lie in a mark; a dateline opens a sentence and makes none."""
    waiting = [m for m in reversed(marks) if m.kind != "dateline"]
    for sentence in held:
        while waiting and waiting[-1].end <= sentence.start:
            waiting.pop()
        yield bool(waiting) and waiting[-1].start <= sentence.start


def _bare(text: str) -> str:
    """A sentence without the dateline it opens with, as far as that leaves any of it."""
    return text[dateline_end(text) :] or text


def _language(article: Article, texts: Texts) -> str:
    """As declared; else "" for English and "und" for what does not read like it: changes are never guessed."""
    if article.language:
        return article.language
    seen = [w.norm for text in texts[: limits.ENGLISH_SENTENCES] for w in words(text[: limits.MAX_SENTENCE])]
    share = sum(w in _ENGLISH for w in seen) / max(1, len(seen))
    return "" if share >= limits.ENGLISH_SHARE or len(seen) < limits.ENGLISH_WORDS else "und"


_ENGLISH = frozenset("the of and to that for with was by said from is his has have are were not which who".split())


# ---------------------------------------------------------------- facts


def _told(
    here: Cut, there: Mapping[str, Cut], found: Alignment, published: str, language: str
) -> Iterable[DiffSentence]:
    """The article's sentences with labels, links, changes and contradictions."""
    wires = {name: cut.texts for name, cut in there.items()}
    beside, together = _beside(found), _together(there, found)
    for i, (sentence, aligned) in enumerate(zip(here.sentences, found.sentences, strict=True)):
        linked = [(link, wires[link.original][link.index]) for link in aligned.links]
        changes: tuple[Change, ...] = ()
        disagree: tuple[Contradiction, ...] = ()
        if aligned.label == "reworded":
            elsewhere = [here.sentences[j].text for j in _others(i, aligned.links, beside)]
            changes = facts.changes(sentence.text, linked, elsewhere=elsewhere, published=published, language=language)
        if aligned.links and len(wires) > 1 and facts.typed(language):
            between = facts.contradictions(sentence.text, linked, published=published, wires=together)
            disagree = tuple(c for c in between if c.text)  # what the article leaves out it does not take sides on
        yield DiffSentence(
            i,
            sentence.start,
            sentence.end,
            sentence.text,
            aligned.label,
            aligned.moved,
            aligned.links,
            changes,
            disagree,
        )


def _together(there: Mapping[str, Cut], found: Alignment) -> facts.Wires:
    """The originals held against each other, as far as the article uses one of the two."""
    used = {link.original for aligned in found.sentences for link in aligned.links}
    same: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for (one, a), (other, b) in combinations(there.items(), 2):
        if not used & {one, other} or max(len(a.sentences), len(b.sentences)) > limits.FACT_WIRE:
            continue
        for i, j in _same(a, b):
            same.setdefault((one, i), []).append((other, j))
            same.setdefault((other, j), []).append((one, i))
    story = {
        name: ["" if flag else text for text, flag in zip(cut.texts, cut.furniture, strict=True)]
        for name, cut in there.items()
    }
    return facts.Wires(story, same)


@lru_cache(maxsize=limits.DIFF_CUTS)
def _same(one: Cut, other: Cut) -> tuple[tuple[int, int], ...]:
    """The sentences of two originals that tell the same."""
    found = align(
        [_bare(text) for text in one.texts],
        {"": [_bare(text) for text in other.texts]},
        furniture=one.furniture,
        original_furniture={"": other.furniture},
    )
    return tuple((i, link.index) for i, aligned in enumerate(found.sentences) for link in aligned.links)


def _beside(found: Alignment) -> Mapping[tuple[str, int], list[int]]:
    """The article sentences that are linked to each original sentence."""
    beside: dict[tuple[str, int], list[int]] = {}
    for i, aligned in enumerate(found.sentences):
        for link in aligned.links:
            beside.setdefault((link.original, link.index), []).append(i)
    return beside


def _others(i: int, links: Iterable[Link], beside: Mapping[tuple[str, int], list[int]]) -> list[int]:
    """The article's other sentences linked to any of the same originals, the nearest ones."""
    others = {j for link in links for j in beside[link.original, link.index] if abs(j - i) <= limits.DIFF_BESIDE}
    return sorted(others - {i})


def _dropped(here: Cut, wires: Mapping[str, Texts], found: Alignment) -> Iterable[Dropped]:
    """The original sentences nothing links to, with the facts the article then nowhere states."""
    known = facts.stated([s.text for s, flag in zip(here.sentences, here.furniture, strict=True) if not flag])
    for name, i in found.dropped:
        yield Dropped(name, i, wires[name][i], facts.vanished(wires[name][i], known))


def _bare_dropped(wires: Mapping[str, Texts], found: Alignment) -> Iterable[Dropped]:
    return (Dropped(name, i, wires[name][i], ()) for name, i in found.dropped)


def _wire(source: Source, cut: Cut) -> Wire:
    held = tuple(
        WireSentence(s.start, s.end, s.text, flag) for s, flag in zip(cut.sentences, cut.furniture, strict=True)
    )
    return Wire(source.name, source.article.id, source.version, source.agency, source.sibling, held, 0.0, 0.0)
