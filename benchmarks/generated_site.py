"""Whole sites of made-up records for benchmarks: shaped as an archive of real news is.

Events begin through each day in one of twenty topics, are reported by one outlet or by a dozen
over hours to days, and are copied by some word for word. Each record lists related pieces:
other reports of its event, older ones of its topic, and pieces that no record is held of.

    python benchmarks/generated_site.py FOLDER --records 5000
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.made_events import PICTURES, Outlets, Report, Words, elsewhere, event, slug

BEGINS = datetime(2022, 1, 1, tzinfo=UTC)
LARGEST_DAY = 1000  # records a day of a site of 100,000
_DESCRIBED = 200  # of the outlets: those that have a file
_SECTIONS = "World Business Science Sport Culture".split()
_PARTS = (
    "Elections Courts Borders Markets Energy Work Health Space Climate Football Cycling "
    "Swimming Film Music Books"
).split()
_LANGUAGES = ("en", "de", "fr", "es")


def write_site(folder: Path, records: int, seed: int = 1) -> None:
    """Write so many records with their topics, outlets, pictures and settings below `folder`.

    The same arguments give the same bytes. Records span more days, and days hold more of
    them, the larger the site is: 1,000 a day at 100,000, 100 a day at 1,000.
    """
    random = Random(seed)
    content = folder / "content"
    _write(folder / "site.yml", SETTINGS)
    for number, section in enumerate(_SECTIONS):
        _write(content / "topics" / f"{section.lower()}.yaml", _topic(section, ""))
        for part in _PARTS[3 * number : 3 * number + 3]:
            _write(content / "topics" / f"{part.lower()}.yaml", _topic(part, section))
    for number in range(PICTURES):
        _write(content / "pictures" / f"{number}.svg", _picture(number))
    outlets = Outlets(random)
    for number in range(_DESCRIBED):
        path = content / "organizations" / f"{outlets.domains[number]}.md"
        _write(path, _outlet(outlets, number))
    made: set[Path] = set()
    for name, text in _records(random, outlets, records):
        place = content / name
        if place.parent not in made:
            place.parent.mkdir(parents=True, exist_ok=True)
            made.add(place.parent)
        place.write_text(text, encoding="utf-8")


SETTINGS = """title: Generated news
description: Made-up records of made-up outlets.
url: https://generated.example/
language: en
page_size: 20
"""


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _topic(name: str, parent: str) -> str:
    above = f"parent: {parent}\n" if parent else ""
    word = name.lower()
    return f"taxonomy: topic\n_id: {word}\nname: {name}\n{above}keywords:\n  - {word}\n"


def _picture(number: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="320" height="180">'
        f'<rect width="320" height="180" fill="#{number * 11 + 40:02x}6080"/></svg>\n'
    )


def _outlet(outlets: Outlets, number: int) -> str:
    domain = outlets.domains[number]
    return (
        f"---\ntaxonomy: organization\n_id: {domain}\nname: {outlets.names[number]}\n"
        f"domain: {domain}\nimages:\n  - url: https://{domain}/logo-50x50.png\n"
        "    width: 50\n    height: 50\n---\n"
    )


def _records(random: Random, outlets: Outlets, count: int) -> Iterator[tuple[str, str]]:
    """Path and text of so many records, event by event."""
    words = Words(random)
    a_day = max(1.0, LARGEST_DAY * math.sqrt(count / 100_000))
    recent = {name: deque[Report](maxlen=60) for name in (*_SECTIONS, *_PARTS)}
    made = 0
    while made < count:
        section = random.randrange(len(_SECTIONS))
        part = random.choice(_PARTS[3 * section : 3 * section + 3])
        begins = BEGINS + timedelta(days=made / a_day)
        reports = list(event(random, words, outlets, begins, made))[: count - made]
        # pieces that records name and that are no records: they repeat from list to list
        mentioned = [elsewhere(words, outlets, report) for report in reports[::2]]
        recent[part].extend(mentioned)
        topics = [part, _SECTIONS[section]][: random.choice((1, 2, 2))]
        for report in reports:
            near = [other for other in reports if other is not report]
            related = _related(random, near, recent[part])
            yield _path(report), _record(random, report, topics, related, outlets)
        recent[part].extend(random.sample(reports, min(3, len(reports))))
        made += len(reports)


def _related(random: Random, near: list[Report], recent: deque[Report]) -> list[Report]:
    """0 to 12 pieces, four on average: of the event, and older ones of its topic."""
    wanted = min(12, int(random.expovariate(1 / 4.6)))
    of_event = random.sample(near, min(len(near), wanted // 2))
    older = random.sample(recent, min(len(recent), wanted - len(of_event)))
    return of_event + older


def _path(report: Report) -> str:
    return f"news/{report.published:%Y/%m}/{report.published:%Y-%m-%d}-{slug(report)}.md"


def _record(
    random: Random, report: Report, topics: list[str], related: list[Report], outlets: Outlets
) -> str:
    lines = ["---", "category: news", *_piece(report, outlets), "type: article"]
    if random.random() < 0.8:
        lines.append(f"quality: {report.quality}")
    if random.random() < 0.6:
        lines.append(f"heat: {random.choice((-1, random.randint(0, 120), random.randint(0, 400)))}")
    if random.random() < 0.15:
        lines.append(f"published: {random.choice(('true', 'true', 'false'))}")
    if random.random() < 0.05:
        lines.append(f"language: {random.choice(_LANGUAGES)}")
    lines += ["", "provider:", *_indented(_provider(report, outlets), "  ")]
    lines += ["", "topics:", *(f"  - {topic}" for topic in topics)]
    lines += ["", *_images(report)]
    lines += ["", "related:"] if related else []
    for other in related:
        entry = [*_piece(other, outlets), "type: article", "provider:"]
        entry += _indented(_provider(other, outlets), "  ")
        entry += [f"quality: {other.quality}", *_images(other)]
        first, *more = entry
        lines += [f"  - {first}", *_indented(more, "    ")]
    lines += ["---", ""]
    if random.random() < 0.05:
        lines += [f"**{report.title}.** {report.excerpt}", ""]
    return "\n".join(lines)


def _piece(report: Report, outlets: Outlets) -> list[str]:
    """The keys that records and related entries have in common."""
    return [
        f"title: {json.dumps(report.title, ensure_ascii=False)}",
        f"excerpt: {json.dumps(report.excerpt, ensure_ascii=False)}",
        f"publishedDateTime: {report.published:%Y-%m-%dT%H:%M:%SZ}",
        f'webUrl: "{report.link or "https://" + outlets.domains[report.outlet]}"',
    ]


def _provider(report: Report, outlets: Outlets) -> list[str]:
    return [f"name: {outlets.names[report.outlet]}", f"domain: {outlets.domains[report.outlet]}"]


def _images(report: Report) -> list[str]:
    if not report.picture:
        return []
    address = report.picture.lstrip("/")
    return ["images:", f'  - url: "{address}"', "    width: 320", "    height: 180"]


def _indented(lines: Iterable[str], by: str) -> list[str]:
    return [f"{by}{line}" for line in lines]


def main() -> int:
    """Write a site into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write_site(options.folder, options.records, options.seed)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
