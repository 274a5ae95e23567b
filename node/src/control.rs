//! The socket of a running node: one JSON request a line, then lines of progress, then one line
//! with the answer. Only the owner of the data directory may connect, because the file's mode
//! says so. Carries requests; understands none of them.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::os::unix::net::UnixStream as BlockingStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt};
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::JoinHandle;

use crate::desk::{Desk, Problem, Progress, Request};

/// Bytes of one request line.
pub const MAX_REQUEST_BYTES: u64 = 16 * 1024 * 1024;
/// Bytes of one answer line; a list that is longer must be asked for with a limit.
pub const MAX_ANSWER_BYTES: usize = 256 * 1024 * 1024;
/// Connections that are served at the same time; others wait.
pub const MAX_CONNECTIONS: usize = 32;
/// Words about progress that wait for a slow reader; later ones are left out.
const MAX_PROGRESS: usize = 16;
/// How long the end of a node waits for requests that are being carried out.
const PATIENCE: Duration = Duration::from_secs(10);
/// Only the owner.
const SOCKET_MODE: u32 = 0o600;

/// One line of an answer.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Progress(Progress),
    Result(Value),
    Problem(Problem),
}

/// The socket while it is served.
pub struct Control {
    path: PathBuf,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Control {
    /// Takes no more requests, waits for those that are being carried out, and removes the socket.
    pub async fn stop(self) {
        // Nobody listens any more if the task has ended by itself.
        let _ = self.stop.send(true);
        if tokio::time::timeout(PATIENCE, self.task).await.is_err() {
            tracing::warn!("a request was still being carried out when the node stopped");
        }
        // A socket that stays is recognised as stale by the next start.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Serves a desk at a socket. Must be called within a tokio runtime.
///
/// # Errors
/// If the path holds something else, another node serves it, or the socket cannot be made.
pub fn serve(path: &Path, desk: Arc<Desk>) -> Result<Control, Problem> {
    clear(path)?;
    let io = |e: std::io::Error| Problem::file(path, "making the socket", &e);
    // The mode must be right from the first moment: the socket is made beside its place, where
    // nobody looks for it, and moved there when only the owner may use it.
    // Whoever serves a desk has its directory to itself, so one name will do.
    let beside = path.with_extension("part");
    // What is left of an earlier attempt.
    let _ = std::fs::remove_file(&beside);
    let listener = UnixListener::bind(&beside).map_err(io)?;
    std::fs::set_permissions(&beside, PermissionsExt::from_mode(SOCKET_MODE)).map_err(io)?;
    std::fs::rename(&beside, path).map_err(io)?;
    let (stop, stopped) = watch::channel(false);
    let task = tokio::spawn(accept(listener, desk, stopped));
    Ok(Control { path: path.to_owned(), stop, task })
}

/// Removes the socket of a node that did not stop in good order.
fn clear(path: &Path) -> Result<(), Problem> {
    let Ok(meta) = std::fs::symlink_metadata(path) else { return Ok(()) };
    if !meta.file_type().is_socket() {
        let what = format!("{} is no socket", path.display());
        return Err(Problem::yours(what, "move it away; the node makes its socket there"));
    }
    if BlockingStream::connect(path).is_ok() {
        let what = format!("another node is reached at {} already", path.display());
        return Err(Problem::yours(what, "stop it first, or name another data directory"));
    }
    std::fs::remove_file(path).map_err(|e| Problem::file(path, "removing", &e))
}

async fn accept(listener: UnixListener, desk: Arc<Desk>, mut stopped: watch::Receiver<bool>) {
    let room = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&room).acquire_owned().await else { break };
        let stream = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopped.changed() => break,
        };
        let Ok((stream, _)) = stream else { continue };
        let desk = Arc::clone(&desk);
        let stopped = stopped.clone();
        tokio::spawn(async move {
            if let Err(error) = converse(stream, desk, stopped).await {
                tracing::debug!(%error, "a conversation at the socket broke off");
            }
            drop(place);
        });
    }
    // Every place is free again when every conversation has ended.
    let all = u32::try_from(MAX_CONNECTIONS).unwrap_or(u32::MAX);
    drop(room.acquire_many(all).await);
}

async fn converse(stream: UnixStream, desk: Arc<Desk>, mut stopped: watch::Receiver<bool>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut read = tokio::io::BufReader::new(read);
    loop {
        let line = tokio::select! {
            line = next_line(&mut read) => line?,
            _ = stopped.changed() => return Ok(()),
        };
        let Some(line) = line else { return Ok(()) };
        let answer = match serde_json::from_slice::<Request>(&line) {
            Ok(request) => perform(Arc::clone(&desk), request, &mut write).await?,
            Err(e) => {
                let what = format!("the request is none of this version: {e}");
                Line::Problem(Problem::yours(what, "use the idenett command of the same version as the node that runs"))
            }
        };
        send(&mut write, &answer).await?;
    }
}

/// The next request line; `None` at the end.
async fn next_line(read: &mut tokio::io::BufReader<OwnedReadHalf>) -> std::io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    read.take(MAX_REQUEST_BYTES).read_until(b'\n', &mut line).await?;
    if line.is_empty() {
        return Ok(None);
    }
    if line.last() != Some(&b'\n') {
        return Err(std::io::Error::new(std::io::ErrorKind::InvalidData, "a request line is too long or cut short"));
    }
    Ok(Some(line))
}

async fn perform(desk: Arc<Desk>, request: Request, write: &mut OwnedWriteHalf) -> std::io::Result<Line> {
    let (tell, mut told) = mpsc::channel(MAX_PROGRESS);
    let work = tokio::task::spawn_blocking(move || {
        // A reader that is slow misses a word of progress, nothing else.
        desk.perform(request, &mut |progress| drop(tell.try_send(progress)))
    });
    let mut broken = None;
    while let Some(progress) = told.recv().await {
        // The request is carried out to its end, whether anyone listens or not.
        if broken.is_none() {
            broken = send(write, &Line::Progress(progress)).await.err();
        }
    }
    let line = match work.await {
        Ok(Ok(value)) => Line::Result(value),
        Ok(Err(problem)) => Line::Problem(problem),
        Err(_) => Line::Problem(Problem::node(
            "the node failed in this request",
            "look at its log and report what stands there",
        )),
    };
    broken.map_or(Ok(line), Err)
}

async fn send(write: &mut OwnedWriteHalf, line: &Line) -> std::io::Result<()> {
    let mut bytes = serde_json::to_vec(line)?;
    if bytes.len() > MAX_ANSWER_BYTES {
        let problem = Problem::yours("the answer is too long for one line", "ask for less, with --limit");
        bytes = serde_json::to_vec(&Line::Problem(problem))?;
    }
    bytes.push(b'\n');
    write.write_all(&bytes).await
}

/// A way to a node that runs.
pub struct Client {
    read: BufReader<BlockingStream>,
}

impl Client {
    /// Connects to the node that serves a socket; `None` if none does.
    pub fn connect(path: &Path) -> Option<Self> {
        BlockingStream::connect(path).ok().map(|stream| Self { read: BufReader::new(stream) })
    }

    /// Has a request carried out.
    ///
    /// # Errors
    /// What the desk says, or that the node ended.
    pub fn perform(&mut self, request: &Request, progress: &mut dyn FnMut(Progress)) -> Result<Value, Problem> {
        let mut line = serde_json::to_vec(request).map_err(|e| Problem::node(e.to_string(), "report this"))?;
        line.push(b'\n');
        if line.len() as u64 > MAX_REQUEST_BYTES {
            return Err(Problem::yours("the input is too large for one request", "divide it"));
        }
        self.read.get_mut().write_all(&line).map_err(|e| lost(&e))?;
        loop {
            match self.next()? {
                Line::Progress(word) => progress(word),
                Line::Result(value) => return Ok(value),
                Line::Problem(problem) => return Err(problem),
            }
        }
    }

    fn next(&mut self) -> Result<Line, Problem> {
        let mut line = Vec::new();
        let limit = MAX_ANSWER_BYTES as u64 + 1;
        (&mut self.read).take(limit).read_until(b'\n', &mut line).map_err(|e| lost(&e))?;
        if line.is_empty() {
            return Err(lost(&std::io::ErrorKind::UnexpectedEof.into()));
        }
        serde_json::from_slice(&line).map_err(|_| {
            Problem::node("the node that runs is of another version", "stop it and start it with this version")
        })
    }
}

fn lost(error: &std::io::Error) -> Problem {
    Problem::node(
        format!("the node that runs did not answer: {error}"),
        "look at its log; a record that was sent may have been published: check with `list` before sending it again",
    )
}
