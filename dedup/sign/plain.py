"""Plain: text -> folded tokens and shingle hashes in plain Python, one character at a time.

The definition that kernel and twin must equal, the words `dedup explain` shows, and the hash function for those who
feed their own datasketch MinHash.
"""

from __future__ import annotations

from dedup.sign import mix, quotes, tables


def tokens(text: str) -> list[str]:
    """The folded tokens of a text, in order. Cost: linear; about 1 MB of text a second.

    >>> tokens("Côte d’Ivoire: “It's 40% more”")
    ['cote', 'divoire', 'its', '40', 'more']
    >>> tokens("東京 Tower")
    ['東', '京', 'tower']
    """
    return [token for token, _ in tokens_quoted(text)]


def tokens_quoted(text: str) -> list[tuple[str, bool]]:
    """The folded tokens of one story span, each with whether it stands inside quotation marks.

    >>> tokens_quoted('He said: "No." Then left')
    [('he', False), ('said', False), ('no', True), ('then', False), ('left', False)]
    """
    found: list[tuple[str, bool]] = []
    word, quoted = "", False
    double = single = quotes.CLOSED
    for i, char in enumerate(text):
        letter = tables.fold(char)
        if letter == "\n":
            double = single = quotes.CLOSED
        elif char in quotes.MARKS:
            double, single = quotes.turn(quotes.MARKS[char], _beside(text, i - 1), _beside(text, i + 1), double, single)
        if not letter:
            continue
        gap = letter.isspace()
        alone = not gap and tables.stands_alone(letter)
        if word and (gap or alone):
            found.append((word, quoted))
            word = ""
        if alone:
            found.append((letter, bool(double or single)))
        elif not gap:
            quoted = quoted if word else bool(double or single)
            word += letter
    return [*found, (word, quoted)] if word else found


def _beside(text: str, i: int) -> int:
    """What stands at `i`, as quotes.py wants it."""
    if not 0 <= i < len(text) or not tables.fold(text[i]).strip():
        return quotes.NEITHER
    return quotes.DIGIT if "0" <= text[i] <= "9" else quotes.LETTER


def token_hash(token: str) -> int:
    """The 32-bit hash of one folded token."""
    return mix.token_hash(tables.value(letter) for letter in token)


def shingle_hash(shingle: bytes) -> int:
    """The 32-bit hash of a shingle, given the UTF-8 bytes of its tokens joined by spaces, as written or folded.

    This is the `hashfunc` for a datasketch MinHash that is to be compared with this tool's signatures:
    `MinHash(num_perm=128, seed=1, scheme="affine32", hashfunc=shingle_hash)`, fed with every run of
    `limits.SHINGLE_TOKENS` consecutive tokens.

    >>> shingle_hash("The mayor’s OFFICE".encode()) == shingle_hash(b"the mayors office")
    True
    """
    return mix.combine(token_hash(token) for token in tokens(shingle.decode("utf-8")))
