//! Themes: Digdir's Los (psi.norge.no/los, 92 themes on two levels), with some slips in the
//! published nynorsk and English labels mended, and a branch of our own for what municipalities
//! do for themselves, which Los leaves out.

use super::code_list;

code_list! {
    /// What a case or need is about.
    Theme in "theme" {
        Arbeid = "tema/arbeid": "Arbeid" | "Arbeid" | "Work",
        Arbeidsliv = "tema/arbeidsliv": "Arbeidsliv" | "Arbeidsliv" | "Employment",
        Arbeidssoking = "tema/arbeidssoking": "Arbeidssøking" | "Arbeidssøking" | "Seeking employment",
        Inntekt = "tema/inntekt": "Inntekt" | "Inntekt" | "Income",
        Inntektssikring = "tema/inntektssikring": "Inntektssikring" | "Inntektssikring" | "Income security",
        Permisjonsordninger = "tema/permisjonsordninger": "Permisjonsordninger" | "Permisjonsordningar" | "Leave of absence schemes",
        ByggOgEiendom = "tema/bygg-og-eiendom": "Bygg og eiendom" | "Bygg og eigedom" | "Building and property",
        Bygging = "tema/bygging": "Bygging" | "Bygging" | "Construction",
        Eiendom = "tema/eiendom": "Eiendom" | "Eigedom" | "Property",
        Flytting = "tema/flytting": "Flytting" | "Flytting" | "Moving home",
        KjopOgSalg = "tema/kjop-og-salg": "Kjøp og salg" | "Kjøp og sal" | "Buying and selling",
        LeieOgUtleie = "tema/leie-og-utleie": "Leie og utleie" | "Leige og utleige" | "Renting and leasing",
        Planer = "tema/planer": "Planer" | "Planar" | "Plans",
        PriserOgGebyrForByggOgEiendom = "tema/priser-og-gebyr-for-bygg-og-eiendom": "Priser og gebyr for bygg og eiendom" | "Prisar og gebyr for bygg og eigedom" | "Prices and fees for construction and property",
        DemokratiOgInnbyggerrettigheter = "tema/demokrati-og-innbyggerrettigheter": "Demokrati og innbyggerrettigheter" | "Demokrati og innbyggjarrettar" | "Democracy and citizen rights",
        Apenhet = "tema/apenhet": "Åpenhet" | "Openheit" | "Transparency",
        Innbyggerrettigheter = "tema/innbyggerrettigheter": "Innbyggerrettigheter" | "Innbyggjarrettar" | "Citizens' rights",
        Medvirkning = "tema/medvirkning": "Medvirkning" | "Medverknad" | "Involvement",
        Personopplysninger = "tema/personopplysninger": "Personopplysninger" | "Personopplysningar" | "Personal information",
        PolitikkOgValg = "tema/politikk-og-valg": "Politikk og valg" | "Politikk og val" | "Politics and elections",
        FamilieOgBarn = "tema/familie-og-barn": "Familie og barn" | "Familie og barn" | "Family and children",
        Barnehage = "tema/barnehage": "Barnehage" | "Barnehage" | "Kindergartens",
        BarnevernOgForeldrestotte = "tema/barnevern-og-foreldrestotte": "Barnevern og foreldrestøtte" | "Barnevern og foreldrestøtte" | "Child and family welfare",
        DodsfallOgGravferd = "tema/dodsfall-og-gravferd": "Dødsfall og gravferd" | "Dødsfall og gravferd" | "Death and funerals",
        Ekteskap = "tema/ekteskap": "Ekteskap" | "Ekteskap" | "Marriage",
        Familieytelser = "tema/familieytelser": "Familieytelser" | "Familieytingar" | "Family benefits",
        ForeldreOgForesatte = "tema/foreldre-og-foresatte": "Foreldre og foresatte" | "Foreldre og føresette" | "Parents and guardians",
        Samliv = "tema/samliv": "Samliv" | "Samliv" | "Living together",
        HelseOgOmsorg = "tema/helse-og-omsorg": "Helse og omsorg" | "Helse og omsorg" | "Health and care",
        AkuttHjelp = "tema/akutt-hjelp": "Akutt hjelp" | "Akutt hjelp" | "Emergency help",
        AvlastningOgStotte = "tema/avlastning-og-stotte": "Avlastning og støtte" | "Avlasting og støtte" | "Care relief and support",
        Folkehelse = "tema/folkehelse": "Folkehelse" | "Folkehelse" | "Public health",
        Helsetjenester = "tema/helsetjenester": "Helsetjenester" | "Helsetenester" | "Health services",
        Hjelpemidler = "tema/hjelpemidler": "Hjelpemidler" | "Hjelpemiddel" | "Disability aids",
        Omsorgstjenester = "tema/omsorgstjenester": "Omsorgstjenester" | "Omsorgstenester" | "Care services",
        Pasientrettigheter = "tema/pasientrettigheter": "Pasientrettigheter" | "Pasientrettar" | "Patient rights",
        RusOgAvhengighet = "tema/rus-og-avhengighet": "Rus og avhengighet" | "Rus og avhengigheit" | "Addiction",
        Svangerskap = "tema/svangerskap": "Svangerskap" | "Svangerskap" | "Pregnancy",
        KulturIdrettOgFritid = "tema/kultur-idrett-og-fritid": "Kultur, idrett og fritid" | "Kultur, idrett og fritid" | "Culture, sport and recreation",
        Bibliotek = "tema/bibliotek": "Bibliotek" | "Bibliotek" | "Libraries",
        Friluftsliv = "tema/friluftsliv": "Friluftsliv" | "Friluftsliv" | "Outdoor life",
        Fritid = "tema/fritid": "Fritid" | "Fritid" | "Leisure time",
        Idrett = "tema/idrett": "Idrett" | "Idrett" | "Sport",
        Kultur = "tema/kultur": "Kultur" | "Kultur" | "Culture",
        LotteriOgPengespill = "tema/lotteri-og-pengespill": "Lotteri og pengespill" | "Lotteri og pengespel" | "Lotteries and gambling",
        TilskuddTilKulturIdrettOgFritid = "tema/tilskudd-til-kultur-idrett-og-fritid": "Tilskudd til kultur, idrett og fritid" | "Tilskot til kultur, idrett og fritid" | "Funding for culture, sport and recreation",
        UtlanOgLeie = "tema/utlan-og-leie": "Utlån og leie" | "Utlån og leige" | "Loans and rentals",
        LovOgRett = "tema/lov-og-rett": "Lov og rett" | "Lov og rett" | "Legal matters",
        Erstatningsordninger = "tema/erstatningsordninger": "Erstatningsordninger" | "Erstatningsordningar" | "Compensation schemes",
        LovbruddOgStraff = "tema/lovbrudd-og-straff": "Lovbrudd og straff" | "Lovbrot og straff" | "Crime and punishment",
        Rettsvesen = "tema/rettsvesen": "Rettsvesen" | "Rettsstell" | "Legal system",
        Naring = "tema/naring": "Næring" | "Næring" | "Business",
        HandelOgService = "tema/handel-og-service": "Handel og service" | "Handel og service" | "Trade and service",
        Landbruk = "tema/landbruk": "Landbruk" | "Landbruk" | "Agriculture sector",
        Naringsliv = "tema/naringsliv": "Næringsliv" | "Næringsliv" | "Business and industry",
        Naringsutvikling = "tema/naringsutvikling": "Næringsutvikling" | "Næringsutvikling" | "Business development",
        TilskuddsordningerForNaring = "tema/tilskuddsordninger-for-naring": "Tilskuddsordninger for næring" | "Tilskotsordningar for næring" | "Public funding schemes for business",
        NaturKlimaOgMiljo = "tema/natur-klima-og-miljo": "Natur, klima og miljø" | "Natur, klima og miljø" | "Nature, climate and environment",
        Avfallshandtering = "tema/avfallshandtering": "Avfallshåndtering" | "Avfallshandtering" | "Waste management",
        Energi = "tema/energi": "Energi" | "Energi" | "Energy",
        ForurensningOgStraling = "tema/forurensning-og-straling": "Forurensning og stråling" | "Forureining og stråling" | "Pollution and radiation",
        Miljotilskudd = "tema/miljotilskudd": "Miljøtilskudd" | "Miljøtilskot" | "Public funding schemes for environment",
        Naturforvaltning = "tema/naturforvaltning": "Naturforvaltning" | "Naturforvaltning" | "Nature management",
        VarOgKlima = "tema/var-og-klima": "Vær og klima" | "Vêr og klima" | "Weather and climate",
        SamfunnssikkerhetOgBeredskap = "tema/samfunnssikkerhet-og-beredskap": "Samfunnssikkerhet og beredskap" | "Samfunnstryggleik og beredskap" | "Civil protection and emergency planning",
        Brann = "tema/brann": "Brann" | "Brann" | "Fire",
        Forsvaret = "tema/forsvaret": "Forsvaret" | "Forsvaret" | "The armed forces",
        Varslingstjenester = "tema/varslingstjenester": "Varslingstjenester" | "Varslingstenester" | "Alert services",
        SkattOgAvgift = "tema/skatt-og-avgift": "Skatt og avgift" | "Skatt og avgift" | "Taxes and duties",
        Avgift = "tema/avgift": "Avgift" | "Avgift" | "Duties",
        Skatt = "tema/skatt": "Skatt" | "Skatt" | "Taxes",
        SkoleOgUtdanning = "tema/skole-og-utdanning": "Skole og utdanning" | "Skule og utdanning" | "Schools and education",
        Grunnskole = "tema/grunnskole": "Grunnskole" | "Grunnskule" | "Compulsory education",
        HoyereUtdanning = "tema/hoyere-utdanning": "Høyere utdanning" | "Høgare utdanning" | "Higher education",
        Skolehverdag = "tema/skolehverdag": "Skolehverdag" | "Skulekvardag" | "School life",
        Skolemiljo = "tema/skolemiljo": "Skolemiljø" | "Skulemiljø" | "School environment",
        Studiefinansiering = "tema/studiefinansiering": "Studiefinansiering" | "Studiefinansiering" | "Student finances",
        VideregaendeSkole = "tema/videregaende-skole": "Videregående skole" | "Vidaregåande skule" | "Upper secondary school",
        Voksenopplaring = "tema/voksenopplaring": "Voksenopplæring" | "Vaksenopplæring" | "Adult education",
        SosialeTjenester = "tema/sosiale-tjenester": "Sosiale tjenester" | "Sosiale tenester" | "Social services",
        Botilbud = "tema/botilbud": "Botilbud" | "Butilbod" | "Housing schemes",
        KvalifiseringTilArbeid = "tema/kvalifisering-til-arbeid": "Kvalifisering til arbeid" | "Kvalifisering til arbeid" | "Qualification for work",
        OkonomiskeYtelserOgRadgivning = "tema/okonomiske-ytelser-og-radgivning": "Økonomiske ytelser og rådgivning" | "Økonomiske ytingar og rådgjeving" | "Financial support and advice",
        TrafikkOgTransport = "tema/trafikk-og-transport": "Trafikk og transport" | "Trafikk og transport" | "Traffic and transport",
        BatHavnOgKyst = "tema/bat-havn-og-kyst": "Båt, havn og kyst" | "Båt, hamn og kyst" | "Boat, harbour and coast",
        ForerkortOgSertifikat = "tema/forerkort-og-sertifikat": "Førerkort og sertifikat" | "Førarkort og sertifikat" | "Driving licences",
        Kjoretoy = "tema/kjoretoy": "Kjøretøy" | "Køyretøy" | "Vehicles",
        Luftfart = "tema/luftfart": "Luftfart" | "Luftfart" | "Aviation",
        Mobilitetstilbud = "tema/mobilitetstilbud": "Mobilitetstilbud" | "Mobilitetstilbod" | "Mobility services",
        Trafikkinformasjon = "tema/trafikkinformasjon": "Trafikkinformasjon" | "Trafikkinformasjon" | "Traffic information",
        VegOgVegregulering = "tema/veg-og-vegregulering": "Veg og vegregulering" | "Veg og vegregulering" | "Road and road regulation",
        Yrkestransport = "tema/yrkestransport": "Yrkestransport" | "Yrkestransport" | "Professional transport services",
        Internal = "internal": "Kommunen som organisasjon" | "Kommunen som organisasjon" | "The municipality as an organisation",
        Administration = "administration": "Administrasjon" | "Administrasjon" | "Administration",
        HrSickLeave = "hr_sick_leave": "Personal og sykefravær" | "Personal og sjukefråvær" | "HR and sick leave",
        Digitalisation = "digitalisation": "Digitalisering" | "Digitalisering" | "Digitalisation",
        Procurement = "procurement": "Anskaffelser" | "Anskaffingar" | "Procurement",
        Leadership = "leadership": "Ledelse" | "Leiing" | "Leadership",
        InnovationMethod = "innovation_method": "Innovasjonsmetode" | "Innovasjonsmetode" | "Innovation method",
    }
}

impl Theme {
    /// The theme of the first level that this one belongs to; none if it is one itself.
    pub fn broader(self) -> Option<Self> {
        BROADER.iter().find(|(_, members)| members.contains(&self)).map(|(top, _)| *top)
    }
}

/// Every theme of the first level with those that belong to it.
const BROADER: &[(Theme, &[Theme])] = &[
    (Theme::Arbeid, &[
        Theme::Arbeidsliv, Theme::Arbeidssoking, Theme::Inntekt, Theme::Inntektssikring,
        Theme::Permisjonsordninger,
    ]),
    (Theme::ByggOgEiendom, &[
        Theme::Bygging, Theme::Eiendom, Theme::Flytting, Theme::KjopOgSalg, Theme::LeieOgUtleie,
        Theme::Planer, Theme::PriserOgGebyrForByggOgEiendom,
    ]),
    (Theme::DemokratiOgInnbyggerrettigheter, &[
        Theme::Apenhet, Theme::Innbyggerrettigheter, Theme::Medvirkning, Theme::Personopplysninger,
        Theme::PolitikkOgValg,
    ]),
    (Theme::FamilieOgBarn, &[
        Theme::Barnehage, Theme::BarnevernOgForeldrestotte, Theme::DodsfallOgGravferd, Theme::Ekteskap,
        Theme::Familieytelser, Theme::ForeldreOgForesatte, Theme::Samliv,
    ]),
    (Theme::HelseOgOmsorg, &[
        Theme::AkuttHjelp, Theme::AvlastningOgStotte, Theme::Folkehelse, Theme::Helsetjenester,
        Theme::Hjelpemidler, Theme::Omsorgstjenester, Theme::Pasientrettigheter, Theme::RusOgAvhengighet,
        Theme::Svangerskap,
    ]),
    (Theme::KulturIdrettOgFritid, &[
        Theme::Bibliotek, Theme::Friluftsliv, Theme::Fritid, Theme::Idrett, Theme::Kultur,
        Theme::LotteriOgPengespill, Theme::TilskuddTilKulturIdrettOgFritid, Theme::UtlanOgLeie,
    ]),
    (Theme::LovOgRett, &[
        Theme::Erstatningsordninger, Theme::LovbruddOgStraff, Theme::Rettsvesen,
    ]),
    (Theme::Naring, &[
        Theme::HandelOgService, Theme::Landbruk, Theme::Naringsliv, Theme::Naringsutvikling,
        Theme::TilskuddsordningerForNaring,
    ]),
    (Theme::NaturKlimaOgMiljo, &[
        Theme::Avfallshandtering, Theme::Energi, Theme::ForurensningOgStraling, Theme::Miljotilskudd,
        Theme::Naturforvaltning, Theme::VarOgKlima,
    ]),
    (Theme::SamfunnssikkerhetOgBeredskap, &[
        Theme::Brann, Theme::Forsvaret, Theme::Varslingstjenester,
    ]),
    (Theme::SkattOgAvgift, &[
        Theme::Avgift, Theme::Skatt,
    ]),
    (Theme::SkoleOgUtdanning, &[
        Theme::Grunnskole, Theme::HoyereUtdanning, Theme::Skolehverdag, Theme::Skolemiljo,
        Theme::Studiefinansiering, Theme::VideregaendeSkole, Theme::Voksenopplaring,
    ]),
    (Theme::SosialeTjenester, &[
        Theme::Botilbud, Theme::KvalifiseringTilArbeid, Theme::OkonomiskeYtelserOgRadgivning,
    ]),
    (Theme::TrafikkOgTransport, &[
        Theme::BatHavnOgKyst, Theme::ForerkortOgSertifikat, Theme::Kjoretoy, Theme::Luftfart,
        Theme::Mobilitetstilbud, Theme::Trafikkinformasjon, Theme::VegOgVegregulering, Theme::Yrkestransport,
    ]),
    (Theme::Internal, &[
        Theme::Administration, Theme::HrSickLeave, Theme::Digitalisation, Theme::Procurement, Theme::Leadership,
        Theme::InnovationMethod,
    ]),
];
