//! Finding PostgreSQL's programs, and installing them where that is possible.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{Error, Options};

/// Oldest major version that the schema works on.
pub const MIN_VERSION: u32 = 13;

/// Where versions of PostgreSQL are installed side by side; `*` stands for the version. Newest wins.
const VERSIONED: [&str; 9] = [
    "/usr/lib/postgresql/*/bin",          // Debian, Ubuntu
    "/usr/pgsql-*/bin",                   // packages of the PostgreSQL project on RHEL and its kin
    "/usr/lib64/postgresql-*/bin",        // Gentoo
    "/usr/lib/postgresql*/bin",           // SUSE
    "/usr/libexec/postgresql*",           // Alpine
    "/opt/homebrew/opt/postgresql@*/bin", // Homebrew, Apple silicon
    "/usr/local/opt/postgresql@*/bin",    // Homebrew, Intel
    "/Applications/Postgres.app/Contents/Versions/*/bin",
    "/opt/local/lib/postgresql*/bin", // MacPorts
];

/// Where there is one version.
const SINGLE: [&str; 5] = [
    "/usr/bin",
    "/usr/local/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/bin",
    "/usr/libexec/postgresql",
];

/// The programs of one installation.
#[derive(Clone, Debug)]
pub(crate) struct Binaries {
    pub bin_dir: PathBuf,
    /// Major version.
    pub version: u32,
}

impl Binaries {
    pub(crate) fn postgres(&self) -> PathBuf {
        self.bin_dir.join("postgres")
    }

    pub(crate) fn initdb(&self) -> PathBuf {
        self.bin_dir.join("initdb")
    }
}

/// Finds programs that can serve data of a version (`None`: new data), or installs the system's.
pub(crate) fn find(options: &Options, data_version: Option<&str>, pgdata: &Path) -> Result<Binaries, Error> {
    let mut found = installed(options.bin_dir.as_deref());
    if found.is_empty() && options.bin_dir.is_none() {
        let manager = Manager::of_this_system();
        match &manager {
            Some(manager) if manager.usable && options.install_packages => {
                manager.install()?;
                found = installed(None);
            }
            _ => {}
        }
        if found.is_empty() {
            return Err(Error::NoBinaries {
                looked:
                    "looked on PATH, in `pg_config --bindir`, /usr/lib/postgresql/*/bin and the places of other systems"
                        .to_owned(),
                command: manager.map_or_else(
                    || {
                        "with the package manager of this system, the package is called postgresql or postgresql-server"
                            .to_owned()
                    },
                    |manager| manager.command(),
                ),
            });
        }
    }
    if found.is_empty() {
        let looked = options
            .bin_dir
            .as_ref()
            .map(|dir| format!("no postgres and initdb in {}", dir.display()));
        return Err(Error::NoBinaries {
            looked: looked.unwrap_or_default(),
            command: Manager::of_this_system()
                .map(|manager| manager.command())
                .unwrap_or_default(),
        });
    }
    choose(found, data_version, pgdata)
}

/// The newest installation for new data; for existing data the one of its version.
fn choose(found: Vec<Binaries>, data_version: Option<&str>, pgdata: &Path) -> Result<Binaries, Error> {
    match data_version {
        Some(version) => {
            let versions: Vec<String> = found.iter().map(|binaries| binaries.version.to_string()).collect();
            found
                .into_iter()
                .find(|binaries| binaries.version.to_string() == version)
                .ok_or_else(|| Error::OtherVersion {
                    pgdata: pgdata.to_owned(),
                    data: version.to_owned(),
                    found: versions.join(", "),
                })
        }
        None => {
            // The first on PATH is what the user means, unless it is too old.
            let position = found.iter().position(|binaries| binaries.version >= MIN_VERSION);
            match (position, found.first()) {
                (Some(position), _) => Ok(found[position].clone()),
                (None, Some(first)) => Err(Error::TooOld {
                    bin_dir: first.bin_dir.clone(),
                    found: first.version,
                }),
                (None, None) => Err(Error::NoBinaries {
                    looked: String::new(),
                    command: String::new(),
                }),
            }
        }
    }
}

/// All installations, best first.
fn installed(bin_dir: Option<&Path>) -> Vec<Binaries> {
    let directories = match bin_dir {
        Some(directory) => vec![directory.to_owned()],
        None => {
            let mut list: Vec<PathBuf> = std::env::var_os("PATH")
                .map(|path| std::env::split_paths(&path).collect())
                .unwrap_or_default();
            list.extend(pg_config());
            for pattern in VERSIONED {
                list.extend(expand(pattern));
            }
            list.extend(SINGLE.map(PathBuf::from));
            list
        }
    };
    let mut found: Vec<Binaries> = Vec::new();
    for bin_dir in directories {
        if found.iter().any(|known| known.bin_dir == bin_dir) || !bin_dir.join("initdb").is_file() {
            continue;
        }
        if let Some(version) = version(&bin_dir.join("postgres")) {
            found.push(Binaries { bin_dir, version });
        }
    }
    found
}

fn pg_config() -> Option<PathBuf> {
    let output = Command::new("pg_config")
        .arg("--bindir")
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let path = text.trim();
    (output.status.success() && !path.is_empty()).then(|| PathBuf::from(path))
}

/// Directories that a pattern with one `*` in one component names, highest number first.
fn expand(pattern: &str) -> Vec<PathBuf> {
    let Some((before, after)) = pattern.split_once('*') else {
        return vec![PathBuf::from(pattern)];
    };
    let (parent, prefix) = before.rsplit_once('/').unwrap_or(("", before));
    let after = after.trim_start_matches('/');
    let Ok(entries) = std::fs::read_dir(if parent.is_empty() { "/" } else { parent }) else {
        return Vec::new();
    };
    let mut found: Vec<(Vec<u32>, PathBuf)> = entries
        .filter_map(|entry| {
            let name = entry.ok()?.file_name().into_string().ok()?;
            let version = name.strip_prefix(prefix)?;
            let numbers: Vec<u32> = version.split('.').map_while(|part| part.parse().ok()).collect();
            (!numbers.is_empty()).then(|| (numbers, Path::new(parent).join(&name).join(after)))
        })
        .collect();
    found.sort_by(|a, b| b.cmp(a));
    found.into_iter().map(|(_, path)| path).collect()
}

/// Major version of a `postgres` program; `None` when it does not run.
fn version(postgres: &Path) -> Option<u32> {
    let output = Command::new(postgres)
        .arg("--version")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    parse_version(&String::from_utf8(output.stdout).ok()?)
}

/// `postgres (PostgreSQL) 15.18 (Debian 15.18-1)`, `postgres (PostgreSQL) 18beta1`.
fn parse_version(text: &str) -> Option<u32> {
    let number = text.split_once("(PostgreSQL)")?.1.trim_start();
    let digits = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    number[..digits].parse().ok()
}

/// A package manager.
struct Manager {
    program: &'static str,
    /// Arguments that install PostgreSQL's server.
    arguments: &'static [&'static str],
    /// Whether it needs root.
    root: bool,
    /// Whether this process may use it on its own: it is root's, and the manager asks nothing.
    usable: bool,
}

impl Manager {
    /// The first one that exists here.
    fn of_this_system() -> Option<Manager> {
        let table: [(&str, &[&str], bool); 7] = [
            (
                "apt-get",
                &["install", "-y", "--no-install-recommends", "postgresql"],
                true,
            ),
            ("dnf", &["install", "-y", "postgresql-server"], true),
            ("zypper", &["--non-interactive", "install", "postgresql-server"], true),
            ("apk", &["add", "postgresql"], true),
            ("pacman", &["-S", "--noconfirm", "postgresql"], true),
            ("pkg", &["install", "-y", "postgresql16-server"], true),
            ("brew", &["install", "postgresql@16"], false),
        ];
        let path = std::env::var_os("PATH").unwrap_or_default();
        let exists = |program: &str| std::env::split_paths(&path).any(|directory| directory.join(program).is_file());
        let is_root = nix::unistd::geteuid().is_root();
        table
            .into_iter()
            .find(|(program, ..)| exists(program))
            .map(|(program, arguments, root)| Manager {
                program,
                arguments,
                root,
                usable: root && is_root,
            })
    }

    /// What the user would type.
    fn command(&self) -> String {
        let sudo = if self.root && !nix::unistd::geteuid().is_root() {
            "sudo "
        } else {
            ""
        };
        let update = if self.program == "apt-get" {
            format!("{sudo}apt-get update && ")
        } else {
            String::new()
        };
        format!("{update}{sudo}{} {}", self.program, self.arguments.join(" "))
    }

    fn install(&self) -> Result<(), Error> {
        tracing::warn!(
            command = self.command(),
            "the PostgreSQL server programs are missing; installing them, which takes half a minute or so"
        );
        if self.program == "apt-get" {
            // Debian's package makes and starts a cluster of its own unless it is told not to before it is installed.
            self.run(&["update"])?;
            self.run(&["install", "-y", "--no-install-recommends", "postgresql-common"])?;
            let directory = Path::new("/etc/postgresql-common/createcluster.d");
            let conf = Path::new("/etc/postgresql-common/createcluster.conf");
            keep_from_creating_a_cluster(conf, directory).map_err(super::io("cannot write", conf))?;
        }
        self.run(self.arguments)?;
        tracing::info!("the PostgreSQL server programs are installed");
        Ok(())
    }

    fn run(&self, arguments: &[&str]) -> Result<(), Error> {
        let command = format!("{} {}", self.program, arguments.join(" "));
        tracing::info!("{command}");
        let output = Command::new(self.program)
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdin(Stdio::null())
            .output()
            .map_err(|error| Error::Install {
                command: command.clone(),
                reason: error.to_string(),
            })?;
        if output.status.success() {
            return Ok(());
        }
        let text = [output.stdout, output.stderr]
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .concat();
        let lines: Vec<&str> = text.lines().collect();
        let reason = format!(
            "{}\n{}",
            output.status,
            lines[lines.len().saturating_sub(15)..].join("\n")
        );
        Err(Error::Install { command, reason })
    }
}

/// Sets `create_main_cluster = false` for the installation that follows.
fn keep_from_creating_a_cluster(conf: &Path, directory: &Path) -> std::io::Result<()> {
    let line = "create_main_cluster = false\n";
    if directory.is_dir() {
        return std::fs::write(directory.join("mistral.conf"), line);
    }
    let text = match std::fs::read_to_string(conf) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    let decided = text
        .lines()
        .any(|line| line.trim_start().starts_with("create_main_cluster"));
    if decided {
        Ok(())
    } else {
        std::fs::write(conf, format!("{}\n{line}", text.trim_end()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions() {
        assert_eq!(
            parse_version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"),
            Some(15)
        );
        assert_eq!(parse_version("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(parse_version("bash: postgres"), None);
    }

    #[test]
    fn newest_first() {
        let root = tempfile::tempdir().unwrap();
        for version in ["9.6", "15", "17", "common"] {
            std::fs::create_dir_all(root.path().join(version).join("bin")).unwrap();
        }
        let pattern = format!("{}/*/bin", root.path().display());
        let names: Vec<PathBuf> = expand(&pattern);
        assert_eq!(
            names,
            ["17", "15", "9.6"].map(|version| root.path().join(version).join("bin"))
        );
    }

    #[test]
    fn data_needs_programs_of_its_version() {
        let at = |version: u32| Binaries {
            bin_dir: PathBuf::from(format!("/{version}")),
            version,
        };
        let pgdata = Path::new("/data");
        assert_eq!(choose(vec![at(17), at(15)], Some("15"), pgdata).unwrap().version, 15);
        assert_eq!(choose(vec![at(9), at(15)], None, pgdata).unwrap().version, 15);
        let error = choose(vec![at(17)], Some("15"), pgdata).unwrap_err().to_string();
        assert!(
            error.contains("written by PostgreSQL 15, but only PostgreSQL 17 is installed"),
            "{error}"
        );
        let error = choose(vec![at(9)], None, pgdata).unwrap_err().to_string();
        assert_eq!(error, "/9 is PostgreSQL 9, at least 13 is needed");
    }

    #[test]
    fn debian_is_told_not_to_create_a_cluster() {
        let root = tempfile::tempdir().unwrap();
        let conf = root.path().join("createcluster.conf");
        std::fs::write(&conf, "# x\n#create_main_cluster = true\n").unwrap();
        let read = || std::fs::read_to_string(&conf).unwrap();
        for _ in 0..2 {
            keep_from_creating_a_cluster(&conf, &root.path().join("none")).unwrap();
            assert_eq!(
                read(),
                "# x\n#create_main_cluster = true\ncreate_main_cluster = false\n"
            );
        }
        keep_from_creating_a_cluster(&conf, root.path()).unwrap();
        assert!(root.path().join("mistral.conf").exists());
    }
}
