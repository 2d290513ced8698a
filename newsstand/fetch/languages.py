"""The language of a feed that does not say it: by py3langid, from all its texts together.

A single headline is too short to tell; a whole feed is in one language nearly always.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

_ENOUGH = 200  # characters
_MOST = 4000
_SURE = 0.9


@cache
def _identifier() -> Any:  # noqa: ANN401  (py3langid has no types)
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(texts: Iterable[str]) -> str:
    """A tag (``de``); "" where there is too little text, or where it could be several."""
    text = " ".join(texts)[:_MOST]
    if len(text) < _ENOUGH:
        return ""
    language, probability = _identifier().classify(text)
    return str(language) if probability >= _SURE else ""
