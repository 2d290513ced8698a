"""Which file of the content folder is what, by its path."""

from __future__ import annotations

from collections.abc import Collection
from fnmatch import fnmatchcase

RECORD_ENDINGS = (".md", ".markdown", ".txt")
KEY_ENDINGS = (".yaml", ".yml", *RECORD_ENDINGS)
TOPIC_FOLDER = "topics"
PROVIDER_FOLDERS = ("providers", "organizations")
PAGE_FOLDER = "pages"
FETCH_STATE_FILE = "fetch-state.jsonl"  # beside the content folder
DECISIONS_FILE = "stories.yml"
_OF_KEYS = tuple(f"{top}/" for top in (TOPIC_FOLDER, *PROVIDER_FOLDERS))
_NO_RECORDS = (*_OF_KEYS, f"{PAGE_FOLDER}/")


def is_ours(path: str) -> bool:
    """Whether a file of the content folder is read: a record, a topic, an outlet, a page.

    Names and folders that begin with an underscore or a dot are not, but for those in which Jekyll
    has records, nor are files that programs expect beside texts.
    """
    return is_like_ours(path) and not _is_apart(path)


def is_like_ours(path: str) -> bool:
    """Whether a file would be read if its name did not say that it should not."""
    if path.rpartition("/")[2].startswith("."):
        return False
    endings = KEY_ENDINGS if path.startswith(_OF_KEYS) else RECORD_ENDINGS
    return path.lower().endswith(endings) or path == DECISIONS_FILE


def _is_apart(path: str) -> bool:
    name = path.rpartition("/")[2]
    if name.endswith(".txt") and name.lower() in _BESIDE_TEXTS:
        return True
    if "_" in path:
        parts = [part for part in path.split("/") if part.startswith("_")]
        if not _RECORD_FOLDERS.issuperset(parts):
            return True
    beside = _BESIDE_PAGES if path.startswith(f"{PAGE_FOLDER}/") else _BESIDE
    return name.partition(".")[0].lower() in beside


_RECORD_FOLDERS = frozenset({"_posts"})
_BESIDE_PAGES = frozenset({"readme", "license", "licence"})
# Text files that are for programs, or for their writer alone.
_BESIDE_TEXTS = frozenset(
    "todo.txt todos.txt to-do.txt notes.txt ideas.txt scratch.txt changelog.txt requirements.txt "
    "robots.txt humans.txt ads.txt".split()
)
_BESIDE = frozenset(
    "readme license licence copying contributing code_of_conduct security authors".split()
)


def is_excluded(path: str, patterns: Collection[str]) -> bool:
    """Whether a pattern of the settings names a file, or a folder that it lies in.

    ``notes/*.md`` and ``drafts/`` are below the content folder; a pattern without a slash names
    files and folders anywhere.
    """
    if not patterns:
        return False
    parts = path.split("/")
    wholes = ["/".join(parts[: n + 1]) for n in range(len(parts))]
    for pattern in patterns:
        plain = pattern.strip("/")
        candidates = parts if "/" not in plain and not pattern.startswith("/") else wholes
        if any(fnmatchcase(candidate, plain) for candidate in candidates):
            return True
    return False


def is_record(path: str) -> bool:
    """Whether a file that is read is a record."""
    return path != DECISIONS_FILE and not path.startswith(_NO_RECORDS)
