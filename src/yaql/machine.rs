//! One evaluation: its data, its budgets, and the walk over the nodes.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;
use std::sync::Arc;

use super::ast::{Argument, Binary, Call, Chain, Node, Step, Unary};
use super::compare;
use super::frame::{Body, Env, Found, Name, has_functions, lookup};
use super::item::{Block, Item, ListKind, MapBlock, SetBlock};
use super::iter::Iter;
use super::key::{ItemMap, ItemSet};
use super::number::{self, Arithmetic, negate};
use super::resolve::{Called, Site};
use super::{Failure, fail};
use mistral_expr::{Data, ErrorKind, Host, Options, Scope};
use pyvalue::python;
use pyvalue::value::{Dict, Str, Value};

/// Bytes that are written in the time of one step.
const BYTES_PER_STEP: usize = 256;

/// What a nested call costs of the depth budget, in nested iterators.
const CALL_DEPTH: u32 = 4;

/// The state of one evaluation.
pub struct Machine<'a> {
    scope: &'a Scope<'a>,
    steps: Cell<u64>,
    bytes: Cell<u64>,
    depth: Cell<u32>,
    /// `$` as a whole, made when first needed.
    root: OnceCell<Item>,
    /// Neither `memory_quota` nor `limit_iterators` is set.
    unlimited: bool,
}

impl<'a> Machine<'a> {
    pub fn new(scope: &'a Scope<'a>, steps: u64) -> Machine<'a> {
        let options = scope.options;
        Machine {
            scope,
            steps: Cell::new(steps),
            bytes: Cell::new(options.max_bytes),
            depth: Cell::new(0),
            root: OnceCell::new(),
            unlimited: options.memory_quota <= 0 && options.limit_iterators < 0,
        }
    }

    pub(super) fn options(&self) -> &'a Options {
        self.scope.options
    }

    pub(super) fn host(&self) -> &'a dyn Host {
        self.scope.host
    }

    // ---- budgets ----

    /// Counts one step of work.
    pub(super) fn step(&self) -> Result<(), Failure> {
        self.steps(1)
    }

    /// Counts several steps.
    pub(super) fn steps(&self, n: u64) -> Result<(), Failure> {
        match self.steps.get().checked_sub(n) {
            Some(left) if !self.options().is_interrupted() => {
                self.steps.set(left);
                Ok(())
            }
            _ => {
                self.steps.set(0);
                fail(
                    ErrorKind::Limit,
                    format!("Expression exceeded {} evaluation steps", self.options().max_steps),
                )
            }
        }
    }

    /// Counts the reading of a text.
    pub(super) fn read(&self, text: &str) -> Result<(), Failure> {
        if text.len() < BYTES_PER_STEP {
            return Ok(());
        }
        self.steps((text.len() / BYTES_PER_STEP) as u64)
    }

    pub(super) fn steps_left(&self) -> u64 {
        self.steps.get()
    }

    pub(super) fn bytes_left(&self) -> usize {
        usize::try_from(self.bytes.get()).unwrap_or(usize::MAX)
    }

    /// Counts bytes about to be allocated; filling them is work, too.
    pub(super) fn charge(&self, bytes: usize) -> Result<(), Failure> {
        match self.bytes.get().checked_sub(bytes as u64) {
            Some(left) => {
                self.bytes.set(left);
                if bytes >= BYTES_PER_STEP {
                    self.steps((bytes / BYTES_PER_STEP) as u64)?;
                }
                Ok(())
            }
            None => fail(ErrorKind::Memory, "Expression consumed too much memory"),
        }
    }

    /// Whether so many bytes could still be charged.
    pub(super) fn fits(&self, bytes: usize) -> Result<(), Failure> {
        if bytes as u64 > self.bytes.get() {
            return fail(ErrorKind::Memory, "Expression consumed too much memory");
        }
        Ok(())
    }

    fn deeper<T>(&self, cost: u32, run: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
        let depth = self.depth.get();
        if depth + cost > self.options().max_depth * CALL_DEPTH {
            return fail(ErrorKind::Recursion, "maximum recursion depth exceeded");
        }
        self.depth.set(depth + cost);
        let result = run();
        self.depth.set(depth);
        result
    }

    /// Runs a nested call.
    pub(super) fn nested<T>(&self, run: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
        self.deeper(CALL_DEPTH, run)
    }

    /// Runs an iterator that may pull from another one.
    pub(super) fn pulling<T>(&self, run: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
        self.deeper(1, run)
    }

    /// Refuses values that nest too deep to be walked or dropped.
    pub(super) fn check_depth(&self, depth: u32) -> Result<(), Failure> {
        if depth > self.options().max_depth * CALL_DEPTH {
            return fail(ErrorKind::Recursion, "maximum recursion depth exceeded");
        }
        Ok(())
    }

    // ---- making values ----

    pub(super) fn string(&self, s: impl Into<Str>) -> Result<Item, Failure> {
        let s: Str = s.into();
        self.charge(s.len())?;
        Ok(Item::Str(s))
    }

    fn sequence(&self, kind: ListKind, items: Vec<Item>) -> Result<Item, Failure> {
        self.charge(items.len() * std::mem::size_of::<Item>())?;
        let depth = items.iter().map(Item::depth).max().unwrap_or(0) + 1;
        self.check_depth(depth)?;
        Ok(Item::List(kind, Rc::new(Block { items, depth })))
    }

    pub(super) fn tuple(&self, items: Vec<Item>) -> Result<Item, Failure> {
        self.sequence(ListKind::Tuple, items)
    }

    /// A mutable Python list.
    pub(super) fn list(&self, items: Vec<Item>) -> Result<Item, Failure> {
        self.sequence(ListKind::List, items)
    }

    pub(super) fn of_kind(&self, kind: ListKind, items: Vec<Item>) -> Result<Item, Failure> {
        self.sequence(kind, items)
    }

    pub(super) fn dict(&self, frozen: bool, map: ItemMap) -> Result<Item, Failure> {
        self.charge(map.len() * 3 * std::mem::size_of::<Item>())?;
        let depth = map
            .iter()
            .map(|(k, v)| k.item().depth().max(v.depth()))
            .max()
            .unwrap_or(0)
            + 1;
        self.check_depth(depth)?;
        Ok(Item::Dict(frozen, Rc::new(MapBlock { map, depth })))
    }

    pub(super) fn set(&self, mut set: ItemSet, frozen: bool) -> Result<Item, Failure> {
        set.arrange();
        self.charge(set.len() * 2 * std::mem::size_of::<Item>())?;
        let depth = set.iter().map(|k| k.item().depth()).max().unwrap_or(0) + 1;
        self.check_depth(depth)?;
        Ok(Item::Set(Rc::new(SetBlock { set, depth, frozen })))
    }

    /// A lazy iterator; `depth` is the nesting of what it reads from.
    pub(super) fn generate(
        &self,
        depth: u32,
        pull: impl FnMut(&Machine<'_>) -> Result<Option<Item>, Failure> + 'static,
    ) -> Result<Item, Failure> {
        self.check_depth(depth)?;
        self.charge(256)?;
        Ok(Item::Iter(Iter::new(depth, pull)))
    }

    // ---- limits of the configuration ----

    /// `memory_quota`: the size that Python would report for one value.
    pub(super) fn check_quota(&self, item: &Item) -> Result<(), Failure> {
        let quota = self.options().memory_quota;
        if self.unlimited || quota <= 0 {
            return Ok(());
        }
        if super::convert::python_size(item) as i64 > quota {
            return fail(ErrorKind::Memory, "Expression consumed too much memory");
        }
        Ok(())
    }

    /// `memory_quota` for a repeated text or list: `size` is Python's size of the value once.
    pub(super) fn check_repetition(&self, size: usize, times: usize) -> Result<(), Failure> {
        // Python's size of an empty text, which is there only once however often the content repeats.
        const EMPTY: i64 = 49;
        let quota = self.options().memory_quota;
        if self.unlimited || quota <= 0 {
            return Ok(());
        }
        let times = i64::try_from(times).unwrap_or(i64::MAX);
        let total = (size as i64 - EMPTY).saturating_mul(times).saturating_add(EMPTY);
        if total > quota {
            return fail(ErrorKind::Memory, "Expression consumed too much memory");
        }
        Ok(())
    }

    /// Whether one more item may follow so many, by `limit_iterators`.
    pub(super) fn check_length(&self, have: usize) -> Result<(), Failure> {
        let limit = self.options().limit_iterators;
        if limit >= 0 && have as u64 >= limit as u64 {
            too_large(limit)
        } else {
            Ok(())
        }
    }

    /// What an iterable parameter makes of its argument: sized collections stay, the rest becomes a one-shot iterator;
    /// both are held to `limit_iterators`.
    pub(super) fn limit_iterable(&self, item: Item) -> Result<Item, Failure> {
        let limit = self.options().limit_iterators;
        let sized = !matches!(
            item,
            Item::Iter(_) | Item::Ordering(_) | Item::View(super::item::ViewKind::Values, _)
        );
        if limit < 0 {
            return match item {
                Item::Ordering(_) | Item::View(super::item::ViewKind::Values, _) => self.lazily(item),
                item => Ok(item),
            };
        }
        if sized {
            if item.sized_len().is_some_and(|n| n as u64 > limit as u64) {
                return too_large(limit);
            }
            return Ok(item);
        }
        let mut source = None;
        let mut count = 0;
        self.generate(item.depth(), move |m| {
            let cursor = match &mut source {
                Some(c) => c,
                None => source.insert(m.cursor(&item)?),
            };
            let next = cursor.next(m)?;
            if next.is_some() {
                if count >= limit {
                    return too_large(limit);
                }
                count += 1;
            }
            Ok(next)
        })
    }

    /// An iterator over an item that is only opened when first pulled.
    fn lazily(&self, item: Item) -> Result<Item, Failure> {
        let mut source = None;
        self.generate(item.depth(), move |m| {
            let cursor = match &mut source {
                Some(c) => c,
                None => source.insert(m.cursor(&item)?),
            };
            cursor.next(m)
        })
    }

    // ---- data ----

    fn frozen_input(&self) -> bool {
        self.options().convert_input_data
    }

    /// `$` as a whole.
    pub(super) fn root(&self) -> Item {
        self.root
            .get_or_init(|| match self.scope.data {
                Data::Value(v) => Item::from_json(v, self.frozen_input()),
                Data::Layers(layers) => {
                    let mut all = Dict::default();
                    for layer in layers {
                        for (k, v) in layer.iter() {
                            if !all.contains_key(k) {
                                all.insert(k.clone(), v.clone());
                            }
                        }
                    }
                    Item::JsonDict(self.frozen_input(), Arc::new(all))
                }
            })
            .clone()
    }

    /// A member of the data without making `$`; the outer `None` means that the data are no mapping.
    fn root_member(&self, key: &str) -> Option<Option<&'a Value>> {
        match self.scope.data {
            Data::Layers(layers) => Some(layers.iter().find_map(|l| l.get(key))),
            Data::Value(Value::Dict(d)) => Some(d.get(key)),
            Data::Value(_) => None,
        }
    }

    /// A variable that no frame sets.
    pub(super) fn root_variable(&self, name: &Name) -> Item {
        match name {
            Name::Position(1) => self.root(),
            Name::Text(t) if matches!(&**t, "__env" | "__execution" | "__task_execution") => self.service_variable(t),
            _ => Item::Null,
        }
    }

    /// One of the members that exist as variables, too.
    pub(super) fn service_variable(&self, name: &str) -> Item {
        self.root_member(name).flatten().map_or(Item::Null, Item::from_python)
    }

    // ---- the walk ----

    /// The value of a node in a scope.
    pub(super) fn eval(&self, node: &Node, env: &Env) -> Result<Item, Failure> {
        match node {
            Node::Const(v) => Ok(Item::from_value(v)),
            Node::Keyword(w) => Ok(Item::Str(w.clone())),
            Node::Variable(name) => Ok(self.variable(env, name)),
            Node::Chain(chain) => self.eval_chain(chain, env),
            Node::Prefix(op, operand, site) => self.eval_prefix(*op, operand, site, env),
            Node::Call(call) => self.eval_call(call, env),
            Node::Wrap(inner) => self.eval_inner(inner, env),
            Node::Rule(key, value) => {
                let key = self.eval_inner(key, env)?;
                Ok(Item::Rule(Rc::new((key, self.eval_inner(value, env)?))))
            }
            Node::Arrow(scopes, body) => self.eval_arrow(scopes, body, env),
        }
    }

    #[inline(never)]
    fn eval_inner(&self, node: &Node, env: &Env) -> Result<Item, Failure> {
        self.pulling(|| self.eval(node, env))
    }

    /// Evaluates what a lambda or a function of `def` consists of.
    pub(super) fn run_body(&self, body: &Body, env: &Env) -> Result<Item, Failure> {
        match body {
            Body::Value(v) => Ok(v.clone()),
            Body::Node(node) => self.nested(|| self.eval(node, env)),
        }
    }

    #[inline(never)]
    fn eval_arrow(&self, scopes: &[Node], body: &Node, env: &Env) -> Result<Item, Failure> {
        let mut env = env.clone();
        for scope in scopes {
            if scope.is_constant() {
                return self.no_match("#operator_->");
            }
            env = match self.eval(scope, &env)? {
                Item::Context(frame) => Some(frame),
                _ => return self.no_match("#operator_->"),
            };
        }
        self.nested(|| self.eval(body, &env))
    }

    #[inline(never)]
    fn eval_prefix(&self, op: Unary, operand: &Arc<Node>, site: &Site, env: &Env) -> Result<Item, Failure> {
        if !site.is_possible() || has_functions(env) {
            let args = [Argument::Node(operand.clone())];
            return self.call(site, Called::new(op.function(), None), &args, env, None);
        }
        let v = self.eval_inner(operand, env)?;
        match (op, &v) {
            (Unary::Not, v) => Ok(Item::Bool(!v.is_truthy())),
            (Unary::Minus, Item::Int(_) | Item::Float(_) | Item::Big(_)) => Ok(negate(&v)),
            (Unary::Plus, Item::Int(_) | Item::Float(_) | Item::Big(_)) => Ok(v),
            (op, _) => self.call_by_name(op.function(), env, None, vec![v], Vec::new()),
        }
    }

    fn eval_call(&self, call: &Call, env: &Env) -> Result<Item, Failure> {
        if &*call.name == "task" && !has_functions(env) {
            return super::stdlib::workflow::task(self, call, env);
        }
        self.call(&call.site, Called::new(&call.name, None), &call.args, env, None)
    }

    #[inline(never)]
    fn eval_chain(&self, chain: &Chain, env: &Env) -> Result<Item, Failure> {
        if let Some(at) = chain.impossible {
            return self.impossible_step(&chain.steps[at]);
        }
        let mut steps = chain.steps.iter();
        let mut value = match self.shortcut(chain, env)? {
            Some(value) => {
                steps.next();
                value
            }
            None => self.eval(&chain.first, env)?,
        };
        for step in steps {
            value = self.apply(value, step, env)?;
        }
        Ok(value)
    }

    /// First steps that need not have their left side as a value: `$.name`, `$.get(name)`, `$[name]`, `task(x).name`.
    fn shortcut(&self, chain: &Chain, env: &Env) -> Result<Option<Item>, Failure> {
        let Some(step) = chain.steps.first() else {
            return Ok(None);
        };
        match (&chain.first, step) {
            (Node::Variable(variable @ Name::Position(1)), step) => {
                if !self.unlimited || !matches!(lookup(env, variable), Found::Root) {
                    return Ok(None);
                }
                match step {
                    Step::Member(_, name) => match self.root_member(name) {
                        None => Ok(None),
                        Some(Some(v)) => Ok(Some(Item::from_json(v, self.frozen_input()))),
                        Some(None) => missing_key(&Item::Str(name.clone())),
                    },
                    Step::Method(_, call) if &*call.name == "get" => self.root_access(call, env, true),
                    Step::Index(call) if !has_functions(env) => self.root_access(call, env, false),
                    _ => Ok(None),
                }
            }
            (Node::Call(call), Step::Member(elvis, name)) if &*call.name == "task" && !has_functions(env) => {
                super::stdlib::workflow::task_attribute(self, call, name, *elvis, env)
            }
            _ => Ok(None),
        }
    }

    /// `$.get(key)`, `$.get(key, default)` and `$[key]` with literal keys, without making `$`.
    fn root_access(&self, call: &Call, env: &Env, lenient: bool) -> Result<Option<Item>, Failure> {
        let key = |node: &Node| match node {
            Node::Keyword(w) | Node::Const(Value::Str(w)) => Some(w.clone()),
            _ => None,
        };
        let (name, default) = match &call.args[..] {
            [_, Argument::Node(name)] => (key(name), None),
            [_, Argument::Node(name), Argument::Node(default)] if !matches!(**default, Node::Rule(..)) => {
                (key(name), Some(default))
            }
            _ => return Ok(None),
        };
        let Some(name) = name else { return Ok(None) };
        let Some(found) = self.root_member(&name) else {
            return Ok(None);
        };
        self.step()?;
        let default = default.map(|d| self.eval_inner(d, env)).transpose()?;
        match (found, default) {
            (Some(v), _) => Ok(Some(Item::from_json(v, self.frozen_input()))),
            (None, Some(default)) => Ok(Some(default)),
            (None, None) if lenient => Ok(Some(Item::Null)),
            (None, None) => missing_key(&Item::Str(name)),
        }
    }

    #[inline(never)]
    fn impossible_step(&self, step: &Step) -> Result<Item, Failure> {
        match step {
            Step::Binary(op, _, site) => self.impossible(site, Called::new(op.function(), None)),
            Step::Index(call) => self.impossible(&call.site, Called::new("#indexer", None)),
            Step::Delegate => fail(ErrorKind::UnknownFunction, "Unknown function \"#call\""),
            _ => self.no_match("#operator_."),
        }
    }

    fn apply(&self, value: Item, step: &Step, env: &Env) -> Result<Item, Failure> {
        match step {
            Step::Member(elvis, _) | Step::Method(elvis, _) | Step::BadDot(elvis) if *elvis && value.is_null() => {
                Ok(Item::Null)
            }
            Step::Member(_, name) => self.member(value, name),
            Step::Method(_, call) => self.method(&value, call, env),
            Step::Binary(op, right, site) => self.eval_binary(*op, value, right, site, env),
            Step::And(right) => {
                if value.is_truthy() {
                    self.eval_inner(right, env)
                } else {
                    Ok(value)
                }
            }
            Step::Or(right) => {
                if value.is_truthy() {
                    Ok(value)
                } else {
                    self.eval_inner(right, env)
                }
            }
            Step::Index(call) => self.index(value, call, env),
            Step::BadDot(_) => self.no_match("#operator_."),
            Step::Delegate => fail(ErrorKind::UnknownFunction, "Unknown function \"#call\""),
        }
    }

    fn method(&self, receiver: &Item, call: &Call, env: &Env) -> Result<Item, Failure> {
        self.call(
            &call.site,
            Called::new(&call.name, Some(receiver)),
            &call.args,
            env,
            Some(receiver),
        )
    }

    /// `value.name`
    pub(super) fn member(&self, value: Item, name: &Str) -> Result<Item, Failure> {
        self.step()?;
        match &value {
            Item::JsonDict(frozen, d) => match d.get(name) {
                Some(v) => Ok(Item::from_json(v, *frozen)),
                None => missing_key(&Item::Str(name.clone())),
            },
            Item::Dict(_, d) => match d.map.get_str(name) {
                Some(v) => Ok(v.clone()),
                None => missing_key(&Item::Str(name.clone())),
            },
            v if v.is_iterable() => {
                let name = name.clone();
                let mut source = self.cursor_of_parameter(value)?;
                self.generate(source.depth(), move |m| match source.next(m)? {
                    Some(item) => m.member(item, &name).map(Some),
                    None => Ok(None),
                })
            }
            _ => super::stdlib::datetime::property(self, &value, name),
        }
    }

    /// A cursor over an argument of an iterable parameter.
    pub(super) fn cursor_of_parameter(&self, value: Item) -> Result<super::iter::Cursor, Failure> {
        let value = self.limit_iterable(value)?;
        self.cursor(&value)
    }

    fn index(&self, value: Item, call: &Call, env: &Env) -> Result<Item, Failure> {
        // One plain argument on a list or mapping; everything else goes the long way.
        if let ([_, Argument::Node(node)], true) = (&call.args[..], self.unlimited && !has_functions(env))
            && !matches!(&**node, Node::Rule(..))
            && (value.is_sequence() || value.is_dict())
        {
            let key = self.eval(node, env)?;
            self.step()?;
            if let Some(seq) = value.as_seq() {
                if matches!(key, Item::Int(_) | Item::Bool(_) | Item::Big(_)) {
                    return super::stdlib::collections::item_at(seq, &key);
                }
                return self.no_match("#indexer");
            }
            return super::stdlib::collections::member(self, &value, key);
        }
        let called = Called::new("#indexer", None);
        self.call(&call.site, called, &call.args, env, Some(&value))
    }

    fn eval_binary(&self, op: Binary, left: Item, right: &Arc<Node>, site: &Site, env: &Env) -> Result<Item, Failure> {
        // An element that is missing matches no parameter, whichever way it is passed.
        if (!self.unlimited || has_functions(env)) && !left.is_no_value() {
            let args = [Argument::Receiver, Argument::Node(right.clone())];
            return self.call(site, Called::new(op.function(), None), &args, env, Some(&left));
        }
        let right = self.eval_inner(right, env)?;
        self.binary(op, left, right, env)
    }

    /// `left op right` with values: common types directly, the rest by overload.
    pub(super) fn binary(&self, op: Binary, left: Item, right: Item, env: &Env) -> Result<Item, Failure> {
        use std::cmp::Ordering::{Equal, Greater, Less};
        self.step()?;
        if let (Item::Str(a), Item::Str(b)) = (&left, &right) {
            self.read(if a.len() < b.len() { a } else { b })?;
        }
        if left.is_no_value() || right.is_no_value() {
            return self.call_by_name(op.function(), env, None, vec![left, right], Vec::new());
        }
        match op {
            Binary::Equal => return self.equal(&left, &right).map(Item::Bool),
            Binary::NotEqual => return self.equal(&left, &right).map(|e| Item::Bool(!e)),
            _ => {}
        }
        let order = match (&left, &right) {
            (Item::Int(a), Item::Int(b)) => Some(a.cmp(b)),
            (Item::Str(a), Item::Str(b)) => {
                if op == Binary::Add {
                    self.charge(a.len() + b.len())?;
                    let mut joined = String::with_capacity(a.len() + b.len());
                    joined.push_str(a);
                    joined.push_str(b);
                    return Ok(Item::Str(Str::from(joined)));
                }
                // UTF-8 keeps the order of code points.
                Some(a.cmp(b))
            }
            (Item::Int(_) | Item::Big(_) | Item::Float(_), Item::Int(_) | Item::Big(_) | Item::Float(_)) => {
                match (number::of(&left), number::of(&right)) {
                    (Some(a), Some(b)) => a.compare(&b),
                    _ => None,
                }
            }
            _ => return self.call_by_name(op.function(), env, None, vec![left, right], Vec::new()),
        };
        let arithmetic = match op {
            Binary::Less => return Ok(Item::Bool(order == Some(Less))),
            Binary::LessEqual => return Ok(Item::Bool(matches!(order, Some(Less | Equal)))),
            Binary::Greater => return Ok(Item::Bool(order == Some(Greater))),
            Binary::GreaterEqual => return Ok(Item::Bool(matches!(order, Some(Greater | Equal)))),
            Binary::Add => Arithmetic::Add,
            Binary::Subtract => Arithmetic::Subtract,
            Binary::Multiply => Arithmetic::Multiply,
            Binary::Divide => Arithmetic::Divide,
            Binary::Modulo => Arithmetic::Modulo,
            _ => return self.call_by_name(op.function(), env, None, vec![left, right], Vec::new()),
        };
        if matches!(left, Item::Str(_)) {
            return self.call_by_name(op.function(), env, None, vec![left, right], Vec::new());
        }
        self.arithmetic(arithmetic, &left, &right)
    }

    /// Python's `==`, with large values charged.
    pub(super) fn equal(&self, left: &Item, right: &Item) -> Result<bool, Failure> {
        let deep = |i: &Item| !matches!(i, Item::Str(_)) && i.depth() > 0;
        if deep(left) && deep(right) {
            self.weigh(left)?;
        }
        Ok(compare::equal(left, right))
    }

    /// Counts the parts of a value, shared ones as often as a walk would meet them.
    fn weigh(&self, item: &Item) -> Result<(), Failure> {
        self.step()?;
        match item {
            Item::List(_, l) if l.depth > 1 => l.items.iter().try_for_each(|i| self.weigh(i)),
            Item::List(_, l) => self.steps(l.items.len() as u64),
            Item::Json(_, l) => self.steps(l.len() as u64),
            Item::Dict(_, d) => d.map.iter().try_for_each(|(k, v)| {
                self.weigh(k.item())?;
                self.weigh(v)
            }),
            Item::Set(s) => s.set.iter().try_for_each(|k| self.weigh(k.item())),
            Item::View(_, of) => self.weigh(of),
            _ => Ok(()),
        }
    }
}

/// `KeyError` with the key's `repr`.
pub(super) fn missing_key<T>(key: &Item) -> Result<T, Failure> {
    let text = match key {
        Item::Str(s) => {
            let mut out = String::new();
            python::write_repr_str(s, &mut out);
            out
        }
        key => super::text::repr_of(key),
    };
    fail(ErrorKind::Key, text)
}

pub(super) fn too_large<T>(limit: i64) -> Result<T, Failure> {
    fail(ErrorKind::Limit, format!("Collection length exceeds {limit} elements"))
}
