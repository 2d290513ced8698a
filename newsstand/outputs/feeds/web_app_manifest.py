"""The web app manifest (W3C)."""

from __future__ import annotations

import json

from newsstand.site import Site


def manifest(site: Site, assets: dict[str, str]) -> str:
    """The web app manifest (W3C), as text."""
    config = site.config
    sizes = {
        "favicon.svg": ("any", "image/svg+xml"),
        "icon-192.png": ("192x192", "image/png"),
        "icon-512.png": ("512x512", "image/png"),
    }
    icons = [
        {"src": assets[name], "sizes": size, "type": kind}
        for name, (size, kind) in sizes.items()
        if name in assets
    ]
    data = {
        "name": config.title,
        "short_name": config.title[:12].strip(),
        "description": config.description,
        "lang": config.language,
        "start_url": "./",
        "scope": "./",
        "display": "browser",
        "background_color": "#FBFAF7",
        "theme_color": "#FBFAF7",
        "icons": icons,
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
