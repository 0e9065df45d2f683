"""Safe: text from anywhere in, text that cannot act on what shows it out. One gate per medium.

Article text, file names and the messages that quote them are written by strangers. A terminal obeys escape sequences
(they write the clipboard, move the cursor, make links), a spreadsheet runs a cell that starts with "=", and a reader
is misled by characters that turn the writing direction or cannot be seen. rich takes out only five of the 65 control
characters, so nothing is handed to it, or to a stream, that did not pass here.

What cannot be seen is shown, never dropped: an editor should notice that a text carries it.
"""

from __future__ import annotations

import re

# C0 controls, DEL and C1 controls; a C1 byte alone starts a sequence on many terminals.
_CONTROL = "\x00-\x1f\x7f-\x9f"
# Turn the writing direction: marks, embeddings, overrides, isolates (the nine of CVE-2021-42574 and their kin).
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Seen by no one: joiners and zero-width spaces, soft hyphen, fillers, invisible operators, annotation anchors,
# shorthand and musical controls, tag characters and the variation selectors that can smuggle whole texts. The two
# selectors that say "as text" and "as emoji" (FE0E, FE0F) stand in ordinary copy and are left alone.
_UNSEEN = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2028\u2029\u2060-\u2065\u206a-\u206f\u3164"
    "\ufe00-\ufe0d\ufeff\uffa0\ufff0-\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_SURROGATE = "\ud800-\udfff"

_HIDDEN = re.compile(f"[{_CONTROL}{_BIDI}{_UNSEEN}{_SURROGATE}]")
_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_LONE = re.compile(f"[{_SURROGATE}]")
# Variation selectors stay in text (see above), and a comparison by the rules of a language does not see them.
_COMMAND = re.compile("(#[\ufe0e\ufe0f]*)#(?=[\\w\ufe0e\ufe0f]*\\[)")
_FIRST = re.compile("([\\s\ufe0e\ufe0f]*:[\ufe0e\ufe0f]*):")
# U+FFFD stands for what could not be decoded; it lies in the range above but is plain to see.
_PLAIN = frozenset("\ufffc\ufffd")

# What Excel, LibreOffice and Sheets take for the start of a formula, in their full-width forms too (OWASP, "CSV
# Injection"), also behind spaces; and what is only a number and may stay one.
_FORMULA = re.compile("[ \u00a0\u3000]*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?\Z", re.ASCII)


def for_terminal(text: str, newlines: bool = False) -> str:
    """`text` with everything that could act on a terminal or hide from a reader made visible.

    Line breaks of every kind and tabs become one space; with `newlines`, breaks stay as "\\n". The result holds no
    control character but that, is valid UTF-8, and passing it twice changes nothing. Cost: linear.

    >>> for_terminal("Mayor \\x1b]52;c;ZXZpbA==\\x07resigns\\n\\u202eyad")
    'Mayor ^[]52;c;ZXZpbA==^Gresigns <U+202E>yad'
    """
    if not _HIDDEN.search(text):
        return text
    return _HIDDEN.sub(_shown, _BREAK.sub("\n" if newlines else " ", text).replace("\t", " "))


def _shown(match: re.Match[str]) -> str:
    character = match.group()
    code = ord(character)
    if character == "\n" or character in _PLAIN:
        return character
    if code < 0x20:
        return "^" + chr(code + 0x40)
    return "^?" if code == 0x7F else f"<U+{code:04X}>"


def for_log(line: str) -> str:
    """`line`, as it shows on a terminal, so that no CI system takes it for a command.

    >>> for_log("  ::stop-commands::x"), for_log("see ##[error]fire and ##vso[task]")
    ('  : :stop-commands::x', 'see # #[error]fire and # #vso[task]')
    """
    start = _FIRST.match(line)
    quiet = _COMMAND.sub(r"\1 #", line)
    return f"{start[1]} {quiet[start.end(1) :]}" if start else quiet


def json_for_log(text: str) -> str:
    r"""Finished JSON with the same values that holds no command: its lines begin with no colon anyway.

    >>> json_for_log('{"title": "##[error]"}')
    '{"title": "#\\u0023[error]"}'
    """
    return _COMMAND.sub(r"\1\\u0023", text)


def xml_for_log(text: str) -> str:
    """Finished XML with the same text that holds no command: its lines begin with no colon anyway.

    >>> xml_for_log("<a>##[error]</a>")
    '<a>#&#35;[error]</a>'
    """
    return _COMMAND.sub(r"\1&#35;", text)


def for_csv(cell: str) -> str:
    """`cell` as a spreadsheet may open it: hidden characters shown, and a quote before what would run as a formula.

    A plain number stays one. Readers that want the text back take off one leading quote.

    >>> [for_csv(c) for c in ("=1+1", "-12.5", "@desk", "Rates up 2%", "'quoted'")]
    ["'=1+1", '-12.5', "'@desk", 'Rates up 2%', "'quoted'"]
    """
    if _FORMULA.match(cell) and not _NUMBER.match(cell):
        return "'" + for_terminal(cell)
    return for_terminal(cell)


def for_json(text: str) -> str:
    r"""A finished JSON text with its hidden characters written as escapes: the same values, nothing left to act.

    >>> for_json('{"title": "a\u202eb"}')
    '{"title": "a\\u202eb"}'
    """
    return _HIDDEN.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    character = match.group()
    if character == "\n" or character in _PLAIN:
        return character
    units = character.encode("utf-16-be")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def whole(text: str) -> str:
    r"""`text` with lone surrogates (file names that are not UTF-8) as U+FFFD, so that it can be written as UTF-8.

    >>> whole("caf\udce9.txt")
    'caf\ufffd.txt'
    """
    return _LONE.sub("\ufffd", text)
