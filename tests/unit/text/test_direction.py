"""Which way a text runs."""

from __future__ import annotations

import pytest

from newsstand.text.direction import direction


@pytest.mark.parametrize(
    ("text", "language", "way"),
    [
        ("Port Elsin: the wall broke", "", "ltr"),
        ("المرسى", "", "rtl"),
        ("Theddle: ما نعرفه عن القرار الجديد", "", "rtl"),
        ("Aldmere: מה ידוע", "he", "rtl"),
        ("Storm Surge Breaks Harbour Wall: فيديو", "ar-EG", "rtl"),
        ("Storm Surge Breaks Harbour Wall: فيديو", "en", "ltr"),
        ("iPhone 17 Pro", "ar", "ltr"),
        ("صحيفة on paper, and what else there is to read", "", "ltr"),
        ("صحيفة الميناء", "en", "rtl"),
        ("Storm Surge Breaks Harbour Wall: خبر", "pa-Arab-PK", "rtl"),
        ("Storm Surge Breaks Harbour Wall: خبر", "pa", "ltr"),
        ("Storm Surge Breaks Harbour Wall: خبر", "ar-Latn", "ltr"),
        ("海岸晚报", "", "ltr"),
        ("Ça va – 2027", "", "ltr"),
        ("", "he", "ltr"),
        ("۱۲۳", "fa", "ltr"),
    ],
)
def test_language_or_most_letters_decide(text: str, language: str, way: str) -> None:
    """Not the first letter, which may be a foreign name's."""
    assert direction(text, language) == way
