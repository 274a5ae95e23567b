# Needs, municipalities, the network, entries.

need-situation = Situasjonen
need-affected = Kven det vedkjem
need-constraints = Rammer for ei løysing
need-tried = Prøvd før
need-partners = Ønskjer samarbeid
need-met = Behovet er møtt
need-answers = Døme som kan hjelpe
need-answers-why = Funne fordi dei handlar om dei same temaa eller flokane.
need-no-answers = Ingen delte døme handlar om det same enno.
need-find = Finn døme som kan hjelpe
need-search = Søk vidare blant døma
need-talk = Svar og spørsmål
need-side = Kontakt og fakta om behovet
municipalities-heading = Kommunar og andre medlemer
municipalities-lead = Kvar har sin eigen node, og alle har det same.
map-members = Kart over kven som deler
map-members-about = Noreg med eitt punkt per kommune. Medlemene er merkte; di større merke, di fleire døme. Tabellen seier det same.
map-data = Kartet som data (JSON)
column-member = Medlem
column-county = Fylke
column-shared = Har delt
column-uses = Bruker
column-used-by = Blir brukt av
column-what = Døme
column-log = Logg
column-entries = Postar
column-last = Siste post
municipality-shared = Dette har vi delt
municipality-shared-none = Ingenting er delt enno.
municipality-uses = Dette bruker vi frå andre
municipality-uses-none = Ingen gjenbruk er meld enno.
municipality-used-by = Desse bruker noko av vårt
municipality-used-by-none = Ingen har meldt at dei bruker noko herifrå enno.
municipality-needs = Dette leitar vi etter
municipality-side = Fakta om medlemen
municipality-facts = Fakta
facts-org = Organisasjonsnummer
facts-number = Kommunenummer
facts-population = Innbyggjarar 2024
facts-centrality = Sentralitet (1–6)
facts-kostra-group = KOSTRA-gruppe
facts-language = Målform
facts-member-since = Medlem sidan
facts-members = Medlemer
facts-entries = Postar
facts-frontier = Fingeravtrykk av alt
language-neutral = Nøytral
network-heading = Nettverket sett herifrå
network-lead = Nettverket har ikkje noko sentrum. Her står kva denne noden har fått, frå kven, og kor langt han er komen.
network-disputed =
    { $n ->
        [one] { $count } logg er omstridd
       *[other] { $count } loggar er omstridde
    }
network-disputed-text = Ein nøkkel er brukt to stader. Det som kom etter delinga, tel ikkje før registerføraren har avgjort kva grein som gjeld.
network-wanted =
    { $n ->
        [one] { $count } tekst har ikkje kome fram enno.
       *[other] { $count } tekstar har ikkje kome fram enno.
    }
network-peers = Samband no
network-peers-none = Noden er ikkje kopla til nokon akkurat no. Han prøver igjen av seg sjølv.
network-logs = Loggar
network-logs-lead = Kvar node skriv sin eigen logg, utan hol. Står det to tal, er det første det som tel.
log-open = Open
log-ended = Avslutta
log-disputed = Omstridd frå { $place }
log-nothing = ingenting enno
log-own = vår eigen
log-connected = tilkopla
record-heading = Post
record-kind = Type
record-belongs = Høyrer til
record-case = dømet
record-need = behovet
record-facts = Fakta slik dei er signerte
record-text = Tekst slik han er signert

# Plans, programmes and arenas, collections, awards.

menu-gatherings = Planar og samlingar
gatherings-heading = Planar, program, samlingar og prisar
gatherings-lead = Her står døma i samanheng: kva mål dei tener, kvar dei blei delte, kven som rår til å lese dei, og kva prisar dei har fått.
gatherings-all = alle
gatherings-plan = Planar
gatherings-programme = Program og arenaer
gatherings-collection = Samlingar
gatherings-award = Prisar
gatherings-none = Ingen har delt noko slikt enno.
gatherings-how = Slik deler de ein plan eller ei samling
gatherings-how-text = Skriv planen eller samlinga i ei fil og publiser fila frå noden dykkar. Ein plan har mål, og døma viser til måla dei tener. Ei samling nemner døma i den rekkjefølgja dei bør lesast.
kind-plan = Plan
kind-programme = Program
kind-collection = Samling
kind-award = Pris
gathering-goals = Mål
gathering-cases = Døme
gathering-cases-none = Ingen døme er knytte til dette enno.
gathering-cut = Det er fleire enn dei som står her.
gathering-side = Fakta og kontakt
municipality-gatherings = Planane og samlingane våre
until = til
record-plan = planen
record-programme = programmet
record-collection = samlinga
record-award = prisen
field-kind = Type
field-adopted = Vedteken
field-goals = Mål
field-lead = Blir leidd av
field-members = Deltek
field-cases = Døme
field-year = År
field-level = Nivå
field-placement = Resultat
field-case = Døme
field-recipient = Gitt til
field-giver = Gitt av
field-given-by = Gitt av
field-prize = Pris
field-reason = Grunngiving
field-description = Omtale
field-comments = Kommentarar
field-url = Les meir
