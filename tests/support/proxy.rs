//! A way between two processes that can be cut: in one direction or both, without either end being told.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Passes bytes on to one address. Runs until the test ends.
pub(crate) struct Proxy {
    pub address: SocketAddr,
    cuts: Arc<Cuts>,
}

#[derive(Default)]
struct Cuts {
    /// What goes to the target vanishes.
    forth: AtomicBool,
    /// What comes from it does.
    back: AtomicBool,
    /// Every connection is closed.
    all: AtomicBool,
}

impl Proxy {
    /// A way to this address, which need not be listened on yet.
    pub(crate) fn to(target: SocketAddr) -> Proxy {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port can be bound");
        let address = listener.local_addr().expect("a listener has an address");
        let cuts = Arc::new(Cuts::default());
        let shared = cuts.clone();
        std::thread::spawn(move || {
            for near in listener.incoming().flatten() {
                let Ok(far) = TcpStream::connect(target) else { continue };
                let (Ok(near_too), Ok(far_too)) = (near.try_clone(), far.try_clone()) else {
                    continue;
                };
                let (one, other) = (shared.clone(), shared.clone());
                std::thread::spawn(move || pass(near, far, &one, |cuts| &cuts.forth));
                std::thread::spawn(move || pass(far_too, near_too, &other, |cuts| &cuts.back));
            }
        });
        Proxy { address, cuts }
    }

    /// Bytes vanish in these directions until [`Proxy::mend`].
    pub(crate) fn cut(&self, forth: bool, back: bool) {
        self.cuts.forth.store(forth, Ordering::Relaxed);
        self.cuts.back.store(back, Ordering::Relaxed);
    }

    /// Closes every connection.
    pub(crate) fn reset(&self) {
        self.cuts.all.store(true, Ordering::Relaxed);
        std::thread::sleep(Duration::from_millis(60));
        self.cuts.all.store(false, Ordering::Relaxed);
    }

    pub(crate) fn mend(&self) {
        self.cut(false, false);
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream, cuts: &Cuts, direction: impl Fn(&Cuts) -> &AtomicBool) {
    let mut bytes = [0; 64 << 10];
    let mut is_whole = true;
    let _ = from.set_read_timeout(Some(Duration::from_millis(20)));
    loop {
        if cuts.all.load(Ordering::Relaxed) {
            break;
        }
        let count = match from.read(&mut bytes) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error)
                if matches!(
                    error.kind(),
                    std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut
                ) =>
            {
                continue;
            }
            Err(_) => break,
        };
        if direction(cuts).load(Ordering::Relaxed) {
            is_whole = false;
        }
        // After a gap in the middle the rest would be something else than what a cut looks like.
        if is_whole && to.write_all(&bytes[..count]).is_err() {
            break;
        }
    }
    let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
}
