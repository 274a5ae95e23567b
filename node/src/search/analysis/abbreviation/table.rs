//! The table of abbreviations.

/// Each row holds ways to say the same, the abbreviations first. Nynorsk needs a name of its own only
/// where its words are others than those of bokmål.
pub(super) const GROUPS: [&[&str]; 59] = [
    // health and care
    &["BPA", "brukerstyrt personlig assistanse", "brukarstyrt personleg assistanse"],
    &["BTI", "bedre tverrfaglig innsats", "betre tverrfagleg innsats"],
    &["DHO", "digital hjemmeoppfølging", "digital heimeoppfølging", "medisinsk avstandsoppfølging"],
    &["EPJ", "elektronisk pasientjournal"],
    &["FACT", "aktivt oppsøkende behandlingsteam", "aktivt oppsøkjande behandlingsteam"],
    &["GPS", "satellittnavigasjon", "lokaliseringsteknologi"],
    &["IP", "individuell plan"],
    &["KAD", "ØHD", "kommunal akutt døgnplass", "øyeblikkelig hjelp døgnplass", "augeblikkeleg hjelp døgnplass"],
    &["PLO", "pleie og omsorg"],
    &["TT", "tilrettelagt transport"],
    // children, school and learning
    &["AKS", "aktivitetsskole"],
    &["FAU", "foreldrerådets arbeidsutvalg", "arbeidsutvalet til foreldrerådet"],
    &["IOP", "individuell opplæringsplan"],
    &["LMS", "læringsplattform"],
    &["PPT", "pedagogisk-psykologisk tjeneste"],
    &["SFO", "skolefritidsordning"],
    &["SLT", "samordning av lokale kriminalitetsforebyggende tiltak"],
    &["SU", "samarbeidsutvalg"],
    &["UKM", "ungdommens kulturmønstring", "kulturmønstringa til ungdommen"],
    &["VO", "voksenopplæring"],
    // work and welfare
    &["AFT", "arbeidsforberedende trening", "arbeidsførebuande trening"],
    &["AMU", "arbeidsmiljøutvalg"],
    &["HMS", "helse, miljø og sikkerhet", "helse, miljø og tryggleik"],
    &["HR", "personal", "personalavdeling", "personalforvaltning"],
    &["IA", "inkluderende arbeidsliv"],
    &["NAV", "arbeids- og velferdsforvaltningen", "arbeids- og velferdsforvaltinga"],
    &["VTA", "varig tilrettelagt arbeid"],
    // technology
    &["AI", "KI", "kunstig intelligens"],
    &["API", "programmeringsgrensesnitt"],
    &["AR", "utvidet virkelighet", "utvida røyndom"],
    &["GIS", "geografisk informasjonssystem"],
    &["IKT", "IT", "informasjonsteknologi", "informasjons- og kommunikasjonsteknologi"],
    &["IoT", "tingenes internett", "tinganes internett"],
    &["RPA", "programvarerobot", "robotisert prosessautomatisering"],
    &["VR", "virtuell virkelighet", "virtuell røyndom", "virtual reality"],
    // privacy and safety
    &["DPIA", "personvernkonsekvensvurdering", "vurdering av personvernkonsekvenser"],
    &["GDPR", "personvernforordning", "personvernforordningen"],
    &["ROS", "risiko- og sårbarhetsanalyse", "risiko- og sårbarheitsanalyse"],
    // building, water and nature
    &["BIM", "bygningsinformasjonsmodell", "bygningsinformasjonsmodellering"],
    &["FDV", "forvaltning, drift og vedlikehold"],
    &["FDVU", "forvaltning, drift, vedlikehold og utvikling"],
    &["LNF", "landbruks-, natur- og friluftsområde"],
    &["VA", "vann og avløp"],
    // money and procurement
    &["MVA", "moms", "merverdiavgift"],
    &["OPS", "offentlig-privat samarbeid"],
    &["SMB", "små og mellomstore bedrifter"],
    // innovation
    &["FoU", "forskning og utvikling"],
    &["OPI", "offentlig-privat innovasjon"],
    &["OFU", "offentlig forsknings- og utviklingskontrakt"],
    &["SFI", "senter for forskningsdrevet innovasjon", "senter for forskingsdriven innovasjon"],
    // public bodies and figures
    &["EU", "den europeiske union"],
    &["FN", "de forente nasjoner", "dei sameinte nasjonane"],
    &["FNs bærekraftsmål", "bærekraftsmål", "SDG"],
    &["HDir", "Helsedirektoratet"],
    &["KDD", "Kommunal- og distriktsdepartementet"],
    &["KOSTRA", "kommune-stat-rapportering"],
    &["KS", "kommunesektorens organisasjon", "kommunesektoren sin organisasjon"],
    &["SSB", "Statistisk sentralbyrå"],
    &["Udir", "Utdanningsdirektoratet"],
];
