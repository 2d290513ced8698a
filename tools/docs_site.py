"""Make a site of the documentation, by Newsstand itself: python -m tools.docs_site [FOLDER].

Each document is a plain page; docs/theme/ holds the site's templates, filters and stylesheet. So
the documentation is also a test of themes, and no further tool has to be kept.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

_ROOT = Path(__file__).resolve().parent.parent
_DOCS = _ROOT / "docs"
_LINE = "A static news aggregator. Each event once, with everyone who reports it."
_NOW = "2024-01-20T00:00:00Z"
# In the order of the list: the document, its label in the navigation, what it is about.
PAGES = (
    ("docs/tutorial.md", "Tutorial", "Your first site in ten minutes."),
    ("docs/content.md", "Content and settings", "Records, topics, outlets, pages, all options."),
    ("docs/stories.md", "Stories", "How reports become stories, and in which order they stand."),
    ("docs/themes.md", "Themes", "Colours, one block, one template, filters of your own."),
    ("docs/templates.md", "Templates", "All that a template may print."),
    ("docs/views.md", "Views", "What the values of templates are made of."),
    ("docs/design.md", "Design", "What a reader sees, and why."),
    ("docs/feeds.md", "Feeds", "What programs read: feed, sitemap, robots.txt, manifest."),
    ("docs/fetch.md", "Fetch", "How news come in by themselves: feeds, pictures, health."),
    ("docs/deploy.md", "Deploy", "GitHub Pages and six more hosts."),
    ("docs/performance.md", "Performance", "How long a build takes, and how that was measured."),
    ("docs/errors.md", "Problems", "Every code, with its cause and its remedy."),
    ("docs/architecture.md", "How it is built", "Where everything is, for those who change it."),
    ("CONTRIBUTING.md", "Contributing", "From a clone to a merged change."),
    ("CHANGELOG.md", "Changes", "What is new."),
)
_ROWS = 12  # of a table; in longer ones the head is repeated, as in a book
_FENCES = re.compile(r"^(```.*?^```)$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<!`)\[([^\]]*)\]\(([^)\s]+)\)")
_TABLE = re.compile(r"^(\|.*\n\|[-|: ]+\n)((?:\|.*(?:\n|$))+)", re.MULTILINE)


def main() -> int:
    """Make the site, by default in _docs. 1 where a document has a problem."""
    target = Path(sys.argv[1] if len(sys.argv) > 1 else _ROOT / "_docs")
    with TemporaryDirectory() as folder:
        write_source(Path(folder))
        command = [sys.executable, str(_ROOT / "build.py"), "build", "--strict", "--verbose"]
        options = ["--site", folder, "--output", str(target), "--now", _NOW]
        run = subprocess.run(
            [*command, *options], check=False, encoding="utf-8", capture_output=True
        )
    print(run.stderr, end="", file=sys.stderr)
    print(run.stdout.splitlines()[-1] if run.stdout else "Nothing was published.")
    return int(run.returncode != 0 or bool(run.stderr.strip()))


def present() -> list[tuple[str, str, str]]:
    """The pages whose documents are there."""
    return [page for page in PAGES if (_ROOT / page[0]).is_file()]


def write_source(folder: Path) -> None:
    """Write the documentation as a site that Newsstand can build."""
    shutil.copytree(_DOCS / "theme", folder, dirs_exist_ok=True)
    pages = folder / "content" / "pages"
    pages.mkdir(parents=True)
    for path, _, about in present():
        text = (_ROOT / path).read_text(encoding="utf-8")
        (pages / f"{slug(path)}.md").write_text(as_page(path, text, about), encoding="utf-8")
    contents = "".join(
        f'<li><a href="{slug(path)}/">{escape(label)}</a>: {escape(about)}</li>\n'
        for path, label, about in present()
    )
    parts = folder / "templates" / "_parts"
    parts.mkdir(parents=True)
    (parts / "contents.html").write_text(f"<ul>\n{contents}</ul>\n", encoding="utf-8")
    links = "".join(
        f"  - {{label: {label}, url: /{slug(path)}/}}\n" for path, label, _ in present()
    )
    (folder / "site.yml").write_text(
        f"title: Newsstand\ndescription: {_LINE}\nheader_links:\n{links}",
        encoding="utf-8",
    )


def slug(path: str) -> str:
    """``docs/deploy.md`` -> ``deploy``."""
    return Path(path).stem.lower()


def as_page(path: str, text: str, about: str) -> str:
    """A document as a plain page: its heading is the title, its links lead to pages."""
    heading, _, body = text.partition("\n")
    body = _outside_fences(body, lambda part: _split_tables(_with_links(path, part)))
    return f'---\ntitle: "{heading.lstrip("# ")}"\ndescription: "{about}"\n---\n{body}'


def _outside_fences(text: str, change: Callable[[str], str]) -> str:
    parts = _FENCES.split(text)
    return "".join(part if part.startswith("```") else change(part) for part in parts)


def _with_links(path: str, text: str) -> str:
    def link(found: re.Match[str]) -> str:
        label, target = found.groups()
        return found[0] if "://" in target else f"[{label}]({_place(path, target)})"

    return _LINK.sub(link, text)


def _place(path: str, target: str) -> str:
    """A link as the document has it -> a place of the site. Raises LookupError for none."""
    name, hash_sign, fragment = target.partition("#")
    wanted = (_ROOT / path).parent.joinpath(name).resolve() if name else _ROOT / path
    if wanted == _ROOT / "README.md":
        return "/"
    for known, _, _ in present():
        if wanted == _ROOT / known:
            return f"/{slug(known)}/{hash_sign}{fragment}"
    raise LookupError(f"{path}: the link {target} leads to no page of the documentation")


def _split_tables(text: str) -> str:
    def split(found: re.Match[str]) -> str:
        head, rows = found[1], found[2].splitlines(keepends=True)
        chunks = [rows[start : start + _ROWS] for start in range(0, len(rows), _ROWS)]
        return "\n".join(head + "".join(chunk) for chunk in chunks)

    return _TABLE.sub(split, text)


if __name__ == "__main__":
    sys.exit(main())
