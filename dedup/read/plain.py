"""Plain text and Markdown -> one article. The text is the file's, untouched, but for front matter.

Front matter is a first block of `name: value` lines between two `---` lines, its names those of any other record.
Without a title there, the title is the first line, which stays in the text too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from dedup import limits
from dedup.model import Article, Skipped
from dedup.read.decode import decode, is_binary
from dedup.read.fields import NAMES, Mapper, or_skip
from dedup.read.source import Source, whole

_FENCE = "---"
_FRONT_WITHIN = 200  # lines; a longer block is a text between two rules
_PAIR = re.compile(r"([A-Za-z][\w .-]{0,60}?)[ \t]{0,8}:(?:[ \t]+(.*))?", re.DOTALL)
_ITEM = re.compile(r"[ \t]{0,8}-[ \t]+(.+)", re.DOTALL)
_TEXT_NAMES = frozenset(NAMES["text"])


def read(source: Source, mapping: Mapping[str, str] | None) -> Iterator[Article | Skipped]:
    """The one article of a text file."""
    data = whole(source, limits.MAX_TEXT_FILE)
    if is_binary(data):
        yield Skipped(source.name, "binary: holds NUL bytes")
        return
    text, flags = decode(data)
    front, body = front_matter(text)
    record: dict[str, object] = {name: value for name, value in front.items() if name not in _TEXT_NAMES}
    record["text"] = body
    roles = {role: name for role, name in (mapping or {}).items() if role != "text"}
    mapper = Mapper(source.name, source.folder, roles)
    if not any(record[name] for name, _ in mapper.plan(tuple(record)).title):
        record["title"] = first_line(body)
    made = mapper.article(record, flags)
    yield or_skip(made, source.name)


def first_line(text: str) -> str:
    """The first line with words on it, without Markdown's heading signs.

    >>> first_line("\\n# Ferry runs aground\\n\\nMore")
    'Ferry runs aground'
    """
    start = len(text) - len(text.lstrip())
    return text[start:].split("\n", 1)[0].strip().lstrip("#").strip()[: limits.MAX_META]


def front_matter(text: str) -> tuple[dict[str, object], str]:
    """The fields before a text, and the text. No fields when the block is not closed or holds anything else.

    >>> front_matter("---\\ntitle: 'Rain: more'\\nauthors:\\n- Ann\\n- Ben\\n---\\nIt rained.")
    ({'title': 'Rain: more', 'authors': ['Ann', 'Ben']}, 'It rained.')
    """
    if not text.startswith(_FENCE):
        return {}, text
    at, fields, last = text.find("\n") + 1, dict[str, object](), ""
    if text[: max(at, 0)].strip() != _FENCE:
        return {}, text
    for _ in range(_FRONT_WITHIN):
        end = text.find("\n", at)
        line = text[at : end if end >= 0 else len(text)].rstrip()
        after = end + 1 if end >= 0 else len(text)
        if line == _FENCE:
            return fields, text[after:].lstrip("\r\n")
        if end < 0 or (name := _field(line, fields, last)) is None:
            return {}, text
        at, last = after, name
    return {}, text


def _field(line: str, fields: dict[str, object], last: str) -> str | None:
    """Take one line into `fields`; the name it belongs to, or None when it is no front matter."""
    if not line.strip() or line.lstrip().startswith("#"):
        return last
    if last and (item := _ITEM.fullmatch(line)):
        value = fields[last]
        fields[last] = [*(value if isinstance(value, list) else []), _unquoted(item[1])]
        return last
    found = _PAIR.fullmatch(line)
    if found is None:
        return None
    fields[found[1]] = _unquoted(found[2] or "")
    return found[1]


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
