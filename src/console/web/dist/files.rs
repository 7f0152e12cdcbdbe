//! Made by build.mjs: what the console consists of.

pub static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-WQQ6YQ6K.js", "text/javascript; charset=utf-8", include_bytes!("Actions-WQQ6YQ6K.js")),
    ("Bulk-B72NCPI5.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-B72NCPI5.js")),
    ("Cluster-MZZYZD3N.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-MZZYZD3N.js")),
    ("Compare-BR4SWM3U.js", "text/javascript; charset=utf-8", include_bytes!("Compare-BR4SWM3U.js")),
    ("Environments-RSTQBEFA.js", "text/javascript; charset=utf-8", include_bytes!("Environments-RSTQBEFA.js")),
    ("Execution-HUU2ZY55.js", "text/javascript; charset=utf-8", include_bytes!("Execution-HUU2ZY55.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-4F6YLNKF.js", "text/javascript; charset=utf-8", include_bytes!("Overview-4F6YLNKF.js")),
    ("Triggers-LMY5ZICS.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-LMY5ZICS.js")),
    ("Workflows-HMTZUCDN.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-HMTZUCDN.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-47YTR3JJ.js", "text/javascript; charset=utf-8", include_bytes!("chunk-47YTR3JJ.js")),
    ("chunk-AEZBDFRI.js", "text/javascript; charset=utf-8", include_bytes!("chunk-AEZBDFRI.js")),
    ("chunk-CWPC6FRW.js", "text/javascript; charset=utf-8", include_bytes!("chunk-CWPC6FRW.js")),
    ("chunk-HJB4XBRR.js", "text/javascript; charset=utf-8", include_bytes!("chunk-HJB4XBRR.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-PMQNFGQB.js", "text/javascript; charset=utf-8", include_bytes!("chunk-PMQNFGQB.js")),
    ("chunk-XOZV5L65.js", "text/javascript; charset=utf-8", include_bytes!("chunk-XOZV5L65.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
    ("theme.js", "text/javascript; charset=utf-8", include_bytes!("theme.js")),
];
