//! Rules from files, read again when these change.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use parking_lot::{Mutex, RwLock};

use super::check::{Answers, Credentials, Decision, Question, Target};
use super::{Error, Remote, Rule, Rules};
use mistral_model::Value;

/// Where rules lie.
#[derive(Clone, Debug, Default)]
pub struct Locations {
    /// Need not exist.
    pub file: PathBuf,
    /// The files of each count in the order of their names, later ones win. Need not exist.
    pub directories: Vec<PathBuf>,
}

/// Time between looks at the files.
const INTERVAL: Duration = Duration::from_secs(1);

/// Servers that one decision may ask.
const MAX_QUESTIONS: usize = 16;

/// Files and when each was changed, with its size.
type Seen = Vec<(PathBuf, Option<SystemTime>, u64)>;

/// The rules in force.
pub struct Policies {
    locations: Locations,
    declared: &'static [Rule],
    default: String,
    current: RwLock<Arc<Rules>>,
    seen: Mutex<(Instant, Seen)>,
    remote: Option<Remote>,
}

impl Policies {
    /// The rules as they are declared, without files.
    pub fn builtin(declared: &'static [Rule]) -> Policies {
        Policies {
            locations: Locations::default(),
            declared,
            default: "default".to_owned(),
            current: RwLock::new(Arc::new(Rules::builtin(declared, "default"))),
            seen: Mutex::new((Instant::now(), Seen::new())),
            remote: None,
        }
    }

    /// Reads the files, whose rules replace those that are `declared`. `default` is `[oslo_policy] policy_default_rule`.
    ///
    /// # Errors
    /// A file that cannot be read or is no mapping, and rules in a circle.
    pub fn load(
        locations: Locations,
        declared: &'static [Rule],
        default: &str,
        remote: Remote,
    ) -> Result<Policies, Error> {
        let seen = look(&locations);
        let rules = read(&seen, declared, default)?;
        Ok(Policies {
            locations,
            declared,
            default: default.to_owned(),
            current: RwLock::new(Arc::new(rules)),
            seen: Mutex::new((Instant::now(), seen)),
            remote: Some(remote),
        })
    }

    /// The rules in force. Files are looked at once a second; what cannot be used leaves the old rules in force.
    pub fn current(&self) -> Arc<Rules> {
        self.reload_if_changed();
        self.current.read().clone()
    }

    fn reload_if_changed(&self) {
        // The built-in rules never change, and who is just looking looks for everybody.
        let Some(mut seen) = self.seen.try_lock().filter(|_| self.remote.is_some()) else {
            return;
        };
        if seen.0.elapsed() < INTERVAL {
            return;
        }
        let now = look(&self.locations);
        seen.0 = Instant::now();
        if now == seen.1 {
            return;
        }
        match read(&now, self.declared, &self.default) {
            Ok(rules) => {
                *self.current.write() = Arc::new(rules);
                tracing::info!("policy files have changed: new rules are in force");
            }
            Err(error) => tracing::error!("policy files have changed but cannot be used; the old rules stay: {error}"),
        }
        seen.1 = now;
    }

    /// Whether the caller passes a rule.
    pub async fn allows(&self, rule: &str, target: &Target, caller: &dyn Credentials) -> bool {
        let rules = self.current();
        let mut answers = Answers::new();
        for _ in 0..MAX_QUESTIONS {
            let question = Question {
                rules: &rules,
                target,
                caller,
                answers: &answers,
            };
            let url = match question.rule(rule) {
                Decision::Yes => return true,
                Decision::No => return false,
                Decision::Ask(url) => url,
            };
            let answer = match &self.remote {
                Some(remote) => remote.ask(&url, rule, target, caller).await,
                None => false,
            };
            answers.insert(url, answer);
        }
        false
    }

    /// What a rule says and why, for people; other servers are not asked.
    pub fn explain(&self, rule: &str, target: &Target, caller: &dyn Credentials) -> (Decision, String) {
        let rules = self.current();
        let question = Question {
            rules: &rules,
            target,
            caller,
            answers: &Answers::new(),
        };
        let mut text = String::new();
        match rules.get(rule) {
            Some(check) => {
                if !rules.has(rule) {
                    text.push_str("there is no such rule; the default rule decides\n");
                }
                question.explain(check, 0, &mut text);
            }
            None => text.push_str("there is no such rule, and no default rule\n"),
        }
        (question.rule(rule), text)
    }
}

/// The files that there are.
fn look(locations: &Locations) -> Seen {
    let mut files = Vec::new();
    let main = &locations.file;
    if main.is_file() {
        files.push(main.clone());
    } else if main.extension().is_some_and(|extension| extension == "yaml") {
        // Files of old releases.
        files.extend(Some(main.with_extension("json")).filter(|file| file.is_file()));
    }
    for directory in &locations.directories {
        let entries = std::fs::read_dir(directory)
            .into_iter()
            .flatten()
            .filter_map(Result::ok);
        let mut inside: Vec<PathBuf> = entries
            .map(|entry| entry.path())
            .filter(|path| path.is_file() && !is_hidden(path))
            .collect();
        inside.sort();
        files.extend(inside);
    }
    files
        .into_iter()
        .map(|file| {
            let metadata = std::fs::metadata(&file).ok();
            let modified = metadata.as_ref().and_then(|data| data.modified().ok());
            (file, modified, metadata.map_or(0, |data| data.len()))
        })
        .collect()
}

fn is_hidden(path: &Path) -> bool {
    path.file_name()
        .is_none_or(|name| name.as_encoded_bytes().starts_with(b"."))
}

fn read(files: &Seen, declared: &[Rule], default: &str) -> Result<Rules, Error> {
    let mut rules = Rules::builtin(declared, default);
    for (file, ..) in files {
        let refused = |reason: String| Error::File {
            file: file.display().to_string(),
            reason,
        };
        let text = std::fs::read_to_string(file).map_err(|error| refused(error.to_string()))?;
        match pyyaml::load(&text).map_err(|error| refused(error.to_string()))? {
            Value::Null => {}
            Value::Dict(members) => {
                for (name, written) in members.iter() {
                    rules.put(name, written);
                }
            }
            _ => return Err(refused("not a mapping of names to rules".to_owned())),
        }
    }
    rules.check_circles()?;
    Ok(rules)
}
