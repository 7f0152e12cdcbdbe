//! Tokens in a file: for teams without an identity service.
//!
//! One JSON object a line, with the SHA-256 of the token and not the token itself. A slow hash (argon2) protects passwords, which
//! can be guessed; a token here is 256 random bits, which cannot be, and is checked with every request.

use std::collections::HashMap;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderMap;
use jiff::Timestamp;
use mistral_model::Str;
use parking_lot::{Mutex, RwLock};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::identity::{AdminRoles, Identity};
use super::{Authentication, Authenticator, Refusal, Sent, token_of};

/// What tokens begin with, so that they are recognised where they should not be (in a repository, in a log).
const PREFIX: &str = "mst_";

/// Time between looks at the file.
const INTERVAL: Duration = Duration::from_secs(1);

/// One token, as the file has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Hexadecimal SHA-256 of the token. Its first 12 digits are the token's id.
    pub sha256: String,
    pub project: String,
    pub user: String,
    #[serde(default)]
    pub roles: Vec<String>,
    #[serde(default, with = "text")]
    pub created_at: Option<Timestamp>,
    /// Unset: never.
    #[serde(default, with = "text")]
    pub expires_at: Option<Timestamp>,
}

/// Times as texts (RFC 3339).
mod text {
    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub(super) fn serialize<S: Serializer>(time: &Option<Timestamp>, out: S) -> Result<S::Ok, S::Error> {
        match time {
            Some(time) => out.collect_str(time),
            None => out.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Timestamp>, D::Error> {
        let text: Option<String> = Option::deserialize(from)?;
        text.map(|text| text.parse().map_err(de::Error::custom)).transpose()
    }
}

impl Entry {
    /// What people call it.
    pub fn id(&self) -> &str {
        self.sha256.get(..12).unwrap_or(&self.sha256)
    }
}

/// Why the file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{}: {source}", file.display())]
    File { file: PathBuf, source: std::io::Error },
    #[error("{}:{line}: {reason}", file.display())]
    Line { file: PathBuf, line: usize, reason: String },
    #[error("there is no token with the id {0}")]
    Unknown(String),
}

fn hash_of(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// The tokens in a file; none if it does not exist.
///
/// # Errors
/// A file that cannot be read, and lines that are no tokens.
pub fn read(file: &Path) -> Result<Vec<Entry>, Error> {
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => {
            let file = file.to_owned();
            return Err(Error::File { file, source });
        }
    };
    let lines = text.lines().enumerate();
    lines
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|(index, line)| {
            let refused = |reason: String| Error::Line {
                file: file.to_owned(),
                line: index + 1,
                reason,
            };
            let entry: Entry = serde_json::from_str(line).map_err(|error| refused(error.to_string()))?;
            match hex::decode(&entry.sha256) {
                Ok(bytes) if bytes.len() == 32 => Ok(entry),
                _ => Err(refused("sha256 is no hexadecimal SHA-256".to_owned())),
            }
        })
        .collect()
}

/// Writes the file as a whole: readers see the old one or the new one. Only its owner may read it.
fn write(file: &Path, entries: &[Entry]) -> Result<(), Error> {
    let failed = |source| Error::File {
        file: file.to_owned(),
        source,
    };
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let new = file.with_file_name(name);
    let written = (|| {
        let mut out = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&new)?;
        for entry in entries {
            writeln!(out, "{}", serde_json::to_string(entry)?)?;
        }
        out.sync_all()?;
        fs::rename(&new, file)
    })();
    if written.is_err() {
        // The error of the attempt itself is what counts.
        let _ = fs::remove_file(&new);
    }
    written.map_err(failed)
}

/// Adds a token and gives it: it is not kept anywhere.
///
/// # Errors
/// A file that cannot be read or written.
pub fn create(
    file: &Path,
    project: &str,
    user: &str,
    roles: &[String],
    expires_at: Option<SystemTime>,
) -> Result<(String, Entry), Error> {
    let token = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()));
    let entry = Entry {
        sha256: hex::encode(hash_of(&token)),
        project: project.to_owned(),
        user: user.to_owned(),
        roles: roles.to_vec(),
        created_at: Some(Timestamp::now()),
        // Later than any calendar: never.
        expires_at: expires_at.and_then(|end| Timestamp::try_from(end).ok()),
    };
    let mut entries = read(file)?;
    entries.push(entry.clone());
    write(file, &entries)?;
    Ok((token, entry))
}

/// Takes a token out of the file.
///
/// # Errors
/// No token with this id, or a file that cannot be read or written.
pub fn revoke(file: &Path, id: &str) -> Result<(), Error> {
    let mut entries = read(file)?;
    let before = entries.len();
    entries.retain(|entry| entry.id() != id);
    if entries.len() == before {
        return Err(Error::Unknown(id.to_owned()));
    }
    write(file, &entries)
}

/// Who has a token, and until when.
type Known = HashMap<[u8; 32], (Arc<Identity>, Option<Timestamp>)>;

/// What tells whether a file has changed.
type Version = Option<(SystemTime, u64)>;

/// Tells callers by the tokens of a file, which is read again when it changes.
pub struct TokenFile {
    file: PathBuf,
    admin_roles: AdminRoles,
    known: RwLock<Arc<Known>>,
    seen: Mutex<(Instant, Version)>,
}

impl TokenFile {
    /// # Errors
    /// A file that cannot be read, or with lines that are no tokens. One that does not exist holds no tokens.
    pub fn open(file: &Path, admin_roles: AdminRoles) -> Result<TokenFile, Error> {
        let version = version_of(file);
        let known = known(&read(file)?, &admin_roles);
        Ok(TokenFile {
            file: file.to_owned(),
            admin_roles,
            known: RwLock::new(Arc::new(known)),
            seen: Mutex::new((Instant::now(), version)),
        })
    }

    fn reload_if_changed(&self) {
        let Some(mut seen) = self.seen.try_lock() else { return };
        if seen.0.elapsed() < INTERVAL {
            return;
        }
        seen.0 = Instant::now();
        let version = version_of(&self.file);
        if version == seen.1 {
            return;
        }
        match read(&self.file) {
            Ok(entries) => {
                *self.known.write() = Arc::new(known(&entries, &self.admin_roles));
                tracing::info!(tokens = entries.len(), "the token file has changed");
            }
            Err(error) => {
                tracing::error!("the token file has changed but cannot be used; the old tokens stay: {error}")
            }
        }
        seen.1 = version;
    }

    fn find(&self, headers: &HeaderMap) -> Result<Arc<Identity>, Refusal> {
        let token = token_of(headers)?;
        self.reload_if_changed();
        let known = self.known.read().clone();
        let (identity, expires_at) = known.get(&hash_of(token)).ok_or_else(Refusal::invalid)?;
        if expires_at.is_some_and(|end| end <= Timestamp::now()) {
            return Err(Refusal::invalid());
        }
        Ok(identity.clone())
    }
}

fn version_of(file: &Path) -> Version {
    let metadata = fs::metadata(file).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

fn known(entries: &[Entry], admin_roles: &AdminRoles) -> Known {
    let identity = |entry: &Entry| {
        let roles: Vec<Str> = entry.roles.iter().map(|role| role.as_str().into()).collect();
        Identity {
            project_id: Some(entry.project.as_str().into()),
            project_name: Some(entry.project.as_str().into()),
            user_id: Some(entry.user.as_str().into()),
            user_name: Some(entry.user.as_str().into()),
            is_admin: admin_roles.include(&roles),
            roles,
            is_authenticated: true,
            ..Identity::default()
        }
    };
    entries
        .iter()
        .filter_map(|entry| {
            let hash = hex::decode(&entry.sha256).ok()?.try_into().ok()?;
            Some((hash, (Arc::new(identity(entry)), entry.expires_at)))
        })
        .collect()
}

impl Authenticator for TokenFile {
    fn authenticate<'a>(&'a self, sent: Sent<'a>) -> Authentication<'a> {
        Box::pin(std::future::ready(self.find(sent.headers)))
    }

    fn challenge(&self) -> Option<String> {
        Some("Bearer realm=\"mistral\"".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(token: &str) -> HeaderMap {
        HeaderMap::from_iter([(http::HeaderName::from_static("x-auth-token"), token.parse().unwrap())])
    }

    #[test]
    fn a_token_is_known_until_it_ends_or_is_revoked() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("tokens");
        let (token, entry) = create(&file, "p1", "u1", &["member".to_owned()], None).unwrap();
        let past = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        let (ended, _) = create(&file, "p1", "u1", &[], Some(past)).unwrap();
        let text = fs::read_to_string(&file).unwrap();
        assert!(!text.contains(&token) && text.lines().count() == 2);

        let tokens = TokenFile::open(&file, AdminRoles::default()).unwrap();
        let identity = tokens.find(&sent(&token)).unwrap();
        assert_eq!((identity.project_id.as_deref(), identity.is_admin), (Some("p1"), false));
        assert!(identity.is_authenticated && identity.token.is_none());
        assert_eq!(tokens.find(&sent(&ended)), Err(Refusal::invalid()));
        assert_eq!(tokens.find(&sent("mst_x")), Err(Refusal::invalid()));
        assert_eq!(tokens.find(&HeaderMap::new()), Err(Refusal::missing()));

        revoke(&file, entry.id()).unwrap();
        assert!(matches!(revoke(&file, entry.id()), Err(Error::Unknown(_))));
        tokens.seen.lock().0 -= INTERVAL;
        assert_eq!(tokens.find(&sent(&token)), Err(Refusal::invalid()));
    }

    #[test]
    fn what_is_no_token_is_said_with_its_line() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("tokens");
        fs::write(
            &file,
            "# ours\n\n{\"sha256\":\"00\",\"project\":\"p\",\"user\":\"u\"}\n",
        )
        .unwrap();
        assert!(read(&file).unwrap_err().to_string().contains("tokens:3: sha256"));
    }
}
