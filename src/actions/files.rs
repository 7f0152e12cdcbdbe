//! Files of the executor that the author of a workflow may name. Reading one may block for ever (a pipe, `/proc/kmsg`, a file
//! system that is away): it is done for directories of the operator only, on a few threads of its own, within a time limit.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use tokio::sync::Semaphore;

/// Readings at the same time; each that hangs takes one place for as long as it hangs.
const PLACES: usize = 4;

static PLACE: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(PLACES)));

/// Does work that may block, beside other such work: `None` when it took, or waited, longer than the limit.
pub(crate) async fn aside<T: Send + 'static>(limit: Duration, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let done = async {
        let place = PLACE.clone().acquire_owned().await.ok()?;
        // The place is given back when the work ends, not when nobody waits for it any more.
        let work = move || (work(), place);
        tokio::task::spawn_blocking(work).await.ok().map(|(done, _)| done)
    };
    tokio::time::timeout(limit, done).await.ok().flatten()
}

/// The true path of a file, if it lies in one of these directories, wherever links lead. Blocks.
pub(crate) fn inside(path: &Path, directories: &[PathBuf]) -> Option<PathBuf> {
    let real = path.canonicalize().ok()?;
    let holds = |directory: &PathBuf| {
        directory
            .canonicalize()
            .is_ok_and(|directory| real.starts_with(directory))
    };
    directories.iter().any(holds).then_some(real)
}

/// What a regular file holds, if that is something and not more than `most` bytes. Blocks.
pub(crate) fn read(path: &Path, most: u64) -> Option<Vec<u8>> {
    // Before it is opened: that of a pipe would wait. The files of /proc, whose reading may, are empty by this measure.
    let is_fit = |m: &std::fs::Metadata| m.is_file() && (1..=most).contains(&m.len());
    if !std::fs::metadata(path).is_ok_and(|m| is_fit(&m)) {
        return None;
    }
    let file = std::fs::File::open(path).ok()?;
    if !file.metadata().is_ok_and(|m| is_fit(&m)) {
        return None;
    }
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= most).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_regular_files_of_bounded_size() {
        let root = tempfile::tempdir().unwrap();
        let path = |name: &str| root.path().join(name);
        std::fs::write(path("good"), "g").unwrap();
        std::fs::write(path("empty"), "").unwrap();
        std::fs::write(path("large"), vec![b'x'; 101]).unwrap();
        nix::unistd::mkfifo(&path("pipe"), nix::sys::stat::Mode::S_IRWXU).unwrap();
        assert_eq!(read(&path("good"), 100).as_deref(), Some(&b"g"[..]));
        // A pipe would hang here, and a file of /proc may.
        for name in [
            "empty",
            "large",
            "pipe",
            "missing",
            "",
            "/dev/zero",
            "/proc/self/status",
        ] {
            assert_eq!(read(&path(name), 100), None, "{name}");
        }
    }

    #[test]
    fn links_do_not_lead_out() {
        let root = tempfile::tempdir().unwrap();
        let (inner, outer) = (root.path().join("in"), root.path().join("out"));
        std::fs::create_dir(&inner).unwrap();
        std::fs::write(&outer, "o").unwrap();
        std::fs::write(inner.join("a"), "a").unwrap();
        std::os::unix::fs::symlink(&outer, inner.join("link")).unwrap();
        let allowed = [inner.clone()];
        assert!(inside(&inner.join("a"), &allowed).is_some());
        for path in [
            outer.clone(),
            inner.join("link"),
            inner.join("../out"),
            inner.join("none"),
        ] {
            assert_eq!(inside(&path, &allowed), None, "{}", path.display());
        }
        assert_eq!(inside(&outer, &[]), None);
    }

    #[tokio::test]
    async fn what_hangs_takes_its_own_place_only() {
        let (release, wait) = std::sync::mpsc::channel::<()>();
        let wait = Arc::new(std::sync::Mutex::new(wait));
        let limit = Duration::from_millis(50);
        for _ in 0..2 * PLACES {
            let wait = wait.clone();
            let hangs = move || wait.lock().map(|wait| wait.recv().is_ok()).unwrap_or_default();
            assert_eq!(aside(limit, hangs).await, None);
        }
        // All places are taken, and other blocking work goes on.
        assert_eq!(aside(limit, || 1).await, None);
        assert_eq!(tokio::task::spawn_blocking(|| 2).await.unwrap(), 2);
        drop(release);
        assert_eq!(aside(Duration::from_secs(10), || 3).await, Some(3));
    }
}
