//! Proofs and seals of a connection, by `ring`.

use std::io;

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hmac;
use ring::rand::{SecureRandom, SystemRandom};

/// What the opening end proves, and seals with.
pub(super) const OPENS: &[u8] = b"opens";
/// What the accepting end does.
pub(super) const ACCEPTS: &[u8] = b"accepts";

/// Bytes that nobody has said before.
pub(super) fn random() -> io::Result<[u8; 32]> {
    let mut bytes = [0; 32];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| io::Error::other("no randomness"))?;
    Ok(bytes)
}

/// What both ends have said in the open: random parts of both, and who they are.
#[derive(Default)]
pub(super) struct Transcript(Vec<u8>);

impl Transcript {
    pub(super) fn say(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }
}

/// The secret of a cluster.
#[derive(Clone)]
pub(super) struct Secret(hmac::Key);

impl Secret {
    pub(super) fn new(secret: &[u8]) -> Secret {
        Secret(hmac::Key::new(hmac::HMAC_SHA256, secret))
    }

    fn tag(&self, purpose: &[u8], transcript: &Transcript, end: &[u8]) -> hmac::Tag {
        let mut context = hmac::Context::with_key(&self.0);
        for part in [purpose, b":", end, b":", &transcript.0] {
            context.update(part);
        }
        context.sign()
    }

    /// That this end knows the secret.
    pub(super) fn proof(&self, transcript: &Transcript, end: &[u8]) -> [u8; 32] {
        let mut proof = [0; 32];
        proof.copy_from_slice(self.tag(b"proof", transcript, end).as_ref());
        proof
    }

    /// Compared in constant time.
    pub(super) fn has_proven(&self, transcript: &Transcript, end: &[u8], proof: &[u8]) -> bool {
        let said = [b"proof", b":".as_slice(), end, b":", &transcript.0].concat();
        hmac::verify(&self.0, &said, proof).is_ok()
    }

    fn key(&self, transcript: &Transcript, end: &[u8]) -> io::Result<LessSafeKey> {
        let key = UnboundKey::new(&AES_256_GCM, self.tag(b"seal", transcript, end).as_ref());
        key.map(LessSafeKey::new).map_err(|_| io::Error::other("no key"))
    }

    /// Seals what this end says.
    pub(super) fn sealing(&self, transcript: &Transcript, end: &[u8]) -> io::Result<Sealing> {
        Ok(Sealing(self.key(transcript, end)?, Counter(0)))
    }

    /// Opens what the other end says.
    pub(super) fn opening(&self, transcript: &Transcript, end: &[u8]) -> io::Result<Opening> {
        Ok(Opening(self.key(transcript, end)?, Counter(0)))
    }
}

/// Records of one direction have the numbers 0, 1, …: none can be left out, moved or repeated.
struct Counter(u64);

impl Counter {
    fn next(&mut self) -> Nonce {
        let mut nonce = [0; NONCE_LEN];
        nonce[NONCE_LEN - 8..].copy_from_slice(&self.0.to_be_bytes());
        self.0 += 1;
        Nonce::assume_unique_for_key(nonce)
    }
}

pub(super) struct Sealing(LessSafeKey, Counter);

impl Sealing {
    /// In place; the seal is appended.
    pub(super) fn seal(&mut self, record: &mut Vec<u8>) -> io::Result<()> {
        let sealed = self.0.seal_in_place_append_tag(self.1.next(), Aad::empty(), record);
        sealed.map_err(|_| io::Error::other("a record cannot be sealed"))
    }
}

pub(super) struct Opening(LessSafeKey, Counter);

impl Opening {
    pub(super) fn open<'a>(&mut self, record: &'a mut [u8]) -> io::Result<&'a [u8]> {
        match self.0.open_in_place(self.1.next(), Aad::empty(), record) {
            Ok(plain) => Ok(plain),
            Err(_) => Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a record is not what was sent",
            )),
        }
    }
}
