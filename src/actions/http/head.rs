//! Remembers the head of each HTTP/1 response as it came over the wire.
//!
//! hyper reads header names into lower case. Clients of the service see the names as the server wrote them (upstream keeps
//! them, and workflows say `headers['Content-Type']`), so the connection keeps a copy of the bytes.

use std::collections::HashMap;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use parking_lot::Mutex;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Bytes of a head that are kept; hyper refuses heads that are much larger.
const LARGEST_HEAD: usize = 512 * 1024;

/// What has been seen of a response on one connection.
#[derive(Debug, Default)]
enum Seen {
    /// Between responses.
    #[default]
    Nothing,
    Part(Vec<u8>),
    Whole(Vec<u8>),
}

/// Shared by a connection's stream and its user.
#[derive(Clone, Debug, Default)]
pub(super) struct Recorder(Arc<Mutex<Seen>>);

impl Recorder {
    /// Takes the head of the response that has just begun: for each header name in lower case, how the server wrote it.
    pub(super) fn take_names(&self) -> HashMap<String, String> {
        let seen = std::mem::take(&mut *self.0.lock());
        let head = match seen {
            Seen::Whole(head) | Seen::Part(head) => head,
            Seen::Nothing => Vec::new(),
        };
        let mut names = HashMap::new();
        for line in head.split(|&b| b == b'\n').skip(1) {
            let Some(colon) = line.iter().position(|&b| b == b':') else {
                continue;
            };
            let Ok(name) = std::str::from_utf8(&line[..colon]) else {
                continue;
            };
            let name = name.trim();
            // Of several spellings, the first.
            names
                .entry(name.to_ascii_lowercase())
                .or_insert_with(|| name.to_owned());
        }
        names
    }

    /// A request is being written: what comes next is a response.
    fn expect_response(&self) {
        let mut seen = self.0.lock();
        if matches!(*seen, Seen::Nothing) {
            *seen = Seen::Part(Vec::new());
        }
    }

    fn read(&self, bytes: &[u8]) {
        let mut seen = self.0.lock();
        let Seen::Part(head) = &mut *seen else { return };
        // The blank line may begin in what is there already.
        let from = head.len().saturating_sub(3);
        head.extend_from_slice(&bytes[..bytes.len().min(LARGEST_HEAD.saturating_sub(head.len()))]);
        while let Some(end) = end_of_head(head, from) {
            if is_interim(head) {
                head.drain(..end);
                if end_of_head(head, 0).is_some() {
                    continue;
                }
                return;
            }
            head.truncate(end);
            let head = std::mem::take(head);
            *seen = Seen::Whole(head);
            return;
        }
    }
}

fn end_of_head(head: &[u8], from: usize) -> Option<usize> {
    let after = |pattern: &[u8]| {
        head[from..]
            .windows(pattern.len())
            .position(|w| w == pattern)
            .map(|i| from + i + pattern.len())
    };
    match (after(b"\r\n\r\n"), after(b"\n\n")) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// `HTTP/1.1 100 Continue` and its like, which precede the response.
fn is_interim(head: &[u8]) -> bool {
    let status = head.split(|&b| b == b' ').nth(1);
    status.is_some_and(|s| s.len() >= 3 && s[0] == b'1' && !s.starts_with(b"101"))
}

/// A stream whose responses are watched.
pub(super) struct Watched<S> {
    inner: S,
    recorder: Recorder,
}

impl<S> Watched<S> {
    pub(super) fn new(inner: S) -> (Watched<S>, Recorder) {
        let recorder = Recorder::default();
        (
            Watched {
                inner,
                recorder: recorder.clone(),
            },
            recorder,
        )
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let polled = Pin::new(&mut self.inner).poll_read(cx, buf);
        if polled.is_ready() && buf.filled().len() > before {
            self.recorder.read(&buf.filled()[before..]);
        }
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.recorder.expect_response();
        Pin::new(&mut self.inner).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.recorder.expect_response();
        Pin::new(&mut self.inner).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(chunks: &[&[u8]]) -> Vec<(String, String)> {
        let recorder = Recorder::default();
        recorder.expect_response();
        for chunk in chunks {
            recorder.read(chunk);
        }
        let mut names: Vec<_> = recorder.take_names().into_iter().collect();
        names.sort();
        names
    }

    #[test]
    fn names_as_written() {
        let response = b"HTTP/1.1 100 Continue\r\nX-No: 1\r\n\r\nHTTP/1.1 200 OK\r\nETag: x\r\ncontent-TYPE: y\r\n\r\nBody-No: 1\r\n\r\n";
        let expected = vec![
            ("content-type".to_owned(), "content-TYPE".to_owned()),
            ("etag".to_owned(), "ETag".to_owned()),
        ];
        assert_eq!(names(&[response]), expected);
        let bytewise: Vec<&[u8]> = response.chunks(1).collect();
        assert_eq!(names(&bytewise), expected);
        assert_eq!(
            names(&[b"HTTP/1.0 200 OK\nA: b\n\nC: d\n"]),
            vec![("a".to_owned(), "A".to_owned())]
        );
    }

    #[test]
    fn only_the_head_after_a_request_is_kept() {
        let recorder = Recorder::default();
        recorder.read(b"HTTP/1.1 200 OK\r\nX: 1\r\n\r\n");
        assert!(recorder.take_names().is_empty());
        recorder.expect_response();
        recorder.read(&vec![b'x'; 2 * LARGEST_HEAD]);
        assert!(matches!(&*recorder.0.lock(), Seen::Part(head) if head.len() == LARGEST_HEAD));
    }
}
