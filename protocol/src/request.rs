//! A node's request to be admitted: who it is and which key it has, signed by that key, so that
//! the registrar admits what its holder asked for. Carries no secret and decides nothing.

use serde::{Deserialize, Serialize};

use crate::id::{FederationId, LogKey};
use crate::key::{PublicKey, SecretKey, Signature, signature_holds};
use crate::limits::{MAX_ADDRESS_CHARS, SIGNATURE_BYTES};
use crate::organisation::{MunicipalityNumber, OrgNumber};

const TAG_REQUEST: &[u8] = b"idenett/member-request/1\0";
/// Characters of a name in a request.
pub const MAX_NAME_CHARS: usize = 200;
/// Addresses in a request.
pub const MAX_REQUEST_ADDRESSES: usize = 8;

/// What a node asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Which federation it asks.
    pub federation: FederationId,
    /// The organisation.
    pub org: OrgNumber,
    /// Its official name.
    pub name: String,
    /// Its municipality number, if it is a municipality.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<MunicipalityNumber>,
    /// The node's key.
    pub key: LogKey,
    /// Where the node can be reached, if it accepts connections.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<String>,
}

/// A request whose signature holds: it exists, so the holder of the key wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRequest {
    asked: Asked,
    signature: Signature,
}

/// Why a request is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestFault {
    /// A field is missing or of the wrong form.
    #[error("the request cannot be read: {0}")]
    Form(String),
    /// The name is empty or too long, or there are too many or too long addresses.
    #[error("the name or the addresses of the request are too long or too many, or the name is empty")]
    Size,
    /// The key may not sign.
    #[error("the key in the request is not fit to sign")]
    Key,
    /// The signature does not hold.
    #[error("the signature on the request does not hold: it was changed on its way")]
    Signature,
}

/// The form in which a request travels.
#[derive(Serialize, Deserialize)]
struct Written {
    request: Asked,
    signature: String,
}

impl MemberRequest {
    /// Signs a request with the key that it names.
    ///
    /// # Errors
    /// If a field is too long, or the key is another.
    pub fn sign(asked: Asked, key: &SecretKey) -> Result<Self, RequestFault> {
        let signature = key.sign(&message(&asked));
        Self::check(asked, signature)
    }

    /// Reads and checks a request.
    ///
    /// # Errors
    /// The first thing found wrong.
    pub fn read(value: &serde_json::Value) -> Result<Self, RequestFault> {
        let written = Written::deserialize(value).map_err(|e| RequestFault::Form(e.to_string()))?;
        let bytes = data_encoding::HEXLOWER.decode(written.signature.as_bytes()).unwrap_or_default();
        let bytes: [u8; SIGNATURE_BYTES] = bytes.try_into().map_err(|_| RequestFault::Signature)?;
        Self::check(written.request, Signature::from_bytes(bytes))
    }

    /// The request as it travels.
    pub fn to_json(&self) -> serde_json::Value {
        let signature = data_encoding::HEXLOWER.encode(self.signature.as_bytes());
        serde_json::json!({ "request": self.asked, "signature": signature })
    }

    /// What is asked.
    pub const fn asked(&self) -> &Asked {
        &self.asked
    }

    fn check(asked: Asked, signature: Signature) -> Result<Self, RequestFault> {
        let long = |text: &String, limit: usize| text.is_empty() || text.chars().count() > limit;
        let addresses = &asked.addresses;
        if long(&asked.name, MAX_NAME_CHARS)
            || addresses.len() > MAX_REQUEST_ADDRESSES
            || addresses.iter().any(|a| long(a, MAX_ADDRESS_CHARS))
        {
            return Err(RequestFault::Size);
        }
        PublicKey::check(&asked.key).map_err(|_| RequestFault::Key)?;
        if !signature_holds(&asked.key, &message(&asked), &signature) {
            return Err(RequestFault::Signature);
        }
        Ok(Self { asked, signature })
    }
}

/// What is signed: every field with its length before it, so that no two requests are written alike.
fn message(asked: &Asked) -> Vec<u8> {
    let mut bytes = TAG_REQUEST.to_vec();
    let mut add = |part: &[u8]| {
        bytes.extend_from_slice(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        bytes.extend_from_slice(part);
    };
    add(asked.federation.as_bytes());
    add(asked.org.to_string().as_bytes());
    add(asked.name.as_bytes());
    add(asked.number.map_or_else(String::new, |n| n.to_string()).as_bytes());
    add(asked.key.as_bytes());
    for address in &asked.addresses {
        add(address.as_bytes());
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(key: &SecretKey) -> Asked {
        Asked {
            federation: FederationId::from_bytes([1; 32]),
            org: "961381541".parse().expect("an organisation number"),
            name: "Gran".to_owned(),
            number: "3446".parse().ok(),
            key: key.log_key(),
            addresses: vec!["/ip4/127.0.0.1/tcp/1".to_owned()],
        }
    }

    #[test]
    fn a_request_comes_back_and_a_changed_one_does_not() {
        let key = SecretKey::from_seed(&[3; 32]);
        let request = MemberRequest::sign(asked(&key), &key).expect("a request");
        let written = request.to_json();
        assert_eq!(MemberRequest::read(&written), Ok(request));
        for (field, value) in [("org", "971032146"), ("name", "Grån"), ("number", "3445")] {
            let mut changed = written.clone();
            changed["request"][field] = value.into();
            assert_eq!(MemberRequest::read(&changed), Err(RequestFault::Signature), "{field}");
        }
        for (field, value) in [("org", "1"), ("later", "x")] {
            let mut changed = written.clone();
            changed["request"][field] = value.into();
            assert!(matches!(MemberRequest::read(&changed), Err(RequestFault::Form(_))), "{field}");
        }
        let other = SecretKey::from_seed(&[4; 32]);
        assert_eq!(MemberRequest::sign(asked(&key), &other), Err(RequestFault::Signature));
    }
}
