"""The documents say what the program does: options, settings, keys, commands, examples."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterable
from pathlib import Path

import pytest

from newsstand.cli.command_table import COMMANDS, parser_of
from newsstand.content.kinds.decisions import DECISION_KEYS
from newsstand.content.kinds.outlet import OUTLET_KEYS
from newsstand.content.kinds.page import PAGE_KEYS
from newsstand.content.kinds.picture import PICTURE_KEYS
from newsstand.content.kinds.topic import TOPIC_KEYS
from newsstand.content.record_keys import CATEGORIES, RECORD_KEYS, RELATED_KEYS
from tests.newsroom import stories_of
from tests.sites import ROOT, build_site, run_command, write_site
from tools.document_settings import with_settings
from tools.document_templates import documents

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<!`)\[[^\]]*\]\(([^)\s]+)\)")


def read(name: str) -> str:
    """A document of the repository."""
    return (ROOT / name).read_text(encoding="utf-8")


def fences(text: str, language: str) -> list[str]:
    """The blocks of code in a language."""
    return [body for kind, body in _FENCE.findall(text) if kind == language]


def words_in_code(text: str) -> set[str]:
    """All words that a document sets as code, in lines or in blocks."""
    code = re.findall(r"`([^`\n]+)`", text) + [body for _, body in _FENCE.findall(text)]
    return {word for piece in code for word in re.findall(r"[\w-]+", piece)}


def options_of(parser: argparse.ArgumentParser) -> Iterable[str]:
    """Every option of every command."""
    for action in parser._actions:
        yield from (o for o in action.option_strings if o not in ("-h", "--help"))
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from options_of(below)


def test_every_option_is_documented() -> None:
    """With its short form."""
    text = read("docs/content.md")
    missing = {o for o in options_of(parser_of("build.py")) if not re.search(rf"`{o}\b", text)}
    assert missing == set()


def test_every_documented_option_exists() -> None:
    """The documents promise none that would be wrong usage."""
    known = {*options_of(parser_of("build.py")), "--help"}
    rows = re.findall(r"^\| (`-.*?) \|", read("docs/content.md"), re.MULTILINE)
    assert rows
    named = {option for row in rows for option in re.findall(r"(?<![\w-])--?[a-z-]+", row)}
    assert named <= known


def test_every_command_is_documented() -> None:
    """By its name, in the table of commands."""
    text = read("docs/content.md")
    commands = next(
        a.choices
        for a in parser_of("build.py")._actions
        if isinstance(a, argparse._SubParsersAction)
    )
    assert set(commands) - {"help"} == set(COMMANDS)
    assert [c for c in commands if not re.search(rf"^\| `{c}\b", text, re.MULTILINE)] == []


def test_every_setting_is_documented() -> None:
    """The table is the one that the settings themselves give."""
    page = read("docs/content.md")
    assert with_settings(page) == page


def test_what_templates_may_use_is_documented() -> None:
    """Views, blocks and design tokens stand there as the code and the files have them."""
    for path, wanted in documents():
        assert path.read_text(encoding="utf-8") == wanted, "run python -m tools.document_templates"


@pytest.mark.parametrize(
    "keys",
    [RECORD_KEYS, RELATED_KEYS, PICTURE_KEYS, TOPIC_KEYS, OUTLET_KEYS, PAGE_KEYS, DECISION_KEYS],
    ids=["record", "related", "picture", "topic", "outlet", "page", "decision"],
)
def test_every_key_is_documented(keys: frozenset[str]) -> None:
    """No key is read that nobody could know of."""
    assert keys - words_in_code(read("docs/content.md")) == set()


def test_every_category_is_documented() -> None:
    """The words that `category` may have."""
    assert set(CATEGORIES) <= words_in_code(read("docs/content.md"))


@pytest.mark.parametrize("document", ["README.md", "docs/content.md"])
def test_the_example_record_is_a_good_one(document: str, tmp_path: Path) -> None:
    """Copied as it stands, it is published without a word of complaint."""
    examples = [text for text in fences(read(document), "yaml") if text.startswith("---")]
    assert examples
    for number, text in enumerate(examples):
        write_site(tmp_path, {f"content/news/example-{number}.md": text, "site.yml": ""})
    run = build_site(tmp_path, "--strict", "-v", in_process=True)
    assert run.code == 0
    assert "No problems." in run.stdout
    assert (run.output / "news" / "example-0" / "index.html").is_file()


def test_the_example_decisions_are_good_ones(tmp_path: Path) -> None:
    """Copied as they stand, for records of those names, they are followed."""
    (text,) = [t for t in fences(read("docs/content.md"), "yaml") if t.startswith("merge:")]
    names = sorted(set(re.findall(r"[\w/]+\.md", text)))
    assert len(names) > 4
    records = {f"content/{n}": f"---\ntitle: Title of {Path(n).stem}\n---\n" for n in names}
    write_site(tmp_path, {**records, "content/stories.yml": text, "site.yml": ""})
    run = build_site(tmp_path, "-v", in_process=True)
    assert "[decision" not in run.stderr
    titles = {s["title"] for s in stories_of(tmp_path / "content")}
    assert "A headline of your own" in titles


def test_the_commands_of_the_readme_are_there() -> None:
    """Every make target that is named exists; so does every script."""
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    for document in ("README.md", "CONTRIBUTING.md"):
        named = set(re.findall(r"(?:^|`)make ([a-z]+)", read(document), re.MULTILINE))
        assert named
        assert named <= targets
    assert {"site", "test"} <= set(re.findall(r"^make ([a-z]+)", read("README.md"), re.MULTILINE))


def test_the_stylesheet_of_a_new_site_names_the_built_in_values() -> None:
    """Its colours, sizes and widths by day and by night are those of the table of tokens."""
    rows = re.findall(
        r"^\| `(--[\w-]+)` \| `(.+?)` \| (.+?) \|", read("docs/themes.md"), re.MULTILINE
    )
    own = read("newsstand/cli/new_site/static/css/own.css")
    light, dark = own.split("@media (prefers-color-scheme: dark)")
    for part, column in ((light, 1), (dark, 2)):
        wanted = {row[0]: row[column].strip("`") for row in rows}
        found = dict(re.findall(r"(--[\w-]+): ([^;]+);", part))
        assert found
        assert found.items() <= wanted.items()


def test_the_css_of_the_themes_page_sets_tokens_that_exist() -> None:
    """The example would change something."""
    page = read("docs/themes.md")
    (example,) = fences(page, "css")
    named = set(re.findall(r"(--[\w-]+):", example))
    assert named
    assert named <= set(re.findall(r"^\| `(--[\w-]+)`", page, re.MULTILINE))


def test_the_examples_of_the_themes_page_work(tmp_path: Path) -> None:
    """The block, the template, the filter and the stylesheet, copied as they stand."""
    page = read("docs/themes.md")
    block, plain = fences(page, "html")
    (filters,) = fences(page, "python")
    use = "{{ page.outlet.name|initials }}"
    assert f"`{use}`" in page
    dated = "title: Bridge\npublishedDateTime: 2024-01-18T12:00:00Z\n"
    text = f"---\n{dated}provider: {{name: Circuit Room, domain: c.example}}\n---\n"
    article = (
        '{% extends "built-in/article.html" %}{% block coverage %}<b>' + use + "</b>{% endblock %}"
    )
    write_site(
        tmp_path,
        {
            "content/news/bridge.md": text,
            "content/pages/about.md": "---\ntitle: About us\n---\nText",
            "site.yml": "",
            "filters.py": filters,
            "theme/templates/base.html": block,
            "theme/templates/plain.html": plain,
            "theme/templates/article.html": article,
            "theme/static/css/own.css": fences(page, "css")[0],
        },
    )
    folders = ("--templates", "theme/templates", "--static", "theme/static")
    assert " ".join(folders) in page
    places = (str(tmp_path / f) if "/" in f else f for f in folders)
    run = build_site(tmp_path, "-v", *places, in_process=True)
    assert run.code == 0, run.log
    assert run.stderr.count("warning") == run.stderr.count("link-missing")
    assert "My own masthead" in run.page("news/bridge/")
    assert "<b>CR</b>" in run.page("news/bridge/")
    assert "<h1>About us</h1>" in run.page("about/")
    assert "css/own." in run.page("")


def test_the_calls_in_documents_are_good_usage() -> None:
    """Every `python build.py …` that is shown is one that the program takes."""
    shown = "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    calls = set(re.findall(r"python build\.py([^`'\n#]*)", shown))
    assert len(calls) > 2
    for call in calls:
        arguments = shlex.split(call)
        if not arguments or arguments[0] not in (*COMMANDS, "COMMAND"):
            arguments = ["build", *arguments]
        if "COMMAND" not in arguments:
            assert parser_of("build.py").parse_args(arguments).command == arguments[0]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.name))
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    """Every relative link is a file of the repository."""
    targets = _LINK.findall(_FENCE.sub("", path.read_text(encoding="utf-8")))
    inside = {t.split("#")[0] for t in targets if "://" not in t} - {""}
    assert [t for t in sorted(inside) if not (path.parent / t).exists()] == []


def test_the_default_template_folder_is_named_right() -> None:
    """`--help` names every option that the table has, and exits well."""
    run = run_command("build", "--help", in_process=True)
    assert run.code == 0
    for option in ("--content", "--templates", "--static", "--output", "--config", "--now"):
        assert option in run.stdout
