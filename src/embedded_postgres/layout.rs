//! Directories, owners and the lock of a private cluster.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nix::errno::Errno;
use nix::fcntl::{Flock, FlockArg};
use nix::unistd::{Gid, Uid, User};
use sha2::{Digest, Sha256};

use super::binaries::Binaries;
use super::settings;
use super::{Error, io};

/// Longest path of a Unix socket that all systems take (`sun_path` has 104 to 108 bytes, with a zero at the end).
const MAX_SOCKET_PATH: usize = 103;

/// Users that PostgreSQL runs as under root, best first.
const USERS: [&str; 2] = ["mistral", "postgres"];

/// Where data goes when nothing else is said: `/var/lib/mistral` for root (whose home others may not enter), else
/// `$XDG_DATA_HOME/mistral` or `~/.local/share/mistral`, else `mistral-data` in the working directory.
pub fn default_data_dir() -> PathBuf {
    if nix::unistd::geteuid().is_root() {
        return PathBuf::from("/var/lib/mistral");
    }
    let variable = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    variable("XDG_DATA_HOME")
        .filter(|path| path.is_absolute())
        .or_else(|| variable("HOME").map(|home| home.join(".local/share")))
        .map_or_else(|| PathBuf::from("mistral-data"), |base| base.join("mistral"))
}

/// The user PostgreSQL runs as when the server is root's.
#[derive(Clone, Debug)]
pub(crate) struct Owner {
    pub name: String,
    pub uid: u32,
    pub gid: u32,
}

/// The lock on a data directory; released when dropped.
pub(crate) struct Lock(#[expect(dead_code, reason = "held, never read")] Flock<File>);

/// Where everything is. All paths are absolute.
#[derive(Debug)]
pub(crate) struct Layout {
    pub data_dir: PathBuf,
    pub pgdata: PathBuf,
    pub socket_dir: PathBuf,
    /// `None`: PostgreSQL runs as the user of this process.
    pub owner: Option<Owner>,
}

impl Layout {
    /// Creates the data directory unless it exists.
    pub(crate) fn prepare(data_dir: &Path) -> Result<Layout, Error> {
        fs::create_dir_all(data_dir).map_err(io("cannot create the data directory", data_dir))?;
        let data_dir = data_dir
            .canonicalize()
            .map_err(io("cannot open the data directory", data_dir))?;
        Ok(Layout {
            pgdata: data_dir.join("postgres"),
            socket_dir: data_dir.join("run"),
            data_dir,
            owner: None,
        })
    }

    /// Locks the data directory for this process.
    ///
    /// # Errors
    /// [`Error::Busy`] when another process has it.
    pub(crate) fn lock(&self) -> Result<Lock, Error> {
        let path = self.data_dir.join("lock");
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o644)
            .open(&path)
            .map_err(io("cannot open", &path))?;
        match Flock::lock(file, FlockArg::LockExclusiveNonblock) {
            Ok(mut lock) => {
                let written = lock
                    .set_len(0)
                    .and_then(|()| lock.rewind())
                    .and_then(|()| lock.write_all(format!("{}\n", std::process::id()).as_bytes()));
                written.map_err(io("cannot write", &path))?;
                Ok(Lock(lock))
            }
            Err((mut file, Errno::EWOULDBLOCK)) => {
                let mut text = String::new();
                let pid = file
                    .read_to_string(&mut text)
                    .ok()
                    .map(|_| text.trim().to_owned())
                    .filter(|t| !t.is_empty());
                Err(Error::Busy {
                    data_dir: self.data_dir.clone(),
                    pid,
                })
            }
            Err((_, errno)) => Err(io("cannot lock", &path)(errno.into())),
        }
    }

    /// The version that wrote the data; `None` when there is none yet.
    pub(crate) fn data_version(&self) -> Result<Option<String>, Error> {
        let path = self.pgdata.join("PG_VERSION");
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text.trim().to_owned())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(io("cannot read", &path)(error)),
        }
    }

    /// Decides who PostgreSQL runs as, and makes the directories that this user needs.
    pub(crate) fn adopt(&mut self, user: Option<&str>) -> Result<(), Error> {
        if nix::unistd::geteuid().is_root() {
            let owner = find_owner(user)?;
            // The directory above is root's: it must let the user through, and needs nothing more.
            let mode = fs::metadata(&self.data_dir)
                .map_err(io("cannot open", &self.data_dir))?
                .mode();
            if mode & 0o011 != 0o011 {
                fs::set_permissions(&self.data_dir, Permissions::from_mode(mode & 0o7777 | 0o011))
                    .map_err(io("cannot set the mode of", &self.data_dir))?;
            }
            if let Some(directory) = self
                .data_dir
                .ancestors()
                .find(|directory| !may_enter(&owner, directory))
            {
                return Err(Error::Unreachable {
                    user: owner.name,
                    directory: directory.to_owned(),
                });
            }
            self.owner = Some(owner);
        } else if let Some(user) = user {
            tracing::debug!(user, "[embedded] user has no effect: this process is not root's");
        }
        self.socket_dir = self.choose_socket_dir();
        private_directory(&self.socket_dir, self.owner.as_ref())
    }

    fn choose_socket_dir(&self) -> PathBuf {
        let fits = |directory: &Path| {
            directory.join(format!(".s.PGSQL.{}", settings::PORT)).as_os_str().len() <= MAX_SOCKET_PATH
        };
        let inside = self.data_dir.join("run");
        if fits(&inside) {
            return inside;
        }
        let digest = Sha256::digest(self.data_dir.as_os_str().as_encoded_bytes());
        let name = format!("mistral-{}", hex::encode(&digest[..8]));
        let runtime = if self.owner.is_some() {
            Some(PathBuf::from("/run"))
        } else {
            std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from)
        };
        let places = runtime.into_iter().chain([std::env::temp_dir(), PathBuf::from("/tmp")]);
        let found = places
            .filter(|place| place.is_dir())
            .map(|place| place.join(&name))
            .find(|path| fits(path));
        found.unwrap_or(inside)
    }

    /// Makes a new cluster. It appears under its name when it is complete: a half-made one is made anew.
    pub(crate) fn initialize(&self, binaries: &Binaries, durable: bool) -> Result<(), Error> {
        tracing::info!(data_dir = %self.pgdata.display(), version = binaries.version, "creating a private PostgreSQL cluster");
        let new = self.data_dir.join("postgres.new");
        if new.exists() {
            fs::remove_dir_all(&new).map_err(io("cannot remove", &new))?;
        }
        private_directory(&new, self.owner.as_ref())?;
        let mut command = Command::new(binaries.initdb());
        command.arg("--pgdata").arg(&new).args([
            "--username",
            super::NAME,
            "--encoding=UTF8",
            "--locale=C",
            "--auth-local=trust",
            "--auth-host=reject",
        ]);
        if !durable {
            command.arg("--no-sync");
        }
        clean(&mut command, self.owner.as_ref().map(|owner| (owner.uid, owner.gid)));
        let output = command.current_dir(&new).stdin(Stdio::null()).output();
        let output = output.map_err(io("cannot run", &binaries.initdb()))?;
        if !output.status.success() {
            let text = [output.stdout, output.stderr]
                .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
                .concat();
            return Err(Error::Initdb(text.trim().to_owned()));
        }
        let conf = new.join("postgresql.conf");
        let included = OpenOptions::new()
            .append(true)
            .open(&conf)
            .and_then(|mut file| file.write_all(format!("\ninclude_if_exists = '{}'\n", settings::FILE).as_bytes()));
        included.map_err(io("cannot write", &conf))?;
        // Only an empty or broken directory can be in the way: one with data has a version.
        if self.pgdata.exists() {
            fs::remove_dir(&self.pgdata).map_err(io("cannot replace", &self.pgdata))?;
        }
        fs::rename(&new, &self.pgdata).map_err(io("cannot create", &self.pgdata))?;
        if durable {
            File::open(&self.data_dir)
                .and_then(|dir| dir.sync_all())
                .map_err(io("cannot flush", &self.data_dir))?;
        }
        Ok(())
    }

    /// Writes a file into PostgreSQL's data directory, by rename: never half, and never through a link.
    pub(crate) fn write(&self, name: &str, text: &str) -> Result<(), Error> {
        let temporary = self.pgdata.join(format!("{name}.{}", std::process::id()));
        match fs::remove_file(&temporary) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(io("cannot remove", &temporary)(error));
            }
            _ => {}
        }
        let written = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&temporary)
            .and_then(|mut file| {
                if let Some(owner) = &self.owner {
                    std::os::unix::fs::fchown(&file, Some(owner.uid), Some(owner.gid))?;
                }
                file.write_all(text.as_bytes())?;
                file.sync_all()
            });
        written.map_err(io("cannot write", &temporary))?;
        fs::rename(&temporary, self.pgdata.join(name)).map_err(io("cannot write", &temporary))
    }
}

/// Drops what the environment could change in a PostgreSQL program, and root.
pub(crate) fn clean(command: &mut Command, owner: Option<(u32, u32)>) {
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if name.starts_with("PG") || name.starts_with("LC_") || name == "LANG" {
            command.env_remove(name);
        }
    }
    command.env("LC_ALL", "C").env("TZ", "UTC");
    if let Some((uid, gid)) = owner {
        command.uid(uid).gid(gid);
    }
    // Ctrl-C in a terminal goes to the server alone, which then stops PostgreSQL when it is done with it.
    command.process_group(0);
}

fn find_owner(user: Option<&str>) -> Result<Owner, Error> {
    let names: Vec<&str> = user.map_or_else(|| USERS.to_vec(), |user| vec![user]);
    let found = names
        .iter()
        .find_map(|name| User::from_name(name).ok().flatten().filter(|user| !user.uid.is_root()));
    match found {
        Some(user) => Ok(Owner {
            name: user.name,
            uid: user.uid.as_raw(),
            gid: user.gid.as_raw(),
        }),
        None => Err(Error::NoUser {
            wanted: names.join(" or "),
        }),
    }
}

/// Whether the mode of a directory lets the user through.
fn may_enter(owner: &Owner, directory: &Path) -> bool {
    let Ok(metadata) = fs::metadata(directory) else {
        return false;
    };
    let bit = if metadata.uid() == owner.uid {
        0o100
    } else if metadata.gid() == owner.gid {
        0o010
    } else {
        0o001
    };
    metadata.mode() & bit != 0
}

/// Makes a directory that only the owner may enter, or checks that an existing one is such.
fn private_directory(path: &Path, owner: Option<&Owner>) -> Result<(), Error> {
    let user = owner.map_or_else(|| "of this process".to_owned(), |owner| owner.name.clone());
    match fs::DirBuilder::new().mode(0o700).create(path) {
        Ok(()) => {
            if let Some(owner) = owner {
                nix::unistd::chown(path, Some(Uid::from_raw(owner.uid)), Some(Gid::from_raw(owner.gid)))
                    .map_err(|errno| io("cannot set the owner of", path)(errno.into()))?;
            }
            Ok(())
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            let metadata = fs::symlink_metadata(path).map_err(io("cannot open", path))?;
            let uid = owner.map_or_else(|| nix::unistd::geteuid().as_raw(), |owner| owner.uid);
            let private = metadata.is_dir() && metadata.uid() == uid && metadata.mode() & 0o077 == 0;
            if private {
                Ok(())
            } else {
                Err(Error::Insecure {
                    user,
                    directory: path.to_owned(),
                })
            }
        }
        Err(error) => Err(io("cannot create", path)(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(data_dir: &str) -> Layout {
        let data_dir = PathBuf::from(data_dir);
        Layout {
            pgdata: data_dir.join("postgres"),
            socket_dir: PathBuf::new(),
            data_dir,
            owner: None,
        }
    }

    #[test]
    fn long_paths_get_a_socket_elsewhere() {
        assert_eq!(layout("/srv/m").choose_socket_dir(), PathBuf::from("/srv/m/run"));
        let long = layout(&format!("/{}", "x".repeat(90))).choose_socket_dir();
        assert!(long.as_os_str().len() < 90 && long.file_name().unwrap().to_string_lossy().starts_with("mistral-"));
        assert_eq!(long, layout(&format!("/{}", "x".repeat(90))).choose_socket_dir());
        assert_ne!(long, layout(&format!("/{}", "y".repeat(90))).choose_socket_dir());
    }

    #[test]
    fn one_server_per_directory() {
        let root = tempfile::tempdir().unwrap();
        let layout = Layout::prepare(&root.path().join("a/b")).unwrap();
        let lock = layout.lock().unwrap();
        let error = layout.lock().err().unwrap().to_string();
        assert!(
            error.contains(&format!("in use by another server (process {})", std::process::id())),
            "{error}"
        );
        drop(lock);
        assert!(layout.lock().is_ok());
    }

    #[test]
    fn directories_of_others_are_refused() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("run");
        private_directory(&path, None).unwrap();
        private_directory(&path, None).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
        assert!(matches!(private_directory(&path, None), Err(Error::Insecure { .. })));
        let link = root.path().join("link");
        std::os::unix::fs::symlink(root.path(), &link).unwrap();
        assert!(matches!(private_directory(&link, None), Err(Error::Insecure { .. })));
    }

    #[test]
    fn modes_decide_who_may_enter() {
        let root = tempfile::tempdir().unwrap();
        let somebody = Owner {
            name: "x".to_owned(),
            uid: 4_000_000,
            gid: 4_000_000,
        };
        fs::set_permissions(root.path(), Permissions::from_mode(0o700)).unwrap();
        assert!(!may_enter(&somebody, root.path()));
        fs::set_permissions(root.path(), Permissions::from_mode(0o711)).unwrap();
        assert!(may_enter(&somebody, root.path()));
    }
}
