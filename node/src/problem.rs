//! What went wrong, in words for the person at the desk: what happened, whose fault it is, and
//! what to do. Travels over the socket, so that a command says the same with and without a
//! running node.

use std::fmt;
use std::path::Path;

use idenett_protocol::authoring::FieldError;
use serde::{Deserialize, Serialize};

use crate::home::Home;
use crate::journal::fault::{Fault, OpenFault, is_full};
use crate::keyfile::KeyFileFault;
use crate::library::{BundleFault, LibraryFault, SignFault};
use crate::local::LocalFault;
use crate::owner::{self, User};

/// Whose fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// Of who gave the command: the input, a flag, a file.
    Yours,
    /// Of someone else: another member, a sender, the registrar.
    Others,
    /// Of this node or its machine.
    Node,
}

/// One thing wrong in an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// The line of the input, where it has several records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The field; empty for the whole input.
    pub field: String,
    /// The kind of fault.
    pub fault: String,
    /// One sentence for the writer.
    pub problem: String,
}

/// Why a request was not carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What happened, one sentence.
    pub what: String,
    /// Whose fault it is.
    pub whose: Whose,
    /// What to do about it.
    pub advice: String,
    /// What is wrong with which field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
    /// Whether it is a question: the same is done when a person has looked and says yes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub confirmable: bool,
    /// Whether the same may succeed a moment later.
    #[serde(skip)]
    pub passing: bool,
}

impl Problem {
    /// A fault of who gave the command.
    pub fn yours(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self::new(Whose::Yours, what.into(), advice.into())
    }

    /// A question to who gave the command: it is done when a person says that it is meant so.
    pub fn question(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { confirmable: true, ..Self::yours(what, advice) }
    }

    /// A fault of someone else.
    pub fn others(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self::new(Whose::Others, what.into(), advice.into())
    }

    /// A fault of this node or its machine.
    pub fn node(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self::new(Whose::Node, what.into(), advice.into())
    }

    /// A fault on the way between this node and others.
    pub fn network(fault: &dyn fmt::Display) -> Self {
        Self::node(
            format!("the network of this node cannot be used: {fault}"),
            "check `listen`, `announce` and `connect` with `idenett config check`, and that no other program uses the port",
        )
    }

    /// A file that cannot be read or written.
    pub fn file(path: &Path, doing: &str, error: &std::io::Error) -> Self {
        use std::io::ErrorKind as E;
        let shown = path.display();
        let kind = error.kind();
        if kind == E::NotFound {
            let parent = path.parent().filter(|p| !p.as_os_str().is_empty());
            return match parent.filter(|p| p.try_exists().is_ok_and(|there| !there)) {
                Some(parent) => {
                    Self::yours(format!("there is no directory {}", parent.display()), "check the path, or make it")
                }
                None => Self::yours(format!("there is no file {shown}"), "check the path"),
            };
        }
        if kind == E::PermissionDenied {
            return Self::denied(path, doing);
        }
        if kind == E::IsADirectory {
            return Self::yours(format!("{shown} is a directory, not a file"), "name a file");
        }
        if is_full(error) {
            return Self::node(format!("the disk with {shown} is full"), "make room and try again");
        }
        Self::node(format!("{doing} {shown} failed: {error}"), "check the disk and the path, then try again")
    }

    /// A file or directory that this user may not use.
    fn denied(path: &Path, doing: &str) -> Self {
        let (shown, me) = (path.display(), User::me());
        let owner = User::owner_of(path).filter(|owner| *owner != me);
        let of = owner.as_ref().map_or_else(String::new, |owner| format!("; it belongs to {owner}"));
        let advice = match owner {
            Some(owner) => format!("give the command as its owner: `sudo -u {} idenett ...`", owner.for_sudo()),
            None => "check its mode, and those of the directories above it, with `ls -ld`".to_owned(),
        };
        Self::yours(format!("{me} has no permission for {doing} {shown}{of}"), advice)
    }

    /// Root at work in another user's directory: the node could not use what root makes there.
    ///
    /// # Errors
    /// If this process is root's and the directory is not.
    pub fn check_owner(directory: &Path) -> Result<(), Self> {
        let Some(owner) = owner::should_act_as(directory) else { return Ok(()) };
        let shown = directory.display();
        Err(Self::yours(
            format!(
                "{shown} belongs to {owner}, who could not use what {} makes there; nothing was changed",
                User::me()
            ),
            format!("give the command as its owner: `sudo -u {} idenett ...`", owner.for_sudo()),
        ))
    }

    /// A data directory with so long a path that the node could not be reached.
    ///
    /// # Errors
    /// If the system makes no socket there.
    pub fn check_length(home: &Home) -> Result<(), Self> {
        if home.is_short_enough() {
            return Ok(());
        }
        let what = format!("the path {} is too long: the system makes no socket there", home.directory().display());
        Err(Self::yours(what, "name a directory with a shorter path"))
    }

    /// A journal that cannot be opened, in a directory.
    pub fn opening(directory: &Path, fault: OpenFault) -> Self {
        if let OpenFault::Io { doing, source } = &fault
            && source.kind() == std::io::ErrorKind::PermissionDenied
        {
            return Self::file(directory, doing, source);
        }
        fault.into()
    }

    /// What is wrong with the fields of an input.
    pub fn fields(errors: Vec<FieldError>) -> Self {
        let fields = errors.into_iter().map(FieldProblem::from).collect();
        let what = "the input was not accepted; nothing was published";
        Self { fields, ..Self::yours(what, "correct the fields named here and give the command again") }
    }

    /// The disk is full. Long work may have stored much before that.
    fn full_disk() -> Self {
        Self::node(
            "the disk is full; what was confirmed before that is stored, and nothing else",
            "make room and give the command again; what is stored already is not stored twice",
        )
    }

    /// The code with which a command ends.
    pub fn exit_code(&self) -> u8 {
        match self.whose {
            Whose::Yours => 2,
            Whose::Others | Whose::Node => 1,
        }
    }

    fn new(whose: Whose, what: String, advice: String) -> Self {
        Self { what, whose, advice, fields: Vec::new(), confirmable: false, passing: false }
    }
}

impl From<FieldError> for FieldProblem {
    fn from(error: FieldError) -> Self {
        let fault = serde_json::to_value(error.fault).ok().and_then(|v| v.as_str().map(str::to_owned));
        Self { line: None, field: error.field, fault: fault.unwrap_or_default(), problem: error.problem }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        for field in &self.fields {
            let line = field.line.map_or_else(String::new, |n| format!("line {n}: "));
            let name = if field.field.is_empty() { String::new() } else { format!("{}: ", field.field) };
            write!(f, "\n  {line}{name}{}", field.problem)?;
        }
        let whose = match self.whose {
            Whose::Yours => "the command or its input",
            Whose::Others => "not this node",
            Whose::Node => "this node or its machine",
        };
        write!(f, "\n  at fault: {whose}\n  what to do: {}", self.advice)
    }
}

impl std::error::Error for Problem {}

impl From<OpenFault> for Problem {
    fn from(fault: OpenFault) -> Self {
        let what = fault.to_string();
        match fault {
            OpenFault::Locked(_) => {
                let advice = "wait for the other command to end, or stop the node that runs there";
                Self { passing: true, ..Self::node(what, advice) }
            }
            OpenFault::Newer { .. } => {
                Self::node(what, "use the newer version of idenett that wrote the directory; nothing was changed")
            }
            OpenFault::DiskFull => Self::node(what, "make room on the disk"),
            OpenFault::Io { .. } => Self::node(what, "check the disk and who may write in the data directory"),
        }
    }
}

impl From<LibraryFault> for Problem {
    fn from(fault: LibraryFault) -> Self {
        match fault {
            LibraryFault::Open(fault) => fault.into(),
            LibraryFault::Write(Fault::DiskFull) => Self::full_disk(),
            LibraryFault::NoCharter => {
                Self::node(fault.to_string(), "make a node in an empty directory with `idenett init`")
            }
            LibraryFault::Write(_) | LibraryFault::Read(_) | LibraryFault::Disk { .. } | LibraryFault::Charter => {
                Self::node(fault.to_string(), "stop the node, check the disk, and start again")
            }
        }
    }
}

impl From<SignFault> for Problem {
    fn from(fault: SignFault) -> Self {
        let what = fault.to_string();
        match fault {
            SignFault::ClockBehind => Self::node(what, "set the clock of this machine, then give the command again"),
            SignFault::Refused(refusal) => Self::others(
                format!("this node's records are not taken: {refusal}"),
                "look at `idenett member list`; the registrar admits keys and ends or settles logs",
            ),
            SignFault::Header(_) => Self::yours(what, "shorten the record"),
            SignFault::Library(fault) => fault.into(),
        }
    }
}

impl From<KeyFileFault> for Problem {
    fn from(fault: KeyFileFault) -> Self {
        let what = fault.to_string();
        match fault {
            KeyFileFault::Exists(_) => Self::yours(what, "name another file, or move the old key away"),
            KeyFileFault::Missing(_) => Self::yours(what, "check the path of the key file"),
            KeyFileFault::Open(_) => {
                Self::yours(what, "make it readable for its owner only, and think about who has read it")
            }
            KeyFileFault::Newer { .. } => Self::yours(what, "use the newer version of idenett that wrote the key"),
            KeyFileFault::NotAKeyFile(_) => Self::yours(what, "name the right file, or take the key from its copy"),
            KeyFileFault::Io { path, source } if is_full(&source) => Self::node(
                format!("the disk with {} is full; no key was made", path.display()),
                "make room and try again",
            ),
            KeyFileFault::Io { path, source } if source.kind() == std::io::ErrorKind::PermissionDenied => {
                Self::file(&path, "using the key file", &source)
            }
            KeyFileFault::Chance(_) | KeyFileFault::Io { .. } => Self::node(what, "check this machine and try again"),
        }
    }
}

impl From<BundleFault> for Problem {
    fn from(fault: BundleFault) -> Self {
        let what = fault.to_string();
        match fault {
            BundleFault::NotABundle => {
                Self::yours(what, "name a file written by `idenett bundle export` or `idenett charter export`")
            }
            BundleFault::Frame { .. } => {
                Self::others(what, "fetch the bundle again; importing it once more does no harm")
            }
            BundleFault::ForeignFederation => {
                Self::yours(what, "name a bundle of this node's federation; see `idenett status`")
            }
            BundleFault::Incomplete(_) => Self::node(
                what,
                "let the node run until it has fetched them again from the others (see `idenett status`), then give the command again",
            ),
            BundleFault::Io(_) => Self::node(what, "check the path, the permissions and the room on the disk"),
            BundleFault::Library(fault) => fault.into(),
        }
    }
}

impl From<LocalFault> for Problem {
    fn from(fault: LocalFault) -> Self {
        let what = fault.to_string();
        match fault {
            LocalFault::Open(fault) => fault.into(),
            LocalFault::Full => {
                Self::node(what, "start the node and let it reach its peers, so that it may sign; see `idenett status`")
            }
            LocalFault::Write(Fault::DiskFull) => Self::full_disk(),
            LocalFault::Write(_) | LocalFault::Read(_) | LocalFault::Disk(_) => {
                Self::node(what, "stop the node, check the disk, and start again")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_named_and_never_said_to_have_stored_nothing() {
        let full = || std::io::Error::from(std::io::ErrorKind::StorageFull);
        let key = KeyFileFault::Io { path: "node.key".into(), source: full() };
        let problems: [Problem; 3] =
            [LibraryFault::Write(Fault::DiskFull).into(), LocalFault::Write(Fault::DiskFull).into(), key.into()];
        for problem in problems {
            assert!(problem.what.contains("full") && !problem.what.contains("nothing was stored"), "{problem}");
            assert!(problem.advice.contains("make room"), "{problem}");
        }
        assert!(!Fault::DiskFull.to_string().contains("nothing was stored"));
    }
}
