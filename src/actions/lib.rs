//! The standard actions: their names, parameters and texts (which are upstream's), and what they do.
//!
//! A [`Registry`] is the catalogue that the engine and the API look into, and the table of bodies that the executor runs.

mod charset;
#[cfg(test)]
mod documentation;
pub mod egress;
mod email;
mod files;
mod filter;
pub mod http;
mod javascript;
mod offered;
mod redact;
mod ssh;
mod trivial;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use mistral_model::action::{Catalog, Context, Descriptor, Outcome};
use mistral_model::{Dict, Id, Value};

pub use email::{Encryption as EmailEncryption, Options as EmailOptions};
pub use filter::Filter;
pub use http::{Client as HttpClient, Logging as HttpLogging, Options as HttpOptions};
pub use javascript::{Options as JavaScriptOptions, Pool as JavaScriptPool};
pub use offered::{Offer, Offered};
pub use ssh::{HostKeys, Options as SshOptions};

/// What an action body raised; upstream wraps such texts, see [`raised`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// An exception of the action itself, with the text that the owner of the action is shown.
    #[error("{0}")]
    Raised(String),
    /// The caller cancelled it.
    #[error("the action was cancelled")]
    Cancelled,
}

/// A running action.
pub type Running<'a> = Pin<Box<dyn Future<Output = Result<Outcome, Error>> + Send + 'a>>;

/// One run of an action.
#[derive(Clone, Copy)]
pub struct Call<'a> {
    pub input: &'a Dict,
    pub context: &'a Context,
    /// Dropping the future of [`Action::run`] ends everything asynchronous; the token is for work on other threads.
    pub cancel: &'a CancellationToken,
    /// The time that the executor gives it; bodies only need it to stop work on other threads.
    pub timeout: Option<Duration>,
    pub environment: &'a Environment,
}

/// A standard action.
pub trait Action: Send + Sync + 'static {
    fn descriptor(&self) -> &'static Descriptor;

    /// For actions that only wait: how long, and how they end then. They need a timer, not a slot.
    fn wait(&self, _input: &Dict) -> Option<(Duration, Outcome)> {
        None
    }

    /// Does the work. Input has passed the parameter check but not necessarily [`Descriptor::check`].
    fn run<'a>(&'a self, call: Call<'a>) -> Running<'a>;
}

/// What actions share on one executor: clients, policies, limits.
pub struct Environment {
    pub http: HttpClient,
    pub ssh: SshOptions,
    pub email: EmailOptions,
    pub javascript: JavaScriptPool,
}

/// Settings of [`Environment`].
#[derive(Clone, Debug, Default)]
pub struct EnvironmentOptions {
    pub http: HttpOptions,
    pub ssh: SshOptions,
    pub email: EmailOptions,
    pub javascript: JavaScriptOptions,
}

impl Environment {
    pub fn new(options: EnvironmentOptions) -> Environment {
        Environment {
            http: HttpClient::new(options.http),
            ssh: options.ssh,
            email: options.email,
            javascript: JavaScriptPool::new(options.javascript),
        }
    }
}

/// Actions by name.
pub struct Registry {
    /// Ordered by name.
    actions: Vec<Box<dyn Action>>,
}

/// All standard actions.
pub fn catalog() -> Arc<Registry> {
    Arc::new(Registry::standard())
}

impl Registry {
    /// All standard actions.
    pub fn standard() -> Registry {
        let mut actions: Vec<Box<dyn Action>> = vec![
            Box::new(trivial::Noop),
            Box::new(trivial::AsyncNoop),
            Box::new(trivial::Fail),
            Box::new(trivial::Echo),
            Box::new(trivial::Sleep),
            Box::new(trivial::TestDict),
            Box::new(http::Http),
            Box::new(http::MistralHttp),
            Box::new(ssh::Ssh),
            Box::new(ssh::SshProxied),
            Box::new(email::Email),
            Box::new(javascript::JavaScript),
            Box::new(javascript::Js),
        ];
        actions.sort_unstable_by_key(|action| action.descriptor().name);
        Registry { actions }
    }

    /// With one more action, in place of one of the same name.
    pub fn with(mut self, action: Box<dyn Action>) -> Registry {
        let name = action.descriptor().name;
        match self
            .actions
            .binary_search_by_key(&name, |known| known.descriptor().name)
        {
            Ok(at) => self.actions[at] = action,
            Err(at) => self.actions.insert(at, action),
        }
        self
    }

    /// Without the actions that an operator's lists exclude (`[legacy_action_provider] allowlist`, `denylist`): for
    /// everybody those do not exist.
    pub fn filtered(mut self, filter: &Filter) -> Registry {
        self.actions.retain(|action| filter.allows(action.descriptor().name));
        self
    }

    /// The action of this name.
    pub fn action(&self, name: &str) -> Option<&dyn Action> {
        let at = self
            .actions
            .binary_search_by_key(&name, |action| action.descriptor().name)
            .ok()?;
        Some(self.actions[at].as_ref())
    }
}

impl Catalog for Registry {
    fn find(&self, name: &str) -> Option<&Descriptor> {
        self.action(name).map(|action| action.descriptor())
    }

    fn all(&self) -> Vec<&Descriptor> {
        self.actions.iter().map(|action| action.descriptor()).collect()
    }

    fn only_waits(&self, name: &str, input: &Dict, _project: Option<&str>) -> bool {
        self.action(name).is_some_and(|action| action.wait(input).is_some())
    }
}

/// How upstream prints an action in messages. Python's object address is left out: clients can only rely on the rest.
pub fn object_text(descriptor: &Descriptor) -> String {
    match descriptor.name {
        "std.fail" => "Fail action".to_owned(),
        _ => format!("<{} object>", descriptor.class),
    }
}

/// The error result of an action whose body raised `message`.
pub fn raised(descriptor: &Descriptor, action_id: Option<Id>, message: &str) -> Outcome {
    let id = action_id.map_or_else(|| "None".to_owned(), |id| id.to_string());
    Outcome::Error(Value::from(format!(
        "The action raised an exception [action={}, action_ex_id={id}, msg='{message}']",
        object_text(descriptor)
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn input_texts_follow_from_the_parameters() {
        let registry = Registry::standard();
        assert_eq!(registry.all().len(), 13);
        for descriptor in registry.all() {
            let text: Vec<String> = descriptor
                .parameters
                .iter()
                .map(|p| {
                    p.default
                        .map_or_else(|| p.name.to_owned(), |d| format!("{}={d}", p.name))
                })
                .collect();
            assert_eq!(descriptor.input_text, text.join(", "), "{}", descriptor.name);
            assert!(descriptor.class.starts_with("mistral.actions.std_actions."));
            assert!(!descriptor.description.is_empty());
            assert!(!descriptor.accepts_any);
        }
    }

    #[test]
    fn finds_by_name() {
        let registry = Registry::standard();
        assert!(registry.all().windows(2).all(|w| w[0].name < w[1].name));
        for descriptor in registry.all() {
            assert_eq!(registry.find(descriptor.name).unwrap().name, descriptor.name);
        }
        assert!(registry.find("std.nosuch").is_none());
    }

    #[test]
    fn what_was_raised_is_worded_as_upstream() {
        let registry = Registry::standard();
        let Outcome::Error(text) = raised(registry.find("std.http").unwrap(), Some(Id(7)), "no") else {
            panic!()
        };
        assert_eq!(
            text.as_str().unwrap(),
            "The action raised an exception [action=<mistral.actions.std_actions.HTTPAction object>, \
             action_ex_id=00000000-0000-0000-0000-000000000007, msg='no']"
        );
        let Outcome::Error(text) = raised(registry.find("std.fail").unwrap(), None, "no") else {
            panic!()
        };
        assert_eq!(
            text.as_str().unwrap(),
            "The action raised an exception [action=Fail action, action_ex_id=None, msg='no']"
        );
    }
}
