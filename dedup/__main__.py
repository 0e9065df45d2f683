"""The command: `dedup ...` and `python -m dedup ...`. Hands the arguments to the command line, its result to the shell.

`--version` is answered before anything else is loaded; scripts ask for it often.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from dedup.errors import INTERRUPTED
from dedup.version import __version__


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line on `arguments` (default: the process's own) and return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["--version"]:
        sys.stdout.write(f"dedup {__version__}\n")
        return 0
    try:
        from dedup.cli.outcome import guarded

        return guarded(lambda: _run(given))
    except KeyboardInterrupt:  # before `guarded` stood ready, or while it tidied up
        return INTERRUPTED


def _run(arguments: list[str]) -> int:
    from dedup.cli.app import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
