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

# Results of a search.

cases-for = Søk etter
narrow = Avgrens
narrow-do = Bruk vala
like-us = Berre frå kommunar som liknar vår
sort-relevance = beste treff
sort-title = tittel
none-heading = Ingen døme svarar på dette
none-text = Prøv færre ord, eller ta bort noko av det du har valt.
none-need = Meld det som eit behov
none-need-text = Det ingen har svart på, er nettopp det andre treng å høyre om. Lagre dette i ei fil, fyll inn, og publiser ho frå noden dykkar.
compare-pick = Samanlikn
compare-do = Samanlikn dei valde
compare-heading = Samanlikn døme
compare-few = Vel to til fire døme i lista for å sjå dei side om side.
feeds = Følg dette søket:
facet-evidence = Dokumentasjon
facet-owner = Delt av
facet-size = Innbyggjarar
facet-year = År
facet-askable = Nokon å spørje
facet-yes = Ja
facet-under = under { $number }
facet-over = { $number } eller fleire
note-spelling = Ingen har skrive «{ $typed }». Vi søkte etter «{ $taken }».
note-like-us = Viser berre døme frå kommunar som liknar vår.
note-like-whom = Vi veit ikkje kva kommune du meiner, så alle er viste.
note-failures = Viser det som vart avslutta eller oppgitt, med lærdomen.
why-found = Funne fordi
why-other-form = «{ $asked }» er her «{ $found }»
why-part = «{ $asked }» er ein del av «{ $found }»
why-abbreviation = «{ $asked }» tyder «{ $found }»
why-synonym = «{ $asked }» er i slekt med «{ $found }»
why-spelling = «{ $asked }» liknar «{ $found }»
why-phrase = uttrykket står ordrett
used-by-none = Ingen andre bruker det enno
