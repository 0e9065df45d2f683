"""An invented answer of `dedup cluster` that shows every part of it, and one made of hostile text."""

from __future__ import annotations

from dataclasses import replace

from dedup.model import (
    Capped,
    Carried,
    Cluster,
    Clusters,
    Member,
    Original,
    Reuse,
    Role,
    Sibling,
    Skipped,
    Version,
)  # fmt: skip


def member(
    id: str,
    outlet: str,
    published: str = "",
    title: str = "Ferry sinks off Karvos, three dead",
    role: Role = "copy",
    carries: float = 1.0,
    closest: str = "ap-1",
    also: tuple[str, ...] = (),
) -> Member:
    return Member(
        id=id, outlet=outlet, published=published, title=title, path="corpora/day/news.jsonl", also_carries=also,
        role=role, closest=closest, jaccard=carries / 2, containment=carries, share_of_article=0.87654321,
        share_of_original=carries,
    )  # fmt: skip


def ferry() -> Cluster:
    members = (
        member("ap-1", "AP Wire", "2031-03-04T07:54:00Z", role="original", closest="hb-7"),
        member("hb-7", "Harbour Bugle", "2031-03-04T08:10:00Z", carries=0.98),
        member("lt-2", "Lowland Times", "2031-03-04T10:31:00+02:00", "Three die as ferry goes down", carries=0.9312),
        member("kd-3", "Karvos Daily", "2031-03-04", "Ferry Captain Questioned After Sinking", "excerpt", 0.41),
        member(
            "qp-9",
            "Qingshan Post",
            "2031-03-05T01:00:00Z",
            "卡沃斯岛渡轮沉没三人遇难",
            "rewrite",
            0.08,
            also=("reu-1",),
        ),
        member("no-5", "", "yesterday", "Ferry sinks off Karvos, three dead", "version", 0.66),
    )
    return Cluster(
        id="ap-1", title="Ferry sinks off Karvos, three dead", size=len(members), weakest_link=0.08,
        original=Original("ap-1", "AP", ("dateline (AP)", "earliest")),
        siblings=(Sibling("reu-1", "Reuters", ("same names", "same day")),), members=members,
    )  # fmt: skip


def versions() -> Cluster:
    """A dispatch in two versions, the later one a correction."""
    old = replace(
        member("old", "Harbour Bugle", role="version", carries=0.9, also=("x-9",)),
        version="v-1", also_shares=(Carried("x-9", 0.299, 0.1),),
    )  # fmt: skip
    new = replace(member("v-2", "AP Wire", role="original"), version="v-2", notes=("carries the corrected version",))
    original = Original("v-2", "AP", ("dateline (AP)",), ("other agencies are named: Reuters in 1 text",))
    return Cluster(
        "v-2", "Ferry sinks off Karvos, three dead", 2, 0.9, original, (), (new, old),
        (Version("v-1", "", "2031-03-04T06:00:00Z", ()), Version("v-2", "CORRECTED", "2031-03-04T09:00:00Z", ())),
    )  # fmt: skip


def second(size: int = 14) -> Cluster:
    title = "Three killed, dozens rescued after the inter-island ferry Agia Marina capsizes in heavy seas off Karvos"
    members = tuple(
        member(f"reu-{n}", f"The Outlet Number {n} of the Northern Provinces", f"2031-03-04T{n % 24:02}:05:00Z", title,
               "original" if n == 1 else "copy", 1 - n / 100, "reu-1")
        for n in range(1, size + 1)
    )  # fmt: skip
    return Cluster("reu-1", title, size, 0.51, Original("reu-1", "Reuters", ("byline",)), (), members)


def shared() -> Cluster:
    members = (
        member("pr-1", "Valley Star", title="", role="original", closest="pr-2"),
        member("pr-2", "Hill Courier", title="", carries=0.7, closest="pr-1"),
    )
    return Cluster("pr-1", "", 2, 0.7, Original("pr-1", None, ("no agency named",)), (), members)


def day() -> Clusters:
    return Clusters(
        settings="dedup|v:0.1.0|shingle:w4|perm:128", read=30, kept=27,
        skipped=(Skipped("b.txt", "too short"), Skipped("a.txt", "too short"), Skipped("c.json:3", "not JSON")),
        capped=Capped(hub_shingles=2), clusters=(ferry(), shared(), second()),
        reuse=(Reuse("lt-2", "pr-1", 2, 0.2, 0.08), Reuse("hb-7", "pr-2", 1, 0.1, 0.123456)),
    )  # fmt: skip


def hostile(text: str) -> Clusters:
    """`text` in every field that comes from outside."""
    first = Member(text, text, text, text, text, (text,), "original", text, 0.5, 0.5, 0.5, 0.5)
    cluster = Cluster(
        text, text, 2, 0.5, Original(text, text, (text,)), (Sibling(text, text, (text,)),),
        (first, member("x", "Outlet X", role="copy", closest=text)),
    )  # fmt: skip
    return Clusters(text, 3, 2, (Skipped(text, text),), Capped(1, 1, 1), (cluster,), (Reuse(text, "x", 1, 0.5, 0.5),))


def empty() -> Clusters:
    return Clusters("s", 0, 0, (), Capped(), (), ())
