//! Rules and their defaults, under upstream's names.

/// Who passes a rule unless the operator says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Default {
    /// Everybody in their own project: what they see is already limited to it.
    AdminOrOwner,
    AdminOnly,
}

/// Rules that only admins pass. All others that exist are for everybody.
const ADMIN_ONLY: &[&str] = &[
    "actions:publicize",
    "code_sources:create",
    "code_sources:delete",
    "code_sources:get",
    "code_sources:list",
    "code_sources:publicize",
    "code_sources:update",
    "cron_triggers:list:all_projects",
    "cron_triggers:publicize",
    "dynamic_actions:create",
    "dynamic_actions:delete",
    "dynamic_actions:get",
    "dynamic_actions:list",
    "dynamic_actions:publicize",
    "dynamic_actions:update",
    "environments:publicize",
    "event_triggers:list:all_projects",
    "event_triggers:publicize",
    "executions:list:all_projects",
    "workbooks:publicize",
    "workflows:list:all_projects",
    "workflows:publicize",
];

/// The default of a rule.
pub fn default_of(rule: &str) -> Default {
    if ADMIN_ONLY.binary_search(&rule).is_ok() {
        Default::AdminOnly
    } else {
        Default::AdminOrOwner
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorted_for_the_search() {
        assert!(ADMIN_ONLY.is_sorted());
        assert_eq!(default_of("executions:create"), Default::AdminOrOwner);
        assert!(ADMIN_ONLY.iter().all(|rule| default_of(rule) == Default::AdminOnly));
    }
}
