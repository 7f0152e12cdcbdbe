//! Who is an administrator, and which rule is for what has none: as `policy check` sees it.

use crate::support::process::{Workspace, run, server_program};

fn check(workspace: &Workspace, settings: &str, rule: &str, role: &str) -> String {
    let file = workspace.write("mistral.conf", settings).display().to_string();
    let output = run(
        &server_program(),
        &[
            "--config-file",
            &file,
            "policy",
            "check",
            "--rule",
            rule,
            "--roles",
            role,
        ],
    );
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    said.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn administrators_and_the_rule_for_the_rest() {
    let workspace = Workspace::create();
    let all = "executions:list:all_projects";
    let own = "[pecan]\nadmin_roles = boss\n";
    assert_eq!(check(&workspace, own, all, "boss"), format!("{all}: allowed"));
    assert_eq!(check(&workspace, own, all, "admin"), format!("{all}: denied"));
    for (text, verdict) in [("@", "allowed"), ("!", "denied")] {
        let rules = workspace.write("rules.yaml", &format!("fallback: '{text}'\n"));
        let settings = format!(
            "[oslo_policy]\npolicy_file = {}\npolicy_default_rule = fallback\n",
            rules.display()
        );
        assert_eq!(
            check(&workspace, &settings, "nothing:known", "member"),
            format!("nothing:known: {verdict}")
        );
    }
}
