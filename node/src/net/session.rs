//! One session: a stream, its queue, and the words between `Connected` and `Disconnected`.
//! Reads and writes at their own pace; a driver that takes no events stops the reading, and
//! so in the end the peer's sending.
//!
//! The listener begins with one byte that says it took the session. After it, both sides
//! send frames and nothing else.

use std::future::poll_fn;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use futures::io::{ReadHalf, WriteHalf};
use futures::{AsyncReadExt as _, AsyncWriteExt as _};
use idenett_protocol::frame::FrameFault;
use idenett_protocol::id::LogKey;
use libp2p::swarm::Stream;
use tokio::sync::mpsc::Sender;
use tokio::time::timeout;

use super::NetEvent;
use super::limits::FAREWELL;
use super::outbox::Outbox;
use super::wire::Intake;

/// The listener's word that it took the session.
const TAKEN: u8 = 0x01;

/// All that a session needs.
pub(super) struct Session {
    pub(super) peer: LogKey,
    pub(super) dialed: bool,
    pub(super) address: String,
    pub(super) stream: Stream,
    pub(super) outbox: Arc<Outbox>,
    pub(super) events: Sender<NetEvent>,
    /// How long a peer may leave a frame unfinished, or take nothing of what waits for it.
    pub(super) patience: Duration,
}

/// How the reading came to its end.
struct Ended {
    reason: String,
    fault: Option<FrameFault>,
}

/// Waits for the listener's word.
pub(super) async fn knock(mut stream: Stream, patience: Duration) -> Result<Stream, String> {
    let mut word = [0];
    match timeout(patience, stream.read_exact(&mut word)).await {
        Err(_) => Err("the peer did not answer in time".to_owned()),
        Ok(Err(_)) => Err("the peer turned the session away".to_owned()),
        Ok(Ok(())) if word == [TAKEN] => Ok(stream),
        Ok(Ok(())) => Err("the peer answered with something else than a session".to_owned()),
    }
}

impl Session {
    /// Runs until the line or one of the sides ends it. Tells of its end exactly if it told
    /// of its beginning.
    pub(super) async fn run(mut self) {
        if !self.dialed && self.take().await.is_err() {
            self.outbox.end("the peer went away at once", false);
            return;
        }
        let address = std::mem::take(&mut self.address);
        let began = NetEvent::Connected { peer: self.peer, dialed: self.dialed, address };
        if self.events.send(began).await.is_err() {
            return;
        }
        let Self { peer, outbox, events, .. } = &self;
        let (peer, outbox, events) = (*peer, Arc::clone(outbox), events.clone());
        let ended = self.exchange().await;
        // A fault of the peer's is told as it is, whatever became of the line meanwhile.
        let reason = if ended.fault.is_some() { ended.reason } else { outbox.reason(ended.reason) };
        outbox.end(&reason, false);
        if let Some(fault) = ended.fault {
            // A driver that is gone needs no news.
            let _ = events.send(NetEvent::Broken { peer, fault }).await;
        }
        let _ = events.send(NetEvent::Disconnected { peer, reason }).await;
    }

    async fn take(&mut self) -> io::Result<()> {
        let word = async {
            self.stream.write_all(&[TAKEN]).await?;
            self.stream.flush().await
        };
        timeout(self.patience, word).await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
    }

    /// Reads and writes until one of them ends or the session is told to.
    async fn exchange(self) -> Ended {
        let (reading, writing) = self.stream.split();
        let news = News { peer: self.peer, events: self.events, patience: self.patience };
        let told = async {
            if self.outbox.ending().await.farewell {
                tokio::time::sleep(FAREWELL).await;
            }
        };
        tokio::select! {
            ended = read(reading, &news) => ended,
            reason = write(writing, &self.outbox, &news) => Ended { reason, fault: None },
            () = told => Ended { reason: "the session was ended".to_owned(), fault: None },
        }
    }
}

/// Where a session tells what happens, and how long it waits for the peer.
struct News {
    peer: LogKey,
    events: Sender<NetEvent>,
    patience: Duration,
}

/// Hands on what arrives.
async fn read(mut line: ReadHalf<Stream>, news: &News) -> Ended {
    let mut intake = Intake::new();
    let ended = |reason: &str| Ended { reason: reason.to_owned(), fault: None };
    loop {
        match fill(&mut intake, &mut line, news.patience).await {
            Ok(0) if intake.holds_part() => return ended("the peer ended the line inside a frame"),
            Ok(0) => return ended("the peer ended the session"),
            Ok(_) => {}
            Err(e) if e.kind() == io::ErrorKind::TimedOut => return ended("the peer left a frame unfinished"),
            Err(e) => return Ended { reason: format!("the line broke: {e}"), fault: None },
        }
        while let Some(batch) = intake.take_batch() {
            let frames = NetEvent::Frames { peer: news.peer, frames: batch.frames };
            if news.events.send(frames).await.is_err() {
                return ended("this node stops");
            }
            if let Some(fault) = batch.fault {
                return Ended { reason: format!("the peer sent no frame: {fault}"), fault: Some(fault) };
            }
        }
    }
}

/// Reads more. Between frames a peer may be silent as long as it answers pings.
async fn fill(intake: &mut Intake, line: &mut ReadHalf<Stream>, patience: Duration) -> io::Result<usize> {
    if intake.holds_part() {
        let more = poll_fn(|cx| intake.poll_fill(cx, line));
        return timeout(patience, more).await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()));
    }
    // Ready at once on a busy line; a line at rest gives its buffer back before it waits.
    let mut rested = false;
    poll_fn(|cx| {
        let polled = intake.poll_fill(cx, line);
        if polled.is_pending() && !std::mem::replace(&mut rested, true) {
            intake.rest();
        }
        polled
    })
    .await
}

/// Sends what waits; gives the reason why it stopped.
async fn write(mut line: WriteHalf<Stream>, outbox: &Outbox, news: &News) -> String {
    while let Some(slice) = outbox.next().await {
        if let Err(e) = send(&mut line, &slice, outbox.is_empty(), news.patience).await {
            let late = e.kind() == io::ErrorKind::TimedOut;
            return if late { "the peer took nothing for too long".to_owned() } else { format!("the line broke: {e}") };
        }
        if outbox.sent(slice.len()) && news.events.send(NetEvent::Drained { peer: news.peer }).await.is_err() {
            return "this node stops".to_owned();
        }
    }
    if let Err(e) = line.close().await {
        return format!("the line broke: {e}");
    }
    // A connection that is closed at once takes with it what the peer has not read yet. The
    // peer's own end tells that it read everything; it comes, or the farewell is over.
    std::future::pending().await
}

/// Writes a slice. Each step of it must come to an end in time, however long the slice is.
async fn send(line: &mut WriteHalf<Stream>, slice: &[u8], flush: bool, patience: Duration) -> io::Result<()> {
    let mut rest = slice;
    while !rest.is_empty() {
        let count = in_time(line.write(rest), patience).await?;
        if count == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        rest = rest.get(count..).unwrap_or_default();
    }
    if flush { in_time(line.flush(), patience).await } else { Ok(()) }
}

async fn in_time<T>(step: impl Future<Output = io::Result<T>>, patience: Duration) -> io::Result<T> {
    timeout(patience, step).await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
}
