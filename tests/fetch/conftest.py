"""What tests of fetching share: the server, and a site that follows its feeds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fetch.local_web import NOW_TEXT, LocalWeb, local_web
from tests.sites import Run, read_tree, run_command, write_site


@dataclass(frozen=True, slots=True)
class FedSite:
    """A site whose outlets have feeds."""

    folder: Path

    def follow(self, *feeds: str, outlet: str = "gazette.example", more: str = "") -> None:
        """Let an outlet have these feeds."""
        lines = "".join(f"  - {feed}\n" for feed in feeds)
        text = f"---\nname: Harbour Gazette\ndomain: {outlet}\nfeeds:\n{lines}{more}---\n"
        write_site(self.folder, {f"content/providers/{outlet}.md": text})

    def fetch(self, *options: str, now: str = NOW_TEXT, in_process: bool = True) -> Run:
        """The command."""
        site = ("--site", str(self.folder), "--now", now, "--allow-private")
        return run_command("fetch", *site, *options, in_process=in_process)

    def build(self, *options: str, now: str = NOW_TEXT) -> Run:
        """The site, built; errors publish nothing."""
        site = ("--site", str(self.folder), "--now", now, "--strict")
        output = self.folder / "_site"
        return run_command("build", *site, *options, output=output, in_process=True)

    def records(self) -> dict[str, str]:
        """The text of each record by its path below the content folder."""
        news = self.folder / "content" / "news"
        return {f"news/{path}": data.decode() for path, data in read_tree(news).items()}


@pytest.fixture
def web() -> Iterator[LocalWeb]:
    """A server on this machine."""
    with local_web() as running:
        yield running


@pytest.fixture
def site(tmp_path: Path) -> FedSite:
    """A site without records."""
    write_site(tmp_path / "site", {"site.yml": "title: Quay News\n", "content/topics/.keep": ""})
    return FedSite(tmp_path / "site")
