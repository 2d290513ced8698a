"""docs/errors.md lists every code that the program uses, and no other."""

from __future__ import annotations

import ast
import re

from tests.sites import ROOT

_CODE = re.compile(r"[a-z]+(?:-[a-z]+)+")
_ROW = re.compile(r"\| `([a-z-]+)` \| (error|warning|note) \| (.+?) \| (.+?) \|")
# Names of encodings are written like codes.
# An encoding, names of HTTP headers, an attribute of HTML.
_NO_CODES = {
    *("utf-sig", "cache-control", "cf-mitigated", "content-type", "last-modified", "retry-after"),
    "data-src",
}


def codes_of(source: str) -> set[str]:
    """The codes that a module hands on: texts such as ``date-invalid`` among the arguments."""
    arguments = (
        argument
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and not _sets_a_header(node)
        for argument in node.args
    )
    texts = {a.value for a in arguments if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    return {text for text in texts if _CODE.fullmatch(text)} - _NO_CODES


def _sets_a_header(call: ast.Call) -> bool:
    """Values of HTTP headers are written like codes: ``no-store``."""
    return isinstance(call.func, ast.Attribute) and call.func.attr == "set_header"


def rows() -> list[tuple[str, str, str, str]]:
    """The table: code, kind, cause and remedy."""
    return _ROW.findall((ROOT / "docs" / "errors.md").read_text(encoding="utf-8"))


def used_codes() -> set[str]:
    """The codes of all modules."""
    modules = (ROOT / "newsstand").rglob("*.py")
    return set().union(*(codes_of(path.read_text(encoding="utf-8")) for path in modules))


def test_codes_are_found_where_they_are_handed_on() -> None:
    """A code is an argument of a call; other texts are none."""
    source = 'error(("title",), "title-missing", "no title", f"a-b"); x = "not-this"; g("utf-8")'
    assert codes_of(source) == {"title-missing"}
    assert codes_of('self.set_header("Cache-Control", "no-store"); e("no-store-b")') == {
        "no-store-b"
    }


def test_every_code_is_documented_and_no_other() -> None:
    """An editor finds each code in the table, and nothing that no build says."""
    assert {code for code, *_ in rows()} == used_codes()


def test_the_table_is_in_order_and_says_all() -> None:
    """Codes are sorted, each stands once, and cause and remedy are sentences."""
    codes = [code for code, *_ in rows()]
    assert codes == sorted(set(codes))
    for code, _, cause, remedy in rows():
        assert cause.endswith("."), code
        assert remedy.endswith("."), code


def test_the_kind_of_each_code_is_that_of_the_cases() -> None:
    """What the broken records of the tests say is an error or a warning as documented."""
    kinds = {code: kind for code, kind, *_ in rows()}
    said = re.compile(r": (error|warning): .+ \[([a-z-]+)\]$", re.MULTILINE)
    cases = (ROOT / "tests" / "broken").glob("*/expected.txt")
    found = {pair for case in cases for pair in said.findall(case.read_text(encoding="utf-8"))}
    assert len(found) > 35
    assert {(kind, code) for kind, code in found if kinds.get(code) != kind} == set()
