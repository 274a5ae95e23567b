//! What this node has for programs, as a catalogue that data.norge.no can harvest: DCAT-AP-NO, written in Turtle.

use std::fmt::{self, Write as _};
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use idenett_protocol::barometer::Words;
use idenett_protocol::charter::Reading;
use idenett_protocol::organisation::OrgNumber;

use crate::web::answer::data;
use crate::web::asked::Asked;
use crate::web::site::Site;
use crate::web::text;

/// Where Digdir names organisations.
const ORGANISATIONS: &str = "https://organization-catalog.fellesdatakatalog.digdir.no/organizations/";
/// Lists of the Publications Office of the European Union, which DCAT-AP-NO takes its codes from.
const EU: &str = "http://publications.europa.eu/resource/authority/";
const MEDIA: &str = "https://www.iana.org/assignments/media-types/";

const PREFIXES: &str = "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n@prefix dct: <http://purl.org/dc/terms/> .\n\
                        @prefix foaf: <http://xmlns.com/foaf/0.1/> .\n@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .\n\
                        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n\n";

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/catalog.ttl", get(catalog))
}

async fn catalog(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.answer(asked, |site, asked| {
        let open = site.library().ledger(|l| l.charters().current().map(|c| c.terms().reading));
        let catalog = Catalog {
            origin: &asked.origin,
            publisher: site.desk().org(),
            name: &text::plain(&site.desk().config().name),
            public: open == Some(Reading::Open),
        };
        Ok(data(StatusCode::OK, "text/turtle; charset=utf-8", catalog.to_string()))
    })
    .await
}

/// The catalogue of a node.
struct Catalog<'a> {
    origin: &'a str,
    publisher: OrgNumber,
    name: &'a str,
    /// Whether anyone may read what the federation shares.
    public: bool,
}

/// A way to get a dataset: the end of its address, and its media type.
type Way = (&'static str, &'static str);

struct Dataset {
    id: &'static str,
    title: Words,
    about: Words,
    ways: &'static [Way],
}

const DATASETS: [Dataset; 2] = [
    Dataset {
        id: "records",
        title: words("Innovasjoner i kommunene", "Innovasjonar i kommunane", "Innovations of municipalities"),
        about: words(
            "Eksempler, behov og gjenbruk som kommunene selv har signert og delt.",
            "Døme, behov og gjenbruk som kommunane sjølve har signert og delt.",
            "Cases, needs and reuse that the municipalities have signed and shared themselves.",
        ),
        ways: &[("/api/v1/records", "application/json")],
    },
    Dataset {
        id: "barometer",
        title: words("Gjenbruksbarometeret", "Gjenbruksbarometeret", "The reuse barometer"),
        about: words(
            "Tall om innovasjon og gjenbruk i kommunene, talt fra de signerte postene.",
            "Tal om innovasjon og gjenbruk i kommunane, talde frå dei signerte postane.",
            "Figures about innovation and reuse in municipalities, counted from the signed records.",
        ),
        ways: &[("/api/v1/barometer", "application/json"), ("/barometer/B5.csv?by=county", "text/csv")],
    },
];

const fn words(nb: &'static str, nn: &'static str, en: &'static str) -> Words {
    Words { nb, nn, en }
}

const TITLE: Words = words("Data fra Idenett", "Data frå Idenett", "Data of Idenett");
const ABOUT: Words = words(
    "Det en node i Idenett har for andre programmer.",
    "Det ein node i Idenett har for andre program.",
    "What a node of Idenett has for other programs.",
);

impl fmt::Display for Catalog<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (origin, org) = (self.origin, self.publisher);
        f.write_str(PREFIXES)?;
        writeln!(
            f,
            "<{ORGANISATIONS}{org}> a foaf:Agent ; dct:identifier \"{org}\" ; foaf:name {} .",
            Literal(self.name)
        )?;
        writeln!(
            f,
            "<{origin}/catalog.ttl#contact> a vcard:Organization ; vcard:fn {} ; vcard:hasURL <{origin}/help> .",
            Literal(self.name)
        )?;
        writeln!(f, "\n<{origin}/catalog.ttl#catalog> a dcat:Catalog ;")?;
        self.said(f, &TITLE, &ABOUT)?;
        for dataset in &DATASETS {
            writeln!(f, "  dcat:dataset <{origin}/catalog.ttl#{}> ;", dataset.id)?;
        }
        writeln!(f, "  dcat:service <{origin}/catalog.ttl#api> ;\n  foaf:homepage <{origin}/> .")?;
        for dataset in &DATASETS {
            self.dataset(f, dataset)?;
        }
        writeln!(f, "\n<{origin}/catalog.ttl#api> a dcat:DataService ;")?;
        self.said(f, &TITLE, &ABOUT)?;
        writeln!(
            f,
            "  dcat:endpointURL <{origin}/api/v1> ;\n  dcat:endpointDescription <{origin}/api/v1/openapi.json> ."
        )
    }
}

impl Catalog<'_> {
    /// What catalogue, datasets and service all say.
    fn said(&self, f: &mut fmt::Formatter<'_>, title: &Words, about: &Words) -> fmt::Result {
        let origin = self.origin;
        for (name, words) in [("title", title), ("description", about)] {
            let Words { nb, nn, en } = words;
            writeln!(f, "  dct:{name} {}@nb , {}@nn , {}@en ;", Literal(nb), Literal(nn), Literal(en))?;
        }
        writeln!(
            f,
            "  dct:publisher <{ORGANISATIONS}{}> ;\n  dcat:contactPoint <{origin}/catalog.ttl#contact> ;",
            self.publisher
        )
    }

    fn dataset(&self, f: &mut fmt::Formatter<'_>, dataset: &Dataset) -> fmt::Result {
        let (origin, id) = (self.origin, dataset.id);
        let rights = if self.public { "PUBLIC" } else { "RESTRICTED" };
        writeln!(f, "\n<{origin}/catalog.ttl#{id}> a dcat:Dataset ;")?;
        self.said(f, &dataset.title, &dataset.about)?;
        writeln!(f, "  dct:identifier \"{origin}/catalog.ttl#{id}\" ;\n  dcat:theme <{EU}data-theme/GOVE> ;")?;
        writeln!(f, "  dct:accessRights <{EU}access-right/{rights}> ;")?;
        writeln!(f, "  dct:language <{EU}language/NOB> , <{EU}language/NNO> ;\n  dct:spatial <{EU}country/NOR> ;")?;
        for (at, _) in dataset.ways.iter().enumerate() {
            writeln!(f, "  dcat:distribution <{origin}/catalog.ttl#{id}-{at}> ;")?;
        }
        writeln!(f, "  dcat:landingPage <{origin}/> .")?;
        for (at, (end, media)) in dataset.ways.iter().enumerate() {
            writeln!(f, "<{origin}/catalog.ttl#{id}-{at}> a dcat:Distribution ;")?;
            writeln!(f, "  dcat:accessURL <{origin}{end}> ;\n  dcat:mediaType <{MEDIA}{media}> ;")?;
            writeln!(f, "  dct:license <{EU}licence/CC_BY_4_0> .")?;
        }
        Ok(())
    }
}

/// A text as Turtle writes it.
struct Literal<'a>(&'a str);

impl fmt::Display for Literal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for c in self.0.chars() {
            match c {
                '"' | '\\' => write!(f, "\\{c}")?,
                c if c.is_control() => write!(f, "\\u{:04X}", u32::from(c))?,
                c => f.write_char(c)?,
            }
        }
        f.write_char('"')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_break_out_of_their_text() {
        let catalog = Catalog {
            origin: "http://localhost:4480",
            publisher: "961381541".parse().expect("a number"),
            name: "Gran\" . <x> a <y> .\n\\",
            public: true,
        };
        let text = catalog.to_string();
        assert!(text.contains(r#"foaf:name "Gran\" . <x> a <y> .\u000A\\" ."#), "{text}");
        assert!(text.contains("access-right/PUBLIC") && text.matches("a dcat:Distribution").count() == 3);
    }
}
