//! What members said about a thing afterwards: questions with their answers, experience, improvements, thanks,
//! interest, measurements. What does not count or was taken back is not there.

use idenett_protocol::body::{CommentFacts, Facts, InterestFacts, MeasurementFacts, MeasurementText, Text};
use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;
use idenett_protocol::time::Timestamp;
use serde::Serialize;

use super::record::{Record, Signer, TextState, open, org_of, signer};
use crate::library::{Library, LibraryFault};

/// Records of one kind about one thing that are read.
const MAX_SAID: usize = 500;
/// Answers to answers that are followed.
const MAX_DEPTH: usize = 4;

/// A comment with what was answered.
#[derive(Clone, Debug, Serialize)]
pub struct Comment {
    /// The entry.
    pub id: EntryId,
    /// Who.
    pub signer: Signer,
    /// When.
    pub time: Timestamp,
    /// Its facts.
    pub facts: CommentFacts,
    /// What was written.
    pub text: String,
    /// Whether that is here.
    pub text_state: TextState,
    /// What was said in reply, the oldest first.
    pub replies: Vec<Comment>,
}

/// A word of interest.
#[derive(Clone, Debug, Serialize)]
pub struct Interest {
    /// The entry.
    pub id: EntryId,
    /// Who.
    pub signer: Signer,
    /// When.
    pub time: Timestamp,
    /// Its facts.
    pub facts: InterestFacts,
    /// What was written.
    pub text: String,
    /// Whether that is here.
    pub text_state: TextState,
}

/// A measurement.
#[derive(Clone, Debug, Serialize)]
pub struct Measurement {
    /// The entry.
    pub id: EntryId,
    /// Who.
    pub signer: Signer,
    /// When it was signed.
    pub time: Timestamp,
    /// Its facts.
    pub facts: MeasurementFacts,
    /// What was written.
    pub text: MeasurementText,
    /// Whether that is here.
    pub text_state: TextState,
}

/// The comments on a thing, the oldest first, each reply below what it answers.
///
/// # Errors
/// If the disk fails.
pub fn comments_on(library: &Library, subject: &EntryId) -> Result<Vec<Comment>, LibraryFault> {
    let mut all = Vec::new();
    for (record, signer) in said(library, subject, Kind::Comment)? {
        let Ok(Facts::Comment(facts)) = record.facts else { continue };
        // A reply mentions what it answers too.
        if facts.subject != *subject {
            continue;
        }
        let text = if let Text::Comment(text) = record.text { text.text } else { String::new() };
        let (id, time) = (record.head.id(), record.head.header().time);
        all.push(Comment { id, signer, time, facts, text, text_state: record.state, replies: Vec::new() });
    }
    Ok(threads(all))
}

/// Who is interested in a thing, the oldest first.
///
/// # Errors
/// If the disk fails.
pub fn interests_in(library: &Library, subject: &EntryId) -> Result<Vec<Interest>, LibraryFault> {
    let mut all = Vec::new();
    for (record, signer) in said(library, subject, Kind::Interest)? {
        let Ok(Facts::Interest(facts)) = record.facts else { continue };
        let text = if let Text::Interest(text) = record.text { text.text } else { String::new() };
        let (id, time) = (record.head.id(), record.head.header().time);
        all.push(Interest { id, signer, time, facts, text, text_state: record.state });
    }
    Ok(all)
}

/// What was measured, the oldest first.
///
/// # Errors
/// If the disk fails.
pub fn measurements_of(library: &Library, subject: &EntryId) -> Result<Vec<Measurement>, LibraryFault> {
    let mut all = Vec::new();
    for (record, signer) in said(library, subject, Kind::Measurement)? {
        let Ok(Facts::Measurement(facts)) = record.facts else { continue };
        let text = if let Text::Measurement(text) = record.text { text } else { MeasurementText::default() };
        let (id, time) = (record.head.id(), record.head.header().time);
        all.push(Measurement { id, signer, time, facts, text, text_state: record.state });
    }
    Ok(all)
}

/// The records of a kind about a subject that count and were not taken back by who signed them.
fn said(library: &Library, subject: &EntryId, kind: Kind) -> Result<Vec<(Record, Signer)>, LibraryFault> {
    let ids: Vec<EntryId> = library.ledger(|l| {
        let taken_back = |id: &EntryId| {
            let by = org_of(l, id);
            let mut found = l.things().counted_mentions(id, Kind::Withdrawal, l.logs(), l.registry());
            by.is_some() && found.any(|w| org_of(l, &w) == by)
        };
        let found = l.things().counted_mentions(subject, kind, l.logs(), l.registry());
        found.filter(|id| !taken_back(id)).take(MAX_SAID).collect()
    });
    let mut records = Vec::new();
    for id in ids {
        if let Some(record) = open(library, &id)? {
            let signer = library.ledger(|l| signer(l, &record.header().log));
            records.push((record, signer));
        }
    }
    records.sort_by_key(|(record, _)| (record.header().time, record.head.id()));
    Ok(records)
}

/// Puts each reply below what it answers. What answers something that is not here stands by itself.
fn threads(all: Vec<Comment>) -> Vec<Comment> {
    let ids: Vec<EntryId> = all.iter().map(|c| c.id).collect();
    let is_reply = |c: &Comment| c.facts.reply_to.is_some_and(|to| to != c.id && ids.contains(&to));
    let (replies, mut roots): (Vec<Comment>, Vec<Comment>) = all.into_iter().partition(is_reply);
    let mut left = replies;
    for depth in 0..MAX_DEPTH {
        let mut waiting = Vec::new();
        for reply in left {
            let to = reply.facts.reply_to;
            match roots.iter_mut().find_map(|root| root.find(to, depth)) {
                Some(comment) => comment.replies.push(reply),
                None => waiting.push(reply),
            }
        }
        left = waiting;
    }
    // Deeper ones, and those that answer each other in a circle, are still told.
    roots.extend(left);
    roots.sort_by_key(|c| (c.time, c.id));
    roots
}

impl Comment {
    fn find(&mut self, id: Option<EntryId>, depth: usize) -> Option<&mut Comment> {
        if Some(self.id) == id {
            return Some(self);
        }
        let below = depth.checked_sub(1)?;
        self.replies.iter_mut().find_map(|reply| reply.find(id, below))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comment(n: u8, reply_to: Option<u8>) -> Comment {
        let id = |n: u8| EntryId::from_bytes([n; 32]);
        let facts = serde_json::json!({ "subject": id(99), "reply_to": reply_to.map(id) });
        Comment {
            id: id(n),
            signer: Signer::Registrar,
            time: Timestamp::from_millis(u64::from(n)),
            facts: serde_json::from_value(facts).expect("facts"),
            text: String::new(),
            text_state: TextState::Here,
            replies: Vec::new(),
        }
    }

    fn drawn(comments: &[Comment]) -> String {
        let one = |c: &Comment| format!("{}[{}]", c.id.as_bytes()[0], drawn(&c.replies));
        comments.iter().map(one).collect()
    }

    #[test]
    fn replies_stand_below_what_they_answer_and_none_is_lost() {
        type Told<'a> = &'a [(u8, Option<u8>)];
        let rows: [(Told<'_>, &str); 4] = [
            (&[(1, None), (2, Some(1)), (3, None), (4, Some(2))], "1[2[4[]]]3[]"),
            (&[(1, Some(7)), (2, Some(2))], "1[]2[]"),
            (&[(1, Some(2)), (2, Some(1))], "1[]2[]"),
            (&[(1, None), (2, Some(1)), (3, Some(2)), (4, Some(3)), (5, Some(4)), (6, Some(5))], "1[2[3[4[5[]]]]]6[]"),
        ];
        for (comments, expected) in rows {
            let all = comments.iter().map(|(n, to)| comment(*n, *to)).collect();
            assert_eq!(drawn(&threads(all)), expected);
        }
    }
}
