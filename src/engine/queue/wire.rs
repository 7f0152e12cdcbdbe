//! Messages between processes as text: requests and answers in `inbox` and `reply`, jobs in `action_queue`.

use serde::Serialize;
use serde::de::DeserializeOwned;

use mistral_model::action::Job;
use mistral_model::refusal::Refusal;
use mistral_model::request::{Request, Response};

/// A text that another version of the service may have written.
#[derive(Debug, thiserror::Error)]
#[error("unreadable message: {0}")]
pub struct Error(String);

fn write<T: Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|e| Error(e.to_string()))
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|e| Error(e.to_string()))
}

pub fn write_request(request: &Request) -> Result<String, Error> {
    write(request)
}

pub fn read_request(text: &str) -> Result<Request, Error> {
    read(text)
}

pub fn write_answer(answer: &Result<Response, Refusal>) -> Result<String, Error> {
    write(answer)
}

pub fn read_answer(text: &str) -> Result<Result<Response, Refusal>, Error> {
    read(text)
}

pub fn write_job(job: &Job) -> Result<String, Error> {
    write(job)
}

pub fn read_job(text: &str) -> Result<Job, Error> {
    read(text)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use super::*;
    use mistral_model::action::{Context, Outcome, Report};
    use mistral_model::refusal::Kind;
    use mistral_model::{Id, Payload, Time, Value};

    #[test]
    fn jobs_and_requests_survive() {
        let job = Job {
            action_id: Id(7),
            root_id: Id(9),
            attempt: 2,
            name: "std.echo".into(),
            input: Payload::from_json(r#"{"output":[1.5,null,"é\n"]}"#),
            is_sync: true,
            safe_rerun: false,
            target: Some("host-a".into()),
            timeout: Some(Duration::from_millis(2500)),
            context: Arc::new(Context {
                workflow_name: Some("wf".into()),
                ..Context::default()
            }),
            created_at: Time(5),
            code: None,
        };
        let read = read_job(&write_job(&job).unwrap()).unwrap();
        assert_eq!(
            (read.action_id, read.attempt, &read.input),
            (job.action_id, 2, &job.input)
        );
        assert_eq!(
            (read.timeout, &read.context, read.target),
            (job.timeout, &job.context, job.target)
        );

        let outcome = Outcome::Error(Value::list(vec![Value::Float(f64::NAN), Value::Int(1)]));
        let report = Request::Report(Report {
            action_id: Id(1),
            root_id: Id(2),
            attempt: 1,
            outcome: outcome.clone(),
        });
        match read_request(&write_request(&report).unwrap()).unwrap() {
            Request::Report(read) => assert_eq!(read.outcome, outcome),
            other => panic!("{other:?}"),
        }
        let refusal = Err(Refusal::new(Kind::NotFound, "no"));
        assert_eq!(
            read_answer(&write_answer(&refusal).unwrap()).unwrap().unwrap_err(),
            Refusal::new(Kind::NotFound, "no")
        );
    }
}
