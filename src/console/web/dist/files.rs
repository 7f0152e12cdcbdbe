//! Made by build.mjs: what the console consists of.

pub static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-G2YOZO4H.js", "text/javascript; charset=utf-8", include_bytes!("Actions-G2YOZO4H.js")),
    ("Bulk-6WWLGBHR.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-6WWLGBHR.js")),
    ("Cluster-IYJIOAZC.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-IYJIOAZC.js")),
    ("Compare-F7MFTTHQ.js", "text/javascript; charset=utf-8", include_bytes!("Compare-F7MFTTHQ.js")),
    ("Editor-NAZKKSLH.js", "text/javascript; charset=utf-8", include_bytes!("Editor-NAZKKSLH.js")),
    ("Environments-DFHKH3QS.js", "text/javascript; charset=utf-8", include_bytes!("Environments-DFHKH3QS.js")),
    ("Execution-JPJNS56Z.js", "text/javascript; charset=utf-8", include_bytes!("Execution-JPJNS56Z.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-S7D4IGZ3.js", "text/javascript; charset=utf-8", include_bytes!("Overview-S7D4IGZ3.js")),
    ("Triggers-U3FITEXL.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-U3FITEXL.js")),
    ("Workflows-6UHUSFR4.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-6UHUSFR4.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-C5PZHKVE.js", "text/javascript; charset=utf-8", include_bytes!("chunk-C5PZHKVE.js")),
    ("chunk-EYJBG3TT.js", "text/javascript; charset=utf-8", include_bytes!("chunk-EYJBG3TT.js")),
    ("chunk-MFEKJLTG.js", "text/javascript; charset=utf-8", include_bytes!("chunk-MFEKJLTG.js")),
    ("chunk-O26X54IO.js", "text/javascript; charset=utf-8", include_bytes!("chunk-O26X54IO.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-OH263TXN.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OH263TXN.js")),
    ("chunk-ORXPCGNA.js", "text/javascript; charset=utf-8", include_bytes!("chunk-ORXPCGNA.js")),
    ("chunk-OUFK3CXQ.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OUFK3CXQ.js")),
    ("chunk-PPECMSZK.js", "text/javascript; charset=utf-8", include_bytes!("chunk-PPECMSZK.js")),
    ("chunk-SA5DILO3.js", "text/javascript; charset=utf-8", include_bytes!("chunk-SA5DILO3.js")),
    ("chunk-XFWZARN3.js", "text/javascript; charset=utf-8", include_bytes!("chunk-XFWZARN3.js")),
    ("early.js", "text/javascript; charset=utf-8", include_bytes!("early.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
];
