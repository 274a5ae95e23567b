//! Making a node: its key, its configuration, its replica with nothing but the charter, and for
//! a new federation the charter and the registrar's key.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{BufReader, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use idenett_protocol::body::Admission;
use idenett_protocol::charter::{Charter, CharterChain, Terms};
use idenett_protocol::id::Seq;
use idenett_protocol::key::SecretKey;
use idenett_protocol::kind::Kind;
use idenett_protocol::time::Timestamp;
use serde_json::{Value, json};

use super::charters::reading_of;
use super::members::written;
use super::{Problem, shown};
use crate::clock;
use crate::config::{Config, Flags, new_file};
use crate::home::Home;
use crate::index::Index;
use crate::journal::disk::RealDisk;
use crate::journal::segment::SEGMENT_BYTES;
use crate::journal::writer::Journal;
use crate::keyfile::{self, chance};
use crate::library::{Library, Writing, founding_charter};

/// What a new node is to be.
#[derive(Clone, Debug)]
pub struct Founding {
    /// What the configuration file says.
    pub settings: Flags,
    /// To which federation it belongs.
    pub federation: Federation,
}

/// The federation of a new node.
#[derive(Clone, Debug)]
pub enum Federation {
    /// One that exists, by the file with its charters.
    Charter(PathBuf),
    /// A new one.
    New {
        /// Its name.
        name: String,
        /// `open` or `members`.
        reading: String,
        /// Where newcomers find it.
        bootstrap: Vec<String>,
        /// Where the registrar's key is put.
        registrar_key: PathBuf,
    },
}

/// Makes a node in an empty directory. The configuration is written last: a directory without
/// one is no node.
///
/// # Errors
/// If the directory holds anything, what is said does not fit, or the disk fails.
pub fn found(home: &Home, founding: &Founding) -> Result<Value, Problem> {
    found_at(home, founding, clock::now())
}

/// The same, with the hour at which a new federation says that it was founded.
pub(crate) fn found_at(home: &Home, founding: &Founding, now: Timestamp) -> Result<Value, Problem> {
    check_empty(home)?;
    let config = Config::of_new(&founding.settings)?;
    let text = new_file(&founding.settings);
    let charter = match &founding.federation {
        Federation::Charter(file) => Some(read_charter(file)?),
        Federation::New { bootstrap, reading, name, registrar_key } => {
            check_new(name, reading, bootstrap, registrar_key)?;
            None
        }
    };
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(home.directory())
        .map_err(|e| Problem::file(home.directory(), "making", &e))?;
    let key = keyfile::make(&home.node_key(), "The key of an Idenett node: it signs this node's log.")?;
    let (chain, registrar) = match (charter, &founding.federation) {
        (Some(charter), _) => (chain(charter)?, None),
        (None, federation) => {
            let (charter, registrar) = new_charter(federation)?;
            (chain(charter)?, Some(registrar))
        }
    };
    let disk = Arc::new(RealDisk::open(&home.journal())?);
    let (journal, _) = Journal::open(disk, SEGMENT_BYTES)?;
    let library = Library::create(journal, chain, Some(Index::new(&home.index())))?;
    if let Federation::Charter(file) = &founding.federation {
        let opened = File::open(file).map_err(|e| Problem::file(file, "reading", &e))?;
        library.import(&mut BufReader::new(opened), |_| {})?;
    }
    if let Some(registrar) = &registrar {
        admit_self(&library, (&config, &key), registrar, now)?;
    }
    let mut answer = library.ledger(|l| {
        json!({
            "data": shown(home.directory()), "org": config.org, "name": config.name, "key": key.log_key(),
            "federation": l.federation(), "federation_name": l.charters().current().map(|c| c.terms().name.clone()),
            "admitted": l.registry().standing(&key.log_key()).is_some(), "registrar_key": Value::Null,
        })
    });
    if let Federation::New { registrar_key, .. } = &founding.federation {
        answer["registrar_key"] = shown(registrar_key).into();
    }
    library.close()?;
    write_config(&home.config(), &text)?;
    Ok(answer)
}

fn check_empty(home: &Home) -> Result<(), Problem> {
    let directory = home.directory();
    Problem::check_owner(directory)?;
    Problem::check_length(home)?;
    if home.config().exists() {
        let what = format!("{} holds an Idenett node already", directory.display());
        return Err(Problem::yours(what, "use it, or name an empty directory; a node is never written over"));
    }
    let names = match std::fs::read_dir(directory) {
        Ok(names) => names,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(e) if e.kind() == std::io::ErrorKind::NotADirectory => {
            return Err(Problem::yours(format!("{} is a file", directory.display()), "name a directory"));
        }
        Err(e) => return Err(Problem::file(directory, "reading", &e)),
    };
    // A fresh volume may hold this one.
    let other = names.filter_map(Result::ok).find(|entry| entry.file_name() != "lost+found");
    match other {
        None => Ok(()),
        Some(entry) => {
            let what = format!("{} is not empty: it holds {}", directory.display(), entry.file_name().display());
            Err(Problem::yours(
                what,
                "name an empty or new directory; if an `init` was interrupted here, empty it first",
            ))
        }
    }
}

fn check_new(name: &str, reading: &str, bootstrap: &[String], registrar_key: &Path) -> Result<(), Problem> {
    reading_of(reading)?;
    if name.trim().is_empty() {
        return Err(Problem::yours("the federation has no name", "give it one with --new-federation NAME"));
    }
    for address in bootstrap {
        crate::net::parse(address).map_err(|e| {
            Problem::yours(format!("`{address}` is no address: {e}"), "write it as /dns4/ks.example.org/tcp/4430")
        })?;
    }
    if registrar_key.exists() {
        return Err(keyfile::KeyFileFault::Exists(registrar_key.to_owned()).into());
    }
    Ok(())
}

fn read_charter(file: &Path) -> Result<Charter, Problem> {
    let opened = File::open(file).map_err(|e| Problem::file(file, "reading", &e))?;
    if opened.metadata().is_ok_and(|m| m.is_dir()) {
        return Err(Problem::file(file, "reading", &std::io::ErrorKind::IsADirectory.into()));
    }
    founding_charter(&mut BufReader::new(opened)).map_err(|_| {
        Problem::yours(
            format!("{} is no charter file", file.display()),
            "ask a member for the file that `idenett charter export` writes",
        )
    })
}

fn chain(charter: Charter) -> Result<CharterChain, Problem> {
    CharterChain::found(charter).map_err(|e| {
        Problem::yours(format!("the charter founds no federation: {e}"), "ask a member for the whole charter file")
    })
}

fn new_charter(federation: &Federation) -> Result<(Charter, SecretKey), Problem> {
    let Federation::New { name, reading, bootstrap, registrar_key } = federation else {
        return Err(Problem::yours("no federation is named", "give --charter FILE or --new-federation NAME"));
    };
    let purpose =
        "The registrar's key of an Idenett federation: it admits members. Move it offline; it is needed only to sign.";
    let registrar = keyfile::make(registrar_key, purpose)?;
    let terms = Terms {
        salt: data_encoding::HEXLOWER.encode(&chance::<16>()?),
        epoch: 1,
        previous: None,
        name: name.clone(),
        reading: reading_of(reading)?,
        registrar: registrar.log_key(),
        former_registrar: None,
        data_protection: None,
        recovery: Vec::new(),
        threshold: 0,
        bootstrap: bootstrap.clone(),
    };
    let charter = Charter::sign(&terms, &[&registrar]).map_err(|e| {
        Problem::yours(format!("the charter cannot be signed: {e}"), "correct what is named and try again")
    })?;
    Ok((charter, registrar))
}

fn admit_self(
    library: &Library,
    (config, key): (&Config, &SecretKey),
    registrar: &SecretKey,
    now: Timestamp,
) -> Result<Seq, Problem> {
    let admission = Admission {
        org: config.org,
        name: config.name.clone(),
        number: config.municipality_number,
        key: key.log_key(),
    };
    let writing = Writing { kind: Kind::Admission, facts: written(&admission)?, text: Vec::new() };
    let heads = library.sign(registrar, vec![writing], now)?;
    Ok(heads.last().map_or(Seq::ZERO, |h| h.header().seq))
}

fn write_config(path: &Path, text: &str) -> Result<(), Problem> {
    let io = |e: std::io::Error| Problem::file(path, "writing", &e);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(io)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(io)?;
    let parent = path.parent().unwrap_or(Path::new("."));
    File::open(parent).and_then(|p| p.sync_all()).map_err(io)
}
