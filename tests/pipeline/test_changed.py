"""--changed-since, on real repositories: what is new, what only moved, and what to do when git cannot say."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from dedup.errors import UsageError
from dedup.pipeline import changed, intake
from dedup.watch import SILENT

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git on this machine")

Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """A git of its own for a repository in `tmp_path`/repo, which is the current folder."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "a")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "a@example.invalid")
    (tmp_path / "repo").mkdir()
    monkeypatch.chdir(tmp_path / "repo")

    def run(*arguments: str) -> str:
        return subprocess.run(("git", *arguments), check=True, capture_output=True, encoding="utf-8").stdout

    run("init", "--quiet", "--initial-branch=main")
    return run


def commit(git: Git) -> None:
    git("add", "--all", ".")
    git("commit", "--quiet", "--allow-empty", "--message=x")


def write(path: str, names: Iterable[str]) -> None:
    """A feed of articles, one a name."""
    lines = (json.dumps({"title": name, "text": f"The text of {name}.", "outlet": "Harbour Bugle"}) for name in names)
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")


def new(*paths: str, rev: str = "HEAD") -> tuple[set[str], set[str]]:
    """The titles of the new articles, as intake spools them; and the new or changed files."""
    found = changed.new_articles(list(paths), rev)
    scratch = Path(os.environ["HOME"]) / "spool"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    corpus = intake.take_in([path for path in paths if path != "-"], None, {}, scratch, 1, SILENT)
    articles = [corpus.article(row, str(row)) for row in range(len(corpus))]
    digests = [bytes(digest) for digest in corpus.rows.digests]
    held = {a.title for a, digest in zip(articles, digests, strict=True) if found.holds(a.path, digest)}
    return held, set(found.files)


def test_nothing_changed(git: Git) -> None:
    write("feed/a.jsonl", "ab")
    commit(git)
    assert new("feed") == (set(), set())


def test_records_added_to_a_file(git: Git) -> None:
    write("feed/a.jsonl", "ab")
    write("feed/b.jsonl", "x")
    commit(git)
    write("feed/a.jsonl", "cab")
    assert new("feed") == ({"c"}, {"feed/a.jsonl"})


def test_untracked_and_ignored_and_staged_files(git: Git) -> None:
    Path(".gitignore").write_text("feed/ignored*\n", encoding="utf-8")
    write("feed/a.jsonl", "a")
    commit(git)
    write("feed/new.jsonl", "n")
    write("feed/ignored.jsonl", "i")
    write("feed/staged.jsonl", "s")
    git("add", "feed/staged.jsonl")
    assert new("feed")[0] == {"n", "i", "s"}


def test_committed_since(git: Git) -> None:
    write("feed/a.jsonl", "a")
    commit(git)
    git("tag", "before")
    write("feed/b.jsonl", "b")
    commit(git)
    assert new("feed", rev="before") == ({"b"}, {"feed/b.jsonl"})
    assert new("feed", rev="HEAD") == (set(), set())


def test_what_moved_is_not_new(git: Git) -> None:
    write("feed/a.jsonl", "abc")
    write("feed/monday.jsonl", "d")
    commit(git)
    os.rename("feed/a.jsonl", "feed/renamed.jsonl")
    write("feed/monday.jsonl", "")
    write("feed/tuesday.jsonl", "de")
    assert new("feed") == ({"e"}, {"feed/renamed.jsonl", "feed/tuesday.jsonl", "feed/monday.jsonl"})


def test_one_more_copy_is_new(git: Git) -> None:
    write("feed/a.jsonl", "ab")
    commit(git)
    write("feed/a.jsonl", "aba")
    assert new("feed")[0] == {"a"}
    write("feed/a.jsonl", "ab")
    write("feed/b.jsonl", "b")
    assert new("feed")[0] == {"b"}


def test_a_changed_text_is_new(git: Git) -> None:
    Path("feed/valley-star").mkdir(parents=True)
    page = Path("feed/valley-star/ferry.txt")
    page.write_text("Ferry sinks\n\nThree people died on Tuesday.\n", encoding="utf-8")
    Path("feed/valley-star/other.txt").write_text("Other\n\nNothing happened at all.\n", encoding="utf-8")
    commit(git)
    page.write_text("Ferry sinks\n\nFour people died on Tuesday.\n", encoding="utf-8")
    assert new("feed")[1] == {"feed/valley-star/ferry.txt"}
    assert len(new("feed")[0]) == 1


def test_the_folder_is_the_outlet_of_the_old_version_too(git: Git, tmp_path: Path) -> None:
    Path("a.txt").write_text("Ferry sinks\n\nThree people died on Tuesday.\n", encoding="utf-8")
    commit(git)
    Path("a.txt").write_text("\ufeffFerry sinks\n\nThree people died on Tuesday.\n", encoding="utf-8")
    assert new("a.txt") == (set(), {"a.txt"})  # other bytes, the same article


def test_packed_files(git: Git) -> None:
    write("feed/a.jsonl", "ab")
    Path("feed/a.jsonl.gz").write_bytes(gzip.compress(Path("feed/a.jsonl").read_bytes(), mtime=0))
    Path("feed/a.jsonl").unlink()
    commit(git)
    write("feed/x.jsonl", "abc")
    Path("feed/a.jsonl.gz").write_bytes(gzip.compress(Path("feed/x.jsonl").read_bytes(), mtime=0))
    Path("feed/x.jsonl").unlink()
    assert new("feed") == ({"c"}, {"feed/a.jsonl.gz"})


def test_line_ends_of_a_checkout_are_no_change(git: Git) -> None:
    Path(".gitattributes").write_text("*.txt text eol=crlf\n", encoding="utf-8")
    Path("a.txt").write_bytes(b"Ferry sinks\r\n\r\nThree died.\r\n")
    commit(git)
    Path("a.txt").write_bytes(b"\xef\xbb\xbfFerry sinks\r\n\r\nThree died.\r\n")
    assert new("a.txt") == (set(), {"a.txt"})


def test_paths_with_odd_names(git: Git) -> None:
    for name in ("-x.jsonl", "ü ï.jsonl", "a*b.jsonl", ":(top)c.jsonl", 'q"t.jsonl'):
        write(f"feed/{name}", [f"old {name}"])
    commit(git)
    for name in ("-x.jsonl", "ü ï.jsonl", "a*b.jsonl", ":(top)c.jsonl", 'q"t.jsonl'):
        write(f"feed/{name}", [f"old {name}", f"new {name}"])
    titles, files = new("feed")
    assert titles == {f"new {Path(file).name}" for file in files}
    assert len(files) == 5
    assert new("feed/a*b.jsonl")[0] == {"new a*b.jsonl"}


def test_named_from_a_subfolder_and_from_outside(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    write("feed/a.jsonl", "a")
    commit(git)
    write("feed/a.jsonl", "ab")
    monkeypatch.chdir("feed")
    assert new("a.jsonl") == ({"b"}, {"a.jsonl"})
    assert new("../feed") == ({"b"}, {"../feed/a.jsonl"})
    assert new(os.getcwd())[0] == {"b"}


def test_standard_input_and_files_outside_are_new_as_a_whole(git: Git, tmp_path: Path) -> None:
    write("feed/a.jsonl", "a")
    commit(git)
    outside = tmp_path / "scraped.jsonl"
    write(str(outside), "x")
    found = changed.new_articles(["-", "feed", str(outside)], "HEAD")
    assert found.whole == {"-", outside.as_posix()}
    assert found.holds("-", b"anything")
    assert not found.holds("feed/a.jsonl", b"anything")
    assert new("feed", str(outside))[0] == {"x"}


def test_files_that_cannot_be_used_are_named_when_they_are_new(git: Git) -> None:
    Path("feed").mkdir()
    Path("feed/old.bin").write_bytes(b"\0\1")
    write("feed/a.jsonl", "a")
    commit(git)
    Path("feed/new.bin").write_bytes(b"\0\1")
    assert new("feed") == (set(), {"feed/new.bin"})


def test_the_repository_is_left_alone(git: Git) -> None:
    write("feed/a.jsonl", "a")
    commit(git)
    write("feed/a.jsonl", "ab")
    write("feed/b.jsonl", "b")
    before = git("status", "--porcelain"), git("ls-files", "--stage"), Path(".git/index").read_bytes()
    new("feed")
    assert (git("status", "--porcelain"), git("ls-files", "--stage")) == before[:2]
    assert sorted(path.name for path in Path(".").iterdir()) == [".git", "feed"]


def test_links_in_the_repository_are_not_followed(git: Git, tmp_path: Path) -> None:
    write(str(tmp_path / "secret.jsonl"), "s")
    Path("feed").mkdir()
    os.symlink(tmp_path / "secret.jsonl", "feed/link.jsonl")
    write("feed/a.jsonl", "a")
    commit(git)
    os.unlink("feed/link.jsonl")
    write("feed/link.jsonl", "s")
    assert new("feed") == ({"s"}, {"feed/link.jsonl"})


# ---------------------------------------------------------------- when git cannot say


@pytest.mark.parametrize("rev", ["", "-x", "--output=x", "a\nb", "a\0b"])
def test_what_is_no_revision(git: Git, rev: str) -> None:
    commit(git)
    with pytest.raises(UsageError, match="no revision; expected a branch"):
        changed.new_articles(["."], rev)


@pytest.mark.parametrize(
    "rev", ["nowhere", "HEAD~5", "0123456789abcdef0123456789abcdef01234567", "HEAD:feed", "a b; id"]
)
def test_unknown_revision(git: Git, rev: str) -> None:
    write("feed/a.jsonl", "a")
    commit(git)
    with pytest.raises(UsageError, match=r"git knows no commit .*; expected a branch, tag or commit"):
        changed.new_articles(["feed"], rev)


def test_shallow_clone(git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abc":
        write(f"feed/{name}.jsonl", name)
        commit(git)
    git("clone", "--quiet", "--depth=1", f"file://{tmp_path}/repo", str(tmp_path / "shallow"))
    monkeypatch.chdir(tmp_path / "shallow")
    assert new("feed") == (set(), set())
    with pytest.raises(UsageError, match=r"shallow, fetch it whole: git fetch --unshallow"):
        changed.new_articles(["feed"], "HEAD~2")


def test_no_repository(git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="needs a git repository around the current folder"):
        changed.new_articles(["."], "HEAD")


def test_no_commit_yet(git: Git) -> None:
    write("feed/a.jsonl", "a")
    with pytest.raises(UsageError, match="git knows no commit 'HEAD'"):
        changed.new_articles(["feed"], "HEAD")


def test_no_git(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(git)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="needs git, and there is none on the PATH"):
        changed.new_articles(["."], "HEAD")
