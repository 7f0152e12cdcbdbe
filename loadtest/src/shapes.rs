//! The workflows that are run: the reference shapes of upstream's high-availability plan (mistral-specs,
//! `pike/approved/ha.rst`) and a single task. Each one knows its YAML text and what a correct run looks like.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Result, ensure};
use clap::ValueEnum;
use serde::Serialize;
use serde_json::{Value, json};

/// The number that every execution starts from, so that outputs depend on the input.
const START: u64 = 5;
/// More operands than this are summed as a list: a long chain of `+` is deep for a recursive parser.
const LONGEST_SUM: usize = 100;
const MOST_TASKS: u64 = 100_000;

/// The topology of a workflow.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    /// One task without data.
    Single,
    /// N tasks, each started by the one before, a value passed along.
    Sequence,
    /// N tasks without connections.
    Parallel,
    /// X independent sequences of N tasks.
    Sequences,
    /// N tasks that meet in a task with `join: all`.
    Join,
    /// X sequences of N tasks that meet in a task with `join: all`.
    SequencesJoin,
    /// One task with N items.
    WithItems,
    /// All of the above in one workflow.
    Mix,
    /// N HTTP calls in a row to a server of the load generator, each with the answer of the one before.
    Http,
}

/// Which way actions take through the service.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Lane {
    /// `std.noop` and `std.echo`, which a server may evaluate inside its engine.
    Inline,
    /// `std.sleep seconds=0`, which an executor has to run.
    Executor,
    /// `std.http` to the given base URL, which counts every call: the effect that must not be repeated.
    Http(String),
}

/// One workflow of a given size, and what its executions must look like.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    kind: Kind,
    tasks: u64,
    sequences: u64,
    lane: Lane,
    items_concurrency: Option<u64>,
    safe_rerun: bool,
}

impl Shape {
    /// A shape of `tasks` (N) and, for the kinds that have several sequences, `sequences` (X).
    ///
    /// # Errors
    /// When a size is zero or the workflow would have more than 100,000 tasks or items.
    pub(crate) fn new(kind: Kind, tasks: u64, sequences: u64, lane: Lane) -> Result<Self> {
        ensure!(
            tasks > 0 && sequences > 0,
            "a shape needs at least one task and one sequence"
        );
        ensure!(
            tasks <= MOST_TASKS && sequences <= MOST_TASKS && tasks * sequences <= MOST_TASKS,
            "{tasks} tasks x {sequences} sequences is more than {MOST_TASKS} tasks"
        );
        Ok(Self {
            kind,
            tasks,
            sequences,
            lane,
            items_concurrency: None,
            safe_rerun: false,
        })
    }

    /// Limits how many items of a `with-items` task run at once.
    #[must_use]
    pub(crate) fn with_items_concurrency(mut self, limit: Option<u64>) -> Self {
        self.items_concurrency = limit;
        self
    }

    /// Marks every task as `safe-rerun`: an action may run again when its executor died.
    #[must_use]
    pub(crate) fn with_safe_rerun(mut self, safe: bool) -> Self {
        self.safe_rerun = safe;
        self
    }

    /// The name of the workflow on the server; it tells all sizes and lanes apart.
    pub(crate) fn workflow_name(&self) -> String {
        let mut name = format!("loadtest_{}", self.label().replace([' ', '-'], "_"));
        if self.safe_rerun {
            name.push_str("_safe");
        }
        name
    }

    /// How the shape is called in tables, such as `sequences-join 3x10 executor`.
    pub(crate) fn label(&self) -> String {
        let mut label = self
            .kind
            .to_possible_value()
            .map_or_else(String::new, |value| value.get_name().to_owned());
        match self.kind {
            Kind::Single => {}
            Kind::Sequences | Kind::SequencesJoin | Kind::Mix => {
                let _ = write!(label, " {}x{}", self.sequences, self.tasks);
            }
            Kind::Sequence | Kind::Parallel | Kind::Join | Kind::WithItems | Kind::Http => {
                let _ = write!(label, " {}", self.tasks);
            }
        }
        if let (Some(limit), Kind::WithItems | Kind::Mix) = (self.items_concurrency, self.kind) {
            let _ = write!(label, " c{limit}");
        }
        match self.lane {
            Lane::Inline => {}
            Lane::Executor => label.push_str(" executor"),
            Lane::Http(_) if self.kind == Kind::Http => {}
            Lane::Http(_) => label.push_str(" http"),
        }
        label
    }

    /// The input of every execution.
    pub(crate) fn input(&self) -> Value {
        match self.kind {
            Kind::Single => json!({}),
            _ => json!({ "n": START }),
        }
    }

    /// Everything that is derived from the topology.
    pub(crate) fn plan(&self) -> Plan {
        let mut draft = Draft {
            shape: self,
            text: String::new(),
            expected_tasks: BTreeMap::new(),
        };
        let (tasks, sequences) = (self.tasks, self.sequences);
        let (output, expected_output) = match self.kind {
            Kind::Single => {
                draft.single();
                (Vec::new(), Vec::new())
            }
            Kind::Sequence | Kind::Http => {
                draft.sequence("t", "n", "$.n", &[]);
                (vec![("n", "$.n".to_owned())], vec![("n", START + tasks)])
            }
            Kind::Parallel => {
                draft.fan("b", "v", None);
                (
                    vec![("total", sum("v", tasks))],
                    vec![("total", fan_total(START, tasks))],
                )
            }
            Kind::Sequences => {
                draft.sequences("s", "v", None);
                (
                    vec![("total", sum("v", sequences))],
                    vec![("total", sequences * (START + tasks))],
                )
            }
            Kind::Join => {
                draft.fan("b", "v", Some("done"));
                draft.step("done", "total", &sum("v", tasks), &[], true);
                (
                    vec![("total", "$.total".to_owned())],
                    vec![("total", fan_total(START, tasks))],
                )
            }
            Kind::SequencesJoin => {
                draft.sequences("s", "v", Some("done"));
                draft.step("done", "total", &sum("v", sequences), &[], true);
                (
                    vec![("total", "$.total".to_owned())],
                    vec![("total", sequences * (START + tasks))],
                )
            }
            Kind::WithItems => {
                draft.items("each", &[]);
                (vec![("got", "$.got".to_owned())], Vec::new())
            }
            Kind::Mix => {
                draft.mix();
                let head = START + tasks;
                let total = fan_total(head, tasks) + sequences * (head + tasks) + tasks;
                (
                    vec![("total", "$.total".to_owned()), ("unconnected", sum("u", tasks))],
                    vec![("total", total), ("unconnected", fan_total(head, tasks))],
                )
            }
        };
        let definition = self.definition(&draft.text, &output);
        let expected_items = (self.kind == Kind::WithItems).then_some(Items {
            count: tasks,
            echoed: self.lane == Lane::Inline,
        });
        Plan {
            definition,
            expected_tasks: draft.expected_tasks,
            expected_output,
            expected_items,
        }
    }

    fn definition(&self, tasks: &str, output: &[(&str, String)]) -> String {
        let mut text = format!("version: '2.0'\n\n{}:\n", self.workflow_name());
        if self.kind != Kind::Single {
            text.push_str("  input:\n    - n: 0\n");
        }
        if !output.is_empty() {
            text.push_str("  output:\n");
            for (key, expression) in output {
                let _ = writeln!(text, "    {key}: <% {expression} %>");
            }
        }
        if self.safe_rerun {
            text.push_str("  task-defaults:\n    safe-rerun: true\n");
        }
        text.push_str("  tasks:\n");
        text.push_str(tasks);
        text
    }
}

/// A shape worked out: its text, and what each of its executions must contain.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// The YAML document to upload.
    pub definition: String,
    /// Number of actions by name of the task; every task runs exactly once.
    pub expected_tasks: BTreeMap<String, u64>,
    expected_output: Vec<(&'static str, u64)>,
    expected_items: Option<Items>,
}

/// The list that a with-items task returns.
#[derive(Clone, Copy, Debug)]
struct Items {
    count: u64,
    /// The action returned its item, so the values are known: 0 to `count` - 1.
    echoed: bool,
}

impl Items {
    fn check(self, got: Option<&Value>) -> Result<(), String> {
        let Some(got) = got.and_then(Value::as_array) else {
            return Err("output got: expected a list of results".to_owned());
        };
        if got.len() as u64 != self.count {
            return Err(format!(
                "output got: expected {} results, got {}",
                self.count,
                got.len()
            ));
        }
        if self.echoed {
            let mut values: Vec<Option<u64>> = got.iter().map(Value::as_u64).collect();
            values.sort_unstable();
            if let Some(missing) = (0..self.count).zip(values).find(|(want, have)| Some(*want) != *have) {
                return Err(format!("output got: item {} is missing or wrong", missing.0));
            }
        }
        Ok(())
    }
}

impl Plan {
    /// Tasks of one execution.
    pub(crate) fn task_count(&self) -> u64 {
        self.expected_tasks.len() as u64
    }

    /// Action executions of one execution.
    pub(crate) fn action_count(&self) -> u64 {
        self.expected_tasks.values().sum()
    }

    /// Compares the output of a finished execution with the expected one.
    ///
    /// # Errors
    /// The key, the expected and the actual value of the first difference.
    pub(crate) fn check_output(&self, output: &Value) -> Result<(), String> {
        for (key, expected) in &self.expected_output {
            let actual = output.get(key);
            if actual.and_then(Value::as_u64) != Some(*expected) {
                let actual = actual.map_or_else(|| "nothing".to_owned(), Value::to_string);
                return Err(format!("output {key}: expected {expected}, got {actual:.80}"));
            }
        }
        self.expected_items
            .map_or(Ok(()), |items| items.check(output.get("got")))
    }
}

/// N branches that add 1 to N to a base value.
fn fan_total(base: u64, tasks: u64) -> u64 {
    tasks * base + tasks * (tasks + 1) / 2
}

/// An expression that adds the variables `prefix1` to `prefixN`.
fn sum(prefix: &str, count: u64) -> String {
    let operands: Vec<String> = (1..=count).map(|index| format!("$.{prefix}{index}")).collect();
    if operands.len() <= LONGEST_SUM {
        operands.join(" + ")
    } else {
        format!("[{}].sum()", operands.join(", "))
    }
}

/// The tasks of a workflow while they are written down.
struct Draft<'a> {
    shape: &'a Shape,
    text: String,
    expected_tasks: BTreeMap<String, u64>,
}

impl Draft<'_> {
    fn single(&mut self) {
        self.begin("t1", 1);
        match &self.shape.lane {
            Lane::Inline => self.text.push_str("      action: std.noop\n"),
            lane => self.text.push_str(&external_action(lane, "t1", false)),
        }
    }

    fn begin(&mut self, name: &str, actions: u64) {
        let _ = writeln!(self.text, "    {name}:");
        self.expected_tasks.insert(name.to_owned(), actions);
    }

    /// A task that publishes `expression` as `variable`: by its result where the action can return it.
    fn step(&mut self, name: &str, variable: &str, expression: &str, next: &[String], join: bool) {
        self.begin(name, 1);
        if join {
            self.text.push_str("      join: all\n");
        }
        match &self.shape.lane {
            Lane::Inline => {
                let _ = writeln!(self.text, "      action: std.echo output=<% {expression} %>");
                let _ = writeln!(
                    self.text,
                    "      publish:\n        {variable}: <% task({name}).result %>"
                );
            }
            Lane::Http(base) if self.shape.kind == Kind::Http => {
                // The server adds the 1.
                let number = expression.trim_end_matches(" + 1");
                let url = format!("{}&n=<% {number} %>", effect_url(base, name));
                let _ = writeln!(
                    self.text,
                    "      action: std.http\n      input:\n        url: \"{url}\""
                );
                let result = format!("task({name}).result.content.next");
                let _ = writeln!(self.text, "      publish:\n        {variable}: <% {result} %>");
            }
            lane => {
                self.text.push_str(&external_action(lane, name, false));
                let _ = writeln!(self.text, "      publish:\n        {variable}: <% {expression} %>");
            }
        }
        self.on_success(next);
    }

    fn on_success(&mut self, next: &[String]) {
        if !next.is_empty() {
            self.text.push_str("      on-success:\n");
            for name in next {
                let _ = writeln!(self.text, "        - {name}");
            }
        }
    }

    /// N tasks `prefix1` to `prefixN` in a row that pass `variable` on, starting from the expression `first`.
    fn sequence(&mut self, prefix: &str, variable: &str, first: &str, next: &[String]) {
        for index in 1..=self.shape.tasks {
            let from = if index == 1 {
                first.to_owned()
            } else {
                format!("$.{variable}")
            };
            let expression = format!("{from} + 1");
            let name = format!("{prefix}{index}");
            if index < self.shape.tasks {
                self.step(&name, variable, &expression, &[format!("{prefix}{}", index + 1)], false);
            } else {
                self.step(&name, variable, &expression, next, false);
            }
        }
    }

    /// X sequences; the one of index `i` publishes `variable<i>`.
    fn sequences(&mut self, prefix: &str, variable: &str, join: Option<&str>) {
        let next: Vec<String> = join.map(str::to_owned).into_iter().collect();
        for index in 1..=self.shape.sequences {
            self.sequence(
                &format!("{prefix}{index}_t"),
                &format!("{variable}{index}"),
                "$.n",
                &next,
            );
        }
    }

    /// N branches; the one of index `i` publishes `variable<i>`.
    fn fan(&mut self, prefix: &str, variable: &str, join: Option<&str>) {
        let next: Vec<String> = join.map(str::to_owned).into_iter().collect();
        for index in 1..=self.shape.tasks {
            let name = format!("{prefix}{index}");
            self.step(
                &name,
                &format!("{variable}{index}"),
                &format!("$.n + {index}"),
                &next,
                false,
            );
        }
    }

    fn items(&mut self, name: &str, next: &[String]) {
        let count = self.shape.tasks;
        self.begin(name, count);
        let _ = writeln!(self.text, "      with-items: i in <% range(0, {count}) %>");
        if let Some(limit) = self.shape.items_concurrency {
            let _ = writeln!(self.text, "      concurrency: {limit}");
        }
        match &self.shape.lane {
            Lane::Inline => self.text.push_str("      action: std.echo output=<% $.i %>\n"),
            lane => self.text.push_str(&external_action(lane, name, true)),
        }
        let _ = writeln!(self.text, "      publish:\n        got: <% task({name}).result %>");
        self.on_success(next);
    }

    /// A sequence that opens into unconnected tasks, a joined fan, joined sequences and items; all joined parts meet.
    fn mix(&mut self) {
        let (tasks, sequences) = (self.shape.tasks, self.shape.sequences);
        let mut opened: Vec<String> = Vec::new();
        opened.extend((1..=tasks).map(|index| format!("leaf{index}")));
        opened.extend((1..=tasks).map(|index| format!("branch{index}")));
        opened.extend((1..=sequences).map(|index| format!("line{index}_t1")));
        opened.push("each".to_owned());
        let finish = ["finish".to_owned()];
        self.sequence("head", "n", "$.n", &opened);
        self.fan("leaf", "u", None);
        self.fan("branch", "v", Some("branches"));
        self.step("branches", "fan_total", &sum("v", tasks), &finish, true);
        self.sequences("line", "w", Some("lines"));
        self.step("lines", "line_total", &sum("w", sequences), &finish, true);
        self.items("each", &finish);
        self.step("finish", "total", "$.fan_total + $.line_total + $.got.len()", &[], true);
    }
}

fn effect_url(base: &str, task: &str) -> String {
    format!("{base}/effect?execution=<% execution().id %>&task={task}")
}

/// The lines of an action that only an executor can run.
fn external_action(lane: &Lane, task: &str, item: bool) -> String {
    match lane {
        Lane::Http(base) => {
            let item = if item { "&item=<% $.i %>" } else { "" };
            let url = format!("{}{item}", effect_url(base, task));
            format!("      action: std.http\n      input:\n        url: \"{url}\"\n")
        }
        Lane::Inline | Lane::Executor => "      action: std.sleep seconds=0\n".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(kind: Kind, lane: Lane) -> Shape {
        Shape::new(kind, 4, 3, lane).unwrap()
    }

    fn document(shape: &Shape) -> serde_yaml::Value {
        serde_yaml::from_str(&shape.plan().definition).unwrap()
    }

    #[test]
    fn every_shape_is_well_formed_yaml_with_the_tasks_it_promises() {
        for kind in Kind::value_variants() {
            for lane in [
                Lane::Inline,
                Lane::Executor,
                Lane::Http("http://127.0.0.1:1".to_owned()),
            ] {
                let shape = shape(*kind, lane).with_safe_rerun(true).with_items_concurrency(Some(2));
                let document = document(&shape);
                let workflow = &document[shape.workflow_name().as_str()];
                let tasks = workflow["tasks"].as_mapping().unwrap();
                let names: Vec<String> = tasks.keys().map(|name| name.as_str().unwrap().to_owned()).collect();
                let plan = shape.plan();
                assert_eq!(names.len() as u64, plan.task_count(), "{}", shape.label());
                assert!(names.iter().all(|name| plan.expected_tasks.contains_key(name)));
                for (name, task) in tasks {
                    assert!(task["action"].is_string(), "{name:?} has no action");
                    let next = task.get("on-success").map(|next| next.as_sequence().unwrap().clone());
                    for next in next.unwrap_or_default() {
                        assert!(
                            names.iter().any(|name| Some(name.as_str()) == next.as_str()),
                            "unknown {next:?}"
                        );
                    }
                }
                assert_eq!(workflow["task-defaults"]["safe-rerun"].as_bool(), Some(true));
            }
        }
    }

    #[test]
    fn counts_of_tasks_and_actions() {
        let counts = |kind| {
            let plan = shape(kind, Lane::Inline).plan();
            (plan.task_count(), plan.action_count())
        };
        assert_eq!(counts(Kind::Single), (1, 1));
        assert_eq!(counts(Kind::Sequence), (4, 4));
        assert_eq!(counts(Kind::Parallel), (4, 4));
        assert_eq!(counts(Kind::Sequences), (12, 12));
        assert_eq!(counts(Kind::Join), (5, 5));
        assert_eq!(counts(Kind::SequencesJoin), (13, 13));
        assert_eq!(counts(Kind::WithItems), (1, 4));
        assert_eq!(counts(Kind::Http), (4, 4));
        assert_eq!(counts(Kind::Mix), (4 + 4 + 5 + 13 + 1 + 1, 4 + 4 + 5 + 13 + 4 + 1));
    }

    #[test]
    fn outputs_are_compared_by_value() {
        let plan = shape(Kind::Join, Lane::Inline).plan();
        assert_eq!(plan.check_output(&json!({ "total": 4 * 5 + 10 })), Ok(()));
        assert!(
            plan.check_output(&json!({ "total": 31 }))
                .unwrap_err()
                .contains("expected 30, got 31")
        );
        assert!(plan.check_output(&json!({})).unwrap_err().contains("got nothing"));
        let items = shape(Kind::WithItems, Lane::Inline).plan();
        assert_eq!(items.check_output(&json!({ "got": [3, 1, 0, 2] })), Ok(()));
        assert!(
            items
                .check_output(&json!({ "got": [0, 1, 1, 2] }))
                .unwrap_err()
                .contains("item 2")
        );
        assert!(
            items
                .check_output(&json!({ "got": [0, 1] }))
                .unwrap_err()
                .contains("expected 4 results, got 2")
        );
        let external = shape(Kind::WithItems, Lane::Executor).plan();
        assert_eq!(
            external.check_output(&json!({ "got": [null, null, null, null] })),
            Ok(())
        );
    }

    #[test]
    fn names_tell_sizes_and_lanes_apart() {
        let inline = shape(Kind::SequencesJoin, Lane::Inline);
        let executor = shape(Kind::SequencesJoin, Lane::Executor).with_safe_rerun(true);
        assert_eq!(inline.workflow_name(), "loadtest_sequences_join_3x4");
        assert_eq!(executor.workflow_name(), "loadtest_sequences_join_3x4_executor_safe");
        assert_eq!(executor.label(), "sequences-join 3x4 executor");
        let http = Lane::Http("http://127.0.0.1:1".to_owned());
        assert_eq!(shape(Kind::Http, http.clone()).label(), "http 4");
        assert_eq!(shape(Kind::Sequence, http).label(), "sequence 4 http");
    }

    #[test]
    fn long_sums_are_flat() {
        assert_eq!(sum("v", 3), "$.v1 + $.v2 + $.v3");
        assert!(sum("v", 101).ends_with("$.v101].sum()"));
    }

    #[test]
    fn sizes_are_bounded() {
        assert!(Shape::new(Kind::Sequence, 0, 1, Lane::Inline).is_err());
        assert!(Shape::new(Kind::Sequences, 1000, 1000, Lane::Inline).is_err());
        assert!(Shape::new(Kind::Sequences, u64::MAX, u64::MAX, Lane::Inline).is_err());
    }
}
