//! How fast 4 kB frames travel between two nodes of one process over loopback: one way, and
//! both ways at once. Prints one JSON document.

use std::io::Write as _;
use std::time::Duration;

use idenett::net::{Net, NetConfig, NetEvent};
use idenett_protocol::frame::{FrameType, write_frame};
use idenett_protocol::id::LogKey;
use idenett_protocol::key::SecretKey;
use idenett_protocol::limits::SERVE_BATCH_BYTES;
use tokio::sync::mpsc::Receiver;
use tokio::time::Instant;

const FRAMES: usize = 100_000;
const PAYLOAD: usize = 4096;

type News = Receiver<NetEvent>;
type Failure = Box<dyn std::error::Error>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let one_way = measure(FRAMES, 0).await?;
    let both_ways = measure(FRAMES, FRAMES).await?;
    let figures = serde_json::json!({
        "frames": FRAMES,
        "payload_bytes": PAYLOAD,
        "one_way_mb_per_s": rate(FRAMES, one_way),
        "both_ways_mb_per_s": rate(2 * FRAMES, both_ways),
    });
    writeln!(std::io::stdout(), "{figures:#}")?;
    Ok(())
}

/// Whole megabytes of payload a second.
fn rate(frames: usize, span: Duration) -> u128 {
    let bytes = u128::try_from(frames * PAYLOAD).unwrap_or_default();
    bytes / span.as_micros().max(1)
}

/// The time until each side has what the other sends.
async fn measure(there: usize, back: usize) -> Result<Duration, Failure> {
    let listen = vec![idenett::net::parse("/ip4/127.0.0.1/tcp/0")?];
    let (hub, mut hub_news) =
        Net::start(NetConfig { listen, ..NetConfig::default() }, &SecretKey::from_seed(&[1; 32]))?;
    let (member, member_news) = Net::start(NetConfig::default(), &SecretKey::from_seed(&[2; 32]))?;
    let Some(NetEvent::Listening { address }) = hub_news.recv().await else {
        return Err("no address to listen on".into());
    };
    member.dial(&address)?;
    let begin = Instant::now();
    let member_side = tokio::spawn(exchange(member.clone(), member_news, there, back));
    // A side that is done still listens: to drop its news is to leave.
    let hub_side = exchange(hub.clone(), hub_news, back, there).await?;
    let member_side = member_side.await??;
    let span = begin.elapsed();
    drop((hub_side, member_side));
    member.stop().await;
    hub.stop().await;
    Ok(span)
}

/// Sends and receives so many frames with the one peer that connects.
async fn exchange(net: Net, mut news: News, send: usize, receive: usize) -> Result<News, String> {
    let mut peer = None;
    let (mut left, mut got) = (send, 0);
    let mut refused: Option<Vec<u8>> = None;
    while left > 0 || got < receive || refused.is_some() {
        match news.recv().await {
            Some(NetEvent::Connected { peer: key, .. }) => peer = Some(key),
            Some(NetEvent::Frames { frames, .. }) => got += frames.len(),
            Some(NetEvent::Drained { .. } | NetEvent::Listening { .. }) => {}
            Some(event @ (NetEvent::Disconnected { .. } | NetEvent::DialFailed { .. } | NetEvent::Broken { .. })) => {
                return Err(format!("{event:?}"));
            }
            None => return Err("the network stopped".to_owned()),
        }
        if let Some(peer) = peer {
            feed(&net, peer, &mut left, &mut refused);
        }
    }
    Ok(news)
}

/// Queues frames until the queue is full.
fn feed(net: &Net, peer: LogKey, left: &mut usize, refused: &mut Option<Vec<u8>>) {
    let payload = [7; PAYLOAD];
    loop {
        let piece = refused.take().unwrap_or_else(|| {
            let count = (*left).min(SERVE_BATCH_BYTES / PAYLOAD);
            *left -= count;
            let mut piece = Vec::with_capacity(count * (PAYLOAD + 9));
            (0..count).for_each(|_| write_frame(&mut piece, FrameType::Entry, &payload));
            piece
        });
        if piece.is_empty() {
            return;
        }
        if !net.send(peer, piece.clone()) {
            *refused = Some(piece);
            return;
        }
    }
}
