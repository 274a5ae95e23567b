//! What looks different after entries that came: said once, for lists and for the search alike. Whoever follows the
//! logs keeps how far it came.

use std::collections::{BTreeMap, BTreeSet};

use idenett_protocol::body::{Facts, Revision};
use idenett_protocol::id::{EntryId, LogKey, Seq};
use idenett_protocol::kind::Kind;

use super::record::facts_of;
use crate::library::{Library, LibraryFault};

/// How far each log is followed.
pub type Reach = BTreeMap<LogKey, Seq>;

/// What looks different.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// Things of which a list or a search may say something else now.
    pub things: BTreeSet<(Kind, EntryId)>,
    /// Things about which something was said that no list and no search shows; statistics count it.
    pub said: BTreeSet<(Kind, EntryId)>,
    /// A text was dropped: its words must leave every copy too.
    pub dropped: bool,
    /// Whose word counts may have changed, and with it anything.
    pub everything: bool,
}

/// How far the logs count now.
pub fn reach(library: &Library) -> Reach {
    library.ledger(|l| l.logs().iter().map(|(key, _)| (*key, l.counted(key))).collect())
}

/// What looks different after the entries beyond one reach and within another.
///
/// # Errors
/// If the disk fails.
pub fn news(library: &Library, followed: &Reach, now: &Reach) -> Result<News, LibraryFault> {
    let mut news = News::default();
    for (log, until) in now {
        let mut at = followed.get(log).copied().unwrap_or_default().next();
        while at <= *until {
            if let Some(id) = library.ledger(|l| l.logs().get(log).and_then(|log| log.at(at))) {
                news.take(library, &id)?;
            }
            at = at.next();
        }
    }
    Ok(news)
}

impl News {
    fn take(&mut self, library: &Library, id: &EntryId) -> Result<(), LibraryFault> {
        let Some((head, facts)) = facts_of(library, id)? else { return Ok(()) };
        match &facts {
            Facts::Case(_)
            | Facts::Need(_)
            | Facts::Reuse(_)
            | Facts::Plan(_)
            | Facts::Programme(_)
            | Facts::Collection(_)
            | Facts::Award(_) => self.touch(head.header().kind, id, &facts),
            // By its confirmation a co-owner gets the right to revise, and a case or reuse stays valid.
            Facts::Confirmation(confirmation) => self.touch_named(library, &confirmation.subject)?,
            Facts::Measurement(measurement) => self.touch_named(library, &measurement.subject)?,
            Facts::Withdrawal(withdrawal) => self.touch_named(library, &withdrawal.target)?,
            Facts::Redaction(redaction) => {
                self.dropped = true;
                self.touch_named(library, &redaction.target)?;
            }
            Facts::Revocation(_) | Facts::Settlement(_) | Facts::Succession(_) => self.everything = true,
            Facts::Comment(comment) => self.say_of(library, &comment.subject)?,
            Facts::Translation(translation) => self.say_of(library, &translation.version)?,
            Facts::Interest(_)
            | Facts::Contact(_)
            | Facts::Assessment(_)
            | Facts::Admission(_)
            | Facts::Reference(_)
            | Facts::Release(_)
            | Facts::Envelope => {}
        }
        Ok(())
    }

    /// The thing of which a named entry is a version; of what was said or measured also the thing that it is about,
    /// because a withdrawal takes it from there.
    fn touch_named(&mut self, library: &Library, id: &EntryId) -> Result<(), LibraryFault> {
        let Some((head, facts)) = facts_of(library, id)? else { return Ok(()) };
        self.touch(head.header().kind, id, &facts);
        let Some(about) = about(&facts) else { return Ok(()) };
        if let Some((head, facts)) = facts_of(library, &about)? {
            self.touch(head.header().kind, &about, &facts);
        }
        Ok(())
    }

    /// Something was said about the thing of which a named entry is a version.
    fn say_of(&mut self, library: &Library, id: &EntryId) -> Result<(), LibraryFault> {
        if let Some((head, facts)) = facts_of(library, id)? {
            self.said.extend(things_of(head.header().kind, id, &facts));
        }
        Ok(())
    }

    /// The thing of which an entry is a version; with a reuse also the case that is used.
    fn touch(&mut self, kind: Kind, id: &EntryId, facts: &Facts) {
        self.things.extend(things_of(kind, id, facts));
    }
}

/// The entry about which another says something, where it is no version of a thing.
const fn about(facts: &Facts) -> Option<EntryId> {
    match facts {
        Facts::Comment(comment) => Some(comment.subject),
        Facts::Measurement(measurement) => Some(measurement.subject),
        Facts::Confirmation(confirmation) => Some(confirmation.subject),
        Facts::Translation(translation) => Some(translation.version),
        Facts::Case(_)
        | Facts::Need(_)
        | Facts::Reuse(_)
        | Facts::Plan(_)
        | Facts::Programme(_)
        | Facts::Collection(_)
        | Facts::Award(_)
        | Facts::Assessment(_)
        | Facts::Interest(_)
        | Facts::Contact(_)
        | Facts::Withdrawal(_)
        | Facts::Redaction(_)
        | Facts::Admission(_)
        | Facts::Revocation(_)
        | Facts::Settlement(_)
        | Facts::Succession(_)
        | Facts::Reference(_)
        | Facts::Release(_)
        | Facts::Envelope => None,
    }
}

fn things_of(kind: Kind, id: &EntryId, facts: &Facts) -> impl Iterator<Item = (Kind, EntryId)> {
    let subject = facts.revision().and_then(Revision::subject).unwrap_or(*id);
    let case = if let Facts::Reuse(reuse) = facts { Some((Kind::Case, reuse.case)) } else { None };
    [(kind, subject)].into_iter().chain(case)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(kind: Kind, facts: &serde_json::Value) -> Facts {
        let mut facts = facts.clone();
        facts["salt"] = "00112233445566778899aabbccddeeff".into();
        Facts::read(kind, facts.to_string().as_bytes()).expect("facts")
    }

    #[test]
    fn a_version_touches_its_thing_and_a_reuse_its_case_too() {
        let id = |n: u8| EntryId::from_bytes([n; 32]);
        let mut news = News::default();
        news.touch(Kind::Plan, &id(1), &read(Kind::Plan, &json!({ "number": 1 })));
        let second = json!({ "number": 2, "subject": id(1), "replaces": [id(1)] });
        news.touch(Kind::Plan, &id(2), &read(Kind::Plan, &second));
        news.touch(Kind::Reuse, &id(3), &read(Kind::Reuse, &json!({ "number": 1, "case": id(4) })));
        let things = [(Kind::Case, id(4)), (Kind::Reuse, id(3)), (Kind::Plan, id(1))];
        assert_eq!(news, News { things: things.into(), ..News::default() });
    }
}
