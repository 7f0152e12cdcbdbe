//! Log files: rotation by size or age, and reopening when somebody else has moved the file.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use parking_lot::Mutex;

/// When a file is closed and a new one begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rotation {
    Never,
    /// At so many bytes.
    Size(u64),
    /// At this age.
    Age(Duration),
}

/// How often the file is compared with what its path names.
const LOOK: Duration = Duration::from_secs(1);

/// A log file. Rotated files are called `<name>.1` (the newest), `<name>.2` and so on.
pub struct LogFile {
    path: PathBuf,
    rotation: Rotation,
    keep: u32,
    state: Mutex<State>,
}

struct State {
    file: File,
    size: u64,
    begun: SystemTime,
    looked: Instant,
}

impl LogFile {
    /// Opens a file for appending, and makes its directory.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn open(path: &Path, rotation: Rotation, keep: u32) -> io::Result<LogFile> {
        if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            fs::create_dir_all(parent)?;
        }
        Ok(LogFile {
            path: path.to_owned(),
            rotation,
            keep,
            state: Mutex::new(State::open(path)?),
        })
    }

    /// Appends a line. A line is never split between two files.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn append(&self, line: &[u8]) -> io::Result<()> {
        let mut state = self.state.lock();
        if self.is_due(&state, line.len() as u64) {
            self.rotate()?;
            *state = State::open(&self.path)?;
        } else if state.looked.elapsed() >= LOOK {
            if state.has_moved(&self.path) {
                *state = State::open(&self.path)?;
            }
            state.looked = Instant::now();
        }
        state.file.write_all(line)?;
        state.size += line.len() as u64;
        Ok(())
    }

    fn is_due(&self, state: &State, next: u64) -> bool {
        match self.rotation {
            Rotation::Never => false,
            Rotation::Size(limit) => state.size > 0 && state.size + next > limit,
            Rotation::Age(limit) => state.size > 0 && state.begun.elapsed().is_ok_and(|age| age >= limit),
        }
    }

    fn rotate(&self) -> io::Result<()> {
        if self.keep == 0 {
            return remove(&self.path);
        }
        remove(&self.numbered(self.keep))?;
        for number in (1..self.keep).rev() {
            rename(&self.numbered(number), &self.numbered(number + 1))?;
        }
        rename(&self.path, &self.numbered(1))
    }

    fn numbered(&self, number: u32) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(format!(".{number}"));
        PathBuf::from(name)
    }
}

impl State {
    fn open(path: &Path) -> io::Result<State> {
        let file = OpenOptions::new().append(true).create(true).open(path)?;
        let metadata = file.metadata()?;
        // The time of creation is not known everywhere; a file that grew before counts from now on then.
        let begun = metadata.created().unwrap_or_else(|_| SystemTime::now());
        Ok(State {
            file,
            size: metadata.len(),
            begun,
            looked: Instant::now(),
        })
    }

    fn has_moved(&self, path: &Path) -> bool {
        match (fs::metadata(path), self.file.metadata()) {
            (Ok(named), Ok(open)) => named.ino() != open.ino() || named.dev() != open.dev(),
            _ => true,
        }
    }
}

fn remove(path: &Path) -> io::Result<()> {
    ignore_missing(fs::remove_file(path))
}

fn rename(from: &Path, to: &Path) -> io::Result<()> {
    ignore_missing(fs::rename(from, to))
}

fn ignore_missing(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_rotate_by_size() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("logs/mistral.log");
        let log = LogFile::open(&path, Rotation::Size(10), 2).unwrap();
        for line in ["one111\n", "two222\n", "three3\n", "four44\n"] {
            log.append(line.as_bytes()).unwrap();
        }
        let read = |name: &str| fs::read_to_string(root.path().join("logs").join(name)).unwrap();
        assert_eq!(read("mistral.log"), "four44\n");
        assert_eq!(read("mistral.log.1"), "three3\n");
        assert_eq!(read("mistral.log.2"), "two222\n");
        assert!(!root.path().join("logs/mistral.log.3").exists());
    }

    #[test]
    fn a_moved_file_is_opened_anew() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("mistral.log");
        let log = LogFile::open(&path, Rotation::Never, 2).unwrap();
        log.append(b"one\n").unwrap();
        fs::rename(&path, root.path().join("moved")).unwrap();
        log.state.lock().looked = Instant::now().checked_sub(LOOK).unwrap();
        log.append(b"two\n").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two\n");
    }

    #[test]
    fn files_rotate_by_age() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("mistral.log");
        let log = LogFile::open(&path, Rotation::Age(Duration::from_secs(3600)), 1).unwrap();
        log.append(b"one\n").unwrap();
        log.state.lock().begun = SystemTime::now() - Duration::from_secs(3601);
        log.append(b"two\n").unwrap();
        assert_eq!(fs::read_to_string(root.path().join("mistral.log.1")).unwrap(), "one\n");
        assert_eq!(fs::read_to_string(&path).unwrap(), "two\n");
    }
}
