"""The documentation as a site: made by Newsstand, without a dead link, and complete."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.watch import Look, new_context, watched_page
from tests.conftest import Server
from tests.crawl import crawl
from tests.sites import ROOT
from tools.docs_site import PAGES, as_page, present, slug


@pytest.fixture(scope="module")
def documentation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of the documentation."""
    target = tmp_path_factory.mktemp("docs") / "site"
    run = subprocess.run(
        [sys.executable, "-m", "tools.docs_site", str(target)],
        cwd=ROOT, capture_output=True, check=False, encoding="utf-8", timeout=120,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    return target


def test_every_document_is_a_page(documentation: Path) -> None:
    """None is forgotten, and each is in the navigation of each page."""
    documents = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md")}
    assert documents <= {path for path, *_ in PAGES}
    front = (documentation / "index.html").read_text(encoding="utf-8")
    for path, *_ in present():
        assert (documentation / slug(path) / "index.html").is_file()
        assert front.count(f'href="./{slug(path)}/"') == 1
        assert front.count(f'href="{slug(path)}/"') == 1


def test_every_link_of_the_documentation_leads_somewhere(
    documentation: Path, server: Server
) -> None:
    """To a page, and to a heading of it."""
    with server(documentation, mount="/docs/") as root:
        found = crawl(root)
    assert found.problems == []
    assert found.broken_fragments() == []
    assert found.duplicate_ids() == []
    assert sum(map(len, found.fragments.values())) > 20
    assert {f"{slug(path)}/" for path, *_ in present()} <= found.pages.keys()


def test_no_table_is_lost(documentation: Path) -> None:
    """Tables of any length become tables: each code of the errors stands in a cell."""
    errors = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    codes = [line.split("`")[1] for line in errors.splitlines() if line.startswith("| `")]
    page = (documentation / "errors" / "index.html").read_text(encoding="utf-8")
    assert len(codes) > 50
    assert [code for code in codes if f"<td><code>{code}</code></td>" not in page] == []
    for path, *_ in present():
        assert "|---|" not in (documentation / slug(path) / "index.html").read_text("utf-8")


def test_links_are_rewritten_outside_of_code_only() -> None:
    """What an example shows stays as it is; a link that leads nowhere is an error."""
    text = "# T\n[a](errors.md#x) [b](https://b.example/)\n```\n[c](errors.md)\n```\n[d](#here)\n"
    assert as_page("docs/content.md", text, "About").splitlines()[4:] == [
        "[a](/errors/#x) [b](https://b.example/)",
        "```",
        "[c](errors.md)",
        "```",
        "[d](/content/#here)",
    ]
    with pytest.raises(LookupError, match=r"no-such\.md"):
        as_page("docs/content.md", "# T\n[a](no-such.md)", "About")


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_the_documentation_is_quiet_and_fits(
    width: int, documentation: Path, browser: Browser, server: Server
) -> None:
    """Each page, on a phone too."""
    with server(documentation) as root, new_context(browser, Look(width)) as context:
        opened = watched_page(context, root)
        for path, *_ in present():
            opened.go(f"{slug(path)}/")
            assert (opened.complaints, opened.strangers) == ([], [])
            assert opened.overflow() <= 0, path
