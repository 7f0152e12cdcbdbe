//! Scalars: block scalars, quoted and plain text.

use std::borrow::Cow;

use super::super::Error;
use super::super::reader::{END, Mark, is_break, is_space_or_end};
use super::super::token::{Token, TokenKind};
use super::{Scanner, quoted};

impl Scanner<'_> {
    pub(super) fn scan_block_scalar(&mut self, folded: bool) -> Result<(), Error> {
        const CONTEXT: &str = "while scanning a block scalar";
        let start = self.reader.mark;
        self.reader.forward();
        let (chomping, increment) = self.scan_block_scalar_header(start)?;
        self.skip_comment_and_break(CONTEXT, start)?;

        let least = (self.indent + 1).max(1) as u32;
        let mut breaks = String::new();
        let indent = match increment {
            Some(increment) => {
                let indent = least + increment - 1;
                self.block_scalar_breaks(indent, &mut breaks);
                indent
            }
            None => least.max(self.block_scalar_indentation(&mut breaks)),
        };

        let mut value = String::new();
        let mut last_break = None;
        while self.reader.mark.column == indent && self.reader.peek() != END {
            value.push_str(&breaks);
            let starts_with_text = !matches!(self.reader.peek(), ' ' | '\t');
            value.push_str(self.reader.take_while(|c| !is_break(c)));
            last_break = self.reader.line_break();
            breaks.clear();
            self.block_scalar_breaks(indent, &mut breaks);
            if self.reader.mark.column != indent || self.reader.peek() == END {
                break;
            }
            if folded && last_break == Some('\n') && starts_with_text && !matches!(self.reader.peek(), ' ' | '\t') {
                if breaks.is_empty() {
                    value.push(' ');
                }
            } else {
                value.extend(last_break);
            }
        }
        if chomping != Some(false) {
            value.extend(last_break);
        }
        if chomping == Some(true) {
            value.push_str(&breaks);
        }
        self.push(
            TokenKind::Scalar {
                value: Cow::Owned(value),
                plain: false,
            },
            start,
        );
        Ok(())
    }

    /// `+` keeps final breaks, `-` strips them; a digit fixes the indentation.
    fn scan_block_scalar_header(&mut self, start: Mark) -> Result<(Option<bool>, Option<u32>), Error> {
        let (mut chomping, mut increment) = (None, None);
        for _ in 0..2 {
            match self.reader.peek() {
                c @ ('+' | '-') if chomping.is_none() => chomping = Some(c == '+'),
                '0' if increment.is_none() => {
                    let problem = "expected indentation indicator in the range 1-9, but found 0";
                    return Err(self.reader.error_here("while scanning a block scalar", start, problem));
                }
                c @ '1'..='9' if increment.is_none() => increment = c.to_digit(10),
                _ => break,
            }
            self.reader.forward();
        }
        self.expect_blank_after(
            "expected chomping or indentation indicators",
            "while scanning a block scalar",
            start,
        )?;
        Ok((chomping, increment))
    }

    /// Leading empty lines; tells how far the deepest of them is indented.
    fn block_scalar_indentation(&mut self, breaks: &mut String) -> u32 {
        let mut deepest = 0;
        loop {
            if self.reader.peek() == ' ' {
                self.reader.forward();
                deepest = deepest.max(self.reader.mark.column);
            } else if let Some(c) = self.reader.line_break() {
                breaks.push(c);
            } else {
                return deepest;
            }
        }
    }

    fn block_scalar_breaks(&mut self, indent: u32, breaks: &mut String) {
        loop {
            while self.reader.mark.column < indent && self.reader.peek() == ' ' {
                self.reader.forward();
            }
            match self.reader.line_break() {
                Some(c) => breaks.push(c),
                None => return,
            }
        }
    }

    pub(super) fn scan_quoted(&mut self, quote: char) -> Result<(), Error> {
        let start = self.reader.mark;
        self.reader.forward();
        // Most quoted texts hold nothing to be resolved.
        let rest = self.reader.rest();
        let end = rest.find(|c: char| c == quote || c == '\\' || is_break(c));
        if let Some(end) = end.filter(|end| {
            let after = &rest[*end..];
            after.starts_with(quote) && !(quote == '\'' && after.starts_with("''"))
        }) {
            self.reader.skip_in_line(end);
            self.reader.forward();
            self.push(
                TokenKind::Scalar {
                    value: Cow::Borrowed(&rest[..end]),
                    plain: false,
                },
                start,
            );
            return Ok(());
        }
        let mut value = String::new();
        self.quoted_text(quote, start, &mut value)?;
        while self.reader.peek() != quote {
            self.quoted_spaces(start, &mut value)?;
            self.quoted_text(quote, start, &mut value)?;
        }
        self.reader.forward();
        self.push(
            TokenKind::Scalar {
                value: Cow::Owned(value),
                plain: false,
            },
            start,
        );
        Ok(())
    }

    fn quoted_text(&mut self, quote: char, start: Mark, value: &mut String) -> Result<(), Error> {
        loop {
            value.push_str(
                self.reader
                    .take_while(|c| !matches!(c, '\'' | '"' | '\\') && !is_space_or_end(c)),
            );
            match (self.reader.peek(), quote) {
                ('\'', '\'') if self.reader.peek_second() == '\'' => {
                    value.push('\'');
                    self.reader.forward_by(2);
                }
                (c @ '\'', '"') | (c @ ('"' | '\\'), '\'') => {
                    value.push(c);
                    self.reader.forward();
                }
                ('\\', _) => {
                    self.reader.forward();
                    self.escape(start, value)?;
                }
                _ => return Ok(()),
            }
        }
    }

    fn escape(&mut self, start: Mark, value: &mut String) -> Result<(), Error> {
        const CONTEXT: &str = "while scanning a double-quoted scalar";
        let c = self.reader.peek();
        let replacement = match c {
            '0' => '\0',
            'a' => '\u{7}',
            'b' => '\u{8}',
            't' | '\t' => '\t',
            'n' => '\n',
            'v' => '\u{b}',
            'f' => '\u{c}',
            'r' => '\r',
            'e' => '\u{1b}',
            ' ' | '"' | '\\' | '/' => c,
            'N' => '\u{85}',
            '_' => '\u{a0}',
            'L' => '\u{2028}',
            'P' => '\u{2029}',
            'x' | 'u' | 'U' => {
                self.reader.forward();
                let digits = match c {
                    'x' => 2,
                    'u' => 4,
                    _ => 8,
                };
                let at = self.reader.mark;
                let code = self.hex_digits(digits, CONTEXT, start, "escape sequence")?;
                // Half a surrogate pair cannot be said in UTF-8; Python would keep it and fail later.
                let Some(c) = char::from_u32(code) else {
                    let problem = format!("found invalid character code {code:#x}");
                    return Err(self.reader.error(Some((CONTEXT, Some(start))), &problem, at));
                };
                value.push(c);
                return Ok(());
            }
            c if is_break(c) => {
                self.reader.line_break();
                return self.quoted_breaks(start, value);
            }
            c => {
                let problem = format!("found unknown escape character {}", quoted(c));
                return Err(self.reader.error_here(CONTEXT, start, &problem));
            }
        };
        value.push(replacement);
        self.reader.forward();
        Ok(())
    }

    fn quoted_spaces(&mut self, start: Mark, value: &mut String) -> Result<(), Error> {
        let blanks = self.reader.take_while(|c| matches!(c, ' ' | '\t'));
        if self.reader.peek() == END {
            return Err(self.reader.error_here(
                "while scanning a quoted scalar",
                start,
                "found unexpected end of stream",
            ));
        }
        let Some(line_break) = self.reader.line_break() else {
            value.push_str(blanks);
            return Ok(());
        };
        let mut breaks = String::new();
        self.quoted_breaks(start, &mut breaks)?;
        push_folded(line_break, &breaks, value);
        Ok(())
    }

    fn quoted_breaks(&mut self, start: Mark, breaks: &mut String) -> Result<(), Error> {
        loop {
            if self.reader.at_any_document_marker() {
                let problem = "found unexpected document separator";
                return Err(self.reader.error_here("while scanning a quoted scalar", start, problem));
            }
            self.reader.take_while(|c| matches!(c, ' ' | '\t'));
            match self.reader.line_break() {
                Some(c) => breaks.push(c),
                None => return Ok(()),
            }
        }
    }

    pub(super) fn fetch_plain(&mut self) -> Result<(), Error> {
        self.save_simple_key()?;
        self.allow_simple_key = false;
        let start = self.reader.mark;
        let mut end = start;
        let indent = self.indent + 1;
        let (mut value, mut spaces) = (Cow::Borrowed(""), String::new());
        loop {
            if self.reader.peek() == '#' {
                break;
            }
            let length = self.plain_length();
            if length == 0 {
                break;
            }
            self.allow_simple_key = false;
            let rest = self.reader.rest();
            if end == start {
                value = Cow::Borrowed(&rest[..length]);
            } else if start.line == self.reader.mark.line {
                // Still on one line: what stands in the text is the value.
                value = Cow::Borrowed(&self.reader.text[start.at as usize..self.reader.mark.at as usize + length]);
            } else {
                let value = value.to_mut();
                value.push_str(&spaces);
                value.push_str(&rest[..length]);
            }
            self.reader.skip_in_line(length);
            end = self.reader.mark;
            spaces.clear();
            self.plain_spaces(&mut spaces);
            if spaces.is_empty()
                || self.reader.peek() == '#'
                || (!self.in_flow() && (i64::from(self.reader.mark.column)) < indent)
            {
                break;
            }
        }
        self.tokens.push_back(Token {
            kind: TokenKind::Scalar { value, plain: true },
            start,
            end,
        });
        Ok(())
    }

    /// Bytes up to white space, a `:` that ends a key, or (in flow context) an indicator.
    fn plain_length(&self) -> usize {
        let rest = self.reader.rest();
        let in_flow = self.in_flow();
        let mut at = 0;
        while let Some(&b) = rest.as_bytes().get(at) {
            match b {
                b' ' | b'\t' | b'\n' | b'\r' => return at,
                b',' | b'?' | b'[' | b']' | b'{' | b'}' if in_flow => return at,
                b':' => {
                    let next = rest[at + 1..].chars().next().unwrap_or(END);
                    if is_space_or_end(next) || (in_flow && matches!(next, ',' | '[' | ']' | '{' | '}')) {
                        return at;
                    }
                    at += 1;
                }
                0..=0x7f => at += 1,
                _ => match rest[at..].chars().next() {
                    Some(c) if !is_break(c) => at += c.len_utf8(),
                    _ => return at,
                },
            }
        }
        at
    }

    /// White space inside a plain scalar; nothing is added where the scalar must end.
    fn plain_spaces(&mut self, spaces: &mut String) {
        let blanks = self.reader.take_while(|c| c == ' ');
        let Some(line_break) = self.reader.line_break() else {
            spaces.push_str(blanks);
            return;
        };
        self.allow_simple_key = true;
        if self.reader.at_any_document_marker() {
            return;
        }
        let mut breaks = String::new();
        loop {
            if self.reader.peek() == ' ' {
                self.reader.forward();
            } else if let Some(c) = self.reader.line_break() {
                breaks.push(c);
                if self.reader.at_any_document_marker() {
                    return;
                }
            } else {
                break;
            }
        }
        push_folded(line_break, &breaks, spaces);
    }
}

/// A folded line break: one break becomes a blank, further ones stay.
fn push_folded(line_break: char, breaks: &str, out: &mut String) {
    if line_break != '\n' {
        out.push(line_break);
    } else if breaks.is_empty() {
        out.push(' ');
    }
    out.push_str(breaks);
}
