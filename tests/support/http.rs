//! A small blocking HTTP/1.1 client: no more than the tests need, nothing that hides what the server does.

use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

use super::json;

/// Longest line of a response head that is accepted.
const MAX_LINE: u64 = 64 << 10;

/// For requests without headers of their own.
pub(crate) const NO_HEADERS: &[(&str, &str)] = &[];

/// A response, its body read to the end.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON; a text that is none as a string, nothing as null.
    pub(crate) fn json(&self) -> Value {
        if self.body.is_empty() {
            return Value::Null;
        }
        json::parse(&self.body).unwrap_or_else(|| Value::String(self.text()))
    }
}

/// One client: one connection, kept open between requests while the server does.
pub(crate) struct Client {
    address: SocketAddr,
    timeout: Duration,
    connection: Option<BufReader<TcpStream>>,
}

impl Client {
    pub(crate) fn new(address: SocketAddr) -> Client {
        Client {
            address,
            timeout: Duration::from_secs(90),
            connection: None,
        }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Limit for connecting, and for every pause while reading.
    pub(crate) fn with_timeout(self, timeout: Duration) -> Client {
        Client { timeout, ..self }
    }

    /// Sends a request with exactly these headers besides `Host` and `Content-Length`, and reads the answer.
    ///
    /// # Errors
    /// No connection, none any more, or no HTTP. Whether the server has acted is unknown then.
    pub(crate) fn send<N: AsRef<str>, V: AsRef<str>>(
        &mut self,
        method: &str,
        target: &str,
        headers: &[(N, V)],
        body: Option<&[u8]>,
    ) -> Result<Answer> {
        let mut connection = match self.connection.take().filter(is_usable) {
            Some(connection) => connection,
            None => self.connect()?,
        };
        let mut message = format!("{method} {target} HTTP/1.1\r\nHost: {}\r\n", self.address);
        for (name, value) in headers {
            message.push_str(&format!("{}: {}\r\n", name.as_ref(), value.as_ref()));
        }
        let expects_body = matches!(method, "POST" | "PUT" | "PATCH");
        if body.is_some() || expects_body {
            message.push_str(&format!("Content-Length: {}\r\n", body.map_or(0, <[u8]>::len)));
        }
        message.push_str("\r\n");
        let mut bytes = message.into_bytes();
        bytes.extend_from_slice(body.unwrap_or_default());
        // A server may answer and close before it has read a large body: its answer counts.
        let sent = connection.get_mut().write_all(&bytes);
        match read_answer(&mut connection, method) {
            Ok((answer, keep)) => {
                if keep && sent.is_ok() {
                    self.connection = Some(connection);
                }
                Ok(answer)
            }
            Err(error) => Err(sent.err().unwrap_or(error)),
        }
    }

    pub(crate) fn get(&mut self, target: &str) -> Result<Answer> {
        self.send("GET", target, &accept_all(), None)
    }

    pub(crate) fn send_json(&mut self, method: &str, target: &str, body: &Value) -> Result<Answer> {
        self.send_typed(method, target, "application/json", body.to_string().as_bytes())
    }

    pub(crate) fn send_text(&mut self, method: &str, target: &str, body: &str) -> Result<Answer> {
        self.send_typed(method, target, "text/plain", body.as_bytes())
    }

    fn send_typed(&mut self, method: &str, target: &str, content_type: &str, body: &[u8]) -> Result<Answer> {
        let mut headers = accept_all();
        headers.push(("Content-Type".to_owned(), content_type.to_owned()));
        self.send(method, target, &headers, Some(body))
    }

    fn connect(&self) -> Result<BufReader<TcpStream>> {
        let stream = TcpStream::connect_timeout(&self.address, self.timeout)?;
        stream.set_read_timeout(Some(self.timeout))?;
        stream.set_write_timeout(Some(self.timeout))?;
        stream.set_nodelay(true)?;
        Ok(BufReader::new(stream))
    }
}

fn accept_all() -> Vec<(String, String)> {
    vec![("Accept".to_owned(), "*/*".to_owned())]
}

/// Whether an idle connection is still open: one that the server has closed must not be taken, for a request on it could not
/// be repeated safely.
fn is_usable(connection: &BufReader<TcpStream>) -> bool {
    let stream = connection.get_ref();
    if !connection.buffer().is_empty() || stream.set_nonblocking(true).is_err() {
        return false;
    }
    let looked = stream.peek(&mut [0]);
    stream.set_nonblocking(false).is_ok() && matches!(looked, Err(error) if error.kind() == ErrorKind::WouldBlock)
}

/// The answer, and whether the connection may be used again.
fn read_answer(connection: &mut BufReader<TcpStream>, method: &str) -> Result<(Answer, bool)> {
    loop {
        let line = read_line(connection)?;
        let mut words = line.splitn(3, ' ');
        let (version, status) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let status: u16 = status
            .parse()
            .map_err(|_| invalid(&format!("no status line: {line:?}")))?;
        if !version.starts_with("HTTP/1.") {
            return Err(invalid(&format!("no status line: {line:?}")));
        }
        let headers = read_headers(connection)?;
        if (100..200).contains(&status) {
            continue;
        }
        let mut answer = Answer {
            status,
            headers,
            body: Vec::new(),
        };
        let chunked = answer
            .header("transfer-encoding")
            .is_some_and(|value| value.ends_with("chunked"));
        let mut keep = version == "HTTP/1.1" && answer.header("connection") != Some("close");
        if method == "HEAD" || status == 204 || status == 304 {
        } else if chunked {
            answer.body = read_chunks(connection)?;
        } else if let Some(length) = answer.header("content-length") {
            let length: usize = length.parse().map_err(|_| invalid("Content-Length is no number"))?;
            answer.body = vec![0; length];
            connection.read_exact(&mut answer.body)?;
        } else {
            connection.read_to_end(&mut answer.body)?;
            keep = false;
        }
        return Ok((answer, keep));
    }
}

fn read_headers(connection: &mut BufReader<TcpStream>) -> Result<Vec<(String, String)>> {
    let mut headers = Vec::new();
    loop {
        let line = read_line(connection)?;
        if line.is_empty() {
            return Ok(headers);
        }
        let (name, value) = line
            .split_once(':')
            .ok_or_else(|| invalid(&format!("no header: {line:?}")))?;
        headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
    }
}

fn read_chunks(connection: &mut BufReader<TcpStream>) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = read_line(connection)?;
        let size = line.split(';').next().unwrap_or_default().trim();
        let size = u64::from_str_radix(size, 16).map_err(|_| invalid(&format!("no chunk size: {line:?}")))?;
        if size == 0 {
            // Trailers, if any, end with an empty line.
            while !read_line(connection)?.is_empty() {}
            return Ok(body);
        }
        let read = connection.by_ref().take(size).read_to_end(&mut body)?;
        if read as u64 != size || !read_line(connection)?.is_empty() {
            return Err(invalid("a chunk of another size than announced"));
        }
    }
}

fn read_line(connection: &mut BufReader<TcpStream>) -> Result<String> {
    let mut line = Vec::new();
    connection.by_ref().take(MAX_LINE).read_until(b'\n', &mut line)?;
    if line.pop() != Some(b'\n') {
        return Err(Error::new(ErrorKind::UnexpectedEof, "the connection ended"));
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    // Headers are Latin-1.
    Ok(line.into_iter().map(char::from).collect())
}

fn invalid(text: &str) -> Error {
    Error::new(ErrorKind::InvalidData, text)
}
