# Start page and lists.

start-title = Forsiden
start-heading = Noen har gjort det før deg
start-lead = Finn ut hva andre kommuner har prøvd, hva det krevde, og hvordan det gikk. Ta med deg det som passer hos dere.
start-newest = Nytt i nettverket
start-empty = Ingen har delt noe ennå, eller det har ikke kommet fram hit.
start-all-cases = Se alle eksemplene
start-spread = Tatt i bruk av flere
start-spread-uses = bruker
start-spread-from = fra
start-needs = Andre leter etter svar
start-needs-lead = Har dere løst noe av dette? Da kan dere spare noen for mye arbeid.
start-all-needs = Se alle behovene
cases-count =
    { $n ->
        [one] { $count } eksempel
       *[other] { $count } eksempler
    }
needs-count =
    { $n ->
        [one] { $count } behov
       *[other] { $count } behov
    }
members-count =
    { $n ->
        [one] { $count } medlem
       *[other] { $count } medlemmer
    }
used-by-count =
    { $n ->
        [one] Brukes av { $count } annen
       *[other] Brukes av { $count } andre
    }
cases-heading = Eksempler
cases-show-all = Vis alle eksemplene
chosen = Valgt
remove = Fjern { $name }
sort = Sorter:
sort-newest = nyeste
sort-most-reused = mest brukt av andre
ready = Klar til gjenbruk
retold-short = Gjenfortalt om { $name }
untitled = Uten tittel
redacted = Teksten er sladdet
wanted = Teksten har ikke kommet fram ennå
unreadable = Teksten kan ikke leses av denne versjonen
themes-heading = Temaer og floker
wicked-heading = Floker
wicked-lead = Noen problemer får aldri en endelig løsning. Mange må prøve fra hver sin kant.
sectors-heading = Sektorer
themes-all = Alle temaer
needs-heading = Behov som søker en løsning
needs-lead = Her forteller kommuner hva de strever med. Kjenner du igjen behovet, eller har dere svaret?
needs-open = bare åpne
needs-all = alle
needs-none = Ingen behov er meldt akkurat nå.
needs-how = Slik melder dere et behov
needs-how-text = Skriv behovet i en fil og publiser den fra noden deres. Da kommer det til alle i nettverket og blir stilt opp mot det andre har gjort.

# Results of a search.

cases-for = Søk etter
narrow = Avgrens
narrow-do = Bruk valgene
like-us = Bare fra kommuner som ligner vår
sort-relevance = best treff
sort-title = tittel
none-heading = Ingen eksempler svarer på dette
none-text = Prøv færre ord, eller ta bort noe av det du har valgt.
none-need = Meld det som et behov
none-need-text = Det ingen har svart på, er nettopp det andre trenger å høre om. Lagre dette i en fil, fyll inn, og publiser den fra noden deres.
compare-pick = Sammenlign
compare-do = Sammenlign de valgte
compare-heading = Sammenlign eksempler
compare-few = Velg to til fire eksempler i listen for å se dem side om side.
feeds = Følg dette søket:
facet-evidence = Dokumentasjon
facet-owner = Delt av
facet-size = Innbyggere
facet-year = År
facet-askable = Noen å spørre
facet-yes = Ja
facet-under = under { $number }
facet-over = { $number } eller flere
note-spelling = Ingen har skrevet «{ $typed }». Vi søkte etter «{ $taken }».
note-like-us = Viser bare eksempler fra kommuner som ligner vår.
note-like-whom = Vi vet ikke hvilken kommune du mener, så alle vises.
note-failures = Viser det som ble avsluttet eller oppgitt, med lærdommen.
why-found = Funnet fordi
why-other-form = «{ $asked }» er her «{ $found }»
why-part = «{ $asked }» er en del av «{ $found }»
why-abbreviation = «{ $asked }» betyr «{ $found }»
why-synonym = «{ $asked }» er i slekt med «{ $found }»
why-spelling = «{ $asked }» ligner «{ $found }»
why-phrase = uttrykket står ordrett
used-by-none = Ingen andre bruker det ennå
