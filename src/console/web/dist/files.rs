//! Made by build.mjs: what the console consists of.

pub static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-NNRLOUOM.js", "text/javascript; charset=utf-8", include_bytes!("Actions-NNRLOUOM.js")),
    ("Bulk-3VKWDX6A.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-3VKWDX6A.js")),
    ("Cluster-QSA665V2.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-QSA665V2.js")),
    ("Compare-G5ZD562I.js", "text/javascript; charset=utf-8", include_bytes!("Compare-G5ZD562I.js")),
    ("Environments-HJDOKI2Y.js", "text/javascript; charset=utf-8", include_bytes!("Environments-HJDOKI2Y.js")),
    ("Execution-AAIHL3YK.js", "text/javascript; charset=utf-8", include_bytes!("Execution-AAIHL3YK.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-5KQI6JUY.js", "text/javascript; charset=utf-8", include_bytes!("Overview-5KQI6JUY.js")),
    ("Triggers-5YUQC3UJ.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-5YUQC3UJ.js")),
    ("Workflows-P6BYMPZF.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-P6BYMPZF.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-5CBG6RDL.js", "text/javascript; charset=utf-8", include_bytes!("chunk-5CBG6RDL.js")),
    ("chunk-BDIM3BR6.js", "text/javascript; charset=utf-8", include_bytes!("chunk-BDIM3BR6.js")),
    ("chunk-D5DVDBC2.js", "text/javascript; charset=utf-8", include_bytes!("chunk-D5DVDBC2.js")),
    ("chunk-NELYWPQ5.js", "text/javascript; charset=utf-8", include_bytes!("chunk-NELYWPQ5.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-RFULRQ6X.js", "text/javascript; charset=utf-8", include_bytes!("chunk-RFULRQ6X.js")),
    ("chunk-S6DPJ7PJ.js", "text/javascript; charset=utf-8", include_bytes!("chunk-S6DPJ7PJ.js")),
    ("chunk-XIATNDBY.js", "text/javascript; charset=utf-8", include_bytes!("chunk-XIATNDBY.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
    ("theme.js", "text/javascript; charset=utf-8", include_bytes!("theme.js")),
];
