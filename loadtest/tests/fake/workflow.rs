//! Runs the few constructs of the workflow language that the load generator's shapes use.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Value, json};

/// What a finished execution looks like.
#[derive(Clone, Default)]
pub(super) struct Finished {
    /// Name and number of actions of each task.
    pub tasks: Vec<(String, usize)>,
    pub output: Value,
}

struct Scope {
    variables: BTreeMap<String, Value>,
    results: BTreeMap<String, Value>,
}

/// Runs the single workflow of a document.
pub(super) fn run(document: &str, input: &Value) -> (String, Finished) {
    let document: serde_yaml::Value = serde_yaml::from_str(document).unwrap();
    let (name, workflow) = document
        .as_mapping()
        .unwrap()
        .iter()
        .map(|(name, workflow)| (name.as_str().unwrap(), workflow))
        .find(|(name, _)| *name != "version")
        .unwrap();
    let tasks = workflow["tasks"].as_mapping().unwrap();
    let next = |task: &serde_yaml::Value| -> Vec<String> {
        let names = task
            .get("on-success")
            .and_then(|next| next.as_sequence().cloned())
            .unwrap_or_default();
        names.iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    let mut waiting: BTreeMap<String, usize> = BTreeMap::new();
    for name in tasks.values().flat_map(next) {
        *waiting.entry(name).or_default() += 1;
    }
    let mut ready: VecDeque<&str> = tasks
        .keys()
        .filter_map(serde_yaml::Value::as_str)
        .filter(|name| !waiting.contains_key(*name))
        .collect();
    let variables = input.as_object().cloned().unwrap_or_default().into_iter().collect();
    let mut scope = Scope {
        variables,
        results: BTreeMap::new(),
    };
    let mut finished = Finished::default();
    while let Some(name) = ready.pop_front() {
        let task = &tasks[name];
        let action = task["action"].as_str().unwrap();
        let expression = action.split_once("output=").map(|(_, expression)| expression);
        let (result, actions) = match task.get("with-items").and_then(serde_yaml::Value::as_str) {
            Some(items) => {
                let range = items.split_once("range(0, ").unwrap().1;
                let count: usize = range.split(')').next().unwrap().parse().unwrap();
                let item = |index: usize| {
                    if expression.is_some() {
                        json!(index)
                    } else {
                        Value::Null
                    }
                };
                (Value::Array((0..count).map(item).collect()), count)
            }
            None => (
                expression.map_or(Value::Null, |expression| scope.evaluate(expression)),
                1,
            ),
        };
        scope.results.insert(name.to_owned(), result);
        for (variable, expression) in task
            .get("publish")
            .and_then(serde_yaml::Value::as_mapping)
            .into_iter()
            .flatten()
        {
            let value = scope.evaluate(expression.as_str().unwrap());
            scope.variables.insert(variable.as_str().unwrap().to_owned(), value);
        }
        finished.tasks.push((name.to_owned(), actions));
        for name in next(task) {
            let count = waiting.get_mut(&name).unwrap();
            *count -= 1;
            if *count == 0 {
                ready.push_back(
                    tasks
                        .keys()
                        .find_map(|key| key.as_str().filter(|key| *key == name))
                        .unwrap(),
                );
            }
        }
    }
    let mut output = serde_json::Map::new();
    for (key, expression) in workflow
        .get("output")
        .and_then(serde_yaml::Value::as_mapping)
        .into_iter()
        .flatten()
    {
        output.insert(
            key.as_str().unwrap().to_owned(),
            scope.evaluate(expression.as_str().unwrap()),
        );
    }
    finished.output = Value::Object(output);
    (name.to_owned(), finished)
}

impl Scope {
    /// `<% a + b %>`, `<% [a, b].sum() %>`, or one operand.
    fn evaluate(&self, expression: &str) -> Value {
        let expression = expression.trim_start_matches("<%").trim_end_matches("%>").trim();
        let operands: Vec<&str> = match expression
            .strip_prefix('[')
            .and_then(|list| list.strip_suffix("].sum()"))
        {
            Some(list) => list.split(", ").collect(),
            None => expression.split(" + ").collect(),
        };
        match operands[..] {
            [operand] => self.operand(operand),
            _ => json!(
                operands
                    .iter()
                    .map(|operand| self.operand(operand).as_u64().unwrap())
                    .sum::<u64>()
            ),
        }
    }

    fn operand(&self, text: &str) -> Value {
        if let Some(name) = text.strip_prefix("task(") {
            return self.results[name.strip_suffix(").result").unwrap()].clone();
        }
        match text.strip_prefix("$.") {
            Some(name) => match name.strip_suffix(".len()") {
                Some(name) => json!(self.variables[name].as_array().unwrap().len()),
                None => self.variables[name].clone(),
            },
            None => json!(text.parse::<u64>().unwrap()),
        }
    }
}
