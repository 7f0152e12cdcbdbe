//! Bodies of requests, taken in piece by piece.

use std::pin::Pin;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt as _;
use hyper::body::Body as HttpBody;

/// Why a body was not read to its end.
#[derive(Debug)]
pub(crate) enum Error<E> {
    /// It is longer than it may be.
    TooLarge,
    Broken(E),
}

/// Memory that an announced length alone gets a body, bytes; what really arrives gets more.
const MAX_RESERVED: usize = 1 << 20;

/// Collects a body of at most `limit` bytes. One that comes in one piece is not copied.
pub(crate) async fn collect<B>(
    mut body: Pin<&mut B>,
    announced: Option<usize>,
    limit: usize,
) -> Result<Bytes, Error<B::Error>>
where
    B: HttpBody<Data = Bytes>,
{
    let mut first = Bytes::new();
    let mut all: Option<BytesMut> = None;
    let mut left = limit;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(Error::Broken)?.into_data() else {
            continue;
        };
        left = left.checked_sub(data.len()).ok_or(Error::TooLarge)?;
        match &mut all {
            None if first.is_empty() => first = data,
            None => {
                let expected = announced.unwrap_or_default().min(MAX_RESERVED);
                let mut collected = BytesMut::with_capacity(expected.max(first.len() + data.len()));
                collected.extend_from_slice(&std::mem::take(&mut first));
                collected.extend_from_slice(&data);
                all = Some(collected);
            }
            Some(all) => {
                // An announced length is believed once a good part of it has arrived.
                if let Some(length) = announced
                    && all.capacity() - all.len() < data.len()
                    && all.len() >= length / 8
                {
                    all.reserve(length.saturating_sub(all.len()));
                }
                all.extend_from_slice(&data);
            }
        }
    }
    Ok(all.map_or(first, BytesMut::freeze))
}

/// How much of a refused body is read for nothing, bytes and time.
const DISCARDED: usize = 64 << 20;
const DISCARDING: Duration = Duration::from_secs(10);

/// Reads what is left of a refused body, within bounds: HTTP/2 clients that are still sending when their stream is closed do
/// not read the answer.
pub(crate) async fn discard<B>(mut body: Pin<&mut B>)
where
    B: HttpBody<Data = Bytes>,
{
    let read = async {
        let mut left = DISCARDED;
        while let Some(Ok(frame)) = body.frame().await {
            let length = frame.data_ref().map_or(0, Bytes::len);
            match left.checked_sub(length) {
                Some(rest) => left = rest,
                None => break,
            }
        }
    };
    let _ = tokio::time::timeout(DISCARDING, read).await;
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use futures_util::stream;
    use http_body_util::StreamBody;
    use hyper::body::Frame;

    use super::*;

    async fn collected(pieces: &'static [&'static str], limit: usize) -> Result<Bytes, Error<Infallible>> {
        let frames = pieces.iter().map(|piece| Ok(Frame::data(Bytes::from(*piece))));
        let body = StreamBody::new(stream::iter(frames));
        collect(std::pin::pin!(body), Some(3), limit).await
    }

    #[tokio::test]
    async fn bodies_are_bounded() {
        assert_eq!(collected(&[], 3).await.unwrap(), "");
        assert_eq!(collected(&["abc"], 3).await.unwrap(), "abc");
        assert_eq!(collected(&["a", "b", "c"], 3).await.unwrap(), "abc");
        assert!(matches!(collected(&["abc", "d"], 3).await, Err(Error::TooLarge)));
    }
}
