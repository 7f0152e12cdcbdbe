//! Text in the character sets that HTTP servers name, with Python's names and strictness.

/// Bytes that cannot be read as text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Error {
    #[error("unknown encoding: {0}")]
    Unknown(String),
    #[error("'ascii' codec can't decode byte 0x{byte:02x} in position {position}: ordinal not in range(128)")]
    NotAscii { byte: u8, position: usize },
    #[error("'{0}' codec can't decode the response: invalid data")]
    Invalid(String),
}

/// Decodes `bytes`.
///
/// # Errors
/// When the name is unknown or the bytes do not fit.
pub(crate) fn decode(name: &str, bytes: &[u8]) -> Result<String, Error> {
    let key = name.trim().to_ascii_lowercase().replace('_', "-");
    let decoded = match key.as_str() {
        "iso-8859-1" | "iso8859-1" | "latin-1" | "latin1" | "latin" | "l1" | "cp819" | "8859" => {
            // By hand: the encoding standard of the web reads these names as windows-1252.
            Some(bytes.iter().map(|&b| char::from(b)).collect())
        }
        "ascii" | "us-ascii" | "646" => match bytes.iter().position(|b| !b.is_ascii()) {
            Some(position) => {
                return Err(Error::NotAscii {
                    byte: bytes[position],
                    position,
                });
            }
            None => Some(String::from_utf8_lossy(bytes).into_owned()),
        },
        "utf-8" | "utf8" | "u8" | "utf" => std::str::from_utf8(bytes).ok().map(str::to_owned),
        "utf-8-sig" => std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
            .ok()
            .map(str::to_owned),
        "utf-16" | "utf16" | "u16" => match bytes {
            [0xfe, 0xff, rest @ ..] => wide::<2>(rest, true),
            [0xff, 0xfe, rest @ ..] => wide::<2>(rest, false),
            _ => wide::<2>(bytes, false),
        },
        "utf-16le" | "utf-16-le" => wide::<2>(bytes, false),
        "utf-16be" | "utf-16-be" => wide::<2>(bytes, true),
        "utf-32" | "utf32" | "u32" => match bytes {
            [0, 0, 0xfe, 0xff, rest @ ..] => wide::<4>(rest, true),
            [0xff, 0xfe, 0, 0, rest @ ..] => wide::<4>(rest, false),
            _ => wide::<4>(bytes, false),
        },
        "utf-32le" | "utf-32-le" => wide::<4>(bytes, false),
        "utf-32be" | "utf-32-be" => wide::<4>(bytes, true),
        _ => {
            let encoding = encoding_rs::Encoding::for_label(key.as_bytes())
                .filter(|encoding| *encoding != encoding_rs::REPLACEMENT && *encoding != encoding_rs::X_USER_DEFINED)
                .ok_or_else(|| Error::Unknown(name.to_owned()))?;
            encoding
                .decode_without_bom_handling_and_without_replacement(bytes)
                .map(std::borrow::Cow::into_owned)
        }
    };
    decoded.ok_or_else(|| Error::Invalid(name.to_owned()))
}

/// UTF-16 or UTF-32, by the bytes per unit.
fn wide<const UNIT: usize>(bytes: &[u8], big_endian: bool) -> Option<String> {
    if !bytes.len().is_multiple_of(UNIT) {
        return None;
    }
    let units = bytes.chunks_exact(UNIT).map(|unit| {
        let fold = |n: u32, b: &u8| n << 8 | u32::from(*b);
        if big_endian {
            unit.iter().fold(0, fold)
        } else {
            unit.iter().rev().fold(0, fold)
        }
    });
    if UNIT == 4 {
        units.map(char::from_u32).collect()
    } else {
        char::decode_utf16(units.map(|unit| unit as u16))
            .collect::<Result<_, _>>()
            .ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_strictness() {
        for (name, bytes, text) in [
            ("ISO-8859-1", &b"\xc3\xa9\x80"[..], "Ã©\u{80}"),
            ("latin_1", b"\xe9", "é"),
            ("UTF-8", "é".as_bytes(), "é"),
            ("utf-8-sig", b"\xef\xbb\xbfx", "x"),
            ("utf-16", b"\xff\xfeA\0", "A"),
            ("utf-16-be", b"\0A\xd8\x3d\xde\x00", "A😀"),
            ("utf-32-le", b"A\0\0\0", "A"),
            ("windows-1252", b"\x80", "€"),
            ("Shift_JIS", b"\x82\xa0", "あ"),
            ("koi8-r", b"\xc1", "а"),
        ] {
            assert_eq!(decode(name, bytes).unwrap(), text, "{name}");
        }
        let ascii = decode("ascii", b"a\xe9").unwrap_err().to_string();
        assert_eq!(
            ascii,
            "'ascii' codec can't decode byte 0xe9 in position 1: ordinal not in range(128)"
        );
        assert_eq!(decode("klingon", b"x"), Err(Error::Unknown("klingon".into())));
        for (name, bytes) in [("utf-8", &b"\xff"[..]), ("utf-16", b"A"), ("utf-32", b"\0\0\x11\x7f")] {
            assert_eq!(decode(name, bytes), Err(Error::Invalid(name.into())), "{name}");
        }
    }
}
