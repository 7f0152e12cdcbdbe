//! What documents can call: actions and workflows by name.

use std::collections::BTreeMap;

use mistral_lang::input::split_input_text;
use mistral_model::Value;
use mistral_model::action::Catalog;

/// A parameter that a call may or must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    pub name: String,
    pub required: bool,
    /// As JSON.
    pub default: Option<String>,
}

/// An action.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Action {
    pub parameters: Vec<Parameter>,
    /// Takes any parameter.
    pub open: bool,
    pub description: String,
}

/// A workflow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkflowEntry {
    pub parameters: Vec<Parameter>,
    /// What it takes is not known.
    pub open: bool,
}

/// What can be called.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    pub actions: BTreeMap<String, Action>,
    pub workflows: BTreeMap<String, WorkflowEntry>,
    /// No other actions exist: unknown names of whatever form are told.
    pub complete: bool,
    /// All workflows that exist are here.
    pub knows_workflows: bool,
    /// Others may be stored where nobody looks: of unknown names only those of standard actions are told.
    pub elsewhere: bool,
}

/// Services whose actions an OpenStack cloud brings along; without a complete catalogue nothing is said about them.
const OPENSTACK: [&str; 26] = [
    "aodh",
    "barbican",
    "baremetal_introspection",
    "blazar",
    "cinder",
    "designate",
    "glance",
    "gnocchi",
    "heat",
    "ironic",
    "keystone",
    "magnum",
    "manila",
    "mistral",
    "murano",
    "neutron",
    "nova",
    "octavia",
    "sahara",
    "senlin",
    "swift",
    "tacker",
    "tripleo",
    "trove",
    "vitrage",
    "zaqar",
];

impl Catalogue {
    /// The actions of a service.
    pub fn of(catalog: &dyn Catalog) -> Catalogue {
        Catalogue::of_project(catalog, None)
    }

    /// The same as a project sees it.
    pub fn of_project(catalog: &dyn Catalog, project: Option<&str>) -> Catalogue {
        let actions = catalog.all_for(project).into_iter().map(|descriptor| {
            let parameters = descriptor.parameters.iter().map(|parameter| Parameter {
                name: parameter.name.to_owned(),
                required: parameter.default.is_none(),
                default: parameter.default.map(str::to_owned),
            });
            let action = Action {
                parameters: parameters.collect(),
                open: descriptor.accepts_any,
                description: descriptor.description.to_owned(),
            };
            (descriptor.name.to_owned(), action)
        });
        Catalogue {
            actions: actions.collect(),
            ..Catalogue::default()
        }
    }

    /// Adds an action of which a server shows this `input`: `x, y=5, **kwargs`.
    pub fn add_action(&mut self, name: &str, input: &str, description: &str) {
        let open = input.contains('*');
        let parameters = match open {
            true => Vec::new(),
            false => split_input_text(input).into_iter().map(parameter).collect(),
        };
        let added = Action {
            parameters,
            open,
            description: description.to_owned(),
        };
        self.actions
            .entry(name.to_owned())
            .and_modify(|known| known.open |= known.parameters != added.parameters)
            .or_insert(added);
    }

    /// Adds a workflow of which a server shows this `input`: `x, y="5"`. Which of several namespaces is meant is not known before
    /// a run: what they take is known if it is the same.
    pub fn add_workflow(&mut self, name: &str, input: &str) {
        let parameters: Vec<Parameter> = split_input_text(input).into_iter().map(parameter).collect();
        let added = WorkflowEntry {
            parameters,
            open: false,
        };
        self.workflows
            .entry(name.to_owned())
            .and_modify(|known| known.open |= known.parameters != added.parameters)
            .or_insert(added);
    }

    /// Adds what a parsed catalogue file says: `{"actions": [{"name", "input", "description"}], "workflows": […]}`, which is
    /// what a server answers to `GET /v2/actions` and `GET /v2/workflows`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn add_document(&mut self, document: &serde_json::Value) -> Result<(), String> {
        let mut any = false;
        for kind in ["actions", "workflows"] {
            let Some(items) = document.get(kind) else { continue };
            let items = items.as_array().ok_or_else(|| format!("`{kind}` is no list"))?;
            any = true;
            for item in items {
                let text = |key: &str| item.get(key).and_then(|v| v.as_str()).unwrap_or_default();
                if text("name").is_empty() {
                    return Err(format!("an item of `{kind}` has no `name`"));
                }
                match kind {
                    "actions" => self.add_action(text("name"), text("input"), text("description")),
                    _ => self.add_workflow(text("name"), text("input")),
                }
            }
            match kind {
                "actions" => self.complete = true,
                _ => self.knows_workflows = true,
            }
        }
        match any {
            true => Ok(()),
            false => Err("it has neither `actions` nor `workflows`".to_owned()),
        }
    }

    /// Whether something can be said about an action that is not here.
    pub fn judges(&self, action: &str) -> bool {
        let service = action.split('.').next().unwrap_or_default();
        match self.elsewhere {
            true => self.complete || service == "std",
            false => self.complete || !OPENSTACK.contains(&service),
        }
    }

    /// Whether something can be said about a workflow that is not here. A name with a dot is that of a workbook's workflow: where
    /// nobody says which workbooks there are, it may well exist.
    pub fn judges_workflow(&self, name: &str) -> bool {
        self.knows_workflows || !self.elsewhere && !name.contains('.')
    }
}

fn parameter(parameter: mistral_lang::spec::Parameter) -> Parameter {
    Parameter {
        name: parameter.name.to_string(),
        required: parameter.default.is_none(),
        default: parameter.default.as_ref().map(shown),
    }
}

fn shown(value: &Value) -> String {
    mistral_model::json::to_string(value)
}
