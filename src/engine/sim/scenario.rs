//! What a seed stands for: nodes, load, faults and when they come.

use std::time::Duration;

use rand::Rng;
use rand::SeedableRng;
use rand::rngs::SmallRng;

use super::world::Faults;
use super::{generate, library};

/// The roles of a node.
#[derive(Clone, Copy, Debug)]
pub(super) struct NodePlan {
    pub engine: bool,
    pub executor: bool,
    /// How far its clock is off, in microseconds.
    pub skew: i64,
    /// It talks to others past the store.
    pub linked: bool,
    /// When it starts; those of the beginning do at once.
    pub joins: Duration,
}

/// What happens to a node or to the store.
#[derive(Clone, Copy, Debug)]
pub(super) enum Disaster {
    /// kill -9, and a start some time later.
    Kill { slot: usize, down: Duration },
    /// An orderly stop, and a start some time later.
    Stop { slot: usize, down: Duration },
    /// The process stands still.
    Freeze { slot: usize, pause: Duration },
    /// What one process sends to another over their connection vanishes.
    Cut { from: usize, to: usize, pause: Duration },
    /// The store is away for everybody.
    Outage { pause: Duration },
}

/// What a client does with its execution besides starting it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Meddling {
    Nothing,
    /// Pauses it after a while and resumes it after another.
    Pause {
        after: Duration,
        pause: Duration,
    },
    Cancel {
        after: Duration,
    },
}

/// Starts of small workflows, one after the other, that nobody waits for: they keep the loops busy.
#[derive(Clone, Copy, Debug)]
pub(super) struct Flood {
    pub from: Duration,
    pub until: Duration,
    /// Time between two starts.
    pub every: Duration,
}

#[derive(Clone, Debug)]
pub(super) struct Client {
    pub begins: Duration,
    pub workflow: String,
    pub n: i64,
    /// It chose its execution's id, so that it may ask again.
    pub chooses_id: bool,
    pub meddling: Meddling,
}

/// A client that runs one action by itself.
#[derive(Clone, Debug)]
pub(super) struct Caller {
    pub begins: Duration,
    /// Tenths of a second that the action takes.
    pub tenths: u64,
    pub save_result: bool,
    pub run_sync: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Scenario {
    pub seed: u64,
    pub nodes: Vec<NodePlan>,
    pub clients: Vec<Client>,
    pub callers: Vec<Caller>,
    pub flood: Option<Flood>,
    /// Messages that a loop's mailbox holds.
    pub mailbox: usize,
    /// Workflows made for this run.
    pub workflows: String,
    pub faults: Faults,
    pub disasters: Vec<(Duration, Disaster)>,
    /// When everything works again.
    pub heals: Duration,
}

fn millis(random: &mut SmallRng, from: u64, to: u64) -> Duration {
    Duration::from_millis(random.random_range(from..to))
}

impl Scenario {
    pub(super) fn draw(seed: u64) -> Scenario {
        let mut random = SmallRng::seed_from_u64(seed ^ 0x5ced_a710);
        let r = &mut random;
        let mut node = |engine, executor| NodePlan {
            engine,
            executor,
            skew: r.random_range(-200_000..200_000),
            linked: r.random_bool(0.9),
            joins: Duration::ZERO,
        };
        let mut nodes = vec![node(true, true)];
        let kinds = [(true, true), (true, false), (false, true), (false, false)];
        for _ in 0..random.random_range(0..4) {
            let (engine, executor) = kinds[random.random_range(0..kinds.len())];
            nodes.push(NodePlan {
                engine,
                executor,
                skew: random.random_range(-200_000..200_000),
                linked: random.random_bool(0.9),
                joins: match random.random_range(0..3) {
                    0 => millis(&mut random, 1_000, 30_000),
                    _ => Duration::ZERO,
                },
            });
        }
        let r = &mut random;
        let mut workflows = String::from("version: '2.0'\n");
        let made: Vec<String> = (0..3).map(|n| format!("made_{n}")).collect();
        for name in &made {
            let text = generate::workflow(name, r);
            workflows.push_str(text.trim_start_matches("version: '2.0'\n"));
        }
        let mut names: Vec<String> = library::names().into_iter().map(str::to_owned).collect();
        names.extend(made.iter().cloned());
        names.extend(made);
        let clients = (0..r.random_range(5..20))
            .map(|_| Client {
                begins: millis(r, 0, 30_000),
                workflow: names[r.random_range(0..names.len())].clone(),
                n: r.random_range(0..6),
                chooses_id: r.random_bool(0.7),
                meddling: match r.random_range(0..10) {
                    0 | 1 => Meddling::Pause {
                        after: millis(r, 0, 4_000),
                        pause: millis(r, 100, 6_000),
                    },
                    2 => Meddling::Cancel {
                        after: millis(r, 0, 5_000),
                    },
                    _ => Meddling::Nothing,
                },
            })
            .collect();
        let callers = (0..r.random_range(0..4))
            .map(|_| Caller {
                begins: millis(r, 0, 30_000),
                tenths: r.random_range(0..40),
                save_result: r.random_bool(0.5),
                run_sync: r.random_bool(0.5),
            })
            .collect();
        // Each kind of fault is absent in some runs, so that others show by themselves.
        let mut rate = |most: f64| {
            if r.random_bool(0.5) {
                r.random_range(0.0..most)
            } else {
                0.0
            }
        };
        let faults = Faults {
            slow: rate(0.02),
            refused: rate(0.05),
            unanswered: rate(0.05),
            lingering: rate(0.1),
            hint_lost: rate(0.8),
            hint_twice: rate(0.5),
            packet_lost: rate(0.01),
            packet_moved: rate(0.01),
            packet_twice: rate(0.01),
            delay: 0,
            commit: 0,
        };
        let faults = Faults {
            commit: [0, 0, 5, 60][r.random_range(0..4)],
            delay: [0, 2, 10, 40][r.random_range(0..4)],
            ..faults
        };
        let disasters: Vec<(Duration, Disaster)> = (0..r.random_range(0..6))
            .map(|_| {
                let slot = r.random_range(0..nodes.len());
                let disaster = match r.random_range(0..8) {
                    0..=2 => Disaster::Kill {
                        slot,
                        down: millis(r, 0, 12_000),
                    },
                    3 => Disaster::Stop {
                        slot,
                        down: millis(r, 0, 5_000),
                    },
                    4 => Disaster::Freeze {
                        slot,
                        pause: millis(r, 500, 15_000),
                    },
                    5 | 6 => Disaster::Cut {
                        from: slot,
                        to: r.random_range(0..nodes.len()),
                        pause: millis(r, 200, 15_000),
                    },
                    _ => Disaster::Outage {
                        pause: millis(r, 200, 9_000),
                    },
                };
                (millis(r, 500, 45_000), disaster)
            })
            .collect();
        let flood = r.random_bool(0.1).then(|| {
            let from = millis(r, 500, 20_000);
            Flood {
                from,
                until: from + millis(r, 1_000, 6_000),
                every: millis(r, 8, 60),
            }
        });
        Scenario {
            seed,
            nodes,
            clients,
            callers,
            flood,
            mailbox: [4, 16, 4_096][r.random_range(0..3)],
            workflows,
            faults,
            disasters,
            heals: Duration::from_secs(60),
        }
    }

    /// Whether nothing happens that may kill an executor or what it runs: others join, leave in order, and lose touch with the
    /// store for shorter than anybody is dead for.
    pub(super) fn is_gentle(&self) -> bool {
        let is_gentle = |disaster: &Disaster| match disaster {
            Disaster::Outage { .. } | Disaster::Cut { .. } => true,
            Disaster::Kill { .. } => false,
            // Calls that take seconds add to it.
            Disaster::Stop { .. } => self.faults.slow == 0.0,
            Disaster::Freeze { pause, .. } => self.faults.slow == 0.0 && *pause < Duration::from_secs(12),
        };
        self.disasters.iter().all(|(_, disaster)| is_gentle(disaster))
    }

    /// The same load on one node where nothing goes wrong.
    pub(super) fn calm(&self) -> Scenario {
        let clients = self.clients.iter().map(|client| Client {
            meddling: Meddling::Nothing,
            ..client.clone()
        });
        Scenario {
            nodes: vec![NodePlan {
                engine: true,
                executor: true,
                skew: 0,
                linked: true,
                joins: Duration::ZERO,
            }],
            clients: clients.collect(),
            flood: None,
            faults: Faults::default(),
            disasters: Vec::new(),
            heals: Duration::ZERO,
            ..self.clone()
        }
    }
}
