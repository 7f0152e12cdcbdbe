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
