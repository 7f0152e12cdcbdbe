//! Random workflows whose result doesn't depend on the order of events: every task publishes under a name of its own, and
//! every join waits for all.

use std::fmt::Write;

use rand::Rng;
use rand::rngs::SmallRng;

/// A workflow `name` of some tasks. Tasks lead to later ones only; a task with several ways into it is a join. Conditions
/// depend on the input `n` alone.
pub(super) fn workflow(name: &str, random: &mut SmallRng) -> String {
    let count = random.random_range(2..9);
    let mut routes: Vec<Vec<(usize, u32)>> = vec![Vec::new(); count];
    let mut ways_in = vec![0; count];
    for (to, ways_in) in ways_in.iter_mut().enumerate().skip(1) {
        let ways = random.random_range(0..=2usize.min(to));
        for _ in 0..ways {
            let from = random.random_range(0..to);
            if routes[from].iter().all(|(known, _)| *known != to) {
                routes[from].push((to, random.random_range(0..6)));
                *ways_in += 1;
            }
        }
    }
    let mut text = format!("version: '2.0'\n{name}:\n  input: [n]\n  task-defaults: {{safe-rerun: true}}\n  tasks:\n");
    for (task, routes) in routes.iter().enumerate() {
        let _ = writeln!(text, "    t{task}:");
        if ways_in[task] > 1 {
            text.push_str("      join: all\n");
        }
        let fails = random.random_range(0..8) == 0;
        let tenths = random.random_range(0..20);
        let _ = match random.random_range(0..5) {
            0 => writeln!(text, "      action: std.echo output={task}"),
            1 => writeln!(
                text,
                "      with-items: i in <% range(0, {}) %>\n      action: sim.work seconds=0.{} result=<% $.i + {task} %>",
                random.random_range(0..6),
                tenths % 10,
            ),
            2 if fails => writeln!(
                text,
                "      action: sim.work fail=true\n      retry: {{count: 1, delay: 1}}"
            ),
            _ => writeln!(
                text,
                "      action: sim.work seconds={}.{} result={task} fail={fails}",
                tenths / 10,
                tenths % 10,
            ),
        };
        let _ = writeln!(text, "      publish: {{v{task}: <% task().result %>}}");
        match random.random_range(0..10) {
            0 => text.push_str("      wait-before: 1\n"),
            1 => text.push_str("      wait-after: 1\n"),
            _ => {}
        }
        let mut clause = |name: &str, wanted: &dyn Fn(u32) -> bool| {
            let chosen: Vec<&(usize, u32)> = routes.iter().filter(|(_, kind)| wanted(*kind)).collect();
            if chosen.is_empty() {
                return;
            }
            let _ = writeln!(text, "      {name}:");
            for (to, kind) in chosen {
                let _ = match kind {
                    1 => writeln!(text, "        - t{to}: <% $.n > {} %>", to % 4),
                    _ => writeln!(text, "        - t{to}"),
                };
            }
        };
        clause("on-success", &|kind| kind < 4);
        clause("on-complete", &|kind| kind == 4);
        clause("on-error", &|kind| kind == 5);
    }
    text
}
