"""Baseline: the findings a project knows and puts up with, as JSON. Reads text, makes text; files are others' business.

    {"schema": "dedup.baseline/1", "findings": {"<fingerprint>": {"rule": "DUP001", "outlet": "..."}}}

Only fingerprints count. Rule and outlet are there for whoever reads a diff of the file; no text of an article is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from dedup.errors import InputError
from dedup.model import Finding

SCHEMA = "dedup.baseline/1"
_FINGERPRINT = re.compile(r"[0-9a-f]{32}")


def to_json(findings: Iterable[Finding]) -> str:
    """The baseline that knows `findings`. The same for any order of them."""
    known = {f.fingerprint: {"rule": f.rule, "outlet": f.place.outlet} for f in findings}
    whole = {"schema": SCHEMA, "findings": dict(sorted(known.items()))}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def from_json(text: str, name: str) -> Mapping[str, str]:
    """Fingerprint -> rule, of the baseline file `name`. Raises InputError for what is none, or of another version."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        raise InputError(f"{name}: no baseline: not readable as JSON; write it anew with --write-baseline") from None
    schema = whole.get("schema") if isinstance(whole, dict) else None
    if schema != SCHEMA:
        told = f"its schema is {schema!r}" if isinstance(schema, str) else "it names no schema"
        raise InputError(f"{name}: no baseline of this version: {told}, expected {SCHEMA!r}; write it anew")
    known = whole.get("findings")
    if not isinstance(known, dict) or not all(_is_known(*item) for item in known.items()):
        raise InputError(f"{name}: no baseline: 'findings' must map fingerprints to rules; write it anew")
    return {fingerprint: known[fingerprint]["rule"] for fingerprint in sorted(known)}


def _is_known(fingerprint: str, told: object) -> bool:
    return bool(_FINGERPRINT.fullmatch(fingerprint)) and isinstance(told, dict) and isinstance(told.get("rule"), str)
