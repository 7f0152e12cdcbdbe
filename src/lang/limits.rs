//! How much one uploaded document may hold (`[api] document_…`): what is looked at before it costs anything.

use mistral_model::Value;

/// Upper bounds of one document of workflows, actions, or a workbook. Zero: none.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of its text.
    pub bytes: usize,
    /// Workflows and actions.
    pub definitions: usize,
    /// Tasks of all its workflows.
    pub tasks: usize,
    /// Expressions, by their opening markers.
    pub expressions: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            bytes: 4 << 20,
            definitions: 2_000,
            tasks: 20_000,
            expressions: 50_000,
        }
    }
}

/// Documents of fewer bytes can't exceed the default bounds of what is counted in their members.
const SMALL: usize = 16 << 10;

/// A document that holds too much.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("The document has {found} {what}, more than the {most} that [api] {option} allows")]
pub struct Excess {
    what: &'static str,
    found: usize,
    most: usize,
    option: &'static str,
}

fn check(what: &'static str, found: usize, most: usize, option: &'static str) -> Result<(), Excess> {
    if most == 0 || found <= most {
        return Ok(());
    }
    Err(Excess {
        what,
        found,
        most,
        option,
    })
}

impl Limits {
    /// Looks at the text of a document, in time linear in its length.
    ///
    /// # Errors
    /// With the name of the option.
    pub fn check(&self, text: &str) -> Result<(), Excess> {
        check("bytes", text.len(), self.bytes, "document_max_size")?;
        let markers = ["<%", "{{", "{%"].iter().map(|open| text.matches(open).count()).sum();
        check("expressions", markers, self.expressions, "document_max_expressions")?;
        if text.len() < SMALL && self.tasks >= SMALL / 8 && self.definitions >= SMALL / 16 {
            return Ok(());
        }
        // What is no YAML is refused by the parser, with its own text.
        let Ok(document) = pyyaml::load(text) else {
            return Ok(());
        };
        let counts = Counts::of(&document);
        check(
            "workflows and actions",
            counts.definitions,
            self.definitions,
            "document_max_definitions",
        )?;
        check("tasks", counts.tasks, self.tasks, "document_max_tasks")
    }
}

/// What a document holds.
#[derive(Default)]
struct Counts {
    definitions: usize,
    tasks: usize,
}

impl Counts {
    fn of(document: &Value) -> Counts {
        let mut counts = Counts::default();
        for (key, value) in document.as_dict().into_iter().flatten() {
            match (&**key, value) {
                // A workbook.
                ("workflows" | "actions", Value::Dict(items)) if document.get("name").is_some() => {
                    items.values().for_each(|item| counts.take(item));
                }
                ("version" | "name" | "description" | "tags", _) => {}
                (_, item) => counts.take(item),
            }
        }
        counts
    }

    fn take(&mut self, item: &Value) {
        self.definitions += 1;
        self.tasks += item
            .get("tasks")
            .and_then(Value::as_dict)
            .map_or(0, |tasks| tasks.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(limits: &Limits, text: &str) -> String {
        limits
            .check(text)
            .map_or_else(|excess| excess.to_string(), |()| String::new())
    }

    #[test]
    fn each_bound_names_its_option() {
        let limits = Limits {
            bytes: 1_000,
            definitions: 2,
            tasks: 3,
            expressions: 4,
        };
        let workflow = "version: '2.0'\nwf:\n  tasks:\n";
        let tasks = |n: usize| {
            (0..n)
                .map(|n| format!("    t{n}: {{action: std.noop}}\n"))
                .collect::<String>()
        };
        assert_eq!(refusal(&limits, &format!("{workflow}{}", tasks(3))), "");
        for (text, option) in [
            (format!("{workflow}{}", tasks(4)), "document_max_tasks"),
            ("a: 1\nb: 2\nc: 3\n".to_owned(), "document_max_definitions"),
            (
                "version: '2.0'\nname: wb\nworkflows: {a: {}, b: {}}\nactions: {c: {}}\n".to_owned(),
                "document_max_definitions",
            ),
            (
                "x: <% $.a %><% $.a %>{{ 1 }}{% if %}<%".to_owned(),
                "document_max_expressions",
            ),
            (" ".repeat(1_001), "document_max_size"),
        ] {
            let refusal = refusal(&limits, &text);
            assert!(refusal.contains(option), "{option}: {refusal}");
        }
        let none = Limits {
            bytes: 0,
            definitions: 0,
            tasks: 0,
            expressions: 0,
        };
        assert_eq!(refusal(&none, &format!("{workflow}{}", tasks(100))), "");
    }
}
