# What Idenett is.

help-heading = Om Idenett
help-lead = Tre av fire arbeidsplasser i kommunene fornyer seg, og det meste blir funnet opp på nytt hos naboen. Idenett er nettverket der kommuner deler det de har gjort, så andre finner det, forstår det og kan bruke det.
help-how-heading = Slik virker det
help-how-1 = Hver kommune har sin egen node: ett program på en maskin hos kommunen. Det du leser nå, ligger på denne noden.
help-how-2 = Det en kommune deler, går fra node til node til alle har det. Ingen sentral kan falle ut, endre noe eller glemme det.
help-how-3 = Kommuner deler eksempler på det de har prøvd, forteller om behov de ikke har løst, og sier fra når de bruker noe fra andre.
help-trust-heading = Kan jeg stole på det?
help-trust-1 = Alt er signert av den som sier det. Noden kontrollerer signaturen hver gang du åpner et eksempel, og viser hvem som skrev hver versjon og hva som ble endret.
help-trust-2 = Det som ikke blir bekreftet innen fristen, blir merket. Det som blir trukket tilbake, står igjen med grunnen.
help-gates-heading = Nytt, nyttig, nyttiggjort
help-gates-1 = En idé blir en innovasjon når den har gått gjennom tre porter:
help-gate-new = det er sagt for hvem det er nytt.
help-gate-useful = behovet er beskrevet, og det er sagt hvilken verdi man venter.
help-gate-utilised = det er i bruk, og verdien er observert eller målt.
help-evidence = Noden regner ut nivået av målingene og av hvem som bruker det. Ingen kan skrive det inn.
help-reuse-heading = Hva teller som gjenbruk?
help-reuse-1 = Bare den som bruker noe, kan si det, aldri den som eier det. Det teller fra det er i bruk og praksis er endret, ikke fra det er lest.
help-reuse-2 = En melding gjelder i to år. Så må den bekreftes. Det er like lett å trekke den tilbake som å gi den.
help-failure-heading = Det som ikke virket
help-failure = Et forsøk som ble avsluttet, er like velkomment som et som lyktes. Lærdommen kan spare andre for det samme.
help-keys-heading = Tastatur
help-keys = Trykk / for å gå til søkefeltet. Alt annet virker med tabulator og enter, også uten JavaScript.

# The page about the API.

api-heading = Maskinlesbare data (API)
api-lead = Alt sidene viser, kan programmer hente som JSON. Adressene kan bare leses, og ingen trenger nøkkel eller konto.
api-source = Siden er laget ut fra den samme beskrivelsen som programmene leser (OpenAPI 3.1). Det den sier om hver adresse, er på engelsk.
api-file = Hent beskrivelsen
api-addresses = Adresser
api-example = Se et eksempel på svaret
api-parameters = Parametere
api-answers = Svar
api-common = Felles for alle adresser
api-schemas = Hva svarene består av
