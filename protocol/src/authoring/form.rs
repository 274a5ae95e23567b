//! Reads the fields of an input one by one and gathers everything that is wrong with them.
//! Does not know which fields a record has: who asks for a field makes it known.

use std::cell::RefCell;

use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization as _;

use crate::codes::{Code, CodeList};
use crate::id::EntryId;
use crate::organisation::OrgNumber;
use crate::time::Day;

use super::suggest::nearest;
use super::{
    Context, FieldError, FieldFault, MAX_LINE_CHARS, MAX_LIST_ITEMS, MAX_SHORT_ID_CHARS, MAX_VALID_MONTHS, Mode,
};

/// How many codes a message lists; of a longer list it shows those that are near.
const MAX_CODES_LISTED: usize = 30;

/// Whether a field must be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    /// In both modes.
    Always,
    /// When publishing.
    Required,
    /// It may be left out.
    Optional,
}

/// An object of the input, perhaps inside another.
pub(super) struct Form<'a> {
    pub(super) context: &'a Context,
    path: String,
    fields: &'a Map<String, Value>,
    asked: Vec<&'static str>,
    errors: RefCell<Vec<FieldError>>,
}

impl<'a> Form<'a> {
    pub(super) fn new(fields: &'a Map<String, Value>, context: &'a Context) -> Self {
        Self { context, path: String::new(), fields, asked: Vec::new(), errors: RefCell::default() }
    }

    /// Everything wrong, with the fields that nobody asked for.
    pub(super) fn finish(self) -> Vec<FieldError> {
        for name in self.fields.keys().filter(|name| !self.asked.contains(&name.as_str())) {
            let hint = nearest(name, self.asked.iter().copied(), 1)
                .first()
                .map_or_else(String::new, |near| format!(" Did you mean `{near}`?"));
            self.refuse(name, FieldFault::UnknownField, format!("There is no such field.{hint}"));
        }
        self.errors.into_inner()
    }

    /// Notes that a field is wrong.
    pub(super) fn refuse(&self, name: &str, fault: FieldFault, problem: impl Into<String>) {
        let field = format!("{}{name}", self.path);
        self.errors.borrow_mut().push(FieldError { field, fault, problem: problem.into() });
    }

    /// Whether the rules between fields apply.
    pub(super) fn publishing(&self) -> bool {
        self.context.mode == Mode::Publish
    }

    fn wanted(&self, want: Want) -> bool {
        want == Want::Always || (want == Want::Required && self.publishing())
    }

    /// The value of a field that is there and says something.
    fn take(&mut self, name: &'static str) -> Option<&'a Value> {
        self.asked.push(name);
        self.fields.get(name).filter(|value| !says_nothing(value))
    }

    fn take_wanted(&mut self, name: &'static str, want: Want) -> Option<&'a Value> {
        let value = self.take(name);
        if value.is_none() && self.wanted(want) {
            self.refuse(name, FieldFault::Missing, "This field is required.");
        }
        value
    }

    /// A text of at most `limit` characters, in Unicode normal form C.
    pub(super) fn text(&mut self, name: &'static str, want: Want, limit: usize) -> String {
        self.take_wanted(name, want).map_or_else(String::new, |value| self.clean(name, value, limit))
    }

    /// Several lines of text; one alone need not be in a list.
    pub(super) fn texts(&mut self, name: &'static str) -> Vec<String> {
        self.items(name, |form, at, value| Some(form.clean(at, value, MAX_LINE_CHARS)))
    }

    /// A value as it was given.
    pub(super) fn value(&mut self, name: &'static str, want: Want) -> Option<&'a Value> {
        self.take_wanted(name, want)
    }

    /// A text in Unicode normal form C; what is wrong with it is noted.
    pub(super) fn clean(&self, name: &str, value: &Value, limit: usize) -> String {
        let Value::String(text) = value else {
            self.refuse(name, FieldFault::WrongType, "Write text here.");
            return String::new();
        };
        let text: String = text.trim().nfc().collect::<String>().replace("\r\n", "\n");
        let count = text.chars().count();
        if count > limit {
            let problem = format!("The text has {count} characters; at most {limit} are allowed.");
            self.refuse(name, FieldFault::TooLong, problem);
        }
        if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            self.refuse(name, FieldFault::Malformed, "The text contains a control character.");
        }
        text
    }

    /// An address on the web.
    pub(super) fn url(&mut self, name: &'static str, want: Want) -> String {
        let url = self.text(name, want, MAX_LINE_CHARS);
        let shape = (url.starts_with("https://") || url.starts_with("http://")) && !url.contains(char::is_whitespace);
        if !url.is_empty() && !shape {
            self.refuse(name, FieldFault::Malformed, "Write an address that begins with https://.");
        }
        url
    }

    /// A code of a list; "not stated" where there is none.
    pub(super) fn code<T: CodeList>(&mut self, name: &'static str, want: Want) -> Code<T> {
        let code = self.take(name).and_then(|value| self.in_list(name, value));
        if code.as_ref().is_none_or(Code::is_not_stated) && self.wanted(want) && !self.faulty(name) {
            let problem = format!("This field is required. {}", allowed::<T>(""));
            self.refuse(name, FieldFault::Missing, problem);
        }
        code.unwrap_or_default()
    }

    /// Several codes of a list, each once; one alone need not be in a list.
    pub(super) fn codes<T: CodeList>(&mut self, name: &'static str, want: Want) -> Vec<Code<T>> {
        let found = self.items(name, |form, at, value| form.in_list::<T>(at, value));
        let mut codes: Vec<Code<T>> = Vec::new();
        for code in found {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        if want == Want::Optional {
            codes.retain(|code| !code.is_not_stated());
        }
        if codes.iter().all(Code::is_not_stated) && self.wanted(want) && !self.faulty(name) {
            let problem = format!("At least one is required. {}", allowed::<T>(""));
            self.refuse(name, FieldFault::Missing, problem);
        }
        if codes.is_empty() && want != Want::Optional {
            codes.push(Code::default());
        }
        codes
    }

    fn in_list<T: CodeList>(&self, name: &str, value: &Value) -> Option<Code<T>> {
        let Value::String(id) = value else {
            self.refuse(name, FieldFault::WrongType, format!("Write one code as text. {}", allowed::<T>("")));
            return None;
        };
        let code = T::named(id.trim());
        if code.is_none() {
            let shown: String = id.chars().take(MAX_SHORT_ID_CHARS).collect();
            let problem = format!("`{shown}` is not in the list. {}", allowed::<T>(id));
            self.refuse(name, FieldFault::UnknownCode, problem);
        }
        code.map(Code::Known)
    }

    /// Whether something is wrong with the field or a part of it.
    pub(super) fn faulty(&self, name: &str) -> bool {
        let path = format!("{}{name}", self.path);
        self.errors.borrow().iter().any(|error| {
            error.field.strip_prefix(&path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['[', '.']))
        })
    }

    /// A day.
    pub(super) fn day(&mut self, name: &'static str, want: Want) -> Option<Day> {
        let value = self.take_wanted(name, want)?;
        let day = as_day(value).and_then(|text| text.parse().ok());
        if day.is_none() {
            self.refuse(name, FieldFault::Malformed, "Write a day that exists, as 2026-11-21.");
        }
        day
    }

    /// The day until which a record is valid; `months` from today where nothing is said.
    pub(super) fn valid_until(&mut self, months: i32) -> Option<Day> {
        let name = "valid_until";
        let today = self.context.today;
        let day = self.day(name, Want::Optional);
        if self.faulty(name) {
            return None;
        }
        let Some(day) = day else { return today.add_months(months) };
        let last = today.add_months(MAX_VALID_MONTHS);
        if last.is_some_and(|last| day > last) {
            let problem =
                format!("At most {MAX_VALID_MONTHS} months from today are allowed; confirm it later to extend it.");
            self.refuse(name, FieldFault::OutOfRange, problem);
        }
        if day < today && self.publishing() {
            self.refuse(name, FieldFault::OutOfRange, "The day has already passed.");
        }
        Some(day)
    }

    /// The id of an entry.
    pub(super) fn entry(&mut self, name: &'static str, want: Want) -> Option<EntryId> {
        let value = self.take_wanted(name, want)?;
        self.as_entry(name, value)
    }

    /// Ids of entries, each once.
    pub(super) fn entries(&mut self, name: &'static str) -> Vec<EntryId> {
        let mut entries = self.items(name, Self::as_entry);
        entries.sort_unstable();
        entries.dedup();
        entries
    }

    fn as_entry(&self, name: &str, value: &Value) -> Option<EntryId> {
        let id = value.as_str().and_then(|id| id.trim().parse().ok());
        if id.is_none() {
            self.refuse(name, FieldFault::Malformed, "Write the id of a record: 64 hexadecimal digits.");
        }
        id
    }

    /// An organisation number; spaces in it do no harm.
    pub(super) fn org(&mut self, name: &'static str) -> Option<OrgNumber> {
        let value = self.take(name)?;
        self.as_org(name, value)
    }

    /// Organisation numbers, each once.
    pub(super) fn orgs(&mut self, name: &'static str) -> Vec<OrgNumber> {
        let mut orgs = self.items(name, Self::as_org);
        orgs.sort_unstable();
        orgs.dedup();
        orgs
    }

    fn as_org(&self, name: &str, value: &Value) -> Option<OrgNumber> {
        let digits = value.as_str().map_or_else(|| value.to_string(), |text| text.split_whitespace().collect());
        digits
            .parse()
            .map_err(|fault| {
                self.refuse(name, FieldFault::Malformed, format!("This is no organisation number: {fault}."))
            })
            .ok()
    }

    /// A whole number within bounds.
    pub(super) fn int<T: TryFrom<i64>>(&mut self, name: &'static str, bounds: (i64, i64), want: Want) -> Option<T> {
        let value = self.take_wanted(name, want)?;
        let (low, high) = bounds;
        let Some(number) = value.as_i64() else {
            self.refuse(name, FieldFault::WrongType, "Write a whole number, without quotes and without decimals.");
            return None;
        };
        if number < low || number > high {
            self.refuse(name, FieldFault::OutOfRange, format!("Write a whole number from {low} to {high}."));
            return None;
        }
        T::try_from(number).ok()
    }

    /// Yes or no.
    pub(super) fn flag(&mut self, name: &'static str) -> Option<bool> {
        let value = self.take(name)?;
        if !value.is_boolean() {
            self.refuse(name, FieldFault::WrongType, "Write true or false, without quotes.");
        }
        value.as_bool()
    }

    /// A short id of the organisation's own, in small letters.
    pub(super) fn short_id(&mut self, name: &'static str, want: Want) -> Option<String> {
        let value = self.take_wanted(name, want)?;
        self.as_short_id(name, value)
    }

    /// Short ids.
    pub(super) fn short_ids(&mut self, name: &'static str) -> Vec<String> {
        self.items(name, Self::as_short_id)
    }

    fn as_short_id(&self, name: &str, value: &Value) -> Option<String> {
        let text: String = self.clean(name, value, MAX_LINE_CHARS);
        let fits = |c: char| (c.is_alphanumeric() && c.to_lowercase().eq([c])) || matches!(c, '-' | '_' | '.');
        if !text.is_empty() && text.chars().count() <= MAX_SHORT_ID_CHARS && text.chars().all(fits) {
            return Some(text);
        }
        if !text.is_empty() {
            let plain: String = text.to_lowercase().chars().map(|c| if fits(c) { c } else { '-' }).collect();
            let plain: String = plain.chars().take(MAX_SHORT_ID_CHARS).collect();
            let problem = format!(
                "Write a short id of at most {MAX_SHORT_ID_CHARS} small letters, digits and dashes, as `{plain}`."
            );
            self.refuse(name, FieldFault::Malformed, problem);
        }
        None
    }

    /// An object with fields of its own. Where `short` names one of them, anything that is no
    /// object stands for an object with only that field.
    pub(super) fn object<T>(
        &mut self,
        name: &'static str,
        short: Option<&str>,
        read: impl Fn(&mut Form<'_>) -> T,
    ) -> Option<T> {
        let value = self.take(name)?;
        self.inside(name, value, short, &read)
    }

    /// Objects, each as [`Form::object`] reads one.
    pub(super) fn objects<T>(
        &mut self,
        name: &'static str,
        short: Option<&str>,
        read: impl Fn(&mut Form<'_>) -> T,
    ) -> Vec<T> {
        self.items(name, |form, at, value| form.inside(at, value, short, &read))
    }

    fn inside<T>(
        &self,
        name: &str,
        value: &Value,
        short: Option<&str>,
        read: &impl Fn(&mut Form<'_>) -> T,
    ) -> Option<T> {
        let single =
            short.filter(|_| !value.is_object()).map(|short| Map::from_iter([(short.to_owned(), value.clone())]));
        let Some(fields) = single.as_ref().or(value.as_object()) else {
            self.refuse(name, FieldFault::WrongType, "Write an object with named fields here.");
            return None;
        };
        let path = format!("{}{name}.", self.path);
        let mut form = Form { context: self.context, path, fields, asked: Vec::new(), errors: RefCell::default() };
        let read = read(&mut form);
        self.errors.borrow_mut().extend(form.finish());
        Some(read)
    }

    /// The elements of a list; one alone need not be in a list.
    fn items<T>(&mut self, name: &'static str, read: impl Fn(&Self, &str, &'a Value) -> Option<T>) -> Vec<T> {
        let items = match self.take(name) {
            None => return Vec::new(),
            Some(Value::Array(items)) => items.as_slice(),
            Some(one) => return read(self, name, one).into_iter().collect(),
        };
        if items.len() > MAX_LIST_ITEMS {
            let problem = format!("The list has {} elements; at most {MAX_LIST_ITEMS} are allowed.", items.len());
            self.refuse(name, FieldFault::TooLong, problem);
            return Vec::new();
        }
        items.iter().enumerate().filter_map(|(at, item)| read(self, &format!("{name}[{at}]"), item)).collect()
    }
}

fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
    }
}

/// The text of a day. TOML has days of its own, which reach us as an object with one member.
fn as_day(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text.trim()),
        Value::Object(toml) => toml.get("$__toml_private_datetime")?.as_str(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    }
}

/// The codes that may stand here, nearest to `word` first where the list is long.
fn allowed<T: CodeList>(word: &str) -> String {
    let ids = || T::ALL.iter().filter(|code| **code != T::NOT_STATED).map(|code| code.id());
    let near = nearest(word, ids(), 3);
    let meant = if near.is_empty() { String::new() } else { format!("Did you mean `{}`? ", near.join("` or `")) };
    let count = ids().count();
    if count <= MAX_CODES_LISTED {
        return format!("{meant}Allowed: {}.", ids().collect::<Vec<_>>().join(", "));
    }
    let some: Vec<&str> = ids().take(MAX_CODES_LISTED).collect();
    format!("{meant}{count} codes are allowed, among them: {}.", some.join(", "))
}
