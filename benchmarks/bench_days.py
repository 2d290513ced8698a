"""What a day of news costs a site: files that change, time, and whether Latest is the latest.

    python benchmarks/bench_days.py --content archive --days 365

The records of a content folder (else of a generated site) come in the order of their dates: first
all but those of the last days, then each day's first record, then the rest of the day, with a build
after each. Files that were there before and changed are counted, with the reasons that the build
gives.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.generated_site import write_site  # noqa: E402
from benchmarks.measuring import Cost, run  # noqa: E402

_DATE = re.compile(r"^publishedDateTime: *[\"']?(\d{4}-\d\d-\d\d)", re.MULTILINE)
_WRITTEN = re.compile(r"^  written: (\S+) \((.+)\)$", re.MULTILINE)
_FIRST_DAY = re.compile(r'<h3 class="day-name">.*?datetime="(\d{4}-\d\d-\d\d)"', re.DOTALL)
_WORST = 12  # days that are named
_NEWEST = re.compile(r'<p class="dateline">.*?datetime="(\d{4}-\d\d-\d\d)', re.DOTALL)


class Built(NamedTuple):
    """One build: what it cost, files changed that were there before, of how many, and why."""

    cost: Cost
    changed: int
    files: int
    reasons: Counter[str]


@dataclass
class Tally:
    """What was measured, day by day."""

    first: list[Built] = field(default_factory=list)  # a day's first record
    later: list[Built] = field(default_factory=list)  # the rest of the day
    days: list[float] = field(default_factory=list)  # part of the files that a day changed
    stale: list[str] = field(default_factory=list)  # days whose Latest began with an older one
    reasons: Counter[str] = field(default_factory=Counter)
    worst: list[tuple[float, str, Counter[str]]] = field(default_factory=list)  # part, day, why


def main() -> int:
    """Replay the last days of a site."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="newsstand-days-", dir=options.work) as name:
        replay = _Replay(Path(name), options)
        tally = Tally()
        for day, records in replay.days(options.days):
            _one_day(replay, day, records, tally)
        _print(tally, replay)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--content", type=Path, metavar="D", help="records; else a generated site")
    parser.add_argument("--config", type=Path, metavar="F", help="settings of that site")
    parser.add_argument("--records", type=int, default=1000, metavar="N", help="to generate")
    parser.add_argument("--days", type=int, default=10, metavar="N", help="that are replayed")
    parser.add_argument("--work", type=Path, help="where the site is written")
    return parser.parse_args()


class _Replay:
    """A site whose records come one by one."""

    def __init__(self, folder: Path, options: argparse.Namespace) -> None:
        if options.content is None:
            write_site(folder / "made", options.records)
        self._source: Path = options.content or folder / "made" / "content"
        config = options.config or (None if options.content else folder / "made" / "site.yml")
        self._config = ("--config", str(config)) if config else ()
        self._folder = folder
        self.content = folder / "content"
        self.output = folder / "out"
        self.records = 0

    def days(self, last: int) -> Iterator[tuple[str, Sequence[Path]]]:
        """The last days that have records; before the first of them the site of all others."""
        dated = []
        for path in sorted(p for p in self._source.rglob("*") if p.is_file()):
            found = _DATE.search(path.read_text(errors="replace")) if path.suffix == ".md" else None
            relative = path.relative_to(self._source)
            if found:
                dated.append((found[1], relative))
            else:
                self.add([relative])
        dated.sort()
        by_day = [(d, [p for _, p in group]) for d, group in groupby(dated, key=lambda e: e[0])]
        self.add([path for _, paths in by_day[:-last] for path in paths])
        self.build()
        yield from by_day[-last:]

    def add(self, paths: Sequence[Path]) -> None:
        """Records come in."""
        for path in paths:
            target = self.content / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self._source / path, target)
            self.records += 1

    def build(self) -> Built:
        """Build, and look at what the build says that it wrote."""
        before = set(_files(self.output))
        argv = [sys.executable, str(ROOT / "build.py"), "build", "-v", "--site", str(self._folder)]
        log = self._folder / "log"
        cost = run([*argv, "--output", str(self.output), *self._config], self._folder, log)
        written = dict(_WRITTEN.findall(log.read_text(errors="replace")))
        changed = [path for path in written if path in before]
        reasons = Counter(written[path] for path in changed)
        return Built(cost, len(changed), max(len(before), 1), reasons)


def _files(folder: Path) -> Iterator[str]:
    return (p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def _one_day(replay: _Replay, day: str, records: Sequence[Path], tally: Tally) -> None:
    replay.add(records[:1])
    first = replay.build()
    tally.first.append(first)
    reasons = Counter(first.reasons)
    most = first.changed
    if records[1:]:
        replay.add(records[1:])
        later = replay.build()
        tally.later.append(later)
        reasons |= later.reasons
        most = max(most, later.changed)
    tally.days.append(most / first.files)
    tally.reasons += reasons
    tally.worst = sorted([*tally.worst, (most / first.files, day, reasons)], reverse=True)[:_WORST]
    front = (replay.output / "index.html").read_text()
    newest, shown = _NEWEST.search(front), _FIRST_DAY.search(front)
    if shown is None and 'class="latest"' not in front:
        return  # a few stories, all of which stand at the top
    if not (newest and shown and newest[1] == shown[1]):
        tally.stale.append(day)


def _print(tally: Tally, replay: _Replay) -> None:
    parts = sorted(tally.days)
    print(f"{replay.records:,} files of content at the end, {len(parts)} days replayed.")
    print(
        f"Files changed by a day, of those that stood: median {statistics.median(parts):.1%}, "
        f"nine in ten days at most {parts[int(0.9 * (len(parts) - 1))]:.1%}, most {parts[-1]:.1%}, "
        f"more than half on {sum(part > 0.5 for part in parts)} days."
    )
    first = statistics.median(b.cost.processor for b in tally.first)
    said = f"Processor time of a build: a day's first record {first:.2f} s"
    if tally.later:
        later = statistics.median(b.cost.processor for b in tally.later)
        said += f", the rest of the day {later:.2f} s ({first / later:.2f} times)"
    print(f"{said} (medians).")
    print(f"Latest began with another day than the newest: {len(tally.stale)} times.")
    print("Why files changed:")
    for reason, count in tally.reasons.most_common():
        print(f"  {count:6,}  {reason}")
    print("Days that changed most:")
    for part, day, why in tally.worst:
        said = ", ".join(f"{count} {reason}" for reason, count in why.most_common(4))
        print(f"  {part:6.1%}  {day}: {said}")


if __name__ == "__main__":
    raise SystemExit(main())
