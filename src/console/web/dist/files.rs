//! Made by build.mjs: what the console consists of.

pub(crate) static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-65JHSA7G.js", "text/javascript; charset=utf-8", include_bytes!("Actions-65JHSA7G.js")),
    ("Bulk-ZNUYISLV.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-ZNUYISLV.js")),
    ("Cluster-CJKADQ74.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-CJKADQ74.js")),
    ("Compare-XVZKUPWY.js", "text/javascript; charset=utf-8", include_bytes!("Compare-XVZKUPWY.js")),
    ("Editor-7DOPDMN7.js", "text/javascript; charset=utf-8", include_bytes!("Editor-7DOPDMN7.js")),
    ("Environments-YXENM2DL.js", "text/javascript; charset=utf-8", include_bytes!("Environments-YXENM2DL.js")),
    ("Execution-YW67R7UH.js", "text/javascript; charset=utf-8", include_bytes!("Execution-YW67R7UH.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-GM65A5RR.js", "text/javascript; charset=utf-8", include_bytes!("Overview-GM65A5RR.js")),
    ("Triggers-LFIDUWAC.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-LFIDUWAC.js")),
    ("Workflows-KDESZRDR.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-KDESZRDR.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-57YVRHX7.js", "text/javascript; charset=utf-8", include_bytes!("chunk-57YVRHX7.js")),
    ("chunk-7PR5UZCC.js", "text/javascript; charset=utf-8", include_bytes!("chunk-7PR5UZCC.js")),
    ("chunk-7UF6IXTW.js", "text/javascript; charset=utf-8", include_bytes!("chunk-7UF6IXTW.js")),
    ("chunk-ABN4ZUN6.js", "text/javascript; charset=utf-8", include_bytes!("chunk-ABN4ZUN6.js")),
    ("chunk-KFVN4SOM.js", "text/javascript; charset=utf-8", include_bytes!("chunk-KFVN4SOM.js")),
    ("chunk-LEF6P6CA.js", "text/javascript; charset=utf-8", include_bytes!("chunk-LEF6P6CA.js")),
    ("chunk-LHDPUPB2.js", "text/javascript; charset=utf-8", include_bytes!("chunk-LHDPUPB2.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-VJ7AXZ5C.js", "text/javascript; charset=utf-8", include_bytes!("chunk-VJ7AXZ5C.js")),
    ("chunk-XJYGVHSB.js", "text/javascript; charset=utf-8", include_bytes!("chunk-XJYGVHSB.js")),
    ("chunk-ZTMUTIUO.js", "text/javascript; charset=utf-8", include_bytes!("chunk-ZTMUTIUO.js")),
    ("early.js", "text/javascript; charset=utf-8", include_bytes!("early.js")),
    ("held.js", "text/javascript; charset=utf-8", include_bytes!("held.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
];
