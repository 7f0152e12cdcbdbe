//! Private keys, from the input or from a file of the executor.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use russh::keys::PrivateKey;
use russh::keys::ssh_key::Kdf;

use super::Options;
use crate::files;

/// Larger than any key.
const LARGEST_KEY: u64 = 64 * 1024;
/// Rounds of a passphrase's hash; OpenSSH writes 16 to 24, and each takes some milliseconds.
const MOST_ROUNDS: u32 = 2_000;

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    #[error("Private key filename must not contain '..'. Actual: {0}")]
    Escapes(String),
    #[error("private key {0} is outside of the key directory")]
    Outside(String),
    #[error("cannot read private key {0}")]
    Unreadable(String),
    #[error("cannot use the private key: {0}")]
    Unusable(String),
}

/// The key to use, if any: the one in the input wins over the file.
pub(super) async fn load(
    inline: Option<String>,
    filename: Option<String>,
    passphrase: Option<String>,
    options: &Options,
) -> Result<Option<Arc<PrivateKey>>, Error> {
    let path = filename.as_deref().map(|name| path_of(name, options)).transpose()?;
    if inline.is_none() && path.is_none() {
        return Ok(None);
    }
    let directory = (!options.any_key_path).then(|| options.key_directory.clone());
    // Files, and passphrases that are hashed slowly on purpose.
    let loading = move || {
        let text = match (inline, path) {
            (Some(text), _) => text,
            (None, Some(path)) => read(&path, directory.as_deref())?,
            (None, None) => return Ok(None),
        };
        decode(&text, passphrase.as_deref()).map(|key| Some(Arc::new(key)))
    };
    match files::aside(options.connect_timeout, loading).await {
        Some(loaded) => loaded,
        None => Err(Error::Unusable("it could not be read in time".into())),
    }
}

fn path_of(name: &str, options: &Options) -> Result<PathBuf, Error> {
    if name.contains("../") || name.contains("..\\") || Path::new(name).ends_with("..") {
        return Err(Error::Escapes(name.to_owned()));
    }
    Ok(options.key_directory.join(name))
}

/// Reads a file; with `directory`, only if it lies inside, wherever links lead.
fn read(path: &Path, directory: Option<&Path>) -> Result<String, Error> {
    let unreadable = || Error::Unreadable(path.display().to_string());
    let real = path.canonicalize().map_err(|_| unreadable())?;
    if let Some(directory) = directory {
        let directory = directory.canonicalize().map_err(|_| unreadable())?;
        if !real.starts_with(&directory) {
            return Err(Error::Outside(path.display().to_string()));
        }
    }
    let text = files::read(&real, LARGEST_KEY).ok_or_else(unreadable)?;
    String::from_utf8(text).map_err(|_| unreadable())
}

fn decode(text: &str, passphrase: Option<&str>) -> Result<PrivateKey, Error> {
    // Texts that went through a template often lose their last line break or gain blanks.
    let text = format!("{}\n", text.trim());
    if let Ok(key) = PrivateKey::from_openssh(&text)
        && let Kdf::Bcrypt { rounds, .. } = key.kdf()
        && *rounds > MOST_ROUNDS
    {
        return Err(Error::Unusable(format!(
            "its passphrase takes more than {MOST_ROUNDS} rounds"
        )));
    }
    let unusable = |e: russh::keys::Error| Error::Unusable(e.to_string());
    match russh::keys::decode_secret_key(&text, None) {
        Ok(key) if !key.is_encrypted() => Ok(key),
        plain => match passphrase {
            Some(passphrase) => russh::keys::decode_secret_key(&text, Some(passphrase)).map_err(unusable),
            None => plain.map_err(unusable),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_do_not_escape() {
        let options = Options {
            key_directory: "/keys".into(),
            ..Options::default()
        };
        for name in ["../etc/shadow", "a/../../b", "..\\x", "..", "a/.."] {
            assert!(matches!(path_of(name, &options), Err(Error::Escapes(_))), "{name}");
        }
        assert_eq!(path_of("a..b", &options).unwrap(), Path::new("/keys/a..b"));
    }

    #[test]
    fn files_outside_of_the_directory_are_not_read() {
        let root = tempfile::tempdir().unwrap();
        let keys = root.path().join("keys");
        std::fs::create_dir(&keys).unwrap();
        std::fs::write(root.path().join("secret"), "s").unwrap();
        std::fs::write(keys.join("good"), "g").unwrap();
        std::os::unix::fs::symlink(root.path().join("secret"), keys.join("link")).unwrap();
        std::fs::write(keys.join("large"), vec![b'x'; 100_000]).unwrap();
        assert_eq!(read(&keys.join("good"), Some(&keys)).unwrap(), "g");
        assert!(matches!(read(&keys.join("link"), Some(&keys)), Err(Error::Outside(_))));
        assert!(matches!(
            read(&root.path().join("secret"), Some(&keys)),
            Err(Error::Outside(_))
        ));
        assert_eq!(read(&root.path().join("secret"), None).unwrap(), "s");
        for name in ["large", "missing", ""] {
            assert!(
                matches!(read(&keys.join(name), Some(&keys)), Err(Error::Unreadable(_))),
                "{name}"
            );
        }
    }

    #[test]
    fn nonsense_is_no_key() {
        for text in [
            "",
            "x",
            "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----",
        ] {
            assert!(
                decode(text, None).is_err() && decode(text, Some("p")).is_err(),
                "{text}"
            );
        }
    }
}
