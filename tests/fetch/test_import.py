"""``import`` and ``new --url``: what people have already becomes outlets and records, once."""

from __future__ import annotations

import json
import tarfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.fetch.conftest import FedSite
from tests.fetch.local_web import NOW_TEXT, Item, LocalWeb, rss
from tests.sites import Run, run_command, write_site

OPML = """<?xml version="1.0"?><opml version="2.0"><body><outline text="Sea">
<outline text="Gull &amp; Co" xmlUrl="https://gull.example/feed" htmlUrl="https://www.gull.example/"/>
</outline><outline text="Quay" xmlUrl="https://quay.example/rss"/></body></opml>"""
BOOKMARKS = """<!DOCTYPE NETSCAPE-Bookmark-file-1><TITLE>Bookmarks</TITLE><H1>Bookmarks</H1>
<DL><p><DT><H3 ADD_DATE="1705000000">Ports</H3><DL><p>
<DT><A HREF="https://gull.example/a?utm_source=x" ADD_DATE="1705700000">A &amp; B open</A>
<DT><A HREF="javascript:alert(1)">Bookmarklet</A></DL><p>
<DT><A HREF="https://quay.example/c">C closes</A></DL>"""
CSV = """\ufeffHeadline;URL;Published;Publisher;Topics
"Bridge; opens";https://gull.example/bridge;20 January 2024 10:00 CET;The Gull;Ports; Sea
No link;;2024-01-19;;
"""


def taken(site: FedSite, *what: str) -> Run:
    """The command."""
    options = ("--site", str(site.folder), "--now", NOW_TEXT, "--allow-private")
    return run_command("import", *what, *options, in_process=True)


def saved(site: FedSite, name: str, text: str | bytes) -> str:
    """A file beside the site -> its path."""
    path = site.folder.parent / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(path)


def test_opml_becomes_outlets(site: FedSite) -> None:
    """Each with its feed; folders are topics; a second time nothing is written."""
    file = saved(site, "feeds.opml", OPML)
    assert "2 outlets written" in taken(site, file).stdout
    text = (site.folder / "content/providers/gull.example.md").read_text(encoding="utf-8")
    assert text == (
        '---\nname: "Gull & Co"\ndomain: gull.example\nfeeds:\n'
        '  - url: "https://gull.example/feed"\n    topics:\n      - "Sea"\n---\n'
    )
    assert "0 outlets written, 2 there already" in taken(site, file).stdout


def test_an_address_is_followed(web: LocalWeb, site: FedSite) -> None:
    """That of a feed, or of a page that names one: an outlet's file, which `fetch` asks."""
    page = b'<!doctype html><link rel="alternate" type="application/rss+xml" href="/feed">'
    web.serve("/", page, "text/html")
    web.serve("/feed", rss("https://gull.example", [Item(1, link="https://gull.example/1")]))
    run = taken(site, "--follow", f"{web.address}/")
    assert "feed; 1 outlet written" in run.stdout
    text = (site.folder / "content/providers/gull.example.md").read_text(encoding="utf-8")
    assert (
        f'name: "Harbour Gazette"\ndomain: gull.example\nfeeds:\n  - url: "{web.address}/feed"'
        in text
    )
    assert not (site.folder / "content/news").exists()
    assert "1 record written" in site.fetch().stdout


@pytest.mark.parametrize("path", ["/sport", "/culture"])
def test_a_second_feed_of_an_outlet_is_named_with_its_place(
    web: LocalWeb, site: FedSite, path: str
) -> None:
    """Nobody's file is changed: what to add is said, and to which."""
    for address in ("/feed", path):
        web.serve(address, rss("https://gull.example", [Item(1, link="https://gull.example/1")]))
    taken(site, "--follow", f"{web.address}/feed")
    run = taken(site, "--follow", f"{web.address}{path}")
    assert "0 outlets written, 1 for you to add" in run.stdout
    assert "gull.example has a file, providers/gull.example.md; add below its feeds:" in run.stderr
    assert f'  - url: "{web.address}{path}"' in run.stderr
    file = site.folder / "content/providers/gull.example.md"
    assert path not in file.read_text(encoding="utf-8")


def test_a_saved_feed_becomes_records(web: LocalWeb, site: FedSite) -> None:
    """All of it, however old; an address is fetched, also that of a page that names the feed."""
    old = [Item(n, published=None) for n in range(3)]
    file = saved(site, "feed.xml", rss("https://gull.example", old))
    assert "3 records written" in taken(site, file).stdout
    assert "0 records written, 3 there already" in taken(site, file).stdout
    page = b'<!doctype html><link rel="alternate" type="application/rss+xml" href="/feed">'
    web.serve("/", page, "text/html")
    web.feed("/feed", [Item(9)])
    assert "1 record written" in taken(site, f"{web.address}/").stdout
    assert all('name: "Harbour Gazette"' in text for text in site.records().values())
    assert site.build().code == 0


def test_bookmarks_become_records(site: FedSite) -> None:
    """With the folder as topic, and the time at which they were made; no script is one."""
    run = taken(site, saved(site, "bookmarks.html", BOOKMARKS))
    assert "bookmarks; 2 records written, 1 no good" in run.stdout
    first, second = site.records().values()
    assert 'title: "A & B open"' in first
    assert 'webUrl: "https://gull.example/a"' in first
    assert "publishedDateTime: 2024-01-19T21:33:20Z" in first
    assert 'topics:\n  - "Ports"' in first
    assert "topics" not in second


def test_csv_becomes_records(site: FedSite) -> None:
    """Columns are found by their names."""
    run = taken(site, saved(site, "reports.csv", CSV.replace("Ports; Sea", '"Ports; Sea"')))
    assert "CSV; 1 record written, 1 no good" in run.stdout
    (text,) = site.records().values()
    assert 'title: "Bridge; opens"' in text
    assert "publishedDateTime: 2024-01-20T09:00:00Z" in text
    assert 'provider:\n  name: "The Gull"\n  domain: gull.example' in text
    assert 'topics:\n  - "Ports"\n  - "Sea"' in text


@pytest.mark.parametrize(
    ("options", "said"),
    [((), "1 record written"), (("--since", "2024-01-20T09:30:00Z"), "0 records written")],
)
def test_what_is_older_than_since_is_left_out(
    site: FedSite, options: tuple[str, ...], said: str
) -> None:
    """All is taken without it, as the help says."""
    assert said in taken(site, saved(site, "reports.csv", CSV), *options).stdout
    text = " ".join(run_command("import", "--help", in_process=True).stdout.split())
    assert "leave out what is older (default: take all)" in text


def test_json_lines_become_records(site: FedSite) -> None:
    """Lists and groups of keys are understood; a line that is none is named."""
    lines = [
        {"title": "One", "url": "https://gull.example/1", "topics": ["Sea", "Sky"]},
        {"title": "Two", "url": "https://gull.example/2", "provider": {"name": "The Gull"}},
    ]
    text = "\n".join([json.dumps(lines[0]), "nonsense", json.dumps(lines[1])])
    run = taken(site, saved(site, "r.jsonl", text))
    assert "JSON lines; 2 records written, 1 no good" in run.stdout
    assert "r.jsonl: line 2: is no JSON object" in run.stderr


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("2024-01-19", "2024-01-19"),
        ("19.1.2024", "2024-01-19"),
        ("2024-01-19 00:00 UTC", "2024-01-19T00:00:00Z"),
        ("1705622400", "2024-01-19T00:00:00Z"),
        ("2024-03-01", NOW_TEXT),  # ahead of now
    ],
)
def test_a_day_in_a_table_stays_a_day(site: FedSite, said: str, written: str) -> None:
    """Midnight would be an hour that nobody said, and first in every story."""
    table = f"title,url,date\nOne,https://gull.example/1,{said}\n"
    taken(site, saved(site, "r.csv", table))
    (text,) = site.records().values()
    assert f"publishedDateTime: {written}\n" in text
    assert "1 there already" in taken(site, saved(site, "r.csv", table)).stdout


def test_a_row_without_a_date_is_a_record_without_one(site: FedSite) -> None:
    """It stands last and in no feed; as the newest report it would lead the page."""
    table = "title,url,date\nNobody knows when,https://gull.example/1,\nToday,https://gull.example/2,2024-01-20\n"
    taken(site, saved(site, "r.csv", table))
    (path,) = (path for path in site.records() if "nobody" in path)
    text = site.records()[path]
    assert path == "news/2024/01/nobody-knows-when.md"
    assert "publishedDateTime" not in text
    assert f"arrivedDateTime: {NOW_TEXT}\n" in text
    assert "2 there already" in taken(site, saved(site, "r.csv", table)).stdout
    built = site.build("-v")
    assert built.code == 0, built.log
    assert "Nobody knows when" not in built.page("feed.xml")
    front = built.page("index.html")
    assert -1 < front.index("Today") < front.index("Nobody knows when")


def test_import_says_which_entries_are_no_good(site: FedSite) -> None:
    """And why; of a file that has many of them the first ten."""
    rows = "".join(f"Report {number},\n" for number in range(11))
    run = taken(site, saved(site, "r.csv", f"title,url\n,https://gull.example/1\n{rows}"))
    assert "CSV; 0 records written, 12 no good" in run.stdout
    first, second, *_, last = run.stderr.splitlines()
    assert first.endswith("r.csv: line 2, 'https://gull.example/1': without a headline")
    assert second.endswith("r.csv: line 3, 'Report 0': without a link")
    assert last.endswith("r.csv: … and 2 more")


def test_json_lines_may_begin_with_a_broken_one(site: FedSite) -> None:
    """The keys that are needed are looked for in the first that is whole."""
    text = '{"title"\n\n{"title": "One", "url": "https://gull.example/1"}\n'
    run = taken(site, saved(site, "r.jsonl", text))
    assert "1 record written, 1 no good" in run.stdout


def test_an_archive_is_taken_over(site: FedSite) -> None:
    """Records, topics and outlets as they are; nothing gets out of the content folder."""
    record = b"---\ntitle: From the archive\nwebUrl: https://gull.example/1\n---\n"
    files = {
        "everyday/news/2021/01/one.md": record,
        "everyday/news/2021/01/twin.md": record,
        "everyday/topics/sea.yaml": b"name: Sea\n",
        "everyday/organizations/gull.md": b"---\ndomain: gull.example\n---\n",
        "../../evil.md": b"---\ntitle: Evil\n---\n",
        "everyday/news/../../../evil2.md": b"---\ntitle: Evil\n---\n",
    }
    packed = site.folder.parent / "archive.tar.xz"
    with tarfile.open(packed, "w:xz") as out:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            out.addfile(member, BytesIO(data))
    before = {path.name for path in site.folder.parent.iterdir()}
    assert "archive; 3 files written, 1 there already" in taken(site, str(packed)).stdout
    assert {path.name for path in site.folder.parent.iterdir()} == before
    assert sorted(site.records()) == ["news/2021/01/one.md"]
    assert (site.folder / "content/organizations/gull.md").is_file()
    assert site.build().code == 0


def test_a_folder_without_a_site_is_said(site: FedSite) -> None:
    """Files that lie in it are named one by one."""
    folder = site.folder.parent / "downloads"
    write_site(folder, {"reports.csv": CSV})
    run = taken(site, str(folder))
    assert run.code == 1
    assert "downloads holds no records, topics or outlets" in run.stderr


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", b"name,place\nx,y\n", "needs columns with the names title and url"),
        ("a.bin", b"\x00\x01\x02", "is no feed that can be read"),
        ("a.doc", b"hello\n", "(2:0: syntax error); nor is it OPML, bookmarks, .csv"),
        ("a.html", b"<!doctype html><title>x</title>", "is a web page that names no feed"),
        ("a.opml", b'<!DOCTYPE o [<!ENTITY a "b">]><opml></opml>', "declares entities"),
        ("a.tar.gz", b"nothing", "cannot be unpacked"),
    ],
)
def test_what_cannot_be_read_is_said(site: FedSite, name: str, data: bytes, said: str) -> None:
    """Exit code 1."""
    run = taken(site, saved(site, name, data))
    assert run.code == 1
    assert said in run.stderr


PAGE = """<!DOCTYPE html><html lang="de"><head><title>Brücke offen - Möwe</title>
<meta property="og:title" content="Br&uuml;cke wieder offen">
<meta property="og:description" content="Seit heute fahren wieder Wagen. Alle freuen sich.">
<meta property="og:image" content="/bridge.jpg"><meta property="og:site_name" content="Die Möwe">
<meta property="article:published_time" content="2024-01-20T08:30:00+01:00">
<link rel="canonical" href="/bridge?utm_source=share"></head></html>"""


def written(site: FedSite, *options: str) -> Run:
    """``new``."""
    where = ("--site", str(site.folder), "--now", NOW_TEXT)
    return run_command("new", *options, *where, in_process=True)


def test_new_reads_the_head_of_a_page(web: LocalWeb, site: FedSite) -> None:
    """Headline, description, time, outlet, picture, language."""
    web.serve("/b", PAGE.encode(), "text/html; charset=utf-8")
    web.serve("/robots.txt", b"User-agent: *\nDisallow: /private\n", "text/plain")
    run = written(site, "--url", f"{web.address}/b", "--allow-private")
    assert run.code == 0, run.log
    (text,) = site.records().values()
    assert text.splitlines() == [
        "---",
        'title: "Brücke wieder offen"',
        'excerpt: "Seit heute fahren wieder Wagen. Alle freuen sich."',
        "publishedDateTime: 2024-01-20T07:30:00Z",
        "arrivedDateTime: 2024-01-20T12:00:00Z",
        f'webUrl: "{web.address}/bridge"',
        "language: de",
        "provider:",
        '  name: "Die Möwe"',
        "  domain: 127.0.0.1",
        "images:",
        f'  - url: "{web.address}/bridge.jpg"',
        "---",
    ]
    assert site.build().code == 0


def test_new_heeds_robots_txt(web: LocalWeb, site: FedSite) -> None:
    """And says what to do instead."""
    web.serve("/robots.txt", b"User-agent: *\nDisallow: /\n", "text/plain")
    run = written(site, "--url", f"{web.address}/b", "--allow-private")
    assert run.code == 2
    assert "robots.txt" in run.stderr
    assert web.paths() == ["/robots.txt"]


@pytest.mark.parametrize(
    ("link", "options", "said"),
    [
        ("http://127.0.0.1:9/b", (), "is a private address: only --allow-private"),
        ("http://127.0.0.1:9/b", ("--allow-private",), "gives no answer"),
    ],
)
def test_new_does_not_blame_robots_txt_for_the_network(
    site: FedSite, link: str, options: tuple[str, ...], said: str
) -> None:
    """A host that was not reached has refused nothing."""
    run = written(site, "--url", link, *options)
    assert run.code == 2
    assert said in run.stderr
    assert "robots" not in run.stderr


def test_import_says_what_a_private_address_needs(site: FedSite) -> None:
    """As `fetch` does."""
    options = ("http://127.0.0.1:9/feed", "--site", str(site.folder))
    run = run_command("import", *options, in_process=True)
    assert "is a private address: only --allow-private" in run.stderr


@pytest.mark.parametrize(
    ("name", "has_hint"),
    [("gull.example", True), ("www.gull.example/feed.xml", True), ("missing.opml", False)],
)
def test_an_address_without_its_beginning_is_told(site: FedSite, name: str, has_hint: bool) -> None:
    """A file of that name is not what was meant."""
    run = taken(site, name)
    assert (run.code, "https://" in run.stderr) == (2, has_hint)
    assert f"there is no file {name}" in run.stderr


def test_new_with_a_headline_asks_nobody(web: LocalWeb, site: FedSite) -> None:
    """As ever."""
    assert written(site, "A headline", "--url", f"{web.address}/b").code == 0
    assert web.asked == []


def test_new_says_what_is_missing(tmp_path: Path) -> None:
    """Neither a headline nor a page."""
    site = FedSite(write_site(tmp_path, {"content/.keep": ""}))
    run = written(site)
    assert run.code == 2
    assert "write a headline, or --url" in run.stderr
