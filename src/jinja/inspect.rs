//! What a template mentions, and what there is to mention.

use std::collections::HashSet;

use mistral_expr::mention::Mention;
use pyvalue::value::Str;

use super::ast::{Args, Expr, FilterCall, Literal, Output, Statement, Target, TestCall};
use super::filters::Filter;
use super::globals::{Builtin, WorkflowFunction};
use super::parser;
use super::predicates::Predicate;

/// Names of all filters but the workflow functions.
pub const FILTERS: [&str; 54] = [
    "abs",
    "attr",
    "batch",
    "capitalize",
    "center",
    "count",
    "d",
    "default",
    "dictsort",
    "e",
    "escape",
    "filesizeformat",
    "first",
    "float",
    "forceescape",
    "format",
    "groupby",
    "indent",
    "int",
    "items",
    "join",
    "last",
    "length",
    "list",
    "lower",
    "map",
    "max",
    "min",
    "pprint",
    "random",
    "reject",
    "rejectattr",
    "replace",
    "reverse",
    "round",
    "safe",
    "select",
    "selectattr",
    "slice",
    "sort",
    "string",
    "striptags",
    "sum",
    "title",
    "tojson",
    "trim",
    "truncate",
    "unique",
    "upper",
    "urlencode",
    "urlize",
    "wordcount",
    "wordwrap",
    "xmlattr",
];

/// Names of the tests that are written as words.
pub const TESTS: [&str; 33] = [
    "boolean",
    "callable",
    "defined",
    "divisibleby",
    "eq",
    "equalto",
    "escaped",
    "even",
    "false",
    "filter",
    "float",
    "ge",
    "greaterthan",
    "gt",
    "in",
    "integer",
    "iterable",
    "le",
    "lessthan",
    "lower",
    "lt",
    "mapping",
    "ne",
    "none",
    "number",
    "odd",
    "sameas",
    "sequence",
    "string",
    "test",
    "true",
    "undefined",
    "upper",
];

/// Names that are there without being set, but the workflow functions.
pub const GLOBALS: [&str; 10] = [
    "_",
    "__env",
    "__execution",
    "__task_execution",
    "range",
    "dict",
    "lipsum",
    "cycler",
    "joiner",
    "namespace",
];

/// What a text mentions; nothing if it does not follow the grammar.
pub fn mentions(text: &str) -> Vec<Mention> {
    let Ok(template) = parser::template(text) else {
        return Vec::new();
    };
    let mut walk = Walk::default();
    walk.statements(&template.body, true);
    for (_, body) in &template.blocks {
        walk.statements(body, false);
    }
    let set = walk.set;
    walk.found
        .retain(|mention| !matches!(mention, Mention::Name(name) if set.contains(name)));
    walk.found
}

#[derive(Default)]
struct Walk {
    found: Vec<Mention>,
    /// Names that the template sets anywhere.
    set: HashSet<Str>,
}

impl Walk {
    fn statements(&mut self, statements: &[Statement], certain: bool) {
        for statement in statements {
            self.statement(statement, certain);
        }
    }

    fn statement(&mut self, statement: &Statement, certain: bool) {
        match statement {
            Statement::Output(parts) => {
                for part in parts {
                    if let Output::Expr(expr) = part {
                        self.expr(expr, certain);
                    }
                }
            }
            Statement::For(each) => {
                self.target(&each.target);
                self.set.insert("loop".into());
                self.expr(&each.iterable, certain);
                self.optional(each.test.as_ref());
                self.statements(&each.body, false);
                self.statements(&each.otherwise, false);
            }
            Statement::If(branches) => {
                for (at, (test, body)) in branches.branches.iter().enumerate() {
                    self.expr(test, certain && at == 0);
                    self.statements(body, false);
                }
                self.statements(&branches.otherwise, false);
            }
            Statement::Set(target, value) => {
                self.target(target);
                self.expr(value, certain);
            }
            Statement::SetBlock(target, filter, body) => {
                self.target(target);
                self.optional(filter.as_ref());
                self.statements(body, certain);
            }
            Statement::With(values, body) => {
                for (target, value) in values {
                    self.target(target);
                    self.expr(value, certain);
                }
                self.statements(body, certain);
            }
            Statement::Filter(filter, body) => {
                self.expr(filter, certain);
                self.statements(body, certain);
            }
            Statement::Macro(made) | Statement::CallBlock(_, made) => {
                if let Statement::CallBlock(call, _) = statement {
                    self.expr(call, certain);
                }
                self.set.extend(made.name.clone());
                self.set.extend(made.parameters.iter().cloned());
                self.set.extend(["varargs", "kwargs", "caller"].map(Str::from));
                made.defaults.iter().for_each(|default| self.expr(default, false));
                self.statements(&made.body, false);
            }
            Statement::Autoescape(value, body) => {
                self.expr(value, certain);
                self.statements(body, certain);
            }
            Statement::Block(_) | Statement::NeedsLoader => {}
        }
    }

    fn target(&mut self, target: &Target) {
        match target {
            Target::Name(name) | Target::Attribute(name, _) => {
                self.set.insert(name.clone());
            }
            Target::Tuple(targets) => targets.iter().for_each(|target| self.target(target)),
        }
    }

    fn optional(&mut self, expr: Option<&Expr>) {
        if let Some(expr) = expr {
            self.expr(expr, false);
        }
    }

    fn expr(&mut self, expr: &Expr, certain: bool) {
        match expr {
            Expr::Literal(_) => {}
            Expr::Name(_, Some(Builtin::Data)) => self.found.push(Mention::All),
            Expr::Name(_, Some(_)) => {}
            Expr::Name(name, None) => self.found.push(Mention::Name(name.clone())),
            Expr::Tuple(items) | Expr::List(items) | Expr::Concat(items) => {
                items.iter().for_each(|item| self.expr(item, certain));
            }
            Expr::Dict(members) => {
                for (key, value) in members {
                    self.expr(key, certain);
                    self.expr(value, certain);
                }
            }
            Expr::Cond(parts, _) => {
                self.expr(&parts.0, certain);
                self.expr(&parts.1, false);
                self.optional(parts.2.as_ref());
            }
            Expr::Or(both) | Expr::And(both) => {
                self.expr(&both.0, certain);
                self.expr(&both.1, false);
            }
            Expr::Binary(_, both) => {
                self.expr(&both.0, certain);
                self.expr(&both.1, certain);
            }
            Expr::Not(inner) | Expr::Neg(inner) | Expr::Pos(inner) => self.expr(inner, certain),
            Expr::Compare(first, others) => {
                self.expr(first, certain);
                others.iter().for_each(|(_, other)| self.expr(other, certain));
            }
            Expr::Attr(of, name) if is_data(of) => self.variable(name, certain),
            Expr::Item(both) if is_data(&both.0) => match &both.1 {
                Expr::Literal(Literal::Str(name)) => self.variable(name, certain),
                other => {
                    self.found.push(Mention::All);
                    self.expr(other, certain);
                }
            },
            Expr::Attr(of, _) => self.expr(of, certain),
            Expr::Item(both) => {
                self.expr(&both.0, certain);
                self.expr(&both.1, certain);
            }
            Expr::Slice(both) => {
                self.expr(&both.0, certain);
                for bound in [&both.1.start, &both.1.stop, &both.1.step] {
                    self.optional(bound.as_ref());
                }
            }
            Expr::Call(callee, args) => self.call(callee, args, certain),
            Expr::Filter(call) => self.filter(call, certain),
            Expr::Test(call) => self.test(call, certain),
        }
    }

    fn call(&mut self, callee: &Expr, args: &Args, certain: bool) {
        let first = match args.positional.first() {
            Some(Expr::Literal(Literal::Str(text))) => Some(text.clone()),
            _ => None,
        };
        match callee {
            Expr::Attr(of, method) if is_data(of) => match (&**method, &first) {
                ("get", Some(name)) => self.variable(name, false),
                _ => self.found.push(Mention::All),
            },
            Expr::Name(_, Some(Builtin::Workflow(WorkflowFunction::Task))) => {
                self.found.extend(first.map(Mention::Task));
            }
            Expr::Name(name, builtin) => self.found.push(match builtin {
                Some(_) => Mention::Function {
                    name: name.clone(),
                    known: true,
                },
                None => Mention::Name(name.clone()),
            }),
            other => self.expr(other, certain),
        }
        self.args(args, certain);
    }

    fn args(&mut self, args: &Args, certain: bool) {
        args.positional.iter().for_each(|arg| self.expr(arg, certain));
        args.named.iter().for_each(|(_, arg)| self.expr(arg, certain));
        self.optional(args.more.as_ref());
        self.optional(args.more_named.as_ref());
    }

    fn filter(&mut self, call: &FilterCall, certain: bool) {
        let copes = matches!(call.filter, Some(Filter::Default));
        if let Some(input) = &call.input {
            self.expr(input, certain && !copes);
        }
        self.found.push(Mention::Filter {
            name: Str::from(&*call.name),
            known: call.filter.is_some(),
        });
        self.args(&call.args, certain);
    }

    fn test(&mut self, call: &TestCall, certain: bool) {
        let copes = matches!(call.test, Some(Predicate::Defined | Predicate::Undefined));
        self.expr(&call.input, certain && !copes);
        self.found.push(Mention::Test {
            name: Str::from(&*call.name),
            known: call.test.is_some(),
        });
        self.args(&call.args, certain);
    }

    fn variable(&mut self, name: &str, certain: bool) {
        self.found.push(Mention::Variable {
            name: Str::from(name),
            certain,
        });
    }
}

fn is_data(expr: &Expr) -> bool {
    matches!(expr, Expr::Name(_, Some(Builtin::Data)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_true() {
        assert!(FILTERS.iter().all(|name| Filter::named(name).is_some()));
        assert!(TESTS.iter().all(|name| Predicate::named(name).is_some()));
        assert!(GLOBALS.iter().all(|name| Builtin::named(name).is_some()));
    }

    #[test]
    fn mentioned() {
        let shown = |text: &str| {
            let mentions = mentions(text).into_iter().map(|mention| match mention {
                Mention::Variable { name, certain } => format!("{name}{}", if certain { "" } else { "?" }),
                Mention::All => "_".into(),
                Mention::Function { name, .. } => format!("{name}()"),
                Mention::Filter { name, known } => format!("|{name}{}", if known { "" } else { "!" }),
                Mention::Test { name, known } => format!("is:{name}{}", if known { "" } else { "!" }),
                Mention::Name(name) => format!("{name}!"),
                Mention::Task(name) => format!("task:{name}"),
                Mention::Method { .. } => String::new(),
            });
            mentions.collect::<Vec<_>>().join(" ")
        };
        for (text, expected) in [
            ("{{ _.name | uper }}", "name |uper!"),
            ("{{ _.a if _.b is defined else _['c'] }}", "b? is:defined a? c?"),
            ("{% for x in _.list %}{{ x.y }}{% endfor %}", "list"),
            ("{{ _.get('a') }} {{ _ }} {{ nosuch }}", "a? _ nosuch!"),
            (
                "{{ task('one').result }} {{ _.a | default(1) }}",
                "task:one a? |default",
            ),
            ("{{ env().x }}", "env()"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
