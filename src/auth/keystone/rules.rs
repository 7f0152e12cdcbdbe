//! Access rules of application credentials: services, methods and paths that a token is restricted to.

use serde::Deserialize;

/// One thing that a token may be used for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct AccessRule {
    pub service: String,
    pub method: String,
    /// `*` stands for one segment, `**` for several, `{name}` for one.
    pub path: String,
}

/// What a token is being used for.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    pub service: &'a str,
    pub method: &'a str,
    pub path: &'a str,
}

impl AccessRule {
    /// Whether this rule allows the call.
    pub fn allows(&self, call: Call<'_>) -> bool {
        let segments = |path: &'_ str| -> Vec<String> { path.split('/').map(str::to_owned).collect() };
        self.service == call.service
            && self.method.eq_ignore_ascii_case(call.method)
            && matches(&segments(&self.path), &segments(call.path))
    }
}

fn matches(pattern: &[String], path: &[String]) -> bool {
    match (pattern.split_first(), path.split_first()) {
        (None, None) => true,
        (Some((first, rest)), Some((segment, others))) => {
            if first == "**" {
                return !segment.is_empty() && (matches(rest, others) || matches(pattern, others));
            }
            let is_open = first == "*" || first.starts_with('{') && first.ends_with('}');
            (is_open && !segment.is_empty() || first == segment) && matches(rest, others)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        let allows = |pattern: &str, path: &str| {
            let rule = AccessRule {
                service: "workflowv2".to_owned(),
                method: "GET".to_owned(),
                path: pattern.to_owned(),
            };
            let call = Call {
                service: "workflowv2",
                method: "GET",
                path,
            };
            rule.allows(call)
                && !rule.allows(Call { method: "PUT", ..call })
                && !rule.allows(Call { service: "x", ..call })
        };
        assert!(allows("/v2/workflows", "/v2/workflows"));
        assert!(allows("/v2/*/{id}", "/v2/workflows/x") && !allows("/v2/*", "/v2/workflows/x"));
        assert!(allows("/v2/**", "/v2/a/b/c") && allows("/**/c", "/a/b/c") && !allows("/v2/**", "/v2"));
        assert!(!allows("/v2/workflows", "/v2/workflows/x"));
    }
}
