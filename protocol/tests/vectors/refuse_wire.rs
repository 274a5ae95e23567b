//! What must be refused of charters, proofs, hints, frames and messages.

#![expect(clippy::too_many_lines, reason = "tables read better whole")]

use idenett_protocol::charter::{Charter, LogEnd, Terms};
use idenett_protocol::entry::{Draft, Entry};
use idenett_protocol::frame::{FrameType, write_frame};
use idenett_protocol::hint::Hint;
use idenett_protocol::id::{CharterHash, EntryId, FederationId, LogKey, Seq};
use idenett_protocol::kind::Kind;
use idenett_protocol::message::{Message, Width};
use idenett_protocol::time::Timestamp;
use idenett_protocol::vectors::pull;

use crate::Item;
use crate::federation::{Federation, START, first_terms, key, log, seed};
use crate::forge;
use crate::offer::As;
use crate::refuse::item;

pub(crate) fn charters(federation: &Federation) -> Vec<Item> {
    let mut items = sealed(federation);
    items.extend(terms());
    items.extend(chain(federation));
    items
}

/// Charters whose bytes or signatures are wrong.
fn sealed(federation: &Federation) -> Vec<Item> {
    let row = |name, reason, words, bytes| item(name, As::Charter, reason, words, bytes);
    let (first, second) = (federation.charters[0].bytes(), federation.charters[1].bytes());
    let signers = second.len() - 2 * 96;
    let swapped = [&second[..signers], &second[signers + 96..], &second[signers..signers + 96]].concat();
    let twice = [&second[..signers], &second[signers..signers + 96], &second[signers..signers + 96]].concat();
    let mut changed = first.to_vec();
    changed[31] ^= 1;
    let mut flipped = first.to_vec();
    let last = flipped.len() - 1;
    flipped[last - 40] ^= 1;
    vec![
        row("charter-cut", "length", "the last byte is missing", first[..first.len() - 1].to_vec()),
        row("charter-trailing", "length", "a byte is left over", [first, &[0]].concat()),
        row("charter-too-long", "length", "one byte over the limit", vec![0; 16 * 1024 + 1]),
        row("charter-unsorted", "signer-order", "the signers are not in order", swapped),
        row("charter-signs-twice", "signer-order", "one key signs twice", twice),
        row("charter-signature", "signature", "a bit of a signature was flipped", flipped),
        row("charter-changed", "signature", "a digit of the salt was changed", changed),
    ]
}

/// Charters that are signed well and say what none may say.
fn terms() -> Vec<Item> {
    let row = |name, reason, words, document: Vec<u8>| item(name, As::Charter, reason, words, sign_raw(&document));
    let written = |terms: &Terms| serde_json::to_vec(terms).expect("JSON");
    let plain = String::from_utf8(written(&first_terms())).expect("UTF-8");
    let replaced = |from: &str, to: &str| plain.replacen(from, to, 1).into_bytes();
    let end = LogEnd { key: log(seed::REGISTRAR), seq: Seq::ZERO, id: None };
    let half_end = LogEnd { seq: Seq::FIRST, ..end };
    let previous = Some(CharterHash::from_bytes([1; 32]));
    let key_row = |name, reason, bytes| {
        row(
            name,
            reason,
            "a data-protection key that is not fit to sign",
            written(&Terms { data_protection: Some(LogKey::from_bytes(bytes)), ..first_terms() }),
        )
    };
    vec![
        row("charter-no-json", "document", "the document is no JSON", b"{".to_vec()),
        row("charter-float", "document", "an epoch of 1.0", replaced("\"epoch\":1", "\"epoch\":1.0")),
        row("charter-duplicate", "document", "two names", replaced("\"name\":", "\"name\":\"x\",\"name\":")),
        row("charter-reading", "document", "a reading policy that is not known", replaced("\"open\"", "\"closed\"")),
        row(
            "charter-reading-object",
            "document",
            "a reading policy written as the key of an object",
            replaced("\"open\"", "{\"open\":null}"),
        ),
        row(
            "charter-end-as-list",
            "document",
            "the end of a log written as a list of its values",
            String::from_utf8(written(&Terms { epoch: 2, previous, ..first_terms() }))
                .expect("UTF-8")
                .replacen("{", &format!("{{\"former_registrar\":[\"{}\",0,null],", log(seed::REGISTRAR)), 1)
                .into_bytes(),
        ),
        row(
            "charter-half-end",
            "document",
            "an end with a place and no entry",
            written(&Terms { epoch: 2, previous, former_registrar: Some(half_end), ..first_terms() }),
        ),
        row("charter-epoch-0", "epoch", "epoch 0", written(&Terms { epoch: 0, previous, ..first_terms() })),
        row(
            "charter-epoch-257",
            "epoch",
            "an epoch over the limit",
            written(&Terms { epoch: 257, previous, ..first_terms() }),
        ),
        row(
            "charter-founds-after",
            "epoch",
            "a first charter with a predecessor",
            written(&Terms { previous, ..first_terms() }),
        ),
        row(
            "charter-no-previous",
            "epoch",
            "a second charter without a predecessor",
            written(&Terms { epoch: 2, ..first_terms() }),
        ),
        row(
            "charter-first-ends",
            "epoch",
            "a first charter that ends a log",
            written(&Terms { former_registrar: Some(end), ..first_terms() }),
        ),
        key_row("charter-weak-key", "key-weak", forge::order_eight()),
        key_row("charter-torsion-key", "key-torsion", forge::mixed(seed::STRANGER)),
        key_row("charter-beyond-p-key", "key-not-canonical", forge::second_way()),
        row(
            "charter-threshold-half",
            "threshold",
            "one of three recovery keys is not over half",
            written(&Terms { threshold: 1, ..first_terms() }),
        ),
        row(
            "charter-threshold-all",
            "threshold",
            "four of three recovery keys",
            written(&Terms { threshold: 4, ..first_terms() }),
        ),
        row(
            "charter-recovery-twice",
            "threshold",
            "a recovery key twice",
            written(&Terms { recovery: vec![log(11), log(11), log(12)], ..first_terms() }),
        ),
        row(
            "charter-bootstrap",
            "bootstrap",
            "an address of 257 characters",
            written(&Terms { bootstrap: vec!["a".repeat(257)], ..first_terms() }),
        ),
        row(
            "charter-founding",
            "founding",
            "the first charter names another registrar than its signer",
            written(&Terms { registrar: log(seed::STRANGER), ..first_terms() }),
        ),
    ]
}

/// A document signed by the first registrar, whatever it says.
fn sign_raw(document: &[u8]) -> Vec<u8> {
    use ed25519_dalek::Signer;
    let key = ed25519_dalek::SigningKey::from_bytes(&[seed::FIRST_REGISTRAR; 32]);
    let signature = key.sign(&[b"idenett/charter-signature/1\0", document].concat());
    let length = u32::try_from(document.len()).expect("a length").to_be_bytes();
    [length.as_slice(), document, &[1], key.verifying_key().as_bytes(), &signature.to_bytes()].concat()
}

/// Charters that are sound and have no place in the chain.
fn chain(federation: &Federation) -> Vec<Item> {
    let row = |name, reason, words, terms: &Terms, signer| {
        let charter = Charter::sign(terms, &[&key(signer)]).expect("a charter");
        item(name, As::CharterChain, reason, words, charter.bytes().to_vec())
    };
    let after = |charter: &Charter| Terms {
        epoch: charter.terms().epoch + 1,
        previous: Some(charter.hash()),
        former_registrar: None,
        ..charter.terms().clone()
    };
    let [first, second] = federation.charters.as_slice() else { panic!("two charters") };
    let end = LogEnd { key: log(seed::REGISTRAR), seq: Seq::ZERO, id: None };
    let wrong_end = LogEnd { key: log(seed::STRANGER), ..end };
    let other = Terms { salt: "00".repeat(16), ..first_terms() };
    let elsewhere = Terms { previous: Some(CharterHash::from_bytes([1; 32])), ..after(second) };
    let new_registrar = Terms { registrar: log(seed::STRANGER), ..after(second) };
    let epoch = Terms { epoch: 4, ..after(second) };
    let returning = Terms { registrar: log(seed::FIRST_REGISTRAR), former_registrar: Some(end), ..after(second) };
    vec![
        row(
            "chain-foreign",
            "foreign-federation",
            "the first charter of another federation",
            &other,
            seed::FIRST_REGISTRAR,
        ),
        item("chain-known", As::CharterChain, "known", "the second charter once more", second.bytes().to_vec()),
        row("chain-gap", "gap", "what it replaces is not known", &elsewhere, seed::REGISTRAR),
        row("chain-stranger", "no-right", "signed by a key without any right", &after(second), seed::STRANGER),
        row(
            "chain-one-recovery-key",
            "no-right",
            "signed by one recovery key where it takes two",
            &after(first),
            seed::RECOVERY[0],
        ),
        row(
            "chain-former-registrar",
            "no-right",
            "signed by the registrar of an earlier epoch",
            &after(second),
            seed::FIRST_REGISTRAR,
        ),
        row("chain-epoch", "no-right", "an epoch is left out", &epoch, seed::REGISTRAR),
        row(
            "chain-no-end",
            "no-right",
            "a new registrar, and no end of the former's log",
            &new_registrar,
            seed::REGISTRAR,
        ),
        row(
            "chain-wrong-end",
            "no-right",
            "a new registrar, and the end of a stranger's log",
            &Terms { former_registrar: Some(wrong_end), ..new_registrar.clone() },
            seed::REGISTRAR,
        ),
        row(
            "chain-former-registrar-returns",
            "former-registrar",
            "the first registrar once more, after the end of its log",
            &returning,
            seed::REGISTRAR,
        ),
        row(
            "chain-needless-end",
            "no-right",
            "the same registrar, and an end of its log",
            &Terms { former_registrar: Some(end), ..after(second) },
            seed::REGISTRAR,
        ),
    ]
}

pub(crate) fn wire(federation: &Federation) -> Vec<Item> {
    let mut items = forks(federation);
    items.extend(hints());
    items.extend(frames(federation));
    items.extend(messages(federation));
    items
}

fn forks(federation: &Federation) -> Vec<Item> {
    let row = |name, reason, words, parts: [&Entry; 2]| {
        item(name, As::Fork, reason, words, parts.map(|e| e.head().bytes().to_vec()).concat())
    };
    let [a, b] = ["way-a", "way-b"].map(|name| &federation.outside[name]);
    let header = a.header();
    let draft = Draft {
        kind: Kind::Plan,
        federation: header.federation,
        seq: header.seq,
        previous: Some(EntryId::from_bytes([0xcc; 32])),
        time: header.time,
        facts: b"{}".to_vec(),
        text: Vec::new(),
    };
    let sign = |draft: Draft, seed| Entry::sign(draft, &key(seed)).expect("an entry");
    let parted = sign(draft.clone(), seed::LUNNER);
    let stranger = |n: u8| sign(Draft { facts: vec![n], ..draft.clone() }, seed::STRANGER);
    let foreign = |n: u8| {
        sign(Draft { facts: vec![n], federation: FederationId::from_bytes([0xfe; 32]), ..draft.clone() }, seed::LUNNER)
    };
    let good = [a.head().bytes().as_slice(), b.head().bytes()].concat();
    let mut flipped = good.clone();
    flipped[503] ^= 1;
    let record = |name, reason, words, parts: [Entry; 2]| Item {
        kind: As::ForkRecord,
        ..row(name, reason, words, [&parts[0], &parts[1]])
    };
    vec![
        item("fork-cut", As::Fork, "length", "a byte is missing", good[..503].to_vec()),
        item("fork-signature", As::Fork, "header-signature", "a bit of the second signature was flipped", flipped),
        row("fork-same", "not-one-place", "the same header twice", [a, a]),
        row(
            "fork-places",
            "not-one-place",
            "two places of one log",
            [federation.entry("contact"), federation.entry("case")],
        ),
        row(
            "fork-predecessors",
            "not-one-place",
            "one place, different predecessors: the logs part further down",
            [a, &parted],
        ),
        record("fork-unknown", "unknown-member", "a fork of a log that is not admitted", [stranger(1), stranger(2)]),
        record("fork-foreign", "foreign-federation", "a fork in another federation", [foreign(1), foreign(2)]),
    ]
}

fn hints() -> Vec<Item> {
    let row = |name, reason, words, bytes| item(name, As::Hint, reason, words, bytes);
    let hint = Hint::sign(&key(seed::OVRE_EIKER), 7, Timestamp::from_millis(START), &["/ip4/192.0.2.7/tcp/443".into()])
        .expect("a hint");
    let good = hint.bytes().to_vec();
    let with = |at: usize, byte: u8| {
        let mut bad = good.clone();
        bad[at] = byte;
        bad
    };
    vec![
        row("hint-cut", "length", "cut short", good[..60].to_vec()),
        row("hint-trailing", "length", "a byte is left over", [good.as_slice(), &[0]].concat()),
        row("hint-nine-addresses", "length", "nine addresses announced", with(48, 9)),
        row("hint-no-text", "address", "an address that is no UTF-8", with(52, 0xff)),
        row("hint-signature", "signature", "another number than the signed one", with(39, 8)),
    ]
}

fn frames(federation: &Federation) -> Vec<Item> {
    let row = |name, reason, words, bytes| item(name, As::Frame, reason, words, bytes);
    let good = Message::Fetch(vec![federation.entry("case").id()]).to_frame();
    let with = |at: usize, byte: u8| {
        let mut bad = good.clone();
        bad[at] = byte;
        bad
    };
    let body = [0x7f, 1, 2, 3];
    let unknown = [4_u32.to_be_bytes().as_slice(), &crc32c::crc32c(&body).to_be_bytes(), &body].concat();
    vec![
        row("frame-head-cut", "short", "eight bytes", good[..8].to_vec()),
        row("frame-cut", "short", "the last byte is missing", good[..good.len() - 1].to_vec()),
        row("frame-length-0", "length", "a length of 0", vec![0; 9]),
        row(
            "frame-too-long",
            "length",
            "a length of one over the limit",
            [&524_290_u32.to_be_bytes(), good.get(4..).expect("a frame")].concat(),
        ),
        row("frame-payload-changed", "checksum", "a byte of the payload was changed", with(20, 0)),
        row("frame-type-changed", "checksum", "the type was changed", with(8, 0x2a)),
        row("frame-crc-changed", "checksum", "the checksum was changed", with(4, good[4] ^ 0x80)),
        row("frame-unknown-type", "type", "type 0x7f, with the right checksum", unknown),
    ]
}

fn messages(federation: &Federation) -> Vec<Item> {
    let row = |name, reason, words, kind: FrameType, payload: &[u8]| {
        let mut out = Vec::new();
        write_frame(&mut out, kind, payload);
        item(name, As::Message, reason, words, out)
    };
    let frontier = federation.ledger.frontier();
    let (_, short) = Message::Pull(pull(frontier, u64::MAX, Width::Short)).write();
    let with = |at: usize, byte: u8| {
        let mut bad = short.clone();
        bad[at] = byte;
        bad
    };
    let want = |places: &[u8]| [&[0, 1], [7; 8].as_slice(), places].concat();
    let header = *federation.entry("case").head().bytes();
    let mut flipped = header;
    flipped[200] ^= 1;
    let ids = vec![7; 32 * 257];
    let state = |flag| [[7; 40].as_slice(), &[flag]].concat();
    vec![
        row("message-local", "not-a-message-local", "a node's own state never travels", FrameType::Local, b"own"),
        row("message-hello-cut", "form-hello", "one byte is missing", FrameType::Hello, &[0; 77]),
        row("message-hello-trailing", "form-hello", "one byte is left over", FrameType::Hello, &[0; 79]),
        row("message-state-flag", "form-state", "a flag of 2", FrameType::State, &state(2)),
        row("message-buckets-short", "form-buckets", "63 buckets", FrameType::Buckets, &[0; 8 + 63 * 8]),
        row("message-pull-width", "form-pull", "ids of five bytes", FrameType::Pull, &with(8, 5)),
        row("message-pull-count", "form-pull", "more rows announced than there are", FrameType::Pull, &with(10, 200)),
        row(
            "message-pull-trailing",
            "form-pull",
            "one byte is left over",
            FrameType::Pull,
            &[short.as_slice(), &[0]].concat(),
        ),
        row("message-want-not-minimal", "form-want", "1 written in two bytes", FrameType::Want, &want(&[0x81, 0])),
        row(
            "message-want-ten-bytes",
            "form-want",
            "a place of ten bytes",
            FrameType::Want,
            &want(&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]),
        ),
        row("message-want-too-many", "form-want", "8,193 logs announced", FrameType::Want, &[0x20, 0x01]),
        row("message-done-trailing", "form-done", "an end of an answer with a payload", FrameType::Done, &[0]),
        row("message-announce-none", "form-announce", "no header", FrameType::Announce, &[]),
        row(
            "message-announce-signature",
            "header-signature",
            "a header whose signature does not hold",
            FrameType::Announce,
            &flipped,
        ),
        row("message-fetch-none", "form-fetch", "no id", FrameType::Fetch, &[]),
        row("message-fetch-too-many", "form-fetch", "257 ids", FrameType::Fetch, &ids),
        row(
            "message-headers-wanted-cut",
            "form-headers-wanted",
            "one byte is missing",
            FrameType::HeadersWanted,
            &[0; 47],
        ),
        row("message-headers-cut", "form-headers", "half of a header", FrameType::Headers, &header[..126]),
        row("message-text-cut", "form-text", "half of an id", FrameType::Text, &[0; 16]),
        row("message-bye-unknown", "form-bye", "a reason that is not known", FrameType::Bye, &[6]),
        row("message-charter-short", "charter-length", "a charter of three bytes", FrameType::Charter, &[0; 3]),
        row("message-fork-same", "fork-not-one-place", "one header twice", FrameType::Fork, &[header, header].concat()),
        row(
            "message-fork-signature",
            "fork-header-signature",
            "a proof with a signature that does not hold",
            FrameType::Fork,
            &[header, flipped].concat(),
        ),
        row("message-hint-empty", "hint-length", "an empty hint", FrameType::Hint, &[]),
    ]
}
