"""What a sentence states, and what vanishes with it. Texts are invented."""

from __future__ import annotations

from dedup.facts import facts_of, stated, vanished

DROPPED = 'Aila Brandt, 61, told guards "we have no boats left" after $1.2 billion was spent.'


def test_facts_of_in_text_order() -> None:
    assert facts_of(DROPPED) == ("Aila Brandt", "61", '"we have no boats left"', "$1.2 billion")
    assert facts_of("One of them was late.") == ()


def test_vanished_is_what_the_article_nowhere_states() -> None:
    assert vanished(DROPPED, stated([])) == facts_of(DROPPED)
    article = stated(["Ms Brandt spoke.", "It cost $1,200 million.", "They have no boats left, she said."])
    assert vanished(DROPPED, article) == ("61",)


def test_a_quotation_kept_as_plain_words_has_not_vanished() -> None:
    assert vanished('She said "the sea was cold and dark".', stated(["The sea was cold and dark."])) == ()


def test_equal_value_of_another_unit_has_vanished() -> None:
    assert vanished("It rose 5 percent.", stated(["It rose 5 percentage points."])) == ("5 percent",)
