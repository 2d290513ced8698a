"""How soon an edit is on the page: `serve` with Chromium, from the saved file to the loaded page.

Medians of an edited record, stylesheet and template (of every page); then many edits in a row,
after which the site must equal that of a clean build, and memory is compared with the beginning.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Error, Page  # noqa: E402

from benchmarks.generated_site import write_site  # noqa: E402
from tools.chromium import NoBrowserError, chromium  # noqa: E402

_NOW = "2024-01-01T00:00:00Z"
_MEMORY_DISK = Path("/dev/shm")
_PATIENCE = 600  # seconds
_SETTLED = 3.0  # seconds without a new build
_FIRST_EDITS = 20  # after which memory is looked at
_TEXT = "document.body.textContent.includes('@')"
_BASE = '{% extends "built-in/base.html" %}{% block footer %}<footer>@</footer>{% endblock %}\n'


@dataclass(slots=True)
class Site:
    """A generated site that is served: its folder, its records, the process and its output."""

    folder: Path
    records: list[Path]
    process: subprocess.Popen[bytes]
    log: Path

    def said(self) -> str:
        """What `serve` has said so far."""
        return self.log.read_text(encoding="utf-8")

    def memory(self) -> float:
        """The memory that the process holds now, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds."""
        deadline = time.monotonic() + _PATIENCE
        while not holds():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(self.said()[-2000:])
            time.sleep(0.05)

    def settle(self) -> None:
        """Wait until nothing is made any more."""
        seen, since = -1, time.monotonic()
        while time.monotonic() - since < _SETTLED:
            count = len(self.said())
            if count != seen:
                seen, since = count, time.monotonic()
            time.sleep(0.1)


def main() -> int:
    """Measure; 1 where the served site is not that of a clean build."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=5000, metavar="N")
    parser.add_argument("--rounds", type=int, default=11, metavar="N", help="of each measurement")
    parser.add_argument("--edits", type=int, default=200, metavar="N", help="in a row; 0 for none")
    options = parser.parse_args()
    disk = str(_MEMORY_DISK) if _MEMORY_DISK.is_dir() else None
    try:
        with TemporaryDirectory(dir=disk) as folder, _served(Path(folder), options.records) as site:
            _measure(site, options.rounds)
            return _many(site, options.edits) if options.edits else 0
    except NoBrowserError as missing:
        print(missing, file=sys.stderr)
        return 2


@contextmanager
def _served(folder: Path, records: int) -> Iterator[Site]:
    write_site(folder / "site", records)
    found = sorted((folder / "site" / "content" / "news").rglob("*.md"))
    log = folder / "log"
    command = [sys.executable, str(ROOT / "build.py"), "serve", "--port", "0", "--now", _NOW]
    started = time.monotonic()
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command, "--site", str(folder / "site")],
            stdout=out,
            stderr=out,
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        )
    site = Site(folder / "site", found, process, log)
    try:
        site.until(lambda: "Serving http" in site.said())
        print(f"{len(found):,} records; first site after {time.monotonic() - started:.1f} s")
        yield site
    finally:
        process.terminate()
        process.wait()


def _measure(site: Site, rounds: int) -> None:
    """Edits of one kind, one after the other, with the front page and an article open."""
    root = site.said().partition("Serving ")[2].split()[0]
    record = site.records[-1]
    own = f"{root}news/{record.stem}/"
    with chromium() as browser:
        page = browser.new_page()
        style = site.folder / "static" / "css" / "own.css"
        template = site.folder / "templates" / "base.html"
        kinds: dict[str, tuple[str, Callable[[str], None], str]] = {
            "record, its page": (own, lambda word: _retitle(record, word), _TEXT),
            "record, the page before it": (
                f"{root}news/{site.records[-2].stem}/",
                lambda word: _retitle(record, word),
                _TEXT,
            ),
            "stylesheet": (
                own,
                lambda word: _write(style, f"body {{ --{word}: 1 }}"),
                "getComputedStyle(document.body).getPropertyValue('--@') == '1'",
            ),
            "template of all pages": (
                root,
                lambda word: _write(template, _BASE.replace("@", word)),
                _TEXT,
            ),
        }
        for name, (address, edit, shown) in kinds.items():
            page.goto(address)
            words = (f"word{name[0]}{n}" for n in range(rounds))
            took = [_edit_to_page(site, page, edit, shown, word) for word in words]
            print(f"  {name}: {_said(took)}")


def _edit_to_page(
    site: Site, page: Page, edit: Callable[[str], None], shown: str, word: str
) -> float:
    """Seconds from the saved file to the page that shows it, loaded again by itself."""
    site.settle()
    started = time.monotonic()
    edit(word)
    while not _shows(page, shown.replace("@", word)):
        page.wait_for_timeout(10)
    return time.monotonic() - started


def _shows(page: Page, expression: str) -> bool:
    try:
        return bool(page.evaluate(f"document.readyState == 'complete' && {expression}"))
    except Error as gone:  # the page is just being loaded again
        if "context was destroyed" not in str(gone):
            raise
        return False


def _said(took: list[float]) -> str:
    return f"median {median(took):.2f} s, from {min(took):.2f} to {max(took):.2f} s"


def _retitle(record: Path, word: str) -> None:
    lines = record.read_text(encoding="utf-8").splitlines(keepends=True)
    place = next(n for n, line in enumerate(lines) if line.startswith("title:"))
    lines[place] = f'title: "Retitled {word} by an editor"\n'
    _write(record, "".join(lines))


def _write(file: Path, text: str) -> None:
    """Save as editors do: beside it first, then in its place."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.saving")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


def _many(site: Site, edits: int) -> int:
    """Edits of all kinds in a row -> 0 where the site is then that of a clean build."""
    random = Random(edits)
    before = 0.0
    started = time.monotonic()
    for number in range(edits):
        made = site.said().count("The site is in")
        _edit(site, random, number)
        made_again = made + 1
        site.until(lambda wanted=made_again: site.said().count("The site is in") >= wanted)  # type: ignore[misc]
        if number + 1 == min(_FIRST_EDITS, edits):
            before = site.memory()
    took = time.monotonic() - started
    site.settle()
    after = site.memory()
    print(f"  {edits} edits in a row: {took / edits:.2f} s each")
    print(f"  memory: {before:.0f} MB at first, {after:.0f} MB then: {after / before - 1:+.0%}")
    differing = _differing(site)
    same = "equals" if not differing else f"differs in {len(differing)} files from"
    print(f"  the site {same} a clean build", *differing[:10])
    return int(bool(differing))


def _edit(site: Site, random: Random, number: int) -> None:
    """One edit of any kind. Every file that comes is one that may go again."""
    record = random.choice([path for path in site.records if path.exists()])
    kind = random.choice(("title", "title", "title", "excerpt", "remove", "add", "style", "block"))
    if kind == "remove":
        record.unlink()
    elif kind == "add":
        new = record.with_name(f"added-{number}.md")
        text = record.read_text(encoding="utf-8")
        _write(new, text.replace("webUrl: ", f"webUrl: https://added.example/{number} # ", 1))
        site.records.append(new)
    elif kind == "excerpt":
        text = record.read_text(encoding="utf-8")
        _write(record, text.replace('excerpt: "', f'excerpt: "Edit {number} ', 1))
    elif kind == "style":
        _write(site.folder / "static/css/own.css", f"body {{ --edit: {number} }}")
    elif kind == "block":
        _write(site.folder / "templates/base.html", _BASE.replace("@", f"edit {number}"))
    else:
        _retitle(record, f"n{number}")


def _differing(site: Site) -> list[str]:
    """Files of the served site that a clean build does not have, or has otherwise."""
    clean = site.folder / "_clean"
    command = [sys.executable, str(ROOT / "build.py"), "build", "--quiet", "--now", _NOW]
    subprocess.run(
        [*command, "--site", str(site.folder), "--output", str(clean)],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    trees = [_tree(site.folder / "_site"), _tree(clean)]
    return sorted(
        p for p in trees[0].keys() | trees[1].keys() if trees[0].get(p) != trees[1].get(p)
    )


def _tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


if __name__ == "__main__":
    sys.exit(main())
