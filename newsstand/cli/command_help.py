"""What each command is for, as its help says it."""

from __future__ import annotations

ABOUT = {
    "build": (
        "make the site (the default)",
        "Read the content folder and write the site; pages that stand are not made again.",
        "%(prog)s --strict --output public",
    ),
    "serve": (
        "show the site in a browser, and each change at once",
        "Serve the site on this machine, and make it again when a file changes.",
        "%(prog)s --drafts --open",
    ),
    "check": (
        "say all that is wrong, and publish nothing",
        "Read the site as a build does, make every page and forget it, and look further.",
        "%(prog)s --fix --dry-run",
    ),
    "stories": (
        "print stories by rank",
        "Print the stories that were found, the highest ranked first.",
        "%(prog)s --multi --since 2024-01-18 --top 10",
    ),
    "explain": (
        "say why a record is in its story",
        "Say what a record has in common with its story and others, and where its rank comes from.",
        "%(prog)s news/2024/01/bridge.md",
    ),
    "new": (
        "write a record with what is known",
        "Write a record with what is known, where records of its day lie.",
        '%(prog)s "Bridge opens early" --url https://harbour.example/bridge',
    ),
    "init": (
        "write a whole new site into an empty folder",
        "Write settings, records, topics, outlets, a page and a workflow that publishes the site.",
        '%(prog)s my-news --title "Harbour news"',
    ),
    "schema": (
        "write the JSON Schema of all files",
        "Write the JSON Schema of all files, by which editors complete and underline.",
        "%(prog)s --output .schema",
    ),
    "completion": (
        "print what completes commands in a shell",
        "Print a script that completes commands and options; a shell runs it when it starts.",
        "%(prog)s bash > ~/.local/share/bash-completion/completions/newsstand",
    ),
}
"""For each command what it is for, in a word and in a sentence, and an example."""
