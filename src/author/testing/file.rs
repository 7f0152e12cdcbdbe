//! Test files: `backup.test.yaml` beside `backup.yaml`.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use mistral_lint::nearest;
use mistral_model::{Dict, Str, Value};
use pyyaml::Located;

use crate::files;

/// A file of tests.
pub(super) struct TestFile {
    pub name: String,
    /// Files with definitions.
    pub definitions: Vec<PathBuf>,
    pub environments: Dict,
    pub cases: Vec<Case>,
}

/// One test.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub name: String,
    pub line: usize,
    /// None: the first one that is defined.
    pub workflow: Option<String>,
    pub input: Dict,
    /// `env`, `task_name`, … of the start.
    pub params: Dict,
    /// Resumes the execution whenever it pauses.
    pub resume: bool,
    pub mocks: Vec<Mock>,
    pub expect: Expect,
}

/// What an action answers.
#[derive(Clone, Debug)]
pub(super) struct Mock {
    pub line: usize,
    /// Of the case itself: it must answer something.
    pub own: bool,
    pub workflow: Option<String>,
    pub task: Option<String>,
    pub action: Option<String>,
    pub item: Option<i64>,
    /// From 1.
    pub attempt: Option<i64>,
    /// Members that the input must have.
    pub with: Option<Value>,
    pub answer: Answer,
    /// Virtual seconds until the answer; none: at once, `std.sleep` as long as it says.
    pub delay: Option<f64>,
}

/// How a mocked call ends.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Answer {
    Result(Value),
    Error(Value),
    Never,
}

/// What must have come of it; what is not said does not matter.
#[derive(Clone, Debug, Default)]
pub(super) struct Expect {
    pub state: Option<String>,
    pub state_info: Option<String>,
    pub output: Option<Value>,
    pub output_has: Option<Value>,
    /// Tasks in the order in which they start; others may come between.
    pub order: Vec<String>,
    /// Tasks that must not run.
    pub not_run: Vec<String>,
    /// Virtual seconds.
    pub duration: Option<f64>,
    pub tasks: Vec<(String, ExpectTask)>,
}

/// What must have come of a task.
#[derive(Clone, Debug, Default)]
pub(super) struct ExpectTask {
    pub state: Option<String>,
    pub state_info: Option<String>,
    /// How many executions of the task there are.
    pub runs: Option<i64>,
    /// How many calls they made together.
    pub calls: Option<i64>,
    /// Members that it must have published.
    pub published: Option<Value>,
    /// Members that the inputs of its calls must have, in their order.
    pub inputs: Vec<Value>,
}

const FILE: [&str; 6] = [
    "definitions",
    "workflow",
    "environments",
    "mocks",
    "cases",
    "description",
];
const CASE: [&str; 8] = [
    "name", "workflow", "input", "env", "params", "mocks", "expect", "resume",
];
const MOCK: [&str; 10] = [
    "workflow", "task", "action", "item", "attempt", "with", "result", "error", "never", "delay",
];
const EXPECT: [&str; 8] = [
    "state",
    "state_info",
    "output",
    "output_has",
    "order",
    "not_run",
    "duration",
    "tasks",
];
const TASK: [&str; 6] = ["state", "state_info", "runs", "calls", "published", "inputs"];

/// Reads a file of tests.
///
/// # Errors
/// What is wrong with it, with file and line.
pub(super) fn read(path: &Path) -> anyhow::Result<TestFile> {
    let document = files::read(path)?;
    let name = document.name.clone();
    let root = pyyaml::locate(&document.text)
        .map_err(|error| anyhow::anyhow!("{error}"))
        .with_context(|| name.clone())?;
    let Some(root) = root else {
        bail!("{name}: the file is empty")
    };
    let reader = Reader { name: &name };
    reader.keys(&root, &FILE, "a test file")?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let definitions = match root.get("definitions") {
        Some(node) => reader.texts(node)?.into_iter().map(|text| folder.join(text)).collect(),
        None => vec![beside(path)?],
    };
    let workflow = reader.optional_text(&root, "workflow")?;
    let shared = reader.mocks(root.get("mocks"))?;
    let Some(cases) = root.get("cases") else {
        bail!("{name}: there are no `cases`")
    };
    let cases = cases
        .items()
        .iter()
        .map(|node| reader.case(node, workflow.as_deref(), &shared));
    let cases: Vec<Case> = cases.collect::<anyhow::Result<_>>()?;
    if cases.is_empty() {
        bail!("{name}: `cases` must be a list of at least one test");
    }
    Ok(TestFile {
        definitions,
        environments: reader.dict(root.get("environments"))?,
        cases,
        name,
    })
}

/// `backup.yaml` for `backup.test.yaml`.
fn beside(path: &Path) -> anyhow::Result<PathBuf> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    match name.rsplit_once(".test.") {
        Some((stem, extension)) => Ok(path.with_file_name(format!("{stem}.{extension}"))),
        None => bail!("{}: name the files to test under `definitions`", path.display()),
    }
}

struct Reader<'n> {
    name: &'n str,
}

impl Reader<'_> {
    fn wrong<T>(&self, node: &Located, problem: &str) -> anyhow::Result<T> {
        bail!("{}:{}:{}: {problem}", self.name, node.span.line, node.span.column)
    }

    fn keys(&self, node: &Located, known: &[&'static str], what: &str) -> anyhow::Result<()> {
        for (key, _) in node.members() {
            let name = key.key().unwrap_or_default();
            if !known.contains(&&*name) {
                let near = nearest(&name, known.iter().copied());
                let help = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                return self.wrong(key, &format!("{what} has no `{name}`{help}"));
            }
        }
        Ok(())
    }

    fn case(&self, node: &Located, workflow: Option<&str>, shared: &[Mock]) -> anyhow::Result<Case> {
        self.keys(node, &CASE, "a case")?;
        let mut params = self.dict(node.get("params"))?;
        if let Some(env) = node.get("env") {
            params.insert("env".into(), env.to_value());
        }
        let mut mocks = self.mocks(node.get("mocks"))?;
        mocks.iter_mut().for_each(|mock| mock.own = true);
        mocks.extend(shared.iter().cloned());
        let Some(name) = self.optional_text(node, "name")? else {
            return self.wrong(node, "a case needs a `name`");
        };
        let Some(expect) = node.get("expect") else {
            return self.wrong(node, "a case needs `expect`: without it nothing is tested");
        };
        Ok(Case {
            name,
            line: node.span.line,
            workflow: self.optional_text(node, "workflow")?.or(workflow.map(str::to_owned)),
            input: self.dict(node.get("input"))?,
            params,
            resume: node.get("resume").is_some_and(|node| node.to_value().is_truthy()),
            mocks,
            expect: self.expect(expect)?,
        })
    }

    fn mocks(&self, node: Option<&Located>) -> anyhow::Result<Vec<Mock>> {
        let items = node.map(Located::items).unwrap_or_default();
        if let Some(node) = node
            && items.is_empty()
        {
            return self.wrong(node, "`mocks` must be a list");
        }
        items.iter().map(|item| self.mock(item)).collect()
    }

    fn mock(&self, node: &Located) -> anyhow::Result<Mock> {
        self.keys(node, &MOCK, "a mock")?;
        let mut answers = Vec::new();
        if let Some(value) = node.get("result") {
            answers.push(Answer::Result(value.to_value()));
        }
        if let Some(value) = node.get("error") {
            answers.push(Answer::Error(value.to_value()));
        }
        if node.get("never").is_some_and(|value| value.to_value().is_truthy()) {
            answers.push(Answer::Never);
        }
        if answers.len() != 1 {
            return self.wrong(node, "a mock needs one of `result`, `error` and `never: true`");
        }
        Ok(Mock {
            line: node.span.line,
            own: false,
            workflow: self.optional_text(node, "workflow")?,
            task: self.optional_text(node, "task")?,
            action: self.optional_text(node, "action")?,
            item: self.optional_number(node, "item")?.map(|n| n as i64),
            attempt: self.optional_number(node, "attempt")?.map(|n| n as i64),
            with: node.get("with").map(Located::to_value),
            answer: answers.remove(0),
            delay: self.optional_number(node, "delay")?,
        })
    }

    fn expect(&self, node: &Located) -> anyhow::Result<Expect> {
        self.keys(node, &EXPECT, "`expect`")?;
        if node.members().is_empty() {
            return self.wrong(node, "`expect` must be a mapping of at least one expectation");
        }
        let tasks = node.get("tasks").map(Located::members).unwrap_or_default();
        let tasks = tasks
            .iter()
            .map(|(key, value)| Ok((key.key().unwrap_or_default().to_string(), self.task(value)?)));
        Ok(Expect {
            state: self.optional_text(node, "state")?,
            state_info: self.optional_text(node, "state_info")?,
            output: node.get("output").map(Located::to_value),
            output_has: node.get("output_has").map(Located::to_value),
            order: node
                .get("order")
                .map(|node| self.texts(node))
                .transpose()?
                .unwrap_or_default(),
            not_run: node
                .get("not_run")
                .map(|node| self.texts(node))
                .transpose()?
                .unwrap_or_default(),
            duration: self.optional_number(node, "duration")?,
            tasks: tasks.collect::<anyhow::Result<_>>()?,
        })
    }

    fn task(&self, node: &Located) -> anyhow::Result<ExpectTask> {
        if let Some(state) = node.text() {
            return Ok(ExpectTask {
                state: Some(state.to_owned()),
                ..ExpectTask::default()
            });
        }
        self.keys(node, &TASK, "the expectation of a task")?;
        let integer = |key| anyhow::Ok(self.optional_number(node, key)?.map(|n| n as i64));
        Ok(ExpectTask {
            state: self.optional_text(node, "state")?,
            state_info: self.optional_text(node, "state_info")?,
            runs: integer("runs")?,
            calls: integer("calls")?,
            published: node.get("published").map(Located::to_value),
            inputs: node
                .get("inputs")
                .map(Located::items)
                .unwrap_or_default()
                .iter()
                .map(Located::to_value)
                .collect(),
        })
    }

    fn optional_text(&self, node: &Located, key: &str) -> anyhow::Result<Option<String>> {
        match node.get(key) {
            None => Ok(None),
            Some(value) => match value.text() {
                Some(text) => Ok(Some(text.to_owned())),
                None => self.wrong(value, &format!("`{key}` must be a text")),
            },
        }
    }

    fn optional_number(&self, node: &Located, key: &str) -> anyhow::Result<Option<f64>> {
        match node.get(key) {
            None => Ok(None),
            Some(value) => match value.to_value() {
                Value::Int(n) => Ok(Some(n as f64)),
                Value::Float(f) => Ok(Some(f)),
                _ => self.wrong(value, &format!("`{key}` must be a number")),
            },
        }
    }

    fn texts(&self, node: &Located) -> anyhow::Result<Vec<String>> {
        let texts = node.items().iter().map(|item| item.text().map(str::to_owned));
        match texts.collect::<Option<Vec<String>>>() {
            Some(texts) if !texts.is_empty() => Ok(texts),
            _ => self.wrong(node, "this must be a list of texts"),
        }
    }

    fn dict(&self, node: Option<&Located>) -> anyhow::Result<Dict> {
        match node.map(|node| (node, node.to_value())) {
            None => Ok(Dict::default()),
            Some((_, Value::Dict(members))) => Ok((*members).clone()),
            Some((node, _)) => self.wrong(node, "this must be a mapping"),
        }
    }
}

/// Whether a value has what another one says: members of mappings may be more, everything else is equal.
pub(super) fn has(value: &Value, wanted: &Value) -> bool {
    match (value, wanted) {
        (Value::Dict(value), Value::Dict(wanted)) => wanted
            .iter()
            .all(|(key, wanted): (&Str, &Value)| value.get(key).is_some_and(|value| has(value, wanted))),
        (Value::List(value), Value::List(wanted)) => {
            value.len() == wanted.len()
                && value
                    .iter()
                    .zip(wanted.iter())
                    .all(|(value, wanted)| has(value, wanted))
        }
        (Value::Int(n), Value::Float(f)) | (Value::Float(f), Value::Int(n)) => *n as f64 == *f,
        (value, wanted) => value == wanted,
    }
}
