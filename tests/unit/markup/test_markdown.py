"""Markdown that strangers wrote becomes HTML that is safe to print."""

from __future__ import annotations

import re
from itertools import pairwise

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsstand.markup.markdown import render_markdown

_ALLOWED = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:\s+[a-z]+=\"[^\"<>]*\")*)\s*>")


def html(text: str) -> str:
    """The HTML of a text."""
    return str(render_markdown(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("  \n\n ", ""),
        ("Words.", "<p>Words.</p>"),
        ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("```\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>"),
        ("a & b < c", "<p>a &amp; b &lt; c</p>"),
        ("{{ x }}", "<p>{{ x }}</p>"),
        ("a<br>b", "<p>a<br>b</p>"),
    ],
)
def test_markdown_becomes_html(text: str, expected: str) -> None:
    """Paragraphs, emphasis, lists, quotations and code."""
    assert html(text).strip() == expected


def test_tables_are_tables() -> None:
    """With head and body."""
    shown = html("|a|b|\n|-|-|\n|1|2|\n")
    assert "<th>a</th>" in shown
    assert "<td>2</td>" in shown


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<style>p{}</style>",
        "<iframe src='https://a.example'></iframe>",
        "<svg onload=alert(1)></svg>",
        "<object data=x></object><embed src=x>",
        "<form action=x><input></form>",
        "<base href=//evil.example/>",
        "<meta http-equiv=refresh content=0>",
        "<!-- comment -->",
    ],
)
def test_what_runs_or_frames_leaves_nothing(text: str) -> None:
    """Neither the element nor what is in it."""
    assert re.sub(r"</?p>|\s", "", html(text)) == ""


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,x)",
        "[x](vbscript:x)",
        "[x](//evil.example)",
        "[x](/inside/)",
        "[x](../inside/)",
        "[x](https://user@evil.example/)",
        "<a href='java&#115;cript:x'>x</a>",
        "<a href='\tjavascript:x'>x</a>",
        "[x][y]\n\n[y]: javascript:x",
    ],
)
def test_a_link_that_may_not_be_printed_is_its_text(text: str) -> None:
    """The words stay, the address goes."""
    assert "href" not in html(text)
    assert ">x<" in html(text)


def test_a_link_of_the_web_is_marked_as_foreign() -> None:
    """It gives no credit and no way back to this window."""
    shown = html("[x](https://harbour.example/a b) <https://quay.example/>")
    assert 'href="https://quay.example/"' in shown
    for rel in re.findall(r'rel="([^"]*)"', shown):
        assert {"noopener", "nofollow"} <= set(rel.split())


def test_links_and_pictures_inside_are_asked_for() -> None:
    """Whoever renders says what an address inside leads to."""
    shown = render_markdown(
        "[a](/topics/) ![b](pictures/b.png) ![c](https://evil.example/c.png)",
        inside=lambda address: f"..{address}",
        picture=lambda address: f"../media/{address}" if "://" not in address else "",
    )
    assert 'href="../topics/"' in shown
    assert 'src="../media/pictures/b.png"' in shown
    assert "evil" not in shown
    assert shown.count("<img") == 1


def test_a_picture_has_an_alternative_text() -> None:
    """An empty one where the text gives none."""
    shown = render_markdown("<img src=a.png>\n\n![b](a.png)", picture=lambda a: a)
    assert 'alt=""' in shown
    assert 'alt="b"' in shown
    assert shown.count("alt=") == 2


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# a\n\n## b\n\n# c", "232"),
        ("### a\n\n###### b\n\n# c", "232"),
        ("# a\n\n# b", "22"),
        ("a\n=\n\nb\n-", "23"),
        ("## a\n\n# b", "22"),
        ("# a\n\n## b\n\n### c\n\n#### d\n\n##### e\n\n###### f", "234566"),
    ],
)
def test_headings_begin_below_the_page_title_and_never_jump(text: str, levels: str) -> None:
    """h1 is the page's own."""
    found = "".join(re.findall(r"<h(\d)>", html(text)))
    assert found == levels
    assert "".join(re.findall(r"</h(\d)>", html(text))) == levels
    assert all(int(b) - int(a) <= 1 for a, b in pairwise("1" + found))


def test_headings_may_begin_deeper() -> None:
    """Where the text stands below a heading of its own."""
    assert render_markdown("# a", first_heading=3) == "<h3>a</h3>"


def test_attributes_that_style_or_name_are_dropped() -> None:
    """No class, no id, no style, no handler."""
    shown = html('<p id=main class=x style="y" onclick=z data-x=1>a</p>')
    assert shown.strip() == "<p>a</p>"


def test_marks_that_turn_text_around_are_dropped() -> None:
    """As in headlines."""
    assert html("a\u202eb\x00c") == "<p>abc</p>"


@pytest.mark.parametrize("text", ["[" * 100_000, "a\n\n" * 100_000, "> " * 50_000, "<b>" * 20_000])
def test_what_markdown_takes_too_long_for_is_plain(text: str) -> None:
    """No text is lost for it."""
    shown = html(text)
    assert shown.startswith(("<p>", "<blockquote>"))
    assert len(shown) >= len(text) / 2


def test_one_text_leaves_nothing_for_the_next() -> None:
    """Links by name and footnotes of one text are not those of another."""
    html("[a]\n\n[a]: https://harbour.example/")
    assert "href" not in html("[a]")


@given(
    st.text(alphabet=st.sampled_from("<>\"'=/ab[](){}!*_`#&;:-|\n j\t1hrefsrcimgonx"), max_size=150)
)
def test_any_text_gives_tags_that_are_allowed_and_closed(text: str) -> None:
    """Whatever is written, only known tags with known attributes come out, in good order."""
    shown = html(text)
    for tag in re.findall(r"<[^>]*>", shown):
        match = _ALLOWED.fullmatch(tag)
        assert match, tag
        names = set(re.findall(r"([a-z]+)=", re.sub(r'"[^"]*"', '""', match[3])))
        assert names <= {"href", "rel", "src", "alt", "title", "start"}, tag
        assert match[2] not in {"script", "style", "iframe", "svg", "h1"}, tag
    page = html5lib.parse(f"<!doctype html><title>x</title><div id=a>{shown}</div><p id=z>")
    ids = [e.get("id") for e in page.iter() if e.get("id")]
    assert ids == ["a", "z"]


def test_a_link_inside_the_site_is_not_marked_as_one_that_leaves() -> None:
    """The mark is for those to other hosts."""
    html = render_markdown("[a](/a/) [b](https://b.example/)", inside=lambda t: f"..{t}")
    assert '<a href="../a/">a</a>' in html
    assert '<a href="https://b.example/" rel="noopener external nofollow">b</a>' in html
