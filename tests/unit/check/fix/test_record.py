"""What ``check --fix`` does to a file: it settles at once, and changes nothing but what it says."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from newsstand.check.fix.record import diff, findings, mended
from newsstand.content.front_matter.broken import Broken
from newsstand.content.front_matter.yaml_values import parse_mapping
from newsstand.content.record_keys import RECORD_ORDER
from tests.front_matter import front_matter

PATH = "news/a.md"
BODY = "Words with spaces   \n\n---\ntitle: not a key &amp; \n"
_PARTS = {
    "title": ["Ferry", '"A &amp; B"', "'it''s &#39;late&#39;'", "A &quot;late&quot; one  "],
    "excerpt": ["It left.", "|\n  one &amp; two\n  three", ">-\n  one  \n  &lt;two&gt;", '""'],
    "publishedDateTime": ["2024-01-18", "2024-01-18T10:00:00+02:00", "'2024-01-18 10:00'", "x"],
    "updatedDateTime": ["2024-01-18T10:00:00.25-05:00", "2024-01-18T10:00:00Z"],
    "webUrl": ["https://quay.example/a?b=1&amp;c=2", "'https://quay.example/é'"],
    "quality": ["3", "3   "],
    "topics": ["\n  - Ports\n  - Tides\n  - Ports", "[Ports, Ports]", "\n- Ports\n- Ports # twice"],
    "related": [
        "\n  - title: A\n    webUrl: https://q.example/1\n  - title: A\n    webUrl: https://q.example/1",
        "\n  - webUrl: https://q.example/2\n    title: B &amp; C\n  - title: B\n",
    ],
    "provider": ["\n  name: Quay\n  domain: quay.example", "{name: Quay}"],
    "unknown": ["1", "\n  # a comment\n  a: b  "],
    "secured": ["k7QzT9vX2mB4", "|\n  k7QzT9vX2mB4\n  k7QzT9vX2mB4  "],
    "# a comment": [""],
}


@st.composite
def untidy(draw: st.DrawFn) -> str:
    """A record's keys in any order, some twice, most of them with something to mend."""
    names = draw(st.lists(st.sampled_from(sorted(_PARTS)), min_size=1, max_size=9))
    lines = []
    for name in names:
        colon = "" if name.startswith("#") else ": "
        lines.append(f"{name}{colon}{draw(st.sampled_from(_PARTS[name]))}\n")
    return "".join(lines)


def _settles(text: str) -> None:
    once = mended(text, PATH)
    assert mended(once, PATH) == once
    left = [p for p in findings(once, PATH) if "`check --fix`" in p.hint]
    assert left == []
    assert once.endswith(BODY)
    shown = diff(text, once, PATH)
    assert "k7QzT9vX2mB4" not in shown
    assert bool(shown) >= (once != text)


@given(untidy())
@settings(max_examples=200)
def test_what_can_be_mended_is_gone_at_once(keys: str) -> None:
    """A second run finds nothing; the body stays byte for byte; secrets are in no diff."""
    _settles(f"---\n{keys}---\n{BODY}")


@given(front_matter())
@settings(max_examples=200)
def test_any_front_matter_settles(keys: str) -> None:
    """Whatever tricks are in it."""
    text = f"---\n{keys}---\n{BODY}"
    once = mended(text, PATH)
    assert mended(once, PATH) == once
    assert [p for p in findings(once, PATH) if "`check --fix`" in p.hint] == []


@given(front_matter())
@settings(max_examples=200)
def test_no_key_is_lost(keys: str) -> None:
    """Every key that was read is read afterwards, comments stand there still."""
    assume("---" not in keys.split("\n"))
    text = f"---\n{keys}---\n"
    once = mended(text, PATH)
    try:
        before, _ = parse_mapping(keys)
        after, _ = parse_mapping(once.split("---\n", 1)[1].rsplit("---\n", 1)[0])
    except Broken:
        assert once == text
        return
    assert set(before or {}) == set(after or {})
    assert re.findall(r"# a\b", once) == re.findall(r"# a\b", text)


@pytest.mark.parametrize("seed", range(20))
def test_keys_in_any_order_come_into_one(seed: int) -> None:
    """With all that belongs to each, and comments above theirs."""
    keys = [k for k in _PARTS if k in RECORD_ORDER]
    values = {key: _PARTS[key][0].rstrip() for key in keys}
    shuffled = random.Random(seed).sample(keys, len(keys))
    text = "---\n" + "".join(f"{key}: {values[key]}\n" for key in shuffled) + "---\n"
    once = mended(text, PATH)
    order = [key for key in re.findall(r"^(\w+):", once, re.MULTILINE) if key in keys]
    assert order == sorted(keys, key=RECORD_ORDER.index)
