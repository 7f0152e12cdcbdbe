//! `mistral-db-manage token`: the tokens of `[DEFAULT] auth_type = tokens`.

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use anyhow::Context;
use clap::Subcommand;
use mistral::auth::tokens;
use mistral::config::Config;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a token and print it: it is shown this once
    Create {
        /// Project whose objects its owner sees
        #[arg(long)]
        project: String,
        /// Name of its owner
        #[arg(long)]
        user: String,
        /// Role of its owner; may be given several times
        #[arg(long, default_value = "member")]
        role: Vec<String>,
        /// Days until it ends [default: never]
        #[arg(long, value_name = "DAYS")]
        expires: Option<u32>,
    },
    /// List tokens: id, project, user, roles, end
    List,
    /// End a token now
    Revoke {
        /// Id of the token, as `list` shows it
        id: String,
    },
}

/// # Errors
/// No file, or one that cannot be used; the text is for the user.
pub(crate) fn run(config: &Config, command: &Command) -> anyhow::Result<()> {
    let file: &PathBuf = config
        .tokens
        .file
        .as_ref()
        .context("[tokens] file: needed; it names the file of tokens")?;
    match command {
        Command::Create {
            project,
            user,
            role,
            expires,
        } => {
            let end = expires.map(|days| SystemTime::now() + Duration::from_secs(u64::from(days) * 86_400));
            let (token, entry) = tokens::create(file, project, user, role, end)?;
            eprintln!("token {} of {user} in {project}:", entry.id());
            println!("{token}");
        }
        Command::List => {
            for entry in tokens::read(file)? {
                let end = entry
                    .expires_at
                    .map_or_else(|| "never ends".to_owned(), |end| format!("ends {end}"));
                let roles = entry.roles.join(",");
                println!("{}  {}  {}  {roles}  {end}", entry.id(), entry.project, entry.user);
            }
        }
        Command::Revoke { id } => tokens::revoke(file, id)?,
    }
    Ok(())
}
