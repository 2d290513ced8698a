"""Pairs of events that have something in common that is no event. All are invented.

Each has four reports of either event; the first reports are the most alike.
"""

from __future__ import annotations

Headlines = tuple[str, ...]

PAIRS: dict[str, tuple[Headlines, Headlines]] = {
    "one name in many statements": (
        (
            "Brandmeyer rejects delivery of missiles to Ostavia",
            "No missiles for Ostavia, Brandmeyer says after cabinet meeting",
            "Brandmeyer again refuses to send missiles to Ostavia",
            "Ostavia disappointed as Brandmeyer rules out missiles",
        ),
        (
            "Brandmeyer defends limits on family reunion for migrants",
            "Migrants: Brandmeyer stands by limits on family reunion",
            "Brandmeyer's limits on family reunion pass first reading",
            "Churches criticise Brandmeyer over family reunion limits",
        ),
    ),
    "one country": (
        (
            "Sakuria's central bank leaves rates unchanged",
            "Rates in Sakuria stay where they are, central bank decides",
            "Central bank of Sakuria keeps rates, yields fall",
            "Yields slide after Sakuria's central bank keeps rates",
        ),
        (
            "Bear enters supermarket in northern Sakuria",
            "Shoppers flee as bear walks into Sakuria supermarket",
            "Hunters catch supermarket bear in Sakuria",
            "Supermarket bear of Sakuria moved to reserve",
        ),
    ),
    "a town new to the site": (
        (
            "Bakery in Brzegow wins national prize for rye bread",
            "Rye bread from Brzegow bakery is the best of the country",
            "National prize for the rye bread of a Brzegow bakery",
            "Queues at the Brzegow bakery after rye bread prize",
        ),
        (
            "Police of Brzegow promote eleven officers",
            "Eleven officers promoted at Brzegow police station",
            "Promotion ceremony for Brzegow police officers",
            "Brzegow police: eleven officers take new ranks",
        ),
    ),
    "a common surname": (
        (
            "Park leads in presidential race of Goryeo before final debate",
            "Final debate in Goryeo: Park defends lead in presidential race",
            "Presidential race: Park ahead as Goryeo awaits final debate",
            "Goryeo's candidates meet in final debate, Park leads",
        ),
        (
            "Park hits two home runs as the Gulls beat the Miners",
            "Two home runs by Park lift the Gulls over the Miners",
            "Gulls beat Miners behind two Park home runs",
            "Miners lose to Gulls as Park homers twice",
        ),
    ),
    "a number alone": (
        (
            "Rickshaw puller, 74, sentenced to 20 years in Dharapur",
            "Court in Dharapur gives rickshaw puller 20 years",
            "Dharapur: 20 years for rickshaw puller, 74",
            "Rickshaw puller of Dharapur to appeal 20-year sentence",
        ),
        (
            "Surgeon, 74, gets 20 years in Valmont verdict",
            "Valmont verdict: surgeon jailed for 20 years",
            "Surgeon in Valmont trial sentenced to 20 years",
            "Patients of the Valmont surgeon hear 20-year verdict",
        ),
    ),
    "a date alone": (
        (
            "Table Vault will be retired on 29 February 2028",
            "Retirement: Table Vault ends on 29 February 2028",
            "Move off Table Vault by 29 February 2028",
            "Table Vault to be switched off on 29 February 2028",
        ),
        (
            "Speech Forge will be retired on 29 February 2028",
            "Retirement: Speech Forge ends on 29 February 2028",
            "Move off Speech Forge by 29 February 2028",
            "Speech Forge to be switched off on 29 February 2028",
        ),
    ),
    "a template": (
        (
            "Corvexa beats estimates as quarterly profit rises",
            "Corvexa profit rises, beating estimates for the quarter",
            "Quarterly profit of Corvexa above estimates",
            "Corvexa shares climb after profit beats estimates",
        ),
        (
            "Lumatello beats estimates as quarterly profit rises",
            "Lumatello profit rises, beating estimates for the quarter",
            "Quarterly profit of Lumatello above estimates",
            "Lumatello shares climb after profit beats estimates",
        ),
    ),
    "two matches with one result": (
        (
            "Ravenholm beat Castellar 2-1 with late goal",
            "Late goal gives Ravenholm 2-1 win over Castellar",
            "Castellar lose 2-1 at Ravenholm",
            "Ravenholm snatch 2-1 victory against Castellar",
        ),
        (
            "Oakhurst beat Portmere 2-1 with late goal",
            "Late goal gives Oakhurst 2-1 win over Portmere",
            "Portmere lose 2-1 at Oakhurst",
            "Oakhurst snatch 2-1 victory against Portmere",
        ),
    ),
    "a marketplace": (
        (
            "Zentrix Guard now available in the Azuro Marketplace",
            "Zentrix brings Guard to the Azuro Marketplace",
            "Azuro Marketplace lists Zentrix Guard",
            "Zentrix Guard joins Azuro Marketplace",
        ),
        (
            "Pallando Flow now available in the Azuro Marketplace",
            "Pallando brings Flow to the Azuro Marketplace",
            "Azuro Marketplace lists Pallando Flow",
            "Pallando Flow joins Azuro Marketplace",
        ),
    ),
    "an assembly": (
        (
            "Tarvik's president tells world assembly that seas swallow his islands",
            "Seas swallow our islands, president of Tarvik tells assembly",
            "World assembly hears plea of Tarvik as seas rise",
            "Tarvik president: the assembly must stop the seas",
        ),
        (
            "Queen of Norland asks world assembly to protect the forests",
            "Protect the forests, Norland's queen tells assembly",
            "World assembly hears Norland's queen on forests",
            "Norland queen: forests must stand, assembly told",
        ),
    ),
}
