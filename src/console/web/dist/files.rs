//! Made by build.mjs: what the console consists of.

pub(crate) static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub(crate) static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-UXL3A3DT.js", "text/javascript; charset=utf-8", include_bytes!("Actions-UXL3A3DT.js")),
    ("Bulk-CLXLL6YR.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-CLXLL6YR.js")),
    ("Cluster-DGNHSAGT.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-DGNHSAGT.js")),
    ("Compare-64IXLQY7.js", "text/javascript; charset=utf-8", include_bytes!("Compare-64IXLQY7.js")),
    ("Editor-TOND6KYT.js", "text/javascript; charset=utf-8", include_bytes!("Editor-TOND6KYT.js")),
    ("Environments-DA6W3ONJ.js", "text/javascript; charset=utf-8", include_bytes!("Environments-DA6W3ONJ.js")),
    ("Execution-CYNBPSUG.js", "text/javascript; charset=utf-8", include_bytes!("Execution-CYNBPSUG.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-ZVXCJC4S.js", "text/javascript; charset=utf-8", include_bytes!("Overview-ZVXCJC4S.js")),
    ("Triggers-JMKWBGUH.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-JMKWBGUH.js")),
    ("Workflows-6ZDXQU25.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-6ZDXQU25.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-5UX6W7MZ.js", "text/javascript; charset=utf-8", include_bytes!("chunk-5UX6W7MZ.js")),
    ("chunk-BVKP34EB.js", "text/javascript; charset=utf-8", include_bytes!("chunk-BVKP34EB.js")),
    ("chunk-C6IB2MYH.js", "text/javascript; charset=utf-8", include_bytes!("chunk-C6IB2MYH.js")),
    ("chunk-CDLSKBXZ.js", "text/javascript; charset=utf-8", include_bytes!("chunk-CDLSKBXZ.js")),
    ("chunk-IPG27FBY.js", "text/javascript; charset=utf-8", include_bytes!("chunk-IPG27FBY.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-PBBOLDH3.js", "text/javascript; charset=utf-8", include_bytes!("chunk-PBBOLDH3.js")),
    ("chunk-Q2Y7BVYO.js", "text/javascript; charset=utf-8", include_bytes!("chunk-Q2Y7BVYO.js")),
    ("chunk-UTQCZ4BP.js", "text/javascript; charset=utf-8", include_bytes!("chunk-UTQCZ4BP.js")),
    ("chunk-XIVG2FON.js", "text/javascript; charset=utf-8", include_bytes!("chunk-XIVG2FON.js")),
    ("early.js", "text/javascript; charset=utf-8", include_bytes!("early.js")),
    ("held.js", "text/javascript; charset=utf-8", include_bytes!("held.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
];
