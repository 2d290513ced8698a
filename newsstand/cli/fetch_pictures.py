"""Pictures of what was fetched: stored once, in a folder that keeps to its budget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from newsstand.content.disk_writing import write_whole
from newsstand.content.kinds.cached_picture import logo_address
from newsstand.content.kinds.fetch_settings import Fetching
from newsstand.fetch.http_answers import Client
from newsstand.fetch.picture_store import PictureStore, Wanted, read_refused, refused_text
from newsstand.fetch.run import Outcome
from newsstand.text.strings import plural

_REFUSED_FILE = "pictures-refused.txt"
_MEGABYTE = 1_000_000


def wanted_of(outcomes: Iterable[Outcome]) -> Iterator[Wanted]:
    """The pictures of items that are shown, and the logos of outlets that have none."""
    for outcome in outcomes:
        for item in outcome.decision.shown:
            if item.picture:
                yield Wanted(item.picture.link, item.picture.link)
        outlet = outcome.source.outlet
        if outcome.logo and outlet and not outlet.pictures:
            yield Wanted(logo_address(outlet.domain), outcome.logo, is_logo=True)


def store_pictures(
    wanted: Iterable[Wanted],
    content: Path,
    cache: Path,
    settings: Fetching,
    client: Client,
    progress: Any,  # noqa: ANN401  (that of the terminal)
) -> str:
    """Fetch what is missing -> a sentence for the summary; "" where there is nothing to say."""
    note = cache / _REFUSED_FILE
    refused = read_refused(note.read_text("utf-8", "replace") if note.is_file() else "")
    store = PictureStore(content / settings.pictures_folder.strip("/"), refused)
    missing = store.missing(wanted)
    if not missing:
        return ""
    for _ in progress(store.fetch(missing, client), "Pictures", len(missing)):
        pass
    gone = store.keep_to(settings.pictures * _MEGABYTE)
    if store.failed or gone:
        write_whole(note, refused_text(refused, (*store.failed, *gone)).encode())
    sentence = f" {plural(store.stored, 'picture')} stored"
    sentence += f", {len(missing) - store.stored:,} no good" if store.stored < len(missing) else ""
    return sentence + (f", {len(gone):,} old ones taken out." if gone else ".")
