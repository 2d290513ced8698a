"""What is wrong with a style sheet, where browsers drop it without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsstand.check.style_sheets import broken_sheets, fault_of
from tests.sites import ROOT, write_site


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        (":root {\n  --accent: red;\n", 1, 7, "never closed"),
        ("a { color: red }\n}\n", 2, 1, "closes nothing"),
        ("a { color: red }\n/* b {\n", 2, 1, "comment"),
        ('a::after {\n  content: "x;\n}\n', 2, 12, "quotes"),
        ("a { width: calc(1px + 2px; }\nb { color: red }\n", 1, 28, "closes nothing"),
        ("a {\n  color red;\n}\n", 2, 3, "no colon"),
        ("a { color: red; background }", 1, 17, "no colon"),
        ("a\\{ { b: c", 1, 5, "never closed"),
        ("@media (width < 40em) {\n  a { color: red }\n", 1, 23, "never closed"),
    ],
)
def test_a_fault_is_found_where_it_begins(text: str, line: int, column: int, said: str) -> None:
    """Of several the first one."""
    fault = fault_of(text)
    assert fault is not None
    at, message, _ = fault
    assert (text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)) == (line, column)
    assert said in message


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/* { */ a::before { content: '}'; }",
        ":root{--a:{b};--c:'\\'' }a:not([href='x;y']){background:url(data:image/png;base64,AA==)}",
        "@import 'a.css'; @layer a, b; @media print { a { b: c } @page { margin: 0 } }",
        "a { &:hover { color: red } .b & { color: blue; } @apply --x; }",
        r".before\:content-\[\'\'\]:before{content:''} .u\(x{a:b} .w-1\/2{a:b} a{b:c\;d}",
        'a { background: url( "a b.png" ) ; ; }\n@font-face { src: url(a.woff2) }',
    ],
)
def test_what_css_may_be_is_no_fault(text: str) -> None:
    """Signs in quotes and comments, nesting, rules with an at."""
    assert fault_of(text) is None


def test_our_own_sheets_have_none() -> None:
    """Neither the built-in one nor that of a new site, and those of the documentation."""
    folders = (ROOT / name for name in ("static", "newsstand", "docs"))
    sheets = [path for folder in folders for path in folder.rglob("*.css")]
    assert len(sheets) >= 2
    assert {path: fault for path in sheets if (fault := fault_of(path.read_text("utf-8")))} == {}


def test_each_sheet_is_named_by_its_place(tmp_path: Path) -> None:
    """Only those of the folder; what is no text is said elsewhere."""
    files = {"css/own.css": "a {\n", "css/fine.css": "a {}", "x.txt": "a {", "deep/b.css": "}\n"}
    folder = write_site(tmp_path, files)
    said = list(broken_sheets([folder, tmp_path / "missing"]))
    assert [(p.path, p.line, p.code) for p in said] == [
        ("static/css/own.css", 1, "style-broken"),
        ("static/deep/b.css", 1, "style-broken"),
    ]
