"""Gates: hostile text -> text that means nothing to what reads it, beside the gates of `report.safe`.

A CI log is read by a machine as well: a line that begins with "::error", or has "##[error]" anywhere in it, is a
command to the runner of GitHub, "##vso[" one to Azure's, "##teamcity[" to TeamCity. Whatever may end in a log passes a
gate here, in every format: article text could otherwise hide lines, mask words or make annotations of its own.

Markdown: the characters that have a meaning there become character references, which never start a structure
(CommonMark, "Entity and numeric character references").
"""

from __future__ import annotations

import re

from dedup.report.safe import for_terminal

# Variation selectors stay in text (see `safe`), and a comparison by the rules of a language does not see them.
_COMMAND = re.compile("(#[\ufe0e\ufe0f]*)#(?=[\\w\ufe0e\ufe0f]*\\[)")
_FIRST = re.compile("([\\s\ufe0e\ufe0f]*:[\ufe0e\ufe0f]*):")
_MEANING = re.compile(r"[!#$&*+/:<=>@\[\\\]^_`{|}~]|(?<=www)\.", re.IGNORECASE)
_PROPERTY = {"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"}
_DATA = {character: code for character, code in _PROPERTY.items() if character in "%\r\n"}


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


def for_command(text: str) -> str:
    """The message of a workflow command. `%` comes first, being what the others are written with.

    >>> for_command("100% of it: kept, all")
    '100%25 of it: kept, all'
    """
    return "".join(_DATA.get(character, character) for character in for_terminal(text))


def for_property(text: str) -> str:
    """The value of a property of a workflow command.

    >>> for_property("feed/a,b:c.jsonl")
    'feed/a%2Cb%3Ac.jsonl'
    """
    return "".join(_PROPERTY.get(character, character) for character in for_terminal(text))


def for_markdown(text: str) -> str:
    """`text` as one line of Markdown, in a table too, that is nothing but text.

    >>> for_markdown("a | b <img> *c*")
    'a &#124; b &#60;img&#62; &#42;c&#42;'
    """
    return _MEANING.sub(lambda match: f"&#{ord(match.group())};", for_terminal(text))
