//! Made by build.mjs: what the console consists of.

pub static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-UVWRB4EU.js", "text/javascript; charset=utf-8", include_bytes!("Actions-UVWRB4EU.js")),
    ("Bulk-3EONYB6M.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-3EONYB6M.js")),
    ("Cluster-VO5FM367.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-VO5FM367.js")),
    ("Compare-DUB3M4XM.js", "text/javascript; charset=utf-8", include_bytes!("Compare-DUB3M4XM.js")),
    ("Editor-TKRKMAAE.js", "text/javascript; charset=utf-8", include_bytes!("Editor-TKRKMAAE.js")),
    ("Environments-C7E62ZWY.js", "text/javascript; charset=utf-8", include_bytes!("Environments-C7E62ZWY.js")),
    ("Execution-77KUV3EQ.js", "text/javascript; charset=utf-8", include_bytes!("Execution-77KUV3EQ.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-C2VBUYNR.js", "text/javascript; charset=utf-8", include_bytes!("Overview-C2VBUYNR.js")),
    ("Triggers-GXD43HZI.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-GXD43HZI.js")),
    ("Workflows-ZGMMCK6R.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-ZGMMCK6R.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-33ZKVWSQ.js", "text/javascript; charset=utf-8", include_bytes!("chunk-33ZKVWSQ.js")),
    ("chunk-HK3UHEOF.js", "text/javascript; charset=utf-8", include_bytes!("chunk-HK3UHEOF.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-ORNJDLJX.js", "text/javascript; charset=utf-8", include_bytes!("chunk-ORNJDLJX.js")),
    ("chunk-RBG3UWTU.js", "text/javascript; charset=utf-8", include_bytes!("chunk-RBG3UWTU.js")),
    ("chunk-RKRB4EGN.js", "text/javascript; charset=utf-8", include_bytes!("chunk-RKRB4EGN.js")),
    ("chunk-UTQCZ4BP.js", "text/javascript; charset=utf-8", include_bytes!("chunk-UTQCZ4BP.js")),
    ("chunk-UZDXLOVA.js", "text/javascript; charset=utf-8", include_bytes!("chunk-UZDXLOVA.js")),
    ("chunk-XCWKAXVO.js", "text/javascript; charset=utf-8", include_bytes!("chunk-XCWKAXVO.js")),
    ("chunk-ZMQ2AXRK.js", "text/javascript; charset=utf-8", include_bytes!("chunk-ZMQ2AXRK.js")),
    ("early.js", "text/javascript; charset=utf-8", include_bytes!("early.js")),
    ("held.js", "text/javascript; charset=utf-8", include_bytes!("held.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
];
