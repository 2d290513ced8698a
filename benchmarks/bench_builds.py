"""How long builds take, and how much memory: cold, with nothing changed, after one new title.

    python benchmarks/bench_builds.py --records 1000,5000 --peers
    python benchmarks/bench_builds.py --archive FOLDER --peers

Every build is a process of its own. What is compared takes turns within a round, and the table
gives medians. Memory is watched in one more run, whose seconds do not count. docs/performance.md
says more.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.generated_site import SETTINGS, write_site  # noqa: E402
from benchmarks.measuring import Cost, FailedError, median, memory_kind, run  # noqa: E402
from benchmarks.peers import find_peers  # noqa: E402

SIZES = (1_000, 5_000, 20_000, 100_000)
_SETTLED = 2.5  # seconds
_LARGE = 50_000  # records: fewer rounds
_TITLE = re.compile(r'^title: "?', re.MULTILINE)
_NO_RECORDS = ("topics", "organizations", "providers", "pages")
_MEMORY_FOLDER = Path("/dev/shm")


@dataclass
class Case:
    """One thing that is measured: what is to be done before each run, and the command."""

    name: str
    prepare: Callable[[int], None]
    argv: list[str]
    output: Path
    costs: list[Cost] = field(default_factory=list)


def main() -> int:
    """Measure what was asked for."""
    options = _options()
    work = Path(tempfile.mkdtemp(prefix="newsstand-bench-", dir=options.work))
    print(f"{os.cpu_count()} processors, Python {sys.version.split()[0]}, in {work.parent}")
    print(f"Memory: {memory_kind()}")
    try:
        _start_up(options, work)
        if options.archive:
            site = _site_of(options.archive, work / "archive")
            _measure(options, site, work / "run", "archive")
        for count in () if options.archive else options.records:
            site = work / f"site-{count}"
            write_site(site, count)
            _measure(options, site, work / f"run-{count}", f"{count:,}")
            shutil.rmtree(site)
    except FailedError as fault:
        print(fault, file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(work)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=_numbers, default=SIZES, metavar="N,N,…")
    parser.add_argument("--archive", type=Path, metavar="FOLDER", help="real records instead")
    parser.add_argument("--rounds", type=int, default=0, help="default: 5, and 3 for large sites")
    parser.add_argument("--peers", action="store_true", help="Hugo and Eleventy as well")
    parser.add_argument("--peers-folder", type=Path, default=ROOT.parent / "shared" / "peers")
    parser.add_argument("--only", default="", metavar="TEXT", help="builds whose name has it")
    parser.add_argument("--options", default="", help="more options for our own builds")
    shown = _MEMORY_FOLDER if _MEMORY_FOLDER.is_dir() else Path(tempfile.gettempdir())
    parser.add_argument("--work", type=Path, default=shown, help="where sites are written")
    return parser.parse_args()


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number.replace("_", "")) for number in text.split(","))


def _start_up(options: argparse.Namespace, work: Path) -> None:
    if options.only:
        return
    argv = [sys.executable, str(ROOT / "build.py"), "--version"]
    costs = [run(argv, work, work / "log") for _ in range(12)]
    print(f"Start-up (build.py --version): {median(costs[1:]).seconds:.3f} s")


def _site_of(archive: Path, site: Path) -> Path:
    """A site around a content folder."""
    shutil.copytree(archive, site / "content")
    (site / "site.yml").write_text(SETTINGS, encoding="utf-8")
    return site


def _measure(options: argparse.Namespace, site: Path, work: Path, label: str) -> None:
    work.mkdir()
    records = _records(site)
    cases = _own_cases(options, site, work, records)
    if options.peers:
        cases += _peer_cases(options, records, work)
    cases = [case for case in cases if options.only in case.name]
    rounds = options.rounds or (3 if len(records) >= _LARGE else 5)
    for number in range(rounds + 1):  # the first is the one in which memory is watched
        for case in cases:
            case.prepare(number)
            look = number == 0
            case.costs.append(run(case.argv, site, work / "log", look))
    _print(label, len(records), cases)
    shutil.rmtree(work)


def _records(site: Path) -> list[Path]:
    content = site / "content"
    found = (path.relative_to(content) for path in content.rglob("*.md"))
    return sorted(content / path for path in found if path.parts[0] not in _NO_RECORDS)


def _own_cases(
    options: argparse.Namespace, site: Path, work: Path, records: Sequence[Path]
) -> list[Case]:
    """Cold builds, all pages and those that peers make; then warm ones, which keep a cache."""
    edited = records[len(records) // 2]
    original = edited.read_text(encoding="utf-8")
    now = ["--now", "2030-01-01T00:00:00Z", *options.options.split()]

    def command(name: str, script: str) -> tuple[list[str], Path, Path]:
        output, cache = work / f"out-{name}", work / f"cache-{name}"
        own = [sys.executable, str(ROOT / script), "build", "--output", str(output), "-q", *now]
        own += ["--site", str(site)]
        return own + (["--cache", str(cache)] if _has_cache() else []), output, cache

    def cold(name: str, script: str) -> Case:
        argv, output, cache = command(name, script)

        def prepare(_: int) -> None:
            shutil.rmtree(output, ignore_errors=True)
            shutil.rmtree(cache, ignore_errors=True)

        return Case(name, prepare, argv, output)

    argv, output, _ = command("warm", "build.py")

    def warm(_: int) -> None:
        """Let there be a site of the content as it is."""
        if not output.exists():
            run(argv, site, work / "log")

    def retitle(number: int) -> None:
        warm(number)
        text = _TITLE.sub(lambda m: f"{m[0]}Edited{number} ", original, count=1)
        edited.write_text(text, encoding="utf-8")

    def settled(number: int) -> None:
        """As an editor or a job finds it: files that are older than what disks can tell."""
        warm(number)
        time.sleep(_SETTLED)
        subprocess.run(argv, check=True, capture_output=True)

    return [
        cold("cold", "build.py"),
        cold("cold, pages as peers", "benchmarks/same_pages.py"),
        Case("nothing changed", settled, argv, output),
        Case("one title changed", retitle, argv, output),
    ]


def _has_cache() -> bool:
    argv = [sys.executable, str(ROOT / "build.py"), "build", "--help"]
    said = subprocess.run(argv, capture_output=True, check=True, encoding="utf-8").stdout
    return "--cache" in said


def _peer_cases(options: argparse.Namespace, records: Sequence[Path], work: Path) -> list[Case]:
    peers, missing = find_peers(options.peers_folder, records, work / "peers")
    print(*missing, sep="\n", end="\n" if missing else "")
    cases = []
    for peer in peers:
        output = work / "peers" / f"out-{peer.name}"

        def prepare(_: int, forget: Callable[[], None] = peer.forget, out: Path = output) -> None:
            forget()
            shutil.rmtree(out, ignore_errors=True)

        argv = ["env", "-C", str(peer.site), *peer.argv(output)]
        cases.append(Case(f"{peer.name}, cold", prepare, argv, output))
    return cases


def _print(label: str, records: int, cases: Sequence[Case]) -> None:
    hugo = next((median(c.costs) for c in cases if c.name.startswith("hugo")), None)
    head = ["records", "build", "s", "processor s", "peak MB", "pages", "ms of processor a record"]
    head += ["s / Hugo's", "processor / Hugo's", "memory / Hugo's"] if hugo else []
    print("|", " | ".join(head), "|")
    print("|", " | ".join("---" if n < 2 else "---:" for n in range(len(head))), "|")
    for case in cases:
        cost = median(case.costs)
        pages = sum(1 for _ in case.output.rglob("*.html"))
        row = [label, case.name, f"{cost.seconds:.2f}", f"{cost.processor:.2f}"]
        row += [f"{cost.memory / 1e6:.0f}", f"{pages:,}", f"{cost.processor / records * 1e3:.2f}"]
        if hugo:
            row += [f"{cost.seconds / hugo.seconds:.2f}", f"{cost.processor / hugo.processor:.2f}"]
            row += [f"{cost.memory / hugo.memory:.2f}"]
        print("|", " | ".join(row), "|", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
