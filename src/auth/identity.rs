//! A caller, and what rules can ask about one.

use std::fmt;

use mistral_model::{Dict, Str, Value};

use super::DEFAULT_PROJECT;
use super::policy::Credentials;

/// A text that no log shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Str);

impl Secret {
    pub fn new(text: impl Into<Str>) -> Secret {
        Secret(text.into())
    }

    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Roles that make their owner an administrator: exact names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminRoles(pub Vec<String>);

impl Default for AdminRoles {
    fn default() -> AdminRoles {
        AdminRoles(vec!["admin".to_owned()])
    }
}

impl AdminRoles {
    /// Whether one of `roles` is an administrator's.
    pub fn include(&self, roles: &[Str]) -> bool {
        roles.iter().any(|role| self.0.iter().any(|admin| *admin == **role))
    }
}

/// A service that calls on behalf of a user.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Service {
    pub user_id: Option<Str>,
    pub project_id: Option<Str>,
    pub roles: Vec<Str>,
}

/// The token that a caller was recognised by, for actions that call on in the caller's name.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    pub text: Secret,
    /// When it ends, as the identity service says it.
    pub expires_at: Option<Str>,
    /// What the identity service says about it, JSON: among others the catalog.
    pub body: Option<Str>,
    pub trust_id: Option<Str>,
}

/// A caller.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Identity {
    pub project_id: Option<Str>,
    pub project_name: Option<Str>,
    pub project_domain_id: Option<Str>,
    pub user_id: Option<Str>,
    pub user_name: Option<Str>,
    pub user_domain_id: Option<Str>,
    /// The domain that the token is for, if it is for one.
    pub domain_id: Option<Str>,
    /// `all` for tokens for the whole system.
    pub system_scope: Option<Str>,
    pub roles: Vec<Str>,
    pub is_admin: bool,
    pub is_admin_project: Option<bool>,
    /// Whether the caller was authenticated at all; sharing with other projects makes sense only then.
    pub is_authenticated: bool,
    pub service: Option<Service>,
    pub token: Option<Token>,
}

impl Identity {
    /// The caller when authentication is off. `roles` is the `X-Roles` header: names separated by commas.
    pub fn without_authentication(roles: Option<&str>, admin_roles: &AdminRoles) -> Identity {
        let roles: Vec<Str> = roles
            .unwrap_or_default()
            .split(',')
            .map(str::trim)
            .filter(|role| !role.is_empty())
            .map(Str::from)
            .collect();
        Identity {
            project_id: Some(DEFAULT_PROJECT.into()),
            is_admin: admin_roles.include(&roles),
            roles,
            ..Identity::default()
        }
    }

    /// The project as rules see it: without authentication there is none.
    fn shown_project(&self) -> Option<&Str> {
        self.project_id.as_ref().filter(|_| self.is_authenticated)
    }

    /// What upstream gives to every check as the target: the caller's own project and user.
    pub fn own_target(&self) -> super::policy::Target {
        super::policy::Target::default()
            .with_text("project_id", self.shown_project().map(|id| &**id))
            .with_text("user_id", self.user_id.as_deref())
    }
}

/// Names of what rules may ask.
const KEYS: [&str; 14] = [
    "user_id",
    "user_domain_id",
    "project_id",
    "project_domain_id",
    "domain_id",
    "system_scope",
    "roles",
    "is_admin",
    "is_admin_project",
    "service_user_id",
    "service_user_domain_id",
    "service_project_id",
    "service_project_domain_id",
    "service_roles",
];

impl Credentials for Identity {
    fn get(&self, key: &str) -> Option<Value> {
        let text = |text: Option<&Str>| text.map_or(Value::Null, |text| Value::Str(text.clone()));
        let names = |names: &[Str]| Value::list(names.iter().map(|name| Value::Str(name.clone())).collect());
        let service = self.service.as_ref();
        Some(match key {
            "user_id" => text(self.user_id.as_ref()),
            "user_domain_id" => text(self.user_domain_id.as_ref()),
            "project_id" => text(self.shown_project()),
            "project_domain_id" => text(self.project_domain_id.as_ref()),
            "domain_id" => text(self.domain_id.as_ref()),
            "system_scope" => text(self.system_scope.as_ref()),
            "roles" => names(&self.roles),
            "is_admin" => Value::from(self.is_admin),
            "is_admin_project" => Value::from(self.is_admin_project.unwrap_or(true)),
            "service_user_id" => text(service.and_then(|service| service.user_id.as_ref())),
            "service_project_id" => text(service.and_then(|service| service.project_id.as_ref())),
            "service_user_domain_id" | "service_project_domain_id" => Value::Null,
            "service_roles" => names(service.map_or(&[], |service| &service.roles)),
            _ => return None,
        })
    }

    fn has_role(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.roles.iter().any(|role| role.to_lowercase() == name)
    }

    fn all(&self) -> Dict {
        KEYS.iter()
            .filter_map(|key| Some(((*key).into(), self.get(key)?)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn admin_is_an_exact_role() {
        let admin = |roles: Option<&str>| Identity::without_authentication(roles, &AdminRoles::default()).is_admin;
        assert!(admin(Some("member, admin")));
        assert!(!admin(Some("Admin,administrator")) && !admin(None));
        let cloud = AdminRoles(vec!["cloud_admin".to_owned()]);
        assert!(Identity::without_authentication(Some("cloud_admin"), &cloud).is_admin);
        assert!(!Identity::without_authentication(Some("admin"), &cloud).is_admin);
    }

    #[test]
    fn secrets_are_not_shown() {
        let token = Token {
            text: Secret::new("s3cret"),
            expires_at: None,
            body: None,
            trust_id: None,
        };
        let identity = Identity {
            token: Some(token),
            ..Identity::default()
        };
        assert!(!format!("{identity:?}").contains("s3cret"));
    }
}
