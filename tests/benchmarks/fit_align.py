"""Fit the weights of dedup/align/weights.py on the labelled articles, and say how well they do on articles left out.

usage: python tests/benchmarks/fit_align.py [GOLD.json] [--seeds N] [--write]

The folds keep articles together that were written from the same originals. "left out" is the figure to believe; the one
fitted on everything is what `dedup diff` then shows on these very articles. --write replaces dedup/align/weights.py.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from dedup.align.bags import Readings
from dedup.align.judge import chance, second
from dedup.align.pairs import Block
from dedup.align.terms import read
from dedup.clean import sentence_furniture
from dedup.limits import LINK_LEVEL

ROOT = Path(__file__).resolve().parents[2]
FOLDS = 10
RIDGE = 3.0  # 1, 3, 10 and 30 differ by .003
FIRST = (
    "size_left size_right covered_left covered_right in_left in_shorter in_longer strongest other_figures place around "
    "pairs"
).split()
SECOND = [*FIRST, *"first diagonal beside above gain rival_column exact exact_elsewhere".split()]


@dataclass
class Item:
    """One labelled article, furniture taken out as the tool takes it out."""

    id: str
    block: Block
    truth: np.ndarray  # 1 linked, 0 not, -1 either is right
    taught: np.ndarray  # pairs to learn from: not open, and sharing a term or linked
    names: list[str]  # of the columns, "AP:3"
    rows: list[int]
    sentences: list[dict]
    every: set[str]
    originals: set[str]  # long sentences of its originals, to see which articles share them


def load(path: Path) -> list[Item]:
    return [_item(raw) for raw in json.loads(path.read_text(encoding="utf-8"))]


def _item(raw: dict) -> Item:
    wires = raw["wires"]
    furniture = sentence_furniture(raw["article"], originals=list(wires.values()))
    rows = [i for i, flag in enumerate(furniture) if not flag]
    columns, bounds = [], [0]
    for name, lines in wires.items():
        flags = sentence_furniture(lines)
        columns += [(f"{name}:{i}", line) for i, (line, flag) in enumerate(zip(lines, flags, strict=True)) if not flag]
        bounds.append(len(columns))
    readings = Readings(read([raw["article"][i] for i in rows] + [line for _, line in columns]), len(rows), bounds)
    names = [name for name, _ in columns]
    truth = np.zeros((len(rows), len(columns)), dtype=int)
    for r, i in enumerate(rows):
        sentence = raw["sentences"][i]
        for value, kind in ((-1, "possible"), (1, "sure")):
            for name in set(sentence[kind]) & set(names):
                truth[r, names.index(name)] = value
    block = Block(readings, np.arange(len(rows)), np.arange(len(columns)))
    return Item(
        raw["id"],
        block,
        truth,
        (truth >= 0) & ((block.shared > 0) | (truth > 0)),
        names,
        rows,
        raw["sentences"],
        {f"{n}:{i}" for n, lines in wires.items() for i in range(len(lines))},
        {line for lines in wires.values() for line in lines if len(line) > 60},
    )


def folds(items: list[Item], seed: int) -> list[int]:
    group = list(range(len(items)))
    for i, one in enumerate(items):
        for j, other in enumerate(items[:i]):
            if len(one.originals & other.originals) >= 3:
                group = [group[j] if g == group[i] else g for g in group]
    order = sorted(set(group))
    random.Random(seed).shuffle(order)
    return [order.index(g) % FOLDS for g in group]


def fit(evidence: list[np.ndarray], truths: list[np.ndarray]) -> tuple[np.ndarray, float]:
    x, y = np.concatenate(evidence), np.concatenate(truths)
    mean, spread = x.mean(0), x.std(0) + 1e-6
    z = np.c_[(x - mean) / spread, np.ones(len(x))]

    def loss(beta: np.ndarray) -> tuple[float, np.ndarray]:
        odds = z @ beta
        slope = z.T @ (chance(odds) - y) + RIDGE * np.r_[beta[:-1], 0]
        return float((np.logaddexp(0, odds) - y * odds).sum() + RIDGE / 2 * (beta[:-1] ** 2).sum()), slope

    beta = minimize(loss, np.zeros(z.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return beta[:-1] / spread, float(beta[-1] - (beta[:-1] / spread * mean).sum())


def stacked(seen: dict[str, np.ndarray], names: list[str]) -> np.ndarray:
    return np.stack([seen[name] for name in names], axis=-1)


def two_rounds(
    train: list[Item], test: list[Item], firsts: dict[str, dict], names1: list[str], names2: list[str]
) -> tuple:
    """Weights of both rounds fitted on `train`, chances of `test`."""
    w1, c1 = fit([stacked(firsts[i.id], names1)[i.taught] for i in train], [i.truth[i.taught] for i in train])

    def evidence(item: Item) -> np.ndarray:
        seen = firsts[item.id]
        return stacked(seen | second(item.block, stacked(seen, names1) @ w1 + c1), names2)

    w2, c2 = fit([evidence(i)[i.taught] for i in train], [i.truth[i.taught] for i in train])
    return (w1, c1, w2, c2), {i.id: chance(evidence(i) @ w2 + c2) for i in test}


def left_out(items: list[Item], firsts: dict, seed: int, names1: list[str] = FIRST, names2: list[str] = SECOND) -> dict:
    fold = folds(items, seed)
    found: dict = {}
    for f in range(FOLDS):
        train = [i for i, g in zip(items, fold, strict=True) if g != f]
        found |= two_rounds(train, [i for i, g in zip(items, fold, strict=True) if g == f], firsts, names1, names2)[1]
    return found


def figures(items: list[Item], found: dict, level: float) -> dict[str, float]:
    """Link F1, label accuracy and dropped F1 as gold/score_alignment.py counts them."""
    right = made = hit = sure = good = total = 0
    drops = np.zeros(4)
    for item in items:
        linked, want, may = set(), set(), set()
        answer = {i: found[item.id][r] >= level for r, i in enumerate(item.rows)}
        for i, gold in enumerate(item.sentences):
            got = {item.names[j] for j in np.flatnonzero(answer[i])} if i in answer else set()
            exact = i in answer and bool((item.block.exact[item.rows.index(i)] & answer[i]).any())
            label = "furniture" if i not in answer else "added" if not got else "verbatim" if exact else "reworded"
            good += label in gold["labels"]
            total += 1
            right += len(got & set(gold["possible"]))
            made += len(got)
            hit += len(got & set(gold["sure"]))
            sure += len(gold["sure"])
            linked |= got
            want |= set(gold["sure"])
            may |= set(gold["possible"])
        dropped = item.every - linked
        drops += [
            len(dropped & (item.every - want)),
            len(dropped),
            len(dropped & (item.every - may)),
            len(item.every - may),
        ]
    return {"link": _f1(right, made, hit, sure), "label": good / total, "dropped": _f1(*drops)}


def _f1(right: float, made: float, hit: float, sure: float) -> float:
    p, r = right / max(1, made), hit / max(1, sure)
    return 2 * p * r / (p + r) if p + r else 0.0


def halves(items: list[Item]) -> dict[str, list[Item]]:
    hard = [i for i in items if 14 <= int(i.id.rsplit("-", 1)[1]) <= 31]
    return {"all": items, "news day": [i for i in items if i not in hard], "hard": hard}


def table(name: str, weights: np.ndarray, constant: float, names: list[str]) -> str:
    rows = "".join(f'    "{n}": {w:.4g},\n' for n, w in zip(names, weights, strict=True))
    return f'{name} = {{\n    "constant": {constant:.4g},\n{rows}}}\n'


HEAD = '''"""Weights of the evidence. Written by tests/benchmarks/fit_align.py: change and run that, not this.

{note}
"""

'''


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="?", type=Path, default=ROOT.parent / "shared" / "gold" / "alignment_dev.json")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    items = load(options.gold)
    firsts = {i.id: i.block.first() for i in items}
    runs = [left_out(items, firsts, seed) for seed in range(options.seeds)]
    lines = []
    for level in (0.35, 0.4, LINK_LEVEL, 0.45, 0.5):
        for name, part in halves(items).items():
            mean = {k: np.mean([figures(part, run, level)[k] for run in runs]) for k in ("link", "label", "dropped")}
            lines.append(f"left out, level {level}: {name:8s} " + " ".join(f"{k} {v:.3f}" for k, v in mean.items()))
    (w1, c1, w2, c2), fitted = two_rounds(items, items, firsts, FIRST, SECOND)
    lines.append(
        f"fitted, level {LINK_LEVEL}: "
        + " ".join(f"{k} {v:.3f}" for k, v in figures(items, fitted, LINK_LEVEL).items())
    )
    sys.stdout.write("\n".join(lines) + "\n")
    if options.write:
        note = "\n".join(line for line in lines if str(LINK_LEVEL) in line)
        text = HEAD.format(note=note) + table("FIRST", w1, c1, FIRST) + "\n" + table("SECOND", w2, c2, SECOND)
        (ROOT / "dedup" / "align" / "weights.py").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
