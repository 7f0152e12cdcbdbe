//! Scopes: a chain of frames with variables and functions of `def`. A frame never changes once it is made.

use std::rc::Rc;
use std::sync::Arc;

use smallvec::SmallVec;

use super::ast::Node;
use super::item::Item;
use super::machine::Machine;
use pyvalue::value::Str;

/// A variable name without its `$`: `$` itself is `$1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    Position(u32),
    Text(Str),
}

impl Name {
    /// From the text after `$`.
    pub fn new(text: &str) -> Name {
        let text = if text.is_empty() { "1" } else { text };
        let canonical = !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
        match text.parse::<u32>() {
            Ok(n) if canonical => Name::Position(n),
            _ => Name::Text(Str::from(text)),
        }
    }

    /// From a name that may or may not start with `$`, as `unpack` and keyword arguments give it.
    pub fn normalized(text: &str) -> Name {
        Name::new(text.strip_prefix('$').unwrap_or(text))
    }
}

/// What `def` made: the body runs in a child of the frame the function was found in, so it sees itself.
#[derive(Clone, Debug)]
pub enum Body {
    Node(Arc<Node>),
    Value(Item),
}

/// A scope. `None` as a parent is the root: `$`, `$__env`, `$__execution`, `$__task_execution`.
#[derive(Debug)]
pub struct Frame {
    parent: Env,
    vars: SmallVec<[(Name, Item); 1]>,
    function: Option<(Str, Body)>,
    has_functions: bool,
    depth: u32,
}

/// A scope or the root.
pub(crate) type Env = Option<Rc<Frame>>;

impl Frame {
    pub fn new(parent: &Env, vars: SmallVec<[(Name, Item); 1]>) -> Rc<Frame> {
        let depth = vars.iter().map(|(_, v)| v.depth()).max().unwrap_or(0);
        let parent_depth = parent.as_ref().map_or(0, |p| p.depth);
        Rc::new(Frame {
            has_functions: parent.as_ref().is_some_and(|p| p.has_functions),
            parent: parent.clone(),
            vars,
            function: None,
            depth: depth.max(parent_depth) + 1,
        })
    }

    pub fn with_function(parent: &Env, name: Str, body: Body) -> Rc<Frame> {
        let depth = if let Body::Value(v) = &body { v.depth() } else { 0 };
        let parent_depth = parent.as_ref().map_or(0, |p| p.depth);
        Rc::new(Frame {
            parent: parent.clone(),
            vars: SmallVec::new(),
            function: Some((name, body)),
            has_functions: true,
            depth: depth.max(parent_depth) + 1,
        })
    }

    pub fn depth(&self) -> u32 {
        self.depth
    }
}

/// Whether some function of `def` is in scope.
pub(crate) fn has_functions(env: &Env) -> bool {
    env.as_ref().is_some_and(|f| f.has_functions)
}

/// Functions called `name`, nearest first, each with the scope it was found in.
pub(crate) fn functions(env: &Env, name: &str) -> Vec<(Env, Body)> {
    let mut found = Vec::new();
    let mut at = env;
    while let Some(frame) = at {
        if let Some((n, body)) = &frame.function
            && **n == *name
        {
            found.push((at.clone(), body.clone()));
        }
        at = &frame.parent;
    }
    found
}

/// What a variable is in this scope.
pub(crate) enum Found<'e> {
    Item(&'e Item),
    /// Not set in any frame: the root decides.
    Root,
}

/// Looks a variable up along the chain.
pub(crate) fn lookup<'e>(env: &'e Env, name: &Name) -> Found<'e> {
    let mut at = env;
    while let Some(frame) = at {
        // Later ones win: a keyword argument may repeat a position.
        // A missing value does not hide an outer one.
        let set = |(n, v): &&(Name, Item)| n == name && !v.is_no_value();
        if let Some((_, v)) = frame.vars.iter().rev().find(set) {
            return Found::Item(v);
        }
        at = &frame.parent;
    }
    Found::Root
}

impl Machine<'_> {
    /// The value of `$name`.
    pub(super) fn variable(&self, env: &Env, name: &Name) -> Item {
        match lookup(env, name) {
            Found::Item(v) => v.clone(),
            Found::Root => self.root_variable(name),
        }
    }
}
