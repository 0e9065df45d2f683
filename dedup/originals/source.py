"""Source: the credits of a group's articles -> whose dispatch it is, and what speaks against that.

Each distinct text has one vote, for the agency that its surest credit names; the agency's own copy settles it. A story
that many outlets print but no one credits is a "shared source": a press release, a transcript, a syndicated column.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from dedup.agencies import AGENCIES
from dedup.limits import AGENCY_SHARE
from dedup.originals.group import Carrier, Group

_CONTRIBUTED = re.compile(r"(?:,? (?:and|the|[A-Z][\w.-]{1,30}),?){0,8} (?:also )?contributed\b")
_BY_LABEL = {agency.label.casefold(): agency.label for agency in AGENCIES}


@dataclass(frozen=True, slots=True)
class Source:
    """Whose dispatch a group carries."""

    agency: str | None
    doubt: tuple[str, ...]


def find_source(group: Group) -> Source:
    """The agency of the group. Cost: linear in its articles."""
    own = Counter(named for c in group.carriers if is_own(c) and (named := agency_of(c)))
    votes = own or _votes(group)
    if not votes:
        return Source(None, _unclear(group))
    agency, count = min(votes.items(), key=lambda item: (-item[1], item[0]))
    others = _others(group, agency)
    if count < AGENCY_SHARE * votes.total():
        return Source(None, (f"the articles disagree: {_counted(votes)}",))
    return Source(agency, (f"other agencies are named: {_counted(others)}",) if others else ())


def agency_of(carrier: Carrier) -> str | None:
    """The agency an article's credits name as its source; of a given dispatch without any, its outlet."""
    if carrier.agency is None and carrier.wire:
        return _BY_LABEL.get(carrier.article.outlet.strip().casefold())
    return None if _only_contributed(carrier) else carrier.agency


def _only_contributed(carrier: Carrier) -> bool:
    """Whether all that speaks for the agency is that it "contributed to this report": a story of the outlet's own."""
    if carrier.agency is None or carrier.wire:
        return False
    credits = [credit for credit in carrier.credits if credit.agency == carrier.agency]
    if any(credit.role in ("outlet", "dateline", "byline") for credit in credits):
        return False
    tails = [credit for credit in credits if credit.role == "tail"]
    return all(_CONTRIBUTED.match(carrier.article.text, credit.end) for credit in tails)


def is_own(carrier: Carrier) -> bool:
    """Whether an article is the agency's own copy: given by --originals, or on the agency's site."""
    return carrier.wire or any(credit.role == "outlet" for credit in carrier.credits)


def _votes(group: Group) -> Counter[str]:
    """Votes by agency, one for each distinct text that names one. Of exact copies the first that does speaks."""
    spoken: dict[int, str] = {}
    for carrier in group.carriers:
        if named := agency_of(carrier):
            spoken.setdefault(carrier.text, named)
    return Counter(spoken.values())


def _others(group: Group, agency: str) -> Counter[str]:
    votes = _votes(group)
    del votes[agency]
    return votes


def _unclear(group: Group) -> tuple[str, ...]:
    """What is said of agencies where no article names a single one as its source."""
    told = {f"{c.agency} only contributed" if c.agency else why for c in group.carriers for why in c.agency_why}
    return tuple(sorted(told))


def _counted(votes: Counter[str]) -> str:
    """'AP in 3 texts, AFP in 1'."""
    ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{agency} in {count} {'text' if count == 1 else 'texts'}" for agency, count in ranked)
