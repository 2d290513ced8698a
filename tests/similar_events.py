"""Pairs of events of one kind in one week, told in nearly the same words. All are invented."""

from __future__ import annotations

Headlines = tuple[str, ...]

PAIRS: dict[str, tuple[Headlines, Headlines]] = {
    "elections": (
        (
            "Calloway wins mayoral election in Aldmere",
            "Aldmere elects Ruth Calloway mayor after close count",
            "Ruth Calloway to be Aldmere's next mayor",
            "Calloway claims victory in Aldmere mayoral race",
        ),
        (
            "Arvo wins mayoral election in Tarn Hollow",
            "Tarn Hollow elects Pia Arvo mayor after recount",
            "Pia Arvo to be Tarn Hollow's next mayor",
            "Arvo claims victory in Tarn Hollow mayoral race",
        ),
    ),
    "earnings": (
        (
            "Norvane profit rises 12% in third quarter on cloud sales",
            "Norvane beats expectations with third-quarter earnings",
            "Cloud demand lifts Norvane third-quarter profit",
            "Norvane raises outlook after strong quarter",
        ),
        (
            "Quillon profit falls 8% in third quarter on weak ads",
            "Quillon misses expectations with third-quarter earnings",
            "Weak ads hit Quillon third-quarter profit",
            "Quillon cuts outlook after weak quarter",
        ),
    ),
    "quakes": (
        (
            "Magnitude 6.1 earthquake strikes Orlia, dozens injured",
            "Earthquake in Orlia injures dozens",
            "Orlia quake: rescuers search rubble",
            "Strong quake shakes Orlia coast",
        ),
        (
            "Magnitude 5.8 earthquake strikes northern Vestmark",
            "Earthquake in Vestmark damages hundreds of homes",
            "Vestmark quake: villages cut off",
            "Strong quake shakes northern Vestmark",
        ),
    ),
    "fires": (
        (
            "Fire destroys warehouse in Penbrook harbour",
            "Penbrook warehouse fire: 60 firefighters at the harbour",
            "Blaze guts Penbrook warehouse",
            "Cause of Penbrook harbour fire unknown",
        ),
        (
            "Fire destroys school in Lindalen",
            "Lindalen school fire: pupils safe",
            "Blaze guts Lindalen primary school",
            "Police suspect arson in Lindalen school fire",
        ),
    ),
    "matches": (
        (
            "Rovers beat United 3-1 to reach cup final",
            "Late goals send Rovers into cup final",
            "United out of the cup after 3-1 defeat by Rovers",
            "Rovers reach first cup final in 20 years",
        ),
        (
            "Wanderers beat Athletic 2-0 to reach cup final",
            "Wanderers cruise into cup final past Athletic",
            "Athletic out of the cup after 2-0 defeat",
            "Wanderers into cup final",
        ),
    ),
    "strikes": (
        (
            "Train drivers in Harland strike over pay",
            "Harland rail strike: commuters stranded",
            "Harland train drivers walk out for 48 hours",
            "Rail strike brings Harland to a halt",
        ),
        (
            "Nurses in Belmora strike over pay",
            "Belmora hospital strike: operations cancelled",
            "Belmora nurses walk out for 48 hours",
            "Nurses' strike brings Belmora hospitals to a halt",
        ),
    ),
    "launches": (
        (
            "Azuro releases Bolt 5 database with vector search",
            "Azuro Bolt 5.0 arrives with vector search",
            "Bolt 5: Azuro's database gets vector search",
            "Azuro announces general availability of Bolt 5",
        ),
        (
            "Azuro releases Lumen 2 analytics with live dashboards",
            "Lumen 2.0 from Azuro arrives with live dashboards",
            "Azuro's Lumen 2 brings live dashboards",
            "Azuro announces general availability of Lumen 2",
        ),
    ),
    "floods": (
        (
            "Floods in Kessel valley force thousands to leave",
            "Kessel valley flooded after dam overflow",
            "Thousands flee floods in Kessel",
            "Dam overflow floods Kessel valley villages",
        ),
        (
            "Floods in Morava basin kill four",
            "Four dead as Morava bursts its banks",
            "Morava flood: army builds barriers",
            "Morava river bursts banks after record rain",
        ),
    ),
    "crash": (
        (
            "Bus crash near Sorrel kills nine",
            "Nine dead after coach overturns outside Sorrel",
            "Sorrel bus crash: driver questioned",
            "Coach in Sorrel crash had failed brakes",
        ),
        (
            "Bus crash near Aldwick kills four",
            "Four dead after minibus hits lorry outside Aldwick",
            "Aldwick bus crash: survivors speak",
            "Lorry driver in Aldwick crash arrested",
        ),
    ),
    "ruling": (
        (
            "Court clears Dana Weir of bribery",
            "Dana Weir acquitted in bribery trial",
            "Judges acquit former minister Weir",
            "Weir walks free after bribery verdict",
        ),
        (
            "Court jails Olan Prost for bribery",
            "Olan Prost sentenced to six years in bribery trial",
            "Judges convict former mayor Prost",
            "Prost to appeal after bribery verdict",
        ),
    ),
    "ceo": (
        (
            "Brightwell names Ana Sole chief executive",
            "Ana Sole to lead Brightwell from May",
            "Brightwell picks insider Sole as new chief",
            "Brightwell shares rise as Sole takes over",
        ),
        (
            "Corvane names Mats Lund chief executive",
            "Mats Lund to lead Corvane from June",
            "Corvane picks outsider Lund as new chief",
            "Corvane shares fall as Lund takes over",
        ),
    ),
    "recall": (
        (
            "Tandem recalls 40,000 scooters over brakes",
            "Brake fault: Tandem calls back scooters",
            "Tandem scooter recall widens to Europe",
            "Tandem scooters recalled after accidents",
        ),
        (
            "Voltino recalls 12,000 kettles over fire risk",
            "Fire risk: Voltino calls back kettles",
            "Voltino kettle recall widens to Asia",
            "Voltino kettles recalled after house fires",
        ),
    ),
    "vote": (
        (
            "Parliament in Ostmark passes pension law",
            "Ostmark lawmakers back pension reform",
            "Pension reform: Ostmark raises retirement age",
            "Unions protest as Ostmark passes pension bill",
        ),
        (
            "Parliament in Lyria rejects pension law",
            "Lyria lawmakers vote down pension reform",
            "Pension reform fails in Lyria",
            "Government of Lyria near collapse over pension bill",
        ),
    ),
    "storm": (
        (
            "Storm Ida batters Gallen coast",
            "Thousands without power as storm Ida hits Gallen",
            "Storm Ida: two dead in Gallen",
            "Gallen counts the cost of storm Ida",
        ),
        (
            "Storm Joss batters Torvik islands",
            "Thousands without power as storm Joss hits Torvik",
            "Storm Joss: ferry adrift off Torvik",
            "Torvik counts the cost of storm Joss",
        ),
    ),
    "release": (
        (
            "Python 3.31 released with faster startup",
            "Python 3.31 is out: what is new",
            "Faster startup headlines Python 3.31",
            "Python 3.31 arrives after year of work",
        ),
        (
            "Rust 1.120 released with async closures",
            "Rust 1.120 is out: what is new",
            "Async closures headline Rust 1.120",
            "Rust 1.120 arrives after six weeks",
        ),
    ),
    "wahl": (
        (
            "Bürgermeisterwahl in Lindau: Huber gewinnt Stichwahl",
            "Huber wird neuer Bürgermeister von Lindau",
            "Stichwahl in Lindau: Amtsinhaber verliert gegen Huber",
            "Lindau wählt Huber",
        ),
        (
            "Bürgermeisterwahl in Torgau: Kranz gewinnt Stichwahl",
            "Kranz wird neue Bürgermeisterin von Torgau",
            "Stichwahl in Torgau: Kranz knapp vorn",
            "Torgau wählt Kranz",
        ),
    ),
}
