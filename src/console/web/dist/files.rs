//! Made by build.mjs: what the console consists of.

pub(crate) static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-RDGZ254T.js", "text/javascript; charset=utf-8", include_bytes!("Actions-RDGZ254T.js")),
    ("Bulk-ZNUYISLV.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-ZNUYISLV.js")),
    ("Cluster-7RWPGFHA.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-7RWPGFHA.js")),
    ("Compare-AUURKEGK.js", "text/javascript; charset=utf-8", include_bytes!("Compare-AUURKEGK.js")),
    ("Editor-4Q5VOYIC.js", "text/javascript; charset=utf-8", include_bytes!("Editor-4Q5VOYIC.js")),
    ("Environments-MJQEKKPV.js", "text/javascript; charset=utf-8", include_bytes!("Environments-MJQEKKPV.js")),
    ("Execution-JG4QOVDJ.js", "text/javascript; charset=utf-8", include_bytes!("Execution-JG4QOVDJ.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-CMFX5X4G.js", "text/javascript; charset=utf-8", include_bytes!("Overview-CMFX5X4G.js")),
    ("Triggers-BP2KXOWT.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-BP2KXOWT.js")),
    ("Workflows-G3FRNXZJ.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-G3FRNXZJ.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-6QFM6PES.js", "text/javascript; charset=utf-8", include_bytes!("chunk-6QFM6PES.js")),
    ("chunk-7UF6IXTW.js", "text/javascript; charset=utf-8", include_bytes!("chunk-7UF6IXTW.js")),
    ("chunk-ABN4ZUN6.js", "text/javascript; charset=utf-8", include_bytes!("chunk-ABN4ZUN6.js")),
    ("chunk-K52UCTHT.js", "text/javascript; charset=utf-8", include_bytes!("chunk-K52UCTHT.js")),
    ("chunk-KFVN4SOM.js", "text/javascript; charset=utf-8", include_bytes!("chunk-KFVN4SOM.js")),
    ("chunk-LHDPUPB2.js", "text/javascript; charset=utf-8", include_bytes!("chunk-LHDPUPB2.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-VJ7AXZ5C.js", "text/javascript; charset=utf-8", include_bytes!("chunk-VJ7AXZ5C.js")),
    ("chunk-XI2GBHNF.js", "text/javascript; charset=utf-8", include_bytes!("chunk-XI2GBHNF.js")),
    ("chunk-XJYGVHSB.js", "text/javascript; charset=utf-8", include_bytes!("chunk-XJYGVHSB.js")),
    ("chunk-ZTMUTIUO.js", "text/javascript; charset=utf-8", include_bytes!("chunk-ZTMUTIUO.js")),
    ("early.js", "text/javascript; charset=utf-8", include_bytes!("early.js")),
    ("held.js", "text/javascript; charset=utf-8", include_bytes!("held.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
];
