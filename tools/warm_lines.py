"""How much of the program is there only so that a build does less than a clean one.

    python -m tools.warm_lines

Counts the modules of ``newsstand/build`` and those elsewhere that only serve them.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent / "newsstand"
ELSEWHERE = (
    "content/bodies.py",
    "content/link_hashes.py",
    "content/remembered_files.py",
    "content/file_stamps.py",
    "content/process_transfer.py",
    "stories/unchanged_stories.py",
    "text/fingerprint.py",
)


def warm_modules() -> list[Path]:
    """All modules that serve warm builds."""
    return sorted([*(_PACKAGE / "build").glob("*.py"), *[_PACKAGE / path for path in ELSEWHERE]])


def lines_of(paths: list[Path]) -> dict[str, int]:
    """Lines of each module, comments and blank lines included, by its path in the package."""
    return {
        path.relative_to(_PACKAGE).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in paths
    }


def main() -> None:
    """Print each module's lines, then their sum and its part of the program."""
    counted = lines_of(warm_modules())
    for path, lines in sorted(counted.items(), key=lambda pair: -pair[1]):
        print(f"{lines:6,}  {path}")
    total, whole = sum(counted.values()), sum(lines_of(list(_PACKAGE.rglob("*.py"))).values())
    print(f"{total:6,}  of {whole:,} lines, {total / whole:.0%}")


if __name__ == "__main__":
    main()
