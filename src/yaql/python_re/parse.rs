//! Python's regular expression syntax, with Python's refusals.

use super::super::charnames;
use pyvalue::chars::is_word;

/// Nesting that a pattern may have.
const MAX_DEPTH: u32 = 100;
/// Nodes that a pattern may have.
const MAX_NODES: usize = 50_000;

/// Flags in effect for a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Flags {
    pub ignore_case: bool,
    pub multi_line: bool,
    pub dot_all: bool,
    pub verbose: bool,
    pub ascii: bool,
}

impl Flags {
    fn set(&mut self, flag: char, on: bool) {
        match flag {
            'i' => self.ignore_case = on,
            'm' => self.multi_line = on,
            's' => self.dot_all = on,
            'x' => self.verbose = on,
            'a' => self.ascii = on,
            _ => self.ascii = false,
        }
    }
}

/// Character categories.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Category {
    Digit,
    Space,
    Word,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum ClassItem {
    Range(char, char),
    /// True: the complement.
    Category(Category, bool),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeat {
    Greedy,
    Lazy,
    Possessive,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Re {
    Literal(char, Flags),
    Any(Flags),
    Class(bool, Vec<ClassItem>, Flags),
    Start(Flags),
    End(Flags),
    AbsoluteStart,
    AbsoluteEnd,
    Boundary(bool, Flags),
    Capture(Box<Re>),
    Group(Box<Re>),
    Atomic(Box<Re>),
    /// Looks ahead (or behind), negated or not.
    Look {
        ahead: bool,
        negative: bool,
        inner: Box<Re>,
    },
    Reference(usize, Flags),
    Conditional(usize, Box<Re>, Box<Re>),
    Repeated(Box<Re>, u32, Option<u32>, Repeat),
    Concat(Vec<Re>),
    Alternatives(Vec<Re>),
}

impl Re {
    /// Fewest and most characters it matches; `None`: no upper bound.
    pub(super) fn width(&self) -> (u64, Option<u64>) {
        match self {
            Re::Literal(..) | Re::Any(_) | Re::Class(..) => (1, Some(1)),
            Re::Start(_) | Re::End(_) | Re::AbsoluteStart | Re::AbsoluteEnd | Re::Boundary(..) | Re::Look { .. } => {
                (0, Some(0))
            }
            Re::Capture(r) | Re::Group(r) | Re::Atomic(r) => r.width(),
            Re::Reference(..) => (0, None),
            Re::Conditional(_, a, b) => {
                let (a, b) = (a.width(), b.width());
                (a.0.min(b.0), a.1.zip(b.1).map(|(x, y)| x.max(y)))
            }
            Re::Repeated(r, min, max, _) => {
                let w = r.width();
                let most = match (w.1, max) {
                    (Some(0), _) => Some(0),
                    (Some(w), Some(m)) => w.checked_mul(u64::from(*m)),
                    _ => None,
                };
                (w.0.saturating_mul(u64::from(*min)), most)
            }
            Re::Concat(list) => list.iter().fold((0, Some(0)), |acc, r| {
                let w = r.width();
                (
                    acc.0.saturating_add(w.0),
                    acc.1.zip(w.1).and_then(|(a, b): (u64, u64)| a.checked_add(b)),
                )
            }),
            Re::Alternatives(list) => {
                let mut widths = list.iter().map(Re::width);
                let first = widths.next().unwrap_or((0, Some(0)));
                widths.fold(first, |acc, w| (acc.0.min(w.0), acc.1.zip(w.1).map(|(a, b)| a.max(b))))
            }
        }
    }
}

/// A parsed pattern.
#[derive(Debug)]
pub(super) struct Parsed {
    pub root: Re,
    /// Number of groups, the whole match not counted.
    pub groups: usize,
    pub names: Vec<(String, usize)>,
    pub flags: Flags,
}

/// A refused pattern: the text without its position, and the position.
pub(super) type Refused = (String, usize);

struct Parser<'p> {
    chars: &'p [char],
    at: usize,
    flags: Flags,
    groups: usize,
    open: Vec<usize>,
    names: Vec<(String, usize)>,
    /// Inside of what looks behind: the groups there were before it.
    groups_before: Option<usize>,
    /// Groups that conditionals ask for, and where.
    conditions: Vec<(usize, usize)>,
    depth: u32,
    nodes: usize,
}

fn refuse<T>(text: impl Into<String>, at: usize) -> Result<T, Refused> {
    Err((text.into(), at))
}

/// Parses a pattern.
pub(super) fn parse(pattern: &str, flags: Flags) -> Result<Parsed, Refused> {
    let chars: Vec<char> = pattern.chars().collect();
    let start = |flags| Parser {
        chars: &chars,
        at: 0,
        flags,
        groups: 0,
        open: Vec::new(),
        names: Vec::new(),
        groups_before: None,
        conditions: Vec::new(),
        depth: 0,
        nodes: 0,
    };
    let mut p = start(flags);
    let mut root = p.alternatives(true)?;
    if p.flags.verbose && !flags.verbose {
        // Turned on inside: everything is read again with it.
        let verbose = Flags { verbose: true, ..flags };
        p = start(verbose);
        root = p.alternatives(true)?;
    }
    if p.at < chars.len() {
        return refuse("unbalanced parenthesis", p.at);
    }
    if let Some((n, at)) = p.conditions.iter().find(|(n, _)| *n > p.groups) {
        return refuse(format!("invalid group reference {n}"), *at);
    }
    Ok(Parsed {
        root,
        groups: p.groups,
        names: p.names,
        flags: p.flags,
    })
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn eat(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        self.at += usize::from(found);
        found
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek();
        self.at += usize::from(c.is_some());
        c
    }

    fn alternatives(&mut self, outermost: bool) -> Result<Re, Refused> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return refuse("pattern nests too deep", self.at);
        }
        let mut list = vec![self.concat(outermost)?];
        while self.eat('|') {
            list.push(self.concat(false)?);
        }
        self.depth -= 1;
        Ok(if list.len() == 1 {
            list.remove(0)
        } else {
            Re::Alternatives(list)
        })
    }

    fn concat(&mut self, mut first: bool) -> Result<Re, Refused> {
        let mut list: Vec<Re> = Vec::new();
        while let Some(c) = self.peek() {
            if c == '|' || c == ')' {
                break;
            }
            self.nodes += 1;
            if self.nodes > MAX_NODES {
                return refuse("pattern is too large", self.at);
            }
            let here = self.at;
            self.at += 1;
            if self.flags.verbose {
                if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}') {
                    continue;
                }
                if c == '#' {
                    while self.next().is_some_and(|c| c != '\n') {}
                    continue;
                }
            }
            match c {
                '*' | '+' | '?' | '{' => {
                    let Some((min, max)) = self.quantifier(c, here)? else {
                        list.push(Re::Literal('{', self.flags));
                        continue;
                    };
                    let kind = match c {
                        _ if self.eat('?') => Repeat::Lazy,
                        _ if self.eat('+') => Repeat::Possessive,
                        _ => Repeat::Greedy,
                    };
                    match list.pop() {
                        None
                        | Some(Re::Start(_) | Re::End(_) | Re::AbsoluteStart | Re::AbsoluteEnd | Re::Boundary(..)) => {
                            return refuse("nothing to repeat", here);
                        }
                        Some(Re::Repeated(..)) => return refuse("multiple repeat", here),
                        Some(inner) => list.push(Re::Repeated(Box::new(inner), min, max, kind)),
                    }
                }
                '.' => list.push(Re::Any(self.flags)),
                '^' => list.push(Re::Start(self.flags)),
                '$' => list.push(Re::End(self.flags)),
                '(' => {
                    if let Some(group) = self.group(here, first && list.is_empty())? {
                        list.push(group);
                    } else {
                        // Comments and global flags leave nothing behind and keep the place "at the start".
                        continue;
                    }
                }
                '[' => list.push(self.class(here)?),
                '\\' => list.push(self.escape(here)?),
                c => list.push(Re::Literal(c, self.flags)),
            }
            first = false;
        }
        Ok(if list.len() == 1 {
            list.remove(0)
        } else {
            Re::Concat(list)
        })
    }

    /// Bounds of a quantifier; `None` when a brace is just a brace.
    fn quantifier(&mut self, c: char, here: usize) -> Result<Option<(u32, Option<u32>)>, Refused> {
        match c {
            '*' => return Ok(Some((0, None))),
            '+' => return Ok(Some((1, None))),
            '?' => return Ok(Some((0, Some(1)))),
            _ => {}
        }
        let back = self.at;
        if self.peek() == Some('}') {
            return Ok(None);
        }
        let low = self.digits();
        let high = if self.eat(',') { self.digits() } else { low.clone() };
        if !self.eat('}') {
            self.at = back;
            return Ok(None);
        }
        let number = |t: &str| {
            t.parse::<u32>()
                .or_else(|_| refuse("the repetition number is too large", here))
        };
        let min = if low.is_empty() { 0 } else { number(&low)? };
        let max = if high.is_empty() { None } else { Some(number(&high)?) };
        if max.is_some_and(|m| m < min) {
            return refuse("min repeat greater than max repeat", here + 1);
        }
        Ok(Some((min, max)))
    }

    fn digits(&mut self) -> String {
        let mut out = String::new();
        while let Some(c) = self.peek().filter(char::is_ascii_digit) {
            out.push(c);
            self.at += 1;
        }
        out
    }

    /// A name up to its terminator.
    fn name(&mut self, end: char) -> Result<String, Refused> {
        let from = self.at;
        let mut out = String::new();
        loop {
            match self.next() {
                Some(c) if c == end => break,
                Some(c) => out.push(c),
                None if out.is_empty() => return refuse("missing group name", from),
                None => return refuse(format!("missing {end}, unterminated name"), from),
            }
        }
        if out.is_empty() {
            return refuse("missing group name", from);
        }
        Ok(out)
    }

    fn checked_name(&self, name: &str, at: usize) -> Result<(), Refused> {
        let mut chars = name.chars();
        let good = chars.next().is_some_and(|c| c == '_' || c.is_alphabetic()) && chars.all(is_word);
        if good {
            Ok(())
        } else {
            refuse(format!("bad character in group name '{name}'"), at)
        }
    }

    fn named_group(&self, name: &str, at: usize) -> Result<usize, Refused> {
        self.checked_name(name, at)?;
        match self.names.iter().find(|(n, _)| n == name) {
            Some((_, i)) => Ok(*i),
            None => refuse(format!("unknown group name '{name}'"), at),
        }
    }

    fn finish_group(&mut self, here: usize, flags: Flags) -> Result<Re, Refused> {
        let outer = std::mem::replace(&mut self.flags, flags);
        let inner = self.alternatives(false)?;
        self.flags = outer;
        if !self.eat(')') {
            return refuse("missing ), unterminated subpattern", here);
        }
        Ok(inner)
    }

    fn capture(&mut self, here: usize, name: Option<String>) -> Result<Re, Refused> {
        self.groups += 1;
        let number = self.groups;
        if let Some(name) = name {
            if let Some((_, old)) = self.names.iter().find(|(n, _)| *n == name) {
                let text = format!("redefinition of group name '{name}' as group {number}; was group {old}");
                return refuse(text, here + 4);
            }
            self.names.push((name, number));
        }
        self.open.push(number);
        let inner = self.finish_group(here, self.flags)?;
        self.open.pop();
        Ok(Re::Capture(Box::new(inner)))
    }

    /// What looks behind may refer only to groups that were complete before it.
    fn check_reference(&self, group: usize) -> Result<(), Refused> {
        let Some(before) = self.groups_before else {
            return Ok(());
        };
        if group > self.groups || self.open.contains(&group) {
            return refuse("cannot refer to an open group", self.at);
        }
        if group > before {
            return refuse(
                "cannot refer to group defined in the same lookbehind subpattern",
                self.at,
            );
        }
        Ok(())
    }

    fn look(&mut self, here: usize, ahead: bool, negative: bool) -> Result<Re, Refused> {
        let outer = self.groups_before;
        if !ahead {
            self.groups_before = outer.or(Some(self.groups));
        }
        let inner = self.finish_group(here, self.flags)?;
        self.groups_before = outer;
        if !ahead {
            let (min, max) = inner.width();
            if max != Some(min) {
                return refuse("look-behind requires fixed-width pattern", 0);
            }
        }
        Ok(Re::Look {
            ahead,
            negative,
            inner: Box::new(inner),
        })
    }

    /// After the opening parenthesis; `None` for what matches nothing (comments, global flags).
    fn group(&mut self, here: usize, at_start: bool) -> Result<Option<Re>, Refused> {
        if !self.eat('?') {
            return self.capture(here, None).map(Some);
        }
        let Some(c) = self.next() else {
            return refuse("unexpected end of pattern", self.at);
        };
        Ok(Some(match c {
            'P' => {
                if self.eat('<') {
                    let at = self.at;
                    let name = self.name('>')?;
                    self.checked_name(&name, at)?;
                    self.capture(here, Some(name))?
                } else if self.eat('=') {
                    let at = self.at;
                    let name = self.name(')')?;
                    let number = self.named_group(&name, at)?;
                    if self.open.contains(&number) {
                        return refuse("cannot refer to an open group", at);
                    }
                    self.check_reference(number)?;
                    Re::Reference(number, self.flags)
                } else {
                    return match self.next() {
                        None => refuse("unexpected end of pattern", self.at),
                        Some(c) => refuse(format!("unknown extension ?P{c}"), self.at - 3),
                    };
                }
            }
            ':' => Re::Group(Box::new(self.finish_group(here, self.flags)?)),
            '>' => Re::Atomic(Box::new(self.finish_group(here, self.flags)?)),
            '#' => loop {
                match self.next() {
                    Some(')') => return Ok(None),
                    Some(_) => {}
                    None => return refuse("missing ), unterminated comment", here),
                }
            },
            '=' => self.look(here, true, false)?,
            '!' => self.look(here, true, true)?,
            '<' => match self.next() {
                Some('=') => self.look(here, false, false)?,
                Some('!') => self.look(here, false, true)?,
                Some(c) => return refuse(format!("unknown extension ?<{c}"), self.at - 3),
                None => return refuse("unexpected end of pattern", self.at),
            },
            '(' => {
                let at = self.at;
                let name = self.name(')')?;
                let number = if name.chars().all(|c| c.is_ascii_digit()) {
                    match name.parse::<usize>() {
                        Ok(0) => return refuse("bad group number", at),
                        // It may be a group that is still to come; the end of the pattern tells.
                        Ok(n) => {
                            self.conditions.push((n, at));
                            n
                        }
                        Err(_) => return refuse(format!("invalid group reference {name}"), at),
                    }
                } else {
                    self.named_group(&name, at)?
                };
                self.check_reference(number)?;
                let yes = self.concat(false)?;
                let no = if self.eat('|') {
                    self.concat(false)?
                } else {
                    Re::Concat(Vec::new())
                };
                if self.peek() == Some('|') {
                    return refuse("conditional backref with more than two branches", self.at);
                }
                if !self.eat(')') {
                    return refuse("missing ), unterminated subpattern", here);
                }
                Re::Conditional(number, Box::new(yes), Box::new(no))
            }
            c if c == '-' || c.is_ascii_alphabetic() => return self.inline_flags(c, here, at_start),
            c => return refuse(format!("unknown extension ?{c}"), self.at - 2),
        }))
    }

    fn inline_flags(&mut self, first: char, here: usize, at_start: bool) -> Result<Option<Re>, Refused> {
        let mut flags = self.flags;
        let mut on = first != '-';
        let mut c = first;
        let mut any = !on;
        loop {
            if c == '-' {
                if !any && !on {
                    return refuse("unknown flag", self.at);
                }
                on = false;
            } else {
                if !"aiLmsux".contains(c) {
                    if c.is_ascii_alphabetic() && !any {
                        return refuse(format!("unknown extension ?{c}"), self.at - 2);
                    }
                    return refuse(
                        if c.is_alphabetic() {
                            "unknown flag"
                        } else {
                            "missing -, : or )"
                        },
                        self.at - 1,
                    );
                }
                if c == 'L' {
                    return refuse("bad inline flags: cannot use 'L' flag with a str pattern", self.at);
                }
                if !on && matches!(c, 'a' | 'u') {
                    return refuse("bad inline flags: cannot turn off flags 'a', 'u' and 'L'", self.at);
                }
                any = true;
                flags.set(c, on);
            }
            match self.next() {
                Some(')') => {
                    if !on {
                        return refuse("missing :", self.at - 1);
                    }
                    if !at_start {
                        return refuse("global flags not at the start of the expression", here);
                    }
                    self.flags = flags;
                    return Ok(None);
                }
                Some(':') => return Ok(Some(Re::Group(Box::new(self.finish_group(here, flags)?)))),
                Some('-') if on => {
                    c = '-';
                    if self.peek().is_none_or(|c| !c.is_ascii_alphabetic()) {
                        return refuse("missing flag", self.at);
                    }
                }
                Some(next) => c = next,
                None => return refuse("missing -, : or )", self.at),
            }
        }
    }

    /// Escapes that mean one character everywhere.
    fn simple(c: char) -> Option<char> {
        Some(match c {
            'a' => '\u{7}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\u{b}',
            '\\' => '\\',
            _ => return None,
        })
    }

    fn category(c: char) -> Option<(Category, bool)> {
        Some(match c {
            'd' => (Category::Digit, false),
            'D' => (Category::Digit, true),
            's' => (Category::Space, false),
            'S' => (Category::Space, true),
            'w' => (Category::Word, false),
            'W' => (Category::Word, true),
            _ => return None,
        })
    }

    /// `\xHH`, `\uHHHH`, `\UHHHHHHHH`, `\N{…}`.
    fn code(&mut self, kind: char, here: usize) -> Result<Option<char>, Refused> {
        let length = match kind {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            'N' => {
                if !self.eat('{') {
                    return refuse("missing {", self.at);
                }
                let name = self.name('}')?;
                return match charnames::lookup(&name) {
                    Some(c) => Ok(Some(c)),
                    None => refuse(format!("undefined character name '{name}'"), here),
                };
            }
            _ => return Ok(None),
        };
        let mut code = 0u32;
        for _ in 0..length {
            match self.peek().and_then(|c| c.to_digit(16)) {
                Some(d) => code = (code << 4) | d,
                None => {
                    let shown: String = self.chars[here..self.at].iter().collect();
                    return refuse(format!("incomplete escape {shown}"), here);
                }
            }
            self.at += 1;
        }
        match char::from_u32(code) {
            Some(c) => Ok(Some(c)),
            None if code < 0x110000 => Ok(Some('\u{fffd}')),
            None => {
                let shown: String = self.chars[here..self.at].iter().collect();
                refuse(format!("bad escape {shown}"), here)
            }
        }
    }

    fn octal(&mut self, mut value: u32, more: usize, here: usize) -> Result<char, Refused> {
        for _ in 0..more {
            match self.peek().and_then(|c| c.to_digit(8)) {
                Some(d) => value = value * 8 + d,
                None => break,
            }
            self.at += 1;
        }
        match char::from_u32(value) {
            Some(c) if value <= 0o377 => Ok(c),
            _ => {
                let shown: String = self.chars[here..self.at].iter().collect();
                refuse(format!("octal escape value {shown} outside of range 0-0o377"), here)
            }
        }
    }

    fn escape(&mut self, here: usize) -> Result<Re, Refused> {
        let Some(c) = self.next() else {
            return refuse("bad escape (end of pattern)", here);
        };
        let flags = self.flags;
        if let Some(literal) = Self::simple(c) {
            return Ok(Re::Literal(literal, flags));
        }
        if let Some((category, negative)) = Self::category(c) {
            return Ok(Re::Class(false, vec![ClassItem::Category(category, negative)], flags));
        }
        match c {
            'A' => return Ok(Re::AbsoluteStart),
            'Z' => return Ok(Re::AbsoluteEnd),
            'b' => return Ok(Re::Boundary(true, flags)),
            'B' => return Ok(Re::Boundary(false, flags)),
            '0' => return Ok(Re::Literal(self.octal(0, 2, here)?, flags)),
            '1'..='9' => {
                let first = c.to_digit(10).unwrap_or(0);
                let mut number = first as usize;
                if let Some(second) = self.peek().and_then(|c| c.to_digit(10)) {
                    self.at += 1;
                    let third = self.peek().and_then(|c| c.to_digit(8));
                    if first < 8 && second < 8 && third.is_some() {
                        return Ok(Re::Literal(self.octal(first * 8 + second, 1, here)?, flags));
                    }
                    number = number * 10 + second as usize;
                }
                if number > self.groups {
                    return refuse(format!("invalid group reference {number}"), here + 1);
                }
                if self.open.contains(&number) {
                    return refuse("cannot refer to an open group", here);
                }
                self.check_reference(number)?;
                return Ok(Re::Reference(number, flags));
            }
            _ => {}
        }
        if let Some(code) = self.code(c, here)? {
            return Ok(Re::Literal(code, flags));
        }
        if c.is_ascii_alphabetic() {
            return refuse(format!("bad escape \\{c}"), here);
        }
        Ok(Re::Literal(c, flags))
    }

    fn class_item(&mut self, c: char, here: usize) -> Result<ClassItem, Refused> {
        if c != '\\' {
            return Ok(ClassItem::Range(c, c));
        }
        let Some(e) = self.next() else {
            return refuse("bad escape (end of pattern)", here);
        };
        let literal = |c| Ok(ClassItem::Range(c, c));
        if let Some(c) = Self::simple(e) {
            return literal(c);
        }
        if let Some((category, negative)) = Self::category(e) {
            return Ok(ClassItem::Category(category, negative));
        }
        if e == 'b' {
            return literal('\u{8}');
        }
        if let Some(d) = e.to_digit(8) {
            return literal(self.octal(d, 2, here)?);
        }
        if let Some(code) = self.code(e, here)? {
            return literal(code);
        }
        if e.is_ascii_alphanumeric() {
            return refuse(format!("bad escape \\{e}"), here);
        }
        literal(e)
    }

    fn class(&mut self, here: usize) -> Result<Re, Refused> {
        let negative = self.eat('^');
        let mut items = Vec::new();
        let first = self.at;
        loop {
            let at = self.at;
            let Some(c) = self.next() else {
                return refuse("unterminated character set", here);
            };
            if c == ']' && at != first {
                break;
            }
            let low = self.class_item(c, at)?;
            if self.peek() != Some('-') {
                items.push(low);
                continue;
            }
            self.at += 1;
            let high_at = self.at;
            let Some(c) = self.next() else {
                return refuse("unterminated character set", here);
            };
            if c == ']' {
                items.push(low);
                items.push(ClassItem::Range('-', '-'));
                break;
            }
            let high = self.class_item(c, high_at)?;
            match (&low, &high) {
                (ClassItem::Range(a, _), ClassItem::Range(b, _)) if a <= b => items.push(ClassItem::Range(*a, *b)),
                _ => {
                    let shown: String = self.chars[at..self.at].iter().collect();
                    return refuse(format!("bad character range {shown}"), at);
                }
            }
        }
        Ok(Re::Class(negative, items, self.flags))
    }
}
