//! What each indicator means and how it is counted, in the three languages: the one place from which documentation,
//! pages and exports are made. What others have published is set beside, with why it is not the same measure.

use super::indicator::{Indicator, Words};

/// Which days an indicator looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The days of the period.
    Period,
    /// The state at the day of reckoning.
    AtDate,
    /// The period twelve months earlier, and what came of it.
    Cohort,
    /// Each year of publication up to the day of reckoning.
    ByYear,
}

/// A figure that others have published.
#[derive(Clone, Copy, Debug)]
pub struct Published {
    /// The figure, with its year where there is one.
    pub value: Words,
    /// Who published it.
    pub source: &'static str,
    /// Why it is not the same measure.
    pub difference: Words,
}

/// What an indicator means and how it is counted.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    /// Its name.
    pub name: Words,
    /// What is counted.
    pub numerator: Words,
    /// Out of what; empty where it is a count alone.
    pub denominator: Words,
    /// Which days it looks at.
    pub extent: Extent,
    /// What others have published.
    pub published: &'static [Published],
}

/// The definition of an indicator.
pub(super) const fn definition(indicator: Indicator) -> &'static Definition {
    match indicator {
        Indicator::B1 => &B1,
        Indicator::B2 => &B2,
        Indicator::B3 => &B3,
        Indicator::B4 => &B4,
        Indicator::B5 => &B5,
        Indicator::B6 => &B6,
        Indicator::B7 => &B7,
        Indicator::B8 => &B8,
        Indicator::B9 => &B9,
        Indicator::B10 => &B10,
        Indicator::B11 => &B11,
        Indicator::B12 => &B12,
        Indicator::B13 => &B13,
        Indicator::B14 => &B14,
        Indicator::B15 => &B15,
        Indicator::B16 => &B16,
        Indicator::B17 => &B17,
        Indicator::B18 => &B18,
        Indicator::B19 => &B19,
        Indicator::B20 => &B20,
        Indicator::B21 => &B21,
        Indicator::B22 => &B22,
        Indicator::B23 => &B23,
        Indicator::B24 => &B24,
        Indicator::S1 => &S1,
        Indicator::S2 => &S2,
    }
}

const fn words(nb: &'static str, nn: &'static str, en: &'static str) -> Words {
    Words { nb, nn, en }
}

const B1: Definition = Definition {
    name: words("Kommuner som fornyer seg", "Kommunar som fornyar seg", "Innovating members"),
    numerator: words(
        "medlemmer med en løsning som ble tatt i bruk i perioden",
        "medlemmer med ei løysing som vart teken i bruk i perioden",
        "members with a case that was taken in use in the period",
    ),
    denominator: words("aktive medlemmer", "aktive medlemmer", "active members"),
    extent: Extent::Period,
    published: &[
        Published {
            value: words(
                "74 % (2018), tre av fire (2020)",
                "74 % (2018), tre av fire (2020)",
                "74 % (2018), three of four (2020)",
            ),
            source: "KS, Innovasjonsbarometeret",
            difference: words(
                "spør virksomheter i kommunene, ikke kommunene selv",
                "spør verksemder i kommunane, ikkje kommunane sjølve",
                "asks workplaces of the municipalities, not the municipalities",
            ),
        },
        Published {
            value: words("81 %", "81 %", "81 %"),
            source: "Danmark, Innovationsbarometeret",
            difference: words(
                "spør offentlige arbeidsplasser",
                "spør offentlege arbeidsplassar",
                "asks public workplaces",
            ),
        },
    ],
};

const B2: Definition = Definition {
    name: words("Først, tilpasset eller kopi", "Først, tilpassa eller kopi", "First, adapted or copied"),
    numerator: words(
        "de som er først, tilpasset fra andre eller en kopi",
        "dei som er først, tilpassa frå andre eller ein kopi",
        "those that were first, adapted from others, or a copy",
    ),
    denominator: words(
        "løsninger tatt i bruk i perioden der opphavet er kjent",
        "løysingar tekne i bruk i perioden der opphavet er kjent",
        "cases taken in use in the period whose origin is known",
    ),
    extent: Extent::Period,
    published: &[Published {
        value: words(
            "72 % tilpasset eller kopiert (2018-19)",
            "72 % tilpassa eller kopiert (2018-19)",
            "72 % adapted or copied (2018-19)",
        ),
        source: "Danmark, Innovationsbarometeret",
        difference: words(
            "gjelder den siste innovasjonen på hver arbeidsplass",
            "gjeld den siste innovasjonen på kvar arbeidsplass",
            "is about the latest innovation of each workplace",
        ),
    }],
};

const B3: Definition = Definition {
    name: words("Spredning", "Spreiing", "Spread"),
    numerator: words(
        "de som minst én annen organisasjon har i bruk",
        "dei som minst éin annan organisasjon har i bruk",
        "those that at least one other organisation has in use",
    ),
    denominator: words(
        "bekreftede løsninger som har vært i bruk i seks måneder eller mer",
        "stadfesta løysingar som har vore i bruk i seks månader eller meir",
        "confirmed cases that have been in use for six months or more",
    ),
    extent: Extent::AtDate,
    published: &[],
};

const B4: Definition = Definition {
    name: words("Rekkevidde", "Rekkjevidd", "Reach"),
    numerator: words(
        "andre organisasjoner som har dem i bruk",
        "andre organisasjonar som har dei i bruk",
        "other organisations that have them in use",
    ),
    denominator: words("bekreftede løsninger i bruk", "stadfesta løysingar i bruk", "confirmed cases in use"),
    extent: Extent::AtDate,
    published: &[Published {
        value: words(
            "om lag 4,2 brukere per programvare",
            "om lag 4,2 brukarar per programvare",
            "about 4.2 users per software",
        ),
        source: "Italia, Developers Italia",
        difference: words(
            "gjelder programvare, ikke all innovasjon",
            "gjeld programvare, ikkje all innovasjon",
            "is about software, not all innovation",
        ),
    }],
};

const B5: Definition = Definition {
    name: words("Kommuner som gjenbruker", "Kommunar som gjenbruker", "Reusing members"),
    numerator: words(
        "medlemmer som har en annens løsning i bruk",
        "medlemmer som har ei løysing frå andre i bruk",
        "members that have another's case in use",
    ),
    denominator: words("aktive medlemmer", "aktive medlemmer", "active members"),
    extent: Extent::AtDate,
    published: &[Published {
        value: words("663 brukere mot 55 som deler", "663 brukarar mot 55 som deler", "663 users to 55 publishers"),
        source: "Italia, Developers Italia",
        difference: words(
            "gjelder programvare, og teller brukere utenfor nettverket",
            "gjeld programvare, og tel brukarar utanfor nettverket",
            "is about software and counts users outside any network",
        ),
    }],
};

const B6: Definition = Definition {
    name: words("Aktivt delt", "Aktivt delt", "Actively shared"),
    numerator: words(
        "de som er vist på en delingsarena, oversatt, eller har fått et spørsmål besvart innen 14 dager",
        "dei som er viste på ein delingsarena, omsette, eller har fått eit spørsmål svara på innan 14 dagar",
        "those shown in a sharing arena, translated, or with a question answered within 14 days",
    ),
    denominator: words(
        "løsninger i bruk, tatt i bruk i perioden",
        "løysingar i bruk, tekne i bruk i perioden",
        "cases in use that were taken in use in the period",
    ),
    extent: Extent::Period,
    published: &[Published {
        value: words("mer enn 50 % (2013-14)", "meir enn 50 % (2013-14)", "more than 50 % (2013-14)"),
        source: "Danmark, Innovationsbarometeret",
        difference: words(
            "spør om arbeidsplassen har gjort noe for å spre innovasjonen",
            "spør om arbeidsplassen har gjort noko for å spreie innovasjonen",
            "asks whether the workplace did anything to spread the innovation",
        ),
    }],
};

const B7: Definition = Definition {
    name: words("Evaluert", "Evaluert", "Evaluated"),
    numerator: words(
        "de som er målt, eller som har gått bra hos noen andre",
        "dei som er målte, eller som har gått bra hos nokon andre",
        "those that were measured, or went well for somebody else",
    ),
    denominator: words("bekreftede løsninger i bruk", "stadfesta løysingar i bruk", "confirmed cases in use"),
    extent: Extent::AtDate,
    published: &[Published {
        value: words("4 av 10", "4 av 10", "4 of 10"),
        source: "Danmark, Innovationsbarometeret",
        difference: words(
            "regner også interne evalueringer som ikke er delt",
            "reknar òg med interne evalueringar som ikkje er delte",
            "includes internal evaluations that were not shared",
        ),
    }],
};

const B8: Definition = Definition {
    name: words("Verdi", "Verdi", "Value"),
    numerator: words(
        "de der denne verdien er observert",
        "dei der denne verdien er observert",
        "those for which this value was observed",
    ),
    denominator: words(
        "løsninger nyttiggjort i perioden",
        "løysingar nyttiggjorde i perioden",
        "cases utilised in the period",
    ),
    extent: Extent::Period,
    published: &[Published {
        value: words("kvalitet er vanligst", "kvalitet er vanlegast", "quality is most common"),
        source: "KS, Innovasjonsbarometeret",
        difference: words(
            "spør om all verdi, også den som bare er ventet",
            "spør om all verdi, òg den som berre er venta",
            "asks about any value, expected ones included",
        ),
    }],
};

const B9: Definition = Definition {
    name: words("Tid til gjenbruk", "Tid til gjenbruk", "Time to reuse"),
    numerator: words(
        "dager fra publisering til første gjenbruk er i bruk (median etter Kaplan og Meier)",
        "dagar frå publisering til første gjenbruk er i bruk (median etter Kaplan og Meier)",
        "days from publication to the first reuse in use (median by Kaplan and Meier)",
    ),
    denominator: words(
        "publiserte løsninger; de som ikke er gjenbrukt ennå, følges til telledagen",
        "publiserte løysingar; dei som ikkje er gjenbrukte enno, blir følgde til teljedagen",
        "published cases; those not reused yet are followed to the day of reckoning",
    ),
    extent: Extent::ByYear,
    published: &[],
};

const B10: Definition = Definition {
    name: words("Varig gjenbruk", "Varig gjenbruk", "Lasting reuse"),
    numerator: words(
        "de som fortsatt var i bruk tolv måneder senere",
        "dei som framleis var i bruk tolv månader seinare",
        "those that were still in use twelve months later",
    ),
    denominator: words(
        "gjenbruk som kom i bruk i perioden tolv måneder tidligere",
        "gjenbruk som kom i bruk i perioden tolv månader tidlegare",
        "reuses that came in use in the period twelve months earlier",
    ),
    extent: Extent::Cohort,
    published: &[],
};

const B11: Definition = Definition {
    name: words("Behov som ble dekket", "Behov som vart dekte", "Needs met"),
    numerator: words(
        "de som en løsning eller gjenbruk dekket; median av dager",
        "dei som ei løysing eller gjenbruk dekte; median av dagar",
        "those met by a case or a reuse; median of days",
    ),
    denominator: words("behov meldt i perioden", "behov melde i perioden", "needs opened in the period"),
    extent: Extent::Period,
    published: &[],
};

const B12: Definition = Definition {
    name: words("Medarbeiderdrevet", "Medarbeidardriven", "Employee-driven"),
    numerator: words(
        "de der ansatte var med på å ta initiativet",
        "dei der tilsette var med på å ta initiativet",
        "those that employees helped to start",
    ),
    denominator: words(
        "løsninger tatt i bruk i perioden der det er oppgitt hvem som tok initiativet",
        "løysingar tekne i bruk i perioden der det er oppgitt kven som tok initiativet",
        "cases taken in use in the period that state who started them",
    ),
    extent: Extent::Period,
    published: &[Published {
        value: words("88 % (2018)", "88 % (2018)", "88 % (2018)"),
        source: "KS, Innovasjonsbarometeret",
        difference: words(
            "gjelder den siste innovasjonen i hver virksomhet",
            "gjeld den siste innovasjonen i kvar verksemd",
            "is about the latest innovation of each workplace",
        ),
    }],
};

const B13: Definition = Definition {
    name: words("Hva som fremmer og hemmer", "Kva som fremjar og hemmar", "What promotes and hinders"),
    numerator: words(
        "middelverdi av svarene, fra -2 til 2",
        "middelverdi av svara, frå -2 til 2",
        "mean of the answers, from -2 to 2",
    ),
    denominator: words(
        "svar for hver faktor, løsninger tatt i bruk i perioden",
        "svar for kvar faktor, løysingar tekne i bruk i perioden",
        "answers for each factor, cases taken in use in the period",
    ),
    extent: Extent::Period,
    published: &[Published {
        value: words(
            "involvering fremmer, økonomi hemmer (2020)",
            "involvering fremjar, økonomi hemmar (2020)",
            "involvement promotes, economy hinders (2020)",
        ),
        source: "KS, Innovasjonsbarometeret",
        difference: words("bruker en annen skala", "bruker ein annan skala", "uses another scale"),
    }],
};

const B14: Definition = Definition {
    name: words("Samarbeid", "Samarbeid", "Collaboration"),
    numerator: words(
        "de der denne gruppen deltok",
        "dei der denne gruppa deltok",
        "those in which this group took part",
    ),
    denominator: words(
        "løsninger tatt i bruk i perioden der det er oppgitt hvem som deltok",
        "løysingar tekne i bruk i perioden der det er oppgitt kven som deltok",
        "cases taken in use in the period that state who took part",
    ),
    extent: Extent::Period,
    published: &[Published {
        value: words(
            "egen kommune 57 %, andre offentlige 20 %, bedrifter 15 %, innbyggere 66 % (2018)",
            "eigen kommune 57 %, andre offentlege 20 %, bedrifter 15 %, innbyggjarar 66 % (2018)",
            "own municipality 57 %, other public 20 %, firms 15 %, citizens 66 % (2018)",
        ),
        source: "KS, Innovasjonsbarometeret",
        difference: words(
            "tallet for innbyggere er samspill i vid forstand, tallet for bedrifter er samarbeid",
            "talet for innbyggjarar er samspel i vid forstand, talet for bedrifter er samarbeid",
            "the figure for citizens is interplay in a wide sense, that for firms collaboration",
        ),
    }],
};

const B15: Definition = Definition {
    name: words("Flere typer på én gang", "Fleire typar på éin gong", "Several types at once"),
    numerator: words("de med to eller flere typer", "dei med to eller fleire typar", "those of two or more types"),
    denominator: words(
        "løsninger tatt i bruk i perioden",
        "løysingar tekne i bruk i perioden",
        "cases taken in use in the period",
    ),
    extent: Extent::Period,
    published: &[
        Published {
            value: words("mer enn en fjerdedel", "meir enn ein fjerdedel", "more than a quarter"),
            source: "KS, Innovasjonsbarometeret",
            difference: words("spør virksomheter", "spør verksemder", "asks workplaces"),
        },
        Published {
            value: words("om lag halvparten", "om lag halvparten", "about half"),
            source: "Danmark, Innovationsbarometeret",
            difference: words(
                "spør offentlige arbeidsplasser",
                "spør offentlege arbeidsplassar",
                "asks public workplaces",
            ),
        },
    ],
};

const B16: Definition = Definition {
    name: words("Lærdom av det som ikke gikk", "Lærdom av det som ikkje gjekk", "Learning from failure"),
    numerator: words(
        "de som ble avsluttet med lærdom delt",
        "dei som vart avslutta med lærdom delt",
        "those that ended with lessons shared",
    ),
    denominator: words(
        "løsninger avsluttet eller avviklet i perioden",
        "løysingar avslutta eller avvikla i perioden",
        "cases that ended or were discontinued in the period",
    ),
    extent: Extent::Period,
    published: &[Published {
        value: words(
            "én av fem prøvde uten å oppnå forbedring",
            "éin av fem prøvde utan å oppnå betring",
            "one in five tried without improvement",
        ),
        source: "Meld. St. 30 (2019-20)",
        difference: words(
            "gjelder kommuner som prøvde, ikke hva de delte",
            "gjeld kommunar som prøvde, ikkje kva dei delte",
            "is about municipalities that tried, not what they shared",
        ),
    }],
};

const B17: Definition = Definition {
    name: words("Flyt av gjenbruk", "Flyt av gjenbruk", "Flow of reuse"),
    numerator: words(
        "gjenbruk fra en gruppe til en annen; netto er det som går ut, minus det som kommer inn",
        "gjenbruk frå ei gruppe til ei anna; netto er det som går ut, minus det som kjem inn",
        "reuses from one group to another; net is what goes out less what comes in",
    ),
    denominator: words(
        "gjenbruk i bruk som kom i bruk i perioden",
        "gjenbruk i bruk som kom i bruk i perioden",
        "reuses in use that came in use in the period",
    ),
    extent: Extent::Period,
    published: &[Published {
        value: words(
            "distriktene gjenbruker, sentrene sprer",
            "distrikta gjenbruker, sentra spreier",
            "districts reuse, centres spread",
        ),
        source: "Regionale utviklingstrekk 2025",
        difference: words(
            "er en beskrivelse, ikke en telling",
            "er ei skildring, ikkje ei teljing",
            "is a description, not a count",
        ),
    }],
};

const B18: Definition = Definition {
    name: words("Hvor de hørte om det", "Kvar dei høyrde om det", "Where they heard of it"),
    numerator: words("de som oppgir denne kanalen", "dei som oppgir denne kanalen", "those that name this channel"),
    denominator: words(
        "gjenbruk som kom i bruk i perioden og oppgir en kanal",
        "gjenbruk som kom i bruk i perioden og oppgir ein kanal",
        "reuses that came in use in the period and state a channel",
    ),
    extent: Extent::Period,
    published: &[Published {
        value: words("faglige nettverk betyr mest", "faglege nettverk betyr mest", "professional networks matter most"),
        source: "Danmark, Innovationsbarometeret",
        difference: words(
            "gjelder innovasjoner som er inspirert av andre",
            "gjeld innovasjonar som er inspirerte av andre",
            "is about innovations inspired by others",
        ),
    }],
};

const B19: Definition = Definition {
    name: words("Ferskhet", "Ferskleik", "Freshness"),
    numerator: words(
        "bekreftede løsninger; median av dager siden siste bekreftelse; spørsmål besvart innen 14 dager",
        "stadfesta løysingar; median av dagar sidan siste stadfesting; spørsmål svara på innan 14 dagar",
        "confirmed cases; median of days since the last confirmation; questions answered within 14 days",
    ),
    denominator: words(
        "løsninger i bruk; spørsmål stilt for mer enn 14 dager siden",
        "løysingar i bruk; spørsmål stilte for meir enn 14 dagar sidan",
        "cases in use; questions asked more than 14 days ago",
    ),
    extent: Extent::AtDate,
    published: &[],
};

const B20: Definition = Definition {
    name: words("Spart", "Spart", "Saved"),
    numerator: words(
        "ventet besparelse med laveste og høyeste anslag, hver enhet for seg",
        "venta innsparing med lågaste og høgaste anslag, kvar eining for seg",
        "expected savings with low and high estimates, each unit by itself",
    ),
    denominator: words(
        "gjenbruk som kom i bruk i perioden; dekningen viser hvor mange som oppgir beløp og metode",
        "gjenbruk som kom i bruk i perioden; dekninga viser kor mange som oppgir beløp og metode",
        "reuses that came in use in the period; the coverage shows how many state an amount and a method",
    ),
    extent: Extent::Period,
    published: &[],
};

const B21: Definition = Definition {
    name: words("Dekning", "Dekning", "Coverage"),
    numerator: words("de som er aktive medlemmer", "dei som er aktive medlemmer", "those that are active members"),
    denominator: words(
        "kommuner og fylkeskommuner i Norge",
        "kommunar og fylkeskommunar i Noreg",
        "municipalities and counties of Norway",
    ),
    extent: Extent::AtDate,
    published: &[],
};

const B22: Definition = Definition {
    name: words("Tilbake til kilden", "Tilbake til kjelda", "Back to the source"),
    numerator: words(
        "de som ga erfaring, forbedring eller takk tilbake innen tolv måneder; forbedringer som ble tatt inn",
        "dei som gav erfaring, forbetring eller takk tilbake innan tolv månader; forbetringar som vart tekne inn",
        "those that gave back experience, improvement or thanks within twelve months; improvements adopted",
    ),
    denominator: words(
        "gjenbruk som kom i bruk i perioden tolv måneder tidligere; forbedringer foreslått i perioden",
        "gjenbruk som kom i bruk i perioden tolv månader tidlegare; forbetringar foreslåtte i perioden",
        "reuses that came in use in the period twelve months earlier; improvements proposed in the period",
    ),
    extent: Extent::Cohort,
    published: &[],
};

const B23: Definition = Definition {
    name: words("Generasjoner", "Generasjonar", "Generations"),
    numerator: words(
        "gjenbruk i første, andre, tredje eller senere ledd; gjenbruk tatt fra en kopi",
        "gjenbruk i første, andre, tredje eller seinare ledd; gjenbruk teke frå ein kopi",
        "reuses of the first, second, third or a later generation; reuses taken from a copy",
    ),
    denominator: words("gjenbruk i bruk", "gjenbruk i bruk", "reuses in use"),
    extent: Extent::AtDate,
    published: &[],
};

const B24: Definition = Definition {
    name: words("Språk", "Språk", "Languages"),
    numerator: words(
        "løsninger på hvert språk; gjenbruk mellom bokmål og nynorsk",
        "løysingar på kvart språk; gjenbruk mellom bokmål og nynorsk",
        "cases in each language; reuse across bokmål and nynorsk",
    ),
    denominator: words(
        "løsninger; gjenbruk i bruk der begge målformer er kjent",
        "løysingar; gjenbruk i bruk der båe målformene er kjende",
        "cases; reuses in use where both written forms are known",
    ),
    extent: Extent::AtDate,
    published: &[Published {
        value: words(
            "119 bokmål, 88 nynorsk, 150 nøytrale",
            "119 bokmål, 88 nynorsk, 150 nøytrale",
            "119 bokmål, 88 nynorsk, 150 neutral",
        ),
        source: "Kommunenes språkvedtak",
        difference: words(
            "gjelder kommuner, ikke løsninger",
            "gjeld kommunar, ikkje løysingar",
            "is about municipalities, not cases",
        ),
    }],
};

const S1: Definition = Definition {
    name: words("Fra idé til nyttiggjort", "Frå idé til nyttiggjord", "From idea to utilised"),
    numerator: words("løsninger med denne statusen", "løysingar med denne statusen", "cases of this status"),
    denominator: words(
        "løsninger som ikke er trukket tilbake",
        "løysingar som ikkje er trekte tilbake",
        "cases that are not withdrawn",
    ),
    extent: Extent::AtDate,
    published: &[],
};

const S2: Definition = Definition {
    name: words("Åpne behov", "Opne behov", "Open needs"),
    numerator: words(
        "behov som er åpne eller i dialog, og bekreftet",
        "behov som er opne eller i dialog, og stadfesta",
        "needs that are open or in dialogue, and confirmed",
    ),
    denominator: words("", "", ""),
    extent: Extent::AtDate,
    published: &[],
};
