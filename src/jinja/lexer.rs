//! Text to tokens: Jinja's delimiters with `trim_blocks` and `lstrip_blocks`, comments, raw blocks, literals.

use std::sync::Arc;

use num_bigint::BigInt;
use num_traits::Num;

use super::SyntaxError;
use super::token::{Kind, OPERATORS, Op, Token};
use pyvalue::python;

/// What the text is.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Start {
    /// A template with delimiters.
    Template,
    /// A bare expression, as if `{{` had just been read.
    Expression,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Root,
    Variable,
    Block,
}

struct Lexer<'a> {
    source: &'a str,
    at: usize,
    line: usize,
    tokens: Vec<Token>,
    /// Closing brackets that are due.
    open: Vec<char>,
    /// The last thing read ended a line (or nothing was read yet).
    line_starting: bool,
}

/// Splits a template (or expression) into tokens. Always ends with [`Kind::Eof`] or [`Kind::Failed`].
pub(super) fn tokenize(text: &str, start: Start) -> Vec<Token> {
    let source = normalize(text);
    let mut lexer = Lexer {
        source: &source,
        at: 0,
        line: 1,
        tokens: Vec::new(),
        open: Vec::new(),
        line_starting: true,
    };
    let last = match lexer.run(start) {
        Ok(()) => Kind::Eof,
        Err(message) => Kind::Failed(SyntaxError {
            message,
            line: lexer.line,
        }),
    };
    let line = lexer.line;
    lexer.tokens.push(Token { line, kind: last });
    lexer.tokens
}

/// All line breaks become `\n`, and one at the very end goes.
fn normalize(text: &str) -> String {
    let mut source = text.replace("\r\n", "\n").replace('\r', "\n");
    if source.ends_with('\n') {
        source.pop();
    }
    source
}

/// A whitespace-control sign after (or before) a delimiter.
fn sign(text: &str) -> Option<char> {
    text.chars().next().filter(|c| matches!(c, '-' | '+'))
}

fn skip_space(text: &str) -> &str {
    text.trim_start_matches(pyvalue::chars::is_space)
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    fn push(&mut self, kind: Kind) {
        self.tokens.push(Token { line: self.line, kind });
    }

    /// Steps over text, keeping line numbers.
    fn advance(&mut self, bytes: usize) {
        let skipped = &self.source[self.at..self.at + bytes];
        self.line += skipped.bytes().filter(|b| *b == b'\n').count();
        self.at += bytes;
    }

    fn run(&mut self, start: Start) -> Result<(), String> {
        let mut state = if start == Start::Template {
            State::Root
        } else {
            State::Variable
        };
        while self.at < self.source.len() {
            state = match state {
                State::Root => self.root()?,
                inside => self.inside(inside)?,
            };
        }
        Ok(())
    }

    /// Template text up to the next delimiter, and the delimiter.
    fn root(&mut self) -> Result<State, String> {
        let rest = self.rest();
        let mut from = 0;
        let (at, delimiter) = loop {
            match rest[from..].find('{') {
                Some(i) => {
                    let at = from + i;
                    match rest.as_bytes().get(at + 1) {
                        Some(b'{' | b'%' | b'#') => break (at, rest.as_bytes()[at + 1]),
                        _ => from = at + 1,
                    }
                }
                None => {
                    self.data(rest.len(), rest.len());
                    return Ok(State::Root);
                }
            }
        };
        let after = &rest[at + 2..];
        let strip = sign(after);
        let raw = if delimiter == b'%' { raw_begin(after) } else { None };
        let kept = self.kept(&rest[..at], strip, delimiter != b'{');
        let consumed = 2 + raw.unwrap_or_else(|| usize::from(strip.is_some()));
        self.data(kept, at);
        match (delimiter, raw) {
            (b'{', _) => {
                self.push(Kind::VariableBegin);
                self.advance(consumed);
                Ok(State::Variable)
            }
            (b'#', _) => {
                self.advance(consumed);
                self.comment()?;
                Ok(State::Root)
            }
            (_, Some(_)) => {
                self.advance(consumed);
                self.raw()?;
                Ok(State::Root)
            }
            _ => {
                self.push(Kind::BlockBegin);
                self.advance(consumed);
                Ok(State::Block)
            }
        }
    }

    /// How much of the text before a delimiter stays.
    fn kept(&self, text: &str, strip: Option<char>, may_lstrip: bool) -> usize {
        match strip {
            Some('-') => text.trim_end_matches(pyvalue::chars::is_space).len(),
            None if may_lstrip => {
                let line = text.rfind('\n').map_or(0, |i| i + 1);
                let blank = line < text.len() && text[line..].chars().all(pyvalue::chars::is_space);
                if blank && (line > 0 || self.line_starting) {
                    line
                } else {
                    text.len()
                }
            }
            _ => text.len(),
        }
    }

    /// Emits `kept` bytes of text and steps over `length` of them.
    fn data(&mut self, kept: usize, length: usize) {
        if kept > 0 {
            let text = self.rest()[..kept].to_owned();
            self.push(Kind::Data(text));
        }
        self.line_starting = self.rest()[..length].ends_with('\n');
        self.advance(length);
    }

    fn comment(&mut self) -> Result<(), String> {
        let rest = self.rest();
        if rest.is_empty() {
            return Ok(());
        }
        let Some(end) = rest.find("#}") else {
            return Err("Missing end of comment tag".to_owned());
        };
        let minus = end > 0 && rest.as_bytes()[end - 1] == b'-';
        let plus = end > 0 && rest.as_bytes()[end - 1] == b'+';
        let after = end + 2;
        let length = after + self.after_delimiter(&rest[after..], minus, plus);
        self.finish(length);
        Ok(())
    }

    /// White space that goes with a closing delimiter: all of it after `-`, one line break otherwise (`trim_blocks`).
    fn after_delimiter(&self, rest: &str, minus: bool, plus: bool) -> usize {
        if minus {
            rest.len() - skip_space(rest).len()
        } else {
            usize::from(!plus && rest.starts_with('\n'))
        }
    }

    fn finish(&mut self, length: usize) {
        self.line_starting = self.rest()[..length].ends_with('\n');
        self.advance(length);
    }

    fn raw(&mut self) -> Result<(), String> {
        let rest = self.rest();
        if rest.is_empty() {
            return Ok(());
        }
        let mut from = 0;
        while let Some(i) = rest[from..].find("{%") {
            let at = from + i;
            from = at + 2;
            let after = &rest[at + 2..];
            let strip = sign(after);
            let body = skip_space(&after[usize::from(strip.is_some())..]);
            let Some(body) = body.strip_prefix("endraw") else {
                continue;
            };
            let body = skip_space(body);
            let (minus, plus) = (body.starts_with('-'), body.starts_with('+'));
            let Some(tail) = body[usize::from(minus || plus)..].strip_prefix("%}") else {
                continue;
            };
            let length = rest.len() - tail.len() + self.after_delimiter(tail, minus, plus);
            let kept = self.kept(&rest[..at], strip, true);
            if kept > 0 {
                let text = rest[..kept].to_owned();
                self.push(Kind::Data(text));
            }
            self.finish(length);
            return Ok(());
        }
        Err("Missing end of raw directive".to_owned())
    }

    /// One token inside `{{ … }}` or `{% … %}`.
    fn inside(&mut self, state: State) -> Result<State, String> {
        let rest = self.rest();
        if self.open.is_empty() {
            let close = if state == State::Variable { "}}" } else { "%}" };
            let minus = rest.starts_with('-') && rest[1..].starts_with(close);
            let plus = state == State::Block && rest.starts_with('+') && rest[1..].starts_with(close);
            if minus || plus || rest.starts_with(close) {
                let length = usize::from(minus || plus) + close.len();
                let trim = if state == State::Variable && !minus {
                    0
                } else {
                    self.after_delimiter(&rest[length..], minus, plus)
                };
                self.push(if state == State::Variable {
                    Kind::VariableEnd
                } else {
                    Kind::BlockEnd
                });
                self.finish(length + trim);
                return Ok(State::Root);
            }
        }
        let space = rest.len() - skip_space(rest).len();
        if space > 0 {
            self.advance(space);
            return Ok(state);
        }
        let (kind, length) = self.token(rest)?;
        self.push(kind);
        self.advance(length);
        Ok(state)
    }

    fn token(&mut self, rest: &str) -> Result<(Kind, usize), String> {
        let after_dot = self.source[..self.at].ends_with('.');
        if let Some(length) = float_length(rest).filter(|_| !after_dot) {
            let number = rest[..length].replace('_', "").parse().unwrap_or(f64::INFINITY);
            return Ok((Kind::Float(number), length));
        }
        if let Some((length, radix)) = integer_length(rest) {
            return Ok((integer(&rest[..length], radix)?, length));
        }
        let name = rest.find(|c: char| !is_name_char(c)).unwrap_or(rest.len());
        if name > 0 {
            let text = &rest[..name];
            if !text.starts_with(|c: char| c == '_' || c.is_alphabetic()) {
                return Err("Invalid character in identifier".to_owned());
            }
            return Ok((Kind::Name(text.to_owned()), name));
        }
        if let Some(length) = string_length(rest) {
            return Ok((Kind::Str(unescape(&rest[1..length - 1])?), length));
        }
        if let Some((text, op)) = OPERATORS.iter().find(|(text, _)| rest.starts_with(text)) {
            self.balance(*op)?;
            return Ok((Kind::Op(*op), text.len()));
        }
        let c = rest.chars().next().unwrap_or('\0');
        let mut shown = String::new();
        python::write_repr_str(c.encode_utf8(&mut [0; 4]), &mut shown);
        Err(format!(
            "unexpected char {shown} at {}",
            self.source[..self.at].chars().count()
        ))
    }

    fn balance(&mut self, op: Op) -> Result<(), String> {
        match op {
            Op::LBrace => self.open.push('}'),
            Op::LParen => self.open.push(')'),
            Op::LBracket => self.open.push(']'),
            Op::RBrace | Op::RParen | Op::RBracket => match self.open.pop() {
                None => return Err(format!("unexpected '{}'", op.text())),
                Some(due) if !op.text().starts_with(due) => {
                    return Err(format!("unexpected '{}', expected '{due}'", op.text()));
                }
                Some(_) => {}
            },
            _ => {}
        }
        Ok(())
    }
}

/// Length of what follows `{%` when it is a raw tag: sign, `raw`, closing delimiter.
fn raw_begin(after: &str) -> Option<usize> {
    let body = skip_space(&after[usize::from(sign(after).is_some())..]);
    let body = skip_space(body.strip_prefix("raw")?);
    let rest = match body.strip_prefix("-%}") {
        Some(rest) => skip_space(rest),
        None => body.strip_prefix("%}")?,
    };
    Some(after.len() - rest.len())
}

fn is_name_char(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// Digits with single underscores between them.
fn digits_length(text: &str, wanted: impl Fn(u8) -> bool) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        match bytes.get(at) {
            Some(b) if wanted(*b) => at += 1,
            Some(b'_') if at > 0 && bytes[at - 1] != b'_' && bytes.get(at + 1).is_some_and(|b| wanted(*b)) => at += 1,
            _ => return at,
        }
    }
}

fn float_length(text: &str) -> Option<usize> {
    let digits = |t: &str| digits_length(t, |b| b.is_ascii_digit());
    let whole = digits(text);
    if whole == 0 {
        return None;
    }
    let mut at = whole;
    if text[at..].starts_with('.') {
        let fraction = digits(&text[at + 1..]);
        if fraction > 0 {
            at += 1 + fraction;
        }
    }
    let exponent = text[at..].strip_prefix(['e', 'E']).and_then(|rest| {
        let signed = usize::from(rest.starts_with(['+', '-']));
        let length = digits(&rest[signed..]);
        (length > 0).then_some(1 + signed + length)
    });
    match exponent {
        Some(length) => Some(at + length),
        None => (at > whole).then_some(at),
    }
}

fn integer_length(text: &str) -> Option<(usize, u32)> {
    let bytes = text.as_bytes();
    let prefixed = match bytes {
        [b'0', b'b' | b'B', ..] => Some((2, 2)),
        [b'0', b'o' | b'O', ..] => Some((8, 8)),
        [b'0', b'x' | b'X', ..] => Some((16, 16)),
        _ => None,
    };
    if let Some((radix, _)) = prefixed {
        // One underscore may follow the prefix.
        let body = &text[2..];
        let skip = usize::from(body.starts_with('_'));
        let length = digits_length(&body[skip..], |b| (b as char).is_digit(radix));
        if length > 0 {
            return Some((2 + skip + length, radix));
        }
    }
    match bytes.first()? {
        b'1'..=b'9' => Some((digits_length(text, |b| b.is_ascii_digit()), 10)),
        b'0' => Some((digits_length(text, |b| b == b'0'), 10)),
        _ => None,
    }
}

fn integer(text: &str, radix: u32) -> Result<Kind, String> {
    let digits = text.replace('_', "");
    let digits = if radix == 10 { &digits } else { &digits[2..] };
    if let Ok(small) = i64::from_str_radix(digits, radix) {
        return Ok(Kind::Int(small));
    }
    // Python refuses decimal texts past this length too (quadratic conversion).
    if digits.len() > 4300 {
        return Err("Exceeds the limit (4300 digits) for integer string conversion".to_owned());
    }
    BigInt::from_str_radix(digits, radix)
        .map(|n| Kind::Big(Arc::new(n)))
        .map_err(|e| e.to_string())
}

/// Length of a quoted string with its quotes, if it is closed.
fn string_length(text: &str) -> Option<usize> {
    let quote = *text.as_bytes().first().filter(|b| matches!(b, b'\'' | b'"'))?;
    let mut escaped = false;
    for (i, b) in text.bytes().enumerate().skip(1) {
        match b {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b if b == quote => return Some(i + 1),
            _ => {}
        }
    }
    None
}

/// Python's `unicode-escape` decoding.
fn unescape(text: &str) -> Result<String, String> {
    if !text.contains('\\') {
        return Ok(text.to_owned());
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let Some(escape) = chars.next() else {
            return Err("\\ at end of string".to_owned());
        };
        match escape {
            '\n' => {}
            '\\' | '\'' | '"' => out.push(escape),
            'a' => out.push('\u{7}'),
            'b' => out.push('\u{8}'),
            'f' => out.push('\u{c}'),
            'n' => out.push('\n'),
            'r' => out.push('\r'),
            't' => out.push('\t'),
            'v' => out.push('\u{b}'),
            '0'..='7' => {
                let mut code = escape.to_digit(8).unwrap_or(0);
                for _ in 0..2 {
                    let Some(digit) = chars.peek().and_then(|c| c.to_digit(8)) else {
                        break;
                    };
                    code = code * 8 + digit;
                    chars.next();
                }
                out.push(char::from_u32(code).unwrap_or('\u{fffd}'));
            }
            'x' | 'u' | 'U' => {
                let (length, pattern) = match escape {
                    'x' => (2, "truncated \\xXX escape"),
                    'u' => (4, "truncated \\uXXXX escape"),
                    _ => (8, "truncated \\UXXXXXXXX escape"),
                };
                let mut code = 0u32;
                for _ in 0..length {
                    let digit = chars.peek().and_then(|c| c.to_digit(16)).ok_or(pattern)?;
                    code = code << 4 | digit;
                    chars.next();
                }
                if code > 0x10_ffff {
                    return Err("illegal Unicode character".to_owned());
                }
                // Half a surrogate pair cannot be said in UTF-8.
                out.push(char::from_u32(code).unwrap_or('\u{fffd}'));
            }
            'N' => return Err("unknown Unicode character name".to_owned()),
            other => {
                out.push('\\');
                out.push(other);
            }
        }
    }
    Ok(out)
}
