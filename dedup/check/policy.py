"""Policy: settings -> which rules count, at what level, with which options, for which outlet, and what is suppressed.

    [check]                             select, ignore: ids, or the letters they begin with ("DUP")
    [check.rules.DUP003]                level = "error" | "warning" | "note" | "off", and the rule's options
    [check.outlets."x.example"]         ignore, and tables `rules.TXT002` as above, for that outlet alone
    [[check.suppress]]                  rule, article or outlet or fingerprint, and the reason

The nearest wins: what is said of an outlet over what is said of a rule, over its default. Unknown names are errors that
ask whether the nearest right one was meant.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from dedup.check.rules import OPTIONS, RULES, Choice, Value
from dedup.errors import UsageError
from dedup.model import Finding, Level, Rule

Strength = Level | Literal["off"]
_STRENGTHS: tuple[Strength, ...] = (*get_args(Level), "off")
_ABOUT = ("article", "outlet", "fingerprint")


@dataclass(frozen=True, slots=True)
class Suppression:
    """Findings that are known and need no mending. A field that is "" fits all."""

    reason: str
    rule: str = ""
    article: str = ""
    outlet: str = ""
    fingerprint: str = ""

    def fits(self, finding: Finding) -> bool:
        """Whether it is about `finding`."""
        place = finding.place
        wanted = (self.rule, self.article, self.outlet, self.fingerprint)
        is_ = (finding.rule, place.id, place.outlet, finding.fingerprint)
        return all(w in ("", i) for w, i in zip(wanted, is_, strict=True))


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is said of rules, everywhere or for one outlet."""

    levels: Mapping[str, Strength] = field(default_factory=dict)  # by rule
    options: Mapping[tuple[str, str], Value] = field(default_factory=dict)  # by rule and option
    ignore: frozenset[str] = frozenset()


_NONE = Wishes()


@dataclass(frozen=True, slots=True)
class Policy:
    """What counts. The empty one has every rule at its own level."""

    selected: frozenset[str] = frozenset(RULES)
    everywhere: Wishes = _NONE
    outlets: Mapping[str, Wishes] = field(default_factory=dict)
    suppressed: tuple[Suppression, ...] = ()

    def level(self, rule: str, outlet: str = "", *, mild: bool = False) -> Level | None:
        """At what level `rule` is reported for an outlet; None: not at all. `mild`: a note unless a level is set."""
        near = self.outlets.get(outlet, _NONE)
        if rule not in self.selected or rule in near.ignore or rule in self.everywhere.ignore:
            return None
        found = near.levels.get(rule) or self.everywhere.levels.get(rule) or ("note" if mild else RULES[rule].level)
        return None if found == "off" else found

    def option(self, rule: str, name: str, outlet: str = "") -> Value:
        """The value of option `name` of `rule`, for an outlet."""
        key = (rule, name)
        for wishes in (self.outlets.get(outlet, _NONE), self.everywhere):
            if key in wishes.options:
                return wishes.options[key]
        return _choice(rule, name).default

    def wanted(self, *rules: str) -> bool:
        """Whether any of `rules` is looked at for any outlet: else what only they need is not worked out."""
        return any(self.level(rule, outlet) for rule in rules for outlet in ("", *self.outlets))

    def rules(self) -> tuple[Rule, ...]:
        """The rules that are looked at, with the levels they have where nothing is said of the outlet."""
        levels = {rule: self.level(rule) or RULES[rule].level for rule in RULES if self.wanted(rule)}
        return tuple(_with_level(RULES[rule], level) for rule, level in levels.items())

    def signature(self) -> str:
        """Everything that differs from the defaults, in one line."""
        off = sorted(set(RULES) - {rule.id for rule in self.rules()})
        said = [f"-{rule}" for rule in off]
        for outlet, wishes in (("", self.everywhere), *sorted(self.outlets.items())):
            at = f"@{outlet}" if outlet else ""
            said += [f"{rule}{at}={level}" for rule, level in sorted(wishes.levels.items())]
            said += [f"{rule}.{name}{at}={value}" for (rule, name), value in sorted(wishes.options.items())]
            said += [f"-{rule}{at}" for rule in sorted(wishes.ignore) if outlet]
        return ",".join(said) or "default"


def _with_level(rule: Rule, level: Level) -> Rule:
    return Rule(rule.id, rule.name, level, rule.summary, rule.help)


# ---------------------------------------------------------------- settings -> policy


def read_policy(
    select: str = "",
    ignore: str = "",
    rules: Mapping[str, Any] | None = None,
    outlets: Mapping[str, Any] | None = None,
    suppress: Sequence[Any] = (),
    origin: str = "",
) -> Policy:
    """The policy of `[check]`. `select` and `ignore`: ids or their beginnings, with commas; "" selects every rule.

    `rules`, `outlets`, `suppress`: the tables of those names, as TOML gives them. Raises UsageError that names the
    `origin` of what makes no sense.
    """
    chosen = frozenset(_ids(_listed(select), "select")) or frozenset(RULES)
    at = f"{origin}: " if origin else ""
    left_out = frozenset(_ids(_listed(ignore), "ignore"))
    if chosen <= left_out:
        raise UsageError(f"{at}select and ignore leave no rule to look at; a check of nothing would always pass")
    everywhere = _wishes(rules or {}, left_out, f"{at}check.rules")
    near = {name: _outlet(table, f'{at}check.outlets."{name}"') for name, table in _tables(outlets or {}, at)}
    told = tuple(_suppression(item, f"{at}check.suppress, number {i}") for i, item in enumerate(suppress, 1))
    return Policy(chosen, everywhere, near, told)


def _tables(found: Any, at: str) -> Iterable[tuple[str, Any]]:
    if not isinstance(found, Mapping):
        raise UsageError(f"{at}check.outlets is no table")
    return found.items()


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _ids(names: Iterable[str], where: str) -> Iterator[str]:
    for name in names:
        held = [id for id in RULES if id.startswith(name.upper())]
        if not held:
            families = ", ".join(dict.fromkeys(id.rstrip("0123456789") for id in RULES))
            near = _near(name.upper(), RULES) or f"; their ids begin with {families}"
            raise UsageError(f"{where}: there is no rule {name!r}{near}")
        yield from held


def known_rule(name: str) -> Rule:
    """The rule of that id or name. Raises UsageError that asks for the nearest one.

    >>> known_rule("exact-duplicate").id, known_rule("dup001").id
    ('DUP001', 'DUP001')
    """
    by_name = {rule.name: rule for rule in RULES.values()}
    found = RULES.get(name.upper()) or by_name.get(name.lower())
    if found is None:
        raise UsageError(f"there is no rule {name!r}{_near(name, [*RULES, *by_name])}")
    return found


def _wishes(tables: Any, ignore: Iterable[str], where: str) -> Wishes:
    if not isinstance(tables, Mapping):
        raise UsageError(f"{where} is no table")
    levels: dict[str, Strength] = {}
    options: dict[tuple[str, str], Value] = {}
    for rule, table in tables.items():
        if rule not in RULES:
            raise UsageError(f"{where}: there is no rule {rule!r}{_near(rule.upper(), RULES)}")
        if not isinstance(table, Mapping):
            raise UsageError(f"{where}.{rule} is no table")
        for name, value in table.items():
            if name == "level":
                levels[rule] = _strength(value, f"{where}.{rule}")
            else:
                options[rule, name] = _value(rule, name, value, f"{where}.{rule}")
    return Wishes(levels, options, frozenset(ignore))


def _strength(value: Any, where: str) -> Strength:
    for known in _STRENGTHS:
        if value == known:
            return known  # not `value`: a word of the file is any text
    raise UsageError(f"{where}.level is {value!r}; expected one of {', '.join(_STRENGTHS)}{_near(value, _STRENGTHS)}")


def _value(rule: str, name: str, value: Any, where: str) -> Value:
    known = [choice.name for choice in OPTIONS.get(rule, ())]
    if name not in known:
        has = f"; it has {', '.join(['level', *known])}"
        raise UsageError(f"{where}: {rule} has no option {name!r}{_near(name, ['level', *known]) or has}")
    try:
        return _choice(rule, name).parse(str(value))
    except ValueError as error:
        raise UsageError(f"{where}.{name} is {value!r}; expected {error}") from None


def _choice(rule: str, name: str) -> Choice:
    return next(choice for choice in OPTIONS[rule] if choice.name == name)


def _outlet(table: Any, where: str) -> Wishes:
    if not isinstance(table, Mapping):
        raise UsageError(f"{where} is no table")
    for name in table:
        if name not in ("ignore", "rules"):
            raise UsageError(f"{where}: there is no setting {name!r}{_near(name, ('ignore', 'rules'))}")
    ignored = table.get("ignore", [])
    names = _listed(ignored) if isinstance(ignored, str) else ignored
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise UsageError(f"{where}.ignore is {ignored!r}; expected a list of rules")
    return _wishes(table.get("rules", {}), _ids(names, f"{where}.ignore"), f"{where}.rules")


def _suppression(item: Any, where: str) -> Suppression:
    if not isinstance(item, Mapping):
        raise UsageError(f"{where} is no table")
    for name, value in item.items():
        if name not in ("rule", "reason", *_ABOUT):
            raise UsageError(f"{where}: there is no setting {name!r}{_near(name, ('rule', 'reason', *_ABOUT))}")
        if not isinstance(value, str) or not value.strip():
            raise UsageError(f"{where}: {name} is {value!r}; expected text")
    if "reason" not in item:
        raise UsageError(f'{where} gives no reason; say why these findings are right as they are: reason = "..."')
    if not any(name in item for name in _ABOUT):
        raise UsageError(f"{where} does not say what it is about: article, outlet or fingerprint")
    if "rule" not in item and "fingerprint" not in item:
        raise UsageError(f"{where} names no rule; with an article or outlet it needs one")
    rule = known_rule(item["rule"]).id if "rule" in item else ""
    return Suppression(item["reason"], rule, *(item.get(name, "") for name in _ABOUT))


def _near(wrong: Any, right: Iterable[str]) -> str:
    near = difflib.get_close_matches(str(wrong), list(right), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


# ---------------------------------------------------------------- policy -> settings, to show


def shown(policy: Policy, origin: str) -> Iterator[tuple[str, Value, str]]:
    """Every level and option of the rules: name, value, origin. What is said of outlets, and suppressions, after it."""
    for rule in RULES.values():
        level = policy.everywhere.levels.get(rule.id)
        yield f"check.rules.{rule.id}.level", level or rule.level, origin if level else "default"
        for choice in OPTIONS.get(rule.id, ()):
            set_ = (rule.id, choice.name) in policy.everywhere.options
            value = policy.option(rule.id, choice.name)
            yield f"check.rules.{rule.id}.{choice.name}", value, origin if set_ else "default"
    for name, wishes in sorted(policy.outlets.items()):
        where = f'check.outlets."{name}"'
        if wishes.ignore:
            yield f"{where}.ignore", ",".join(sorted(wishes.ignore)), origin
        yield from ((f"{where}.rules.{rule}.level", level, origin) for rule, level in sorted(wishes.levels.items()))
        yield from ((f"{where}.rules.{r}.{n}", value, origin) for (r, n), value in sorted(wishes.options.items()))
    for i, one in enumerate(policy.suppressed, 1):
        about = " ".join(part for part in (one.rule, one.article, one.outlet, one.fingerprint) if part)
        yield f"check.suppress.{i}", f"{about}: {one.reason}", origin
