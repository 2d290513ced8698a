"""Front matter of all kinds, made by Hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

_TAME_KEYS = (
    "title excerpt webUrl heat related images provider secured Secured a a-b 1 true".split()
)
_KEYS = st.sampled_from(_TAME_KEYS)
_ODD_KEYS = st.one_of(
    st.sampled_from("'secured' ｓecured << ? - ~ # & *".split()), st.text(max_size=6)
)
_TAME_WORDS = (
    "Bridge No yes ~ null true 2024 010 0x1F 1_000 1.10 +5 1e3 .5 .inf 2024-01-18 12:30 -1 a:b "
    "a#b (a) /a $a [a] {a} & * ! | > % ` @ , it's \" secured Secured: https://quay.example/a?b=c#d "
    "“a” é 日本 🚢 \xa0 \u200d"
).split(" ")
_WORDS = st.sampled_from(_TAME_WORDS)
_ODD_WORDS = st.one_of(
    st.sampled_from(
        "- -- --- ... a: :a : #a # &a *a !a !!str | > >- |- @a `a %a ? ?a , [ ] { } [a] {a:b} "
        "secured: {secured: opaque1234567890abcdef= \\ \\x41 \t \x85 \u2028 \ufeff \x07 \r".split(
            " "
        )
    ),
    st.text(max_size=8),
)


class _Writer:
    """Draws front matter in which so many parts of a hundred are odd."""

    def __init__(self, draw: st.DrawFn, odd: int) -> None:
        self._draw = draw
        self._odd = odd

    def _is_odd(self) -> bool:
        return self._odd > 0 and self._draw(st.integers(0, 99)) < self._odd

    def _one(self, tame: st.SearchStrategy[str], odd: st.SearchStrategy[str]) -> str:
        return self._draw(odd if self._is_odd() else tame)

    def value(self, margin: int) -> str:
        """What follows a colon or a dash: bare, quoted, of several lines, or nothing."""
        words = [self._one(_WORDS, _ODD_WORDS) for _ in range(self._draw(st.integers(1, 3)))]
        kind = self._draw(st.sampled_from("bbbddds" if not self._is_odd() else "b0mlfp"))
        below = "\n" + " " * (margin + 1)
        text = " ".join(words)
        return {
            "b": text,
            "d": '"' + text.replace('"', '\\"') + '"',
            "s": "'" + text.replace("'", "''") + "'",
            "0": "",
            "m": below.join(words),
            "l": f"|{below}{text}",
            "f": f">-{below}{below.join(words)}",
            "p": f'"{below.join(words)}"',
        }[kind] + ("  " if self._is_odd() else "")

    def keys(self, levels: int, margin: int) -> str:
        """Keys at a column, with lists and groups below them; each once unless that is odd."""
        made, seen = [], set()
        for _ in range(self._draw(st.integers(1, 4))):
            key = self._one(_KEYS, _ODD_KEYS)
            if key in seen and not self._is_odd():
                continue
            seen.add(key)
            column = max(
                0, margin + (self._draw(st.sampled_from([-1, 1])) if self._is_odd() else 0)
            )
            colon = self._one(st.just(":"), st.sampled_from([":", " :", ":\t", ":  ", "", ": # a"]))
            made.append(" " * column + key + colon + self._below(levels, margin))
            made.append(self._one(st.just(""), _GAPS))
        return "".join(made)

    def _below(self, levels: int, margin: int) -> str:
        kind = self._draw(st.sampled_from("vvvkle" if levels else "v"))
        if kind == "k":
            return f"\n{self.keys(levels - 1, margin + self._draw(st.integers(1, 4)))}"
        return (
            f"\n{self._list(levels - 1, margin, kind)}"
            if kind != "v"
            else f" {self.value(margin)}\n"
        )

    def _list(self, levels: int, margin: int, kind: str) -> str:
        column = margin + self._draw(st.sampled_from([2, 2, 0, 4, 1]))
        made = []
        for _ in range(self._draw(st.integers(1, 3))):
            entry = f"{self.value(column)}\n"
            if kind == "l":
                entry = self.keys(levels, column + 2)[column + 2 :] or entry
            made.append(" " * column + "- " + entry)
        return "".join(made)


_GAPS = st.sampled_from(["\n", "  \n", "# a\n", "\t\n", "---\n", "  # a\n", "- a\n", " a\n", "a\n"])


@st.composite
def front_matter(draw: st.DrawFn) -> str:
    """YAML between two fences: some of it plain, some full of slips and tricks."""
    return _Writer(draw, draw(st.sampled_from([0, 1, 2, 5, 20]))).keys(3, 0)
