"""Typed reading of one mapping: each key's kind is declared by whoever asks for it.

Values arrive as text (see `split`) and leave as text, numbers, flags, instants and
links. What does not fit is noted as a finding and read as its default.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from newsstand.content.front_matter.fast_yaml import Value
from newsstand.content.front_matter.mapping import Mapped
from newsstand.content.never_published import (
    find_secured_in_markup,
    may_be_in_disguise,
    secured_astray,
)
from newsstand.problems import Place, error, nearest, quoted, warning
from newsstand.text.date_names import iso
from newsstand.text.dates import Time, meanings, read_time
from newsstand.text.hosts import outlet_host
from newsstand.text.links import domain_of, host_of, link_meant, web_link
from newsstand.text.lists import names_in
from newsstand.text.strings import can_be_seen, clean, one_line

HELD = "; the record was held back"
TRUE = frozenset({"true", "yes", "on", "y"})
FALSE = frozenset({"false", "no", "off", "n"})
_INTEGER = re.compile(r"[-+]?[0-9]{1,15}")
_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,2})?")
_PLAIN = re.compile(r"[^\W_][\w .+/-]*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_SHOWN = 200  # characters of a link in a message
_ONLY_HOST = "write only the host, such as harbour.example"


def flow_list(names: Sequence[object]) -> str:
    """A list in one line, as YAML reads it: ``[Ports, "Rail: news"]``."""
    shown = (one_line(str(name)) for name in names)
    plain = (
        name if _PLAIN.fullmatch(name) else json.dumps(name, ensure_ascii=not name.isprintable())
        for name in shown
    )
    return f"[{', '.join(plain)}]"


def _write_link(key: str, value: str) -> str:
    meant = link_meant(value)
    write = "write a whole address that begins with https:// and has no spaces"
    return f"write {key}: {meant}" if meant and len(meant) <= _SHOWN else write


def _write_host(key: str, value: str) -> str:
    meant = outlet_host(host_of(link_meant(value)))
    return f"write only the host: {key}: {meant}" if meant else _ONLY_HOST


class Fields(Mapped):
    """The keys of one mapping, each asked for as what it is."""

    def line(self, key: str, default: str = "") -> str:
        """A headline, a name or an excerpt: one line, entities decoded once."""
        value = self.scalar(key)
        if value is None:
            return default
        if self._is_secured((key,), value):
            return ""
        line = one_line(value)
        return line if line.isascii() or can_be_seen(line) else ""

    def block(self, key: str) -> str:
        """Text of several lines (Markdown)."""
        value = self.scalar(key)
        if value is None or self._is_secured((key,), value):
            return ""
        return clean(value).strip()

    def integer(self, key: str) -> int | None:
        """A whole number."""
        value = self.scalar(key)
        if value is None:
            return None
        if _INTEGER.fullmatch(value.strip()):
            return int(value)
        self.note(
            error(
                (key,),
                "type-number",
                f"{self.called(key)} is {quoted(value)}, not a whole number",
                f"write {key}: 70, without quotes or words",
            )
        )
        return None

    def number(self, key: str) -> float | None:
        """A number, with a point where it has a fraction."""
        value = self.scalar(key)
        if value is None:
            return None
        if _NUMBER.fullmatch(value.strip()):
            return float(value)
        self.note(
            error(
                (key,),
                "type-number",
                f"{self.called(key)} is {quoted(value)}, not a number",
                f"write {key}: 0.5, without quotes or words",
            )
        )
        return None

    def flag(self, key: str, effect: str = "") -> bool | None:
        """true, false, yes, no, on or off. `effect` is what follows where it is none of them."""
        value = self.scalar(key)
        if value is None:
            return None
        word = value.strip().lower()
        if word in TRUE or word in FALSE:
            return word in TRUE
        self.note(
            error(
                (key,),
                "type-flag",
                f"{self.called(key)} is {quoted(value)}, not yes or no{effect}",
                f"write {key}: true or {key}: false",
            )
        )
        return None

    def holds_back(self, key: str) -> str:
        """Why a flag keeps a record from being published; "" where it does not.

        Whatever is not clearly no does: a slip of the pen must let nothing out.
        """
        value = self._values.get(key)
        if value is None or value == "":
            return ""
        if isinstance(value, str):
            flag = self.flag(key, HELD)
            return "" if flag is False else key if flag else f"{self.called(key)} cannot be read"
        self.scalar(key)
        return f"{self.called(key)} cannot be read"

    def time(self, key: str, effect: str = "") -> Time | None:
        """A time in one of the forms of `read_time`; without a zone it is UTC, with a warning.

        None where there is none, or none that can be read: `is_given` tells which. `effect` is what
        the message says to follow from the latter.
        """
        value = self.scalar(key)
        if value is None or not value.strip():
            return None
        try:
            time = read_time(value)
        except (ValueError, OverflowError):
            both = meanings(value)
            hint = " or ".join(both) if both else "YYYY-MM-DDTHH:MM:SSZ, or the day alone"
            message = f"{self.called(key)} is {quoted(value)}, which is no date{effect}"
            if len(both) > 1:
                message = f"{self.called(key)} is {quoted(value)}, which may be two dates{effect}"
                hint = f"{hint}, whichever is meant"
            self.note(error((key,), "date-invalid", message, f"write {key}: {hint}"))
            return None
        if not time.zoned and not time.is_day:
            self.note(
                warning(
                    (key,),
                    "date-no-zone",
                    f"{self.called(key)} names no time zone; UTC was taken",
                    f"write {key}: {iso(time.at)}",
                )
            )
        return time

    def is_given(self, key: str) -> bool:
        """Whether the key has a value, be it a good one or not."""
        value = self._values.get(key)
        return bool(value.strip()) if isinstance(value, str) else value is not None

    def link(self, key: str) -> str:
        """An http or https link; empty where there is none."""
        value = self.scalar(key)
        if value is None or not value.strip():
            return ""
        link = web_link(value)
        if not link and "@" in value.split("?")[0].split("#")[0] and "//" in value:
            self.note(
                error(
                    (key,),
                    "link-invalid",
                    f"{self.called(key)} names a user or a password, which no link may show",
                    "delete what stands between // and @",
                )
            )
        elif not link:
            self.note(
                error(
                    (key,),
                    "link-invalid",
                    f"{self.called(key)} is {quoted(value)}, which is no link that can be shown",
                    _write_link(key, value),
                )
            )
        return link

    def domain(self, key: str) -> str:
        """A host name; empty where there is none."""
        value = self.scalar(key)
        if value is None or not value.strip():
            return ""
        domain = outlet_host(domain_of(value))
        if "." not in domain:
            self.note(
                error(
                    (key,),
                    "domain-invalid",
                    f"{self.called(key)} is {quoted(value)}, which is no host name",
                    _write_host(key, value),
                )
            )
            return ""
        return domain

    def language(self, *keys: str) -> str:
        """A language tag (BCP 47) from the first of these keys that has one."""
        for key in keys:
            value = (self.scalar(key) or "").strip().replace("_", "-")
            if not value:
                continue
            if _LANGUAGE.fullmatch(value):
                return value
            self.note(
                error(
                    (key,),
                    "language-invalid",
                    f"{self.called(key)} is {quoted(value)}, which is no language tag",
                    f"write {key}: en, {key}: pt-BR or the like",
                )
            )
        return ""

    def choice(self, key: str, words: Sequence[str], default: str) -> str:
        """The value of a key that may be one of a few words."""
        value = self.line(key)
        if not value:
            return default
        if value.lower() in words:
            return value.lower()
        close = nearest(value, words)
        self.note(
            error(
                (key,),
                "choice-unknown",
                f"{self.called(key)} is {quoted(value)}, which is not known",
                f"did you mean {close}?" if close else f"use one of {', '.join(words)}",
            )
        )
        return default

    def lines(self, key: str) -> tuple[str, ...]:
        """A list of names, each once; a single name is a list of one, with a warning."""
        value = self._values.get(key)
        if value is None or value == "":
            return ()
        if isinstance(value, str):
            parts: list[Value] = [*names_in(value)]
            message = f"{self.called(key)} is one text; it was split at its commas"
            hint = f"write {key}: {flow_list(parts)}"
            if len(parts) < 2:
                message = f"{self.called(key)} is one value, not a list"
                hint = f'write the value below {key}: with "- " in front of it'
            self.note(warning((key,), "list-expected", message, hint))
            value = parts
        names = (self._name(key, i, v) for i, v in enumerate(self.items(key, value)))
        return tuple(dict.fromkeys(name for name in names if name))

    def _name(self, key: str, index: int, value: Value) -> str:
        if isinstance(value, str):
            return "" if self._is_secured((key, index), value) else one_line(value)
        self.note(
            error(
                (key, index),
                "type-text",
                f"{key} holds {quoted(value) if value is not None else 'nothing'}, not a name",
                "write one name a line",
            )
        )
        return ""

    def _is_secured(self, at: Place, value: str) -> bool:
        """Whether a text would show the key `secured` with a value, which is noted."""
        may = "\n" in value or may_be_in_disguise(value)  # the parser has looked at others
        if not may or find_secured_in_markup(value) is None:
            return False
        self.note(secured_astray(at))
        return True
