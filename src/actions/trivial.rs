//! Actions that need nothing but their input: `std.noop`, `std.async_noop`, `std.fail`, `std.echo`, `std.sleep`,
//! `std.test_dict`.

use std::future::ready;
use std::time::Duration;

use mistral_model::action::{Descriptor, Outcome, Parameter};
use mistral_model::{Dict, Str, Value, python};

use super::{Action, Call, Error, Running, raised};

/// Longest wait: Python's clock overflows not much later.
const LONGEST_WAIT: f64 = 100.0 * 365.0 * 86_400.0;
/// Elements that `std.test_dict` makes at most; upstream's only bound is the size limit of a result.
const LARGEST_TEST_DICT: i64 = 1_000_000;
/// Elements of a `std.test_dict` that is instant enough for the decision loop.
const LARGEST_INLINE_TEST_DICT: i64 = 1_000;

fn always_fits(_input: &Dict) -> Result<(), String> {
    Ok(())
}

fn done(outcome: Outcome) -> Running<'static> {
    Box::pin(ready(Ok(outcome)))
}

/// `std.noop`
pub(crate) struct Noop;

static NOOP: Descriptor = Descriptor {
    name: "std.noop",
    class: "mistral.actions.std_actions.NoOpAction",
    description: "Does nothing and succeeds with null. A place holder for steps that only route or publish.",
    parameters: &[],
    accepts_any: false,
    input_text: "",
    is_sync: true,
    is_repeatable: true,
    check: always_fits,
    inline: Some(|_, _| Some(Outcome::Success(Value::Null))),
    remote: None,
};

impl Action for Noop {
    fn descriptor(&self) -> &'static Descriptor {
        &NOOP
    }

    fn run<'a>(&'a self, _call: Call<'a>) -> Running<'a> {
        done(Outcome::Success(Value::Null))
    }
}

/// `std.async_noop`
pub(crate) struct AsyncNoop;

static ASYNC_NOOP: Descriptor = Descriptor {
    name: "std.async_noop",
    class: "mistral.actions.std_actions.AsyncNoOpAction",
    description: "Does nothing and stays running until its result is set over the REST API.",
    parameters: &[],
    accepts_any: false,
    input_text: "",
    is_sync: false,
    is_repeatable: true,
    check: always_fits,
    // Not inline: its success is no result.
    inline: None,
    remote: None,
};

impl Action for AsyncNoop {
    fn descriptor(&self) -> &'static Descriptor {
        &ASYNC_NOOP
    }

    fn run<'a>(&'a self, _call: Call<'a>) -> Running<'a> {
        done(Outcome::Success(Value::Null))
    }
}

/// `std.fail`
pub(crate) struct Fail;

static FAIL: Descriptor = Descriptor {
    name: "std.fail",
    class: "mistral.actions.std_actions.FailAction",
    description: "Always fails: with `error_data` as the error result if given, otherwise with an exception. \
                  Useful to try out error handling.",
    parameters: &[Parameter {
        name: "error_data",
        default: Some("null"),
    }],
    accepts_any: false,
    input_text: "error_data=null",
    is_sync: true,
    is_repeatable: true,
    check: always_fits,
    inline: Some(|input, id| {
        let outcome = fail(input);
        Some(outcome.unwrap_or_else(|e| raised(&FAIL, id, &e.to_string())))
    }),
    remote: None,
};

fn fail(input: &Dict) -> Result<Outcome, Error> {
    match input.get("error_data") {
        Some(data) if data.is_truthy() => Ok(Outcome::Error(data.clone())),
        _ => Err(Error::Raised("Fail action expected exception.".into())),
    }
}

impl Action for Fail {
    fn descriptor(&self) -> &'static Descriptor {
        &FAIL
    }

    fn run<'a>(&'a self, call: Call<'a>) -> Running<'a> {
        Box::pin(ready(fail(call.input)))
    }
}

/// `std.echo`
pub(crate) struct Echo;

static ECHO: Descriptor = Descriptor {
    name: "std.echo",
    class: "mistral.actions.std_actions.EchoAction",
    description: "Gives back `output`, after `delay` seconds if given. Stands in for real work while a workflow is \
                  being written.",
    parameters: &[
        Parameter {
            name: "output",
            default: None,
        },
        Parameter {
            name: "delay",
            default: Some("0"),
        },
    ],
    accepts_any: false,
    input_text: "output, delay=0",
    is_sync: true,
    is_repeatable: true,
    check: |input| {
        input
            .get("delay")
            .map_or(Ok(()), |delay| float_seconds(delay).map(|_| ()))
    },
    inline: Some(|input, _| match input.get("delay") {
        Some(delay) if float_seconds(delay) != Ok(0.0) => None,
        _ => Some(Outcome::Success(echoed(input))),
    }),
    remote: None,
};

fn echoed(input: &Dict) -> Value {
    input.get("output").cloned().unwrap_or_default()
}

impl Action for Echo {
    fn descriptor(&self) -> &'static Descriptor {
        &ECHO
    }

    fn wait(&self, input: &Dict) -> Option<(Duration, Outcome)> {
        let seconds = input.get("delay").map_or(Ok(0.0), float_seconds).ok()?;
        Some((Duration::from_secs_f64(seconds), Outcome::Success(echoed(input))))
    }

    fn run<'a>(&'a self, call: Call<'a>) -> Running<'a> {
        run_wait(self.wait(call.input), call.input.get("delay").map(float_seconds))
    }
}

/// `std.sleep`
pub(crate) struct Sleep;

static SLEEP: Descriptor = Descriptor {
    name: "std.sleep",
    class: "mistral.actions.std_actions.SleepAction",
    description: "Waits for `seconds` whole seconds and succeeds with null.",
    parameters: &[Parameter {
        name: "seconds",
        default: Some("1"),
    }],
    accepts_any: false,
    input_text: "seconds=1",
    is_sync: true,
    is_repeatable: true,
    check: |input| {
        input
            .get("seconds")
            .map_or(Ok(()), |seconds| whole_seconds(seconds).map(|_| ()))
    },
    inline: None,
    remote: None,
};

impl Action for Sleep {
    fn descriptor(&self) -> &'static Descriptor {
        &SLEEP
    }

    fn wait(&self, input: &Dict) -> Option<(Duration, Outcome)> {
        let seconds = input.get("seconds").map_or(Ok(1.0), whole_seconds).ok()?;
        Some((Duration::from_secs_f64(seconds), Outcome::Success(Value::Null)))
    }

    fn run<'a>(&'a self, call: Call<'a>) -> Running<'a> {
        run_wait(self.wait(call.input), call.input.get("seconds").map(whole_seconds))
    }
}

/// For callers that do not look at [`Action::wait`].
fn run_wait(wait: Option<(Duration, Outcome)>, checked: Option<Result<f64, String>>) -> Running<'static> {
    Box::pin(async move {
        let Some((delay, outcome)) = wait else {
            return Err(Error::Raised(checked.and_then(Result::err).unwrap_or_default()));
        };
        tokio::time::sleep(delay).await;
        Ok(outcome)
    })
}

/// `std.test_dict`
pub(crate) struct TestDict;

static TEST_DICT: Descriptor = Descriptor {
    name: "std.test_dict",
    class: "mistral.actions.std_actions.TestDictAction",
    description: "Makes an object of `size` members, named `key_prefix` and a number, all with the value `val`. \
                  For tests with large data.",
    parameters: &[
        Parameter {
            name: "size",
            default: Some("0"),
        },
        Parameter {
            name: "key_prefix",
            default: Some("\"\""),
        },
        Parameter {
            name: "val",
            default: Some("\"\""),
        },
    ],
    accepts_any: false,
    input_text: "size=0, key_prefix=\"\", val=\"\"",
    is_sync: true,
    is_repeatable: true,
    check: always_fits,
    inline: Some(|input, _| match input.get("size") {
        None => Some(Outcome::Success(Value::empty_dict())),
        Some(Value::Int(size)) if *size <= LARGEST_INLINE_TEST_DICT => test_dict(input).ok(),
        _ => None,
    }),
    remote: None,
};

fn test_dict(input: &Dict) -> Result<Outcome, Error> {
    let size = match input.get("size") {
        None => 0,
        Some(Value::Int(n)) => *n,
        Some(Value::Bool(b)) => i64::from(*b),
        Some(Value::Big(_)) => i64::MAX,
        Some(other) => {
            return Err(Error::Raised(format!(
                "'{}' object cannot be interpreted as an integer",
                other.python_type()
            )));
        }
    };
    if size > LARGEST_TEST_DICT {
        return Err(Error::Raised(format!("size {size} is larger than {LARGEST_TEST_DICT}")));
    }
    let prefix = input.get("key_prefix").map_or_else(String::new, python::str);
    let value = input.get("val").cloned().unwrap_or_else(|| Value::from(""));
    let mut members = Dict::with_capacity(usize::try_from(size).unwrap_or(0));
    for i in 0..size {
        members.insert(Str::from(format!("{prefix}{i}")), value.clone());
    }
    Ok(Outcome::Success(Value::dict(members)))
}

impl Action for TestDict {
    fn descriptor(&self) -> &'static Descriptor {
        &TEST_DICT
    }

    fn run<'a>(&'a self, call: Call<'a>) -> Running<'a> {
        Box::pin(ready(test_dict(call.input)))
    }
}

/// Python's `float(v)`, never negative; text that is no number means 0.
///
/// # Errors
/// For values that Python's `float` takes no kind of (null, lists, objects): its own text.
fn float_seconds(v: &Value) -> Result<f64, String> {
    let seconds = match v {
        Value::Str(s) => number_text(s).and_then(|s| s.parse::<f64>().ok()).unwrap_or(0.0),
        other => number(other).ok_or_else(|| {
            format!(
                "float() argument must be a string or a real number, not '{}'",
                other.python_type()
            )
        })?,
    };
    Ok(clamp(seconds))
}

/// Python's `int(v)`, never negative; text that is no integer means 0.
///
/// # Errors
/// As [`float_seconds`], for `int`.
fn whole_seconds(v: &Value) -> Result<f64, String> {
    let seconds = match v {
        Value::Str(s) => {
            let integer =
                number_text(s).filter(|s| s.trim_start_matches(['+', '-']).bytes().all(|b| b.is_ascii_digit()));
            integer.and_then(|s| s.parse::<f64>().ok()).unwrap_or(0.0)
        }
        Value::Float(f) if f.is_infinite() => return Err("cannot convert float infinity to integer".into()),
        other => number(other).ok_or_else(|| {
            format!(
                "int() argument must be a string, a bytes-like object or a real number, not '{}'",
                other.python_type()
            )
        })?,
    };
    Ok(clamp(seconds.trunc()))
}

fn number(v: &Value) -> Option<f64> {
    use num_traits::ToPrimitive;
    match v {
        Value::Bool(b) => Some(f64::from(u8::from(*b))),
        Value::Int(n) => Some(*n as f64),
        Value::Big(n) => Some(n.to_f64().unwrap_or(f64::INFINITY)),
        Value::Float(f) => Some(*f),
        _ => None,
    }
}

/// The text of a number as Rust reads it: Python allows blanks around and single underscores between digits.
fn number_text(s: &str) -> Option<String> {
    let s = s.trim();
    let bytes = s.as_bytes();
    let misplaced = bytes.iter().enumerate().any(|(i, &b)| {
        b == b'_' && !(i > 0 && bytes[i - 1].is_ascii_digit() && bytes.get(i + 1).is_some_and(u8::is_ascii_digit))
    });
    (!misplaced).then(|| s.replace('_', ""))
}

fn clamp(seconds: f64) -> f64 {
    // Also makes 0 of NaN.
    if seconds > 0.0 { seconds.min(LONGEST_WAIT) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mistral_model::{Id, json};

    fn inline(descriptor: &Descriptor, text: &str, id: Option<Id>) -> Option<Outcome> {
        descriptor.inline.and_then(|run| run(&dict(text), id))
    }

    fn dict(text: &str) -> Dict {
        json::parse(text.as_bytes()).unwrap().into_dict().unwrap()
    }

    fn wait_of(action: &dyn Action, text: &str) -> Option<f64> {
        action.wait(&dict(text)).map(|(delay, _)| delay.as_secs_f64())
    }

    #[test]
    fn delays() {
        for (text, seconds) in [
            (r#"{"output":1}"#, 0.0),
            (r#"{"output":1,"delay":2.5}"#, 2.5),
            (r#"{"output":1,"delay":"2.5"}"#, 2.5),
            (r#"{"output":1,"delay":" 1_0 "}"#, 10.0),
            (r#"{"output":1,"delay":"1e3"}"#, 1000.0),
            (r#"{"output":1,"delay":-1}"#, 0.0),
            (r#"{"output":1,"delay":"soon"}"#, 0.0),
            (r#"{"output":1,"delay":true}"#, 1.0),
            (r#"{"output":1,"delay":NaN}"#, 0.0),
            (r#"{"output":1,"delay":1e300}"#, LONGEST_WAIT),
        ] {
            assert_eq!(wait_of(&Echo, text), Some(seconds), "{text}");
        }
        for (text, seconds) in [
            ("{}", 1.0),
            (r#"{"seconds":3}"#, 3.0),
            (r#"{"seconds":1.9}"#, 1.0),
            (r#"{"seconds":"1.5"}"#, 0.0),
            (r#"{"seconds":"7"}"#, 7.0),
            (r#"{"seconds":"-7"}"#, 0.0),
            (r#"{"seconds":-2}"#, 0.0),
            (r#"{"seconds":100000000000000000000000}"#, LONGEST_WAIT),
        ] {
            assert_eq!(wait_of(&Sleep, text), Some(seconds), "{text}");
        }
    }

    #[test]
    fn constructor_failures() {
        for text in [
            r#"{"output":1,"delay":null}"#,
            r#"{"output":1,"delay":[1]}"#,
            r#"{"output":1,"delay":{}}"#,
        ] {
            assert!(
                (ECHO.check)(&dict(text))
                    .unwrap_err()
                    .starts_with("float() argument must be"),
                "{text}"
            );
            assert_eq!(wait_of(&Echo, text), None);
            assert_eq!(inline(&ECHO, text, None), None);
        }
        assert_eq!(
            (SLEEP.check)(&dict(r#"{"seconds":null}"#)).unwrap_err(),
            "int() argument must be a string, a bytes-like object or a real number, not 'NoneType'"
        );
        assert!((ECHO.check)(&dict(r#"{"output":null,"delay":"x"}"#)).is_ok());
    }

    #[test]
    fn inline_results() {
        let success = |text: &str| Some(Outcome::Success(json::parse(text.as_bytes()).unwrap()));
        assert_eq!(inline(&NOOP, "{}", None), success("null"));
        assert_eq!(inline(&ECHO, r#"{"output":{"a":[1]}}"#, None), success(r#"{"a":[1]}"#));
        assert_eq!(inline(&ECHO, r#"{"output":1,"delay":-3}"#, None), success("1"));
        assert_eq!(inline(&ECHO, r#"{"output":1,"delay":0.1}"#, None), None);
        assert_eq!(
            inline(&TEST_DICT, r#"{"size":2,"key_prefix":"k","val":[1]}"#, None),
            success(r#"{"k0":[1],"k1":[1]}"#)
        );
        assert_eq!(inline(&TEST_DICT, r#"{"size":-2}"#, None), success("{}"));
        assert_eq!(inline(&TEST_DICT, r#"{"size":100000}"#, None), None);
        assert_eq!(inline(&TEST_DICT, r#"{"size":"3"}"#, None), None);
        assert_eq!(inline(&SLEEP, r#"{"seconds":0}"#, None), None);
    }

    #[test]
    fn failures() {
        for falsy in [
            "{}",
            r#"{"error_data":""}"#,
            r#"{"error_data":{}}"#,
            r#"{"error_data":0}"#,
        ] {
            let text = "The action raised an exception [action=Fail action, \
                        action_ex_id=00000000-0000-0000-0000-000000000001, msg='Fail action expected exception.']";
            assert_eq!(
                inline(&FAIL, falsy, Some(Id(1))),
                Some(Outcome::Error(text.into())),
                "{falsy}"
            );
        }
        let data = json::parse(br#"{"code":7}"#).unwrap();
        assert_eq!(
            inline(&FAIL, r#"{"error_data":{"code":7}}"#, None),
            Some(Outcome::Error(data))
        );
        assert_eq!(
            test_dict(&dict(r#"{"size":"3"}"#)),
            Err(Error::Raised("'str' object cannot be interpreted as an integer".into()))
        );
    }
}
