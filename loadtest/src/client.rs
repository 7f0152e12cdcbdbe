//! A small keep-alive HTTP/1.1 client: the load generator shares the machine with the server, so a request costs
//! two system calls and no allocation but the body's. Plain HTTP only.

use std::cell::{Cell, RefCell};
use std::fmt::{self, Write as _};
use std::str::FromStr;
use std::time::{Duration, Instant};

use bytes::{Buf, Bytes, BytesMut};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Servers drop idle connections; those that were idle this long are not trusted with a request.
const LONGEST_IDLE: Duration = Duration::from_secs(4);
const LARGEST_HEAD: usize = 64 * 1024;
const LARGEST_BODY: usize = 256 * 1024 * 1024;

/// Why a request got no answer.
#[derive(Debug)]
pub(crate) enum Error {
    /// No connection: the request was not sent.
    Connect(String),
    /// The connection broke or the time was over after (a part of) the request was sent: the server may have acted.
    Lost(String),
    /// The answer is not HTTP/1.1 as this client understands it.
    Malformed(&'static str),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connect(reason) => write!(f, "cannot connect: {reason}"),
            Self::Lost(reason) => write!(f, "connection lost: {reason}"),
            Self::Malformed(reason) => write!(f, "malformed answer: {reason}"),
        }
    }
}

impl std::error::Error for Error {}

/// The base URL of a service, such as `http://127.0.0.1:8989/v2`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Target {
    authority: String,
    address: String,
    /// The path that every request path is appended to; no slash at the end.
    base: String,
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "http://{}{}", self.authority, self.base)
    }
}

impl FromStr for Target {
    type Err = String;

    fn from_str(url: &str) -> Result<Self, String> {
        if url.starts_with("https://") {
            return Err("https is not supported: point the load generator at the plain HTTP port".to_owned());
        }
        let rest = url
            .strip_prefix("http://")
            .ok_or_else(|| format!("{url}: expected http://HOST[:PORT]/PATH"))?;
        let (authority, path) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
        let bad = |byte: u8| byte.is_ascii_whitespace() || byte.is_ascii_control() || byte == b'@';
        if authority.is_empty() || url.bytes().any(bad) {
            return Err(format!("{url}: expected http://HOST[:PORT]/PATH"));
        }
        let after_host = authority.rfind(']').unwrap_or(0);
        let has_port = authority[after_host..].contains(':');
        let address = if has_port {
            authority.to_owned()
        } else {
            format!("{authority}:80")
        };
        Ok(Self {
            authority: authority.to_owned(),
            address,
            base: path.trim_end_matches('/').to_owned(),
        })
    }
}

/// One request; `path` is relative to the base URL and already percent-encoded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Request<'a> {
    pub method: &'static str,
    pub path: &'a str,
    pub body: &'a [u8],
    pub content_type: &'static str,
}

impl<'a> Request<'a> {
    pub(crate) fn get(path: &'a str) -> Self {
        Self {
            method: "GET",
            path,
            body: b"",
            content_type: "application/json",
        }
    }

    pub(crate) fn post_json(path: &'a str, body: &'a [u8]) -> Self {
        Self {
            method: "POST",
            path,
            body,
            content_type: "application/json",
        }
    }

    pub(crate) fn text(method: &'static str, path: &'a str, body: &'a [u8]) -> Self {
        Self {
            method,
            path,
            body,
            content_type: "text/plain",
        }
    }
}

/// An answer whose body was read to its end.
#[derive(Debug)]
pub(crate) struct Response {
    pub status: u16,
    pub body: Bytes,
}

/// Requests to one or several equal base URLs over kept connections. Not for use from several threads.
pub(crate) struct Client {
    endpoints: Vec<Endpoint>,
    extra_headers: String,
    timeout: Duration,
    turn: Cell<usize>,
    requests: Cell<u64>,
    opened: Cell<u64>,
}

struct Endpoint {
    target: Target,
    idle: RefCell<Vec<Connection>>,
}

impl Client {
    /// A client that takes the targets in turn. `headers` are added to every request; `timeout` bounds each request.
    pub(crate) fn new(targets: Vec<Target>, headers: &[(String, String)], timeout: Duration) -> Self {
        let mut extra_headers = String::new();
        for (name, value) in headers {
            let _ = write!(extra_headers, "{name}: {value}\r\n");
        }
        let endpoints = targets
            .into_iter()
            .map(|target| Endpoint {
                target,
                idle: RefCell::default(),
            })
            .collect();
        Self {
            endpoints,
            extra_headers,
            timeout,
            turn: Cell::new(0),
            requests: Cell::new(0),
            opened: Cell::new(0),
        }
    }

    /// Requests sent and connections opened so far.
    pub(crate) fn counters(&self) -> (u64, u64) {
        (self.requests.get(), self.opened.get())
    }

    /// Sends a request to the next target; the others are tried when it takes no connection.
    ///
    /// # Errors
    /// [`Error`]; after [`Error::Lost`] nobody knows whether the server has acted on the request.
    pub(crate) async fn send(&self, request: Request<'_>) -> Result<Response, Error> {
        let mut refused = Error::Connect("no address".to_owned());
        for _ in 0..self.endpoints.len() {
            let turn = self.turn.get();
            self.turn.set((turn + 1) % self.endpoints.len());
            match self.send_to(&self.endpoints[turn], request).await {
                Err(error @ Error::Connect(_)) => refused = error,
                other => return other,
            }
        }
        Err(refused)
    }

    async fn send_to(&self, endpoint: &Endpoint, request: Request<'_>) -> Result<Response, Error> {
        let exchange = async {
            let mut connection = match endpoint.idle_connection() {
                Some(connection) => connection,
                None => {
                    self.opened.set(self.opened.get() + 1);
                    Connection::open(&endpoint.target.address).await?
                }
            };
            self.requests.set(self.requests.get() + 1);
            let response = connection
                .exchange(&endpoint.target, &self.extra_headers, request)
                .await?;
            if connection.reusable {
                connection.idle_since = Instant::now();
                endpoint.idle.borrow_mut().push(connection);
            }
            Ok(response)
        };
        tokio::time::timeout(self.timeout, exchange)
            .await
            .unwrap_or_else(|_| Err(Error::Lost(format!("no answer within {:?}", self.timeout))))
    }
}

impl Endpoint {
    /// The connection that was used last, if the server has not closed it.
    fn idle_connection(&self) -> Option<Connection> {
        let mut idle = self.idle.borrow_mut();
        while let Some(connection) = idle.pop() {
            if connection.idle_since.elapsed() > LONGEST_IDLE {
                idle.clear();
                return None;
            }
            if connection.is_open() {
                return Some(connection);
            }
        }
        None
    }
}

struct Connection {
    stream: TcpStream,
    output: String,
    input: BytesMut,
    reusable: bool,
    idle_since: Instant,
}

impl Connection {
    async fn open(address: &str) -> Result<Self, Error> {
        let stream = TcpStream::connect(address)
            .await
            .map_err(|error| Error::Connect(format!("{address}: {error}")))?;
        stream
            .set_nodelay(true)
            .map_err(|error| Error::Connect(error.to_string()))?;
        Ok(Self {
            stream,
            output: String::with_capacity(512),
            input: BytesMut::with_capacity(16 * 1024),
            reusable: true,
            idle_since: Instant::now(),
        })
    }

    fn is_open(&self) -> bool {
        let would_block = |error: std::io::Error| error.kind() == std::io::ErrorKind::WouldBlock;
        self.stream.try_read(&mut [0; 1]).is_err_and(would_block)
    }

    async fn exchange(&mut self, target: &Target, headers: &str, request: Request<'_>) -> Result<Response, Error> {
        let Request {
            method,
            path,
            body,
            content_type,
        } = request;
        self.output.clear();
        let _ = write!(
            self.output,
            "{method} {base}{path} HTTP/1.1\r\nHost: {host}\r\nAccept: */*\r\nContent-Type: {content_type}\r\n\
             Content-Length: {length}\r\n{headers}\r\n",
            base = target.base,
            host = target.authority,
            length = body.len(),
        );
        let written = match std::str::from_utf8(body) {
            // One write for head and body keeps the request in one packet.
            Ok(text) => {
                self.output.push_str(text);
                self.stream.write_all(self.output.as_bytes()).await
            }
            Err(_) => match self.stream.write_all(self.output.as_bytes()).await {
                Ok(()) => self.stream.write_all(body).await,
                error => error,
            },
        };
        written.map_err(|error| Error::Lost(error.to_string()))?;
        self.receive().await
    }

    async fn receive(&mut self) -> Result<Response, Error> {
        let mut searched = 0;
        let end = loop {
            if let Some(end) = find_head_end(&self.input, searched) {
                break end;
            }
            if self.input.len() > LARGEST_HEAD {
                return Err(Error::Malformed("the head is too large"));
            }
            searched = self.input.len().saturating_sub(3);
            self.fill().await?;
        };
        let head = Head::parse(&self.input[..end])?;
        self.input.advance(end);
        self.reusable = !head.close;
        let body = match head.body {
            Framing::Length(length) => {
                self.fill_to(length).await?;
                self.input.split_to(length).freeze()
            }
            Framing::Chunked => self.receive_chunks().await?,
            Framing::UntilClose => {
                self.reusable = false;
                while self.read_some().await? > 0 {
                    if self.input.len() > LARGEST_BODY {
                        return Err(Error::Malformed("the body is too large"));
                    }
                }
                self.input.split().freeze()
            }
        };
        if !self.input.is_empty() {
            return Err(Error::Malformed("bytes after the end of the answer"));
        }
        Ok(Response {
            status: head.status,
            body,
        })
    }

    async fn receive_chunks(&mut self) -> Result<Bytes, Error> {
        let mut body = BytesMut::new();
        loop {
            let line = self.receive_line().await?;
            let size = line
                .as_ref()
                .split(|byte: &u8| *byte == b';')
                .next()
                .unwrap_or_default()
                .trim_ascii();
            let size = std::str::from_utf8(size)
                .ok()
                .and_then(|size| usize::from_str_radix(size, 16).ok());
            let size = size.ok_or(Error::Malformed("bad size of a chunk"))?;
            if size == 0 {
                while !self.receive_line().await?.is_empty() {}
                return Ok(body.freeze());
            }
            if body.len() + size > LARGEST_BODY {
                return Err(Error::Malformed("the body is too large"));
            }
            self.fill_to(size + 2).await?;
            body.extend_from_slice(&self.input[..size]);
            self.input.advance(size + 2);
        }
    }

    async fn receive_line(&mut self) -> Result<BytesMut, Error> {
        loop {
            if let Some(end) = self.input.windows(2).position(|pair| pair == b"\r\n") {
                let line = self.input.split_to(end);
                self.input.advance(2);
                return Ok(line);
            }
            if self.input.len() > LARGEST_HEAD {
                return Err(Error::Malformed("a line of the chunked body is too long"));
            }
            self.fill().await?;
        }
    }

    async fn fill_to(&mut self, length: usize) -> Result<(), Error> {
        if length > LARGEST_BODY {
            return Err(Error::Malformed("the body is too large"));
        }
        while self.input.len() < length {
            self.fill().await?;
        }
        Ok(())
    }

    async fn fill(&mut self) -> Result<(), Error> {
        match self.read_some().await? {
            0 => Err(Error::Lost("closed by the server".to_owned())),
            _ => Ok(()),
        }
    }

    async fn read_some(&mut self) -> Result<usize, Error> {
        self.input.reserve(4096);
        self.stream
            .read_buf(&mut self.input)
            .await
            .map_err(|error| Error::Lost(error.to_string()))
    }
}

fn find_head_end(input: &[u8], from: usize) -> Option<usize> {
    input[from..]
        .windows(4)
        .position(|bytes| bytes == b"\r\n\r\n")
        .map(|position| from + position + 4)
}

#[derive(Debug, Eq, PartialEq)]
enum Framing {
    Length(usize),
    Chunked,
    UntilClose,
}

#[derive(Debug, Eq, PartialEq)]
struct Head {
    status: u16,
    close: bool,
    body: Framing,
}

impl Head {
    fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let text = std::str::from_utf8(bytes).map_err(|_| Error::Malformed("the head is not text"))?;
        let mut lines = text.split("\r\n");
        let status_line = lines.next().unwrap_or_default();
        let (version, rest) = status_line
            .split_at_checked(9)
            .ok_or(Error::Malformed("no status line"))?;
        if !version.starts_with("HTTP/1.") {
            return Err(Error::Malformed("not HTTP/1"));
        }
        let status = rest
            .get(..3)
            .and_then(|digits| digits.parse().ok())
            .ok_or(Error::Malformed("no status"))?;
        let mut head = Self {
            status,
            close: version == "HTTP/1.0 ",
            body: Framing::UntilClose,
        };
        for line in lines {
            let Some((name, value)) = line.split_once(':') else {
                continue;
            };
            let value = value.trim();
            if name.eq_ignore_ascii_case("content-length") {
                let length = value.parse().map_err(|_| Error::Malformed("bad Content-Length"))?;
                if head.body != Framing::Chunked {
                    head.body = Framing::Length(length);
                }
            } else if name.eq_ignore_ascii_case("transfer-encoding") && value.eq_ignore_ascii_case("chunked") {
                head.body = Framing::Chunked;
            } else if name.eq_ignore_ascii_case("connection") {
                head.close = value.eq_ignore_ascii_case("close");
            }
        }
        if status == 204 || status == 304 {
            head.body = Framing::Length(0);
        }
        Ok(head)
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    #[test]
    fn targets() {
        let target: Target = "http://127.0.0.1:8989/v2/".parse().unwrap();
        assert_eq!(target.to_string(), "http://127.0.0.1:8989/v2");
        assert_eq!(
            (target.address.as_str(), target.base.as_str()),
            ("127.0.0.1:8989", "/v2")
        );
        assert_eq!("http://[::1]".parse::<Target>().unwrap().address, "[::1]:80");
        assert_eq!("http://cloud".parse::<Target>().unwrap().base, "");
        for bad in ["https://x/v2", "x:8989", "http://", "http:///v2", "http://a b/"] {
            assert!(bad.parse::<Target>().is_err(), "{bad}");
        }
    }

    #[test]
    fn heads() {
        let head = Head::parse(b"HTTP/1.1 201 Created\r\ncontent-length: 5\r\nX: y\r\n\r\n").unwrap();
        assert_eq!(
            head,
            Head {
                status: 201,
                close: false,
                body: Framing::Length(5)
            }
        );
        let head = Head::parse(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n").unwrap();
        assert_eq!(
            head,
            Head {
                status: 204,
                close: true,
                body: Framing::Length(0)
            }
        );
        let head = Head::parse(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").unwrap();
        assert_eq!(head.body, Framing::Chunked);
        for bad in [&b"HTTP/2 200\r\n\r\n"[..], b"HTTP/1.1 abc\r\n\r\n", b"\r\n\r\n"] {
            assert!(Head::parse(bad).is_err());
        }
    }

    /// Serves the given answers, each on the same connection until one is empty, which closes it.
    async fn serve(answers: &'static [&'static [u8]]) -> Client {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/v2", listener.local_addr().unwrap());
        tokio::spawn(async move {
            let mut answers = answers.iter();
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut request = [0; 4096];
                while stream.read(&mut request).await.is_ok_and(|count| count > 0) {
                    match answers.next() {
                        Some(answer) if !answer.is_empty() => {
                            // In two parts, so that reading has to go on after the first.
                            let (first, second) = answer.split_at(answer.len() / 2);
                            stream.write_all(first).await.unwrap();
                            tokio::time::sleep(Duration::from_millis(2)).await;
                            stream.write_all(second).await.unwrap();
                        }
                        _ => break,
                    }
                }
            }
        });
        Client::new(vec![url.parse().unwrap()], &[], Duration::from_secs(5))
    }

    #[tokio::test]
    async fn answers_of_every_framing_on_one_connection() {
        let client = serve(&[
            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nT: r\r\n\r\n",
            b"HTTP/1.1 204 No Content\r\n\r\n",
        ])
        .await;
        for want in ["hello", "hello", ""] {
            assert_eq!(client.send(Request::get("/workflows")).await.unwrap().body, want);
        }
        assert_eq!(client.counters(), (3, 1));
    }

    #[tokio::test]
    async fn a_broken_answer_is_an_error_and_its_connection_is_not_used_again() {
        let client = serve(&[b"", b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"]).await;
        assert!(matches!(client.send(Request::get("/")).await, Err(Error::Lost(_))));
        assert_eq!(client.send(Request::get("/")).await.unwrap().body, "ok");
        assert_eq!(client.counters(), (2, 2));
    }

    #[tokio::test]
    async fn the_next_target_is_tried_when_one_takes_no_connection() {
        let client = serve(&[b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"]).await;
        let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let targets = vec![
            format!("http://{closed}").parse().unwrap(),
            client.endpoints[0].target.clone(),
        ];
        let client = Client::new(targets, &[], Duration::from_secs(5));
        assert_eq!(client.send(Request::get("/")).await.unwrap().status, 200);
    }
}
