use super::*;
use crate::frame::read_frame;
use crate::world::{World, at, headers_of, key, log, proof};

/// One of every message; a new one makes this fail to compile until it has its row below.
fn number(message: &Message) -> usize {
    match message {
        Message::Hello(_) => 0,
        Message::State { .. } => 1,
        Message::Buckets { .. } => 2,
        Message::Pull(_) => 3,
        Message::Want(_) => 4,
        Message::Done => 5,
        Message::Announce(_) => 6,
        Message::Fetch(_) => 7,
        Message::HeadersWanted { .. } => 8,
        Message::Headers(_) => 9,
        Message::TextWanted(_) => 10,
        Message::YourHead(_) => 11,
        Message::Hint(_) => 12,
        Message::Bye(_) => 13,
        Message::Absent(_) => 14,
        Message::Charter(_) => 15,
        Message::Fork(_) => 16,
        Message::Entry(_, _) => 17,
        Message::Text(_, _) => 18,
    }
}

fn every_message() -> Vec<Message> {
    let world = World::found(&[2]);
    let (first, second) = headers_of(2, world.ledger.federation(), 2);
    let id = first[0].id();
    let hello = Hello {
        version: SESSION_VERSION,
        federation: world.ledger.federation(),
        epoch: 7,
        charter: CharterHash::from_bytes([7; 32]),
        time: at(1),
    };
    let row = |seq: u64, width: usize, fork| Row {
        log: [3; LOG_TAG_BYTES],
        seq: Seq::new(seq),
        head: vec![4; if seq == 0 { 0 } else { width }],
        fork,
    };
    let pull = |width: Width| {
        let ids = || [vec![1; width.bytes()], vec![2; width.bytes()]];
        let rows = vec![row(0, width.bytes(), None), row(300, width.bytes(), Some((Seq::new(u64::MAX >> 1), ids())))];
        Message::Pull(Pull { mask: u64::MAX, width, rows })
    };
    let farewells = (0..=u8::MAX).filter_map(Farewell::from_number).map(Message::Bye);
    let mut messages = vec![
        Message::Hello(hello),
        Message::State { digest: Digest::from_bytes([5; 32]), registry: Seq::new(9), ask: true },
        Message::State { digest: Digest::from_bytes([5; 32]), registry: Seq::ZERO, ask: false },
        Message::Buckets { registry: Seq::new(1), tags: Box::new([[6; BUCKET_TAG_BYTES]; BUCKETS]) },
        pull(Width::Short),
        pull(Width::Whole),
        Message::Want(vec![
            ([1; 8], Seq::new(0)),
            ([2; 8], Seq::new(127)),
            ([3; 8], Seq::new(128)),
            ([4; 8], Seq::new(u64::MAX >> 1)),
        ]),
        Message::Want(vec![]),
        Message::Done,
        Message::Announce(vec![first[0]]),
        Message::Fetch(vec![id; MAX_WANTED]),
        Message::HeadersWanted { log: log(2), from: Seq::FIRST, to: Seq::new(u64::MAX) },
        Message::Headers(first.clone()),
        Message::TextWanted(vec![id]),
        Message::YourHead(None),
        Message::YourHead(Some((Seq::new(2), id))),
        Message::Hint(Hint::sign(&key(2), 3, at(4), &["/ip4/192.0.2.7/tcp/443".into()]).expect("a hint")),
        Message::Absent(id),
        Message::Charter(Box::new(world.ledger.charters().current().expect("a charter").clone())),
        Message::Fork(Box::new(proof(&first[0], &second[0]))),
        Message::Entry(vec![1, 2, 3], true),
        Message::Entry(vec![], false),
        Message::Text(id, vec![8; 5]),
    ];
    messages.extend(farewells);
    messages
}

#[test]
fn every_message_comes_back_from_its_frame() {
    let messages = every_message();
    for message in &messages {
        let bytes = message.to_frame();
        let (frame, total) = read_frame(&bytes).expect("a frame");
        assert_eq!(total, bytes.len());
        assert_eq!(Message::read(frame.kind, frame.payload).as_ref(), Ok(message));
    }
    let kinds: std::collections::BTreeSet<usize> = messages.iter().map(number).collect();
    assert_eq!(kinds.len(), 19);
}

#[test]
fn a_byte_too_many_or_too_few_is_no_message() {
    // These carry bytes of any length, which are looked at when they are taken in.
    let open = |kind| matches!(kind, FrameType::Entry | FrameType::Bare | FrameType::Text);
    for message in every_message() {
        let (kind, payload) = message.write();
        if open(kind) {
            continue;
        }
        let longer = [payload.as_slice(), &[0]].concat();
        assert!(Message::read(kind, &longer).is_err(), "{kind:?}");
        if let Some((_, shorter)) = payload.split_last() {
            assert!(Message::read(kind, shorter).is_err(), "{kind:?}");
        }
    }
    assert_eq!(Message::read(FrameType::Local, b""), Err(MessageFault::NotAMessage(FrameType::Local)));
}

#[test]
fn a_number_is_written_in_one_way() {
    let read = |bytes: &[u8]| Reader { kind: FrameType::Want, rest: bytes }.varint().map(Seq::get).ok();
    let rows: [(&[u8], Option<u64>); 7] = [
        (&[0], Some(0)),
        (&[0x7f], Some(127)),
        (&[0x80, 1], Some(128)),
        (&[0x81, 0], None),
        (&[0xff; 9], None),
        (&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], Some(u64::MAX >> 1)),
        (&[0x80], None),
    ];
    for (bytes, number) in rows {
        assert_eq!(read(bytes), number, "{bytes:?}");
    }
}
