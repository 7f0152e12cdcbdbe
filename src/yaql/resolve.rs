//! Overload resolution. What can be decided from the text alone is decided once, in a [`Site`]; calls then only look at the
//! types of their values.

use std::rc::Rc;
use std::sync::Arc;

use smallvec::SmallVec;

use super::ast::{Argument, Node};
use super::datetime::TimeSpan;
use super::frame::{self, Body, Env};
use super::item::Item;
use super::lambda::{Lambda, call_body};
use super::library::{Default, Overload, Param, Type, overloads};
use super::machine::Machine;
use super::{Failure, fail};
use mistral_expr::ErrorKind;
use pyvalue::value::Str;

/// Where a parameter's value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Position(usize),
    Keyword(usize),
    Default,
}

/// An overload whose shape fits the arguments.
#[derive(Clone, Debug)]
struct Candidate {
    target: Target,
    level: u32,
    sources: SmallVec<[Source; 4]>,
    /// Keyword arguments for `**kwargs`.
    rest: SmallVec<[usize; 1]>,
}

#[derive(Clone, Debug)]
enum Target {
    Library(&'static Overload),
    /// A function of `def`: its place in [`Called::defined`]. Plans are kept with the expression, which several threads
    /// share, so they hold no scopes.
    Defined(usize),
}

const ANY: Param = Param {
    name: "args",
    ty: Type::Any,
    nullable: true,
    default: Default::Required,
};

impl Target {
    fn params(&self) -> &[Param] {
        match self {
            Target::Library(o) => &o.params,
            Target::Defined(..) => &[],
        }
    }
    fn variadic(&self) -> Option<&Param> {
        match self {
            Target::Library(o) => o.variadic.as_ref(),
            Target::Defined(..) => Some(&ANY),
        }
    }
    fn kwargs(&self) -> Option<&Param> {
        match self {
            Target::Library(o) => o.kwargs.as_ref(),
            Target::Defined(..) => Some(&ANY),
        }
    }
    fn takes_rules(&self) -> bool {
        matches!(self, Target::Library(o) if o.takes_rules())
    }
    fn param(&self, position: usize) -> Option<&Param> {
        self.params().get(position).or_else(|| self.variadic())
    }
}

/// Why a call cannot work, whatever the values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    Unknown,
    NoMatch,
    Ambiguous,
    Mapping,
}

/// A resolved call.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    positional: SmallVec<[Argument; 3]>,
    keywords: SmallVec<[(Str, Arc<Node>); 1]>,
    candidates: SmallVec<[Candidate; 1]>,
    /// Which arguments are not evaluated; the same for all candidates, or the receiver decides.
    lazy: SmallVec<[bool; 4]>,
    lazy_keywords: SmallVec<[bool; 1]>,
    uniform: bool,
}

/// A place of a call in the text.
#[derive(Debug)]
pub struct Site(Result<Plan, Problem>);

/// An argument on its way into a function.
pub(super) enum Slot {
    Value(Item),
    Node(Arc<Node>),
}

/// What is known of an argument when the shape is checked.
#[derive(Clone, Copy)]
enum Known<'a> {
    Missing,
    /// An expression whose value is not known.
    Opaque,
    Node(&'a Arc<Node>),
    First(&'a Node),
    Value(&'a Item),
}

impl Argument {
    fn known(&self) -> Known<'_> {
        match self {
            Argument::Missing => Known::Missing,
            Argument::Receiver => Known::Opaque,
            Argument::Node(n) => Known::Node(n),
        }
    }
}

impl Param {
    fn is_lazy(&self) -> bool {
        matches!(self.ty, Type::Lambda | Type::Case)
    }

    /// Whether an argument may fit, from what is known of it.
    fn may_accept(&self, known: Known<'_>) -> bool {
        let node = match known {
            Known::Missing => return true,
            Known::Opaque => return !matches!(self.ty, Type::Literal | Type::Case),
            Known::Value(v) => return self.accepts(v),
            Known::Node(n) => &**n,
            Known::First(n) => n,
        };
        match (self.ty, node) {
            (Type::Lambda, _) => true,
            (Type::Case, n) => matches!(n, Node::Rule(..)),
            (Type::Literal, _) => false,
            (_, Node::Const(v)) => self.accepts(&Item::from_value(v)),
            (_, Node::Keyword(w)) => self.accepts(&Item::Str(w.clone())),
            _ => true,
        }
    }

    /// Whether a value fits.
    pub(super) fn accepts(&self, v: &Item) -> bool {
        if v.is_null() {
            return self.nullable;
        }
        match self.ty {
            Type::Any | Type::NotNull | Type::Lambda => true,
            Type::Null | Type::Case | Type::Callable | Type::Literal => false,
            Type::Str => matches!(v, Item::Str(_)),
            Type::Int => matches!(v, Item::Int(_) | Item::Big(_) | Item::Bool(_)),
            Type::Integer => matches!(v, Item::Int(_) | Item::Big(_)),
            Type::Num => matches!(v, Item::Int(_) | Item::Big(_) | Item::Float(_)),
            Type::Bool => matches!(v, Item::Bool(_)),
            // Dicts: only where the option `iterable_dicts` is on, which `Machine::fits` adds.
            Type::Iter => v.is_iterable(),
            Type::IterNotSet => v.is_iterable() && !v.is_set(),
            Type::Iterator => matches!(v, Item::Iter(_)),
            Type::Seq => v.is_sequence(),
            Type::Dict => v.is_dict(),
            Type::Set => v.is_set(),
            Type::Regex => matches!(v, Item::Regex(_)),
            Type::Context => matches!(v, Item::Context(_)),
            Type::Timespan => matches!(v, Item::TimeSpan(_)),
            Type::Datetime => matches!(v, Item::DateTime(_)),
            Type::Ordering => matches!(v, Item::Ordering(_)),
            Type::Rule => matches!(v, Item::Rule(_)),
        }
    }

    fn default_item(&self) -> Item {
        match self.default {
            Default::Required | Default::None => Item::NoValue,
            Default::Null => Item::Null,
            Default::Int(n) => Item::Int(n),
            Default::Bool(b) => Item::Bool(b),
            Default::Str(s) => Item::str(s),
            Default::Zero => Item::TimeSpan(TimeSpan::default()),
        }
    }
}

/// Python classes of parameters, for "more special than".
fn is_special(a: Type, b: Type) -> bool {
    use Type::*;
    if a == b || matches!(a, Lambda | Case | Literal | Num) || matches!(b, Lambda | Case | Literal | Num) {
        return false;
    }
    let iterable = matches!(a, Str | Iterator | Seq | Dict | Set | Ordering);
    match b {
        Any | NotNull => !matches!(a, Any | NotNull),
        Int | Integer => a == Bool,
        Iter | IterNotSet => iterable,
        Seq => a == Str,
        _ => false,
    }
}

/// Matches the shape of one overload: positions, names, defaults, types of literals.
fn shape(target: Target, level: u32, args: &[Known<'_>], keywords: &[(Str, Known<'_>)]) -> Option<Candidate> {
    let mut used: SmallVec<[bool; 4]> = SmallVec::from_elem(false, keywords.len());
    let mut sources = SmallVec::new();
    let params = target.params();
    for (i, p) in params.iter().enumerate() {
        let keyword = keywords.iter().position(|(name, _)| **name == *p.name);
        let given = args.get(i).is_some_and(|a| !matches!(a, Known::Missing));
        sources.push(match (given, keyword) {
            (true, Some(_)) => return None,
            (true, None) => Source::Position(i),
            (false, Some(k)) => {
                used[k] = true;
                // A gap in the positions that a keyword fills leaves the position itself without a parameter.
                if i < args.len() && target.variadic().is_none() {
                    return None;
                }
                Source::Keyword(k)
            }
            (false, None) if p.default == Default::Required => return None,
            (false, None) => Source::Default,
        });
    }
    let rest: SmallVec<[usize; 1]> = (0..keywords.len()).filter(|k| !used[*k]).collect();
    if !rest.is_empty() {
        let param = target.kwargs()?;
        if !rest.iter().all(|k| param.may_accept(keywords[*k].1)) {
            return None;
        }
    }
    for (i, arg) in args.iter().enumerate() {
        let param = target.param(i)?;
        if matches!(arg, Known::Missing) && i >= params.len() && !matches!(param.ty, Type::Any | Type::Lambda) {
            return None;
        }
        if !param.may_accept(*arg) {
            return None;
        }
    }
    Some(Candidate {
        target,
        level,
        sources,
        rest,
    })
}

/// Splits `name => value` off the positional arguments.
type Split = (SmallVec<[Argument; 3]>, SmallVec<[(Str, Arc<Node>); 1]>);

fn split_keywords(args: &[Argument], takes_rules: bool) -> Result<Split, Problem> {
    let mut positional = SmallVec::new();
    let mut keywords: SmallVec<[(Str, Arc<Node>); 1]> = SmallVec::new();
    for arg in args {
        match arg {
            Argument::Node(node) if !takes_rules => match &**node {
                Node::Rule(key, value) => {
                    let Node::Keyword(name) = &**key else {
                        return Err(Problem::Mapping);
                    };
                    match keywords.iter_mut().find(|(n, _)| n == name) {
                        Some(slot) => slot.1 = value.clone(),
                        None => keywords.push((name.clone(), value.clone())),
                    }
                }
                _ => positional.push(arg.clone()),
            },
            _ => positional.push(arg.clone()),
        }
    }
    Ok((positional, keywords))
}

/// Narrows the overloads of all levels down to those whose shape fits.
fn plan(targets: Vec<(u32, Target)>, args: &[Argument], first: Option<&Node>) -> Result<Plan, Problem> {
    let Some(takes_rules) = targets.first().map(|t| t.1.takes_rules()) else {
        return Err(Problem::Unknown);
    };
    let (positional, keywords) = split_keywords(args, takes_rules)?;
    if targets.iter().any(|t| t.1.takes_rules() != takes_rules) {
        return Err(Problem::Ambiguous);
    }
    let candidates: SmallVec<[Candidate; 1]> = {
        let mut known: SmallVec<[Known<'_>; 4]> = positional.iter().map(Argument::known).collect();
        if let (Some(first), Some(slot)) = (first, known.first_mut()) {
            *slot = Known::First(first);
        }
        let known_keywords: SmallVec<[(Str, Known<'_>); 1]> =
            keywords.iter().map(|(n, v)| (n.clone(), Known::Node(v))).collect();
        targets
            .into_iter()
            .filter_map(|(level, target)| shape(target, level, &known, &known_keywords))
            .collect()
    };
    let Some(one) = candidates.first() else {
        return Err(Problem::NoMatch);
    };
    let (lazy, lazy_keywords) = laziness(one, positional.len(), keywords.len());
    let uniform = candidates
        .iter()
        .all(|c| laziness(c, positional.len(), keywords.len()) == (lazy.clone(), lazy_keywords.clone()));
    let by_receiver = matches!(args.first(), Some(Argument::Receiver)) && first.is_none();
    if !uniform && !by_receiver {
        return Err(Problem::Ambiguous);
    }
    Ok(Plan {
        positional,
        keywords,
        candidates,
        lazy,
        lazy_keywords,
        uniform,
    })
}

type Lazy = (SmallVec<[bool; 4]>, SmallVec<[bool; 1]>);

fn laziness(c: &Candidate, positions: usize, keywords: usize) -> Lazy {
    let lazy = (0..positions)
        .map(|i| c.target.param(i).is_some_and(Param::is_lazy))
        .collect();
    let mut lazy_keywords: SmallVec<[bool; 1]> = SmallVec::from_elem(false, keywords);
    for (p, source) in c.target.params().iter().zip(&c.sources) {
        if let Source::Keyword(k) = source {
            lazy_keywords[*k] = p.is_lazy();
        }
    }
    for k in &c.rest {
        lazy_keywords[*k] = c.target.kwargs().is_some_and(Param::is_lazy);
    }
    (lazy, lazy_keywords)
}

fn library_targets(name: &str, method: bool) -> Vec<(u32, Target)> {
    let mut targets: Vec<(u32, Target)> = overloads(name)
        .iter()
        .filter(|o| if method { o.is_method() } else { o.is_function() })
        .map(|o| (u32::from(o.level), Target::Library(o)))
        .collect();
    targets.sort_by_key(|t| t.0);
    targets
}

impl Site {
    /// `name(args)`
    pub fn function(name: &str, args: &[Argument]) -> Site {
        Site(plan(library_targets(name, false), args, None))
    }

    /// `x.name(args)`; the first argument is the receiver.
    pub fn method(name: &str, args: &[Argument]) -> Site {
        Site(plan(library_targets(name, true), args, None))
    }

    /// `left op right`
    pub fn binary(name: &str, left: &Node, right: &Arc<Node>) -> Site {
        let args = [Argument::Receiver, Argument::Node(right.clone())];
        Site(plan(library_targets(name, false), &args, Some(left)))
    }

    /// `op operand`
    pub fn unary(name: &str, operand: &Arc<Node>) -> Site {
        Site(plan(
            library_targets(name, false),
            &[Argument::Node(operand.clone())],
            None,
        ))
    }

    /// `value[args]`; the first argument is the value.
    pub fn index(value: &Node, args: &[Argument]) -> Site {
        Site(plan(library_targets("#indexer", false), args, Some(value)))
    }

    /// Whether the operator can work at all with the literals it was given.
    pub fn is_possible(&self) -> bool {
        self.0.is_ok()
    }
}

/// What a function gets: its parameters in order, then variadic ones.
pub(crate) struct Args<'e> {
    /// The scope of the caller.
    pub env: &'e Env,
    pub items: SmallVec<[Item; 4]>,
    /// What `**kwargs` collected.
    pub keywords: Vec<(Str, Item)>,
}

impl Args<'_> {
    /// Takes a parameter's value; each can be taken once.
    pub(crate) fn take(&mut self, at: usize) -> Item {
        self.items.get_mut(at).map(std::mem::take).unwrap_or_default()
    }

    /// A lambda that was given.
    pub(crate) fn lambda(&mut self, at: usize) -> Result<Rc<Lambda>, Failure> {
        match self.take(at) {
            Item::Lambda(l) => Ok(l),
            other => fail(
                ErrorKind::Type,
                format!("'{}' object is not callable", other.type_name()),
            ),
        }
    }

    /// A lambda that may be left out.
    pub(crate) fn optional_lambda(&mut self, at: usize) -> Option<Rc<Lambda>> {
        match self.take(at) {
            Item::Lambda(l) => Some(l),
            _ => None,
        }
    }

    pub(crate) fn str(&mut self, at: usize) -> Str {
        match self.take(at) {
            Item::Str(s) => s,
            _ => Str::from(""),
        }
    }

    /// Text that may be null.
    pub(crate) fn optional_str(&mut self, at: usize) -> Option<Str> {
        match self.take(at) {
            Item::Str(s) => Some(s),
            _ => None,
        }
    }

    /// An integer, saturated to 64 bits.
    pub(crate) fn int(&mut self, at: usize) -> i64 {
        super::number::saturating(&self.take(at))
    }

    /// An integer that Python wants to fit a machine word.
    pub(crate) fn count(&mut self, at: usize) -> Result<i64, Failure> {
        match self.take(at) {
            Item::Big(_) => fail(ErrorKind::Overflow, "cannot fit 'int' into an index-sized integer"),
            n => Ok(super::number::saturating(&n)),
        }
    }

    pub(crate) fn flag(&mut self, at: usize) -> bool {
        self.take(at).is_truthy()
    }

    /// The remaining items from a position on.
    pub(crate) fn rest(&mut self, from: usize) -> Vec<Item> {
        self.items.drain(from.min(self.items.len())..).collect()
    }
}

/// Names a call for messages.
#[derive(Clone, Copy)]
pub(super) struct Called<'a> {
    pub name: &'a str,
    pub receiver: Option<&'a Item>,
    /// Functions of `def` by that name, nearest first, with the scope each was found in.
    pub defined: &'a [(Env, Body)],
}

impl<'a> Called<'a> {
    pub(crate) fn new(name: &'a str, receiver: Option<&'a Item>) -> Called<'a> {
        Called {
            name,
            receiver,
            defined: &[],
        }
    }
}

impl Machine<'_> {
    fn problem<T>(&self, problem: Problem, called: Called<'_>) -> Result<T, Failure> {
        let name = called.name;
        let receiver = match called.receiver {
            Some(r) if problem != Problem::Mapping => Some(self.text(r)?),
            _ => None,
        };
        match (problem, receiver) {
            (Problem::Mapping, _) => fail(ErrorKind::Mapping, "Cannot convert mapping to keyword argument"),
            (Problem::Unknown, None) => fail(ErrorKind::UnknownFunction, format!("Unknown function \"{name}\"")),
            (Problem::Unknown, Some(r)) => fail(
                ErrorKind::UnknownMethod,
                format!("Unknown method \"{name}\" for receiver {r}"),
            ),
            (Problem::NoMatch, None) => fail(
                ErrorKind::NoMatch,
                format!("No function \"{name}\" matches supplied arguments"),
            ),
            (Problem::NoMatch, Some(r)) => fail(
                ErrorKind::NoMatch,
                format!("No method \"{name}\" for receiver {r} matches supplied arguments"),
            ),
            (Problem::Ambiguous, None) => fail(ErrorKind::Ambiguous, format!("Ambiguous function \"{name}\"")),
            (Problem::Ambiguous, Some(r)) => fail(
                ErrorKind::Ambiguous,
                format!("Ambiguous method \"{name}\" for receiver {r}"),
            ),
        }
    }

    /// The error of an operator that cannot work with the literals it was given.
    pub(super) fn impossible<T>(&self, site: &Site, called: Called<'_>) -> Result<T, Failure> {
        match site.0 {
            Err(problem) => self.problem(problem, called),
            Ok(_) => self.problem(Problem::NoMatch, called),
        }
    }

    pub(super) fn no_match<T>(&self, name: &str) -> Result<T, Failure> {
        self.problem(Problem::NoMatch, Called::new(name, None))
    }

    /// Whether a value fits a parameter, options included.
    fn fits_param(&self, p: &Param, v: &Item) -> bool {
        p.accepts(v) || (matches!(p.ty, Type::Iter | Type::IterNotSet) && v.is_dict() && self.options().iterable_dicts)
    }

    /// Evaluates a call: `receiver` is the value of the left side for methods and indexers.
    pub(super) fn call(
        &self,
        site: &Site,
        called: Called<'_>,
        args: &[Argument],
        env: &Env,
        receiver: Option<&Item>,
    ) -> Result<Item, Failure> {
        if called.receiver.is_none() && frame::has_functions(env) {
            let defined = frame::functions(env, called.name.trim_end_matches('_'));
            if !defined.is_empty() {
                return self.call_defined(defined, called, args, env, receiver);
            }
        }
        match &site.0 {
            Ok(plan) => self.run_plan(plan, called, env, receiver),
            Err(problem) => self.problem(*problem, called),
        }
    }

    /// The slow way, when `def` has put functions of that name in scope.
    fn call_defined(
        &self,
        defined: Vec<(Env, Body)>,
        called: Called<'_>,
        args: &[Argument],
        env: &Env,
        receiver: Option<&Item>,
    ) -> Result<Item, Failure> {
        let nearest = defined.len() as u32;
        let mut targets: Vec<(u32, Target)> = (0u32..)
            .zip(0..defined.len())
            .map(|(level, at)| (level, Target::Defined(at)))
            .collect();
        targets.extend(
            library_targets(called.name, false)
                .into_iter()
                .map(|(l, t)| (l + nearest, t)),
        );
        match plan(targets, args, None) {
            Ok(plan) => self.run_plan(
                &plan,
                Called {
                    defined: &defined,
                    ..called
                },
                env,
                receiver,
            ),
            Err(problem) => self.problem(problem, called),
        }
    }

    fn run_plan(&self, plan: &Plan, called: Called<'_>, env: &Env, receiver: Option<&Item>) -> Result<Item, Failure> {
        // A method's receiver is a value already, so it takes part in the shape check.
        let mut lazy = (&plan.lazy, &plan.lazy_keywords);
        let own;
        let mut candidates: SmallVec<[&Candidate; 2]> = plan.candidates.iter().collect();
        if let (Some(r), Some(_)) = (receiver, called.receiver) {
            candidates.retain(|c| c.target.param(0).is_some_and(|p| self.fits_param(p, r)));
            let Some(first) = candidates.first() else {
                return self.problem(Problem::NoMatch, called);
            };
            if !plan.uniform {
                let (positions, keywords) = (plan.positional.len(), plan.keywords.len());
                own = laziness(first, positions, keywords);
                if candidates.iter().any(|c| laziness(c, positions, keywords) != own) {
                    return self.problem(Problem::Ambiguous, called);
                }
                lazy = (&own.0, &own.1);
            }
        }
        let mut slots: SmallVec<[Slot; 4]> = SmallVec::new();
        for (arg, lazy) in plan.positional.iter().zip(lazy.0) {
            slots.push(match arg {
                Argument::Missing => Slot::Value(Item::NoValue),
                Argument::Receiver => Slot::Value(receiver.cloned().unwrap_or_default()),
                Argument::Node(node) if *lazy => Slot::Node(node.clone()),
                Argument::Node(node) => Slot::Value(self.eval(node, env)?),
            });
        }
        let mut keywords: SmallVec<[Slot; 1]> = SmallVec::new();
        for ((_, node), lazy) in plan.keywords.iter().zip(lazy.1) {
            keywords.push(if *lazy {
                Slot::Node(node.clone())
            } else {
                Slot::Value(self.eval(node, env)?)
            });
        }
        let names: SmallVec<[&Str; 1]> = plan.keywords.iter().map(|(n, _)| n).collect();
        self.choose(&candidates, called, env, slots, keywords, &names)
    }

    /// Calls a function by name with values, as upstream's delegates and `call` do.
    pub(super) fn call_by_name(
        &self,
        name: &str,
        env: &Env,
        receiver: Option<Item>,
        args: Vec<Item>,
        keywords: Vec<(Str, Item)>,
    ) -> Result<Item, Failure> {
        let method = receiver.is_some();
        let mut targets = Vec::new();
        let defined = match !method && frame::has_functions(env) {
            true => frame::functions(env, name.trim_end_matches('_')),
            false => Vec::new(),
        };
        targets.extend(
            (0u32..)
                .zip(0..defined.len())
                .map(|(level, at)| (level, Target::Defined(at))),
        );
        let called = Called {
            name,
            receiver: receiver.as_ref(),
            defined: &defined,
        };
        let nearest = targets.len() as u32;
        targets.extend(library_targets(name, method).into_iter().map(|(l, t)| (l + nearest, t)));
        let Some(takes_rules) = targets.first().map(|t| t.1.takes_rules()) else {
            return self.problem(Problem::Unknown, called);
        };
        if let (true, Some((keyword, _))) = (takes_rules, keywords.first()) {
            return fail(ErrorKind::Argument, format!("Invalid argument {keyword}"));
        }
        if targets.iter().any(|t| t.1.takes_rules() != takes_rules) {
            return self.problem(Problem::Ambiguous, called);
        }
        let mut items: Vec<Item> = receiver.iter().cloned().collect();
        items.extend(args);
        let iterable_dicts = self.options().iterable_dicts;
        let known: Vec<Known<'_>> = items
            .iter()
            .map(|i| match i {
                Item::NoValue => Known::Missing,
                i if iterable_dicts && i.is_dict() => Known::Opaque,
                i => Known::Value(i),
            })
            .collect();
        let known_keywords: Vec<(Str, Known<'_>)> =
            keywords.iter().map(|(n, v)| (n.clone(), Known::Value(v))).collect();
        let candidates: Vec<Candidate> = targets
            .into_iter()
            .filter_map(|(l, t)| shape(t, l, &known, &known_keywords))
            .collect();
        let Some(first) = candidates.first() else {
            return self.problem(Problem::NoMatch, called);
        };
        let lazy = laziness(first, items.len(), keywords.len());
        if candidates
            .iter()
            .any(|c| laziness(c, items.len(), keywords.len()) != lazy)
        {
            return self.problem(Problem::Ambiguous, called);
        }
        drop(known);
        drop(known_keywords);
        let names: SmallVec<[&Str; 1]> = keywords.iter().map(|(n, _)| n).collect();
        let slots = items.iter().cloned().map(Slot::Value).collect();
        let keyword_slots = keywords.iter().map(|(_, v)| Slot::Value(v.clone())).collect();
        let refs: SmallVec<[&Candidate; 2]> = candidates.iter().collect();
        self.choose(&refs, called, env, slots, keyword_slots, &names)
    }

    fn accepts_all(&self, c: &Candidate, slots: &[Slot], keywords: &[Slot]) -> bool {
        let fits = |p: &Param, slot: &Slot| match slot {
            Slot::Node(_) => true,
            Slot::Value(v) => self.fits_param(p, v),
        };
        let params = c.target.params();
        let fixed = params.iter().zip(&c.sources).all(|(p, source)| match source {
            Source::Position(i) => fits(p, &slots[*i]),
            Source::Keyword(k) => fits(p, &keywords[*k]),
            Source::Default => true,
        });
        fixed
            && slots
                .iter()
                .skip(params.len())
                .all(|s| c.target.variadic().is_some_and(|p| fits(p, s)))
            && c.rest
                .iter()
                .all(|k| c.target.kwargs().is_some_and(|p| fits(p, &keywords[*k])))
    }

    /// Picks the overload that accepts the values: the nearest level first, the most special one in it.
    fn choose(
        &self,
        candidates: &[&Candidate],
        called: Called<'_>,
        env: &Env,
        slots: SmallVec<[Slot; 4]>,
        keywords: SmallVec<[Slot; 1]>,
        names: &[&Str],
    ) -> Result<Item, Failure> {
        let mut winner: Option<&Candidate> = None;
        for c in candidates {
            if winner.is_some_and(|w| w.level != c.level) {
                break;
            }
            if !self.accepts_all(c, &slots, &keywords) {
                continue;
            }
            match winner {
                None => winner = Some(c),
                Some(w) if is_specialization(w, c, slots.len()) => {}
                Some(w) if is_specialization(c, w, slots.len()) => winner = Some(c),
                Some(_) => return self.problem(Problem::Ambiguous, called),
            }
        }
        let Some(c) = winner else {
            return self.problem(Problem::NoMatch, called);
        };
        self.run(c, called, env, slots, keywords, names)
    }

    fn run(
        &self,
        c: &Candidate,
        called: Called<'_>,
        env: &Env,
        mut slots: SmallVec<[Slot; 4]>,
        mut keywords: SmallVec<[Slot; 1]>,
        names: &[&Str],
    ) -> Result<Item, Failure> {
        let take = |slot: &mut Slot, p: &Param| {
            let slot = std::mem::replace(slot, Slot::Value(Item::NoValue));
            self.convert_argument(slot, p, env)
        };
        let mut items: SmallVec<[Item; 4]> = SmallVec::new();
        let params = c.target.params();
        for (p, source) in params.iter().zip(&c.sources) {
            items.push(match source {
                Source::Position(i) => take(&mut slots[*i], p)?,
                Source::Keyword(k) => take(&mut keywords[*k], p)?,
                Source::Default => p.default_item(),
            });
        }
        if let Some(p) = c.target.variadic() {
            for slot in slots.iter_mut().skip(params.len()) {
                items.push(take(slot, p)?);
            }
        }
        let mut rest = Vec::new();
        if let Some(p) = c.target.kwargs() {
            for k in &c.rest {
                rest.push((names[*k].clone(), take(&mut keywords[*k], p)?));
            }
        }
        self.step()?;
        for item in &items {
            if let Item::Str(text) = item {
                self.read(text)?;
            }
        }
        let result = match &c.target {
            Target::Library(overload) => {
                let mut args = Args {
                    env,
                    items,
                    keywords: rest,
                };
                self.nested(|| (overload.entry.run)(self, &mut args))?
            }
            Target::Defined(at) => {
                let (scope, body) = &called.defined[*at];
                self.nested(|| call_body(self, body, scope, items.into_vec(), rest))?
            }
        };
        self.check_quota(&result)?;
        Ok(result)
    }

    /// An argument as the function gets it: lambdas closed over the scope, iterables limited.
    fn convert_argument(&self, slot: Slot, p: &Param, env: &Env) -> Result<Item, Failure> {
        Ok(match slot {
            Slot::Node(node) => match (&*node, p.ty) {
                (Node::Rule(key, value), Type::Case) => Item::Rule(Rc::new((
                    Item::Lambda(Lambda::expression(key, env)),
                    Item::Lambda(Lambda::expression(value, env)),
                ))),
                _ => Item::Lambda(Lambda::expression(&node, env)),
            },
            // Null handed over as a value means "no lambda".
            Slot::Value(v) if p.ty == Type::Lambda => match v {
                Item::Null | Item::NoValue | Item::Lambda(_) => v,
                v => Item::Lambda(Rc::new(Lambda {
                    body: Body::Value(v),
                    env: None,
                })),
            },
            Slot::Value(v) => {
                self.check_quota(&v)?;
                if matches!(p.ty, Type::Iter | Type::IterNotSet) {
                    self.limit_iterable(v)?
                } else {
                    v
                }
            }
        })
    }
}

fn is_specialization(a: &Candidate, b: &Candidate, positions: usize) -> bool {
    let mut special = false;
    for i in 0..positions {
        let (Some(x), Some(y)) = (a.target.param(i), b.target.param(i)) else {
            continue;
        };
        if is_special(y.ty, x.ty) {
            return false;
        }
        special |= is_special(x.ty, y.ty);
    }
    special
}
