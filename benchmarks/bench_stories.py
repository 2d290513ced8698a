"""How fast records are grouped into stories and ranked, in how much memory, and how well.

Also how fast with one record more, with what was remembered, and what a replay of records day by
day changes in stories that were there. Speed on synthetic records, as a build does it (the
collector of cycles off); quality (B-cubed F1) on labelled headlines where those lie beside the
repository (``../shared/gold``). Each run has a process of its own, so that its peak of memory is
its own.
"""

from __future__ import annotations

import argparse
import csv
import gc
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from msgspec import structs

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.headlines import pieces  # noqa: E402
from benchmarks.replay import replay  # noqa: E402
from newsstand.content.kinds.settings import Config  # noqa: E402
from newsstand.model import NO_BODY, Article, Content, Coverage  # noqa: E402
from newsstand.site import assemble  # noqa: E402
from newsstand.stories.grouping.group import Reports, group  # noqa: E402
from newsstand.stories.grouping.pieces import NO_DECISIONS, Piece, Rule  # noqa: E402
from newsstand.stories.relate import relate  # noqa: E402
from newsstand.text.fingerprint import hash_of  # noqa: E402

GOLD = ROOT.parent / "shared" / "gold"
SETS = ("general-dev.csv", "allsides-dev.csv", "cloud-2021-dev.csv", "headlines-dev.csv")
TIMED_SETS = ("general-dev.csv", "cloud-2021-dev.csv")
SIZES = (20_000, 100_000)
CHANGES = 15
_ONE_INSTANT = "2014-03-10T12:00:00Z"  # of sets without times


def main() -> int:
    """Measure what was asked for, or everything."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, help="only group so many synthetic records")
    parser.add_argument("--memory", type=int, help="only add one to so many")
    parser.add_argument("--replay", type=Path, help="only replay one set day by day (CSV)")
    parser.add_argument("--gold", type=Path, help="only score one labelled set (CSV)")
    parser.add_argument("--breadth", type=float, default=1.0, help="as in site.yml")
    args = parser.parse_args()
    rule = Rule(breadth=args.breadth)
    if args.records:
        _speed(args.records, args.breadth)
    elif args.memory:
        _memory(args.memory, rule)
    elif args.replay:
        print(f"{args.replay.name}: {replay([_piece(row) for row in _rows(args.replay)], rule)}")
    elif args.gold:
        _score(args.gold, rule)
    else:
        _everything(["--breadth", str(args.breadth)])
    return 0


def _everything(options: list[str]) -> None:
    runs = [[what, str(size)] for what in ("--records", "--memory") for size in SIZES]
    found = [GOLD / name for name in SETS if (GOLD / name).is_file()]
    runs += [["--gold", str(path)] for path in found]
    runs += [["--replay", str(path)] for path in found if path.name in TIMED_SETS]
    for run in runs:
        subprocess.run([sys.executable, __file__, *run, *options], check=True)
    if len(found) < len(SETS):
        print("no labelled headlines beside the repository: quality not measured")


def _speed(count: int, breadth: float) -> None:
    """Group and rank synthetic records, from articles to the site's order."""
    articles = tuple(sorted(map(_article, pieces(count)), key=lambda a: a.path))
    content, config = Content(articles=articles), Config()
    config = replace(config, stories=replace(config.stories, breadth=breadth))
    gc.collect()
    gc.disable()
    before = _megabytes()
    start = time.process_time()
    related = relate(content, config, lambda _: NO_BODY)
    grouped = time.process_time()
    site = assemble(content, related, config)
    ranked = time.process_time()
    print(
        f"{count} records: {len(site.stories)} stories; processor time {grouped - start:.2f} s to "
        f"group, {ranked - grouped:.2f} s to rank; {_megabytes():.0f} MB, "
        f"{before:.0f} MB of them the records",
        flush=True,
    )


def _memory(count: int, rule: Rule) -> None:
    """Group synthetic pieces, then once more after each of a few new ones."""
    made = pieces(count)
    marks = {piece.key: hash_of(piece.key.encode()) for piece in made}
    reports = Reports.of(made)
    known = Reports(reports.days, marks.__getitem__, reports.piece)
    data = group(known, rule).encoded()
    last = max(piece.hours or 0.0 for piece in made)
    gc.collect()
    gc.disable()
    seconds = []
    for n in range(CHANGES):
        key = f"news/new{n}.md"
        newcomer = structs.replace(made[-1 - n], key=key, hours=last + 0.01)
        more = Reports.of([*made, newcomer])
        marks[key] = hash_of(key.encode())
        given = Reports(more.days, marks.__getitem__, more.piece)
        start = time.process_time()
        group(given, rule, NO_DECISIONS, data)
        seconds.append(time.process_time() - start)
    print(
        f"{count} records, one added ({CHANGES} times): memory {len(data) / 1e6:.1f} MB; "
        f"processor time, median and most, {_middle_and_most(seconds)}",
        flush=True,
    )


def _middle_and_most(seconds: Sequence[float]) -> str:
    return f"{median(seconds):.3f} s and {max(seconds):.3f} s"


def _article(piece: Piece) -> Article:
    published = datetime.fromtimestamp((piece.hours or 0.0) * 3600.0, UTC)
    key = f"{piece.outlet}/{piece.key}"
    coverage = Coverage(
        piece.title, piece.excerpt, published, f"https://{key}", (key,), piece.outlet
    )
    return Article(f"{piece.key}.md", piece.key, coverage, topics=("News",))


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _RSS_UNIT


def _timed(made: Sequence[Piece], rule: Rule) -> tuple[tuple[tuple[str, ...], ...], float]:
    start = time.perf_counter()
    stories = group(Reports.of(made), rule).stories
    return stories, time.perf_counter() - start


def _report(what: str, stories: Sequence[Sequence[str]], seconds: float, more: str = "") -> None:
    said = f"{what}: {len(stories)} stories, {seconds:.2f} s, {_megabytes():.0f} MB{more}"
    print(said, flush=True)


_RSS_UNIT = 1 << 20 if sys.platform == "darwin" else 1 << 10


def _score(path: Path, rule: Rule) -> None:
    rows = _rows(path)
    stories, seconds = _timed([_piece(row) for row in rows], rule)
    found = {key: n for n, story in enumerate(stories) for key in story}
    scored = [(found[row["id"]], row["story"]) for row in rows if row.get("doubtful") != "1"]
    precision, recall, f1 = b_cubed(scored)
    quality = f", B-cubed precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}"
    _report(f"{path.name} ({len(rows)})", stories, seconds, quality)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _piece(row: dict[str, str]) -> Piece:
    moment = datetime.fromisoformat(row.get("time") or _ONE_INSTANT)
    hours = moment.timestamp() / 3600.0
    return Piece(row["id"], row["title"], row.get("excerpt") or "", hours, row["publisher_domain"])


def b_cubed(pairs: Sequence[tuple[int, str]]) -> tuple[float, float, float]:
    """Precision, recall, F1 (Bagga & Baldwin 1998) of (story found, true story) per record."""
    both, found, true = Counter(pairs), Counter(f for f, _ in pairs), Counter(t for _, t in pairs)
    precision = sum(n * n / found[f] for (f, _), n in both.items()) / len(pairs)
    recall = sum(n * n / true[t] for (_, t), n in both.items()) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


if __name__ == "__main__":
    sys.exit(main())
