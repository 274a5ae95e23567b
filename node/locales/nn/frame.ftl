# What stands around every page.

skip = Hopp til innhaldet
menu = Hovudmeny
languages = Språk
menu-fold = Meny
menu-cases = Døme
menu-needs = Behov
menu-themes = Tema og flokar
menu-municipalities = Kommunar
menu-network = Nettverket
menu-help = Om Idenett
home = Framsida
breadcrumbs = Brødsmulesti
search = Søk
search-label = Søk i det kommunane har delt
search-example = til dømes einsame eldre
foot-what = Idenett er nettverket der kommunar deler det dei har prøvd, så andre kan bruke det.
foot-more = Les meir om Idenett
foot-api = Maskinlesbare data (API)
foot-federation = Nettverk:
pages = Fleire sider
page = Side
pages-back = Førre
pages-on = Neste
results = Treff
print = Skriv ut
copy = Kopier teksten
copied = Kopiert
read-more = Les meir
since = sidan
updated = Oppdatert

# When there is no page.

fault-code = Feil
fault-home = Til framsida
fault-not-found = Vi finn ikkje denne sida
fault-not-found-text = Adressa kan vere skriven feil, eller det ho viser til, har ikkje kome fram til denne noden enno. Prøv søket, eller vent litt og last sida på nytt.
fault-case = Til dømet
fault-withdrawn = Det blir ikkje laga saksframlegg av dette
fault-withdrawn-text = Den som delte dømet, har trekt det tilbake. Grunnen, og det som eventuelt står i staden, finn du på sida om dømet.
fault-bad = Vi forstår ikkje adressa
fault-bad-text = Eit av vala i adressa finst ikkje. Byrj på nytt frå lista over døme.
fault-method = Sidene kan berre lesast
fault-method-text = Du kan ikkje sende noko hit. Det som skal publiserast, skriv ein med kommandoen idenett på maskina der noden køyrer.
fault-too-large = Førespurnaden er for stor
fault-too-large-text = Gjer søket eller adressa kortare og prøv igjen.
fault-host = Sidene svarar ikkje på dette namnet
fault-host-text = Bruk adressa som noden gir opp i status. Skal sidene nåast under eit eige namn, legg ein namnet til i web_hosts i innstillingane.
fault-busy = Det er for mykje å gjere akkurat no
fault-busy-text = Vent nokre sekund og last sida på nytt. Ingenting er gått tapt.
fault-node = Noko gjekk gale i denne noden
fault-node-text = Feilen er skriven i loggen til noden. Sei frå til dei som driftar han, om det skjer igjen.
