"""Treatments: a seed and a recipe -> Piece, the article an outlet made of wire copy without rewriting it."""

from __future__ import annotations

import re
from collections.abc import Callable

from making import recipes
from making.pieces import Piece, Ref, Tagged, bare_words, parse_credits
from making.wires import Seed, strip_dateline


def british(text: str) -> str:
    """House style of a UK or Commonwealth outlet: its spelling, "per cent", curly single quotes."""
    for before, after in recipes.BRITISH:
        text = re.sub(rf"\b{before}\b", after, text)
    text = re.sub(r"(\d)%", r"\1 per cent", text)
    text = re.sub(r"(?<=\w)'(?=\w)|(?<=s)'(?=\s)", "’", text)
    text = re.sub(r"(^|(?<=[\s(]))\"", "‘", text)
    return text.replace('"', "’")


def american_dashes(text: str) -> str:
    """A US web desk's style: curly double quotes, spaced em dashes."""
    text = re.sub(r"(?<=\w)'(?=\w)|(?<=s)'(?=\s)", "’", text)
    text = re.sub(r"(^|(?<=[\s(]))\"", "“", text)
    return text.replace('"', "”").replace(" - ", " — ")


STYLES = {"": lambda text: text, "british": british, "curly": american_dashes}


def derive(recipe: recipes.Recipe, seeds: dict[str, Seed]) -> Piece:
    """Treat one seed as the recipe says."""
    seed = seeds[recipe.seed]
    style = STYLES[recipe.style]
    paragraphs, number = [], 0
    for sentences in seed.paragraphs:
        tagged = []
        for sentence in sentences:
            tagged.append(treat(sentence, (seed.id, number), number in seed.agency_lines, recipe, style))
            number += 1
        paragraphs.append(tuple(t for t in tagged if t is not None))
    kept = [p for p in paragraphs if p]
    story = [p for p in kept if p[0].label != "furniture"]
    if recipe.keep is not None:
        chosen = {id(story[i]) for i in recipe.keep}
        kept = [p for p in kept if p[0].label == "furniture" or id(p) in chosen]
    top = [(Tagged(line, "furniture"),) for line in recipe.top]
    tail = [(Tagged(line, "furniture"),) for line in recipe.tail]
    for position, line in recipe.between:
        kept.insert(position, (Tagged(line, "furniture"),))
    return Piece(
        id=recipe.id,
        outlet=recipe.outlet,
        title=recipe.title or style(re.sub(r"^UPDATE \d-", "", seed.title)),
        published=recipe.published,
        author=recipe.author,
        paragraphs=(*top, *kept, *tail),
        made="derived",
        form=recipe.form,
        credits=parse_credits(recipe.credits),
        facts={
            "role": recipe.role,
            "planted": recipe.planted,
            "crawl_time": recipe.crawl_time,
            "also_right": recipe.also_right.split(),
        },
    )


def treat(
    sentence: str, ref: Ref, agency_line: bool, recipe: recipes.Recipe, style: Callable[[str], str]
) -> Tagged | None:
    """One seed sentence as the outlet prints it, or None when it is left out."""
    if agency_line:
        text = style(sentence)
        for before, after in recipe.replace:
            text = text.replace(before, after)
        return Tagged(text, "furniture") if recipe.agency_lines else None
    text = sentence if recipe.dateline else strip_dateline(sentence)
    if not recipe.dateline and text:
        text = text[0].upper() + text[1:]
    text = style(text)
    for before, after in recipe.replace:
        text = text.replace(before, after)
    same = bare_words(text) == bare_words(sentence)
    changes = [{"type": "wording", "from": "", "to": ""}]
    for before, after, kind in recipe.edits:
        if before in text:
            text, same = text.replace(before, after), False
            changes = [{"type": kind, "from": before, "to": after}]
    return Tagged(text, "verbatim" if same else "reworded", (ref,), (), () if same else tuple(changes))
