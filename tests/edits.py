"""A site that is edited at random, as an editor, a job or a disk may do it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from newsstand.build.sqlite_store import FILE
from tests.odd_edits import ODD_EDITS
from tests.sites import Run, run_command, write_site

_SUBJECTS = "Bridge Harbour Museum Railway Painting Snowfall Library Rowers Council Ferry".split()
_VERBS = "opens closes burns wins sinks returns delays".split()
_PLACES = "Aldmere Tarnhollow Penbrook Lindalen Vestmark".split()
_OUTLETS = ("harbour.example", "wire.example", "valley.example", "coast.example")
_TOPICS = ("Ports", "ports", "Town", "Sea")
_SETTINGS: dict[str, tuple[Any, ...]] = {
    "title": ("Harbour News", "Valley News"),
    "url": ("https://news.example/", "https://news.example/below/", ""),
    "page_size": (2, 3, 20),
    "images": ("none", "local", "remote"),
    "topic": ("Town", ""),
    "stories": ({"breadth": 1.6}, {"breadth": 0.5}),
    "ranking": ({"half_life_hours": 3}, {"same_outlet": 2.0}),
    "feed_size": (1, 5),
    "related_shown": (1, 3),
    "header_links": ([{"label": "About", "url": "/about/"}],),
}
_TEMPLATES = {
    "plain.html": '{% extends "built-in/plain.html" %}{% block main %}<p>NUMBER</p>{% endblock %}',
    "_parts/links.html": None,
    "article.html": '{% extends "built-in/article.html" %}{% block side %}NUMBER{% endblock %}',
    "base.html": '{% extends "built-in/base.html" %}{% block footer %}NUMBER{% endblock %}',
}

Edit = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """What came of one site, by a build that remembers and by one that does not."""

    warm: Run
    cold: Run

    @property
    def differing(self) -> list[str]:
        """In what they differ: exit codes, files, or words; notes on the cache do not count."""
        warm, cold = self.warm, self.cold
        if warm.code or cold.code:
            return [f"exit codes {warm.code} and {cold.code}: {warm.log}{cold.log}"]
        ours, clean = warm.files(), cold.files()
        paths = sorted(p for p in ours.keys() | clean.keys() if ours.get(p) != clean.get(p))
        said = [line for line in warm.stderr.splitlines() if not line.startswith("Note: ")]
        words = set(said) ^ set(cold.stderr.splitlines())
        return [*paths, *sorted(words)]


@dataclass
class Edited:
    """A site on the disk, and what its records say."""

    folder: Path
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    decisions: dict[str, list[Any]] = field(default_factory=dict)
    earlier: dict[str, dict[str, Any]] = field(default_factory=dict)
    now: str = "2024-01-20T00:00:00Z"
    options: tuple[str, ...] = ()
    count: int = 0

    def apply(self, edits: Iterable[Edit]) -> None:
        """Make some changes, each a kind and two numbers that say where and to what."""
        for kind, a, b in edits:
            EDITS[kind](self, a, b)

    def warm(self) -> Run:
        """Build with what earlier builds have left."""
        return self.build(self.folder / "_site")

    def cold(self) -> Run:
        """Build as if there had never been a build."""
        output = self.folder / "clean"
        shutil.rmtree(output, ignore_errors=True)
        return self.build(output, "--no-cache")

    def compare(self) -> Pair:
        """Both."""
        return Pair(self.warm(), self.cold())

    def build(self, output: Path, *options: str) -> Run:
        """Build the site as it is now."""
        places = ("--site", str(self.folder), "--output", str(output), "--now", self.now)
        return run_command(
            "build", "-v", *places, *options, *self.options, output=output, in_process=True
        )

    def path(self, number: int) -> str:
        """One of the records; a new one where there is none."""
        if not self.records:
            _add(self, number, number)
        return sorted(self.records)[number % len(self.records)]

    def change(self, number: int, **keys: Any) -> None:  # noqa: ANN401
        """Give a record other values; None takes a key away."""
        path = self.path(number)
        said = self.records[path] | keys
        self.records[path] = {key: value for key, value in said.items() if value is not None}
        self.write(path)

    def write(self, path: str) -> None:
        """A record as its file has it."""
        said = dict(self.records[path])
        body = said.pop("body", "")
        lines = [f"{key}: {json.dumps(value)}" for key, value in said.items()]
        write_site(self.folder, {f"content/{path}": "\n".join(("---", *lines, "---", body, ""))})

    def write_settings(self) -> None:
        """The settings; an empty file where there are none."""
        text = json.dumps(self.settings) if self.settings else ""
        write_site(self.folder, {"site.yml": text})

    def write_decisions(self) -> None:
        """The editor's word on stories."""
        text = json.dumps(self.decisions) if self.decisions else ""
        write_site(self.folder, {"content/stories.yml": text})


def title_of(a: int, b: int) -> str:
    """A headline; near numbers have words in context."""
    verb = _VERBS[b % len(_VERBS)]
    return f"{_SUBJECTS[a % len(_SUBJECTS)]} {verb} in {_PLACES[(a + b) % len(_PLACES)]}"


def _time_of(number: int) -> str:
    return f"2024-01-{10 + number % 12:02}T{number % 24:02}:{number % 60:02}:00Z"


def _link_of(number: int) -> str:
    return f"https://{_OUTLETS[number % len(_OUTLETS)]}/report-{number % 17}"


def _outlet_of(number: int) -> dict[str, str]:
    domain = _OUTLETS[number % len(_OUTLETS)]
    return {"name": f"The {domain.split('.')[0].title()} {number % 2 or ''}", "domain": domain}


def _add(site: Edited, a: int, b: int) -> None:
    site.count += 1
    path = f"news/{2020 + a % 3}/record-{site.count}.md"
    site.records[path] = {
        "title": title_of(a, b),
        "excerpt": f"{title_of(b, a)}, says {_PLACES[a % 5]}." if b % 3 else "",
        "publishedDateTime": _time_of(a + b),
        "webUrl": _link_of(a * 3 + b),
        "provider": _outlet_of(a),
        "topics": [_TOPICS[a % 4]],
    }
    site.write(path)


def _remove(site: Edited, a: int, _: int) -> None:
    path = site.path(a)
    del site.records[path]
    (site.folder / "content" / path).unlink()


def _rename(site: Edited, a: int, b: int) -> None:
    path = site.path(a)
    said = site.records.pop(path)
    (site.folder / "content" / path).unlink()
    other = f"news/renamed-{b % 7}.md"
    site.records[other] = said
    site.write(other)


def _relate(site: Edited, a: int, b: int) -> None:
    named = [
        {
            "title": title_of(n, b),
            "webUrl": _link_of(n * 5),
            "publishedDateTime": _time_of(n),
            "provider": _outlet_of(n + 1),
        }
        for n in range(a, a + b % 4)
    ]
    other = site.records[site.path(b)]
    own = {k: other[k] for k in ("title", "webUrl", "publishedDateTime") if k in other}
    site.change(a, related=[*named, own])


def _copy(site: Edited, a: int, b: int) -> None:
    other = site.records[site.path(b)]
    site.change(a, title=other["title"], excerpt=other.get("excerpt", ""))


def _set(site: Edited, a: int, b: int) -> None:
    name = sorted(_SETTINGS)[a % len(_SETTINGS)]
    values = (*_SETTINGS[name], None)
    site.settings[name] = values[b % len(values)]
    site.settings = {k: v for k, v in site.settings.items() if v is not None}
    site.write_settings()


def _decide(site: Edited, a: int, b: int) -> None:
    kind = ("merge", "split", "pin", "title")[a % 4]
    pair = sorted({site.path(a), site.path(b)})
    said: Any = {"merge": pair, "split": pair, "pin": pair[0]}.get(
        kind, {"record": pair[0], "title": title_of(b, a)}
    )
    site.decisions[kind] = [said] if b % 3 else []
    site.write_decisions()


def _template(site: Edited, a: int, b: int) -> None:
    name = sorted(_TEMPLATES)[a % len(_TEMPLATES)]
    target = site.folder / "templates" / name
    text = _TEMPLATES[name]
    if b % 4 == 0:
        target.unlink(missing_ok=True)
    elif text is None:
        built_in = Path(__file__).resolve().parents[1] / "templates" / name
        write_site(site.folder, {f"templates/{name}": f"{{# {b} #}}{built_in.read_text()}"})
    else:
        write_site(site.folder, {f"templates/{name}": text.replace("NUMBER", str(b))})


def _file(place: str, text: Callable[[int], str | bytes]) -> Callable[[Edited, int, int], None]:
    """Write or take away a file of the site."""

    def edit(site: Edited, a: int, b: int) -> None:
        path = place.format(a % 3)
        if b % 4 == 0:
            (site.folder / path).unlink(missing_ok=True)
        else:
            write_site(site.folder, {path: text(b)})

    return edit


def _topic(number: int) -> str:
    return f"name: {_TOPICS[number % 4]}\ndescription: Number {number}\nparent: Town\n"


def _outlet(number: int) -> str:
    domain = _OUTLETS[number % len(_OUTLETS)]
    return f"name: Outlet {number % 3}\ndomain: {domain}\nimages:\n  - url: /pictures/0.png\n"


def _page(number: int) -> str:
    return f"---\ntitle: Page {number}\n---\n[News](/news/record-{number % 4}/) [Topics](/topics/)"


def _output(site: Edited, a: int, b: int) -> None:
    """Somebody takes away or spoils a file of the site that stands."""
    files = sorted(p for p in (site.folder / "_site").rglob("*.html") if p.is_file())
    if files and b % 2:
        files[a % len(files)].unlink()
    elif files:
        files[a % len(files)].write_text("spoilt", encoding="utf-8")


def _cache(site: Edited, a: int, b: int) -> None:
    """Somebody spoils what is remembered."""
    cache = site.folder / ".cache" / FILE
    if cache.exists() and b % 2:
        data = bytearray(cache.read_bytes())
        data[a * 997 % len(data)] ^= 1 + b % 255
        cache.write_bytes(bytes(data))
    elif cache.exists():
        cache.unlink()


def _now(site: Edited, a: int, _: int) -> None:
    site.now = f"2024-01-{11 + a % 15:02}T06:00:00Z"


def _options(site: Edited, a: int, _: int) -> None:
    site.options = ((), ("--compress",), ("--headers",), ("--base-url", "https://x.example/"))[
        a % 4
    ]


def _elsewhere(site: Edited, _: int, b: int) -> None:
    """Another build: into another folder with the same cache, or into the same one without it."""
    if b % 2:
        site.build(site.folder / "_other")
    else:
        site.build(site.folder / "_site", "--no-cache")


def _twin(site: Edited, a: int, b: int) -> None:
    """Another record at the same address; it comes first or last in order of path."""
    path = site.path(a)
    other = f"news/{('0000', '9999')[b % 2]}/{path.rpartition('/')[2]}"
    site.records[other] = site.records[path] | {"title": title_of(b, a)}
    site.write(other)


def _stray(site: Edited, a: int, _: int) -> None:
    """A link that leads out of the content, or none any more."""
    link = site.folder / "content" / f"news/stray-{a % 2}.md"
    if link.is_symlink():
        link.unlink()
    else:
        link.symlink_to(site.folder.parent)


def _deep(site: Edited, a: int, b: int) -> None:
    """A static file becomes a folder with a file in it, or the other way round."""
    place = site.folder / "static" / "css" / f"deep-{a % 2}"
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)
    if b % 3:
        name = f"static/css/deep-{a % 2}" + ("/deeper.txt" if b % 3 == 1 else "")
        write_site(site.folder, {name: str(b)})


def _touch(site: Edited, a: int, _: int) -> None:
    """The same bytes, written again."""
    site.write(site.path(a))


EDITS: dict[str, Callable[[Edited, int, int], None]] = {
    "add": _add,
    "remove": _remove,
    "rename": _rename,
    "retitle": lambda s, a, b: s.change(a, title=title_of(b, a)),
    "excerpt": lambda s, a, b: s.change(a, excerpt=title_of(a, b) if b % 3 else None),
    "body": lambda s, a, b: s.change(a, body=f"Words {b}\n\n![A picture](pictures/{a % 3}.png)"),
    "retopic": lambda s, a, b: s.change(a, topics=[_TOPICS[b % 4], _TOPICS[a % 4]][: b % 3]),
    "time": lambda s, a, b: s.change(a, publishedDateTime=_time_of(b) if b % 7 else None),
    "outlet": lambda s, a, b: s.change(a, provider=_outlet_of(b)),
    "link": lambda s, a, b: s.change(a, webUrl=_link_of(b) if b % 5 else None),
    "relate": _relate,
    "copy": _copy,
    "heat": lambda s, a, b: s.change(a, heat=b % 90 if b % 2 else None, quality=b % 40),
    "promote": lambda s, a, b: s.change(a, published=bool(b % 2)),
    "draft": lambda s, a, b: s.change(a, draft=True if b % 2 else None),
    "story": lambda s, a, b: s.change(a, story=f"key-{b % 2}" if b % 3 else None),
    "alone": lambda s, a, b: s.change(a, alone=True if b % 2 else None),
    "language": lambda s, a, b: s.change(a, language="de" if b % 2 else None),
    "picture": lambda s, a, b: s.change(a, images=[{"url": f"pictures/{b % 3}.png"}]),
    "broken": lambda s, a, b: s.change(a, heat="hot" if b % 2 else 70),
    "touch": _touch,
    "elsewhere": _elsewhere,
    "twin": _twin,
    "stray link": _stray,
    "file or folder": _deep,
    "setting": _set,
    "decision": _decide,
    "template": _template,
    "asset": _file("static/css/own.css", lambda n: f"/* {n} */"),
    "static": _file("static/extra-{}.txt", str),
    "topic": _file("content/topics/topic-{}.yaml", _topic),
    "outlet file": _file("content/providers/outlet-{}.yaml", _outlet),
    "page": _file("content/pages/about-{}.md", _page),
    "picture file": _file("content/pictures/{}.png", lambda n: bytes([n % 256])),
    "filters": _file("filters.py", lambda n: f"def shout(text):\n    return {n}\n"),
    "output": _output,
    "cache": _cache,
    "now": _now,
    "options": _options,
    **ODD_EDITS,
}
_NUMBERS = st.integers(0, 40)


def sequences(longest: int) -> st.SearchStrategy[list[list[Edit]]]:
    """Some edits before each of some builds."""
    edit = st.tuples(st.sampled_from(sorted(EDITS)), _NUMBERS, _NUMBERS)
    return st.lists(st.lists(edit, max_size=3), min_size=1, max_size=longest)


@contextmanager
def as_if(*, trusting: bool, sparing: bool) -> Iterator[None]:
    """Builds as they are at other times.

    `trusting`: times of files are believed at once, as they are two seconds later. `sparing`: the
    site before becomes the next one, as with thousands of files.
    """
    with pytest.MonkeyPatch.context() as patch:
        if trusting:
            patch.setattr("newsstand.content.file_stamps.MARGIN", 0)
        if sparing:
            patch.setattr("newsstand.build.output._MANY", 0)
        yield


def new_site(folder: Path, records: int) -> Edited:
    """A site with so many records, some of them in one story."""
    site = Edited(folder)
    write_site(folder, {"content/news/.keep": "", "templates/.keep": "", "static/.keep": ""})
    site.write_settings()
    for number in range(records):
        _add(site, number // 3, number)
    return site
