"""Where links of a body lead, which ids it has, and what of it is not shown."""

from __future__ import annotations

import re

import pytest

from newsstand.markup.markdown import examine, render_markdown


@pytest.mark.parametrize(
    ("target", "printed"),
    [
        ("mailto:desk@z.example", "mailto:desk@z.example"),
        ("mailto:desk@z.example?subject=x&bcc=y@z.example", "mailto:desk@z.example"),
        ("MAILTO:desk@z.example", "mailto:desk@z.example"),
        ("tel:+49-30-1234", "tel:+49-30-1234"),
        ("tel:javascript", ""),
        ("mailto:nobody", ""),
        ("mailto:a@b@c.example", ""),
    ],
)
def test_mail_and_telephone_are_links(target: str, printed: str) -> None:
    """A contact page needs them; nothing but an address or a number is in them."""
    shown = render_markdown(f"[write]({target})")
    found = re.findall(r'href="([^"]*)"', shown)
    assert found == ([printed] if printed else [])
    assert "rel=" not in shown


def test_a_dropped_link_is_its_text() -> None:
    """No empty element stays behind."""
    assert render_markdown("a [b *c*](javascript:x) d") == "<p>a b <em>c</em> d</p>"


def test_headings_have_ids_and_parts_are_reached() -> None:
    """As GitHub names them, or as the text does; twice the same gets a number."""
    links = "[jump](#part-two) [own](#deep) [none](#nowhere)"
    text = f"{links}\n\n## Part two!\n\n## X {{#deep}}\n\n## X\n\n## X\n"
    shown = render_markdown(text, name="record")
    assert re.findall(r'id="([^"]*)"', shown) == ["s-part-two", "s-deep", "s-x", "s-x-1"]
    assert re.findall(r'href="([^"]*)"', shown) == ["#s-part-two", "#s-deep"]


def test_notes_hold_the_records_name() -> None:
    """Two records on one page could have notes of one number."""
    text = "One[^a], two[^b], one again[^a].\n\n[^a]: Ay.\n[^b]: Bee.\n"
    shown = render_markdown(text, name="pier")
    assert re.findall(r'id="([^"]*)"', shown) == [
        *("fnref-pier-1", "fnref-pier-2", "fn-pier-1", "fn-pier-2"),
    ]
    targets = [target.removeprefix("#") for target in re.findall(r'href="([^"]*)"', shown)]
    assert targets == ["fn-pier-1", "fn-pier-2", "fn-pier-1", "fnref-pier-1", "fnref-pier-2"]


@pytest.mark.parametrize("text", ['<h2 id="main">x</h2>', '<a id="top">x</a>', '<li id="a">'])
def test_a_text_gives_no_other_ids(text: str) -> None:
    """A page has ids of its own."""
    assert "id=" not in render_markdown(text, name="x")


def test_boxes_are_those_of_tasks() -> None:
    """No field that could be filled in gets through."""
    fields = '<input type="text" value="x"><input type=checkbox>'
    shown = render_markdown(f"- [x] a\n- [ ] b\n\n{fields}")
    assert re.findall(r"<input[^>]*>", shown) == [
        '<input type="checkbox" disabled="" checked="">',
        '<input type="checkbox" disabled="">',
    ]


@pytest.mark.parametrize(
    ("text", "dropped"),
    [
        ('<video controls src="a.mp4"></video>', ("video",)),
        ("a <blink>b</blink> <center>c</center>", ("blink", "center")),
        ("<details><summary>x</summary>\n\ny\n\n</details>", ()),
    ],
)
def test_what_is_not_shown_is_known(text: str, dropped: tuple[str, ...]) -> None:
    """So that it can be named."""
    assert examine(text).dropped == dropped


def test_a_picture_of_another_host_leaves_no_empty_paragraph() -> None:
    """It is not shown, and nothing stands in its place."""
    assert render_markdown("a\n\n![x](https://pics.example/x.png)\n\nb") == "<p>a</p>\n<p>b</p>"


def test_columns_keep_their_sides() -> None:
    """Numbers stand at the right."""
    shown = render_markdown("| a | b |\n|:--|--:|\n| x | 1 |\n")
    assert '<th align="right">b</th>' in shown
    assert '<td align="left">x</td>' in shown
