//! How a run is shown: a line for each change, and on a terminal, below them, what is under way.

use std::fmt::Write as _;
use std::io::{IsTerminal as _, Write as _};

use super::follow::{Look, Task};
use super::plain;

/// Tasks under way that are listed.
const LISTED: usize = 10;
/// Longest line, in characters, where the terminal does not say how wide it is.
const WIDTH: usize = 100;

/// Standard error: standard output is for the result alone.
pub(super) struct View {
    is_terminal: bool,
    colour: bool,
    width: usize,
    /// Lines of the block below, which the next change overwrites.
    block: usize,
}

impl View {
    pub(super) fn new() -> View {
        let is_terminal = std::io::stderr().is_terminal();
        let columns = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
        View {
            is_terminal,
            colour: is_terminal && std::env::var_os("NO_COLOR").is_none(),
            width: columns.unwrap_or(WIDTH).max(40),
            block: 0,
        }
    }

    /// Whether what is under way is shown, too.
    pub(super) fn is_live(&self) -> bool {
        self.is_terminal
    }

    /// A line that stays.
    pub(super) fn line(&mut self, text: &str) {
        let out = format!("{}{text}\n", self.erase());
        let _ = std::io::stderr().write_all(out.as_bytes());
    }

    /// A task's change.
    pub(super) fn task(&mut self, task: &Task, now: i64, cause: Option<&str>) {
        let mut line = format!("{} {}", self.state(&task.state), plain(&task.path));
        if let Some(seconds) = task.seconds(now) {
            let _ = write!(line, "  {}", duration(seconds));
        }
        if let Some(items) = task.items {
            let _ = write!(line, "  {items} items");
        }
        if task.attempts > 1 {
            let _ = write!(line, "  {} attempts", task.attempts);
        }
        if let Some(cause) = cause {
            let _ = write!(line, "  {}", plain(cause));
        }
        self.line(&line);
    }

    /// What is under way, and what is waited for if that takes long.
    pub(super) fn under_way(
        &mut self,
        look: &Look,
        progress: &dyn Fn(&Task) -> Option<String>,
        waits_for: Option<&str>,
    ) {
        if !self.is_terminal {
            return;
        }
        let mut lines = Vec::new();
        let open: Vec<&Task> = look.tasks.iter().filter(|task| !task.is_over()).collect();
        for task in open.iter().take(LISTED) {
            let mut line = format!("  {} {}", task.state, plain(&task.path));
            if let Some(seconds) = task.seconds(look.now) {
                let _ = write!(line, "  {}", duration(seconds));
            }
            if let Some(progress) = progress(task) {
                let _ = write!(line, "  {progress}");
            }
            lines.push(line);
        }
        if open.len() > LISTED {
            lines.push(format!("  and {} more", open.len() - LISTED));
        }
        if let Some(text) = waits_for {
            lines.push(format!("  {}", plain(text)));
        }
        let mut out = self.erase();
        for line in &lines {
            let shown: String = line.chars().take(self.width - 1).collect();
            match self.colour {
                true => out.push_str(&format!("\x1b[2m{shown}\x1b[0m\n")),
                false => out.push_str(&format!("{shown}\n")),
            }
        }
        self.block = lines.len();
        let _ = std::io::stderr().write_all(out.as_bytes());
    }

    /// Takes the block away.
    pub(super) fn end(&mut self) {
        let out = self.erase();
        let _ = std::io::stderr().write_all(out.as_bytes());
    }

    fn erase(&mut self) -> String {
        match std::mem::take(&mut self.block) {
            0 => String::new(),
            lines => format!("\x1b[{lines}A\x1b[J"),
        }
    }

    /// A state, padded and coloured.
    pub(super) fn state(&self, state: &str) -> String {
        let padded = format!("{state:9}");
        let colour = match state {
            "SUCCESS" => "32",
            "ERROR" => "31",
            "CANCELLED" | "SKIPPED" | "PAUSED" => "33",
            _ => return padded,
        };
        match self.colour {
            true => format!("\x1b[{colour}m{padded}\x1b[0m"),
            false => padded,
        }
    }
}

/// `0.12 s`, `3.1 s`, `2 min 5 s`, `3 h 20 min`.
pub(super) fn duration(seconds: f64) -> String {
    let whole = seconds.max(0.0) as u64;
    match whole {
        0 => format!("{seconds:.2} s"),
        1..60 => format!("{seconds:.1} s"),
        60..3600 => format!("{} min {} s", whole / 60, whole % 60),
        _ => format!("{} h {} min", whole / 3600, whole / 60 % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        let shown: Vec<String> = [0.004, 0.5, 59.96, 125.0, 12_000.0].into_iter().map(duration).collect();
        assert_eq!(shown, ["0.00 s", "0.50 s", "60.0 s", "2 min 5 s", "3 h 20 min"]);
    }
}
