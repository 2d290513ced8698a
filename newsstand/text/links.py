"""Links: which may be printed, and which lead to the same piece.

The canonical key of a piece is this project's own rule and not that of a URL library:
it says that two links are one *report*, not that they are one resource. So the scheme,
"www.", mobile and AMP hosts, AMP path parts and tracking parameters do not count.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

_FORBIDDEN = re.compile(r"[\s\\<>\"`\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SPACE = re.compile("[ \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_LABEL = re.compile(r"(?!-)[\w-]{1,63}(?<!-)", re.ASCII)
_LONGEST = 4000
_PREFIXES = ("www.", "m.", "mobile.", "amp.", "www2.")
_TRACKING = frozenset(
    "fbclid gclid dclid gbraid wbraid msclkid yclid twclid ttclid igshid igsh mc_cid mc_eid "
    "_ga _gl _hsenc _hsmi mkt_tok vero_id oly_anon_id oly_enc_id wickedid cmpid cmp cid_source "
    "ncid ocid icid smid sref ref ref_src ref_url referrer referer guccounter guce_referrer "
    "guce_referrer_sig __twitter_impression s_cid sh share spm wt_mc xtor taid tblci "
    "amp amp_js_v amp_gsa usqp amphtml outputtype".split()
)
# Those that no page needs to show what the link is for: they are not printed.
_ONLY_TRACKING = frozenset(
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid li_fat_id igshid igsh "
    "mc_cid mc_eid _ga _gl _hsenc _hsmi _openstat mkt_tok vero_id vero_conv oly_anon_id oly_enc_id "
    "wickedid rb_clickid s_cid cmpid guccounter guce_referrer guce_referrer_sig ref_src ref_url "
    "__twitter_impression srsltid epik ml_subscriber ml_subscriber_hash wt_mc xtor".split()
)
_TRACKING_PREFIXES = ("utm_", "pk_", "mtm_", "hsa_", "at_", "ns_")
_PART = "[a-z0-9](?:[a-z0-9-]{0,59}[a-z0-9])?"
_HOST = rf"(?P<host>{_PART}(?:\.{_PART}){{1,3}})"  # at most 247 characters, of 253
# As nearly all links are, so that there is nothing to ask a parser: ASCII, a host in lower case
# without a port, and no character that `_FORBIDDEN` has.
_PLAIN = re.compile(rf"https?://{_HOST}(?:[/?#][!#-;=?-\[\]^_a-z{{|}}~]*)?")
_PLAIN_PIECE = re.compile(rf"https?://{_HOST}(?P<path>(?:/[\w~-][\w.~-]*)*)/?", re.ASCII)
_AMP_FILE = re.compile(r"\.amp(?=\.html?$|$)")
_ANOTHER = re.compile(r"\S\s+\S*https?://", re.IGNORECASE)
_IN_MARKDOWN = re.compile(r"!?\[[^\[\]]*\]\(\s*<?([^\s<>()]+)>?[^()]*\)")
_SCHEME_OF_WEB = re.compile(r"https?(?::?/{1,2}|:)|/+", re.IGNORECASE)
_FILES = frozenset("md markdown txt html htm yml yaml png jpg jpeg gif svg webp pdf".split())


@lru_cache(maxsize=65536)
def web_link(text: str) -> str:
    """The link if it is one that may be printed, else an empty string.

    Only absolute http and https links with a real host pass; none with a user name in
    it, and none with characters that browsers read in another way than parsers do.
    Spaces inside are encoded, as browsers do.
    """
    is_plain = len(text) <= _LONGEST and _PLAIN.fullmatch(text)
    return text if is_plain else link_by_parser(text)


def link_by_parser(text: str) -> str:
    """`web_link` of any text, also one that is not written plainly."""
    if _ANOTHER.search(text):
        return ""
    link = _SPACE.sub(lambda m: quote(m.group()), text.strip(" \t\r\n"))
    if len(link) > _LONGEST or _FORBIDDEN.search(link):
        return ""
    try:
        parts = urlsplit(link)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not port_is_fine:
        return ""
    scheme, rest = link.split(":", 1)
    if not _host_is_fine(parts):
        return ""
    whole = f"{scheme.lower()}:{rest}"
    return text if whole == text else whole  # no second copy of thousands of links


def link_meant(text: str) -> str:
    """The link that a text is a slip or another form of; "" where nobody knows.

    An address in brackets or Markdown, without its scheme or with a part of it, the first of two.
    """
    match = _IN_MARKDOWN.fullmatch(text.strip())
    words = (match[1] if match else text.strip().strip("<>\"'")).split(maxsplit=1)
    begin = _SCHEME_OF_WEB.match(words[0]) if words else None
    if not words or (begin is None and ":" in words[0]) or (begin and begin[0] == "/"):
        return ""
    scheme = "http" if begin and begin[0].lower().strip(":/") == "http" else "https"
    link = web_link(f"{scheme}://{words[0][begin.end() if begin else 0 :]}")
    name, _, ending = host_of(link).rpartition(".")
    is_host = name and ending.isalpha() and ending not in _FILES
    return link if is_host and link.isprintable() else ""


def site_url(link: str) -> str:
    """An address that pages can stand below, as it has to be written: it ends in one slash.

    A file at its end, a query and doubled slashes go; letters beyond ASCII are encoded (RFC 3986,
    IDNA).
    """
    parts = urlsplit(link)
    path = quote(unquote(parts.path), safe="/~!$&'()*+,;=:@-._")
    path = re.sub(
        r"/(?:index|default)\.(?:html?|php)$", "/", re.sub(r"/{2,}", "/", path), flags=re.IGNORECASE
    )
    host = domain_of(parts.hostname or "") or (parts.hostname or "")
    port = f":{parts.port}" if parts.port else ""
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}{port}{path.rstrip('/')}/"


def _host_is_fine(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    if "[" in parts.netloc:
        return True  # urlsplit has checked the IPv6 address
    return bool(domain_of(host))


@lru_cache(maxsize=65536)
def without_tracking(link: str) -> str:
    """A link without the parameters of its query that only count who comes from where."""
    if "?" not in link:
        return link
    before, _, rest = link.partition("?")
    query, sign, part = rest.partition("#")
    pairs = query.split("&")
    kept = [pair for pair in pairs if not _counts_readers(pair.partition("=")[0])]
    if len(kept) == len(pairs):
        return link
    return f"{before}{'?' if kept else ''}{'&'.join(kept)}{sign}{part}"


def _counts_readers(name: str) -> bool:
    plain = unquote(name).lower()
    return plain in _ONLY_TRACKING or plain.startswith(_TRACKING_PREFIXES[:4])


@lru_cache(maxsize=65536)
def is_drawing(address: str) -> bool:
    """Whether an address names a drawing (SVG): it may hold programs, and networks show none."""
    return address.lower().partition("?")[0].endswith((".svg", ".svgz"))


@lru_cache(maxsize=4096)
def domain_of(text: str) -> str:
    """A host name in its plain form: lower case, ASCII (IDNA), no final dot; "" if none."""
    host = text.strip().rstrip(".").lower()
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        return ""
    return host


@lru_cache(maxsize=65536)
def host_of(link: str) -> str:
    """The host of a link as a reader knows it, without "www."; "" for no link."""
    plain = _PLAIN.fullmatch(link)
    return plain["host"].removeprefix("www.") if plain else host_by_parser(link)


def host_by_parser(link: str) -> str:
    """`host_of` any link, also one that is not written plainly."""
    return domain_of(urlsplit(link).hostname or "").removeprefix("www.") if link else ""


@lru_cache(maxsize=65536)
def piece_key(link: str) -> str:
    """What a link has in common with all other links to the same piece."""
    lower = link.lower()  # AMP copies and the file that stands for a folder are for the parser
    may_be_odd = "amp" in lower or "index." in lower
    plain = None if may_be_odd else _PLAIN_PIECE.fullmatch(link)
    return f"{_site_of(plain['host'])}{plain['path']}" if plain else key_by_parser(link)


def key_by_parser(link: str) -> str:
    """`piece_key` of any link, also one that is not written plainly."""
    parts = urlsplit(without_amp_cache(link))
    host = _site_of((parts.hostname or "").rstrip("."))
    if parts.port not in (None, 80, 443):
        host = f"{host}:{parts.port}"
    query = _meaningful_query(parts.query)
    return f"{host}{_plain_path(parts.path)}{'?' + query if query else ''}"


def _site_of(host: str) -> str:
    for prefix in _PREFIXES:
        if host.startswith(prefix) and host.count(".") > 1:
            host = host.removeprefix(prefix)
    return host


def without_amp_cache(link: str) -> str:
    """A link on an AMP cache gives the link of the page that is cached there."""
    parts = urlsplit(link)
    host, path = parts.hostname or "", parts.path
    cached = ""
    if host.endswith(".cdn.ampproject.org"):
        cached = re.sub(r"^/[a-z]+/(?:s/)?", "", path)
    elif host.endswith((".google.com", "google.com")) and path.startswith("/amp/"):
        cached = re.sub(r"^/amp/(?:s/)?", "", path)
    original = f"https://{cached}{'?' + parts.query if parts.query else ''}"
    return original if "." in cached.split("/", 1)[0] and web_link(original) else link


def _plain_path(path: str) -> str:
    plain = quote(unquote(_AMP_FILE.sub("", path)), safe="/~!$&'()*+,;=:@")
    segments = [s for s in plain.split("/") if s]
    if len(segments) > 1:
        if segments[-1].lower() == "amp":
            segments.pop()
        elif segments[0].lower() == "amp":
            segments.pop(0)
    if segments and segments[-1].lower() in ("index.html", "index.htm", "index.php"):
        segments.pop()
    return "".join("/" + s for s in segments)


def _meaningful_query(query: str) -> str:
    if not query:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True, errors="replace", max_num_fields=None)
    kept = sorted(
        (name, value)
        for name, value in pairs
        if name.lower() not in _TRACKING and not name.lower().startswith(_TRACKING_PREFIXES)
    )
    return urlencode(kept)
