//! The reuse barometer: figures about innovation and its spread that every node counts alike. A figure is a function of
//! the counted entries, a day and the version of the definitions, in whole numbers and fractions: the same on every
//! node to the byte. Knows no journal and no text; what it is made of is handed in as [`Material`].

mod material;
mod places;
mod period;
mod value;
mod parallel;
mod view;
mod dimension;
mod subject;
mod homes;
mod cut;
mod slices;
mod trace;
mod indicator;
mod definitions;
mod figure;
mod tally;
mod indicators;
mod reckoning;

pub use cut::{ALL, NOT_STATED, UNASSIGNED, county};
pub use definitions::{Definition, Extent, Published};
pub use dimension::{Basis, Dimension};
pub use figure::{Cell, Figure, Statistics};
pub use indicator::{Indicator, Words};
pub use material::{
    CaseRecord, CaseVersion, CommentRecord, Material, Membership, NeedRecord, NeedVersion, ProgrammeRecord, Reform,
    ReuseRecord, ReuseVersion, Signed,
};
pub use period::{NotASpan, Span, Window};
pub use places::{Place, Places, Renumbering, SizeBand, Structure, Traits};
pub use reckoning::{DEFINITIONS, Reckoning, Tables};
pub use trace::{Behind, Traced};
pub use value::{Decimal, Measure, Printed, SMALLEST_DENOMINATOR, Step, Value, survival};
pub use view::{CaseAt, Focus, NeedAt, UseAt, View};

#[cfg(test)]
mod tests;
