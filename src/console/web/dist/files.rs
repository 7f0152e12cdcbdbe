//! Made by build.mjs: what the console consists of.

pub static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-RT4WEW77.js", "text/javascript; charset=utf-8", include_bytes!("Actions-RT4WEW77.js")),
    ("Bulk-3EONYB6M.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-3EONYB6M.js")),
    ("Cluster-N7JPSYUV.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-N7JPSYUV.js")),
    ("Compare-BWM6KQ2S.js", "text/javascript; charset=utf-8", include_bytes!("Compare-BWM6KQ2S.js")),
    ("Editor-WAF3M5YP.js", "text/javascript; charset=utf-8", include_bytes!("Editor-WAF3M5YP.js")),
    ("Environments-6FPGCY2A.js", "text/javascript; charset=utf-8", include_bytes!("Environments-6FPGCY2A.js")),
    ("Execution-4M3R5CON.js", "text/javascript; charset=utf-8", include_bytes!("Execution-4M3R5CON.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-A56R3J4P.js", "text/javascript; charset=utf-8", include_bytes!("Overview-A56R3J4P.js")),
    ("Triggers-Q2WZTFHB.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-Q2WZTFHB.js")),
    ("Workflows-6RC7FD5T.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-6RC7FD5T.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-33ZKVWSQ.js", "text/javascript; charset=utf-8", include_bytes!("chunk-33ZKVWSQ.js")),
    ("chunk-HK3UHEOF.js", "text/javascript; charset=utf-8", include_bytes!("chunk-HK3UHEOF.js")),
    ("chunk-NLBBMEZN.js", "text/javascript; charset=utf-8", include_bytes!("chunk-NLBBMEZN.js")),
    ("chunk-NPKCE4XX.js", "text/javascript; charset=utf-8", include_bytes!("chunk-NPKCE4XX.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-RBG3UWTU.js", "text/javascript; charset=utf-8", include_bytes!("chunk-RBG3UWTU.js")),
    ("chunk-RKRB4EGN.js", "text/javascript; charset=utf-8", include_bytes!("chunk-RKRB4EGN.js")),
    ("chunk-UTQCZ4BP.js", "text/javascript; charset=utf-8", include_bytes!("chunk-UTQCZ4BP.js")),
    ("chunk-UZDXLOVA.js", "text/javascript; charset=utf-8", include_bytes!("chunk-UZDXLOVA.js")),
    ("chunk-XCWKAXVO.js", "text/javascript; charset=utf-8", include_bytes!("chunk-XCWKAXVO.js")),
    ("early.js", "text/javascript; charset=utf-8", include_bytes!("early.js")),
    ("held.js", "text/javascript; charset=utf-8", include_bytes!("held.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
];
