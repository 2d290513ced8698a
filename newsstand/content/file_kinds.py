"""Which file of the content folder is what, by its path."""

from __future__ import annotations

RECORD_ENDINGS = (".md", ".markdown", ".txt")
KEY_ENDINGS = (".yaml", ".yml", *RECORD_ENDINGS)
TOPIC_FOLDER = "topics"
PROVIDER_FOLDERS = ("providers", "organizations")
PAGE_FOLDER = "pages"
FETCH_STATE_FILE = "fetch-state.jsonl"  # beside the content folder
DECISIONS_FILE = "stories.yml"
_NO_RECORDS = tuple(f"{top}/" for top in (TOPIC_FOLDER, *PROVIDER_FOLDERS, PAGE_FOLDER))


def is_ours(path: str) -> bool:
    """Whether a file of the content folder is read: a record, a topic, an outlet, a page."""
    top = path.partition("/")[0]
    name = path.rpartition("/")[2]
    if name.startswith("."):
        return False
    if "/" in path and top in (TOPIC_FOLDER, *PROVIDER_FOLDERS):
        return path.lower().endswith(KEY_ENDINGS)
    return path == DECISIONS_FILE or path.lower().endswith(RECORD_ENDINGS)


def is_record(path: str) -> bool:
    """Whether a file that is read is a record."""
    return path != DECISIONS_FILE and not path.startswith(_NO_RECORDS)
