//! How far the logs were followed by whoever makes something of them, a list or figures.

use idenett_protocol::id::{Digest, Seq};

use super::news::{News, Reach, news, reach};
use crate::library::{Library, LibraryFault};

/// How far the logs were followed, and what all stood on.
#[derive(Debug, Default)]
pub struct Followed {
    reach: Reach,
    ground: Option<(u32, Seq)>,
    frontier: Option<Digest>,
}

/// What came since.
pub struct Ahead {
    to: Followed,
    /// Whose word counts may have changed, or a log lost its end: everything is looked at again.
    pub anew: bool,
}

impl Followed {
    /// What came since the last time, if anything did.
    pub fn ahead(&self, library: &Library) -> Option<Ahead> {
        let (frontier, ground) = library.ledger(|l| (l.frontier().digest(), (l.frontier().epoch(), l.registry_age())));
        if self.frontier == Some(frontier) {
            return None;
        }
        let reach = reach(library);
        let shorter = reach.iter().any(|(key, seq)| self.reach.get(key).is_some_and(|before| before > seq));
        let anew = self.ground != Some(ground) || shorter;
        Some(Ahead { to: Self { reach, ground: Some(ground), frontier: Some(frontier) }, anew })
    }

    /// Whether nothing came since the last time.
    pub fn is_current(&self, library: &Library) -> bool {
        self.frontier == Some(library.ledger(|l| l.frontier().digest()))
    }

    /// The frontier up to which all is followed.
    pub const fn frontier(&self) -> Option<Digest> {
        self.frontier
    }
}

impl Ahead {
    /// What looks different, for one that looked at nothing yet if everything is looked at again.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn news(&self, library: &Library, before: &Followed) -> Result<News, LibraryFault> {
        if self.anew {
            news(library, &Reach::new(), &self.to.reach)
        } else {
            news(library, &before.reach, &self.to.reach)
        }
    }

    /// Where it leads: to be kept once all of it is taken in.
    pub fn done(self) -> Followed {
        self.to
    }
}
