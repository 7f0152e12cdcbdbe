//! Prints the next five dates of a pattern, from now on or from a date: `upcoming "0 3 l * *" 2026-01-01T00:00:00Z`.

// Programs may read clocks.
#![allow(clippy::disallowed_methods)]

use jiff::Timestamp;
use pycron::Schedule;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let pattern = arguments.next().ok_or("a pattern is missing")?;
    let from = match arguments.next() {
        Some(text) => text.parse()?,
        None => Timestamp::now(),
    };
    let schedule = Schedule::parse(&pattern)?;
    let mut at = from.as_microsecond();
    for _ in 0..5 {
        let Some(next) = schedule.next_after(at) else { break };
        println!("{}", Timestamp::from_microsecond(next)?);
        at = next;
    }
    Ok(())
}
