//! Timers of the trees of a loop: known once their rows are read, and fired when they are due.

use tokio::time::Instant;

use mistral_flow as flow;
use mistral_store::batch::Timer;
use mistral_telemetry::metric;

use super::super::event::{Event, What};
use super::ShardLoop;
use super::turn::SHARE;

impl ShardLoop {
    pub(super) fn take_timers(&mut self, timers: Vec<Timer>) {
        for timer in timers {
            let parsed = mistral_model::json::parse(timer.body.as_bytes()).ok();
            match parsed.and_then(|value| flow::TimerEvent::from_value(&value)) {
                Some(event) => self.set_timer(flow::Timer {
                    id: timer.id,
                    root_id: timer.root_id,
                    fire_at: timer.fire_at,
                    event,
                }),
                None => tracing::error!(timer = %timer.id, "timer cannot be read"),
            }
        }
    }

    pub(super) fn set_timer(&mut self, timer: flow::Timer) {
        if self.epochs.contains_key(&timer.root_id.shard()) && self.timers.insert((timer.fire_at, timer.id)) {
            self.timer_events.insert(timer.id, timer);
        }
    }

    pub(super) fn fire_timers(&mut self) {
        let (now, began) = (self.now(), Instant::now());
        while let Some(&(at, id)) = self.timers.first() {
            // Others have their turn between many that are due.
            if at > now || self.is_full() || began.elapsed() >= SHARE {
                return;
            }
            self.timers.pop_first();
            self.disarm(id);
            if let Some(timer) = self.timer_events.remove(&id) {
                metric::timer_fired((now.0 - at.0) as f64 / 1e6);
                self.decide(Event::new(What::Timer(timer)));
            }
        }
    }
}
