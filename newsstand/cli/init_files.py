"""A whole new site, as ``init`` writes it: path below its folder -> bytes.

Every file of `built_in.NEW_SITE` is one of the new site; a name that begins with ``dot-`` stands
for a hidden one. In names and texts the words between @ signs are filled in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from newsstand.cli.program_source import UNKNOWN
from newsstand.content.schema import FOLDER, all_schemas, modeline
from newsstand.packaged_files import NEW_SITE
from newsstand.text.date_names import iso
from newsstand.text.strings import one_line

_SCHEMA = re.compile(r"@SCHEMA:([a-z]+)@")
_HOURS = re.compile(r"@HOURS-(\d+)@")
_ADDRESS = re.compile(r"(?<=^newsstand @ git\+)https://[^\s@]+")
_HIDDEN = "dot-"
_TEXTS = (".md", ".yml", ".yaml", ".css", ".txt", "gitignore", "gitattributes")


@dataclass(frozen=True, slots=True)
class NewSite:
    """What is known of a new site. `url` may be empty; `now` is the time after its records.

    `program` is the line of requirements.txt that installs Newsstand.
    """

    title: str
    url: str
    now: datetime
    program: str = UNKNOWN


def title_of(folder: Path) -> str:
    """A title from the name of the site's folder: ``my-news`` gives "My news"."""
    words = one_line(re.sub(r"[-_.\s]+", " ", folder.name))
    return words[:1].upper() + words[1:] or "News"


def starter_files(site: NewSite) -> dict[str, bytes]:
    """Every file of a new site, in order of path."""
    filled = _filled(site)
    files = {f"{FOLDER}/{name}": text.encode() for name, text in all_schemas().items()}
    for source in sorted(path for path in NEW_SITE.rglob("*") if path.is_file()):
        data = source.read_bytes()
        path = _fill(source.relative_to(NEW_SITE).as_posix(), _date_of(data, site.now))
        parts = [
            f".{p.removeprefix(_HIDDEN)}" if p.startswith(_HIDDEN) else p for p in path.split("/")
        ]
        target = "/".join(parts)
        files[target] = (
            _text(data.decode(), target, filled, site.now) if target.endswith(_TEXTS) else data
        )
    return dict(sorted(files.items()))


def _filled(site: NewSite) -> dict[str, str]:
    url = (
        f"url: {json.dumps(site.url)}" if site.url else "# url: https://name.github.io/repository/"
    )
    return {
        "@TITLE@": site.title,
        "@QUOTED_TITLE@": json.dumps(site.title, ensure_ascii=False),
        "@URL@": url,
        "@PROGRAM@": site.program,
        "@DOCS@": f": <{address[0]}>" if (address := _ADDRESS.search(site.program)) else "",
    }


def _date_of(data: bytes, now: datetime) -> dict[str, str]:
    """The words of a name that stand for the day of a record, which is the first it names."""
    hours = _HOURS.search(data.decode("utf-8", "replace"))
    day = iso(now - timedelta(hours=int(hours[1]) if hours else 0))[:10]
    return {"@DATE@": day, "@YEAR@": day[:4], "@MONTH@": day[5:7]}


def _fill(text: str, filled: Mapping[str, str]) -> str:
    return re.sub(r"@[A-Z_]+@", lambda m: filled.get(m.group(), m.group()), text)


def _text(text: str, path: str, filled: Mapping[str, str], now: datetime) -> bytes:
    named = _SCHEMA.sub(lambda m: modeline(path, m.group(1)), text)
    timed = _HOURS.sub(lambda m: iso(now - timedelta(hours=int(m.group(1)))), named)
    return _fill(timed, filled).encode()
