"""A site's own look: one block, one template, filters, tokens; and what is said of mistakes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pytest

from newsstand.build.loaded_site import WriteOptions
from newsstand.build.output import Output
from newsstand.build.report import Report
from newsstand.content.site_inputs import Folders
from newsstand.pipeline import build, load
from newsstand.render.overridden_blocks import lost_blocks
from tests.sites import ROOT, Run, build_site, write_site

T = TypeVar("T")
RECORD = """\
---
title: Harbour bridge opens
publishedDateTime: 2024-01-18T06:10:00Z
webUrl: https://wire.example/bridge
---
"""
MASTHEAD = """\
{% extends "built-in/base.html" %}
{% block name %}<p class="own-name">Our own masthead</p>{% endblock %}
"""


def plain(entries: Iterable[T], _doing: str, _count: int | None) -> Iterable[T]:
    """Progress that nobody watches."""
    return entries


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of one record, with an empty folder of templates."""
    write_site(
        tmp_path,
        {
            "content/news/bridge.md": RECORD,
            "site.yml": "title: Harbour\nurl: https://harbour.example",
        },
    )
    (tmp_path / "templates").mkdir()
    return tmp_path


def built(site: Path, *options: str, **files: str) -> Run:
    """The site with these templates of its own, built."""
    write_site(site / "templates", files)
    return build_site(site, "--templates", str(site / "templates"), *options, in_process=True)


def built_with(site: Path, built_in: Path, now: datetime) -> Report:
    """The site, as a program with other built-in templates makes it."""
    folders = Folders(
        content=site / "content",
        config=site / "site.yml",
        templates=(built_in, site / "templates"),
        static=(ROOT / "static",),
    )
    loaded = load(folders, "", now, plain)
    report, _ = build(loaded, folders, Output(site / "_site"), WriteOptions(), plain)
    return report


def test_one_block_is_overridden_and_the_rest_stays(site: Path) -> None:
    """On every page, also on the front page, where the block is a heading."""
    before = build_site(site, in_process=True)
    before_article, before_front = before.page("news/bridge/"), before.page("")
    run = built(site, **{"base.html": MASTHEAD})
    assert "No problems" in run.stdout
    own = '<p class="own-name">Our own masthead</p>'
    name = re.compile(r'<(p|h1) class="name">.*?</\1>')
    assert name.sub(own, before_article, count=1) == run.page("news/bridge/")
    assert name.sub(own, before_front, count=1) == run.page("")


def test_the_name_stays_a_heading_where_only_its_text_is_overridden(site: Path) -> None:
    """An h1 on the front page, a paragraph on others."""
    own = '{% extends "built-in/base.html" %}{% block name_text %}Our own{% endblock %}'
    run = built(site, **{"base.html": own})
    assert '<h1 class="name">Our own</h1>' in run.page("")
    assert '<p class="name">Our own</p>' in run.page("news/bridge/")


def test_a_theme_survives_a_change_around_its_block(site: Path, now: datetime) -> None:
    """A newer program with other built-in templates: the block stays, what is around it is new."""
    write_site(site / "templates", {"base.html": MASTHEAD})
    newer = site / "newer"
    shutil.copytree(ROOT / "templates", newer)
    base = (newer / "base.html").read_text(encoding="utf-8")
    changed = (
        base.replace('<header class="masthead">', '<div class="band"><header class="mast">')
        .replace("</header>", "</header></div>", 1)
        .replace(
            "{% block footer %}", "{% block before_footer %}<hr>{% endblock %}{% block footer %}"
        )
        .replace('<link rel="manifest"', '<meta name="newer" content="yes"><link rel="manifest"')
    )
    assert changed != base
    (newer / "base.html").write_text(changed, encoding="utf-8")
    report = built_with(site, newer, now)
    assert report.published
    assert report.problems == ()
    page = (site / "_site/news/bridge/index.html").read_text(encoding="utf-8")
    for part in (
        '<p class="own-name">Our own masthead</p>',
        '<div class="band"><header class="mast">',
        "<hr>",
        '<meta name="newer" content="yes">',
        "Harbour bridge opens",
    ):
        assert part in page
    assert 'class="name"' not in page


def test_a_block_that_a_newer_program_has_no_more_is_named(site: Path, now: datetime) -> None:
    """The site is published; the warning says what is never shown, and what there is instead."""
    write_site(site / "templates", {"base.html": MASTHEAD})
    newer = site / "newer"
    shutil.copytree(ROOT / "templates", newer)
    for path in newer.glob("*.html"):
        text = path.read_text(encoding="utf-8").replace("{% block name %}", "{% block names %}")
        path.write_text(text, encoding="utf-8")
    report = built_with(site, newer, now)
    (problem,) = report.problems
    assert report.published
    assert (problem.path, problem.line, problem.code) == ("templates/base.html", 2, "block-unknown")
    assert "'name'" in problem.message
    assert problem.hint == "did you mean names?"


def test_blocks_are_followed_through_own_templates(site: Path) -> None:
    """A block is looked for in all templates above, and one inside another may be new."""
    files = {
        "base.html": MASTHEAD + "{% block footer %}{% block motto %}M{% endblock %}{% endblock %}",
        "front.html": '{% extends "built-in/front.html" %}{% block motto %}F{% endblock %}',
        "article.html": '{% extends "built-in/article.html" %}{% block mane %}{% endblock %}',
        "_parts/own.html": "{% macro x() %}{% endmacro %}",
        "plain.html": '{% from "_parts/own.html" import x %}{{ x() }}',
        "artcle.html": "never",
        "README.md": "{% what follows is no template",
    }
    write_site(site / "templates", files)
    problems = lost_blocks((ROOT / "templates", site / "templates"))
    assert [(p.path, p.code, p.hint) for p in problems] == [
        ("templates/article.html", "block-unknown", "did you mean main?"),
    ]
    assert lost_blocks((ROOT / "templates",)) == ()


MISTAKES = {
    "an attribute": (
        "article.html",
        "one\n<h1>{{ page.headlin }}</h1>",
        (
            "templates/article.html:2:13: error: page.headlin does not exist in ArticleView, "
            "while making the page /news/bridge/ of news/bridge.md; did you mean headline?"
        ),
    ),
    "an attribute below": (
        "article.html",
        "{{ page.when.clok }}",
        ":1:14: error: page.when.clok does not exist in When; did you mean clock?",
    ),
    "an attribute of nothing": (
        "article.html",
        "<p>{{ page.picture.credit }}",
        (
            ":1:20: error: page.picture.credit does not exist: page.picture is none here, ask "
            "{% if page.picture %} first, while making the page /news/bridge/"
        ),
    ),
    "an attribute in a condition": (
        "front.html",
        "\n\n{% if site.tilte %}x{% endif %}",
        (
            "templates/front.html:3:12: error: site.tilte does not exist in SiteView, "
            "while making the page /; did you mean title?"
        ),
    ),
    "a name of the page": (
        "article.html",
        "{{ pag.headline }}",
        ":1:4: error: pag does not exist; did you mean page?",
    ),
    "a name that the template sets": (
        "article.html",
        "{% set root = page.head.root %}{{ rot }}",
        ":1:35: error: rot does not exist; did you mean root?",
    ),
    "a filter": (
        "article.html",
        "\n{{ page.headline|uper }}",
        "templates/article.html:2:18: error: there is no filter uper; did you mean upper?",
    ),
    "a filter on a way not taken": (
        "article.html",
        "{% if page.href %}{{ page.headline|uper }}{% endif %}",
        ":1:36: error: there is no filter uper; did you mean upper?",
    ),
    "a test": (
        "article.html",
        "{{ page is definde }}",
        ":1:12: error: there is no test definde; did you mean defined?",
    ),
    "a template": (
        "article.html",
        '\n{% extends "built-in/bass.html" %}',
        (
            "templates/article.html:2:13: error: there is no template 'built-in/bass.html'; "
            "did you mean built-in/base.html?"
        ),
    ),
    "an included template": (
        "article.html",
        '{% include "_parts/sequense.html" %}',
        "there is no template '_parts/sequense.html'; did you mean _parts/sequence.html?",
    ),
    "a macro": (
        "article.html",
        '{% from "_parts/times.html" import whn %}{{ whn(page.when) }}',
        (
            "templates/article.html:1:36: error: _parts/times.html has no macro whn; "
            "did you mean when?"
        ),
    ),
    "a mistake in the language": (
        "article.html",
        "one\ntwo {% if page %}",
        "templates/article.html:2:5: error: ",
    ),
    "a tag that is never closed, far above the end": (
        "article.html",
        "one\n{% if page.href %}{% if 1 %}x{% endif %}\ntwo\n\nthree",
        "templates/article.html:2:1: error: Unexpected end of template. Jinja was looking for ",
    ),
    "a tag that is closed by another": (
        "article.html",
        "{% for a in [1] %}\n{% if a %}\n{% endfor %}\n{% if 1 %}\n",
        "templates/article.html:3:4: error: Encountered unknown tag 'endfor'",
    ),
    "a name that stands as text and as a part of another before": (
        "article.html",
        "<p id='excerp'>{# page.excerp #}{{ page.excerpt }}{{ page.excerp }}",
        "templates/article.html:1:59: error: page.excerp does not exist",
    ),
    "a value of another kind": (
        "article.html",
        "{{ page.headline + 1 }}",
        "templates/article.html:1:1: error: TypeError: ",
    ),
    "a template that extends itself": (
        "article.html",
        '{% extends "article.html" %}',
        "extends or includes itself",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named(name: str, site: Path) -> None:
    """With template, line, page and record, what is missing, and the nearest name there is."""
    path, text, wanted = MISTAKES[name]
    run = built(site, **{path: text})
    assert run.code == 1
    assert f"templates/{path}:" in run.stderr
    said, _, close = wanted.partition("; did you mean ")
    assert said in run.stderr
    assert f"-> did you mean {close}" in run.stderr or not close
    assert "[template-broken]" in run.stderr
    assert "Traceback" not in run.log
    assert "., while" not in run.stderr
    assert not run.output.exists()


def test_a_mistake_in_an_included_part_is_named_there(site: Path) -> None:
    """The innermost template is to blame, not the one that includes it."""
    run = built(site, **{
        "_parts/own.html": "one\n{{ page.excerp }}",
        "article.html": '\n\n\n{% include "_parts/own.html" %}',
    })  # fmt: skip
    assert "templates/_parts/own.html:2:9: error: page.excerp does not exist" in run.stderr
    assert "did you mean excerpt?" in run.stderr


def test_what_may_be_missing_can_be_asked(site: Path) -> None:
    """A name of a newer program: `is defined` and `default` work as Jinja has them."""
    text = "{{ page.newer is defined }} {{ page.newer|default('none') }}"
    assert built(site, **{"article.html": text}).page("news/bridge/") == "False none"


FILTERS = """\
import math
from textwrap import shorten

_SEEN = []


def shout(text):
    return text.upper() + "!"


def first_words(text, count=2):
    return " ".join(text.split()[:count])


def _hidden(text):
    return text
"""


def test_own_filters_are_there(site: Path) -> None:
    """The functions that the file defines; not what it imports, nor names that begin with _."""
    write_site(site, {"filters.py": FILTERS})
    text = "{{ page.headline|shout }} {{ page.headline|first_words(1) }}"
    assert built(site, **{"article.html": text}).page("news/bridge/") == (
        "HARBOUR BRIDGE OPENS! Harbour"
    )
    for name in ("shorten", "_hidden"):
        run = built(site, **{"article.html": f"{{{{ page.headline|{name} }}}}"})
        assert f"there is no filter {name}" in run.stderr
    assert not (site / "__pycache__").exists()


def test_what_a_filter_returns_is_escaped(site: Path) -> None:
    """A filter adds no way for a record to write HTML."""
    write_site(site, {"filters.py": "def tag(text):\n    return f'<b>{text}</b>'\n"})
    run = built(site, **{"article.html": "{{ page.headline|tag }}"})
    assert run.page("news/bridge/") == "&lt;b&gt;Harbour bridge opens&lt;/b&gt;"


def test_a_changed_file_of_filters_counts_at_once(site: Path) -> None:
    """Within one process too, as a preview needs it."""
    for word in ("one", "two"):
        write_site(site, {"filters.py": f"def say(text):\n    return '{word}'\n"})
        assert built(site, **{"article.html": "{{ '' |say }}"}).page("news/bridge/") == word


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("def a(:\n", "filters.py:1:1: error: "),
        ("\n\nraise ValueError('no\\x1b[31m')\n", "filters.py:3:1: error: ValueError: no?[31m"),
        ("import no_such_module\n", "filters.py:1:1: error: ModuleNotFoundError: "),
        ("\ndef upper(text):\n    return text\n", "filters.py:2:1: error: upper is the name"),
    ],
)
def test_a_broken_file_of_filters_is_named(text: str, wanted: str, site: Path) -> None:
    """With its line; nothing is published, and nothing reaches the terminal raw."""
    write_site(site, {"filters.py": text})
    run = build_site(site, in_process=True)
    assert run.code == 1
    assert wanted in run.stderr
    assert "[filters-broken]" in run.stderr
    assert "\x1b" not in run.stderr
    assert not run.output.exists()


def test_a_filter_that_fails_is_named_with_both_lines(site: Path) -> None:
    """That of the template and that of the filter."""
    write_site(site, {"filters.py": "def half(text):\n    return text / 2\n"})
    run = built(site, **{"article.html": "\n{{ page.headline|half }}"})
    assert "templates/article.html:2:1: error: TypeError: " in run.stderr
    assert "(line 2 of filters.py, in half)" in run.stderr
    assert "of news/bridge.md" in run.stderr


def test_an_own_stylesheet_comes_last(site: Path) -> None:
    """So that a token set anew in it holds."""
    write_site(site, {"static/css/own.css": ":root { --accent: #064; }"})
    run = build_site(site, "--static", str(site / "static"), in_process=True)
    sheets = re.findall(r'<link rel="stylesheet" href="\./(css/\w+)\.', run.page(""))
    assert sheets == ["css/site", "css/own"]
