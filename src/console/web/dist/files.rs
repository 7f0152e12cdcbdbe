//! Made by build.mjs: what the console consists of.

pub(crate) static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub(crate) static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-Y22BTCSI.js", "text/javascript; charset=utf-8", include_bytes!("Actions-Y22BTCSI.js")),
    ("Bulk-362TB3NJ.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-362TB3NJ.js")),
    ("Cluster-F25YCKCZ.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-F25YCKCZ.js")),
    ("Compare-EOSJ75WP.js", "text/javascript; charset=utf-8", include_bytes!("Compare-EOSJ75WP.js")),
    ("Editor-XOOXL44E.js", "text/javascript; charset=utf-8", include_bytes!("Editor-XOOXL44E.js")),
    ("Environments-6KHQCQYE.js", "text/javascript; charset=utf-8", include_bytes!("Environments-6KHQCQYE.js")),
    ("Execution-TRAJIHTY.js", "text/javascript; charset=utf-8", include_bytes!("Execution-TRAJIHTY.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-WXEFLKK3.js", "text/javascript; charset=utf-8", include_bytes!("Overview-WXEFLKK3.js")),
    ("Triggers-BG47Y4FZ.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-BG47Y4FZ.js")),
    ("Workflows-W32IJE2T.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-W32IJE2T.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-32H3N34L.js", "text/javascript; charset=utf-8", include_bytes!("chunk-32H3N34L.js")),
    ("chunk-7UF6IXTW.js", "text/javascript; charset=utf-8", include_bytes!("chunk-7UF6IXTW.js")),
    ("chunk-FZPDEZJP.js", "text/javascript; charset=utf-8", include_bytes!("chunk-FZPDEZJP.js")),
    ("chunk-HVBEZBS2.js", "text/javascript; charset=utf-8", include_bytes!("chunk-HVBEZBS2.js")),
    ("chunk-I55BAWUM.js", "text/javascript; charset=utf-8", include_bytes!("chunk-I55BAWUM.js")),
    ("chunk-JHKCNQM4.js", "text/javascript; charset=utf-8", include_bytes!("chunk-JHKCNQM4.js")),
    ("chunk-KFVN4SOM.js", "text/javascript; charset=utf-8", include_bytes!("chunk-KFVN4SOM.js")),
    ("chunk-KW37TAT6.js", "text/javascript; charset=utf-8", include_bytes!("chunk-KW37TAT6.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-QLHQA5ZE.js", "text/javascript; charset=utf-8", include_bytes!("chunk-QLHQA5ZE.js")),
    ("chunk-VBBDCTTK.js", "text/javascript; charset=utf-8", include_bytes!("chunk-VBBDCTTK.js")),
    ("early.js", "text/javascript; charset=utf-8", include_bytes!("early.js")),
    ("held.js", "text/javascript; charset=utf-8", include_bytes!("held.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
];
