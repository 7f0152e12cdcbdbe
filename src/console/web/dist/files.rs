//! Made by build.mjs: what the console consists of.

pub static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-CTTFAQQZ.js", "text/javascript; charset=utf-8", include_bytes!("Actions-CTTFAQQZ.js")),
    ("Bulk-QL2KYLCD.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-QL2KYLCD.js")),
    ("Cluster-UXX2BXJ7.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-UXX2BXJ7.js")),
    ("Compare-XN5ZEEG3.js", "text/javascript; charset=utf-8", include_bytes!("Compare-XN5ZEEG3.js")),
    ("Editor-UOSMSV3V.js", "text/javascript; charset=utf-8", include_bytes!("Editor-UOSMSV3V.js")),
    ("Environments-6PR4PSHN.js", "text/javascript; charset=utf-8", include_bytes!("Environments-6PR4PSHN.js")),
    ("Execution-MXQR7KP5.js", "text/javascript; charset=utf-8", include_bytes!("Execution-MXQR7KP5.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-FFI6K5HY.js", "text/javascript; charset=utf-8", include_bytes!("Overview-FFI6K5HY.js")),
    ("Triggers-I6LMC456.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-I6LMC456.js")),
    ("Workflows-3OSI2DGJ.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-3OSI2DGJ.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-5KLUGCN5.js", "text/javascript; charset=utf-8", include_bytes!("chunk-5KLUGCN5.js")),
    ("chunk-63OVH6GV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-63OVH6GV.js")),
    ("chunk-ASWVZLME.js", "text/javascript; charset=utf-8", include_bytes!("chunk-ASWVZLME.js")),
    ("chunk-EMWMI7HU.js", "text/javascript; charset=utf-8", include_bytes!("chunk-EMWMI7HU.js")),
    ("chunk-H7UJIEWY.js", "text/javascript; charset=utf-8", include_bytes!("chunk-H7UJIEWY.js")),
    ("chunk-K2G4Q6D3.js", "text/javascript; charset=utf-8", include_bytes!("chunk-K2G4Q6D3.js")),
    ("chunk-K3I32H5Y.js", "text/javascript; charset=utf-8", include_bytes!("chunk-K3I32H5Y.js")),
    ("chunk-MXCYIPEN.js", "text/javascript; charset=utf-8", include_bytes!("chunk-MXCYIPEN.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-X564672I.js", "text/javascript; charset=utf-8", include_bytes!("chunk-X564672I.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
    ("theme.js", "text/javascript; charset=utf-8", include_bytes!("theme.js")),
];
