//! Changing texts: by bytes, by tokens, by splicing, by repetition and by nesting.

use super::random::Random;

/// A case is never longer than this, bytes.
const MAX_LENGTH: usize = 128 << 10;

/// What takes the place of a number.
const NUMBERS: &[&str] = &[
    "0",
    "1",
    "-1",
    "2147483647",
    "4294967296",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "18446744073709551616",
    "100000",
    "999999999",
    "10000000000",
    "99999999999999999999999999999999999999999",
    "1000000000000000000000000000000000000000000000000000000000000000000000000000000000000.5",
    "0.1",
    "0.0",
];

/// What takes the place of any token.
const INTRUDERS: &[&str] = &[
    "\0",
    "\u{7f}",
    "\u{85}",
    "\u{feff}",
    "\u{2028}",
    "\u{fffd}",
    "\u{10ffff}",
    "é",
    "🐈",
    "ß",
    "İ",
    "\u{300}",
    "\r",
    "\r\n",
    "\t",
    "\n",
    " ",
    "\\",
    "'",
    "\"",
    "`",
    "$",
    "<%",
    "%>",
    "{{",
    "}}",
    "{%",
    "%}",
    "#",
    "|",
    "-",
];

/// What a text can be wrapped into many times.
const BRACKETS: &[(&str, &str)] = &[
    ("(", ")"),
    ("[", "]"),
    ("{", "}"),
    ("{a: ", "}"),
    ("{'a': ", "}"),
    ("{a => ", "}"),
    ("-", ""),
    ("not ", ""),
    ("list(", ")"),
    ("[1].select(", ")"),
    ("let(1) -> ", ""),
    ("$.a[", "]"),
    ("- ", ""),
    ("? ", ""),
    ("a:\n ", ""),
    ("{% if 1 %}", "{% endif %}"),
    ("{% for i in _.l %}", "{% endfor %}"),
    ("(?:", ")*"),
    ("(?=", ")"),
];

pub(crate) struct Mutator<'a> {
    pub seeds: &'a [String],
    /// Words of the language.
    pub tokens: &'a [String],
}

impl Mutator<'_> {
    /// Applies a few changes to a text.
    pub(crate) fn mutate(&self, mut text: String, random: &mut Random) -> String {
        for _ in 0..=random.below(4) {
            text = match random.below(12) {
                0 => bytes(text, random),
                1..=5 => self.tokens(&text, random),
                6 | 7 => self.splice(&text, random),
                8 => repeat(&text, random),
                9 => nest(&text, random),
                _ => self.numbers(&text, random),
            };
        }
        truncate(&mut text, MAX_LENGTH);
        text
    }

    /// Removes, doubles, replaces or inserts a token.
    fn tokens(&self, text: &str, random: &mut Random) -> String {
        let mut all = split(text);
        if all.is_empty() {
            return random.pick(self.tokens).clone();
        }
        let at = random.below(all.len());
        match random.below(5) {
            0 => {
                all.remove(at);
            }
            1 => {
                let other = all[random.below(all.len())];
                all.insert(at, other);
            }
            2 => all[at] = random.pick(self.tokens).as_str(),
            3 => all.insert(at, random.pick(self.tokens).as_str()),
            _ => all.insert(at, *random.pick(INTRUDERS)),
        }
        all.concat()
    }

    /// The beginning of one text and the end of another one, or another one in the middle.
    fn splice(&self, text: &str, random: &mut Random) -> String {
        let other = random.pick(self.seeds);
        let (mine, theirs) = (split(text), split(other));
        let (i, j) = (random.below(mine.len() + 1), random.below(theirs.len() + 1));
        if random.chance(50) {
            mine[..i].concat() + &theirs[j..].concat()
        } else {
            mine[..i].concat() + other.as_str() + &mine[i..].concat()
        }
    }

    fn numbers(&self, text: &str, random: &mut Random) -> String {
        let mut all = split(text);
        let numeric: Vec<usize> = (0..all.len())
            .filter(|i| all[*i].starts_with(|c: char| c.is_ascii_digit()))
            .collect();
        if numeric.is_empty() {
            return self.tokens(text, random);
        }
        all[*random.pick(&numeric)] = *random.pick(NUMBERS);
        all.concat()
    }
}

/// Words, numbers, runs of blanks and single signs.
fn split(text: &str) -> Vec<&str> {
    let class = |c: char| match c {
        c if c.is_alphanumeric() || c == '_' => 0,
        c if c.is_whitespace() => 1,
        _ => 2,
    };
    let mut found = Vec::new();
    let mut from = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        if before.is_some_and(|b| b == 2 || b != class(c)) {
            found.push(&text[from..at]);
            from = at;
        }
        before = Some(class(c));
    }
    if from < text.len() {
        found.push(&text[from..]);
    }
    found
}

/// Changes single bytes. What is no UTF-8 afterwards arrives as the replacement character, as from a lenient client.
fn bytes(text: String, random: &mut Random) -> String {
    let mut bytes = text.into_bytes();
    for _ in 0..=random.below(3) {
        let at = random.below(bytes.len() + 1);
        match random.below(3) {
            0 if at < bytes.len() => bytes[at] = random.byte(),
            1 if at < bytes.len() => {
                bytes.remove(at);
            }
            _ => bytes.insert(at, random.byte()),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A stretch of tokens, many times over.
fn repeat(text: &str, random: &mut Random) -> String {
    let all = split(text);
    if all.is_empty() {
        return String::new();
    }
    let from = random.below(all.len());
    let to = (from + 1 + random.below(8)).min(all.len());
    let part = all[from..to].concat();
    let times = *random.pick(&[2, 3, 10, 100, 1000, 20_000]);
    let times = times.min(1 + (MAX_LENGTH / 2) / part.len());
    all[..from].concat() + &part.repeat(times) + &all[to..].concat()
}

fn nest(text: &str, random: &mut Random) -> String {
    let (open, close) = random.pick(BRACKETS);
    let times = *random.pick(&[1, 2, 10, 50, 190, 300, 5000]);
    // Inside the markers, if there are any.
    let (from, to) = match (
        text.find("{{").or(text.find("<%")),
        text.rfind("}}").or(text.rfind("%>")),
    ) {
        (Some(from), Some(to)) if from + 2 <= to => (from + 2, to),
        _ => (0, text.len()),
    };
    [
        &text[..from],
        &open.repeat(times),
        &text[from..to],
        &close.repeat(times),
        &text[to..],
    ]
    .concat()
}

fn truncate(text: &mut String, length: usize) {
    if text.len() > length {
        let mut end = length;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
    }
}
