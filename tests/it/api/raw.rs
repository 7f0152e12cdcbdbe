//! What arrives at the socket, byte for byte: heads that two servers in a row may read differently, names of others, and requests that
//! are none. The connection ends wherever it is unclear where the next request begins, and the server answers the next client.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use crate::support::database::Database;
use crate::support::deployment::{Deployment, Layout};

const PLAIN: &str = "Content-Type: text/plain";
const JSON: &str = "Content-Type: application/json";

/// Sends this, with `Host: HOST` replaced, and a second request behind it; the statuses of what is answered.
fn statuses(address: SocketAddr, sent: &[u8]) -> Vec<u16> {
    let host = format!("Host: {address}");
    let sent = String::from_utf8_lossy(sent).replace("Host: HOST", &host);
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    stream.write_all(sent.as_bytes()).unwrap();
    let next = format!("GET /v2/ HTTP/1.1\r\n{host}\r\nConnection: close\r\n\r\n");
    // It may be closed already.
    let _ = stream.write_all(next.as_bytes());
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let lines = answer.split("HTTP/1.").skip(1);
    lines.filter_map(|line| line.get(2..5)?.parse().ok()).collect()
}

#[test]
fn requests_byte_for_byte() {
    let database = Database::create();
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), "");
    let address = deployment.addresses[0];
    let get = |rest: &str| format!("GET /v2/ HTTP/1.1\r\n{rest}\r\n\r\n");
    let post =
        |target: &str, rest: &str, body: &str| format!("POST {target} HTTP/1.1\r\nHost: HOST\r\n{rest}\r\n\r\n{body}");
    let long = format!("Length: {}", "a".repeat(200_000));
    let many: String = (0..400).map(|n| format!("\r\nX-{n}: a")).collect();
    // What is sent, and the statuses: a second one means that the connection goes on.
    let cases: Vec<(String, &[u16])> = vec![
        (get("Host: HOST"), &[200, 200]),
        // Whom the client means.
        (get("X: y"), &[400]),
        (get("Host: HOST\r\nHost: HOST"), &[400]),
        (get("Host: HOST\r\nHost: other"), &[400]),
        (get("Host:"), &[400]),
        (get("Host: a@127.0.0.1"), &[400]),
        (get("Host: a b"), &[400]),
        (get("Host: evil.example"), &[403, 200]),
        (get("Host: 127.0.0.1.evil.example"), &[403, 200]),
        (
            "GET http://evil.example/v2/ HTTP/1.1\r\nHost: HOST\r\n\r\n".to_owned(),
            &[403, 200],
        ),
        ("GET /v2/ HTTP/1.0\r\n\r\n".to_owned(), &[200]),
        // How much of it is the body.
        (
            post("/v2/workflows", "Transfer-Encoding: gzip, chunked", "0\r\n\r\n"),
            &[400],
        ),
        (
            post("/v2/workflows", "Transfer-Encoding: chunked, chunked", "0\r\n\r\n"),
            &[400],
        ),
        (
            post(
                "/v2/workflows",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "0\r\n\r\n",
            ),
            &[400],
        ),
        (
            post(
                "/v2/workflows",
                "Transfer-Encoding: identity\r\nContent-Length: 2",
                "{}",
            ),
            &[400],
        ),
        (
            post("/v2/workflows", "Transfer-Encoding: \x0bchunked", "0\r\n\r\n"),
            &[400],
        ),
        (
            post(
                "/v2/workflows",
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "0\r\n\r\n",
            ),
            &[400],
        ),
        (
            post("/v2/workflows", "Content-Length: 2\r\nContent-Length: 3", "{}"),
            &[400],
        ),
        (post("/v2/workflows", "Content-Length: 2, 2", "{}"), &[400]),
        (post("/v2/workflows", "Content-Length: -2", "{}"), &[400]),
        (post("/v2/workflows", "Content-Length: +2", "{}"), &[400]),
        (post("/v2/workflows", "Content-Length: 0x2", "{}"), &[400]),
        (
            post("/v2/workflows", "Content-Length: 99999999999999999999", "{}"),
            &[400],
        ),
        (
            post(
                "/v2/workflows",
                &format!("{PLAIN}\r\nTransfer-Encoding: chunked"),
                "zz\r\n{}\r\n0\r\n\r\n",
            ),
            &[400],
        ),
        // Heads.
        (get("Host: HOST\r\nX-A : b"), &[400]),
        (get("Host: HOST\r\nX-A: b\r\n c"), &[400]),
        (get("Host: HOST\r\nX-A: b\0c"), &[400]),
        (get("Host: HOST\r\nX A: b"), &[400]),
        (get(&format!("Host: HOST{many}")), &[431]),
        (get(&format!("Host: HOST\r\n{long}")), &[431]),
        (
            format!("GET /v2/{} HTTP/1.1\r\nHost: HOST\r\n\r\n", "a".repeat(70_000)),
            &[414],
        ),
        ("GET /v2/ HTTP/9.9\r\nHost: HOST\r\n\r\n".to_owned(), &[400]),
        ("\x16\x03\x01\x02\x01\x01\r\n\r\n".to_owned(), &[400]),
        (
            "CONNECT evil.example:80 HTTP/1.1\r\nHost: HOST\r\n\r\n".to_owned(),
            &[403, 200],
        ),
        // Types and forms of bodies, parameters, names.
        (
            post("/v2/environments", "Content-Type:\r\nContent-Length: 2", "{}"),
            &[415, 200],
        ),
        (
            post(
                "/v2/environments",
                "Content-Type: text/javascript\r\nContent-Length: 2",
                "{}",
            ),
            &[415, 200],
        ),
        (post("/v2/environments", "Content-Length: 2", "{}"), &[400, 200]),
        (
            post("/v2/environments", &format!("{JSON}\r\nContent-Length: 1"), "{"),
            &[400, 200],
        ),
        ("GET /?x=1 HTTP/1.1\r\nHost: HOST\r\n\r\n".to_owned(), &[400, 200]),
        ("GET /v2/?x=1 HTTP/1.1\r\nHost: HOST\r\n\r\n".to_owned(), &[400, 200]),
        (
            "GET /v2/../../etc/passwd HTTP/1.1\r\nHost: HOST\r\n\r\n".to_owned(),
            &[404, 200],
        ),
        (
            "GET /v2/workflows/%00 HTTP/1.1\r\nHost: HOST\r\n\r\n".to_owned(),
            &[400, 200],
        ),
        // Pages of others.
        (
            post(
                "/v2/workflows",
                &format!("Origin: http://evil.example\r\n{PLAIN}\r\nContent-Length: 2"),
                "{}",
            ),
            &[403, 200],
        ),
        (
            post(
                "/v2/workflows",
                &format!("Sec-Fetch-Site: cross-site\r\n{PLAIN}\r\nContent-Length: 2"),
                "{}",
            ),
            &[403, 200],
        ),
    ];
    let mut wrong = Vec::new();
    for (sent, expected) in &cases {
        let got = statuses(address, sent.as_bytes());
        if got != *expected {
            wrong.push(format!(
                "{got:?} instead of {expected:?}: {:?}",
                &sent[..sent.len().min(120)]
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
