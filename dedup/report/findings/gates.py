"""Gates: hostile text -> text that means nothing in GitHub's workflow commands and Markdown; beside `report.safe`.

Article text could otherwise end a command, make one of its own, or hide lines of a summary.

Markdown: the characters that have a meaning there become character references, which never start a structure
(CommonMark, "Entity and numeric character references").
"""

from __future__ import annotations

import re

from dedup.report.safe import for_terminal

_MEANING = re.compile(r"[!#$&*+/:<=>@\[\\\]^_`{|}~]|(?<=www)\.", re.IGNORECASE)
_PROPERTY = {"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"}
_DATA = {character: code for character, code in _PROPERTY.items() if character in "%\r\n"}


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
