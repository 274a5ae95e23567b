//! What simulated members write: real documents of real kinds.

use idenett::library::Writing;
use idenett_protocol::body::{
    Admission, CaseFacts, CaseText, CollectionFacts, CollectionText, CommentFacts, CommentText, Confirmation,
    ContactFacts, ContactText, NeedFacts, NeedText, Party, ProgrammeFacts, ProgrammeText, Redaction, Reference,
    ReuseFacts, ReuseText, Revision, Revocation, Settlement, Succession, Withdrawal, document,
};
use idenett_protocol::codes::Code;
use idenett_protocol::id::{EntryId, LogKey, Seq};
use idenett_protocol::kind::Kind;
use idenett_protocol::limits::SIGNED_HEADER_BYTES;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::time::Day;
use serde::Serialize;

use crate::random::Random;

/// Writes documents, each with its own salt.
#[derive(Clone, Debug)]
pub struct Scribe {
    random: Random,
}

/// Nothing more than a salt.
#[derive(Serialize)]
struct Empty {}

impl Scribe {
    /// A scribe with chance of its own.
    pub const fn new(random: Random) -> Self {
        Self { random }
    }

    /// A record of any kind.
    pub fn writing(&mut self, kind: Kind, facts: &impl Serialize, text: Option<&impl Serialize>) -> Writing {
        let facts = document(&self.salt(), facts).expect("facts of ours are readable");
        let text = text.map(|t| document(&self.salt(), t).expect("a text of ours is readable"));
        Writing { kind, facts, text: text.unwrap_or_default() }
    }

    fn facts(&mut self, kind: Kind, facts: &impl Serialize) -> Writing {
        self.writing(kind, facts, None::<&Empty>)
    }

    fn salt(&mut self) -> [u8; 16] {
        let mut salt = [0; 16];
        self.random.fill(&mut salt);
        salt
    }

    /// A case whose text has this title.
    pub fn case(&mut self, title: &str) -> Writing {
        self.owned_case(title, &[])
    }

    /// A case that others are said to own too.
    pub fn owned_case(&mut self, title: &str, co_owners: &[OrgNumber]) -> Writing {
        let facts = CaseFacts { co_owners: co_owners.to_vec(), ..CaseFacts::default() };
        let text = CaseText { title: title.to_owned(), solution: "Prøvd i drift.".into(), ..CaseText::default() };
        self.writing(Kind::Case, &facts, Some(&text))
    }

    /// A case of which the whole entry has this many bytes.
    pub fn sized_case(&mut self, bytes: usize) -> Writing {
        let facts = document(&self.salt(), &Empty {}).expect("facts of ours are readable");
        let frame = |story: String| CaseText { story, ..CaseText::default() };
        let bare = document(&self.salt(), &frame("x".into())).expect("a text of ours is readable");
        let rest = bytes.saturating_sub(SIGNED_HEADER_BYTES + facts.len() + bare.len()) + 1;
        let text = document(&self.salt(), &frame("x".repeat(rest))).expect("a text of ours is readable");
        Writing { kind: Kind::Case, facts, text }
    }

    /// A later version of a case.
    pub fn revision(&mut self, subject: EntryId, replaces: Vec<EntryId>, number: u32, title: &str) -> Writing {
        let revision = Revision::later(subject, replaces, number).expect("a revision of ours goes together");
        let facts = CaseFacts { revision, ..CaseFacts::default() };
        let text = CaseText { title: title.to_owned(), ..CaseText::default() };
        self.writing(Kind::Case, &facts, Some(&text))
    }

    /// A need.
    pub fn need(&mut self, title: &str) -> Writing {
        let text = NeedText { title: title.to_owned(), ..NeedText::default() };
        self.writing(Kind::Need, &NeedFacts::default(), Some(&text))
    }

    /// A contact.
    pub fn contact(&mut self, function: &str) -> Writing {
        let text = ContactText { function: function.to_owned(), ..ContactText::default() };
        self.writing(Kind::Contact, &ContactFacts::default(), Some(&text))
    }

    /// A collection of one case.
    pub fn collection(&mut self, case: EntryId, comment: &str) -> Writing {
        let facts = CollectionFacts { cases: vec![case], ..CollectionFacts::default() };
        let text = CollectionText { comments: vec![comment.to_owned()], ..CollectionText::default() };
        self.writing(Kind::Collection, &facts, Some(&text))
    }

    /// A programme that shows a case and may be revised by its lead too.
    pub fn programme(&mut self, lead: OrgNumber, case: EntryId, title: &str) -> Writing {
        let facts = ProgrammeFacts { lead: Some(lead), cases: vec![case], ..ProgrammeFacts::default() };
        let text = ProgrammeText { title: title.to_owned(), ..ProgrammeText::default() };
        self.writing(Kind::Programme, &facts, Some(&text))
    }

    /// The word that a case is in use here too.
    pub fn reuse(&mut self, case: EntryId, experience: &str) -> Writing {
        let bytes = format!("{{\"case\":\"{case}\",\"number\":1}}");
        let facts: ReuseFacts = serde_json::from_str(&bytes).expect("facts of a reuse");
        let text = ReuseText { experience: experience.to_owned(), ..ReuseText::default() };
        self.writing(Kind::Reuse, &facts, Some(&text))
    }

    /// A question about a thing.
    pub fn comment(&mut self, subject: EntryId, words: &str) -> Writing {
        let facts =
            CommentFacts { subject, kind: Code::default(), lang: Code::default(), reply_to: None, adopted: None };
        self.writing(Kind::Comment, &facts, Some(&CommentText { text: words.to_owned() }))
    }

    /// The word that a thing still holds.
    pub fn confirmation(&mut self, subject: EntryId) -> Writing {
        self.facts(Kind::Confirmation, &Confirmation { subject, valid_until: day(2028) })
    }

    /// Takes a record back.
    pub fn withdrawal(&mut self, target: EntryId) -> Writing {
        self.facts(Kind::Withdrawal, &Withdrawal { target, reason: Code::default(), replacement: None })
    }

    /// Drops the text of an entry everywhere.
    pub fn redaction(&mut self, target: EntryId) -> Writing {
        self.facts(Kind::Redaction, &Redaction { target, reason: Code::default() })
    }

    /// Admits a key.
    pub fn admission(&mut self, org: OrgNumber, key: LogKey) -> Writing {
        self.facts(Kind::Admission, &Admission { org, name: format!("Kommune {org}"), number: None, key })
    }

    /// Ends a log.
    pub fn revocation(&mut self, key: LogKey, seq: Seq, id: Option<EntryId>) -> Writing {
        self.facts(Kind::Revocation, &Revocation { key, seq, id, reason: Code::default() })
    }

    /// Names the branch that holds.
    pub fn settlement(&mut self, log: LogKey, seq: Seq, id: EntryId) -> Writing {
        self.facts(Kind::Settlement, &Settlement { log, seq, id })
    }

    /// One organisation becomes part of another.
    pub fn succession(&mut self, from: OrgNumber, to: OrgNumber) -> Writing {
        let party = |org| Party { org: Some(org), number: None, name: String::new() };
        let facts = Succession {
            date: day(2026),
            what: Code::default(),
            from: vec![party(from)],
            to: vec![party(to)],
            inherits: Code::default(),
        };
        self.facts(Kind::Succession, &facts)
    }

    /// A dated table without rows.
    pub fn reference(&mut self, table: &str) -> Writing {
        let facts = Reference { table: table.to_owned(), date: day(2026), columns: vec!["a".into()], rows: vec![] };
        self.facts(Kind::Reference, &facts)
    }
}

fn day(year: i32) -> Day {
    Day::from_ymd(year, 1, 1).expect("a day")
}

#[cfg(test)]
mod tests {
    use idenett_protocol::body::Facts;

    use super::*;

    #[test]
    fn what_the_scribe_writes_can_be_read() {
        let mut scribe = Scribe::new(Random::new(1));
        let id = EntryId::from_bytes([7; 32]);
        let org = crate::sim::people::org(1);
        let log = LogKey::from_bytes([8; 32]);
        let all = [
            scribe.case("T"),
            scribe.owned_case("T", &[org]),
            scribe.sized_case(4096),
            scribe.revision(id, vec![id], 2, "T"),
            scribe.need("T"),
            scribe.contact("Rådgiver"),
            scribe.collection(id, "Les denne først."),
            scribe.programme(org, id, "T"),
            scribe.reuse(id, "Bra"),
            scribe.comment(id, "Hvordan?"),
            scribe.confirmation(id),
            scribe.withdrawal(id),
            scribe.redaction(id),
            scribe.admission(org, log),
            scribe.revocation(log, Seq::FIRST, Some(id)),
            scribe.settlement(log, Seq::FIRST, id),
            scribe.succession(org, org),
            scribe.reference("kostra"),
        ];
        for writing in all {
            let read = Facts::read(writing.kind, &writing.facts);
            assert!(read.is_ok(), "{:?}: {read:?}", writing.kind);
        }
    }

    #[test]
    fn a_sized_case_has_its_size() {
        let mut scribe = Scribe::new(Random::new(1));
        for bytes in [500, 4096] {
            let writing = scribe.sized_case(bytes);
            assert_eq!(SIGNED_HEADER_BYTES + writing.facts.len() + writing.text.len(), bytes);
        }
    }
}
