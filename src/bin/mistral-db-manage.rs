//! `mistral-db-manage`: the schema of the database.

#[path = "startup/configuration.rs"]
mod configuration;
#[path = "startup/database.rs"]
mod database;
#[path = "startup/populate.rs"]
mod populate;
#[path = "manage/token.rs"]
mod token;
#[path = "manage/workflows.rs"]
mod workflows;

use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::{Parser, Subcommand};
use mistral::config::Config;
use mistral::embedded_postgres::{self as embedded, Cluster};
use mistral::model::Str;
use mistral::postgres::migrate::{self, Target};
use mistral::postgres::{Database, Purpose};

use configuration::ConfigArguments;
use database::OpenDatabase;

const PROGRAM: &str = "mistral-db-manage";

/// Creates and upgrades the database of the workflow service.
///
/// It works on [database] connection, or on the private PostgreSQL in --data-dir when there is none.
#[derive(Debug, Parser)]
#[command(name = PROGRAM, version, after_help = "The usual call: mistral-db-manage --config-file FILE upgrade head")]
struct Arguments {
    #[command(flatten)]
    config: ConfigArguments,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Apply missing migrations: up to `head` (the newest), up to a version, or +N of them
    Upgrade {
        /// head, a version number, or +N
        revision: Option<String>,
        /// Apply so many migrations
        #[arg(long, value_name = "N", conflicts_with = "revision")]
        delta: Option<u32>,
        /// Print the statements instead of running them
        #[arg(long)]
        sql: bool,
    },
    /// Print the version of the database
    Current,
    /// List all versions
    History,
    /// List versions that have two successors: there are none
    Branches,
    /// Record a version without running anything
    Stamp {
        /// head or a version number
        revision: String,
    },
    /// Upgrade the database and load the definitions that come with the service: actions, and workflows for Nova's machines
    Populate,
    /// Tokens in the file of [tokens] file, for [DEFAULT] auth_type = tokens
    Token {
        #[command(subcommand)]
        command: token::Command,
    },
    /// Load the actions that come with the service
    #[command(name = "populate_actions", visible_alias = "populate-actions")]
    PopulateActions,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    let done = runtime
        .context("cannot start the runtime")
        .and_then(|runtime| runtime.block_on(run(arguments)));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("ERROR: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let (config, warnings) = arguments.config.load(PROGRAM)?;
    configuration::start_log(PROGRAM, &config, &warnings)?;
    match arguments.command {
        Command::History => {
            for migration in migrate::MIGRATIONS.iter().rev() {
                let mark = if migration.version == migrate::head() {
                    " (head)"
                } else {
                    ""
                };
                println!("{:04} {}{mark}", migration.version, migration.name);
            }
            Ok(())
        }
        Command::Branches => Ok(()),
        Command::Token { command } => token::run(&config, &command),
        command => {
            let OpenDatabase { database, cluster } = open(&config).await?;
            let done = with_database(command, &database).await;
            if let Some(cluster) = cluster {
                cluster.stop().await?;
            }
            done
        }
    }
}

/// Opens the database; a private PostgreSQL that a server is running is used as it is.
async fn open(config: &Config) -> anyhow::Result<OpenDatabase> {
    match database::open(config).await {
        Err(error) if matches!(error.downcast_ref(), Some(embedded::Error::Busy { .. })) => {
            match Cluster::running_in(&database::data_dir(config)) {
                Some(address) => Ok(OpenDatabase {
                    database: Database::new(address),
                    cluster: None,
                }),
                None => Err(error),
            }
        }
        result => result,
    }
}

async fn with_database(command: Command, database: &Database) -> anyhow::Result<()> {
    let mut client = database.client(Purpose::Admin).await?;
    match command {
        Command::Upgrade { revision, delta, sql } => {
            let found = migrate::current(&client).await?;
            let target = target(revision.as_deref(), delta, found)?;
            if sql {
                print!("{}", migrate::script(found, target));
                return Ok(());
            }
            upgrade(&mut client, target).await
        }
        Command::Current => {
            let found = migrate::current(&client).await?;
            let mark = if found == migrate::head() { " (head)" } else { "" };
            println!("{found:04}{mark}");
            Ok(())
        }
        Command::Stamp { revision } => Ok(migrate::stamp(&mut client, revision.parse()?).await?),
        Command::Populate => {
            upgrade(&mut client, Target::Head).await?;
            load_actions(database).await?;
            let names = workflows::populate(database).await?;
            println!("workflows: {}", told(&names));
            Ok(())
        }
        Command::PopulateActions => load_actions(database).await,
        Command::History | Command::Branches | Command::Token { .. } => Ok(()),
    }
}

async fn upgrade(client: &mut tokio_postgres::Client, target: Target) -> anyhow::Result<()> {
    let applied = migrate::upgrade(client, target).await?;
    for migration in &applied {
        println!("{:04} {}: applied", migration.version, migration.name);
    }
    if applied.is_empty() {
        println!("{:04}: nothing to do", migrate::current(client).await?);
    }
    Ok(())
}

fn target(revision: Option<&str>, delta: Option<u32>, found: i32) -> anyhow::Result<Target> {
    let steps = match (revision.and_then(|text| text.strip_prefix('+')), delta) {
        (Some(text), _) => Some(text.parse().with_context(|| format!("'+{text}' is not +N"))?),
        (None, delta) => delta,
    };
    if let Some(steps) = steps {
        let versions: Vec<i32> = migrate::MIGRATIONS
            .iter()
            .map(|migration| migration.version)
            .filter(|version| *version > found)
            .collect();
        let Some(index) = usize::try_from(steps)?.checked_sub(1) else {
            return Ok(Target::Version(found));
        };
        let Some(version) = versions.get(index) else {
            bail!("there are only {} migrations to apply", versions.len());
        };
        return Ok(Target::Version(*version));
    }
    match revision {
        // `a:b`: from a to b; the database knows a.
        Some(text) => Ok(text.rsplit(':').next().unwrap_or(text).parse()?),
        None => bail!("You must provide a revision or relative delta"),
    }
}

/// Writes the shipped actions and says which.
async fn load_actions(database: &Database) -> anyhow::Result<()> {
    let names = populate::populate(database, true).await?;
    println!("loaded: {}", told(&names));
    Ok(())
}

fn told(names: &[Str]) -> String {
    match names {
        [] => "nothing to do".to_owned(),
        names => names.join(", "),
    }
}
