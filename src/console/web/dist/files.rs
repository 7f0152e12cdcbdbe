//! Made by build.mjs: what the console consists of.

pub static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-QSGXGPAS.js", "text/javascript; charset=utf-8", include_bytes!("Actions-QSGXGPAS.js")),
    ("Bulk-PAZBXS4P.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-PAZBXS4P.js")),
    ("Cluster-QJNOQ7QM.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-QJNOQ7QM.js")),
    ("Compare-7D5PRTU2.js", "text/javascript; charset=utf-8", include_bytes!("Compare-7D5PRTU2.js")),
    ("Editor-EXC35L6Y.js", "text/javascript; charset=utf-8", include_bytes!("Editor-EXC35L6Y.js")),
    ("Environments-W2VXW7R5.js", "text/javascript; charset=utf-8", include_bytes!("Environments-W2VXW7R5.js")),
    ("Execution-BRPZ3C3G.js", "text/javascript; charset=utf-8", include_bytes!("Execution-BRPZ3C3G.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-ESWQXVRX.js", "text/javascript; charset=utf-8", include_bytes!("Overview-ESWQXVRX.js")),
    ("Triggers-7A6PJ4ZA.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-7A6PJ4ZA.js")),
    ("Workflows-3Q5A56SE.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-3Q5A56SE.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-7ZYULJA3.js", "text/javascript; charset=utf-8", include_bytes!("chunk-7ZYULJA3.js")),
    ("chunk-CRH5XRVP.js", "text/javascript; charset=utf-8", include_bytes!("chunk-CRH5XRVP.js")),
    ("chunk-DGVMGTWH.js", "text/javascript; charset=utf-8", include_bytes!("chunk-DGVMGTWH.js")),
    ("chunk-E7VRZPEH.js", "text/javascript; charset=utf-8", include_bytes!("chunk-E7VRZPEH.js")),
    ("chunk-HWF3BD22.js", "text/javascript; charset=utf-8", include_bytes!("chunk-HWF3BD22.js")),
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
