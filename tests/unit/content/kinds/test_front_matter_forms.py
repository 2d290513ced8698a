"""Front matter in every usual form is read or refused; it is never printed as text."""

from __future__ import annotations

from datetime import datetime

import pytest

from newsstand.content.kinds.record import Reading, read_article
from newsstand.problems import without_notes

NOW = datetime.fromisoformat("2026-03-10T12:00:00+00:00")
KEYS = "title: Quay lamp\ndraft: {}\n"
TOML = (
    '+++\ntitle = "Quay lamp"\ntags = ["Ports"]\ndraft = {}\n'
    "date = 2026-03-07T09:00:00Z\n+++\n\nWords.\n"
)
JSON = (
    '{{\n  "title": "Quay lamp",\n  "date": "2026-03-07T09:00:00Z",\n  "draft": {}\n}}\n\nWords.\n'
)
PELICAN = "Title: Quay lamp\nDate: 2026-03-07 09:00\nTags: Ports, Rail\nStatus: {}\n\nWords.\n"


def reading_of(text: str) -> Reading:
    """A record as it is read."""
    return read_article(text, "news/lamp.md", NOW, lambda _: "")


DRESSED = {
    "a comment above": "<!-- seen by the desk -->\n---\n" + KEYS + "---\nWords.\n",
    "two comments above": "<!-- a -->\n\n<!-- b\nc -->\n---\n" + KEYS + "---\nWords.\n",
    "a zero-width space above": "\u200b---\n" + KEYS + "---\nWords.\n",
    "a second byte order mark": "\ufeff\ufeff---\n" + KEYS + "---\nWords.\n",
    "a comment beside": "--- # keys\n" + KEYS + "---\nWords.\n",
    "a language beside": "---yaml\n" + KEYS + "---\nWords.\n",
    "a language after a space": "--- YAML\n" + KEYS + "---\nWords.\n",
    "a directive above": "%YAML 1.2\n---\n" + KEYS + "---\nWords.\n",
    "dots at the end": "---\n" + KEYS + "...\nWords.\n",
    "JSON between dashes": '---json\n{{"title": "Quay lamp", "draft": {}}}\n---\nWords.\n',
    "TOML between dashes": '---toml\ntitle = "Quay lamp"\ndraft = {}\n---\nWords.\n',
    "TOML": TOML,
    "JSON": JSON,
    "JSON in one line": '{{"title": "Quay lamp", "draft": {}}}\nWords.\n',
}


@pytest.mark.parametrize("name", DRESSED)
def test_front_matter_in_another_dress_is_read(name: str) -> None:
    """Title, body and flag are what they would be in plain YAML."""
    text = DRESSED[name]
    assert "{}" in text or "{{" in text
    public = reading_of(text.format("false"))
    assert public.article is not None
    assert (public.article.title, public.body.body) == ("Quay lamp", "Words.")
    held = reading_of(text.format("true"))
    assert held.article is None
    assert held.held_back is not None
    assert held.held_back.reason == "draft"


def test_toml_has_times_and_lists() -> None:
    """As text, as all values are; each mistake is placed in the file."""
    article = reading_of(TOML.format("false")).article
    assert article is not None
    assert article.topics == ("Ports",)
    assert article.published == datetime.fromisoformat("2026-03-07T09:00:00+00:00")
    reading = reading_of(TOML.format('"perhaps"'))
    assert [(p.line, p.code) for p in reading.problems if p.is_error] == [(4, "type-flag")]


@pytest.mark.parametrize(("status", "reason"), [("draft", "draft"), ("hidden", "draft")])
def test_the_keys_of_pelican_are_read(status: str, reason: str) -> None:
    """Lines of "Key: value" that a blank line ends."""
    reading = reading_of(PELICAN.format("published"))
    article = reading.article
    assert article is not None
    assert (article.title, reading.body.body) == ("Quay lamp", "Words.")
    assert article.topics == ("Ports", "Rail")
    assert article.published == datetime.fromisoformat("2026-03-07T09:00:00+00:00")
    held = reading_of(PELICAN.format(status)).held_back
    assert held is not None
    assert held.reason == reason


@pytest.mark.parametrize(
    "text",
    [
        *(";;;\ntitle: Quay lamp\n;;;\nWords.", "{{{\ntitle: Quay lamp\n}}}\nWords."),
        *("=====\ntitle: Quay lamp\n=====\nWords.", "~~~\ndraft: true\n~~~\nWords."),
        *("# A heading\n---\ntitle: Quay lamp\ndraft: true\n---\nWords.", "Draft: true\n\nWords."),
        *("draft: true", "Status: draft\nAuthor: Ann\n\nWords.", "draft = true\n\nWords."),
        *('"draft": true,\n"title": "Quay lamp"\n', "title = 'Quay lamp'\n\nWords."),
        *("# Quay lamp\n\ndraft: true\n\nWords.", "# Quay lamp\npublishedDateTime: 2027-01-01\n"),
        *("--- draft ---\ntitle: x", "---title: Quay lamp\n---\nWords.", "+++ draft\nWords."),
        *("+++\ntitle = 'never closed'\n", '{"title": "never closed"\n\nWords.'),
        *("+++\ntitle = never quoted\n+++\n", '{\n"title": "x",,\n}\n'),
        *("Title: Quay lamp\nsecured: aGVsbG8gd29ybGQ0Mg==\n\nWords.", "```yaml\ntitle: x\n```\n"),
        *('+++\ntitle = "x"\nexcerpt = "secured: aGVsbG8gd29ybGQ0Mg=="\n+++\nsecured: x9\n',),
        "Title: x\nprovider:\n  name: y\n\nW.",
        *("Quay lamp\n#########\n:status: draft\n\nWords.", "= Quay lamp\n:draft: true\n\nWords."),
        *("#+TITLE: Quay lamp\n#+DRAFT: yes\n\nWords.", ":date: 2027-01-01\n:tags: a\n\nWords."),
    ],
)
def test_what_only_looks_like_front_matter_is_left_out(text: str) -> None:
    """With one error; none of it is published."""
    reading = reading_of(text)
    assert reading.article is None
    assert len([p for p in reading.problems if p.is_error]) == 1


@pytest.mark.parametrize(
    "text",
    [
        *(
            "# Quay lamp\n\nWords.",
            "Note: a word\n\nWords.",
            "Update: the bridge is open\n\nWords.",
        ),
        *("Order: quiet returns\n\nWords.", "# Minutes\n\nDate: the third of May\n\nWords."),
        *(
            "Quay lamp\n---------\n\nWords.",
            "***\n\nWords.",
            "* one\n* two",
            "# A\n\n---\n\nWords.",
        ),
        *(
            "{curly} braces\n\nWords.",
            "<!-- seen -->\n# Quay lamp\n\nWords.",
            "1 + 1 = 2\n\nWords.",
        ),
        *("# Links\n\nsource: Reuters says\n", "Berlin: title race\n\nWords."),
    ],
)
def test_plain_text_is_a_record_and_check_notes_it(text: str) -> None:
    """A headline may have a colon, a heading may be underlined."""
    reading = reading_of(text)
    assert reading.article is not None
    assert without_notes(reading.problems) == ()
    assert [p.code for p in reading.problems] == ["front-matter-none"]
    assert "seen" not in reading.article.title
