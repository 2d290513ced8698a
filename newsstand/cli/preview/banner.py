"""What the preview adds to pages: what is wrong, and what a build would hold back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from newsstand.model import DRAFT
from newsstand.problems import Problem

STYLE_ADDRESS = "/.newsstand-preview.css"
STYLE = """\
:root { --preview-paper: #fff4f2; --preview-ink: #331410; --preview-line: #b3261e;
  --preview-source: #fff; --preview-wait: #fff3c4; --preview-wait-ink: #3b2f00; }
@media (prefers-color-scheme: dark) {
  :root { --preview-paper: #2b1512; --preview-ink: #ffe3dd; --preview-line: #ff8a7a;
    --preview-source: #1a0c0a; --preview-wait: #3a3000; --preview-wait-ink: #ffedb0; }
}
.newsstand-faults, .newsstand-waiting { all: initial; display: block; box-sizing: border-box;
  padding: .75rem max(1rem, calc(50vw - 37.5rem)); font: 1rem/1.5 system-ui, sans-serif; }
.newsstand-faults { position: sticky; top: 0; z-index: 9999; max-height: 60vh; overflow: auto;
  background: var(--preview-paper); color: var(--preview-ink);
  border-bottom: 4px solid var(--preview-line); }
html:has(.newsstand-faults), body:has(> .newsstand-faults) { overflow-anchor: none; }
.newsstand-waiting { background: var(--preview-wait); color: var(--preview-wait-ink); }
.newsstand-faults :is(h2, p, ol, pre), .newsstand-waiting p { margin: 0; }
.newsstand-faults ol { padding: 0; list-style: none; }
.newsstand-faults li { margin-top: .75rem; overflow-wrap: anywhere; }
.newsstand-faults h2 { font-size: 1.2rem; }
.newsstand-faults .place { font: .875rem/1.5 ui-monospace, monospace; }
.newsstand-faults pre { margin: .25rem 0; padding: .5rem; overflow: auto;
  background: var(--preview-source); font: .875rem/1.5 ui-monospace, monospace; }
.newsstand-faults mark { background: var(--preview-line); color: var(--preview-source); }
"""
_EMPTY_STYLE = "body { margin: 0; background: Canvas; color-scheme: light dark; }"
OF_THE_LAST = "Below is the site as it was last made: what is wrong is not in it."
LEFT_OUT = (
    "There is no page at this address now: a record with an error is left out until it is mended. "
    "Below is the page that a reader would get."
)
_MOST = 20  # problems on a page; the terminal has all
_BEFORE, _BEHIND = 100, 140  # characters of a long line that are shown beside its column


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem and the line of its file that it is about; "" where that cannot be shown."""

    problem: Problem
    source: str = ""


def banner(faults: Iterable[Fault], sentence: str = OF_THE_LAST) -> str:
    """HTML that stands at the beginning of a page's body; "" for no faults."""
    shown = tuple(faults)
    if not shown:
        return ""
    more = f"<p>… and {len(shown) - _MOST:,} more; the terminal has all.</p>"
    return (
        '<section class="newsstand-faults" role="alert"><h2>Something is wrong</h2>'
        f"<p>{sentence}</p><ol>{''.join(map(_entry, shown[:_MOST]))}</ol>"
        f"{more if len(shown) > _MOST else ''}</section>"
    )


def whole_page(faults: Iterable[Fault]) -> str:
    """A page for a site that could not be made yet."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Not made yet</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_EMPTY_STYLE}</style></head><body>{banner(faults, '')}"
        '<section class="newsstand-waiting"><p>There is no site yet. This page changes by itself '
        "when there is one.</p></section></body></html>"
    )


def waiting_banner(reason: str) -> str:
    """HTML that says why a build would hold this page's record back; "" for no reason."""
    if not reason:
        return ""
    remedy = (
        "delete draft: true to publish it" if reason == DRAFT else "a build from then on has it"
    )
    return (
        '<section class="newsstand-waiting" role="note"><p>'
        f"<strong>Only in this preview: {_text(reason)}.</strong> No build has this page; "
        f"{remedy}.</p></section>"
    )


def marks(waiting: Mapping[str, str]) -> str:
    """Style rules that mark links to such pages in lists: address below the root -> reason."""
    return "".join(
        f'a[href$="/{_quoted(address)}"]::after, a[href="{_quoted(address)}"]::after {{ '
        f'content: " {_quoted(reason)}"; margin-left: .4em; padding: 0 .4em; '
        "background: var(--preview-wait); color: var(--preview-wait-ink); "
        "font: 700 .75rem/1.5 system-ui, sans-serif; }\n"
        for address, reason in sorted(waiting.items())
    )


def _quoted(text: str) -> str:
    """Text inside a string of CSS, where nothing can end it."""
    plain = "-_./ "
    return "".join(c if c.isalnum() or c in plain else f"\\{ord(c):x} " for c in text)


def _entry(fault: Fault) -> str:
    problem = fault.problem
    place = f"{problem.path}:{problem.line}:{problem.column}"
    source = f"<pre>{_excerpt(fault)}</pre>" if fault.source.strip() else ""
    return (
        f'<li><p class="place">{_text(place)}</p><p><strong>{_text(problem.message)}</strong> '
        f"[{_text(problem.code)}]</p>{source}<p>{_text(problem.hint)}</p></li>"
    )


def _excerpt(fault: Fault) -> str:
    """The line with its number, the sign at the column marked; of a long one what is near it."""
    line, at = fault.source.rstrip(), fault.problem.column - 1
    first = max(0, at - _BEFORE) if len(line) > _BEFORE + _BEHIND else 0
    last = max(at, 0) + _BEHIND if len(line) > _BEFORE + _BEHIND else len(line)
    before, sign, behind = line[first:at], line[at : at + 1], line[at + 1 : last]
    shown = f"{_text(before)}<mark>{_text(sign)}</mark>{_text(behind)}"
    dots = ("…" if first else "", "…" if last < len(line) else "")
    return f"{fault.problem.line:,} | {dots[0]}{shown}{dots[1]}"


def _text(text: str) -> str:
    return escape("".join(sign if sign.isprintable() or sign == "\t" else "?" for sign in text))


def held_banner(why: str) -> str:
    """HTML that says why there is no page at an address; "" for no reason."""
    if not why:
        return ""
    return (
        '<section class="newsstand-waiting" role="note"><p>The record of this address is held back '
        f"({escape(why)}).</p></section>"
    )
