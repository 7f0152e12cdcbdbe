//! The backtracking matcher: for patterns that look around, refer back or never give back.
//!
//! Everything that can be undone is on one stack: places to try next, and former values of groups and loop counters.

use super::fold;
use super::parse::Repeat;
use super::program::{Bounds, Inner, One, Op, Program};
use super::{Found, is_word};

/// Why a search was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stopped {
    Steps,
    Memory,
}

/// What a search may use up; both go down.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    pub steps: u64,
    /// Bytes of the stack.
    pub bytes: usize,
}

/// No position.
const NONE: usize = usize::MAX;
/// Characters of a plain loop or comparison that count as one step.
const CHARS_PER_STEP: usize = 8;

enum Frame {
    /// Go on there.
    Choice {
        op: usize,
        at: usize,
    },
    /// A loop over single characters gives one back, down to `least`.
    GiveBack {
        next: usize,
        at: usize,
        least: usize,
    },
    /// A lazy loop over single characters takes one more.
    TakeMore {
        op: usize,
        at: usize,
        count: u32,
    },
    Slot(usize, usize),
    Counter(usize, (u32, usize)),
    /// An inner part began here.
    Inner {
        kind: Inner,
        at: usize,
        next: usize,
    },
}

struct Matcher<'m, 't> {
    program: &'m Program,
    text: &'t str,
    /// Beginnings and ends of the groups.
    slots: Vec<usize>,
    /// Rounds of every loop, and where the last one began.
    counters: Vec<(u32, usize)>,
    stack: Vec<Frame>,
    /// Places of the inner parts on the stack.
    open: Vec<usize>,
    budget: &'m mut Budget,
}

/// The first match at or after `from`; `advance`: not an empty one at `from`.
pub(super) fn find(
    program: &Program,
    groups: usize,
    text: &str,
    from: usize,
    advance: bool,
    budget: &mut Budget,
) -> Result<Option<Found>, Stopped> {
    let mut matcher = Matcher {
        program,
        text,
        slots: vec![NONE; 2 * (groups + 1)],
        counters: vec![(0, NONE); program.counters],
        stack: Vec::new(),
        open: Vec::new(),
        budget,
    };
    let mut start = from;
    loop {
        if let Some(first) = program.first {
            let Some(skipped) = text[start..].find(first) else {
                return Ok(None);
            };
            matcher.pay(skipped / 64)?;
            start += skipped;
        }
        if program.anchored && start > 0 {
            return Ok(None);
        }
        if let Some(end) = matcher.run(start, advance && start == from)? {
            let group = |n: usize| {
                let (a, b) = (matcher.slots[2 * n], matcher.slots[2 * n + 1]);
                (a != NONE && b != NONE && a <= b).then_some((a, b))
            };
            let mut found = vec![Some((start, end))];
            found.extend((1..=groups).map(group));
            return Ok(Some(Found { groups: found }));
        }
        match text[start..].chars().next() {
            Some(c) => start += c.len_utf8(),
            None => return Ok(None),
        }
    }
}

impl Matcher<'_, '_> {
    fn pay(&mut self, steps: usize) -> Result<(), Stopped> {
        match self.budget.steps.checked_sub(1 + steps as u64) {
            Some(left) => {
                self.budget.steps = left;
                Ok(())
            }
            None => {
                self.budget.steps = 0;
                Err(Stopped::Steps)
            }
        }
    }

    fn push(&mut self, frame: Frame) -> Result<(), Stopped> {
        if self.stack.len() == self.stack.capacity() {
            let size = (2 * self.stack.len() + 16) * std::mem::size_of::<Frame>();
            if size > self.budget.bytes {
                return Err(Stopped::Memory);
            }
        }
        self.stack.push(frame);
        Ok(())
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    fn char_before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    /// Where the match that begins at `start` ends.
    fn run(&mut self, start: usize, advance: bool) -> Result<Option<usize>, Stopped> {
        self.stack.clear();
        self.open.clear();
        self.slots.fill(NONE);
        let program = self.program;
        let (mut op, mut at) = (0, start);
        loop {
            self.pay(0)?;
            let next = match &program.ops[op] {
                Op::Match if advance && at == start => None,
                Op::Match => return Ok(Some(at)),
                Op::One(one) => match self.char_at(at) {
                    Some(c) if one.matches(c) => {
                        at += c.len_utf8();
                        Some(op + 1)
                    }
                    _ => None,
                },
                Op::Many(one, bounds, kind) => self.many(one, *bounds, *kind, op, &mut at)?,
                Op::Start => (at == 0).then_some(op + 1),
                Op::LineStart => (at == 0 || self.text.as_bytes()[at - 1] == b'\n').then_some(op + 1),
                Op::End => {
                    let rest = &self.text[at..];
                    (rest.is_empty() || rest == "\n").then_some(op + 1)
                }
                Op::LineEnd => (at == self.text.len() || self.text.as_bytes()[at] == b'\n').then_some(op + 1),
                Op::AbsoluteEnd => (at == self.text.len()).then_some(op + 1),
                // Python finds neither in an empty text.
                Op::Boundary(..) if self.text.is_empty() => None,
                Op::Boundary(yes, ascii) => {
                    let word = |c: Option<char>| c.is_some_and(|c| is_word(c) && (c.is_ascii() || !*ascii));
                    let boundary = word(self.char_before(at)) != word(self.char_at(at));
                    (boundary == *yes).then_some(op + 1)
                }
                Op::Save(slot) => {
                    self.push(Frame::Slot(*slot, self.slots[*slot]))?;
                    self.slots[*slot] = at;
                    Some(op + 1)
                }
                Op::Split(first, second) => {
                    self.push(Frame::Choice { op: *second, at })?;
                    Some(*first)
                }
                Op::Jump(to) => Some(*to),
                Op::Enter(counter) => {
                    self.push(Frame::Counter(*counter, self.counters[*counter]))?;
                    self.counters[*counter] = (0, NONE);
                    Some(op + 1)
                }
                Op::Loop {
                    counter,
                    bounds,
                    lazy,
                    exit,
                } => {
                    let (count, last) = self.counters[*counter];
                    let more = bounds.max.is_none_or(|max| count < max) && last != at;
                    match (count < bounds.min, more, lazy) {
                        (true, ..) => Some(op + 1),
                        (false, false, _) => Some(*exit),
                        (false, true, false) => {
                            self.push(Frame::Choice { op: *exit, at })?;
                            Some(op + 1)
                        }
                        (false, true, true) => {
                            self.push(Frame::Choice { op: op + 1, at })?;
                            Some(*exit)
                        }
                    }
                }
                Op::Round(counter) => {
                    let (count, last) = self.counters[*counter];
                    self.push(Frame::Counter(*counter, (count, last)))?;
                    self.counters[*counter] = (count.saturating_add(1), at);
                    Some(op + 1)
                }
                Op::Begin { kind, back, next } => {
                    self.open.push(self.stack.len());
                    self.push(Frame::Inner {
                        kind: *kind,
                        at,
                        next: *next,
                    })?;
                    match self.back(at, *back)? {
                        Some(earlier) => {
                            at = earlier;
                            Some(op + 1)
                        }
                        None => None,
                    }
                }
                Op::Leave => self.leave(&mut at)?,
                Op::Reference(group, ignore_case, ascii) => {
                    self.reference(*group, *ignore_case, *ascii, at)?.map(|end| {
                        at = end;
                        op + 1
                    })
                }
                Op::Condition(group, otherwise) => {
                    let (a, b) = (self.slots[2 * group], self.slots[2 * group + 1]);
                    Some(if a != NONE && b != NONE && a <= b {
                        op + 1
                    } else {
                        *otherwise
                    })
                }
            };
            match next {
                Some(next) => op = next,
                None => match self.backtrack()? {
                    Some(place) => (op, at) = place,
                    None => return Ok(None),
                },
            }
        }
    }

    /// So many characters before a place.
    fn back(&mut self, at: usize, chars: u64) -> Result<Option<usize>, Stopped> {
        let Ok(chars) = usize::try_from(chars) else {
            return Ok(None);
        };
        if chars == 0 {
            return Ok(Some(at));
        }
        self.pay(chars.min(at) / CHARS_PER_STEP)?;
        Ok(self.text[..at].char_indices().rev().nth(chars - 1).map(|(i, _)| i))
    }

    /// A loop over single characters.
    fn many(
        &mut self,
        one: &One,
        bounds: Bounds,
        kind: Repeat,
        op: usize,
        at: &mut usize,
    ) -> Result<Option<usize>, Stopped> {
        let most = match kind {
            Repeat::Lazy => Some(bounds.min),
            Repeat::Greedy | Repeat::Possessive => bounds.max,
        };
        let (mut count, mut end, mut least) = (0, *at, *at);
        for c in self.text[*at..].chars() {
            if most.is_some_and(|most| count >= most) || !one.matches(c) {
                break;
            }
            count += 1;
            end += c.len_utf8();
            if count == bounds.min {
                least = end;
            }
        }
        self.pay((end - *at) / CHARS_PER_STEP)?;
        if count < bounds.min {
            return Ok(None);
        }
        match kind {
            Repeat::Greedy if end > least => self.push(Frame::GiveBack {
                next: op + 1,
                at: end,
                least,
            })?,
            Repeat::Lazy if bounds.max.is_none_or(|max| count < max) => {
                self.push(Frame::TakeMore { op, at: end, count })?;
            }
            _ => {}
        }
        *at = end;
        Ok(Some(op + 1))
    }

    /// The end of an inner part: where to go on.
    fn leave(&mut self, at: &mut usize) -> Result<Option<usize>, Stopped> {
        let Some(base) = self.open.pop() else {
            return Ok(None);
        };
        self.pay(self.stack.len() - base)?;
        let Frame::Inner { kind, at: before, next } = self.stack[base] else {
            return Ok(None);
        };
        if kind == Inner::LookNot {
            while self.stack.len() > base {
                if let Some(frame) = self.stack.pop() {
                    self.undo(&frame);
                }
            }
            return Ok(None);
        }
        // Its alternatives go; what it changed can still be undone.
        let mut kept = base;
        for i in base + 1..self.stack.len() {
            if matches!(self.stack[i], Frame::Slot(..) | Frame::Counter(..)) {
                self.stack.swap(kept, i);
                kept += 1;
            }
        }
        self.stack.truncate(kept);
        if kind == Inner::Look {
            *at = before;
        }
        Ok(Some(next))
    }

    fn undo(&mut self, frame: &Frame) {
        match frame {
            Frame::Slot(slot, old) => self.slots[*slot] = *old,
            Frame::Counter(counter, old) => self.counters[*counter] = *old,
            _ => {}
        }
    }

    /// The next place to try.
    fn backtrack(&mut self) -> Result<Option<(usize, usize)>, Stopped> {
        while let Some(frame) = self.stack.pop() {
            self.pay(0)?;
            match frame {
                Frame::Choice { op, at } => return Ok(Some((op, at))),
                Frame::GiveBack { next, at, least } => {
                    let Some(c) = self.char_before(at) else { continue };
                    let at = at - c.len_utf8();
                    if at > least {
                        self.push(Frame::GiveBack { next, at, least })?;
                    }
                    return Ok(Some((next, at)));
                }
                Frame::TakeMore { op, at, count } => {
                    let program = self.program;
                    let (Op::Many(one, bounds, _), Some(c)) = (&program.ops[op], self.char_at(at)) else {
                        continue;
                    };
                    if !one.matches(c) {
                        continue;
                    }
                    let (at, count) = (at + c.len_utf8(), count + 1);
                    if bounds.max.is_none_or(|max| count < max) {
                        self.push(Frame::TakeMore { op, at, count })?;
                    }
                    return Ok(Some((op + 1, at)));
                }
                Frame::Inner { kind, at, next } => {
                    self.open.pop();
                    if kind == Inner::LookNot {
                        return Ok(Some((next, at)));
                    }
                }
                undone => self.undo(&undone),
            }
        }
        Ok(None)
    }

    /// Where the text of a group ends, if it stands here, too.
    fn reference(&mut self, group: usize, ignore_case: bool, ascii: bool, at: usize) -> Result<Option<usize>, Stopped> {
        let (from, to) = (self.slots[2 * group], self.slots[2 * group + 1]);
        if from == NONE || to == NONE || from > to {
            return Ok(None);
        }
        self.pay((to - from) / CHARS_PER_STEP)?;
        let (wanted, rest) = (&self.text[from..to], &self.text[at..]);
        if !ignore_case {
            return Ok(rest.starts_with(wanted).then_some(at + wanted.len()));
        }
        let mut there = rest.chars();
        let same = wanted
            .chars()
            .all(|c| there.next().is_some_and(|other| fold::equal(c, other, ascii)));
        Ok(same.then(|| self.text.len() - there.as_str().len()))
    }
}
