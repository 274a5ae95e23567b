# What stands around every page.

skip = Hopp til innholdet
menu = Hovedmeny
languages = Språk
menu-fold = Meny
menu-cases = Eksempler
menu-needs = Behov
menu-themes = Temaer og floker
menu-municipalities = Kommuner
menu-network = Nettverket
menu-help = Om Idenett
home = Forsiden
breadcrumbs = Brødsmulesti
search = Søk
search-label = Søk i det kommunene har delt
search-example = for eksempel ensomme eldre
foot-what = Idenett er nettverket der kommuner deler det de har prøvd, så andre kan bruke det.
foot-more = Les mer om Idenett
foot-api = Maskinlesbare data (API)
foot-federation = Nettverk:
pages = Flere sider
page = Side
pages-back = Forrige
pages-on = Neste
results = Treff
print = Skriv ut
copy = Kopier teksten
copied = Kopiert
read-more = Les mer
since = siden
updated = Oppdatert

# When there is no page.

fault-code = Feil
fault-home = Til forsiden
fault-not-found = Vi finner ikke denne siden
fault-not-found-text = Adressen kan være skrevet feil, eller det den viser til, har ikke kommet fram til denne noden ennå. Prøv søket, eller vent litt og last siden på nytt.
fault-case = Til eksempelet
fault-withdrawn = Det lages ikke saksframlegg av dette
fault-withdrawn-text = Den som delte eksempelet, har trukket det tilbake. Grunnen, og det som eventuelt står i stedet, finner du på siden om eksempelet.
fault-bad = Vi forstår ikke adressen
fault-bad-text = Et av valgene i adressen finnes ikke. Begynn på nytt fra listen over eksempler.
fault-method = Sidene kan bare leses
fault-method-text = Du kan ikke sende noe hit. Det som skal publiseres, skrives med kommandoen idenett på maskinen der noden kjører.
fault-too-large = Forespørselen er for stor
fault-too-large-text = Gjør søket eller adressen kortere og prøv igjen.
fault-host = Sidene svarer ikke på dette navnet
fault-host-text = Bruk adressen som noden oppgir i status. Skal sidene nås under et eget navn, legges navnet til i web_hosts i innstillingene.
fault-busy = Det er for mye å gjøre akkurat nå
fault-busy-text = Vent noen sekunder og last siden på nytt. Ingenting er gått tapt.
fault-node = Noe gikk galt i denne noden
fault-node-text = Feilen er skrevet i loggen til noden. Si fra til dem som drifter den, hvis det skjer igjen.
