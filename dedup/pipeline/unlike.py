"""Unlike: what shingles do not see. Lowers the weight of pairs that share words and are not one dispatch all the same.

- A round-up and a plain story: the one quotes the lead of the other (forms.py).
- Two short texts from one template, with other figures and names in it (anchors.py). Their texts are read back from the
  spool, only for pairs that would otherwise be joined.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dedup import clean, limits, verify
from dedup.anchors import Anchors, agree, anchors
from dedup.pipeline.texts import Texts
from dedup.spool import Corpus


class Unlike:
    """Answers for one corpus; remembers the anchors it has read."""

    def __init__(self, corpus: Corpus, texts: Texts) -> None:
        self._corpus, self._texts = corpus, texts
        self._roundup = corpus.rows.roundup[texts.rows]
        self._short = corpus.rows.tokens[texts.rows] <= limits.TEMPLATE_TOKENS
        self._of = lru_cache(limits.ANCHORS_READ)(self._read)

    def closeness(self, matches: verify.Matches) -> NDArray[np.float64]:
        """The weight of each pair, 0..1, lowered where the two are unlike."""
        a, b, close = matches.a, matches.b, matches.weight()
        close = np.where(self._roundup[a] != self._roundup[b], close * limits.ROUNDUP_WEIGHT, close)
        templated = self._templated(matches, close >= limits.SAME_DISPATCH)
        return np.where(templated, close * limits.TEMPLATE_WEIGHT, close)

    def own_words(self, matches: verify.Matches) -> verify.Matches:
        """The pairs that share enough to be reuse and are not two fillings of one template."""
        enough = matches.shared_narrative >= limits.REUSE_SHINGLES
        return matches.where(enough & ~self._templated(matches, enough))

    def _templated(self, matches: verify.Matches, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which of the chosen pairs are short and disagree on figures and names."""
        a, b = matches.a, matches.b
        found = np.zeros(len(a), np.bool_)
        for i in np.flatnonzero(chosen & self._short[a] & self._short[b]).tolist():
            found[i] = not agree(self._of(int(a[i])), self._of(int(b[i])))
        return found

    def _read(self, number: int) -> Anchors:
        article, marks = self._corpus.marked(int(self._texts.rows[number]), "")
        text = article.text
        return anchors(text[i:j] for i, j in clean.story_spans(text, marks))
