"""Records by someone who means harm: whatever they hold, a page shows text and nothing runs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import html5lib
import pytest

from newsstand.markup.markdown import render_markdown
from tests.sites import ROOT, Run, build_site, write_site

_HTML = "{http://www.w3.org/1999/xhtml}"
# Addresses that a browser follows or loads.
_ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "background", "cite", "ping"}
_FORBIDDEN = {"base", "iframe", "object", "embed", "frame", "style", "form", "applet", "math"}
# What reorders the text around it or does not belong in a page.
# What the program itself isolates: the name of an outlet, which cannot end that.
_ISOLATED = re.compile("\u2068([^\u2066-\u2069]*)\u2069")
_HARMFUL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)

GOOD = "---\ntitle: A good record\n---\nWords.\n"
TEXTS = {
    "a script": "<script>alert(1)</script>",
    "the end of a script": "</script><script>alert(1)</script>",
    "the end of a title": "</title><svg onload=alert(1)>",
    "an attribute": '" onmouseover="alert(1)" x="',
    "an attribute in single quotes": "' onfocus='alert(1)' autofocus='",
    "a comment": "--><img src=x onerror=alert(1)><!--",
    "a CDATA section": "]]><script>alert(1)</script>",
    "a template": "{{ 7 * 7 }}{% include 'base.html' %}{# x #}${7*7}",
    "entities": "&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;b&amp;gt;",
    "numbered entities": "&#60;img src=x onerror=alert(1)&#62;&#x0;&#xd800;",
    "marks that turn text around": "\u202eright to left\u202c \u2066isolate\u2069 \ufeffmark",
    "a lone surrogate": "\\ud800 and \\udfff",
    "a pair of surrogates": "\\ud83d\\ude00",
    "control characters": "\\0\\a\\b\\e[31m\\x7f\\x9f",
    "line separators": "one\\u2028two\\u2029three\\Nfour",
    "odd signs": "\\uFFFE\\uFFFF\\U0001FFFE\\U000E0041",
    "backslashes and quotes": "\\\\ \\\" ' ` \\\\x3cscript\\\\x3e",
    "a style": "<style>*{display:none}</style><link rel=stylesheet href=//evil.example/x.css>",
    "a frame": "<iframe src=javascript:alert(1)></iframe><base href=//evil.example/>",
    "a refresh": '<meta http-equiv=refresh content="0;url=https://evil.example/">',
    "very many letters": "W" * 5000,
    "very many marks": "a" + "\u0301" * 500,
    "a spreadsheet formula": "=HYPERLINK(A1)+cmd|' /C calc'!A0",
}
ADDRESSES = {
    "javascript": "javascript:alert(1)",
    "javascript in capitals": "JaVaScRiPt:alert(1)",
    "javascript with a tab": "java\\tscript:alert(1)",
    "javascript after a space": " javascript:alert(1)",
    "javascript after a control character": "\\x01javascript:alert(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "vbscript": "vbscript:msgbox(1)",
    "a file": "file:///etc/passwd",
    "without a scheme": "//evil.example/x",
    "with backslashes": "https:\\\\\\\\evil.example\\\\x",
    "with a user": "https://harbour.example@evil.example/",
    "with quotes": 'https://harbour.example/\\"onclick=\\"alert(1)',
    "with a tag": "https://harbour.example/<script>",
    "with a line": "https://harbour.example/a\\nb",
    "no host": "https://",
    "a broken host": "https://[bad/x",
    "a broken port": "https://harbour.example:99999/",
    "a cached broken host": "https://www.google.com/amp/s/[bad.x/",
    "a cached broken port": "https://www.google.com/amp/s/example.com:99999/x",
    "too long": "https://harbour.example/" + "a" * 5000,
    "upwards": "../../../../etc/passwd",
    "from the root": "/etc/passwd",
    "upwards as a picture": "../../../../etc/passwd.png",
    "upwards in disguise": "..%2f..%2fsecret.png",
    "a host in capitals": "HTTPS://EVIL.EXAMPLE/X.PNG",
}
BODIES = {
    "a script": "<script>alert(1)</script>\n\n<SCRIPT src=//evil.example/x.js></SCRIPT>",
    "handlers": "<p onclick=alert(1)>x</p><img src=x onerror=alert(1)><a href=x onfocus=y>z</a>",
    "a drawing": "<svg onload=alert(1)><script>x()</script><a xlink:href=javascript:x>y</a></svg>",
    "formulas": '<math><mi//xlink:href="data:x,<script>alert(4)</script>">',
    "a frame": "<iframe src=https://evil.example></iframe><object data=x></object><embed src=x>",
    "a style": "<style>p{background:url(//evil.example)}</style><p style=color:red>x</p>",
    "the head": '<base href=//evil.example/><meta http-equiv=refresh content="0;url=//e.example">',
    "a form": "<form action=//e.example><input name=x><button formaction=javascript:x>y</button>",
    "links": "[a](javascript:x) [b](data:text/html,x) <a href='java&#115;cript:x'>c</a> <data:x>",
    "a link by name": "[a][b]\n\n[b]: javascript:alert(1)",
    "relative links": "[a](//e.example/x) [b](/\\\\e.example) [c](..//../x) <a href='\t//e'>d</a>",
    "pictures": "![a](https://evil.example/x.png) ![b](//evil.example/x.png) ![c](data:x,y)",
    "picture attributes": '<img src="https://evil.example/x.png" srcset="//e.example 2x" onload=x>',
    "a broken tag": '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "a hidden tag": '<abbr title="<im<img>g><script>alert(1)</script>">x</abbr>',
    "nested mistakes": "<form><math><mtext></form><form><mglyph><style></math><img src onerror=x>",
    "ids": "<p id=main class=masthead name=x>clobbered</p>",
    "an early end": "</div></main></body></html><h1>Another page</h1>",
    "comments": "<!--><script>alert(1)</script>--> <!-- a --!> <script>x</script> -->",
    "a template": "{{ config }} {% for x in y %} {# z #}",
    "marks that turn text around": "\u202etxt.exe\u202c \u2067x",
    "headings": "# One\n\n###### Six\n\n<h1>One again</h1>",
    "tables": "<table><td onclick=x colspan=999>x</table>\n\n|a|\n|-|\n|[x](javascript:y)<b>|",
}
NAMES = [
    "a b%2e",
    "query?x=1#part",
    "quote\"and'quote",
    "<script>",
    "&amp;",
    "back\\slash",
    "\U0001f600",
    "ünïcödé",
    "u\u0308",
    "per%cent%00",
    " space ",
    "two..dots",
    "~",
    "$HOME `id`",
    "{{ 7*7 }}",
    "con",
    "index.html",
    "x" * 247,
    "\U0001f600" * 61,
    "{% raw %}",
    ":colon:",
    "-rf",
]
UNPRINTABLE = [
    "line\nbreak",
    "tab\there",
    "\u202erevo",
    "\x1b[31mred",
    "re\rturn",
    "zero\u200bwidth",
]
PLACES = [
    "../../x",
    "..",
    ".",
    "/etc/passwd",
    "a/../../b",
    "..\\..\\x",
    "%2e%2e/x",
    "x\\0y",
    "~/x",
    "",
]


def _yaml(text: str) -> str:
    """Text as it stands between double quotes; the lists above write escapes as YAML does."""
    return '"' + re.sub(r'(?<!\\)"', '\\"', text) + '"'


def _record(title: str, text: str) -> str:
    """A record that says one thing in every place that takes text."""
    said = _yaml(text)
    return f"""\
---
title: {said}
excerpt: {said}
webUrl: https://harbour.example/{title}
publishedDateTime: 2024-01-18T10:00:00Z
type: {said}
language: {said}
provider:
  name: {said}
  domain: {title}.example
topics: [{said}]
featuredContent: {said}
story: {said}
images:
  - url: {said}
    title: {said}
    attribution: {said}
related:
  - title: {said}
    excerpt: {said}
    webUrl: https://quay.example/{title}
    type: {said}
    provider: {{name: {said}, domain: {title}-two.example}}
---
{text}
"""


def _addressed(number: int, address: str) -> str:
    """A record that gives one address in every place that takes an address."""
    said = _yaml(address)
    return f"""\
---
title: "Addresses, record {number}"
webUrl: {said}
originalUrl: {said}
ampWebUrl: {said}
publishedDateTime: 2024-01-18T10:00:00Z
provider:
  name: Harbour
  domain: {said}
  images: [{{url: {said}}}]
images: [{{url: {said}}}]
related:
  - title: "Elsewhere, record {number}"
    webUrl: {said}
    images: [{{url: {said}}}]
    provider: {{domain: {said}}}
---
[link]({address}) ![picture]({address})
"""


@pytest.fixture(scope="module", params=["local", "remote"])
def hostile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A site of hostile texts, addresses and bodies, with both policies for pictures."""
    folder = tmp_path_factory.mktemp(f"hostile-{request.param}")
    files = {f"content/news/text-{n}.md": _record(f"t{n}", t) for n, t in enumerate(TEXTS.values())}
    for number, address in enumerate(ADDRESSES.values()):
        files[f"content/news/address-{number}.md"] = _addressed(number, address)
    for number, body in enumerate(BODIES.values()):
        files[f"content/news/body-{number}.md"] = f"---\ntitle: Body {number}\n---\n{body}\n"
        files[f"content/pages/page-{number}.md"] = f"---\ntitle: Page {number}\n---\n{body}\n"
        files[f"content/plain-{number}.txt"] = f"Plain {number}\n\n{body}\n"
    for number, text in enumerate(TEXTS.values()):
        said = _yaml(text)
        files[f"content/topics/topic-{number}.yaml"] = (
            f"_id: t{number}\nname: {said}\ndescription: {said}\nhashtags: [{said}]\n"
        )
    said = _yaml(TEXTS["the end of a script"])
    files["site.yml"] = (
        f"title: {said}\ndescription: {said}\nauthor: {said}\nurl: https://news.example/\n"
        f"images: {request.param}\nfooter_links:\n  - {{label: {said}, url: /topics/}}\n"
    )
    write_site(folder, {path: text.encode() for path, text in files.items()})
    run = build_site(folder, "-v", output=folder / "out" / "site", in_process=True)
    assert run.code == 0, run.log[-3000:]
    return run


def _pages(run: Run) -> Iterator[tuple[str, ElementTree.Element]]:
    for address, data in run.files().items():
        if address.endswith(".html"):
            yield address, html5lib.parse(data.decode(), treebuilder="etree")


@pytest.fixture(scope="module")
def pages(hostile: Run) -> dict[str, ElementTree.Element]:
    """Every page of the hostile site but those that lead on, read as a browser reads it."""
    leads_on = '{http://www.w3.org/1999/xhtml}meta[@http-equiv="refresh"]'
    found = _pages(hostile)
    return {address: page for address, page in found if page.find(f".//{leads_on}") is None}


def test_the_hostile_site_has_its_pages(hostile: Run, pages: dict[str, object]) -> None:
    """Nothing stopped the build, and every record whose YAML is sound has its page."""
    assert "Traceback" not in hostile.log
    missing = {f"news/text-{n}/index.html" for n in range(len(TEXTS))} - pages.keys()
    # YAML has no way to write half of a surrogate pair.
    assert len(missing) <= 2
    for name, count in (("address", len(ADDRESSES)), ("body", len(BODIES))):
        assert {f"news/{name}-{n}/index.html" for n in range(count)} <= pages.keys()


def test_no_script_runs(pages: dict[str, ElementTree.Element]) -> None:
    """The only scripts are the site's own file and data in JSON."""
    for address, page in pages.items():
        for script in page.iter(f"{_HTML}script"):
            kind, source = script.get("type", ""), script.get("src", "")
            own = re.fullmatch(r"(\./|/|(\.\./)+)js/[\w.-]+\.js", source)
            assert kind == "application/ld+json" if not source else own, address


def test_no_attribute_runs(pages: dict[str, ElementTree.Element]) -> None:
    """No element has a handler, a style or a document of its own."""
    for address, page in pages.items():
        for element in page.iter():
            names = {str(name).lower() for name in element.attrib}
            bad = {n for n in names if n.startswith("on") or n in ("style", "srcdoc", "autofocus")}
            assert not bad, (address, element.tag, bad)


def test_no_element_of_a_stranger_is_in_a_page(pages: dict[str, ElementTree.Element]) -> None:
    """Frames, forms, styles, formulas and redirections are not in any page."""
    for address, page in pages.items():
        for element in page.iter():
            tag = str(element.tag).rsplit("}", 1)[-1].lower()
            assert tag not in _FORBIDDEN, (address, tag)
            if tag == "meta" and "http-equiv" in element.attrib:
                assert element.get("http-equiv") == "Content-Security-Policy", address


def test_every_address_is_of_the_web_or_of_the_site(
    pages: dict[str, ElementTree.Element],
) -> None:
    """Links and files have the schemes http and https, or are relative and on this host."""
    for address, page in pages.items():
        for element in page.iter():
            for name, value in element.attrib.items():
                if str(name).rsplit("}", 1)[-1] in _ADDRESSES:
                    parts = urlsplit(value)
                    assert parts.scheme in ("", "http", "https"), (address, value)
                    if not parts.scheme:
                        assert not re.match(r"[\s\x00-\x20]*[/\\]{2}", value), (address, value)


def test_a_link_goes_where_it_seems_to_go(pages: dict[str, ElementTree.Element]) -> None:
    """No link has a user name in it, and none leads to the host of an attacker by a trick."""
    allowed = {"EVIL.EXAMPLE", "evil.example"}
    for address, page in pages.items():
        for link in page.iter(f"{_HTML}a"):
            host = urlsplit(link.get("href", "")).netloc
            assert "@" not in host, address
            if host in allowed:
                # Openly named as such: https://evil.example is an address like any other.
                assert (link.get("href") or "").lower().startswith("https://evil.example/")


def test_pictures_of_other_hosts_are_loaded_only_where_the_site_wants_it(
    hostile: Run, pages: dict[str, ElementTree.Element]
) -> None:
    """Local pictures only, unless the policy is remote: then with lazy loading, no referrer."""
    remote = "hostile-remote" in str(hostile.output)
    for address, page in pages.items():
        for picture in page.iter(f"{_HTML}img"):
            source = picture.get("src", "")
            if urlsplit(source).scheme:
                assert remote, (address, source)
                # The leading picture of a page is seen at once; all others wait.
                assert picture.get("loading") == "lazy" or picture.get("fetchpriority") == "high"
                assert picture.get("referrerpolicy") == "no-referrer"
            else:
                assert "evil" not in source.lower(), (address, source)


def test_data_for_search_engines_is_json(pages: dict[str, ElementTree.Element]) -> None:
    """Every block of JSON parses, and its links are links."""
    count = 0
    for page in pages.values():
        for script in page.iter(f"{_HTML}script"):
            if script.get("type") == "application/ld+json":
                count += 1
                data = json.loads(script.text or "")
                listed = data.get("mainEntity", {}).get("itemListElement", [])
                urls = [item["url"] for item in listed]
                for url in [*urls, *([data["isBasedOn"]] if "isBasedOn" in data else [])]:
                    assert urlsplit(url).scheme in ("http", "https")
    assert count > len(TEXTS)


def test_no_page_holds_what_reorders_or_breaks_text(hostile: Run) -> None:
    """Control characters, marks that turn text around and half characters are taken out."""
    for address, data in hostile.files().items():
        if address.endswith((".html", ".xml", ".webmanifest", ".txt")):
            text = _ISOLATED.sub(r"\1", data.decode("utf-8"))
            found = _HARMFUL.search(text)
            assert found is None, (address, found)


def test_a_template_in_a_text_is_text(hostile: Run) -> None:
    """Nothing in a record is run as a template."""
    number = list(TEXTS).index("a template")
    page = hostile.page(f"news/text-{number}/")
    assert "{{ 7 * 7 }}" in page
    assert ">49" not in page


def test_every_page_keeps_its_order(pages: dict[str, ElementTree.Element]) -> None:
    """A body closes nothing that is not its own: one h1, one main, and the footer after it."""
    for address, page in pages.items():
        assert len(list(page.iter(f"{_HTML}h1"))) == 1, address
        assert len(list(page.iter(f"{_HTML}main"))) == 1, address
        assert [e.get("class") for e in page.iter(f"{_HTML}footer")].count("foot") == 1, address
        ids = [e.get("id") for e in page.iter() if e.get("id")]
        assert len(ids) == len(set(ids)), address


def test_feed_sitemap_and_manifest_are_well_formed(hostile: Run) -> None:
    """What programs read parses, whatever the records hold."""
    feed = ElementTree.fromstring(hostile.files()["feed.xml"])
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) > 10
    ElementTree.fromstring(hostile.files()["sitemap.xml"])
    assert json.loads(hostile.files()["site.webmanifest"])["name"].startswith("</script>")


def test_nothing_is_written_outside_the_output(hostile: Run) -> None:
    """Beside the site there is only the lock of the build."""
    beside = {path.name for path in hostile.output.parent.iterdir()}
    assert {name for name in beside if not name.endswith(".lock")} == {hostile.output.name}
    assert "passwd" not in "".join(hostile.files())


def test_names_that_lead_elsewhere_stay_inside(tmp_path: Path) -> None:
    """Topics, outlets, stories and pages named like paths are written below the output."""
    files = {"site.yml": ""}
    for number, place in enumerate(PLACES):
        said = _yaml(place)
        files[f"content/news/r{number}.md"] = (
            f"---\ntitle: Record {number}\ntopics: [{said}]\nprovider: {said}\n"
            f"story: {said}\nimages: [{{url: {said}}}]\n---\nWords.\n"
        )
        files[f"content/topics/t{number}.yaml"] = f"_id: {said}\nname: {said}\nparent: {said}\n"
        files[f"content/providers/p{number}.yaml"] = f"domain: {said}\nname: {said}\n"
    before = {"content", "site.yml"}
    write_site(tmp_path, files)
    run = build_site(tmp_path, output=tmp_path / "site", in_process=True)
    assert run.code == 0, run.log[-2000:]
    after = {p.name for p in tmp_path.iterdir() if not p.name.endswith(".lock")}
    assert after == before | {"site", ".cache"}
    assert not [name for name in run.files() if ".." in name.split("/")]


@pytest.fixture(scope="module")
def oddly_named(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A site of records with odd file names."""
    folder = tmp_path_factory.mktemp("names")
    write_site(folder, {"content/good.md": GOOD, "site.yml": ""})
    for number, name in enumerate([*NAMES, *UNPRINTABLE]):
        record = f"---\ntitle: Odd name {number}.\n---\nWords.\n"
        (folder / "content" / f"{name}.md").write_text(record, encoding="utf-8")
    run = build_site(folder, "-v", in_process=True)
    assert run.code == 0, run.log
    return run


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name)[:20])
def test_a_record_may_have_any_file_name(oddly_named: Run, name: str) -> None:
    """An odd name is an address like any other: its page is there, and a link leads to it."""
    files = {normalize("NFC", address): data for address, data in oddly_named.files().items()}
    page = files[normalize("NFC", f"news/{name}/index.html")].decode()
    number = NAMES.index(name)
    assert f">Odd name {number}.<" in page
    day = html5lib.parse(oddly_named.page("archive/undated/"), treebuilder="etree")
    link = next(a for a in day.iter(f"{_HTML}a") if a.text == f"Odd name {number}.")
    target = unquote(urlsplit(urljoin("https://h.example/archive/undated/", link.get("href"))).path)
    assert normalize("NFC", f"{target}index.html") == normalize("NFC", f"/news/{name}/index.html")


def test_a_name_that_cannot_be_printed_is_a_problem(oddly_named: Run) -> None:
    """Such a record is left out and named, without the signs that steer a terminal."""
    assert oddly_named.stderr.count("[file-name]") == len(UNPRINTABLE)
    assert f"{len(NAMES) + 1} published" in oddly_named.stdout
    assert not _HARMFUL.search(oddly_named.log)


def test_a_file_name_that_is_no_text_is_a_problem(tmp_path: Path) -> None:
    """A name that is not UTF-8 is named, left out, and published around."""
    write_site(tmp_path, {"content/good.md": GOOD, "site.yml": ""})
    for odd in (b"odd-\xff.md", b"odd-\xff.png", b"held-\xff.md"):
        name = bytes(tmp_path / "content") + b"/" + odd
        try:
            with open(name, "wb") as file:  # noqa: PTH123  (a Path would not take these bytes)
                file.write(b"---\ntitle: Odd\ndraft: true\n---\n" if b"held" in odd else b"# Odd")
        except OSError:
            pytest.skip("this disk takes no such name")
    environment = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "utf-8:strict", "LC_ALL": "C.UTF-8"}
    run = build_site(tmp_path, environment=environment)
    assert run.code == 0, run.log
    assert run.stderr.count("[file-name]") == 3
    assert "A good record" in run.page("news/good/")


def test_messages_hold_no_signs_that_steer_a_terminal(tmp_path: Path) -> None:
    """File names and values are shown in print only: no escape, no carriage return, no newline."""
    odd = "\x1b[31mred\r\x07"
    files = {
        "content/good.md": "---\ntitle: A good record\nalone: true\n---\n",
        f"content/{odd}held.md": "---\ntitle: Held\ndraft: true\n---\n",
        f"content/{odd}alone.md": '---\ntitle: Alone\nalone: true\nquality: "\\e[31m"\n---\n',
        f"content/{odd}twin.md": "---\ntitle: Twin\nstory: a\nalone: true\n---\n",
        f"content/{odd}line\nfeed.md": "---\ntitle: Broken: here\n---\n",
        "content/stories.yml": 'merge:\n  - ["good.md", "\\e[31mred\\r\\aalone.md"]\n',
        "site.yml": "",
    }
    run = build_site(write_site(tmp_path, files), "-v", in_process=True)
    assert run.code == 0
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", run.log)


_NESTED = {
    "dashes": "topics:\n" + "- " * 50_000,
    "braces": "{a: " * 100_000,
    "questions": "? " * 50_000,
    "brackets": "[" * 1_000_000,
    "brackets never closed": "a: " + "[" * 60_000,
    "brackets closed": "a: " + "[" * 100_000 + "]" * 100_000,
    "indents": "\n".join(" " * n + "a:" for n in range(3000)),
    "aliases": "a: &a [x, x]\n" + "".join(f"b{n}: [*a, *a, *a, *a]\n" for n in range(1000)),
    "aliases of aliases": "b0: &b0 [x, x]\n"
    + "".join(f"b{n}: &b{n} [*b{n - 1}, *b{n - 1}, *b{n - 1}]\n" for n in range(1, 35)),
    "itself": "related: &r\n" + "- *r\n" * 1000,
    "a piece of itself": "related:\n- &e\n  title: Ferry\n  images: [*e]",
    "aliases in a piece": "related:\n- title: Ferry\n  b0: &b0 [x, x]\n"
    + "".join(f"  b{n}: &b{n} [*b{n - 1}, *b{n - 1}]\n" for n in range(1, 31))
    + "  images: *b30",
    "many keys": "".join(f"k{n}: {{a: [{'b, ' * 120}]}}\n" for n in range(1000)),
}


def test_yaml_that_nests_without_end_is_a_problem(tmp_path: Path) -> None:
    """Deep or multiplying YAML neither ends the build nor takes minutes; each is named."""
    write_site(tmp_path, {"content/good.md": GOOD, "site.yml": ""})
    for name, text in _NESTED.items():
        write_site(tmp_path, {f"content/bomb {name}.md": f"---\n{text}\n---\n".encode()})
    run = build_site(tmp_path, "-v")
    assert run.code == 0, run.log[-500:]
    assert [name for name in _NESTED if f"bomb {name}.md:" not in run.stderr] == []
    assert "A good record" in run.page("news/good/")


_BOMBS = {
    "quotes": ">" * 100_000,
    "quotes in lines": ("> " * 23 + "x\n") * 2000,
    "brackets": "[" * 100_000,
    "brackets in lines": ("[" * 39 + "\n") * 2500,
    "brackets with letters": "[a" * 50_000,
    "links never closed": "[a](" * 25_000,
    "links with angles": "[a](<" * 20_000,
    "pictures never closed": "![a](" * 20_000,
    "links by name": "[a][b]" * 15_000,
    "stars": "*a " * 30_000,
    "stars and more": "**a *b " * 14_000,
    "underlines": "_a " * 30_000,
    "backticks": " ".join("`" * n for n in range(1, 600)),
    "tags never closed": "<a" * 50_000,
    "attributes never closed": '<a b="' * 16_000,
    "bold never closed": "<b>" * 30_000,
    "comments never closed": "<!--" * 25_000,
    "addresses never closed": "<http:" * 16_000,
    "entities": "&#" * 50_000,
    "lists in lists": "\n".join("    " * n + "- a" for n in range(200)),
    "definitions": "a\n: " * 20_000,
    "rows": "|a" * 2000 + "|\n" + "|-" * 2000 + "|\n" + ("|a" * 2000 + "|\n") * 20,
    "backslashes": "\\" * 100_000,
}
_ALL_BOMBS = 120  # seconds: no promise of speed, only far from the hours that some would take
_RENDER_ALL = """
import json, sys
from newsstand.markup.markdown import render_markdown
for name, text in json.load(sys.stdin).items():
    render_markdown(text)
    print(name, flush=True)
"""


def test_a_body_that_is_made_to_be_slow_is_not() -> None:
    """No body of ordinary length takes the converter beyond all bounds."""
    done = b""
    try:
        done = subprocess.run(
            [sys.executable, "-c", _RENDER_ALL],
            cwd=ROOT, check=True, input=json.dumps(_BOMBS).encode(), stdout=subprocess.PIPE,
            timeout=_ALL_BOMBS,
        ).stdout  # fmt: skip
    except subprocess.TimeoutExpired as late:
        done = late.stdout or b""
    # The first that is missing is the one that was too slow.
    assert done.decode().splitlines() == list(_BOMBS)


def test_what_is_shown_plainly_instead_is_all_of_the_text() -> None:
    """A text that Markdown cannot take in good time is shown as paragraphs, without loss."""
    shown = str(render_markdown("First a < b.\n\n" + "[" * 100_000))
    assert shown.startswith("<p>First a &lt; b.</p>")
    assert shown.count("[") == 100_000


def test_a_content_folder_cannot_write_beside_the_output(tmp_path: Path) -> None:
    """Pictures with odd names are copied below media/ and nowhere else."""
    for name in ("a b%2e.png", "..png", "x\ny.svg", "q?.jpg", "pages/..hidden/z.png"):
        target = tmp_path / "content" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"picture")
    shown = "# A good record\n\n![a](<a b%2e.png>) ![b](..png) ![c](q?.jpg) ![d](<a b%252e.png>)"
    write_site(tmp_path, {"content/good.md": shown, "site.yml": ""})
    run = build_site(tmp_path, output=tmp_path / "site", in_process=True)
    assert run.code == 0
    pictures = [n for n, data in run.files().items() if data == b"picture"]
    assert pictures
    assert all(name.startswith("media/") and ".." not in name.split("/") for name in pictures)
    assert {p.name for p in tmp_path.iterdir()} - {".newsstand-site.lock"} == {
        ".cache",
        "content",
        "site",
        "site.yml",
    }
