//! Documents that take long to check: they wait for those of others, not others for them, and nothing is checked for whoever has left.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::Attack;
use crate::support::http::Client;

const TARGET: &str = "/v2/workflows/validate";

/// Connections of the attacker.
const CONNECTIONS: usize = 12;

/// Documents of somebody who leaves before they are checked.
const LEFT_ALONE: usize = 30;

fn document(expressions: usize) -> String {
    let tasks: String = (0..expressions / 100)
        .map(|n| {
            format!(
                "t{n}: {{action: std.echo, input: {{output: '{}'}}}}, ",
                "<% $.a + 1 %>".repeat(100)
            )
        })
        .collect();
    format!("{{version: '2.0', many: {{tasks: {{{tasks}}}}}}}")
}

/// A connection from another address of this machine: another client.
fn stranger(server: SocketAddr) -> TcpStream {
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    socket.bind(&SocketAddr::from(([127, 0, 0, 2], 0)).into()).unwrap();
    socket.connect(&server.into()).unwrap();
    socket.into()
}

fn post(stream: &mut TcpStream, server: SocketAddr, text: &str) -> std::io::Result<()> {
    let head = format!(
        "POST {TARGET} HTTP/1.1\r\nHost: {server}\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n",
        text.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(text.as_bytes())
}

fn check(client: &mut Client, text: &str) -> Duration {
    let begun = Instant::now();
    let answer = client.send_text("POST", TARGET, text).unwrap();
    assert_eq!(answer.json()["valid"], true, "{}", answer.text());
    begun.elapsed()
}

#[test]
fn large_documents_wait_for_those_of_others() {
    let mut attack = Attack::prepare_with("", None);
    let server = attack.client.address();
    let (large, own) = (document(8_000), document(900));
    let alone = check(&mut attack.client, &large);

    let stopped = Arc::new(AtomicBool::new(false));
    let attackers: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let (large, stopped) = (large.clone(), stopped.clone());
            std::thread::spawn(move || {
                let mut stream = stranger(server);
                let mut checked = 0;
                while !stopped.load(Ordering::Relaxed) && post(&mut stream, server, &large).is_ok() {
                    let mut piece = [0; 4096];
                    assert!(stream.read(&mut piece).unwrap() > 0);
                    checked += 1;
                }
                checked
            })
        })
        .collect();
    std::thread::sleep(alone);
    let mut times: Vec<Duration> = (0..8).map(|_| check(&mut attack.client, &own)).collect();
    stopped.store(true, Ordering::Relaxed);
    let checked: usize = attackers.into_iter().map(|attacker| attacker.join().unwrap()).sum();
    times.sort();
    println!(
        "a large document takes {alone:.2?}; beside {CONNECTIONS} connections with such ({checked} checked) a smaller one {:.2?}, {:.2?} at most",
        times[4], times[7]
    );
    // In the order of their coming it would wait for a share of twelve.
    assert!(times[4] < alone * 3, "{times:?}");

    // Somebody sends many, and leaves: nobody waits for what nobody wants.
    for _ in 0..LEFT_ALONE {
        post(&mut stranger(server), server, &large).unwrap();
    }
    let begun = Instant::now();
    let mut same = stranger(server);
    post(&mut same, server, &own).unwrap();
    let mut piece = [0; 4096];
    assert!(same.read(&mut piece).unwrap() > 0);
    let took = begun.elapsed();
    println!("after {LEFT_ALONE} whose client has left: {took:.2?}");
    assert!(took < alone * 6, "{took:?} for one, {alone:?} alone");
}
