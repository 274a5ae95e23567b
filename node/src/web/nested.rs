//! What stands in itself: conversations and families.

use askama::Template;
use askama::filters::HtmlSafe;
use idenett_protocol::codes::{CommentKind, ReuseStatus};
use idenett_protocol::reuses::ReuseStanding;

use super::text::{self, Prose};
use super::wording::{self, Named};
use crate::language::Tongue;
use crate::reading::{Branch, Comment};

/// A comment with its replies.
#[derive(Template)]
#[template(path = "talk.html")]
pub(super) struct Talk {
    t: Tongue,
    who: Named,
    when: String,
    kind: String,
    lang: String,
    adopted: Option<bool>,
    absent: Option<String>,
    text: Prose,
    replies: Vec<Talk>,
}

impl Talk {
    pub(super) fn of(t: Tongue, comment: &Comment) -> Self {
        Self {
            t,
            who: Named::signer(t, &comment.signer),
            when: t.day_of(comment.time),
            kind: wording::label(t, &comment.facts.kind).unwrap_or_default(),
            lang: super::cards::lang(comment.facts.lang.id()),
            adopted: comment.facts.adopted,
            absent: wording::absent(t, comment.text_state),
            text: text::prose(&comment.text),
            replies: comment.replies.iter().map(|reply| Self::of(t, reply)).collect(),
        }
    }

    /// Comments in the order in which they are read: questions that nobody answered first, thanks last.
    pub(super) fn all(t: Tongue, comments: &[Comment]) -> Vec<Self> {
        let rank = |c: &&Comment| match c.facts.kind.known() {
            Some(CommentKind::Question) if c.replies.is_empty() => 0,
            Some(CommentKind::Experience) => 1,
            Some(CommentKind::Question | CommentKind::Answer) => 2,
            Some(CommentKind::Improvement) => 3,
            Some(CommentKind::Thanks) => 5,
            Some(CommentKind::NotStated) | None => 4,
        };
        let mut all: Vec<&Comment> = comments.iter().collect();
        all.sort_by_key(rank);
        all.into_iter().map(|c| Self::of(t, c)).collect()
    }
}

/// A case of a family with what came of it.
#[derive(Template)]
#[template(path = "tree.html")]
pub(super) struct Tree {
    t: Tongue,
    title: String,
    href: String,
    owner: Named,
    here: bool,
    uses: Vec<(Named, String)>,
    children: Vec<Tree>,
}

impl Tree {
    pub(super) fn of(t: Tongue, branch: &Branch) -> Self {
        let title = if branch.title.is_empty() { t.say("untitled").into_owned() } else { text::plain(&branch.title) };
        Self {
            t,
            title,
            href: wording::case(&branch.id),
            owner: Named::party(&branch.owner),
            here: branch.here,
            uses: branch.uses.iter().map(|u| (Named::party(&u.party), use_of(t, &u.status, u.standing))).collect(),
            children: branch.children.iter().map(|child| Self::of(t, child)).collect(),
        }
    }
}

/// How far a use has come, and why it does not count where it does not.
pub(super) fn use_of(
    t: Tongue,
    status: &idenett_protocol::codes::Code<ReuseStatus>,
    standing: ReuseStanding,
) -> String {
    let said = wording::label(t, status).unwrap_or_default();
    match standing {
        ReuseStanding::InUse | ReuseStanding::NotInUse | ReuseStanding::Stopped => said,
        ReuseStanding::Inspired => t.say("standing-inspired").into_owned(),
        ReuseStanding::NotConfirmed => format!("{said}, {}", t.say("standing-not-confirmed")),
        ReuseStanding::Replaced => t.say("standing-replaced").into_owned(),
        ReuseStanding::OwnCase => t.say("standing-own-case").into_owned(),
        ReuseStanding::Withdrawn => t.say("standing-withdrawn").into_owned(),
        ReuseStanding::NotYet => t.say("standing-not-yet").into_owned(),
    }
}

// Both are templates: they write themselves escaped.
impl HtmlSafe for Talk {}
impl HtmlSafe for Tree {}
