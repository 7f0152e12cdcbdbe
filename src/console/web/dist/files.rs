//! Made by build.mjs: what the console consists of.

pub static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-MVE6Q4FQ.js", "text/javascript; charset=utf-8", include_bytes!("Actions-MVE6Q4FQ.js")),
    ("Bulk-4EK6LLJ6.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-4EK6LLJ6.js")),
    ("Cluster-XAPDMKL5.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-XAPDMKL5.js")),
    ("Compare-JLWOBGFK.js", "text/javascript; charset=utf-8", include_bytes!("Compare-JLWOBGFK.js")),
    ("Environments-UOW43B52.js", "text/javascript; charset=utf-8", include_bytes!("Environments-UOW43B52.js")),
    ("Execution-ALOYXRPJ.js", "text/javascript; charset=utf-8", include_bytes!("Execution-ALOYXRPJ.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-B6YAT2FW.js", "text/javascript; charset=utf-8", include_bytes!("Overview-B6YAT2FW.js")),
    ("Triggers-OKOELJKH.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-OKOELJKH.js")),
    ("Workflows-TJ3TRUCM.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-TJ3TRUCM.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-4AFFOA4R.js", "text/javascript; charset=utf-8", include_bytes!("chunk-4AFFOA4R.js")),
    ("chunk-5XR7B225.js", "text/javascript; charset=utf-8", include_bytes!("chunk-5XR7B225.js")),
    ("chunk-DBFL7TTA.js", "text/javascript; charset=utf-8", include_bytes!("chunk-DBFL7TTA.js")),
    ("chunk-N3R46JCR.js", "text/javascript; charset=utf-8", include_bytes!("chunk-N3R46JCR.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-QLMATGRE.js", "text/javascript; charset=utf-8", include_bytes!("chunk-QLMATGRE.js")),
    ("chunk-T7IKMLTD.js", "text/javascript; charset=utf-8", include_bytes!("chunk-T7IKMLTD.js")),
    ("chunk-UOD4HHLN.js", "text/javascript; charset=utf-8", include_bytes!("chunk-UOD4HHLN.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
    ("theme.js", "text/javascript; charset=utf-8", include_bytes!("theme.js")),
];
