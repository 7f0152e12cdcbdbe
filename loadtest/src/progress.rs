//! The progress bar: on standard error, and only when that is a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar that counts to `total`; without a total it only counts.
pub(crate) fn bar(label: &str, total: Option<u64>) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr_with_hz(5));
    let template = match total {
        Some(_) => "{prefix:32} [{elapsed}] {bar:30} {pos}/{len} {per_sec} {msg}",
        None => "{prefix:32} [{elapsed}] {pos} {per_sec} {msg}",
    };
    // An invalid template would only cost the looks of the bar.
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.set_prefix(label.to_owned());
    bar
}
