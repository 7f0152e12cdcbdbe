//! Bodies of answers: in one piece, or with large texts that are escaped piece by piece while they are sent. So a text of ten
//! megabytes takes the memory that the database's answer takes and a piece, and no piece keeps a thread for long.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::ops::Range;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use parking_lot::Mutex;
use tokio::sync::mpsc;

use super::escape::{self, Progress};
use mistral_model::Payload;
use mistral_store::list::StoredText;

/// Size of the pieces that large texts are sent in.
const PIECE: usize = 64 << 10;

/// Pieces after which other requests get their turn.
const PIECES_PER_TURN: u32 = 4;

/// Where a shared text lies.
#[derive(Clone, Debug)]
pub enum Source {
    /// In a row that was read.
    Stored(StoredText),
    Payload(Payload),
}

/// A text, or a part of one, that is not copied.
#[derive(Clone, Debug)]
pub struct Shared {
    source: Source,
    range: Range<usize>,
}

impl Shared {
    pub fn whole(source: Source) -> Shared {
        let mut shared = Shared { source, range: 0..0 };
        shared.range = 0..shared.all().len();
        shared
    }

    /// A part of a text; bytes beyond its end do not count.
    pub fn part(source: Source, range: Range<usize>) -> Shared {
        Shared { source, range }
    }

    fn all(&self) -> &[u8] {
        match &self.source {
            Source::Stored(text) => text.bytes(),
            Source::Payload(payload) => payload.json(),
        }
    }

    pub fn bytes(&self) -> &[u8] {
        self.all().get(self.range.clone()).unwrap_or_default()
    }
}

/// How a text is escaped.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    Plain,
    /// JSON text, in Python's spelling.
    Json,
}

/// A text that is escaped when it is sent.
#[derive(Clone, Debug)]
pub struct Deferred {
    text: Shared,
    form: Form,
    progress: Progress,
}

impl Deferred {
    pub fn new(text: Shared, form: Form) -> Deferred {
        Deferred {
            text,
            form,
            progress: Progress::default(),
        }
    }

    /// Appends about `room` bytes. `true`: that was the rest.
    fn write(&mut self, out: &mut Vec<u8>, room: usize) -> bool {
        match self.form {
            Form::Plain => escape::plain(self.text.bytes(), &mut self.progress, out, room),
            Form::Json => escape::json(self.text.bytes(), &mut self.progress, out, room),
        }
    }
}

/// A part of a body.
#[derive(Clone, Debug)]
pub enum Part {
    Bytes(Bytes),
    Deferred(Deferred),
}

/// The body of an answer.
#[derive(Clone, Debug, Default)]
pub struct Body {
    parts: VecDeque<Part>,
    /// Pieces since others had their turn.
    pieces: u32,
    /// What comes behind the parts, for as long as somebody sends.
    stream: Option<Arc<Mutex<mpsc::Receiver<Bytes>>>>,
}

impl Body {
    pub fn new(parts: Vec<Part>) -> Body {
        let mut parts = VecDeque::from(parts);
        parts.retain(|part| !matches!(part, Part::Bytes(bytes) if bytes.is_empty()));
        Body {
            parts,
            ..Body::default()
        }
    }

    /// A body that goes on with what is sent.
    pub fn stream(first: Body, rest: mpsc::Receiver<Bytes>) -> Body {
        Body {
            stream: Some(Arc::new(Mutex::new(rest))),
            ..first
        }
    }

    /// Whether there is nothing to send.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The beginning of the body, as far as it lies in memory.
    pub fn beginning(&self) -> &[u8] {
        match self.parts.front() {
            Some(Part::Bytes(bytes)) => bytes,
            _ => &[],
        }
    }

    /// The next piece: whole parts where they are alone, else as much as fits.
    pub fn piece(&mut self) -> Option<Bytes> {
        if let [Part::Bytes(_)] = self.parts.make_contiguous()
            && let Some(Part::Bytes(bytes)) = self.parts.pop_front()
        {
            return Some(bytes);
        }
        if self.parts.is_empty() {
            return None;
        }
        let mut out = Vec::with_capacity(PIECE + 256);
        while out.len() < PIECE {
            match self.parts.front_mut() {
                None => break,
                Some(Part::Bytes(bytes)) => {
                    let fitting = bytes.split_to(bytes.len().min(PIECE - out.len()));
                    out.extend_from_slice(&fitting);
                    if bytes.is_empty() {
                        self.parts.pop_front();
                    }
                }
                Some(Part::Deferred(text)) => {
                    let room = PIECE - out.len();
                    if text.write(&mut out, room) {
                        self.parts.pop_front();
                    }
                }
            }
        }
        Some(out.into())
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Body {
        Body::new(vec![Part::Bytes(bytes)])
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.pieces == PIECES_PER_TURN && !self.parts.is_empty() {
            self.pieces = 0;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        self.pieces += 1;
        match (self.piece(), &self.stream) {
            (None, Some(stream)) => {
                let polled = stream.lock().poll_recv(context);
                polled.map(|message| message.map(|bytes| Ok(Frame::data(bytes))))
            }
            (piece, _) => Poll::Ready(piece.map(|bytes| Ok(Frame::data(bytes)))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.parts.is_empty() && self.stream.is_none()
    }

    /// Exact unless something is escaped on the way.
    fn size_hint(&self) -> SizeHint {
        let mut length = 0;
        if self.stream.is_some() {
            return SizeHint::default();
        }
        for part in &self.parts {
            match part {
                Part::Bytes(bytes) => length += bytes.len() as u64,
                Part::Deferred(_) => return SizeHint::default(),
            }
        }
        SizeHint::with_exact(length)
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;

    use super::*;

    fn payload(text: String) -> Source {
        Source::Payload(Payload::from_json(text))
    }

    #[tokio::test]
    async fn large_texts_come_in_pieces() {
        let text = format!("[{}\"é\"]", "\"a,b\",".repeat(100_000));
        let parts = vec![
            Part::Bytes(Bytes::from_static(b"{\"x\": \"")),
            Part::Deferred(Deferred::new(Shared::whole(payload(text.clone())), Form::Json)),
            Part::Bytes(Bytes::from_static(b"\"}")),
        ];
        let mut body = Body::new(parts);
        assert_eq!(body.size_hint().exact(), None);
        let (mut all, mut pieces) = (Vec::new(), 0);
        while let Some(frame) = body.frame().await {
            let data = frame.unwrap().into_data().unwrap();
            assert!(data.len() <= PIECE + 64, "{}", data.len());
            all.extend_from_slice(&data);
            pieces += 1;
        }
        let value = mistral_model::json::parse(&all).unwrap();
        let inner = value.get("x").and_then(|x| x.as_str()).unwrap();
        assert_eq!(inner, text.replace("\",\"", "\", \"").replace('é', "\\u00e9"));
        assert!(pieces > 5 && body.is_end_stream());
    }

    #[test]
    fn small_bodies_have_a_length() {
        let body = Body::from(Bytes::from_static(b"abc"));
        assert_eq!((body.size_hint().exact(), body.is_end_stream()), (Some(3), false));
        let empty = Body::from(Bytes::new());
        assert_eq!((empty.size_hint().exact(), empty.is_end_stream()), (Some(0), true));
    }

    #[test]
    fn parts_are_parts() {
        let part = Shared::part(payload("{\"result\":[1]}".into()), 10..13);
        assert_eq!(part.bytes(), b"[1]");
        assert_eq!(Shared::part(payload("{}".into()), 1..9).bytes(), b"");
    }
}
