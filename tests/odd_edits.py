"""Rarer edits for `edits`: of two or all records, of the order in time, back to what was."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.sites import write_site

if TYPE_CHECKING:
    from tests.edits import Edited

_TIME, _LINK = "publishedDateTime", "webUrl"


def _swap(key: str) -> Callable[[Edited, int, int], None]:
    """Two records have each other's value."""

    def edit(site: Edited, a: int, b: int) -> None:
        one, two = (site.records[site.path(n)].get(key) for n in (a, b))
        site.change(a, **{key: two})
        site.change(b, **{key: one})

    return edit


def _as_another(key: str) -> Callable[[Edited, int, int], None]:
    """A record has the value of another."""
    return lambda site, a, b: site.change(a, **{key: site.records[site.path(b)].get(key)})


def _to_an_end(site: Edited, a: int, b: int) -> None:
    """A record becomes the newest of all, or the oldest."""
    site.change(a, **{_TIME: f"{(2019, 2024)[b % 2]}-01-{10 + b % 12}T00:00:{a:02}Z"})


def _all_at_once(site: Edited, a: int, b: int) -> None:
    """Every record says something else: a word of its headline, or how hot it is."""
    for path, said in sorted(site.records.items()):
        if b % 3:
            said["heat"] = (a + len(path)) % 90
        else:
            said["title"] = f"{said.get('title', '')} again"
        site.write(path)


def _name(site: Edited, a: int, b: int) -> None:
    """A record names another as related, by a link as newsletters have it."""
    link = site.records[site.path(b)].get(_LINK)
    if link:
        also = {"title": f"Also {b}", _LINK: f"{link}?utm_source=letter{a % 2}#top"}
        named = site.records[site.path(a)].get("related", [])
        site.change(a, related=[*named[-2:], also])


def _keep(site: Edited, a: int, _: int) -> None:
    """Somebody keeps a copy of the cache or of the site, for `_return`."""
    kept = (".cache", "_site")[a % 2]
    shutil.rmtree(site.folder / f"kept{kept}", ignore_errors=True)
    if (site.folder / kept).exists():
        shutil.copytree(site.folder / kept, site.folder / f"kept{kept}")


def _return(site: Edited, a: int, _: int) -> None:
    """The copy takes the place of what is there, as if nothing had been since."""
    kept = (".cache", "_site")[a % 2]
    if (site.folder / f"kept{kept}").exists():
        shutil.rmtree(site.folder / kept, ignore_errors=True)
        shutil.copytree(site.folder / f"kept{kept}", site.folder / kept)


def _in_secret(site: Edited, a: int, b: int) -> None:
    """Other bytes, as many as before, in a file that claims to be as old as it was."""
    path = site.path(a)
    file = site.folder / "content" / path
    before = file.stat()
    title = site.records[path].get("title", "")
    site.change(a, title=title[:-1] + "abcdefg"[b % 7] if title else None)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def _undo(site: Edited, a: int, _: int) -> None:
    """A record says what it said when this was asked for before."""
    path = site.path(a)
    known = site.earlier.setdefault(path, site.records[path])
    site.earlier[path], site.records[path] = site.records[path], known
    site.write(path)


def _below(site: Edited, a: int, b: int) -> None:
    """A topic stands below another, or below none."""
    topics = ("Ports", "Town", "Sea")
    parent = f"parent: {topics[b % 3]}\n" if b % 4 else ""
    write_site(site.folder, {f"content/topics/{a % 3}.yaml": f"name: {topics[a % 3]}\n{parent}"})


ODD_EDITS: dict[str, Callable[[Edited, int, int], None]] = {
    "swap times": _swap(_TIME),
    "swap links": _swap(_LINK),
    "same time": _as_another(_TIME),
    "same link": _as_another(_LINK),
    "to an end": _to_an_end,
    "updated": lambda s, a, b: s.change(
        a, updatedDateTime=f"2024-01-{10 + b % 14}T00:00:00Z" if b % 4 else None
    ),
    "all at once": _all_at_once,
    "name": _name,
    "keep": _keep,
    "return": _return,
    "in secret": _in_secret,
    "undo": _undo,
    "below": _below,
}
