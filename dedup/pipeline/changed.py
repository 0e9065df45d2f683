"""Changed: paths and a git revision -> which articles are new since then, for `dedup check --changed-since REV`.

An article is new when the changed files below PATH hold it more often than they did at REV. Articles are told apart by
their digest (url, outlet, title, time and text; not file, line or id), and all changed files are counted together: a
renamed file or a record moved from one file to another is nothing new, one more copy of a record is. Files that git
sees unchanged are not read.

What git knows nothing about is new as a whole: standard input, files outside the repository the command is run in, or
in a submodule of it. Files that git ignores or does not track are read like any other; REV did not have them.

Old versions are written to a temporary folder by git itself, through a temporary index, so that they have the line
ends and filters of a checkout and the folder names that outlets are taken from. The repository is not written to, and
nothing is fetched.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dedup import read, spool
from dedup.errors import UsageError
from dedup.model import Article, Skipped

_STDIN = "-"
_FILE = (b"100644", b"100755")  # modes of a tree's entries; the others are links and submodules
# Ask nobody, fetch nothing, take no lock, and say errors in the language they are read in below.
_QUIET = {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}


@dataclass(frozen=True, slots=True)
class Changed:
    """What is new since a revision. Files are named as `Article.path` and `Skipped.where` name them."""

    articles: frozenset[bytes]  # digests (spool.digest) of the new articles of changed files
    whole: frozenset[str]  # files all of whose articles are new, and "-"
    files: frozenset[str]  # every file that is new or changed, those that cannot be used included

    def holds(self, path: str, digest: bytes) -> bool:
        """Whether the article with this digest, read from `path`, is new."""
        return path in self.whole or (path in self.files and digest in self.articles)


def new_articles(paths: Sequence[str], rev: str, mapping: Mapping[str, str] | None = None) -> Changed:
    """Which articles below `paths` are new since `rev` of the repository that the current folder is in.

    `mapping` as for `read.read`. Cost: the changed files are read twice, as they are and as they were.
    Raises UsageError, with what to do, for a revision git does not know, outside a repository, and without git.
    """
    tree = _Tree.at(rev)
    inside = [place for path in paths if path != _STDIN and (place := tree.place(path)) is not None]
    known = tree.entries(inside)
    touched = tree.touched(inside)
    now: Counter[bytes] = Counter()
    whole, files = set(), set()
    for item in read.sources(paths):
        if isinstance(item, Skipped):
            if not _unchanged(tree.place(item.where), known, touched):
                files.add(item.where)
            continue
        place = None if item.path == _STDIN else tree.place(item.path)
        if place is None:
            whole.add(item.name)
        elif not _unchanged(place, known, touched):
            now.update(_digests(item, mapping))
        else:
            continue
        files.add(item.name)
    before = tree.digests([known[place] for place in sorted(touched & known.keys())], mapping)
    new = frozenset(digest for digest, count in now.items() if count > before[digest])
    return Changed(new, frozenset(whole), frozenset(files))


def _unchanged(place: str | None, known: Mapping[str, bytes], touched: set[str]) -> bool:
    return place in known and place not in touched


def _digests(source: read.Source, mapping: Mapping[str, str] | None) -> Iterator[bytes]:
    return (_digest(item) for item in read.read(source, mapping) if isinstance(item, Article))


def _digest(article: Article) -> bytes:
    """The digest the spool knows the article by (see `intake`)."""
    return spool.digest(article, article.url if article.id else read.canonical_url(article.url))


@dataclass(frozen=True, slots=True)
class _Tree:
    """A commit of a repository, asked by git commands with fixed arguments and no shell."""

    top: str  # folder of the repository, links resolved
    commit: str

    @staticmethod
    def at(rev: str) -> _Tree:
        """The tree of `rev` in the repository of the current folder."""
        if not rev or rev.startswith("-") or not rev.isprintable():
            raise UsageError(
                f"--changed-since {rev!r} is no revision; expected a branch, tag or commit, as origin/main"
            )
        top = _git(".", "rev-parse", "--show-toplevel")
        if top.returncode:
            raise UsageError(f"--changed-since needs a git repository around the current folder ({_said(top)})")
        folder = os.path.realpath(os.fsdecode(top.stdout.rstrip(b"\n")))
        found = _git(folder, "rev-parse", "--verify", "--quiet", f"{rev}^{{commit}}")
        if found.returncode:
            raise UsageError(_unknown(rev, folder))
        return _Tree(folder, found.stdout.strip().decode("ascii"))

    def place(self, path: str) -> str | None:
        """Where `path` is in the repository, with forward slashes ("." its top); None outside of it."""
        try:
            place = Path(os.path.realpath(path)).relative_to(self.top).as_posix()
        except ValueError:
            return None
        return None if place.startswith(".git/") or place == ".git" else place

    def entries(self, places: Sequence[str]) -> dict[str, bytes]:
        """The files of the commit at or below `places`: name -> its line of `git ls-tree`."""
        lines = self._ask("ls-tree", "-r", "-z", "--full-tree", self.commit, "--", *places) if places else []
        return {os.fsdecode(line.partition(b"\t")[2]): line for line in lines if line.startswith(_FILE)}

    def touched(self, places: Sequence[str]) -> set[str]:
        """What differs between the commit and the files as they are."""
        options = ("--name-only", "--no-renames", "--no-ext-diff", "--no-textconv", "--ignore-submodules", "-z")
        lines = self._ask("diff", *options, self.commit, "--", *places) if places else []
        return {os.fsdecode(line) for line in lines}

    def digests(self, entries: Sequence[bytes], mapping: Mapping[str, str] | None) -> Counter[bytes]:
        """How often each article stood in the files of `entries` (lines of `git ls-tree`)."""
        if not entries:
            return Counter()
        with tempfile.TemporaryDirectory(prefix="dedup-", ignore_cleanup_errors=True) as scratch:
            index = {"GIT_INDEX_FILE": os.path.join(scratch, "index")}
            # Below a folder of the repository's own name: the outlet of a file may be the name of its folder.
            home = os.path.join(scratch, "old", os.path.basename(self.top) or "top")
            self._ask("update-index", "-z", "--index-info", input=b"\0".join(entries) + b"\0", more=index)
            self._ask("checkout-index", "--all", "--force", "--quiet", f"--prefix={home}/", more=index)
            names = (os.path.join(home, os.fsdecode(entry.partition(b"\t")[2])) for entry in entries)
            return Counter(d for source in _sources(names) for d in _digests(source, mapping))

    def _ask(self, *arguments: str, input: bytes = b"", more: Mapping[str, str] | None = None) -> list[bytes]:
        """What git answers, its fields told apart by NUL. Raises UsageError with git's words when it fails."""
        done = _git(self.top, *arguments, input=input, more=more)
        if done.returncode:
            raise UsageError(f"--changed-since: git {arguments[0]} failed: {_said(done)}")
        return [field for field in done.stdout.split(b"\0") if field]


def _sources(names: Iterable[str]) -> Iterator[read.Source]:
    """What can be read of old files. A file git could not write (a name this system has no room for) is not there."""
    return (s for name in names if os.path.isfile(name) for s in _named(name) if isinstance(s, read.Source))


def _named(name: str) -> Iterator[read.Source | Skipped]:
    return read.sources([name])


def _git(
    folder: str, *arguments: str, input: bytes = b"", more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    command = ["git", "--literal-pathspecs", "--no-pager", "-c", "core.fsmonitor=false", "-C", folder, *arguments]
    try:
        return subprocess.run(command, input=input, capture_output=True, env={**os.environ, **_QUIET, **(more or {})})
    except FileNotFoundError as error:
        raise UsageError("--changed-since needs git, and there is none on the PATH") from error


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    """The last line git wrote on standard error."""
    lines = done.stderr.decode("utf-8", "replace").split("\n")
    return next((line for line in reversed(lines) if line.strip()), f"exit code {done.returncode}")


def _unknown(rev: str, folder: str) -> str:
    told = f"--changed-since: git knows no commit {rev!r}"
    if _git(folder, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
        return f"{told}; this clone is shallow, fetch it whole: git fetch --unshallow, in CI fetch-depth or GIT_DEPTH 0"
    return f"{told}; expected a branch, tag or commit of this repository (git fetch brings those of a remote)"
