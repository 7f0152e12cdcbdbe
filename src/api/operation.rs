//! What a resource declares about itself: its operations, each with verb, path, handler, rules and description, and what these rules
//! say unless a file replaces them. The router, the policy with its sample, the OpenAPI document and the tests of isolation are made
//! from these declarations.

use std::future::Future;
use std::pin::Pin;

use serde_json::Value;

use super::App;
use super::body::Attribute;
use super::error::Error;
use super::openapi::Description;
use super::reply::Reply;
use super::request::Request;
pub(crate) use mistral_auth::policy::Rule;

/// An answer under way.
pub(crate) type Handling<'a> = Pin<Box<dyn Future<Output = Result<Reply, Error>> + Send + 'a>>;

/// Carries a request out.
pub(crate) type Handler = for<'a> fn(&'a App, &'a Request) -> Handling<'a>;

/// An `async fn(&App, &Request)` as a [`Handler`].
macro_rules! handler {
    ($function:path) => {
        |app, request| Box::pin($function(app, request))
    };
}
pub(crate) use handler;

/// Methods that resources know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Delete,
    Get,
    Post,
    Put,
}

impl Verb {
    pub fn name(self) -> &'static str {
        match self {
            Verb::Delete => "DELETE",
            Verb::Get => "GET",
            Verb::Post => "POST",
            Verb::Put => "PUT",
        }
    }
}

/// How an operation takes its body and words its answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// JSON in, JSON out.
    Json,
    /// The same, about the service itself.
    Service,
    /// The body is a document of the workflow language.
    Definition,
    /// The same, only to be checked.
    Validation,
    /// The body is source code.
    Source,
}

impl Family {
    pub fn is_text(self) -> bool {
        !matches!(self, Family::Json | Family::Service)
    }
}

/// What an operation does.
#[derive(Clone, Copy)]
pub enum Run {
    Handler(Handler),
    /// The method exists but needs a path segment, which upstream calls so.
    Missing(&'static str),
    /// The path has a segment where the body's object belongs: argument and class in upstream's message.
    Surplus(&'static str, &'static str),
    /// The path has more segments than the method takes.
    Nowhere,
}

/// One operation.
pub struct Operation {
    pub verb: Verb,
    /// With `{parameters}`, without a trailing slash.
    pub path: &'static str,
    pub family: Family,
    pub run: Run,
    /// Names of the rules of the policy that it may ask for, its own resource's or others'.
    pub rules: &'static [&'static str],
    /// Whether everybody may ask, without saying who they are.
    pub is_open: bool,
    /// Whether it looks at `Accept` itself, or has one form only.
    pub any_accept: bool,
    /// Whether a console that is read-only may send it although it is no GET: it only asks, with a body.
    pub only_asks: bool,
    /// Its place in the OpenAPI document, for the path it stands at; none for what upstream serves by accident.
    pub describe: Option<fn(&'static str) -> Description>,
}

impl Operation {
    /// A documented operation.
    pub const fn new(
        verb: Verb,
        path: &'static str,
        run: Handler,
        rules: &'static [&'static str],
        describe: fn(&'static str) -> Description,
    ) -> Operation {
        Operation {
            verb,
            path,
            family: Family::Json,
            run: Run::Handler(run),
            rules,
            is_open: false,
            any_accept: false,
            only_asks: false,
            describe: Some(describe),
        }
    }

    /// A method of a path that lacks the segment it needs.
    pub const fn missing(verb: Verb, path: &'static str, argument: &'static str) -> Operation {
        Operation::refusal(verb, path, Run::Missing(argument), Some(describe_missing))
    }

    /// A method of a path with a segment where the body's object belongs.
    pub const fn surplus(verb: Verb, path: &'static str, argument: &'static str, class: &'static str) -> Operation {
        Operation::refusal(verb, path, Run::Surplus(argument, class), Some(describe_surplus))
    }

    /// A method that upstream's dispatch reaches by accident; no part of the documented API.
    pub const fn accident(verb: Verb, path: &'static str, run: Run) -> Operation {
        Operation::refusal(verb, path, run, None)
    }

    const fn refusal(
        verb: Verb,
        path: &'static str,
        run: Run,
        describe: Option<fn(&'static str) -> Description>,
    ) -> Operation {
        Operation {
            verb,
            path,
            family: Family::Json,
            run,
            rules: &[],
            is_open: false,
            any_accept: false,
            only_asks: false,
            describe,
        }
    }

    pub const fn family(self, family: Family) -> Operation {
        Operation { family, ..self }
    }

    /// With the rules of what it leads to.
    pub const fn rules(self, rules: &'static [&'static str]) -> Operation {
        Operation { rules, ..self }
    }

    /// It looks at `Accept` itself, or has one form only.
    pub const fn any_accept(self) -> Operation {
        Operation {
            any_accept: true,
            ..self
        }
    }

    /// A read-only console may send it.
    pub const fn only_asks(self) -> Operation {
        Operation {
            only_asks: true,
            ..self
        }
    }

    /// Everybody may ask.
    pub const fn open(self) -> Operation {
        Operation { is_open: true, ..self }
    }

    pub fn is_accident(&self) -> bool {
        self.describe.is_none()
    }

    /// Whether it is there to be used, not just because upstream has it.
    pub fn is_offered(&self) -> bool {
        self.describe.is_some_and(|describe| !describe(self.path).is_deprecated)
    }
}

impl std::fmt::Debug for Operation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.verb.name(), self.path)
    }
}

fn describe_missing(_: &'static str) -> Description {
    Description::new("Refused: the path lacks an id").deprecated()
}

fn describe_surplus(_: &'static str) -> Description {
    Description::new("Refused: the path has an id too many").deprecated()
}

/// Makes the schema of an object.
pub(crate) type Schema = fn() -> Value;

/// A resource.
#[derive(Debug)]
pub(crate) struct Declaration {
    /// Name of the collection in paths, and of the group in the OpenAPI document.
    pub name: &'static str,
    /// What the group is about; empty for a resource inside another one's group.
    pub about: &'static str,
    /// Name and attributes of the object in bodies, where wrong bodies are refused before incomplete paths.
    pub body: Option<(&'static str, &'static [Attribute])>,
    /// The rules that protect it. Operations ask them by name, also those of other resources.
    pub rules: &'static [Rule],
    pub operations: &'static [Operation],
    /// What members of its objects, attributes of its bodies and parameters mean, but for what many resources have (`openapi::words`).
    pub words: &'static [(&'static str, &'static str)],
    /// Schemas by name, of objects that no list shows or that are more than lists show.
    pub objects: &'static [(&'static str, Schema)],
}

impl Declaration {
    /// One that declares nothing, for the rest of those that declare less than they might.
    pub(crate) const BARE: Declaration = Declaration {
        name: "",
        about: "",
        body: None,
        rules: &[],
        operations: &[],
        words: &[],
        objects: &[],
    };
}
