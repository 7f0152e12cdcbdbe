//! The id of this process among the nodes, which says where it runs: whoever runs on the same machine can find out whether a
//! node is dead for certain, and need not wait for the end of its lease.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

use mistral::model::Id;
use mistral::model::id::Shard;
use nix::errno::Errno;
use nix::sys::signal::kill;
use nix::unistd::Pid;

/// Bits of a node's id that name its machine; the others hold the time of its start and its process id.
const MACHINE_BITS: u32 = 52;
/// Process ids have 22 bits at most (`PID_MAX_LIMIT`).
const PID_MASK: u64 = (1 << 22) - 1;

/// This boot of this kernel, and the namespace in which process ids are counted. Two machines share these 52 bits with a chance
/// of 10^-12 among a hundred. A random number where they cannot be read: then nobody is known to be dead.
static MACHINE: LazyLock<u64> = LazyLock::new(|| {
    let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id");
    let namespace = std::fs::read_link("/proc/self/ns/pid");
    let machine = match (boot, namespace) {
        (Ok(boot), Ok(namespace)) => {
            let mut hasher = DefaultHasher::new();
            (boot.trim(), namespace).hash(&mut hasher);
            hasher.finish()
        }
        _ => rand::random(),
    };
    machine & ((1 << MACHINE_BITS) - 1)
});

/// The id of this process, which began at this time.
pub(crate) fn node_id(milliseconds: u64) -> Id {
    id(milliseconds, *MACHINE, u64::from(std::process::id()))
}

fn id(milliseconds: u64, machine: u64, pid: u64) -> Id {
    let (sequence, shard) = ((machine >> 40) as u16, Shard((machine >> 32) as u8));
    Id::new(
        milliseconds,
        sequence,
        shard,
        (pid & PID_MASK) << 32 | machine & 0xffff_ffff,
    )
}

/// Whether the process of this node is gone for certain: it ran on this machine, and no such process does.
pub(crate) fn is_dead(node: Id) -> bool {
    let own = std::process::id();
    let random = ((node.0 >> 56 & 0x3f) as u64) << 48 | (node.0 & 0xffff_ffff_ffff) as u64;
    let milliseconds = (node.0 >> 80) as u64;
    let pid = random >> 32;
    if id(milliseconds, *MACHINE, pid) != node {
        return false;
    }
    // One that had our process id; ours is told apart by whoever asks.
    if pid == u64::from(own) {
        return true;
    }
    let Ok(pid) = i32::try_from(pid) else { return false };
    pid > 0 && (kill(Pid::from_raw(pid), None) == Err(Errno::ESRCH) || is_zombie(pid))
}

/// Ended, and its parent has not asked yet.
fn is_zombie(pid: i32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    // The state comes after the name, which may contain anything.
    let state = stat.rsplit_once(')').map(|(_, rest)| rest.trim_start());
    state.is_some_and(|state| state.starts_with(['Z', 'X']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processes_of_this_machine_are_known_to_be_dead() {
        let pid = |pid| id(1_800_000_000_000, *MACHINE, pid);
        let mut child = std::process::Command::new("sleep").arg("60").spawn().unwrap();
        let number = u64::from(child.id());
        assert!(!is_dead(pid(number)), "it runs");
        assert!(!is_dead(pid(1)), "it is somebody else's, and runs");
        child.kill().unwrap();
        #[expect(clippy::disallowed_methods, reason = "a thread of its own")]
        std::thread::sleep(std::time::Duration::from_millis(50));
        assert!(is_dead(pid(number)), "ended, and nobody has waited for it");
        child.wait().unwrap();
        assert!(is_dead(pid(number)));
        // The same number elsewhere says nothing.
        assert!(!is_dead(id(1_800_000_000_000, *MACHINE ^ 1, number)));
        assert!(!is_dead(id(1_800_000_000_000, *MACHINE ^ 1 << 45, number)));
        // An earlier process with our number.
        assert!(is_dead(pid(u64::from(std::process::id()))));
        assert_ne!(node_id(1), node_id(2));
    }
}
