//! Names a template finds without having set them.

use super::arguments::Callee;
use mistral_expr::functions;

/// What a name means where no variable hides it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Builtin {
    /// `_`
    Data,
    /// `__env`, `__execution`, `__task_execution`: members of the data.
    Member(&'static str),
    Workflow(WorkflowFunction),
    Global(Global),
    /// `self`
    Blocks,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Global {
    Range,
    Dict,
    Lipsum,
    Cycler,
    Joiner,
    Namespace,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WorkflowFunction {
    Env,
    Execution,
    Executions,
    Global,
    JsonDump,
    JsonParse,
    Task,
    Tasks,
    Uuid,
    YamlDump,
    YamlParse,
}

impl Builtin {
    pub(crate) fn named(name: &str) -> Option<Builtin> {
        Some(match name {
            "_" => Builtin::Data,
            "__env" => Builtin::Member("__env"),
            "__execution" => Builtin::Member("__execution"),
            "__task_execution" => Builtin::Member("__task_execution"),
            "range" => Builtin::Global(Global::Range),
            "dict" => Builtin::Global(Global::Dict),
            "lipsum" => Builtin::Global(Global::Lipsum),
            "cycler" => Builtin::Global(Global::Cycler),
            "joiner" => Builtin::Global(Global::Joiner),
            "namespace" => Builtin::Global(Global::Namespace),
            "self" => Builtin::Blocks,
            name => Builtin::Workflow(WorkflowFunction::named(name)?),
        })
    }
}

impl Global {
    pub(crate) fn type_name(self) -> &'static str {
        match self {
            Global::Range | Global::Lipsum => "function",
            Global::Dict | Global::Cycler | Global::Joiner | Global::Namespace => "type",
        }
    }
}

impl WorkflowFunction {
    const ALL: [WorkflowFunction; 11] = [
        WorkflowFunction::Env,
        WorkflowFunction::Execution,
        WorkflowFunction::Executions,
        WorkflowFunction::Global,
        WorkflowFunction::JsonDump,
        WorkflowFunction::JsonParse,
        WorkflowFunction::Task,
        WorkflowFunction::Tasks,
        WorkflowFunction::Uuid,
        WorkflowFunction::YamlDump,
        WorkflowFunction::YamlParse,
    ];

    pub(crate) fn named(name: &str) -> Option<WorkflowFunction> {
        functions::NAMES
            .iter()
            .position(|n| *n == name)
            .map(|i| WorkflowFunction::ALL[i])
    }

    #[cfg(test)]
    fn name(self) -> &'static str {
        functions::NAMES[self as usize]
    }

    /// The function behind it. Those that look into the database are wrapped by a cache.
    pub(crate) fn callee(self) -> Callee<'static> {
        let context = &["context"];
        match self {
            WorkflowFunction::Env => Callee::python("env_", context),
            WorkflowFunction::Uuid => Callee::python("uuid_", context),
            WorkflowFunction::Global => Callee::python("global_", context),
            WorkflowFunction::JsonDump => Callee::python("json_dump_", context),
            WorkflowFunction::JsonParse => Callee::python("json_parse_", context),
            WorkflowFunction::YamlDump => Callee::python("yaml_dump_", context),
            WorkflowFunction::YamlParse => Callee::python("yaml_parse_", context),
            WorkflowFunction::Execution
            | WorkflowFunction::Executions
            | WorkflowFunction::Task
            | WorkflowFunction::Tasks => Callee::signature(context),
        }
    }

    /// Parameters after the data.
    pub(crate) fn parameters(self) -> &'static [&'static str] {
        match self {
            WorkflowFunction::Env | WorkflowFunction::Execution | WorkflowFunction::Uuid => &[],
            WorkflowFunction::Executions => &["id", "root_execution_id", "state", "from_time", "to_time"],
            WorkflowFunction::Global => &["var_name"],
            WorkflowFunction::Task => &["task_name"],
            WorkflowFunction::Tasks => &["workflow_execution_id", "recursive", "state", "flat"],
            WorkflowFunction::JsonDump
            | WorkflowFunction::JsonParse
            | WorkflowFunction::YamlDump
            | WorkflowFunction::YamlParse => &["data"],
        }
    }

    /// How many of the parameters have no default.
    pub(crate) fn required(self) -> usize {
        match self {
            WorkflowFunction::Global
            | WorkflowFunction::JsonDump
            | WorkflowFunction::JsonParse
            | WorkflowFunction::YamlDump
            | WorkflowFunction::YamlParse => 1,
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_listed_in_the_order_of_their_names() {
        for function in WorkflowFunction::ALL {
            assert_eq!(WorkflowFunction::named(function.name()), Some(function));
        }
        assert_eq!(WorkflowFunction::YamlParse.name(), "yaml_parse");
        assert_eq!(WorkflowFunction::Global.name(), "global");
    }
}
