"""The names that keys have in other programs, by what they mean here.

They are those of Jekyll, Hugo, Pelican, Eleventy, WordPress exports, RSS, Atom, JSON Feed and Open
Graph. A key is the same in any case, with dashes, underscores or neither.
"""

from __future__ import annotations

import re
from functools import lru_cache

from newsstand.content.record_keys import RECORD_KEYS

SIGNS = re.compile(r"[-_.:\s]+")
NAMES = {
    "title": "headline heading name subject",
    "publishedDateTime": (
        "date pubdate publisheddate publicationdate publishedat publishedon datepublished "
        "publishedtime articlepublishedtime created createdat creationdate datecreated posted "
        "postedat postdate timestamp datetime issued"
    ),
    "updatedDateTime": (
        "updated updatedat updatedate updateddate lastmod lastmodified lastmodifiedat modified "
        "modifieddate modifiedat modifiedon datemodified lastupdated dateupdated"
    ),
    "expires": (
        "expiry expirydate expiration expirationdate expiresat expireson expireat unpublishdate "
        "unpublishon unpublishat removedatetime removeon removeat validuntil until endtime "
        "expiresdatetime validto notafter availableuntil visibleuntil showuntil displayuntil "
        "onlineuntil activeuntil publishuntil publishend publishenddate depublish depublishon "
        "depublishat deleteon deleteafter hideon hideafter"
    ),
    "topics": "topic tags tag categories keywords keyword labels label subjects sections section",
    "excerpt": (
        "summary description abstract subtitle subheading dek teaser lede standfirst snippet "
        "metadescription ogdescription"
    ),
    "webUrl": (
        "link url href sourceurl sourcelink externalurl externallink linkurl canonical "
        "canonicalurl originallink articleurl permalink"
    ),
    "images": (
        "image cover coverimage thumbnail thumb featuredimage featureimage heroimage hero banner "
        "picture pictures photo ogimage headerimage teaserimage img mainimage"
    ),
    "language": "lang languages languagecode",
    "provider": (
        "publisher source sourcename site sitename outlet outletname publication newspaper "
        "feedtitle creator author authors byline"
    ),
    "aliases": "alias redirectfrom redirects redirect oldurls",
    "draft": (
        "isdraft private hidden unlisted unpublished embargoed entwurf brouillon borrador bozza"
    ),
    "removed": "deleted trashed retracted withdrawn takendown",
}
STATUS = frozenset({"status", "poststatus", "visibility"})
EMBARGO = frozenset(
    "embargo embargountil embargoeduntil publishdate publishat publishon golive goliveat "
    "scheduled scheduledat scheduledfor releaseat releaseon availablefrom validfrom "
    "visiblefrom showfrom displayfrom onlinefrom activefrom publishfrom publishstart "
    "publishstartdate notbefore".split()
)
PUBLISHING = frozenset(
    "pubdate publisheddate publicationdate publishedat publishedon datepublished "
    "publishedtime articlepublishedtime issued".split()
)
"""Of these and another date the later one counts: it may lie ahead."""
PUBLIC = frozenset({"publish", "public", "ispublic", "visible", "ispublished"})
OPEN = frozenset({"published", "publish", "public", "live", "final", "visible", "ok", "done"})
SHUT = frozenset(
    "draft drafts pending private hidden trash future inherit skip unlisted unpublished "
    "embargoed autodraft review withdrawn removed retracted idea".split()
)
# Words that say it where they are clear, and are no more than another unknown key where not.
HIDING = frozenset(
    "hide headless wip disabled confidential internal nopublish donotpublish dontpublish "
    "donotrelease excludefrompublishing eleventyexcludefromcollections "
    "excludefromcollections pagedraft isprivate ishidden isunlisted isdeleted".split()
)
SHOWING = frozenset(
    "enabled isactive isapproved ready render permalink showonsite onwebsite publishtoweb".split()
)
STATES = frozenset(
    "workflow workflowstate workflowstatus reviewstatus "
    "publishstatus publishstate publicationstatus articlestatus contentstatus docstatus".split()
)
# Of these only words that say nothing else count: a state of a land may have pending laws.
MAYBE_STATES = frozenset({"state", "stage", "access", "review", "phase"})
PASSWORDS = frozenset({"password", "postpassword", "pagepassword"})
GROUPS = frozenset(
    "params extra meta metadata data attributes frontmatter page post cascade publishing".split()
)
"""Groups of keys in which other programs have keys of the record."""
NEVER = frozenset({"never", "none", "link"})  # Hugo's words for a page that is not made
SAYS_DRAFT = frozenset(
    "draft drafts private hidden unpublished embargoed unlisted donotpublish "
    "notforpublication".split()
)
# What these mean elsewhere, and what stands for it here.
ELSEWHERE = {
    "slug": "the address is the name of the file: rename the file, then delete the key",
    "layout": "every record has the same page: delete it",
    "template": "every record has the same page: delete it",
    "weight": "records stand in the order of their time and their heat: delete it",
    "order": "records stand in the order of their time and their heat: delete it",
    "pin": "pin: in stories.yml puts a story first",
    "sticky": "pin: in stories.yml puts a story first",
    "featured": "pin: in stories.yml puts a story first",
    "toc": "there are no tables of contents: delete it",
    "comments": "there are no comments: delete it",
    "math": "formulas are shown as they are written: delete it",
    "id": "a record is known by the name of its file: delete it",
    "guid": "a record is known by the name of its file: delete it",
    "uid": "a record is known by the name of its file: delete it",
    "params": "write its keys at the top, if they are any of docs/content.md",
    "menu": "header_links in site.yml makes the links of the header",
    "series": "write story: and one word in records that are one story",
    "tweet": "add the link to related:, or delete it",
}

# What settings of other programs mean here (Hugo, Jekyll, Pelican, Eleventy, Zola, Docusaurus).
FOREIGN_SETTINGS = {
    name: own
    for own, names in {
        "url": "baseurl siteurl rooturl absoluteurl homepage",
        "title": "sitename sitetitle name",
        "description": "tagline subtitle sitesubtitle sitedescription",
        "language": "languagecode lang locale defaultlang defaultlanguage htmllang",
        "timezone": "tz timezonename",
        "page_size": "paginate pagersize perpage defaultpagination paginateby",
        "feed_size": "feedlimit feedmaxitems rsslimit feeditems",
        "exclude": "ignore ignorefiles ignoredfiles excludes",
        "header_links": "menu menus nav navigation menuitems navbar",
        "footer_links": "social footer links",
    }.items()
    for name in names.split()
}


def plain_key(key: str) -> str:
    """A key without what does not tell it from others: case, dashes, underscores."""
    return SIGNS.sub("", key).casefold()


_OWN = {plain_key(key): key for key in RECORD_KEYS}
MEANING = {plain_key(n): own for own, names in NAMES.items() for n in names.split()} | _OWN
RANK = {plain_key(n): i for names in NAMES.values() for i, n in enumerate(names.split(), 1)}
HINTS = {plain_key(key): hint for key, hint in ELSEWHERE.items()}
OF_JEKYLL = frozenset({"layout", "permalink"})
"""Keys of records in which ``published: false`` means that nobody may see them."""
ANY_KEY = frozenset((*MEANING, *HINTS, *STATUS, *PUBLIC, *EMBARGO))
"""Every key that is known by its meaning, plain."""
_OF_PUBLICATION = frozenset({"draft", "removed", "publishedDateTime", "expires"})
_DECIDING = STATUS | PUBLIC | EMBARGO | {n for n, own in MEANING.items() if own in _OF_PUBLICATION}


def decides(key: str) -> bool:
    """Whether a key, of this format or of another, says who may see a record, or when."""
    return plain_key(key) in _DECIDING


# English words that are a letter away from a key that decides.
_WORDS = frozenset(
    "bidden craft crashed daft detracted drift enlisted fate gate graft hosted issue issues late "
    "mate pasted ported posed primate rate refracted ridden schedule statue stratus "
    "thrashed".split()
)


@lru_cache(maxsize=1024)
def slips_of(plain: str) -> tuple[str, ...]:
    """The keys that decide about publication of which a plain key may be a slip of the pen.

    It is one letter less, more or other, or two that changed places (Damerau, 1964).
    """
    if plain in _WORDS:
        return ()
    return tuple(sorted(key for key in _DECIDING if _is_slip(plain, key)))


def _is_slip(word: str, key: str) -> bool:
    start = 0
    while start < min(len(word), len(key)) and word[start] == key[start]:
        start += 1
    word, key = word[start:], key[start:]
    swapped = key[1::-1] + key[2:]
    return word[1:] == key[1:] or word[1:] == key or word == key[1:] or word == swapped
