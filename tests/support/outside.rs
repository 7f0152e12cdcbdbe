//! A system outside of the service, which actions call, and which counts.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A system that actions call, which takes its time for each, and how often they did.
#[derive(Clone)]
pub(crate) struct Outside {
    calls: Arc<Mutex<HashMap<String, usize>>>,
    takes: Duration,
}

impl Outside {
    pub(crate) fn new(takes: Duration) -> Outside {
        Outside {
            calls: Arc::default(),
            takes,
        }
    }

    /// Listens; returns its port.
    pub(crate) fn start(&self) -> u16 {
        let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let calls = self.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let calls = calls.clone();
                std::thread::spawn(move || calls.serve(stream));
            }
        });
        port
    }

    fn serve(&self, mut stream: TcpStream) {
        let Ok(copy) = stream.try_clone() else { return };
        let mut lines = BufReader::new(copy).lines().map_while(Result::ok);
        let Some(path) = lines.next().and_then(|line| line.split(' ').nth(1).map(str::to_owned)) else {
            return;
        };
        let _ = lines.find(String::is_empty);
        *self.calls.lock().expect("calls").entry(path).or_default() += 1;
        std::thread::sleep(self.takes);
        let _ = stream.write_all(
            b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{}",
        );
    }

    pub(crate) fn doubled(&self) -> Vec<String> {
        let calls = self.calls.lock().expect("calls");
        let doubled = calls.iter().filter(|(_, times)| **times > 1);
        doubled
            .map(|(path, times)| format!("{path} was called {times} times"))
            .collect()
    }
}
