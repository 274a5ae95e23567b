"""The words by which readers find their way, written here once more on purpose, and the way of each."""

BOKMAL = {
    "id": "nb", "name": "Bokmål", "cases": "Eksempler", "needs": "Behov", "home": "Forsiden", "search": "Søk",
    "label": "Søk i det kommunene har delt", "problem": "Behovet", "reuse": "Hvem bruker det?",
    "wants": "Dette leter vi etter", "answers": "Eksempler som kan hjelpe", "skip": "Hopp til innholdet",
    "lost": "Vi finner ikke denne siden", "withdrawn": "Trukket tilbake", "redacted": "Teksten er sladdet",
    "paper": "Utkast til saksframlegg", "as-need": "Meld det som et behov",
    "query": "to kommuner lærer sammen", "case": "PILOTen Hadeland: to kommuner lærer sammen, hver gjør sitt",
    "user": "Øvre Eiker", "need": "Unge som faller utenfor",
}
NYNORSK = {
    "id": "nn", "name": "Nynorsk", "cases": "Døme", "needs": "Behov", "home": "Framsida", "search": "Søk",
    "label": "Søk i det kommunane har delt", "problem": "Behovet", "reuse": "Kven bruker det?",
    "wants": "Dette leitar vi etter", "answers": "Døme som kan hjelpe", "skip": "Hopp til innhaldet",
    "lost": "Vi finn ikkje denne sida", "withdrawn": "Trekt tilbake", "redacted": "Teksten er sladda",
    "paper": "Utkast til saksframlegg", "as-need": "Meld det som eit behov",
    # The reader writes nynorsk; what is found is written in bokmål.
    "query": "blogg som spreier løysingane til kommunen", "case": "Tanketanken: en blogg som sprer kommunens egne løsninger",
    "user": "Lunner", "need": "Fleire eldre og like mange hender",
}
ENGLISH = {"id": "en", "name": "English", "lost": "We cannot find this page"}
NORWEGIAN = [BOKMAL, NYNORSK]
