//! Definitions that tests run, and the actions they can call.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, Mutex};

use anyhow::{Context as _, bail};
use mistral_actions::Registry;
use mistral_expr as expr;
use mistral_flow::{ActionDefinition, Definitions, Lack, WorkflowDefinition};
use mistral_lang::{DocumentKind, compile_adhoc, compile_workflow, spec};
use mistral_lint::document::kind;
use mistral_model::action::{Catalog, Descriptor};
use mistral_model::record::Scope;
use mistral_model::{Dict, Id, Str, Value};

use crate::files;

/// Everything that is defined in some files.
#[derive(Default)]
pub(super) struct Library {
    pub workflows: Vec<WorkflowDefinition>,
    actions: HashMap<Str, Arc<ActionDefinition>>,
    pub environments: Dict,
}

impl Library {
    /// Reads definitions as uploads do.
    ///
    /// # Errors
    /// What an upload would refuse.
    pub(super) fn load(paths: &[PathBuf], environments: Dict) -> anyhow::Result<Library> {
        let mut library = Library {
            environments,
            ..Library::default()
        };
        for path in paths {
            let document = files::read(path)?;
            library.add(&document.text).with_context(|| document.name.clone())?;
        }
        if library.workflows.is_empty() {
            bail!("the definitions hold no workflow");
        }
        Ok(library)
    }

    fn add(&mut self, text: &str) -> anyhow::Result<()> {
        let options = expr::Options::default();
        let root = pyyaml::locate(text).map_err(|error| anyhow::anyhow!("{error}"))?;
        match kind(root.as_ref()) {
            DocumentKind::Workflows => {
                for document in mistral_lang::parse_workflows(text, true, &options)? {
                    self.add_workflow(document.name, &document.raw, None)?;
                }
            }
            DocumentKind::Actions => {
                for document in mistral_lang::parse_actions(text, &options)? {
                    self.add_action(document.name, &document.raw, None)?;
                }
            }
            DocumentKind::Workbook => {
                let workbook = mistral_lang::parse_workbook(text, true, &options)?;
                for document in workbook.workflows {
                    self.add_workflow(document.name, &document.raw, Some(workbook.name.clone()))?;
                }
                for document in workbook.actions {
                    self.add_action(document.name, &document.raw, Some(workbook.name.clone()))?;
                }
            }
        }
        Ok(())
    }

    fn add_workflow(&mut self, name: Str, raw: &Value, workbook_name: Option<Str>) -> anyhow::Result<()> {
        if self.workflows.iter().any(|known| known.name == name) {
            bail!("workflow {name} is defined twice");
        }
        let n = self.workflows.len() as u128;
        self.workflows.push(WorkflowDefinition {
            id: Id(n + 1_000_000),
            name,
            namespace: "".into(),
            workbook_name,
            scope: Scope::Private,
            spec_hash: Id(n + 1),
            spec: Arc::new(compile_workflow(raw, &expr::Options::default())?),
        });
        Ok(())
    }

    fn add_action(&mut self, name: Str, raw: &Value, workbook_name: Option<Str>) -> anyhow::Result<()> {
        let definition = ActionDefinition {
            name: name.clone(),
            workbook_name,
            spec: Arc::new(compile_adhoc(raw, &expr::Options::default())?),
        };
        if self.actions.insert(name.clone(), Arc::new(definition)).is_some() {
            bail!("action {name} is defined twice");
        }
        Ok(())
    }

    /// The workflow of this name; without a name the first one.
    pub(super) fn find(&self, name: Option<&str>) -> Option<&WorkflowDefinition> {
        match name {
            None => self.workflows.first(),
            Some(name) => self.workflows.iter().find(|known| &*known.name == name),
        }
    }
}

impl Definitions for Library {
    fn workflow_by_hash(&self, hash: Id) -> Result<Option<Arc<spec::Workflow>>, Lack> {
        let found = self.workflows.iter().find(|known| known.spec_hash == hash);
        Ok(found.map(|known| known.spec.clone()))
    }

    fn workflow(&self, name: &str, _: &str, _: Option<&str>) -> Result<Option<WorkflowDefinition>, Lack> {
        Ok(self.find(Some(name)).cloned())
    }

    fn action(&self, name: &str, _: &str, _: Option<&str>) -> Result<Option<Arc<ActionDefinition>>, Lack> {
        Ok(self.actions.get(name).cloned())
    }

    fn environment(&self, name: &str, _: Option<&str>) -> Result<Option<Value>, Lack> {
        Ok(self.environments.get(name).cloned())
    }

    fn tasks(&self, _: &expr::TasksQuery, _: Option<&str>) -> Result<Value, Lack> {
        Ok(Value::list(Vec::new()))
    }

    fn executions(&self, _: &expr::ExecutionsQuery, _: Option<&str>) -> Result<Value, Lack> {
        Ok(Value::list(Vec::new()))
    }
}

/// The standard actions, and those that only mocks know.
pub(super) struct Actions {
    standard: Arc<Registry>,
    mocked: Vec<Descriptor>,
}

/// Names of mocked actions: descriptors borrow theirs for ever, so that each is kept once.
static NAMES: LazyLock<Mutex<HashMap<String, &'static str>>> = LazyLock::new(Mutex::default);

fn name_for_ever(name: &str) -> &'static str {
    let mut names = match NAMES.lock() {
        Ok(names) => names,
        Err(poisoned) => poisoned.into_inner(),
    };
    if let Some(known) = names.get(name) {
        return known;
    }
    let kept: &'static str = Box::leak(name.to_owned().into_boxed_str());
    names.insert(name.to_owned(), kept);
    kept
}

impl Actions {
    pub(super) fn new<'m>(standard: Arc<Registry>, mocked: impl IntoIterator<Item = &'m str>) -> Actions {
        let mut actions = Actions {
            standard,
            mocked: Vec::new(),
        };
        for name in mocked {
            if actions.find(name).is_none() {
                actions.mocked.push(Descriptor {
                    name: name_for_ever(name),
                    class: name_for_ever(name),
                    description: "",
                    parameters: &[],
                    accepts_any: true,
                    input_text: "",
                    is_sync: true,
                    is_repeatable: false,
                    check: |_| Ok(()),
                    inline: None,
                    remote: None,
                });
            }
        }
        actions
    }
}

impl Catalog for Actions {
    fn find(&self, name: &str) -> Option<&Descriptor> {
        let standard = self.standard.find(name);
        standard.or_else(|| self.mocked.iter().find(|known| known.name == name))
    }

    fn all(&self) -> Vec<&Descriptor> {
        let mut all = self.standard.all();
        all.extend(&self.mocked);
        all
    }
}
