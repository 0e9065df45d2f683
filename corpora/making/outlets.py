"""The invented outlets of the wire day, and the shape of the file each one's articles were scraped into."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Outlet:
    """One outlet. `file` is the dump its articles stand in; "" means a folder of text files named by its slug."""

    slug: str
    masthead: str
    domain: str
    file: str = ""
    suffix: str = ".md"


OUTLETS = (
    # US style
    Outlet("harbor-gazette", "Harbor Gazette", "harborgazette.example"),
    Outlet("lakemont-ledger", "The Lakemont Ledger", "lakemontledger.example", "crawl-trafilatura.jsonl"),
    Outlet("plains-courier", "Plains Courier", "plainscourier.example", "crawl-trafilatura.jsonl"),
    Outlet("channel-six", "KQZX Channel 6", "kqzx6.example", "crawl-newsplease.jsonl"),
    # UK style
    Outlet("northmoor-post", "The Northmoor Post", "northmoorpost.example", suffix=".txt"),
    Outlet("daily-lantern", "Daily Lantern", "dailylantern.example", "crawl-newsplease.jsonl"),
    Outlet("westerby-echo", "Westerby Echo", "westerbyecho.example", suffix=".txt"),
    # Indian style
    Outlet("sagarpur-times", "Sagarpur Times", "sagarpurtimes.example"),
    Outlet("nayapur-mirror", "Nayapur Mirror", "nayapurmirror.example", "crawl-trafilatura.jsonl"),
    Outlet("kaveripur-standard", "The Kaveripur Standard", "kaveripurstandard.example", "feed-ninjs.json"),
    # Australian style
    Outlet("wattle-bay-advocate", "Wattle Bay Advocate", "wattlebayadvocate.example", "feed-ninjs.json"),
    Outlet("coolabri-examiner", "Coolabri Examiner", "coolabriexaminer.example"),
    # Aggregator, business site, two papers of the invented countries
    Outlet("newsharvest", "NewsHarvest", "newsharvest.example", "dump.jsonl"),
    Outlet("skyline-business", "Skyline Business", "skylinebusiness.example", "export.csv"),
    Outlet("isle-sentinel", "Isle Sentinel", "islesentinel.example", suffix=".txt"),
    Outlet("tolvan-observer", "Tolvan Observer", "tolvanobserver.example", "dump.jsonl"),
)
BY_SLUG = {outlet.slug: outlet for outlet in OUTLETS}


def url(outlet: Outlet, article: str) -> str:
    return f"https://www.{outlet.domain}/2025/10/14/{article.removeprefix(outlet.slug + '-')}"


def trafilatura(piece: Any, outlet: Outlet, notice: str) -> dict[str, Any]:
    """One record as `trafilatura --json` names its fields: `source` is the URL."""
    return {
        "title": piece.title,
        "author": piece.author or None,
        "hostname": outlet.domain,
        "date": piece.published,
        "id": piece.id,
        "license": None,
        "language": "en",
        "text": piece.text,
        "source": url(outlet, piece.id),
        "source-hostname": outlet.masthead,
        "excerpt": piece.paragraphs[0][0].text[:80],
        "comments": "",
        "note": notice,
    }


def news_please(piece: Any, outlet: Outlet, notice: str) -> dict[str, Any]:
    """One record as news-please writes it: absent values are the text "None", `maintext` is the story."""
    return {
        "id": piece.id,
        "authors": [piece.author] if piece.author else [],
        "date_download": "2025-10-16 02:11:09+00:00",
        "date_modify": "None",
        "date_publish": piece.published.replace("T", " "),
        "description": piece.paragraphs[0][0].text[:80],
        "language": "en",
        "source_domain": outlet.domain,
        "maintext": piece.text,
        "title": piece.title,
        "title_page": "None",
        "url": url(outlet, piece.id) + "?utm_source=feed",
        "note": notice,
    }


def ninjs(piece: Any, outlet: Outlet, notice: str) -> dict[str, Any]:
    """One item of an IPTC ninjs feed."""
    return {
        "uri": piece.id,
        "headline": piece.title,
        "byline": piece.author,
        "versioncreated": piece.published,
        "language": "en",
        "publisher": {"name": outlet.masthead},
        "url": url(outlet, piece.id),
        "body_text": piece.text,
        "note": notice,
    }


def plain(piece: Any, outlet: Outlet, notice: str) -> dict[str, Any]:
    """dedup's own words for the fields."""
    return {
        "id": piece.id,
        "outlet": outlet.masthead,
        "title": piece.title,
        "published": piece.published,
        "url": url(outlet, piece.id),
        "text": piece.text,
        "note": notice,
    }


SHAPES: dict[str, Callable[[Any, Outlet, str], dict[str, Any]]] = {
    "crawl-trafilatura.jsonl": trafilatura,
    "crawl-newsplease.jsonl": news_please,
    "feed-ninjs.json": ninjs,
    "dump.jsonl": plain,
    "export.csv": plain,
}


def dump(name: str, pieces: list[Any], notice: str) -> str:
    """The text of one dump file."""
    records = [SHAPES[name](piece, BY_SLUG[piece.outlet], notice) for piece in pieces]
    if name.endswith(".csv"):
        out = io.StringIO()
        writer = csv.DictWriter(out, list(records[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)
        return out.getvalue()
    if name.endswith(".json"):
        return json.dumps(records, ensure_ascii=False, indent=1) + "\n"
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
