//! What the executors of a simulation run. Results follow from the input alone.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use super::world::{Control, World};
use mistral_actions::{Action, Call, Environment, EnvironmentOptions, Registry, Running};
use mistral_model::Value;
use mistral_model::action::{Descriptor, Outcome, Parameter};

static PARAMETERS: [Parameter; 3] = [
    Parameter {
        name: "seconds",
        default: Some("0"),
    },
    Parameter {
        name: "result",
        default: Some("null"),
    },
    Parameter {
        name: "fail",
        default: Some("false"),
    },
];

const fn descriptor(name: &'static str) -> Descriptor {
    Descriptor {
        name,
        class: name,
        description: "",
        parameters: &PARAMETERS,
        accepts_any: false,
        input_text: "seconds=0, result=null, fail=false",
        is_sync: true,
        is_repeatable: false,
        check: |_| Ok(()),
        inline: None,
        remote: None,
    }
}

/// Takes time and gives a result. May run again.
static WORK: Descriptor = descriptor("sim.work");
/// The same, but must not be begun twice.
static ONCE: Descriptor = descriptor("sim.once");

struct Work {
    descriptor: &'static Descriptor,
    once: bool,
    world: Arc<World>,
    control: Arc<Control>,
}

impl Action for Work {
    fn descriptor(&self) -> &'static Descriptor {
        self.descriptor
    }

    fn run<'a>(&'a self, call: Call<'a>) -> Running<'a> {
        Box::pin(async move {
            self.control.alive().await;
            let id = call
                .context
                .action_execution_id
                .as_deref()
                .and_then(|id| id.parse().ok());
            if let Some(id) = id.filter(|_| self.once) {
                self.world.begins(id);
            }
            let seconds = match call.input.get("seconds") {
                Some(Value::Float(seconds)) => *seconds,
                Some(Value::Int(seconds)) => *seconds as f64,
                _ => 0.0,
            };
            tokio::time::sleep(Duration::from_secs_f64(seconds.max(0.0))).await;
            self.control.alive().await;
            let result = call.input.get("result").cloned().unwrap_or_default();
            let fails = call.input.get("fail").is_some_and(|fail| *fail == Value::Bool(true));
            Ok(if fails {
                Outcome::Error(result)
            } else {
                Outcome::Success(result)
            })
        })
    }
}

/// The actions of one node.
pub(super) fn registry(world: &Arc<World>, control: &Arc<Control>) -> Registry {
    let work = |descriptor, once| Work {
        descriptor,
        once,
        world: world.clone(),
        control: control.clone(),
    };
    Registry::standard()
        .with(Box::new(work(&WORK, false)))
        .with(Box::new(work(&ONCE, true)))
}

/// Nothing in a simulation uses it.
pub(super) fn environment() -> Arc<Environment> {
    static SHARED: LazyLock<Arc<Environment>> =
        LazyLock::new(|| Arc::new(Environment::new(EnvironmentOptions::default())));
    SHARED.clone()
}
