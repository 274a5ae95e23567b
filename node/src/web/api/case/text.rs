//! What people wrote about a case.

use idenett_protocol::body;
use serde::Serialize;
use utoipa::ToSchema;

/// What people wrote about a case, as they wrote it. What is empty was not written, or is not here.
#[derive(Serialize, ToSchema)]
pub(super) struct CaseText {
    /// Its name.
    title: String,
    /// What, for whom, what changed.
    summary: String,
    /// The need.
    problem: String,
    /// What was done.
    solution: String,
    /// What gives the effect and must not change.
    core: String,
    /// What may vary.
    adaptable: String,
    /// What must be in place.
    prerequisites: String,
    /// The steps.
    how_to: String,
    /// What went wrong or would be done differently.
    lessons: String,
    /// Who gains by it.
    beneficiaries: String,
    /// Of each value in the facts, in the same order, what people say; perhaps empty.
    values: Vec<String>,
    /// What it comes from, where that is no case of this network.
    builds_on: Vec<String>,
    /// The story.
    story: String,
    /// What it made people wish for next.
    next_needs: String,
    /// Where the assessment of personal data can be read.
    privacy_url: String,
    /// Laws and regulations that matter.
    regulations: Vec<String>,
    /// Software used.
    software: Vec<Software>,
    /// Data used.
    data_sources: Vec<String>,
    /// The case in the archive.
    case_reference: Option<Reference>,
    /// Where more can be read.
    links: Vec<Address>,
}

/// One software.
#[derive(Serialize, ToSchema)]
struct Software {
    /// Its name.
    name: String,
    /// Its address.
    url: String,
    /// The address of its description by the publiccode.yml standard.
    publiccode_url: String,
    /// Who supplies it.
    vendor: String,
}

/// A case in the archive, in the archive's words.
#[derive(Serialize, ToSchema)]
struct Reference {
    /// The number of the case.
    number: String,
    /// What was decided, or the number of the decision.
    decision: String,
    /// Where it can be read.
    url: String,
}

/// An address with what people call it. The node never opened it.
#[derive(Serialize, ToSchema)]
struct Address {
    /// What it is called.
    title: String,
    /// The address, as it was written.
    url: String,
}

impl From<body::CaseText> for CaseText {
    fn from(text: body::CaseText) -> Self {
        Self {
            title: text.title,
            summary: text.summary,
            problem: text.problem,
            solution: text.solution,
            core: text.core,
            adaptable: text.adaptable,
            prerequisites: text.prerequisites,
            how_to: text.how_to,
            lessons: text.lessons,
            beneficiaries: text.beneficiaries,
            values: text.values,
            builds_on: text.builds_on,
            story: text.story,
            next_needs: text.next_needs,
            privacy_url: text.privacy_url,
            regulations: text.regulations,
            software: text.software.into_iter().map(Software::from).collect(),
            data_sources: text.data_sources,
            case_reference: text.case_reference.map(Reference::from),
            links: text.links.into_iter().map(Address::from).collect(),
        }
    }
}

impl From<body::SoftwareText> for Software {
    fn from(text: body::SoftwareText) -> Self {
        Self { name: text.name, url: text.url, publiccode_url: text.publiccode_url, vendor: text.vendor }
    }
}

impl From<body::CaseReferenceText> for Reference {
    fn from(text: body::CaseReferenceText) -> Self {
        Self { number: text.number, decision: text.decision, url: text.url }
    }
}

impl From<body::Link> for Address {
    fn from(link: body::Link) -> Self {
        Self { title: link.title, url: link.url }
    }
}
