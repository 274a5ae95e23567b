//! The network shell between real nodes on loopback: order, one session for each pair, what
//! is cut and why, and that nothing grows without end.

#![allow(clippy::wildcard_enum_match_arm, reason = "whatever else happens fails the test")]

use std::collections::BTreeSet;
use std::time::Duration;

use futures::StreamExt as _;
use idenett::net::{Net, NetConfig, NetEvent, NetFault, QUEUE_BYTES};
use idenett_protocol::frame::{FrameFault, FrameType, write_frame};
use idenett_protocol::id::LogKey;
use idenett_protocol::key::SecretKey;
use idenett_protocol::limits::MAX_FRAME_PAYLOAD;
use libp2p::swarm::SwarmEvent;
use libp2p::{Swarm, SwarmBuilder};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::Receiver;
use tokio::time::timeout;

/// Longer than anything here takes, on any machine.
const LONG: Duration = Duration::from_secs(60);

/// A node with its news.
struct Node {
    net: Net,
    news: Receiver<NetEvent>,
    key: LogKey,
    address: String,
}

impl Node {
    /// A node on a free port.
    async fn start(seed: u8, change: impl FnOnce(&mut NetConfig)) -> Self {
        let secret = SecretKey::from_seed(&[seed; 32]);
        let listen = vec![idenett::net::parse("/ip4/127.0.0.1/tcp/0").expect("an address")];
        let mut config = NetConfig { listen, ..NetConfig::default() };
        change(&mut config);
        let (net, news) = Net::start(config, &secret).expect("a network");
        let mut node = Self { net, news, key: secret.log_key(), address: String::new() };
        let NetEvent::Listening { address } = node.next().await else { panic!("no address") };
        node.address = address;
        node
    }

    async fn plain(seed: u8) -> Self {
        Self::start(seed, |_| ()).await
    }

    async fn next(&mut self) -> NetEvent {
        timeout(LONG, self.news.recv()).await.expect("news in time").expect("news")
    }

    async fn connected(&mut self) -> (LogKey, bool) {
        match self.next().await {
            NetEvent::Connected { peer, dialed, .. } => (peer, dialed),
            other => panic!("{other:?} instead of a session"),
        }
    }

    async fn disconnected(&mut self) -> String {
        match self.next().await {
            NetEvent::Disconnected { reason, .. } => reason,
            other => panic!("{other:?} instead of an end"),
        }
    }

    async fn dial_failed(&mut self) -> String {
        match self.next().await {
            NetEvent::DialFailed { reason, .. } => reason,
            other => panic!("{other:?} instead of a failed dial"),
        }
    }

    /// Dials and waits until both have the session.
    async fn join(&mut self, hub: &mut Self) {
        self.net.dial(&hub.address).expect("a dial");
        assert_eq!(self.connected().await, (hub.key, true));
        assert_eq!(hub.connected().await, (self.key, false));
    }
}

fn frame(kind: FrameType, payload: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_frame(&mut bytes, kind, payload);
    bytes
}

/// Sends and receives numbered frames of many lengths, in order.
async fn count_to(mut node: Node, peer: LogKey, end: u32) -> Node {
    let numbered = |n: u32| [&n.to_be_bytes()[..], &vec![n as u8; (n as usize * 37) % 5000]].concat();
    let (mut sent, mut seen) = (0, 0);
    loop {
        while sent < end && node.net.send(peer, frame(FrameType::Entry, &numbered(sent))) {
            sent += 1;
        }
        if sent == end && seen == end {
            return node;
        }
        match node.next().await {
            NetEvent::Frames { frames, .. } => {
                for (kind, payload) in frames {
                    assert_eq!((kind, payload), (FrameType::Entry, numbered(seen)));
                    seen += 1;
                }
            }
            NetEvent::Drained { peer: drained } => assert_eq!(drained, peer),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_frames_travel_both_ways_in_order() {
    let (mut hub, mut member) = (Node::plain(1).await, Node::plain(2).await);
    member.join(&mut hub).await;
    let (hub_key, member_key) = (hub.key, member.key);
    let hub_side = tokio::spawn(count_to(hub, member_key, 10_000));
    // The one who is done first stays until the other has everything.
    let member = count_to(member, hub_key, 10_000).await;
    let hub = hub_side.await.expect("the hub's side");
    assert_eq!((hub.key, member.key), (hub_key, member_key));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_that_dial_each_other_at_once_have_one_session() {
    for round in 0..24 {
        let (mut one, mut two) = (Node::plain(round).await, Node::plain(round + 100).await);
        one.net.dial(&two.address).expect("a dial");
        two.net.dial(&one.address).expect("a dial");
        // Each dial ends in one answer, and each side sees one session and no end of one.
        let (one_dialed, two_dialed) = (settled(&mut one).await, settled(&mut two).await);
        assert_ne!(one_dialed, two_dialed, "round {round}");
        assert!(one.net.send(two.key, frame(FrameType::Done, b"one")));
        assert!(two.net.send(one.key, frame(FrameType::Done, b"two")));
        let frames = vec![(FrameType::Done, b"two".to_vec())];
        assert_eq!(one.next().await, NetEvent::Frames { peer: two.key, frames });
        let frames = vec![(FrameType::Done, b"one".to_vec())];
        assert_eq!(two.next().await, NetEvent::Frames { peer: one.key, frames });
    }
}

/// Waits for the session and the end of the dial; says whether they are the same.
async fn settled(node: &mut Node) -> bool {
    let (mut session, mut failed) = (None, false);
    while session.is_none() || (session == Some(false) && !failed) {
        match node.next().await {
            NetEvent::Connected { dialed, .. } => assert_eq!(session.replace(dialed), None, "a second session"),
            NetEvent::DialFailed { .. } => failed = true,
            other => panic!("{other:?}"),
        }
    }
    session == Some(true)
}

/// Sends bytes behind a good frame; gives what the other side says of them.
async fn broken_by(bytes: Vec<u8>) -> (FrameFault, String) {
    let (mut hub, mut member) = (Node::plain(1).await, Node::plain(2).await);
    member.join(&mut hub).await;
    let sent = [frame(FrameType::Done, b"good"), bytes].concat();
    assert!(member.net.send(hub.key, sent));
    let frames = vec![(FrameType::Done, b"good".to_vec())];
    assert_eq!(hub.next().await, NetEvent::Frames { peer: member.key, frames });
    let NetEvent::Broken { peer, fault } = hub.next().await else { panic!("not broken") };
    assert_eq!(peer, member.key);
    let reason = hub.disconnected().await;
    assert!(!hub.net.send(member.key, frame(FrameType::Done, b"late")));
    member.disconnected().await;
    (fault, reason)
}

#[tokio::test]
async fn bytes_that_are_no_frame_cut_the_session_with_their_reason() {
    let oversized = u32::try_from(MAX_FRAME_PAYLOAD + 2).expect("a length");
    let mut changed = frame(FrameType::Entry, b"payload");
    changed[12] ^= 1;
    let mut unknown = frame(FrameType::Entry, b"payload");
    unknown[8] = 0x7f;
    let checksum = crc32c::crc32c(&unknown[8..]);
    unknown[4..8].copy_from_slice(&checksum.to_be_bytes());
    for (bytes, fault) in [
        (vec![0xff; 100], FrameFault::Length(u32::MAX)),
        (vec![0; 100], FrameFault::Length(0)),
        ([&oversized.to_be_bytes()[..], &[0; 9]].concat(), FrameFault::Length(oversized)),
        (changed, FrameFault::Checksum),
        (unknown, FrameFault::Type(0x7f)),
    ] {
        let (found, reason) = broken_by(bytes).await;
        assert_eq!(found, fault);
        assert_eq!(reason, format!("the peer sent no frame: {fault}"));
    }
}

#[tokio::test]
async fn a_frame_that_is_begun_must_be_finished() {
    let mut hub = Node::start(1, |c| c.patience = Duration::from_millis(200)).await;
    let mut member = Node::plain(2).await;
    member.join(&mut hub).await;
    assert!(member.net.send(hub.key, frame(FrameType::Entry, b"payload")[..12].to_vec()));
    assert_eq!(hub.disconnected().await, "the peer left a frame unfinished");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_takes_no_news_stops_the_sender_at_the_bound() {
    let (mut hub, mut member) = (Node::plain(1).await, Node::plain(2).await);
    member.join(&mut hub).await;
    let piece: Vec<u8> = (0..64).flat_map(|_| frame(FrameType::Entry, &[7; 4096])).collect();
    let mut accepted = 0;
    loop {
        while member.net.send(hub.key, piece.clone()) {
            accepted += 64;
        }
        assert!(member.net.queued(hub.key) <= QUEUE_BYTES);
        match timeout(Duration::from_secs(2), member.news.recv()).await {
            Ok(event) => assert_eq!(event, Some(NetEvent::Drained { peer: hub.key })),
            Err(_) => break,
        }
        assert!(accepted * 4105 < 128 * 1024 * 1024, "the line swallows everything");
    }
    while member.net.send(hub.key, piece.clone()) {
        accepted += 64;
    }
    assert!(member.net.queued(hub.key) > QUEUE_BYTES - piece.len());
    let mut got = 0;
    while got < accepted {
        match hub.next().await {
            NetEvent::Frames { frames, .. } => got += frames.len(),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(member.next().await, NetEvent::Drained { peer: hub.key });
    assert!(member.net.send(hub.key, piece));
}

#[tokio::test]
async fn a_peer_that_takes_nothing_is_cut_in_the_end() {
    let mut hub = Node::plain(1).await;
    let mut member = Node::start(2, |c| c.patience = Duration::from_millis(300)).await;
    member.join(&mut hub).await;
    let piece: Vec<u8> = (0..64).flat_map(|_| frame(FrameType::Entry, &[7; 4096])).collect();
    let reason = loop {
        while member.net.send(hub.key, piece.clone()) {}
        match member.next().await {
            NetEvent::Drained { .. } => {}
            NetEvent::Disconnected { reason, .. } => break reason,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(reason, "the peer took nothing for too long");
}

#[tokio::test]
async fn a_peer_can_leave_and_come_back() {
    let (mut hub, mut member) = (Node::plain(1).await, Node::plain(2).await);
    for round in 0..8 {
        member.join(&mut hub).await;
        let bye = frame(FrameType::Bye, &[round]);
        let (leaver, stayer) = if round % 2 == 0 { (&mut member, &mut hub) } else { (&mut hub, &mut member) };
        assert!(leaver.net.send(stayer.key, bye));
        leaver.net.disconnect(stayer.key);
        assert_eq!(leaver.disconnected().await, "this node ended the session");
        let frames = vec![(FrameType::Bye, vec![round])];
        assert_eq!(stayer.next().await, NetEvent::Frames { peer: leaver.key, frames });
        stayer.disconnected().await;
        assert!(!leaver.net.send(stayer.key, frame(FrameType::Done, b"")));
    }
}

#[tokio::test]
async fn the_surplus_is_refused_and_the_others_stay() {
    let mut hub = Node::start(1, |c| c.max_incoming = 2).await;
    let mut members = [Node::plain(2).await, Node::plain(3).await];
    for member in &mut members {
        member.join(&mut hub).await;
    }
    let mut surplus = Node::plain(4).await;
    surplus.net.dial(&hub.address).expect("a dial");
    surplus.dial_failed().await;
    for member in &mut members {
        assert!(member.net.send(hub.key, frame(FrameType::Done, b"here")));
        let frames = vec![(FrameType::Done, b"here".to_vec())];
        assert_eq!(hub.next().await, NetEvent::Frames { peer: member.key, frames });
    }
}

#[tokio::test]
async fn outgoing_connections_have_a_limit_too() {
    let mut member = Node::start(1, |c| c.max_outgoing = 1).await;
    let (mut hub, other) = (Node::plain(2).await, Node::plain(3).await);
    member.join(&mut hub).await;
    member.net.dial(&other.address).expect("a dial");
    let reason = member.dial_failed().await;
    assert!(reason.contains("at most 1 established outgoing"), "{reason}");
}

#[tokio::test]
async fn guests_leave_room_for_members() {
    let mut hub = Node::start(1, |c| c.max_guests = 1).await;
    let mut member = Node::plain(2).await;
    let (mut guest, mut late) = (Node::plain(3).await, Node::plain(4).await);
    hub.net.set_members(BTreeSet::from([member.key]));
    guest.join(&mut hub).await;
    late.net.dial(&hub.address).expect("a dial");
    late.dial_failed().await;
    member.join(&mut hub).await;
    guest.net.disconnect(hub.key);
    guest.disconnected().await;
    hub.disconnected().await;
    assert_eq!(hub.net.queued(guest.key), 0);
}

#[tokio::test]
async fn who_was_cut_off_stays_out_for_the_time() {
    let (mut hub, mut member) = (Node::plain(1).await, Node::plain(2).await);
    member.join(&mut hub).await;
    hub.net.forbid(member.key, LONG);
    assert_eq!(hub.disconnected().await, "this node cut the peer off");
    member.disconnected().await;
    member.net.dial(&hub.address).expect("a dial");
    member.dial_failed().await;
    hub.net.dial(&member.address).expect("a dial");
    let reason = hub.dial_failed().await;
    assert_eq!(reason, "the peer was cut off and may not come back yet");
    hub.net.forbid(member.key, Duration::ZERO);
    member.join(&mut hub).await;
}

#[tokio::test]
async fn a_dial_that_fails_says_why() {
    let (mut one, mut two) = (Node::plain(1).await, Node::plain(2).await);
    for text in ["", "127.0.0.1:4711", "/ip4/127.0.0.1/tcp/99999", &"/tcp/1".repeat(100)] {
        assert!(matches!(one.net.dial(text), Err(NetFault::Address(_))), "{text}");
    }
    let free = TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("an address");
    one.net.dial(&format!("/ip4/127.0.0.1/tcp/{}", free.port())).expect("a dial");
    assert!(one.dial_failed().await.contains("refused"));
    one.net.dial(&one.address).expect("a dial");
    assert_eq!(one.dial_failed().await, "this is the node itself");
    let place = two.address.rsplit_once("/p2p/").expect("a name").0.to_owned();
    let third = Node::plain(3).await.address.rsplit('/').next().expect("a name").to_owned();
    one.net.dial(&format!("{place}/p2p/{third}")).expect("a dial");
    assert_eq!(one.dial_failed().await, "another peer than the named one answers there");
    one.net.dial(&place).expect("a dial");
    assert_eq!(one.connected().await, (two.key, true));
    assert_eq!(two.connected().await, (one.key, false));
    one.net.dial(&place).expect("a dial");
    assert_eq!(one.dial_failed().await, "there is a session with this peer");
}

#[tokio::test]
async fn a_taken_address_is_a_fault_at_the_start() {
    let one = Node::plain(1).await;
    let taken = one.address.rsplit_once("/p2p/").expect("a name").0;
    let listen = vec![idenett::net::parse(taken).expect("an address")];
    let second = Net::start(NetConfig { listen, ..NetConfig::default() }, &SecretKey::from_seed(&[2; 32]));
    assert!(matches!(second, Err(NetFault::Listen { .. })));
}

#[tokio::test]
async fn silent_and_foreign_callers_are_hung_up_on() {
    let hub = Node::start(1, |c| c.handshake = Duration::from_millis(300)).await;
    let port = hub.address.split('/').nth(4).expect("a port").parse::<u16>().expect("a number");
    for greeting in [&b""[..], b"GET / HTTP/1.1\r\n\r\n", &[0xff; 4096]] {
        let mut caller = TcpStream::connect(("127.0.0.1", port)).await.expect("a line");
        caller.write_all(greeting).await.expect("a greeting");
        let mut answer = Vec::new();
        // A reset is as good an end as any.
        let _ = timeout(LONG, caller.read_to_end(&mut answer)).await.expect("an end in time");
        assert!(answer.len() < 100, "only the first words of a handshake");
    }
}

/// A peer of the same transport that knows nothing of sessions.
fn sessionless() -> Swarm<libp2p::ping::Behaviour> {
    SwarmBuilder::with_new_identity()
        .with_tokio()
        .with_tcp(libp2p::tcp::Config::default(), libp2p::noise::Config::new, libp2p::yamux::Config::default)
        .expect("a transport")
        .with_behaviour(|_| libp2p::ping::Behaviour::default())
        .expect("a behaviour")
        .with_swarm_config(|c| c.with_idle_connection_timeout(LONG))
        .build()
}

#[tokio::test]
async fn who_opens_no_session_is_hung_up_on() {
    let mut hub = Node::start(1, |c| c.handshake = Duration::from_millis(300)).await;
    let mut caller = sessionless();
    caller.dial(hub.address.parse::<libp2p::Multiaddr>().expect("an address")).expect("a dial");
    let closed = async { while !matches!(caller.select_next_some().await, SwarmEvent::ConnectionClosed { .. }) {} };
    timeout(LONG, closed).await.expect("an end in time");
    assert!(hub.news.try_recv().is_err(), "there was no session");
}

#[tokio::test]
async fn a_dial_to_one_without_sessions_fails() {
    let mut member = Node::plain(1).await;
    let mut callee = sessionless();
    callee.listen_on("/ip4/127.0.0.1/tcp/0".parse().expect("an address")).expect("a port");
    let place = loop {
        if let SwarmEvent::NewListenAddr { address, .. } = callee.select_next_some().await {
            break address;
        }
    };
    let serving = tokio::spawn(async move { while callee.next().await.is_some() {} });
    member.net.dial(&place.to_string()).expect("a dial");
    let reason = member.dial_failed().await;
    assert!(reason.starts_with("the peer opens no session"), "{reason}");
    serving.abort();
}

#[tokio::test]
async fn a_node_that_answers_no_handshake_fails_the_dial() {
    let silent = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = silent.local_addr().expect("an address").port();
    let mut member = Node::start(2, |c| c.handshake = Duration::from_millis(300)).await;
    member.net.dial(&format!("/ip4/127.0.0.1/tcp/{port}")).expect("a dial");
    member.dial_failed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stopping_sends_what_waits() {
    let (mut hub, mut member) = (Node::plain(1).await, Node::plain(2).await);
    member.join(&mut hub).await;
    for n in 0..200u8 {
        assert!(member.net.send(hub.key, frame(FrameType::Entry, &[n; 4096])));
    }
    let stopping = tokio::spawn({
        let net = member.net.clone();
        async move { net.stop().await }
    });
    let mut got = Vec::new();
    loop {
        match hub.next().await {
            NetEvent::Frames { frames, .. } => got.extend(frames.into_iter().map(|(_, payload)| payload[0])),
            NetEvent::Disconnected { .. } => break,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(got, (0..200).collect::<Vec<u8>>());
    stopping.await.expect("a stop");
    let own = loop {
        match member.next().await {
            NetEvent::Drained { .. } => {}
            NetEvent::Disconnected { reason, .. } => break reason,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(own, "this node stops");
    assert!(matches!(member.net.dial(&hub.address), Err(NetFault::Stopped)));
    assert!(!member.net.send(hub.key, frame(FrameType::Done, b"")));
}

#[tokio::test]
async fn a_driver_that_takes_no_news_cannot_hold_up_the_stop() {
    let (mut hub, mut member) = (Node::plain(1).await, Node::plain(2).await);
    member.join(&mut hub).await;
    let piece: Vec<u8> = (0..64).flat_map(|_| frame(FrameType::Entry, &[7; 4096])).collect();
    while member.net.send(hub.key, piece.clone()) {}
    timeout(LONG, async { tokio::join!(hub.net.stop(), member.net.stop()) }).await.expect("two stops in time");
    assert!(!member.net.send(hub.key, piece));
}

#[tokio::test]
async fn dropping_the_handle_closes_everything() {
    let (mut hub, mut member) = (Node::plain(1).await, Node::plain(2).await);
    member.join(&mut hub).await;
    let Node { net, mut news, .. } = member;
    drop(net);
    hub.disconnected().await;
    while let Some(event) = timeout(LONG, news.recv()).await.expect("an end in time") {
        assert_eq!(event, NetEvent::Disconnected { peer: hub.key, reason: "this node stops".to_owned() });
    }
}
