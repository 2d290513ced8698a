"""The folder of stored pictures: which are wanted, fetching them, keeping to a budget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

from newsstand.content.disk_writing import write_whole
from newsstand.content.kinds.cached_picture import key_of, stored_by_key
from newsstand.fetch.http_answers import Client, Request
from newsstand.fetch.images import ACCEPT, LARGEST_FILE, NoPictureError, stored_files

_AT_ONCE = 8
_STORED, _NO_GOOD, _LATER = "stored", "no good", "later"
_MOST_REFUSED = 20_000  # that are remembered


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture that is to be stored: its address here, and where it is. They differ for logos."""

    address: str
    link: str
    is_logo: bool = False


@dataclass
class PictureStore:
    """The folder. `refused` are keys of pictures that are not asked again.

    They were no good, or were taken out to keep to the budget.
    """

    folder: Path
    refused: frozenset[str] = frozenset()
    stored: int = 0
    failed: list[str] = field(default_factory=list)

    def missing(self, wanted: Iterable[Wanted]) -> list[Wanted]:
        """The wanted pictures that are not there, each once."""
        here = stored_by_key(p.name for p in self.folder.iterdir()) if self.folder.is_dir() else {}
        keys = {key_of(picture.address): picture for picture in wanted}
        return [
            picture for key, picture in keys.items() if key not in here and key not in self.refused
        ]

    def fetch(self, wanted: Iterable[Wanted], client: Client) -> Iterator[Wanted]:
        """Store pictures -> each as it is done, good or not."""
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            tasks = {pool.submit(self._store, picture, client): picture for picture in wanted}
            try:
                for done in as_completed(tasks):
                    outcome = done.result()
                    self.stored += outcome == _STORED
                    if outcome == _NO_GOOD:
                        self.failed.append(key_of(tasks[done].address))
                    yield tasks[done]
            finally:
                pool.shutdown(wait=False, cancel_futures=True)

    def _store(self, picture: Wanted, client: Client) -> str:
        reply = client.get(Request(picture.link, ACCEPT, most=LARGEST_FILE))
        if reply.status != 200:
            return _LATER if reply.status >= 500 or reply.status in (0, 429) else _NO_GOOD
        try:
            for name, data in stored_files(reply.body, key_of(picture.address), picture.is_logo):
                write_whole(self.folder / name, data)
        except NoPictureError:
            return _NO_GOOD
        return _STORED

    def keep_to(self, budget: int) -> list[str]:
        """Take the oldest pictures out until the rest has at most `budget` bytes -> their keys."""
        groups: dict[str, list[Path]] = {}
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            groups.setdefault(path.name.partition("-")[0], []).append(path)
        sizes = {key: sum(p.stat().st_size for p in paths) for key, paths in groups.items()}
        ages = {key: max(p.stat().st_mtime_ns for p in paths) for key, paths in groups.items()}
        total, gone = sum(sizes.values()), list[str]()
        for key in sorted(groups, key=lambda k: (ages[k], k)):
            if total <= budget:
                break
            # First that which tells that a picture is there.
            for path in sorted(groups[key], key=lambda p: len(p.name), reverse=True):
                path.unlink(missing_ok=True)
            total -= sizes[key]
            gone.append(key)
        return gone


def read_refused(text: str) -> frozenset[str]:
    """The text of the file of pictures that were no good."""
    return frozenset(text.split())


def refused_text(refused: Iterable[str], failed: Iterable[str]) -> str:
    """The file's new text; of too many some are forgotten, and asked once more."""
    kept = sorted({*refused, *failed})[-_MOST_REFUSED:]
    return "".join(f"{key}\n" for key in kept)
