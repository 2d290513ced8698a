"""What the preview shows of problems: a part of a page, or a page where there is no site yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from newsstand.problems import Problem

STYLE_ADDRESS = "/.newsstand-preview.css"
STYLE = """\
.newsstand-faults { all: initial; display: block; position: sticky; top: 0;
  z-index: 9999;
  max-height: 60vh; overflow: auto; padding: 1rem; background: #fff4f2; color: #331410;
  border-bottom: 4px solid #b3261e;
  font: 1rem/1.5 system-ui, sans-serif; }
.newsstand-faults :is(h2, p, ol) { margin: 0 0 .5rem; }
.newsstand-faults h2 { font-size: 1.2rem; }
.newsstand-faults pre { margin: .25rem 0; padding: .5rem; overflow: auto; background: #fff; }
"""
_MOST = 20  # problems on a page; the terminal has all


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem and the line of its file that it is about; "" where that cannot be shown."""

    problem: Problem
    source: str = ""


def banner(faults: Iterable[Fault]) -> str:
    """HTML that stands at the beginning of a page's body; "" for no faults."""
    shown = tuple(faults)
    if not shown:
        return ""
    more = f"<p>… and {len(shown) - _MOST:,} more; the terminal has all.</p>"
    return (
        '<section class="newsstand-faults" role="alert"><h2>Something is wrong</h2><ol>'
        f"{''.join(map(_entry, shown[:_MOST]))}</ol>"
        f"{more if len(shown) > _MOST else ''}</section>"
    )


def whole_page(faults: Iterable[Fault]) -> str:
    """A page for a site that could not be made yet."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Not made yet</title>'
        f"</head><body>{banner(faults)}<p>There is no site yet.</p></body></html>"
    )


def _entry(fault: Fault) -> str:
    problem = fault.problem
    place = f"{problem.path}:{problem.line}:{problem.column}"
    source = f"<pre>{_text(fault.source)}</pre>" if fault.source.strip() else ""
    return (
        f"<li><p><code>{_text(place)}</code>: {_text(problem.message)} "
        f"[{_text(problem.code)}]</p>{source}<p>{_text(problem.hint)}</p></li>"
    )


def _text(said: str) -> str:
    return escape("".join(sign if sign.isprintable() or sign == "\t" else "?" for sign in said))
