//! The registry of functions: built once from the tables of [`super::stdlib`], whose signatures are text so that the
//! documentation and the resolver read the same thing.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Failure;
use super::item::Item;
use super::machine::Machine;
use super::resolve::Args;

/// How a function may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `f(x)`
    Function,
    /// `x.f()`
    Method,
    /// Both.
    Extension,
    /// `f(x)`, and `key => value` arguments arrive as such instead of naming parameters.
    FunctionOfRules,
    /// `x.f()`, likewise.
    MethodOfRules,
}

/// The code behind a function.
pub(crate) type Run = fn(&Machine<'_>, &mut Args<'_>) -> Result<Item, Failure>;

/// A row of a table.
pub(crate) struct Entry {
    pub signature: &'static str,
    pub kind: Kind,
    pub run: Run,
    pub doc: &'static str,
    pub example: &'static str,
}

/// Shorthand for table rows.
pub(crate) const fn entry(
    kind: Kind,
    signature: &'static str,
    run: Run,
    doc: &'static str,
    example: &'static str,
) -> Entry {
    Entry {
        signature,
        kind,
        run,
        doc,
        example,
    }
}

/// What a parameter accepts. Named after the words of the signatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// `any`: everything, null included.
    Any,
    /// `any!`: everything but null.
    NotNull,
    /// `null`: only null.
    Null,
    Str,
    /// `int`: integers and booleans.
    Int,
    /// `int!`: integers without booleans.
    Integer,
    /// `num`: integers and floats without booleans.
    Num,
    Bool,
    /// `iter`: whatever can be iterated, but text and mappings.
    Iter,
    /// `iter!`: the same without sets.
    IterNotSet,
    /// `iterator`: one-shot iterators only.
    Iterator,
    /// `seq`: tuples and lists.
    Seq,
    Dict,
    Set,
    Regex,
    Context,
    Timespan,
    Datetime,
    Ordering,
    /// `rule`: an evaluated `key => value`.
    Rule,
    /// `case`: an unevaluated one.
    Case,
    /// `λ`: not evaluated before the call.
    Lambda,
    /// `callable`: nothing that a workflow can produce.
    Callable,
    /// `literal`: only what is written in the text, which the parser handles itself.
    Literal,
}

/// What a parameter is when it is not given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Default {
    Required,
    /// Distinguishable from null.
    None,
    Null,
    Int(i64),
    Bool(bool),
    Str(&'static str),
    /// A timespan of zero.
    Zero,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Param {
    pub name: &'static str,
    pub ty: Type,
    pub nullable: bool,
    pub default: Default,
}

/// One implementation of a function name.
pub(crate) struct Overload {
    pub name: &'static str,
    pub entry: &'static Entry,
    pub params: Vec<Param>,
    pub variadic: Option<Param>,
    pub kwargs: Option<Param>,
    /// Nearer levels (smaller) win.
    pub level: u8,
}

impl Overload {
    pub(crate) fn is_function(&self) -> bool {
        matches!(
            self.entry.kind,
            Kind::Function | Kind::Extension | Kind::FunctionOfRules
        )
    }
    pub(crate) fn is_method(&self) -> bool {
        matches!(self.entry.kind, Kind::Method | Kind::Extension | Kind::MethodOfRules)
    }
    pub(crate) fn takes_rules(&self) -> bool {
        matches!(self.entry.kind, Kind::FunctionOfRules | Kind::MethodOfRules)
    }
}

impl std::fmt::Debug for Overload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.entry.signature)
    }
}

/// All overloads by name.
static LIBRARY: LazyLock<HashMap<&'static str, Vec<Overload>>> = LazyLock::new(|| {
    let mut library: HashMap<&'static str, Vec<Overload>> = HashMap::new();
    for (level, _, table) in super::stdlib::TABLES {
        for entry in *table {
            if let Some(overload) = parse(entry, *level) {
                library.entry(overload.name).or_default().push(overload);
            }
        }
    }
    library
});

/// Overloads of a name. Trailing underscores do not count.
pub(crate) fn overloads(name: &str) -> &'static [Overload] {
    LIBRARY.get(name.trim_end_matches('_')).map_or(&[], Vec::as_slice)
}

/// Reads a signature; `None` when it is malformed, which the tests of the tables exclude.
pub(crate) fn parse(entry: &'static Entry, level: u8) -> Option<Overload> {
    let (name, rest) = entry.signature.split_once('(')?;
    let mut overload = Overload {
        name,
        entry,
        params: Vec::new(),
        variadic: None,
        kwargs: None,
        level,
    };
    let list = rest.strip_suffix(')')?;
    for text in list.split(", ").filter(|t| !t.is_empty()) {
        let (left, default) = match text.split_once('=') {
            Some((left, default)) => (left, parse_default(default)?),
            None => (text, Default::Required),
        };
        let (name, ty) = left.split_once(':')?;
        let (ty, nullable) = match ty.strip_suffix('?') {
            Some(ty) => (ty, true),
            None => (ty, matches!(ty, "any" | "λ" | "null")),
        };
        let param = |name| {
            Some(Param {
                name,
                ty: parse_type(ty)?,
                nullable,
                default,
            })
        };
        if let Some(name) = name.strip_prefix("**") {
            overload.kwargs = param(name);
        } else if let Some(name) = name.strip_prefix('*') {
            overload.variadic = param(name);
        } else {
            overload.params.push(param(name)?);
        }
    }
    Some(overload)
}

fn parse_default(text: &'static str) -> Option<Default> {
    Some(match text {
        "none" => Default::None,
        "null" => Default::Null,
        "false" => Default::Bool(false),
        "true" => Default::Bool(true),
        "timespan()" => Default::Zero,
        text => match text.strip_prefix('\'') {
            Some(quoted) => Default::Str(quoted.strip_suffix('\'')?),
            None => Default::Int(text.parse().ok()?),
        },
    })
}

fn parse_type(text: &str) -> Option<Type> {
    Some(match text {
        "any" => Type::Any,
        "any!" => Type::NotNull,
        "null" => Type::Null,
        "str" => Type::Str,
        "int" => Type::Int,
        "int!" => Type::Integer,
        "num" => Type::Num,
        "bool" => Type::Bool,
        "iter" => Type::Iter,
        "iter!" => Type::IterNotSet,
        "iterator" => Type::Iterator,
        "seq" => Type::Seq,
        "dict" => Type::Dict,
        "set" => Type::Set,
        "regex" => Type::Regex,
        "context" => Type::Context,
        "timespan" => Type::Timespan,
        "datetime" => Type::Datetime,
        "ordering" => Type::Ordering,
        "rule" => Type::Rule,
        "case" => Type::Case,
        "λ" => Type::Lambda,
        "callable" => Type::Callable,
        "literal" => Type::Literal,
        _ => return None,
    })
}
