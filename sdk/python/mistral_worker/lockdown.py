"""Takes from a process, for good, what uploaded code must not have: Linux' resource limits, landlock, seccomp, namespaces.

Files can be read where Python itself lies, and written nowhere; no process can be started, signalled or looked into; no socket can
be opened; memory and files are limited. What the kernel does not offer is told, so that the caller may refuse to go on.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import struct
import sys
import sysconfig
from typing import Any, Dict, List, Mapping

_PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 4, 22, 38
_CLONE_NEWNET, _CLONE_NEWIPC, _CLONE_NEWUSER = 0x40000000, 0x08000000, 0x10000000
_CLONE_THREAD = 0x00010000
_EPERM, _ENOSYS = 1, 38

# Numbers of system calls: x86-64, arm64.
_CALLS = {
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "kcmp": (312, 272),
    "kill": (62, 129),
    "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "pidfd_open": (434, 434),
    "pidfd_send_signal": (424, 424),
    "pidfd_getfd": (438, 438),
    "execve": (59, 221),
    "execveat": (322, 281),
    "fork": (57, None),
    "vfork": (58, None),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "move_mount": (429, 429),
    "open_tree": (428, 428),
    "fsopen": (430, 430),
    "fsmount": (432, 432),
    "mount_setattr": (442, 442),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "setpriority": (141, 140),
    "sched_setaffinity": (203, 122),
    "sched_setscheduler": (144, 119),
    "setrlimit": (160, 164),
    "shmget": (29, 194),
    "shmat": (30, 196),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
}
_NETWORK = {
    "socket": (41, 198),
    "socketpair": (53, 199),
    "connect": (42, 203),
    "bind": (49, 200),
    "listen": (50, 201),
}
_CLONE, _CLONE3, _TGKILL, _PRLIMIT = (56, 220), (435, 435), (234, 131), (302, 261)
_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

_libc = ctypes.CDLL(None, use_errno=True)


def lock(settings: Mapping[str, Any]) -> List[str]:
    """Locks this process. Returns what could not be had.

    `memory_mb`, `network` (whether sockets may be opened), `user_id` (for a process of root).
    """
    missing: List[str] = []
    places = readable()
    is_other = True
    if os.geteuid() == 0:
        is_other = _become(int(settings.get("user_id") or 65_534), bool(settings.get("network")))
    _libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    _limit(int(settings.get("memory_mb") or 512))
    if _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        missing.append("no_new_privs")
    _restrict_files(places, bool(settings.get("network")), missing)
    if not is_other and missing:
        missing.append("another user, to whom Python is readable")
    _restrict_calls(bool(settings.get("network")), missing)
    return missing


def _become(user: int, network: bool) -> bool:
    """Another user; root without its rights where that user could not read Python. Whether it is another one."""
    # Without the right to: sockets are refused by seccomp all the same.
    _libc.unshare(_CLONE_NEWIPC | (0 if network else _CLONE_NEWNET))
    if _is_open(os.path.abspath(os.__file__)) and _is_open(os.path.abspath(__file__)):
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
        return True
    header, nothing = struct.pack("<Ii", 0x20080522, 0), bytes(24)
    if _libc.capset(header, nothing) != 0:
        raise OSError(ctypes.get_errno(), "capabilities cannot be dropped")
    return False


def _is_open(path: str) -> bool:
    """Whether everybody may read a file."""
    if not os.stat(path).st_mode & 0o004:
        return False
    while path != "/":
        path = os.path.dirname(path)
        if not os.stat(path).st_mode & 0o001:
            return False
    return True


def _limit(memory_mb: int) -> None:
    size = memory_mb << 20
    for what, value in (
        (resource.RLIMIT_AS, size),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_NPROC, 256),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard)
        resource.setrlimit(what, (value, value))


# Landlock: rights to files, by the version of the interface in which each came.
_EXECUTE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 2, 1 << 3
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446


def _restrict_files(places: List[str], network: bool, missing: List[str]) -> None:
    version = _libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), 1)
    if version < 1:
        missing.append("landlock")
        return
    handled = (1 << 13) - 1
    if version >= 2:
        handled |= 1 << 13
    if version >= 3:
        handled |= 1 << 14
    if version >= 5:
        handled |= 1 << 15
    attributes = struct.pack("<Q", handled)
    if version >= 4:
        attributes += struct.pack("<Q", 0 if network else 0b11)
    if version >= 6:
        # No signals to, and no abstract sockets of, processes outside.
        attributes += struct.pack("<Q", 0b11)
    ruleset = _libc.syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0)
    if ruleset < 0:
        missing.append("landlock")
        return
    for path in places:
        _allow(ruleset, path, handled)
    if network:
        for path in ("/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/ssl", "/etc/gai.conf"):
            _allow(ruleset, path, handled)
    if _libc.syscall(_RESTRICT_SELF, ruleset, 0) != 0:
        missing.append("landlock")
    os.close(ruleset)


def readable() -> List[str]:
    """Where Python and its libraries lie, and nothing else."""
    places = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    places += [os.path.join(prefix, "lib") for prefix in (sys.prefix, sys.base_prefix)]
    places += [place for place in sys.path if place and os.path.isdir(place) and "/lib" in place]
    places += [os.path.dirname(os.path.abspath(__file__))]
    places += ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/share/zoneinfo", "/etc/localtime", "/etc/ld.so.cache"]
    places += ["/dev/null", "/dev/urandom", "/dev/zero"]
    known: Dict[str, None] = {}
    for place in places:
        if place and os.path.exists(place) and os.path.realpath(place) not in ("/", "/root", "/home", "/etc"):
            known[os.path.realpath(place)] = None
    return list(known)


def _allow(ruleset: int, path: str, handled: int) -> None:
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    rights = _READ_FILE | (_READ_DIR if os.path.isdir(path) else 0)
    try:
        _libc.syscall(_ADD_RULE, ruleset, 1, struct.pack("<Qi", rights & handled, opened), 0)
    finally:
        os.close(opened)


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def _restrict_calls(network: bool, missing: List[str]) -> None:
    known = _ARCHITECTURES.get(platform.machine())
    if known is None or sys.byteorder != "little":
        missing.append("seccomp")
        return
    at, architecture = known
    data = b"".join(struct.pack("<HBBI", *one) for one in _filter(at, architecture, network))
    buffer = ctypes.create_string_buffer(data, len(data))
    program = _Program(len(data) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    if _libc.prctl(_PR_SET_SECCOMP, 2, ctypes.byref(program), 0, 0) != 0:
        missing.append("seccomp")


def _filter(at: int, architecture: int, network: bool) -> List[Any]:
    """A program for the kernel: `(code, jump if true, jump if false, value)` each."""
    load, equal, returns, above, masked = 0x20, 0x15, 0x06, 0x35, 0x45
    refuse, absent, allow, kill = 0x00050000 | _EPERM, 0x00050000 | _ENOSYS, 0x7FFF0000, 0x80000000
    program: List[Any] = [(load, 0, 0, 4), (equal, 1, 0, architecture), (returns, 0, 0, kill), (load, 0, 0, 0)]
    if at == 0:
        # The other numbering of x86-64.
        program += [(above, 0, 1, 0x40000000), (returns, 0, 0, refuse)]
    refused = [numbers[at] for numbers in _CALLS.values()]
    if not network:
        refused += [numbers[at] for numbers in _NETWORK.values()]
    for number in refused:
        if number is not None:
            program += [(equal, 0, 1, number), (returns, 0, 0, refuse)]
    # Threads, but no processes; libraries fall back to clone, whose flags can be looked at.
    program += [(equal, 0, 1, _CLONE3[at]), (returns, 0, 0, absent)]
    program += [(equal, 0, 4, _CLONE[at]), (load, 0, 0, 16), (masked, 0, 1, _CLONE_THREAD), (returns, 0, 0, allow)]
    program += [(returns, 0, 0, refuse)]
    # Signals to itself, as abort sends them, and no others; limits can be read and not be changed.
    program += [(equal, 0, 4, _TGKILL[at]), (load, 0, 0, 16), (equal, 0, 1, os.getpid()), (returns, 0, 0, allow)]
    program += [(returns, 0, 0, refuse)]
    program += [(equal, 0, 4, _PRLIMIT[at]), (load, 0, 0, 32), (equal, 0, 1, 0), (returns, 0, 0, allow)]
    program += [(returns, 0, 0, refuse)]
    program += [(returns, 0, 0, allow)]
    return program
