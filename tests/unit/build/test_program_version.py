"""What the program remembers is believed only by the same program."""

from __future__ import annotations

from pathlib import Path

from newsstand import packaged_files
from newsstand.build.program_version import code_of, installed_in


def test_a_change_of_a_module_in_a_package_is_another_program(tmp_path: Path) -> None:
    """Not only modules at the top count."""
    module = tmp_path / "content" / "kinds" / "record.py"
    module.parent.mkdir(parents=True)
    module.write_text("A = 1\n", encoding="utf-8")
    before = code_of(tmp_path)
    module.write_text("A = 2\n", encoding="utf-8")
    assert code_of(tmp_path) != before


def test_every_module_of_the_program_counts() -> None:
    """Those in sub-packages too, each by its whole path."""
    names = {name for name, _ in code_of(packaged_files.PROGRAM)}
    assert {"pipeline.py", "content/content_reader.py", "content/front_matter/split.py"} <= names


def test_another_version_of_a_library_is_another_program(tmp_path: Path) -> None:
    """Any library may change what a page says."""
    (tmp_path / "pymdown_extensions-10.1.dist-info").mkdir()
    before = installed_in([str(tmp_path)])
    (tmp_path / "pymdown_extensions-10.1.dist-info").rename(
        tmp_path / "pymdown_extensions-10.2.dist-info"
    )
    assert installed_in([str(tmp_path)]) != before
