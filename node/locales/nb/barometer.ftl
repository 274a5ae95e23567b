# The pages of the reuse barometer.

menu-barometer = Barometer
barometer-lead = Tall om innovasjon og gjenbruk, talt fra det kommunene selv har signert. Hver node teller for seg og kommer til det samme.
# With a place where the word may be divided.
barometer-heading = Gjenbruks­barometeret
barometer-show = Vis
barometer-headlines = Hovedtall
barometer-all = Alle indikatorer
barometer-from = Telt fra
barometer-not-same = Ikke samme mål, for den
barometer-recompute = Med dette fotavtrykket kan enhver node regne ut de samme tallene.
barometer-percent = { $n } %
barometer-days = { $n } dager
barometer-months = { $n } md.
barometer-of = { $n } av { $of }
barometer-among = blant { $of }
barometer-saved = { $low } til { $high }, oppgitt av { $n } av { $of }
barometer-unknown = Denne inndelingen sier ingenting om det som telles her.
barometer-download = Last ned
barometer-trend = År for år
barometer-trend-about = Tallene for hvert år fram til telledagen. Tabellen under sier det samme.
barometer-year = År
barometer-everyone = Alle som var medlem det enkelte året.
barometer-panel = Bare de som var medlem både i det første og det siste året, så ikke vekst i nettverket ser ut som innovasjon.
barometer-see-everyone = Vis alle medlemmer
barometer-see-panel = Vis bare dem som var med hele tiden
barometer-curve = Hvor lang tid det tar før noen gjenbruker
barometer-curve-about = Andelen løsninger som er gjenbrukt av minst én annen, etter måneder siden publisering. De som ikke er gjenbrukt ennå, teller med så lenge de er fulgt.
barometer-to-mirror = Se din kommune ved siden av dem som ligner
mirror-heading = Speilet
mirror-lead = Kommunen ved siden av dem som ligner, hele nettverket og det andre har publisert. Skrevet ut er siden en rapport til lederavtaler og kommunestyret.
mirror-table = Slik står det
mirror-alike = Kommuner som ligner
mirror-everyone = Hele nettverket
mirror-alike-who = Kommunene som ligner
mirror-alike-nobody = Ingen av medlemmene ligner nok.
mirror-records = Se postene bak tallene
