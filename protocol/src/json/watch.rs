//! Reading a document as a type and watching, in the same pass, whether anything in it may be at
//! fault. A watcher only doubts; the check in full, which knows the order of faults, decides.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};

use super::{JsonFault, is_normal, is_salt, wrong_type};
use crate::limits::{MAX_JSON_DEPTH, MAX_JSON_INTEGER, MAX_JSON_ITEMS};

/// Members of an object whose keys are told apart here; with more there is doubt.
const WATCHED_KEYS: usize = 48;

/// A document read as a type; `sure` if nothing in it can be at fault.
pub(super) struct Reading<T> {
    pub(super) value: Result<T, JsonFault>,
    pub(super) sure: bool,
}

/// Reads a document as a type. A struct is an object and a code a string: serde alone would
/// also take a struct written as an array, and a code written as an object.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Reading<T> {
    let watch = Watch { doubt: Cell::new(false), salted: Cell::new(false) };
    let mut reader = serde_json::Deserializer::from_str(text);
    let at = At { watch: &watch, depth: 0, role: Role::Value };
    let value = T::deserialize(Watched { inner: &mut reader, at });
    let value = value.and_then(|value| reader.end().map(|()| value)).map_err(|e| wrong_type(&e));
    Reading { value, sure: watch.salted.get() && !watch.doubt.get() }
}

/// What was seen of one document.
struct Watch {
    doubt: Cell<bool>,
    salted: Cell<bool>,
}

/// Where in a document something stands.
#[derive(Clone, Copy)]
struct At<'w> {
    watch: &'w Watch,
    /// How many arrays and objects are around it.
    depth: usize,
    role: Role<'w>,
}

/// As what something stands there.
#[derive(Clone, Copy)]
enum Role<'w> {
    Value,
    /// The salt of the document.
    Salt,
    /// A key, beside these.
    Key(&'w Keys),
}

impl<'w> At<'w> {
    fn doubt_if(self, doubtful: bool) {
        if doubtful {
            self.watch.doubt.set(true);
        }
    }

    fn inner(self) -> At<'w> {
        let depth = self.depth.saturating_add(1);
        self.doubt_if(depth > MAX_JSON_DEPTH);
        At { depth, role: Role::Value, ..self }
    }

    fn string(self, s: &str) {
        match self.role {
            Role::Salt => self.watch.salted.set(is_salt(s)),
            Role::Value => self.doubt_if(!is_normal(s)),
            Role::Key(keys) => {
                self.doubt_if(!keys.note(s) || !is_normal(s));
                keys.last_is_salt.set(self.depth == 1 && s == "salt");
            }
        }
    }
}

/// The keys of one object so far, as short prints: equal keys have equal prints.
struct Keys {
    prints: [Cell<u64>; WATCHED_KEYS],
    count: Cell<usize>,
    last_is_salt: Cell<bool>,
}

impl Keys {
    const fn new() -> Self {
        Self { prints: [const { Cell::new(0) }; WATCHED_KEYS], count: Cell::new(0), last_is_salt: Cell::new(false) }
    }

    /// Whether this key is surely none of those before.
    fn note(&self, key: &str) -> bool {
        let print = print(key.as_bytes());
        let count = self.count.get();
        let known = self.prints.iter().take(count).any(|before| before.get() == print);
        let Some(free) = self.prints.get(count) else { return false };
        free.set(print);
        self.count.set(count.saturating_add(1));
        !known
    }
}

/// Eight bytes at a time, multiplied apart. Someone may well find two keys of one print: that
/// costs one check in full.
fn print(key: &[u8]) -> u64 {
    let (words, rest) = key.as_chunks::<8>();
    let mix = |print: u64, word: u64| (print.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let print = words.iter().fold(key.len() as u64, |print, word| mix(print, u64::from_le_bytes(*word)));
    mix(print, rest.iter().fold(0, |word, b| (word << 8) | u64::from(*b)))
}

/// Something of serde's that is watched: a seed, a deserializer or a visitor.
struct Watched<'w, T> {
    inner: T,
    at: At<'w>,
}

impl<'de, T: DeserializeSeed<'de>> DeserializeSeed<'de> for Watched<'_, T> {
    type Value = T::Value;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<T::Value, D::Error> {
        self.inner.deserialize(Watched { inner: reader, at: self.at })
    }
}

macro_rules! forward {
    ($($method:ident($($name:ident: $type:ty),*) to $to:ident($($given:ident),*);)+) => {
        $(fn $method<V: Visitor<'de>>(self, $($name: $type,)* visitor: V) -> Result<V::Value, T::Error> {
            self.inner.$to($($given,)* Watched { inner: visitor, at: self.at })
        })+
    };
}

impl<'de, T: Deserializer<'de>> Deserializer<'de> for Watched<'_, T> {
    type Error = T::Error;

    forward! {
        deserialize_any() to deserialize_any();
        deserialize_bool() to deserialize_bool();
        deserialize_i8() to deserialize_i8();
        deserialize_i16() to deserialize_i16();
        deserialize_i32() to deserialize_i32();
        deserialize_i64() to deserialize_i64();
        deserialize_u8() to deserialize_u8();
        deserialize_u16() to deserialize_u16();
        deserialize_u32() to deserialize_u32();
        deserialize_u64() to deserialize_u64();
        deserialize_f32() to deserialize_f32();
        deserialize_f64() to deserialize_f64();
        deserialize_char() to deserialize_char();
        deserialize_str() to deserialize_str();
        deserialize_string() to deserialize_string();
        deserialize_bytes() to deserialize_str();
        deserialize_byte_buf() to deserialize_str();
        deserialize_option() to deserialize_option();
        deserialize_unit() to deserialize_unit();
        deserialize_unit_struct(name: &'static str) to deserialize_unit_struct(name);
        deserialize_newtype_struct(name: &'static str) to deserialize_newtype_struct(name);
        deserialize_seq() to deserialize_seq();
        deserialize_tuple(len: usize) to deserialize_tuple(len);
        deserialize_tuple_struct(name: &'static str, len: usize) to deserialize_tuple_struct(name, len);
        deserialize_map() to deserialize_map();
        deserialize_struct(_name: &'static str, _fields: &'static [&'static str]) to deserialize_map();
        deserialize_identifier() to deserialize_identifier();
        // What is ignored must be sound all the same.
        deserialize_ignored_any() to deserialize_any();
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, T::Error> {
        self.inner.deserialize_str(Watched { inner: Named(visitor), at: self.at })
    }
}

/// Takes a variant by its name alone.
struct Named<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for Named<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_str<E: serde::de::Error>(self, s: &str) -> Result<V::Value, E> {
        self.0.visit_enum(s.into_deserializer())
    }
}

impl<'de, T: Visitor<'de>> Visitor<'de> for Watched<'_, T> {
    type Value = T::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    fn visit_bool<E: serde::de::Error>(self, v: bool) -> Result<T::Value, E> {
        self.inner.visit_bool(v)
    }

    fn visit_i64<E: serde::de::Error>(self, n: i64) -> Result<T::Value, E> {
        self.at.doubt_if(n < -MAX_JSON_INTEGER);
        self.inner.visit_i64(n)
    }

    fn visit_u64<E: serde::de::Error>(self, n: u64) -> Result<T::Value, E> {
        self.at.doubt_if(n > MAX_JSON_INTEGER.unsigned_abs());
        self.inner.visit_u64(n)
    }

    fn visit_f64<E: serde::de::Error>(self, n: f64) -> Result<T::Value, E> {
        self.at.doubt_if(true);
        self.inner.visit_f64(n)
    }

    fn visit_str<E: serde::de::Error>(self, s: &str) -> Result<T::Value, E> {
        self.at.string(s);
        self.inner.visit_str(s)
    }

    fn visit_borrowed_str<E: serde::de::Error>(self, s: &'de str) -> Result<T::Value, E> {
        self.at.string(s);
        self.inner.visit_borrowed_str(s)
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<T::Value, E> {
        self.inner.visit_unit()
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<T::Value, E> {
        self.inner.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, reader: D) -> Result<T::Value, D::Error> {
        self.inner.visit_some(Watched { inner: reader, at: self.at })
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, reader: D) -> Result<T::Value, D::Error> {
        self.inner.visit_newtype_struct(Watched { inner: reader, at: self.at })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<T::Value, A::Error> {
        self.inner.visit_seq(WatchedSeq { items, at: self.at.inner(), count: 0 })
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T::Value, A::Error> {
        let keys = Keys::new();
        self.inner.visit_map(WatchedMap { members, at: self.at.inner(), keys: &keys })
    }
}

struct WatchedSeq<'w, A> {
    items: A,
    at: At<'w>,
    count: usize,
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for WatchedSeq<'_, A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        let found = self.items.next_element_seed(Watched { inner: seed, at: self.at })?;
        self.count = self.count.saturating_add(usize::from(found.is_some()));
        self.at.doubt_if(self.count > MAX_JSON_ITEMS);
        Ok(found)
    }

    fn size_hint(&self) -> Option<usize> {
        self.items.size_hint()
    }
}

struct WatchedMap<'w, A> {
    members: A,
    at: At<'w>,
    keys: &'w Keys,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for WatchedMap<'_, A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        let at = At { role: Role::Key(self.keys), ..self.at };
        self.members.next_key_seed(Watched { inner: seed, at })
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        let role = if self.keys.last_is_salt.get() { Role::Salt } else { Role::Value };
        self.members.next_value_seed(Watched { inner: seed, at: At { role, ..self.at } })
    }

    fn size_hint(&self) -> Option<usize> {
        self.members.size_hint()
    }
}
