//! Compressed answers, for clients that take them: lists become a tenth.

use std::io::Write;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{self, HeaderValue};
use hyper::body::Body as HttpBody;

use super::Answer;
use super::reply::Body;
use super::work;
use super::work::turns::Client;

/// Smaller answers are not worth it; larger ones are sent as they come from the database.
const FROM: u64 = 1 << 10;
const UNTIL: u64 = 8 << 20;

/// From this size on it is done beside the threads that serve requests.
const LARGE: u64 = 64 << 10;

/// The answer, compressed if it is JSON of a fitting size.
pub(crate) async fn compressed(client: Client, answer: Answer) -> Answer {
    let headers = answer.headers();
    let is_json = headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    let size = answer.body().size_hint().exact();
    let fits = size.is_some_and(|size| (FROM..UNTIL).contains(&size));
    if !is_json || !fits || headers.contains_key(header::CONTENT_ENCODING) {
        return answer;
    }
    let is_large = size.is_some_and(|size| size >= LARGE);
    let (mut parts, body) = answer.into_parts();
    let kept = body.clone();
    let small = work::run(client, is_large, move || gzip(body)).await;
    parts
        .headers
        .append(header::VARY, HeaderValue::from_static("accept-encoding"));
    let body = match small {
        Ok(Some(small)) => {
            parts
                .headers
                .insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            Body::from(small)
        }
        _ => kept,
    };
    Answer::from_parts(parts, body)
}

fn gzip(mut body: Body) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    while let Some(piece) = body.piece() {
        encoder.write_all(&piece).ok()?;
    }
    encoder.finish().ok().map(Bytes::from)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use http_body_util::BodyExt;

    use super::*;

    async fn round(size: usize) -> (bool, Vec<u8>) {
        let mut answer = Answer::new(Body::from(Bytes::from("[1, 2]".repeat(size / 6))));
        let kind = HeaderValue::from_static("application/json");
        answer.headers_mut().insert(header::CONTENT_TYPE, kind);
        let answer = compressed(Client::Unknown, answer).await;
        let is_gzip = answer.headers().contains_key(header::CONTENT_ENCODING);
        (is_gzip, answer.into_body().collect().await.unwrap().to_bytes().to_vec())
    }

    #[tokio::test]
    async fn answers_of_a_fitting_size_are_compressed() {
        assert!(!round(600).await.0);
        for size in [6_000, 600_000] {
            let (is_gzip, bytes) = round(size).await;
            assert!(is_gzip && bytes.len() < size / 5);
            let mut text = String::new();
            flate2::read::GzDecoder::new(&bytes[..])
                .read_to_string(&mut text)
                .unwrap();
            assert_eq!(text.len(), size);
        }
    }
}
