//! Made by build.mjs: what the console consists of.

pub static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-OTJOESWE.js", "text/javascript; charset=utf-8", include_bytes!("Actions-OTJOESWE.js")),
    ("Bulk-LDRSMW54.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-LDRSMW54.js")),
    ("Cluster-4HNZB5QN.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-4HNZB5QN.js")),
    ("Compare-UWOKD74L.js", "text/javascript; charset=utf-8", include_bytes!("Compare-UWOKD74L.js")),
    ("Editor-GCNLL3XX.js", "text/javascript; charset=utf-8", include_bytes!("Editor-GCNLL3XX.js")),
    ("Environments-ALRUKSHU.js", "text/javascript; charset=utf-8", include_bytes!("Environments-ALRUKSHU.js")),
    ("Execution-E6AZEZ4W.js", "text/javascript; charset=utf-8", include_bytes!("Execution-E6AZEZ4W.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-UY7NKQJ3.js", "text/javascript; charset=utf-8", include_bytes!("Overview-UY7NKQJ3.js")),
    ("Triggers-27VANLIW.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-27VANLIW.js")),
    ("Workflows-QIDTB54R.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-QIDTB54R.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-2RUG2A5Y.js", "text/javascript; charset=utf-8", include_bytes!("chunk-2RUG2A5Y.js")),
    ("chunk-6ITYRRZO.js", "text/javascript; charset=utf-8", include_bytes!("chunk-6ITYRRZO.js")),
    ("chunk-AIVHGEBR.js", "text/javascript; charset=utf-8", include_bytes!("chunk-AIVHGEBR.js")),
    ("chunk-COOJZMVK.js", "text/javascript; charset=utf-8", include_bytes!("chunk-COOJZMVK.js")),
    ("chunk-KFVN4SOM.js", "text/javascript; charset=utf-8", include_bytes!("chunk-KFVN4SOM.js")),
    ("chunk-M7XVICUG.js", "text/javascript; charset=utf-8", include_bytes!("chunk-M7XVICUG.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-P67HQDS4.js", "text/javascript; charset=utf-8", include_bytes!("chunk-P67HQDS4.js")),
    ("chunk-QCNNLQT3.js", "text/javascript; charset=utf-8", include_bytes!("chunk-QCNNLQT3.js")),
    ("chunk-XVGCJ5FH.js", "text/javascript; charset=utf-8", include_bytes!("chunk-XVGCJ5FH.js")),
    ("early.js", "text/javascript; charset=utf-8", include_bytes!("early.js")),
    ("held.js", "text/javascript; charset=utf-8", include_bytes!("held.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
];
