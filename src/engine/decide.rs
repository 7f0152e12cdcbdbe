//! From an event to the operation of the core that it asks for, and to the answer its caller gets.

use mistral_flow::{Decision, Failure};
use mistral_model::request::{Request, Response};

use super::event::What;
use super::shard_loop::Turn;
use super::standalone::Mode;

/// `state_info` of an execution that was paused because of what it takes.
const RELIEVED: &str = "Paused by the engine: all executions together reached [engine] tree_memory_ceiling_mb, and this one held \
                        most of it. It can be resumed.";

/// What a decision gives its caller.
pub(super) enum Answer {
    Ready(Response),
    Deleted,
    Started(Mode),
}

/// Applies one event to a tree, and works off what follows from it, within its turn.
pub(super) fn handle_event(decision: &mut Decision<'_>, what: &What, turn: &Turn) -> Result<Answer, Failure> {
    let answer = match what {
        What::Request(request) => handle_request(decision, request)?,
        What::Timer(timer) => {
            decision.timer(timer)?;
            Answer::Ready(Response::Done)
        }
        What::Lost {
            action_id,
            attempt,
            may_repeat,
            ..
        } => {
            decision.executor_lost(*action_id, *attempt, *may_repeat)?;
            Answer::Ready(Response::Done)
        }
        What::Check(_) => Answer::Ready(Response::Done),
        What::Relieve(_) => {
            decision.pause_all(RELIEVED.into())?;
            Answer::Ready(Response::Done)
        }
    };
    turn.work(decision)?;
    // Rows are shown as they are once everything that follows at once has happened, but for a start.
    Ok(match (answer, what) {
        (Answer::Ready(Response::Execution(row)), What::Request(Request::UpdateExecution(_))) => {
            let now = decision.tree.execution(row.id).map(|e| decision.tree.execution_row(e));
            Answer::Ready(Response::Execution(now.map_or(row, Box::new)))
        }
        (Answer::Ready(Response::Action(row)), What::Request(Request::UpdateAction(_))) => {
            let now = decision.tree.action(row.id).map(|a| decision.tree.action_row(a));
            Answer::Ready(Response::Action(now.map_or(row, Box::new)))
        }
        (answer, _) => answer,
    })
}

fn handle_request(decision: &mut Decision<'_>, request: &Request) -> Result<Answer, Failure> {
    Ok(Answer::Ready(match request {
        Request::Start(start) => {
            if let Some(e) = decision.tree.execution(start.execution_id) {
                return Ok(Answer::Ready(Response::Execution(Box::new(
                    decision.tree.execution_row(e),
                ))));
            }
            Response::Execution(Box::new(decision.start(start)?))
        }
        Request::UpdateExecution(update) => {
            let e = decision.update_execution(update)?;
            Response::Execution(Box::new(decision.tree.execution_row(e)))
        }
        Request::Rerun(rerun) => {
            let t = decision.rerun(rerun)?;
            Response::Task(Box::new(decision.tree.task_row(t)))
        }
        Request::UpdateAction(update) => {
            let a = decision.update_action(update)?;
            Response::Action(Box::new(decision.tree.action_row(a)))
        }
        Request::RunAction(run) => {
            let a = match decision.tree.action(run.action_id) {
                Some(a) => a,
                None => decision.run_action(run)?,
            };
            return Ok(Answer::Started(Mode::of(run, decision.tree.action_row(a).is_sync)));
        }
        Request::DeleteExecution { execution_id, .. } => match decision.delete_execution(*execution_id)? {
            true => return Ok(Answer::Deleted),
            false => Response::Done,
        },
        Request::DeleteAction { action_id, .. } => {
            decision.delete_action(*action_id)?;
            Response::Done
        }
        Request::Report(report) => {
            decision.action_result(report.action_id, Some(report.attempt), report.outcome.clone())?;
            Response::Done
        }
        Request::GiveBack { action_id, attempt, .. } => {
            decision.given_back(*action_id, *attempt)?;
            Response::Done
        }
        Request::HandOver { action_id, .. } => {
            decision.handed_over(*action_id);
            Response::Done
        }
    }))
}
