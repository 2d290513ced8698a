"""The file of settings, from the disk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from msgspec import Struct

from newsstand.content.disk_reading import decode
from newsstand.content.front_matter.broken import Broken
from newsstand.content.front_matter.positions import place_findings
from newsstand.content.front_matter.split import read_mapping
from newsstand.content.kinds.settings import Config, read_config
from newsstand.content.site_inputs import SETTINGS_FILE
from newsstand.problems import Finding, Problem


class Settings(Struct, frozen=True):
    """The settings, the name and text of their file, and what is wrong with it.

    Settings that cannot be read at all, or whose `url` is none, are not usable: a site with other
    settings would be another site, with other ids in its feed.
    """

    config: Config
    name: str
    text: str
    problems: tuple[Problem, ...]
    is_usable: bool = True

    def placed(self, findings: tuple[Finding, ...]) -> tuple[Problem, ...]:
        """What showed later, at its line of the file."""
        return place_findings(findings, self.name, self.text, 1)


def read_settings(path: Path | None, base_url: str = "") -> Settings:
    """The settings of a site; all have defaults. `base_url` overrides their url."""
    name = path.name if path else SETTINGS_FILE
    config, text, problems = Config(), "", tuple[Problem, ...]()
    is_usable = True
    if path is not None and path.read_bytes().strip():
        text, unreadable = decode(path.read_bytes(), name)
        if unreadable:
            problems, is_usable = (unreadable,), False
        else:
            config, problems = read_config(text, name)
            is_usable = _can_be_used(text, config, base_url)
    config = replace(config, url=base_url) if base_url else config
    return Settings(config, name, text, problems, is_usable)


def _can_be_used(text: str, config: Config, base_url: str) -> bool:
    """Whether the file is read, and its `url` is one or another was given."""
    try:
        given = read_mapping(text)[0].get("url")
    except Broken:
        return False
    return bool(config.url or base_url or not given)
