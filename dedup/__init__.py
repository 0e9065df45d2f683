"""dedup: tells what the press did with a wire story.

The stages in order, each a module: read -> clean -> sign -> candidates -> verify -> cluster -> originals for a corpus,
segment -> align -> facts -> compare for one article against its originals. `pipeline` is the table of contents.

Public names, loaded when first used, so that `import dedup` costs nothing:

cluster_paths    paths, Options -> Clusters: what `dedup cluster` shows (`dedup.cluster` is the stage of that name)
Options          how such a run is made
Clusters         its answer; `clusters_json` writes it as the JSON of schema dedup.clusters/1
check_paths      paths, Options, pipeline.check.Asked -> Checked: what `dedup check` finds
Checked          its answer
DedupError       the base of every error raised on purpose
__version__      the version of the package
"""

from __future__ import annotations

from dedup.version import __version__

TYPE_CHECKING = False  # type checkers know the name; importing typing would be half of a start
if TYPE_CHECKING:
    from dedup.errors import DedupError
    from dedup.model import Article, Checked, Cluster, Clusters, Finding, Member, Skipped
    from dedup.pipeline import Options
    from dedup.pipeline import cluster as cluster_paths
    from dedup.pipeline.check import check as check_paths
    from dedup.report.clusters import clusters_json

__all__ = [
    "Article",
    "Checked",
    "Cluster",
    "Clusters",
    "DedupError",
    "Finding",
    "Member",
    "Options",
    "Skipped",
    "__version__",
    "check_paths",
    "cluster_paths",
    "clusters_json",
]

_HOME = {
    "Article": ("dedup.model", "Article"),
    "Checked": ("dedup.model", "Checked"),
    "Cluster": ("dedup.model", "Cluster"),
    "Clusters": ("dedup.model", "Clusters"),
    "DedupError": ("dedup.errors", "DedupError"),
    "Finding": ("dedup.model", "Finding"),
    "Member": ("dedup.model", "Member"),
    "Options": ("dedup.pipeline", "Options"),
    "Skipped": ("dedup.model", "Skipped"),
    "check_paths": ("dedup.pipeline.check", "check"),
    "cluster_paths": ("dedup.pipeline", "cluster"),
    "clusters_json": ("dedup.report.clusters", "clusters_json"),
}


def __getattr__(name: str) -> object:
    """Load a public name from its module. Other names are not ours."""
    if name not in _HOME:
        raise AttributeError(f"module 'dedup' has no attribute {name!r}")
    from importlib import import_module

    module, attribute = _HOME[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted(__all__)
