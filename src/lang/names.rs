//! Names: what they may not be (§3).

use super::error::{Error, Rule};

/// Names are columns of that many characters.
const MAX_LENGTH: usize = 255;

/// Checks the name of a stored definition (workflow, action, workbook). The validators of documents don't: upstream finds
/// out when it stores the row.
///
/// # Errors
/// Blanks, control characters, and more than 255 characters (where upstream shows the database's error).
pub fn check(name: &str) -> Result<(), Error> {
    if name.contains(' ') {
        return Err(Error::model(format!("Name '{name}' must not contain spaces")).of(Rule::Name));
    }
    if name.contains(char::is_control) {
        let shown = name.escape_default();
        return Err(Error::model(format!("Name '{shown}' must not contain control characters")).of(Rule::Name));
    }
    let length = name.chars().count();
    if length > MAX_LENGTH {
        return Err(Error::model(format!(
            "Name '{name}' is longer than {MAX_LENGTH} characters: {length}"
        ))
        .of(Rule::Name));
    }
    Ok(())
}

/// Whether a name could be taken for an id: 32 hexadecimal digits, with or without hyphens and braces.
pub(crate) fn is_uuid_like(name: &str) -> bool {
    let plain = name.replace("urn:", "").replace("uuid:", "");
    let plain = plain.trim_matches(['{', '}']).replace('-', "");
    plain.len() == 32 && plain.bytes().all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_no_names() {
        for (name, expected) in [
            ("12345678-1234-1234-1234-123456789abc", true),
            ("123456781234123412341234567890AB", true),
            ("{12345678123412341234123456789abc}", true),
            ("urn:uuid:12345678-1234-1234-1234-123456789abc", true),
            ("12345678-1234-1234-1234-123456789abg", false),
            ("12345678-1234-1234-1234-123456789ab", false),
            ("b98180ba-48a0-4e26-ab2e-50dc224f6fd1x", false),
            ("wf", false),
        ] {
            assert_eq!(is_uuid_like(name), expected, "{name}");
        }
    }

    #[test]
    fn stored_names() {
        assert!(check("a.b-é").is_ok());
        assert!(check(&"é".repeat(255)).is_ok());
        assert_eq!(check("a b").unwrap_err().message, "Name 'a b' must not contain spaces");
        assert!(check(&"n".repeat(256)).is_err());
        for name in ["a\0b", "a\nb", "\u{7f}"] {
            assert!(
                check(name).unwrap_err().message.contains("control characters"),
                "{name:?}"
            );
        }
    }
}
