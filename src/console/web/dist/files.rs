//! Made by build.mjs: what the console consists of.

pub static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-QQ3JDMOY.js", "text/javascript; charset=utf-8", include_bytes!("Actions-QQ3JDMOY.js")),
    ("Bulk-PAZBXS4P.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-PAZBXS4P.js")),
    ("Cluster-EAJBS3GP.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-EAJBS3GP.js")),
    ("Compare-CCPQUQRU.js", "text/javascript; charset=utf-8", include_bytes!("Compare-CCPQUQRU.js")),
    ("Editor-UOVC3WPY.js", "text/javascript; charset=utf-8", include_bytes!("Editor-UOVC3WPY.js")),
    ("Environments-4XZPXF3A.js", "text/javascript; charset=utf-8", include_bytes!("Environments-4XZPXF3A.js")),
    ("Execution-FFESFZ37.js", "text/javascript; charset=utf-8", include_bytes!("Execution-FFESFZ37.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-2TMBV4GC.js", "text/javascript; charset=utf-8", include_bytes!("Overview-2TMBV4GC.js")),
    ("Triggers-4CC5O4XE.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-4CC5O4XE.js")),
    ("Workflows-DMBIDBBE.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-DMBIDBBE.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-5N6CUI7P.js", "text/javascript; charset=utf-8", include_bytes!("chunk-5N6CUI7P.js")),
    ("chunk-7ZYULJA3.js", "text/javascript; charset=utf-8", include_bytes!("chunk-7ZYULJA3.js")),
    ("chunk-DGVMGTWH.js", "text/javascript; charset=utf-8", include_bytes!("chunk-DGVMGTWH.js")),
    ("chunk-HWF3BD22.js", "text/javascript; charset=utf-8", include_bytes!("chunk-HWF3BD22.js")),
    ("chunk-JNQH23L3.js", "text/javascript; charset=utf-8", include_bytes!("chunk-JNQH23L3.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-QFYT5NKL.js", "text/javascript; charset=utf-8", include_bytes!("chunk-QFYT5NKL.js")),
    ("chunk-RYOGTBHU.js", "text/javascript; charset=utf-8", include_bytes!("chunk-RYOGTBHU.js")),
    ("chunk-SWZUHBHK.js", "text/javascript; charset=utf-8", include_bytes!("chunk-SWZUHBHK.js")),
    ("chunk-UTQCZ4BP.js", "text/javascript; charset=utf-8", include_bytes!("chunk-UTQCZ4BP.js")),
    ("early.js", "text/javascript; charset=utf-8", include_bytes!("early.js")),
    ("held.js", "text/javascript; charset=utf-8", include_bytes!("held.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
];
