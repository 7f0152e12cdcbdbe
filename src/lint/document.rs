//! A document as the rules look at it: workflows, actions and tasks with their places.

use std::collections::HashMap;

use mistral_expr::Options;
use mistral_lang::spec::Workflow;
use mistral_lang::{Checked, DocumentKind};
use mistral_model::Str;
use pyyaml::{Located, Shape, Step};

use crate::attributes::Owner;

/// What a document holds, by its keys.
pub fn kind(root: Option<&Located>) -> DocumentKind {
    let Some(root) = root else {
        return DocumentKind::Workflows;
    };
    let section = |name: &str| root.get(name).is_some_and(|node| matches!(node.shape, Shape::Map(_)));
    let names_sections = section("workflows") || section("actions");
    if names_sections && (root.get("name").is_some() || !root.members().iter().any(|(_, v)| v.get("tasks").is_some())) {
        return DocumentKind::Workbook;
    }
    let has = |name: &str| root.members().iter().any(|(_, item)| item.get(name).is_some());
    match has("base") && !has("tasks") {
        true => DocumentKind::Actions,
        false => DocumentKind::Workflows,
    }
}

/// A document and what is in it.
pub struct View<'a> {
    pub text: &'a str,
    pub root: &'a Located,
    pub kind: DocumentKind,
    pub workflows: Vec<Flow<'a>>,
    /// Name, key and mapping of each action definition.
    pub actions: Vec<(Str, &'a Located, &'a Located)>,
    /// Name of the workbook.
    pub workbook: Option<Str>,
}

/// A workflow of the document.
pub struct Flow<'a> {
    pub name: Str,
    pub key: &'a Located,
    pub node: &'a Located,
    pub reverse: bool,
    pub tasks: Vec<Task<'a>>,
    /// Places of tasks by name; of several of one name, the last one's.
    places: HashMap<Str, usize>,
    /// Compiled, if it can be.
    pub spec: Option<Workflow>,
}

/// A task of a workflow.
pub struct Task<'a> {
    pub name: Str,
    pub key: &'a Located,
    pub node: &'a Located,
}

impl Flow<'_> {
    /// The task of this name.
    pub fn task(&self, name: &str) -> Option<&Task<'_>> {
        self.places.get(name).map(|at| &self.tasks[*at])
    }
}

impl<'a> View<'a> {
    /// What is in a document, without compiling any of it.
    pub fn new(text: &'a str, root: &'a Located, kind: DocumentKind) -> View<'a> {
        let mut view = View {
            text,
            root,
            kind,
            workflows: Vec::new(),
            actions: Vec::new(),
            workbook: None,
        };
        match kind {
            DocumentKind::Workflows => view.add_workflows(root),
            DocumentKind::Actions => view.add_actions(root),
            DocumentKind::Workbook => {
                view.workbook = root.get("name").and_then(Located::text).map(Str::from);
                if let Some(section) = root.get("workflows") {
                    view.add_workflows(section);
                }
                if let Some(section) = root.get("actions") {
                    view.add_actions(section);
                }
            }
        }
        view
    }

    /// Adds the compiled workflows: those of the check, and what else can be compiled.
    pub(crate) fn compile(&mut self, checked: &mut Checked, options: &Options) {
        // With merges, which the nodes do not show.
        let values = match self.kind {
            DocumentKind::Workbook => checked.root.get("workflows"),
            _ => Some(&checked.root),
        };
        for flow in &mut self.workflows {
            let compiled = checked.workflows.remove(&flow.name);
            // The check leaves tasks out that are too wrong to be looked at.
            let whole = compiled.filter(|spec| checked.errors.is_empty() || spec.tasks.len() == flow.tasks.len());
            flow.spec = whole.or_else(|| {
                let raw = values.and_then(|values| values.get(&flow.name))?;
                mistral_lang::compile_workflow(raw, options).ok()
            });
        }
    }

    fn add_workflows(&mut self, section: &'a Located) {
        for (key, node) in items(section) {
            let Some(name) = key.key() else { continue };
            let tasks = node.get("tasks").map(Located::members).unwrap_or_default();
            let tasks: Vec<Task<'a>> = tasks
                .iter()
                .filter_map(|(key, node)| {
                    let name = key.key()?;
                    Some(Task { name, key, node })
                })
                .collect();
            let names = tasks.iter().map(|task| task.name.clone());
            self.workflows.push(Flow {
                reverse: node.get("type").and_then(Located::text) == Some("reverse"),
                places: names.zip(0..).collect(),
                tasks,
                name,
                key,
                node,
                spec: None,
            });
        }
    }

    fn add_actions(&mut self, section: &'a Located) {
        for (key, node) in items(section) {
            if let Some(name) = key.key() {
                self.actions.push((name, key, node));
            }
        }
    }

    /// What the node at this path is, and the workflow it is in.
    pub fn owner(&self, path: &[Step]) -> (Option<Owner>, Option<&Flow<'a>>) {
        let keys: Vec<&str> = path
            .iter()
            .map(|step| match step {
                Step::Key(key) => &**key,
                Step::Index(_) => "",
            })
            .collect();
        let (section, rest) = match (self.kind, &keys[..]) {
            (DocumentKind::Workbook, []) => return (Some(Owner::Workbook), None),
            (DocumentKind::Workbook, [section, rest @ ..]) => (*section, rest),
            (DocumentKind::Actions, rest) => ("actions", rest),
            (DocumentKind::Workflows, rest) => ("workflows", rest),
        };
        let flow = rest.first().filter(|_| section == "workflows").and_then(|name| {
            let named = |flow: &&Flow<'a>| &*flow.name == *name;
            self.workflows.iter().find(named)
        });
        let owner = match (section, rest) {
            (_, []) => Some(Owner::Document),
            ("actions", [_]) => Some(Owner::Action),
            ("workflows", [_]) => Some(Owner::Workflow),
            ("workflows", [_, "task-defaults"]) => Some(Owner::TaskDefaults),
            ("workflows", [_, "tasks", _]) => Some(Owner::Task),
            ("workflows", [.., "retry"]) => Some(Owner::Retry),
            ("workflows", [.., clause, "publish"]) if clause.starts_with("on-") => Some(Owner::Publish),
            ("workflows", [.., clause]) if clause.starts_with("on-") => Some(Owner::Clause),
            _ => None,
        };
        (owner, flow)
    }
}

/// Items of a document or section, each name's last one only.
fn items(section: &Located) -> impl Iterator<Item = (&Located, &Located)> {
    let members = section.members();
    members
        .iter()
        .enumerate()
        .filter(|(at, (key, _))| {
            let name = key.key();
            name.as_deref() != Some("version") && !members[at + 1..].iter().any(|(later, _)| later.key() == name)
        })
        .map(|(_, (key, node))| (key, node))
}
