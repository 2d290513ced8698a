"""Templates print here as they do in Jinja's own way."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader, Environment, UndefinedError
from markupsafe import Markup

from newsstand.render.codegen import Calling, Imported, Printing
from newsstand.render.errors import Missing


class Safe:
    """Says itself how it is printed."""

    def __html__(self) -> str:
        return "<hr>"


PARTS = """
{% macro bold(text, css="") %}<b{{ css }}>{{ text }}</b>{% endmacro %}
{% macro around(text) %}{{ text }}{{ caller() }}{% endmacro %}
{% macro all(first) %}{{ first }}{{ varargs|join("|") }}{{ kwargs.x }}{% endmacro %}
"""
BOLD = "{% from 'parts' import bold %}"
PAGES = (
    "{{ text }}{{ markup }}{{ number }}{{ nothing }}{{ safe }}{{ shout }}",
    "{{ text|e }}{{ text|safe }}{{ text|upper }}{{ markup ~ text }}{{ [text, markup] }}",
    BOLD + "{{ bold(text) }}{{ bold(markup, css=' \"') }}{{ bold('&') }}",
    "{% from 'parts' import around %}{% call around(text) %}{{ text }}{% endcall %}",
    "{% import 'parts' as parts with context %}{{ parts.all(text, 'a', '<', x=markup) }}",
    "{% for n in (1, 2) %}{% from 'parts' import bold %}{{ bold(n) }}{{ loop.index }}{% endfor %}",
    BOLD + "{% autoescape false %}{{ text }}{{ bold(text) }}{% endautoescape %}",
    "{% set both %}{{ text }}{{ markup }}{% endset %}{{ both }}",
    "{% filter upper %}{{ text }}{{ markup }}{% endfilter %}",
    "{% block one %}{{ text }}{% endblock %}{{ self.one() }}{{ range(3)|list }}{{ dict(a=text) }}",
)


def _print(page: str, ours: bool) -> str:
    environment = Environment(
        loader=DictLoader({"page": page, "parts": PARTS}), autoescape=True, undefined=Missing
    )
    if ours:
        environment.code_generator_class = Printing
        environment.context_class = Calling
        environment.template_class = Imported
    values = {"text": "<i>'\"&", "markup": Markup("<u>&amp;"), "number": 3, "nothing": None}
    template = environment.get_template("page")
    first = template.render(**values, safe=Safe(), shout=_Shout("<a>"))
    assert template.render(**values, safe=Safe(), shout=_Shout("<a>")) == first
    return first


class _Shout(str):
    __slots__ = ()

    def __str__(self) -> str:
        return self.upper()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_printed_as_by_jinja(page: str) -> None:
    """Text is escaped once, what is safe already stays, and macros take their arguments alike."""
    assert _print(page, ours=True) == _print(page, ours=False)


@pytest.mark.parametrize(
    "page",
    [
        "{{ lost }}",
        BOLD + "{{ bold(lost.name) }}",
        "{% from 'parts' import lost %}{{ lost(text) }}",
        BOLD + "{{ bold(text, colour='red') }}",
    ],
)
def test_a_fault_is_the_same_fault(page: str) -> None:
    """What is not there is not printed, and a macro refuses what it does not take."""
    said = []
    for ours in (False, True):
        with pytest.raises((UndefinedError, TypeError)) as fault:
            _print(page, ours)
        said.append((fault.type, str(fault.value)))
    assert said[0] == said[1]
