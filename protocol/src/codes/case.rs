//! Code lists of cases and needs.

use super::code_list;

code_list! {
    /// How far a case has come. From the process of need, solution, test and use that Øvre
    /// Eiker's method and KS's guide follow; `utilised` is the third of KS's gates
    /// new, useful and utilised.
    CaseStatus in "case_status" {
        Idea = "idea": "idé" | "idé" | "idea",
        NeedClarified = "need_clarified": "behov avklart" | "behov avklart" | "need clarified",
        Developing = "developing": "under utvikling" | "under utvikling" | "in development",
        Testing = "testing": "under test" | "under test" | "being tested",
        Pilot = "pilot": "pilot" | "pilot" | "pilot",
        InUse = "in_use": "i bruk" | "i bruk" | "in use",
        Utilised = "utilised": "nyttiggjort (verdi dokumentert)" | "nyttiggjord (verdi dokumentert)" | "utilised (value documented)",
        EndedWithLessons = "ended_with_lessons": "avsluttet, lærdom delt" | "avslutta, lærdom delt" | "ended, lessons shared",
        Discontinued = "discontinued": "avviklet" | "avvikla" | "discontinued",
    }
}

code_list! {
    /// What is new. The four types of the Danish and Norwegian innovation barometers.
    InnovationType in "innovation_type" {
        Product = "product": "produkt" | "produkt" | "product",
        Service = "service": "tjeneste" | "teneste" | "service",
        Process = "process": "ny arbeidsmåte eller organisering" | "ny arbeidsmåte eller organisering" | "process or organisation",
        Communication = "communication": "ny måte å kommunisere på" | "ny måte å kommunisere på" | "communication",
    }
}

code_list! {
    /// Where an innovation comes from, and how closely a reuse follows the case. The answers of
    /// the innovation barometers; `inspired` is our own and counts as `adapted` beside them.
    Origin in "origin" {
        First = "first": "første til å utvikle og innføre (så vidt vi vet)" | "første til å utvikle og innføre (så vidt vi veit)" | "first (as far as we know)",
        Adapted = "adapted": "inspirert av andre, vesentlig tilpasset" | "inspirert av andre, vesentleg tilpassa" | "inspired by others, substantially adapted",
        Copy = "copy": "i stor grad en kopi" | "i stor grad ein kopi" | "largely a copy",
        Inspired = "inspired": "bare inspirasjon til ny utvikling" | "berre inspirasjon til ny utvikling" | "inspiration only",
        Unknown = "unknown": "vet ikke" | "veit ikkje" | "don't know",
    }
}

code_list! {
    /// For whom it is new. After the degrees of novelty in the Oslo Manual.
    NovelFor in "novel_for" {
        Unit = "unit": "enheten" | "eininga" | "the unit",
        Municipality = "municipality": "kommunen" | "kommunen" | "the municipality",
        Region = "region": "regionen" | "regionen" | "the region",
        Norway = "norway": "Norge" | "Noreg" | "Norway",
        World = "world": "verden" | "verda" | "the world",
    }
}

code_list! {
    /// What came of it. The innovation barometers' kinds of value, with climate, trust, avoided
    /// cost and value for business added.
    Value in "value" {
        Quality = "quality": "bedre kvalitet" | "betre kvalitet" | "better quality",
        Efficiency = "efficiency": "økt effektivitet" | "auka effektivitet" | "greater efficiency",
        CitizenInvolvement = "citizen_involvement": "økt innflytelse for innbyggerne" | "auka innverknad for innbyggjarane" | "more influence for citizens",
        EmployeeSatisfaction = "employee_satisfaction": "økt medarbeidertilfredshet" | "meir nøgde medarbeidarar" | "greater employee satisfaction",
        PoliticalGoals = "political_goals": "innfridde politiske mål" | "innfridde politiske mål" | "political goals met",
        AvoidedCost = "avoided_cost": "unngåtte kostnader" | "unngåtte kostnader" | "avoided cost",
        Climate = "climate": "klima og miljø" | "klima og miljø" | "climate and environment",
        Business = "business": "verdi for næringslivet" | "verdi for næringslivet" | "value for business",
        Trust = "trust": "tillit" | "tillit" | "trust",
        None = "none": "ingen forbedring" | "inga forbetring" | "no improvement",
    }
}

code_list! {
    /// The part of the municipality. Common chapters of Norwegian municipal organisation.
    Sector in "sector" {
        HealthCare = "health_care": "helse og omsorg" | "helse og omsorg" | "health and care",
        ChildhoodEducation = "childhood_education": "oppvekst og utdanning" | "oppvekst og utdanning" | "childhood and education",
        Social = "social": "sosiale tjenester" | "sosiale tenester" | "social services",
        Culture = "culture": "kultur" | "kultur" | "culture",
        Technical = "technical": "teknisk" | "teknisk" | "technical services",
        Administration = "administration": "administrasjon og ledelse" | "administrasjon og leiing" | "administration and leadership",
        PlanningBusinessClimate = "planning_business_climate": "plan, næring og klima" | "plan, næring og klima" | "planning, business and climate",
        PreparednessDemocracy = "preparedness_democracy": "beredskap og demokrati" | "beredskap og demokrati" | "preparedness and democracy",
        CrossSector = "cross_sector": "tverrsektoriell" | "tverrsektoriell" | "cross-sector",
    }
}

code_list! {
    /// The phase of work. Øvre Eiker's method of need, solution and test, and operation after it.
    Phase in "phase" {
        Need = "need": "behov" | "behov" | "need",
        Solution = "solution": "løsning" | "løysing" | "solution",
        Test = "test": "test" | "test" | "test",
        Operation = "operation": "drift" | "drift" | "operation",
    }
}

code_list! {
    /// Who gains by it. Target groups of municipal services.
    Beneficiary in "beneficiary" {
        ChildrenYouth = "children_youth": "barn og unge" | "barn og unge" | "children and youth",
        Elderly = "elderly": "eldre" | "eldre" | "the elderly",
        Disabilities = "disabilities": "personer med funksjonsnedsettelse" | "personar med funksjonsnedsetjing" | "people with disabilities",
        Immigrants = "immigrants": "innvandrere" | "innvandrarar" | "immigrants",
        NextOfKin = "next_of_kin": "pårørende" | "pårørande" | "next of kin",
        Business = "business": "næringslivet" | "næringslivet" | "business",
        Voluntary = "voluntary": "frivillige organisasjoner" | "frivillige organisasjonar" | "voluntary organisations",
        Employees = "employees": "ansatte" | "tilsette" | "employees",
        Elected = "elected": "folkevalgte" | "folkevalde" | "elected representatives",
        Everyone = "everyone": "alle innbyggere" | "alle innbyggjarar" | "everyone",
    }
}

code_list! {
    /// Who started it or took part. The barometers' partners, with employees, unions and the
    /// elected of the municipalities' own accounts.
    Participant in "participant" {
        Employees = "employees": "ansatte" | "tilsette" | "employees",
        Managers = "managers": "ledere" | "leiarar" | "managers",
        Elected = "elected": "folkevalgte" | "folkevalde" | "elected representatives",
        Unions = "unions": "tillitsvalgte og fagforeninger" | "tillitsvalde og fagforeiningar" | "unions",
        Citizens = "citizens": "innbyggere" | "innbyggjarar" | "citizens",
        OtherUnits = "other_units": "andre enheter i kommunen" | "andre einingar i kommunen" | "other units of the municipality",
        OtherMunicipalities = "other_municipalities": "andre kommuner" | "andre kommunar" | "other municipalities",
        County = "county": "fylkeskommunen" | "fylkeskommunen" | "the county",
        State = "state": "staten" | "staten" | "the state",
        Research = "research": "forskning og utdanning" | "forsking og utdanning" | "research and education",
        Business = "business": "næringslivet" | "næringslivet" | "business",
        Voluntary = "voluntary": "frivillige organisasjoner" | "frivillige organisasjonar" | "voluntary organisations",
        SocialEnterprise = "social_enterprise": "sosiale entreprenører" | "sosiale entreprenørar" | "social enterprises",
        None = "none": "ingen" | "ingen" | "none",
    }
}

code_list! {
    /// What promoted or hindered. The first eight are those of KS's innovation barometer 2020.
    Factor in "factor" {
        SafeOperation = "safe_operation": "hensynet til sikker drift" | "omsynet til sikker drift" | "the concern for safe operation",
        HandlingOfMistakes = "handling_of_mistakes": "håndtering av feil" | "handtering av feil" | "handling of mistakes",
        InternalCooperation = "internal_cooperation": "internt samarbeid" | "internt samarbeid" | "internal cooperation",
        NewTechnology = "new_technology": "ny teknologi" | "ny teknologi" | "new technology",
        Economy = "economy": "økonomi" | "økonomi" | "economy",
        EmployeeInvolvement = "employee_involvement": "involvering av ansatte" | "involvering av tilsette" | "employee involvement",
        UserInvolvement = "user_involvement": "involvering av brukere" | "involvering av brukarar" | "user involvement",
        PoliticalDecisions = "political_decisions": "politiske vedtak" | "politiske vedtak" | "political decisions",
        Legislation = "legislation": "lovverk" | "lovverk" | "legislation",
        Competence = "competence": "kompetanse" | "kompetanse" | "competence",
        Time = "time": "tid" | "tid" | "time",
        Leadership = "leadership": "ledelse" | "leiing" | "leadership",
        Procurement = "procurement": "anskaffelser" | "anskaffingar" | "procurement",
    }
}

code_list! {
    /// What stood in the way: the four levels of Christian Bason's pyramid, and the five
    /// barriers that Gran named in 2017.
    Barrier in "barrier" {
        Framework = "framework": "rammebetingelser" | "rammevilkår" | "framework conditions",
        Strategy = "strategy": "strategi" | "strategi" | "strategy",
        Organisation = "organisation": "organisering" | "organisering" | "organisation",
        PeopleAndCulture = "people_and_culture": "mennesker og kultur" | "menneske og kultur" | "people and culture",
        FearOfMistakes = "fear_of_mistakes": "frykt for å gjøre feil" | "frykt for å gjere feil" | "fear of making mistakes",
        EconomicPriorities = "economic_priorities": "økonomiske prioriteringer" | "økonomiske prioriteringar" | "economic priorities",
        WorkloadTime = "workload_time": "arbeidspress og mangel på tid" | "arbeidspress og mangel på tid" | "workload and lack of time",
        WeakLeadership = "weak_leadership": "svak ledelse" | "svak leiing" | "weak leadership",
        PoorCommunication = "poor_communication": "dårlig kommunikasjon" | "dårleg kommunikasjon" | "poor communication",
    }
}

code_list! {
    /// Who paid. The sources of money that the barometers ask about.
    Funding in "funding" {
        OwnBudget = "own_budget": "eget budsjett" | "eige budsjett" | "own budget",
        CentralMunicipal = "central_municipal": "sentrale midler i kommunen" | "sentrale middel i kommunen" | "central funds of the municipality",
        CountyOrGovernor = "county_or_governor": "fylkeskommunen eller statsforvalteren" | "fylkeskommunen eller statsforvaltaren" | "the county or the county governor",
        StateGrant = "state_grant": "statlig tilskudd" | "statleg tilskot" | "state grant",
        InnovationScheme = "innovation_scheme": "virkemiddel for innovasjon" | "verkemiddel for innovasjon" | "innovation scheme",
        Fund = "fund": "fond eller stiftelse" | "fond eller stifting" | "fund or foundation",
        Partner = "partner": "samarbeidspartner" | "samarbeidspartnar" | "partner",
        Eu = "eu": "EU-midler" | "EU-middel" | "EU funds",
        None = "none": "ingen egne midler" | "ingen eigne middel" | "no dedicated funds",
    }
}

code_list! {
    /// How much it differs from what was. Continuous and radical innovation in Øvre Eiker's terms.
    Change in "change" {
        FurtherDevelopment = "further_development": "videreutvikling" | "vidareutvikling" | "further development",
        BreaksWithPractice = "breaks_with_practice": "bryter med praksis" | "bryt med praksis" | "breaks with practice",
        Unknown = "unknown": "vet ikke" | "veit ikkje" | "don't know",
    }
}

code_list! {
    /// How large it is. Small and large innovations in Øvre Eiker's terms.
    Scale in "scale" {
        Small = "small": "liten" | "liten" | "small",
        Medium = "medium": "middels" | "middels" | "medium",
        Large = "large": "stor" | "stor" | "large",
    }
}

code_list! {
    /// Whether personal data are involved, and whether their consequences were assessed.
    /// After article 35 of the General Data Protection Regulation.
    Privacy in "privacy" {
        None = "none": "ingen personopplysninger" | "ingen personopplysningar" | "no personal data",
        DpiaDone = "dpia_done": "personvernkonsekvenser er vurdert" | "personvernkonsekvensar er vurderte" | "impact assessment done",
        NotNeeded = "not_needed": "vurdering er ikke nødvendig" | "vurdering er ikkje nødvendig" | "assessment not needed",
        Unknown = "unknown": "vet ikke" | "veit ikkje" | "don't know",
    }
}

code_list! {
    /// Who worked together as parties of working life and local democracy. Øvre Eiker's party
    /// cooperation.
    Party in "party" {
        Politicians = "politicians": "politikere" | "politikarar" | "politicians",
        Administration = "administration": "administrasjonen" | "administrasjonen" | "the administration",
        Unions = "unions": "tillitsvalgte" | "tillitsvalde" | "unions",
        Citizens = "citizens": "innbyggere" | "innbyggjarar" | "citizens",
    }
}

code_list! {
    /// Whether the source code of software can be had.
    Software in "software" {
        Open = "open": "åpen kildekode" | "open kjeldekode" | "open source",
        Closed = "closed": "lukket kildekode" | "lukka kjeldekode" | "closed source",
        Unknown = "unknown": "vet ikke" | "veit ikkje" | "don't know",
    }
}

code_list! {
    /// Problems without a final solution (`floker`). The first three are Øvre Eiker's; the list
    /// is meant to grow.
    WickedProblem in "wicked_problem" {
        ClimateEnvironment = "climate_environment": "klima og miljø" | "klima og miljø" | "climate and environment",
        AgeingPopulation = "ageing_population": "aldrende befolkning" | "aldrande befolkning" | "ageing population",
        YouthExclusion = "youth_exclusion": "utenforskap blant unge" | "utanforskap blant unge" | "youth exclusion",
        Loneliness = "loneliness": "ensomhet" | "einsemd" | "loneliness",
        MentalHealth = "mental_health": "psykisk helse" | "psykisk helse" | "mental health",
        LabourShortage = "labour_shortage": "mangel på arbeidskraft" | "mangel på arbeidskraft" | "labour shortage",
        Depopulation = "depopulation": "fraflytting" | "fråflytting" | "depopulation",
        Inequality = "inequality": "sosial ulikhet" | "sosial ulikskap" | "social inequality",
    }
}
