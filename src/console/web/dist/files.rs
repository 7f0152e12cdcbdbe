//! Made by build.mjs: what the console consists of.

pub(crate) static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-65JHSA7G.js", "text/javascript; charset=utf-8", include_bytes!("Actions-65JHSA7G.js")),
    ("Bulk-ZNUYISLV.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-ZNUYISLV.js")),
    ("Cluster-CJKADQ74.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-CJKADQ74.js")),
    ("Compare-JVG4TUHN.js", "text/javascript; charset=utf-8", include_bytes!("Compare-JVG4TUHN.js")),
    ("Editor-YOTLRGQI.js", "text/javascript; charset=utf-8", include_bytes!("Editor-YOTLRGQI.js")),
    ("Environments-YXENM2DL.js", "text/javascript; charset=utf-8", include_bytes!("Environments-YXENM2DL.js")),
    ("Execution-YYBYJN2T.js", "text/javascript; charset=utf-8", include_bytes!("Execution-YYBYJN2T.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-GM65A5RR.js", "text/javascript; charset=utf-8", include_bytes!("Overview-GM65A5RR.js")),
    ("Triggers-LFIDUWAC.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-LFIDUWAC.js")),
    ("Workflows-D7BHP7Q4.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-D7BHP7Q4.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-7UF6IXTW.js", "text/javascript; charset=utf-8", include_bytes!("chunk-7UF6IXTW.js")),
    ("chunk-ABN4ZUN6.js", "text/javascript; charset=utf-8", include_bytes!("chunk-ABN4ZUN6.js")),
    ("chunk-K52UCTHT.js", "text/javascript; charset=utf-8", include_bytes!("chunk-K52UCTHT.js")),
    ("chunk-KFVN4SOM.js", "text/javascript; charset=utf-8", include_bytes!("chunk-KFVN4SOM.js")),
    ("chunk-LEF6P6CA.js", "text/javascript; charset=utf-8", include_bytes!("chunk-LEF6P6CA.js")),
    ("chunk-LHDPUPB2.js", "text/javascript; charset=utf-8", include_bytes!("chunk-LHDPUPB2.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-VJ7AXZ5C.js", "text/javascript; charset=utf-8", include_bytes!("chunk-VJ7AXZ5C.js")),
    ("chunk-WMFU2G6V.js", "text/javascript; charset=utf-8", include_bytes!("chunk-WMFU2G6V.js")),
    ("chunk-XJYGVHSB.js", "text/javascript; charset=utf-8", include_bytes!("chunk-XJYGVHSB.js")),
    ("chunk-ZTMUTIUO.js", "text/javascript; charset=utf-8", include_bytes!("chunk-ZTMUTIUO.js")),
    ("early.js", "text/javascript; charset=utf-8", include_bytes!("early.js")),
    ("held.js", "text/javascript; charset=utf-8", include_bytes!("held.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
];
