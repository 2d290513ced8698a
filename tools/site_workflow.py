"""What the workflows in .github/workflows run: check and build the site, and report.

python -m tools.site_workflow check|build

Variables: NEWSSTAND_BASE_URL is the address that the site will stand at (else the settings say),
NEWSSTAND_STRICT is "true" where an error may publish nothing, NEWSSTAND_OPTIONS are further options
for both commands, GITHUB_STEP_SUMMARY names the file that GitHub shows as the run's summary.
"""

from __future__ import annotations

import os
import secrets
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "_site"
# https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits
LARGEST_SITE = 1_000_000_000  # bytes
LONGEST = 600  # seconds
_WARN_AT = 0.8  # of a limit


@dataclass(frozen=True, slots=True)
class Measure:
    """A built site: how many pages and files, how many bytes."""

    pages: int
    files: int
    size: int


def main() -> int:
    """0: go on; 1: stop, something is wrong with the site; 2: wrong usage."""
    steps = {"check": check, "build": build}
    step = steps.get(" ".join(sys.argv[1:]))
    if step is None:
        print(__doc__, file=sys.stderr)
        return 2
    return step()


def check() -> int:
    """Every problem as an annotation; only where the site is strict do errors stop the run."""
    run = run_program("check", "--format", "github", *_base_url())
    print(run.stdout, end="", flush=True)
    lines = run.stdout.splitlines()
    errors = sum(line.startswith("::error") for line in lines)
    warnings = sum(line.startswith("::warning") for line in lines)
    add_to_summary(f"## Check\n\n{_count(errors, 'error')}, {_count(warnings, 'warning')}.\n")
    if run.returncode == 1 and (errors or warnings):
        return int(_is_strict() and errors > 0)
    return run.returncode


def build() -> int:
    """Build the site into _site, say what is in it, and warn before the limits of GitHub Pages."""
    address = os.environ.get("NEWSSTAND_BASE_URL", "")
    options = ["--output", str(SITE), *_base_url()]
    options += ["--strict"] if _is_strict() else []
    started = time.monotonic()
    # The build prints names and values that strangers wrote: none of it is a command to the runner.
    word = secrets.token_hex(16)
    print(f"::stop-commands::{word}", flush=True)
    run = run_program("build", *options)
    print(run.stdout, end="", flush=True)
    print(f"::{word}::", flush=True)
    seconds = time.monotonic() - started
    if run.returncode:
        add_to_summary(f"## Build\n\nNothing was published.\n\n{_indented(run.stdout)}\n")
        return run.returncode
    measure = measured(SITE)
    add_to_summary(summary(measure, address, seconds, run.stdout))
    for title, message in warnings_of(measure, seconds):
        print(f"::warning title={title}::{message}", flush=True)
    return 0


def _base_url() -> list[str]:
    address = os.environ.get("NEWSSTAND_BASE_URL", "")
    return ["--base-url", address] if address else []


def measured(site: Path) -> Measure:
    """What a folder holds, hidden files too."""
    files = [path for path in site.rglob("*") if path.is_file()]
    pages = sum(path.suffix == ".html" for path in files)
    return Measure(pages, len(files), sum(path.stat().st_size for path in files))


def summary(measure: Measure, address: str, seconds: float, said: str) -> str:
    """The run's summary, in Markdown. `said` is what the build printed; nothing in it is markup."""
    return (
        "## Build\n\n"
        "| | |\n|---|---|\n"
        f"| Address | {address or 'as the settings say'} |\n"
        f"| Pages | {measure.pages:,} |\n"
        f"| Files | {measure.files:,} |\n"
        f"| Size | {measure.size / 1e6:,.1f} MB of at most {LARGEST_SITE / 1e6:,.0f} MB |\n"
        f"| Time | {seconds:.1f} s |\n\n"
        f"{_indented(said)}\n"
    )


def warnings_of(measure: Measure, seconds: float) -> Iterator[tuple[str, str]]:
    """Title and text of what is near a limit of GitHub Pages."""
    if measure.size > _WARN_AT * LARGEST_SITE:
        size, most = measure.size / 1e6, LARGEST_SITE / 1e6
        said = f"It has {size:,.0f} MB, and GitHub Pages takes at most {most:,.0f} MB."
        yield "The site is large", f"{said} docs/deploy.md says what makes a site smaller."
    if seconds > _WARN_AT * LONGEST:
        said = f"It took {seconds / 60:.0f} minutes, and the deploy comes on top."
        yield "The build is slow", f"{said} GitHub Pages gives up on one after {LONGEST // 60}."


def run_program(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A command of the program, with the further options of the variables."""
    more = shlex.split(os.environ.get("NEWSSTAND_OPTIONS", ""))
    command = [sys.executable, str(ROOT / "build.py"), *arguments, *more]
    return subprocess.run(
        command, cwd=ROOT, check=False, stdout=subprocess.PIPE, encoding="utf-8", errors="replace"
    )


def _is_strict() -> bool:
    return os.environ.get("NEWSSTAND_STRICT", "").lower() == "true"


def _count(number: int, name: str) -> str:
    return f"{number:,} {name}{'' if number == 1 else 's'}"


def _indented(text: str) -> str:
    """A block of code that no text can end."""
    return "\n".join(f"    {line}" for line in text.splitlines())


def add_to_summary(text: str) -> None:
    """Markdown for the page that GitHub shows of the run."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
