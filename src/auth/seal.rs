//! Keeps texts secret from whoever reads the database: AES-256-GCM with keys from the configuration.
//!
//! The place of a text is bound to it, so that one row's secret cannot be passed off as another's. Names are made with the key too: who
//! has a token cannot find out from the table whether it is there.

use std::sync::OnceLock;

use mistral_model::Id;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hmac;
use ring::rand::{SecureRandom, SystemRandom};

/// Bytes of a key.
pub const KEY_LEN: usize = 32;

/// A key that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    #[error("a key must be 32 bytes in Base64, as `openssl rand -base64 32` prints them")]
    Malformed,
    #[error("no key")]
    None,
    #[error("the system has no random numbers")]
    NoRandom,
}

/// Closes and opens texts.
pub struct Seal {
    /// The first closes, all open.
    keys: Vec<LessSafeKey>,
    names: hmac::Key,
    random: SystemRandom,
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Seal({} keys)", self.keys.len())
    }
}

impl Seal {
    /// With keys in Base64, separated by commas: the first closes, all open, so that keys can be changed.
    ///
    /// # Errors
    /// No key, or one that is none.
    pub fn from_text(text: &str) -> Result<Seal, KeyError> {
        use base64::Engine as _;
        let keys = text.split(',').map(str::trim).filter(|key| !key.is_empty()).map(|key| {
            let bytes = base64::engine::general_purpose::STANDARD.decode(key);
            let bytes = bytes.or_else(|_| base64::engine::general_purpose::URL_SAFE.decode(key));
            bytes.ok()?.try_into().ok()
        });
        let keys: Option<Vec<[u8; KEY_LEN]>> = keys.collect();
        Seal::new(&keys.ok_or(KeyError::Malformed)?)
    }

    /// With the key of this process, which nobody else has, and which is gone with it.
    ///
    /// # Errors
    /// [`KeyError::NoRandom`].
    pub fn ephemeral() -> Result<Seal, KeyError> {
        static OWN: OnceLock<Option<[u8; KEY_LEN]>> = OnceLock::new();
        let own = OWN.get_or_init(|| {
            let mut key = [0; KEY_LEN];
            SystemRandom::new().fill(&mut key).ok().map(|()| key)
        });
        Seal::new(&[own.ok_or(KeyError::NoRandom)?])
    }

    fn new(keys: &[[u8; KEY_LEN]]) -> Result<Seal, KeyError> {
        let first = keys.first().ok_or(KeyError::None)?;
        // A key of its own for names, which follows from the first.
        let derived = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, first), b"names of security contexts");
        let open = |key: &[u8; KEY_LEN]| UnboundKey::new(&AES_256_GCM, key).map(LessSafeKey::new);
        let keys: Result<Vec<_>, _> = keys.iter().map(open).collect();
        Ok(Seal {
            keys: keys.map_err(|_| KeyError::Malformed)?,
            names: hmac::Key::new(hmac::HMAC_SHA256, derived.as_ref()),
            random: SystemRandom::new(),
        })
    }

    /// A name for a text: the same for the same text, and nothing to whoever has no key.
    pub fn name(&self, text: &[u8]) -> Id {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hmac::sign(&self.names, text).as_ref()[..16]);
        Id(u128::from_be_bytes(bytes))
    }

    /// Closes a text that is kept under `name`. `None`: the system has no random numbers.
    pub fn close(&self, name: Id, text: &[u8]) -> Option<Vec<u8>> {
        let mut nonce = [0; NONCE_LEN];
        self.random.fill(&mut nonce).ok()?;
        let mut sealed = text.to_vec();
        let place = Aad::from(name.0.to_be_bytes());
        let key = self.keys.first()?;
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), place, &mut sealed)
            .ok()?;
        Some([nonce.as_slice(), &sealed].concat())
    }

    /// The text that was closed under this name with one of the keys.
    pub fn open(&self, name: Id, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_LEN>()?;
        self.keys.iter().find_map(|key| {
            let mut text = sealed.to_vec();
            let place = Aad::from(name.0.to_be_bytes());
            let length = key
                .open_in_place(Nonce::assume_unique_for_key(*nonce), place, &mut text)
                .ok()?
                .len();
            text.truncate(length);
            Some(text)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    const B: &str = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

    #[test]
    fn only_the_key_opens_and_only_at_its_place() {
        let a = Seal::from_text(A).unwrap();
        let sealed = a.close(Id(1), b"s3cret").unwrap();
        assert!(!sealed.windows(6).any(|part| part == b"s3cret"));
        assert_eq!(a.open(Id(1), &sealed).as_deref(), Some(&b"s3cret"[..]));
        assert_ne!(a.close(Id(1), b"s3cret").unwrap(), sealed, "no two are alike");
        assert_eq!(a.open(Id(2), &sealed), None);
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(a.open(Id(1), &changed), None);
        }
        assert_eq!(a.open(Id(1), b"short"), None);
        assert_eq!(Seal::from_text(B).unwrap().open(Id(1), &sealed), None);
        let own = Seal::ephemeral().unwrap();
        assert_eq!(own.open(Id(1), &sealed), None);
        let sealed = own.close(Id(1), b"s3cret").unwrap();
        assert!(
            Seal::ephemeral().unwrap().open(Id(1), &sealed).is_some(),
            "one for the process"
        );
    }

    #[test]
    fn keys_can_be_changed() {
        let sealed = Seal::from_text(A).unwrap().close(Id(1), b"text").unwrap();
        let both = Seal::from_text(&format!("{B}, {A}")).unwrap();
        assert_eq!(both.open(Id(1), &sealed).as_deref(), Some(&b"text"[..]));
        let newer = both.close(Id(1), b"text").unwrap();
        assert_eq!(
            Seal::from_text(B).unwrap().open(Id(1), &newer).as_deref(),
            Some(&b"text"[..])
        );
    }

    #[test]
    fn names_need_the_key() {
        let (a, b) = (Seal::from_text(A).unwrap(), Seal::from_text(B).unwrap());
        assert_eq!(a.name(b"t"), a.name(b"t"));
        assert_ne!(a.name(b"t"), a.name(b"u"));
        assert_ne!(a.name(b"t"), b.name(b"t"));
    }

    #[test]
    fn wrong_keys() {
        for text in ["", " , "] {
            assert_eq!(Seal::from_text(text).unwrap_err(), KeyError::None);
        }
        for text in ["short", "AAAA", &A[1..]] {
            assert_eq!(Seal::from_text(text).unwrap_err(), KeyError::Malformed, "{text}");
        }
    }
}
