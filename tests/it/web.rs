//! The console's pages in a browser.
//!
//! Tests run in the order of their names, some at a time: these come late, so that they need not wait, each with a thread, for those
//! that measure a browser alone (`api::console`).

use std::sync::PoisonError;

use mistral::auth::tokens;
use serde_json::json;

use crate::api::console::{BROWSERS, browser, in_a_browser, node};
use crate::support::database::Database;
use crate::support::deployment::{Deployment, Layout};
use crate::support::process::Workspace;

#[test]
fn pages_in_a_browser() {
    let _others = BROWSERS.read().unwrap_or_else(PoisonError::into_inner);
    in_a_browser(&["test/console.test.mjs"], |_| {});
}

#[test]
fn changes_in_a_browser() {
    let _others = BROWSERS.read().unwrap_or_else(PoisonError::into_inner);
    in_a_browser(&["test/live.test.mjs"], |_| {});
}

/// The tour of `README.md`, on a server that holds nothing of others.
#[test]
fn the_tour_in_a_browser() {
    let _others = BROWSERS.read().unwrap_or_else(PoisonError::into_inner);
    // Both want an empty server; the first leaves it so.
    in_a_browser(&["test/states.test.mjs", "test/tour.test.mjs"], |site| {
        let removed = site.client.send_json("DELETE", "/v2/workflows/shaped", &json!(null));
        assert_eq!(removed.unwrap().status, 204);
    });
}

/// Who may only look, and whom the policy forbids some of it.
#[test]
fn rights_in_a_browser() {
    let _others = BROWSERS.read().unwrap_or_else(PoisonError::into_inner);
    let Some((web, chromium)) = browser(true) else { return };
    let (database, workspace) = (Database::create(), Workspace::create());
    let file = workspace.path("tokens");
    let policy = workspace.write("policy.yaml", "\"executions:update\": \"role:operator\"\n");
    let token = |user: &str, roles: &[&str]| {
        let roles: Vec<String> = roles.iter().map(|role| (*role).to_owned()).collect();
        tokens::create(&file, "p", user, &roles, None).unwrap().0
    };
    let (viewer, member) = (token("vera", &["viewer"]), token("max", &["member"]));
    let auditor = token("ada", &["viewer", "admin"]);
    let settings = format!(
        "[pecan]\nauth_enable = true\n[DEFAULT]\nauth_type = tokens\n[tokens]\nfile = {}\n[oslo_policy]\npolicy_file = {}\n\
         [console]\nread_only_roles = viewer\nbase_path = /mistral\nframe_ancestors = self, http://localhost:*\n\
         trusted_origins = http://horizon.example\n",
        file.display(),
        policy.display()
    );
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), &settings);
    let url = format!("http://{}", deployment.client().address());
    node(
        &web,
        &["--test", "test/rights.test.mjs"],
        &[
            ("CONSOLE_URL", &url),
            ("CHROMIUM", &chromium),
            ("VIEWER", &viewer),
            ("MEMBER", &member),
            ("AUDITOR", &auditor),
            ("TOKENS", &file.display().to_string()),
        ],
    );
}
