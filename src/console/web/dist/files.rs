//! Made by build.mjs: what the console consists of.

pub static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-GF7CZP3M.js", "text/javascript; charset=utf-8", include_bytes!("Actions-GF7CZP3M.js")),
    ("Bulk-WQ4HIMIG.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-WQ4HIMIG.js")),
    ("Cluster-WE7SBMQV.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-WE7SBMQV.js")),
    ("Compare-PFOYZZCM.js", "text/javascript; charset=utf-8", include_bytes!("Compare-PFOYZZCM.js")),
    ("Environments-3X5CVEK2.js", "text/javascript; charset=utf-8", include_bytes!("Environments-3X5CVEK2.js")),
    ("Execution-I56JQJQQ.js", "text/javascript; charset=utf-8", include_bytes!("Execution-I56JQJQQ.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-LCT6I7ZZ.js", "text/javascript; charset=utf-8", include_bytes!("Overview-LCT6I7ZZ.js")),
    ("Triggers-2UZ7Y7OE.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-2UZ7Y7OE.js")),
    ("Workflows-334LNCLL.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-334LNCLL.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-2MAZAYVJ.js", "text/javascript; charset=utf-8", include_bytes!("chunk-2MAZAYVJ.js")),
    ("chunk-BN7EQ3X4.js", "text/javascript; charset=utf-8", include_bytes!("chunk-BN7EQ3X4.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-OEMBNDAQ.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OEMBNDAQ.js")),
    ("chunk-SDM7645K.js", "text/javascript; charset=utf-8", include_bytes!("chunk-SDM7645K.js")),
    ("chunk-TAHGD7R7.js", "text/javascript; charset=utf-8", include_bytes!("chunk-TAHGD7R7.js")),
    ("chunk-Z4MTMCJS.js", "text/javascript; charset=utf-8", include_bytes!("chunk-Z4MTMCJS.js")),
    ("chunk-ZIOE2TSW.js", "text/javascript; charset=utf-8", include_bytes!("chunk-ZIOE2TSW.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
    ("theme.js", "text/javascript; charset=utf-8", include_bytes!("theme.js")),
];
