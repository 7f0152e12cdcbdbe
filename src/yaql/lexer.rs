//! Text to tokens, on demand: a lexical error shows only when the parser gets there, as upstream's does.

use pyvalue::chars::{digit_value, is_digit, is_word};

use super::number::parse_digits;
use super::text::MAX_INT_DIGITS;
use super::{Failure, fail};
use mistral_expr::ErrorKind;
use pyvalue::python;
use pyvalue::value::{Str, Value};

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// Number, string, `true`, `false`, `null`.
    Const(Value),
    Word(Str),
    /// `$name`, with the text after `$`.
    Dollar(Str),
    /// A name directly followed by `(`.
    Function(Str),
    /// An operator symbol or word, or one of `( ) [ ] { } ,`.
    Symbol(&'static str),
    /// The keyword operator, `=>` unless configured otherwise.
    Mapping,
}

/// A token and where it starts (in code points).
#[derive(Clone, Debug)]
pub(super) struct Spanned {
    pub token: Token,
    pub position: usize,
}

pub(super) struct Lexer<'a> {
    text: &'a str,
    /// Byte offset of the next character.
    at: usize,
    /// The same in code points.
    position: usize,
    mapping: &'a str,
}

/// Longest first.
const SYMBOLS: [&str; 23] = [
    "?.", "->", "=~", "!~", "!=", ">=", "<=", ".", "+", "-", "*", "[", "/", ">", "<", "=", "{", "(", ")", "]", ",",
    "}", "",
];

impl<'a> Lexer<'a> {
    pub(crate) fn new(text: &'a str, mapping: &'a str) -> Lexer<'a> {
        Lexer {
            text,
            at: 0,
            position: 0,
            mapping,
        }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn advance(&mut self, bytes: usize) {
        self.position += self.text[self.at..self.at + bytes].chars().count();
        self.at += bytes;
    }

    /// Whether the character before is part of a word (`\b` needs the opposite here).
    fn after_word(&self) -> bool {
        self.text[..self.at].chars().next_back().is_some_and(is_word)
    }

    /// The next token, `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Spanned>, Failure> {
        let blanks = self.rest().len() - self.rest().trim_start_matches([' ', '\t', '\r', '\n']).len();
        self.advance(blanks);
        let position = self.position;
        let rest = self.rest();
        let Some(first) = rest.chars().next() else {
            return Ok(None);
        };
        let token = if let Some(after) = rest.strip_prefix('$') {
            let len = after.find(|c| !is_word(c)).unwrap_or(after.len());
            self.advance(1 + len);
            Some(Token::Dollar(Str::from(&after[..len])))
        } else if is_digit(first) && !self.after_word() {
            self.number()?
        } else if is_word(first) && !self.after_word() {
            self.word()
        } else if matches!(first, '\'' | '"' | '`') {
            self.string(first)?
        } else {
            self.symbol()
        };
        match token {
            Some(token) => Ok(Some(Spanned { token, position })),
            None => fail(
                ErrorKind::Lex,
                format!("Lexical error: illegal character '{first}' at position {position}"),
            ),
        }
    }

    /// `\b\d+(\.?\d+)?\b`
    fn number(&mut self) -> Result<Option<Token>, Failure> {
        let rest = self.rest();
        let digits = |s: &str| s.find(|c| !is_digit(c)).unwrap_or(s.len());
        let whole = digits(rest);
        let mut len = whole;
        let mut float = false;
        if let Some(after) = rest[whole..].strip_prefix('.') {
            let fraction = digits(after);
            let end = whole + 1 + fraction;
            if fraction > 0 && !rest[end..].starts_with(is_word) {
                len = end;
                float = true;
            }
        }
        if rest[len..].starts_with(is_word) {
            return Ok(None);
        }
        let text: String = rest[..len]
            .chars()
            .map(|c| digit_value(c).and_then(|d| char::from_digit(d, 10)).unwrap_or(c))
            .collect();
        self.advance(len);
        if float {
            return Ok(text.parse().ok().map(|f| Token::Const(Value::Float(f))));
        }
        if text.len() > MAX_INT_DIGITS {
            return fail(
                ErrorKind::Value,
                format!(
                    "Exceeds the limit (4300 digits) for integer string conversion: value has {} digits; \
                     use sys.set_int_max_str_digits() to increase the limit",
                    text.len()
                ),
            );
        }
        Ok(parse_digits(&text)
            .and_then(|n| super::convert::scalar(&n))
            .map(Token::Const))
    }

    fn word(&mut self) -> Option<Token> {
        let rest = self.rest();
        let len = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        let name = &rest[..len];
        if rest[len..].starts_with('(') {
            self.advance(len + 1);
            return Some(Token::Function(Str::from(name)));
        }
        if name.starts_with("__") {
            return None;
        }
        self.advance(len);
        Some(match name {
            "mod" => Token::Symbol("mod"),
            "in" => Token::Symbol("in"),
            "not" => Token::Symbol("not"),
            "and" => Token::Symbol("and"),
            "or" => Token::Symbol("or"),
            "true" => Token::Const(Value::Bool(true)),
            "false" => Token::Const(Value::Bool(false)),
            "null" => Token::Const(Value::Null),
            name => Token::Word(Str::from(name)),
        })
    }

    fn symbol(&mut self) -> Option<Token> {
        let rest = self.rest();
        // The keyword operator goes before shorter symbols.
        let found = SYMBOLS.iter().find(|s| !s.is_empty() && rest.starts_with(**s)).copied();
        if !self.mapping.is_empty()
            && rest.starts_with(self.mapping)
            && found.is_none_or(|f| f.len() <= self.mapping.len())
        {
            self.advance(self.mapping.len());
            return Some(Token::Mapping);
        }
        self.advance(found?.len());
        found.map(Token::Symbol)
    }

    fn string(&mut self, quote: char) -> Result<Option<Token>, Failure> {
        let rest = self.rest();
        let mut chars = rest.char_indices().skip(1);
        let end = loop {
            match chars.next() {
                Some((i, c)) if c == quote => break i,
                Some((_, '\\')) => match chars.next() {
                    None | Some((_, '\n')) => return Ok(None),
                    Some(_) => {}
                },
                Some(_) => {}
                None => return Ok(None),
            }
        };
        let inner = &rest[1..end];
        self.advance(end + 1);
        let text = match quote {
            '`' => inner.replace("\\`", "`"),
            _ if inner.contains('\\') => decode_escapes(inner)?,
            _ => inner.to_owned(),
        };
        Ok(Some(Token::Const(Value::from(text))))
    }
}

/// The value of a token as messages show it.
pub(super) fn shown(token: &Token, mapping: &str) -> String {
    match token {
        Token::Const(v) => python::str(v),
        Token::Word(w) | Token::Function(w) => w.to_string(),
        Token::Dollar(w) => format!("${w}"),
        Token::Symbol(s) => (*s).to_owned(),
        Token::Mapping => mapping.to_owned(),
    }
}

/// Pending half of a surrogate pair.
fn push_unit(out: &mut String, pending: &mut Option<u32>, code: u32) {
    if let Some(high) = pending.take() {
        if (0xdc00..0xe000).contains(&code) {
            let joined = 0x10000 + ((high - 0xd800) << 10) + (code - 0xdc00);
            out.extend(char::from_u32(joined));
            return;
        }
        // Half a pair cannot be stored; Python's JSON could not send it either.
        out.push('\u{fffd}');
    }
    if (0xd800..0xdc00).contains(&code) {
        *pending = Some(code);
    } else {
        out.push(char::from_u32(code).unwrap_or('\u{fffd}'));
    }
}

/// Decodes Python's escapes; what is none stays as it is.
fn decode_escapes(s: &str) -> Result<String, Failure> {
    let mut out = String::with_capacity(s.len());
    let mut pending = None;
    let mut rest = s;
    while let Some(c) = rest.chars().next() {
        if c != '\\' {
            push_unit(&mut out, &mut pending, c as u32);
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let after = &rest[1..];
        let Some(kind) = after.chars().next() else { break };
        let hex_len = match kind {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        if hex_len > 0 {
            // Any characters but newlines are taken; only then they must be hexadecimal.
            let taken: String = after.chars().skip(1).take(hex_len).take_while(|c| *c != '\n').collect();
            if taken.chars().count() == hex_len {
                let code = match u32::from_str_radix(&taken, 16) {
                    Ok(code) if code < 0x110000 && !taken.starts_with('+') => code,
                    Ok(_) if !taken.starts_with('+') => {
                        return unicode_error(hex_len + 1, "illegal Unicode character");
                    }
                    _ => {
                        let good = taken.chars().take_while(char::is_ascii_hexdigit).count();
                        let what = match kind {
                            'x' => "truncated \\xXX escape",
                            'u' => "truncated \\uXXXX escape",
                            _ => "truncated \\UXXXXXXXX escape",
                        };
                        return unicode_error(good + 1, what);
                    }
                };
                push_unit(&mut out, &mut pending, code);
                rest = &after[1 + taken.len()..];
                continue;
            }
        } else if kind == 'N' {
            if let Some((name, len)) = after[1..]
                .strip_prefix('{')
                .and_then(|r| r.find('}').filter(|n| *n > 0).map(|n| (&r[..n], n)))
            {
                match super::charnames::lookup(name) {
                    Some(found) => push_unit(&mut out, &mut pending, found as u32),
                    None => return unicode_error(name.len() + 3, "unknown Unicode character name"),
                }
                rest = &after[len + 3..];
                continue;
            }
        } else if ('0'..='7').contains(&kind) {
            let len = after.bytes().take(3).take_while(|b| (b'0'..=b'7').contains(b)).count();
            push_unit(
                &mut out,
                &mut pending,
                u32::from_str_radix(&after[..len], 8).unwrap_or(0),
            );
            rest = &after[len..];
            continue;
        } else if let Some(plain) = simple_escape(kind) {
            push_unit(&mut out, &mut pending, plain as u32);
            rest = &after[1..];
            continue;
        }
        push_unit(&mut out, &mut pending, '\\' as u32);
        rest = after;
    }
    if pending.is_some() {
        out.push('\u{fffd}');
    }
    Ok(out)
}

fn simple_escape(c: char) -> Option<char> {
    Some(match c {
        '\\' | '\'' | '"' => c,
        'a' => '\u{7}',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\u{b}',
        _ => return None,
    })
}

fn unicode_error<T>(last: usize, what: &str) -> Result<T, Failure> {
    fail(
        ErrorKind::Value,
        format!("'unicodeescape' codec can't decode bytes in position 0-{last}: {what}"),
    )
}
