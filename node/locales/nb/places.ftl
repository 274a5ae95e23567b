# Needs, municipalities, the network, entries.

need-situation = Situasjonen
need-affected = Hvem det angår
need-constraints = Rammer for en løsning
need-tried = Prøvd før
need-partners = Ønsker samarbeid
need-met = Behovet er møtt
need-answers = Eksempler som kan hjelpe
need-answers-why = Funnet fordi de handler om de samme temaene eller flokene.
need-no-answers = Ingen delte eksempler handler om det samme ennå.
need-find = Finn eksempler som kan hjelpe
need-search = Søk videre blant eksemplene
need-talk = Svar og spørsmål
need-side = Kontakt og fakta om behovet
municipalities-heading = Kommuner og andre medlemmer
municipalities-lead = Hver har sin egen node, og alle har det samme.
map-members = Kart over hvem som deler
map-members-about = Norge med ett punkt per kommune. Medlemmene er merket; jo større merke, desto flere eksempler. Tabellen sier det samme.
map-data = Kartet som data (JSON)
column-member = Medlem
column-county = Fylke
column-shared = Har delt
column-uses = Bruker
column-used-by = Brukes av
column-what = Eksempel
column-log = Logg
column-entries = Poster
column-last = Siste post
municipality-shared = Dette har vi delt
municipality-shared-none = Ingenting er delt ennå.
municipality-uses = Dette bruker vi fra andre
municipality-uses-none = Ingen gjenbruk er meldt ennå.
municipality-used-by = Disse bruker noe av vårt
municipality-used-by-none = Ingen har meldt at de bruker noe herfra ennå.
municipality-needs = Dette leter vi etter
municipality-side = Fakta om medlemmet
municipality-facts = Fakta
facts-org = Organisasjonsnummer
facts-number = Kommunenummer
facts-population = Innbyggere 2024
facts-centrality = Sentralitet (1–6)
facts-kostra-group = KOSTRA-gruppe
facts-language = Målform
facts-member-since = Medlem siden
facts-members = Medlemmer
facts-entries = Poster
facts-frontier = Fingeravtrykk av alt
language-neutral = Nøytral
network-heading = Nettverket sett herfra
network-lead = Nettverket har ikke noe sentrum. Her står hva denne noden har fått, fra hvem, og hvor langt den er kommet.
network-disputed =
    { $n ->
        [one] { $count } logg er omstridt
       *[other] { $count } logger er omstridt
    }
network-disputed-text = En nøkkel er brukt to steder. Det som kom etter delingen, teller ikke før registerføreren har avgjort hvilken gren som gjelder.
network-wanted =
    { $n ->
        [one] { $count } tekst har ikke kommet fram ennå.
       *[other] { $count } tekster har ikke kommet fram ennå.
    }
network-peers = Forbindelser nå
network-peers-none = Noden er ikke forbundet med noen akkurat nå. Den prøver igjen av seg selv.
network-logs = Logger
network-logs-lead = Hver node skriver sin egen logg, uten hull. Står det to tall, er det første det som teller.
log-open = Åpen
log-ended = Avsluttet
log-disputed = Omstridt fra { $place }
log-nothing = ingenting ennå
log-own = vår egen
log-connected = forbundet
record-heading = Post
record-kind = Type
record-belongs = Hører til
record-case = eksempelet
record-need = behovet
record-facts = Fakta slik de er signert
record-text = Tekst slik den er signert

# Plans, programmes and arenas, collections, awards.

menu-gatherings = Planer og samlinger
gatherings-heading = Planer, programmer, samlinger og priser
gatherings-lead = Her står eksemplene i sammenheng: hvilke mål de tjener, hvor de ble delt, hvem som anbefaler dem, og hvilke priser de har fått.
gatherings-all = alle
gatherings-plan = Planer
gatherings-programme = Programmer og arenaer
gatherings-collection = Samlinger
gatherings-award = Priser
gatherings-none = Ingen har delt noe slikt ennå.
gatherings-how = Slik deler dere en plan eller en samling
gatherings-how-text = Skriv planen eller samlingen i en fil og publiser den fra noden deres. En plan har mål, og eksemplene viser til målene de tjener. En samling nevner eksemplene i den rekkefølgen de bør leses.
kind-plan = Plan
kind-programme = Program
kind-collection = Samling
kind-award = Pris
gathering-goals = Mål
gathering-cases = Eksempler
gathering-cases-none = Ingen eksempler er knyttet til dette ennå.
gathering-cut = Det er flere enn dem som vises her.
gathering-side = Fakta og kontakt
municipality-gatherings = Våre planer og samlinger
until = til
record-plan = planen
record-programme = programmet
record-collection = samlingen
record-award = prisen
field-kind = Type
field-adopted = Vedtatt
field-goals = Mål
field-lead = Ledes av
field-members = Deltar
field-cases = Eksempler
field-year = År
field-level = Nivå
field-placement = Resultat
field-case = Eksempel
field-recipient = Gitt til
field-giver = Gitt av
field-given-by = Gitt av
field-prize = Pris
field-reason = Begrunnelse
field-description = Beskrivelse
field-comments = Kommentarer
field-url = Les mer
