"""Small words of some languages: they carry grammar, not subject, and tell languages apart."""

from __future__ import annotations

from collections.abc import Iterable

from newsstand.text.lists import grouped

_SMALL_WORDS = {
    "en": "the of and to in is for on with that by at from as his has are was after over a about "
    "again all also am an any be been before being but can could did do does had have he her here "
    "him how i if into it its just me more most my no nor not now off or our out own she so some "
    "such than their them then there these they this those too under up upon us via we were what "
    "when where which while who whom why will would you your says said say",
    "de": "der die das und den von mit ist des im fur auf dem ein eine nicht sich zu bei nach wie "
    "einer eines einem einen oder vom zum zur sind war wird werden aus als auch uber um am",
    "fr": "le la les des et du en une est pour dans que au par sur qui aux ne pas sa un de ou avec "
    "sont ce cette son",
    "es": "el la los las y de en que del un una por con para su se como al lo mas es son",
    "it": "il di che la per un del della non con sono gli nel le dei da al",
    "pt": "o de que e do da em um para com uma os no na dos nao",
    "nl": "de het een van en dat op te voor met zijn niet aan door",
    "ru": "и в во не на с со по из у к ко о об от за до для что как это а но же бы ли или при над "
    "под его",
    "uk": "та й є що як від про із зі її",
    "ar": "في من على الى عن مع ان لا هذا هذه التي الذي",
    "vi": "va cua la cho cac cac trong voi duoc mot nhung tai tu vao ve khi da và của là cho các "
    "trong với được một những tại từ vào về khi đã sẽ bị",
}
# Habits of headlines, and dates: when something was said is no part of what was said.
_HABITS = (
    "new video videos photos watch live update updates opinion analysis exclusive explainer "
    "january february march april june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec "
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow "
    "januar februar marz mai juni juli oktober dezember montag dienstag mittwoch donnerstag "
    "freitag samstag sonntag heute janvier fevrier mars avril juin juillet aout septembre octobre "
    "novembre decembre lundi mardi mercredi jeudi vendredi samedi dimanche enero febrero marzo "
    "abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes miercoles "
    "jueves viernes sabado domingo"
)
DATE_WORDS = frozenset(_HABITS[_HABITS.index("january") :].split())
STOP_WORDS = frozenset(" ".join([*_SMALL_WORDS.values(), _HABITS]).split())
_LANGUAGES = grouped(
    [(word, name) for name, words in _SMALL_WORDS.items() for word in set(words.split())]
)


def language_of(words: Iterable[str]) -> str:
    """The language whose small words (plain, see `tokens`) stand there most; "" for none.

    English wins where two have as many.
    """
    counts: dict[str, int] = {}
    for languages in filter(None, map(_LANGUAGES.get, words)):
        for name in languages:
            counts[name] = counts.get(name, 0) + 1
    return max(counts, key=lambda name: (counts[name], name == "en", name), default="")
