//! REST API v2 as the tools use it.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, bail};
use bytes::Bytes;
use http::Method;
use mistral_auth::client::{Client, Options};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

/// Largest answer that is read, in bytes: four times what a request may have.
const MAX_ANSWER: usize = 64 << 20;
/// Pages of a list that are read.
const MAX_PAGES: usize = 1_000;
/// Objects of a page.
const PAGE: usize = 500;

/// What a service said instead of doing what it was asked for.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{method} {path}: {status}: {text}")]
pub(super) struct Refusal {
    pub method: Method,
    pub path: String,
    pub status: u16,
    pub text: String,
}

/// A service.
#[derive(Clone, Debug)]
pub(crate) struct Service {
    client: Client,
    /// Without `/v2`.
    base: String,
    token: Option<String>,
}

impl Service {
    pub(crate) fn new(
        url: &str,
        token: Option<String>,
        authorities: Option<PathBuf>,
        insecure: bool,
    ) -> anyhow::Result<Service> {
        let base = url.trim_end_matches('/').trim_end_matches("/v2").trim_end_matches('/');
        if !base.starts_with("http://") && !base.starts_with("https://") {
            bail!("--server: {url} is no URL; it looks like https://workflows.example:8989");
        }
        let options = Options {
            ca_file: authorities,
            insecure,
            timeout: Duration::from_secs(60),
            max_answer: MAX_ANSWER,
            ..Options::default()
        };
        Ok(Service {
            client: Client::new(&options).map_err(anyhow::Error::msg)?,
            base: base.to_owned(),
            token,
        })
    }

    /// Its URL, without `/v2`.
    pub(crate) fn url(&self) -> &str {
        &self.base
    }

    pub(crate) async fn get(&self, path: &str) -> anyhow::Result<Value> {
        self.exchange(Method::GET, path, "application/json", Bytes::new()).await
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: &Value) -> anyhow::Result<Value> {
        let body = Bytes::from(body.to_string());
        self.exchange(method, path, "application/json", body).await
    }

    /// Uploads a document.
    pub(crate) async fn upload(&self, path: &str, text: &str) -> anyhow::Result<Value> {
        let body = Bytes::copy_from_slice(text.as_bytes());
        self.exchange(Method::POST, path, "text/plain", body).await
    }

    pub(crate) async fn delete(&self, path: &str) -> anyhow::Result<()> {
        let gone = self.exchange(Method::DELETE, path, "application/json", Bytes::new());
        gone.await.map(|_| ())
    }

    /// All objects of a list. `query` is `name=value&…`, without a limit.
    pub(crate) async fn list(&self, collection: &str, query: &str) -> anyhow::Result<Vec<Value>> {
        let mut path = format!("/v2/{collection}?limit={PAGE}&{query}");
        let mut found = Vec::new();
        for _ in 0..MAX_PAGES {
            let mut answer = self.get(&path).await?;
            if let Some(Value::Array(items)) = answer.get_mut(collection).map(Value::take) {
                found.extend(items);
            }
            // The link names the service as it sees itself, which need not be how it is reached from here.
            match answer
                .get("next")
                .and_then(Value::as_str)
                .and_then(|next| next.find("/v2/").map(|at| next[at..].to_owned()))
            {
                Some(next) => path = next,
                None => return Ok(found),
            }
        }
        bail!("{}/v2/{collection}: more than {} objects", self.base, MAX_PAGES * PAGE)
    }

    async fn exchange(&self, method: Method, path: &str, content_type: &str, body: Bytes) -> anyhow::Result<Value> {
        let url = format!("{}{path}", self.base);
        let mut headers = vec![("accept", "application/json"), ("content-type", content_type)];
        if let Some(token) = &self.token {
            headers.push(("x-auth-token", token));
        }
        let answer = self.client.send(method.clone(), &url, &headers, body).await;
        let answer = answer.map_err(|error| {
            anyhow::anyhow!(
                "{} does not answer: {error}. Is a service running there? --server names another one",
                self.base
            )
        })?;
        let status = answer.status.as_u16();
        if status >= 400 {
            let text = answer
                .json()
                .and_then(|json| Some(json.get("faultstring")?.as_str()?.to_owned()));
            let text = text.unwrap_or_else(|| String::from_utf8_lossy(&answer.body).trim().to_owned());
            let mut refusal = Refusal {
                method,
                path: path.to_owned(),
                status,
                text: super::plain(&text),
            };
            if status == 401 {
                refusal
                    .text
                    .push_str(" (--token, or the variable OS_AUTH_TOKEN, says who you are)");
            }
            return Err(refusal.into());
        }
        if answer.body.is_empty() {
            return Ok(Value::Null);
        }
        answer
            .json()
            .with_context(|| format!("{url}: the answer is no JSON; is this a workflow service?"))
    }
}

/// A text as one segment of a path, or as the value of a parameter.
pub(super) fn encode(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}
