//! Calling functions: Jinja's globals, the workflow functions, macros, methods.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::arguments::{CallArgs, Callee};
use super::attributes::not_callable;
use super::callable::Func;
use super::errors::{Result, failure, memory_error, type_error, value_error};
use super::eval::Vm;
use super::globals::{Global, WorkflowFunction};
use super::key::{Key, Map};
use super::number;
use super::object::Object;
use super::ops;
use super::value::{Py, Range};
use mistral_expr::{Error, ErrorKind, ExecutionsQuery, TasksQuery, functions};
use pyvalue::value::{Str, Value};

/// `range()` may not be longer than this in the sandbox.
const MAX_RANGE: usize = 100_000;
/// What making the record of a task or execution costs.
const RECORD_STEPS: u64 = 20;

impl Vm<'_> {
    pub(crate) fn call(&mut self, function: &Py, args: CallArgs) -> Result<Py> {
        self.step()?;
        for text in args.positional.iter().filter_map(Py::as_text) {
            self.read(text)?;
        }
        match function {
            Py::Func(func) => match &**func {
                Func::Method(object, name) => self.call_method(object, name, args),
                Func::Global(global) => self.call_global(*global, args),
                Func::Workflow(workflow) => self.call_workflow(*workflow, None, args),
                Func::Macro(value) => self.nested(|vm| vm.call_macro(value, args)),
                Func::Block(name) => self.call_named_block(name),
            },
            Py::Object(object) => self.call_object(object, args, function),
            other => Err(not_callable(other)),
        }
    }

    fn call_object(&mut self, object: &Rc<Object>, args: CallArgs, function: &Py) -> Result<Py> {
        match &**object {
            Object::Loop(state) => {
                let [iterable] = args.bind(Callee::python("LoopContext.__call__", &["self"]), ["iterable"], 1)?;
                self.recurse_loop(state, iterable.unwrap_or(Py::None))
            }
            Object::Joiner { separator, used } => {
                args.none(Callee::python("Joiner.__call__", &["self"]))?;
                Ok(if used.replace(true) {
                    separator.clone()
                } else {
                    Py::str("")
                })
            }
            _ => Err(not_callable(function)),
        }
    }

    fn call_global(&mut self, global: Global, args: CallArgs) -> Result<Py> {
        match global {
            Global::Range => range(args),
            Global::Dict => self.new_mapping("dict", args).map(Py::dict),
            Global::Namespace => {
                let members = self.new_mapping("namespace", args)?;
                let members = members
                    .into_iter()
                    .map(|(key, value)| {
                        let name = key.as_text().cloned().unwrap_or_else(|| Str::from(""));
                        (name, value)
                    })
                    .collect();
                Ok(Py::Object(Rc::new(Object::Namespace(RefCell::new(members)))))
            }
            Global::Cycler => {
                if args.positional.is_empty() {
                    return Err(failure(ErrorKind::Runtime, "at least one item has to be provided"));
                }
                if !args.named.is_empty() {
                    return Err(type_error("Cycler() takes no keyword arguments"));
                }
                Ok(Py::Object(Rc::new(Object::Cycler {
                    items: args.positional,
                    at: Cell::new(0),
                })))
            }
            Global::Joiner => {
                let [separator] = args.bind(Callee::python("Joiner.__init__", &["self"]), ["sep"], 0)?;
                let separator = separator.unwrap_or_else(|| Py::str(", "));
                Ok(Py::Object(Rc::new(Object::Joiner {
                    separator,
                    used: Cell::new(false),
                })))
            }
            Global::Lipsum => self.lipsum(args),
        }
    }

    /// `dict(iterable or mapping, **more)`.
    fn new_mapping(&mut self, function: &str, args: CallArgs) -> Result<Map> {
        if args.positional.len() > 1 {
            let given = args.positional.len();
            return Err(type_error(format!(
                "{function} expected at most 1 argument, got {given}"
            )));
        }
        let mut map = Map::default();
        for source in args.positional {
            self.update_map(&mut map, &source)?;
        }
        for (name, value) in args.named {
            map.insert(Key::text(name), value);
        }
        Ok(map)
    }

    /// Python's `dict.update`: from a mapping or from pairs.
    pub(crate) fn update_map(&mut self, map: &mut Map, source: &Py) -> Result<()> {
        if let Py::Dict(mapping) = source {
            self.charge(mapping.len() * 64)?;
            for (key, value) in mapping.entries() {
                map.insert(Key::new(key)?, value);
            }
            return Ok(());
        }
        for (i, pair) in self.iterate(source)?.into_iter().enumerate() {
            let parts = self.iterate(&pair).map_err(|error| match pair {
                Py::Undefined(_) => error,
                _ => type_error(format!(
                    "cannot convert dictionary update sequence element #{i} to a sequence"
                )),
            })?;
            let [key, value] = <[Py; 2]>::try_from(parts).map_err(|parts| {
                let length = parts.len();
                value_error(format!(
                    "dictionary update sequence element #{i} has length {length}; 2 is required"
                ))
            })?;
            map.insert(Key::new(key)?, value);
        }
        Ok(())
    }

    /// Nonsense words, to fill a page with.
    fn lipsum(&mut self, args: CallArgs) -> Result<Py> {
        const WORDS: [&str; 32] = [
            "amet", "aenean", "arcu", "blandit", "commodo", "congue", "cras", "dolor", "donec", "egestas", "elit",
            "erat", "felis", "fusce", "hac", "ipsum", "justo", "lacus", "lorem", "magna", "massa", "mauris", "neque",
            "nulla", "orci", "porta", "quam", "risus", "sapien", "tellus", "urna", "velit",
        ];
        let [n, html, min, max] = args.bind(
            Callee::python("generate_lorem_ipsum", &[]),
            ["n", "html", "min", "max"],
            0,
        )?;
        let int = |value: Option<Py>, default: i64| match value {
            None => Ok(default),
            Some(Py::Int(n)) => Ok(n),
            Some(Py::Bool(b)) => Ok(i64::from(b)),
            Some(other) => Err(type_error(format!(
                "'{}' object cannot be interpreted as an integer",
                other.type_name()
            ))),
        };
        let (n, min, max) = (int(n, 5)?, int(min, 20)?, int(max, 100)?);
        let html = html.as_ref().map_or(Ok(true), ops::truth)?;
        if n > 0 && min >= max {
            return Err(value_error(format!(
                "empty range for randrange() ({min}, {max}, {})",
                max - min
            )));
        }
        let mut paragraphs = Vec::new();
        for _ in 0..n {
            let count = min + (self.scope.host.random() * (max - min) as f64) as i64;
            let mut paragraph = String::new();
            for i in 0..count {
                self.charge(8)?;
                let at = (self.scope.host.random() * WORDS.len() as f64) as usize;
                let word = WORDS[at.min(WORDS.len() - 1)];
                if i == 0 {
                    paragraph.push(word.as_bytes()[0].to_ascii_uppercase() as char);
                    paragraph.push_str(&word[1..]);
                } else {
                    paragraph.push_str(if i % 7 == 0 { ", " } else { " " });
                    paragraph.push_str(word);
                }
            }
            paragraph.push('.');
            paragraphs.push(if html { format!("<p>{paragraph}</p>") } else { paragraph });
        }
        let text = paragraphs.join(if html { "\n" } else { "\n\n" });
        Ok(if html {
            Py::Markup(Str::from(text))
        } else {
            Py::string(text)
        })
    }

    // Workflow functions.

    /// `data`: what a filter was given instead of the context.
    pub(crate) fn call_workflow(
        &mut self,
        function: WorkflowFunction,
        data: Option<&Py>,
        args: CallArgs,
    ) -> Result<Py> {
        let mut bound: [Option<Py>; 5] = Default::default();
        args.bind_into(
            function.callee(),
            function.parameters(),
            function.required(),
            &mut bound,
        )?;
        self.run_workflow(function, data, bound)
    }

    fn run_workflow(&mut self, function: WorkflowFunction, data: Option<&Py>, mut args: [Option<Py>; 5]) -> Result<Py> {
        let host = self.scope.host;
        let plain = |value: Value| Py::from_value(&value, false);
        let mut argument = |at: usize| args[at].take().unwrap_or(Py::None);
        match function {
            WorkflowFunction::Env => self.member(data, "__env"),
            WorkflowFunction::Uuid => Ok(Py::string(host.uuid())),
            WorkflowFunction::Execution => {
                self.member(data, "__execution")?;
                host.execution().map(plain).map_err(host_error)
            }
            WorkflowFunction::Task => {
                match data {
                    None => self.require_task()?,
                    Some(_) => drop(self.member(data, "__task_execution")?),
                }
                let name = self.optional_text(argument(0))?.filter(|name| !name.is_empty());
                Ok(host.task(name.as_deref()).map_err(host_error)?.map_or(Py::None, plain))
            }
            WorkflowFunction::Tasks => {
                let query = TasksQuery {
                    workflow_execution_id: self.optional_text(argument(0))?,
                    recursive: ops::truth(&argument(1))?,
                    state: self.optional_text(argument(2))?,
                    flat: ops::truth(&argument(3))?,
                };
                let tasks = host.tasks(&query).map_err(host_error)?;
                self.read_records(&tasks)?;
                Ok(plain(tasks))
            }
            WorkflowFunction::Executions => {
                let query = ExecutionsQuery {
                    id: self.optional_text(argument(0))?,
                    root_execution_id: self.optional_text(argument(1))?,
                    state: self.optional_text(argument(2))?,
                    from_time: self.optional_text(argument(3))?,
                    to_time: self.optional_text(argument(4))?,
                };
                let executions = host.executions(&query).map_err(host_error)?;
                self.read_records(&executions)?;
                Ok(plain(executions))
            }
            WorkflowFunction::Global => {
                self.member(data, "__execution")?;
                let name = self.text(&argument(0))?;
                host.global(&name).map(plain).map_err(host_error)
            }
            WorkflowFunction::JsonDump => {
                let data = self.json_value(&argument(0))?;
                let text = functions::json_dump(&data, self.remaining());
                self.dumped(text)
            }
            WorkflowFunction::JsonParse => {
                let text = self.document(argument(0), functions::json_parse_type_error)?;
                Ok(Py::from_value(&functions::json_parse(&text)?, false))
            }
            WorkflowFunction::YamlDump => {
                let yaml = self.yaml_value(&argument(0))?;
                let text = yaml.dump_within(true, self.remaining());
                self.dumped(text)
            }
            WorkflowFunction::YamlParse => {
                let text = self.document(argument(0), |python_type| {
                    failure(
                        ErrorKind::Attribute,
                        format!("'{python_type}' object has no attribute 'read'"),
                    )
                })?;
                Ok(Py::from_yaml(functions::yaml_parse(&text)?))
            }
        }
    }

    /// Records of tasks and executions are made anew for every call.
    fn read_records(&mut self, records: &Value) -> Result<()> {
        self.steps(RECORD_STEPS * records.as_list().map_or(1, |list| list.len() as u64))
    }

    /// A text that was written as far as there was memory.
    fn dumped(&mut self, text: Option<String>) -> Result<Py> {
        let text = text.ok_or_else(memory_error)?;
        self.charge(text.len())?;
        Ok(Py::string(text))
    }

    /// Even where another task is asked for, there must be a current one.
    pub(crate) fn require_task(&self) -> Result<()> {
        match self.scope.data.get("__task_execution") {
            Some(_) => Ok(()),
            None => self.scope.data.subscript("__task_execution").map(drop),
        }
    }

    /// A member of the context, or of what a filter was given instead; an error where there is none.
    fn member(&mut self, data: Option<&Py>, key: &str) -> Result<Py> {
        match data {
            None => self
                .scope
                .data
                .subscript(key)
                .map(|value| Py::from_value(&value, false)),
            Some(Py::Dict(mapping)) => mapping
                .get_text(key)
                .ok_or_else(|| failure(ErrorKind::Key, format!("'{key}'"))),
            Some(Py::Undefined(undefined)) => Err(undefined.error()),
            Some(Py::Str(_) | Py::Markup(_)) => Err(type_error("string indices must be integers, not 'str'")),
            Some(list @ (Py::List(_) | Py::Tuple(_))) => Err(type_error(format!(
                "{} indices must be integers or slices, not str",
                list.type_name()
            ))),
            Some(other) => Err(type_error(format!(
                "'{}' object is not subscriptable",
                other.type_name()
            ))),
        }
    }

    fn optional_text(&mut self, value: Py) -> Result<Option<String>> {
        match value {
            Py::None => Ok(None),
            other => Ok(Some(self.text(&other)?.to_string())),
        }
    }

    /// Text (or bytes) to parse.
    fn document(&mut self, value: Py, refused: impl Fn(&str) -> Error) -> Result<String> {
        match &value {
            Py::Str(s) | Py::Markup(s) => {
                self.charge(s.len() * 4)?;
                Ok(s.to_string())
            }
            Py::Bytes(bytes) => Ok(String::from_utf8_lossy(bytes).into_owned()),
            Py::Undefined(undefined) => Err(undefined.error()),
            other => Err(refused(other.type_name())),
        }
    }
}

/// What the host reports. A message in quotes is a missing key.
pub(super) fn host_error(message: String) -> Error {
    let kind = if message.starts_with('\'') {
        ErrorKind::Key
    } else {
        ErrorKind::Evaluation
    };
    Error { kind, message }
}

fn range(args: CallArgs) -> Result<Py> {
    if !args.named.is_empty() {
        return Err(type_error("range() takes no keyword arguments"));
    }
    let mut numbers = Vec::with_capacity(3);
    for value in &args.positional {
        match number::integer(value) {
            Some(n) => numbers.push(i64::try_from(n).map_err(|_| too_big())?),
            None => {
                return Err(type_error(format!(
                    "'{}' object cannot be interpreted as an integer",
                    value.type_name()
                )));
            }
        }
    }
    let (start, stop, step) = match numbers[..] {
        [stop] => (0, stop, 1),
        [start, stop] => (start, stop, 1),
        [start, stop, step] => (start, stop, step),
        [] => return Err(type_error("range expected at least 1 argument, got 0")),
        _ => {
            return Err(type_error(format!(
                "range expected at most 3 arguments, got {}",
                numbers.len()
            )));
        }
    };
    if step == 0 {
        return Err(value_error("range() arg 3 must not be zero"));
    }
    let range = Range { start, stop, step };
    if range.len() > MAX_RANGE {
        return Err(too_big());
    }
    Ok(Py::Range(Rc::new(range)))
}

fn too_big() -> Error {
    failure(
        ErrorKind::Overflow,
        format!("Range too big. The sandbox blocks ranges larger than MAX_RANGE ({MAX_RANGE})."),
    )
}
