from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest
import zstandard

from dedup.errors import InputError, MissingExtra
from dedup.model import Skipped
from dedup.read import Source, sources, walk
from tests.read.helpers import articles, everything, one, skips, why, written


def names(*paths: Path) -> list[str]:
    return [each.name if isinstance(each, Source) else f"! {each.where}" for each in sources([str(p) for p in paths])]


def test_order_is_by_name_and_hidden_files_are_passed_over(tmp_path: Path) -> None:
    for name in ["b/z.txt", "b/a.txt", "a.txt", "c.txt", ".git/x.txt", "b/.hidden.txt", "B.txt"]:
        written(tmp_path, name, "Rain.")
    assert [each.removeprefix(f"{tmp_path.as_posix()}/") for each in names(tmp_path)] == [
        "B.txt", "a.txt", "b/a.txt", "b/z.txt", "c.txt"
    ]  # fmt: skip


def test_unknown_suffixes(tmp_path: Path) -> None:
    for name in ["a.docx", "b.tar.gz", "c.pdf"]:
        written(tmp_path, name, "<x/>")
    written(tmp_path, "f", "Rain.")
    assert [s.why for s in skips(everything(tmp_path))] == [
        "no reader for .docx files", "no reader for .tar files", "no reader for .pdf files",
        "no reader for files without a suffix",
    ]  # fmt: skip


def test_a_named_file_without_suffix_is_text(tmp_path: Path) -> None:
    assert one(everything(written(tmp_path, "story", "Rain."))).text == "Rain."


def test_a_readme_is_no_article_unless_named(tmp_path: Path) -> None:
    path = written(tmp_path, "README.md", "What this pile is.")
    assert why(everything(tmp_path)) == "about the folder, not an article"
    assert one(everything(path)).title == "What this pile is."


def test_symbolic_links_are_not_followed(tmp_path: Path) -> None:
    written(tmp_path, "pile/a.txt", "Rain.")
    os.symlink(tmp_path / "pile", tmp_path / "pile" / "loop")
    os.symlink(tmp_path / "outside.txt", tmp_path / "pile" / "link.txt")
    found = everything(tmp_path / "pile")
    assert len(articles(found)) == 1
    assert {s.why for s in skips(found)} == {"a symbolic link: not followed"}


def test_a_named_link_is_followed(tmp_path: Path) -> None:
    written(tmp_path, "pile/a.txt", "Rain.")
    os.symlink(tmp_path / "pile", tmp_path / "link")
    assert len(articles(everything(tmp_path / "link"))) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_pipes_and_devices_do_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert why(everything(tmp_path)) == "not a regular file"
    assert why(everything(tmp_path / "pipe.txt")) == "not a regular file"


@pytest.mark.parametrize("name", ["nowhere", "nowhere/x.txt", "a\0b", "x" * 300])
def test_a_missing_path_is_an_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError):
        list(sources([f"{tmp_path}/{name}"]))


def test_named_twice_is_read_once(tmp_path: Path) -> None:
    path = written(tmp_path, "pile/a.txt", "Rain.")
    found = everything(path, tmp_path, tmp_path / "pile" / ".." / "pile")
    assert len(articles(found)) == 1
    assert {s.why for s in skips(found)} == {"already read: named twice"}


@pytest.mark.skipif(os.name != "posix", reason="needs file names that are no text")
def test_names_that_are_no_text(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "wb") as file:
        file.write(b"Rain.")
    article = one(everything(tmp_path))
    assert article.path.endswith("caf\ufffd.txt")
    article.path.encode("utf-8")


def test_odd_names(tmp_path: Path) -> None:
    for name in ["a b.txt", "[x].txt", "*.txt", "line\nend.txt", "é.TXT", "..x.txt", "x" * 251 + ".txt"]:
        written(tmp_path, f"pile/{name}", "Rain.")
    assert len(articles(everything(tmp_path / "pile"))) == 6  # "..x.txt" is hidden


def test_two_hundred_folders_deep(tmp_path: Path) -> None:
    here = tmp_path
    for _ in range(200):
        here = here / "d"
    written(here, "a.txt", "Rain.")
    assert len(articles(everything(tmp_path))) == 1


@pytest.mark.parametrize("pack", [("gz", gzip.compress), ("zst", zstandard.compress)], ids=["gz", "zst"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "Rain."),
        ("a.jsonl", '{"text": "Rain."}\n'),
        ("a.csv", "text\nRain.\n"),
        ("a.json", '[{"text": "Rain."}]'),
    ],
)
def test_packed(tmp_path: Path, name: str, text: str, pack: tuple[str, object]) -> None:
    suffix, compress = pack
    assert callable(compress)
    article = one(everything(written(tmp_path, f"{name}.{suffix}", compress(text.encode()))))
    assert article.text == "Rain."


def test_a_missing_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "_missing", lambda needs: bool(needs.module))
    path = written(tmp_path, "a.html", "<p>Rain.")
    with pytest.raises(MissingExtra, match=r"\[html\]"):
        list(sources([str(path)]))
    assert "[html]" in why(everything(tmp_path))


def test_a_file_that_goes_away(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", "Rain.")
    (source,) = sources([str(path)])
    assert isinstance(source, Source)
    path.unlink()
    from dedup.read import read

    (found,) = read(source)
    assert isinstance(found, Skipped) and found.why.startswith("cannot be read")
