"""Model: the nouns. Frozen values that flow one way, from read to report; nothing here computes.

Positions are half-open spans of code points in the *untouched* article text. A "share" or "ratio" is 0..1.
The words are those of the glossary in dedup/README.md.

One file for each thing a user asks for: articles, clusters, diffs, checks, holdings; arrays.py is what lies between the
first two. Import from here.
"""

from dedup.model.arrays import (
    Sets,
    Shingled,
    TextOrder,
    Texts,
)
from dedup.model.articles import (
    Article,
    Credit,
    CreditRole,
    FurnitureKind,
    Mark,
    Skipped,
    Status,
)
from dedup.model.checks import (
    Checked,
    Finding,
    Ignored,
    Level,
    Place,
    Rule,
)
from dedup.model.clusters import (
    Capped,
    Carried,
    Cluster,
    Clusters,
    Explanation,
    Member,
    Original,
    Reuse,
    Role,
    Sibling,
    Side,
    Verdict,
    Version,
)
from dedup.model.diffs import (
    SECOND_MENTION,
    Change,
    ChangeType,
    Contradiction,
    Diff,
    DiffSentence,
    Dropped,
    FactCell,
    Fate,
    Label,
    Link,
    Matrix,
    Sentence,
    Wire,
    WireFact,
    WireSentence,
)
from dedup.model.holdings import (
    Added,
    Earlier,
    Holdings,
    Recognised,
)

__all__ = [
    "SECOND_MENTION",
    "Added",
    "Article",
    "Capped",
    "Carried",
    "Change",
    "ChangeType",
    "Checked",
    "Cluster",
    "Clusters",
    "Contradiction",
    "Credit",
    "CreditRole",
    "Diff",
    "DiffSentence",
    "Dropped",
    "Earlier",
    "Explanation",
    "FactCell",
    "Fate",
    "Finding",
    "FurnitureKind",
    "Holdings",
    "Ignored",
    "Label",
    "Level",
    "Link",
    "Mark",
    "Matrix",
    "Member",
    "Original",
    "Place",
    "Recognised",
    "Reuse",
    "Role",
    "Rule",
    "Sentence",
    "Sets",
    "Shingled",
    "Sibling",
    "Side",
    "Skipped",
    "Status",
    "TextOrder",
    "Texts",
    "Verdict",
    "Version",
    "Wire",
    "WireFact",
    "WireSentence",
]
