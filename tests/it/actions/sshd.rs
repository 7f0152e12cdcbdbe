//! OpenSSH's server on loopback, for one test each. The user of the tests logs in with a key that is made here.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use russh::keys::ssh_key::LineEnding;
use russh::keys::{Algorithm, PrivateKey, key::safe_rng};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

/// A running server; it ends with the test.
pub(super) struct Server {
    pub port: u16,
    directory: TempDir,
    process: Child,
}

impl Server {
    /// Starts it, if it is installed: continuous integration sees to that (`.ci/needs`).
    pub(super) async fn start(settings: &str) -> Option<Server> {
        let program = ["/usr/sbin/sshd", "/usr/local/sbin/sshd"]
            .into_iter()
            .find(|path| Path::new(path).exists());
        let Some(program) = program else {
            eprintln!("no sshd here: not tested");
            return None;
        };
        let directory = tempfile::tempdir().expect("a directory");
        let path = |name: &str| directory.path().join(name);
        let key = new_key();
        write_key(&path("host"), &new_key());
        write_key(&path("id"), &key);
        let public = key.public_key().to_openssh().expect("a public key");
        std::fs::write(path("authorized"), public).expect("written");
        let port = free_port();
        let config = format!(
            "ListenAddress 127.0.0.1\nPort {port}\nHostKey {}\nAuthorizedKeysFile {}\nStrictModes no\nUsePAM no\n\
             PidFile none\nPermitRootLogin yes\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n{settings}\n",
            path("host").display(),
            path("authorized").display()
        );
        std::fs::write(path("config"), config).expect("written");
        // The separated process of some versions wants this directory to exist.
        let _ = std::fs::create_dir_all("/run/sshd");
        let process = Command::new(program)
            .args(["-D", "-e", "-f"])
            .arg(path("config"))
            .kill_on_drop(true)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("sshd starts");
        let mut server = Server {
            port,
            directory,
            process,
        };
        for _ in 0..200 {
            if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return Some(server);
            }
            assert!(server.process.try_wait().expect("a status").is_none(), "sshd has ended");
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("sshd does not listen");
    }

    /// A file of the server's directory, where the key `id` is.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    pub(super) fn directory(&self) -> PathBuf {
        self.directory.path().to_owned()
    }

    /// The line of a `known_hosts` file for this server.
    pub(super) fn known_hosts_line(&self) -> String {
        let key = PrivateKey::read_openssh_file(self.path("host")).expect("a key");
        let public = key.public_key().to_openssh().expect("a public key");
        format!("[127.0.0.1]:{} {public}\n", self.port)
    }
}

pub(super) fn new_key() -> PrivateKey {
    PrivateKey::random(&mut safe_rng(), Algorithm::Ed25519).expect("a key")
}

fn write_key(path: &Path, key: &PrivateKey) {
    let text = key.to_openssh(LineEnding::LF).expect("a private key");
    std::fs::write(path, text.as_str()).expect("written");
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).expect("allowed");
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}

/// The name of the user who runs the tests.
pub(super) fn user() -> String {
    let user = nix::unistd::User::from_uid(nix::unistd::getuid()).expect("readable");
    user.expect("a known user").name
}
