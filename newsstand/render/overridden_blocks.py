"""A site's own templates, looked at before they are used: blocks that would never be seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes
from msgspec import Struct

from newsstand.content.disk_reading import list_files
from newsstand.problems import Problem, Severity, nearest, quoted
from newsstand.render.errors import BUILT_IN
from newsstand.render.positions import column_of

_KINDS = frozenset((".html", ".txt", ".xml"))  # others beside them, such as a README, are none


class _Parsed(Struct, frozen=True):
    """A template's tree, and the text that it was made from."""

    tree: nodes.Template
    source: str

    @property
    def parent(self) -> str:
        """The template that it extends; empty for none, or one that is only known later."""
        extended = next(self.tree.find_all(nodes.Extends), None)
        named = extended.template if extended else None
        return str(named.value) if isinstance(named, nodes.Const) else ""

    def blocks(self) -> dict[str, int]:
        """The line of each block."""
        return {block.name: block.lineno for block in self.tree.find_all(nodes.Block)}

    def outer_blocks(self) -> dict[str, int]:
        """The blocks that stand in no other block of this template."""
        return {b.name: b.lineno for b in self.tree.body if isinstance(b, nodes.Block)}


def lost_blocks(folders: Sequence[Path]) -> tuple[Problem, ...]:
    """Warnings about blocks that the template above does not have: they are never shown.

    `folders` are the built-in one, then a site's own; a later one overrides an earlier one.
    """
    if len(folders) < 2:
        return ()
    built_in, own = _parsed(folders[:1]), _parsed(folders[1:])
    return tuple(_blocks_lost(own, built_in))


def _parsed(folders: Sequence[Path]) -> dict[str, _Parsed]:
    """The templates of these folders that can be read at all, by name."""
    # Nothing is printed with it.
    environment = Environment()  # noqa: S701
    templates = {}
    for folder in folders:
        for path in (folder / name for name in list_files(folder).paths):
            if path.suffix in _KINDS:
                try:
                    source = path.read_text(encoding="utf-8")
                    tree = environment.parse(source)
                except (TemplateSyntaxError, UnicodeDecodeError):
                    continue  # said where it is used
                templates[path.relative_to(folder).as_posix()] = _Parsed(tree, source)
    return templates


def _blocks_lost(own: Mapping[str, _Parsed], built_in: Mapping[str, _Parsed]) -> Iterator[Problem]:
    for name, template in own.items():
        blocks = _blocks_above(template, own, built_in)
        for block, line in template.outer_blocks().items():
            if template.parent and blocks and block not in blocks:
                close = nearest(block, blocks)
                yield Problem(
                    f"templates/{name}",
                    line,
                    column_of(template.source, line, rf"(?<=\s){block}\b"),
                    Severity.WARNING,
                    "block-unknown",
                    f"{template.parent} has no block {quoted(block)}: what is in it is never shown",
                    f"did you mean {close}?" if close else f"it has {', '.join(sorted(blocks))}",
                )


def _blocks_above(
    template: _Parsed, own: Mapping[str, _Parsed], built_in: Mapping[str, _Parsed]
) -> set[str]:
    """All blocks of what a template extends; none where that cannot be told."""
    blocks: set[str] = set()
    seen = {id(template)}
    while template.parent:
        name = template.parent.removeprefix(f"{BUILT_IN}/")
        only_built_in = name != template.parent
        above = built_in.get(name) if only_built_in else own.get(name, built_in.get(name))
        if above is None or id(above) in seen:
            return set()  # said where it is used
        seen.add(id(above))
        blocks |= above.blocks().keys()
        template = above
    return blocks
