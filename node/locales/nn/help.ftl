# What Idenett is.

help-heading = Om Idenett
help-lead = Tre av fire arbeidsplassar i kommunane fornyar seg, og det meste blir funne opp på nytt hos naboen. Idenett er nettverket der kommunar deler det dei har gjort, så andre finn det, forstår det og kan bruke det.
help-how-heading = Slik verkar det
help-how-1 = Kvar kommune har sin eigen node: eitt program på ei maskin hos kommunen. Det du les no, ligg på denne noden.
help-how-2 = Det ein kommune deler, går frå node til node til alle har det. Ingen sentral kan falle ut, endre noko eller gløyme det.
help-how-3 = Kommunar deler døme på det dei har prøvd, fortel om behov dei ikkje har løyst, og seier frå når dei bruker noko frå andre.
help-trust-heading = Kan eg lite på det?
help-trust-1 = Alt er signert av den som seier det. Noden kontrollerer signaturen kvar gong du opnar eit døme, og viser kven som skreiv kvar versjon og kva som vart endra.
help-trust-2 = Det som ikkje blir stadfesta innan fristen, blir merkt. Det som blir trekt tilbake, står att med grunnen.
help-gates-heading = Nytt, nyttig, nyttiggjort
help-gates-1 = Ein idé blir ein innovasjon når han har gått gjennom tre portar:
help-gate-new = det er sagt kven det er nytt for.
help-gate-useful = behovet er skildra, og det er sagt kva verdi ein ventar.
help-gate-utilised = det er i bruk, og verdien er observert eller målt.
help-evidence = Noden reknar ut nivået av målingane og av kven som bruker det. Ingen kan skrive det inn.
help-reuse-heading = Kva tel som gjenbruk?
help-reuse-1 = Berre den som bruker noko, kan seie det, aldri den som eig det. Det tel frå det er i bruk og praksis er endra, ikkje frå det er lese.
help-reuse-2 = Ei melding gjeld i to år. Så må ho stadfestast. Det er like lett å trekkje ho tilbake som å gi ho.
help-failure-heading = Det som ikkje verka
help-failure = Eit forsøk som vart avslutta, er like velkome som eit som lykkast. Lærdomen kan spare andre for det same.
help-keys-heading = Tastatur
help-keys = Trykk / for å gå til søkjefeltet. Alt anna verkar med tabulator og enter, også utan JavaScript.

# The page about the API.

api-heading = Maskinlesbare data (API)
api-lead = Alt sidene viser, kan program hente som JSON. Adressene kan berre lesast, og ingen treng nøkkel eller konto.
api-source = Sida er laga ut frå den same skildringa som programma les (OpenAPI 3.1). Det ho seier om kvar adresse, er på engelsk.
api-file = Hent skildringa
api-addresses = Adresser
api-example = Sjå eit døme på svaret
api-parameters = Parametrar
api-answers = Svar
api-common = Felles for alle adresser
api-schemas = Kva svara er sette saman av
