//! Made by build.mjs: what the console consists of.

pub static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-HWCVWFL3.js", "text/javascript; charset=utf-8", include_bytes!("Actions-HWCVWFL3.js")),
    ("Bulk-VIPSGJ5G.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-VIPSGJ5G.js")),
    ("Cluster-ZJFIROSJ.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-ZJFIROSJ.js")),
    ("Compare-DVCUOMAF.js", "text/javascript; charset=utf-8", include_bytes!("Compare-DVCUOMAF.js")),
    ("Editor-2UMKA22C.js", "text/javascript; charset=utf-8", include_bytes!("Editor-2UMKA22C.js")),
    ("Environments-V3GYI4OE.js", "text/javascript; charset=utf-8", include_bytes!("Environments-V3GYI4OE.js")),
    ("Execution-CCULDBKE.js", "text/javascript; charset=utf-8", include_bytes!("Execution-CCULDBKE.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-KRVCHAKO.js", "text/javascript; charset=utf-8", include_bytes!("Overview-KRVCHAKO.js")),
    ("Triggers-ONLOAPCX.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-ONLOAPCX.js")),
    ("Workflows-7S7GJ2VX.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-7S7GJ2VX.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-43HXCU4W.js", "text/javascript; charset=utf-8", include_bytes!("chunk-43HXCU4W.js")),
    ("chunk-BNYHLLP5.js", "text/javascript; charset=utf-8", include_bytes!("chunk-BNYHLLP5.js")),
    ("chunk-GKWG675N.js", "text/javascript; charset=utf-8", include_bytes!("chunk-GKWG675N.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-QMLD34S7.js", "text/javascript; charset=utf-8", include_bytes!("chunk-QMLD34S7.js")),
    ("chunk-S62U77I3.js", "text/javascript; charset=utf-8", include_bytes!("chunk-S62U77I3.js")),
    ("chunk-SSI4UB7Z.js", "text/javascript; charset=utf-8", include_bytes!("chunk-SSI4UB7Z.js")),
    ("chunk-UTQCZ4BP.js", "text/javascript; charset=utf-8", include_bytes!("chunk-UTQCZ4BP.js")),
    ("chunk-VCFDS2OT.js", "text/javascript; charset=utf-8", include_bytes!("chunk-VCFDS2OT.js")),
    ("chunk-YDE4ZH7B.js", "text/javascript; charset=utf-8", include_bytes!("chunk-YDE4ZH7B.js")),
    ("early.js", "text/javascript; charset=utf-8", include_bytes!("early.js")),
    ("held.js", "text/javascript; charset=utf-8", include_bytes!("held.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
];
