"""Whether warm builds equal clean ones, for many sequences of edits chosen at random.

    python benchmarks/bench_edits.py --sequences 2000 --seed 7

Each sequence begins with a small new site; before each build some things are edited: records,
settings, templates, pictures, the site that stands, the cache, the time. The same seed gives the
same sequences. One after which a warm build is not the clean one is made as short as it can be, and
printed; the exit code is 1 then. `tests/incremental/test_warm_is_cold.py` does the same for fewer
sequences.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.edits import EDITS, Edit, as_if, new_site  # noqa: E402

_WRITTEN = re.compile(r"\(([\d,]+) files? written\)")
_MEMORY_FOLDER = Path("/dev/shm")


class Sequence(NamedTuple):
    """A site of so many records, and what is edited before each build.

    `trusting` and `sparing` are those of `tests.edits.as_if`.
    """

    records: int
    trusting: bool
    sparing: bool
    builds: list[list[Edit]]


@dataclass
class Tally:
    """What was done."""

    edits: Counter[str] = field(default_factory=Counter)
    builds: int = 0
    stood: int = 0
    written: int = 0
    kept: int = 0
    failed: list[tuple[Sequence, list[str]]] = field(default_factory=list)


def main() -> int:
    """Try as many sequences as were asked for."""
    options = _options()
    folder = Path(tempfile.mkdtemp(prefix="newsstand-edits-", dir=options.work))
    tally, random, started = Tally(), Random(options.seed), time.monotonic()
    try:
        for number in range(options.sequences):
            sequence = _chosen(random, options)
            if found := _tried(sequence, folder, tally):
                short, found = _shortened(sequence, folder, found)
                tally.failed.append((short, found))
            _say_how_far(number + 1, options.sequences, tally, started)
    finally:
        shutil.rmtree(folder)
    _print(tally, time.monotonic() - started, options.seed)
    return 1 if tally.failed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sequences", type=int, default=300, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--records", type=int, default=12, metavar="N", help="at most, at first")
    parser.add_argument("--builds", type=int, default=6, metavar="N", help="at most, each")
    parser.add_argument("--edits", type=int, default=3, metavar="N", help="at most, before each")
    shown = _MEMORY_FOLDER if _MEMORY_FOLDER.is_dir() else Path(tempfile.gettempdir())
    parser.add_argument("--work", type=Path, default=shown, help="where sites are written")
    return parser.parse_args()


def _chosen(random: Random, options: argparse.Namespace) -> Sequence:
    kinds = sorted(EDITS)

    def edit() -> Edit:
        return random.choice(kinds), random.randrange(41), random.randrange(41)

    builds = [
        [edit() for _ in range(random.randint(0, options.edits))]
        for _ in range(random.randint(1, options.builds))
    ]
    records = random.randint(0, options.records)
    return Sequence(records, random.random() < 0.7, random.random() < 0.5, builds)


def _tried(sequence: Sequence, folder: Path, tally: Tally) -> list[str]:
    """In what the last warm build differs from the clean one: nothing, if the law holds."""
    shutil.rmtree(folder, ignore_errors=True)
    with as_if(trusting=sequence.trusting, sparing=sequence.sparing):
        return _built(sequence, folder, tally)


def _built(sequence: Sequence, folder: Path, tally: Tally) -> list[str]:
    site = new_site(folder, sequence.records)
    for edits in sequence.builds:
        site.apply(edits)
        pair = site.compare()
        tally.edits.update(kind for kind, _, _ in edits)
        tally.builds += 1
        if differing := pair.differing:
            return differing
        found = _WRITTEN.search(pair.warm.stdout)
        written = int(found[1].replace(",", "")) if found else 0
        tally.stood += found is None
        tally.written += written
        tally.kept += len(pair.warm.files()) - 1 - written  # the marker is neither
    return []


def _shortened(
    sequence: Sequence, folder: Path, differing: list[str]
) -> tuple[Sequence, list[str]]:
    """The sequence without all that may be left out while the law is still broken."""
    shorter = True
    while shorter:
        shorter = False
        for less in _shorter(sequence):
            if found := _tried(less, folder, Tally()):
                sequence, differing, shorter = less, found, True
                break
    return sequence, differing


def _shorter(sequence: Sequence) -> Iterator[Sequence]:
    """Sequences with one build, one edit or one record less."""
    builds = sequence.builds
    for place, edits in enumerate(builds):
        before, after = builds[:place], builds[place + 1 :]
        yield sequence._replace(builds=before + after)
        for one in range(len(edits)):
            yield sequence._replace(builds=[*before, edits[:one] + edits[one + 1 :], *after])
    if sequence.records:
        yield sequence._replace(records=sequence.records - 1)
    if sequence.sparing:
        yield sequence._replace(sparing=False)


def _say_how_far(done: int, total: int, tally: Tally, started: float) -> None:
    if sys.stderr.isatty() or done % 50 == 0 or done == total:
        left = (time.monotonic() - started) / done * (total - done)
        said = f"{done:,} of {total:,} sequences, {tally.builds:,} builds, {left / 60:.0f} min left"
        end = "\r" if sys.stderr.isatty() and done < total else "\n"
        print(f"{said}; {len(tally.failed)} differ ", end=end, file=sys.stderr, flush=True)


def _print(tally: Tally, seconds: float, seed: int) -> None:
    print(f"Seed {seed}: {tally.builds:,} pairs of builds in {seconds:,.0f} s.")
    print(f"{tally.stood:,} warm builds found that the site stands.")
    print(f"Files of warm sites: {tally.kept:,} kept, {tally.written:,} written.")
    edits = (f"{kind} {count:,}" for kind, count in sorted(tally.edits.items()))
    print(f"Edits: {', '.join(edits)}.")
    for sequence, differing in tally.failed:
        print(f"DIFFER: {sequence}", *differing[:10], sep="\n  ")
    if not tally.failed:
        print("Every warm build was the clean one, byte for byte.")


if __name__ == "__main__":
    raise SystemExit(main())
