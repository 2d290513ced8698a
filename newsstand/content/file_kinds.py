"""Which file of the content folder is what, by its path."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

RECORD_ENDINGS = (".md", ".markdown", ".txt")
KEY_ENDINGS = (".yaml", ".yml", *RECORD_ENDINGS)
TOPIC_FOLDER = "topics"
PROVIDER_FOLDERS = ("providers", "organizations")
PAGE_FOLDER = "pages"
FETCH_STATE_FILE = "fetch-state.jsonl"  # beside the content folder
DECISIONS_FILE = "stories.yml"
_NO_RECORDS = tuple(f"{top}/" for top in (TOPIC_FOLDER, *PROVIDER_FOLDERS, PAGE_FOLDER))


def is_ours(path: str) -> bool:
    """Whether a file of the content folder is read: a record, a topic, an outlet, a page.

    Names and folders that begin with an underscore or a dot are not, but for those in which Jekyll
    has records, nor are files that programs expect beside texts.
    """
    return is_like_ours(path) and not _is_apart(path)


def is_like_ours(path: str) -> bool:
    """Whether a file would be read if its name did not say that it should not."""
    top = path.partition("/")[0]
    name = path.rpartition("/")[2]
    if name.startswith("."):
        return False
    if "/" in path and top in (TOPIC_FOLDER, *PROVIDER_FOLDERS):
        return path.lower().endswith(KEY_ENDINGS)
    return path == DECISIONS_FILE or path.lower().endswith(RECORD_ENDINGS)


def _is_apart(path: str) -> bool:
    if path.endswith(".txt") and path.rpartition("/")[2].lower() in _BESIDE_TEXTS:
        return True
    beside = _BESIDE_PAGES if path.startswith(f"{PAGE_FOLDER}/") else _BESIDE
    if "_" not in path and "/" in path and path.rpartition("/")[2].islower():
        return path.rpartition("/")[2].partition(".")[0] in beside
    *folders, name = path.split("/")
    apart = any(part.startswith("_") and part not in _RECORD_FOLDERS for part in (*folders, name))
    return apart or name.partition(".")[0].lower() in beside


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


def is_excluded(path: str, patterns: Iterable[str]) -> bool:
    """Whether a pattern of the settings names a file, or a folder that it lies in.

    ``notes/*.md`` and ``drafts/`` are below the content folder; a pattern without a slash names
    files and folders anywhere.
    """
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
