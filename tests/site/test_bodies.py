"""Bodies on their pages: links between records, pages and parts, and what is said of dead ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.sites import Run, build_site, run_command, write_site

NOW = "2026-03-10T12:00:00Z"
FOOT = "---\ntitle: Footbridge\nwebUrl: https://quay.example/f\n---\n## Part two\n\nWords.\n"
LINKS = """\
---
title: Links
webUrl: https://quay.example/l
featuredContent: "See [there](footbridge.md)."
---
[same](footbridge.md) [part](footbridge.md#part-two) [up](../news/footbridge.md)
[address](/news/footbridge/) [topics](/topics/) [page](../../pages/about.md)
[top](/news/footbridge.md) [mail](mailto:desk@quay.example) [dead](nothing.md) [gone](/news/gone/)
"""
FILES = {
    "content/news/footbridge.md": FOOT,
    "content/news/deep/links.md": LINKS.replace("(footbridge.md", "(../footbridge.md").replace(
        "../news/footbridge.md)", "../../news/footbridge.md)"
    ),
    "content/pages/about.md": "# About\n\n[a](../news/footbridge.md) [b](#below) [c](gone.md)\n\n"
    "## Below\n",
    "site.yml": "url: https://t.example/\n",
}


def built(tmp_path: Path) -> Run:
    """The site of records that link to each other."""
    return build_site(write_site(tmp_path, FILES), "-v", now=NOW, in_process=True)


def test_records_and_pages_link_to_each_other(tmp_path: Path) -> None:
    """As an editor and GitHub know it, and by the site's own addresses."""
    run = built(tmp_path)
    page = run.page("news/links/")
    found = re.findall(r'<a href="([^"]*)">(\w+)</a>', page)
    bridge = "../../news/footbridge/"
    for name, target in (
        *(("there", bridge), ("same", bridge), ("part", f"{bridge}#s-part-two"), ("up", bridge)),
        *(
            ("address", bridge),
            ("topics", "../../topics/"),
            ("page", "../../about/"),
            ("top", bridge),
        ),
        ("mail", "mailto:desk@quay.example"),
    ):
        assert (target, name) in found
    assert 'id="s-part-two"' in run.page("news/footbridge/")
    about = run.page("about/")
    assert '<a href="../news/footbridge/">a</a>' in about
    assert '<a href="#s-below">b</a>' in about


def test_dead_links_are_said_by_the_build(tmp_path: Path) -> None:
    """With their places; the page shows their words."""
    run = built(tmp_path)
    below = run.stderr.replace(f"{tmp_path}/content/", "")
    said = re.findall(r"(\S+):(\d+):\d+: warning: the link '([^']*)' leads to no page", below)
    assert said == [
        *(("news/deep/links.md", "8", "nothing.md"), ("news/deep/links.md", "8", "/news/gone/")),
        ("pages/about.md", "3", "gone.md"),
    ]
    assert re.search(r"\bdead gone", re.sub(r"<[^>]*>", "", run.page("news/links/")))


def test_a_text_links_to_stories_and_to_what_leads_on(tmp_path: Path) -> None:
    """Any address below /stories/ that answers; a record that was always alone has none."""
    report = "---\ntitle: Footbridge opens\nstory: bridge\npublishedDateTime: 2026-03-0{}\n---\n"
    names = "stories/one stories/two stories/links stories news".split()
    links = LINKS + "\n".join(f"[{name.replace('/', '')}](/{name}/)" for name in names)
    files = {
        "content/news/one.md": report.format(1),
        "content/news/two.md": report.format(2),
        "content/news/links.md": links,
    }
    run = build_site(write_site(tmp_path, files), "-v", now=NOW, in_process=True)
    found = re.findall(
        r'<a href="../../(stories/[a-z/]*|news/)">(\w+)</a>', run.page("news/links/")
    )
    assert found == [(f"{name}/", name.replace("/", "")) for name in names if "links" not in name]
    assert "'/stories/links/' leads to no page" in run.stderr


def test_a_record_that_goes_takes_the_links_to_it_along(tmp_path: Path) -> None:
    """The next build makes the pages again that had one."""
    built(tmp_path)
    (tmp_path / "content/news/footbridge.md").unlink()
    run = build_site(tmp_path, now=NOW, in_process=True)
    assert "footbridge" not in re.sub(r"<[^>]*>", "", run.page("about/"))
    assert "news/footbridge/" not in run.page("news/links/")
    assert "'../footbridge.md' leads to no page" in run.stderr


def test_check_names_what_is_not_shown(tmp_path: Path) -> None:
    """Tags that are dropped, blocks that are too much, parts that are not there."""
    body = "<video src=a></video>\n\n[part](#nowhere)\n\n" + "*a [b " * 900 + "\n"
    write_site(tmp_path, {"content/a.md": FOOT + body, "site.yml": ""})
    run = run_command("check", "--site", str(tmp_path), "-v", "--now", NOW, in_process=True)
    assert "a.md:8:1: note: <video> is not shown [tag-dropped]" in run.stdout
    assert "a.md:10:8: warning: the link '#nowhere' leads to no page of the site" in run.stdout
    assert "a.md:12:1: note: the block has so many signs" in run.stdout


@pytest.mark.parametrize(
    "link",
    ["vbscript:x", "javascript:alert(1)", "wss://h.example/", "ftp://h.example/a", "x-app:go"],
)
def test_a_link_that_is_not_shown_is_named_with_what_would_be(tmp_path: Path, link: str) -> None:
    """By the build; nobody is asked to add a page for it."""
    files = {"content/a.md": FOOT + f"A [word]({link}).\n", "site.yml": ""}
    run = build_site(write_site(tmp_path, files), now=NOW, in_process=True)
    assert f"the link {link!r} is not shown" in run.stderr
    assert "begins with https://" in run.stderr
    assert link not in run.page("news/a/")


@pytest.mark.parametrize("link", ["tel:+1", "mailto:nobody", "tel:call-me"])
def test_check_names_a_mailbox_or_telephone_that_is_none(tmp_path: Path, link: str) -> None:
    """It is not printed."""
    write_site(tmp_path, {"content/a.md": FOOT + f"A [word]({link}).\n", "site.yml": ""})
    run = run_command("check", "--site", str(tmp_path), "-v", "--now", NOW, in_process=True)
    assert f"the link {link!r} is not shown" in run.stdout


@pytest.mark.parametrize(
    "address", ["data:image/png;base64,AA", "//h.example/a.png", "ftp://h/a.png"]
)
def test_a_picture_that_no_page_can_show_is_named(tmp_path: Path, address: str) -> None:
    """Those of other hosts are left out by a setting; these by what they are."""
    files = {"content/a.md": FOOT + f"![a]({address})\n", "site.yml": "images: remote\n"}
    run = build_site(write_site(tmp_path, files), now=NOW, in_process=True)
    assert "picture-missing" in run.stderr
    assert address not in run.page("news/a/")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{{< youtube abc >}}", "shortcode of Hugo"),
        ('{{% notice "x" %}}', "shortcode of Hugo"),
        ("{% include a.html %}", "tag of templates"),
        ("{{ page.title }}", "tag of templates"),
        ("See [[Other note|it]]", "link of a wiki"),
        ("![[a.png]]", "link of a wiki"),
        ('[caption id="a"]x[/caption]', "shortcode of WordPress"),
        (":::tip Mind\n\nx\n\n:::", "box of Docusaurus"),
        ("> [!NOTE]\n> Mind the gap", "alert of GitHub"),
        ("{: .wide}", "attributes of kramdown"),
        ('import Tabs from "@theme/Tabs";', "import of MDX"),
        ("![a](__GHOST_URL__/a.png)", "place holder of Ghost"),
    ],
)
def test_check_names_marks_of_other_programs(tmp_path: Path, text: str, what: str) -> None:
    """They are shown as they are written; in code they are what they are."""
    code = f"`{text}`" if "\n" not in text else ""
    quoted = FOOT + f"```\n{text}\n```\n\n{code}\n"
    files = {"content/a.md": FOOT + f"Words.\n\n{text}\n", "content/b.md": quoted, "site.yml": ""}
    write_site(tmp_path, files)
    run = run_command("check", "--site", str(tmp_path), "-v", "--now", NOW, in_process=True)
    (said,) = [line for line in run.stdout.splitlines() if "markup-of-others" in line]
    assert what in said
    assert said.startswith(f"{tmp_path}/content/a.md:10:")


@pytest.mark.parametrize(("setting", "printed"), [("", False), ("tracking: keep\n", True)])
def test_links_of_texts_count_no_readers(tmp_path: Path, setting: str, printed: bool) -> None:
    """In bodies, notes and pages, as the links of records; a setting keeps them."""
    link = "https://gull.example/a?utm_source=x&id=5&fbclid=z#part"
    record = f"---\ntitle: A\nfeaturedContent: '[note]({link})'\n---\n[body]({link}) <{link}>\n"
    page = f"---\ntitle: About\n---\n[page]({link})\n"
    files = {"content/a.md": record, "content/pages/about.md": page, "site.yml": setting}
    run = build_site(write_site(tmp_path, files), in_process=True)
    text = run.page("news/a/") + run.page("about/")
    assert ('href="https://gull.example/a?utm_source' in text) == printed
    assert ('href="https://gull.example/a?id=5#part"' in text) != printed
    assert text.count('href="https://gull.example/') == 4


def test_bodies_run_as_their_language_does(tmp_path: Path) -> None:
    """Not as their first letter: the language of the record counts, else that of the site."""
    foreign = "Port Elsin Gazette Harbour Desk: انهار"
    outlet = f"---\nname: Quay\ndomain: quay.example\ndescription: '{foreign}'\n---\n"
    head = "---\ntitle: Wall\nwebUrl: https://quay.example/w\n"
    own = f"{head}language: en\nfeaturedContent: '{foreign}'\n---\n{foreign}\n"
    files = {
        "content/news/own.md": own,
        "content/news/other.md": head.replace("/w\n", "/x\n") + f"---\n{foreign}\n",
        "content/pages/about.md": f"---\ntitle: '{foreign}'\n---\n{foreign}\n",
        "content/providers/quay.md": outlet,
        "site.yml": "language: ar\n",
    }
    run = build_site(write_site(tmp_path, files), now=NOW, in_process=True)
    prose = re.compile(r'<div class="prose" dir="(\w+)"')
    pages = ("news/own/", "news/other/", "about/")
    assert [prose.findall(run.page(page)) for page in pages] == [["ltr"], ["rtl"], ["rtl"]]
    assert '<aside class="note" dir="rtl"' in run.page("news/own/")  # the editor's language
    assert 'class="page-title" dir="rtl"' in run.page("about/")
    assert 'class="opening-line" dir="rtl"' in run.page("outlets/quay.example/")
