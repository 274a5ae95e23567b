//! What must be refused, each with its reason.

#![expect(clippy::too_many_lines, reason = "tables read better whole")]

use idenett_protocol::entry::{Draft, Entry};
use idenett_protocol::id::{EntryId, FederationId, Seq};
use idenett_protocol::kind::Kind;

use crate::Item;
use crate::federation::{Federation, document, key, log, seed};
use crate::forge;
use crate::offer::As;
use crate::refuse_wire;

pub(crate) fn item(name: &'static str, kind: As, reason: &'static str, words: &'static str, bytes: Vec<u8>) -> Item {
    Item { name, words, kind, bytes, reason }
}

pub(crate) fn items(federation: &Federation) -> Vec<Item> {
    let mut items = keys();
    items.extend(headers(federation));
    items.extend(entries(federation));
    items.extend(documents());
    items.extend(facts());
    items.extend(refuse_wire::charters(federation));
    items.extend(refuse_wire::wire(federation));
    items.extend(admissions(federation));
    items.extend(registry(federation));
    items
}

fn keys() -> Vec<Item> {
    let row = |name, reason, words, bytes: [u8; 32]| item(name, As::Key, reason, words, bytes.to_vec());
    vec![
        row("key-off-the-curve", "not-a-point", "no point of the curve has this y", forge::off_the_curve()),
        row("key-weak-identity", "weak", "the neutral point", forge::identity()),
        row("key-weak-order-8", "weak", "a point of order eight", forge::order_eight()),
        row(
            "key-identity-beyond-p",
            "not-canonical",
            "the neutral point written as p + 1",
            forge::beyond_the_prime(1, false),
        ),
        row("key-negative-zero", "not-canonical", "the neutral point with a sign bit", forge::negative_zero()),
        row(
            "key-beyond-p",
            "not-canonical",
            "a point of large order, written with a y of p or more",
            forge::second_way(),
        ),
        row("key-torsion", "torsion", "a good key with a point of order eight added", forge::mixed(seed::STRANGER)),
    ]
}

fn headers(federation: &Federation) -> Vec<Item> {
    let good = federation.entry("case").head().bytes().to_vec();
    let first = federation.entry("contact").head().bytes().to_vec();
    let changed = |at, bytes: &[u8]| forge::changed(&good, seed::OVRE_EIKER, at, bytes);
    let row = |name, reason, words, bytes| item(name, As::Header, reason, words, bytes);
    let mut flipped = good.clone();
    flipped[110] ^= 1;
    vec![
        row("header-cut", "length", "a byte is missing", good[..251].to_vec()),
        row("header-trailing", "length", "a byte is left over", [good.as_slice(), &[0]].concat()),
        row("header-version-0", "version", "version 0, signed", changed(0, &[0])),
        row("header-version-2", "version", "version 2, signed", changed(0, &[2])),
        row("header-reserved", "reserved", "a reserved byte is 1, signed", changed(3, &[1])),
        row("header-sequence-0", "sequence", "place 0 with a predecessor, signed", changed(68, &[0; 8])),
        row("header-sequence-1", "sequence", "place 1 with a predecessor, signed", changed(75, &[1])),
        row("header-no-predecessor", "sequence", "place 2 without a predecessor, signed", changed(76, &[0; 32])),
        row(
            "header-first-at-2",
            "sequence",
            "a first entry moved to place 2, signed",
            forge::changed(&first, seed::OVRE_EIKER, 75, &[2]),
        ),
        row(
            "header-facts-too-large",
            "facts-too-large",
            "facts of one byte over the limit, signed",
            changed(116, &98_305_u32.to_be_bytes()),
        ),
        row(
            "header-text-too-large",
            "text-too-large",
            "text of one byte over the limit, signed",
            changed(152, &262_145_u32.to_be_bytes()),
        ),
        row("header-flipped", "signature", "a bit of the time was flipped", flipped),
        row(
            "header-other-signer",
            "signature",
            "signed by another key than the log's",
            forge::changed(&good, seed::STRANGER, 0, &[1]),
        ),
        row(
            "header-malleable",
            "signature",
            "s of the signature increased by the order of the group",
            forge::malleable(&good),
        ),
        row(
            "header-small-order-nonce",
            "signature",
            "R of the signature is the neutral point; the equation holds",
            forge::small_order_nonce(&good, seed::OVRE_EIKER),
        ),
        row(
            "header-weak-key",
            "signature",
            "the log's key is the neutral point; the equation holds",
            forge::weak_key(&good),
        ),
        row(
            "header-nonce-off-the-curve",
            "signature",
            "R of the signature is no point",
            forge::nonce_off_the_curve(&good),
        ),
    ]
}

fn entries(federation: &Federation) -> Vec<Item> {
    let case = federation.entry("case");
    let good = case.bytes().to_vec();
    let facts_end = 252 + case.facts().len();
    let flip = |at: usize| {
        let mut bad = good.clone();
        bad[at] ^= 1;
        bad
    };
    let bare = case.clone().without_text().bytes().to_vec();
    vec![
        item("entry-short", As::Entry, "header-length", "shorter than a signed header", good[..100].to_vec()),
        item("entry-cut", As::Entry, "length", "the last byte is missing", good[..good.len() - 1].to_vec()),
        item("entry-trailing", As::Entry, "length", "a byte is left over", [good.as_slice(), b" "].concat()),
        item("entry-facts-changed", As::Entry, "facts-hash", "a bit of the facts was flipped", flip(facts_end - 5)),
        item("entry-text-changed", As::Entry, "text-hash", "a bit of the text was flipped", flip(good.len() - 5)),
        item("entry-signature", As::Entry, "header-signature", "a bit of the signature was flipped", flip(200)),
        item("entry-version", As::Entry, "header-version", "a header of version 3", flip(0)),
        item("entry-bare", As::Entry, "length", "an entry without its text, offered as a whole one", bare.clone()),
        item(
            "bare-padded",
            As::Bare,
            "length",
            "zeros behind the facts: a journal may hold them, nobody sends them",
            [bare.as_slice(), &[0; 4]].concat(),
        ),
        item("bare-whole", As::Bare, "length", "a whole entry, offered as one without text", good.clone()),
    ]
}

fn documents() -> Vec<Item> {
    let row = |name, reason, words, fields: &str| item(name, As::Json, reason, words, document(1, fields));
    let raw = |name, reason, words, bytes: &[u8]| item(name, As::Json, reason, words, bytes.to_vec());
    let many = format!(r#""a":[{}]"#, vec!["0"; 2049].join(","));
    vec![
        raw("json-empty", "syntax", "no bytes", b""),
        raw("json-cut", "syntax", "cut short", br#"{"salt":"000"#),
        raw("json-bom", "syntax", "a byte order mark before the document", b"\xef\xbb\xbf{}"),
        raw("json-utf8", "utf8", "a byte that is no UTF-8", b"{\"a\":\"\xff\"}"),
        raw("json-array", "not-an-object", "an array", b"[]"),
        raw("json-no-salt", "no-salt", "an object without salt", b"{}"),
        raw(
            "json-bad-salt",
            "bad-salt",
            "a salt of capital letters",
            br#"{"salt":"00112233445566778899AABBCCDDEEFF"}"#,
        ),
        raw("json-short-salt", "bad-salt", "a salt of four digits", br#"{"salt":"0011"}"#),
        raw("json-number-salt", "bad-salt", "a salt that is a number", br#"{"salt":7}"#),
        item(
            "json-trailing",
            As::Json,
            "trailing",
            "a second document behind the first",
            [document(1, ""), b"{}".to_vec()].concat(),
        ),
        row("json-comma", "syntax", "a comma before the end", r#""a":1,"#),
        row("json-comment", "syntax", "a comment", r#""a":1/**/"#),
        row("json-nan", "syntax", "no number", r#""a":NaN"#),
        row("json-leading-zero", "syntax", "a number with a leading zero", r#""a":01"#),
        row("json-lone-surrogate", "syntax", "half of a surrogate pair", r#""a":"\ud800""#),
        row("json-raw-newline", "syntax", "a line break inside a string", "\"a\":\"x\ny\""),
        row("json-not-nfc", "not-nfc", "A and a ring in two characters", "\"a\":\"A\u{30a}lesund\""),
        row("json-not-nfc-escaped", "not-nfc", "the same by an escape", r#""a":"A\u030alesund""#),
        row("json-not-nfc-key", "not-nfc", "the same in a key", "\"A\u{30a}\":1"),
        row("json-duplicate", "duplicate-key", "a key twice", r#""a":1,"a":1"#),
        row(
            "json-duplicate-escaped",
            "duplicate-key",
            "a key twice, once by an escape, in an inner object",
            r#""b":[{"a":1,"\u0061":2}]"#,
        ),
        row("json-duplicate-salt", "duplicate-key", "a second salt", r#""salt":"00000000000000000000000000000001""#),
        row("json-fraction", "not-an-integer", "a fraction of zero", r#""a":1.0"#),
        row("json-exponent", "not-an-integer", "an exponent", r#""a":1e2"#),
        row("json-huge-exponent", "not-an-integer", "an exponent beyond floating point", r#""a":1e999"#),
        row("json-minus-zero", "not-an-integer", "minus zero", r#""a":-0"#),
        row("json-integer-too-large", "integer-too-large", "two to the 53rd", r#""a":9007199254740992"#),
        row("json-integer-too-small", "integer-too-large", "minus two to the 53rd", r#""a":-9007199254740992"#),
        row(
            "json-integer-huge",
            "not-an-integer",
            "an integer of 24 digits is taken for a fraction",
            r#""a":100000000000000000000000"#,
        ),
        row("json-too-deep", "too-deep", "nine levels of nesting", r#""a":[[[[[[[[]]]]]]]]"#),
        row("json-too-many", "too-many-items", "2,049 elements", &many),
    ]
}

fn facts() -> Vec<Item> {
    let row = |name, kind, reason, words, fields: &str| item(name, As::Facts(kind), reason, words, document(1, fields));
    let id = "aa".repeat(32);
    let nine: Vec<String> = (0..9).map(|n| format!("\"{n:064x}\"")).collect();
    vec![
        row("facts-duplicate", Kind::Case, "json-duplicate-key", "the document is at fault", r#""a":1,"a":1"#),
        row("facts-type", Kind::Case, "json-wrong-type", "a list where a code belongs", r#""status":["pilot"]"#),
        row("facts-day", Kind::Case, "json-wrong-type", "the 30th of February", r#""valid_until":"2028-02-30""#),
        row("facts-organisation", Kind::Case, "json-wrong-type", "a wrong check digit", r#""about_org":"961381540""#),
        row(
            "facts-small-number",
            Kind::Case,
            "json-wrong-type",
            "a score of 200",
            r#""promoting":[{"factor":"time","score":200}]"#,
        ),
        row("facts-null", Kind::Case, "json-wrong-type", "null for a list", r#""types":null"#),
        row("facts-missing", Kind::Withdrawal, "json-wrong-type", "a withdrawal of nothing", ""),
        row(
            "facts-capital-id",
            Kind::Redaction,
            "json-wrong-type",
            "an id in capital letters",
            &format!(r#""target":"{}""#, id.to_uppercase()),
        ),
        row(
            "facts-object-as-list",
            Kind::Case,
            "json-wrong-type",
            "an object written as a list of its values",
            r#""effort":[12]"#,
        ),
        row(
            "facts-objects-as-lists",
            Kind::Succession,
            "json-wrong-type",
            "a list of objects written as a list of lists",
            r#""date":"2024-01-01","from":[["961381541","1508","x"]],"to":[]"#,
        ),
        row(
            "facts-code-as-object",
            Kind::Case,
            "json-wrong-type",
            "a code written as the key of an object",
            r#""status":{"pilot":null}"#,
        ),
        row(
            "facts-half-named",
            Kind::Case,
            "revision-half-named",
            "a subject without what is replaced",
            &format!(r#""subject":"{id}","number":2"#),
        ),
        row(
            "facts-nine",
            Kind::Need,
            "revision-too-many",
            "nine versions replaced",
            &format!(r#""subject":"{id}","replaces":[{}],"number":2"#, nine.join(",")),
        ),
        row(
            "facts-twice",
            Kind::Contact,
            "revision-twice",
            "a version replaced twice",
            &format!(r#""subject":"{id}","replaces":["{id}","{id}"],"number":2"#),
        ),
        row(
            "facts-number",
            Kind::Reuse,
            "revision-number",
            "a first version with the number 2",
            &format!(r#""case":"{id}","number":2"#),
        ),
        row(
            "facts-goals",
            Kind::Plan,
            "json-wrong-type",
            "goals written as objects",
            r#""number":1,"goals":[{"id":"g-1"}]"#,
        ),
        row(
            "facts-members",
            Kind::Programme,
            "json-wrong-type",
            "a member whose number has another check digit",
            r#""number":1,"members":["961381540"]"#,
        ),
        row(
            "facts-collected",
            Kind::Collection,
            "json-wrong-type",
            "a collection of nothing instead of an empty list",
            r#""number":1,"cases":null"#,
        ),
        row("facts-judged", Kind::Assessment, "json-wrong-type", "a judgement of nothing", r#""judgement":"doubtful""#),
        row("facts-translated", Kind::Translation, "json-wrong-type", "a translation of nothing", r#""lang":"nn""#),
        row("facts-year", Kind::Award, "json-wrong-type", "a year that fits no u16", r#""number":1,"year":65536"#),
        row(
            "facts-award-number",
            Kind::Award,
            "revision-number",
            "a first version of an award with the number 0",
            r#""number":0"#,
        ),
        row(
            "facts-end",
            Kind::Revocation,
            "end",
            "a log that ends at place 1 and names no entry",
            &format!(r#""key":"{id}","seq":1"#),
        ),
    ]
}

fn admissions(federation: &Federation) -> Vec<Item> {
    let pen = &federation.pen;
    let row = |name, reason, words, bytes| item(name, As::Admission, reason, words, bytes);
    let next = |seed| pen.draft(seed, Kind::Plan, r#""goals":[]"#, "");
    let sign = |draft: Draft, seed| Entry::sign(draft, &key(seed)).expect("an entry").bytes().to_vec();
    let eiker = next(seed::OVRE_EIKER);
    let case = federation.entry("case");
    let other = EntryId::from_bytes([0xcc; 32]);
    let gap = Draft { seq: Seq::new(6), previous: Some(other), ..eiker.clone() };
    let parted = Draft { previous: Some(other), ..eiker.clone() };
    let second = Draft { seq: case.seq(), previous: case.header().previous, ..eiker.clone() };
    let foreign = Draft { federation: FederationId::from_bytes([0xfe; 32]), ..eiker };
    vec![
        row(
            "admission-foreign",
            "foreign-federation",
            "written for another federation",
            sign(foreign, seed::OVRE_EIKER),
        ),
        row(
            "admission-unknown",
            "unknown-member",
            "the key is not admitted",
            sign(next(seed::STRANGER), seed::STRANGER),
        ),
        row("admission-replayed", "replayed", "it is here already", case.bytes().to_vec()),
        row("admission-gap", "out-of-place", "two places beyond the end of the log", sign(gap, seed::OVRE_EIKER)),
        row("admission-forked", "forked", "a second entry at place 2", sign(second, seed::OVRE_EIKER)),
        row("admission-parted", "forked", "the next place, on another predecessor", sign(parted, seed::OVRE_EIKER)),
        row(
            "admission-beyond-fork",
            "forked",
            "a branch of a fork that is not settled",
            federation.outside["way-c"].bytes().to_vec(),
        ),
        row(
            "admission-ended",
            "after-end",
            "the registrar ended the log at place 1",
            sign(next(seed::GRAN), seed::GRAN),
        ),
        row(
            "admission-former-registrar",
            "after-end",
            "the charter ended the log of the first registrar",
            sign(next(seed::FIRST_REGISTRAR), seed::FIRST_REGISTRAR),
        ),
        row(
            "admission-lost",
            "lost-branch",
            "the branch that lost a settlement",
            federation.outside["lost"].bytes().to_vec(),
        ),
    ]
}

fn registry(federation: &Federation) -> Vec<Item> {
    let row = |name, reason, words, kind, facts: String| {
        let draft = federation.pen.draft(seed::REGISTRAR, kind, &facts, "");
        item(
            name,
            As::Registry,
            reason,
            words,
            Entry::sign(draft, &key(seed::REGISTRAR)).expect("an entry").bytes().to_vec(),
        )
    };
    let admit = |key: &str| format!(r#""org":"961381541","name":"Gran","key":"{key}""#);
    let hex = |bytes: [u8; 32]| EntryId::from_bytes(bytes).to_string();
    let end = |seed, seq, id| format!(r#""key":"{}","seq":{seq},"id":"{id}""#, log(seed));
    let id = federation.entry("comment").id();
    vec![
        row(
            "registry-weak-key",
            "unfit-key",
            "admission of a key of small order",
            Kind::Admission,
            admit(&hex(forge::identity())),
        ),
        row(
            "registry-torsion-key",
            "unfit-key",
            "admission of a key with torsion",
            Kind::Admission,
            admit(&hex(forge::mixed(seed::STRANGER))),
        ),
        row(
            "registry-beyond-p-key",
            "unfit-key",
            "admission of a key that is not canonical",
            Kind::Admission,
            admit(&hex(forge::second_way())),
        ),
        row(
            "registry-key-taken",
            "key-taken",
            "admission of the key of another organisation",
            Kind::Admission,
            admit(&log(seed::BAERUM).to_string()),
        ),
        row(
            "registry-charter-key",
            "key-taken",
            "admission of the charter's data-protection key",
            Kind::Admission,
            admit(&log(seed::DATA_PROTECTION).to_string()),
        ),
        row(
            "registry-ends-stranger",
            "not-a-members-log",
            "the end of a log that was never admitted",
            Kind::Revocation,
            end(seed::STRANGER, 1, id),
        ),
        row(
            "registry-ends-registrar",
            "not-a-members-log",
            "the end of the registrar's own log",
            Kind::Revocation,
            end(seed::REGISTRAR, 1, id),
        ),
        row(
            "registry-ended-lower",
            "ended-lower",
            "an end beyond the one that is set",
            Kind::Revocation,
            end(seed::GRAN, 2, id),
        ),
        row(
            "registry-place-0",
            "place",
            "a settlement at place 0",
            Kind::Settlement,
            format!(r#""log":"{}","seq":0,"id":"{id}""#, log(seed::LUNNER)),
        ),
    ]
}
