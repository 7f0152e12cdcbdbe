//! Made by build.mjs: what the console consists of.

pub static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-QQ3JDMOY.js", "text/javascript; charset=utf-8", include_bytes!("Actions-QQ3JDMOY.js")),
    ("Bulk-PAZBXS4P.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-PAZBXS4P.js")),
    ("Cluster-A3SBD2PB.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-A3SBD2PB.js")),
    ("Compare-WEYTASCE.js", "text/javascript; charset=utf-8", include_bytes!("Compare-WEYTASCE.js")),
    ("Editor-UOVC3WPY.js", "text/javascript; charset=utf-8", include_bytes!("Editor-UOVC3WPY.js")),
    ("Environments-4XZPXF3A.js", "text/javascript; charset=utf-8", include_bytes!("Environments-4XZPXF3A.js")),
    ("Execution-APGNWFEP.js", "text/javascript; charset=utf-8", include_bytes!("Execution-APGNWFEP.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-JANER2XO.js", "text/javascript; charset=utf-8", include_bytes!("Overview-JANER2XO.js")),
    ("Triggers-4CC5O4XE.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-4CC5O4XE.js")),
    ("Workflows-TH35RZRU.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-TH35RZRU.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-5N6CUI7P.js", "text/javascript; charset=utf-8", include_bytes!("chunk-5N6CUI7P.js")),
    ("chunk-7ZYULJA3.js", "text/javascript; charset=utf-8", include_bytes!("chunk-7ZYULJA3.js")),
    ("chunk-DGVMGTWH.js", "text/javascript; charset=utf-8", include_bytes!("chunk-DGVMGTWH.js")),
    ("chunk-HWF3BD22.js", "text/javascript; charset=utf-8", include_bytes!("chunk-HWF3BD22.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-QFYT5NKL.js", "text/javascript; charset=utf-8", include_bytes!("chunk-QFYT5NKL.js")),
    ("chunk-RYOGTBHU.js", "text/javascript; charset=utf-8", include_bytes!("chunk-RYOGTBHU.js")),
    ("chunk-SLG44YB7.js", "text/javascript; charset=utf-8", include_bytes!("chunk-SLG44YB7.js")),
    ("chunk-SWZUHBHK.js", "text/javascript; charset=utf-8", include_bytes!("chunk-SWZUHBHK.js")),
    ("chunk-UTQCZ4BP.js", "text/javascript; charset=utf-8", include_bytes!("chunk-UTQCZ4BP.js")),
    ("early.js", "text/javascript; charset=utf-8", include_bytes!("early.js")),
    ("held.js", "text/javascript; charset=utf-8", include_bytes!("held.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
];
