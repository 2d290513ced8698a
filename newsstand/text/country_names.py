"""Countries and capitals as other languages write them: what reports in two languages share.

By hand, from the names that German, French, Spanish, Italian, Portuguese and Dutch have for
countries that are often in the news, without accents.
"""

from __future__ import annotations

_TABLE = """
germany: deutschland deutsche deutscher deutschen allemagne allemand allemande alemania germania
france: frankreich franzosen franzosisch franzosische francia francais francaise frances francesa
russia: russland russisch russische russischen russe russie rusia ruso rusa russo
ukraine: ukrainisch ukrainer ucrania ucraina ucraniano
europe: europa europaische europeen europeo
china: chine chinois chinesisch chinesische chino
japan: japon japonais japanisch japones giappone
spain: spanien espagne espana spanisch espagnol spagna
italy: italien italie italia italienisch italiano
poland: polen pologne polonia polnisch polnische polonais polaco
turkey: turkei turquie turquia turkisch turc turco
greece: griechenland grece grecia
hungary: ungarn hongrie hungria
sweden: schweden suede suecia schwedisch
norway: norwegen norvege noruega
denmark: danemark dinamarca danisch
greenland: gronland groenland groenlandia
iceland: island islande islandia
switzerland: schweiz suisse suiza svizzera
austria: osterreich autriche
netherlands: niederlande nederland holanda
belgium: belgien belgique belgica
britain: grossbritannien
england: angleterre inglaterra
ireland: irland irlande irlanda
scotland: schottland ecosse escocia
egypt: agypten egypte egipto
morocco: marokko maroc marruecos
algeria: algerien algerie argelia
tunisia: tunesien tunisie tunez
libya: libyen libye libia
syria: syrien syrie siria
lebanon: libanon liban libano
jordan: jordanien jordanie jordania
iraq: irak
saudi: saoudite saudita
yemen: jemen
iran: iranisch iranische
israel: israelisch israelische israelien
brazil: brasilien bresil brasil
argentina: argentinien argentine argentino
mexico: mexiko mexique mejico
chile: chili
peru: perou
canada: kanada kanadisch canadien canadiense
korea: coree corea nordkorea sudkorea
philippines: philippinen filipinas
india: indien inde
ethiopia: athiopien ethiopie etiopia
kenya: kenia
georgia: georgien georgie
moldova: moldau moldavie moldavia
azerbaijan: aserbaidschan azerbaiyan
armenia: armenien armenie
serbia: serbien serbie
croatia: kroatien croatie croacia
finland: finnland finlande finlandia
latvia: lettland lettonie letonia
lithuania: litauen lituanie lituania
estonia: estland estonie
czech: tschechien tcheque checa
slovakia: slowakei slovaquie
romania: rumanien roumanie rumania
bulgaria: bulgarien bulgarie
nato: otan
eu: ue
moscow: moskau moscou moscu
kyiv: kiew kiev
beijing: peking pekin
london: londres
brussels: brussel bruxelles bruselas
geneva: genf geneve ginebra
vienna: wien vienne
warsaw: warschau varsovie varsovia
tehran: teheran
"""

ENGLISH_NAMES: dict[str, str] = {
    word: english
    for english, _, others in (line.partition(":") for line in _TABLE.strip().splitlines())
    for word in others.split()
}
"""A name in another language, plain (see `tokens`) -> the English name."""
