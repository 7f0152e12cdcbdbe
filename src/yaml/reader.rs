//! Characters of a document with their positions, as the error messages count them: lines and columns in characters,
//! five kinds of line break.

use super::Error;

/// A position in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// Byte offset.
    pub at: u32,
    /// Characters before this position.
    pub index: u32,
    /// Zero-based line.
    pub line: u32,
    /// Zero-based column, in characters.
    pub column: u32,
}

/// Length of a document, in bytes: far more than any upload may have.
const MAX_LENGTH: usize = 64 << 20;

/// What reading past the end yields. Real NUL characters are refused before anything is read.
pub(super) const END: char = '\0';

/// Line breaks of YAML 1.1.
pub(super) fn is_break(c: char) -> bool {
    matches!(c, '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Line break or end of text.
pub(super) fn is_break_or_end(c: char) -> bool {
    c == END || is_break(c)
}

/// Blank, tab, line break or end of text.
pub(super) fn is_space_or_end(c: char) -> bool {
    matches!(c, ' ' | '\t') || is_break_or_end(c)
}

/// A cursor over the text.
pub(super) struct Reader<'a> {
    pub text: &'a str,
    pub mark: Mark,
}

impl<'a> Reader<'a> {
    /// # Errors
    /// When the text holds a character that YAML refuses (controls, NUL, DEL).
    pub(crate) fn new(text: &'a str) -> Result<Reader<'a>, Error> {
        let refused = |c: char| !matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
        if text.len() > MAX_LENGTH {
            let message = format!("the document is longer than {MAX_LENGTH} bytes");
            return Err(Error {
                message,
                line: 0,
                column: 0,
            });
        }
        // Most documents are plain ASCII: a glance at the bytes is enough.
        let plain = |b: &u8| matches!(b, b'\t' | b'\n' | b'\r' | b' '..=b'~');
        if text.as_bytes().iter().all(plain) {
            return Ok(Reader {
                text,
                mark: Mark::default(),
            });
        }
        if let Some((position, c)) = text.chars().enumerate().find(|(_, c)| refused(*c)) {
            return Err(Error {
                message: format!(
                    "unacceptable character #x{:04x}: special characters are not allowed\n  in \"<unicode string>\", position {position}",
                    c as u32
                ),
                line: 0,
                column: 0,
            });
        }
        Ok(Reader {
            text,
            mark: Mark::default(),
        })
    }

    pub(crate) fn rest(&self) -> &'a str {
        &self.text[self.mark.at as usize..]
    }

    #[inline]
    pub(crate) fn peek(&self) -> char {
        match self.text.as_bytes().get(self.mark.at as usize) {
            Some(&b) if b < 0x80 => b as char,
            Some(_) => self.rest().chars().next().unwrap_or(END),
            None => END,
        }
    }

    /// The character after the current one.
    pub(crate) fn peek_second(&self) -> char {
        let mut chars = self.rest().chars();
        chars.next();
        chars.next().unwrap_or(END)
    }

    /// True at `---` or `...` followed by white space or the end.
    pub(crate) fn at_document_marker(&self, marker: &str) -> bool {
        self.rest()
            .strip_prefix(marker)
            .is_some_and(|after| is_space_or_end(after.chars().next().unwrap_or(END)))
    }

    pub(crate) fn at_any_document_marker(&self) -> bool {
        self.at_document_marker("---") || self.at_document_marker("...")
    }

    /// Steps over one character.
    #[inline]
    pub(crate) fn forward(&mut self) {
        let c = self.peek();
        if self.mark.at as usize >= self.text.len() {
            return;
        }
        self.mark.at += c.len_utf8() as u32;
        self.mark.index += 1;
        let ends_line = match c {
            '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => true,
            '\r' => self.peek() != '\n',
            _ => false,
        };
        if ends_line {
            self.mark.line += 1;
            self.mark.column = 0;
        } else if c != '\u{feff}' {
            self.mark.column += 1;
        }
    }

    pub(crate) fn forward_by(&mut self, characters: usize) {
        for _ in 0..characters {
            self.forward();
        }
    }

    /// Steps over a stretch of text that holds no line break.
    pub(crate) fn skip_in_line(&mut self, bytes: usize) {
        let skipped = &self.rest()[..bytes];
        self.mark.at += bytes as u32;
        if skipped.is_ascii() {
            self.mark.index += bytes as u32;
            self.mark.column += bytes as u32;
        } else {
            let characters = skipped.chars().count() as u32;
            self.mark.index += characters;
            self.mark.column += characters - skipped.chars().filter(|c| *c == '\u{feff}').count() as u32;
        }
    }

    /// Takes characters while `wanted` holds; none of them may be a line break.
    pub(crate) fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c: char| !wanted(c)).unwrap_or(rest.len());
        self.skip_in_line(length);
        &rest[..length]
    }

    pub(crate) fn skip_blanks(&mut self) {
        let blanks = self.rest().bytes().take_while(|b| *b == b' ').count() as u32;
        self.mark.at += blanks;
        self.mark.index += blanks;
        self.mark.column += blanks;
    }

    /// Steps over a line break, if there is one, and tells which break the value gets.
    pub(crate) fn line_break(&mut self) -> Option<char> {
        match self.peek() {
            '\r' if self.peek_second() == '\n' => {
                self.forward_by(2);
                Some('\n')
            }
            '\r' | '\n' | '\u{85}' => {
                self.forward();
                Some('\n')
            }
            c @ ('\u{2028}' | '\u{2029}') => {
                self.forward();
                Some(c)
            }
            _ => None,
        }
    }

    /// A message with a context and a position, in PyYAML's layout.
    pub(crate) fn error(&self, context: Option<(&str, Option<Mark>)>, problem: &str, at: Mark) -> Error {
        let mut message = String::new();
        if let Some((context, mark)) = context {
            message.push_str(context);
            message.push('\n');
            if let Some(mark) = mark.filter(|m| (m.line, m.column) != (at.line, at.column)) {
                self.write_mark(mark, &mut message);
                message.push('\n');
            }
        }
        message.push_str(problem);
        message.push('\n');
        self.write_mark(at, &mut message);
        Error {
            message,
            line: at.line as usize + 1,
            column: at.column as usize + 1,
        }
    }

    /// Error at the current position.
    pub(crate) fn error_here(&self, context: &str, start: Mark, problem: &str) -> Error {
        self.error(Some((context, Some(start))), problem, self.mark)
    }

    /// `  in "<unicode string>", line 1, column 2:` with the line and a caret below.
    fn write_mark(&self, mark: Mark, out: &mut String) {
        use std::fmt::Write as _;
        // A line longer than this is cut on both sides of the caret.
        const HALF: usize = 36;
        let _ = write!(
            out,
            "  in \"<unicode string>\", line {}, column {}:\n    ",
            mark.line + 1,
            mark.column + 1
        );
        let before: Vec<char> = self.text[..mark.at as usize]
            .chars()
            .rev()
            .take_while(|c| !is_break_or_end(*c))
            .take(HALF + 1)
            .collect();
        let (head, kept) = if before.len() > HALF {
            (" ... ", before.len() - 5)
        } else {
            ("", before.len())
        };
        let after: Vec<char> = self.text[mark.at as usize..]
            .chars()
            .take_while(|c| !is_break_or_end(*c))
            .take(HALF + 1)
            .collect();
        let (tail, shown) = if after.len() > HALF {
            (" ... ", after.len() - 5)
        } else {
            ("", after.len())
        };
        out.push_str(head);
        out.extend(before[..kept].iter().rev());
        out.extend(&after[..shown]);
        out.push_str(tail);
        out.push('\n');
        out.extend(std::iter::repeat_n(' ', 4 + kept + head.len()));
        out.push('^');
    }
}
