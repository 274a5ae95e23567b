//! One node of the demo: a directory, a child process, and its control socket.

use std::fs::File;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use idenett_protocol::time::Timestamp;
use serde_json::Value;

use crate::clock::{self, Watch};
use crate::control::Client;
use crate::desk::{Founding, Problem, Request, found_at};
use crate::home::Home;

/// How long a node may take to come up, or to show what it is asked to wait for.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(5);

/// One node.
pub(super) struct Town {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) org: String,
    pub(super) home: Home,
    child: Option<Child>,
}

impl Town {
    /// Makes the directory of a node.
    pub(super) fn found(slug: &str, name: &str, org: &str, home: Home, founding: &Founding) -> Result<Self, Problem> {
        Self::found_at((slug, name, org), home, founding, clock::now())
    }

    /// The same, with the hour at which a new federation says that it was founded.
    pub(super) fn found_at(
        (slug, name, org): (&str, &str, &str),
        home: Home,
        founding: &Founding,
        now: Timestamp,
    ) -> Result<Self, Problem> {
        found_at(&home, founding, now)?;
        Ok(Self { slug: slug.to_owned(), name: name.to_owned(), org: org.to_owned(), home, child: None })
    }

    /// Starts the node and waits until it answers. Gives how long that took.
    pub(super) fn start(&mut self) -> Result<Duration, Problem> {
        let watch = Watch::start();
        let program = std::env::current_exe().map_err(|e| failed("this program cannot find itself", &e))?;
        let log = self.home.directory().join("run.log");
        let log =
            File::options().create(true).append(true).open(&log).map_err(|e| Problem::file(&log, "writing", &e))?;
        let child = Command::new(program)
            .arg("run")
            .arg("--data")
            .arg(self.home.directory())
            // The node ends when this program does, however it ends.
            .env(crate::node::STOP_WITH_INPUT, "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .map_err(|e| failed("a node could not be started", &e))?;
        self.child = Some(child);
        self.until("answers", |town| Ok(town.ask(&Request::Status).ok()))?;
        Ok(watch.elapsed())
    }

    /// Whether it was started and not stopped or killed since.
    pub(super) fn is_running(&self) -> bool {
        self.child.is_some()
    }

    /// Asks the running node.
    pub(super) fn ask(&self, request: &Request) -> Result<Value, Problem> {
        let client = Client::connect(&self.home.socket());
        let advice = "look at run.log in the node's directory (--keep DIR keeps it)";
        let mut client =
            client.ok_or_else(|| Problem::node(format!("the node of {} does not answer", self.name), advice))?;
        client.perform(request, &mut |_| {})
    }

    /// Looks again and again until something is there.
    pub(super) fn until<T>(
        &mut self,
        what: &str,
        mut look: impl FnMut(&Self) -> Result<Option<T>, Problem>,
    ) -> Result<T, Problem> {
        let watch = Watch::start();
        loop {
            if let Some(found) = look(self)? {
                return Ok(found);
            }
            if let Some(child) = &mut self.child
                && let Ok(Some(status)) = child.try_wait()
            {
                let log = self.home.directory().join("run.log").display().to_string();
                let what = format!("the node of {} ended by itself ({status})", self.name);
                return Err(Problem::node(what, format!("read {log}")));
            }
            if watch.elapsed() > PATIENCE {
                let what = format!("{}: waited {} s in vain until it {what}", self.name, PATIENCE.as_secs());
                return Err(Problem::node(what, "look at run.log in the node's directory (--keep DIR keeps it)"));
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// Kills the node as a power cut would: it has no time for anything.
    pub(super) fn kill(&mut self) -> Result<(), Problem> {
        let Some(mut child) = self.child.take() else { return Ok(()) };
        child.kill().and_then(|()| child.wait()).map_err(|e| failed("a node could not be killed", &e))?;
        Ok(())
    }

    /// Lets the node stop in good order.
    pub(super) fn stop(&mut self) -> Result<(), Problem> {
        let Some(mut child) = self.child.take() else { return Ok(()) };
        drop(child.stdin.take());
        let status = child.wait().map_err(|e| failed("a node could not be waited for", &e))?;
        if status.success() {
            return Ok(());
        }
        Err(Problem::node(format!("the node of {} stopped with {status}", self.name), "read run.log in its directory"))
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        // On the way out of a failed demo; the first fault is the one that is shown.
        let _ = self.kill();
    }
}

fn failed(what: &str, error: &std::io::Error) -> Problem {
    Problem::node(format!("{what}: {error}"), "try again; if it stays, this machine has a fault")
}
