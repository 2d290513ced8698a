"""What fetching costs: fifty feeds from a server on this machine, and a year on a virtual clock.

First 50 feeds of 40 items each: the first run, a second one in which nothing has changed, a third
one before the interval is over. Then `--days` of three-hourly runs of 40 feeds with made items:
records, commits, requests, and how large the repository is.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from newsstand.content.file_kinds import FETCH_STATE_FILE, PROVIDER_FOLDERS  # noqa: E402
from newsstand.fetch.feed_answer import is_due  # noqa: E402
from newsstand.fetch.feed_state import FeedState, state_text  # noqa: E402
from newsstand.fetch.http_client import FETCHING, HttpClient  # noqa: E402
from newsstand.fetch.new_or_changed import usual_limits  # noqa: E402
from newsstand.fetch.record_store import Store  # noqa: E402
from newsstand.fetch.run import Desk, Manners, ask_all, states_after  # noqa: E402
from newsstand.fetch.sources import sources_of_outlets  # noqa: E402
from newsstand.text.date_names import iso  # noqa: E402
from tests.fetch.local_web import NOW, Item, LocalWeb, local_web, rss  # noqa: E402
from tests.sites import write_site  # noqa: E402

_FEEDS, _ITEMS = 50, 40
_YEARS_FEEDS = 40
_EVERY = timedelta(hours=3)
_KEPT = 20  # items in a feed of the year
_A_DAY = 2.5  # new items of a feed, in the middle; outlets differ by a factor of ten
_WORDS = (
    "bridge harbour ferry council storm budget museum school train lighthouse market reef library "
    "election mayor fishermen tide power energy court hospital festival road tunnel island valley"
).split()


@dataclass(frozen=True, slots=True)
class Run:
    """What a run of the command took, in seconds, and the last line of what it said."""

    processor: float
    seconds: float
    said: str


@dataclass(frozen=True, slots=True)
class Step:
    """A run of fifty feeds: how many requests were made, how many files of the content changed."""

    name: str
    run: Run
    requests: int
    changed: int


def fetch(site: Path, now: datetime, *options: str) -> Run:
    """Run the command in a process of its own."""
    command = [sys.executable, str(ROOT / "build.py"), "fetch", "--site", str(site)]
    begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [*command, "--now", iso(now), "--allow-private", "--quiet", *options],
        check=True, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(used, time.perf_counter() - begin, done.stdout.strip().splitlines()[-1])


def outlets(web: LocalWeb, count: int) -> dict[str, str]:
    """Files of outlets with a feed each."""
    return {
        f"content/providers/outlet-{n}.example.md": (
            f"---\nname: Outlet {n}\ndomain: outlet-{n}.example\nfeeds:\n"
            f"  - {web.address}/{n}\n---\n"
        )
        for n in range(count)
    }


def fifty_feeds() -> Iterator[Step]:
    """50 feeds of 40 items: new, unchanged, not due."""
    chance = Random(50)
    with local_web() as web, TemporaryDirectory() as folder:
        for n in range(_FEEDS):
            items = [made(chance, f"{n}-{k}", NOW - timedelta(hours=k + 1)) for k in range(_ITEMS)]
            web.feed(f"/{n}", items)
        site = write_site(Path(folder), {**outlets(web, _FEEDS), "site.yml": ""})
        fetch(site, NOW, "--dry-run")  # compiles the modules
        for name, hours in (("first", 0), ("nothing new", 2), ("not due", 2.5)):
            web.asked.clear()
            before = stamps(site)
            run = fetch(site, NOW + timedelta(hours=hours))
            changed = len(before.symmetric_difference(stamps(site)))
            yield Step(name, run, len(web.asked), changed)


def stamps(site: Path) -> set[tuple[str, int, int]]:
    """The files of the content, with size and time."""
    files = (path for path in (site / "content").rglob("*") if path.is_file())
    return {(str(path), (s := path.stat()).st_size, s.st_mtime_ns) for path in files}


def made(chance: Random, key: str, when: datetime) -> Item:
    """An item with words like news."""
    words = chance.choices(_WORDS, k=60)
    title = f"{' '.join(words[:7]).capitalize()} {key}"
    summary = f"{' '.join(words[7:25]).capitalize()}. {' '.join(words[25:45]).capitalize()}."
    number = int(key.replace("-", "")) if key.replace("-", "").isdigit() else 0
    return Item(number, title=title, guid=key, link=f"/n/{key}", published=when, summary=summary)


@dataclass
class Year:
    """A site on a virtual clock. One process does all runs: what stands is read but once."""

    site: Path
    web: LocalWeb
    requests: int = 0
    commits: int = 0

    def __post_init__(self) -> None:
        """Begin with outlets and no records."""
        write_site(self.site, outlets(self.web, _YEARS_FEEDS))
        git(self.site, "init", "--quiet", "--initial-branch=main")
        self._store = Store(self.site / "content", "news", NOW)
        self._sources, self._outlets = sources_of_outlets(self._store.texts(PROVIDER_FOLDERS))
        self._feeds = frozenset(source.feed.link for source in self._sources)
        self._states = {feed: FeedState(feed) for feed in self._feeds}
        self._client = HttpClient(FETCHING, "Benchmark", anywhere=True)

    def run(self, now: datetime) -> None:
        """Ask all feeds that are due, and commit if something came, as the workflow does."""
        store = self._store
        store.now = now
        store.written.clear()
        store.changed.clear()
        manners = Manners(60, usual_limits(now, 7, 100))
        desk = Desk(store, self._outlets, self._feeds, manners, lambda _: ())
        due = [(s, k) for s in self._sources if is_due(k := self._states[s.feed.link], now)]
        told = [
            desk.take(source, visit, self._states[source.feed.link])
            for source, visit in ask_all(due, self._client, manners, now)
        ]
        self._states = states_after(self._states, told, self._feeds)
        file = self.site / FETCH_STATE_FILE
        file.write_text(state_text(self._states), encoding="utf-8")
        self.requests += len(due)
        if store.written or store.changed:
            paths = (f"content/{path}" for path in (*store.written, *store.changed))
            git(self.site, "add", "--", FETCH_STATE_FILE, *paths)
            git(self.site, "commit", "--quiet", f"--message=News {iso(now)}")
            self.commits += 1

    def report(self) -> str:
        """What stands in the repository."""
        records = sum(1 for _ in (self.site / "content" / "news").rglob("*.md"))
        packed = size_of((self.site / ".git").rglob("*")) / 1e6
        checkout = size_of((self.site / "content").rglob("*")) / 1e6
        return (
            f"{records:,} records ({checkout:.1f} MB), {self.commits:,} commits, "
            f"repository {packed:.1f} MB, {self.requests:,} requests"
        )


def a_year(days: int) -> None:
    """Three-hourly runs; each outlet has its own pace, and its feed keeps the newest items."""
    chance = Random(365)
    paces = [_A_DAY * 10 ** chance.uniform(-0.7, 0.3) for _ in range(_YEARS_FEEDS)]
    begin = datetime.fromisoformat("2024-01-01T00:17:00+00:00")
    with local_web() as web, TemporaryDirectory() as folder:
        year = Year(Path(folder), web)
        feeds: list[list[Item]] = [[] for _ in paces]
        for run in range(days * 8):
            now = begin + run * _EVERY
            for n, pace in enumerate(paces):
                fresh = [
                    made(chance, f"{n}-{run}-{k}", now - chance.random() * _EVERY)
                    for k in range(poisson(chance, pace / 8))
                ]
                feeds[n] = (fresh + feeds[n])[:_KEPT]
                if fresh or run == 0:
                    web.serve(f"/{n}", rss(web.address, feeds[n]))
            web.asked.clear()
            year.run(now)
            if (run + 1) % 240 == 0:
                git(year.site, "gc", "--quiet")
                print(f"  day {(run + 1) // 8}: {year.report()}", flush=True)
        git(year.site, "gc", "--quiet", "--prune=now")
        print(f"{days} days: {year.report()}")
        print(f"state file {(year.site / FETCH_STATE_FILE).stat().st_size / 1000:.1f} KB")
        web.feed("/0", [made(chance, "last", begin + timedelta(days=days)), *feeds[0]])
        last = fetch(year.site, begin + timedelta(days=days))
        print(f"one run more: {last.processor:.2f} s processor, {last.seconds:.2f} s; {last.said}")


def poisson(chance: Random, mean: float) -> int:
    """How many items come in three hours."""
    count, left = 0, chance.expovariate(1)
    while left < mean:
        count += 1
        left += chance.expovariate(1)
    return count


def size_of(paths: Iterable[Path]) -> int:
    """Bytes of files."""
    return sum(path.stat().st_size for path in paths if path.is_file())


def git(site: Path, *arguments: str) -> str:
    """What git says."""
    who = ("-c", "user.name=Bench", "-c", "user.email=bench@newsstand.example")
    quiet = ("-c", "gc.auto=0")
    environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", *who, *quiet, *arguments], cwd=site, check=True, capture_output=True,
        encoding="utf-8", env=environment,
    )  # fmt: skip
    return done.stdout


def main() -> None:
    """Both parts; `--days` makes the year shorter."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=365, help="days on the virtual clock")
    parser.add_argument("--only", choices=("feeds", "year"), default="")
    options = parser.parse_args()
    if options.only != "year":
        for step in fifty_feeds():
            run = step.run
            print(
                f"{step.name:12} {run.processor:5.2f} s processor {run.seconds:6.2f} s "
                f"{step.requests:4} requests  {step.changed:5} files of the content changed\n"
                f"             {run.said}"
            )
    if options.only != "feeds" and options.days:
        a_year(options.days)


if __name__ == "__main__":
    main()
