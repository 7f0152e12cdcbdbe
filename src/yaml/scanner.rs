//! Text to tokens, with the indentation and simple-key bookkeeping of PyYAML's scanner. Upstream's overrides: `&`, `*` and
//! `@` start plain scalars, so there are no anchors and no aliases.

use std::collections::VecDeque;

mod scalars;

use super::Error;
use super::reader::{END, Mark, Reader, is_break, is_break_or_end, is_space_or_end};
use super::token::{Token, TokenKind};

/// A key written without `?` must end within this many characters, on its line.
const MAX_SIMPLE_KEY: u32 = 1024;

/// A place where a key may turn out to have started.
struct SimpleKey {
    flow_level: i32,
    token_number: usize,
    /// In block context at the current indentation nothing but a key can start here.
    required: bool,
    mark: Mark,
}

pub(super) struct Scanner<'a> {
    pub reader: Reader<'a>,
    tokens: VecDeque<Token<'a>>,
    taken: usize,
    done: bool,
    flow_level: i32,
    indent: i64,
    indents: Vec<i64>,
    allow_simple_key: bool,
    simple_keys: Vec<SimpleKey>,
}

impl<'a> Scanner<'a> {
    pub(crate) fn new(text: &'a str) -> Result<Scanner<'a>, Error> {
        Ok(Scanner {
            reader: Reader::new(text)?,
            tokens: VecDeque::new(),
            taken: 0,
            done: false,
            flow_level: 0,
            indent: -1,
            indents: Vec::new(),
            allow_simple_key: true,
            simple_keys: Vec::new(),
        })
    }

    /// The next token, left in place.
    #[inline]
    pub(crate) fn peek(&mut self) -> Result<&Token<'a>, Error> {
        while self.needs_more()? {
            self.fetch()?;
        }
        // `fetch` adds a token until the end of the stream, which is never taken.
        Ok(&self.tokens[0])
    }

    /// Takes the next token. The end of the stream can be taken again and again.
    pub(crate) fn next(&mut self) -> Result<Token<'a>, Error> {
        let token = self.peek()?.clone_if_end();
        if let Some(end) = token {
            return Ok(end);
        }
        self.taken += 1;
        Ok(self.tokens.pop_front().unwrap_or(Token {
            kind: TokenKind::StreamEnd,
            start: self.reader.mark,
            end: self.reader.mark,
        }))
    }

    fn needs_more(&mut self) -> Result<bool, Error> {
        if self.done {
            return Ok(false);
        }
        if self.tokens.is_empty() {
            return Ok(true);
        }
        if self.simple_keys.is_empty() {
            return Ok(false);
        }
        self.drop_stale_keys()?;
        // The first token may still get a `?` inserted before it.
        Ok(self.simple_keys.iter().map(|k| k.token_number).min() == Some(self.taken))
    }

    fn push(&mut self, kind: TokenKind<'a>, start: Mark) {
        self.tokens.push_back(Token {
            kind,
            start,
            end: self.reader.mark,
        });
    }

    /// A token of some characters' length.
    fn push_indicator(&mut self, kind: TokenKind<'a>, characters: usize) {
        let start = self.reader.mark;
        self.reader.forward_by(characters);
        self.push(kind, start);
    }

    #[inline(never)]
    fn fetch(&mut self) -> Result<(), Error> {
        self.skip_to_next_token();
        self.drop_stale_keys()?;
        self.unwind_indent(i64::from(self.reader.mark.column));
        let c = self.reader.peek();
        let at_line_start = self.reader.mark.column == 0;
        match c {
            END => return self.fetch_stream_end(),
            '%' if at_line_start => return self.fetch_directive(),
            '-' if at_line_start && self.reader.at_document_marker("---") => {
                return self.fetch_document_marker(TokenKind::DocumentStart);
            }
            '.' if at_line_start && self.reader.at_document_marker("...") => {
                return self.fetch_document_marker(TokenKind::DocumentEnd);
            }
            '[' => return self.fetch_flow_start(TokenKind::FlowSequenceStart),
            '{' => return self.fetch_flow_start(TokenKind::FlowMappingStart),
            ']' => return self.fetch_flow_end(TokenKind::FlowSequenceEnd),
            '}' => return self.fetch_flow_end(TokenKind::FlowMappingEnd),
            ',' => {
                self.allow_simple_key = true;
                self.remove_simple_key()?;
                self.push_indicator(TokenKind::FlowEntry, 1);
                return Ok(());
            }
            '-' if is_space_or_end(self.reader.peek_second()) => return self.fetch_block_entry(),
            '?' if self.in_flow() || is_space_or_end(self.reader.peek_second()) => return self.fetch_key(),
            ':' if self.in_flow() || is_space_or_end(self.reader.peek_second()) => return self.fetch_value(),
            '*' | '&' => return self.fetch_plain(),
            '!' => {
                self.save_simple_key()?;
                self.allow_simple_key = false;
                return self.scan_tag();
            }
            '|' | '>' if !self.in_flow() => {
                self.allow_simple_key = true;
                self.remove_simple_key()?;
                return self.scan_block_scalar(c == '>');
            }
            '\'' | '"' => {
                self.save_simple_key()?;
                self.allow_simple_key = false;
                return self.scan_quoted(c);
            }
            _ => {}
        }
        if self.starts_plain(c) {
            return self.fetch_plain();
        }
        let problem = format!("found character {} that cannot start any token", quoted(c));
        Err(self.reader.error(
            Some(("while scanning for the next token", None)),
            &problem,
            self.reader.mark,
        ))
    }

    fn in_flow(&self) -> bool {
        self.flow_level != 0
    }

    fn starts_plain(&self, c: char) -> bool {
        if c == '@' {
            return true;
        }
        let indicator = is_space_or_end(c) || "-?:,[]{}#&*!|>'\"%`".contains(c);
        !indicator
            || (!is_space_or_end(self.reader.peek_second())
                && (c == '-' || (!self.in_flow() && matches!(c, '?' | ':'))))
    }

    // Simple keys.

    fn drop_stale_keys(&mut self) -> Result<(), Error> {
        if self.simple_keys.is_empty() {
            return Ok(());
        }
        let here = self.reader.mark;
        let stale = |k: &SimpleKey| k.mark.line != here.line || here.index - k.mark.index > MAX_SIMPLE_KEY;
        if let Some(key) = self.simple_keys.iter().find(|k| stale(k) && k.required) {
            return Err(self
                .reader
                .error_here("while scanning a simple key", key.mark, "could not find expected ':'"));
        }
        self.simple_keys.retain(|k| !stale(k));
        Ok(())
    }

    fn save_simple_key(&mut self) -> Result<(), Error> {
        let required = !self.in_flow() && self.indent == i64::from(self.reader.mark.column);
        if self.allow_simple_key {
            self.remove_simple_key()?;
            self.simple_keys.push(SimpleKey {
                flow_level: self.flow_level,
                token_number: self.taken + self.tokens.len(),
                required,
                mark: self.reader.mark,
            });
        }
        Ok(())
    }

    fn remove_simple_key(&mut self) -> Result<(), Error> {
        if let Some(i) = self.simple_keys.iter().position(|k| k.flow_level == self.flow_level) {
            let key = &self.simple_keys[i];
            if key.required {
                return Err(self.reader.error_here(
                    "while scanning a simple key",
                    key.mark,
                    "could not find expected ':'",
                ));
            }
            self.simple_keys.remove(i);
        }
        Ok(())
    }

    // Indentation.

    fn unwind_indent(&mut self, column: i64) {
        if self.in_flow() {
            return;
        }
        while self.indent > column {
            self.indent = self.indents.pop().unwrap_or(-1);
            self.push(TokenKind::BlockEnd, self.reader.mark);
        }
    }

    fn add_indent(&mut self, column: u32) -> bool {
        let deeper = self.indent < i64::from(column);
        if deeper {
            self.indents.push(self.indent);
            self.indent = i64::from(column);
        }
        deeper
    }

    // Tokens.

    fn fetch_stream_end(&mut self) -> Result<(), Error> {
        self.unwind_indent(-1);
        self.remove_simple_key()?;
        self.allow_simple_key = false;
        self.simple_keys.clear();
        self.push(TokenKind::StreamEnd, self.reader.mark);
        self.done = true;
        Ok(())
    }

    fn fetch_directive(&mut self) -> Result<(), Error> {
        self.unwind_indent(-1);
        self.remove_simple_key()?;
        self.allow_simple_key = false;
        self.scan_directive()
    }

    fn fetch_document_marker(&mut self, kind: TokenKind<'a>) -> Result<(), Error> {
        self.unwind_indent(-1);
        self.remove_simple_key()?;
        self.allow_simple_key = false;
        self.push_indicator(kind, 3);
        Ok(())
    }

    fn fetch_flow_start(&mut self, kind: TokenKind<'a>) -> Result<(), Error> {
        self.save_simple_key()?;
        self.flow_level += 1;
        self.allow_simple_key = true;
        self.push_indicator(kind, 1);
        Ok(())
    }

    fn fetch_flow_end(&mut self, kind: TokenKind<'a>) -> Result<(), Error> {
        self.remove_simple_key()?;
        self.flow_level -= 1;
        self.allow_simple_key = false;
        self.push_indicator(kind, 1);
        Ok(())
    }

    /// In block context: may a structure start here, and does it open a new block?
    fn open_block(&mut self, kind: TokenKind<'a>, refusal: &str) -> Result<(), Error> {
        if self.in_flow() {
            return Ok(());
        }
        if !self.allow_simple_key {
            return Err(self.reader.error(None, refusal, self.reader.mark));
        }
        if self.add_indent(self.reader.mark.column) {
            self.push(kind, self.reader.mark);
        }
        Ok(())
    }

    fn fetch_block_entry(&mut self) -> Result<(), Error> {
        self.open_block(TokenKind::BlockSequenceStart, "sequence entries are not allowed here")?;
        self.allow_simple_key = true;
        self.remove_simple_key()?;
        self.push_indicator(TokenKind::BlockEntry, 1);
        Ok(())
    }

    fn fetch_key(&mut self) -> Result<(), Error> {
        self.open_block(TokenKind::BlockMappingStart, "mapping keys are not allowed here")?;
        self.allow_simple_key = !self.in_flow();
        self.remove_simple_key()?;
        self.push_indicator(TokenKind::Key, 1);
        Ok(())
    }

    fn fetch_value(&mut self) -> Result<(), Error> {
        if let Some(i) = self.simple_keys.iter().position(|k| k.flow_level == self.flow_level) {
            let key = self.simple_keys.remove(i);
            let at = key.token_number - self.taken;
            self.tokens.insert(
                at,
                Token {
                    kind: TokenKind::Key,
                    start: key.mark,
                    end: key.mark,
                },
            );
            if !self.in_flow() && self.add_indent(key.mark.column) {
                self.tokens.insert(
                    at,
                    Token {
                        kind: TokenKind::BlockMappingStart,
                        start: key.mark,
                        end: key.mark,
                    },
                );
            }
            self.allow_simple_key = false;
        } else {
            self.open_block(TokenKind::BlockMappingStart, "mapping values are not allowed here")?;
            self.allow_simple_key = !self.in_flow();
            self.remove_simple_key()?;
        }
        self.push_indicator(TokenKind::Value, 1);
        Ok(())
    }

    fn skip_to_next_token(&mut self) {
        if self.reader.mark.index == 0 && self.reader.peek() == '\u{feff}' {
            self.reader.forward();
        }
        loop {
            self.reader.skip_blanks();
            if self.reader.peek() == '#' {
                self.reader.take_while(|c| !is_break(c));
            }
            if self.reader.line_break().is_none() {
                return;
            }
            if !self.in_flow() {
                self.allow_simple_key = true;
            }
        }
    }

    // Directives and tags.

    fn scan_directive(&mut self) -> Result<(), Error> {
        const CONTEXT: &str = "while scanning a directive";
        let start = self.reader.mark;
        self.reader.forward();
        let name = self.reader.take_while(is_word);
        let c = self.reader.peek();
        if name.is_empty() || !(c == ' ' || is_break_or_end(c)) {
            let problem = format!("expected alphabetic or numeric character, but found {}", quoted(c));
            return Err(self.reader.error_here(CONTEXT, start, &problem));
        }
        let kind = match name {
            "YAML" => {
                self.reader.skip_blanks();
                let major = self.scan_version_number(start)?;
                if self.reader.peek() != '.' {
                    let problem = format!("expected a digit or '.', but found {}", quoted(self.reader.peek()));
                    return Err(self.reader.error_here(CONTEXT, start, &problem));
                }
                self.reader.forward();
                self.scan_version_number(start)?;
                self.expect_blank_after("expected a digit or ' '", CONTEXT, start)?;
                TokenKind::YamlDirective(major)
            }
            "TAG" => {
                self.reader.skip_blanks();
                let handle = self.scan_tag_handle("directive", start)?;
                if self.reader.peek() != ' ' {
                    let problem = format!("expected ' ', but found {}", quoted(self.reader.peek()));
                    return Err(self.reader.error_here(CONTEXT, start, &problem));
                }
                self.reader.skip_blanks();
                let prefix = self.scan_tag_uri("directive", start)?;
                self.expect_blank_after("expected ' '", CONTEXT, start)?;
                TokenKind::TagDirective(Box::new((handle, prefix)))
            }
            _ => {
                self.reader.take_while(|c| !is_break(c));
                TokenKind::OtherDirective
            }
        };
        self.push(kind, start);
        self.skip_comment_and_break(CONTEXT, start)
    }

    fn scan_version_number(&mut self, start: Mark) -> Result<u32, Error> {
        let digits = self.reader.take_while(|c| c.is_ascii_digit());
        if digits.is_empty() {
            let problem = format!("expected a digit, but found {}", quoted(self.reader.peek()));
            return Err(self.reader.error_here("while scanning a directive", start, &problem));
        }
        Ok(digits.parse().unwrap_or(u32::MAX))
    }

    fn expect_blank_after(&self, expected: &str, context: &str, start: Mark) -> Result<(), Error> {
        let c = self.reader.peek();
        if c == ' ' || is_break_or_end(c) {
            return Ok(());
        }
        Err(self
            .reader
            .error_here(context, start, &format!("{expected}, but found {}", quoted(c))))
    }

    /// The rest of a line after a directive or a block scalar's header.
    fn skip_comment_and_break(&mut self, context: &str, start: Mark) -> Result<(), Error> {
        self.reader.skip_blanks();
        if self.reader.peek() == '#' {
            self.reader.take_while(|c| !is_break(c));
        }
        let c = self.reader.peek();
        if !is_break_or_end(c) {
            let problem = format!("expected a comment or a line break, but found {}", quoted(c));
            return Err(self.reader.error_here(context, start, &problem));
        }
        self.reader.line_break();
        Ok(())
    }

    fn scan_tag(&mut self) -> Result<(), Error> {
        let start = self.reader.mark;
        let second = self.reader.peek_second();
        let (handle, suffix) = if second == '<' {
            self.reader.forward_by(2);
            let suffix = self.scan_tag_uri("tag", start)?;
            if self.reader.peek() != '>' {
                let problem = format!("expected '>', but found {}", quoted(self.reader.peek()));
                return Err(self.reader.error_here("while parsing a tag", start, &problem));
            }
            self.reader.forward();
            (None, suffix)
        } else if is_space_or_end(second) {
            self.reader.forward();
            (None, "!".to_owned())
        } else {
            let rest = &self.reader.rest()[1..];
            let word = &rest[..rest.find(|c| c == ' ' || is_break(c)).unwrap_or(rest.len())];
            let handle = if word.contains('!') {
                self.scan_tag_handle("tag", start)?
            } else {
                self.reader.forward();
                "!".to_owned()
            };
            (Some(handle), self.scan_tag_uri("tag", start)?)
        };
        self.expect_blank_after("expected ' '", "while scanning a tag", start)?;
        self.push(TokenKind::Tag(Box::new((handle, suffix))), start);
        Ok(())
    }

    fn scan_tag_handle(&mut self, what: &str, start: Mark) -> Result<String, Error> {
        let context = format!("while scanning a {what}");
        let unexpected = |s: &Self| {
            let problem = format!("expected '!', but found {}", quoted(s.reader.peek()));
            Err(s.reader.error_here(&context, start, &problem))
        };
        if self.reader.peek() != '!' {
            return unexpected(self);
        }
        let from = self.reader.mark.at as usize;
        self.reader.forward();
        if self.reader.peek() != ' ' {
            self.reader.take_while(is_word);
            if self.reader.peek() != '!' {
                return unexpected(self);
            }
            self.reader.forward();
        }
        Ok(self.reader.text[from..self.reader.mark.at as usize].to_owned())
    }

    fn scan_tag_uri(&mut self, what: &str, start: Mark) -> Result<String, Error> {
        let mut uri = String::new();
        loop {
            uri.push_str(
                self.reader
                    .take_while(|c| is_word(c) || (c.is_ascii() && "-;/?:@&=+$,_.!~*'()[]".contains(c))),
            );
            if self.reader.peek() != '%' {
                break;
            }
            self.scan_uri_escapes(what, start, &mut uri)?;
        }
        if uri.is_empty() {
            let problem = format!("expected URI, but found {}", quoted(self.reader.peek()));
            return Err(self
                .reader
                .error_here(&format!("while parsing a {what}"), start, &problem));
        }
        Ok(uri)
    }

    fn scan_uri_escapes(&mut self, what: &str, start: Mark, out: &mut String) -> Result<(), Error> {
        let context = format!("while scanning a {what}");
        let first = self.reader.mark;
        let mut bytes = Vec::new();
        while self.reader.peek() == '%' {
            self.reader.forward();
            let code = self.hex_digits(2, &context, start, "URI escape sequence")?;
            bytes.push(code as u8);
        }
        match String::from_utf8(bytes) {
            Ok(text) => out.push_str(&text),
            Err(_) => {
                let problem = "'utf-8' codec can't decode the escaped bytes";
                return Err(self.reader.error(Some((&context, Some(start))), problem, first));
            }
        }
        Ok(())
    }

    fn hex_digits(&mut self, count: usize, context: &str, start: Mark, what: &str) -> Result<u32, Error> {
        let rest = self.reader.rest();
        let mut chars = rest.chars();
        let mut code = 0u32;
        for _ in 0..count {
            let c = chars.next().unwrap_or(END);
            let Some(digit) = c.to_digit(16) else {
                let problem = format!(
                    "expected {what} of {count} hexadecimal numbers, but found {}",
                    quoted(c)
                );
                return Err(self.reader.error_here(context, start, &problem));
            };
            code = code << 4 | digit;
        }
        self.reader.skip_in_line(count);
        Ok(code)
    }
}

impl<'a> Token<'a> {
    fn clone_if_end(&self) -> Option<Token<'a>> {
        (self.kind == TokenKind::StreamEnd).then(|| self.clone())
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

/// A character as Python's `repr` shows it; the end of the text is `'\x00'`.
fn quoted(c: char) -> String {
    let mut out = String::new();
    pyvalue::python::write_repr_str(c.encode_utf8(&mut [0; 4]), &mut out);
    out
}
