//! What an expression mentions, and what there is to mention.

use std::sync::Arc;

use mistral_expr::mention::Mention;
use pyvalue::value::{Str, Value};

use super::Expression;
use super::ast::{Argument, Call, Chain, Node, Step};
use super::frame::Name;
use super::library::{Kind, Type, overloads};
use super::stdlib::TABLES;

/// A row of the reference, for completion and hover.
#[derive(Clone, Copy, Debug)]
pub struct Signature {
    pub name: &'static str,
    /// With types of its parameters.
    pub signature: &'static str,
    /// Called as `f(x)`.
    pub function: bool,
    /// Called as `x.f()`.
    pub method: bool,
    pub doc: &'static str,
    pub example: &'static str,
}

/// Everything that can be called by a name.
pub fn signatures() -> Vec<Signature> {
    let rows = TABLES.iter().flat_map(|(_, _, table)| table.iter());
    rows.filter_map(|entry| {
        let (name, _) = entry.signature.split_once('(')?;
        let named = name.starts_with(|c: char| c.is_alphabetic());
        named.then_some(Signature {
            name,
            signature: entry.signature,
            function: matches!(entry.kind, Kind::Function | Kind::Extension | Kind::FunctionOfRules),
            method: matches!(entry.kind, Kind::Method | Kind::Extension | Kind::MethodOfRules),
            doc: entry.doc,
            example: entry.example,
        })
    })
    .collect()
}

impl Expression {
    /// What the expression mentions, in the order of the text.
    pub fn mentions(&self) -> Vec<Mention> {
        let mut walk = Walk::default();
        walk.node(&self.0, true);
        walk.found
    }
}

#[derive(Default)]
struct Walk {
    found: Vec<Mention>,
    /// Functions of `def` and the like may be called by names that no table has.
    defines: bool,
}

impl Walk {
    /// `certain`: `$` is the workflow's data here, and the node is evaluated in any case.
    fn node(&mut self, node: &Node, certain: bool) {
        match node {
            Node::Const(_) | Node::Keyword(_) => {}
            Node::Variable(name) => {
                if *name == Name::Position(1) {
                    self.found.push(Mention::All);
                }
            }
            Node::Chain(chain) => self.chain(chain, certain),
            Node::Prefix(_, inner, _) | Node::Wrap(inner) => self.node(inner, certain),
            Node::Call(call) => self.call(call, false, certain),
            Node::Rule(key, value) => {
                self.node(key, certain);
                self.node(value, certain);
            }
            Node::Arrow(left, right) => {
                for node in left {
                    self.node(node, certain);
                }
                self.node(right, false);
            }
        }
    }

    fn chain(&mut self, chain: &Chain, certain: bool) {
        let mut steps = &chain.steps[..];
        let root = matches!(&chain.first, Node::Variable(Name::Position(1)));
        match (root, steps) {
            (true, [Step::Member(optional, name), rest @ ..]) => {
                self.variable(name, certain && !optional);
                steps = rest;
            }
            (true, [Step::Method(_, call), rest @ ..]) if &*call.name == "get" && literal(call).is_some() => {
                self.variable(&literal(call).unwrap_or_default(), false);
                for argument in call.args.iter().skip(2) {
                    self.argument(argument, certain);
                }
                steps = rest;
            }
            (true, [Step::Index(call), rest @ ..]) if literal(call).is_some() => {
                self.variable(&literal(call).unwrap_or_default(), certain && call.args.len() < 3);
                steps = rest;
            }
            _ => self.node(&chain.first, certain),
        }
        let mut certain = certain;
        for step in steps {
            match step {
                Step::Binary(_, right, _) => self.node(right, certain),
                Step::And(right) | Step::Or(right) => {
                    certain = false;
                    self.node(right, certain);
                }
                Step::Method(_, call) => self.call(call, true, certain),
                Step::Index(call) => {
                    for argument in &call.args {
                        self.argument(argument, false);
                    }
                }
                Step::Member(..) | Step::BadDot(_) | Step::Delegate => {}
            }
        }
    }

    fn call(&mut self, call: &Call, method: bool, certain: bool) {
        let known = overloads(&call.name);
        if call.name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            if matches!(&*call.name, "def" | "call" | "lambda") {
                self.defines = true;
            }
            let known = self.defines
                || known
                    .iter()
                    .any(|o| if method { o.is_method() } else { o.is_function() });
            let name = call.name.clone();
            self.found.push(match method {
                true => Mention::Method { name, known },
                false => Mention::Function { name, known },
            });
            if !method
                && &*call.name == "task"
                && let Some(name) = literal(call)
            {
                self.found.push(Mention::Task(name));
            }
        }
        // Arguments that are evaluated later may see an item as `$`, or may not be evaluated at all.
        let later = known.iter().any(|overload| {
            let all = overload.params.iter().chain(&overload.variadic).chain(&overload.kwargs);
            all.into_iter().any(|p| matches!(p.ty, Type::Lambda | Type::Case))
        });
        for argument in &call.args {
            self.argument(argument, certain && !later && !known.is_empty());
        }
    }

    fn argument(&mut self, argument: &Argument, certain: bool) {
        if let Argument::Node(node) = argument {
            self.node(node, certain);
        }
    }

    fn variable(&mut self, name: &str, certain: bool) {
        self.found.push(Mention::Variable {
            name: Str::from(name),
            certain,
        });
    }
}

/// The first argument that is written, if it is a text.
fn literal(call: &Call) -> Option<Str> {
    let first = call.args.iter().find_map(|argument| match argument {
        Argument::Node(node) => Some(Arc::clone(node)),
        _ => None,
    })?;
    match &*first {
        Node::Const(Value::Str(text)) | Node::Keyword(text) => Some(text.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mistral_expr::Options;

    fn shown(text: &str) -> String {
        let expression = Expression::parse(text, &Options::default()).unwrap();
        let mentions = expression.mentions().into_iter().map(|mention| match mention {
            Mention::Variable { name, certain } => format!("{name}{}", if certain { "" } else { "?" }),
            Mention::All => "$".into(),
            Mention::Function { name, known } => format!("{name}(){}", if known { "" } else { "!" }),
            Mention::Method { name, known } => format!(".{name}(){}", if known { "" } else { "!" }),
            Mention::Task(name) => format!("task:{name}"),
            other => format!("{other:?}"),
        });
        mentions.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn mentions() {
        for (text, expected) in [
            ("$.a.b + $.c", "a c"),
            ("$.a.where($.b > 1).select($.c)", "a .where() b? .select() c?"),
            ("len($.a) + $.nosuch.upper()", "len() a nosuch .upper()!"),
            ("$", "$"),
            ("$.get(a, $.b)", "a? b"),
            ("$[a]", "a"),
            ("task(one).result", "task() task:one"),
            ("$.a and $.b", "a b?"),
            ("let(x => $.a) -> $x + $.b", "let() a b?"),
            ("switch($.a => 1, true => $.b)", "switch() a? b?"),
            ("[$.a, {x => $.b}]", "a b"),
            ("nosuch($.a)", "nosuch()! a?"),
            ("not $.a and coalesce($.x, 1)", "a coalesce() x?"),
            ("env().get(a)", "env() .get()"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
        assert!(signatures().iter().any(|s| s.name == "toUpper" && s.method));
    }
}
