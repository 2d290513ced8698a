"""Write what templates may use into the documentation, from the code and the files themselves.

docs/templates.md gets blocks and the views of pages, docs/views.md their parts, docs/themes.md the
design tokens.

python -m tools.document_templates [--check]
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType, NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from markupsafe import Markup
from msgspec import Struct, structs

from newsstand.outputs.feeds import views as feed_views
from newsstand.outputs.html import views_of_pages, views_of_parts

_ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = _ROOT / "templates"
STYLESHEET = _ROOT / "static" / "css" / "site.css"
END = "<!-- end -->"
_PLAIN = {str: "text", int: "number", bool: "yes or no", Markup: "HTML, safe to print"}
_BLOCK = re.compile(r"{%-?\s*block (\w+)")
_TOKEN = re.compile(r"(--[\w-]+):\s*([^;]+);")
_MEANING = {
    "--paper": "ground of the page",
    "--wash": "ground of what is set apart: pictures, this report among others, days without any",
    "--ink": "text and headlines",
    "--quiet": "text beside: times, hosts, counts",
    "--rule": "thin lines",
    "--strong-rule": "lines below the masthead and above each section",
    "--accent": "links, badges, the current section",
    "--visited": "headlines that were followed",
    "--mark-light": "lightness of the outlets' marks (OKLCH, 0 to 1)",
    "--mark-chroma": "strength of the marks' colours (OKLCH)",
    "--level-1": "calendar: a day with few reports",
    "--level-2": "calendar: more",
    "--level-3": "calendar: many",
    "--level-4": "calendar: most",
    "--level-ink": "calendar: figures on the light shades",
    "--level-ink-strong": "calendar: figures on the dark shades",
    "--serif": "face of headlines and text",
    "--sans": "face of everything else",
    "--size-lead": "size of the leading headline",
    "--size-title": "size of a page's heading",
    "--size-second": "size of the headlines beside the leading one",
    "--size-list": "size of headlines in lists",
    "--size-text": "size of running text",
    "--size-label": "size of what is set small",
    "--gap": "space between columns and sections",
    "--width": "widest page",
    "--measure": "widest line of text",
}


def main() -> int:
    """Write the pages, or with ``--check`` only say whether they are as they should be."""
    wrong = [path for path, wanted in documents() if path.read_text(encoding="utf-8") != wanted]
    if "--check" in sys.argv[1:]:
        return int(bool(wrong))
    for path, wanted in documents():
        path.write_text(wanted, encoding="utf-8")
    return 0


def documents() -> Iterator[tuple[Path, str]]:
    """Each page of the documentation with generated parts, and its text as it should be."""
    templates = _ROOT / "docs" / "templates.md"
    text = templates.read_text(encoding="utf-8")
    for name, part in (
        ("site", _of_class(views_of_parts.SiteView)),
        ("pages", _joined(map(_of_page, _classes(views_of_pages, feed_views)))),
        ("blocks", _blocks()),
    ):
        text = _with_part(text, name, part)
    yield templates, text
    parts = _joined(map(_of_part, _classes(views_of_parts, views_of_pages, feed_views)))
    of_views = _ROOT / "docs" / "views.md"
    yield of_views, _with_part(of_views.read_text(encoding="utf-8"), "parts", parts)
    themes = _ROOT / "docs" / "themes.md"
    yield themes, _with_part(themes.read_text(encoding="utf-8"), "tokens", _tokens())


def _joined(parts: Iterable[str]) -> str:
    return "\n".join(filter(None, parts))


def _with_part(text: str, name: str, part: str) -> str:
    begin = f"<!-- {name}: made by tools/document_templates.py -->\n"
    before, rest = text.split(begin, 1)
    after = rest.split(END, 1)[1]
    return f"{before}{begin}\n{part.strip()}\n\n{END}{after}"


def _classes(*modules: ModuleType) -> list[type]:
    """The views that these modules define, in the order of the source."""
    found = [
        value
        for module in modules
        for value in vars(module).values()
        if _is_view(value) and getattr(value, "__module__", "") == module.__name__
    ]
    return [kind for kind in found if kind is not views_of_parts.SiteView]


def _is_view(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, Struct)


def _template_of(kind: type) -> str:
    """``front.html: the front page …`` -> ``front.html``; empty for a part."""
    found = re.match(r"(\w+\.\w+)\b", kind.__doc__ or "")
    return found[1] if found else ""


def _of_page(kind: type) -> str:
    template = _template_of(kind)
    if not template:
        return ""
    about = f"`page` is of the kind `{kind.__name__}`. {_about(kind)}"
    return f"### {template}\n\n{about}\n\n{_of_class(kind)}"


def _of_part(kind: type) -> str:
    if _template_of(kind):
        return ""
    return f"### {kind.__name__}\n\n{_about(kind)}\n\n{_of_class(kind)}"


def _about(kind: type) -> str:
    text = " ".join(inspect.cleandoc(kind.__doc__ or "").split())
    plain = re.sub(r"^\w+\.\w+:? ", "", text)
    return f"{plain[:1].upper()}{plain[1:]}"


def _of_class(kind: type) -> str:
    """The fields of a view as a Markdown table."""
    hints, comments = get_type_hints(kind), _comments(kind)
    lines = ["| name | kind | |", "|---|---|---|"]
    lines += [
        f"| `{field.name}` | {_kind(hints[field.name])} | {comments.get(field.name, '')} |"
        for field in structs.fields(kind)
    ]
    return "\n".join(lines) + "\n"


def _kind(hint: Any) -> str:  # noqa: ANN401  (any annotation of a view)
    if hint in _PLAIN:
        return _PLAIN[hint]
    if isinstance(hint, UnionType):
        (inner,) = (part for part in get_args(hint) if part is not NoneType)
        return f"{_kind(inner)} or none"
    if get_origin(hint) is tuple:
        return f"list of {_kind(get_args(hint)[0])}"
    return f"[{hint.__name__}](views.md#{hint.__name__.lower()})"


def _comments(kind: type) -> dict[str, str]:
    """What the source says behind each field."""
    lines = inspect.getsource(kind).splitlines()
    tree = ast.parse("\n".join(lines)).body[0]
    assert isinstance(tree, ast.ClassDef)
    found = {}
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            _, hash_sign, comment = lines[node.lineno - 1].partition("  # ")
            found[node.target.id] = comment.strip().replace("|", "\\|") if hash_sign else ""
    return found


def _blocks() -> str:
    lines = ["| template | blocks |", "|---|---|"]
    for path in sorted(TEMPLATES.glob("*.html")):
        names = dict.fromkeys(_BLOCK.findall(path.read_text(encoding="utf-8")))
        lines.append(f"| `{path.name}` | {_in_code(names)} |")
    return "\n".join(lines)


def _in_code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _tokens() -> str:
    """The custom properties of the stylesheet: by day, by night, what for."""
    roots = re.findall(r":root\s*{([^}]*)}", STYLESHEET.read_text(encoding="utf-8"))
    light, dark = (dict(_TOKEN.findall(root)) for root in roots[:2])
    lines = ["| token | light | dark | what it is |", "|---|---|---|---|"]
    for name, value in light.items():
        night = f"`{dark[name]}`" if name in dark else "the same"
        lines.append(f"| `{name}` | `{value}` | {night} | {_MEANING[name]} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
