# The pages of the reuse barometer.

menu-barometer = Barometer
barometer-lead = Tal om innovasjon og gjenbruk, talde frå det kommunane sjølve har signert. Kvar node tel for seg og kjem til det same.
# With a place where the word may be divided.
barometer-heading = Gjenbruks­barometeret
barometer-show = Vis
barometer-headlines = Hovudtal
barometer-all = Alle indikatorar
barometer-from = Talt frå
barometer-not-same = Ikkje same mål, for den
barometer-recompute = Med dette fotavtrykket kan kvar node rekne ut dei same tala.
barometer-percent = { $n } %
barometer-days = { $n } dagar
barometer-months = { $n } md.
barometer-of = { $n } av { $of }
barometer-among = blant { $of }
barometer-saved = { $low } til { $high }, oppgitt av { $n } av { $of }
barometer-unknown = Denne inndelinga seier ingenting om det som blir talt her.
barometer-download = Last ned
barometer-trend = År for år
barometer-trend-about = Tala for kvart år fram til teljedagen. Tabellen under seier det same.
barometer-year = År
barometer-everyone = Alle som var medlem det enkelte året.
barometer-panel = Berre dei som var medlem både i det første og det siste året, så ikkje vekst i nettverket ser ut som innovasjon.
barometer-see-everyone = Vis alle medlemmer
barometer-see-panel = Vis berre dei som var med heile tida
barometer-curve = Kor lang tid det tek før nokon gjenbruker
barometer-curve-about = Delen av løysingane som er gjenbrukt av minst éin annan, etter månader sidan publisering. Dei som ikkje er gjenbrukte enno, tel med så lenge dei er følgde.
barometer-to-mirror = Sjå kommunen din ved sida av dei som liknar
mirror-heading = Spegelen
mirror-lead = Kommunen ved sida av dei som liknar, heile nettverket og det andre har publisert. Skriven ut er sida ein rapport til leiaravtalar og kommunestyret.
mirror-table = Slik står det
mirror-alike = Kommunar som liknar
mirror-everyone = Heile nettverket
mirror-alike-who = Kommunane som liknar
mirror-alike-nobody = Ingen av medlemmene liknar nok.
mirror-records = Sjå postane bak tala
