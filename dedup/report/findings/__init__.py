"""Findings: what a check found -> the format a person or a CI system wants. A module per format.

view      in order, with or without words of articles; how many, where, named how
gates     hostile text -> text that is no Markdown and no structure of a workflow command
text      grouped by rule, to read
json      JSON (schema dedup.check/1), and JSON lines
sarif     SARIF 2.1.0: code scanning on GitHub, viewers
junit     JUnit XML: the test report of Jenkins, GitLab and most others
github    annotations of a workflow, and its step summary
gitlab    code quality report of a merge request

Each is `render(checked) -> chunks of text`, the same for the same findings, whatever order they come in. `RENDERERS`
takes out the words first where they must not be shown (`texts` False): titles and excerpts; ids, outlets, paths stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from dedup.model import Checked
from dedup.report.findings import github, gitlab, json, junit, sarif, text
from dedup.report.findings.view import count, summary, view

__all__ = ["RENDERERS", "count", "on_terminal", "step_summary", "summary"]

Renderer = Callable[[Checked, bool], Iterator[str]]


def _renderer(render: Callable[[Checked], Iterator[str]]) -> Renderer:
    return lambda checked, texts: render(view(checked, texts))


RENDERERS: Mapping[str, Renderer] = {
    "text": _renderer(text.render),
    "json": _renderer(json.render),
    "jsonl": _renderer(json.render_lines),
    "sarif": _renderer(sarif.render),
    "junit": _renderer(junit.render),
    "github": _renderer(github.render),
    "gitlab": _renderer(gitlab.render),
}


def on_terminal(checked: Checked, texts: bool = True, show_all: bool = False) -> Iterator[str]:
    """The text format for standard output: in colour and fitted to its width where that is a terminal."""
    return text.on_terminal(view(checked, texts), show_all)


def step_summary(checked: Checked, texts: bool = True) -> str:
    """Markdown to append to the file that $GITHUB_STEP_SUMMARY names."""
    return github.step_summary(view(checked, texts))
