//! The code lists: what stands on the wire, and what people read in bokmål, nynorsk and English.
//!
//! An id never changes its meaning. A code of a later version does not make a record
//! unreadable; it is kept as it came in [`Code::Unknown`].

mod case;
mod gathering;
mod publishing;
mod registry;
mod reuse;
mod themes;

use std::fmt;
use std::marker::PhantomData;

use serde::de::Visitor;
use serde::{Deserialize, Serialize};

pub use case::{
    Barrier, Beneficiary, CaseStatus, Change, Factor, Funding, InnovationType, NovelFor, Origin, Participant, Party,
    Phase, Privacy, Scale, Sector, Software, Value, WickedProblem,
};
pub use gathering::{AwardLevel, Placement, PlanKind, ProgrammeKind};
pub use publishing::{
    CommentKind, Evaluator, InterestLevel, Judgement, Lang, Licence, NeedStatus, RedactionReason, TranslatedBy,
    Urgency, WithdrawalReason,
};
pub use registry::{Inherits, RevocationReason, SuccessionType};
pub use reuse::{Channel, ReuseStatus, SavedUnit, SavingMethod, StopReason};
pub use themes::Theme;

/// One list of codes.
pub trait CodeList: Copy + Eq + fmt::Debug + 'static {
    /// The name of the list.
    const LIST: &'static str;
    /// Every code in the order in which people are shown them; "not stated" is the last.
    const ALL: &'static [Self];
    /// What stands where an import did not know.
    const NOT_STATED: Self;

    /// The code as it stands on the wire.
    fn id(self) -> &'static str;
    /// The code with this id.
    fn named(id: &str) -> Option<Self>;
    /// What people read. There are no North Sámi labels yet; bokmål stands in for them.
    fn label(self, lang: Lang) -> &'static str;
}

/// A code as it stands in a record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code<T> {
    /// A code of this version.
    Known(T),
    /// The id of a code that a later version brought.
    Unknown(String),
}

impl<T: CodeList> Code<T> {
    /// The code, if this version knows it and something was stated.
    pub fn known(&self) -> Option<T> {
        match self {
            Code::Known(code) if *code != T::NOT_STATED => Some(*code),
            Code::Known(_) | Code::Unknown(_) => None,
        }
    }

    /// Whether the record says nothing here.
    pub fn is_not_stated(&self) -> bool {
        *self == Code::Known(T::NOT_STATED)
    }

    /// The code as it stands on the wire.
    pub fn id(&self) -> &str {
        match self {
            Code::Known(code) => code.id(),
            Code::Unknown(id) => id,
        }
    }

    /// What people read; of an unknown code its id.
    pub fn label(&self, lang: Lang) -> &str {
        match self {
            Code::Known(code) => code.label(lang),
            Code::Unknown(id) => id,
        }
    }
}

impl<T: CodeList> Default for Code<T> {
    fn default() -> Self {
        Code::Known(T::NOT_STATED)
    }
}

impl<T: CodeList> From<T> for Code<T> {
    fn from(code: T) -> Self {
        Code::Known(code)
    }
}

impl<T: CodeList> fmt::Display for Code<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl<T: CodeList> Serialize for Code<T> {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.id())
    }
}

impl<'de, T: CodeList> Deserialize<'de> for Code<T> {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_str(IdVisitor(PhantomData))
    }
}

/// Reads an id without a copy of it; a record has many, and all of them pass here at ingest.
struct IdVisitor<T>(PhantomData<T>);

impl<T: CodeList> Visitor<'_> for IdVisitor<T> {
    type Value = Code<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a code")
    }

    fn visit_str<E>(self, id: &str) -> Result<Code<T>, E> {
        Ok(T::named(id).map_or_else(|| Code::Unknown(id.to_owned()), Code::Known))
    }
}

/// Words that are no code of a list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{id}` is not in the list `{list}`")]
pub struct NotInList {
    /// The list.
    pub list: &'static str,
    /// What was looked for.
    pub id: String,
}

/// Makes a code list from rows of variant, id and the three labels, and adds "not stated".
macro_rules! code_list {
    ($(#[$doc:meta])* $name:ident in $list:literal {
        $($variant:ident = $id:literal: $nb:literal | $nn:literal | $en:literal,)+
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = $en] $variant,)+
            /// An import did not know.
            NotStated,
        }

        impl crate::codes::CodeList for $name {
            const LIST: &'static str = $list;
            const ALL: &'static [Self] = &[$(Self::$variant,)+ Self::NotStated];
            const NOT_STATED: Self = Self::NotStated;

            fn id(self) -> &'static str {
                match self {
                    $(Self::$variant => $id,)+
                    Self::NotStated => "not_stated",
                }
            }

            fn named(id: &str) -> Option<Self> {
                match id {
                    $($id => Some(Self::$variant),)+
                    "not_stated" => Some(Self::NotStated),
                    _ => None,
                }
            }

            fn label(self, lang: crate::codes::Lang) -> &'static str {
                let [nb, nn, en] = match self {
                    $(Self::$variant => [$nb, $nn, $en],)+
                    Self::NotStated => ["ikke oppgitt", "ikkje oppgitt", "not stated"],
                };
                match lang {
                    crate::codes::Lang::Nn => nn,
                    crate::codes::Lang::En => en,
                    crate::codes::Lang::Nb | crate::codes::Lang::Se | crate::codes::Lang::NotStated => nb,
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::codes::NotInList;

            fn from_str(id: &str) -> Result<Self, crate::codes::NotInList> {
                <Self as crate::codes::CodeList>::named(id)
                    .ok_or_else(|| crate::codes::NotInList { list: $list, id: id.to_owned() })
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(crate::codes::CodeList::id(*self))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(crate::codes::CodeList::id(*self))
            }
        }
    };
}
use code_list;

/// One code of a list with its labels, for forms, documentation and exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CodeRow {
    /// The list.
    pub list: &'static str,
    /// The code as it stands on the wire.
    pub id: &'static str,
    /// Bokmål.
    pub nb: &'static str,
    /// Nynorsk.
    pub nn: &'static str,
    /// English.
    pub en: &'static str,
}

/// Every code of every list.
pub fn every_code() -> Vec<CodeRow> {
    let mut rows = Vec::new();
    add_case_lists(&mut rows);
    add::<PlanKind>(&mut rows);
    add::<ProgrammeKind>(&mut rows);
    add::<AwardLevel>(&mut rows);
    add::<Placement>(&mut rows);
    add::<Licence>(&mut rows);
    add::<Lang>(&mut rows);
    add::<CommentKind>(&mut rows);
    add::<Evaluator>(&mut rows);
    add::<InterestLevel>(&mut rows);
    add::<Judgement>(&mut rows);
    add::<NeedStatus>(&mut rows);
    add::<Urgency>(&mut rows);
    add::<TranslatedBy>(&mut rows);
    add::<WithdrawalReason>(&mut rows);
    add::<RedactionReason>(&mut rows);
    add::<ReuseStatus>(&mut rows);
    add::<Channel>(&mut rows);
    add::<SavedUnit>(&mut rows);
    add::<SavingMethod>(&mut rows);
    add::<StopReason>(&mut rows);
    add::<SuccessionType>(&mut rows);
    add::<Inherits>(&mut rows);
    add::<RevocationReason>(&mut rows);
    rows
}

fn add_case_lists(rows: &mut Vec<CodeRow>) {
    add::<CaseStatus>(rows);
    add::<InnovationType>(rows);
    add::<Origin>(rows);
    add::<NovelFor>(rows);
    add::<Value>(rows);
    add::<Sector>(rows);
    add::<Phase>(rows);
    add::<Beneficiary>(rows);
    add::<Participant>(rows);
    add::<Factor>(rows);
    add::<Barrier>(rows);
    add::<Funding>(rows);
    add::<Change>(rows);
    add::<Scale>(rows);
    add::<Privacy>(rows);
    add::<Party>(rows);
    add::<Software>(rows);
    add::<WickedProblem>(rows);
    add::<Theme>(rows);
}

fn add<T: CodeList>(rows: &mut Vec<CodeRow>) {
    rows.extend(T::ALL.iter().map(|code| CodeRow {
        list: T::LIST,
        id: code.id(),
        nb: code.label(Lang::Nb),
        nn: code.label(Lang::Nn),
        en: code.label(Lang::En),
    }));
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_has_its_own_id_and_its_own_labels() {
        let rows = every_code();
        let mut seen = BTreeSet::new();
        for row in &rows {
            for (what, word) in [("id", row.id), ("nb", row.nb), ("nn", row.nn), ("en", row.en)] {
                assert!(!word.is_empty() && word.trim() == word, "{row:?}");
                assert!(seen.insert((row.list, what, word)), "{what} twice: {row:?}");
            }
        }
        let lists: BTreeSet<&str> = rows.iter().map(|row| row.list).collect();
        assert_eq!(lists.len(), 42);
        let stated_nowhere = lists.iter().filter(|list| !rows.iter().any(|r| r.list == **list && r.id == "not_stated"));
        assert_eq!(stated_nowhere.count(), 0);
    }

    #[test]
    fn nynorsk_has_no_bokmål_in_it() {
        let bokmål = [
            "ikke",
            "ansatte",
            "innbyggere",
            "tjeneste",
            "ledelse",
            "forskning",
            "løsning",
            "bedre",
            "hos en",
            "noe ",
            "vet ",
        ];
        for row in every_code() {
            for word in bokmål {
                assert!(!row.nn.to_lowercase().split(' ').any(|w| w == word), "{row:?}");
            }
        }
    }

    #[test]
    fn a_code_of_a_later_version_is_kept() {
        let read = |json: &str| serde_json::from_str::<Code<CaseStatus>>(json).expect("a code");
        let rows = [
            ("\"pilot\"", Code::Known(CaseStatus::Pilot), Some(CaseStatus::Pilot)),
            ("\"not_stated\"", Code::default(), None),
            ("\"teleported\"", Code::Unknown("teleported".to_owned()), None),
        ];
        for (json, code, known) in rows {
            assert_eq!((read(json), read(json).known()), (code, known));
            assert_eq!(serde_json::to_string(&read(json)).expect("JSON"), json);
        }
        assert_eq!("pilot".parse(), Ok(CaseStatus::Pilot));
        assert_eq!("Pilot".parse::<CaseStatus>().map_err(|e| e.list), Err("case_status"));
    }

    #[test]
    fn labels_follow_the_language() {
        assert_eq!(Sector::Administration.label(Lang::Nn), "administrasjon og leiing");
        assert_eq!(Sector::Administration.label(Lang::Se), "administrasjon og ledelse");
        assert_eq!(Code::<Sector>::Unknown("moon".to_owned()).label(Lang::En), "moon");
    }

    #[test]
    fn themes_know_what_they_belong_to() {
        let theme: Theme = "tema/skolehverdag".parse().expect("a theme");
        assert_eq!(theme.broader().map(|t| t.id()), Some("tema/skole-og-utdanning"));
        assert_eq!(Theme::HrSickLeave.broader(), Some(Theme::Internal));
        assert_eq!(Theme::ALL.iter().filter(|t| t.id().starts_with("tema/")).count(), 92);
    }
}
