//! Records as people read them: what belongs together from many entries, with what may be said about it. Built when it
//! is asked for, from the library alone. Never writes, and knows neither pages nor languages.

mod words;
mod record;
mod reuses;
mod row;
mod provenance;
mod change;
mod said;
mod evidence;
mod ready;
mod card;
mod family;
mod gathering;
mod gathered;
mod case;
mod gathering_view;
mod news;
mod subjects;
mod tallies;
mod catalogue;
mod need;
mod municipality;
mod network;

pub use card::{Card, card, cards};
pub use case::{CaseView, CoOwner, Contact, Gates, Shown, State, Withdrawn, case_view, contact};
pub use catalogue::{Catalogue, Order};
pub use change::{Changed, changes};
pub use evidence::{Evidence, Grounds, evidence_of, level};
pub use family::{Branch, Family, Use, family_of};
pub use gathered::{Goal, Member, Place, members_of, places_of};
pub use gathering::{GATHERINGS, Gathering, GatheringSort, Said, gathering};
pub use gathering_view::{Gathered, GatheringView, gathering_view};
pub use municipality::{MunicipalityView, ReuseOfOthers, ReuseOfOurs, members, municipality_view};
pub use need::{NeedView, need_view};
pub use network::{LogState, LogView, NetworkView, Peer, network_view};
pub use news::{News, Reach, news, reach};
pub use provenance::{Provenance, VersionView, provenance, verified};
pub use ready::{Readiness, readiness};
pub use record::{Party, Record, Signer, TextState, facts_of, open, org_of, party, signer};
pub use reuses::{Declaration, Reuse, declarations_of, owners, reuses_of};
pub use row::Row;
pub use said::{Comment, Interest, Measurement, comments_on, interests_in, measurements_of};
pub use subjects::Subjects;
pub use tallies::Tally;
pub use words::{alphabetical, codes, moment};
