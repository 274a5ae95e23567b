//! Strict reading of the two JSON documents of an entry, `facts` and `text`.
//!
//! Two readers never see two meanings in one document: what JSON leaves open (which of two
//! equal keys counts, how large a number may be, how an accent is written) is refused here.
//! Fields that this version does not know are allowed. Does not know what a document is about.

mod watch;

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeOwned, DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use unicode_normalization::is_nfc;

use crate::limits::{MAX_JSON_DEPTH, MAX_JSON_INTEGER, MAX_JSON_ITEMS};

/// Hexadecimal digits of the salt that every document carries.
pub const SALT_DIGITS: usize = 32;
/// Characters kept of a message about a wrong type: it may quote the sender.
const MAX_MESSAGE_CHARS: usize = 200;

/// Why bytes are no document of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JsonFault {
    /// The bytes are not UTF-8.
    #[error("the document is not UTF-8")]
    Utf8,
    /// The bytes are not JSON, or end too early.
    #[error("the document is not JSON (line {line}, column {column})")]
    Syntax {
        /// Line of the first wrong byte, from 1.
        line: usize,
        /// Column of the first wrong byte, from 1; 0 at the end of a line.
        column: usize,
    },
    /// Something stands behind the document.
    #[error("something stands behind the end of the document")]
    Trailing,
    /// The outermost value is no object.
    #[error("the outermost value is not an object")]
    NotAnObject,
    /// A string or key is not in Unicode normal form C.
    #[error("a string is not in Unicode normal form C")]
    NotNfc,
    /// An object has the same key twice.
    #[error("an object has the same key twice")]
    DuplicateKey,
    /// A number has a fraction or an exponent, or is `-0`.
    #[error("a number is not a plain integer")]
    NotAnInteger,
    /// An integer is beyond what every reader holds exactly.
    #[error("an integer is beyond ±{MAX_JSON_INTEGER}")]
    IntegerTooLarge,
    /// Arrays and objects are nested too deep.
    #[error("arrays and objects are nested deeper than {MAX_JSON_DEPTH}")]
    TooDeep,
    /// An array or object has too many members.
    #[error("an array or object has more than {MAX_JSON_ITEMS} members")]
    TooManyItems,
    /// There is no salt.
    #[error("the document has no salt")]
    NoSalt,
    /// The salt is not a string of 32 lower-case hexadecimal digits.
    #[error("the salt is not {SALT_DIGITS} lower-case hexadecimal digits")]
    BadSalt,
    /// A field has another type than its kind of record wants.
    #[error("a field does not have its type: {0}")]
    WrongType(String),
}

/// Checks a document against everything that does not depend on its kind.
///
/// # Errors
/// The first thing found wrong.
pub fn check(bytes: &[u8]) -> Result<(), JsonFault> {
    read(bytes).map(|IgnoredAny| ())
}

/// Checks a document and reads it as a type. A struct must be an object, and a code a string.
///
/// # Errors
/// The first thing found wrong; a wrong type only where nothing else is.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, JsonFault> {
    let text = std::str::from_utf8(bytes).map_err(|_| JsonFault::Utf8)?;
    let watch::Reading { value, sure } = watch::read(text);
    if value.is_err() || !sure {
        find_fault(text)?;
    }
    value
}

/// Looks for the first fault in the order of reading.
fn find_fault(text: &str) -> Result<(), JsonFault> {
    let fault = Cell::new(None);
    let mut reader = serde_json::Deserializer::from_str(text);
    let found = Strict { fault: &fault, depth: 0 }
        .deserialize(&mut reader)
        .map_err(|error| fault.take().unwrap_or_else(|| by_position(&error)))?;
    reader.end().map_err(|_| JsonFault::Trailing)?;
    if found == Found::Object { Ok(()) } else { Err(JsonFault::NotAnObject) }
}

fn wrong_type(error: &serde_json::Error) -> JsonFault {
    JsonFault::WrongType(error.to_string().chars().take(MAX_MESSAGE_CHARS).collect())
}

fn by_position(error: &serde_json::Error) -> JsonFault {
    // A number too large even for floating point has no event of its own in the parser.
    if error.to_string().starts_with("number out of range") {
        return JsonFault::NotAnInteger;
    }
    JsonFault::Syntax { line: error.line(), column: error.column() }
}

/// Whether a string is in normal form C. Below U+0300, where the combining marks begin, every
/// character is; their UTF-8 begins with a lower byte than 0xCC.
fn is_normal(s: &str) -> bool {
    s.bytes().fold(0, u8::max) < 0xCC || is_nfc(s)
}

fn is_salt(s: &str) -> bool {
    s.len() == SALT_DIGITS && s.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// What a value turned out to be, as far as its surroundings care.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Object,
    /// A string that could be a salt.
    Salt,
    Other,
}

/// Walks one value. The parser's error type holds only words, so the named fault is left
/// in `fault` on the way out.
#[derive(Clone, Copy)]
struct Strict<'f> {
    fault: &'f Cell<Option<JsonFault>>,
    /// How many arrays and objects are around this value.
    depth: usize,
}

impl Strict<'_> {
    fn stop<T, E: serde::de::Error>(self, fault: JsonFault) -> Result<T, E> {
        self.fault.set(Some(fault));
        Err(E::custom("refused"))
    }

    fn inner<E: serde::de::Error>(self) -> Result<Self, E> {
        let depth = self.depth.saturating_add(1);
        if depth > MAX_JSON_DEPTH { self.stop(JsonFault::TooDeep) } else { Ok(Self { depth, ..self }) }
    }

    fn nfc<E: serde::de::Error>(self, s: &str) -> Result<(), E> {
        if is_normal(s) { Ok(()) } else { self.stop(JsonFault::NotNfc) }
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Found;

    fn deserialize<D: serde::Deserializer<'de>>(self, reader: D) -> Result<Found, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Found, E> {
        Ok(Found::Other)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Found, E> {
        Ok(Found::Other)
    }

    fn visit_i64<E: serde::de::Error>(self, n: i64) -> Result<Found, E> {
        if n >= -MAX_JSON_INTEGER { Ok(Found::Other) } else { self.stop(JsonFault::IntegerTooLarge) }
    }

    fn visit_u64<E: serde::de::Error>(self, n: u64) -> Result<Found, E> {
        if n <= MAX_JSON_INTEGER.unsigned_abs() { Ok(Found::Other) } else { self.stop(JsonFault::IntegerTooLarge) }
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<Found, E> {
        self.stop(JsonFault::NotAnInteger)
    }

    fn visit_str<E: serde::de::Error>(self, s: &str) -> Result<Found, E> {
        self.nfc(s)?;
        Ok(if is_salt(s) { Found::Salt } else { Found::Other })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Found, A::Error> {
        let inner = self.inner()?;
        let mut count = 0_usize;
        while items.next_element_seed(inner)?.is_some() {
            count = count.saturating_add(1);
            if count > MAX_JSON_ITEMS {
                return self.stop(JsonFault::TooManyItems);
            }
        }
        Ok(Found::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Found, A::Error> {
        let inner = self.inner()?;
        let mut keys: Vec<Cow<'de, str>> = Vec::with_capacity(16);
        let mut salted = false;
        while let Some(Key(key)) = members.next_key()? {
            self.nfc(&key)?;
            let found = members.next_value_seed(inner)?;
            if self.depth == 0 && key == "salt" {
                salted = true;
                if found != Found::Salt {
                    return self.stop(JsonFault::BadSalt);
                }
            }
            keys.push(key);
            if keys.len() > MAX_JSON_ITEMS {
                return self.stop(JsonFault::TooManyItems);
            }
        }
        keys.sort_unstable();
        if keys.array_windows().any(|[a, b]| a == b) {
            return self.stop(JsonFault::DuplicateKey);
        }
        if self.depth == 0 && !salted {
            return self.stop(JsonFault::NoSalt);
        }
        Ok(Found::Object)
    }
}

/// A key, borrowed from the document unless it is written with escapes.
pub(crate) struct Key<'de>(pub(crate) Cow<'de, str>);

impl<'de> serde::Deserialize<'de> for Key<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct KeyVisitor;

        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E>(self, s: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(s)))
            }

            fn visit_str<E>(self, s: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(s.to_owned())))
            }
        }

        reader.deserialize_str(KeyVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SALT: &str = r#""salt":"00112233445566778899aabbccddeeff""#;

    fn with_salt(rest: &str) -> String {
        format!("{{{SALT},{rest}}}")
    }

    #[test]
    fn good_documents_pass() {
        let rows = [
            format!("{{{SALT}}}"),
            format!(" {{ {SALT} }} \n"),
            with_salt(r#""title":"Sjukeheim på Ålesund","n":[1,-2,null,true,{}]"#),
            with_salt(r#""n":9007199254740991,"m":-9007199254740991"#),
            with_salt(r#""a":{"salt":"anything"},"b":{"a":1}"#),
            with_salt(r#""a":[[[[[[[]]]]]]]"#),
            with_salt(&format!(r#""a":[{}]"#, vec!["0"; MAX_JSON_ITEMS].join(","))),
        ];
        for row in rows {
            assert_eq!(check(row.as_bytes()), Ok(()), "{row:.80}");
        }
    }

    #[test]
    fn every_other_document_is_refused_with_its_reason() {
        use JsonFault as F;
        let many = vec!["0"; MAX_JSON_ITEMS + 1].join(",");
        let members: Vec<String> = (0..=MAX_JSON_ITEMS).map(|n| format!("\"k{n}\":0")).collect();
        let rows = [
            (String::new(), F::Syntax { line: 1, column: 0 }),
            ("{".to_owned(), F::Syntax { line: 1, column: 1 }),
            (with_salt(r#""a":1,"#), F::Syntax { line: 1, column: 50 }),
            (with_salt(r#""a":"\ud800""#), F::Syntax { line: 1, column: 55 }),
            (with_salt("\"a\":\"line\nbreak\""), F::Syntax { line: 2, column: 0 }),
            (format!("{{{SALT}}} x"), F::Trailing),
            (format!("{{{SALT}}}{{}}"), F::Trailing),
            ("[]".to_owned(), F::NotAnObject),
            ("\"00112233445566778899aabbccddeeff\"".to_owned(), F::NotAnObject),
            (with_salt("\"a\":\"A\u{30a}lesund\""), F::NotNfc),
            (with_salt(r#""a":"A\u030alesund""#), F::NotNfc),
            (with_salt("\"A\u{30a}\":1"), F::NotNfc),
            (with_salt(r#""a":1,"a":1"#), F::DuplicateKey),
            (with_salt(r#""b":[{"a":1,"\u0061":2}]"#), F::DuplicateKey),
            (with_salt(SALT), F::DuplicateKey),
            (with_salt(r#""a":1.0"#), F::NotAnInteger),
            (with_salt(r#""a":1e2"#), F::NotAnInteger),
            (with_salt(r#""a":-0"#), F::NotAnInteger),
            (with_salt(r#""a":1e999"#), F::NotAnInteger),
            (with_salt(r#""a":100000000000000000000000"#), F::NotAnInteger),
            (with_salt(r#""a":9007199254740992"#), F::IntegerTooLarge),
            (with_salt(r#""a":-9007199254740992"#), F::IntegerTooLarge),
            (with_salt(r#""a":[[[[[[[[]]]]]]]]"#), F::TooDeep),
            (with_salt(&format!(r#""a":[{many}]"#)), F::TooManyItems),
            (with_salt(&format!(r#""a":{{{}}}"#, members.join(","))), F::TooManyItems),
            ("{}".to_owned(), F::NoSalt),
            (r#"{"salt":null}"#.to_owned(), F::BadSalt),
            (r#"{"salt":"00112233445566778899AABBCCDDEEFF"}"#.to_owned(), F::BadSalt),
            (r#"{"salt":"0011"}"#.to_owned(), F::BadSalt),
        ];
        for (row, fault) in rows {
            assert_eq!(check(row.as_bytes()), Err(fault), "{row:.120}");
        }
        assert_eq!(check(b"{\"a\":\"\xff\"}"), Err(F::Utf8));
    }

    #[test]
    fn a_wrong_type_is_named_and_unknown_fields_are_not_minded() {
        #[derive(Debug, PartialEq, serde::Deserialize)]
        struct Small {
            n: u32,
        }
        assert_eq!(read::<Small>(with_salt(r#""n":3,"later":[1]"#).as_bytes()), Ok(Small { n: 3 }));
        let fault = read::<Small>(with_salt(r#""n":"3""#).as_bytes());
        assert!(matches!(fault, Err(JsonFault::WrongType(_))), "{fault:?}");
    }

    #[test]
    fn a_struct_is_an_object_and_a_code_a_string() {
        #[derive(Debug, PartialEq, serde::Deserialize)]
        struct Pair {
            a: u8,
            #[serde(default)]
            inner: Option<Inner>,
            #[serde(default)]
            list: Vec<Inner>,
            #[serde(default)]
            way: Option<Way>,
        }
        #[derive(Debug, PartialEq, serde::Deserialize)]
        struct Inner {
            b: u8,
        }
        #[derive(Debug, PartialEq, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        enum Way {
            Open,
        }
        let good = with_salt(r#""a":1,"inner":{"b":2},"list":[{"b":3}],"way":"open""#);
        let inner = |b| Inner { b };
        let pair = Pair { a: 1, inner: Some(inner(2)), list: vec![inner(3)], way: Some(Way::Open) };
        assert_eq!(read(good.as_bytes()), Ok(pair));
        for bad in [r#""a":1,"inner":[2]"#, r#""a":1,"list":[[3]]"#, r#""a":1,"way":{"open":null}"#, r#""a":1,"way":0"#] {
            let found = read::<Pair>(with_salt(bad).as_bytes());
            assert!(matches!(found, Err(JsonFault::WrongType(_))), "{bad}: {found:?}");
        }
    }

    #[test]
    fn many_keys_are_told_apart_as_well_as_few() {
        for (last, fault) in [("k59", Some(JsonFault::DuplicateKey)), ("k60", None)] {
            let members: Vec<String> = (0..60).map(|n| format!("\"k{n}\":0")).collect();
            let document = with_salt(&format!("{},\"{last}\":0", members.join(",")));
            assert_eq!(check(document.as_bytes()).err(), fault, "{last}");
        }
    }

    #[test]
    fn what_is_not_doubted_is_never_at_fault() {
        let good = with_salt(r#""t":"På Ålesund – ŋ","a":[1,-2,{"b":null,"c":true}],"é":9007199254740991,"d":"\u00e5""#);
        let pieces = ["\"", "\\", ",", "0", ".", "e", "-", "{", "}", "[", "]", "\u{30a}", "a", ":", "9", " ", "\"a\":1,"];
        let mut dice = 1_u64;
        let mut roll = |n: usize| {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(dice >> 33).expect("a number") % n
        };
        let (mut accepted, mut refused) = (0, 0);
        for round in 0..20_000 {
            let mut text: Vec<char> = good.chars().collect();
            for _ in 0..=roll(2) {
                let at = roll(text.len());
                let end = at + roll(2).min(text.len() - at);
                text.splice(at..end, pieces[roll(pieces.len())].chars());
            }
            let text: String = text.into_iter().collect();
            let found = watch::read::<IgnoredAny>(&text);
            if found.value.is_ok() && found.sure {
                assert_eq!(find_fault(&text), Ok(()), "round {round}: {text}");
                accepted += 1;
            } else {
                refused += 1;
            }
        }
        assert!(accepted > 1000 && refused > 1000, "{accepted} and {refused}");
    }

    /// What is in normal form in one version of Unicode stays so as far as its characters were
    /// assigned; `docs/protocol.md` names the version.
    #[test]
    fn the_version_of_unicode_is_the_documented_one() {
        assert_eq!(unicode_normalization::UNICODE_VERSION, (18, 0, 0));
        assert!(('\0'..'\u{300}').all(|c| is_nfc(&format!("a{c}"))));
    }
}
