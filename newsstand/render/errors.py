"""What is wrong with a template: where, in which page, and the nearest name that there is."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path

from jinja2 import (
    Environment,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
)
from jinja2.utils import missing
from msgspec import Struct

from newsstand.model import Page
from newsstand.problems import Problem, Severity, at_line, nearest
from newsstand.render.positions import column_of, place_of_open

BUILT_IN = "built-in"
"""``{% extends "built-in/base.html" %}`` names the template that one's own stands for."""
_REMEDY = "mend the template; docs/templates.md lists what it may print"
_DID_YOU_MEAN = "; did you mean "
_NO_SUCH = re.compile(r"No (filter|test) named '(\w+)'")
_NOT_EXPORTED = re.compile(r"the template '(.+?)' .*does not export the requested name '(\w+)'")
_NOT_THERE = re.compile(r"(\w+) does not exist")
_LEFT_OPEN = re.compile(r"block that needs to be closed is '(\w+)'")
_AT_THE_END = "Unexpected end of template"  # where Jinja names the last line
_QUOTED = re.compile(r"'([^']+)'")
_IN_NONE = " does not exist in NoneType"
_LONGEST = 300  # characters of what a stranger's exception may say


class BrokenTemplate(Exception):  # noqa: N818  (the template is broken, not the program)
    """A template that cannot be rendered; nothing is published with it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Missing(StrictUndefined):
    """A value that is not there: printing it fails, and says what there is instead."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        name, owner = str(self._undefined_name), self._undefined_obj
        if owner is missing:
            return f"{name} does not exist"
        message = f"{name} does not exist in {type(owner).__name__}"
        return message + _did_you_mean(name, _names_in(owner))


def _names_in(value: object) -> Iterable[str]:
    if isinstance(value, Struct):
        return value.__struct_fields__
    if is_dataclass(value):
        return [field.name for field in fields(value)]
    return [name for name in dir(value) if not name.startswith("_")]


def _did_you_mean(name: str, names: Iterable[str]) -> str:
    close = nearest(name, names)
    return f"{_DID_YOU_MEAN}{close}?" if close else ""


def template_problem(
    fault: Exception, page: Page, folders: Sequence[str], environment: Environment
) -> Problem:
    """An exception while rendering a page -> the problem, at the line of the template.

    `folders` are those that templates come from.
    """
    path, line, source = _place(fault, page, folders)
    text = next(iter(source.split("\n")[line - 1 : line]), "")
    message, named = _said(fault, source, text, environment)
    message, offers, close = message.partition(_DID_YOU_MEAN)
    column = column_of(source, line, named)
    left_open = _LEFT_OPEN.search(message)
    place = place_of_open(source, left_open[1], line) if left_open else None
    if place:
        message = f"{message} It begins in line {place[0]}."
        line, column = place if message.startswith(_AT_THE_END) else (line, column)
    while_making = _while_making(page)
    shown = "".join(sign if sign.isprintable() else "?" for sign in message)[:_LONGEST]
    return Problem(
        f"templates/{path}",
        line,
        column,
        Severity.ERROR,
        "template-broken",
        f"{shown.removesuffix('.') if while_making else shown}{while_making}",
        f"did you mean {close} Else {_REMEDY}" if offers else _REMEDY,
    )


def only_compiled(_common: object, _inputs: object) -> None:
    """The view of a template of which no page is made."""


def _while_making(page: Page) -> str:
    """The page that was made; nothing where a template is only compiled."""
    if page.view is only_compiled:
        return ""
    whose = f" of {page.source}" if page.source else ""
    return f", while making the page /{page.address}{whose}"


def extends_itself(page: Page) -> Problem:
    """The problem of a template that leads to itself without an end."""
    return at_line(
        f"templates/{page.template}",
        1,
        "template-broken",
        f"the template extends or includes itself, while making the page /{page.address}",
        f'to change a block of a built-in template write {{% extends "{BUILT_IN}/base.html" %}}',
    )


def _place(fault: Exception, page: Page, folders: Sequence[str]) -> tuple[str, int, str]:
    """Path, line and text of the template that is to blame: the innermost one."""
    if isinstance(fault, TemplateSyntaxError):
        path = _below(fault.name or page.template, folders).removeprefix(f"{BUILT_IN}/")
        return path, fault.lineno or 1, fault.source or ""
    if isinstance(fault, UnicodeDecodeError):
        return _unreadable(folders) or (page.template, 1, "")
    for frame in reversed(traceback.extract_tb(fault.__traceback__)):
        for folder in folders:
            if Path(frame.filename).is_relative_to(folder) and Path(frame.filename).is_file():
                path = Path(frame.filename).relative_to(folder).as_posix()
                text = Path(frame.filename).read_text(encoding="utf-8")
                return path, frame.lineno or 1, text
    return page.template, 1, ""


def _below(name: str, folders: Sequence[str]) -> str:
    """A template's name; Jinja gives its file where no tag can be told from text."""
    for folder in folders:
        if Path(name).is_relative_to(folder):
            return Path(name).relative_to(folder).as_posix()
    return name


def _unreadable(folders: Sequence[str]) -> tuple[str, int, str] | None:
    """Path, line and text of the first template that is not in UTF-8."""
    for folder in folders:
        for file in sorted(path for path in Path(folder).rglob("*.*") if path.is_file()):
            data = file.read_bytes()
            try:
                data.decode()
            except UnicodeDecodeError as fault:
                line = data.count(b"\n", 0, fault.start) + 1
                return file.relative_to(folder).as_posix(), line, data.decode(errors="replace")
    return None


def _said(fault: Exception, source: str, text: str, environment: Environment) -> tuple[str, str]:
    """What is wrong, and a pattern for the word that the line (`text`) has for it; "" if none."""
    message = str(fault)
    unknown = _NO_SUCH.match(message)
    if isinstance(fault, TemplateNotFound):
        name = str(fault.name)
        close = _did_you_mean(name, environment.list_templates())
        return f"there is no template {name!r}{close}", re.escape(name)
    if unknown:
        kind, name = unknown.groups()
        names = list(environment.filters if kind == "filter" else environment.tests)
        return f"there is no {kind} {name}{_did_you_mean(name, names)}", rf"\b{name}\b"
    if isinstance(fault, UndefinedError):
        return _missing(message, source, text, environment)
    if isinstance(fault, UnicodeDecodeError):
        return "the template is not in UTF-8: save it in that encoding", "\ufffd"
    if isinstance(fault, TemplateSyntaxError):
        words = (re.escape(word) for word in _QUOTED.findall(message))
        return message, next((word for word in words if re.search(word, text)), "")
    return f"{type(fault).__name__}: {message}{_in_filter(fault)}", ""


def _missing(message: str, source: str, text: str, environment: Environment) -> tuple[str, str]:
    """``headlin does not exist in …`` -> ``page.headlin does not exist in …``."""
    exported, not_there = _NOT_EXPORTED.match(message), _NOT_THERE.match(message)
    if exported:
        template, name = exported.groups()
        names = _stored_names(_source_of(template, environment), environment)
        return f"{template} has no macro {name}{_did_you_mean(name, names)}", rf"\b{name}\b"
    if not not_there:
        return message, ""
    name = not_there[1]
    if message == not_there[0]:
        names = {"page", *environment.globals, *_stored_names(source, environment)}
        return f"{message}{_did_you_mean(name, names)}", rf"(?<![\w.]){name}\b"
    whole = re.search(rf"[\w.]+\.{name}\b", text)
    shown = whole[0] if whole else name
    owner = shown.rpartition(".")[0]
    if owner and message.endswith(_IN_NONE):
        message = f"{name} does not exist: {owner} is none here, ask {{% if {owner} %}} first"
    return message.replace(name, shown, 1), rf"(?<=\.){name}\b" if whole else rf"\b{name}\b"


def _source_of(template: str, environment: Environment) -> str:
    return environment.loader.get_source(environment, template)[0] if environment.loader else ""


def _stored_names(source: str, environment: Environment) -> set[str]:
    """The names that a template sets, imports or takes as arguments by itself."""
    tree = environment.parse(source)
    stored = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    for imported in tree.find_all(nodes.FromImport):
        stored |= {name if isinstance(name, str) else name[1] for name in imported.names}
    return stored | {macro.name for macro in tree.find_all(nodes.Macro)}


def _in_filter(fault: Exception) -> str:
    frame = traceback.extract_tb(fault.__traceback__)[-1]
    own = Path(frame.filename).name == "filters.py"
    return f" (line {frame.lineno} of filters.py, in {frame.name})" if own else ""
