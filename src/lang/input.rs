//! Input checking at run time (§18): supplied parameters against declared ones, and defaults.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::compile;
use super::error::{Class, Error};
use super::spec::{AdHocAction, Parameter, Workflow};
use mistral_model::action::Descriptor;
use mistral_model::json;
use mistral_model::python;
use mistral_model::value::{Dict, Str, Value};

/// Upstream's class of ad-hoc actions, which its messages show.
const ADHOC_CLASS: &str = "mistral.actions.adhoc.AdHocAction";

/// Checks the input that a workflow is started with.
///
/// # Errors
/// Missing and unexpected parameters, under the workflow's short name.
pub fn check_workflow_input(spec: &Workflow, input: &Dict) -> Result<(), Error> {
    let declared = spec.input.iter().map(|p| (&*p.name, p.default.is_none()));
    check(&spec.name, spec.kind.class(), declared, input)
}

/// Checks the input of a built-in action.
///
/// # Errors
/// Missing and unexpected parameters.
pub fn check_action_input(action: &Descriptor, input: &Dict) -> Result<(), Error> {
    if action.accepts_any {
        return Ok(());
    }
    let declared = action.parameters.iter().map(|p| (p.name, p.default.is_none()));
    check(action.name, action.class, declared, input)
}

/// Checks the input of an ad-hoc action. `full_name` is the definition's, with a workbook's prefix.
///
/// As upstream does it, against the stored text: defaults with commas give parameters of odd names.
///
/// # Errors
/// Missing and unexpected parameters.
pub fn check_adhoc_input(action: &AdHocAction, full_name: &str, input: &Dict) -> Result<(), Error> {
    match &action.checked_input {
        None => Ok(()),
        Some(declared) => check(
            full_name,
            ADHOC_CLASS,
            declared.iter().map(|p| (&*p.name, p.default.is_none())),
            input,
        ),
    }
}

/// Declared parameters as upstream reads them from an `input` text: split at commas, then at `=`; what follows a second `=`
/// is lost. Defaults are JSON where they can be.
pub fn split_input_text(text: &str) -> Vec<Parameter> {
    if text.is_empty() {
        return Vec::new();
    }
    let mut found: IndexMap<&str, Option<Value>> = IndexMap::new();
    for part in text.split(',').map(|part| part.trim_matches(pyvalue::chars::is_space)) {
        let mut sides = part.split('=');
        let name = sides.next().unwrap_or_default();
        let default = sides
            .next()
            .map(|value| json::parse(value.as_bytes()).unwrap_or_else(|_| Value::from(value)));
        found.insert(name, default);
    }
    found
        .into_iter()
        .map(|(name, default)| Parameter {
            name: Str::from(name),
            default,
        })
        .collect()
}

/// Whether [`fill_defaults`] would add something.
pub fn lacks_defaults(declared: &[Parameter], input: &Dict) -> bool {
    declared
        .iter()
        .any(|parameter| parameter.default.is_some() && !input.contains_key(&parameter.name))
}

/// Fills in the defaults of parameters that are absent. A null is present.
pub fn fill_defaults(declared: &[Parameter], input: &mut Dict) {
    for parameter in declared {
        let Some(default) = &parameter.default else { continue };
        if !input.contains_key(&parameter.name) {
            input.insert(parameter.name.clone(), default.clone());
        }
    }
}

/// Parameters that a raw mapping (workflow or ad-hoc action) declares.
///
/// # Errors
/// An `input` that is no list of names and mappings.
pub fn declared(raw: &Value) -> Result<Vec<Parameter>, Error> {
    compile::parameters(raw.get("input"))
}

/// Missing ones are told in order of declaration, unexpected ones in order of supply.
fn check<'a>(
    name: &str,
    class: &str,
    declared: impl Iterator<Item = (&'a str, bool)> + Clone,
    input: &Dict,
) -> Result<(), Error> {
    let missing = declared
        .clone()
        .filter(|(name, required)| *required && !input.contains_key(*name));
    let missing: Vec<&str> = missing.map(|(name, _)| name).collect();
    let known = declared.clone().filter(|(name, _)| input.contains_key(*name)).count();
    let unexpected: Vec<&str> = if known == input.len() {
        Vec::new()
    } else {
        let names: HashSet<&str> = declared.map(|(name, _)| name).collect();
        input
            .keys()
            .map(|key| &**key)
            .filter(|key| !names.contains(key))
            .collect()
    };
    if missing.is_empty() && unexpected.is_empty() {
        return Ok(());
    }
    let mut message = format!("Invalid input [name={name}, class={class}");
    for (what, names) in [("missing", missing), ("unexpected", unexpected)] {
        if !names.is_empty() {
            message.push_str(&format!(", {what}={}", python::repr_list(names)));
        }
    }
    message.push(']');
    Err(Error {
        class: Class::Input,
        message,
        place: Box::default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{compile_adhoc, compile_workflow};
    use mistral_expr::Options;

    fn dict(text: &str) -> Dict {
        json::parse(text.as_bytes()).unwrap().into_dict().unwrap()
    }

    fn workflow(text: &str) -> Workflow {
        compile_workflow(&json::parse(text.as_bytes()).unwrap(), &Options::default()).unwrap()
    }

    #[test]
    fn workflow_input() {
        let spec = workflow(
            r#"{"name":"wf","type":"reverse","input":["a","b",{"c":null},{"b":1},"b"],"tasks":{"t":{"action":"std.noop"}}}"#,
        );
        for (input, expected) in [
            (r#"{"a":1,"b":null}"#, None),
            (r#"{"b":2,"a":1,"c":3}"#, None),
            ("{}", Some("missing=['a', 'b']")),
            (r#"{"z":1,"a":1,"b":1,"y":1}"#, Some("unexpected=['z', 'y']")),
            (r#"{"z":1,"c":1,"b":1}"#, Some("missing=['a'], unexpected=['z']")),
        ] {
            let found = check_workflow_input(&spec, &dict(input)).map_err(|e| e.message);
            let expected = expected.map_or(Ok(()), |e| {
                Err(format!("Invalid input [name=wf, class=ReverseWorkflowSpec, {e}]"))
            });
            assert_eq!(found, expected, "{input}");
        }
    }

    #[test]
    fn defaults_follow_what_was_supplied() {
        let spec = workflow(r#"{"name":"wf","input":[{"x":1},"a",{"y":null}],"tasks":{"t":{"action":"std.noop"}}}"#);
        let mut input = dict(r#"{"a":null}"#);
        fill_defaults(&spec.input, &mut input);
        assert_eq!(json::to_string(&Value::dict(input)), r#"{"a":null,"x":1,"y":null}"#);
    }

    #[test]
    fn adhoc_input_is_read_from_its_text() {
        let action = |text: &str| compile_adhoc(&json::parse(text.as_bytes()).unwrap(), &Options::default()).unwrap();
        let plain = action(r#"{"name":"a","base":"std.echo","input":["x",{"y":5}]}"#);
        assert_eq!(plain.input_text, "x, y=5");
        assert_eq!(check_adhoc_input(&plain, "wb.a", &dict(r#"{"x":1}"#)), Ok(()));
        assert_eq!(
            check_adhoc_input(&plain, "wb.a", &dict(r#"{"z":1}"#))
                .unwrap_err()
                .message,
            "Invalid input [name=wb.a, class=mistral.actions.adhoc.AdHocAction, missing=['x'], unexpected=['z']]"
        );
        let odd = action(r#"{"name":"a","base":"std.echo","input":[{"l":[1,2]},{"s":"a=b"}]}"#);
        assert_eq!(odd.input_text, r#"l=[1, 2], s="a=b""#);
        assert_eq!(
            check_adhoc_input(&odd, "a", &dict("{}")).unwrap_err().message,
            "Invalid input [name=a, class=mistral.actions.adhoc.AdHocAction, missing=['2]']]"
        );
        let stars = action(r#"{"name":"a","base":"std.echo","input":["x",{"s":"**"}]}"#);
        assert_eq!(check_adhoc_input(&stars, "a", &dict(r#"{"z":1}"#)), Ok(()));
    }

    #[test]
    fn builtin_input() {
        use mistral_model::action::Parameter;
        static PARAMETERS: [Parameter; 2] = [
            Parameter {
                name: "output",
                default: None,
            },
            Parameter {
                name: "delay",
                default: Some("0"),
            },
        ];
        let mut echo = Descriptor {
            name: "std.echo",
            class: "mistral.actions.std_actions.EchoAction",
            description: "",
            parameters: &PARAMETERS,
            accepts_any: false,
            input_text: "output, delay=0",
            is_sync: true,
            is_repeatable: true,
            check: |_| Ok(()),
            inline: None,
            remote: None,
        };
        assert_eq!(check_action_input(&echo, &dict(r#"{"output":null}"#)), Ok(()));
        assert_eq!(
            check_action_input(&echo, &dict(r#"{"out":1}"#)).unwrap_err().message,
            "Invalid input [name=std.echo, class=mistral.actions.std_actions.EchoAction, missing=['output'], \
             unexpected=['out']]"
        );
        echo.accepts_any = true;
        assert_eq!(check_action_input(&echo, &dict(r#"{"out":1}"#)), Ok(()));
    }
}
