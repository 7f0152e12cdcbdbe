//! Set-up of `tracing`.
//!
//! A line of text looks like those of oslo.log:
//! `2026-11-25 00:18:40.123 4242 INFO mistral::engine [execution_id=…] message key=value`. The brackets hold the fields of the
//! spans around the event: whoever works on an execution enters a span with its id, and every line about it carries the id.

use std::fmt::{self, Write as _};
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields, FormattedFields, MakeWriter};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;

use mistral_model::mask::mask;

use super::file::{LogFile, Rotation};
use super::syslog::Syslog;

/// Target of the workflow trace in the code; [`Options::trace_name`] is what lines show.
pub const TRACE_TARGET: &str = "workflow_trace";

/// How the log is written.
#[derive(Clone, Debug)]
pub struct Options {
    /// Name of the program, for syslog.
    pub program: String,
    /// DEBUG instead of INFO.
    pub debug: bool,
    /// Levels of single targets, each as `target=LEVEL`.
    pub levels: Vec<String>,
    /// Directives that replace `debug` and `levels`.
    pub filter: Option<String>,
    /// One JSON object per line.
    pub json: bool,
    /// `None`: standard error.
    pub file: Option<PathBuf>,
    /// Standard error as well as the file.
    pub stderr: bool,
    pub rotation: Rotation,
    /// Rotated files to keep.
    pub keep: u32,
    /// Facility; `None`: no syslog.
    pub syslog: Option<String>,
    /// Name of the workflow trace in lines.
    pub trace_name: String,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            program: "mistral".to_owned(),
            debug: false,
            levels: Vec::new(),
            filter: None,
            json: false,
            file: None,
            stderr: true,
            rotation: Rotation::Never,
            keep: 30,
            syslog: None,
            trace_name: TRACE_TARGET.to_owned(),
        }
    }
}

/// Why there is no log.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot open the log file {}: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("cannot log to syslog: {0}")]
    Syslog(io::Error),
    #[error("wrong log level '{directive}': {reason}")]
    Filter { directive: String, reason: String },
    #[error("logging is set up already")]
    AlreadySet,
}

/// Sets up the log of the process.
///
/// # Errors
/// See [`Error`].
pub fn init(options: &Options) -> Result<(), Error> {
    let filter = filter(options)?;
    let sinks = Sinks::open(options)?;
    let registry = tracing_subscriber::registry().with(filter);
    let layer = tracing_subscriber::fmt::layer()
        .with_writer(sinks)
        .with_ansi(false)
        .log_internal_errors(false);
    let done = if options.json {
        let layer = layer
            .json()
            .flatten_event(true)
            .with_current_span(false)
            .with_span_list(true);
        registry.with(layer).try_init()
    } else {
        registry
            .with(layer.event_format(Line {
                trace_name: options.trace_name.clone(),
            }))
            .try_init()
    };
    done.map_err(|_| Error::AlreadySet)
}

fn filter(options: &Options) -> Result<EnvFilter, Error> {
    if let Some(text) = &options.filter {
        let wrong = |error: tracing_subscriber::filter::ParseError| Error::Filter {
            directive: text.clone(),
            reason: error.to_string(),
        };
        return EnvFilter::try_new(text).map_err(wrong);
    }
    let mut directives = vec![if options.debug { "debug" } else { "info" }.to_owned()];
    for text in &options.levels {
        directives.push(directive(text)?);
    }
    let joined = directives.join(",");
    EnvFilter::try_new(&joined).map_err(|error| Error::Filter {
        directive: joined,
        reason: error.to_string(),
    })
}

/// `mistral.engine=WARNING` as `tracing` writes it. Levels are Python's.
fn directive(text: &str) -> Result<String, Error> {
    let wrong = |reason: &str| Error::Filter {
        directive: text.to_owned(),
        reason: reason.to_owned(),
    };
    let (target, level) = text
        .split_once('=')
        .ok_or_else(|| wrong("not of the form target=LEVEL"))?;
    let level = match level.trim().to_ascii_uppercase().as_str() {
        "TRACE" => "trace",
        "DEBUG" | "NOTSET" => "debug",
        "INFO" | "AUDIT" => "info",
        "WARN" | "WARNING" => "warn",
        "ERROR" | "CRITICAL" | "FATAL" => "error",
        "OFF" => "off",
        _ => {
            return Err(wrong(
                "the level is not one of TRACE, DEBUG, INFO, WARN, ERROR, CRITICAL, OFF",
            ));
        }
    };
    Ok(format!("{}={level}", target.trim().replace('.', "::")))
}

/// The text format.
struct Line {
    trace_name: String,
}

impl<S, N> FormatEvent<S, N> for Line
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(&self, context: &FmtContext<'_, S, N>, mut writer: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let metadata = event.metadata();
        let target = if metadata.target() == TRACE_TARGET {
            self.trace_name.as_str()
        } else {
            metadata.target()
        };
        let now = Timestamp::now().to_zoned(TimeZone::UTC);
        let level = match *metadata.level() {
            Level::WARN => "WARNING",
            Level::ERROR => "ERROR",
            Level::INFO => "INFO",
            Level::DEBUG => "DEBUG",
            Level::TRACE => "TRACE",
        };
        write!(
            writer,
            "{:04}-{:02}-{:02} {:02}:{:02}:{:02}.{:03} {} {level} {target} [",
            now.year(),
            now.month(),
            now.day(),
            now.hour(),
            now.minute(),
            now.second(),
            now.millisecond(),
            std::process::id(),
        )?;
        let mut separator = "";
        for span in context.event_scope().into_iter().flat_map(|scope| scope.from_root()) {
            let extensions = span.extensions();
            if let Some(fields) = extensions
                .get::<FormattedFields<N>>()
                .filter(|fields| !fields.is_empty())
            {
                write!(writer, "{separator}{fields}")?;
                separator = " ";
            }
        }
        if separator.is_empty() {
            writer.write_char('-')?;
        }
        writer.write_str("] ")?;
        context.field_format().format_fields(writer.by_ref(), event)?;
        writeln!(writer)
    }
}

/// Where lines go.
#[derive(Clone)]
struct Sinks(Arc<Outputs>);

struct Outputs {
    stderr: bool,
    file: Option<LogFile>,
    syslog: Option<Syslog>,
}

impl Sinks {
    fn open(options: &Options) -> Result<Sinks, Error> {
        let file = match &options.file {
            Some(path) => Some(
                LogFile::open(path, options.rotation, options.keep).map_err(|source| Error::File {
                    path: path.clone(),
                    source,
                })?,
            ),
            None => None,
        };
        let syslog = match &options.syslog {
            Some(facility) => Some(Syslog::connect(facility, &options.program).map_err(Error::Syslog)?),
            None => None,
        };
        Ok(Sinks(Arc::new(Outputs {
            stderr: options.stderr || file.is_none(),
            file,
            syslog,
        })))
    }
}

impl<'a> MakeWriter<'a> for Sinks {
    type Writer = LineWriter<'a>;

    fn make_writer(&'a self) -> LineWriter<'a> {
        LineWriter {
            outputs: &self.0,
            level: Level::INFO,
        }
    }

    fn make_writer_for(&'a self, metadata: &Metadata<'_>) -> LineWriter<'a> {
        LineWriter {
            outputs: &self.0,
            level: *metadata.level(),
        }
    }
}

/// Takes one whole line per write, as `tracing` hands them out.
struct LineWriter<'a> {
    outputs: &'a Outputs,
    level: Level,
}

impl Write for LineWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        let line = one_line(&mask(text.trim_end_matches('\n')));
        if let Some(file) = &self.outputs.file {
            // A full disk must not stop the server; standard error says so at least.
            if let Err(error) = file.append(line.as_bytes()) {
                let _ = writeln!(io::stderr().lock(), "cannot write the log file: {error}");
            }
        }
        if self.outputs.stderr {
            let _ = io::stderr().lock().write_all(line.as_bytes());
        }
        if let Some(syslog) = &self.outputs.syslog {
            syslog.send(self.level, line.trim_end());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The text with control characters escaped, so that nobody's data can forge a line, and one line feed at the end.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len() + 1);
    for c in text.chars() {
        match c {
            '\n' => line.push_str("\\n"),
            '\r' => line.push_str("\\r"),
            '\t' => line.push(c),
            c if c.is_control() => {
                let _ = write!(line, "\\u{{{:x}}}", u32::from(c));
            }
            c => line.push(c),
        }
    }
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a subscriber with these options writes into a file.
    fn logged(options: Options, events: impl FnOnce()) -> Vec<String> {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("log");
        let options = Options {
            file: Some(path.clone()),
            stderr: false,
            ..options
        };
        let registry = tracing_subscriber::registry().with(filter(&options).unwrap());
        let layer = tracing_subscriber::fmt::layer()
            .with_writer(Sinks::open(&options).unwrap())
            .with_ansi(false);
        if options.json {
            tracing::subscriber::with_default(registry.with(layer.json().flatten_event(true)), events);
        } else {
            let line = Line {
                trace_name: options.trace_name,
            };
            tracing::subscriber::with_default(registry.with(layer.event_format(line)), events);
        }
        std::fs::read_to_string(path)
            .unwrap()
            .lines()
            .map(str::to_owned)
            .collect()
    }

    /// A line without its time and process id.
    fn rest(line: &str) -> &str {
        let mut parts = line.splitn(4, ' ');
        assert_eq!(parts.next().unwrap().len(), 10);
        assert_eq!(parts.next().unwrap().len(), 12);
        assert_eq!(parts.next().unwrap(), std::process::id().to_string());
        parts.next().unwrap()
    }

    #[test]
    fn lines_carry_the_fields_of_their_spans() {
        let lines = logged(Options::default(), || {
            let _outer = tracing::info_span!("tree", root_execution_id = "r").entered();
            let _inner = tracing::info_span!("execution", workflow_execution_id = "w").entered();
            tracing::warn!(target: "mistral::engine", count = 3, "half done");
        });
        assert_eq!(
            lines.iter().map(|line| rest(line)).collect::<Vec<_>>(),
            ["WARNING mistral::engine [root_execution_id=\"r\" workflow_execution_id=\"w\"] half done count=3"]
        );
    }

    #[test]
    fn secrets_are_masked_and_lines_cannot_be_forged() {
        let lines = logged(Options::default(), || {
            tracing::info!(target: "x", "input {}\nINFO forged", "{\"password\": \"hunter2\"}");
        });
        assert_eq!(
            rest(&lines[0]),
            "INFO x [-] input {\"password\": \"***\"}\\nINFO forged"
        );
        assert_eq!(lines.len(), 1);
    }

    #[test]
    fn levels_by_target() {
        let options = Options {
            levels: vec!["mistral.engine=WARNING".to_owned()],
            ..Options::default()
        };
        let lines = logged(options, || {
            tracing::info!(target: "mistral::engine::batch", "quiet");
            tracing::info!(target: "mistral::api", "heard");
            tracing::debug!(target: "mistral::api", "quiet");
        });
        assert_eq!(
            lines.iter().map(|line| rest(line)).collect::<Vec<_>>(),
            ["INFO mistral::api [-] heard"]
        );
        assert!(
            directive("x")
                .unwrap_err()
                .to_string()
                .contains("not of the form target=LEVEL")
        );
        assert!(directive("x=LOUD").is_err());
        let bad = Options {
            filter: Some("x=loud=".to_owned()),
            ..Options::default()
        };
        assert!(matches!(filter(&bad), Err(Error::Filter { .. })));
    }

    #[test]
    fn json_lines_are_json() {
        let options = Options {
            json: true,
            ..Options::default()
        };
        let lines = logged(options, || {
            let _span = tracing::info_span!("execution", execution_id = "e").entered();
            tracing::info!(token = "abc", "done");
        });
        let value: serde_json::Value = serde_json::from_str(&lines[0]).unwrap();
        assert_eq!(value["message"], "done");
        assert_eq!(value["token"], "***");
        assert_eq!(value["span"]["execution_id"], "e");
    }

    #[test]
    fn the_trace_has_the_name_it_is_given() {
        let options = Options {
            trace_name: "wf".to_owned(),
            ..Options::default()
        };
        let lines = logged(options, || tracing::info!(target: TRACE_TARGET, "x"));
        assert_eq!(rest(&lines[0]), "INFO wf [-] x");
    }
}
