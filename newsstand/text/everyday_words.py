"""Words of every week's news: what kinds of things happen, not what happened.

That two headlines share one of them says little, which a small site cannot count for itself:
with two elections in a week it has seen "mayor" no more often than the mayors' names.
"""

from __future__ import annotations

EVERYDAY_WORDS = frozenset(
    """
    accident accuse across against agree agreement ahead aim airport amid among analysis annee
    announce announcement announces annual ano anos ans appeal approve apres april army around
    arrest arson ask assault athlete attack attend august availability available award away back
    bail ballot ban bank bankrupt battle beat begin behind best between bid big biggest bill billion
    blast blaze bomb boost border boss bowl brawl break breaking briefing bring budget build burn
    bus business buy byelection cabinet call campaign cancel candidate capital captain car cargo
    case cash cause ceasefire center centre ceo chair championship change charge charity chief child
    choose chosen church city claim claims class climate climb clinic close club coach coalition
    coast collapse collide come comeback commute commuter company company's concert confirm conflict
    congress construction contest continue contra contract contre control convict corruption cost
    costs could council country county coup couple court crash cripple crisis cross crown cup
    customer cut daily damage dashboard data day dead deal death debate decade december decision
    declare defeat defend delay demand democrat deny deputy destroy destroyed detain dia die dies
    disaster discover disease district dividend doctor dollar down dozen draw drive driver drone
    drop drought drown drug during early earning earnings earthquake economy edge editorial
    education elect elected election emergency employee end energy engine enter escape euro evacuate
    even event ever every exam exclusive exit expand expect expert explain explosion export face
    factory fail fall family fan farm farmer father fear feature february festival few fifth fight
    figure file film final find fine fire firefighter firm first fiscal five flee fleet flight flood
    follow following food football force forecast foreign forest former founder four franc fraud
    free friday fuel full fund funding funeral future gain game gas gegen general get girl give
    global go goal good government governor ground group grow growth guide guilty gun half halt
    harbour head headquarter health hear heat heatwave help here heute high higher highway hike hit
    hold home hope hospital host hostage hotel hour house household hoy hundred hurricane hurt
    impact import including income increase industry inflation injure injured injury inmate inquest
    inquiry inside insurance interest interim invest investigate investigation investor issue jahr
    jahre jail january job join journalist jours judge judgment july june jury keep key kill killed
    knife know kroner landslide landslides large last late latest launch law lawmaker lawsuit lawyer
    lead leader league learn leave legal less let liberal lift like line list live loan local long
    look lose loss love low lower made magnitude major make man manager many march market may mayor
    mayoral medal meet meeting mehr member merger metro might military million millionen mine
    minister minor miss missile missing mission monday money month months morning mother motorway
    move much murder music must name nation national near nearly need neue neuer neues never news
    next night nouveau nouvelle november nueva nuevo number nurse october offer office official oil
    old olympic one online open operate operation opinion opponent opposition order other outage
    outbreak outlook owner pandemic parliament part partner party passenger patient pay peace
    pension people per percent petrol pilot plan plane plant play player plea plus point police poll
    population port possible post pound poverty power predict premier president presidential press
    preview price primary prime prince prison probe problem product production profit prosecute
    prosecutor protest province prozent public pupil push put quake quarter quarterly question quit
    race rail railway rain raise rally rate reach react ready real reason recall recap record
    recount reelected referendum refugee regulator reject release remain report reporter republican
    rescue rescuer research resident resign restaurant result retail retire return reveal revenue
    review right rise risk rival river road robbery rocket role rouble roundup rout row royal rubble
    rule run runoff rupee sack sale sales same sanction saturday save scandal scheme school score
    sea season seat second secretary security see seek sell semifinal senate senator senior sentence
    separatist september service set seven several share shareholder ship shooting shop shortage
    shot show shut shutdown side sign since singer site six slide small snow soar social soldier
    source space special spend stab staff star start state statement station step still stock stop
    storm story strand strike striker strong student study subway summer sunday support surge
    survive survivor suspect suspend swim system take talk talks target tariff tax taxi teacher team
    tech teen teenager tell temperature ten tenth terror test theft thing think third though
    thousand threat threaten three through thursday ticket time title today told tomorrow tonight
    top tornado tour tourist tournament toward town trade traffic tragedy train transfer transport
    treaty trial tribunal troop truce truck try tsunami tuesday turn turnout turnover two typhoon
    unemployment union unit university until unveil update upgrade use vaccine vehicle victim
    victory village violence virus visit volunteer vote voter vs wage wait walk walkout want war
    warehouse warn watch water way weak weapon weather wedding wednesday week weekend weekly weigh
    wildfire win wind winner winter within without woche woman women work worker world worry wound
    wreck year years yen yesterday yet young yuan
    """.split()
)
