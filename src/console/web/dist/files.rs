//! Made by build.mjs: what the console consists of.

pub static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-4XHMIE2G.js", "text/javascript; charset=utf-8", include_bytes!("Actions-4XHMIE2G.js")),
    ("Bulk-GSQD5NS4.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-GSQD5NS4.js")),
    ("Cluster-BYSUMVW6.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-BYSUMVW6.js")),
    ("Compare-YDBMO2AA.js", "text/javascript; charset=utf-8", include_bytes!("Compare-YDBMO2AA.js")),
    ("Editor-ZBBRPELR.js", "text/javascript; charset=utf-8", include_bytes!("Editor-ZBBRPELR.js")),
    ("Environments-2XSHE363.js", "text/javascript; charset=utf-8", include_bytes!("Environments-2XSHE363.js")),
    ("Execution-DR5EJQZL.js", "text/javascript; charset=utf-8", include_bytes!("Execution-DR5EJQZL.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-IVJM5VVA.js", "text/javascript; charset=utf-8", include_bytes!("Overview-IVJM5VVA.js")),
    ("Triggers-WNBRLLIQ.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-WNBRLLIQ.js")),
    ("Workflows-TXQVO5NZ.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-TXQVO5NZ.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-5LRDMGJ5.js", "text/javascript; charset=utf-8", include_bytes!("chunk-5LRDMGJ5.js")),
    ("chunk-BH2VNA6L.js", "text/javascript; charset=utf-8", include_bytes!("chunk-BH2VNA6L.js")),
    ("chunk-CCQ5342Y.js", "text/javascript; charset=utf-8", include_bytes!("chunk-CCQ5342Y.js")),
    ("chunk-MFQ5DZGI.js", "text/javascript; charset=utf-8", include_bytes!("chunk-MFQ5DZGI.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-PTTCPZVV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-PTTCPZVV.js")),
    ("chunk-TIYI4TOS.js", "text/javascript; charset=utf-8", include_bytes!("chunk-TIYI4TOS.js")),
    ("chunk-WUA7HQVW.js", "text/javascript; charset=utf-8", include_bytes!("chunk-WUA7HQVW.js")),
    ("chunk-WW26DQHJ.js", "text/javascript; charset=utf-8", include_bytes!("chunk-WW26DQHJ.js")),
    ("early.js", "text/javascript; charset=utf-8", include_bytes!("early.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
];
