//! The catalogue of everything that tasks may ask for: the standard actions, and what workers provide.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::sync::Arc;

use parking_lot::RwLock;

use mistral_model::action::{Catalog, Descriptor, Parameter, Remote};
use mistral_model::{Dict, Value, json};

use super::Registry;

/// Different descriptions of workers' actions that a process can know. One stays in memory as long as the process, for decisions
/// hold on to what they found: at most some 5 KB each.
const MAX_DESCRIPTORS: usize = 20_000;
/// Longest name of an action, in bytes.
pub(crate) const MAX_NAME: usize = 255;
/// Longest description of an action, in bytes.
const MAX_DESCRIPTION: usize = 4_096;
/// Parameters of an action.
const MAX_PARAMETERS: usize = 100;
/// Longest default of a parameter, as JSON, in bytes.
const MAX_DEFAULT: usize = 1_024;

/// An action as a worker describes it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Offer {
    pub name: String,
    description: String,
    /// Names, with the JSON of the default if there is one.
    parameters: Vec<(String, Option<String>)>,
    accepts_any: bool,
    is_sync: bool,
    class: String,
    /// The project that alone has it.
    project: Option<String>,
    /// It may replace a standard action.
    replaces: bool,
}

impl Offer {
    /// Reads `{"name", "description", "input": [name or {name: default}], "accepts_any", "is_sync", "class",
    /// "needs_security_context"}`; all but the name may be absent.
    ///
    /// # Errors
    /// What is wrong, for the worker's owner.
    pub fn read(value: &Value) -> Result<Offer, String> {
        let members = value.as_dict().ok_or("an action must be an object")?;
        let known = [
            "name",
            "description",
            "input",
            "accepts_any",
            "is_sync",
            "class",
            "needs_security_context",
        ];
        if let Some(key) = members.keys().find(|key| !known.contains(&&***key)) {
            return Err(format!("an action has no '{key}'"));
        }
        let name = value.get("name").and_then(Value::as_str).unwrap_or_default();
        let is_plain = |c: char| !c.is_whitespace() && !c.is_control() && c != '@';
        if name.is_empty() || name.len() > MAX_NAME || !name.chars().all(is_plain) {
            return Err(format!(
                "the name of an action must be 1 to {MAX_NAME} bytes without spaces and '@'"
            ));
        }
        let wrong = |what: &str| format!("action '{name}': {what}");
        let description = match value.get("description") {
            None | Some(Value::Null) => "",
            Some(Value::Str(text)) if text.len() <= MAX_DESCRIPTION => text,
            Some(_) => {
                return Err(wrong(&format!(
                    "the description must be a text up to {MAX_DESCRIPTION} bytes"
                )));
            }
        };
        let flag = |key: &str, default: bool| match value.get(key) {
            None => Ok(default),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(_) => Err(wrong(&format!("'{key}' must be true or false"))),
        };
        // Of interest only where jobs are handed over.
        flag("needs_security_context", false)?;
        let class = match value.get("class") {
            None | Some(Value::Null) => "",
            Some(Value::Str(text)) if text.len() <= MAX_NAME => text,
            Some(_) => return Err(wrong(&format!("'class' must be a text up to {MAX_NAME} bytes"))),
        };
        Ok(Offer {
            class: class.to_owned(),
            project: None,
            replaces: false,
            name: name.to_owned(),
            description: description.to_owned(),
            parameters: parameters(value.get("input")).map_err(|what| wrong(&what))?,
            accepts_any: flag("accepts_any", false)?,
            is_sync: flag("is_sync", true)?,
        })
    }

    /// The offers of a list.
    ///
    /// # Errors
    /// As [`Offer::read`]; a name that comes twice.
    pub fn read_all(list: &[Value]) -> Result<Vec<Offer>, String> {
        let mut offers: BTreeMap<String, Offer> = BTreeMap::new();
        for value in list {
            let offer = Offer::read(value)?;
            if let Some(twice) = offers.insert(offer.name.clone(), offer) {
                return Err(format!("action '{}' comes twice", twice.name));
            }
        }
        Ok(offers.into_values().collect())
    }

    /// The same for one project, and with the right to replace what comes with the service.
    pub fn given(self, project: Option<&str>, replaces: bool) -> Offer {
        Offer {
            project: project.map(str::to_owned),
            replaces,
            ..self
        }
    }

    /// Made once for the life of the process.
    fn descriptor(&self) -> &'static Descriptor {
        let mut input_text = String::new();
        let mut parameters = Vec::new();
        for (name, default) in &self.parameters {
            let separator = if input_text.is_empty() { "" } else { ", " };
            let _ = write!(input_text, "{separator}{name}");
            if let Some(default) = default {
                let _ = write!(input_text, "={default}");
            }
            parameters.push(Parameter {
                name: kept(name),
                default: default.as_deref().map(kept),
            });
        }
        if self.accepts_any {
            input_text.push_str(if input_text.is_empty() {
                "**kwargs"
            } else {
                ", **kwargs"
            });
        }
        Box::leak(Box::new(Descriptor {
            name: kept(&self.name),
            class: kept(&self.class),
            description: kept(&self.description),
            parameters: Vec::leak(parameters),
            accepts_any: self.accepts_any,
            input_text: kept(&input_text),
            is_sync: self.is_sync,
            is_repeatable: false,
            check: |_| Ok(()),
            inline: None,
            remote: Some(match &self.project {
                None => Remote::Public,
                Some(project) => Remote::Project(kept(project)),
            }),
        }))
    }
}

fn kept(text: &str) -> &'static str {
    String::leak(text.to_owned())
}

fn parameters(input: Option<&Value>) -> Result<Vec<(String, Option<String>)>, String> {
    let items = match input {
        None | Some(Value::Null) => &[],
        Some(Value::List(items)) => items.as_slice(),
        Some(_) => return Err("'input' must be a list".to_owned()),
    };
    if items.len() > MAX_PARAMETERS {
        return Err(format!("more than {MAX_PARAMETERS} parameters"));
    }
    let mut parameters: Vec<(String, Option<String>)> = Vec::with_capacity(items.len());
    for item in items {
        let (name, default) = match item {
            Value::Str(name) => (&**name, None),
            Value::Dict(one) if one.len() == 1 => {
                let (name, default) = one.iter().next().ok_or("an empty parameter")?;
                (&**name, Some(json::dumps(default)))
            }
            _ => return Err("a parameter must be a name, or an object with one name and its default".to_owned()),
        };
        let is_plain = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
        if name.is_empty() || name.len() > MAX_NAME || !name.chars().all(is_plain) {
            return Err("the name of a parameter must be letters, digits, '_' and '-'".to_owned());
        }
        if default.as_ref().is_some_and(|text| text.len() > MAX_DEFAULT) {
            return Err(format!("the default of '{name}' is longer than {MAX_DEFAULT} bytes"));
        }
        if parameters.iter().any(|(known, _)| known == name) {
            return Err(format!("parameter '{name}' comes twice"));
        }
        parameters.push((name.to_owned(), default));
    }
    Ok(parameters)
}

/// The standard actions and those of workers: those of a project come first. Standard ones are only replaced where the policy says so.
pub struct Offered {
    standard: Arc<Registry>,
    state: RwLock<State>,
}

#[derive(Default)]
struct State {
    /// What everybody has.
    public: BTreeMap<&'static str, &'static Descriptor>,
    /// What projects have of their own.
    projects: HashMap<String, BTreeMap<&'static str, &'static Descriptor>>,
    /// All that were ever made, so that none is made twice.
    made: HashMap<Offer, &'static Descriptor>,
}

impl Offered {
    pub fn new(standard: Arc<Registry>) -> Offered {
        Offered {
            standard,
            state: RwLock::default(),
        }
    }

    /// Whether the name belongs to an action that comes with the service.
    pub fn is_standard(&self, name: &str) -> bool {
        self.standard.action(name).is_some()
    }

    /// From now on workers provide these; of several with one name the last counts.
    pub fn replace(&self, offers: impl IntoIterator<Item = Offer>) {
        let mut state = self.state.write();
        let (mut public, mut projects) = (BTreeMap::new(), HashMap::<String, BTreeMap<_, _>>::new());
        for offer in offers {
            if !offer.replaces && self.is_standard(&offer.name) {
                continue;
            }
            let project = offer.project.clone();
            let descriptor = match state.made.get(&offer) {
                Some(made) => *made,
                None if state.made.len() >= MAX_DESCRIPTORS => {
                    tracing::error!(
                        action = offer.name,
                        "too many different actions of workers since the start"
                    );
                    continue;
                }
                None => {
                    let made = offer.descriptor();
                    state.made.insert(offer, made);
                    made
                }
            };
            match project {
                None => public.insert(descriptor.name, descriptor),
                Some(project) => projects.entry(project).or_default().insert(descriptor.name, descriptor),
            };
        }
        (state.public, state.projects) = (public, projects);
    }
}

impl Catalog for Offered {
    fn find(&self, name: &str) -> Option<&Descriptor> {
        self.find_for(name, None)
    }

    fn find_for(&self, name: &str, project: Option<&str>) -> Option<&Descriptor> {
        let state = self.state.read();
        let own = project.and_then(|project| state.projects.get(project)?.get(name));
        let offered = own.or_else(|| state.public.get(name)).copied();
        drop(state);
        offered.or_else(|| self.standard.find(name))
    }

    fn all(&self) -> Vec<&Descriptor> {
        self.all_for(None)
    }

    fn all_for(&self, project: Option<&str>) -> Vec<&Descriptor> {
        let mut all: BTreeMap<&str, &Descriptor> = self.standard.all().into_iter().map(|d| (d.name, d)).collect();
        let state = self.state.read();
        all.extend(state.public.iter().map(|(name, descriptor)| (*name, *descriptor)));
        let own = project.and_then(|project| state.projects.get(project));
        all.extend(own.into_iter().flatten().map(|(name, descriptor)| (*name, *descriptor)));
        all.into_values().collect()
    }

    fn only_waits(&self, name: &str, input: &Dict, project: Option<&str>) -> bool {
        let is_remote = || self.find_for(name, project).is_none_or(|found| found.remote.is_some());
        self.standard.only_waits(name, input, project) && !is_remote()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(text: &str) -> Result<Offer, String> {
        Offer::read(&json::parse(text.as_bytes()).unwrap())
    }

    #[test]
    fn offers_become_descriptors() {
        let catalog = Offered::new(Arc::new(Registry::standard()));
        let text = r#"{"name":"my.add","description":"Adds.","input":["a",{"b":[1,"x"]}],"accepts_any":true}"#;
        catalog.replace([offer(text).unwrap()]);
        let first = catalog.find("my.add").unwrap();
        assert!(first.remote.is_some() && first.is_sync && first.accepts_any);
        assert_eq!(first.input_text, r#"a, b=[1, "x"], **kwargs"#);
        assert_eq!(first.parameters[1].default, Some(r#"[1, "x"]"#));
        assert_eq!(catalog.all().len(), Registry::standard().all().len() + 1);
        catalog.replace([offer(text).unwrap()]);
        assert!(std::ptr::eq(first, catalog.find("my.add").unwrap()), "made once");
        catalog.replace([]);
        assert!(catalog.find("my.add").is_none());
        catalog.replace([offer(r#"{"name":"std.echo"}"#).unwrap()]);
        assert!(catalog.find("std.echo").unwrap().remote.is_none());
    }

    #[test]
    fn what_workers_run_takes_no_timer() {
        let catalog = Offered::new(Arc::new(Registry::standard()));
        let input = Dict::default();
        let waits = |name: &str, project: Option<&str>| catalog.only_waits(name, &input, project);
        assert!(waits("std.sleep", None) && waits("std.sleep", Some("p")));
        assert!(!waits("std.http", None) && !waits("my.own", None));
        let sleep = || offer(r#"{"name":"std.sleep"}"#).unwrap();
        catalog.replace([sleep().given(Some("p"), true)]);
        assert!(waits("std.sleep", None) && !waits("std.sleep", Some("p")));
        catalog.replace([sleep().given(None, true)]);
        assert!(!waits("std.sleep", None));
    }

    #[test]
    fn wrong_offers_are_refused() {
        for (text, part) in [
            ("[]", "must be an object"),
            ("{}", "the name of an action"),
            (r#"{"name":"a b"}"#, "the name of an action"),
            (r#"{"name":"a@b"}"#, "the name of an action"),
            (r#"{"name":"a","inputs":[]}"#, "no 'inputs'"),
            (r#"{"name":"a","input":{}}"#, "must be a list"),
            (r#"{"name":"a","input":[1]}"#, "a parameter must be"),
            (r#"{"name":"a","input":["x","x"]}"#, "comes twice"),
            (r#"{"name":"a","is_sync":1}"#, "'is_sync'"),
            (r#"{"name":"a","description":1}"#, "description"),
        ] {
            let error = offer(text).unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
