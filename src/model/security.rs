//! What an action may act with in the name of whoever started it: a token, and where it is good for.
//!
//! Two types, so that a secret can't get where it does not belong. [`Security`] is no secret: it says where the rest is found, and
//! travels with requests, rows and jobs. [`SecurityContext`] is the rest. Only who hands a job to an action that wants it
//! (`Descriptor` of workers: `needs_security_context`) looks it up, at that moment; it is never part of a row or a log.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::id::Id;
use super::json;
use super::mask::HIDDEN;
use super::value::{Dict, Str, Value};

/// Where a [`SecurityContext`] is found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Security {
    /// Kept in the database, encrypted, under this id.
    Kept(Id),
    /// Made anew from a trust: the identity service is asked for a token when one is needed.
    Trust(Str),
}

impl Security {
    /// `kept:<id>` or `trust:<id>`, as rows remember it.
    pub fn to_text(&self) -> String {
        match self {
            Security::Kept(id) => format!("kept:{id}"),
            Security::Trust(id) => format!("trust:{id}"),
        }
    }

    /// Reads what [`Security::to_text`] wrote.
    pub fn from_text(text: &str) -> Option<Security> {
        match text.split_once(':')? {
            ("kept", id) => id.parse().ok().map(Security::Kept),
            ("trust", id) if !id.is_empty() => Some(Security::Trust(id.into())),
            _ => None,
        }
    }
}

/// The part `security` of the context of an action: upstream's `SecurityContext`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SecurityContext {
    /// URL of the identity service.
    pub auth_uri: Option<Str>,
    /// File with the authorities to trust there.
    pub auth_cacert: Option<Str>,
    /// Whether certificates there are not checked.
    pub insecure: bool,
    pub auth_token: Option<Str>,
    /// What the identity service says about the token, JSON: the catalog among others.
    pub service_catalog: Option<Str>,
    pub region_name: Option<Str>,
    /// Whether the token was made from a trust.
    pub is_trust_scoped: bool,
    pub trust_id: Option<Str>,
    /// Whether all of this is about another cloud than the service's own (`X-Target-…`).
    pub is_target: bool,
    /// When the token ends, as the identity service writes it.
    pub expires_at: Option<Str>,
    pub project_id: Option<Str>,
    pub project_name: Option<Str>,
    pub user_name: Option<Str>,
}

impl SecurityContext {
    /// As actions get it. Holds the secrets.
    pub fn to_value(&self) -> Value {
        let text = |text: &Option<Str>| text.clone().map_or(Value::Null, Value::Str);
        let catalog = self.service_catalog.as_deref();
        let catalog = catalog.and_then(|text| json::parse(text.as_bytes()).ok());
        let members = [
            ("auth_uri", text(&self.auth_uri)),
            ("auth_cacert", text(&self.auth_cacert)),
            ("insecure", Value::Bool(self.insecure)),
            ("auth_token", text(&self.auth_token)),
            ("service_catalog", catalog.unwrap_or_default()),
            ("region_name", text(&self.region_name)),
            ("is_trust_scoped", Value::Bool(self.is_trust_scoped)),
            ("trust_id", text(&self.trust_id)),
            ("is_target", Value::Bool(self.is_target)),
            ("expires_at", text(&self.expires_at)),
            ("project_id", text(&self.project_id)),
            ("project_name", text(&self.project_name)),
            ("user_name", text(&self.user_name)),
            // Upstream's transport, which could deliver twice, is gone.
            ("redelivered", Value::Bool(false)),
        ];
        let members: Dict = members.into_iter().map(|(name, value)| (name.into(), value)).collect();
        Value::dict(members)
    }

    /// As workflows see it (`$.openstack`): without the secrets.
    pub fn to_visible(&self) -> Value {
        let hidden = |secret: &Option<Str>| secret.as_ref().map(|_| Str::from(HIDDEN));
        let mut members = SecurityContext {
            auth_token: hidden(&self.auth_token),
            service_catalog: None,
            ..self.clone()
        }
        .to_value()
        .into_dict()
        .unwrap_or_default();
        let catalog = hidden(&self.service_catalog).map_or(Value::Null, Value::Str);
        members.insert("service_catalog".into(), catalog);
        Value::dict(members)
    }
}

impl fmt::Debug for SecurityContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecurityContext({:?}, {HIDDEN})", self.project_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> SecurityContext {
        SecurityContext {
            auth_token: Some("s3cret".into()),
            service_catalog: Some(r#"{"catalog":["s3cret"]}"#.into()),
            project_id: Some("p".into()),
            ..SecurityContext::default()
        }
    }

    #[test]
    fn references_survive() {
        for security in [Security::Kept(Id(7)), Security::Trust("a:b".into())] {
            assert_eq!(Security::from_text(&security.to_text()), Some(security));
        }
        for text in ["", "kept:x", "trust:", "other:1"] {
            assert_eq!(Security::from_text(text), None, "{text}");
        }
    }

    #[test]
    fn actions_get_the_secrets_and_nobody_else() {
        let context = whole();
        let given = json::to_string(&context.to_value());
        assert!(given.contains(r#""auth_token":"s3cret""#) && given.contains(r#""catalog":["s3cret"]"#));
        let shown = context.to_visible();
        assert!(!json::to_string(&shown).contains("s3cret") && !format!("{context:?}").contains("s3cret"));
        let text = |name: &str| shown.get(name).and_then(|value| value.as_str().map(str::to_owned));
        assert_eq!(text("auth_token").as_deref(), Some(HIDDEN));
        assert_eq!(text("service_catalog").as_deref(), Some(HIDDEN));
        assert_eq!(text("project_id").as_deref(), Some("p"));
    }
}
