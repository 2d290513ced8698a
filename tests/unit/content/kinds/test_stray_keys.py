"""Keys and words in places where no program looks for them decide about publication too."""

from __future__ import annotations

from datetime import datetime

import pytest

from newsstand.content.kinds.record import Reading, read_article

NOW = datetime.fromisoformat("2026-03-10T12:00:00+00:00")


def _read(text: str, path: str = "news/lamp.md") -> Reading:
    return read_article(text, path, NOW, lambda _: "")


@pytest.mark.parametrize(
    "text",
    [
        *("# Lamp\n\ncreated:: 2026-03-01\ndraft:: true\n", "Lamp\n\n- Status: unlisted\n"),
        *("**Status:** Draft\n\nWords.", "> ---\n> title: Lamp\n> draft: true\n> ---\nWords."),
        *("# title: Lamp\n# draft: true\n\nWords.", "// removed: yes\n\nWords."),
        *("# Lamp\n\nStatus: Private\nOwner: Jo\n", "# Lamp\n\nEmbargo: until Friday noon\n"),
        *("Lamp\n\npublished: false\n", "Lamp\n\npublishDate: 2027-01-01\n"),
        *(
            "<!--\n.. title: Lamp\n.. status: draft\n-->\nWords.",
            "= Lamp\n:page-draft: true\n\nWords.",
        ),
        *("Lamp\n\n- private:: yes\n", '<?xml version="1.0"?>\n<en-export><note/></en-export>'),
        *("| title | draft |\n|---|---|\n| Lamp | true |\n\nWords.", "title,status\nLamp,draft\n"),
        *(
            "Lamp\n\nWords.\n\ndraft: true\n",
            "Lamp\n\nWords.\nStatus:draft\n",
            "Lamp\n\ndraft:true\n",
        ),
        *('> {"title": "Lamp", "draft": true}\nWords.', "Lamp\n{'status': 'private'}\nWords."),
        *(
            "EMBARGO 1 MAY 10:00\n\nLamp",
            "*** DRAFT ***\n\nLamp",
            "CONFIDENTIAL - lamp",
            "DRAFT\n\nLamp",
        ),
        *("Lamp\n\nPhoto: Ann\nSource: AP\nDate: 2026-03-12\n", "Lamp\n\nSource: AP\nTags: a\n"),
        *("title, date, tags\nLamp, 2026-03-01, a\n", "NOT FOR RELEASE BEFORE 1 MAY\n\nLamp"),
        *("DRAFT: lamp of the quay\n\nWords.", "[DRAFT]\n\nLamp", "EMBARGOED UNTIL 1 MAY\n\nLamp"),
        *(
            "<!doctype html>\n<html><p>Lamp</p></html>",
            "<html><head><title>x</title></head></html>",
        ),
        *("{title:'Lamp', draft:true}\nWords.", '[{"title": "Lamp", "draft": true}]'),
        *(
            "---\x85title: Lamp\x85draft: true\x85---\x85Words.",
            "---\u2028draft: true\u2028---\u2028W.",
        ),
    ],
)
def test_a_text_that_says_that_nobody_may_see_it_is_left_out(text: str) -> None:
    """With one error, whatever the keys are dressed in."""
    reading = _read(text)
    assert reading.article is None
    assert len([p for p in reading.problems if p.is_error]) == 1


@pytest.mark.parametrize(
    "text",
    [
        *("Lions enter the draft\n\nWords.", "The NFL DRAFT begins\n\nWords."),
        *("# Lamp\n\n- Date: 2026-03-01\n- Source: Reuters\n", "# Lamp\n\n**Note:** a word\n"),
        *("# Lamp\n\nThe status: all quiet on the quay\n", "Draft horses pull the tram\n\nWords."),
        *(
            "Regatta\n\n- Withdrawn: 3 boats\n- Hidden: 2 buoys\n",
            "Regatta\n\nScheduled: 2026-03-12\n",
        ),
        *("Crane\n\nUntil: 2026-03-12\n", "Crane\n\nLast words.\n\nValid: yes\n"),
        *("Weather\n\nVisibility: good\n", "Tuna\n\nEmbargo: EU lifts its ban\n\nWords."),
        *("Title, trophy, tears\n\nWords.", "| a | b |\n|---|---|\n| 1 | 2 |\n"),
        *(
            "EMBARGO LIFTED ON HARBOUR FISH\n\nWords.",
            "CONFIDENTIAL FILES SHOW COST OF BRIDGE\n\nW.",
        ),
        *(
            "DRAFT LOTTERY: HARBOUR BEARS PICK FIRST\n\nWords.",
            "EMBARGO-HIT PORT REOPENS\n\nWords.",
        ),
        *("Order, order\n\nWords.", "Public, private\n\nWords.", "Public, private\nparks, piers\n"),
        *(
            "Title, date, status\n\nWords.",
            "Lamp\n\nStatus: all quiet\n",
            "Bill\n\nStatus: pending\n",
        ),
        *(
            "Lamp\n\nPassword: harbour2024\n",
            "Storm\n\nActive: no\n",
            "Lamp\n\nStatus: withdrawn\n",
        ),
        *(
            "Lamp\n\nPhoto: Ann Lee\nSource: AP\n",
            "Lamp\n\nAuthor: Ann\nDate: 2026-03-12\n\nWords.",
        ),
        *("CONFIDENTIAL papers found\n\nWords.", "# Lamp\n\n1. Removed the old lamp\n"),
    ],
)
def test_a_headline_and_a_list_may_have_such_words(text: str) -> None:
    """They say nothing about who may see it."""
    assert _read(text).article is not None


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("---\ndraft: true\n---\nWords.", 4),
        ("draft: true\n---\nWords.", 4),
        ("\n+++\ntags = ['a']\nremoved = true\n+++\nWords.", 6),
        ('{"title":"U","draft":true}\nWords.', 4),
        ("Hidden: Y\n\nWords.", 4),
        ("status: draft\n\nWords.", 4),
        ("Words.\n\nVisibility: Private", 6),
        ("Words.\n\nMore.\n\ndraft: true", 8),
        ("+++\ndraft = true\nWords.", 5),
        ("Title: Other\n\nWords.\nremoved:yes", 7),
        (";;;\nlayout: post\n;;;\nWords.", 5),
    ],
)
def test_a_second_block_of_keys_is_no_body(body: str, line: int) -> None:
    """Two programs' front matter, or keys below the fence: it is not printed with what it says."""
    reading = _read(f"---\ntitle: Lamp\n---\n{body}\n")
    assert reading.article is None
    (said,) = [p for p in reading.problems if p.is_error]
    assert said.code == "front-matter-astray"
    assert abs(said.line - line) <= 1


@pytest.mark.parametrize(
    "body",
    [
        *("Date: 2026-03-12\nPlace: the quay\n\nWords.", "Source: Reuters\nAuthor: Ann\n\nWords."),
        *(
            "---\n\nWords below a line.\n\n---\n",
            "Updated: five o'clock\n\nWords.",
            "{curly} words",
        ),
        *(
            "Status: all clear\n\nWords.",
            "Visibility: good\n\nWords.",
            "Embargo: EU lifts it\n\nW.",
        ),
        *("Source: Reuters\n\nWords.", "---\nWords: more of them\nOther: words\n---\n", "- a: b\n"),
        *("Words.\n\n---\ndraft: true\n---\n", "Words.\n\nStatus: pending\n"),
        *(
            "Words.\n\nApproved: no\n",
            "Words.\n\nPassword: harbour2024\n",
            "Draft: Raptors\n\nWords.",
        ),
        *("Date: 2026-03-12\nSource: AP\n\nWords.", "Words.\n\nWeb URL: https://q.example/a\n"),
    ],
)
def test_a_body_may_begin_with_a_line_or_a_colon(body: str) -> None:
    """And an example of front matter further down is one."""
    assert _read(f"---\ntitle: Lamp\n---\n{body}\n").article is not None


@pytest.mark.parametrize("folder", ["drafts", "news/drafts", "_posts/_drafts"])
@pytest.mark.parametrize("text", ["---\ntitle: Lamp\n---\nWords.", "Lamp\n\nWords."])
def test_what_lies_in_a_folder_of_drafts_is_one(folder: str, text: str) -> None:
    """With keys or without; `serve --drafts` shows it."""
    held = _read(text, f"{folder}/lamp.md").held_back
    assert held is not None
    assert held.reason == "draft"
    shown = read_article(text, f"{folder}/lamp.md", NOW, lambda _: "", shown=("draft",))
    assert shown.article is not None
    assert shown.article.waits == "draft"


@pytest.mark.parametrize("path", ["news/nfl-drafts/lamp.md", "drafts.md", "news/drafty.md"])
def test_a_name_that_only_holds_the_word_is_none(path: str) -> None:
    """The folder's whole name counts."""
    assert _read("Lamp\n\nWords.", path).article is not None


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("news/lamp.txt", "buy a lamp\ncall Bob\n"),
        ("news/list.txt", "Lamp"),
        ("lamps.txt", "lamp;colour\nsmall;red\n"),
    ],
)
def test_a_text_file_without_any_sign_of_a_record_is_left_out(path: str, text: str) -> None:
    """It may be somebody's list. A day in its name is a sign, Markdown, or a text below a title."""
    reading = _read(text, path)
    assert reading.article is None
    assert [p.code for p in reading.problems] == ["record-doubtful"]
    assert _read(text, path.replace(".txt", ".md")).article is not None
    assert _read(text, f"2026-03-01-{path.rpartition('/')[2]}").article is not None
    assert _read(f"Lamp\n\n{text}", path).article is not None
    assert _read(f"---\ntitle: Lamp\n---\n{text}", path).article is not None


@pytest.mark.parametrize(
    ("text", "title", "excerpt"),
    [
        (
            "# **Quay** lamp [lit](https://x.example) `again`\n\nWords.",
            "Quay lamp lit again",
            "Words.",
        ),
        (
            "Lamp\n\nThe [mayor](https://m.example) said **yes** to it.",
            "Lamp",
            "The mayor said yes to it.",
        ),
        ("Lamp\n\n![a lamp](lamp.png)\n\nAt _last_ it is lit.", "Lamp", "At last it is lit."),
        ("[[Other note|The other]] lamp\n\n---\n\n3 * 4 * 5", "The other lamp", "3 * 4 * 5"),
        (
            "F**k and s**t: the words\n\nGrades: A*, B* fall",
            "F**k and s**t: the words",
            "Grades: A*, B* fall",
        ),
        ("*a **b** c* and ***d***\n\n_*e*_ ~~f~~", "a b c and d", "e f"),
        ("*\ue073\ue065* #\n\nWords ##", "*\ue073\ue065*", "Words ##"),
        ("snake_case_name and \\*stars\\*\n\n![[lamp.png]]", "snake_case_name and *stars*", ""),
    ],
)
def test_what_lists_show_of_a_text_is_no_markdown(text: str, title: str, excerpt: str) -> None:
    """Headline and excerpt are its words; a picture is none."""
    article = _read(text).article
    assert article is not None
    assert (article.title, article.piece.excerpt) == (title, excerpt)


@pytest.mark.parametrize("heading", ["# Quay **lamp**", "## Quay lamp ##"])
def test_the_heading_is_the_title_where_no_key_is(heading: str) -> None:
    """As in notes of Obsidian and pages of Docusaurus; it is not shown twice."""
    reading = _read(f"---\ndate: 2026-03-01\n---\n{heading}\n\nWords.\n")
    assert reading.article is not None
    assert (reading.article.title, reading.body.body) == ("Quay lamp", "Words.")
    assert "title-in-heading" in [p.code for p in reading.problems]
    without = _read("---\ndate: 2026-03-01\n---\nWords.\n\n# Quay lamp\n")
    assert [p.code for p in without.problems if p.is_error] == ["title-missing"]
