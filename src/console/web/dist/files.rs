//! Made by build.mjs: what the console consists of.

pub static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-UV6URFUS.js", "text/javascript; charset=utf-8", include_bytes!("Actions-UV6URFUS.js")),
    ("Bulk-XWIIUEMM.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-XWIIUEMM.js")),
    ("Cluster-G7QDPTA2.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-G7QDPTA2.js")),
    ("Compare-HL3OASZP.js", "text/javascript; charset=utf-8", include_bytes!("Compare-HL3OASZP.js")),
    ("Editor-MKY6NGWM.js", "text/javascript; charset=utf-8", include_bytes!("Editor-MKY6NGWM.js")),
    ("Environments-IEJOU7TM.js", "text/javascript; charset=utf-8", include_bytes!("Environments-IEJOU7TM.js")),
    ("Execution-4SM6JVFN.js", "text/javascript; charset=utf-8", include_bytes!("Execution-4SM6JVFN.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-RTVY6SA7.js", "text/javascript; charset=utf-8", include_bytes!("Overview-RTVY6SA7.js")),
    ("Triggers-GYSQ52EG.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-GYSQ52EG.js")),
    ("Workflows-2L45S5F7.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-2L45S5F7.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-4ZNZ4YVH.js", "text/javascript; charset=utf-8", include_bytes!("chunk-4ZNZ4YVH.js")),
    ("chunk-6IYVFWYK.js", "text/javascript; charset=utf-8", include_bytes!("chunk-6IYVFWYK.js")),
    ("chunk-6JCNLCE4.js", "text/javascript; charset=utf-8", include_bytes!("chunk-6JCNLCE4.js")),
    ("chunk-BG2VKMY4.js", "text/javascript; charset=utf-8", include_bytes!("chunk-BG2VKMY4.js")),
    ("chunk-BNMSMYHY.js", "text/javascript; charset=utf-8", include_bytes!("chunk-BNMSMYHY.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-P3WS2R5J.js", "text/javascript; charset=utf-8", include_bytes!("chunk-P3WS2R5J.js")),
    ("chunk-QDCANJH4.js", "text/javascript; charset=utf-8", include_bytes!("chunk-QDCANJH4.js")),
    ("chunk-UTQCZ4BP.js", "text/javascript; charset=utf-8", include_bytes!("chunk-UTQCZ4BP.js")),
    ("chunk-V7KPKOQ4.js", "text/javascript; charset=utf-8", include_bytes!("chunk-V7KPKOQ4.js")),
    ("early.js", "text/javascript; charset=utf-8", include_bytes!("early.js")),
    ("held.js", "text/javascript; charset=utf-8", include_bytes!("held.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
];
