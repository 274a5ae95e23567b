//! The signing door: from one flat JSON object in people's field names to `facts` and `text`
//! that are ready to be signed.
//!
//! It refuses whatever the domain forbids, and says of every field what is wrong with it, all
//! at once. Nothing else goes through here: what comes from a log is read as it is. Does not
//! know whether the entries that a record refers to exist; what the rules need to know about
//! them, the caller puts into the [`Context`].

mod case;
mod form;
mod gathering;
mod need;
mod others;
mod reuse;
pub mod suggest;
mod translation;

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::body::{Revision, document};
use crate::codes::{Code, Lang};
use crate::id::EntryId;
use crate::json::JsonFault;
use crate::kind::Kind;
use crate::limits::{MAX_FACTS_BYTES, MAX_TEXT_BYTES};
use crate::organisation::OrgNumber;
use crate::personal::{self, Finding, Personal};
use crate::time::Day;

use form::Form;

/// Characters of a title.
pub const MAX_TITLE_CHARS: usize = 120;
/// Characters of a summary.
pub const MAX_SUMMARY_CHARS: usize = 300;
/// Characters of any other text field.
pub const MAX_PROSE_CHARS: usize = 20_000;
/// Characters of a name, an address or another single line.
pub const MAX_LINE_CHARS: usize = 500;
/// Characters of a short id: a method, a unit, a goal.
pub const MAX_SHORT_ID_CHARS: usize = 40;
/// Characters of an id in the system from which something is imported.
pub const MAX_EXTERNAL_ID_CHARS: usize = 200;
/// Elements of one list.
pub const MAX_LIST_ITEMS: usize = 50;
/// Months for which a record may say that it is valid.
pub const MAX_VALID_MONTHS: i32 = 36;

/// Whether something is published, or taken over from another system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Everything required must be there.
    Publish,
    /// A title is enough; what is missing becomes "not stated", and contact and dates the
    /// member's defaults. The rules between fields are not applied to what others wrote down.
    Import,
}

/// What the rules need to know beside the input.
#[derive(Clone, Debug)]
pub struct Context {
    /// Who will sign.
    pub signer: OrgNumber,
    /// The UTC day of the signer's clock.
    pub today: Day,
    /// Publish or import.
    pub mode: Mode,
    /// The signer's default contact.
    pub contact: Option<EntryId>,
    /// The signer's default language.
    pub lang: Lang,
    /// Which version of a thing it will be; for kinds without versions it is not looked at.
    pub revision: Revision,
    /// For a reuse: owners and co-owners of the case today, successors included.
    pub owners: Vec<OrgNumber>,
    /// For a revision: whether the thing has a measurement.
    pub measured: bool,
    /// For a translation: what is translated, if it is here.
    pub original: Option<Original>,
}

/// The text of a version that is translated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// In which language it is written.
    pub lang: Code<Lang>,
    /// Its fields.
    pub text: Value,
}

impl Context {
    /// The context of a first version, to be published in bokmål.
    pub const fn new(signer: OrgNumber, today: Day) -> Self {
        Self {
            signer,
            today,
            mode: Mode::Publish,
            contact: None,
            lang: Lang::Nb,
            revision: Revision::first(),
            owners: Vec::new(),
            measured: false,
            original: None,
        }
    }
}

/// What can be signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composed {
    /// The JSON document of facts.
    pub facts: Vec<u8>,
    /// The JSON document of text; empty where nothing was written.
    pub text: Vec<u8>,
    /// Passages that look like personal data, to be confirmed by a person.
    pub warnings: Vec<Finding>,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// The field, as `title` or `values[0].kind`; empty for the whole input.
    pub field: String,
    /// What kind of fault it is.
    pub fault: FieldFault,
    /// One sentence for the writer.
    pub problem: String,
}

impl std::error::Error for FieldError {}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.field.is_empty() { f.write_str(&self.problem) } else { write!(f, "{}: {}", self.field, self.problem) }
    }
}

/// The kinds of faults of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldFault {
    /// It is required and not there.
    Missing,
    /// The kind has no such field.
    UnknownField,
    /// It has another type than the field wants.
    WrongType,
    /// The code is not in the list.
    UnknownCode,
    /// It has too many characters or elements.
    TooLong,
    /// It is not written as the field wants: a day, an id, an address, a short id.
    Malformed,
    /// The number or day is outside what is allowed.
    OutOfRange,
    /// It does not go together with another field, or with what is already published.
    NotAllowed,
}

/// Makes facts and text of a record from an input in people's field names. The salts come
/// from a source of chance; each is used once.
///
/// # Errors
/// Everything that is wrong, field by field.
pub fn compose(
    kind: Kind,
    input: &Value,
    context: &Context,
    facts_salt: [u8; 16],
    text_salt: [u8; 16],
) -> Result<Composed, Vec<FieldError>> {
    let whole = |fault, problem: String| vec![FieldError { field: String::new(), fault, problem }];
    let Value::Object(fields) = input else {
        return Err(whole(FieldFault::WrongType, "The input must be an object with named fields.".to_owned()));
    };
    let mut form = Form::new(fields, context);
    let salts = Salts { facts: facts_salt, text: text_salt };
    let Some(parts) = parts(kind, &mut form, &salts) else {
        let problem = format!("Records of the kind `{kind}` cannot be written here.");
        return Err(whole(FieldFault::NotAllowed, problem));
    };
    let errors = form.finish();
    if !errors.is_empty() {
        return Err(errors);
    }
    parts.map_err(|fault| whole(FieldFault::Malformed, format!("The record cannot be written: {fault}.")))?.checked()
}

/// The salts of one record.
struct Salts {
    facts: [u8; 16],
    text: [u8; 16],
}

fn parts(kind: Kind, form: &mut Form<'_>, salts: &Salts) -> Option<Result<Composed, JsonFault>> {
    Some(match kind {
        Kind::Case => write(salts, &case::read(form)),
        Kind::Need => write(salts, &need::read(form)),
        Kind::Reuse => write(salts, &reuse::read(form)),
        Kind::Contact => write(salts, &others::contact(form)),
        Kind::Plan => write(salts, &gathering::plan(form)),
        Kind::Programme => write(salts, &gathering::programme(form)),
        Kind::Collection => write(salts, &gathering::collection(form)),
        Kind::Award => write(salts, &gathering::award(form)),
        Kind::Confirmation => write(salts, &others::confirmation(form)),
        Kind::Measurement => write(salts, &others::measurement(form)),
        Kind::Comment => write(salts, &others::comment(form)),
        Kind::Assessment => write(salts, &others::assessment(form)),
        Kind::Translation => write(salts, &translation::read(form)),
        Kind::Interest => write(salts, &others::interest(form)),
        Kind::Withdrawal => write(salts, &others::withdrawal(form)),
        Kind::Redaction => write(salts, &others::redaction(form)),
        Kind::Admission
        | Kind::Revocation
        | Kind::Settlement
        | Kind::Reference
        | Kind::Succession
        | Kind::Release
        | Kind::Climate
        | Kind::Unknown(_) => return None,
    })
}

fn write<F: Serialize, T: Serialize + Default + PartialEq>(
    salts: &Salts,
    (facts, text): &(F, T),
) -> Result<Composed, JsonFault> {
    let mut warnings = Vec::new();
    for part in [serde_json::to_value(facts), serde_json::to_value(text)] {
        let value = part.map_err(|e| JsonFault::WrongType(e.to_string()))?;
        scan(&mut warnings, "", &value);
    }
    let written = if *text == T::default() { Vec::new() } else { document(&salts.text, text)? };
    Ok(Composed { facts: document(&salts.facts, facts)?, text: written, warnings })
}

/// Looks for personal data in every string of a value.
fn scan(warnings: &mut Vec<Finding>, path: &str, value: &Value) {
    match value {
        Value::String(text) => warnings.extend(personal::scan(path, text).into_iter().filter(|finding| {
            // A switchboard is a telephone number by design.
            !(path == "switchboard" && finding.what == Personal::Telephone)
        })),
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                scan(warnings, &format!("{path}[{at}]"), item);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                scan(warnings, &path, member);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

impl Composed {
    /// What is larger than an entry may be is refused here, where its writer can shorten it.
    fn checked(self) -> Result<Self, Vec<FieldError>> {
        let large = |what: &str, size: usize, limit: usize| FieldError {
            field: String::new(),
            fault: FieldFault::TooLong,
            problem: format!("The {what} of the record take {size} bytes; at most {limit} are allowed."),
        };
        if self.facts.len() > MAX_FACTS_BYTES {
            return Err(vec![large("facts", self.facts.len(), MAX_FACTS_BYTES)]);
        }
        if self.text.len() > MAX_TEXT_BYTES {
            return Err(vec![large("texts", self.text.len(), MAX_TEXT_BYTES)]);
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests;
