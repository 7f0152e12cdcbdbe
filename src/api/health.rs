//! `/healthcheck`: whether the service can work, and what the operator's files say about it (`[healthcheck]`).

use std::net::IpAddr;
use std::path::PathBuf;

use http::{Method, StatusCode};

use super::App;
use super::accept::{Preference, preference};
use super::error::Error;
use super::json::Writer;
use super::reply::Reply;
use super::request::Request;
use mistral_model::network::Network;

/// What is asked beside the database.
#[derive(Clone, Debug, Default)]
pub struct Health {
    /// Serve the resource at all.
    pub enabled: bool,
    pub checks: Vec<Check>,
    /// Whose requests are answered; empty: everybody's. For others there is no such resource.
    pub sources: Vec<Network>,
}

/// A file by which an operator takes a process out of service, or puts it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    /// Out of service while one of the files exists.
    DisabledBy(Vec<PathBuf>),
    /// Out of service while none of the files exists.
    EnabledBy(Vec<PathBuf>),
}

impl Health {
    fn answers(&self, peer: Option<IpAddr>) -> bool {
        let is_inside = |peer: IpAddr| {
            let peer = peer.to_canonical();
            self.sources.iter().any(|network| network.contains(peer))
        };
        self.enabled && (self.sources.is_empty() || peer.is_some_and(is_inside))
    }
}

impl Check {
    /// Why the process is out of service by this check.
    pub async fn reason(&self) -> Option<&'static str> {
        let (files, reason, is_refused_by_existence) = match self {
            Check::DisabledBy(files) => (files, "DISABLED BY FILE", true),
            Check::EnabledBy(files) => (files, "FILE PATH MISSING", false),
        };
        let mut exists = false;
        for file in files {
            exists |= tokio::fs::try_exists(file).await.unwrap_or(false);
        }
        (exists == is_refused_by_existence).then_some(reason)
    }
}

/// `GET` and `HEAD /healthcheck`.
///
/// # Errors
/// 404 where it is not served, or not to this client.
pub async fn healthcheck(app: &App, request: &Request) -> Result<Reply, Error> {
    let health = &app.options.health;
    if !health.answers(request.peer) {
        return Err(super::router::not_found());
    }
    let mut reasons = Vec::new();
    if app.reads.maintenance.mode().await.is_err() {
        reasons.push("The database does not answer.");
    }
    for check in &health.checks {
        reasons.extend(check.reason().await);
    }
    Ok(answer(request, &reasons))
}

fn answer(request: &Request, reasons: &[&str]) -> Reply {
    let status = match reasons {
        [] if request.method == Method::HEAD => StatusCode::NO_CONTENT,
        [] => StatusCode::OK,
        _ => StatusCode::SERVICE_UNAVAILABLE,
    };
    if request.method == Method::HEAD {
        return Reply {
            status,
            ..Reply::empty()
        };
    }
    if preference(&request.headers) != Preference::Json {
        return Reply {
            status,
            content_type: "text/plain; charset=UTF-8",
            ..Reply::empty()
        };
    }
    let mut w = Writer::with_capacity(64);
    w.begin_object();
    w.key("detailed");
    w.bool(false);
    w.key("reasons");
    w.begin_array();
    for reason in reasons {
        w.str(reason);
    }
    w.end_array();
    w.end_object();
    Reply::json(status, w)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_named_networks_are_answered() {
        let health = |sources: &[&str]| Health {
            enabled: true,
            sources: sources.iter().map(|text| text.parse().unwrap()).collect(),
            ..Health::default()
        };
        let peer = |text: &str| Some(text.parse().unwrap());
        assert!(health(&[]).answers(None));
        assert!(health(&["10.0.0.0/8"]).answers(peer("10.1.2.3")));
        assert!(health(&["10.0.0.0/8"]).answers(peer("::ffff:10.1.2.3")));
        assert!(!health(&["10.0.0.0/8"]).answers(peer("11.1.2.3")));
        assert!(!health(&["10.0.0.0/8"]).answers(None));
        assert!(!Health::default().answers(peer("10.1.2.3")));
    }

    #[tokio::test]
    async fn files_put_in_and_take_out() {
        let here = PathBuf::from(file!().rsplit('/').next().unwrap());
        let here = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(here);
        let none = PathBuf::from("/no/such/file");
        let reason = |check: Check| async move { check.reason().await };
        assert_eq!(
            reason(Check::DisabledBy(vec![none.clone(), here.clone()])).await,
            Some("DISABLED BY FILE")
        );
        assert_eq!(reason(Check::DisabledBy(vec![none.clone()])).await, None);
        assert_eq!(
            reason(Check::EnabledBy(vec![none.clone()])).await,
            Some("FILE PATH MISSING")
        );
        assert_eq!(reason(Check::EnabledBy(vec![none, here])).await, None);
    }
}
