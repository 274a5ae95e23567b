//! From values as they were written to a configuration that holds.

use std::collections::BTreeMap;
use std::fmt;

use idenett_protocol::codes::Lang;

use super::{Config, Errors, LogFormat, MAX_ADDRESSES, MAX_NAME_CHARS, Raw, Source};

/// The configuration, if its member is known; everything wrong goes to `errors`.
pub(super) fn understand(raw: &BTreeMap<&'static str, Raw>, errors: &mut Errors<'_>) -> Option<Config> {
    let one = |name: &str| raw.get(name).and_then(|r| r.values.first().map(|v| (v.as_str(), &r.source)));
    let org = parsed(one("org"), "org", errors);
    let name = one("name").map(|(v, s)| (v.trim().to_owned(), s));
    if org.is_none() && one("org").is_none() {
        errors.add(&Source::Default, "org", "The organisation number is missing.".to_owned());
    }
    match &name {
        None => errors.add(&Source::Default, "name", "The name of the member is missing.".to_owned()),
        Some((text, source)) if text.is_empty() || text.chars().count() > MAX_NAME_CHARS => {
            errors.add(source, "name", format!("A name has 1 to {MAX_NAME_CHARS} characters."));
        }
        Some(_) => {}
    }
    let municipality_number = parsed(one("municipality_number").filter(|(v, _)| !v.is_empty()), "municipality_number", errors);
    let listen = addresses(raw, "listen", MAX_ADDRESSES, errors);
    let announce = addresses(raw, "announce", idenett_protocol::hint::MAX_HINT_ADDRESSES, errors);
    let connect = addresses(raw, "connect", MAX_ADDRESSES, errors);
    let language = parsed(one("language").filter(|(v, _)| !v.is_empty()), "language", errors);
    let log_level = parsed(one("log_level"), "log_level", errors);
    let log_format = log_format(one("log_format"), errors);
    Some(Config {
        org: org?,
        name: name?.0,
        municipality_number,
        listen,
        announce,
        connect,
        language: language.filter(|l| *l != Lang::NotStated).unwrap_or(Lang::Nb),
        log_level: log_level.unwrap_or(tracing::Level::INFO),
        log_format,
        sources: raw.iter().map(|(name, raw)| (*name, raw.source.clone())).collect(),
    })
}

fn parsed<T: std::str::FromStr<Err: fmt::Display>>(
    value: Option<(&str, &Source)>,
    key: &str,
    errors: &mut Errors<'_>,
) -> Option<T> {
    let (text, source) = value?;
    text.parse().map_err(|e: T::Err| errors.add(source, key, format!("`{text}` does not fit: {e}."))).ok()
}

fn log_format(value: Option<(&str, &Source)>, errors: &mut Errors<'_>) -> LogFormat {
    match value {
        None | Some(("text", _)) => LogFormat::Text,
        Some(("json", _)) => LogFormat::Json,
        Some((other, source)) => {
            errors.add(source, "log_format", format!("`{other}` is neither `text` nor `json`."));
            LogFormat::Text
        }
    }
}

fn addresses(raw: &BTreeMap<&'static str, Raw>, key: &str, most: usize, errors: &mut Errors<'_>) -> Vec<String> {
    let Some(Raw { values, source }) = raw.get(key) else { return Vec::new() };
    if values.len() > most {
        errors.add(source, key, format!("At most {most} addresses may stand here."));
    }
    for value in values {
        if let Err(fault) = crate::net::parse(value) {
            errors.add(source, key, format!("`{value}` is no address, as /dns4/ks.example.org/tcp/4430: {fault}."));
        }
    }
    values.clone()
}
