//! `std.javascript` and `std.js`: a script in QuickJS, without access to anything, within time and memory limits.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rquickjs::context::EvalOptions;
use rquickjs::{CatchResultExt, CaughtError, Context, Ctx, Function, Runtime, Type, Value as JsValue};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use mistral_model::action::{Descriptor, Outcome, Parameter};
use mistral_model::{Dict, Value, json};

use super::{Action, Call, Error, Running};

/// Time for the engine to notice its time limit; native loops look at it rarely.
const GRACE: Duration = Duration::from_secs(2);

/// Makes the JSON text of a result. It is taken before the script runs, so a script can only fool itself.
const TO_JSON: &str = "(() => {
    const stringify = JSON.stringify, kind = Date, is = Function.prototype.call.bind(Object.prototype.isPrototypeOf);
    const slice = Function.prototype.call.bind(String.prototype.slice);
    return value => stringify(value, function (key, text) {
        const original = this[key];
        return typeof text === 'string' && typeof original === 'object' && original !== null
            && is(kind.prototype, original) && text.length === 24 ? slice(text, 0, 23) + '000' : text;
    });
})()";

/// Limits of scripts.
#[derive(Clone, Debug)]
pub struct Options {
    /// Longest time of one script. The time-out of its action holds as well.
    pub time: Duration,
    /// Bytes of the heap of one script.
    pub memory: usize,
    /// Bytes of stack. Scripts run on threads with 2 MiB.
    pub stack: usize,
    /// Scripts that run at the same time; each takes a thread.
    pub parallel: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            time: Duration::from_secs(60),
            memory: 64 * 1024 * 1024,
            stack: 512 * 1024,
            parallel: std::thread::available_parallelism().map_or(2, usize::from),
        }
    }
}

/// Where scripts run.
pub struct Pool {
    options: Options,
    permits: Arc<Semaphore>,
}

impl Pool {
    pub fn new(options: Options) -> Pool {
        Pool {
            permits: Arc::new(Semaphore::new(options.parallel.max(1))),
            options,
        }
    }

    /// Runs a script. `timeout` is the time after which the executor stops waiting: at the latest a little later the script
    /// has stopped as well.
    async fn run(
        &self,
        script: String,
        context: String,
        timeout: Option<Duration>,
        cancel: CancellationToken,
    ) -> Result<Value, Error> {
        let stopped = || Error::Raised("JavaScriptAction failed: the script engine has stopped".into());
        let permit = self.permits.clone().acquire_owned().await.map_err(|_| stopped())?;
        let options = self.options.clone();
        let limit = timeout.map_or(options.time, |timeout| options.time.min(timeout + GRACE));
        // Also when this future is dropped: then nobody wants the result.
        let guard = cancel.clone().drop_guard();
        let running = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            evaluate(&script, &context, limit, &options, &cancel)
        });
        let result = tokio::time::timeout(limit + GRACE, running).await;
        let cancelled = guard.disarm();
        match result {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => Err(stopped()),
            Err(_) => {
                cancelled.cancel();
                Err(time_limit(limit))
            }
        }
    }
}

fn failed(cause: impl std::fmt::Display) -> Error {
    Error::Raised(format!("JavaScriptAction failed: {cause}"))
}

fn time_limit(limit: Duration) -> Error {
    failed(format!("the script ran longer than {} seconds", limit.as_secs_f64()))
}

/// Runs a script on this thread, in an engine of its own: nothing of one run is seen by another.
fn evaluate(
    script: &str,
    context: &str,
    limit: Duration,
    options: &Options,
    cancel: &CancellationToken,
) -> Result<Value, Error> {
    let deadline = Instant::now() + limit;
    let runtime = Runtime::new().map_err(failed)?;
    runtime.set_memory_limit(options.memory);
    runtime.set_max_stack_size(options.stack);
    let token = cancel.clone();
    runtime.set_interrupt_handler(Some(Box::new(move || {
        token.is_cancelled() || Instant::now() >= deadline
    })));
    let engine = Context::full(&runtime).map_err(failed)?;
    let text = engine.with(|ctx| {
        let result = run_in(&ctx, script, context).map_err(|cause| {
            if cancel.is_cancelled() {
                Error::Cancelled
            } else if Instant::now() >= deadline {
                time_limit(limit)
            } else {
                failed(cause)
            }
        });
        // Of an uncaught exception, nothing may be left when the engine goes.
        ctx.catch();
        result
    })?;
    json::parse(text.as_bytes()).map(as_portable).map_err(failed)
}

/// JSON text of what the script returns.
fn run_in(ctx: &Ctx<'_>, script: &str, context: &str) -> Result<String, String> {
    let explain = |error: CaughtError<'_>| explain(&error);
    // Scripts written for upstream's engines are not in strict mode.
    let options = || {
        let mut options = EvalOptions::default();
        options.strict = false;
        options
    };
    let to_json: Function<'_> = ctx.eval_with_options(TO_JSON, options()).catch(ctx).map_err(explain)?;
    let context: JsValue<'_> = ctx.json_parse(context).catch(ctx).map_err(explain)?;
    ctx.globals().set("$", context).catch(ctx).map_err(explain)?;
    let source = format!("(function f() {{\n{script}\n}})()");
    let value: JsValue<'_> = ctx.eval_with_options(source, options()).catch(ctx).map_err(explain)?;
    match value.type_of() {
        Type::Undefined => return Ok("null".into()),
        Type::Function | Type::Constructor => return Err("a function cannot be a result".into()),
        Type::Symbol => return Err("a symbol cannot be a result".into()),
        Type::BigInt => return Err("a BigInt cannot be a result".into()),
        _ => {}
    }
    let text: Option<String> = to_json.call((value,)).catch(ctx).map_err(explain)?;
    Ok(text.unwrap_or_else(|| "null".into()))
}

/// `ReferenceError: x is not defined`, or what was thrown.
fn explain(error: &CaughtError<'_>) -> String {
    match error {
        CaughtError::Error(error) => error.to_string(),
        CaughtError::Exception(exception) => {
            let name: Option<String> = exception.as_object().get("name").ok();
            let message = exception.message().unwrap_or_default();
            match name {
                Some(name) if !message.is_empty() => format!("{name}: {message}"),
                Some(name) => name,
                None if message.is_empty() => "an exception without a message; memory may have run out".into(),
                None => message,
            }
        }
        CaughtError::Value(value) => match value.as_string().map(rquickjs::String::to_string) {
            Some(Ok(text)) => text,
            // What the engine throws when there is no memory left even for the exception.
            _ if value.is_null() => "uncaught null: the script threw it, or memory ran out".into(),
            _ => format!("uncaught value of type {}", value.type_of()),
        },
    }
}

/// Integers that JavaScript cannot tell from their neighbours are floats.
fn as_portable(value: Value) -> Value {
    const SAFE: i64 = 1 << 53;
    let is_exact = |v: &Value| match v {
        Value::Int(n) => (-SAFE..=SAFE).contains(n),
        Value::Big(_) => false,
        _ => true,
    };
    fn all(v: &Value, test: &dyn Fn(&Value) -> bool) -> bool {
        match v {
            Value::List(items) => items.iter().all(|item| all(item, test)),
            Value::Dict(members) => members.values().all(|member| all(member, test)),
            other => test(other),
        }
    }
    fn convert(v: Value, test: &dyn Fn(&Value) -> bool) -> Value {
        use num_traits::ToPrimitive;
        match v {
            Value::List(items) => Value::list(items.iter().map(|item| convert(item.clone(), test)).collect()),
            Value::Dict(members) => Value::dict(
                members
                    .iter()
                    .map(|(k, v)| (k.clone(), convert(v.clone(), test)))
                    .collect(),
            ),
            Value::Int(n) if !test(&Value::Int(n)) => Value::Float(n as f64),
            Value::Big(n) => Value::Float(n.to_f64().unwrap_or(f64::INFINITY)),
            other => other,
        }
    }
    if all(&value, &is_exact) {
        value
    } else {
        convert(value, &is_exact)
    }
}

const PARAMETERS: &[Parameter] = &[
    Parameter {
        name: "script",
        default: None,
    },
    Parameter {
        name: "context",
        default: Some("null"),
    },
];

const DESCRIPTION: &str = "Runs JavaScript and gives back what the script returns.\n\n\
                           :param script: text of a function body; `return` gives the result, which must be JSON\n\
                           :param context: any value, which the script sees as `$`";

/// `std.javascript`
pub(crate) struct JavaScript;

static JAVASCRIPT: Descriptor = Descriptor {
    name: "std.javascript",
    class: "mistral.actions.std_actions.JavaScriptAction",
    description: DESCRIPTION,
    parameters: PARAMETERS,
    accepts_any: false,
    input_text: "script, context=null",
    is_sync: true,
    is_repeatable: true,
    check: |_| Ok(()),
    inline: None,
    remote: None,
};

/// `std.js`, the same under a shorter name.
pub(crate) struct Js;

static JS: Descriptor = Descriptor {
    name: "std.js",
    class: JAVASCRIPT.class,
    description: DESCRIPTION,
    parameters: PARAMETERS,
    accepts_any: false,
    input_text: JAVASCRIPT.input_text,
    is_sync: true,
    is_repeatable: true,
    check: |_| Ok(()),
    inline: None,
    remote: None,
};

fn run(call: Call<'_>) -> Running<'_> {
    Box::pin(async move {
        let (script, context) = texts(call.input);
        // A token of its own: the script is to stop when the action does, not the other way round.
        let cancel = call.cancel.child_token();
        let value = call
            .environment
            .javascript
            .run(script, context, call.timeout, cancel)
            .await?;
        Ok(Outcome::Success(value))
    })
}

/// The script, and the context as JSON.
fn texts(input: &Dict) -> (String, String) {
    let script = input.get("script").map_or_else(String::new, mistral_model::python::str);
    let context = input.get("context").map_or_else(|| "null".to_owned(), json::to_string);
    (script, context)
}

impl Action for JavaScript {
    fn descriptor(&self) -> &'static Descriptor {
        &JAVASCRIPT
    }

    fn run<'a>(&'a self, call: Call<'a>) -> Running<'a> {
        run(call)
    }
}

impl Action for Js {
    fn descriptor(&self) -> &'static Descriptor {
        &JS
    }

    fn run<'a>(&'a self, call: Call<'a>) -> Running<'a> {
        run(call)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn js(script: &str, context: &str) -> Result<String, String> {
        let options = Options {
            time: Duration::from_millis(500),
            ..Options::default()
        };
        match evaluate(script, context, options.time, &options, &CancellationToken::new()) {
            Ok(value) => Ok(json::to_string(&value)),
            Err(Error::Raised(text)) => Err(text
                .strip_prefix("JavaScriptAction failed: ")
                .unwrap_or("no prefix")
                .to_owned()),
            Err(Error::Cancelled) => Err("cancelled".into()),
        }
    }

    #[test]
    fn results() {
        for (script, context, result) in [
            ("return 1 + 2", "null", "3"),
            ("return 0.5 + 0.5", "null", "1"),
            ("return 1 / 3", "null", "0.3333333333333333"),
            ("return Math.pow(2, 53)", "null", "9007199254740992"),
            ("return [Math.pow(2, 60), 1]", "null", "[1.152921504606847e+18,1]"),
            ("return 1e300", "null", "1e+300"),
            ("return $.a[1].b + '!'", r#"{"a":[0,{"b":"x"}]}"#, "\"x!\""),
            ("return $", "null", "null"),
            ("return $ === null", "null", "true"),
            ("x = 5; return x", "null", "5"),
            ("return this.$.length", "[1,2]", "2"),
            ("", "null", "null"),
            ("return undefined", "null", "null"),
            ("return NaN", "null", "null"),
            (
                "return [undefined, Infinity, function() {}]",
                "null",
                "[null,null,null]",
            ),
            ("return {a: undefined, b: 1}", "null", r#"{"b":1}"#),
            (
                "return new Date(Date.UTC(2020, 1, 3, 4, 5, 6, 7))",
                "null",
                "\"2020-02-03T04:05:06.007000\"",
            ),
            (
                "return {d: new Date(0), s: '1970-01-01T00:00:00.000Z'}",
                "null",
                r#"{"d":"1970-01-01T00:00:00.000000","s":"1970-01-01T00:00:00.000Z"}"#,
            ),
            ("return 'é😀\\n'", "null", "\"é😀\\n\""),
            (
                "return 'xxxxxxxx-xxxx'.replace(/x/g, () => (Math.random() * 16 | 0).toString(16)).length",
                "null",
                "13",
            ),
            ("return Array.from(new Uint8Array([1, 300]))", "null", "[1,44]"),
            (
                "return (1234.5).toFixed(2) + 'aB'.toUpperCase()",
                "null",
                "\"1234.50AB\"",
            ),
            ("JSON.stringify = () => 'fooled'; return {a: 1}", "null", r#"{"a":1}"#),
            (
                "return typeof require + typeof console + typeof setTimeout + typeof fetch + typeof process + typeof std",
                "null",
                "\"undefinedundefinedundefinedundefinedundefinedundefined\"",
            ),
        ] {
            assert_eq!(js(script, context).as_deref(), Ok(result), "{script}");
        }
    }

    #[test]
    fn failures() {
        for (script, text) in [
            ("return nothing.here", "ReferenceError: nothing is not defined"),
            ("throw new TypeError('bad')", "TypeError: bad"),
            ("throw 'plain'", "plain"),
            ("return 10n", "a BigInt cannot be a result"),
            ("return () => 1", "a function cannot be a result"),
            ("return Symbol('x')", "a symbol cannot be a result"),
            ("return {a: 10n}", "TypeError: "),
            ("var a = {}; a.a = a; return a", "TypeError: circular reference"),
            ("return (", "SyntaxError: "),
            (
                "function f() { return f() } return f()",
                "RangeError: Maximum call stack size exceeded",
            ),
            ("while (true);", "the script ran longer than 0.5 seconds"),
            (
                "try { while (true); } catch (e) { return 1 } finally { return 2 }",
                "the script ran longer than 0.5 seconds",
            ),
            (
                "return {toJSON() { while (true); }}",
                "the script ran longer than 0.5 seconds",
            ),
            (
                "return /(a+)+$/.test('a'.repeat(40) + 'b')",
                "the script ran longer than 0.5 seconds",
            ),
        ] {
            let result = js(script, "null");
            assert!(
                result.as_ref().is_err_and(|e| e.starts_with(text)),
                "{script}: {result:?}"
            );
        }
        let memory = js("var a = []; while (true) a.push('x'.repeat(1000) + a.length);", "null");
        assert!(
            memory
                .as_ref()
                .is_err_and(|e| e.contains("memory") || e.contains("longer than")),
            "{memory:?}"
        );
        assert!(js("return 'x'.repeat(1 << 29)", "null").is_err());
        // Deep results do not harm the reader either.
        let deep = js("var a = []; for (var i = 0; i < 5000; i++) a = [a]; return a", "null");
        assert!(deep.is_err(), "{deep:?}");
    }

    #[tokio::test]
    async fn cancelled_scripts_stop() {
        let pool = Pool::new(Options {
            parallel: 1,
            ..Options::default()
        });
        let token = CancellationToken::new();
        let endless = pool.run("while (true);".into(), "null".into(), None, token.clone());
        assert!(tokio::time::timeout(Duration::from_millis(50), endless).await.is_err());
        // The one permit is free again, so the thread has stopped.
        let next = pool.run("return 1".into(), "null".into(), None, CancellationToken::new());
        assert_eq!(
            tokio::time::timeout(Duration::from_secs(5), next).await.unwrap(),
            Ok(Value::Int(1))
        );
        assert!(token.is_cancelled());
    }

    #[test]
    fn runs_do_not_see_each_other() {
        assert_eq!(js("globalThis.leak = 1; return 1", "null").as_deref(), Ok("1"));
        assert_eq!(js("return typeof leak", "null").as_deref(), Ok("\"undefined\""));
    }
}
