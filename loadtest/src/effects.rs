//! A counter of effects: a small HTTP server that actions call, so that an action that ran twice is noticed even if
//! the service recorded it once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use anyhow::{Context, Result};
use serde::Serialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::api::id_number;
use crate::shapes::Plan;
use crate::verify::Findings;

const LARGEST_REQUEST: usize = 64 * 1024;
/// Calls by execution and, within it, by task and item.
type Calls = HashMap<u128, HashMap<String, u64>>;

#[derive(Default)]
struct Observed {
    calls: Calls,
    connections: u64,
    open: u64,
    most_open: u64,
}

/// The running server.
pub(crate) struct Effects {
    address: SocketAddr,
    observed: Rc<RefCell<Observed>>,
}

/// How often actions really ran.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct EffectCounts {
    pub calls: u64,
    pub distinct: u64,
    /// Calls that repeat an earlier one: allowed for actions that are safe to run again.
    pub repeated: u64,
    /// Connections that were opened for them, and how many of those were open at the same time at most.
    pub connections: u64,
    pub most_open: u64,
}

impl Effects {
    /// Listens on a free port of the loopback interface; answers come after `delay`. Needs a `LocalSet`.
    ///
    /// # Errors
    /// When no port can be bound.
    pub(crate) async fn listen(delay: Duration) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .context("cannot listen for effects")?;
        let address = listener.local_addr()?;
        let observed = Rc::new(RefCell::new(Observed::default()));
        let seen = Rc::clone(&observed);
        tokio::task::spawn_local(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let seen = Rc::clone(&seen);
                tokio::task::spawn_local(async move {
                    {
                        let mut seen = seen.borrow_mut();
                        seen.connections += 1;
                        seen.open += 1;
                        seen.most_open = seen.most_open.max(seen.open);
                    }
                    serve(stream, &seen, delay).await;
                    seen.borrow_mut().open -= 1;
                });
            }
        });
        Ok(Self { address, observed })
    }

    /// The base URL that actions call.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Compares the calls with what the executions that succeeded must have called.
    pub(crate) fn check(&self, plan: &Plan, safe_rerun: bool, findings: &mut Findings) -> EffectCounts {
        let observed = self.observed.borrow();
        let calls = &observed.calls;
        let mut counts = EffectCounts {
            calls: 0,
            distinct: 0,
            repeated: 0,
            connections: observed.connections,
            most_open: observed.most_open,
        };
        for (execution, effects) in calls.iter() {
            for (effect, count) in effects {
                counts.calls += count;
                counts.distinct += 1;
                counts.repeated += count - 1;
                if *count > 1 && !safe_rerun {
                    findings.problem(format!("execution {execution:032x}: {effect} ran {count} times"));
                }
            }
        }
        for id in &std::mem::take(&mut findings.good) {
            let ran = calls.get(&id_number(id)).map_or(0, HashMap::len) as u64;
            if ran != plan.action_count() {
                findings.problem(format!("execution {id}: {ran} of {} actions ran", plan.action_count()));
            }
        }
        counts
    }
}

async fn serve(mut stream: TcpStream, observed: &RefCell<Observed>, delay: Duration) {
    let mut input = Vec::with_capacity(1024);
    loop {
        if let Some(end) = input.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            let mut content = "{}".to_owned();
            if let Some((execution, effect)) = parse(&input[..end]) {
                if let Some(number) = number(&effect) {
                    content = format!("{{\"next\": {}}}", number + 1);
                }
                let mut observed = observed.borrow_mut();
                let effects = observed.calls.entry(id_number(&execution)).or_default();
                *effects.entry(effect).or_default() += 1;
            }
            // Requests without a body only: `std.http` is called with GET.
            input.drain(..end + 4);
            if !delay.is_zero() {
                tokio::time::sleep(delay).await;
            }
            if stream.write_all(answer(&content).as_bytes()).await.is_err() {
                return;
            }
            continue;
        }
        if input.len() > LARGEST_REQUEST || !stream.read_buf(&mut input).await.is_ok_and(|count| count > 0) {
            return;
        }
    }
}

/// The execution and the rest of the query of `GET /effect?execution=…&task=…`.
fn parse(head: &[u8]) -> Option<(String, String)> {
    let text = std::str::from_utf8(head).ok()?;
    let path = text.strip_prefix("GET /effect?execution=")?.split(' ').next()?;
    let (execution, effect) = path.split_once('&')?;
    Some((execution.to_owned(), effect.to_owned()))
}

/// The `n` of a query.
fn number(effect: &str) -> Option<u64> {
    effect.split('&').find_map(|part| part.strip_prefix("n=")?.parse().ok())
}

fn answer(content: &str) -> String {
    let length = content.len();
    format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{content}")
}

#[cfg(test)]
mod tests {
    use tokio::task::LocalSet;

    use super::*;
    use crate::shapes::{Kind, Lane, Shape};

    const ID: &str = "00000000-0000-4000-8000-000000000001";

    async fn call(effects: &Effects, query: &str, times: usize, content: &str) {
        let mut stream = TcpStream::connect(effects.address).await.unwrap();
        for _ in 0..times {
            let request = format!("GET /effect?execution={ID}&{query} HTTP/1.1\r\nHost: x\r\n\r\n");
            stream.write_all(request.as_bytes()).await.unwrap();
            let expected = answer(content);
            let mut found = vec![0; expected.len()];
            stream.read_exact(&mut found).await.unwrap();
            assert_eq!(found, expected.as_bytes());
        }
    }

    #[tokio::test]
    async fn repeated_and_missing_effects_are_found() {
        LocalSet::new()
            .run_until(async {
                let effects = Effects::listen(Duration::ZERO).await.unwrap();
                let plan = Shape::new(Kind::Parallel, 2, 1, Lane::Http(effects.url()))
                    .unwrap()
                    .plan();
                let good = || Findings {
                    good: vec![ID.to_owned()],
                    ..Findings::default()
                };

                call(&effects, "task=b1", 1, "{}").await;
                let mut findings = good();
                effects.check(&plan, false, &mut findings);
                assert!(findings.problem_samples[0].contains("1 of 2 actions ran"));

                call(&effects, "task=b2&n=7", 2, r#"{"next": 8}"#).await;
                let mut findings = good();
                let counts = effects.check(&plan, false, &mut findings);
                assert_eq!((counts.calls, counts.distinct, counts.repeated), (3, 2, 1));
                assert_eq!(counts.connections, 2);
                assert_eq!(findings.problems, 1, "{:?}", findings.problem_samples);

                let mut findings = good();
                effects.check(&plan, true, &mut findings);
                assert_eq!(findings.problems, 0);
            })
            .await;
    }
}
