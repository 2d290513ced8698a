"""JSON Schema of what editors write: what it lets pass is what the readers take."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from newsstand.content.kinds.decisions import DECISION_KEYS
from newsstand.content.kinds.outlet import OUTLET_KEYS
from newsstand.content.kinds.page import PAGE_KEYS
from newsstand.content.kinds.picture import PICTURE_KEYS
from newsstand.content.kinds.record import read_article
from newsstand.content.kinds.settings import Config, read_config
from newsstand.content.kinds.topic import TOPIC_KEYS, read_topic
from newsstand.content.record_keys import (
    PROVIDER_KEYS,
    RECORD_KEYS,
    RECORD_ORDER,
    RELATED_KEYS,
)
from newsstand.content.schema import all_schemas
from newsstand.problems import Problem
from tests.sites import ROOT

SCHEMAS: dict[str, Any] = {name[:-5]: json.loads(text) for name, text in all_schemas().items()}
_NOW = datetime(2100, 1, 1, tzinfo=UTC)
_VALUES: list[Any] = [
    "A word", 70, 0.5, True, ["One", "Two"], {"a": "b"}, [{"title": "x"}], [["a"]],
    "2024-01-18T06:10:00Z", "2024-01-18", "https://quay.example/a", "HTTPS://quay.example/a b",
    "yes", "Off", "false", "70", "en", "pt_BR", "news", "learning", "quay.example", "ftp://x.example",
]  # fmt: skip


class _Core(yaml.SafeLoader):
    """YAML 1.2's core schema, as editors read: no dates, and yes is a word."""


_Core.yaml_implicit_resolvers = {
    key: [pair for pair in pairs if pair[0].rpartition(":")[2] in ("null", "int", "float")]
    for key, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Core.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)


class _ShortList(list[Any]):
    """A list that is shown in short: a validator quotes in a message all that it refuses.

    A few hundred bytes of YAML whose aliases multiply are a hundred million words in full.
    """

    def __repr__(self) -> str:
        return f"<list of {len(self)}>"


def _short_list(loader: yaml.SafeLoader, node: yaml.SequenceNode) -> Iterator[_ShortList]:
    found = _ShortList()
    yield found  # empty at first, since its entries may name it
    found += loader.construct_sequence(node)


_Core.add_constructor("tag:yaml.org,2002:seq", _short_list)


def as_editors_read(text: str) -> Any:  # noqa: ANN401  (whatever the YAML says)
    """The keys of a file, or of its front matter."""
    if text.startswith("---"):
        text = text.split("---", 2)[1]
    return yaml.load(text, _Core)  # a safe loader


def faults(kind: str, value: object) -> list[str]:
    """What a schema says about a value."""
    return [e.message for e in Draft202012Validator(SCHEMAS[kind]).iter_errors(value)]


@pytest.mark.parametrize("kind", sorted(SCHEMAS))
def test_a_schema_is_one(kind: str) -> None:
    """By the rules of its dialect; every key of it is explained."""
    Draft202012Validator.check_schema(SCHEMAS[kind])
    said = SCHEMAS[kind]["properties"].values()
    assert all("description" in s or "properties" in s for s in said)


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("record", RECORD_KEYS),
        ("topic", TOPIC_KEYS),
        ("outlet", OUTLET_KEYS),
        ("page", PAGE_KEYS),
        ("stories", DECISION_KEYS),
        ("site", {field.name for field in fields(Config)}),
    ],
)
def test_a_schema_has_the_keys_that_are_read(kind: str, keys: frozenset[str]) -> None:
    """All of them and no other."""
    assert set(SCHEMAS[kind]["properties"]) == keys


def test_groups_have_the_keys_that_are_read() -> None:
    """Those of related pieces, outlets, pictures and groups of settings too."""
    record, site = SCHEMAS["record"]["properties"], SCHEMAS["site"]["properties"]
    assert set(record["related"]["items"]["properties"]) == RELATED_KEYS
    assert set(record["provider"]["properties"]) == PROVIDER_KEYS
    assert set(record["images"]["items"]["anyOf"][1]["properties"]) == PICTURE_KEYS
    for name in ("ranking", "stories"):
        group = getattr(Config(), name)
        assert set(site[name]["properties"]) == {f.name for f in fields(group)}


def test_records_have_one_order_of_keys() -> None:
    """In which editors offer them too."""
    assert tuple(SCHEMAS["record"]["properties"]) == RECORD_ORDER


def _demo() -> Iterator[tuple[str, Path]]:
    kinds = {"topics": "topic", "providers": "outlet", "pages": "page", "news": "record"}
    for path in sorted((ROOT / "content").rglob("*")):
        if path.suffix in (".md", ".yaml"):
            yield kinds[path.relative_to(ROOT / "content").parts[0]], path
    yield "stories", ROOT / "content" / "stories.yml"
    yield "site", ROOT / "site.yml"


def test_nothing_in_the_demo_is_underlined() -> None:
    """Every file of it is as the schema of its kind wants it."""
    files = list(_demo())
    assert len(files) > 80
    said = {
        path.name: found
        for kind, path in files
        if (found := faults(kind, as_editors_read(path.read_text(encoding="utf-8"))))
    }
    assert said == {}


SEEN_BY_BOTH = frozenset(
    "key-unknown type-text type-keys type-list type-flag type-number list-expected "
    "choice-unknown number-range language-invalid link-invalid picture-no-url title-missing "
    "related-no-title topic-no-name outlet-no-domain domain-invalid site-link-invalid".split()
)
# The schema cannot see these: a password in a link, a title that could be the first line, a sign
# that YAML 1.1 (which these tests read by) skips in numbers.
NOT_SEEN = frozenset("link-with-password page-without-title quality-trailing-underscore".split())


def _broken() -> list[tuple[str, Path]]:
    """Cases of tests/broken with a mistake that a schema can see: kind of file, folder."""
    found = []
    for case in sorted((ROOT / "tests" / "broken").iterdir()):
        said = re.findall(
            r"^(\S+?):\d.*\[([a-z-]+)\]$", (case / "expected.txt").read_text(), re.MULTILINE
        )
        if said and all(code in SEEN_BY_BOTH for _, code in said) and case.name not in NOT_SEEN:
            found.append((said[0][0], case))
    return found


def _kind_of(path: str) -> str:
    tops = {"site.yml": "site", "stories.yml": "stories"}
    folders = {"topics": "topic", "providers": "outlet", "pages": "page"}
    return tops.get(path) or folders.get(path.partition("/")[0], "record")


@pytest.mark.parametrize(("path", "case"), _broken(), ids=lambda v: getattr(v, "name", ""))
def test_a_mistake_is_underlined(path: str, case: Path) -> None:
    """What the build names in a file's keys, its schema finds."""
    file = case / path if path == "site.yml" else case / "content" / path
    assert faults(_kind_of(path), as_editors_read(file.read_text(encoding="utf-8")))


def test_there_are_many_mistakes_to_underline() -> None:
    """Else the test above would hold little."""
    assert len(_broken()) >= 25


def _as_yaml(value: object) -> str:
    return json.dumps(value)


def _without_place(problems: tuple[Problem, ...]) -> list[str]:
    missing = {"picture-missing", "link-missing", "date-no-zone", "related-no-link"}
    return [p.code for p in problems if p.code not in missing]


@pytest.mark.parametrize("key", sorted(RECORD_KEYS - {"title", "secured"}))
def test_what_a_record_may_say_is_never_underlined(key: str) -> None:
    """A value that is read without a word passes the schema."""
    for value in _VALUES:
        text = f"---\ntitle: A\n{key}: {_as_yaml(value)}\n---\n"
        said = _without_place(read_article(text, "a.md", _NOW, lambda _: "x").problems)
        found = faults("record", as_editors_read(text))
        assert said or not found, (value, found)


@pytest.mark.parametrize("key", sorted(TOPIC_KEYS - {"name"}))
def test_what_a_topic_may_say_is_never_underlined(key: str) -> None:
    """A value that is read without a word passes the schema."""
    for value in _VALUES:
        text = f"name: A\n{key}: {_as_yaml(value)}\n"
        said = _without_place(read_topic(text, "topics/a.yaml", lambda _: "x")[1])
        found = faults("topic", as_editors_read(text))
        assert said or not found, (value, found)


@pytest.mark.parametrize("key", [f.name for f in fields(Config)])
def test_what_a_setting_may_be_is_never_underlined(key: str) -> None:
    """A value that is read without a word passes the schema, but for numbers in quotes."""
    for value in _VALUES:
        text = f"{key}: {_as_yaml(value)}\n"
        said = _without_place(read_config(text, "site.yml")[1])
        found = faults("site", as_editors_read(text))
        assert said or not found or value == "70", (value, found)
