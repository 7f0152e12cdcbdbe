//! What members, attributes and parameters mean that many resources have. What one resource has alone is explained in its declaration.

use super::super::v2::RESOURCES;

pub(crate) const INTRODUCTION: &str = "The workflow service: definitions in, executions out. Payloads (`input`, `output`, \
`params`, …) are answered as JSON text inside a string, and accepted as objects or as such text. Dates are UTC. An answer \
of the routing layer (unknown path, method or media type) has another body than one of a resource; see the schemas \
`Fault` and `RouterError`. Operations marked as deprecated are kept for clients of OpenStack Mistral.";

pub(crate) const LIMIT: &str =
    "Size of the page. Larger values than the service allows (`[api] max_limit`) count as that.";
pub(crate) const MARKER: &str = "Id of the last object of the page before; usually taken from its `next` link.";
pub(crate) const SORT_KEYS: &str = "Members to sort by, separated by commas. Default: `created_at` (actions: `name`).";
pub(crate) const SORT_DIRS: &str =
    "`asc` or `desc` for each sort key, separated by commas; no more than there are keys.";
pub(crate) const FIELDS: &str = "Members to show, separated by commas; `id` is always shown.";

pub(crate) const COMPARED: &str = "`<operator>:<value>` with one of `eq`, `neq`, `gt`, `gte`, `lt`, `lte`, `in`, `nin` (lists \
separated by commas), `has` (a part of the text); without an operator: equal.";
pub(crate) const TAGGED: &str = "Tags separated by commas, all of which an object must have.";
pub(crate) const IDENTIFIED: &str = "Equal to this id.";
pub(crate) const EQUAL_JSON: &str = "Equal to this JSON value.";
pub(crate) const EQUAL: &str = "Equal to this value.";
pub(crate) const FLAGGED: &str = "Everything but the empty text and words for no counts as true.";
pub(crate) const DATED: &str = "`<operator>:<date>` with one of `eq`, `neq`, `gt`, `gte`, `lt`, `lte`, `in`, `nin`; without an \
operator: equal. Dates (`2026-11-23 06:28:05`, UTC) are compared by whole seconds. `gte:<date>,lt:<date>` (or `gt`, `lte`) is a range.";

pub(crate) const NAMESPACE: &str = "Namespace of the definition; default: the empty one.";
pub(crate) const SCOPE: &str = "Who may use the definition: `private` (the caller's project) or `public`.";
pub(crate) const SKIP_VALIDATION: &str = "Store the document without validating it, where `[api] validation_mode` allows that. \
Its presence counts.";
pub(crate) const MAX_DEPTH: &str = "Levels of sub-workflow executions below the first; negative: all.";
pub(crate) const ERRORS_ONLY: &str = "Show what failed only.";
pub(crate) const INCLUDE_OUTPUT: &str = "Show `output`, which lists otherwise leave out.";

/// What a flag of a list of this group does.
pub(crate) fn flag(group: &str, name: &str) -> &'static str {
    match name {
        "include_output" => INCLUDE_OUTPUT,
        "all_projects" => "Show objects of all projects. Needs the role `admin`.",
        _ => declared(group, name).unwrap_or("Changes what is listed."),
    }
}

/// A parameter in a path of this group.
pub(crate) fn path_parameter(group: &str, name: &str) -> &'static str {
    match name {
        "identifier" => "Id or name.",
        "id" => "Id.",
        "name" => "Name.",
        "namespace" => NAMESPACE,
        "member_id" => "Id of the project that the resource is shared with.",
        "action_execution_id" => "Id of the action execution.",
        "fields" => "Members to show, separated by commas, as in the query parameter `fields`.",
        _ => declared(group, name).unwrap_or("Identifies the object."),
    }
}

/// Of members that are there because upstream has them.
pub(crate) const COMPATIBILITY: &str = "Kept for compatibility.";

/// What the resources of a group say of a name themselves.
fn declared(group: &str, name: &str) -> Option<&'static str> {
    let resources = RESOURCES.iter().filter(|resource| resource.name == group);
    let mut words = resources.flat_map(|resource| resource.words);
    words.find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// A member of an object of this group.
pub(crate) fn member(group: &str, name: &str) -> &'static str {
    declared(group, name).unwrap_or_else(|| shared_member(name))
}

fn shared_member(name: &str) -> &'static str {
    match name {
        "id" => "Id. Clients may choose it for executions; actions that are not stored have their name here.",
        "name" => "Name.",
        "namespace" => "Namespace; the default one is empty.",
        "description" => "Description.",
        "tags" => "Tags.",
        "definition" => "The document as it was uploaded.",
        "scope" => "Who may use it.",
        "project_id" => "Project that owns it.",
        "created_at" => "When it was created.",
        "updated_at" => "When it was changed last.",
        "input" => "Input: of definitions the parameters as text (`a, b=2`), of executions the values.",
        "workflow_id" => "Id of the workflow.",
        "workflow_name" => "Name of the workflow.",
        "workflow_namespace" => "Namespace of the workflow.",
        "workflow_input" => "Input that the workflow is started with.",
        "workflow_params" => "Parameters that the workflow is started with.",
        "params" => "Parameters of the start: `env`, `notify`, `read_only`, …",
        "task_execution_id" => "The task that it belongs to.",
        "workflow_execution_id" => "The execution that it belongs to.",
        "state" => "State.",
        "state_info" => "Why it is in this state, if there is more to say.",
        "output" => "Output; of actions `{\"result\": …}`.",
        "pattern" => "When it fires, in the five fields of cron.",
        "first_execution_time" => "When it fires first, if that was given.",
        _ => COMPATIBILITY,
    }
}

/// An attribute of a body. Most are the members that they become.
pub(crate) fn attribute(group: &str, name: &str) -> &'static str {
    declared(group, name).unwrap_or_else(|| shared_attribute(name))
}

fn shared_attribute(name: &str) -> &'static str {
    match name {
        "result" | "task_name" | "published_global" => "Accepted and ignored.",
        "status" => "What became of the invitation, or the state to go to.",
        "resource_id" | "resource_type" => "Accepted and ignored.",
        "state" => "State to go to.",
        "first_execution_time" => "First time to fire, `2026-12-31 23:59` (UTC), at least a minute ahead.",
        other => shared_member(other),
    }
}
