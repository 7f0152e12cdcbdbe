//! The critical path of a run: what its duration consists of, and how much later everything else could have ended without
//! making it longer. Times are microseconds after the execution's creation.

use mistral_model::Id;

/// A task as the path needs it.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub id: Id,
    pub created: i64,
    pub started: i64,
    /// Of an open one: now.
    pub ended: i64,
    /// Positions of the tasks that triggered it, all before its own.
    pub by: Vec<usize>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Path {
    /// Positions, the first first.
    pub steps: Vec<usize>,
    pub run_us: i64,
    pub wait_us: i64,
    /// Of each step.
    pub slack_us: Vec<i64>,
}

/// Steps come in the order of their creation.
pub(super) fn path(steps: &[Step]) -> Path {
    let Some((mut at, last)) = steps.iter().enumerate().max_by_key(|(_, step)| step.ended) else {
        return Path::default();
    };
    let end = last.ended;
    let mut path = vec![at];
    // Of several that led to a join, the one that ended last was waited for.
    while let Some(before) = steps[at]
        .by
        .iter()
        .copied()
        .filter(|by| *by < at)
        .max_by_key(|by| steps[*by].ended)
    {
        path.push(before);
        at = before;
    }
    path.reverse();
    let run_us = path.iter().map(|at| steps[*at].ended - steps[*at].started).sum();
    let mut slack: Vec<Option<i64>> = vec![None; steps.len()];
    for (at, step) in steps.iter().enumerate().rev() {
        let own = slack[at].unwrap_or(end - step.ended).max(0);
        slack[at] = Some(own);
        // A join is made when the first has come, and can begin when the last has.
        let before = step.by.iter().copied().filter(|by| *by < at);
        let ready = before.clone().map(|by| steps[by].ended).fold(step.created, i64::max);
        for by in before {
            let through = own + ready - steps[by].ended;
            slack[by] = Some(slack[by].map_or(through, |known| known.min(through)));
        }
    }
    Path {
        run_us,
        wait_us: end - steps[path[0]].created - run_us,
        steps: path,
        slack_us: slack.into_iter().map(Option::unwrap_or_default).collect(),
    }
}

/// When the run would have ended had this step taken no time: all others take and wait as long as they did.
pub(super) fn without(steps: &[Step], gone: usize) -> i64 {
    let mut ends: Vec<i64> = Vec::with_capacity(steps.len());
    for (at, step) in steps.iter().enumerate() {
        let by = step.by.iter().copied().filter(|by| *by < at);
        // Who was waited for may be another one now. A join is made when the first has come, so its creation says nothing.
        let (before, now) = by.fold((0, 0), |(before, now), by| {
            (before.max(steps[by].ended), now.max(ends[by]))
        });
        let run = if at == gone { 0 } else { step.ended - step.started };
        ends.push(now + (step.started - before).max(0) + run);
    }
    ends.into_iter().max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(id: u128, created: i64, started: i64, ended: i64, by: &[usize]) -> Step {
        Step {
            id: Id(id),
            created,
            started,
            ended,
            by: by.to_vec(),
        }
    }

    #[test]
    fn joins_wait_for_the_latest() {
        let steps = [
            step(1, 0, 0, 10, &[]),
            step(2, 10, 10, 15, &[0]),
            step(3, 10, 20, 50, &[0]),
            step(4, 50, 50, 60, &[1, 2]),
            step(5, 10, 10, 12, &[0]),
        ];
        let found = path(&steps);
        assert_eq!(found.steps, [0, 2, 3]);
        assert_eq!((found.run_us, found.wait_us), (50, 10));
        assert_eq!(found.slack_us, [0, 35, 0, 0, 48]);
        assert_eq!(path(&[]), Path::default());
        // As it was; what nobody waited for changes nothing; then the other branch is waited for.
        let none = steps.len();
        assert_eq!(without(&steps, none), 60);
        assert_eq!(without(&steps, 4), 60);
        assert_eq!(without(&steps, 3), 50);
        assert_eq!(without(&steps, 2), 30);
        assert_eq!(without(&steps, 0), 50);
        assert_eq!(without(&[], 0), 0);
        // A join that was made when the first had come.
        let early = [
            step(1, 0, 0, 10, &[]),
            step(2, 0, 0, 30, &[]),
            step(3, 10, 32, 40, &[0, 1]),
        ];
        assert_eq!(path(&early).slack_us, [20, 0, 0]);
        assert_eq!(
            (without(&early, 0), without(&early, 1), without(&early, 2)),
            (40, 20, 32)
        );
    }
}
