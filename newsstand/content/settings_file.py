"""The file of settings, from the disk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from newsstand.content.files import decode
from newsstand.content.front_matter.positions import place_findings
from newsstand.content.input_files import SETTINGS_FILE
from newsstand.content.kinds.settings import Config, read_config
from newsstand.problems import Finding, Problem


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings, the name and text of their file, and what is wrong with it."""

    config: Config
    name: str
    text: str
    problems: tuple[Problem, ...]

    def placed(self, findings: tuple[Finding, ...]) -> tuple[Problem, ...]:
        """What showed later, at its line of the file."""
        return place_findings(findings, self.name, self.text, 1)


def read_settings(path: Path | None, base_url: str = "") -> Settings:
    """The settings of a site; all have defaults. `base_url` overrides their url."""
    name = path.name if path else SETTINGS_FILE
    config, text, problems = Config(), "", tuple[Problem, ...]()
    if path is not None and path.read_bytes().strip():
        text, unreadable = decode(path.read_bytes(), name)
        if unreadable:
            problems = (unreadable,)
        else:
            config, problems = read_config(text, name)
    return Settings(replace(config, url=base_url) if base_url else config, name, text, problems)
