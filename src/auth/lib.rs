//! Who the caller is and what they may do. Without authentication everybody works in one project; the role `admin` is
//! believed from the request's `X-Roles` header, as upstream does.

pub mod policy;

use mistral_model::Str;

/// The project that owns everything when authentication is off.
pub const DEFAULT_PROJECT: &str = "<default-project>";

/// The role that sees and may do everything.
const ADMIN_ROLE: &str = "admin";

/// A caller.
#[derive(Clone, Debug, PartialEq)]
pub struct Identity {
    pub project_id: Option<Str>,
    pub user_id: Option<Str>,
    pub roles: Vec<Str>,
    pub is_admin: bool,
    /// Whether the caller was authenticated at all; sharing with other projects makes sense only then.
    pub is_authenticated: bool,
}

impl Identity {
    /// The caller when authentication is off. `roles` is the `X-Roles` header: names separated by commas.
    pub fn without_authentication(roles: Option<&str>) -> Identity {
        let roles: Vec<Str> = roles
            .unwrap_or_default()
            .split(',')
            .map(str::trim)
            .filter(|r| !r.is_empty())
            .map(Str::from)
            .collect();
        Identity {
            project_id: Some(DEFAULT_PROJECT.into()),
            user_id: None,
            is_admin: roles.iter().any(|r| &**r == ADMIN_ROLE),
            roles,
            is_authenticated: false,
        }
    }

    /// Whether `rule` (`workflows:create`) lets this caller through.
    pub fn may(&self, rule: &str) -> bool {
        match policy::default_of(rule) {
            policy::Default::AdminOrOwner => true,
            policy::Default::AdminOnly => self.is_admin,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn admin_is_an_exact_role() {
        assert!(Identity::without_authentication(Some("member, admin")).is_admin);
        assert!(!Identity::without_authentication(Some("Admin,administrator")).is_admin);
        assert!(!Identity::without_authentication(None).is_admin);
    }

    #[test]
    fn publishing_needs_admin() {
        let member = Identity::without_authentication(None);
        assert!(member.may("workflows:create") && !member.may("workflows:publicize"));
        assert!(Identity::without_authentication(Some("admin")).may("code_sources:list"));
    }
}
