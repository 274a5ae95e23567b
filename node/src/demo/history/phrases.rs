//! Sentences of which generated texts are made, in bokmål and nynorsk.

use idenett_protocol::codes::Lang;

use super::random::Random;

/// What stands at the end of every generated text.
pub(super) const MARK: &str = "(generert)";

/// A sentence in bokmål and in nynorsk.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Phrase(pub(super) &'static str, pub(super) &'static str);

impl Phrase {
    pub(super) const fn say(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Nn => self.1,
            Lang::Nb | Lang::Se | Lang::En | Lang::NotStated => self.0,
        }
    }
}

/// A text that says that it is generated.
pub(super) fn marked(text: &str) -> String {
    format!("{text} {MARK}")
}

/// One of some sentences, in a language and marked.
pub(super) fn any(phrases: &[Phrase], lang: Lang, random: &mut Random) -> String {
    marked(random.pick(phrases).say(lang))
}

/// What sets cases of one topic apart.
pub(super) const TWISTS: [Phrase; 10] = [
    Phrase("forsøk i to enheter", "forsøk i to einingar"),
    Phrase("sammen med innbyggerne", "saman med innbyggjarane"),
    Phrase("sammen med frivillige", "saman med frivillige"),
    Phrase("i små steg", "i små steg"),
    Phrase("med nabokommunen", "med nabokommunen"),
    Phrase("med felles opplæring", "med felles opplæring"),
    Phrase("med de ansatte i førersetet", "med dei tilsette i førarsetet"),
    Phrase("for hele kommunen", "for heile kommunen"),
    Phrase("uten nye stillinger", "utan nye stillingar"),
    Phrase("enkel utgave", "enkel utgåve"),
];

pub(super) const CORE: [Phrase; 3] = [
    Phrase("At de som gjør jobben, bestemmer takten.", "At dei som gjer jobben, avgjer takten."),
    Phrase("At én person har ansvaret fra start til mål.", "At éin person har ansvaret frå start til mål."),
    Phrase("At brukerne er med fra den første dagen.", "At brukarane er med frå den første dagen."),
];

pub(super) const ADAPTABLE: [Phrase; 3] = [
    Phrase("Utstyr og leverandør kan byttes.", "Utstyr og leverandør kan bytast ut."),
    Phrase("Antall deltakere og hvor ofte de møtes.", "Talet på deltakarar og kor ofte dei møtest."),
    Phrase("Opplæringen kan gjøres kortere.", "Opplæringa kan gjerast kortare."),
];

pub(super) const PREREQUISITES: [Phrase; 3] = [
    Phrase("En leder som setter av tid.", "Ein leiar som set av tid."),
    Phrase("Avtale med tillitsvalgte før oppstart.", "Avtale med tillitsvalde før oppstart."),
    Phrase("Nett som virker i alle bygg.", "Nett som verkar i alle bygg."),
];

pub(super) const HOW_TO: [Phrase; 3] = [
    Phrase(
        "Velg en liten enhet, prøv i åtte uker, og juster før flere blir med.",
        "Vel ei lita eining, prøv i åtte veker, og juster før fleire blir med.",
    ),
    Phrase(
        "Begynn med en samling for alle som blir berørt, og skriv ned hva som skal bli bedre.",
        "Begynn med ei samling for alle det gjeld, og skriv ned kva som skal bli betre.",
    ),
    Phrase(
        "Lån planen vår, bytt ut navnene, og sett en dato for når dere ser tilbake.",
        "Lån planen vår, byt ut namna, og set ein dato for når de ser tilbake.",
    ),
];

pub(super) const LESSONS: [Phrase; 4] = [
    Phrase("Vi skulle ha spurt brukerne tidligere.", "Vi skulle ha spurt brukarane tidlegare."),
    Phrase("Opplæring tok lengre tid enn vi trodde.", "Opplæring tok lengre tid enn vi trudde."),
    Phrase("Det sto og falt med én person, og det gikk ikke.", "Det stod og fall med éin person, og det gjekk ikkje."),
    Phrase(
        "Utstyret var ikke modent nok, så vi stoppet i tide.",
        "Utstyret var ikkje mogent nok, så vi stoppa i tide.",
    ),
];

pub(super) const ADAPTATIONS: [Phrase; 4] = [
    Phrase("Tilpasset til mindre enheter med felles leder.", "Tilpassa til mindre einingar med felles leiar."),
    Phrase("Vi bruker et annet system, men samme arbeidsmåte.", "Vi bruker eit anna system, men same arbeidsmåte."),
    Phrase("Slått sammen med et tilbud vi hadde fra før.", "Slått saman med eit tilbod vi hadde frå før."),
    Phrase("Gjort enklere: én samling i stedet for tre.", "Gjort enklare: éi samling i staden for tre."),
];

pub(super) const QUESTIONS: [Phrase; 4] = [
    Phrase("Hvor mye tid gikk med til opplæring?", "Kor mykje tid gjekk med til opplæring?"),
    Phrase("Hvordan fikk dere med de tillitsvalgte?", "Korleis fekk de med dei tillitsvalde?"),
    Phrase(
        "Hva koster det å holde i gang etter det første året?",
        "Kva kostar det å halde i gang etter det første året?",
    ),
    Phrase("Fungerer det også i en spredtbygd kommune?", "Fungerer det òg i ein spreiddbygd kommune?"),
];

/// Each answers the question at its place.
pub(super) const ANSWERS: [Phrase; 4] = [
    Phrase(
        "Omtrent to dager for hver ansatt, fordelt på en måned.",
        "Om lag to dagar for kvar tilsett, fordelt på ein månad.",
    ),
    Phrase(
        "Vi tok det opp tidlig og gjorde endringer etter råd fra dem.",
        "Vi tok det opp tidleg og gjorde endringar etter råd frå dei.",
    ),
    Phrase("Mindre enn før, fordi avtalen er felles.", "Mindre enn før, fordi avtalen er felles."),
    Phrase("Ja, men regn med noe mer reisetid.", "Ja, men rekn med noko meir reisetid."),
];

pub(super) const EXPERIENCES: [Phrase; 4] = [
    Phrase("Det virket fra første uke hos oss.", "Det verka frå første veka hos oss."),
    Phrase("Vi trengte et halvt år før det satt.", "Vi trong eit halvt år før det sat."),
    Phrase("Best nytte hadde vi av sjekklisten.", "Best nytte hadde vi av sjekklista."),
    Phrase("De ansatte er fornøyde, økonomien er uendret.", "Dei tilsette er nøgde, økonomien er uendra."),
];

pub(super) const IMPROVEMENTS: [Phrase; 3] = [
    Phrase(
        "Vi la til en kort samtale etter to uker; det anbefaler vi.",
        "Vi la til ein kort samtale etter to veker; det rår vi til.",
    ),
    Phrase(
        "Listen ble bedre da vi delte den etter tid på dagen.",
        "Lista vart betre då vi delte henne etter tid på dagen.",
    ),
    Phrase(
        "Vi har laget en enklere mal som dere gjerne må bruke.",
        "Vi har laga ein enklare mal som de gjerne må bruke.",
    ),
];

pub(super) const ADOPTED: [Phrase; 2] = [
    Phrase("Takk, dette har vi tatt inn.", "Takk, dette har vi teke inn."),
    Phrase("God idé; vi gjør det slik fra nå av.", "God idé; vi gjer det slik frå no av."),
];

pub(super) const THANKS: [Phrase; 3] = [
    Phrase("Takk for at dere delte.", "Takk for at de delte."),
    Phrase("Dette sparte oss for mye arbeid.", "Dette sparte oss for mykje arbeid."),
    Phrase("Takk for at vi fikk komme på besøk.", "Takk for at vi fekk kome på besøk."),
];

pub(super) const INDICATORS: [Phrase; 3] = [
    Phrase("Timer brukt i måneden", "Timar brukte i månaden"),
    Phrase("Henvendelser i uken", "Førespurnader i veka"),
    Phrase("Andel som er fornøyd, i prosent", "Del som er nøgd, i prosent"),
];

pub(super) const METHODS: [Phrase; 3] = [
    Phrase("Telling over fire uker før og etter.", "Teljing over fire veker før og etter."),
    Phrase("Spørreskjema til alle som var med.", "Spørjeskjema til alle som var med."),
    Phrase("Tall fra fagsystemet, samlet hver måned.", "Tal frå fagsystemet, samla kvar månad."),
];

pub(super) const TAKEN_BACK: [Phrase; 2] = [
    Phrase("Beskrivelsen er utdatert.", "Omtalen er utdatert."),
    Phrase("Tilbudet er organisert på en annen måte nå.", "Tilbodet er organisert på ein annan måte no."),
];

pub(super) const AFFECTED: [Phrase; 3] = [
    Phrase("Innbyggere i alle deler av kommunen.", "Innbyggjarar i alle delar av kommunen."),
    Phrase("Ansatte i to til fire enheter.", "Tilsette i to til fire einingar."),
    Phrase("Brukere og pårørende.", "Brukarar og pårørande."),
];

pub(super) const STORIES: [Phrase; 3] = [
    Phrase("Enkelt å komme i gang med.", "Enkelt å kome i gang med."),
    Phrase("Her var de ansatte med hele veien.", "Her var dei tilsette med heile vegen."),
    Phrase("Viser at små forsøk kan bli noe varig.", "Viser at små forsøk kan bli noko varig."),
];

pub(super) const CONTACT: Phrase = Phrase("Innovasjonsrådgiver", "Innovasjonsrådgjevar");

/// Where a case comes from that builds on none that is here.
pub(super) const ABROAD: Phrase = Phrase("et forsøk i utlandet", "eit forsøk i utlandet");
