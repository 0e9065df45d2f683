"""Header: the parameters everything in an index depends on, and the error for an index made with others.

An old index must not be compared with signatures of other parameters: both look alike and compare as noise. What can
be named is named. What cannot (rules of the cleaner, folding of letters) is caught by a probe: an invented text is
cleaned and signed, and the digest of what comes out is a parameter like the others. The version of the program that
made an index is kept to be shown and not compared: if an update changes nothing of this, its indexes stay good.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache

from dedup import candidates, clean, limits, sign
from dedup.errors import InputError
from dedup.sign.sketch import SCHEME
from dedup.version import __version__

LAYOUT = "1"  # of the stored bytes; one more for every change an older program would misread
_SHOWN_ONLY = ("made by", "texts")

_PROBE = (
    "Harbour bridge closes for repairs\nBy Ann Nyberg\nNORTHPORT, Oct. 14 (Reuters) - The council of Northport closed "
    "its 120-year-old bridge on Tuesday, saying “the piers can’t wait”.\nAdvertisement\nTraffic of 1,200 lorries a day "
    "goes round by Øresmouth; costs rose 3.5% to €40 million, the mayor's office said.\n10:35 p.m.\n東京 Ｔｏｗｅｒ, "
    "'well' \"said\" Straße ﬁve co-operate U.S. naïve\nShare on Facebook\n(Reporting by B. Osei; Editing by C. Lund)"
)


@cache
def parameters(*, banded: bool) -> Mapping[str, str]:
    """This program's parameters, by name. banded: of a store that keeps LSH bands."""
    b, r = candidates.bands(limits.LSH_THRESHOLD)
    return {
        "layout": LAYOUT,
        "scheme": SCHEME,
        "seed": str(limits.PERM_SEED),
        "num_perm": str(limits.NUM_PERM),
        "shingle": f"{limits.SHINGLE_TOKENS} words",
        "sample": f"1 in {limits.SAMPLE}",
        "text rules": _probed(),
        **({"bands": f"{b}x{r}"} if banded else {}),
    }


def fresh(*, with_text: bool, banded: bool) -> dict[str, str]:
    """The parameters of a new index."""
    return {
        **parameters(banded=banded),
        "texts": "in the index" if with_text else "where they were",
        "made by": __version__,
    }


def has_texts(held: Mapping[str, str]) -> bool:
    """Whether the index keeps the texts."""
    return held.get("texts") == "in the index"


def check(held: Mapping[str, str], where: str) -> None:
    """Raises InputError that names the first parameter in which an index differs from this program."""
    wanted = parameters(banded="bands" in held)
    layout = held.get("layout", "")
    if layout.isdecimal() and int(layout) > int(LAYOUT):
        raise InputError(
            f"{where}: made by a newer dedup ({held.get('made by', '?')}, layout {layout}; this one knows {LAYOUT}); "
            "update dedup, or make a new index"
        )
    for name in (*wanted, *sorted(held.keys() - wanted.keys() - set(_SHOWN_ONLY))):
        if held.get(name) != wanted.get(name):
            raise InputError(
                f"{where}: made with {name} {held.get(name, '(none)')!r} by dedup {held.get('made by', '?')}; this is "
                f"dedup {__version__} with {wanted.get(name, '(none)')!r}, and the two do not compare; use that "
                "version, or make a new index"
            )


def _probed() -> str:
    marks, spans = clean.story(_PROBE)
    signed = sign.sign(sign.texts_of([_PROBE], [spans]), compiled=False)
    whole = hashlib.blake2b(repr(marks).encode("utf-8"), digest_size=8)
    for column in (signed.hashes, signed.quoted, signed.line_hashes, signed.line_counts):
        whole.update(column.tobytes())
    return whole.hexdigest()
