"""Records that come late and in disorder: what becomes of ids in the feed and of addresses.

    python benchmarks/bench_disorder.py --content archive --month 2021-03

Each record of a month comes up to six hours after its time (at random, by --seed), and the site is
built every three hours as of that time. What may not happen is counted: an id in the feed that is
another one in the next build, an id or an address that two entries have, an address that is gone.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.generated_site import write_site  # noqa: E402
from benchmarks.measuring import run  # noqa: E402

_TIME = re.compile(r"^publishedDateTime: *[\"']?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)Z", re.MULTILINE)
_ID = re.compile(r"<entry[^>]*>\s*<id>tag:[^:]+:stories/([^<]+)/</id>")
_REDIRECT = re.compile(r'http-equiv="refresh" content="0; ?url=([^"]+)"')
_EVERY = timedelta(hours=3)


class Arrival(NamedTuple):
    """A record, and when it comes."""

    at: datetime
    path: Path  # below the content folder


class Built(NamedTuple):
    """What a build gave out: ids in the feed, ids of all stories, all addresses of pages."""

    feed: list[str]
    stories: frozenset[str]
    addresses: frozenset[str]


def main() -> int:
    """Replay a month; the exit code is 1 where something was lost."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="newsstand-disorder-", dir=options.work) as name:
        folder = Path(name)
        source = options.content
        if source is None:
            write_site(folder / "made", options.records)
            source = folder / "made" / "content"
        arrivals = _fill(source, folder / "content", options)
        faults, builds = Counter[str](), 0
        before: Built | None = None
        for now in _times(arrivals):
            _add(source, folder / "content", arrivals, now)
            after = _build(folder, options, now)
            faults.update(faults_of(folder / "out", before, after))
            before, builds = after, builds + 1
    print(f"{len(arrivals)} records, each up to {options.late} h late; {builds} builds.")
    for kind in ("feed ids changed", "ids or stories twice in the feed", "addresses lost"):
        print(f"  {faults[kind]:4} {kind}")
    print(f"  {faults['joined']:4} stories of the feed joined an older one, whose id was known")
    return 1 if sum(faults.values()) > faults["joined"] else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--content", type=Path, metavar="D", help="records; else a generated site")
    parser.add_argument("--config", type=Path, metavar="F", help="settings of that site")
    parser.add_argument("--records", type=int, default=200, metavar="N", help="to generate")
    parser.add_argument("--month", metavar="YYYY-MM", help="that comes late; else all")
    parser.add_argument("--late", type=float, default=6, metavar="H", help="hours at most")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--work", type=Path, help="where the site is written")
    return parser.parse_args()


def _fill(source: Path, target: Path, options: argparse.Namespace) -> list[Arrival]:
    """Copy what is there before the month; when each record of the month comes, in that order."""
    random_ = random.Random(options.seed)
    found = []
    for path in sorted(p for p in source.rglob("*") if p.is_file()):
        relative = path.relative_to(source)
        time = _TIME.search(path.read_text(errors="replace")) if path.suffix == ".md" else None
        if time is None or (options.month and time[1][:7] < options.month):
            _copy(source, target, relative)
        elif not options.month or time[1][:7] == options.month:
            at = datetime.fromisoformat(time[1]).replace(tzinfo=UTC)
            found.append(Arrival(at + timedelta(hours=options.late * random_.random()), relative))
    return sorted(found)


def _times(arrivals: list[Arrival]) -> Iterator[datetime]:
    """When builds happen: every three hours until the last record is there."""
    now = arrivals[0].at
    while now < arrivals[-1].at + _EVERY:
        now += _EVERY
        yield now


def _add(source: Path, target: Path, arrivals: list[Arrival], now: datetime) -> None:
    for arrival in arrivals:
        if now - _EVERY < arrival.at <= now or arrival is arrivals[0]:
            _copy(source, target, arrival.path)


def _copy(source: Path, target: Path, path: Path) -> None:
    to = target / path
    if not to.exists():
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / path, to)


def _build(folder: Path, options: argparse.Namespace, now: datetime) -> Built:
    argv = [sys.executable, str(ROOT / "build.py"), "build", "-q", "--site", str(folder)]
    argv += ["--output", str(folder / "out"), "--now", f"{now:%Y-%m-%dT%H:%M:%SZ}"]
    run(
        [*argv, *(("--config", str(options.config)) if options.config else ())],
        folder,
        folder / "log",
    )
    out = folder / "out"
    return Built(
        feed=_ID.findall((out / "feed.xml").read_text()),
        stories=frozenset(p.name for p in out.glob("news/*") if _story(out, p.name) == p.name),
        addresses=frozenset(p.relative_to(out).as_posix() for p in out.rglob("*.html")),
    )


def faults_of(out: Path, before: Built | None, after: Built) -> Iterator[str]:
    """What went wrong from one build to the next, a word each."""
    if len(set(after.feed)) < len(after.feed):
        yield "ids or stories twice in the feed"
    if len({_story(out, name) for name in after.feed}) < len(after.feed):
        yield "ids or stories twice in the feed"
    if before is None:
        return
    yield from ["addresses lost"] * len(before.addresses - after.addresses)
    for name in before.feed:
        now = _story(out, name)
        if now != name:
            yield "joined" if now in before.stories else "feed ids changed"


def _story(out: Path, name: str) -> str:
    """The story to which the address of a story, or of a record's, leads."""
    page = out / "stories" / name / "index.html"
    redirect = _REDIRECT.search(page.read_text()) if page.exists() else None
    return redirect[1].rstrip("/").rsplit("/", 1)[-1] if redirect else name


if __name__ == "__main__":
    raise SystemExit(main())
