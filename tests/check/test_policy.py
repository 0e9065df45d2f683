"""Policy: what the settings say of rules, and what a slip in them is answered with."""

from __future__ import annotations

from typing import Any

import pytest

from dedup.check.policy import Policy, known_rule, read_policy, shown
from dedup.check.rules import OPTIONS, RULES
from dedup.errors import UsageError
from dedup.model import Finding, Place


def test_the_empty_policy_has_every_rule_at_its_own_level() -> None:
    policy = Policy()
    assert [rule.id for rule in policy.rules()] == sorted(policy.selected, key=list(RULES).index)
    assert all(policy.level(rule.id) == rule.level for rule in RULES.values())
    assert policy.signature() == "default"


def test_rules_are_selected_and_ignored_by_id_or_letters() -> None:
    policy = read_policy("DUP,WIRE004", "DUP003")
    assert [rule.id for rule in policy.rules()] == ["DUP001", "DUP002", "WIRE004"]
    assert not policy.wanted("TXT001", "DUP003")
    assert read_policy("dup001").level("DUP001") == "error"


def test_the_nearest_word_wins() -> None:
    policy = read_policy(
        rules={"TXT002": {"level": "error", "words": 50}, "DUP001": {"level": "off"}},
        outlets={"a.example": {"ignore": ["WIRE"], "rules": {"TXT002": {"words": 5, "level": "note"}}}},
    )
    assert (policy.level("TXT002"), policy.option("TXT002", "words")) == ("error", 50)
    assert (policy.level("TXT002", "a.example"), policy.option("TXT002", "words", "a.example")) == ("note", 5)
    assert policy.level("DUP001") is None
    assert policy.level("WIRE001", "a.example") is None
    assert policy.level("WIRE001", "b.example") == "warning"
    assert "TXT002.words@a.example=5" in policy.signature()


def test_what_counts_somewhere_is_worked_out() -> None:
    policy = read_policy(
        rules={"WIRE004": {"level": "off"}}, outlets={"a.example": {"rules": {"WIRE004": {"level": "note"}}}}
    )
    assert policy.wanted("WIRE004")
    assert "WIRE004" in [rule.id for rule in policy.rules()]


def test_a_mild_finding_is_a_note_unless_a_level_is_set() -> None:
    assert Policy().level("FEED002", mild=True) == "note"
    assert read_policy(rules={"FEED002": {"level": "error"}}).level("FEED002", mild=True) == "error"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"select": "DUPP"}, r"select: there is no rule 'DUPP'; did you mean 'DUP00\d'\?"),
        ({"ignore": "TXT999"}, r"ignore: there is no rule 'TXT999'; their ids begin with DUP, TXT, META, WIRE, FEED$"),
        ({"rules": {"DUP03": {}}}, r"dedup.toml: check.rules: there is no rule 'DUP03'; did you mean 'DUP003'\?"),
        ({"rules": {"DUP003": {"percnt": 3}}}, r"DUP003 has no option 'percnt'; did you mean 'percent'\?"),
        ({"rules": {"DUP001": {"zzz": 3}}}, r"DUP001 has no option 'zzz'; it has level"),
        ({"rules": {"DUP003": {"percent": 300}}}, r"DUP003.percent is 300; expected a percentage from 0 to 100"),
        ({"rules": {"TXT002": {"words": "many"}}}, r"TXT002.words is 'many'; expected a whole number"),
        ({"rules": {"DUP003": {"level": "eror"}}}, r"level is 'eror'; expected one of .*; did you mean 'error'\?"),
        ({"rules": {"DUP003": 3}}, r"check.rules.DUP003 is no table"),
        ({"rules": 3}, r"check.rules is no table"),
        ({"outlets": 3}, r"check.outlets is no table"),
        (
            {"outlets": {"a": {"ignroe": []}}},
            r'check.outlets."a": there is no setting .ignroe.; did you mean .ignore.\?',
        ),
        ({"outlets": {"a": {"ignore": 3}}}, r"ignore is 3; expected a list of rules"),
        ({"outlets": {"a": {"ignore": ["X"]}}}, r"there is no rule 'X'"),
        ({"suppress": [{"rule": "DUP001", "article": "x"}]}, r"check.suppress, number 1 gives no reason"),
        ({"suppress": [{"rule": "DUP001", "reason": "so"}]}, r"does not say what it is about"),
        ({"suppress": [{"article": "x", "reason": "so"}]}, r"names no rule"),
        ({"suppress": [{"rule": "DUP00", "article": "x", "reason": "so"}]}, r"there is no rule 'DUP00'"),
        ({"suppress": [{"rule": "DUP001", "artcle": "x", "reason": "so"}]}, r"did you mean 'article'\?"),
        ({"suppress": [{"rule": "DUP001", "article": 3, "reason": "so"}]}, r"article is 3; expected text"),
        ({"suppress": [{"rule": "DUP001", "article": "x", "reason": " "}]}, r"reason is ' '; expected text"),
        ({"suppress": ["DUP001"]}, r"check.suppress, number 1 is no table"),
    ],
)
def test_a_slip_is_an_error_that_helps(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_policy(**settings, origin="dedup.toml")


def test_a_suppression_fits_what_it_names() -> None:
    (by_article,) = read_policy(
        suppress=[{"rule": "exact-duplicate", "article": "x", "reason": "two desks"}]
    ).suppressed
    (by_print,) = read_policy(suppress=[{"fingerprint": "ab", "reason": "known"}]).suppressed
    one = Finding("DUP001", "error", "twice", Place("x", "a.example"), "ab")
    other = Finding("DUP002", "error", "twice", Place("x", "a.example"), "cd")
    assert by_article.fits(one)
    assert not by_article.fits(other)
    assert by_print.fits(one)
    assert not by_print.fits(other)


def test_a_rule_is_known_by_id_and_by_name() -> None:
    assert known_rule("wire004") is known_rule("number-altered") is RULES["WIRE004"]
    with pytest.raises(UsageError, match=r"there is no rule 'exact-duplicates'; did you mean 'exact-duplicate'\?"):
        known_rule("exact-duplicates")


def test_everything_is_shown_with_its_origin() -> None:
    policy = read_policy(
        rules={"DUP003": {"percent": 5}}, outlets={"a.example": {"ignore": ["DUP001"]}},
        suppress=[{"rule": "DUP002", "outlet": "b.example", "reason": "agreed"}],
    )  # fmt: skip
    lines = {name: (value, origin) for name, value, origin in shown(policy, "dedup.toml")}
    assert lines["check.rules.DUP003.percent"] == (5.0, "dedup.toml")
    assert lines["check.rules.DUP003.level"] == ("warning", "default")
    assert lines["check.rules.TXT002.words"] == (30, "default")
    assert lines['check.outlets."a.example".ignore'] == ("DUP001", "dedup.toml")
    assert lines["check.suppress.1"] == ("DUP002 b.example: agreed", "dedup.toml")


def test_the_table_keeps_its_word() -> None:
    for id, rule in RULES.items():
        assert id == rule.id
        assert rule.summary
        assert not rule.summary.endswith(".")
        assert rule.help.endswith(".")
        assert all(f"`{choice.name}`" in rule.help for choice in OPTIONS.get(id, ()))
    assert len({rule.name for rule in RULES.values()}) == len(RULES)
    for choices in OPTIONS.values():
        for choice in choices:
            assert choice.parse(str(choice.default)) == choice.default
