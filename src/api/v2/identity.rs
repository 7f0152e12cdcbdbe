//! `/v2/identity`: who the caller is to this service, and what its policy lets such a caller do. An addition of ours.

use serde_json::json;

use super::super::App;
use super::super::error::Error;
use super::super::openapi::{Description, describe};
use super::super::operation::{Declaration, Operation, Verb, handler};
use super::super::policy;
use super::super::reply::Reply;
use super::super::request::Request;
use http::{HeaderMap, HeaderName, Method, StatusCode, header};
use mistral_auth::Identity;
use mistral_auth::policy::Decision;

/// What `/v2/identity` can do.
pub(crate) static DECLARATION: Declaration = Declaration {
    name: "identity",
    about: "Who the caller is.",
    operations: &[Operation::new(
        Verb::Get,
        "/v2/identity",
        handler!(identity),
        &[],
        describe_identity,
    )],
    ..Declaration::BARE
};

/// Whom the web console lets do nothing: `[console]`.
#[derive(Clone, Debug, Default)]
pub struct ReadOnly {
    /// Everybody.
    pub all: bool,
    /// Callers with one of these roles.
    pub roles: Vec<String>,
}

impl ReadOnly {
    fn holds(&self, identity: &Identity) -> bool {
        self.all
            || identity
                .roles
                .iter()
                .any(|role| self.roles.iter().any(|one| *one == **role))
    }
}

/// Sent by the console with whatever is no GET. A form or a page of another site cannot send it.
static CONSOLE: HeaderName = HeaderName::from_static("x-mistral-console");

/// Refuses what the console must not do for this caller, also from a tab that was opened before that was so.
///
/// # Errors
/// 403.
pub(crate) fn check_console(rules: &ReadOnly, request: &Request, operation: &Operation) -> Result<(), Error> {
    if request.method == Method::GET || !is_from_console(&request.headers) || operation.only_asks {
        return Ok(());
    }
    if rules.holds(&request.identity) {
        return Err(Error::new(
            StatusCode::FORBIDDEN,
            "The console is read-only for you ([console] read_only, read_only_roles).",
        ));
    }
    Ok(())
}

fn is_from_console(headers: &HeaderMap) -> bool {
    headers.contains_key(&CONSOLE)
}

fn describe_identity(_: &'static str) -> Description {
    let text = |about: &str| json!({"type": ["string", "null"], "description": about});
    let flag = |about: &str| json!({"type": "boolean", "description": about});
    let texts = |about: &str| json!({"type": "array", "items": {"type": "string"}, "description": about});
    Description::new("Who the caller is, and may do").answers(
        200,
        describe::object(
            vec![
                ("is_authenticated", flag("Whether this service asks who is there.")),
                ("user_id", text("Id of the user.")),
                ("user_name", text("Its name.")),
                ("project_id", text("Id of the project.")),
                ("project_name", text("Its name.")),
                ("roles", texts("Roles in this project.")),
                ("is_admin", flag("Whether one of them is an administrator's.")),
                (
                    "may",
                    texts(
                        "Rules of the policy that let such a caller act in its own project; each request asks them anew. A rule that \
                         asks another server is among them.",
                    ),
                ),
                ("indexed_inputs", texts("Members of inputs by which executions are found (`input.<name>`).")),
                (
                    "regions",
                    json!({"type": "array", "items": {"type": "object"}, "description": "Consoles elsewhere: `name`, `url`."}),
                ),
                ("read_only", flag("Whether the web console lets this caller do nothing.")),
            ],
            &["is_authenticated", "project_id", "roles", "is_admin", "may", "indexed_inputs", "regions", "read_only"],
        ),
    )
}

async fn identity(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    let identity = &*request.identity;
    let target = identity.own_target();
    let asked = policy::rules()
        .iter()
        .filter(|rule| policy::asking(rule).next().is_some());
    let may: Vec<&str> = asked
        .filter(|rule| app.access.policies.explain(rule.name, &target, identity).0 != Decision::No)
        .map(|rule| rule.name)
        .collect();
    let roles: Vec<&str> = identity.roles.iter().map(|role| &**role).collect();
    let regions = app.options.regions.iter();
    let regions: Vec<_> = regions.map(|(name, url)| json!({"name": name, "url": url})).collect();
    let answer = json!({
        "is_authenticated": identity.is_authenticated,
        "user_id": identity.user_id.as_deref(), "user_name": identity.user_name.as_deref(),
        "project_id": identity.project_id.as_deref(), "project_name": identity.project_name.as_deref(),
        "roles": roles, "is_admin": identity.is_admin, "may": may,
        "indexed_inputs": app.options.indexed_inputs, "regions": regions, "read_only": app.options.read_only.holds(identity),
    });
    let mut reply = Reply::raw("application/json", answer.to_string());
    reply
        .headers
        .push((header::CACHE_CONTROL, http::HeaderValue::from_static("no-store")));
    Ok(reply)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn refused(rules: &ReadOnly, method: Method, path: &str, is_console: bool, roles: &[&str]) -> bool {
        let operation = crate::router::find(path).unwrap().route.operation(&method).unwrap();
        let mut request = http::Request::new(());
        *request.method_mut() = method;
        *request.uri_mut() = path.parse().unwrap();
        if is_console {
            request
                .headers_mut()
                .insert(&CONSOLE, http::HeaderValue::from_static("1"));
        }
        let identity = Identity {
            roles: roles.iter().map(|role| (*role).into()).collect(),
            ..Identity::default()
        };
        let policies = Arc::new(mistral_auth::policy::Policies::builtin(policy::rules()));
        let request = Request::new(
            request.into_parts().0,
            bytes::Bytes::new(),
            Arc::new(identity),
            policies,
        );
        check_console(rules, &request, operation).is_err()
    }

    #[test]
    fn who_may_only_look() {
        let readers = ReadOnly {
            all: false,
            roles: vec!["reader".to_owned()],
        };
        let all = ReadOnly {
            all: true,
            ..ReadOnly::default()
        };
        let put = |rules: &ReadOnly, is_console, roles: &[&str]| {
            refused(rules, Method::PUT, "/v2/executions/1", is_console, roles)
        };
        assert!(put(&all, true, &[]) && put(&readers, true, &["member", "reader"]));
        assert!(!put(&readers, true, &["member"]) && !put(&ReadOnly::default(), true, &["reader"]));
        // What others send is for the policy.
        assert!(!put(&all, false, &[]));
        assert!(!refused(&all, Method::GET, "/v2/executions/1", true, &[]));
        assert!(!refused(&all, Method::POST, "/v2/workflows/validate", true, &[]));
        assert!(refused(&all, Method::POST, "/v2/workflows", true, &[]));
    }
}
