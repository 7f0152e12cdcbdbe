//! Rules and what they say unless a file replaces them. Who declares what a rule protects declares the rule with it; here are those
//! that belong to nothing in particular.

/// One rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// `<what it protects>:<what is done>`.
    pub name: &'static str,
    /// The check, unless a file replaces it.
    pub check: &'static str,
    /// What passing it allows.
    pub description: &'static str,
}

impl Rule {
    /// A rule with a check of its own.
    pub const fn new(name: &'static str, check: &'static str, description: &'static str) -> Rule {
        Rule {
            name,
            check,
            description,
        }
    }

    /// Passed by administrators only.
    pub const fn admins(name: &'static str, description: &'static str) -> Rule {
        Rule::new(name, "rule:admin_only", description)
    }

    /// Passed by administrators, and within the project that owns the object.
    pub const fn owners(name: &'static str, description: &'static str) -> Rule {
        Rule::new(name, "rule:admin_or_owner", description)
    }

    /// What it protects; none if others are made from it.
    pub fn subject(&self) -> Option<&'static str> {
        self.name.split_once(':').map(|(subject, _)| subject)
    }
}

/// The rules that others are made from, and those that upstream has for nothing.
pub const RULES: &[Rule] = &[
    Rule::new("admin_only", "is_admin:True", "Callers with an administrator's role."),
    Rule::new(
        "admin_or_owner",
        "is_admin:True or project_id:%(project_id)s",
        "Administrators, and the project that owns the object.",
    ),
    Rule::owners("services:list", "Not used any more."),
];
