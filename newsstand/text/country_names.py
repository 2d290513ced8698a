"""Countries and places under all their names: what reports in two languages share.

By hand, without accents: what German, French, Spanish, Italian, Portuguese and Dutch call places
that are often in the news, and in English who or what is of a country ("french", "uk"). Left out is
what is a common word ("polish", "chili", "suede") or a common name ("Russo") in English.
"""

from __future__ import annotations

_TABLE = """
germany: deutschland deutsche deutscher deutschen allemagne allemand allemande alemania germania
france: frankreich franzosen franzosisch franzosische francia francais francaise francesa french
russia: russland russisch russische russischen russe russie rusia ruso rusa
ukraine: ukrainisch ukrainer ucrania ucraina ucraniano
europe: europa europaische europeen europeo
china: chine chinois chinesisch chinesische chinese
japan: japon japonais japanisch japones giappone japanese
spain: spanien espagne espana spanisch espagnol spagna spanish spaniard
italy: italien italie italia italienisch italiano italian
poland: polen pologne polonia polnisch polnische polonais polaco
turkey: turkei turquie turquia turkisch turc turco turkish
greece: griechenland grece grecia greek
hungary: ungarn hongrie hungria hungarian
sweden: schweden suecia schwedisch swedish
norway: norwegen norvege noruega norwegian
denmark: danemark dinamarca danisch danish
greenland: gronland groenland groenlandia
iceland: islande islandia icelandic
switzerland: schweiz suisse suiza svizzera swiss
austria: osterreich autriche austrian
netherlands: niederlande nederland holanda dutch
belgium: belgien belgique belgica belgian
britain: grossbritannien british briton uk
england: angleterre inglaterra english
ireland: irland irlande irlanda irish
scotland: schottland ecosse escocia scottish
egypt: agypten egypte egipto egyptian
morocco: marokko maroc marruecos moroccan
algeria: algerien algerie argelia
tunisia: tunesien tunisie tunez
libya: libyen libye libia libyan
syria: syrien syrie siria syrian
lebanon: libanon liban libano lebanese
jordan: jordanien jordanie jordania jordanian
iraq: irak iraqi
saudi: saoudite saudita
yemen: jemen yemeni
iran: iranisch iranische iranian
israel: israelisch israelische israelien israeli
brazil: brasilien bresil brasil brazilian
argentina: argentinien argentine argentino argentine argentinian
mexico: mexiko mexique mejico mexican
chile: chilean
peru: perou peruvian
canada: kanada kanadisch canadien canadiense canadian
korea: coree corea nordkorea sudkorea korean
philippines: philippinen filipinas filipino philippine
india: indien inde indian
ethiopia: athiopien ethiopie etiopia
kenya: kenia kenyan
georgia: georgien
moldova: moldau moldavie moldavia
azerbaijan: aserbaidschan azerbaiyan
armenia: armenien armenie
serbia: serbien serbie
croatia: kroatien croatie croacia
finland: finnland finlande finlandia finnish
latvia: lettland lettonie letonia latvian
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
hormuz: ormuz hormus
portugal: portuguese
taiwan: taiwanese
vietnam: vietnamese
venezuela: venezuelan
colombia: colombian
cuba: cuban
thailand: thai
qatar: qatari
kuwait: kuwaiti
sudan: sudanese
nepal: nepali nepalese
bangladesh: bangladeshi
palestine: palestinian palastinenser palastinensisch
"""

ENGLISH_NAMES: dict[str, str] = {
    word: english
    for english, _, others in (line.partition(":") for line in _TABLE.strip().splitlines())
    for word in others.split()
}
"""A name in another language or an English adjective, plain (see `tokens`) -> the English name."""
