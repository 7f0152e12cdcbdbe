//! Against a server of our own: bytes on a loopback socket, so that it can misbehave in any way.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use super::*;
use crate::egress::{Policy, Resolver};
use crate::{Environment, EnvironmentOptions};
use mistral_model::{Dict, json};

const CERTIFICATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/http/testdata/localhost.pem");

/// A server that counts its connections and requests.
struct Server {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
    /// Connections that the client closed.
    closed: Arc<AtomicUsize>,
}

impl Server {
    /// Answers each request with what `answer` makes of its head and body; an empty answer: none at all.
    async fn start(answer: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = Server {
            address,
            connections: Arc::default(),
            closed: Arc::default(),
        };
        let (connections, closed) = (server.connections.clone(), server.closed.clone());
        let answer = Arc::new(answer);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                connections.fetch_add(1, Ordering::SeqCst);
                let (answer, closed) = (answer.clone(), closed.clone());
                tokio::spawn(async move {
                    serve(stream, answer.as_ref()).await;
                    closed.fetch_add(1, Ordering::SeqCst);
                });
            }
        });
        server
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

async fn serve(
    mut stream: impl tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
    answer: &(impl Fn(&str) -> Vec<u8> + ?Sized),
) {
    let mut buffer = Vec::new();
    loop {
        let Some(request) = read_request(&mut stream, &mut buffer).await else {
            return;
        };
        let bytes = answer(&request);
        if stream.write_all(&bytes).await.is_err() || bytes.ends_with(b"<close>") {
            return;
        }
    }
}

async fn read_request(stream: &mut (impl tokio::io::AsyncRead + Unpin), buffer: &mut Vec<u8>) -> Option<String> {
    loop {
        let text = String::from_utf8_lossy(buffer).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| {
                    line.to_ascii_lowercase()
                        .strip_prefix("content-length:")
                        .map(|v| v.trim().to_owned())
                })
                .map_or(0, |v| v.parse().unwrap());
            if body.len() >= length {
                buffer.clear();
                return Some(text);
            }
        }
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
}

fn reply(head: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\n\r\n", body.len()).into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

fn options() -> Options {
    Options {
        policy: Policy::unrestricted(),
        ..Options::default()
    }
}

fn environment(options: Options) -> Environment {
    Environment::new(EnvironmentOptions {
        http: options,
        ..EnvironmentOptions::default()
    })
}

fn dict(text: &str) -> Dict {
    json::parse(text.as_bytes()).unwrap().into_dict().unwrap()
}

async fn run(action: &dyn Action, environment: &Environment, input: &str) -> Result<Outcome, Error> {
    let context = Context {
        workflow_name: Some("wf".into()),
        workflow_execution_id: Some("w1".into()),
        task_execution_id: Some("t1".into()),
        action_execution_id: Some("a1".into()),
        callback_url: Some("/v2/action_executions/a1".into()),
        project_id: None,
        security: None,
    };
    let cancel = CancellationToken::new();
    let input = dict(input);
    action
        .run(Call {
            input: &input,
            context: &context,
            cancel: &cancel,
            timeout: None,
            environment,
        })
        .await
}

async fn http(environment: &Environment, input: String) -> Result<Outcome, Error> {
    run(&Http, environment, &input).await
}

fn success(outcome: Result<Outcome, Error>) -> Value {
    match outcome {
        Ok(Outcome::Success(value)) => value,
        other => panic!("no success: {other:?}"),
    }
}

fn raised(outcome: Result<Outcome, Error>) -> String {
    match outcome {
        Err(Error::Raised(text)) => text,
        other => panic!("nothing raised: {other:?}"),
    }
}

fn member(value: &Value, key: &str) -> String {
    json::to_string(value.get(key).unwrap_or(&Value::Null))
}

/// A server that sends back the request it got, as text.
async fn mirror() -> Server {
    Server::start(|request| reply("200 OK", request.as_bytes())).await
}

async fn mirrored(environment: &Environment, server: &Server, path: &str, rest: &str) -> String {
    let result = success(http(environment, format!(r#"{{"url":"{}"{rest}}}"#, server.url(path))).await);
    result.get("content").unwrap().as_str().unwrap().to_owned()
}

#[tokio::test]
async fn result_has_the_shape_of_upstream() {
    let server = Server::start(|_| {
        reply(
            "200 Very Fine\r\nContent-Type: application/json\r\nX-CamelCase: a\r\nX-Twice: 1\r\nX-Twice: 2\r\n\
             Set-Cookie: id=7; Path=/\r\nSet-Cookie: gone=1; Max-Age=0",
            br#"{"b": [1, 2.5], "a": null}"#,
        )
    })
    .await;
    let environment = environment(options());
    let result = success(http(&environment, format!(r#"{{"url":"{}"}}"#, server.url("/x?y=1#part"))).await);
    let keys: Vec<&str> = result.as_dict().unwrap().keys().map(AsRef::as_ref).collect();
    assert_eq!(
        keys,
        [
            "content", "status", "headers", "url", "history", "encoding", "reason", "cookies", "elapsed"
        ]
    );
    assert_eq!(member(&result, "content"), r#"{"b":[1,2.5],"a":null}"#);
    assert_eq!(member(&result, "status"), "200");
    assert_eq!(member(&result, "reason"), r#""Very Fine""#);
    assert_eq!(member(&result, "encoding"), r#""utf-8""#);
    assert_eq!(member(&result, "history"), "[]");
    assert_eq!(member(&result, "cookies"), r#"{"id":"7"}"#);
    assert_eq!(member(&result, "url"), format!("\"{}\"", server.url("/x?y=1#part")));
    assert!(matches!(result.get("elapsed"), Some(Value::Float(s)) if (0.0..5.0).contains(s)));
    let headers = result.get("headers").unwrap();
    assert_eq!(member(headers, "X-CamelCase"), r#""a""#);
    assert_eq!(member(headers, "X-Twice"), r#""1, 2""#);
    assert_eq!(member(headers, "Content-Type"), r#""application/json""#);
}

#[tokio::test]
async fn statuses() {
    let server = Server::start(|request| {
        let status = request.split(['/', ' ']).nth(2).unwrap();
        reply(&format!("{status} X"), b"")
    })
    .await;
    let environment = environment(options());
    for (status, is_success) in [
        (200, true),
        (204, true),
        (299, true),
        (301, true),
        (304, true),
        (306, true),
        (307, false),
        (308, false),
        (404, false),
        (500, false),
    ] {
        let outcome = http(
            &environment,
            format!(r#"{{"url":"{}"}}"#, server.url(&format!("/{status}"))),
        )
        .await
        .unwrap();
        let (Outcome::Success(value) | Outcome::Error(value)) = &outcome else {
            panic!()
        };
        assert_eq!(matches!(outcome, Outcome::Success(_)), is_success, "{status}");
        assert_eq!(member(value, "status"), status.to_string());
        assert_eq!(member(value, "content"), r#""""#);
    }
}

#[tokio::test]
async fn requests_are_built_as_users_expect() {
    let server = mirror().await;
    let environment = environment(options());
    let of = |rest: &'static str| mirrored(&environment, &server, "/p?z=0", rest);

    let plain = of("").await;
    assert!(plain.starts_with("GET /p?z=0 HTTP/1.1\r\nHost: 127.0.0.1:"), "{plain}");
    for line in [
        "Accept-Encoding: gzip, deflate\r\n",
        "Accept: */*\r\n",
        "Connection: keep-alive\r\n",
        "User-Agent: mistral/",
    ] {
        assert!(plain.contains(line), "{plain}");
    }
    assert!(!plain.contains("Content-"), "{plain}");

    let params = of(r#","params":{"a":"1 2&","b":[1,null,true],"n":null,"f":1.5,"é":"~*"}"#).await;
    assert!(
        params.starts_with("GET /p?z=0&a=1+2%26&b=1&b=True&f=1.5&%C3%A9=~%2A HTTP/1.1"),
        "{params}"
    );
    assert!(of(r#","params":"q=a b""#).await.starts_with("GET /p?z=0&q=a%20b HTTP"));
    assert!(
        of(r#","params":[["a",1],["a",2]]"#)
            .await
            .starts_with("GET /p?z=0&a=1&a=2 HTTP")
    );

    let body = of(r#","method":"post","body":{"a":[1,"é"]}"#).await;
    assert!(body.starts_with("POST /p"), "{body}");
    assert!(body.ends_with("\r\n\r\n{\"a\": [1, \"\\u00e9\"]}"), "{body}");
    assert!(
        !body.contains("Content-Type") && body.contains("Content-Length: 20\r\n"),
        "{body}"
    );
    let json = of(r#","method":"PUT","json":[1,{"k":null}]"#).await;
    assert!(
        json.contains("Content-Type: application/json\r\n") && json.ends_with("[1, {\"k\": null}]"),
        "{json}"
    );
    assert!(of(r#","method":"POST","body":"raw é""#).await.ends_with("raw é"));
    let form = of(r#","method":"POST","body":[["a","b c"],["d",1]]"#).await;
    assert!(
        form.contains("Content-Type: application/x-www-form-urlencoded") && form.ends_with("a=b+c&d=1"),
        "{form}"
    );
    assert!(of(r#","method":"DELETE""#).await.contains("Content-Length: 0\r\n"));

    let headers =
        of(r#","headers":{"X-A":1,"x-b":1.5,"X-C":true,"User-Agent":null,"accept":"text/x","Content-Length":999}"#)
            .await;
    for line in ["X-A: 1\r\n", "X-B: 1.5\r\n", "X-C: True\r\n", "Accept: text/x\r\n"] {
        assert!(headers.contains(line), "{headers}");
    }
    assert!(!headers.contains("User-Agent") && !headers.contains("999"), "{headers}");
    let host = of(r#","headers":{"Host":"virtual.test"}"#).await;
    assert!(
        host.contains("Host: virtual.test\r\n") && !host.contains("Host: 127"),
        "{host}"
    );
    assert!(
        of(r#","cookies":{"a":"1","b":2}"#)
            .await
            .contains("Cookie: a=1; b=2\r\n")
    );
    assert!(
        of(r#","auth":"me:pass:word""#)
            .await
            .contains("Authorization: Basic bWU6cGFzczp3b3Jk\r\n")
    );
    let in_url = format!("http://me:s%20e@{}/", server.address);
    let result = success(http(&environment, format!(r#"{{"url":"{in_url}"}}"#)).await);
    assert!(member(&result, "content").contains("Authorization: Basic bWU6cyBl"));
    assert!(!member(&result, "url").contains("me"));
}

#[tokio::test]
async fn input_that_makes_no_request() {
    let environment = environment(options());
    for (rest, text) in [
        (r#""auth":"token""#, "'str' object is not callable"),
        (
            r#""timeout":"soon""#,
            "Timeout value connect was soon, but it must be an int, float or None.",
        ),
        (r#""timeout":0"#, "Attempted to set connect timeout to 0, but"),
        (r#""timeout":true"#, "Timeout cannot be a boolean value."),
        (
            r#""headers":{"a":[1]}"#,
            "Header value of 'a' must be of type str or bytes",
        ),
        (r#""headers":{"a":"b\r\nc: d"}"#, "Invalid leading whitespace"),
        (r#""headers":{"a b":"c"}"#, "Invalid header name: 'a b'"),
        (r#""headers":"x""#, "headers cannot be of type 'str'"),
        (r#""cookies":{"a":"b\nc"}"#, "Invalid leading whitespace"),
        (r#""method":"A B""#, "invalid method 'A B'"),
        (r#""method":"connect""#, "invalid method 'connect'"),
        (r#""params":[1]"#, "cannot encode objects that are not 2-tuples"),
        (r#""body":5"#, "a body cannot be of type 'int'"),
        (r#""json":NaN"#, "Out of range float values are not JSON compliant"),
        (
            r#""proxies":{"all":"socks5://127.0.0.1:1"}"#,
            "Missing dependencies for SOCKS support.",
        ),
    ] {
        let text_of = raised(http(&environment, format!(r#"{{"url":"https://127.0.0.1:1/",{rest}}}"#)).await);
        assert!(
            text_of.starts_with(&format!("Failed to send HTTP request: {text}")),
            "{rest}: {text_of}"
        );
    }
    let check = |text: &str| (HTTP.check)(&dict(text));
    assert_eq!(
        check(r#"{"url":"x","body":"a","json":"b"}"#),
        Err("Only one of the parameters 'json' and 'body' can be passed".into())
    );
    assert_eq!(
        check(r#"{"url":"x","auth":["a"]}"#),
        Err("'list' object has no attribute 'split'".into())
    );
    assert_eq!(check(r#"{"url":"x","body":"a","json":{}}"#), Ok(()));
}

#[tokio::test]
async fn bodies_in_many_forms() {
    use std::io::Write as _;
    let gzip = |text: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    };
    let zlib = |text: &[u8]| {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    };
    let deflate = |text: &[u8]| {
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    };
    let (packed, packed_zlib, raw) = (gzip(b"[1]"), zlib(b"[2]"), deflate(b"[3]"));
    let bomb = gzip(&vec![b' '; 20_000_000]);
    assert!(bomb.len() < 100_000);
    let server = Server::start(move |request| {
        let path = request.split(' ').nth(1).unwrap();
        match path {
            "/gzip" => reply("200 OK\r\nContent-Encoding: gzip", &packed),
            "/zlib" => reply("200 OK\r\nContent-Encoding: deflate", &packed_zlib),
            "/deflate" => reply("200 OK\r\nContent-Encoding: deflate", &raw),
            "/bomb" => reply("200 OK\r\nContent-Encoding: gzip", &bomb),
            "/broken" => reply("200 OK\r\nContent-Encoding: gzip", b"no gzip"),
            "/empty" => reply("200 OK\r\nContent-Encoding: gzip", b""),
            "/null" => reply("200 OK", b"null"),
            "/latin" => reply("200 OK\r\nContent-Type: text/plain", "é".as_bytes()),
            "/utf8" => reply("200 OK\r\nContent-Type: text/plain; charset=\"UTF-8\"", "é".as_bytes()),
            "/none" => reply("200 OK\r\nContent-Type: image/png", b"\x89PNG"),
            "/none-text" => reply("200 OK", "é".as_bytes()),
            "/unknown" => reply("200 OK\r\nContent-Type: text/plain; charset=klingon", b"x"),
            "/bom" => reply("200 OK", b"\xef\xbb\xbf{}"),
            "/utf16" => reply("200 OK", b"\xff\xfe[\x001\x00]\x00"),
            "/html-json" => reply("200 OK\r\nContent-Type: text/html", b"{\"a\": 1}"),
            "/chunked" => {
                b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[1\r\n3\r\n,2]\r\n0\r\n\r\n".to_vec()
            }
            "/until-close" => b"HTTP/1.0 200 OK\r\n\r\nall of it <close>".to_vec(),
            "/short" => b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort <close>".to_vec(),
            "/nonsense" => b"SSH-2.0-OpenSSH_9.6\r\n\r\n<close>".to_vec(),
            "/nothing" => b"<close>".to_vec()[7..].to_vec(),
            _ => reply("404 Not Found", b""),
        }
    })
    .await;
    let environment = environment(options());
    let get = |path: &'static str| http(&environment, format!(r#"{{"url":"{}"}}"#, server.url(path)));
    for (path, content) in [
        ("/gzip", "[1]"),
        ("/zlib", "[2]"),
        ("/deflate", "[3]"),
        ("/empty", "\"\""),
        ("/null", "null"),
        ("/latin", "\"Ã©\""),
        ("/utf8", "\"é\""),
        ("/none-text", "\"é\""),
        ("/bom", "{}"),
        ("/utf16", "[1]"),
        ("/html-json", "{\"a\":1}"),
        ("/chunked", "[1,2]"),
        ("/until-close", "\"all of it <close>\""),
    ] {
        assert_eq!(member(&success(get(path).await), "content"), content, "{path}");
    }
    assert_eq!(raised(get("/unknown").await), "unknown encoding: klingon");
    assert_eq!(
        get("/none").await.unwrap(),
        Outcome::Error(
            "Failed to complete action due to a Mistral exception [action=<mistral.actions.std_actions.HTTPAction \
             object>, action_ex_id=a1]\n 'utf-8' codec can't decode byte 0x89 in position 0: invalid start byte"
                .into()
        )
    );
    assert!(raised(get("/bomb").await).starts_with("HTTP response is too large (Content-Length="));
    assert!(raised(get("/broken").await).contains("cannot be decoded"));
    for path in ["/short", "/nonsense"] {
        assert!(
            raised(get(path).await).starts_with("Failed to send HTTP request: "),
            "{path}"
        );
    }
}

#[tokio::test]
async fn sizes_are_limited_while_the_body_comes_in() {
    let server = Server::start(|request| {
        if request.starts_with("GET /declared") {
            return b"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n".to_vec();
        }
        if request.starts_with("HEAD") {
            return b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".to_vec();
        }
        // More chunks than are ever read.
        let mut bytes = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
        for _ in 0..3 {
            bytes.extend_from_slice(b"190\r\n");
            bytes.extend_from_slice(&[b'x'; 400]);
            bytes.extend_from_slice(b"\r\n");
        }
        bytes
    })
    .await;
    let environment = environment(Options {
        response_limit: Some(1000),
        ..options()
    });
    let url = |path: &str| format!(r#"{{"url":"{}"}}"#, server.url(path));
    assert_eq!(
        raised(http(&environment, url("/declared")).await),
        "HTTP response is too large (Content-Length=1001, limit=1000 bytes)."
    );
    assert_eq!(
        raised(http(&environment, url("/chunked")).await),
        "HTTP response is too large (Content-Length=1200, limit=1000 bytes)."
    );
    success(
        http(
            &environment,
            format!(r#"{{"url":"{}","method":"HEAD"}}"#, server.url("/")),
        )
        .await,
    );
}

#[tokio::test]
async fn connections_are_kept_and_replaced() {
    let answered = Arc::new(AtomicUsize::new(0));
    let count = answered.clone();
    let server = Server::start(move |_| match count.fetch_add(1, Ordering::SeqCst) % 3 {
        // Promises to stay, and closes.
        2 => reply("200 OK", b"<close>"),
        _ => reply("200 OK", b"ok"),
    })
    .await;
    let environment = environment(options());
    let input = format!(r#"{{"url":"{}","method":"POST","body":"x"}}"#, server.url("/"));
    for _ in 0..9 {
        success(http(&environment, input.clone()).await);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(server.connections(), 3);
    assert_eq!(answered.load(Ordering::SeqCst), 9);
}

#[tokio::test]
async fn slow_servers() {
    let server = Server::start(|request| {
        if request.starts_with("GET /head") {
            Vec::new()
        } else {
            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab".to_vec()
        }
    })
    .await;
    let environment = environment(Options {
        default_timeout: Some(Duration::from_millis(100)),
        ..options()
    });
    for path in ["/head", "/body"] {
        assert_eq!(
            raised(http(&environment, format!(r#"{{"url":"{}"}}"#, server.url(path))).await),
            "Failed to send HTTP request: Read timed out. (read timeout=0.1)"
        );
    }
    assert_eq!(
        raised(
            http(
                &environment,
                format!(r#"{{"url":"{}","timeout":"0.05"}}"#, server.url("/head"))
            )
            .await
        ),
        "Failed to send HTTP request: Read timed out. (read timeout=0.05)"
    );
    // A cancelled request closes its connection.
    let before = server.closed.load(Ordering::SeqCst);
    let never = http(
        &environment,
        format!(r#"{{"url":"{}","timeout":60}}"#, server.url("/head")),
    );
    assert!(tokio::time::timeout(Duration::from_millis(50), never).await.is_err());
    for _ in 0..100 {
        if server.closed.load(Ordering::SeqCst) > before {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the connection was not closed");
}

#[tokio::test]
async fn redirects() {
    let other = mirror().await;
    let other_url = other.url("/other");
    let server = Server::start(move |request| {
        let path = request.split(' ').nth(1).unwrap();
        match path {
            "/loop" => reply("302 Found\r\nLocation: /loop", b""),
            "/away" => reply(&format!("307 Temporary Redirect\r\nLocation: {other_url}"), b""),
            "/file" => reply("302 Found\r\nLocation: file:///etc/passwd", b""),
            "/zero" => reply("302 Found\r\nLocation: http://0.0.0.0/", b""),
            "/no-location" => reply("302 Found", b"here"),
            path if path.starts_with("/status/") => reply(
                &format!("{} X\r\nLocation: /end\r\nSet-Cookie: s=1", &path[8..]),
                b"ignored",
            ),
            _ => reply("200 OK", request.as_bytes()),
        }
    })
    .await;
    let environment = environment(options());
    let send = |path: &str, rest: &str| {
        http(
            &environment,
            format!(r#"{{"url":"{}","allow_redirects":true{rest}}}"#, server.url(path)),
        )
    };
    // Not followed unless asked for.
    let stays = success(http(&environment, format!(r#"{{"url":"{}"}}"#, server.url("/status/302"))).await);
    assert_eq!(
        (member(&stays, "status"), member(&stays, "content")),
        ("302".into(), "\"ignored\"".into())
    );

    for (status, method, becomes, keeps_body) in [
        (301, "POST", "GET", false),
        (301, "PUT", "PUT", false),
        (302, "PUT", "GET", false),
        (303, "DELETE", "GET", false),
        (307, "POST", "POST", true),
        (308, "PUT", "PUT", true),
    ] {
        let rest = format!(r#","method":"{method}","json":{{"k":1}},"cookies":{{"c":"0"}},"auth":"a:b""#);
        let result = success(send(&format!("/status/{status}"), &rest).await);
        let content = result.get("content").unwrap().as_str().unwrap().to_owned();
        assert!(
            content.starts_with(&format!("{becomes} /end HTTP")),
            "{status}: {content}"
        );
        assert_eq!(content.contains("{\"k\": 1}"), keeps_body, "{status}: {content}");
        assert_eq!(content.contains("Content-Type"), keeps_body, "{status}: {content}");
        assert!(
            content.contains("Cookie: c=0; s=1\r\n") && content.contains("Authorization"),
            "{content}"
        );
        assert_eq!(member(&result, "history"), "[[]]");
        assert_eq!(member(&result, "url"), format!("\"{}\"", server.url("/end")));
    }
    // Secrets stay with their server.
    let away = success(send("/away", r#","auth":"a:b","cookies":{"c":"0"},"headers":{"X-K":"1"}"#).await);
    let content = away.get("content").unwrap().as_str().unwrap();
    assert!(
        content.starts_with("GET /other") && content.contains("X-K: 1"),
        "{content}"
    );
    assert!(
        !content.contains("Authorization") && !content.contains("Cookie"),
        "{content}"
    );

    assert_eq!(
        raised(send("/loop", "").await),
        "Failed to send HTTP request: Exceeded 30 redirects."
    );
    assert_eq!(
        raised(send("/file", "").await),
        "URL scheme 'file' is not allowed (only http and https are)."
    );
    assert_eq!(member(&success(send("/no-location", "").await), "content"), "\"here\"");

    // The policy holds for every hop: here the first is allowed by name only.
    let address = server.address;
    let resolver: Resolver = Arc::new(move |_, _| Box::pin(async move { Ok(vec![address]) }));
    let guarded = Client::with_resolver(
        Options {
            policy: Policy::new::<&str, _>(&[], &["0.0.0.0/8"]),
            ..Options::default()
        },
        resolver,
    );
    let mut request = Request::new(
        http::Method::GET,
        format!("http://name.test:{}/zero", address.port()).parse().unwrap(),
    );
    request.follow_redirects = true;
    assert_eq!(
        guarded.send(request).await.unwrap_err().to_string(),
        "URL host '0.0.0.0' resolves to a blocked address (0.0.0.0). The operator's [action_std_http] denied_cidrs forbids it."
    );
}

#[tokio::test]
async fn addresses_are_checked_where_they_are_used() {
    let server = mirror().await;
    let address = server.address;
    // A name that is harmless the first time.
    let calls = Arc::new(AtomicUsize::new(0));
    let count = calls.clone();
    let resolver: Resolver = Arc::new(move |host, port| {
        let first = count.fetch_add(1, Ordering::SeqCst) == 0;
        let host = host.to_owned();
        Box::pin(async move {
            match host.as_str() {
                "nowhere.test" => Err(std::io::Error::other("no such name")),
                _ if first => Ok(vec![SocketAddr::from(([192, 0, 2, 1], port))]),
                _ => Ok(vec![SocketAddr::from(([192, 0, 2, 1], port)), address]),
            }
        })
    });
    let client = Client::with_resolver(
        Options {
            default_timeout: Some(Duration::from_millis(50)),
            ..Options::default()
        },
        resolver,
    );
    let get = |url: &str| client.send(Request::new(http::Method::GET, url.parse().unwrap()));
    // 192.0.2.1 is a documentation address: nobody answers, or the network says so.
    assert!(matches!(get("http://name.test/").await, Err(ClientError::Send(_))));
    assert_eq!(
        get("http://name.test/").await.unwrap_err().to_string(),
        "URL host 'name.test' resolves to a blocked address (127.0.0.1). The operator's [action_std_http] denied_cidrs forbids it."
    );
    assert!(
        get("http://nowhere.test/")
            .await
            .unwrap_err()
            .to_string()
            .contains("Failed to resolve 'nowhere.test'")
    );
    // A proxy that the workflow names is a target like any other.
    let mut request = Request::new(http::Method::GET, "http://192.0.2.7/".parse().unwrap());
    request.proxies = vec![("http".into(), format!("http://{address}"))];
    assert!(matches!(client.send(request).await, Err(ClientError::Denied(_))));
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn proxies() {
    let proxy = Server::start(|request| {
        if request.starts_with("CONNECT") {
            reply("403 Forbidden", b"")
        } else {
            reply("200 OK", request.as_bytes())
        }
    })
    .await;
    let environment = environment(options());
    let through = |url: &str, proxies: &str| http(&environment, format!(r#"{{"url":"{url}","proxies":{proxies}}}"#));
    let of = format!(r#"{{"http":"http://u:p@{}"}}"#, proxy.address);
    let result = success(through("http://127.0.0.1:9/a?b", &of).await);
    let content = member(&result, "content");
    assert!(
        content.starts_with("\"GET http://127.0.0.1:9/a?b HTTP/1.1"),
        "{content}"
    );
    assert!(content.contains("Proxy-Authorization: Basic dTpw"), "{content}");
    let all = format!(r#"{{"all":"{}"}}"#, proxy.address);
    assert_eq!(
        raised(through("https://127.0.0.1:9/", &all).await),
        "Failed to send HTTP request: Unable to connect to proxy: Tunnel connection failed: HTTP/1.1 403 Forbidden"
    );
    // The operator's proxies, with exceptions.
    let variables = |name: &str| match name {
        "HTTP_PROXY" => Some(format!("http://{}", proxy.address)),
        "no_proxy" => Some("direct.test, 127.0.0.0/8".to_owned()),
        _ => None,
    };
    let options = options().with_environment(variables);
    let mirror = mirror().await;
    let environment = Environment::new(EnvironmentOptions {
        http: options,
        ..EnvironmentOptions::default()
    });
    assert!(
        mirrored(&environment, &mirror, "/d", "")
            .await
            .starts_with("GET /d HTTP")
    );
    let result = success(http(&environment, r#"{"url":"http://other.test/"}"#.into()).await);
    assert!(member(&result, "content").starts_with("\"GET http://other.test/ HTTP/1.1"));
}

/// A TLS server for `localhost` and `127.0.0.1`, and a proxy in front of it that only opens tunnels.
async fn tls_server() -> (SocketAddr, SocketAddr) {
    use rustls::pki_types::pem::PemObject;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};
    let certificate = CertificateDer::from_pem_file(CERTIFICATE).unwrap();
    let key = PrivateKeyDer::from_pem_file(CERTIFICATE.replace(".pem", ".key")).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                if let Ok(stream) = acceptor.accept(stream).await {
                    serve(stream, &|request: &str| reply("200 OK", request.as_bytes())).await;
                }
            });
        }
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxy = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            tokio::spawn(async move {
                read_request(&mut client, &mut Vec::new()).await.unwrap();
                let mut server = TcpStream::connect(address).await.unwrap();
                client
                    .write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
                    .await
                    .unwrap();
                let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
            });
        }
    });
    (address, proxy)
}

#[tokio::test]
async fn tls() {
    let (address, proxy) = tls_server().await;
    let directory = std::path::Path::new(CERTIFICATE).parent().unwrap();
    let environment = environment(Options {
        ca_directories: vec![directory.to_owned(), "/dev".into(), "/proc".into()],
        ..options()
    });
    let get = |rest: String| http(&environment, format!(r#"{{"url":"https://{address}/s"{rest}}}"#));
    let content = |outcome| member(&success(outcome), "content");
    // An unknown issuer is refused, unless told otherwise.
    assert!(raised(get(String::new()).await).starts_with("Failed to send HTTP request: TLS error: "));
    assert!(raised(get(r#","verify":true"#.into()).await).contains("TLS error"));
    assert!(content(get(r#","verify":false"#.into()).await).contains("GET /s"));
    assert!(content(get(format!(r#","verify":"{CERTIFICATE}""#)).await).contains("GET /s"));
    assert!(
        content(get(format!(r#","verify":false,"proxies":{{"https":"http://{proxy}"}}"#)).await).contains("GET /s")
    );
    assert!(raised(get(r#","verify":"/nonexistent.pem""#.into()).await).contains("invalid path: /nonexistent.pem"));
    for path in ["/dev/zero", "/proc/self/status", "/etc/hostname", "/proc/kmsg"] {
        let outcome = get(format!(r#","verify":"{path}""#)).await;
        assert!(raised(outcome).contains(&format!("invalid path: {path}")));
    }
    // A verified connection is no use for those that must not be believed, and the other way round.
    assert!(raised(get(String::new()).await).contains("TLS error"));
}

#[tokio::test]
async fn requests_with_a_callback() {
    let server = Server::start(|request| match request.split(' ').nth(1).unwrap() {
        "/bad" => reply("503 Busy", request.as_bytes()),
        "/moved" => reply("301 Moved\r\nLocation: /x", request.as_bytes()),
        _ => reply("202 Accepted", request.as_bytes()),
    })
    .await;
    let environment = environment(options());
    let send = |path: &str| {
        let input = format!(
            r#"{{"url":"{}","headers":{{"Mistral-Task-Id":"forged"}}}}"#,
            server.url(path)
        );
        let environment = &environment;
        async move { run(&MistralHttp, environment, &input).await.unwrap() }
    };
    assert_eq!(send("/ok").await, Outcome::Success(Value::Null));
    assert_eq!(send("/moved").await, Outcome::Success(Value::Null));
    let Outcome::Error(result) = send("/bad").await else {
        panic!()
    };
    let content = result.get("content").unwrap().as_str().unwrap();
    for line in [
        "Mistral-Workflow-Name: wf\r\n",
        "Mistral-Workflow-Execution-Id: w1\r\n",
        "Mistral-Task-Id: t1\r\n",
        "Mistral-Action-Execution-Id: a1\r\n",
        "Mistral-Callback-Url: /v2/action_executions/a1\r\n",
    ] {
        assert!(content.contains(line), "{content}");
    }
    assert!(!content.contains("forged"));
    let context = Context {
        callback_url: Some("/v2/x".into()),
        ..Context::default()
    };
    assert_eq!(
        callback_url(&context, Some("https://api:8989/")).as_deref(),
        Some("https://api:8989/v2/x")
    );
    assert_eq!(callback_url(&Context::default(), Some("https://api")), None);
}
