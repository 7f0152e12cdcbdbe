//! The one recorder of the process. It needs no installation: the first use makes it, so that no metric can be lost to an
//! order of start-up.

use std::borrow::Cow;
use std::sync::LazyLock;
use std::time::Duration;

use ::metrics::{Counter, Gauge, Histogram, Key, KeyName, Label, Level, Metadata, Recorder, SharedString};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle, PrometheusRecorder};

use super::table::{ALL, Kind};

/// Samples of histograms are kept one by one until they are put into buckets: by a render, and this often.
const UPKEEP: Duration = Duration::from_secs(5);

struct Registry {
    recorder: PrometheusRecorder,
    handle: PrometheusHandle,
}

static REGISTRY: LazyLock<Registry> = LazyLock::new(|| {
    let mut builder = PrometheusBuilder::new();
    for definition in ALL.iter().filter(|definition| definition.kind == Kind::Histogram) {
        let matcher = Matcher::Full(definition.name.to_owned());
        // Fails for empty buckets only; a test of the table says there are none.
        builder = match builder.set_buckets_for_metric(matcher, definition.buckets) {
            Ok(builder) => builder,
            Err(_) => PrometheusBuilder::new(),
        };
    }
    let recorder = builder.build_recorder();
    for definition in ALL {
        let name = KeyName::from_const_str(definition.name);
        let help: SharedString = SharedString::const_str(definition.help);
        match definition.kind {
            Kind::Counter => recorder.describe_counter(name, None, help),
            Kind::Gauge => recorder.describe_gauge(name, None, help),
            Kind::Histogram => recorder.describe_histogram(name, None, help),
        }
    }
    let handle = recorder.handle();
    let upkeep = handle.clone();
    let started = std::thread::Builder::new()
        .name("metrics-upkeep".to_owned())
        .spawn(move || {
            loop {
                #[expect(clippy::disallowed_methods, reason = "a thread of its own")]
                std::thread::sleep(UPKEEP);
                upkeep.run_upkeep();
            }
        });
    if let Err(error) = started {
        tracing::warn!(%error, "no upkeep of metrics: histograms take memory until they are read");
    }
    Registry { recorder, handle }
});

static METADATA: Metadata<'static> = Metadata::new("mistral", Level::INFO, None);

fn key(name: &'static str, labels: &[(&'static str, &'static str)]) -> Key {
    let labels: Vec<Label> = labels
        .iter()
        .map(|(name, value)| Label::from_static_parts(name, value))
        .collect();
    Key::from_parts(name, labels)
}

/// The counter of a name and labels.
pub fn counter(name: &'static str, labels: &[(&'static str, &'static str)]) -> Counter {
    REGISTRY.recorder.register_counter(&key(name, labels), &METADATA)
}

/// The gauge of a name and labels.
pub fn gauge(name: &'static str, labels: &[(&'static str, &'static str)]) -> Gauge {
    REGISTRY.recorder.register_gauge(&key(name, labels), &METADATA)
}

/// The histogram of a name and labels.
pub fn histogram(name: &'static str, labels: &[(&'static str, &'static str)]) -> Histogram {
    REGISTRY.recorder.register_histogram(&key(name, labels), &METADATA)
}

/// All metrics as text.
pub fn render() -> String {
    REGISTRY.handle.render()
}

/// The status codes this service sends, as text; `other` for anything else.
pub fn status_text(status: u16) -> &'static str {
    const KNOWN: [(u16, &str); 26] = [
        (200, "200"),
        (201, "201"),
        (202, "202"),
        (204, "204"),
        (300, "300"),
        (301, "301"),
        (302, "302"),
        (304, "304"),
        (400, "400"),
        (401, "401"),
        (403, "403"),
        (404, "404"),
        (405, "405"),
        (406, "406"),
        (408, "408"),
        (409, "409"),
        (411, "411"),
        (413, "413"),
        (415, "415"),
        (422, "422"),
        (423, "423"),
        (429, "429"),
        (431, "431"),
        (500, "500"),
        (503, "503"),
        (504, "504"),
    ];
    KNOWN
        .iter()
        .find(|(code, _)| *code == status)
        .map_or("other", |(_, text)| text)
}

/// A label value that is made once per process.
pub fn gauge_with(name: &'static str, label: &'static str, value: impl Into<Cow<'static, str>>) -> Gauge {
    let value: SharedString = match value.into() {
        Cow::Borrowed(text) => SharedString::const_str(text),
        Cow::Owned(text) => SharedString::from(text),
    };
    REGISTRY
        .recorder
        .register_gauge(&Key::from_parts(name, vec![Label::new(label, value)]), &METADATA)
}
