//! Lazy sequences: one-shot iterators, ordering objects, and the cursor that walks any iterable.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use super::compare::view_member;
use super::item::{Block, Item, ListKind, SetBlock, ViewKind};
use super::machine::Machine;
use super::{Failure, fail};
use mistral_expr::ErrorKind;
use pyvalue::value::Value;

type Pull = Box<dyn FnMut(&Machine<'_>) -> Result<Option<Item>, Failure>>;

struct State {
    depth: u32,
    done: Cell<bool>,
    pull: RefCell<Pull>,
    /// Items already produced, for iterators that can be restarted (`memorize`).
    memory: Option<RefCell<Vec<Item>>>,
}

/// A one-shot iterator. Clones share their position.
#[derive(Clone)]
pub struct Iter(Rc<State>);

impl fmt::Debug for Iter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Iter")
    }
}

impl Iter {
    /// An iterator from a function that gives the next item. `depth`: nesting of what it reads from.
    pub(super) fn new(depth: u32, pull: impl FnMut(&Machine<'_>) -> Result<Option<Item>, Failure> + 'static) -> Iter {
        Iter(Rc::new(State {
            depth: depth + 1,
            done: Cell::new(false),
            pull: RefCell::new(Box::new(pull)),
            memory: None,
        }))
    }

    /// An iterator whose items are remembered, so that [`Item`] cursors over it start anew.
    pub(super) fn memorized(source: Iter) -> Iter {
        if source.is_memorized() {
            return source;
        }
        let depth = source.depth();
        Iter(Rc::new(State {
            depth: depth + 1,
            done: Cell::new(false),
            pull: RefCell::new(Box::new(move |m| source.next(m))),
            memory: Some(RefCell::new(Vec::new())),
        }))
    }

    pub fn depth(&self) -> u32 {
        self.0.depth
    }

    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.0) as *const u8 as usize
    }

    pub(super) fn next(&self, m: &Machine<'_>) -> Result<Option<Item>, Failure> {
        if self.0.done.get() {
            return Ok(None);
        }
        m.step()?;
        let mut pull = match self.0.pull.try_borrow_mut() {
            Ok(p) => p,
            Err(_) => return fail(ErrorKind::Value, "generator already executing"),
        };
        let next = m.pulling(|| pull(m));
        // A failed or finished generator stays finished.
        if !matches!(next, Ok(Some(_))) {
            self.0.done.set(true);
        }
        next
    }

    /// Item number `at` of a memorized iterator.
    fn remembered(&self, m: &Machine<'_>, at: usize) -> Result<Option<Item>, Failure> {
        let Some(memory) = &self.0.memory else {
            return self.next(m);
        };
        if let Some(item) = memory.borrow().get(at) {
            m.step()?;
            return Ok(Some(item.clone()));
        }
        let next = self.next(m)?;
        if let Some(item) = &next {
            m.charge(std::mem::size_of::<Item>())?;
            memory.borrow_mut().push(item.clone());
        }
        Ok(next)
    }

    fn is_memorized(&self) -> bool {
        self.0.memory.is_some()
    }
}

/// What `orderBy` gives: sorted when first iterated; `thenBy` adds keys to it.
pub struct Ordering {
    pub source: Item,
    pub keys: RefCell<Vec<(Rc<super::lambda::Lambda>, bool)>>,
    pub sorted: RefCell<Option<Rc<Block>>>,
    pub env: super::frame::Env,
}

impl fmt::Debug for Ordering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ordering")
    }
}

impl Ordering {
    pub fn depth(&self) -> u32 {
        let keys = self.keys.borrow().iter().map(|k| k.0.depth()).max().unwrap_or(0);
        self.source.depth().max(keys) + 1
    }
}

/// Walks anything that can be iterated. Sized collections start anew with every cursor, iterators go on where they are.
#[derive(Clone)]
pub(super) enum Cursor {
    Items(Rc<Block>, usize),
    Json(ListKind, Arc<Vec<Value>>, usize),
    Set(Rc<SetBlock>, usize),
    View(ViewKind, Rc<Item>, usize),
    Iter(Iter),
    Memorized(Iter, usize),
    /// Characters, as Python iterates text.
    Text(Rc<[char]>, usize),
}

impl Cursor {
    /// Next item; counts a step.
    pub(crate) fn next(&mut self, m: &Machine<'_>) -> Result<Option<Item>, Failure> {
        let (item, at) = match self {
            Cursor::Iter(i) => return i.next(m),
            Cursor::Memorized(i, at) => {
                let item = i.remembered(m, *at)?;
                *at += usize::from(item.is_some());
                return Ok(item);
            }
            Cursor::Items(l, at) => (l.items.get(*at).cloned(), at),
            Cursor::Json(kind, l, at) => (l.get(*at).map(|v| Item::from_json(v, *kind == ListKind::Tuple)), at),
            Cursor::Set(s, at) => (s.set.at(*at).cloned(), at),
            Cursor::View(kind, of, at) => (
                of.as_map()
                    .and_then(|d| d.at(*at))
                    .map(|(k, v)| view_member(*kind, k, v)),
                at,
            ),
            Cursor::Text(s, at) => (s.get(*at).map(|c| Item::str(c.encode_utf8(&mut [0; 4]))), at),
        };
        m.step()?;
        *at += usize::from(item.is_some());
        Ok(item)
    }

    /// All remaining items.
    pub(crate) fn collect(mut self, m: &Machine<'_>) -> Result<Vec<Item>, Failure> {
        let mut items = Vec::new();
        while let Some(item) = self.next(m)? {
            m.charge(std::mem::size_of::<Item>())?;
            items.push(item);
        }
        Ok(items)
    }

    pub(crate) fn depth(&self) -> u32 {
        match self {
            Cursor::Items(l, _) => l.depth,
            Cursor::Json(..) => 1,
            Cursor::Set(s, _) => s.depth,
            Cursor::View(_, of, _) => of.depth(),
            Cursor::Iter(i) | Cursor::Memorized(i, _) => i.depth(),
            Cursor::Text(..) => 0,
        }
    }
}

impl Machine<'_> {
    /// A cursor over the item, as Python's `iter()`.
    ///
    /// # Errors
    /// `'int' object is not iterable`, or what sorting an ordering object raises.
    pub(super) fn cursor(&self, item: &Item) -> Result<Cursor, Failure> {
        Ok(match item {
            Item::List(_, l) => Cursor::Items(l.clone(), 0),
            Item::Json(kind, l) => Cursor::Json(*kind, l.clone(), 0),
            Item::Set(s) => Cursor::Set(s.clone(), 0),
            Item::View(kind, of) => Cursor::View(*kind, of.clone(), 0),
            Item::JsonDict(..) | Item::Dict(..) => Cursor::View(ViewKind::Keys, Rc::new(item.clone()), 0),
            Item::Iter(i) if i.is_memorized() => Cursor::Memorized(i.clone(), 0),
            Item::Iter(i) => Cursor::Iter(i.clone()),
            Item::Ordering(o) => Cursor::Items(self.sorted(o)?, 0),
            Item::Str(s) => {
                self.charge(s.len() * 4)?;
                Cursor::Text(s.chars().collect(), 0)
            }
            other => {
                return fail(
                    ErrorKind::Type,
                    format!("'{}' object is not iterable", other.type_name()),
                );
            }
        })
    }
}
