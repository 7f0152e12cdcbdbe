//! Patterns as programs for the backtracking matcher.

use super::parse::{ClassItem, Flags, Re, Repeat};
use super::{fold, is_category};

/// What one character is held against.
#[derive(Debug)]
pub(super) enum One {
    Char(char),
    /// Ignoring case; true: of ASCII letters only.
    Folded(char, bool),
    Any,
    AnyButNewline,
    Set(Set),
}

#[derive(Debug)]
pub(super) struct Set {
    negative: bool,
    items: Vec<ClassItem>,
    flags: Flags,
}

impl One {
    pub(super) fn matches(&self, c: char) -> bool {
        match self {
            One::Char(other) => c == *other,
            One::Folded(other, ascii) => fold::equal(c, *other, *ascii),
            One::Any => true,
            One::AnyButNewline => c != '\n',
            One::Set(set) => set.contains(c) != set.negative,
        }
    }
}

impl Set {
    fn contains(&self, c: char) -> bool {
        let Flags { ignore_case, ascii, .. } = self.flags;
        self.items.iter().any(|item| match item {
            ClassItem::Range(from, to) if ignore_case => fold::in_range(c, *from, *to, ascii),
            ClassItem::Range(from, to) => *from <= c && c <= *to,
            ClassItem::Category(category, inverse) => {
                let c = if ignore_case { fold::lower(c) } else { c };
                is_category(*category, c, ascii) != *inverse
            }
        })
    }
}

/// Bounds of a loop; `None`: no upper one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub min: u32,
    pub max: Option<u32>,
}

/// What ends a part that is matched on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inner {
    /// What it has matched stays, without alternatives.
    Atomic,
    Look,
    LookNot,
}

#[derive(Debug)]
pub(super) enum Op {
    One(One),
    /// A loop over single characters.
    Many(One, Bounds, Repeat),
    Start,
    LineStart,
    /// The end, or before a newline at the end.
    End,
    LineEnd,
    AbsoluteEnd,
    /// True: a boundary of a word; second: of ASCII letters only.
    Boundary(bool, bool),
    Save(usize),
    Split(usize, usize),
    Jump(usize),
    /// A loop is entered.
    Enter(usize),
    /// Decides whether another round of a loop follows; the round begins two behind, after [`Op::Round`].
    Loop {
        counter: usize,
        bounds: Bounds,
        lazy: bool,
        exit: usize,
    },
    Round(usize),
    /// Begins an inner part that ends with [`Op::Leave`]; it starts so many characters back.
    Begin {
        kind: Inner,
        back: u64,
        next: usize,
    },
    Leave,
    /// The text of a group; true: ignoring case, true: of ASCII letters only.
    Reference(usize, bool, bool),
    /// Goes on when the group has matched, else there.
    Condition(usize, usize),
    Match,
}

/// A compiled pattern.
#[derive(Debug)]
pub(super) struct Program {
    pub ops: Vec<Op>,
    pub counters: usize,
    /// Matches at the beginning of the text or nowhere.
    pub anchored: bool,
    /// Every match begins with this character.
    pub first: Option<char>,
}

impl Program {
    pub(super) fn new(root: &Re) -> Program {
        let mut compiler = Compiler {
            ops: Vec::new(),
            groups: 0,
            counters: 0,
        };
        compiler.node(root);
        compiler.ops.push(Op::Match);
        let ops = compiler.ops;
        let begin = ops.iter().find(|op| !matches!(op, Op::Save(_)));
        Program {
            counters: compiler.counters,
            anchored: matches!(begin, Some(Op::Start)),
            first: match begin {
                Some(Op::One(One::Char(c))) => Some(*c),
                Some(Op::Many(One::Char(c), Bounds { min: 1.., .. }, _)) => Some(*c),
                _ => None,
            },
            ops,
        }
    }
}

struct Compiler {
    ops: Vec<Op>,
    /// Groups that have been opened.
    groups: usize,
    counters: usize,
}

/// A node that matches exactly one character.
fn one(re: &Re) -> Option<One> {
    Some(match re {
        Re::Literal(c, flags) if flags.ignore_case => One::Folded(*c, flags.ascii),
        Re::Literal(c, _) => One::Char(*c),
        Re::Any(flags) if flags.dot_all => One::Any,
        Re::Any(_) => One::AnyButNewline,
        Re::Class(negative, items, flags) => One::Set(Set {
            negative: *negative,
            items: items.clone(),
            flags: *flags,
        }),
        Re::Group(inner) => return one(inner),
        _ => return None,
    })
}

impl Compiler {
    fn inner(&mut self, kind: Inner, back: u64, re: &Re) {
        let begin = self.ops.len();
        self.ops.push(Op::Begin { kind, back, next: 0 });
        self.node(re);
        self.ops.push(Op::Leave);
        let end = self.ops.len();
        if let Op::Begin { next, .. } = &mut self.ops[begin] {
            *next = end;
        }
    }

    fn alternatives(&mut self, list: &[Re]) {
        let mut jumps = Vec::new();
        for (i, re) in list.iter().enumerate() {
            if i + 1 == list.len() {
                self.node(re);
                break;
            }
            let split = self.ops.len();
            self.ops.push(Op::Split(split + 1, 0));
            self.node(re);
            jumps.push(self.ops.len());
            self.ops.push(Op::Jump(0));
            let next = self.ops.len();
            self.ops[split] = Op::Split(split + 1, next);
        }
        let end = self.ops.len();
        for at in jumps {
            self.ops[at] = Op::Jump(end);
        }
    }

    fn repeated(&mut self, inner: &Re, bounds: Bounds, kind: Repeat) {
        if let Some(one) = one(inner) {
            self.ops.push(Op::Many(one, bounds, kind));
            return;
        }
        if kind == Repeat::Possessive {
            let begin = self.ops.len();
            self.ops.push(Op::Begin {
                kind: Inner::Atomic,
                back: 0,
                next: 0,
            });
            self.repeated(inner, bounds, Repeat::Greedy);
            self.ops.push(Op::Leave);
            let end = self.ops.len();
            if let Op::Begin { next, .. } = &mut self.ops[begin] {
                *next = end;
            }
            return;
        }
        let counter = self.counters;
        self.counters += 1;
        self.ops.push(Op::Enter(counter));
        let decision = self.ops.len();
        self.ops.push(Op::Match);
        self.ops.push(Op::Round(counter));
        self.node(inner);
        self.ops.push(Op::Jump(decision));
        self.ops[decision] = Op::Loop {
            counter,
            bounds,
            lazy: kind == Repeat::Lazy,
            exit: self.ops.len(),
        };
    }

    fn node(&mut self, re: &Re) {
        if let Some(one) = one(re) {
            self.ops.push(Op::One(one));
            return;
        }
        match re {
            Re::Literal(..) | Re::Any(_) | Re::Class(..) => {}
            Re::Start(flags) if flags.multi_line => self.ops.push(Op::LineStart),
            Re::Start(_) | Re::AbsoluteStart => self.ops.push(Op::Start),
            Re::End(flags) if flags.multi_line => self.ops.push(Op::LineEnd),
            Re::End(_) => self.ops.push(Op::End),
            Re::AbsoluteEnd => self.ops.push(Op::AbsoluteEnd),
            Re::Boundary(yes, flags) => self.ops.push(Op::Boundary(*yes, flags.ascii)),
            Re::Capture(inner) => {
                self.groups += 1;
                let group = self.groups;
                self.ops.push(Op::Save(2 * group));
                self.node(inner);
                self.ops.push(Op::Save(2 * group + 1));
            }
            Re::Group(inner) => self.node(inner),
            Re::Atomic(inner) => self.inner(Inner::Atomic, 0, inner),
            Re::Look { ahead, negative, inner } => {
                let kind = if *negative { Inner::LookNot } else { Inner::Look };
                // What looks behind has a fixed width.
                let back = if *ahead { 0 } else { inner.width().0 };
                self.inner(kind, back, inner);
            }
            Re::Reference(group, flags) => {
                self.ops.push(Op::Reference(*group, flags.ignore_case, flags.ascii));
            }
            Re::Conditional(group, yes, no) => {
                let condition = self.ops.len();
                self.ops.push(Op::Match);
                self.node(yes);
                let jump = self.ops.len();
                self.ops.push(Op::Match);
                self.ops[condition] = Op::Condition(*group, self.ops.len());
                self.node(no);
                self.ops[jump] = Op::Jump(self.ops.len());
            }
            Re::Repeated(inner, min, max, kind) => {
                let groups = self.groups;
                let bounds = Bounds { min: *min, max: *max };
                if *max == Some(0) {
                    // Never matched, but its groups count.
                    self.groups = groups + captures(inner);
                    return;
                }
                self.repeated(inner, bounds, *kind);
            }
            Re::Concat(list) => {
                for re in list {
                    self.node(re);
                }
            }
            Re::Alternatives(list) => self.alternatives(list),
        }
    }
}

/// Groups inside a node.
fn captures(re: &Re) -> usize {
    match re {
        Re::Capture(inner) => 1 + captures(inner),
        Re::Group(inner) | Re::Atomic(inner) | Re::Look { inner, .. } | Re::Repeated(inner, ..) => captures(inner),
        Re::Conditional(_, yes, no) => captures(yes) + captures(no),
        Re::Concat(list) | Re::Alternatives(list) => list.iter().map(captures).sum(),
        _ => 0,
    }
}

/// Whether a pattern needs this program: it looks around, refers back, never gives back, or repeats something that can be
/// empty and holds groups, whose last round other engines see differently.
pub(super) fn is_needed(re: &Re) -> bool {
    match re {
        Re::Atomic(_) | Re::Look { .. } | Re::Reference(..) | Re::Conditional(..) => true,
        // Python does not find it in an empty text.
        Re::Boundary(false, _) => true,
        Re::Repeated(_, _, _, Repeat::Possessive) => true,
        Re::Repeated(inner, ..) => is_needed(inner) || (inner.width().0 == 0 && captures(inner) > 0),
        Re::Capture(inner) | Re::Group(inner) => is_needed(inner),
        Re::Concat(list) | Re::Alternatives(list) => list.iter().any(is_needed),
        _ => false,
    }
}

/// Places in the pattern where a match can be at the same time, an estimate of what a linear search costs per character.
pub(super) fn places(re: &Re) -> u64 {
    match re {
        Re::Capture(inner) | Re::Group(inner) | Re::Atomic(inner) | Re::Look { inner, .. } => places(inner),
        Re::Repeated(inner, min, max, _) => {
            let times = max.unwrap_or(min.saturating_add(1)).max(1);
            places(inner).saturating_mul(u64::from(times))
        }
        Re::Conditional(_, yes, no) => places(yes).saturating_add(places(no)),
        Re::Concat(list) | Re::Alternatives(list) => list.iter().map(places).fold(0, u64::saturating_add),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::*;

    fn parsed(pattern: &str) -> Re {
        parse(pattern, Flags::default()).unwrap().root
    }

    #[test]
    fn which_patterns_backtrack() {
        for pattern in [
            "(?=a)",
            "(a)\\1",
            "(?>a)",
            "a++",
            "(a)?(?(1)b|c)",
            "(a|b*)*",
            "(?:(a)*)*",
            "(?<!a)b",
        ] {
            assert!(is_needed(&parsed(pattern)), "{pattern}");
        }
        for pattern in ["a*b", "(a+)+", "^a|b$", "(?:a*)*", "(ab?)*", "[^a]{2,5}?"] {
            assert!(!is_needed(&parsed(pattern)), "{pattern}");
        }
    }

    #[test]
    fn what_matches_must_begin_with() {
        assert_eq!(Program::new(&parsed("(ab)c")).first, Some('a'));
        assert_eq!(Program::new(&parsed("a+b")).first, Some('a'));
        assert_eq!(Program::new(&parsed("a*b")).first, None);
        assert_eq!(Program::new(&parsed("a|b")).first, None);
        assert!(Program::new(&parsed("(^a)")).anchored);
        assert_eq!(places(&parsed("(ab){10}|c")), 21);
    }
}
