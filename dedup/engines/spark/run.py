"""Run: the stages of one run on Spark, in their order, each from the files of the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from dedup import candidates, limits
from dedup.engines.spark import driver, stages
from dedup.engines.spark.driver import Found
from dedup.engines.spark.session import is_address
from dedup.model import Capped, Clusters, Skipped
from dedup.pipeline import Options, answer_of, intake
from dedup.watch import Watch


class Run:
    """One run: a session, a folder, and the stages in their order."""

    def __init__(self, session: Any, folder: Path, options: Options, watch: Watch) -> None:
        self._session, self._folder, self._options, self._watch = session, folder, options, watch

    def answer(self, paths: Sequence[str]) -> Clusters:
        """The clusters of the articles in `paths`."""
        self._watch.stage("read")
        named, addresses = [p for p in paths if not is_address(p)], [p for p in paths if is_address(p)]
        plan = intake.planned(named, self._options.originals, self._options.mapping, self._folder, self._watch)
        found = stages.articles(self._session, plan.tasks)
        for number, address in enumerate(addresses, 1):
            found = found.union(stages.columns(self._session, address, self._options.mapping, number))
        articles = self._stored("articles", found)
        kept, skipped = self._counted(articles, plan)
        run = driver.finish(self._found(articles), self._folder, self._watch)
        answer = answer_of(run, self._options, self._watch)
        return replace(answer, read=kept + len(skipped), kept=kept, skipped=skipped)

    def _counted(self, articles: Any, plan: intake.Plan) -> tuple[int, tuple[Skipped, ...]]:
        """How many articles there are, originals apart, and all skips; those of originals are only said."""
        skipped, unused = list(plan.skipped), list(plan.unused)
        columns = ("wire", "skipped_where", "skipped_why", "skipped_empty")
        for row in articles.where("id is null").select(*columns).toLocalIterator():
            (unused if row[0] else skipped).append(Skipped(*row[1:]))
        intake.say_unused(unused, self._watch)
        kept = articles.where("id is not null and not wire").count()
        return kept, tuple(sorted(skipped, key=lambda skip: (skip.where, skip.why)))

    def _found(self, articles: Any) -> Found:
        """Everything up to verified pairs, and what of it the driver needs."""
        self._watch.stage("sets")
        ordered = self._stored("ordered", stages.in_order(articles))
        texts = self._stored("texts", stages.numbered(self._session, ordered))
        sets = self._stored("sets", stages.sets(articles, texts))
        count, total = self._sum(sets, "count(1)", "coalesce(sum(total), 0)")
        self._watch.stage("candidates")
        pairs, capped = self._candidates(sets, count, total)
        self._watch.stage("verify")
        matches = self._stored("matches", stages.matches(pairs, sets))
        self._watch.stage("gather")
        chosen = self._stored("chosen", stages.kept(texts, matches))
        self._stored("rows", stages.rows(articles, texts, chosen))
        wanted = sets.select("number", "keys", "narrative").join(chosen, "number").orderBy("number")
        self._stored("chosen-sets", wanted)
        return Found(self._at("rows"), self._at("chosen-sets"), self._at("matches"), capped, count)

    def _candidates(self, sets: Any, count: int, total: int) -> tuple[Any, Capped]:
        """The pairs to be verified, and what the caps cut."""
        bands = candidates.bands(self._options.lsh_threshold)
        edges = self._stored("edges", stages.edges(sets, bands, count >= limits.SPARK_WIDE_KEYS))
        (buckets,) = self._sum(edges, "coalesce(sum(over), 0)")
        sample = min(candidates.sample_of(total), limits.SPARK_SAMPLE)
        groups = self._stored("groups", stages.groups(sets, sample))
        common, hubs = _common(groups, count)
        return stages.pairs(edges, groups, common), Capped(hubs, buckets)

    def _stored(self, name: str, frame: Any) -> Any:
        """The frame, worked out now, from its files."""
        where = self._at(name).as_uri()  # else it might be meant for the cluster's own file system
        frame.write.parquet(where)
        return self._session.read.schema(frame.schema).parquet(where)

    def _at(self, name: str) -> Path:
        return self._folder / "spark" / name

    @staticmethod
    def _sum(frame: Any, *expressions: str) -> tuple[int, ...]:
        return tuple(int(value) for value in frame.selectExpr(*expressions).first())


def _common(groups: Any, count: int) -> tuple[int, int]:
    """From how many texts on a shingle no longer pairs all of them, by the budget of the whole corpus; and the hubs."""
    rows = groups.selectExpr("size(members) as size").groupBy("size").count().orderBy("size").collect()
    hubs = sum(row["count"] for row in rows if row["size"] > limits.HUB_ARTICLES)
    plain = [(row["size"], row["count"]) for row in rows if row["size"] <= limits.HUB_ARTICLES]
    values, counts = np.array(plain, np.int64).reshape(-1, 2).T
    return candidates.too_common(values, counts, count), hubs
