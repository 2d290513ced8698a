"""Pages from templates: what repeats on many of them is printed once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from jinja2 import Environment

from newsstand.model import Page
from newsstand.render.macro_cache import Repeated
from newsstand.render.templates import Renderer
from tests.newsroom import renderer_of, site_of

_MACRO = "{% macro line(value, root, css='') %}<a{{ css }} href='{{ root }}'>{{ value.text }}</a>"
_TEMPLATE = f"{_MACRO}{{% endmacro %}}[{{{{ repeated(line, page.values, page.root) }}}}]"


@dataclass
class Value:
    """What a page lists; a view would be frozen."""

    text: str


@dataclass
class View:
    """What the template prints."""

    values: list[Value]
    root: str = "../"


@pytest.fixture
def renderer(tmp_path: Path) -> Renderer:
    """Two templates that print a list."""
    for name in ("one.html", "two.html"):
        (tmp_path / name).write_text(_TEMPLATE, encoding="utf-8")
    return renderer_of(site_of(), tmp_path)


def page_of(address: str, template: str, view: View) -> Page:
    """A page that shows a value."""
    return Page(address, template, lambda _common, inputs: inputs, view)


def test_what_repeats_is_printed_once(renderer: Renderer) -> None:
    """On pages of one kind with the same way to the root; escaped, one after the other."""
    values = [Value("<a>"), Value("b")]
    printed = "[<a href='../'>&lt;a&gt;</a><a href='../'>b</a>]"
    assert renderer.render(page_of("x/", "one.html", View(values))) == printed
    values[1].text = "c"
    assert renderer.render(page_of("y/", "one.html", View(values))) == printed
    assert ">c<" in renderer.render(page_of("y/z/", "one.html", View(values, "../../")))
    assert ">c<" in renderer.render(page_of("z/", "two.html", View(values)))


def test_another_value_is_another_print(renderer: Renderer) -> None:
    """Also where the place in memory of one that is gone is taken by the next."""
    for number in range(200):
        page = page_of("x/", "one.html", View([Value(str(number))]))
        assert renderer.render(page) == f"[<a href='../'>{number}</a>]"


def test_what_is_kept_has_a_bound() -> None:
    """What is asked for stays; what is not while others are printed is printed anew."""
    environment = Environment(autoescape=True)
    environment.globals["repeated"] = Repeated(most=3)
    template = environment.from_string(_TEMPLATE)

    def render(*values: Value) -> str:
        return template.render(page=View(list(values)))

    wanted, other = Value("wanted"), Value("other")
    for number in range(9):
        values = [wanted, *([] if number else [other]), *[Value(str(n)) for n in range(3)]]
        whole = render(*values)
        assert whole.count("<a") == len(values)
        wanted.text = other.text = "new"
        assert ">wanted<" in whole
    assert ">new<" in render(other)
