//! Made by build.mjs: what the console consists of.

pub static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-NJN7LILM.js", "text/javascript; charset=utf-8", include_bytes!("Actions-NJN7LILM.js")),
    ("Bulk-YSF6HMH6.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-YSF6HMH6.js")),
    ("Cluster-H6CWV36R.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-H6CWV36R.js")),
    ("Compare-FAO73XQ5.js", "text/javascript; charset=utf-8", include_bytes!("Compare-FAO73XQ5.js")),
    ("Editor-RRNNPIHT.js", "text/javascript; charset=utf-8", include_bytes!("Editor-RRNNPIHT.js")),
    ("Environments-PV2322WM.js", "text/javascript; charset=utf-8", include_bytes!("Environments-PV2322WM.js")),
    ("Execution-KX7GWHNL.js", "text/javascript; charset=utf-8", include_bytes!("Execution-KX7GWHNL.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-TB2RMVOT.js", "text/javascript; charset=utf-8", include_bytes!("Overview-TB2RMVOT.js")),
    ("Triggers-CCPCFVUS.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-CCPCFVUS.js")),
    ("Workflows-4TD6XCYE.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-4TD6XCYE.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-2L4TPQFS.js", "text/javascript; charset=utf-8", include_bytes!("chunk-2L4TPQFS.js")),
    ("chunk-4SPCVW77.js", "text/javascript; charset=utf-8", include_bytes!("chunk-4SPCVW77.js")),
    ("chunk-55JZBHOK.js", "text/javascript; charset=utf-8", include_bytes!("chunk-55JZBHOK.js")),
    ("chunk-IRLYT42B.js", "text/javascript; charset=utf-8", include_bytes!("chunk-IRLYT42B.js")),
    ("chunk-JTHTAK3B.js", "text/javascript; charset=utf-8", include_bytes!("chunk-JTHTAK3B.js")),
    ("chunk-LNNLECVR.js", "text/javascript; charset=utf-8", include_bytes!("chunk-LNNLECVR.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-Q5DSYD4N.js", "text/javascript; charset=utf-8", include_bytes!("chunk-Q5DSYD4N.js")),
    ("chunk-XT7FW7QK.js", "text/javascript; charset=utf-8", include_bytes!("chunk-XT7FW7QK.js")),
    ("early.js", "text/javascript; charset=utf-8", include_bytes!("early.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
];
