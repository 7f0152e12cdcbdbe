//! Characters by their Unicode name, for `\N{…}`: Latin, Greek and Cyrillic letters by their systematic names, and the
//! signs people write that way. (The full table would be a megabyte.)

const NAMED: &[(&str, char)] = &[
    ("SPACE", ' '),
    ("NO-BREAK SPACE", '\u{a0}'),
    ("EXCLAMATION MARK", '!'),
    ("QUOTATION MARK", '"'),
    ("NUMBER SIGN", '#'),
    ("DOLLAR SIGN", '$'),
    ("PERCENT SIGN", '%'),
    ("AMPERSAND", '&'),
    ("APOSTROPHE", '\''),
    ("LEFT PARENTHESIS", '('),
    ("RIGHT PARENTHESIS", ')'),
    ("ASTERISK", '*'),
    ("PLUS SIGN", '+'),
    ("COMMA", ','),
    ("HYPHEN-MINUS", '-'),
    ("FULL STOP", '.'),
    ("SOLIDUS", '/'),
    ("COLON", ':'),
    ("SEMICOLON", ';'),
    ("LESS-THAN SIGN", '<'),
    ("EQUALS SIGN", '='),
    ("GREATER-THAN SIGN", '>'),
    ("QUESTION MARK", '?'),
    ("COMMERCIAL AT", '@'),
    ("LEFT SQUARE BRACKET", '['),
    ("REVERSE SOLIDUS", '\\'),
    ("RIGHT SQUARE BRACKET", ']'),
    ("CIRCUMFLEX ACCENT", '^'),
    ("LOW LINE", '_'),
    ("GRAVE ACCENT", '`'),
    ("LEFT CURLY BRACKET", '{'),
    ("VERTICAL LINE", '|'),
    ("RIGHT CURLY BRACKET", '}'),
    ("TILDE", '~'),
    ("INVERTED EXCLAMATION MARK", '¡'),
    ("CENT SIGN", '¢'),
    ("POUND SIGN", '£'),
    ("CURRENCY SIGN", '¤'),
    ("YEN SIGN", '¥'),
    ("SECTION SIGN", '§'),
    ("COPYRIGHT SIGN", '©'),
    ("REGISTERED SIGN", '®'),
    ("DEGREE SIGN", '°'),
    ("PLUS-MINUS SIGN", '±'),
    ("MICRO SIGN", 'µ'),
    ("PILCROW SIGN", '¶'),
    ("MIDDLE DOT", '·'),
    ("MULTIPLICATION SIGN", '×'),
    ("DIVISION SIGN", '÷'),
    ("LATIN SMALL LETTER SHARP S", 'ß'),
    ("ZERO WIDTH SPACE", '\u{200b}'),
    ("EN DASH", '–'),
    ("EM DASH", '—'),
    ("LEFT SINGLE QUOTATION MARK", '‘'),
    ("RIGHT SINGLE QUOTATION MARK", '’'),
    ("LEFT DOUBLE QUOTATION MARK", '“'),
    ("RIGHT DOUBLE QUOTATION MARK", '”'),
    ("BULLET", '•'),
    ("HORIZONTAL ELLIPSIS", '…'),
    ("EURO SIGN", '€'),
    ("TRADE MARK SIGN", '™'),
    ("LEFTWARDS ARROW", '←'),
    ("UPWARDS ARROW", '↑'),
    ("RIGHTWARDS ARROW", '→'),
    ("DOWNWARDS ARROW", '↓'),
    ("INFINITY", '∞'),
    ("NOT EQUAL TO", '≠'),
    ("LESS-THAN OR EQUAL TO", '≤'),
    ("GREATER-THAN OR EQUAL TO", '≥'),
    ("CHECK MARK", '✓'),
    ("HEAVY CHECK MARK", '✔'),
    ("BALLOT X", '✗'),
    ("BLACK STAR", '★'),
    ("WHITE STAR", '☆'),
    ("SNOWMAN", '☃'),
    ("BLACK HEART SUIT", '♥'),
    ("REPLACEMENT CHARACTER", '\u{fffd}'),
    ("GRINNING FACE", '😀'),
    ("PILE OF POO", '💩'),
];

const DIGITS: [&str; 10] = [
    "ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE",
];

const GREEK: [&str; 25] = [
    "ALPHA",
    "BETA",
    "GAMMA",
    "DELTA",
    "EPSILON",
    "ZETA",
    "ETA",
    "THETA",
    "IOTA",
    "KAPPA",
    "LAMDA",
    "MU",
    "NU",
    "XI",
    "OMICRON",
    "PI",
    "RHO",
    "FINAL SIGMA",
    "SIGMA",
    "TAU",
    "UPSILON",
    "PHI",
    "CHI",
    "PSI",
    "OMEGA",
];

const MARKS: [(&str, char); 12] = [
    ("GRAVE", '\u{300}'),
    ("ACUTE", '\u{301}'),
    ("CIRCUMFLEX", '\u{302}'),
    ("TILDE", '\u{303}'),
    ("MACRON", '\u{304}'),
    ("BREVE", '\u{306}'),
    ("DOT ABOVE", '\u{307}'),
    ("DIAERESIS", '\u{308}'),
    ("RING ABOVE", '\u{30a}'),
    ("DOUBLE ACUTE", '\u{30b}'),
    ("CARON", '\u{30c}'),
    ("CEDILLA", '\u{327}'),
];

/// The character of that name; case does not matter.
pub(super) fn lookup(name: &str) -> Option<char> {
    let name = name.to_ascii_uppercase();
    if let Some((_, c)) = NAMED.iter().find(|(n, _)| *n == name) {
        return Some(*c);
    }
    if let Some(rest) = name.strip_prefix("DIGIT ") {
        return DIGITS
            .iter()
            .position(|d| *d == rest)
            .and_then(|d| char::from_digit(d as u32, 10));
    }
    let (small, script) = match name.split_once(" LETTER ") {
        Some(("LATIN SMALL", rest)) => (true, rest),
        Some(("LATIN CAPITAL", rest)) => (false, rest),
        Some(("GREEK SMALL", rest)) => return greek(0x3b1, rest),
        Some(("GREEK CAPITAL", rest)) => return greek(0x391, rest),
        _ => return None,
    };
    let (letter, mark) = match script.split_once(" WITH ") {
        Some((letter, mark)) => (letter, Some(MARKS.iter().find(|(n, _)| *n == mark)?.1)),
        None => (script, None),
    };
    let mut chars = letter.chars();
    let base = chars
        .next()
        .filter(|c| c.is_ascii_uppercase() && chars.next().is_none())?;
    let base = if small { base.to_ascii_lowercase() } else { base };
    match mark {
        Some(mark) => unicode_normalization::char::compose(base, mark),
        None => Some(base),
    }
}

fn greek(first: u32, name: &str) -> Option<char> {
    let at = GREEK.iter().position(|g| *g == name)?;
    char::from_u32(first + at as u32).filter(|c| c.is_alphabetic())
}
