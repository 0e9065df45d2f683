"""Urls: an address as given -> its canonical form, for identity only; and the site it belongs to.

Two addresses with one canonical form are one page. It is never fetched and never shown, so it may be wrong as an
address (https everywhere, hosts without www) as long as it is the same for the same page.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urlsplit

from dedup import limits

# Query parameters that say how a reader came, not what is shown: those of the analytics and mail services (Google
# utm_*, gclid, _ga; Matomo pk_*, mtm_*; HubSpot _hs*; Meta fbclid; Mailchimp mc_*; AT Internet xtor, at_*; Webtrends
# wt_*) and the press's own (cid, smid, ito, emc, mbid, ref ...). Of 2,289 addresses of ten US outlets this form joins
# six pairs, all of one page (ports, fragments, one parameter).
_TRACKING_PREFIXES = (
    "utm_", "pk_", "mtm_", "piwik_", "matomo_", "hsa_", "__hs", "_hs", "ns_", "at_", "wt_", "wt.", "oly_",
)  # fmt: skip
_TRACKING = frozenset(
    (
        "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "twclid",
        "ttclid", "igshid", "igsh", "mc_cid", "mc_eid", "mkt_tok", "vero_id", "vero_conv", "s_cid", "cmpid",
        "cmp", "campaign_id", "cid", "icid", "ncid", "ocid", "smid", "smtyp", "smprod", "partner",
        "partnerid", "ref", "ref_src", "ref_url", "referer", "referrer", "source", "src", "share", "shared",
        "sharetype", "feedtype", "feedname", "rss", "soc_src", "soc_trk", "spm", "scid", "sr_share", "xtor",
        "xtref", "guccounter", "guce_referrer", "guce_referrer_sig", "mbid", "nytmobile", "mod", "taid",
        "__twitter_impression", "amp_js_v", "usqp", "wprov", "nt", "_ga", "_gl", "fb_ref", "fb_source",
        "fb_action_ids", "fb_action_types", "ved", "trk", "trkinfo", "emc", "ito", "outputtype", "amp", "usp",
    )
)  # fmt: skip
_VARIANTS = frozenset({"www", "www2", "www3", "m", "mobile", "amp", "touch"})  # first labels of one site's variants
_AMP_END = re.compile(r"(?:/amp(?:\.html?)?|\.amp)/?$", re.IGNORECASE)
_AMP_HTML = re.compile(r"\.amp(\.html?)$", re.IGNORECASE)
_AMP_START = re.compile(r"^/(?:amp|amphtml)(?=/)", re.IGNORECASE)
# Pages served by somebody else for the outlet: the address inside is the page's own.
_AMP_VIEWER = re.compile(r"^/(?:amp|v|c)/(?:s/)?(?P<page>.+)", re.DOTALL)
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_CONTROL = re.compile(r"[\x00-\x20\x7f]+")
_SCHEME = re.compile(r"^(?:https?:)?//", re.IGNORECASE)

# Second-level labels under which a country's registry sells names: bbc.co.uk, asahi.co.jp, abc.net.au. (The public
# suffix list has 10,000 lines and changes weekly; a miss here only names an outlet by a wider or narrower domain.)
_SECOND_LEVEL = frozenset(
    (
        "co", "com", "org", "net", "gov", "edu", "ac", "or", "ne", "go", "gob", "gouv", "govt", "mil", "nom",
        "in", "id", "web", "ltd", "plc", "me", "my",
    )
)  # fmt: skip
# Hosts that rent a name to anyone: each customer is an outlet of its own.
_SHARED = frozenset(
    (
        "blogspot.com", "wordpress.com", "substack.com", "tumblr.com", "typepad.com", "livejournal.com",
        "github.io", "medium.com", "over-blog.com",
    )
)  # fmt: skip


def canonical_url(url: str) -> str:
    """The form in which all addresses of one page agree. Idempotent; "" for "".

    >>> canonical_url("http://WWW.Example.com:80/News/story.html?utm_source=x&id=7#top")
    'https://example.com/News/story.html?id=7'
    >>> canonical_url("https://www.google.com/amp/s/m.example.com/a/b/amp/")
    'https://example.com/a/b'
    """
    url = _CONTROL.sub("", url)
    if len(url) > limits.MAX_URL:
        return url
    while (plainer := _plainer(url)) != url:
        url = plainer
    return url


def site(url: str) -> str:
    """The registered domain of an address or host name, without www: the outlet's name when nothing better is given.

    >>> site("https://m.bbc.co.uk/news/1"), site("edition.example.com"), site("https://ann.substack.com/p/x")
    ('bbc.co.uk', 'example.com', 'ann.substack.com')
    """
    rest = _SCHEME.sub("", url.strip(), count=1)
    for stop in "/?#":
        rest = rest.partition(stop)[0]
    return _registered(rest.rpartition("@")[2].partition(":")[0].rstrip(".").lower()[: limits.MAX_META])


@lru_cache(maxsize=4096)
def _registered(host: str) -> str:
    labels = host.split(".")
    if len(labels) < 2 or labels[-1].isdigit() or not all(labels):
        return "" if "." not in host else host
    keep = 3 if len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
    if ".".join(labels[-2:]) in _SHARED:
        keep = 3
    return ".".join(labels[-keep:])


def _plainer(url: str) -> str:
    """One round. Each change shortens the address or moves it to a fixed form, so rounds end."""
    try:
        parts = urlsplit(url)
        host = _host(parts)
    except ValueError:  # a bracket or port that is none
        return url
    if parts.scheme not in ("http", "https", "") or not host:
        return url
    if page := _viewed(host, parts.path):
        return f"https://{page}" + (f"?{parts.query}" if parts.query else "")
    path = _path(parts.path)
    query = _query(parts.query)
    # "#!/story/7" was how pages of the early 2010s named their content; other fragments are places in a page.
    fragment = f"#{parts.fragment}" if parts.fragment.startswith("!") else ""
    return f"https://{host}{path}" + (f"?{query}" if query else "") + fragment


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        host = f"[{host}]"
    labels = host.split(".")
    while len(labels) > 2 and labels[0] in _VARIANTS:
        labels.pop(0)
    port = parts.port
    return ".".join(labels) + (f":{port}" if port not in (None, 80, 443) else "")


def _viewed(host: str, path: str) -> str:
    """The address inside a viewer's: google.com/amp/s/PAGE, x.cdn.ampproject.org/c/s/PAGE; "" when there is none."""
    if not (host.endswith(".cdn.ampproject.org") or re.fullmatch(r"google\.[a-z.]{2,6}", host)):
        return ""
    found = _AMP_VIEWER.match(path)
    if found is None or (host.startswith("google.") and not path.startswith("/amp/")):
        return ""
    page = found["page"].lstrip("/")
    return page if "." in page.partition("/")[0] else ""


def _path(path: str) -> str:
    path = _ESCAPE.sub(_unescaped, path)
    path = _AMP_HTML.sub(r"\1", _AMP_END.sub("", _AMP_START.sub("", path)))
    return path.rstrip("/")


def _unescaped(found: re.Match[str]) -> str:
    """RFC 3986 6.2.2: escapes of plain characters are undone, the others written in capitals."""
    plain = unquote(found[0], "latin-1")
    return plain if plain in _UNRESERVED else found[0].upper()


def _query(query: str) -> str:
    kept = {pair for pair in query.split("&") if pair and not _tracks(pair.partition("=")[0].lower())}
    return "&".join(sorted(kept))


def _tracks(name: str) -> bool:
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)
