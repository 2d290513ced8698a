"""Which way a text runs."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import bidirectional

_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he ks nqo ps sd syr ug ur yi".split())
_SCRIPTS = frozenset("adlm arab hebr nkoo syrc thaa".split())


def runs_right_to_left(language: str) -> bool:
    """Whether a language (its tag) is written from right to left.

    A script in the tag (four letters behind the language, RFC 5646) decides: Punjabi in Arabic
    letters is ``pa-Arab``.
    """
    name, _, rest = language.lower().partition("-")
    script = rest.partition("-")[0]
    has_script = len(script) == 4 and script.isalpha()
    return script in _SCRIPTS if has_script else name in _RIGHT_TO_LEFT


@lru_cache(maxsize=16384)  # headlines repeat in many lists
def direction(text: str, language: str = "") -> str:
    """The value of the attribute ``dir`` for a text: rtl or ltr.

    A browser that has to guess goes by the first letter (``dir="auto"``), which is a foreign name's
    as often as not. Here the language decides where it is written from right to left and the text
    has a letter of such a script, else most letters do (classes of Unicode TR 9).
    """
    if text.isascii():
        return "ltr"
    classes = [bidirectional(sign) for sign in text]
    leftward = classes.count("R") + classes.count("AL")
    is_rtl = leftward > classes.count("L") or (leftward and runs_right_to_left(language))
    return "rtl" if is_rtl else "ltr"
