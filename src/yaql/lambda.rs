//! Arguments that are evaluated later: an expression with the scope it was written in.

use std::rc::Rc;
use std::sync::Arc;

use smallvec::{SmallVec, smallvec};

use super::Failure;
use super::ast::Node;
use super::frame::{Body, Env, Frame, Name};
use super::item::Item;
use super::machine::Machine;
use pyvalue::value::Str;

/// An unevaluated argument.
#[derive(Debug)]
pub struct Lambda {
    pub body: Body,
    pub env: Env,
}

impl Lambda {
    pub fn expression(node: &Arc<Node>, env: &Env) -> Rc<Lambda> {
        Rc::new(Lambda {
            body: Body::Node(node.clone()),
            env: env.clone(),
        })
    }

    pub fn depth(&self) -> u32 {
        let own = if let Body::Value(v) = &self.body { v.depth() } else { 0 };
        self.env.as_ref().map_or(0, |f| f.depth()).max(own)
    }

    /// Evaluates in the scope it was written in.
    pub fn call0(&self, m: &Machine<'_>) -> Result<Item, Failure> {
        m.run_body(&self.body, &self.env)
    }

    /// Evaluates with `$` set.
    pub fn call1(&self, m: &Machine<'_>, a: Item) -> Result<Item, Failure> {
        match &self.body {
            Body::Value(v) => Ok(v.clone()),
            Body::Node(node) => {
                let frame = Frame::new(&self.env, smallvec![(Name::Position(1), a)]);
                m.check_depth(frame.depth())?;
                m.nested(|| m.eval(node, &Some(frame)))
            }
        }
    }

    /// Evaluates with `$1` and `$2` set.
    pub fn call2(&self, m: &Machine<'_>, a: Item, b: Item) -> Result<Item, Failure> {
        self.call(m, vec![a, b], Vec::new())
    }

    /// Evaluates with `$1`… and named variables set.
    pub fn call(&self, m: &Machine<'_>, args: Vec<Item>, kwargs: Vec<(Str, Item)>) -> Result<Item, Failure> {
        call_body(m, &self.body, &self.env, args, kwargs)
    }

    /// Evaluates in another scope.
    pub fn call_in(&self, m: &Machine<'_>, env: &Env) -> Result<Item, Failure> {
        m.run_body(&self.body, env)
    }
}

/// Evaluates a body in a child of `env` that has these arguments.
pub(crate) fn call_body(
    m: &Machine<'_>,
    body: &Body,
    env: &Env,
    args: Vec<Item>,
    kwargs: Vec<(Str, Item)>,
) -> Result<Item, Failure> {
    let mut vars: SmallVec<[(Name, Item); 1]> = SmallVec::with_capacity(args.len() + kwargs.len());
    for (i, arg) in (1u32..).zip(args) {
        vars.push((Name::Position(i), arg));
    }
    for (name, value) in kwargs {
        vars.push((Name::normalized(&name), value));
    }
    let env = if vars.is_empty() {
        env.clone()
    } else {
        let frame = Frame::new(env, vars);
        m.check_depth(frame.depth())?;
        Some(frame)
    };
    m.run_body(body, &env)
}
