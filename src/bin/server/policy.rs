//! `mistral-server policy`: what a role may do, and why.

use std::io::Write;

use anyhow::Context;
use mistral::api::policy;
use mistral::auth::policy::{Decision, Target};
use mistral::auth::{AdminRoles, Identity};
use mistral::config::Config;

use crate::cli::PolicyCommand;

/// Who asks, if the command line names nobody.
const SOMEBODY: &str = "caller";

/// # Errors
/// Policy files that cannot be used; the text is for the user.
pub(crate) fn run(config: &Config, command: &PolicyCommand) -> anyhow::Result<()> {
    match command {
        PolicyCommand::Sample => show(&policy::sample())?,
        PolicyCommand::Check {
            rule,
            roles,
            project,
            target,
        } => check(config, rule.as_deref(), roles, project.as_deref(), target)?,
    }
    Ok(())
}

/// Writes to standard output. Who reads it, `head` for one, may have had enough.
fn show(text: &str) -> anyhow::Result<()> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome.context("standard output"),
    }
}

fn check(
    config: &Config,
    rule: Option<&str>,
    roles: &[String],
    project: Option<&str>,
    target: &[String],
) -> anyhow::Result<()> {
    let policies = crate::access::policies(config)?;
    let roles: Vec<_> = roles.iter().map(|role| role.as_str().into()).collect();
    let identity = Identity {
        project_id: Some(project.unwrap_or(SOMEBODY).into()),
        user_id: Some(SOMEBODY.into()),
        is_admin: AdminRoles(config.pecan.admin_roles.clone()).include(&roles),
        roles,
        is_authenticated: true,
        ..Identity::default()
    };
    let mut about: Target = identity.own_target();
    for pair in target {
        let (key, value) = pair
            .split_once('=')
            .with_context(|| format!("--target {pair}: not KEY=VALUE"))?;
        about = about.with(key, value);
    }
    let verdict = |decision: &Decision| match decision {
        Decision::Yes => "allowed",
        Decision::No => "denied",
        Decision::Ask(_) => "depends on another server",
    };
    match rule {
        Some(rule) => {
            let (decision, why) = policies.explain(rule, &about, &identity);
            let written = policies.current().text(rule).unwrap_or_default().to_owned();
            show(&format!(
                "{rule}: {}\n\n\"{rule}\": \"{written}\"\n{why}\n",
                verdict(&decision)
            ))?;
        }
        None => {
            for rule in policies.current().names() {
                show(&format!(
                    "{:<40} {}\n",
                    rule,
                    verdict(&policies.explain(rule, &about, &identity).0)
                ))?;
            }
        }
    }
    Ok(())
}
