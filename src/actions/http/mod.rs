//! `std.http` and `std.mistral_http`: HTTP requests, and requests that somebody answers later over the REST API.
//!
//! The client is hyper's connection with a pool, a dialer and redirects of our own, because a ready-made one gives no place
//! for what is asked for: addresses that are checked between resolution and connect, time-outs per request, header names as
//! the server wrote them, and a socket that is closed the moment an action is cancelled.

mod body;
mod client;
mod connect;
mod cookie;
mod head;
mod log;
mod pool;
mod request;
mod response;
#[cfg(test)]
mod tests;
mod tls;

use mistral_model::Value;
use mistral_model::action::{Context, Descriptor, Outcome, Parameter};

use super::{Action, Call, Error, Running};

pub use client::{Client, Error as ClientError, Options, Response};
pub use connect::EnvironmentProxies;
pub use log::Logging;
pub use request::{Request, Timeout};
pub use tls::Verify;

const PARAMETERS: &[Parameter] = &[
    Parameter {
        name: "url",
        default: None,
    },
    Parameter {
        name: "method",
        default: Some("\"GET\""),
    },
    Parameter {
        name: "params",
        default: Some("null"),
    },
    Parameter {
        name: "body",
        default: Some("null"),
    },
    Parameter {
        name: "json",
        default: Some("null"),
    },
    Parameter {
        name: "headers",
        default: Some("null"),
    },
    Parameter {
        name: "cookies",
        default: Some("null"),
    },
    Parameter {
        name: "auth",
        default: Some("null"),
    },
    Parameter {
        name: "timeout",
        default: Some("null"),
    },
    Parameter {
        name: "allow_redirects",
        default: Some("null"),
    },
    Parameter {
        name: "proxies",
        default: Some("null"),
    },
    Parameter {
        name: "verify",
        default: Some("null"),
    },
];

const INPUT_TEXT: &str = "url, method=\"GET\", params=null, body=null, json=null, headers=null, cookies=null, auth=null, \
                          timeout=null, allow_redirects=null, proxies=null, verify=null";

/// `std.http`
pub struct Http;

static HTTP: Descriptor = Descriptor {
    name: "std.http",
    class: "mistral.actions.std_actions.HTTPAction",
    description: "Sends an HTTP request and gives back the response: content, status, headers and more.\n\n\
                  :param url: absolute http or https URL\n\
                  :param method: request method, GET by default\n\
                  :param params: query parameters: an object, a list of pairs or text\n\
                  :param body: request body: text, or an object that is sent as JSON text\n\
                  :param json: request body: any value, sent as application/json\n\
                  :param headers: object of request headers\n\
                  :param cookies: object of cookies to send\n\
                  :param auth: user:password for basic authentication\n\
                  :param timeout: seconds to wait for the connection and for each part of the response\n\
                  :param allow_redirects: true to follow redirects\n\
                  :param proxies: object of proxy URLs by scheme\n\
                  :param verify: false to accept any certificate, or a file of CA certificates on the executor",
    parameters: PARAMETERS,
    accepts_any: false,
    input_text: INPUT_TEXT,
    is_sync: true,
    is_repeatable: false,
    check: request::check,
    inline: None,
    remote: None,
};

impl Action for Http {
    fn descriptor(&self) -> &'static Descriptor {
        &HTTP
    }

    fn run<'a>(&'a self, call: Call<'a>) -> Running<'a> {
        Box::pin(exchange(call, &HTTP, &[]))
    }
}

/// `std.mistral_http`
pub struct MistralHttp;

static MISTRAL_HTTP: Descriptor = Descriptor {
    name: "std.mistral_http",
    class: "mistral.actions.std_actions.MistralHTTPAction",
    description: HTTP.description,
    parameters: PARAMETERS,
    accepts_any: false,
    input_text: INPUT_TEXT,
    is_sync: false,
    is_repeatable: false,
    check: request::check,
    inline: None,
    remote: None,
};

impl Action for MistralHttp {
    fn descriptor(&self) -> &'static Descriptor {
        &MISTRAL_HTTP
    }

    fn run<'a>(&'a self, call: Call<'a>) -> Running<'a> {
        Box::pin(async move {
            let callback = callback_url(
                call.context,
                call.environment.http.options().callback_base_url.as_deref(),
            );
            let Context {
                workflow_name,
                workflow_execution_id,
                task_execution_id,
                action_execution_id,
                ..
            } = call.context;
            let headers = [
                ("Mistral-Workflow-Name", workflow_name.as_deref()),
                ("Mistral-Workflow-Execution-Id", workflow_execution_id.as_deref()),
                ("Mistral-Task-Id", task_execution_id.as_deref()),
                ("Mistral-Action-Execution-Id", action_execution_id.as_deref()),
                ("Mistral-Callback-URL", callback.as_deref()),
            ];
            exchange(call, &MISTRAL_HTTP, &headers).await
        })
    }
}

/// A path, as upstream sends it, or a URL if the operator set where the API is.
fn callback_url(context: &Context, base: Option<&str>) -> Option<String> {
    let path = context.callback_url.as_deref()?;
    Some(format!("{}{path}", base.unwrap_or_default().trim_end_matches('/')))
}

async fn exchange(
    call: Call<'_>,
    descriptor: &Descriptor,
    headers: &[(&'static str, Option<&str>)],
) -> Result<Outcome, Error> {
    let client = &call.environment.http;
    let raised = |e: ClientError| Error::Raised(e.to_string());
    let logging = &client.options().logging;
    let request = request::build(call.input, headers, &client.options().policy).map_err(raised)?;
    log::request(call.input, logging);
    let response = client.send(request).await.map_err(|error| {
        tracing::warn!(%error, "no HTTP response");
        raised(error)
    })?;
    log::response(&response, logging);
    if !descriptor.is_sync && response::is_success(response.status.as_u16()) {
        // The result comes later and from elsewhere; this body is nobody's.
        return Ok(Outcome::Success(Value::Null));
    }
    response::outcome(&response, descriptor, call.context.action_execution_id.as_deref())
}
