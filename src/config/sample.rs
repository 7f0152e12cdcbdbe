//! `etc/mistral.conf.sample`: every option with its help text, commented out at its default.

use std::fmt::Write;

use super::Config;
use super::section::OptionSpec;

const HEADER: &str = "\
# Configuration of mistral-server and mistral-db-manage.
#
# Every option is shown at its default. Each can also be set by an environment variable: OS_<SECTION>__<OPTION>, e.g.
# OS_API__PORT=8989; it wins over the files. Several files may be given; later ones win.
#
# Generated from the option tables in src/config/: do not edit.
";

/// Text width of comments, that of the project's sources.
const WIDTH: usize = 100;

/// The text of the sample file.
pub fn sample() -> String {
    let mut text = HEADER.to_owned();
    for (group, section) in Config::default().sections() {
        let _ = write!(text, "\n[{group}]\n");
        for spec in section.specs() {
            option(&mut text, &spec);
        }
    }
    text
}

const PAGE_HEAD: &str = "\
# Configuration

Every option of `mistral.conf`, by section. The file is the one that Mistral has (oslo.config's format): `[section]`, then
`option = value`. Programs read `mistral.conf` in `~/.mistral`, `~`, `/etc/mistral` or `/etc`, or the files of `--config-file` and the `*.conf`
of `--config-dir`, later ones winning. Each option can also be set by an environment variable `OS_<SECTION>__<OPTION>`, which wins
over the files: `OS_API__PORT=8989`. `mistral-server --show-config` prints the values in force and where each comes from; a misspelt
option is told when the program starts.

This page is generated from the tables of options (`UPDATE_SAMPLE=1 cargo test -p mistral-config the_committed_sample` writes it anew).
[`etc/mistral.conf.sample`](../etc/mistral.conf.sample) is the same as a file to begin with.
";

/// The text of `docs/configuration.md`.
pub fn page() -> String {
    let mut text = PAGE_HEAD.to_owned();
    for (group, section) in Config::default().sections() {
        let _ = write!(text, "\n## [{group}]\n");
        for spec in section.specs() {
            let default = match spec.default.as_str() {
                "" => "none".to_owned(),
                default => format!("`{default}`"),
            };
            let secret = if spec.secret { "; never shown in logs" } else { "" };
            let _ = write!(text, "\n### {}\n\n", spec.name);
            let _ = write!(
                text,
                "{}\n\nDefault: {default} ({}{secret}).\n",
                escaped(&spec.help),
                facts(&spec).join("; ")
            );
            if let Some(reason) = spec.deprecated {
                let _ = write!(text, "\nDeprecated: {}\n", escaped(reason));
            }
        }
    }
    text
}

/// What Markdown would take for markup.
fn escaped(text: &str) -> String {
    text.replace('<', "\\<").replace('*', "\\*")
}

fn option(text: &mut String, spec: &OptionSpec) {
    text.push('\n');
    for paragraph in spec.help.split("\n\n") {
        let paragraph = paragraph.replace('\n', " ");
        wrap(text, &paragraph);
    }
    let _ = writeln!(text, "# ({})", facts(spec).join("; "));
    if let Some(reason) = spec.deprecated {
        wrap(text, &format!("Deprecated: {reason}"));
    }
    let value = if spec.default.is_empty() {
        "<none>"
    } else {
        &spec.default
    };
    let _ = writeln!(text, "#{} = {value}", spec.name);
}

/// What can be said of an option's value in short.
fn facts(spec: &OptionSpec) -> Vec<String> {
    let mut facts = vec![spec.kind.to_owned()];
    if let Some(min) = spec.min {
        facts.push(format!("minimum {min}"));
    }
    if let Some(max) = spec.max {
        facts.push(format!("maximum {max}"));
    }
    if !spec.choices.is_empty() {
        facts.push(format!("one of {}", spec.choices.join(", ")));
    }
    if let Some(was) = spec.was {
        facts.push(format!("also read as {was}"));
    }
    facts
}

fn wrap(text: &mut String, paragraph: &str) {
    let mut line = String::from("#");
    for word in paragraph.split_whitespace() {
        if line.chars().count() + 1 + word.chars().count() > WIDTH && line.len() > 1 {
            text.push_str(&line);
            text.push('\n');
            line.truncate(1);
        }
        line.push(' ');
        line.push_str(word);
    }
    text.push_str(&line);
    text.push('\n');
}
