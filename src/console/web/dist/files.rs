//! Made by build.mjs: what the console consists of.

pub static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-G5647UUV.js", "text/javascript; charset=utf-8", include_bytes!("Actions-G5647UUV.js")),
    ("Bulk-YHZZR7BN.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-YHZZR7BN.js")),
    ("Cluster-TLC3LE6I.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-TLC3LE6I.js")),
    ("Compare-GICY2UGT.js", "text/javascript; charset=utf-8", include_bytes!("Compare-GICY2UGT.js")),
    ("Editor-UOBOMTZA.js", "text/javascript; charset=utf-8", include_bytes!("Editor-UOBOMTZA.js")),
    ("Environments-DKSG4P4I.js", "text/javascript; charset=utf-8", include_bytes!("Environments-DKSG4P4I.js")),
    ("Execution-64F4VSUH.js", "text/javascript; charset=utf-8", include_bytes!("Execution-64F4VSUH.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-3XUN4B3M.js", "text/javascript; charset=utf-8", include_bytes!("Overview-3XUN4B3M.js")),
    ("Triggers-B223LFFK.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-B223LFFK.js")),
    ("Workflows-PIJZVROJ.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-PIJZVROJ.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-55LDKE26.js", "text/javascript; charset=utf-8", include_bytes!("chunk-55LDKE26.js")),
    ("chunk-5KLUGCN5.js", "text/javascript; charset=utf-8", include_bytes!("chunk-5KLUGCN5.js")),
    ("chunk-IFE3DXQC.js", "text/javascript; charset=utf-8", include_bytes!("chunk-IFE3DXQC.js")),
    ("chunk-IHXPOKKO.js", "text/javascript; charset=utf-8", include_bytes!("chunk-IHXPOKKO.js")),
    ("chunk-KP73HHBK.js", "text/javascript; charset=utf-8", include_bytes!("chunk-KP73HHBK.js")),
    ("chunk-LPYI2TGQ.js", "text/javascript; charset=utf-8", include_bytes!("chunk-LPYI2TGQ.js")),
    ("chunk-NAVISLN5.js", "text/javascript; charset=utf-8", include_bytes!("chunk-NAVISLN5.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-UZ2SMCSS.js", "text/javascript; charset=utf-8", include_bytes!("chunk-UZ2SMCSS.js")),
    ("chunk-XP7S6INQ.js", "text/javascript; charset=utf-8", include_bytes!("chunk-XP7S6INQ.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
    ("theme.js", "text/javascript; charset=utf-8", include_bytes!("theme.js")),
];
