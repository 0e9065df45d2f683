"""WARC, invented: pages as crawlers store them; what is cut off, altered or no page is said; reading goes on."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import time
import zlib
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup import limits
from dedup.errors import MissingExtra
from dedup.read import sources, walk
from tests.read.helpers import articles, everything, one, skips, why, written

pytest.importorskip("warcio")
pytest.importorskip("trafilatura")

STORY = [
    "A ferry with 212 people on board ran aground off the island of Ostby early on Tuesday, the coast guard said.",
    "Nobody was hurt, and all passengers were taken ashore by lifeboats within two hours, said harbour master Ann Lee.",
    "The ferry company said it would look into why the ship had left its usual course in calm weather.",
]
TEXT = "\n".join(STORY)


def page(story: list[str] = STORY, head: str = "") -> bytes:
    body = "".join(f"<p>{each}</p>" for each in story)
    top = f"<!doctype html><html><head><title>Ferry</title>{head}</head>"
    return f"{top}<body><article>{body}</article></body></html>".encode()


def http(body: bytes, status: str = "200 OK", media: str = "text/html; charset=utf-8", **headers: str) -> bytes:
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {media}",
        *(f"{k.replace('_', '-')}: {v}" for k, v in headers.items()),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def record(
    block: bytes, kind: str = "response", size: int = -1, url: str = "https://gazette.example/a", **headers: str
) -> bytes:
    """A WARC record; `size`: a length to claim instead of the true one."""
    lines = [
        "WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {url}", "WARC-Date: 2025-03-02T08:00:00Z",
        "Content-Type: application/http; msgtype=response", f"Content-Length: {len(block) if size < 0 else size}",
        *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
    ]  # fmt: skip
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def numbered(n: int) -> bytes:
    story = [f"Report {n}: {STORY[0]}", *STORY[1:]]
    return record(http(page(story)), url=f"https://gazette.example/{n}")


def sha1(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def test_a_page(tmp_path: Path) -> None:
    head = '<link rel="canonical" href="https://gazette.example/b"><meta property="og:site_name" content="The Gazette">'
    found = one(everything(written(tmp_path, "a.warc", record(http(page(head=head))))))
    assert (found.text, found.title, found.outlet, found.flags) == (TEXT, "Ferry", "The Gazette", ())
    assert (found.url, found.published) == ("https://gazette.example/a", "")  # the crawl's date is not the page's


def chunked(data: bytes) -> bytes:
    return (
        b"".join(b"%x\r\n%s\r\n" % (len(data[i : i + 50]), data[i : i + 50]) for i in range(0, len(data), 50))
        + b"0\r\n\r\n"
    )


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def brotli(data: bytes) -> bytes:
    return bytes(pytest.importorskip("brotli").compress(data))


PACKED = {
    "gzip": (gzip.compress, {"Content_Encoding": "gzip"}),
    "deflate": (zlib.compress, {"Content_Encoding": "deflate"}),
    "deflate without its header": (raw_deflate, {"Content_Encoding": "deflate"}),
    "br": (brotli, {"Content_Encoding": "br"}),
    "zstd": (zstandard.compress, {"Content_Encoding": "zstd"}),
    "chunked": (chunked, {"Transfer_Encoding": "chunked"}),
    "chunked gzip": (lambda d: chunked(gzip.compress(d)), {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}),
    "said to be packed, stored unpacked": (bytes, {"Content_Encoding": "gzip", "Transfer_Encoding": "chunked"}),
}


@pytest.mark.parametrize(("pack", "headers"), PACKED.values(), ids=PACKED)
def test_packed_pages(tmp_path: Path, pack: object, headers: dict[str, str]) -> None:
    assert callable(pack)
    body = pack(page())
    stored = record(http(body, **headers), WARC_Payload_Digest=sha1(body))
    assert one(everything(written(tmp_path, "a.warc", stored))).text == TEXT
    if headers.get("Content_Encoding") and body != page():
        short = record(http(body[: len(body) * 2 // 3], **headers))
        assert skips(everything(written(tmp_path, "b.warc", short)))


def test_the_headers_charset(tmp_path: Path) -> None:
    story = ["Паром сел на мель у острова Остбю рано утром во вторник, сообщила береговая охрана.", *STORY]
    data = page(story).decode().encode("koi8-r")
    found = one(everything(written(tmp_path, "a.warc", record(http(data, media="text/html; charset=KOI8-R")))))
    assert found.text.startswith("Паром") and found.flags == ("koi8-r",)


def test_a_resource_is_a_page_without_http(tmp_path: Path) -> None:
    stored = record(page(), kind="resource").replace(b"application/http; msgtype=response", b"text/html")
    assert one(everything(written(tmp_path, "a.warc", stored))).text == TEXT


def test_what_is_no_page_is_counted_by_kind(tmp_path: Path) -> None:
    others = [
        record(b"software: x", kind="warcinfo"), record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        record(b"GET /b HTTP/1.1\r\n\r\n", kind="request"), record(b"", kind="revisit"),
        record(http(b"gone", status="404 Not Found")), record(http(b"", status="301 Moved")),
        record(http(b"\x89PNG", media="image/png")), record(http(b"x", media="image/png")),
    ]  # fmt: skip
    found = everything(written(tmp_path, "a.warc", b"".join([*others, numbered(1), *others])))
    assert len(articles(found)) == 1
    assert [s.why for s in skips(found)] == [
        "4 request records, which hold no page of their own", "4 responses that are no pages: image/png",
        "2 error pages (HTTP 404)", "2 redirects (HTTP 301)", "2 revisit records, which hold no page of their own",
        "2 warcinfo records, which hold no page of their own",
    ]  # fmt: skip


def test_a_page_without_an_article(tmp_path: Path) -> None:
    (found,) = skips(everything(written(tmp_path, "a.warc", record(http(b"<html><body></body></html>")))))
    assert found.empty and found.where.endswith("a.warc (https://gazette.example/a)")


@pytest.mark.parametrize("name", ["WARC_Block_Digest", "WARC_Payload_Digest"])
@pytest.mark.parametrize("form", [sha1, lambda d: "sha-256:" + hashlib.sha256(d).hexdigest(), lambda _: "crc:00"])
def test_digests(tmp_path: Path, name: str, form: object) -> None:
    assert callable(form)
    block = http(page())
    digest = form(block if "Block" in name else page())
    assert one(everything(written(tmp_path, "a.warc", record(block, **{name: digest})))).text == TEXT
    altered = record(block.replace(b"212", b"213"), **{name: digest})
    found = everything(written(tmp_path, "b.warc", altered))
    if digest.startswith("crc"):
        assert one(found)  # nothing to check by
    else:
        assert why(found) == "altered: it does not match its digest"


def test_cut_off_by_the_crawler(tmp_path: Path) -> None:
    found = one(everything(written(tmp_path, "a.warc", record(http(page()), WARC_Truncated="length"))))
    assert found.flags == ("cut off by the crawler: length",)


def test_a_record_that_claims_too_much_does_not_swallow_the_next(tmp_path: Path) -> None:
    block = http(page())
    for claimed in (len(block) + 1, len(block) + 200, len(block) + 100_000):
        data = numbered(1) + record(block[:-30], size=claimed) + numbered(2)
        found = everything(written(tmp_path, "a.warc", data))
        assert [a.url[-1] for a in articles(found)] == ["1", "2"], claimed
        assert len(skips(found)) == 1 and "cut off" in skips(found)[0].why


def test_a_record_that_claims_too_little(tmp_path: Path) -> None:
    block = http(page())
    found = everything(written(tmp_path, "a.warc", numbered(1) + record(block, size=len(block) - 40) + numbered(2)))
    assert [a.url[-1] for a in articles(found)] == ["1", "2"]
    assert "length" in skips(found)[0].why


@pytest.mark.parametrize("junk", [b"junk\r\n", b"\r\n" * 9, b"x" * 1000, b"WARC/", b"WARC/1.0\r\n\r\n"])
def test_junk_between_records(tmp_path: Path, junk: bytes) -> None:
    found = everything(written(tmp_path, "a.warc", numbered(1) + junk + b"\r\n" + numbered(2)))
    assert [a.url[-1] for a in articles(found)] == ["1", "2"]


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gz"])
def test_cut_anywhere(tmp_path: Path, packed: bool) -> None:
    pieces = [gzip.compress(numbered(n), mtime=0) if packed else numbered(n) for n in range(3)]
    whole, name = b"".join(pieces), "a.warc.gz" if packed else "a.warc"
    texts = [a.text for a in articles(everything(written(tmp_path, name, whole)))]
    assert len(texts) == 3
    ends = {len(b"".join(pieces[:n])) for n in range(4)}
    for end in range(1, len(whole) - 4, 3):
        found = everything(written(tmp_path, name, whole[:end]))
        read = [a.text for a in articles(found)]
        assert read == texts[: len(read)]
        assert len(read) == sum(end >= each - 4 for each in sorted(ends)[1:]) or packed, end
        complete = any(each - 4 <= end <= each for each in ends)
        assert skips(found) or complete, end
        if packed:
            assert len(read) >= sum(end >= each for each in sorted(ends)[1:]), end


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gz"])
def test_a_byte_flipped(tmp_path: Path, packed: bool) -> None:
    whole = b"".join(
        gzip.compress(numbered(n), mtime=0) if packed else record(b := http(page()), WARC_Block_Digest=sha1(b))
        for n in range(2)
    )
    texts = {a.text for a in articles(everything(written(tmp_path, "w.warc.gz" if packed else "w.warc", whole)))}
    for at in range(0, len(whole), 11):
        data = bytearray(whole)
        data[at] ^= 0x15
        found = everything(written(tmp_path, "a.warc.gz" if packed else "a.warc", bytes(data)))
        assert found and {a.text for a in articles(found)} <= texts, at


def test_reading_goes_on_behind_a_corrupt_member(tmp_path: Path) -> None:
    pieces = [gzip.compress(numbered(n), mtime=0) for n in range(4)]
    torn = pieces[1][:200]  # a crawler was killed, and went on in the same file
    found = everything(written(tmp_path, "a.warc.gz", pieces[0] + torn + pieces[2] + pieces[3]))
    assert [a.url[-1] for a in articles(found)] == ["0", "2", "3"]
    assert any("corrupt" in each.why for each in skips(found))


@pytest.mark.parametrize("size", [10, 400_000])
def test_a_checksum_that_does_not_match(tmp_path: Path, size: int) -> None:
    """The text is there, but it is not what was packed. Large members are handed out before their checksum is seen."""
    noise = "".join(f"<!-- {hashlib.sha256(bytes([n % 256, n // 256])).hexdigest()} -->" for n in range(size // 70))
    wrong = bytearray(gzip.compress(record(http(page(head=noise))), mtime=0))
    wrong[-6] ^= 1
    first, last = (gzip.compress(numbered(n), mtime=0) for n in (0, 2))
    found = everything(written(tmp_path, "b.warc.gz", first + bytes(wrong) + last))
    assert [a.url[-1] for a in articles(found)] == ["0", "2"]
    assert any("corrupt" in each.why for each in skips(found))


def test_a_record_beyond_the_cap_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_RECORD", 2_000)
    big = record(http(page() + b" " * 5_000))
    found = everything(written(tmp_path, "a.warc", numbered(1) + big + numbered(2)))
    assert [a.url[-1] for a in articles(found)] == ["1", "2"]
    assert skips(found)[0].why == "a record larger than 2,000 bytes"


BOMBS = {
    "headers without end": b"WARC/1.0\r\n" + b"a: b\r\n" * 200_000,
    "a header line without end": b"WARC/1.0\r\na: " + b"b" * 3_000_000,
    "a first line without end": b"WARC/" + b"b" * 3_000_000,
    "no line ends": b"x" * 10_000_000,
    "records that all claim too much": b"WARC/1.0\r\nContent-Length: 9999999\r\n\r\n" * 20_000,
    "a claim of terabytes": record(b"x", size=10**15),
    "http headers without end": record(b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 100_000),
    "a packed bomb": record(http(gzip.compress(b"<p>" + b"x" * 60_000_000), Content_Encoding="gzip")),
    "a zstd bomb": record(http(zstandard.compress(b"<p>" + b"x" * 60_000_000), Content_Encoding="zstd")),
}


@pytest.mark.parametrize("data", BOMBS.values(), ids=BOMBS)
def test_bombs(tmp_path: Path, data: bytes) -> None:
    path = written(tmp_path, "a.warc", data)
    started = time.perf_counter()
    found = everything(path)
    assert found and not articles(found)
    assert time.perf_counter() - started < 10


PIECES = [
    b"WARC/1.0\r\n", b"WARC-Type: response\r\n", b"Content-Length: 40\r\n", b"Content-Length: 5\r\n", b"\r\n",
    b"HTTP/1.1 200 OK\r\n", b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: br\r\n", b"5\r\nhello\r\n",
    b"0\r\n\r\n",
    b"<html><p>Rain.</p>", b"\0", b"\xff", b"\x1f\x8b\x08", b"Content-Type: text/html\r\n",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=9), max_size=30).map(b"".join))
@settings(max_examples=150, deadline=None)
def test_any_pieces(data: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        assert everything(written(Path(folder), "a.warc", data + b"\n"))


def test_warcs_own_writer_is_read(tmp_path: Path) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with open(tmp_path / "a.warc.gz", "wb") as file:
        writer = WARCWriter(file, gzip=True)
        for n in range(2):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            body = page([f"Report {n}: {STORY[0]}", *STORY[1:]])
            url = f"https://gazette.example/{n}"
            writer.write_record(writer.create_warc_record(url, "response", io.BytesIO(body), http_headers=headers))
    assert [a.url[-1] for a in articles(everything(tmp_path / "a.warc.gz"))] == ["0", "1"]


def test_a_missing_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "_missing", lambda needs: bool(needs.module))
    path = written(tmp_path, "a.warc.gz", gzip.compress(numbered(1)))
    with pytest.raises(MissingExtra, match=r"\[warc\]"):
        list(sources([str(path)]))
