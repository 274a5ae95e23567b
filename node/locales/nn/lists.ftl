# Start page and lists.

start-title = Framsida
start-heading = Nokon har gjort det før deg
start-lead = Finn ut kva andre kommunar har prøvd, kva det kravde, og korleis det gjekk. Ta med deg det som passar hos dykk.
start-newest = Nytt i nettverket
start-empty = Ingen har delt noko enno, eller det har ikkje kome fram hit.
start-all-cases = Sjå alle døma
start-spread = Teke i bruk av fleire
start-spread-uses = bruker
start-spread-from = frå
start-needs = Andre leitar etter svar
start-needs-lead = Har de løyst noko av dette? Då kan de spare nokon for mykje arbeid.
start-all-needs = Sjå alle behova
cases-count =
    { $n ->
        [one] { $count } døme
       *[other] { $count } døme
    }
needs-count =
    { $n ->
        [one] { $count } behov
       *[other] { $count } behov
    }
members-count =
    { $n ->
        [one] { $count } medlem
       *[other] { $count } medlemer
    }
used-by-count =
    { $n ->
        [one] Blir brukt av { $count } annan
       *[other] Blir brukt av { $count } andre
    }
cases-heading = Døme
cases-none = Ingen døme passar til alt du har valt.
cases-show-all = Vis alle døma
chosen = Valt
remove = Fjern { $name }
sort = Sorter:
sort-newest = nyaste
sort-most-reused = mest brukt av andre
ready = Klar til gjenbruk
retold-short = Attfortalt om { $name }
untitled = Utan tittel
redacted = Teksten er sladda
wanted = Teksten har ikkje kome fram enno
unreadable = Teksten kan ikkje lesast av denne versjonen
themes-heading = Tema og flokar
wicked-heading = Flokar
wicked-lead = Nokre problem får aldri ei endeleg løysing. Mange må prøve frå kvar sin kant.
sectors-heading = Sektorar
themes-all = Alle tema
needs-heading = Behov som søkjer ei løysing
needs-lead = Her fortel kommunar kva dei strevar med. Kjenner du att behovet, eller har de svaret?
needs-open = berre opne
needs-all = alle
needs-none = Ingen behov er melde akkurat no.
needs-how = Slik melder de eit behov
needs-how-text = Skriv behovet i ei fil og publiser ho frå noden dykkar. Då kjem det til alle i nettverket og blir stilt opp mot det andre har gjort.
