//! From values as they were written to a configuration that holds.

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use idenett_protocol::codes::Lang;

use super::{
    Config, Errors, LogFormat, MAX_ADDRESSES, MAX_NAME_CHARS, MAX_STYLESHEETS, Raw, Source, WEB_DEFAULT, WEB_OFF,
};

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
    let municipality_number =
        parsed(one("municipality_number").filter(|(v, _)| !v.is_empty()), "municipality_number", errors);
    let listen = addresses(raw, "listen", MAX_ADDRESSES, errors);
    let announce = addresses(raw, "announce", idenett_protocol::hint::MAX_HINT_ADDRESSES, errors);
    let connect = addresses(raw, "connect", MAX_ADDRESSES, errors);
    let language = parsed(one("language").filter(|(v, _)| !v.is_empty()), "language", errors);
    let web = web(one("web"), errors);
    let web_hosts = web_hosts(raw, errors);
    let web_stylesheets = web_stylesheets(raw, errors);
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
        web,
        web_hosts,
        web_stylesheets,
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

/// Where the pages are served.
fn web(value: Option<(&str, &Source)>, errors: &mut Errors<'_>) -> Option<SocketAddr> {
    match value {
        None | Some(("", _)) => Some(WEB_DEFAULT),
        Some((WEB_OFF, _)) => None,
        Some((text, source)) => match text.parse() {
            Ok(address) => Some(address),
            Err(_) => {
                let problem =
                    format!("`{text}` is no address of an interface and a port, as 127.0.0.1:4480, nor `off`.");
                errors.add(source, "web", problem);
                None
            }
        },
    }
}

fn web_hosts(raw: &BTreeMap<&'static str, Raw>, errors: &mut Errors<'_>) -> Vec<String> {
    let Some(Raw { values, source }) = raw.get("web_hosts") else { return Vec::new() };
    if values.len() > MAX_ADDRESSES {
        errors.add(source, "web_hosts", format!("At most {MAX_ADDRESSES} names may stand here."));
    }
    let is_name = |v: &str| !v.is_empty() && v.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-');
    for value in values.iter().filter(|v| !is_name(v)) {
        errors.add(source, "web_hosts", format!("`{value}` is no host name, as idenett.kommune.example."));
    }
    values.iter().map(|v| v.to_ascii_lowercase()).collect()
}

fn web_stylesheets(raw: &BTreeMap<&'static str, Raw>, errors: &mut Errors<'_>) -> Vec<PathBuf> {
    let Some(Raw { values, source }) = raw.get("web_stylesheets") else { return Vec::new() };
    if values.len() > MAX_STYLESHEETS {
        errors.add(source, "web_stylesheets", format!("At most {MAX_STYLESHEETS} files may stand here."));
    }
    values.iter().map(PathBuf::from).collect()
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
