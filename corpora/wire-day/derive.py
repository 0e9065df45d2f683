"""Derive the invented wire day: seeds/ and corpora/making/ in; the articles of corpora/wire-day/ and truth.json out.

    python corpora/wire-day/derive.py            # writes; a second run gives the same bytes
    python corpora/wire-day/derive.py --check    # writes nothing; exit code 1 when a committed file differs

Two kinds of article come out. *Derived* ones (making/recipes.py) are seeds treated the way outlets treat copy: printed
whole, cut, put into house style, surrounded with furniture. *Written* ones (making/written/*.tagged) were composed by
hand; each of their sentences stands on a line of its own behind a tag that says where it comes from. Both become a list
of tagged sentences first, so text and truth are made from one source and cannot disagree.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
CORPORA = HERE.parent
sys.path.insert(0, str(CORPORA))

from making import outlets, recipes  # noqa: E402  (corpora/ was just put on the path)
from making.pieces import Piece, read_written  # noqa: E402
from making.treatments import derive  # noqa: E402
from making.truth import NOTICE, truth_of  # noqa: E402
from making.wires import Seed, read_seeds  # noqa: E402


def markdown(piece: Piece) -> str:
    outlet = outlets.BY_SLUG[piece.outlet]
    head = {
        "id": piece.id,
        "title": piece.title,
        "outlet": outlet.masthead,
        "author": piece.author,
        "published": piece.published,
        "url": outlets.url(outlet, piece.id),
        "note": NOTICE,
    }
    return "---\n" + "".join(f"{k}: {v}\n" for k, v in head.items() if v) + "---\n" + piece.text + "\n"


def write_all(pieces: list[Piece], seeds: dict[str, Seed]) -> dict[str, bytes]:
    """Every file of the day, by its path below corpora/wire-day."""
    files: dict[str, bytes] = {}
    placed: list[tuple[Piece, str]] = []
    records: dict[str, list[Piece]] = {}
    for piece in sorted(pieces, key=lambda p: p.id):
        outlet = outlets.BY_SLUG[piece.outlet]
        if outlet.file:
            records.setdefault(outlet.file, []).append(piece)
            placed.append((piece, f"{outlet.file}:{len(records[outlet.file])}"))
        else:
            path = f"{piece.outlet}/{piece.id.removeprefix(piece.outlet + '-')}{outlet.suffix}"
            files[path] = markdown(piece).encode("cp1252" if piece.id in recipes.CP1252 else "utf-8")
            placed.append((piece, path))
    for name, group in records.items():
        files[name] = outlets.dump(name, group, NOTICE).encode("utf-8")
    files |= recipes.broken()
    truth = json.dumps(truth_of(placed, seeds), ensure_ascii=False, indent=1) + "\n"
    files["truth.json"] = truth.encode("utf-8")
    return dict(sorted(files.items()))


def build() -> dict[str, bytes]:
    """Everything derive.py writes, without writing it."""
    seeds = read_seeds(CORPORA.parent / "seeds", CORPORA / "making/shared")
    pieces = [read_written(path) for path in sorted((CORPORA / "making/written").glob("*.tagged"))]
    pieces += [derive(recipe, seeds) for recipe in recipes.DERIVED]
    if repeated := [i for i, n in Counter(p.id for p in pieces).items() if n > 1]:
        raise ValueError(f"ids used twice: {repeated}")
    return write_all(pieces, seeds)


def main(arguments: list[str]) -> int:
    files = build()
    if "--check" in arguments:
        return int(any(not (HERE / n).exists() or (HERE / n).read_bytes() != content for n, content in files.items()))
    for name, content in files.items():
        path = HERE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
