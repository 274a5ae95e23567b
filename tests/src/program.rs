//! The program itself as child processes, for tests and benchmarks.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use idenett::clock::Watch;
use idenett::control::Client;
use idenett::desk::{Problem, Request};
use idenett::home::Home;
use serde_json::Value;

const PATIENCE: Duration = Duration::from_secs(120);

/// The program that was built beside this one.
///
/// # Panics
/// If it was not built.
pub fn program() -> PathBuf {
    let here = std::env::current_exe().expect("this program has a path");
    let found = here.ancestors().skip(1).take(3).map(|d| d.join("idenett")).find(|p| p.is_file());
    found.expect("build the program first: cargo build --release")
}

/// A running node.
pub struct Running {
    child: Child,
    socket: PathBuf,
}

impl Running {
    /// Starts the node of a directory; does not wait for it.
    ///
    /// # Panics
    /// If it cannot be started.
    pub fn start(home: &Home) -> Self {
        let log = File::options().create(true).append(true).open(home.directory().join("run.log")).expect("a log file");
        let child = Command::new(program())
            .args(["run", "--data"])
            .arg(home.directory())
            .env(idenett::node::STOP_WITH_INPUT, "1")
            // Many nodes on one machine: each has its pages where the system finds room.
            .env("IDENETT_WEB", "127.0.0.1:0")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("the program starts");
        Self { child, socket: home.socket() }
    }

    /// Its process number.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// A line to it, once it answers.
    ///
    /// # Panics
    /// If it never answers.
    pub fn client(&self) -> Client {
        until("the node answers", || Client::connect(&self.socket))
    }

    /// Asks it once.
    ///
    /// # Errors
    /// What the node answers, or that it does not.
    pub fn ask(&self, request: &Request) -> Result<Value, Problem> {
        self.client().perform(request, &mut |_| {})
    }

    /// Kills it as a power cut would.
    pub fn kill(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Lets it stop in good order.
    ///
    /// # Panics
    /// If it does not.
    pub fn stop(mut self) {
        drop(self.child.stdin.take());
        assert!(self.child.wait().expect("a child").success(), "a node stops in good order");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Looks again and again until something is there.
///
/// # Panics
/// If it never is.
pub fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Watch::start();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(start.elapsed() < PATIENCE, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// CPU seconds that a process has used.
///
/// # Panics
/// If there is no such process.
pub fn cpu_seconds(pid: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).expect("a process");
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks: f64 = after_name.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<f64>().ok()).sum();
    // Ticks of a hundredth of a second, on every Linux that Rust runs on.
    ticks / 100.0
}

/// Anonymous resident memory of a process in MB.
///
/// # Panics
/// If there is no such process.
pub fn anonymous_mb(pid: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("a process");
    let line = status.lines().find(|l| l.starts_with("RssAnon:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1000.0
}

/// Bytes of all files below a directory.
pub fn bytes_below(directory: &Path) -> u64 {
    let Ok(entries) = directory.read_dir() else { return 0 };
    entries
        .flatten()
        .map(|e| if e.path().is_dir() { bytes_below(&e.path()) } else { e.metadata().map_or(0, |m| m.len()) })
        .sum()
}
