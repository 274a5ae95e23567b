//! The charter: a small chain of signed documents that says who the federation is.
//! Does not know any record; a log cannot change it.
//!
//! Written as: length of the document (4, big-endian), document (JSON), number of signatures (1),
//! then for each signature, in order of the keys: key (32), signature (64).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{CharterHash, EntryId, FederationId, LogKey, Seq, tagged_hash};
use crate::json;
use crate::key::{KeyFault, PublicKey, SecretKey, Signature, signature_holds};
use crate::limits::{
    MAX_ADDRESS_CHARS, MAX_BOOTSTRAP, MAX_CHARTER_BYTES, MAX_CHARTER_EPOCHS, MAX_CHARTER_RIVALS, MAX_RECOVERY_KEYS,
    SIGNATURE_BYTES,
};

const TAG_CHARTER_HASH: &[u8] = b"idenett/charter-hash/1\0";
const TAG_CHARTER_SIGNATURE: &[u8] = b"idenett/charter-signature/1\0";
const SIGNER_BYTES: usize = 32 + SIGNATURE_BYTES;

/// Who may read what the federation's nodes serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// Anyone.
    Open,
    /// Members only.
    Members,
}

/// A place in a log, with the entry that stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEnd {
    /// The log.
    pub key: LogKey,
    /// The last place that counts; 0 if nothing in the log counts.
    pub seq: Seq,
    /// The entry at that place; absent where `seq` is 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<EntryId>,
}

/// What one charter says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// 32 hexadecimal digits of chance, so that no two federations have one id.
    pub salt: String,
    /// 1 for the charter that founds a federation, then one more each time.
    pub epoch: u32,
    /// The charter that this one replaces; absent in epoch 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<CharterHash>,
    /// The name of the federation, for people.
    pub name: String,
    /// Who may read.
    pub reading: Reading,
    /// The one registrar key in force.
    pub registrar: LogKey,
    /// Where the log of the registrar of the epoch before ends, if the key changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub former_registrar: Option<LogEnd>,
    /// The key that may redact in every log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_protection: Option<LogKey>,
    /// Keys that together may write the next charter when the registrar's is lost or stolen.
    #[serde(default)]
    pub recovery: Vec<LogKey>,
    /// How many of them it takes: over half; 0 where there are none.
    #[serde(default)]
    pub threshold: u8,
    /// Addresses (multiaddr) at which a newcomer finds the federation.
    #[serde(default)]
    pub bootstrap: Vec<String>,
}

/// Why bytes are no charter.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CharterFault {
    /// Over the limit, cut short, or with bytes left over.
    #[error("the charter's bytes do not add up")]
    Length,
    /// The document is no strict JSON of a charter.
    #[error("the charter's document cannot be read: {0}")]
    Document(String),
    /// A key that may not sign.
    #[error("a key in the charter is not fit to sign: {0}")]
    Key(KeyFault),
    /// Epoch and predecessor do not go together, or the epoch is over the limit.
    #[error("epoch and predecessor do not go together")]
    Epoch,
    /// The recovery threshold is not over half of the recovery keys.
    #[error("the recovery threshold must be over half of the recovery keys")]
    Threshold,
    /// Too many or too long bootstrap addresses.
    #[error("too many or too long bootstrap addresses")]
    Bootstrap,
    /// Signers are not in order of their keys, or one signs twice.
    #[error("the signers are not in order")]
    SignerOrder,
    /// A signature does not hold.
    #[error("a signature on the charter does not hold")]
    Signature,
    /// The first charter is not signed by the registrar it names.
    #[error("the first charter must be signed by its registrar")]
    Founding,
}

/// A charter whose document is sound and whose signatures hold. Whether the signers had the
/// right to write it is the chain's to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charter {
    terms: Terms,
    signers: Vec<LogKey>,
    bytes: Vec<u8>,
    hash: CharterHash,
}

impl Charter {
    /// Signs terms with one or more keys.
    ///
    /// # Errors
    /// If the terms are not sound or the keys cannot found a charter.
    pub fn sign(terms: &Terms, keys: &[&SecretKey]) -> Result<Self, CharterFault> {
        let document = serde_json::to_vec(terms).map_err(|e| CharterFault::Document(e.to_string()))?;
        let mut signatures: Vec<_> = keys.iter().map(|k| (k.log_key(), k.sign(&signed_message(&document)))).collect();
        signatures.sort_by_key(|(key, _)| *key);
        Self::parse(&encode(&document, &signatures)?)
    }

    /// Reads and checks a charter.
    ///
    /// # Errors
    /// The first thing found wrong.
    pub fn parse(bytes: &[u8]) -> Result<Self, CharterFault> {
        let (document, signatures) = split(bytes)?;
        let terms: Terms = json::read(document).map_err(|e| CharterFault::Document(e.to_string()))?;
        check_terms(&terms)?;
        if !signatures.is_sorted_by(|a, b| a.0 < b.0) {
            return Err(CharterFault::SignerOrder);
        }
        let message = signed_message(document);
        if !signatures.iter().all(|(key, signature)| signature_holds(key, &message, signature)) {
            return Err(CharterFault::Signature);
        }
        let signers: Vec<LogKey> = signatures.iter().map(|(key, _)| *key).collect();
        if terms.epoch == 1 && !signers.contains(&terms.registrar) {
            return Err(CharterFault::Founding);
        }
        let hash = CharterHash::from_bytes(tagged_hash(TAG_CHARTER_HASH, &[document]));
        Ok(Self { terms, signers, bytes: bytes.to_vec(), hash })
    }

    /// What it says.
    pub const fn terms(&self) -> &Terms {
        &self.terms
    }

    /// Its bytes as they travel.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The hash of its document.
    pub const fn hash(&self) -> CharterHash {
        self.hash
    }

    /// Whether its signers had the right to replace `before`.
    fn follows(&self, before: &Charter) -> bool {
        if self.terms.previous != Some(before.hash) || self.terms.epoch != before.terms.epoch.saturating_add(1) {
            return false;
        }
        let kept = self.terms.registrar == before.terms.registrar;
        let ended = self.terms.former_registrar.is_some_and(|end| end.key == before.terms.registrar);
        if kept == ended || (kept && self.terms.former_registrar.is_some()) {
            return false;
        }
        let helpers = self.signers.iter().filter(|key| before.terms.recovery.contains(key)).count();
        let recovered = before.terms.threshold > 0 && helpers >= usize::from(before.terms.threshold);
        recovered || self.signers.contains(&before.terms.registrar)
    }
}

/// Why a charter does not join the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CharterRefusal {
    /// It founds another federation.
    #[error("the charter founds another federation")]
    ForeignFederation,
    /// The charter before it is not here.
    #[error("the charter before it is not here")]
    Gap,
    /// Its signers had no right to write it.
    #[error("the signers had no right to write this charter")]
    NoRight,
    /// It names a registrar whose log a charter before it ended.
    #[error("a key that was registrar once must not become registrar again")]
    FormerRegistrar,
    /// It is here already.
    #[error("the charter is here already")]
    Known,
    /// Enough rivals with smaller hashes are kept for its epoch.
    #[error("too many rival charters of one epoch")]
    Rivals,
}

impl CharterRefusal {
    /// The name under which it is counted.
    pub const fn name(self) -> &'static str {
        match self {
            CharterRefusal::ForeignFederation => "foreign-federation",
            CharterRefusal::Gap => "gap",
            CharterRefusal::NoRight => "no-right",
            CharterRefusal::FormerRegistrar => "former-registrar",
            CharterRefusal::Known => "known",
            CharterRefusal::Rivals => "rivals",
        }
    }
}

/// All valid charters of one federation and the chain among them that holds: at every epoch
/// the one with the smallest hash. Merging is free of order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CharterChain {
    first: CharterHash,
    known: BTreeMap<CharterHash, Charter>,
    path: Vec<CharterHash>,
    rivals: bool,
}

impl CharterChain {
    /// The chain that begins with this founding charter.
    ///
    /// # Errors
    /// If the charter is not of epoch 1.
    pub fn found(first: Charter) -> Result<Self, CharterRefusal> {
        if first.terms.epoch != 1 {
            return Err(CharterRefusal::Gap);
        }
        let hash = first.hash;
        Ok(Self { first: hash, known: BTreeMap::from([(hash, first)]), path: vec![hash], rivals: false })
    }

    /// The federation: the hash of its first charter.
    pub const fn federation(&self) -> FederationId {
        FederationId::from_bytes(*self.first.as_bytes())
    }

    /// Takes a charter in. Gives whether the chain that holds changed.
    ///
    /// # Errors
    /// Why it is not taken.
    pub fn offer(&mut self, charter: Charter) -> Result<bool, CharterRefusal> {
        if self.known.contains_key(&charter.hash) {
            return Err(CharterRefusal::Known);
        }
        let Some(previous) = charter.terms.previous else {
            return Err(CharterRefusal::ForeignFederation);
        };
        let before = self.known.get(&previous).ok_or(CharterRefusal::Gap)?;
        if !charter.follows(before) {
            return Err(CharterRefusal::NoRight);
        }
        if self.returns(&charter, before) {
            return Err(CharterRefusal::FormerRegistrar);
        }
        let siblings: Vec<CharterHash> = self.children(previous).collect();
        if siblings.len() >= MAX_CHARTER_RIVALS {
            match siblings.last() {
                Some(largest) if charter.hash < *largest => self.known.remove(largest),
                _ => return Err(CharterRefusal::Rivals),
            };
        }
        self.known.insert(charter.hash, charter);
        let old = std::mem::take(&mut self.path);
        self.walk();
        Ok(self.path != old)
    }

    /// The charter in force.
    pub fn current(&self) -> Option<&Charter> {
        self.path.last().and_then(|hash| self.known.get(hash))
    }

    /// The charters that hold, from the first on.
    pub fn charters(&self) -> impl Iterator<Item = &Charter> {
        self.path.iter().filter_map(|hash| self.known.get(hash))
    }

    /// Every valid charter here, rivals included, parents before children.
    pub fn all(&self) -> Vec<&Charter> {
        let mut all: Vec<&Charter> = self.known.values().collect();
        all.sort_by_key(|c| (c.terms.epoch, c.hash));
        all
    }

    /// Whether two valid charters of one epoch were seen: someone misuses a key.
    pub const fn has_rivals(&self) -> bool {
        self.rivals
    }

    /// The registrars in the order in which they served, each with the end of its log, if it has one.
    pub fn registrars(&self) -> Vec<(LogKey, Option<LogEnd>)> {
        let mut list: Vec<(LogKey, Option<LogEnd>)> = Vec::new();
        for charter in self.charters() {
            if let (Some(end), Some(last)) = (charter.terms.former_registrar, list.last_mut()) {
                last.1 = Some(end);
            }
            if list.last().is_none_or(|(key, _)| *key != charter.terms.registrar) {
                list.push((charter.terms.registrar, None));
            }
        }
        list
    }

    /// Whether the registrar changes to one that served before: its log has an end already.
    fn returns(&self, charter: &Charter, before: &Charter) -> bool {
        let registrar = charter.terms.registrar;
        let parent = |c: &&Charter| c.terms.previous.and_then(|hash| self.known.get(&hash));
        let mut served = std::iter::successors(Some(before), parent).map(|c| c.terms.registrar);
        registrar != before.terms.registrar && served.any(|key| key == registrar)
    }

    fn children(&self, of: CharterHash) -> impl Iterator<Item = CharterHash> {
        self.known.values().filter(move |c| c.terms.previous == Some(of)).map(|c| c.hash)
    }

    fn walk(&mut self) {
        let mut path = vec![self.first];
        let mut rivals = false;
        let mut at = self.first;
        while let Some(next) = self.children(at).min() {
            rivals |= self.children(at).count() > 1;
            path.push(next);
            at = next;
        }
        self.path = path;
        self.rivals = rivals;
    }
}

fn check_terms(terms: &Terms) -> Result<(), CharterFault> {
    let first = terms.epoch == 1;
    if terms.epoch == 0 || terms.epoch > MAX_CHARTER_EPOCHS || first != terms.previous.is_none() {
        return Err(CharterFault::Epoch);
    }
    if first && terms.former_registrar.is_some() {
        return Err(CharterFault::Epoch);
    }
    let ends_well = terms.former_registrar.is_none_or(|end| (end.seq == Seq::ZERO) == end.id.is_none());
    if !ends_well {
        return Err(CharterFault::Document("the former registrar's end needs place and id".into()));
    }
    let keys = [Some(terms.registrar), terms.data_protection].into_iter().flatten().chain(terms.recovery.iter().copied());
    for key in keys {
        PublicKey::check(&key).map_err(CharterFault::Key)?;
    }
    let n = terms.recovery.len();
    let distinct: std::collections::BTreeSet<_> = terms.recovery.iter().collect();
    let threshold = usize::from(terms.threshold);
    let over_half = threshold.saturating_mul(2) > n && threshold <= n;
    if n > MAX_RECOVERY_KEYS || distinct.len() != n || (n == 0 && threshold > 0) || (n > 0 && !over_half) {
        return Err(CharterFault::Threshold);
    }
    let long = terms.bootstrap.iter().any(|a| a.chars().count() > MAX_ADDRESS_CHARS);
    if long || terms.bootstrap.len() > MAX_BOOTSTRAP {
        return Err(CharterFault::Bootstrap);
    }
    Ok(())
}

fn signed_message(document: &[u8]) -> Vec<u8> {
    [TAG_CHARTER_SIGNATURE, document].concat()
}

fn encode(document: &[u8], signatures: &[(LogKey, Signature)]) -> Result<Vec<u8>, CharterFault> {
    let length = u32::try_from(document.len()).map_err(|_| CharterFault::Length)?;
    let count = u8::try_from(signatures.len()).map_err(|_| CharterFault::Length)?;
    let mut bytes = length.to_be_bytes().to_vec();
    bytes.extend_from_slice(document);
    bytes.push(count);
    for (key, signature) in signatures {
        bytes.extend_from_slice(key.as_bytes());
        bytes.extend_from_slice(signature.as_bytes());
    }
    Ok(bytes)
}

type SignedDocument<'a> = (&'a [u8], Vec<(LogKey, Signature)>);

fn split(bytes: &[u8]) -> Result<SignedDocument<'_>, CharterFault> {
    if bytes.len() > MAX_CHARTER_BYTES {
        return Err(CharterFault::Length);
    }
    let (length, rest) = bytes.split_first_chunk::<4>().ok_or(CharterFault::Length)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| CharterFault::Length)?;
    let (document, rest) = rest.split_at_checked(length).ok_or(CharterFault::Length)?;
    let (count, rows) = rest.split_first().ok_or(CharterFault::Length)?;
    let (rows, left) = rows.as_chunks::<SIGNER_BYTES>();
    if rows.len() != usize::from(*count) || !left.is_empty() {
        return Err(CharterFault::Length);
    }
    let mut signatures = Vec::with_capacity(rows.len());
    for row in rows {
        let (key, signature) = row.split_first_chunk::<32>().ok_or(CharterFault::Length)?;
        let signature = signature.first_chunk::<SIGNATURE_BYTES>().ok_or(CharterFault::Length)?;
        signatures.push((LogKey::from_bytes(*key), Signature::from_bytes(*signature)));
    }
    Ok((document, signatures))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(n: u8) -> SecretKey {
        SecretKey::from_seed(&[n; 32])
    }

    fn first() -> Terms {
        Terms {
            salt: "00".repeat(16),
            epoch: 1,
            previous: None,
            name: "Prøve".into(),
            reading: Reading::Open,
            registrar: key(1).log_key(),
            former_registrar: None,
            data_protection: None,
            recovery: vec![key(11).log_key(), key(12).log_key(), key(13).log_key()],
            threshold: 2,
            bootstrap: vec![],
        }
    }

    fn next(before: &Charter, name: &str) -> Terms {
        let terms = before.terms().clone();
        Terms { epoch: terms.epoch + 1, previous: Some(before.hash()), name: name.into(), former_registrar: None, ..terms }
    }

    #[test]
    fn a_charter_comes_back_and_a_changed_byte_does_not() {
        let charter = Charter::sign(&first(), &[&key(1)]).expect("a charter");
        assert_eq!(Charter::parse(charter.bytes()), Ok(charter.clone()));
        for at in 0..charter.bytes().len() {
            let mut bad = charter.bytes().to_vec();
            bad[at] ^= 1;
            assert!(Charter::parse(&bad).is_err(), "byte {at}");
        }
    }

    #[test]
    fn a_threshold_must_be_over_half() {
        for (threshold, fits) in [(0, false), (1, false), (2, true), (3, true), (4, false)] {
            let terms = Terms { threshold, ..first() };
            assert_eq!(Charter::sign(&terms, &[&key(1)]).is_ok(), fits, "{threshold} of 3");
        }
    }

    #[test]
    fn only_the_registrar_or_enough_recovery_keys_continue_a_chain() {
        let founding = Charter::sign(&first(), &[&key(1)]).expect("a charter");
        let terms = next(&founding, "To");
        let cases: [(&[&SecretKey], bool); 5] = [
            (&[&key(1)], true),
            (&[&key(2)], false),
            (&[&key(11)], false),
            (&[&key(11), &key(13)], true),
            (&[&key(11), &key(2)], false),
        ];
        for (keys, fits) in cases {
            let mut chain = CharterChain::found(founding.clone()).expect("a chain");
            let charter = Charter::sign(&terms, keys).expect("signed");
            assert_eq!(chain.offer(charter), if fits { Ok(true) } else { Err(CharterRefusal::NoRight) });
        }
    }

    #[test]
    fn rivals_end_alike_whatever_comes_first() {
        let founding = Charter::sign(&first(), &[&key(1)]).expect("a charter");
        let rivals: Vec<Charter> =
            ["A", "B", "C"].iter().map(|n| Charter::sign(&next(&founding, n), &[&key(1)]).expect("signed")).collect();
        let mut ends = Vec::new();
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
            let mut chain = CharterChain::found(founding.clone()).expect("a chain");
            for i in order {
                let _ = chain.offer(rivals[i].clone());
            }
            assert!(chain.has_rivals());
            ends.push(chain.current().map(Charter::hash));
        }
        assert_eq!(ends[0], rivals.iter().map(Charter::hash).min());
        assert!(ends.iter().all(|e| *e == ends[0]));
    }

    #[test]
    fn a_new_registrar_needs_the_end_of_the_former() {
        let founding = Charter::sign(&first(), &[&key(1)]).expect("a charter");
        let end = LogEnd { key: key(1).log_key(), seq: Seq::ZERO, id: None };
        let without = Terms { registrar: key(2).log_key(), ..next(&founding, "Ny") };
        let with = Terms { former_registrar: Some(end), ..without.clone() };
        let mut chain = CharterChain::found(founding).expect("a chain");
        let refused = chain.offer(Charter::sign(&without, &[&key(1)]).expect("signed"));
        assert_eq!(refused, Err(CharterRefusal::NoRight));
        assert_eq!(chain.offer(Charter::sign(&with, &[&key(1)]).expect("signed")), Ok(true));
        assert_eq!(chain.registrars(), vec![(key(1).log_key(), Some(end)), (key(2).log_key(), None)]);
    }

    #[test]
    fn a_former_registrar_does_not_return() {
        let change = |before: &Charter, to: u8, by: u8| {
            let end = LogEnd { key: before.terms().registrar, seq: Seq::ZERO, id: None };
            let terms = Terms { registrar: key(to).log_key(), former_registrar: Some(end), ..next(before, "Ny") };
            Charter::sign(&terms, &[&key(by)]).expect("signed")
        };
        let founding = Charter::sign(&first(), &[&key(1)]).expect("a charter");
        let second = change(&founding, 2, 1);
        let mut chain = CharterChain::found(founding).expect("a chain");
        assert_eq!(chain.offer(second.clone()), Ok(true));
        assert_eq!(chain.offer(change(&second, 1, 2)), Err(CharterRefusal::FormerRegistrar));
        let third = change(&second, 3, 2);
        assert_eq!(chain.offer(third.clone()), Ok(true));
        for former in [1, 2] {
            assert_eq!(chain.offer(change(&third, former, 3)), Err(CharterRefusal::FormerRegistrar), "{former}");
        }
        assert_eq!(chain.offer(Charter::sign(&next(&third, "Same"), &[&key(3)]).expect("signed")), Ok(true));
    }
}
