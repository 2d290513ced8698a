"""``check``: a table of mistakes, each named with its file, line, column and remedy."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.sites import NOW, ROOT, Run, read_tree, run_command, write_site


class Mistake(NamedTuple):
    """One mistake: its file, the file's text, where it is, its code, a word of the remedy."""

    file: str
    text: str
    line: int
    column: int
    code: str
    remedy: str
    fixable: bool = False


def record(*lines: str, body: str = "") -> str:
    """A record with a title, an excerpt, a date, a link and a picture, and these lines."""
    own = {line.partition(":")[0] for line in lines}
    usual = {
        "title": "title: A ferry is late",
        "excerpt": "excerpt: It left an hour after its time.",
        "publishedDateTime": "publishedDateTime: 2024-01-18T10:00:00Z",
        "webUrl": "webUrl: https://quay.example/ferry",
    }
    first = [text for key, text in usual.items() if key not in own]
    return "\n".join(["---", *first, *lines, "---", body, ""])


NEWS = "content/news/ferry.md"
TOPIC = "content/topics/ports.yaml"
OUTLET = "content/providers/quay.example.md"
STORIES = "content/stories.yml"

MISTAKES = [
    # Records
    Mistake(NEWS, record("titel: A ferry"), 6, 1, "key-unknown", "did you mean title?"),
    Mistake(NEWS, record("publishedDateTime: 2024-13-01"), 5, 1, "date-invalid", "write publ"),
    Mistake(NEWS, record("webUrl: quay.example/x"), 5, 1, "link-invalid", "https://"),
    Mistake(NEWS, record("quality: high"), 6, 1, "type-number", "write quality: 70"),
    Mistake(NEWS, record("published: maybe"), 6, 1, "type-flag", "published: true"),
    Mistake(NEWS, record("category: mews"), 6, 1, "choice-unknown", "did you mean news?"),
    Mistake(NEWS, record("topics: Ports"), 6, 1, "list-expected", '"- "'),
    Mistake(NEWS, record("provider:", "  domain: https://q.example"), 7, 3, "domain-invalid", "host"),
    Mistake(NEWS, record("images:", "  - width: 3"), 7, 5, "picture-no-url", "add its url"),
    Mistake(NEWS, record("images:", "  - url: a.png"), 7, 5, "picture-missing", "beside the file"),
    Mistake(NEWS, record("related:", "  - webUrl: https://q.example/1"), 7, 5, "related-no-title", "add"),
    Mistake(NEWS, record("title: [a, b]"), 5, 1, "type-text", "one value"),
    Mistake(NEWS, record("title: A: B"), 5, 9, "yaml-broken", "double quotes"),
    Mistake(NEWS, record("language: a long one"), 6, 1, "language-invalid", "en"),
    Mistake(NEWS, record("alone: true", "story: one"), 6, 1, "decision-contradiction", "delete"),
    Mistake(NEWS, "heat: 3\nquality: 2\n", 1, 1, "front-matter-astray", "---"),
    Mistake(NEWS, "---\ntitle: A\n", 1, 1, "front-matter-open", "put a line"),
    Mistake(NEWS, record(body="See [that](/nowhere/)."), 7, 12, "link-leads-nowhere", "add the page"),
    Mistake(NEWS, record(body="![x](gone.png)"), 7, 6, "picture-missing", "path"),
    Mistake(NEWS, record(body="A gone.png, ![x](gone.png)"), 7, 18, "picture-missing", "path"),
    Mistake(NEWS, record("excerpt:"), 1, 1, "excerpt-missing", "add excerpt"),
    Mistake("content/news/ferry.yaml", "title: A\n", 1, 1, "file-unread", "ends in .md"),
    Mistake("content/news/ferry.docx", "x", 1, 1, "file-unread", ".md"),
    Mistake("content/news/empty.md", "\n", 1, 1, "file-empty", "delete it"),
    Mistake("content/news/late.md", record("title: A ferry is late"), 4, 1, "link-twice", "delete one"),
    Mistake("content/z/good.md", record(), 1, 1, "address-twice", "rename"),
    # What can be mended
    Mistake(NEWS, record("publishedDateTime: 2024-01-18 10:00"), 5, 1, "date-no-zone", "Z; `check --fix` does", fixable=True),
    Mistake(NEWS, record("publishedDateTime: 2024-01-18T10:00:00+02:00"), 5, 20, "date-not-utc", "08:00:00Z", fixable=True),
    Mistake(NEWS, record("category: news"), 6, 1, "key-order", "order", fixable=True),
    Mistake(NEWS, record('excerpt: "A &quot;late&quot; ferry"'), 5, 10, "entity-written", "signs", fixable=True),
    Mistake(NEWS, record("topics:", "  - Ports", "  - Tides", "  - Ports"), 9, 5, "entry-twice", "delete", fixable=True),
    Mistake(NEWS, record("related:", "  - title: A", "    webUrl: https://q.example/1", "  - title: A", "    webUrl: https://q.example/1"), 9, 5, "entry-twice", "delete", fixable=True),
    Mistake(NEWS, record("quality: 3  "), 6, 11, "space-trailing", "delete them", fixable=True),
    Mistake(NEWS, record("quality: 3", "quality: 3"), 7, 1, "key-twice", "keep one of the two; `check --fix` does", fixable=True),
    Mistake(NEWS, record("quality: 3", "quality: 4"), 7, 1, "key-twice", "keep one of the two"),
    Mistake(TOPIC, "name: Ports  \n", 1, 12, "space-trailing", "delete them", fixable=True),
    # Topics and outlets
    Mistake(TOPIC, "nam: Ports\n", 1, 1, "key-unknown", "did you mean name?"),
    Mistake(TOPIC, "name: Ports\nparent: Portz\n", 2, 1, "topic-no-parent", "add a file"),
    Mistake(TOPIC, "name: Ports\n", 1, 1, "topic-unused", "nothing to do"),
    Mistake(NEWS, record("topics:", "  - Tides", "  - Harbor ports"), 8, 5, "topic-misspelt", "did you mean Harbour ports?"),
    Mistake(OUTLET, "---\nname: Quay\n---\n", 1, 1, "outlet-no-domain", "add domain"),
    Mistake(OUTLET, "---\ndomain: a quay\n---\n", 2, 1, "domain-invalid", "harbour.example"),
    Mistake("content/providers/pier.md", "---\ndomain: pier.example\n---\n", 1, 1, "outlet-no-file", "add providers/"),
    Mistake("content/outlets/quay.yaml", "domain: a.example\n", 1, 1, "file-unread", "providers/"),
    # Pages, stories.yml, settings
    Mistake("content/pages/about.md", "# About\n\nA [list](/topicz/).\n", 3, 10, "link-leads-nowhere", "mend it"),
    Mistake(STORIES, "merge:\n  - [news/good.md]\n", 2, 5, "decision-invalid", "write - ["),
    Mistake(STORIES, "pin:\n  - news/god.md\n", 2, 5, "decision-no-record", "did you mean news/good.md?"),
    Mistake(STORIES, "pine: []\n", 1, 1, "key-unknown", "did you mean pin?"),
    Mistake("content/stories.yaml", "pin: []\n", 1, 1, "file-unread", "name it stories.yml"),
    Mistake("site.yml", "page_size: 0\n", 1, 1, "number-range", "from 1 to 500"),
    Mistake("site.yml", "ranking:\n  promotd: 1\n", 2, 3, "key-unknown", "did you mean promoted?"),
    Mistake("site.yml", "header_links:\n  - label: A\n    url: /a/\n", 3, 5, "link-leads-nowhere", "add the page"),
    Mistake("site.yml", "topic: Prots\n", 1, 1, "topic-unknown", "topics/"),
    # Templates and static files
    Mistake("templates/plain.html", "{% extends 'built-in/base.html' %}\n{% block main %}{{ page.titel }}{% endblock %}", 2, 25, "template-broken", "mend the template"),
    Mistake("templates/front.html", "<p>\n  {% if page %}\n", 2, 3, "template-broken", "mend the template"),
    Mistake("templates/front.html", "<p>{{ page.head | shorten }}", 1, 19, "template-broken", "mend the template"),
    Mistake("templates/frnt.html", "<p>", 1, 1, "template-unused", "did you mean front.html?"),
    Mistake("templates/_parts/mine.html", "{% include 'gone.html' %}", 1, 1, "template-unused", "name"),
    Mistake("static/about/index.html", "<p>", 1, 1, "address-twice", "rename it"),
]  # fmt: skip

GOOD = {
    "content/news/good.md": "---\ntitle: The bridge opens\nexcerpt: After seven years.\n"
    "publishedDateTime: 2024-01-18T09:00:00Z\nwebUrl: https://quay.example/bridge\n---\n",
    "content/pages/about.md": "# About\n",
    "site.yml": "url: https://quay-news.example\nimages: none\n",
}


def check(site: Path, *options: str) -> Run:
    """The command on a site's folder."""
    return run_command("check", "--site", str(site), "--now", NOW, *options, in_process=True)


def problems(site: Path, *options: str) -> list[Mapping[str, object]]:
    """Everything that it says, as values."""
    run = check(site, "--format", "json", *options)
    found: list[Mapping[str, object]] = json.loads(run.stdout)["problems"]
    return found


def seeded(folder: Path, mistake: Mistake) -> Path:
    """A good site with one mistake in it, and what the mistake needs around it."""
    files = dict(GOOD)
    if mistake.code == "link-twice":
        files["content/news/a.md"] = record("title: A bridge is shut")
    if mistake.code == "topic-misspelt":
        files[TOPIC] = "name: Harbour ports\n"
    if mistake.code == "outlet-no-file":
        files[NEWS] = record("title: A ferry")
        return write_site(folder, {**files, mistake.file: mistake.text})
    return write_site(folder, {**files, mistake.file: mistake.text})


def name_of(mistake: Mistake) -> str:
    """The id of a mistake in the list of tests."""
    return f"{mistake.code}-{Path(mistake.file).name}-{mistake.line}"


def test_the_table_is_long_and_wide() -> None:
    """Forty mistakes and more, of every kind of file, most kinds of mistake once."""
    assert len(MISTAKES) >= 40
    assert len({m.code for m in MISTAKES}) >= 30
    tops = {m.file.split("/")[1 if m.file.startswith("content/") else 0] for m in MISTAKES}
    assert {"news", "topics", "providers", "pages", "stories.yml", "site.yml", "templates"} <= tops


def test_a_good_site_has_no_problem(tmp_path: Path) -> None:
    """Else the table below would hold nothing."""
    run = check(write_site(tmp_path, GOOD), "--fail-on", "warning")
    assert (run.code, run.stdout, run.stderr) == (0, "No problems.\n", "")


@pytest.mark.parametrize("mistake", MISTAKES, ids=name_of)
def test_a_mistake_is_named_where_it_is(mistake: Mistake, tmp_path: Path) -> None:
    """File, line, column, code and remedy; the file is where it says, on the disk."""
    site = seeded(tmp_path, mistake)
    found = [p for p in problems(site) if p["code"] == mistake.code]
    assert found, problems(site)
    said = found[0]
    if mistake.code != "outlet-no-file":
        assert (site / mistake.file).samefile(str(said["file"]))
        assert (said["line"], said["column"]) == (mistake.line, mistake.column), said
    assert mistake.remedy in str(said["remedy"])
    text = check(site, "-v").stdout
    place = f"{said['path']}:{said['line']}:{said['column']}: {said['severity']}: "
    assert place in text
    assert f"[{mistake.code}]\n    -> {said['remedy']}\n" in text


def test_a_quiet_check_says_what_its_exit_code_is_for(tmp_path: Path) -> None:
    """And nothing else, whatever else there is to say."""
    site = seeded(tmp_path, Mistake(NEWS, record("titel: A ferry"), 6, 1, "key-unknown", ""))
    quiet, strict = check(site, "-q"), check(site, "-q", "--fail-on", "warning")
    assert (quiet.code, quiet.stdout) == (0, "")
    assert strict.code == 1
    assert [line.split(": ")[0] for line in strict.stdout.splitlines()[::2]] == [
        f"{site}/content/news/ferry.md:6:1"
    ]


def test_a_picture_of_that_name_is_offered(tmp_path: Path) -> None:
    """Where the record names none of its folders."""
    text = "---\ntitle: Bridge\nimage: bridge.svg\n---\n"
    picture = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 3 2'/>"
    write_site(tmp_path, {"content/news/a.md": text, "content/pictures/bridge.svg": picture})
    run = check(tmp_path)
    assert "a.md:3:1: warning: there is no local picture 'bridge.svg'" in run.stdout
    assert "-> did you mean pictures/bridge.svg? Else put it beside the file" in run.stdout


@pytest.mark.parametrize("mistake", [m for m in MISTAKES if m.fixable], ids=name_of)
def test_what_can_be_mended_is_gone_after_a_fix(mistake: Mistake, tmp_path: Path) -> None:
    """The diff is shown, nothing else is touched, and a second fix changes nothing."""
    site = seeded(tmp_path, mistake)
    before = read_tree(site)
    run = check(site, "--fix")
    shown = mistake.file.removeprefix("content/")
    assert f"--- a/{shown}\n+++ b/{shown}\n@@ " in run.stdout
    assert "1 file mended." in run.stdout
    assert mistake.code not in {p["code"] for p in problems(site)}
    after = read_tree(site)
    assert {path for path in after if after[path] != before.get(path)} == {mistake.file}
    again = check(site, "--fix")
    assert "Nothing to mend." in again.stdout
    assert read_tree(site) == after


def test_all_that_can_be_mended_at_once(tmp_path: Path) -> None:
    """One site with every such mistake in a file of its own."""
    site = write_site(tmp_path, GOOD)
    for number, mistake in enumerate(m for m in MISTAKES if m.fixable and m.file == NEWS):
        text = mistake.text.replace("quay.example/ferry", f"quay.example/ferry-{number}")
        write_site(site, {f"content/news/f{number}.md": text})
    codes = {m.code for m in MISTAKES if m.fixable}
    assert codes <= {p["code"] for p in problems(site)}
    assert check(site, "--fix").code == 0
    assert {p["code"] for p in problems(site)} & codes == set()


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    """It shows the same changes."""
    site = seeded(tmp_path, next(m for m in MISTAKES if m.code == "key-order"))
    before = read_tree(site)
    dry = check(site, "--fix", "--dry-run").stdout
    assert read_tree(site) == before
    assert "1 file would be mended; nothing was written." in dry
    real = check(site, "--fix").stdout
    assert dry.split("1 file")[0] == real.split("1 file")[0]
    assert check(site, "--dry-run").code == 2


@pytest.mark.parametrize(("answer", "written"), [("n", False), ("y", True), ("", False)])
def test_on_a_terminal_it_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, written: bool
) -> None:
    """And takes anything but a yes for a no."""
    site = seeded(tmp_path, next(m for m in MISTAKES if m.code == "key-order"))
    before = read_tree(site)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: answer)
    check(site, "--fix")
    assert (read_tree(site) != before) is written


def test_a_fix_with_yes_never_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not on a terminal either."""
    site = seeded(tmp_path, next(m for m in MISTAKES if m.code == "key-order"))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert "1 file mended." in check(site, "--fix", "--yes").stdout


def test_exit_codes(tmp_path: Path) -> None:
    """1 for an error, as ``build --strict``; for a warning where it is wanted; never for a note."""
    error = seeded(tmp_path / "e", next(m for m in MISTAKES if m.code == "date-invalid"))
    warning = seeded(tmp_path / "w", next(m for m in MISTAKES if m.code == "key-unknown"))
    note = seeded(tmp_path / "n", next(m for m in MISTAKES if m.code == "key-order"))
    assert (check(error).code, check(warning).code, check(note).code) == (1, 0, 0)
    wanted = ("--fail-on", "warning")
    codes = [check(site, *wanted).code for site in (error, warning, note)]
    assert codes == [1, 1, 0]
    assert check(tmp_path / "nowhere").code == 2


def test_nothing_is_published(tmp_path: Path) -> None:
    """A check leaves the folder as it was."""
    site = write_site(tmp_path, GOOD)
    before = read_tree(site)
    check(site)
    assert read_tree(site) == before


def test_many_of_a_kind_are_a_few_lines(tmp_path: Path) -> None:
    """Five warnings of a kind, one note with three places; -v has them all."""
    files = {
        f"content/news/r{n}.md": f"---\ntitle: {word}\n---\n"
        for n, word in enumerate("Ferry Bridge Harbour Lamp Rope Anchor Tide".split())
    }
    site = write_site(tmp_path, {**files, "site.yml": GOOD["site.yml"]})
    short, long = check(site).stdout, check(site, "-v").stdout
    assert short.count("[link-missing]\n") == 5
    assert "… and 2 more warnings [link-missing]; -v shows all" in short
    assert "7 notes, such as: the record has no excerpt [excerpt-missing]" in short
    assert f"    {site}/content/news/r2.md:1:1\n    … and 4 more; -v names all\n" in short
    assert (long.count("[link-missing]\n"), long.count("[excerpt-missing]\n")) == (7, 7)
    assert "Problems: 0 errors, 8 warnings, 8 notes." in short


def test_annotations_are_escaped(tmp_path: Path) -> None:
    """As GitHub's workflow commands want: % and line ends everywhere, : and , in properties."""
    text = record("webUrl: 'https://a%b,c:\nd'")
    site = write_site(tmp_path, {**GOOD, "content/news/a,b%c.md": text})
    lines = check(site, "--format", "github").stdout.splitlines()
    assert all(re.fullmatch(r"::(error|warning|notice) [^ :]+(?: [^:]*)?::.+", x) for x in lines)
    (said,) = [line for line in lines if "title=link-invalid::" in line]
    assert said.startswith("::error file=")
    assert "a%2Cb%25c.md,line=5,col=1,title=link-invalid::" in said
    assert "%0A-> write a whole address" in said
    assert "a%25b,c:" in said.split("::", 2)[2]


def test_annotations_name_files_from_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that GitHub finds them in the repository."""
    site = seeded(tmp_path, next(m for m in MISTAKES if m.code == "date-invalid"))
    write_site(site, {"site.yml": "page_size: 0", "templates/frnt.html": "x"})
    monkeypatch.chdir(site)
    said = check(Path(), "--format", "github").stdout
    for file in ("content/news/ferry.md", "site.yml", "templates/frnt.html"):
        assert f"file={file},line=" in said


def test_the_value_of_secured_is_in_no_output(tmp_path: Path) -> None:
    """Neither in problems nor in the change that a fix shows; the file keeps it."""
    secret = "k7QzT9vX2mB4"
    for number, form in enumerate(
        (f'"{secret}"', f"|\n  {secret}\n  {secret}", f"{{a: {secret}}}")
    ):
        text = f"---\nsecured: {form}\ntitle: A &amp; B {number}\nsecured : x\n---\n"
        write_site(tmp_path, {**GOOD, f"content/news/s{number}.md": text})
    for options in ((), ("-v",), ("--format", "json"), ("--fix", "--dry-run"), ("--fix",)):
        run = check(tmp_path, *options)
        assert secret not in run.log
    after = [data for path, data in read_tree(tmp_path).items() if "/s" in path]
    assert sum(secret.encode() in data for data in after) == 3


def test_near_duplicates_are_named(tmp_path: Path) -> None:
    """Two records of one outlet that say the same; not a copy in another outlet."""
    same = "The ferry to Cape Varrow left the quay an hour after its time on Thursday morning."
    records = {
        f"content/news/{name}.md": f"---\ntitle: Ferry to Cape Varrow late again{more}\n"
        f"excerpt: {same}\npublishedDateTime: 2024-01-18T1{n}:00:00Z\n"
        f"webUrl: https://{host}.example/{name}\n---\n"
        for n, (name, host, more) in enumerate(
            [("a", "quay", ""), ("b", "quay", ""), ("c", "pier", "")]
        )
    }
    site = write_site(tmp_path, {**GOOD, **records})
    found = [p for p in problems(site) if p["code"] == "record-twice"]
    assert [(p["path"], p["line"]) for p in found] == [("news/b.md", 2)]
    assert "news/a.md" in str(found[0]["message"])


def test_a_doubtful_story_is_named_unless_the_editor_has_decided(tmp_path: Path) -> None:
    """Four records of one outlet in one story are looked at; a story key is an answer."""

    def story(key: str) -> dict[str, str]:
        return {
            f"content/news/{n}.md": f"---\ntitle: Ferry Selkirk collides with Cape Varrow pier\n"
            f"excerpt: Part {word} of the Selkirk ferry collision at the Cape Varrow pier.\n"
            f"publishedDateTime: 2024-01-18T1{n}:00:00Z\nwebUrl: https://quay.example/{n}\n{key}---\n"
            for n, word in enumerate(("alpha beta", "gamma delta", "epsilon zeta", "eta theta"))
        }

    open_, decided = tmp_path / "open", tmp_path / "decided"
    found = problems(write_site(open_, {**GOOD, **story("")}))
    doubts = [p for p in found if p["code"] == "story-doubtful"]
    assert len(doubts) == 1
    assert "4 records in this story" in str(doubts[0]["message"])
    found = problems(write_site(decided, {**GOOD, **story("story: ferry\n")}))
    assert not [p for p in found if p["code"] == "story-doubtful"]


def test_a_template_is_blamed_once_for_many_pages(tmp_path: Path) -> None:
    """With its line; what it computes wrongly is its fault too, not a crash."""
    first = "{% extends 'built-in/base.html' %}\n"
    words = first + "{% block main %}\n{{ page.headline + 1 }}{% endblock %}"
    files = {f"content/news/r{n}.md": record(f"title: Ferry {n}") for n in range(4)}
    site = write_site(tmp_path, {**GOOD, **files, "templates/article.html": words})
    found = [p for p in problems(site) if p["code"] == "template-broken"]
    assert [(p["path"], p["line"]) for p in found] == [("templates/article.html", 3)]
    assert check(site).code == 1


def test_a_style_sheet_that_is_not_closed_is_named(tmp_path: Path) -> None:
    """Where it is on the disk; one in order is not, nor a class with escaped signs."""
    files = {"static/css/own.css": ":root {\n  --accent: red;\n", "static/b.css": "a\\[b\\]{c:d}"}
    site = write_site(tmp_path, {**GOOD, **files})
    (said,) = [p for p in problems(site) if p["code"] == "style-broken"]
    assert (said["path"], said["line"], said["column"]) == ("static/css/own.css", 1, 7)
    assert (site / "static/css/own.css").samefile(str(said["file"]))


def test_the_demo_has_neither_errors_nor_warnings() -> None:
    """What the repository shows is in order."""
    run = run_command("check", "--now", "2024-01-21", "--fail-on", "warning", in_process=True)
    assert run.code == 0, run.stdout
    assert (ROOT / "content").is_dir()
