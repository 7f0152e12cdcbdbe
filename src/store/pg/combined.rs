//! A batch in one statement: its runs as parts of the fence's `WITH`, in a transaction of its own.
//!
//! One by one each statement costs the server a message to send, a snapshot and a portal, and the loop, which waits in the same thread,
//! a wake-up: a dozen for twenty steps of a chain on executors. All parts see what was there when the statement began, and their order is
//! not said: so no part may touch a row that another one touches, and what is deleted with all that belongs to it goes one by one.

use mistral_store::batch::Batch;

use super::cache::EPOCH;
use super::encode::{Run, Sql};

/// What may be together: all that changes rows, but for deletions, in the order of [`super::encode::encode`].
fn parts() -> &'static [Sql] {
    &Sql::ALL[Sql::DeleteInbox as usize..=Sql::InsertReply as usize]
}

/// A set of parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Combination(u32);

impl Combination {
    /// All parts.
    #[cfg(test)]
    pub(super) fn all() -> Combination {
        Combination((1 << parts().len()) - 1)
    }

    /// The runs of a batch, if they may be one statement.
    pub(super) fn of(batch: &Batch, runs: &[Run<'_>]) -> Option<Combination> {
        // Its older row goes, and a new one comes under the same key.
        if !batch.dequeued.is_empty() && batch.queued.iter().any(|job| job.attempt > 1) {
            return None;
        }
        let (mut set, mut at) = (0, 0);
        for run in runs {
            // A second run of the same statement comes when there are very many rows: it is not found behind the first.
            at += parts()[at..].iter().position(|part| *part == run.sql)?;
            set |= 1 << at;
            at += 1;
        }
        Some(Combination(set))
    }

    /// Takes the parameters of the fence, then those of each run. Its row ends with the epoch of definitions as it was when the statement
    /// began.
    pub(super) fn text(self) -> String {
        let fence = bare(Sql::Fence.text());
        // The outcome of the fence is looked at before anything else is done; its error takes back the rest.
        let (with, outcome) = fence.rsplit_once("\nSELECT ").unwrap_or((&fence, ""));
        let mut text = with.to_owned();
        let mut before = parameters(&fence);
        let parts = parts().iter().enumerate().filter(|(n, _)| self.0 & (1 << n) != 0);
        for (n, part) in parts {
            let part = bare(part.text());
            text.push_str(&format!(", part_{n} AS (\n{}\n)", shifted(&part, before)));
            before += parameters(&part);
        }
        text.push_str("\nSELECT ");
        text.push_str(&outcome.replacen(" FROM ", &format!(", ({EPOCH}) FROM "), 1));
        text
    }
}

/// Without comments.
fn bare(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("--"));
    lines.collect::<Vec<_>>().join("\n")
}

/// How many parameters a statement has.
fn parameters(text: &str) -> usize {
    let numbers = text.split('$').skip(1).filter_map(|rest| number(rest)?.parse().ok());
    numbers.max().unwrap_or(0)
}

fn number(rest: &str) -> Option<&str> {
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    (end > 0).then(|| &rest[..end])
}

/// With other parameters before its own.
fn shifted(text: &str, before: usize) -> String {
    let mut pieces = text.split('$');
    let mut shifted = pieces.next().unwrap_or_default().to_owned();
    for rest in pieces {
        shifted.push('$');
        match number(rest).and_then(|number| Some((number, number.parse::<usize>().ok()?))) {
            Some((digits, number)) => {
                shifted.push_str(&(number + before).to_string());
                shifted.push_str(&rest[digits.len()..]);
            }
            None => shifted.push_str(rest),
        }
    }
    shifted
}

#[cfg(test)]
mod tests {
    use super::*;
    use mistral_model::{Id, Shard};
    use mistral_store::batch::Queued;

    use crate::encode::encode;

    fn queued(id: u128, attempt: u32) -> Queued {
        Queued {
            action_id: Id(id),
            root_id: Id(id),
            attempt,
            target: None,
            claimed_by: None,
            safe_rerun: false,
            turn: 0,
            job: None,
        }
    }

    fn of(batch: &Batch) -> Option<Combination> {
        Combination::of(batch, &encode(batch))
    }

    #[test]
    fn parameters_are_numbered_through() {
        assert_eq!(shifted("f($1, $2::text) $10 '$x'", 4), "f($5, $6::text) $14 '$x'");
        let batch = Batch {
            consumed: vec![(Shard(1), 2)],
            dequeued: vec![Id(1)],
            queued: vec![queued(2, 1)],
            ..Batch::default()
        };
        let text = of(&batch).unwrap().text();
        assert_eq!(parameters(&text), 4 + 2 + 1 + 10);
        assert!(text.starts_with("WITH held AS") && !text.contains("--"), "{text}");
        assert!(
            text.contains("action_id = ANY ($7::uuid[])")
                && text.ends_with("SELECT 1 / count(*)::integer, (SELECT value FROM definition_epoch) FROM moved"),
            "{text}"
        );
    }

    #[test]
    fn what_must_be_in_order_is_not_combined() {
        let mut batch = Batch {
            queued: vec![queued(2, 2)],
            ..Batch::default()
        };
        assert!(of(&batch).is_some());
        batch.dequeued = vec![Id(2)];
        assert_eq!(of(&batch), None);
        batch.queued = (0..1_001).map(|n| queued(n, 1)).collect();
        assert_eq!(of(&batch), None);
        batch.queued.pop();
        assert!(of(&batch).is_some());
        batch.deleted_roots = vec![Id(2)];
        assert_eq!(of(&batch), None);
    }
}
