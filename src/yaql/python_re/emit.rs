//! Parsed patterns as text for the `regex` crate.

use std::fmt::Write as _;

use super::parse::{Category, ClassItem, Flags, Re, Repeat};

/// The pattern for the `regex` crate. Nodes that it does not have are the business of [`super::program::is_needed`].
pub(super) fn emit(root: &Re) -> String {
    let mut e = Emitter { out: String::new() };
    e.node(root);
    e.out
}

/// Whether a `$` outside of multi-line mode occurs.
pub(super) fn has_end(re: &Re) -> bool {
    match re {
        Re::End(flags) => !flags.multi_line,
        Re::Capture(r) | Re::Group(r) | Re::Atomic(r) | Re::Repeated(r, ..) | Re::Look { inner: r, .. } => has_end(r),
        Re::Conditional(_, a, b) => has_end(a) || has_end(b),
        Re::Concat(l) | Re::Alternatives(l) => l.iter().any(has_end),
        _ => false,
    }
}

struct Emitter {
    out: String,
}

fn category(c: Category, negative: bool, ascii: bool) -> &'static str {
    match (c, negative, ascii) {
        (Category::Digit, false, false) => r"\p{Nd}",
        (Category::Digit, true, false) => r"\P{Nd}",
        (Category::Digit, false, true) => "[0-9]",
        (Category::Digit, true, true) => "[^0-9]",
        (Category::Space, false, false) => r"[\s\x1c-\x1f]",
        (Category::Space, true, false) => r"[^\s\x1c-\x1f]",
        (Category::Space, false, true) => r"[ \t\n\r\x0b\x0c]",
        (Category::Space, true, true) => r"[^ \t\n\r\x0b\x0c]",
        (Category::Word, false, false) => r"[\p{L}\p{N}_]",
        (Category::Word, true, false) => r"[^\p{L}\p{N}_]",
        (Category::Word, false, true) => "[a-zA-Z0-9_]",
        (Category::Word, true, true) => "[^a-zA-Z0-9_]",
    }
}

impl Emitter {
    fn char(&mut self, c: char) {
        if c.is_ascii_alphanumeric() {
            self.out.push(c);
        } else {
            let _ = write!(self.out, "\\x{{{:x}}}", c as u32);
        }
    }

    fn group(&mut self, open: &str, inner: &Re) {
        self.out.push_str(open);
        self.node(inner);
        self.out.push(')');
    }

    fn literal(&mut self, c: char, flags: Flags) {
        match c {
            _ if !flags.ignore_case => self.char(c),
            // Python's own pairs for the dotted and the dotless i.
            'i' | 'I' | 'İ' | 'ı' if !flags.ascii => self.out.push_str("[iIİı]"),
            c if flags.ascii => {
                if c.is_ascii_alphabetic() {
                    let _ = write!(self.out, "[{}{}]", c.to_ascii_lowercase(), c.to_ascii_uppercase());
                } else {
                    self.char(c);
                }
            }
            c if c.is_alphabetic() || !c.is_ascii() => {
                self.out.push_str("(?i:");
                self.char(c);
                self.out.push(')');
            }
            c => self.char(c),
        }
    }

    fn class(&mut self, negative: bool, items: &[ClassItem], flags: Flags) {
        if let ([ClassItem::Category(c, inverse)], false) = (items, negative) {
            self.out.push_str(category(*c, *inverse, flags.ascii));
            return;
        }
        if flags.ignore_case {
            self.out.push_str("(?i:");
        }
        self.out.push_str(if negative { "[^" } else { "[" });
        for item in items {
            match item {
                ClassItem::Range(a, b) => {
                    self.char(*a);
                    if a != b {
                        self.out.push('-');
                        self.char(*b);
                    }
                    if flags.ignore_case && !flags.ascii && ['i', 'I', 'İ', 'ı'].iter().any(|c| a <= c && c <= b) {
                        self.out.push_str("iIİı");
                    }
                }
                ClassItem::Category(c, inverse) => self.out.push_str(category(*c, *inverse, flags.ascii)),
            }
        }
        self.out.push(']');
        if flags.ignore_case {
            self.out.push(')');
        }
    }

    fn node(&mut self, re: &Re) {
        match re {
            Re::Literal(c, flags) => self.literal(*c, *flags),
            Re::Any(flags) => self.out.push_str(if flags.dot_all { "(?s:.)" } else { "[^\\n]" }),
            Re::Class(negative, items, flags) => self.class(*negative, items, *flags),
            Re::Start(flags) => self.out.push_str(if flags.multi_line { "(?m:^)" } else { "\\A" }),
            Re::End(flags) if flags.multi_line => self.out.push_str("(?m:$)"),
            Re::End(_) => self.out.push_str("\\z"),
            Re::AbsoluteStart => self.out.push_str("\\A"),
            Re::AbsoluteEnd => self.out.push_str("\\z"),
            Re::Boundary(yes, flags) => self.out.push_str(match (yes, flags.ascii) {
                (true, false) => "\\b",
                (false, false) => "\\B",
                (true, true) => "(?-u:\\b)",
                (false, true) => "(?-u:\\B)",
            }),
            Re::Capture(inner) => self.group("(", inner),
            Re::Group(inner) => self.group("(?:", inner),
            Re::Atomic(_) | Re::Look { .. } | Re::Reference(..) | Re::Conditional(..) => {}
            Re::Repeated(inner, min, max, kind) => {
                self.group("(?:", inner);
                let _ = match (min, max) {
                    (0, None) => write!(self.out, "*"),
                    (1, None) => write!(self.out, "+"),
                    (0, Some(1)) => write!(self.out, "?"),
                    (min, None) => write!(self.out, "{{{min},}}"),
                    (min, Some(max)) => write!(self.out, "{{{min},{max}}}"),
                };
                if *kind == Repeat::Lazy {
                    self.out.push('?');
                }
            }
            Re::Concat(list) => {
                for r in list {
                    if matches!(r, Re::Alternatives(_)) {
                        self.group("(?:", r)
                    } else {
                        self.node(r)
                    }
                }
            }
            Re::Alternatives(list) => {
                for (i, r) in list.iter().enumerate() {
                    if i > 0 {
                        self.out.push('|');
                    }
                    self.node(r);
                }
            }
        }
    }
}
