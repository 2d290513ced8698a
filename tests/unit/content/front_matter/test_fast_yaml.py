"""Front matter that is written plainly is read without a YAML parser: with the same values.

Here everything is read both ways (see `newsstand.content.front_matter.fast_yaml`): values,
articles, problems with their lines and columns.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsstand.content.content_reader import read_content
from newsstand.content.disk_reading import decode
from newsstand.content.front_matter import split
from newsstand.content.front_matter.broken import Broken
from newsstand.content.front_matter.fast_yaml import Shared, read_plain
from newsstand.content.front_matter.yaml_values import parse_mapping
from newsstand.content.kinds.record import Reading, read_article
from newsstand.content.never_published import find_secured, is_secured_key
from tests.front_matter import front_matter
from tests.site.test_secured import AS_A_WHOLE_FILE, IN_FRONT_MATTER, VALUE
from tests.sites import NOW, ROOT

_AT = datetime.fromisoformat(NOW)
_ENDINGS = (".md", ".txt", ".markdown", ".yml", ".yaml")


def _no_picture(_address: str) -> str:
    return ""


def _same_values(text: str) -> bool:
    """Whether the text is read without the parser; if so, it must be as the parser reads it."""
    plain = read_plain(text)
    if plain is None:
        return False
    values, findings = parse_mapping(text)
    # The order of keys decides the order of problems, so texts are compared, not sets.
    assert repr(plain) == repr(values)
    assert findings == ()
    return True


def _same_reading(text: str) -> Reading:
    """What a record gives, which must be the same both ways."""
    found = read_article(text, "news/x.md", _AT, _no_picture)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(split, "read_plain", lambda _text: None)
        assert found == read_article(text, "news/x.md", _AT, _no_picture)
    return found


def _texts(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(p for p in folder.rglob("*") if p.suffix in _ENDINGS and p.is_file()):
        text, problem = decode(path.read_bytes(), path.name)
        if problem is None:
            yield path, text


def _hold_against(folder: Path) -> tuple[int, int]:
    """Each file of a folder, as a record and as keys: files, and those read without the parser."""
    count = plain = 0
    for path, text in _texts(folder):
        _same_reading(text)
        fences = text.split("---\n", 2)
        front = fences[1] if len(fences) == 3 else text
        if len(fences) == 3 or path.suffix in (".yml", ".yaml"):
            plain += _same_values(front)
        count += 1
    return count, plain


def test_the_demo_is_read_the_same_both_ways() -> None:
    """Nearly all of its records are plain."""
    count, plain = _hold_against(ROOT / "content")
    assert count > 60
    assert plain > count * 0.8


def test_mistakes_are_told_the_same_both_ways() -> None:
    """Each record that has a mistake, with the line and column of its problems."""
    count, _ = _hold_against(ROOT / "tests" / "broken")
    assert count > 70


def test_the_seeds_are_read_the_same_both_ways(shared: Path) -> None:
    """The real record among them is plain."""
    count, plain = _hold_against(shared / "seeds")
    assert count > 1
    assert plain > 0


def _all_of(folder: Path) -> tuple[object, ...]:
    """The content, its problems, and all bodies."""
    read = read_content(folder, (), _AT, lambda paths: paths)
    return read.content, read.problems, list(map(read.bodies, read.content.articles))


@pytest.mark.archive
@pytest.mark.parametrize("one_in", [8, pytest.param(1, marks=pytest.mark.slow)])
def test_the_archive_is_read_the_same_both_ways(one_in: int, archive: Path, tmp_path: Path) -> None:
    """Real records: the site's content and all problems; nearly all of them are plain."""
    content = shutil.copytree(archive, tmp_path / "content")
    paths = sorted((content / "everyday-2021").glob("*.md"))
    for path in set(paths) - set(paths[::one_in]):
        path.unlink()
    found = _all_of(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(split, "read_plain", lambda _text: None)
        assert found == _all_of(content)
    fronts = [text.split("---\n", 2)[1] for _, text in _texts(content / "everyday-2021")]
    plain = sum(read_plain(front) is not None for front in fronts)
    assert len(fronts) == 1952 // one_in
    assert plain > 0.97 * len(fronts)


@pytest.mark.parametrize("case", [*IN_FRONT_MATTER, *AS_A_WHOLE_FILE])
def test_the_key_secured_is_dropped_the_same_both_ways(case: str) -> None:
    """Wherever it stands, its value is in nothing that was read."""
    if case in IN_FRONT_MATTER:
        text = f"---\ntitle: Bridge\n{IN_FRONT_MATTER[case]}\n---\nWords.\n"
        assert VALUE not in repr(read_plain(f"title: Bridge\n{IN_FRONT_MATTER[case]}\n"))
    else:
        text = AS_A_WHOLE_FILE[case]
    assert VALUE not in repr(_same_reading(text))


PLAIN = [
    "title: Bridge\n",
    "title: 2024\n",
    "title: No\nquality: 010\n",
    "a: 0x1F\nb: 1_000\nc: 1.10\nd: +5\ne: 1e3\nf: .5\ng: ~\nh: null\ni:\nj: -0\nk: .inf\n",
    "a: 2024-01-18T06:10:00Z\nb: 12:30:45\nc: http://harbour.example/#top\n",
    'a: "b: c # d"\nb: \'it\'\'s\'\nc: "say \\"so\\"\\n"\nd: ""\ne: \'\'\n',
    "a: 'b'   \nb:   c d   \nc:   \n\n   \nd: e",
    "topics:\n  - Ports\n  - Bridges\n",
    "topics:\n- Ports\n- 'Bridges'\nheat: 7\n",
    "related:\n  - title: Ferry\n    provider:\n      name: Quay\n    images:\n      - url: a\n",
    "related:\n- title: Ferry\n  images:\n  - url: a\n  - url: b\n  heat: 7\n",
    "  a: b\n  c: d\n",
    "\n  a:\n  b: c\n",
    "secured: opaque\ntitle: Bridge\n",
    "secured: ~\n",
    "secured:\n",
    'secured: " "\n',
    "related:\n  - title: Ferry\n    secured: opaque\n",
    "title: “Größe” – 日本\n",
    "title: funding secured\n",
    "# a: [b\ntitle: b\n\n#\n# 'c'\nheat: 7\n# d",
    "topics:\n# a\n  - Ports\n# - Bridges\n  - Quays\n#b\n",
    "related:\n  - title: Ferry\n#   heat: 7\n  - title: Quay\n# a\nheat: 7\n",
    "draft:\n#true\ntitle: a\n",
]
PARSED = [
    "",
    "title: a: b\n",
    "title: a # b\n",
    "# a\x07\ntitle: b\n",
    "# a\u2028title: b\nheat: 7\n",
    "  # a\ntitle: b\n",
    "title: a\n#\n  b\n",
    "title: |\n  a\n# b\n  c\n",
    "title: 'a\n# b\n'\n",
    "# a\n",
    "title: a\n  b\n",
    'title: "a\n  b"\n',
    "title: |\n  a\n",
    "title: >-\n  a\n",
    "a: [b]\n",
    "a: {b: c}\n",
    "a: &x b\nc: *x\n",
    "a: !!str b\n",
    "a: 1\na: 2\n",
    "a: 1\n'a': 2\n",
    "a:\n  b: 1\n  b: 2\n",
    "? a\n: b\n",
    "<<: a\n",
    "a:\tb\n",
    "a: b\tc\n",
    "a: b\u0085c: d\n",
    "a: b\u2028c: d\n",
    "a: b\ufeff\n",
    "a: b\x07\n",
    'a: "\\x41"\n',
    "a: b\r\nc: d\n",
    "a: b\n c: d\n",
    "a:\n    b: c\n  d: e\n",
    "a: b\n- c\n",
    "- a\n",
    "a:\n  -\n    b: c\n",
    "a:\n  - - b\n",
    "a:\n  -  b: c\n",
    "a: @b\n",
    "a: - b\n",
    "a: -\n",
    "a: b:\n",
    "a: 'b' c\n",
    "%YAML 1.1\n---\na: b\n",
    "a: b\n---\nc: d\n",
    "a: b\n...\n",
    "a\n",
    "a:b\n",
    "secured: {a: b}\n",
    "secured:\n  a: b\n",
    "excerpt: 'secured: opaque1234567890abc'\n",
    "k" * 1100 + ": x\n",
    "".join(" " * n + "a:\n" for n in range(30)),
]


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_written_plainly_needs_no_parser(text: str) -> None:
    """And every scalar stays the text that was written."""
    assert _same_values(text)


@pytest.mark.parametrize("text", PARSED)
def test_what_is_written_in_another_way_is_left_to_the_parser(text: str) -> None:
    """Mistakes too: only the parser knows where they stand."""
    assert read_plain(text) is None


def test_equal_entries_are_one_value() -> None:
    """An entry that was read before is not read again, unless it is indented in another way."""
    entry = "  - title: Ferry\n    heat: 7\n"
    one, two = (read_plain(f"title: {t}\nrelated:\n{entry}") for t in ("Bridge", "Harbour"))
    assert one is not None
    assert two is not None
    first, second = one["related"], two["related"]
    assert isinstance(first, list)
    assert isinstance(second, list)
    assert first[0] is second[0]
    other = read_plain("related:\n- title: Ferry\n  heat: 7\n")
    assert other is not None
    assert isinstance(other["related"], list)
    third = other["related"][0]
    assert third == first[0]
    assert isinstance(third, Shared)
    assert isinstance(first[0], Shared)
    assert third.mark != first[0].mark


def _holds_secret(value: object) -> bool:
    if isinstance(value, dict):
        return any((is_secured_key(k) and v) or _holds_secret(v) for k, v in value.items())
    if isinstance(value, list):
        return any(map(_holds_secret, value))
    return isinstance(value, str) and find_secured(value) is not None


@given(st.one_of(front_matter(), st.text("ab:-'\"\\#\n >|[]{}&*!~1.", max_size=60)))
@example("a: b\n  \n c\n")
@example("a:\n- b\n- c\nd:\n\n  - e\n\n")
def test_any_front_matter_reads_the_same_both_ways(text: str) -> None:
    """What the parser refuses, or reads in another way, is never read without it."""
    plain = read_plain(text)
    if plain is None:
        return
    try:
        values, findings = parse_mapping(text)
    except Broken as broken:
        pytest.fail(f"read without the parser, which says {broken} of {text!r}")
    assert repr(plain) == repr(values)
    assert findings == ()
    assert not _holds_secret(plain)


@given(front_matter())
def test_any_record_reads_the_same_both_ways(text: str) -> None:
    """The article, its outlets and the problems with their places."""
    _same_reading(f"---\n{text}---\nWords.\n")
