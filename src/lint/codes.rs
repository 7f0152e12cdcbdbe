//! Every kind of diagnostic with the text of its help page. `docs/lint.md` is made from this table.

use std::fmt::Write as _;

/// How bad a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The upload is refused.
    Error,
    /// It is accepted, and goes wrong when it runs.
    Warning,
}

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// A kind of diagnostic.
#[derive(Clone, Copy, Debug)]
pub struct Code {
    pub code: &'static str,
    pub severity: Severity,
    pub title: &'static str,
    pub text: &'static str,
    /// A workflow's members with the mistake.
    pub wrong: &'static str,
    /// The same without.
    pub right: &'static str,
}

/// The row of this code.
pub fn named(code: &str) -> Option<&'static Code> {
    CODES.iter().find(|row| row.code == code)
}

const fn error(
    code: &'static str,
    title: &'static str,
    text: &'static str,
    wrong: &'static str,
    right: &'static str,
) -> Code {
    Code {
        code,
        severity: Severity::Error,
        title,
        text,
        wrong,
        right,
    }
}

const fn warning(
    code: &'static str,
    title: &'static str,
    text: &'static str,
    wrong: &'static str,
    right: &'static str,
) -> Code {
    Code {
        severity: Severity::Warning,
        ..error(code, title, text, wrong, right)
    }
}

/// The table, in order of the codes.
pub const CODES: &[Code] = &[
    error(
        "MW001",
        "The text is not YAML",
        "The loader stops here; what it expected is in the message. Nothing behind this place was looked at.",
        "tasks:\n  one:\n    action: [std.noop\n",
        "tasks:\n  one:\n    action: std.noop\n",
    ),
    error(
        "MW002",
        "A tab indents a line",
        "YAML allows blanks only in front of a line. Have your editor write blanks for tabs in YAML files.",
        "tasks:\n\tone:\n    action: std.noop\n",
        "tasks:\n  one:\n    action: std.noop\n",
    ),
    error(
        "MW003",
        "A line is indented wrongly",
        "All keys of a mapping begin in the same column. One line begins further left or right than those it belongs to.",
        "tasks:\n  one:\n    action: std.noop\n     on-success: two\n  two:\n    action: std.noop\n",
        "tasks:\n  one:\n    action: std.noop\n    on-success: two\n  two:\n    action: std.noop\n",
    ),
    error(
        "MW004",
        "A value needs quotes",
        "`{{ … }}` without quotes is a mapping for YAML, `: ` inside a value begins another mapping, and a value may not begin \
         with `%`, `@` or a backtick. Put the value into quotes.",
        "output:\n  greeting: {{ _.x }}\ntasks:\n  one:\n    action: std.noop\n",
        "input: [x]\noutput:\n  greeting: \"{{ _.x }}\"\ntasks:\n  one:\n    action: std.noop\n",
    ),
    error(
        "MW005",
        "The document holds nothing to upload",
        "A document of workflows is a mapping: `version: '2.0'`, and below it at least one name with its definition.",
        "",
        "tasks:\n  one:\n    action: std.noop\n",
    ),
    error(
        "MW010",
        "Unknown attribute",
        "The name is not one of those that may stand here. The reference lists the attributes of workflows, tasks, retries and \
         on-clauses.",
        "tasks:\n  one:\n    action: std.noop\n    on-sucess: two\n  two:\n    action: std.noop\n",
        "tasks:\n  one:\n    action: std.noop\n    on-success: two\n  two:\n    action: std.noop\n",
    ),
    error(
        "MW011",
        "An attribute is missing",
        "A document needs `version`, a workflow `tasks`, a `retry` needs `count` and `delay`, an ad-hoc action `base`, a \
         workbook `name`.",
        "tasks:\n  one:\n    action: std.noop\n    retry:\n      count: 3\n",
        "tasks:\n  one:\n    action: std.noop\n    retry:\n      count: 3\n      delay: 1\n",
    ),
    error(
        "MW012",
        "A value of the wrong kind",
        "The attribute does not take such a value. Seconds and counts are whole numbers, zero or more, or one expression; \
         `join` is `all`, `one` or a number; `publish` and `output` are mappings.",
        "tasks:\n  a:\n    action: std.noop\n    on-success: c\n  c:\n    join: every\n    action: std.noop\n",
        "tasks:\n  a:\n    action: std.noop\n    on-success: c\n  c:\n    join: all\n    action: std.noop\n",
    ),
    error(
        "MW013",
        "A task with an action and a workflow",
        "A task calls one or the other. Make two tasks of it, joined by `on-success`.",
        "tasks:\n  one:\n    action: std.noop\n    workflow: other\n",
        "tasks:\n  one:\n    action: std.noop\n",
    ),
    error(
        "MW014",
        "A mapping is needed here",
        "`tasks` maps names to tasks, and each workflow and each task is a mapping of attributes. A list, or a text where an \
         indented mapping should be, is refused.",
        "tasks:\n  - one:\n      action: std.noop\n",
        "tasks:\n  one:\n    action: std.noop\n",
    ),
    error(
        "MW015",
        "Unknown type of workflow",
        "`type` is `direct` (the default: tasks say what comes next) or `reverse` (tasks say what they need).",
        "type: revers\ntasks:\n  one:\n    action: std.noop\n",
        "type: reverse\ntasks:\n  one:\n    action: std.noop\n",
    ),
    error(
        "MW016",
        "No task to start with",
        "A direct workflow begins with the tasks that no other task leads to. Here every task is the successor of some other: \
         the workflow is a circle.",
        "tasks:\n  one:\n    action: std.noop\n    on-success: two\n  two:\n    action: std.noop\n    on-success: one\n",
        "tasks:\n  one:\n    action: std.noop\n    on-success: two\n  two:\n    action: std.noop\n",
    ),
    error(
        "MW017",
        "A task that is not there",
        "On-clauses and `requires` name tasks of the same workflow, or the commands `noop`, `fail`, `succeed`, `pause`.",
        "tasks:\n  one:\n    action: std.noop\n    on-success: twoo\n  two:\n    action: std.noop\n",
        "tasks:\n  one:\n    action: std.noop\n    on-success: two\n  two:\n    action: std.noop\n",
    ),
    error(
        "MW018",
        "A join that waits for more tasks than lead to it",
        "`join: all` needs at least one task that leads here, `join: 3` at least three.",
        "tasks:\n  a:\n    action: std.noop\n    on-success: c\n  c:\n    join: 5\n    action: std.noop\n",
        "tasks:\n  a:\n    action: std.noop\n    on-success: c\n  c:\n    join: 1\n    action: std.noop\n",
    ),
    error(
        "MW019",
        "A call that cannot be read",
        "An inline call is a name and parameters: `std.echo output=\"text\"`. The name comes first; inline parameters and an \
         `input` that is one expression exclude each other.",
        "tasks:\n  one:\n    action: -std.echo output=1\n",
        "tasks:\n  one:\n    action: std.echo output=1\n",
    ),
    error(
        "MW020",
        "A `with-items` that cannot be read",
        "Each list is written as `name in <% list %>` or `name in [1, 2]`.",
        "input: [hosts]\ntasks:\n  one:\n    with-items: <% $.hosts %>\n    action: std.noop\n",
        "input: [hosts]\ntasks:\n  one:\n    with-items: host in <% $.hosts %>\n    action: std.echo output=<% $.host %>\n",
    ),
    error(
        "MW021",
        "A YAQL expression that cannot be read",
        "The text between `<%` and `%>` does not follow YAQL's grammar. Look for a missing bracket, quote or operand.",
        "input: [a]\ntasks:\n  one:\n    action: std.echo output=<% $.a.where($ > %>\n",
        "input: [a]\ntasks:\n  one:\n    action: std.echo output=<% $.a.where($ > 1) %>\n",
    ),
    error(
        "MW022",
        "A Jinja2 expression that cannot be read",
        "The text between `{{` and `}}`, or a `{% … %}` block, does not follow Jinja2's grammar.",
        "tasks:\n  one:\n    action: std.echo\n    input:\n      output: \"{{ 1 + }}\"\n",
        "tasks:\n  one:\n    action: std.echo\n    input:\n      output: \"{{ 1 + 1 }}\"\n",
    ),
    error(
        "MW023",
        "Two expression languages in one text",
        "A text is YAQL or Jinja2; both in one text is refused, and so is a language that the operator has switched off.",
        "tasks:\n  one:\n    action: std.echo\n    input:\n      output: \"<% 1 %> {{ 1 }}\"\n",
        "tasks:\n  one:\n    action: std.echo\n    input:\n      output: \"<% 1 %> <% 1 %>\"\n",
    ),
    error(
        "MW024",
        "A name that cannot be stored",
        "Names of definitions have no blanks and at most 255 characters, are text (quote `123:` and `on:`), and must not look \
         like an id.",
        "",
        "tasks:\n  one:\n    action: std.noop\n",
    ),
    error(
        "MW029",
        "The upload is refused",
        "A rule of the language that has no page of its own; the message is the service's answer.",
        "",
        "tasks:\n  one:\n    action: std.noop\n",
    ),
    warning(
        "MW050",
        "A key that stands twice",
        "YAML takes the last one and drops the other silently: a task written twice runs once.",
        "tasks:\n  one:\n    action: std.noop\n  one:\n    action: std.fail\n",
        "tasks:\n  one:\n    action: std.noop\n  two:\n    action: std.fail\n",
    ),
    warning(
        "MW051",
        "An unknown action",
        "No action of this name is in the catalogue: the task will fail. Actions of your own are known when their documents \
         are linted together with the workflow, or with `--server` or `--catalogue`.",
        "tasks:\n  one:\n    action: std.ehco output=\"x\"\n",
        "tasks:\n  one:\n    action: std.echo output=\"x\"\n",
    ),
    warning(
        "MW052",
        "An unknown parameter",
        "The action or workflow has no such parameter: the task will fail.",
        "tasks:\n  one:\n    action: std.echo output=\"x\" dealy=1\n",
        "tasks:\n  one:\n    action: std.echo output=\"x\" delay=1\n",
    ),
    warning(
        "MW053",
        "A parameter is missing",
        "The action or workflow needs it and has no default: the task will fail.",
        "tasks:\n  one:\n    action: std.http\n    input:\n      method: GET\n",
        "tasks:\n  one:\n    action: std.http\n    input:\n      url: http://example.org\n",
    ),
    warning(
        "MW054",
        "An unknown YAQL function",
        "YAQL has no function or method of this name: the expression will fail when it is evaluated. The YAQL reference lists \
         what there is.",
        "input: [name]\ntasks:\n  one:\n    action: std.echo output=<% $.name.upper() %>\n",
        "input: [name]\ntasks:\n  one:\n    action: std.echo output=<% $.name.toUpper() %>\n",
    ),
    warning(
        "MW055",
        "An unknown Jinja2 filter, test or name",
        "The template will fail when it is evaluated. The data of the workflow are members of `_`: `{{ _.name }}`.",
        "input: [name]\ntasks:\n  one:\n    action: std.echo\n    input:\n      output: \"{{ _.name | uper }}\"\n",
        "input: [name]\ntasks:\n  one:\n    action: std.echo\n    input:\n      output: \"{{ _.name | upper }}\"\n",
    ),
    warning(
        "MW056",
        "An expression that is never closed",
        "Without `%>` or `}}` on the same line the text is no expression and stays as it is.",
        "input: [name]\ntasks:\n  one:\n    action: std.echo\n    input:\n      output: <% $.name\n",
        "input: [name]\ntasks:\n  one:\n    action: std.echo\n    input:\n      output: <% $.name %>\n",
    ),
    warning(
        "MW057",
        "A variable that nothing can have set",
        "The name is no input, no `vars`, no `with-items` variable, and no task that runs before publishes it. Reading it fails.",
        "input: [name]\ntasks:\n  one:\n    action: std.echo output=<% $.nmae %>\n",
        "input: [name]\ntasks:\n  one:\n    action: std.echo output=<% $.name %>\n",
    ),
    warning(
        "MW058",
        "A published variable that nobody reads",
        "The workflow has an `output`, and no expression mentions the variable. Add it to `output`, or drop it.",
        "output:\n  done: true\ntasks:\n  one:\n    action: std.noop\n    publish:\n      unused: <% task().result %>\n",
        "output:\n  used: <% $.used %>\ntasks:\n  one:\n    action: std.noop\n    publish:\n      used: <% task().result %>\n",
    ),
    warning(
        "MW059",
        "A task that is never reached",
        "No way leads from the first tasks to this one: it belongs to a circle of its own.",
        "tasks:\n  one:\n    action: std.noop\n  two:\n    action: std.noop\n    on-success: three\n  three:\n    action: std.noop\n    on-success: two\n",
        "tasks:\n  one:\n    action: std.noop\n    on-success: two\n  two:\n    action: std.noop\n",
    ),
    warning(
        "MW060",
        "A join that can never be complete",
        "`join: all` waits for every task that leads to it, but two of them exclude each other: one runs only if a task \
         succeeds, the other only if the same task fails. Use `join: one`.",
        "tasks:\n  a:\n    action: std.noop\n    on-success: b\n    on-error: c\n  b:\n    action: std.noop\n    on-success: d\n  c:\n    action: std.noop\n    on-success: d\n  d:\n    join: all\n    action: std.noop\n",
        "tasks:\n  a:\n    action: std.noop\n    on-success: b\n    on-error: c\n  b:\n    action: std.noop\n    on-success: d\n  c:\n    action: std.noop\n    on-success: d\n  d:\n    join: one\n    action: std.noop\n",
    ),
    warning(
        "MW061",
        "A loop without an exit",
        "Every transition inside the loop is taken unconditionally and none leads out of it: it goes on until the execution is \
         cancelled. Give one of them a condition.",
        "tasks:\n  start:\n    action: std.noop\n    on-success: poll\n  poll:\n    action: std.noop\n    on-success: poll\n",
        "tasks:\n  start:\n    action: std.noop\n    on-success: poll\n  poll:\n    action: std.noop\n    on-success:\n      - poll: <% task().result = 1 %>\n",
    ),
    warning(
        "MW062",
        "A retry without delay",
        "With `delay: 0` all attempts are over in a moment, before whatever failed has had time to recover.",
        "tasks:\n  one:\n    action: std.noop\n    retry: count=3 delay=0\n",
        "tasks:\n  one:\n    action: std.noop\n    retry: count=3 delay=5\n",
    ),
    warning(
        "MW063",
        "A `with-items` over something that is no list",
        "The variable has a value that is no list: a text, a number or a mapping. The task will fail.",
        "vars:\n  hosts: a\ntasks:\n  one:\n    with-items: host in <% $.hosts %>\n    action: std.echo output=<% $.host %>\n",
        "vars:\n  hosts: [a]\ntasks:\n  one:\n    with-items: host in <% $.hosts %>\n    action: std.echo output=<% $.host %>\n",
    ),
    warning(
        "MW064",
        "A secret in clear text",
        "Definitions are readable for all who may list workflows. Take secrets from the input or from an environment.",
        "tasks:\n  one:\n    action: std.ssh\n    input: {cmd: ls, host: h, username: u, password: hunter2}\n",
        "input: [password]\ntasks:\n  one:\n    action: std.ssh\n    input: {cmd: ls, host: h, username: u, password: <% $.password %>}\n",
    ),
    warning(
        "MW065",
        "A value that YAML 1.1 reads otherwise",
        "`on`, `off`, `yes` and `no` are booleans, `1e3` is a text, `0777` is octal, `12:30` is 750. Quote what is meant as text.",
        "output:\n  answer: no\ntasks:\n  one:\n    action: std.noop\n",
        "output:\n  answer: 'no'\ntasks:\n  one:\n    action: std.noop\n",
    ),
    warning(
        "MW066",
        "A condition that is ignored",
        "An on-clause that is a mapping of a task to a condition is taken for the form with `publish` and `next`: the transition \
         is lost. Make it an item of a list.",
        "tasks:\n  one:\n    action: std.noop\n    on-success:\n      two: <% true %>\n  two:\n    action: std.noop\n",
        "tasks:\n  one:\n    action: std.noop\n    on-success:\n      - two: <% true %>\n  two:\n    action: std.noop\n",
    ),
    warning(
        "MW067",
        "An attribute that a workflow does not have",
        "Unknown attributes of workflows are accepted and ignored: a misspelt `output` gives no output.",
        "outptu:\n  a: 1\ntasks:\n  one:\n    action: std.noop\n",
        "output:\n  a: 1\ntasks:\n  one:\n    action: std.noop\n",
    ),
    warning(
        "MW068",
        "An unknown workflow",
        "None of the documents that are linted together defines it: the task will fail unless it was uploaded before. \
         `--server` asks the service.",
        "tasks:\n  one:\n    workflow: nosuchwf\n",
        "tasks:\n  one:\n    action: std.noop\n",
    ),
    warning(
        "MW069",
        "An expression without markers",
        "`$.name` outside `<% %>`, or `_.name` outside `{{ }}`, is plain text.",
        "input: [name]\noutput:\n  greeting: $.name\ntasks:\n  one:\n    action: std.noop\n",
        "input: [name]\noutput:\n  greeting: <% $.name %>\ntasks:\n  one:\n    action: std.noop\n",
    ),
    warning(
        "MW070",
        "An inline parameter that is lost",
        "Values of inline parameters are quoted texts, numbers, `true`, `false`, `null`, lists or expressions; anything else is \
         skipped silently. Quote it, or use `input`.",
        "tasks:\n  one:\n    action: std.echo output=Hello\n",
        "tasks:\n  one:\n    action: std.echo output=\"Hello\"\n",
    ),
    warning(
        "MW071",
        "An expression about a task that is not there",
        "`task(name)` of a name that no task has is null.",
        "output:\n  a: <% task(tow).result %>\ntasks:\n  two:\n    action: std.noop\n",
        "output:\n  a: <% task(two).result %>\ntasks:\n  two:\n    action: std.noop\n",
    ),
];

/// The text of `docs/lint.md`.
pub fn reference() -> String {
    let mut out = String::from(
        "# Diagnostics\n\nMade from the table in `src/lint/codes.rs` (`LINT_REFERENCE=write cargo test -p mistral-lint` writes it anew).\n\n\
         `mistral-server lint FILE…` finds mistakes before anything runs, without server and database. *Errors* are what an upload would \
         refuse; *warnings* are accepted and go wrong later. The validation requests of the REST API answer the same in `diagnostics`.\n\n\
         | Code | Severity | |\n|---|---|---|\n",
    );
    for code in CODES {
        let anchor = code.code.to_lowercase();
        let _ = writeln!(
            out,
            "| [{}](#{anchor}) | {} | {} |",
            code.code,
            code.severity.name(),
            code.title
        );
    }
    for code in CODES {
        let _ = write!(
            out,
            "\n## {}\n\n**{}** ({})\n\n{}\n",
            code.code,
            code.title,
            code.severity.name(),
            code.text
        );
        for (title, example) in [("Not", code.wrong), ("But", code.right)] {
            if code.wrong.is_empty() {
                continue;
            }
            let _ = write!(out, "\n{title}:\n\n```yaml\n{}```\n", document(example));
        }
    }
    out
}

/// A document around the members of a workflow.
pub fn document(members: &str) -> String {
    let mut out = String::from("version: '2.0'\nexample:\n");
    for line in members.lines() {
        let _ = writeln!(out, "  {line}");
    }
    out
}
