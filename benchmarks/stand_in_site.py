"""A site of made-up records, until `benchmarks.generated_site` is there: the same call."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from benchmarks.headlines import pieces
from newsstand.instants import iso

_FIRST = datetime(2022, 1, 1, tzinfo=UTC)
_TOPICS = [f"Topic {number}" for number in range(40)]
_RELATED = 5


def write_site(folder: Path, records: int, seed: int = 1) -> None:
    """Write `content/` and `site.yml` into a folder: so many records, the same for a seed."""
    random = Random(seed)
    made = pieces(records, seed)
    hours = [piece.hours or 0.0 for piece in made]
    begin = min(hours)
    for topic in _TOPICS:
        path = folder / "content" / "topics" / f"{topic.lower().replace(' ', '-')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"name: {topic}\n", encoding="utf-8")
    for number, piece in enumerate(made):
        at = iso(_FIRST + timedelta(hours=hours[number] - begin))
        lines = [*_piece(piece.title, piece.excerpt, at, piece.outlet, number), "topics:"]
        lines += [f"  - {topic}" for topic in random.sample(_TOPICS, 2)]
        lines.append("related:")
        for near in range(max(0, number - _RELATED), number):
            other = made[near]
            entry = _piece(other.title, other.excerpt, at, other.outlet, near)
            lines += [("  - " if n == 0 else "    ") + line for n, line in enumerate(entry)]
        path = folder / "content" / "news" / at[:4] / at[5:7] / f"record-{number:06d}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(["---", *lines, "---", ""]), encoding="utf-8")
    settings = "title: Generated News\nurl: https://generated.example/repo/\n"
    (folder / "site.yml").write_text(settings, encoding="utf-8")


def _piece(title: str, excerpt: str, at: str, outlet: str, number: int) -> list[str]:
    return [
        f'title: "{title}"',
        f'excerpt: "{excerpt}"',
        f"publishedDateTime: {at}",
        f'webUrl: "https://{outlet}/{number}"',
        "provider:",
        f"  name: {outlet.partition('.')[0]}",
        f"  domain: {outlet}",
    ]
