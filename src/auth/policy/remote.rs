//! Checks that ask another server: a POST with the rule, the target and the caller; the answer `True` is a yes.

use std::path::PathBuf;
use std::time::Duration;

use bytes::Bytes;
use http::Method;
use mistral_model::{Dict, Value, json};

use super::check::{Credentials, Target};
use crate::client::{Client, Options};

/// `[oslo_policy] remote_*`.
#[derive(Clone, Debug)]
pub struct RemoteOptions {
    /// Send JSON instead of a form.
    pub json: bool,
    pub verify: bool,
    pub ca_file: Option<PathBuf>,
    pub certificate: Option<(PathBuf, PathBuf)>,
    pub timeout: Duration,
}

/// Asks other servers.
#[derive(Clone, Debug)]
pub struct Remote {
    client: Client,
    json: bool,
}

impl Remote {
    /// # Errors
    /// Files that cannot be used; the text names them.
    pub fn new(options: &RemoteOptions) -> Result<Remote, String> {
        let client = Client::new(&Options {
            ca_file: options.ca_file.clone(),
            certificate: options.certificate.clone(),
            insecure: !options.verify,
            timeout: options.timeout,
            ..Options::default()
        })?;
        Ok(Remote {
            client,
            json: options.json,
        })
    }

    /// Whether the server says yes. One that gives no answer says no.
    pub async fn ask(&self, url: &str, rule: &str, target: &Target, caller: &dyn Credentials) -> bool {
        let (content_type, body) = body(self.json, rule, target, caller.all());
        let headers = [("content-type", content_type)];
        match self.client.send(Method::POST, url, &headers, Bytes::from(body)).await {
            Ok(answer) => {
                let text = String::from_utf8_lossy(&answer.body);
                text.trim_start_matches('"').trim_end_matches('"') == "True"
            }
            Err(error) => {
                tracing::error!(rule, "a policy check got no answer: {error}");
                false
            }
        }
    }
}

fn body(as_json: bool, rule: &str, target: &Target, caller: Dict) -> (&'static str, String) {
    let members = [
        ("rule", Value::from(rule)),
        ("target", Value::dict(target.0.clone())),
        ("credentials", Value::dict(caller)),
    ];
    if as_json {
        let all = members.map(|(name, value)| (name.into(), value)).into_iter().collect();
        return ("application/json", json::to_string(&Value::dict(all)));
    }
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in &members {
        form.append_pair(name, &json::to_string(value));
    }
    ("application/x-www-form-urlencoded", form.finish())
}
