"""JSON: objects, arrays, wrapped arrays and JSON lines -> articles and skips.

A record a line is the fast way, kept short: orjson, then the mapper. Whatever that does not take goes the slow way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from dedup import limits
from dedup.model import Article, Skipped
from dedup.read import ninjs
from dedup.read.fields import NAMES, Mapper, or_skip
from dedup.read.parse import parse
from dedup.read.source import Source, lines, lines_before, opened, whole

# Where files that are one object keep their list of articles: NewsAPI, JSON Feed, Elasticsearch, CMS exports.
_WRAPPERS = (
    "articles", "items", "entries", "stories", "documents", "docs", "results", "posts", "news", "data", "records",
    "rows", "hits", "response",
)  # fmt: skip
_WRAPPED_WITHIN = 3  # levels: {"response": {"docs": [...]}}, {"hits": {"hits": [{"_source": ...}]}}
_TEXT_NAMES = frozenset(NAMES["text"])


def read_lines(source: Source, mapping: Mapping[str, str] | None) -> Iterator[Article | Skipped]:
    """A .jsonl file, a range of one, or standard input. A document under that name is read as one."""
    if source.start == 0 and source.path != "-" and not _is_lines(source):
        yield from read_document(source, mapping)
    else:
        yield from _each_line(source, mapping)


def read_any(source: Source, mapping: Mapping[str, str] | None) -> Iterator[Article | Skipped]:
    """A .json file: a document, or lines under that name."""
    if _is_lines(source, doubtful=False):
        yield from _each_line(source, mapping)
    else:
        yield from read_document(source, mapping)


def read_document(source: Source, mapping: Mapping[str, str] | None) -> Iterator[Article | Skipped]:
    """A file that is one JSON value: an article, a list of them, or an object around such a list."""
    data = whole(source, limits.MAX_JSON_FILE)
    try:
        value, flags = parse(data)
    except ValueError as error:
        yield Skipped(source.name, str(error))
        return
    mapper = Mapper(source.name, source.folder, mapping)
    value = ninjs.unwrapped(value) if isinstance(value, dict) else value
    if isinstance(value, dict) and (inner := _wrapped(value)) is not None:
        value = [_of_feed(value, each) for each in inner]
    if not isinstance(value, list):
        yield _made(mapper, value, flags, source.name)
        return
    if not value:
        yield Skipped(source.name, "an empty list")
    for index, each in enumerate(value):
        yield _made(mapper, each, flags, f"{source.name}[{index}]")


def _each_line(source: Source, mapping: Mapping[str, str] | None) -> Iterator[Article | Skipped]:
    """One record a line. The line number is worked out only when something is skipped."""
    import orjson

    mapper = Mapper(source.name, source.folder, mapping)
    article: Callable[..., Article | str] = mapper.article
    loads, before = orjson.loads, -1
    with opened(source) as file:
        for number, line in enumerate(lines(source, file), 1):
            made: Article | str
            try:
                record = loads(line) if line is not None else None
                made = article(record) if type(record) is dict and "_source" not in record else _slow(line, mapper)
            except orjson.JSONDecodeError:
                made = _slow(line, mapper)
            if isinstance(made, Article):
                yield made
            elif made:
                before = lines_before(source) if before < 0 else before
                yield or_skip(made, f"{source.name}:{before + number}")


def _slow(line: bytes | None, mapper: Mapper) -> Article | str:
    """A line the fast way does not take: the article, why there is none, or "" for a blank line."""
    if line is None:
        return f"a line longer than {limits.MAX_LINE:,} bytes"
    line = line.removeprefix(b"\xef\xbb\xbf")
    if not line.strip():
        return ""
    try:
        value, flags = parse(line)
    except ValueError as error:
        return str(error)
    return _article(mapper, value, flags)


def _made(mapper: Mapper, value: Any, flags: tuple[str, ...], where: str) -> Article | Skipped:
    return or_skip(_article(mapper, value, flags), where)


def _article(mapper: Mapper, value: Any, flags: tuple[str, ...]) -> Article | str:
    if not isinstance(value, dict):
        return f"not an object but {_kind(value)}"
    if isinstance(value.get("_source"), dict):  # an Elasticsearch hit
        value = {"_id": value.get("_id"), **value["_source"]}
    return mapper.article(value, flags)


def _kind(value: Any) -> str:
    names = {list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def _of_feed(feed: dict[str, Any], entry: dict[str, Any]) -> dict[str, Any]:
    """An entry of a JSON Feed says no outlet: the feed does, in its title."""
    title, version = feed.get("title"), feed.get("version")
    if isinstance(title, str) and isinstance(version, str) and "jsonfeed.org" in version:
        return {"outlet": title, **entry}
    return entry


def _wrapped(value: dict[str, Any]) -> list[Any] | None:
    """The list of objects a document is wrapped around, unless the document is itself an article."""
    for _ in range(_WRAPPED_WITHIN):
        if any(isinstance(value.get(name), str) for name in _TEXT_NAMES):
            return None
        inner = next((value[name] for name in _WRAPPERS if isinstance(value.get(name), list | dict)), None)
        if isinstance(inner, list):
            return inner if inner and all(isinstance(each, dict) for each in inner) else None
        if inner is None:
            return None
        value = inner
    return None


def _is_lines(source: Source, doubtful: bool = True) -> bool:
    """Whether a file is JSON lines, by its first line. `doubtful`: the answer when that line is not whole JSON."""
    with opened(source) as file:
        head = file.read(limits.SNIFF)
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            return False  # UTF-16 can only be decoded whole
        head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        first, newline, rest = head.partition(b"\n")
        if not head.startswith(b"{") or first.strip() == b"{":
            return doubtful and not head.startswith((b"[", b"{"))
        while not newline and len(first) < limits.MAX_LINE and (more := file.read(len(first))):
            tail, newline, rest = more.partition(b"\n")
            first += tail
        follows = bool(rest.strip() or file.read(limits.SNIFF).strip())
    return _parses(first) and follows if not doubtful else True


def _parses(line: bytes) -> bool:
    try:
        return isinstance(parse(line)[0], dict)
    except ValueError:
        return False
