//! Bodies of responses: unpacked while they come in, and cut off at a limit (a small body can unpack to a huge one).

use std::io::Write;

use super::client::Error;

/// Collects a body, unpacking it on the way, up to a limit.
pub(super) enum Decoder {
    /// Before the first byte: a server may announce a coding and send nothing.
    Undecided {
        gzip: bool,
        sink: Limited,
    },
    Plain(Limited),
    Gzip(Box<flate2::write::MultiGzDecoder<Limited>>),
    Zlib(Box<flate2::write::ZlibDecoder<Limited>>),
    /// `deflate` without the wrapper that the standard asks for; decided by the first byte.
    Deflate(Box<flate2::write::DeflateDecoder<Limited>>),
}

/// A buffer that refuses to grow past a limit.
pub(super) struct Limited {
    bytes: Vec<u8>,
    limit: u64,
    exceeded: Option<u64>,
}

impl Write for Limited {
    fn write(&mut self, chunk: &[u8]) -> std::io::Result<usize> {
        let size = self.bytes.len() as u64 + chunk.len() as u64;
        if size > self.limit {
            self.exceeded = Some(size);
            return Err(std::io::Error::other("too large"));
        }
        self.bytes.extend_from_slice(chunk);
        Ok(chunk.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Decoder {
    pub(super) fn new(coding: &str, expected: usize, limit: u64) -> Decoder {
        let sink = Limited {
            bytes: Vec::with_capacity(expected),
            limit,
            exceeded: None,
        };
        match coding.trim().to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => Decoder::Undecided { gzip: true, sink },
            "deflate" => Decoder::Undecided { gzip: false, sink },
            _ => Decoder::Plain(sink),
        }
    }

    fn sink(&self) -> &Limited {
        match self {
            Decoder::Plain(sink) | Decoder::Undecided { sink, .. } => sink,
            Decoder::Gzip(decoder) => decoder.get_ref(),
            Decoder::Zlib(decoder) => decoder.get_ref(),
            Decoder::Deflate(decoder) => decoder.get_ref(),
        }
    }

    fn failed(&self, error: &std::io::Error) -> Error {
        let sink = self.sink();
        match sink.exceeded {
            Some(size) => Error::TooLarge {
                size,
                limit: sink.limit,
            },
            None => Error::send(format!(
                "Received response with a content-encoding that cannot be decoded ({error})"
            )),
        }
    }

    /// Takes the next bytes from the wire.
    ///
    /// # Errors
    /// When they cannot be unpacked, or what they make is larger than the limit.
    pub(super) fn write(&mut self, chunk: &[u8]) -> Result<(), Error> {
        if let (Decoder::Undecided { gzip, sink }, Some(&first)) = (&mut *self, chunk.first()) {
            let gzip = *gzip;
            let sink = Limited {
                bytes: std::mem::take(&mut sink.bytes),
                limit: sink.limit,
                exceeded: None,
            };
            *self = if gzip {
                Decoder::Gzip(Box::new(flate2::write::MultiGzDecoder::new(sink)))
            } else if first & 0x0f == 8 {
                // zlib's first byte names the method, 8, in its low half.
                Decoder::Zlib(Box::new(flate2::write::ZlibDecoder::new(sink)))
            } else {
                Decoder::Deflate(Box::new(flate2::write::DeflateDecoder::new(sink)))
            };
        }
        let written = match self {
            Decoder::Plain(sink) => sink.write_all(chunk),
            Decoder::Gzip(decoder) => decoder.write_all(chunk),
            Decoder::Zlib(decoder) => decoder.write_all(chunk),
            Decoder::Deflate(decoder) => decoder.write_all(chunk),
            Decoder::Undecided { .. } => Ok(()),
        };
        written.map_err(|e| self.failed(&e))
    }

    /// The whole body.
    ///
    /// # Errors
    /// As [`Decoder::write`].
    pub(super) fn finish(mut self) -> Result<Vec<u8>, Error> {
        let finished = match &mut self {
            Decoder::Gzip(decoder) => decoder.try_finish(),
            Decoder::Zlib(decoder) => decoder.try_finish(),
            Decoder::Deflate(decoder) => decoder.try_finish(),
            Decoder::Plain(_) | Decoder::Undecided { .. } => Ok(()),
        };
        finished.map_err(|e| self.failed(&e))?;
        Ok(match self {
            Decoder::Plain(mut sink) | Decoder::Undecided { mut sink, .. } => std::mem::take(&mut sink.bytes),
            Decoder::Gzip(mut decoder) => std::mem::take(&mut decoder.get_mut().bytes),
            Decoder::Zlib(mut decoder) => std::mem::take(&mut decoder.get_mut().bytes),
            Decoder::Deflate(mut decoder) => std::mem::take(&mut decoder.get_mut().bytes),
        })
    }
}
