"""The key `secured` of a record: its value is in no page, no file and no message."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from newsstand.content.never_published import (
    find_secured,
    find_secured_in_markup,
    is_secured_key,
    key_to_show,
)
from tests.sites import Run, build_site, run_command, write_site

# Stands for a value of its own in each of the texts below.
VALUE = "k000qW8zLw0PdT7rYmN5x000z"
GOOD = """\
    ---
    title: "A good record"
    webUrl: https://quay.example/good
    publishedDateTime: 2024-01-18T10:00:00Z
    ---
    Nothing is wrong with it.
    """
_HEAD = "title: Bridge\nwebUrl: https://harbour.example/bridge\n"
_ENTRY = "  - title: Ferry\n    webUrl: https://quay.example/ferry\n"


def _front(keys: str, body: str = "Words.\n") -> str:
    return f"---\n{_HEAD}{keys}\n---\n{body}"


IN_FRONT_MATTER = {
    "at the top": f"secured: {VALUE}",
    "in quotes": f'secured: "{VALUE}"',
    "oddly cased": f"Secured: {VALUE}\nSECURED: {VALUE}",
    "with a quoted key": f"\"secured\": {VALUE}\n'Secured': {VALUE}",
    "with an escaped key": f'"sec\\u0075red": {VALUE}',
    "with a wide key": f"ｓｅｃｕｒｅｄ: {VALUE}",
    "with a question mark": f"? secured\n: {VALUE}",
    "in a folded text": f"secured: >-\n  {VALUE}\n  {VALUE}",
    "in a literal text": f"secured: |\n  {VALUE}\n\n  {VALUE}",
    "in a plain text of two lines": f"secured: {VALUE}\n  {VALUE}",
    "as a list": f"secured:\n  - {VALUE}\n  - {{title: {VALUE}}}",
    "as keys": f"secured:\n  title: {VALUE}\n  webUrl: https://harbour.example/{VALUE}",
    "twice": f"secured: {VALUE}\nsecured: {VALUE}",
    "in a related piece": f"related:\n{_ENTRY}    secured: {VALUE}",
    "in the outlet": f"provider:\n  name: Harbour\n  domain: harbour.example\n  secured: {VALUE}",
    "in a picture": f"images:\n  - url: a.png\n    secured: {VALUE}",
    "with a tag": f"secured: !{VALUE} x",
    "with an anchor of that name": f"secured: &{VALUE} x\nsecured: &{VALUE} x",
    "in an alias that is not there": f"secured: *{VALUE}",
    "as the title by an alias": f"secured: &s {VALUE}\ntitle: *s",
    "as the excerpt by an alias": f"secured: &s {VALUE}\nexcerpt: *s",
    "as a date by an alias": f"secured: &s {VALUE}\npublishedDateTime: *s",
    "as a link by an alias": f"secured: &s https://harbour.example/{VALUE}\noriginalUrl: *s",
    "as a number by an alias": f"secured: &s {VALUE}\nquality: *s",
    "as a flag by an alias": f"secured: &s {VALUE}\npublished: *s",
    "as topics by an alias": f"secured: &s [{VALUE}]\ntopics: *s",
    "as a story by an alias": f"secured: &s {VALUE}\nstory: *s\nalone: true",
    "as the outlet by an alias": f"secured: &s {{name: {VALUE}}}\nprovider: *s",
    "as related pieces by an alias": f"secured: &s [{{title: {VALUE}}}]\nrelated: *s",
    "as a part of the secret by an alias": f"secured: {{a: [&s {VALUE}]}}\nexcerpt: *s",
    "as an alias of a harmless anchor": f"excerpt: &s {VALUE}\nsecured: *s",
    "by an alias in a related piece": f"related:\n{_ENTRY}    secured: &s {VALUE}\n    excerpt: *s",
    "by a merge": f"x: &s {{secured: {VALUE}}}\nrelated:\n  - <<: *s\n    title: Ferry",
    "as a key by an alias": f"secured: &s {VALUE}\n*s : x",
    "swallowed by the excerpt": f"excerpt: >-\n  Words.\n  secured: {VALUE}",
    "swallowed by the note": f"featuredContent: |\n  Words.\n  secured: {VALUE}",
    "swallowed by the outlet": f"provider: |\n  name: Harbour\n  secured: {VALUE}",
    "swallowed by the related pieces": f"related: |\n  - title: Ferry\n    secured: {VALUE}",
    "swallowed by the pictures": f"images: |\n  - url: a.png\n    secured: {VALUE}",
    "swallowed by a date": f"publishedDateTime: >\n  2024-01-18\n  secured: {VALUE}",
    "swallowed by a number": f"quality: |\n  10\n  secured: {VALUE}",
    "swallowed by a picture's address": f"images:\n  - url: |\n      a.png\n      secured: {VALUE}",
    "swallowed by a topic": f"topics:\n  - secured:{VALUE}",
    "swallowed in letters of old prints": f'excerpt: "ſecured: {VALUE}"',
    "swallowed in wide letters": f"topics: [ｓｅｃｕｒｅｄ: {VALUE}]\nexcerpt: 'ｓecured: {VALUE}'",
    "swallowed by what is no language": f'language: "ſecured: {VALUE}"',
    "swallowed by a list in disguise": f'topics: ["sec&shy;ured: {VALUE}", "**secured**: {VALUE}"]',
    "swallowed by a list": f"topics: [Bridges, 'secured: {VALUE}']",
    "without a space": f"secured:{VALUE}",
    "with an equals sign": f"secured={VALUE}: x",
    "without a colon": f"secured {VALUE}\nquality: 10",
    "in a line that is broken": f'secured: "{VALUE}',
    "above a line that is broken": f"secured: {VALUE}\n\tquality: 10",
    "on one line with another key": f"excerpt: Words. secured: {VALUE}",
    "in brackets never closed": f"provider: {{name: Harbour, secured: {VALUE}",
    "beside a control character": f"secured: {VALUE}\u0007",
    "with a line that looks like a fence": f"secured: |\n---\n  {VALUE}",
    "in quotes around a fence": f'secured: "x\n---\n{VALUE}"',
    "in an unknown key": f"x-secured:\n  secured: {VALUE}",
}
IN_THE_BODY = {
    "behind the fence": f"secured: {VALUE}\n---\nWords.\n",
    "in the middle": f"Words.\n\nsecured: {VALUE}\n",
    "indented": f"Words.\n\n\tsecured: {VALUE}\n",
    "in a list": f"- secured: {VALUE}\n",
    "in a list of stars": f"* secured: {VALUE}\n",
    "in a quotation": f"> secured: {VALUE}\n",
    "in bold": f"**secured:** {VALUE}\n",
    "as code": f"`secured`: {VALUE}\n",
    "in a code block": f"```yaml\nsecured: {VALUE}\n```\n",
    "in a table": f"| a | b |\n|---|---|\n| secured: | {VALUE} |\n| secured: {VALUE} | x |\n",
    "in a flow mapping": f"provider: {{name: Harbour, secured: {VALUE}}}\n",
    "in JSON": f'{{"title": "Bridge", "secured": "{VALUE}"}}\n',
    "as HTML": f"<p>secured: {VALUE}</p>\n",
    "in a comment": f"<!-- secured: {VALUE} -->\n",
    "with an odd colon": f"secured：{VALUE}\n",
    "in capitals": f"SECURED: {VALUE}\n",
    "in capitals, as a group": f"Secured: {{a: {VALUE}}}\n",
    "in capitals, with an anchor": f"Secured: &x {VALUE}\n",
    "in capitals, with a tag": f"SECURED: !!str {VALUE}\n",
    "in capitals, with a key below": f"'Secured':\n  a: {VALUE}\n",
    "in letters of old prints": f"ſecured: {VALUE}\n",
    "in wide letters": f"Words.\n\nｓｅｃｕｒｅｄ：{VALUE}\n",
    "with a question mark": f"? secured\n: {VALUE}\n",
    "on the next line": f"secured:\n  {VALUE}\n",
    "folded": f"secured: >-\n  {VALUE}\n",
}
AS_A_WHOLE_FILE = {
    "after a comment": f"# Checked\n---\n{_HEAD}secured: {VALUE}\n---\nWords.\n",
    "after blank lines": f"\n\n \n---\n{_HEAD}secured: {VALUE}\n---\nWords.\n",
    "never opened": f"{_HEAD}secured: {VALUE}\n---\nWords.\n",
    "never closed": f"---\n{_HEAD}secured: {VALUE}\n\nWords.\n",
    "closed with dots": f"---\n{_HEAD}secured: {VALUE}\n...\nWords.\n",
    "with short fences": f"--\n{_HEAD}secured: {VALUE}\n--\nWords.\n",
    "with long dashes": f"———\n{_HEAD}secured: {VALUE}\n———\nWords.\n",
    "with plus signs": f'+++\ntitle = "Bridge"\nsecured = "{VALUE}"\n+++\nWords.\n',
    "as JSON": f'{{"title": "Bridge",\n"secured": "{VALUE}"}}\n',
    "as JSON on one line": f'{{"title":"Bridge","secured":"{VALUE}"}}\n',
    "with Windows line ends": f"---\r\n{_HEAD}secured: {VALUE}\r\n---\r\nWords.\r\n",
    "with a byte order mark": f"\ufeff---\n{_HEAD}secured: {VALUE}\n---\nWords.\n",
    "the first line": f"secured: {VALUE}\nWords.\n",
    "the only line": f"secured: {VALUE}\n",
    "two documents": f"---\n{_HEAD}---\nsecured: {VALUE}\n---\nWords.\n",
}
OTHER_FILES = {
    "a topic": ("content/topics/bridges.yaml", f"name: Bridges\nsecured: {VALUE}\n"),
    "a topic by an alias": (
        "content/topics/bridges.yaml",
        f"secured: &s {VALUE}\nname: *s\ndescription: *s\nparent: *s\n",
    ),
    "a topic's text": (
        "content/topics/bridges.md",
        f"---\nname: Bridges\ndescription: |\n  A.\n  secured: {VALUE}\n---\nsecured: {VALUE}\n",
    ),
    "an outlet": ("content/providers/quay.yaml", f"domain: quay.example\nsecured: {VALUE}\n"),
    "an outlet's text": (
        "content/providers/quay.md",
        f"---\ndomain: quay.example\n---\nWords.\nsecured: {VALUE}\n",
    ),
    "an outlet by an alias": (
        "content/providers/quay.yaml",
        f"domain: quay.example\nsecured: &s {VALUE}\nname: *s\n",
    ),
    "a page": ("content/pages/about.md", f"---\ntitle: About\nsecured: {VALUE}\n---\nWords.\n"),
    "a page's text": ("content/pages/about.md", f"---\ntitle: About\n---\nsecured: {VALUE}\n"),
    "a page without front matter": ("content/pages/about.md", f"About\n\nsecured: {VALUE}\n"),
    "the settings": ("site.yml", f"title: Harbour\nsecured: {VALUE}\n"),
    "the settings by an alias": (
        "site.yml",
        f"secured: &s {VALUE}\ntitle: *s\ndescription: *s\npage_size: *s\nurl: *s\n",
    ),
    "the settings' text": ("site.yml", f"description: |\n  Words.\n  secured: {VALUE}\n"),
    "a setting of links": (
        "site.yml",
        f"secured: &s {VALUE}\nfooter_links:\n  - label: *s\n    url: *s\n",
    ),
    "the decisions": ("content/stories.yml", f"secured: {VALUE}\n"),
    "the decisions by an alias": (
        "content/stories.yml",
        f"secured: &s {VALUE}\nmerge: [[*s, a.md]]\npin: [*s]\ntitle: {{news/good.md: *s}}\n",
    ),
    "a list of the decisions": ("content/stories.yml", f"pin:\n  - 'secured: {VALUE}'\n"),
}


def value_of(number: int) -> str:
    """The value of a text: its number stands at both ends, so that parts of it tell it too."""
    return VALUE.replace("000", f"{number:03}")


def shown(run: Run, number: int = 0) -> list[str]:
    """Where a value or a long part of it is: files, names of files, what the command said."""
    value = value_of(number)
    # A message may cut a long value in the middle.
    parts = (value[:8], value[-8:])
    texts = {"log": run.log} | {
        name: f"{name}\n{data.decode('utf-8', 'replace')}" for name, data in run.files().items()
    }
    return [name for name, text in texts.items() if any(part in text for part in parts)]


def _build(folder: Path, files: Mapping[str, str]) -> Run:
    write_site(folder, {"content/news/good.md": GOOD, "site.yml": ""})
    write_site(folder, {path: text.encode() for path, text in files.items()})
    run = build_site(folder, "-v", in_process=True)
    assert run.code == 0
    assert (run.output / "news" / "good" / "index.html").is_file()
    return run


def _build_all(folder: Path, texts: list[str], ending: str = ".md") -> Run:
    """One site with all these texts as records, each with its own value."""
    records = {
        f"content/news/record-{n}{ending}": text.replace(VALUE, value_of(n))
        for n, text in enumerate(texts)
    }
    return _build(folder, records)


@pytest.fixture(scope="module")
def fronts(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A site of records whose front matter holds the key."""
    texts = [_front(keys) for keys in IN_FRONT_MATTER.values()]
    return _build_all(tmp_path_factory.mktemp("fronts"), texts)


@pytest.fixture(scope="module")
def bodies(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A site of records whose body holds the key."""
    texts = [_front("quality: 10", body) for body in IN_THE_BODY.values()]
    return _build_all(tmp_path_factory.mktemp("bodies"), texts)


@pytest.fixture(scope="module", params=[".md", ".txt", ".markdown"])
def whole_files(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A site of records without good fences, with each of the endings."""
    folder = tmp_path_factory.mktemp("files")
    return _build_all(folder, list(AS_A_WHOLE_FILE.values()), request.param)


@pytest.mark.parametrize("case", IN_FRONT_MATTER)
def test_a_value_in_the_front_matter_stays_inside(fronts: Run, case: str) -> None:
    """However the key is written, nested, quoted, named elsewhere or broken, it is not shown."""
    assert shown(fronts, list(IN_FRONT_MATTER).index(case)) == []


@pytest.mark.parametrize("case", IN_THE_BODY)
def test_a_value_in_the_body_stays_inside(bodies: Run, case: str) -> None:
    """A body that holds the key with its value is not printed."""
    assert shown(bodies, list(IN_THE_BODY).index(case)) == []


@pytest.mark.parametrize("case", AS_A_WHOLE_FILE)
def test_a_value_in_a_file_without_good_fences_stays_inside(whole_files: Run, case: str) -> None:
    """Front matter that is not recognised as such does not become a page."""
    assert shown(whole_files, list(AS_A_WHOLE_FILE).index(case)) == []


@pytest.mark.parametrize(("path", "text"), OTHER_FILES.values(), ids=OTHER_FILES)
def test_a_value_in_any_other_file_stays_inside(tmp_path: Path, path: str, text: str) -> None:
    """Topics, outlets, pages, settings and decisions do not show it either."""
    assert shown(_build(tmp_path, {path: text})) == []


@pytest.mark.parametrize("command", [["stories"], ["stories", "--format", "json"], ["explain", ""]])
def test_no_command_prints_the_value(tmp_path: Path, command: list[str]) -> None:
    """Stories and their explanations come from the same records."""
    for number, keys in enumerate(IN_FRONT_MATTER.values()):
        write_site(tmp_path, {f"content/news/r{number}.md": _front(keys).encode()})
    run = run_command(
        *command,
        *("--content", str(tmp_path / "content"), "--now", "2024-01-20T00:00:00Z"),
        output=tmp_path / "none",
        in_process=True,
    )
    assert shown(run) == []


def test_a_record_that_only_carries_the_key_is_published_without_a_word(tmp_path: Path) -> None:
    """The key is known: it is no mistake, and the rest of the record is read."""
    keys = f"secured: {VALUE}\nrelated:\n{_ENTRY}    secured: {VALUE}\nexcerpt: Mended."
    run = _build(tmp_path, {"content/news/bridge.md": _front(keys)})
    assert "secured" not in run.log
    assert "Mended." in run.page("news/bridge/")
    assert "Ferry" in run.page("news/bridge/")


DISGUISED = (
    *(
        "secured&#58; V",
        "secured&colon; V",
        "s&#101;cured: V",
        "<b>secured</b>: V",
        "sec\\\\ured: V",
    ),
    *("se**cur**ed: V", "s\u00adecured: V", "se\u200bcured: V", "secured -> V", "secured \u2192 V"),
    *("| secured | V |", "<secured>V</secured>", "<dt>secured</dt><dd>V</dd>", "~~secured~~: V"),
    *(
        "a | b\n---|---\n**secured** | V",
        "a | b | c\n:-- | --: | -\nx | secured | V",
        "secured | V",
    ),
    *("<details><summary>secured</summary>V</details>", "s<i>ecur</i>ed = V", "`secured` => V"),
)


@pytest.mark.parametrize("written", DISGUISED)
def test_a_value_beside_the_key_in_disguise_stays_inside(tmp_path: Path, written: str) -> None:
    """Entities, tags, signs of Markdown and without width: a reader would see the key and it."""
    said = written.replace("\\\\", "\\").replace("V", VALUE)
    files = {
        "content/news/body.md": f"---\ntitle: A\n---\nWords.\n\n{said}\n",
        "content/news/plain.md": f"# B\n\n{said}\n",
        "content/news/note.md": f"---\ntitle: C\nfeaturedContent: '{said}'\n---\nWords.\n",
        "content/news/excerpt.md": f"---\ntitle: D\nexcerpt: '{said}'\n---\nWords.\n",
        "content/pages/page.md": f"# E\n\n{said}\n",
    }
    run = _build(tmp_path, files)
    assert VALUE not in run.log
    assert [path for path, data in run.files().items() if VALUE.encode() in data] == []


@pytest.mark.parametrize(
    "text",
    [
        *(
            "The **secured** port &amp; its quay 24",
            "| secured | by the navy |",
            "A secured -> open pier",
        ),
        *(
            "<b>secured</b> berths: 12",
            "secured&mdash;for good in 2024",
            "se*cured* and un*secured*",
        ),
        *(
            "Future of ferry secured | Channel4News",
            "Funding secured | £120million for the harbour",
        ),
        *("Title secured -> 24-year-old wins", "Gold secured: 19-year-old swimmer wins"),
        *("Deal secured: £120million", "Pier secured: 2.5-million-pound gift"),
    ],
)
def test_the_word_in_disguise_is_a_word(text: str) -> None:
    """Unless something opaque stands beside it."""
    assert find_secured_in_markup(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Funding secured: the bridge will be built",
        "The harbour is secured against storms.",
        "Secured loans: what changes in 2024",
        "All ships were secured; nobody was hurt.",
        "A deal is secured – and a ferry too",
    ],
)
def test_the_word_itself_may_be_printed(tmp_path: Path, text: str) -> None:
    """The word secured in a headline, an excerpt or a body is a word."""
    record = f'---\ntitle: "{text}"\nexcerpt: "{text}"\n---\nToday. {text}\n'
    run = _build(tmp_path, {"content/news/bridge.md": record})
    assert run.page("news/bridge/").count(text) >= 2


@pytest.mark.parametrize("key", ["secured", " Secured ", "SECURED", "ｓｅｃｕｒｅｄ"])
def test_the_key_is_known_in_any_spelling(key: str) -> None:
    """Case, spaces and wide letters make no difference."""
    assert is_secured_key(key)
    assert not is_secured_key(f"{key}-by")


def test_a_key_that_begins_so_is_shown_only_as_far() -> None:
    """A mistyped key may hold the value: a message shows the beginning."""
    assert VALUE not in key_to_show(f"secured={VALUE}")
    assert key_to_show("quality") == "quality"


def test_the_key_is_found_where_it_stands() -> None:
    """A message can name the place; the word alone is not the key."""
    text = f"Words.\n\nsecured: {VALUE}\n"
    assert find_secured(text) == text.index("secured")
    assert find_secured("The harbour is secured.") is None
