"""Typed reading of one mapping: what fits is read, what does not is said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsstand.content.front_matter.fast_yaml import Value
from newsstand.content.front_matter.fields import Fields
from newsstand.problems import Finding
from newsstand.text.dates import Time


def fields_of(**values: Value) -> tuple[Fields, list[Finding]]:
    """A mapping with these keys, and the list that its findings go to."""
    findings: list[Finding] = []
    return Fields(values, (), findings), findings


def codes(findings: list[Finding]) -> list[str]:
    """What was wrong."""
    return [finding.code for finding in findings]


def test_what_is_missing_is_no_mistake() -> None:
    """Every kind of value may be absent or empty, and nothing is said."""
    for values in (fields_of(), fields_of(k=None), fields_of(k="")):
        fields, findings = values
        assert fields.line("k") == ""
        assert fields.block("k") == ""
        assert fields.time("k") is None
        assert fields.link("k") == ""
        assert fields.domain("k") == ""
        assert fields.language("k") == ""
        assert fields.choice("k", ("a", "b"), "a") == "a"
        assert fields.lines("k") == ()
        assert fields.entries("k") == []
        assert fields.below("k") is None
        assert fields.each("k") == []
        assert findings == []
    fields, findings = fields_of(k=None)
    assert (fields.integer("k"), fields.number("k"), fields.flag("k")) == (None, None, None)
    assert findings == []


def test_a_line_is_one_line() -> None:
    """Entities are decoded, spaces folded; a default stands for what is missing."""
    fields, _ = fields_of(title="A &amp; B\n  C")
    assert fields.line("title") == "A & B C"
    assert fields.line("other", "Untitled") == "Untitled"


def test_a_block_keeps_its_lines() -> None:
    """Markdown needs them."""
    fields, _ = fields_of(note="\nOne\x00\n\nTwo\n")
    assert fields.block("note") == "One\n\nTwo"


@pytest.mark.parametrize(
    ("text", "number"), [("70", 70), ("-1", -1), ("+5", 5), (" 7 ", 7), ("0", 0), ("007", 7)]
)
def test_whole_numbers(text: str, number: int) -> None:
    """With a sign or without."""
    assert fields_of(n=text)[0].integer("n") == number


@pytest.mark.parametrize(
    "text", ["", "high", "7.5", "1e3", "70_", "1__0", "_1", "٣", "0x10", "9" * 40, "seven"]
)
def test_what_is_no_whole_number_is_said(text: str) -> None:
    """And read as none."""
    fields, findings = fields_of(n=text)
    assert fields.integer("n") is None
    assert codes(findings) == ["type-number"]
    assert repr(text)[:10] in findings[0].message


@pytest.mark.parametrize(("text", "number"), [("0.5", 0.5), ("-2", -2.0), ("1e-2", 0.01)])
def test_numbers(text: str, number: float) -> None:
    """With a point and an exponent."""
    assert fields_of(n=text)[0].number("n") == number


@pytest.mark.parametrize("text", ["nan", "inf", "1,5", "1e999", "half", "", "1.", ".5"])
def test_what_is_no_number_is_said(text: str) -> None:
    """Neither words nor what is beyond all numbers."""
    fields, findings = fields_of(n=text)
    assert fields.number("n") is None
    assert codes(findings) == ["type-number"]


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        *((word, True) for word in ("true", "True", "yes", "YES", "on", "y", " true ")),
        *((word, False) for word in ("false", "no", "No", "off", "n", "FALSE")),
    ],
)
def test_flags(text: str, flag: bool) -> None:
    """All the words that YAML 1.1 knows."""
    assert fields_of(f=text)[0].flag("f") is flag


@pytest.mark.parametrize("text", ["maybe", "1", "0", "", "truee"])
def test_what_is_no_flag_is_said(text: str) -> None:
    """And read as none."""
    fields, findings = fields_of(f=text)
    assert fields.flag("f") is None
    assert codes(findings) == ["type-flag"]


def test_an_instant_without_a_zone_is_a_warning() -> None:
    """The remedy is the instant that was read."""
    fields, findings = fields_of(when="2024-01-18 12:00:00")
    assert fields.time("when") == Time(datetime(2024, 1, 18, 12, tzinfo=UTC), zoned=False)
    assert codes(findings) == ["date-no-zone"]
    assert findings[0].hint == "write when: 2024-01-18T12:00:00Z"


def test_what_is_no_date_is_said() -> None:
    """With the value as it stands."""
    fields, findings = fields_of(when="30 February")
    assert fields.time("when") is None
    assert findings[0].message == "when is '30 February', which is no date"
    fields, findings = fields_of(when="04.05.2027 09:00", then="24.12.2027")
    assert fields.time("when", "; so it waits") is None
    assert findings[0].message == "when is '04.05.2027 09:00', which may be two dates; so it waits"
    assert "2027-05-04T09:00:00Z or 2027-04-05T09:00:00Z" in findings[0].hint
    assert fields.time("then") is None
    assert findings[1].hint == "write then: 2027-12-24"


def test_a_day_is_read_as_a_day() -> None:
    """Nothing is said of a zone that it cannot have."""
    fields, findings = fields_of(when="2026-03-08")
    time = fields.time("when")
    assert time is not None
    assert (time.is_day, findings) == (True, [])


@pytest.mark.parametrize("value", ["ture", "1", "draft", "2026-04-01", ["true"], {"a": "b"}, "yes"])
def test_a_flag_that_is_not_clearly_no_holds_a_record_back(value: Value) -> None:
    """A slip of the pen lets nothing out; what cannot be read is said."""
    fields, findings = fields_of(draft=value)
    assert fields.holds_back("draft")
    assert len(findings) == (value != "yes")
    assert all(finding.code.startswith("type-") for finding in findings)


@pytest.mark.parametrize("value", ["no", "False", "off", None, ""])
def test_a_flag_that_says_no_holds_nothing_back(value: Value) -> None:
    """Neither does one without a value."""
    assert fields_of(draft=value)[0].holds_back("draft") == ""


def test_one_text_with_commas_is_a_list() -> None:
    """It is split, and the remedy is the list that was meant."""
    fields, findings = fields_of(topics="Ports, Energy, Rail: news")
    assert fields.lines("topics") == ("Ports", "Energy", "Rail: news")
    assert findings[0].hint == 'write topics: [Ports, Energy, "Rail: news"]'


def test_a_password_in_a_link_is_not_repeated() -> None:
    """Messages are kept in logs."""
    fields, findings = fields_of(webUrl="https://user:word@harbour.example/")
    assert fields.link("webUrl") == ""
    assert codes(findings) == ["link-invalid"]
    assert "word@" not in findings[0].message


@pytest.mark.parametrize(
    ("text", "domain"),
    [("harbour.example", "harbour.example"), ("WWW.Harbour.example", "harbour.example")],
)
def test_a_domain_has_no_www(text: str, domain: str) -> None:
    """And is written small."""
    assert fields_of(d=text)[0].domain("d") == domain


@pytest.mark.parametrize(
    "text", ["harbour", "https://harbour.example", "a b", "../x", "harbour.example/x"]
)
def test_what_is_no_domain_is_said(text: str) -> None:
    """A host name has a dot and no slash."""
    fields, findings = fields_of(d=text)
    assert fields.domain("d") == ""
    assert codes(findings) == ["domain-invalid"]


@pytest.mark.parametrize(
    ("text", "tag"), [("en", "en"), ("pt_BR", "pt-BR"), ("zh-Hant-TW", "zh-Hant-TW")]
)
def test_languages(text: str, tag: str) -> None:
    """Tags with subtags; an underscore is a dash."""
    assert fields_of(language=text)[0].language("language", "locale") == tag
    assert fields_of(locale=text)[0].language("language", "locale") == tag


def test_the_first_language_that_is_one_is_taken() -> None:
    """What is none is said."""
    fields, findings = fields_of(language='en"><script>', locale="de")
    assert fields.language("language", "locale") == "de"
    assert codes(findings) == ["language-invalid"]


def test_one_of_a_few_words() -> None:
    """In any case; the nearest is offered for a slip, else all are named."""
    words = ("local", "remote", "none")
    assert fields_of(k="Remote")[0].choice("k", words, "local") == "remote"
    fields, findings = fields_of(k="remot")
    assert fields.choice("k", words, "local") == "local"
    assert findings[0].hint == "did you mean remote?"
    fields, findings = fields_of(k="xyz")
    fields.choice("k", words, "local")
    assert findings[0].hint == "use one of local, remote, none"


def test_a_list_of_names() -> None:
    """Each once, empty ones not; a single name is a list of one, with a warning."""
    fields, findings = fields_of(topics=["Bridges", "Ferries", "Bridges", "", None])
    assert fields.lines("topics") == ("Bridges", "Ferries")
    fields, findings = fields_of(topics='Müll, "Straße", \'Bridges\', ""')
    assert fields.lines("topics") == ("Müll", "Straße", "Bridges")
    fields, findings = fields_of(topics="Bridges")
    assert fields.lines("topics") == ("Bridges",)
    assert codes(findings) == ["list-expected"]


def test_a_name_that_is_no_text_is_said_at_its_place() -> None:
    """The number of the entry is part of the place."""
    fields, findings = fields_of(topics=["Bridges", {"name": "Ferries"}])
    assert fields.lines("topics") == ("Bridges",)
    assert findings[0].at == ("topics", 1)


@pytest.mark.parametrize("value", [["a"], {"a": "b"}])
def test_text_is_no_list_and_no_group(value: Value) -> None:
    """Where one text is asked for."""
    fields, findings = fields_of(title=value)
    assert fields.line("title") == ""
    assert codes(findings) == ["type-text"]


def test_groups_and_lists_of_groups() -> None:
    """What is not a group is said at its place, and the others are read."""
    fields, findings = fields_of(provider="Harbour", related=[{"title": "A"}, "B"], images={})
    assert fields.below("provider") is None
    assert [entry.line("title") for entry in fields.each("related")] == ["A"]
    assert fields.each("images") == []
    assert [(f.at, f.code) for f in findings] == [
        (("provider",), "type-keys"),
        (("related", 1), "type-keys"),
        (("images",), "type-list"),
    ]


def test_findings_below_know_where_they_are() -> None:
    """The place of a finding is the way down to it."""
    fields, findings = fields_of(related=[{"provider": {"domain": "no host"}}])
    below = fields.each("related")[0].below("provider")
    assert below is not None
    below.domain("domain")
    assert findings[0].at == ("related", 0, "provider", "domain")


def test_unknown_keys_are_named_with_the_nearest_known() -> None:
    """At most a hundred by name, the rest as a number; `secured` is always known."""
    fields, findings = fields_of(titel="a", secured="x", quality="7")
    fields.expect(("title", "quality"), "a record")
    assert [(f.message, f.hint) for f in findings] == [
        ("a record has no key 'titel'", "did you mean title?")
    ]
    fields, findings = fields_of(**{f"odd{n}": "x" for n in range(104)})
    fields.expect(("title",), "a record")
    assert len(findings) == 101
    assert findings[-1].message == "a record has 4 more keys that are not known"


@given(st.text(max_size=60))
def test_any_text_is_read_or_said(text: str) -> None:
    """Whatever stands there, every kind answers, and messages are one printable line."""
    fields, findings = fields_of(k=text)
    fields.integer("k")
    fields.number("k")
    fields.flag("k")
    fields.time("k")
    fields.link("k")
    fields.domain("k")
    fields.language("k")
    fields.choice("k", ("a", "b"), "a")
    fields.lines("k")
    for finding in findings:
        assert finding.message.isprintable()
        assert finding.hint.isprintable()
