//! The attributes of the language: what they take and mean. One table for messages, completion, hover, the JSON schema and
//! the language reference.

/// What has attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// A document of workflows or actions.
    Document,
    Workbook,
    Workflow,
    Task,
    TaskDefaults,
    Retry,
    /// `on-success: {publish, next}`.
    Clause,
    /// `publish: {branch, global}` inside a clause.
    Publish,
    Action,
}

impl Owner {
    /// All of them, in the order of the reference.
    pub const ALL: [Owner; 9] = [
        Owner::Document,
        Owner::Workflow,
        Owner::Task,
        Owner::Retry,
        Owner::Clause,
        Owner::Publish,
        Owner::TaskDefaults,
        Owner::Action,
        Owner::Workbook,
    ];

    /// As messages say it.
    pub fn name(self) -> &'static str {
        match self {
            Owner::Document => "a document",
            Owner::Workbook => "a workbook",
            Owner::Workflow => "a workflow",
            Owner::Task => "a task",
            Owner::TaskDefaults => "task-defaults",
            Owner::Retry => "`retry`",
            Owner::Clause => "an on-clause",
            Owner::Publish => "the `publish` of an on-clause",
            Owner::Action => "an action definition",
        }
    }
}

/// An attribute.
#[derive(Clone, Copy, Debug)]
pub struct Attribute {
    pub owner: Owner,
    pub name: &'static str,
    /// What values it takes, as the end of "must be …".
    pub takes: &'static str,
    pub default: &'static str,
    /// When its expressions are evaluated; "never" where they are not.
    pub evaluated: &'static str,
    pub doc: &'static str,
    pub example: &'static str,
}

const fn attribute(
    owner: Owner,
    name: &'static str,
    takes: &'static str,
    default: &'static str,
    evaluated: &'static str,
    doc: &'static str,
    example: &'static str,
) -> Attribute {
    Attribute {
        owner,
        name,
        takes,
        default,
        evaluated,
        doc,
        example,
    }
}

const SECONDS: &str = "a whole number of seconds, 0 or more, or one expression";
const COUNT: &str = "a whole number, 0 or more, or one expression";
const YES_NO: &str = "`true`, `false` or one expression";
const NEXT: &str = "a task, a list of tasks each with or without condition, or a mapping of `publish` and `next`";
const MAPPING: &str = "a mapping of names to values";
const PARAMETERS: &str = "a list of names, each alone or with a default: `[name, {count: 3}]`";
const TEXTS: &str = "a list of texts";
const EXPRESSION: &str = "one expression, `<% … %>` or `{{ … }}`";
const NEVER: &str = "never";
const COMPLETE: &str = "when the task has ended";
const START: &str = "when the task starts";

use Owner::{Action, Clause, Document, Publish, Retry, Task, TaskDefaults, Workbook, Workflow};

/// The table.
pub const ATTRIBUTES: &[Attribute] = &[
    attribute(
        Document,
        "version",
        "`'2.0'`",
        "required",
        NEVER,
        "Version of the language. Every other key of the document is the name of a workflow (or of an action).",
        "version: '2.0'",
    ),
    attribute(
        Workflow,
        "tasks",
        "a mapping from names to tasks",
        "required",
        NEVER,
        "The tasks.",
        "tasks:\n  one:\n    action: std.noop",
    ),
    attribute(
        Workflow,
        "type",
        "`direct` or `reverse`",
        "direct",
        NEVER,
        "Whether tasks say what comes next (`on-success`, …) or what they need (`requires`).",
        "type: reverse",
    ),
    attribute(
        Workflow,
        "description",
        "a text",
        "none",
        NEVER,
        "What people read in lists.",
        "description: Saves the database",
    ),
    attribute(
        Workflow,
        "tags",
        TEXTS,
        "none",
        NEVER,
        "Words to find the workflow by.",
        "tags: [backup, nightly]",
    ),
    attribute(
        Workflow,
        "input",
        PARAMETERS,
        "none",
        NEVER,
        "What an execution must or may be given. Without default a parameter is required; undeclared ones are refused.",
        "input:\n  - host\n  - port: 22",
    ),
    attribute(
        Workflow,
        "vars",
        MAPPING,
        "none",
        "when the execution starts",
        "Variables that are there from the start. Expressions see the input.",
        "vars:\n  address: <% $.host %>:22",
    ),
    attribute(
        Workflow,
        "output",
        MAPPING,
        "everything that was published",
        "when the execution succeeds",
        "The result.",
        "output:\n  greeting: <% $.greeting %>",
    ),
    attribute(
        Workflow,
        "output-on-error",
        MAPPING,
        "none",
        "when the execution fails",
        "The result of an execution that failed.",
        "output-on-error:\n  failed: <% $.host %>",
    ),
    attribute(
        Workflow,
        "task-defaults",
        MAPPING,
        "none",
        "as in a task",
        "Attributes for all tasks that do not have them themselves.",
        "task-defaults:\n  timeout: 60\n  on-error: clean_up",
    ),
    attribute(
        Task,
        "action",
        "a text: the name of an action, with or without inline parameters",
        "std.noop",
        START,
        "What the task calls.",
        "action: std.echo output=\"Hello\"",
    ),
    attribute(
        Task,
        "workflow",
        "a text: the name of a workflow, with or without inline parameters",
        "none",
        START,
        "The workflow that runs as this task. Excludes `action`.",
        "workflow: check host=<% $.host %>",
    ),
    attribute(
        Task,
        "input",
        "a mapping of parameters, or one expression that gives one",
        "none",
        START,
        "Parameters of the call; inline ones win.",
        "input:\n  url: http://<% $.host %>/",
    ),
    attribute(
        Task,
        "description",
        "a text",
        "none",
        NEVER,
        "For readers.",
        "description: Waits for the machine",
    ),
    attribute(
        Task,
        "tags",
        TEXTS,
        "none",
        NEVER,
        "Words to find the task by.",
        "tags: [slow]",
    ),
    attribute(
        Task,
        "with-items",
        "a text `name in <% list %>`, or a list of such texts",
        "none",
        START,
        "Calls once per item, the name being the item. Several lists go in step.",
        "with-items: host in <% $.hosts %>",
    ),
    attribute(
        Task,
        "concurrency",
        COUNT,
        "all at once",
        START,
        "How many items run at the same time.",
        "concurrency: 5",
    ),
    attribute(
        Task,
        "publish",
        MAPPING,
        "none",
        COMPLETE,
        "Variables that the tasks after this one see, if it succeeds.",
        "publish:\n  id: <% task().result.id %>",
    ),
    attribute(
        Task,
        "publish-on-error",
        MAPPING,
        "none",
        COMPLETE,
        "The same, if it fails.",
        "publish-on-error:\n  reason: <% task().result %>",
    ),
    attribute(
        Task,
        "publish-on-skip",
        MAPPING,
        "none",
        COMPLETE,
        "The same, if an operator skips it.",
        "publish-on-skip:\n  id: null",
    ),
    attribute(
        Task,
        "on-success",
        NEXT,
        "none",
        COMPLETE,
        "What comes next if the task succeeds. Commands `noop`, `fail`, `succeed` and `pause` may stand for tasks.",
        "on-success:\n  - notify\n  - clean_up: <% $.keep = false %>",
    ),
    attribute(
        Task,
        "on-error",
        NEXT,
        "the execution fails",
        COMPLETE,
        "What comes next if it fails.",
        "on-error: repair",
    ),
    attribute(
        Task,
        "on-complete",
        NEXT,
        "none",
        COMPLETE,
        "What comes next in either case.",
        "on-complete: report",
    ),
    attribute(
        Task,
        "on-skip",
        NEXT,
        "as on-success",
        COMPLETE,
        "What comes next if an operator skips the task.",
        "on-skip: report",
    ),
    attribute(
        Task,
        "join",
        "`all`, `one` or a whole number of tasks",
        "runs once per arrival",
        NEVER,
        "Waits for the tasks that lead here: for all, for the first, or for so many.",
        "join: all",
    ),
    attribute(
        Task,
        "requires",
        "a task or a list of tasks",
        "none",
        NEVER,
        "Reverse workflows: the tasks that must have succeeded before.",
        "requires: [build, check]",
    ),
    attribute(
        Task,
        "retry",
        "a mapping of `count`, `delay` and perhaps `break-on`, `continue-on`, or the text `count=3 delay=5`",
        "none",
        "after each attempt",
        "Tries again when the task fails.",
        "retry:\n  count: 3\n  delay: 5",
    ),
    attribute(
        Task,
        "wait-before",
        SECONDS,
        "0",
        START,
        "Seconds before the call.",
        "wait-before: 10",
    ),
    attribute(
        Task,
        "wait-after",
        SECONDS,
        "0",
        COMPLETE,
        "Seconds after the call, before anything follows.",
        "wait-after: 10",
    ),
    attribute(
        Task,
        "timeout",
        SECONDS,
        "none",
        START,
        "Seconds after which the task fails.",
        "timeout: 300",
    ),
    attribute(
        Task,
        "pause-before",
        YES_NO,
        "false",
        START,
        "Pauses the execution before the call; it goes on when it is resumed.",
        "pause-before: true",
    ),
    attribute(
        Task,
        "fail-on",
        YES_NO,
        "false",
        COMPLETE,
        "Lets the task fail although its call succeeded.",
        "fail-on: <% task().result.status != 200 %>",
    ),
    attribute(
        Task,
        "target",
        "a text: the name of an executor, or an expression",
        "any executor",
        START,
        "The executor that must run the action.",
        "target: host7",
    ),
    attribute(
        Task,
        "keep-result",
        YES_NO,
        "true",
        NEVER,
        "Whether the result is stored once it was published.",
        "keep-result: false",
    ),
    attribute(
        Task,
        "safe-rerun",
        YES_NO,
        "false",
        NEVER,
        "The action may run again if its executor dies.",
        "safe-rerun: true",
    ),
    attribute(
        Retry,
        "count",
        COUNT,
        "required",
        "after each attempt",
        "How often it is tried again.",
        "count: 3",
    ),
    attribute(
        Retry,
        "delay",
        SECONDS,
        "required",
        "after each attempt",
        "Seconds between attempts.",
        "delay: 5",
    ),
    attribute(
        Retry,
        "break-on",
        EXPRESSION,
        "none",
        "after each attempt that failed",
        "Gives up when it is true.",
        "break-on: <% $.stop %>",
    ),
    attribute(
        Retry,
        "continue-on",
        EXPRESSION,
        "none",
        "after each attempt that succeeded",
        "Goes on trying while it is true: polling.",
        "continue-on: <% task().result.state = BUILD %>",
    ),
    attribute(
        Clause,
        "publish",
        "a mapping of `branch`, `global` or `atomic`",
        "none",
        COMPLETE,
        "Variables, by where they are seen.",
        "publish:\n  branch: {id: 1}",
    ),
    attribute(
        Clause,
        "next",
        NEXT,
        "none",
        COMPLETE,
        "What comes next.",
        "next: [two]",
    ),
    attribute(
        Publish,
        "branch",
        MAPPING,
        "none",
        COMPLETE,
        "Seen by the tasks after this one.",
        "branch: {id: 1}",
    ),
    attribute(
        Publish,
        "global",
        MAPPING,
        "none",
        COMPLETE,
        "Seen by all tasks.",
        "global: {id: 1}",
    ),
    attribute(
        Publish,
        "atomic",
        MAPPING,
        "none",
        COMPLETE,
        "Accepted; has no effect.",
        "atomic: {id: 1}",
    ),
    attribute(
        TaskDefaults,
        "on-success",
        NEXT,
        "none",
        COMPLETE,
        "As in a task.",
        "on-success: done",
    ),
    attribute(
        TaskDefaults,
        "on-error",
        NEXT,
        "none",
        COMPLETE,
        "As in a task.",
        "on-error: clean_up",
    ),
    attribute(
        TaskDefaults,
        "on-complete",
        NEXT,
        "none",
        COMPLETE,
        "As in a task.",
        "on-complete: done",
    ),
    attribute(
        TaskDefaults,
        "on-skip",
        NEXT,
        "none",
        COMPLETE,
        "As in a task.",
        "on-skip: done",
    ),
    attribute(
        TaskDefaults,
        "retry",
        "a mapping of `count` and `delay`, or the text `count=3 delay=5`",
        "none",
        "after each attempt",
        "As in a task.",
        "retry: count=3 delay=5",
    ),
    attribute(
        TaskDefaults,
        "wait-before",
        SECONDS,
        "0",
        START,
        "As in a task.",
        "wait-before: 1",
    ),
    attribute(
        TaskDefaults,
        "wait-after",
        SECONDS,
        "0",
        COMPLETE,
        "As in a task.",
        "wait-after: 1",
    ),
    attribute(
        TaskDefaults,
        "timeout",
        SECONDS,
        "none",
        START,
        "As in a task.",
        "timeout: 60",
    ),
    attribute(
        TaskDefaults,
        "pause-before",
        YES_NO,
        "false",
        START,
        "As in a task.",
        "pause-before: true",
    ),
    attribute(
        TaskDefaults,
        "concurrency",
        COUNT,
        "all at once",
        START,
        "As in a task.",
        "concurrency: 2",
    ),
    attribute(
        TaskDefaults,
        "fail-on",
        YES_NO,
        "false",
        COMPLETE,
        "As in a task.",
        "fail-on: <% task().result = null %>",
    ),
    attribute(
        TaskDefaults,
        "safe-rerun",
        YES_NO,
        "false",
        NEVER,
        "As in a task.",
        "safe-rerun: true",
    ),
    attribute(
        TaskDefaults,
        "requires",
        "a task or a list of tasks",
        "none",
        NEVER,
        "As in a task.",
        "requires: prepare",
    ),
    attribute(
        Action,
        "base",
        "a text: the name of an action, with or without inline parameters",
        "required",
        "when it is called",
        "The action that does the work.",
        "base: std.http",
    ),
    attribute(
        Action,
        "base-input",
        MAPPING,
        "none",
        "when it is called",
        "Parameters of that action. Expressions see the parameters of this one.",
        "base-input:\n  url: http://<% $.host %>/",
    ),
    attribute(
        Action,
        "input",
        PARAMETERS,
        "none",
        NEVER,
        "Parameters of this action.",
        "input: [host]",
    ),
    attribute(
        Action,
        "output",
        "any value",
        "the result as it is",
        "when it has ended",
        "What becomes of the result, which is `$`.",
        "output: <% $.content %>",
    ),
    attribute(
        Action,
        "description",
        "a text",
        "none",
        NEVER,
        "What people read in lists.",
        "description: Asks a host",
    ),
    attribute(
        Action,
        "tags",
        TEXTS,
        "none",
        NEVER,
        "Words to find the action by.",
        "tags: [net]",
    ),
    attribute(
        Workbook,
        "version",
        "`'2.0'`",
        "required",
        NEVER,
        "Version of the language.",
        "version: '2.0'",
    ),
    attribute(
        Workbook,
        "name",
        "a text without blanks",
        "required",
        NEVER,
        "Prefix of the names of all that is in it: `name.workflow`.",
        "name: site",
    ),
    attribute(
        Workbook,
        "description",
        "a text",
        "none",
        NEVER,
        "For readers.",
        "description: All about sites",
    ),
    attribute(
        Workbook,
        "tags",
        TEXTS,
        "none",
        NEVER,
        "Words to find the workbook by.",
        "tags: [site]",
    ),
    attribute(
        Workbook,
        "workflows",
        "a mapping from names to workflows",
        "none",
        NEVER,
        "The workflows.",
        "workflows:\n  main:\n    tasks:\n      one:\n        action: std.noop",
    ),
    attribute(
        Workbook,
        "actions",
        "a mapping from names to action definitions",
        "none",
        NEVER,
        "The actions.",
        "actions:\n  greet:\n    base: std.echo output=\"hi\"",
    ),
];

/// Commands that may stand for tasks in on-clauses, with their meaning.
pub const COMMANDS: [(&str, &str); 4] = [
    ("noop", "Nothing follows."),
    ("fail", "The execution fails. `fail msg=\"text\"` says why."),
    ("succeed", "The execution succeeds at once."),
    ("pause", "The execution pauses."),
];

impl Attribute {
    /// Whether it takes a boolean or an expression.
    pub(crate) fn is_flag(&self) -> bool {
        self.takes == YES_NO
    }

    /// Whether it takes a whole number or an expression.
    pub(crate) fn is_number(&self) -> bool {
        self.takes == SECONDS || self.takes == COUNT
    }
}

/// The attributes of something.
pub fn of(owner: Owner) -> impl Iterator<Item = &'static Attribute> {
    ATTRIBUTES.iter().filter(move |attribute| attribute.owner == owner)
}

/// The attribute of this name.
pub fn find(owner: Owner, name: &str) -> Option<&'static Attribute> {
    of(owner).find(|attribute| attribute.name == name)
}

/// Whether a key is the name of an attribute that takes booleans.
pub(crate) fn is_flag(name: &str) -> bool {
    ATTRIBUTES
        .iter()
        .any(|attribute| attribute.name == name && attribute.is_flag())
}

/// The text of `docs/language.md`.
pub fn reference() -> String {
    use std::fmt::Write as _;
    let mut out = String::from(HEAD);
    for owner in Owner::ALL {
        let title = owner.name().trim_start_matches("a ").trim_start_matches("an ");
        let _ = write!(
            out,
            "\n## Attributes of {title}\n\n| Attribute | Takes | Default | Expressions are evaluated | Meaning |\n|---|---|---|---|---|\n"
        );
        for a in of(owner) {
            let _ = writeln!(
                out,
                "| `{}` | {} | {} | {} | {} |",
                a.name, a.takes, a.default, a.evaluated, a.doc
            );
        }
        for a in of(owner).filter(|a| a.doc != "As in a task.") {
            let _ = write!(out, "\n### {}\n\n```yaml\n{}\n```\n", a.name, a.example);
        }
    }
    out.push_str("\n## Commands\n\nIn on-clauses they stand where a task could.\n\n| Command | Meaning |\n|---|---|\n");
    for (name, doc) in COMMANDS {
        let _ = writeln!(out, "| `{name}` | {doc} |");
    }
    out
}

const HEAD: &str = "# The workflow language

Made from the table in `src/lint/attributes.rs` (`LINT_REFERENCE=write cargo test -p mistral-lint` writes it anew); a test keeps it to what
the validator accepts.

A document is YAML 1.1: `version: '2.0'` and workflows (or actions) by name. There are no anchors and aliases. A workflow maps names to
tasks; a task calls an action or another workflow, publishes variables, and says what comes next. A *direct* workflow begins with the tasks
that no other leads to; a *reverse* one runs the task that the start names and whatever it requires.

## Calls

`action: std.http url=<% $.url %> method=\"GET\"` is the inline form: a name, then parameters. A value is quoted text, a number, `true`,
`false`, `null`, a list in brackets or one expression; anything else is dropped silently (`lint` tells). The same parameters as a mapping stand
under `input`; inline ones win.

## Expressions

`<% … %>` is [YAQL](yaql.md), `{{ … }}` Jinja2; one text has one of them, and markers close on their line. `$.name` and `_.name` are variables: input,
`vars`, and what the tasks on the way here published. A text that is one expression as a whole keeps the type of its value. `task()` is the task
itself, `task(name)` another one: `.result`, `.state`, `.published`. `env()`, `execution()`, `global(name)`, `uuid()`, `json_dump(x)`,
`yaml_parse(text)` and others are in both languages.

## What follows a task

On success `on-success`, then `on-complete`; on failure `on-error`, then `on-complete`. A failure without `on-error` fails the execution once everything else
has ended, also if `on-complete` led on. A condition stands in a list: `- two: <% $.n > 1 %>`. A `join` waits for the tasks that lead to it.

`publish` is evaluated before the retry policy decides: with `continue-on`, it must cope with results that are not there yet
(`<% task().result.get(address) %>`).
";
