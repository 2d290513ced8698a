"""What other programs write as a link, a picture or an outlet, in the form that it has here."""

from __future__ import annotations

from collections.abc import Callable

from newsstand.content.foreign_key_names import plain_key
from newsstand.content.front_matter.fast_yaml import Value
from newsstand.text.links import host_of, web_link


def _web_only(value: Value) -> Value:
    """An address of another site; a path is one of the site that the file comes from."""
    return value if isinstance(value, str) and web_link(value) else None


def _pictures(value: Value) -> Value:
    pictures: list[Value] = list(map(_picture, value if isinstance(value, list) else [value]))
    return None if None in pictures else pictures


def _picture(value: Value) -> Value:
    if isinstance(value, str):
        return {"url": value} if value.strip() else None
    if not isinstance(value, dict):
        return None
    names = {"url": "url image src path file", "title": "title alt caption", "width": "width"}
    names |= {"height": "height", "attribution": "attribution credit"}
    plain = {plain_key(key): value for key, value in value.items()}
    picture: dict[str, Value] = {}
    for own, others in names.items():
        own_value = next((plain[name] for name in others.split() if plain.get(name)), None)
        if own_value is not None:
            picture[own] = own_value
    return picture if "url" in picture else None


def _outlet(value: Value) -> Value:
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, str) and web_link(first):
        return {"domain": host_of(web_link(first))}
    if isinstance(first, dict):
        plain = {plain_key(key): value for key, value in first.items()}
        link = plain.get("url") or plain.get("link") or plain.get("homepage")
        domain = plain.get("domain") or (host_of(web_link(link)) if isinstance(link, str) else None)
        named = {"name": plain.get("name") or plain.get("title"), "domain": domain or None}
        kept: dict[str, Value] = {key: value for key, value in named.items() if value}
        return kept or None
    is_number = isinstance(first, str) and first.strip().isdigit()  # of a user, in an export
    return first if isinstance(first, str) and not is_number else None


_FIT: dict[str, Callable[[Value], Value]] = {
    "webUrl": _web_only,
    "images": _pictures,
    "provider": _outlet,
}


def fitting(own: str, value: Value) -> Value:
    """The value as the key `own` has it here; None where it can be none."""
    return _FIT[own](value) if own in _FIT else value
