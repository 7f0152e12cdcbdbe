//! Made by build.mjs: what the console consists of.

pub(crate) static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-6HJESZUW.js", "text/javascript; charset=utf-8", include_bytes!("Actions-6HJESZUW.js")),
    ("Bulk-362TB3NJ.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-362TB3NJ.js")),
    ("Cluster-R5JS2BFY.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-R5JS2BFY.js")),
    ("Compare-Y54K5IWX.js", "text/javascript; charset=utf-8", include_bytes!("Compare-Y54K5IWX.js")),
    ("Editor-4JRRDRQQ.js", "text/javascript; charset=utf-8", include_bytes!("Editor-4JRRDRQQ.js")),
    ("Environments-MEHYN4DV.js", "text/javascript; charset=utf-8", include_bytes!("Environments-MEHYN4DV.js")),
    ("Execution-TCAVDASU.js", "text/javascript; charset=utf-8", include_bytes!("Execution-TCAVDASU.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-RPHMN2K3.js", "text/javascript; charset=utf-8", include_bytes!("Overview-RPHMN2K3.js")),
    ("Triggers-VBPDKC22.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-VBPDKC22.js")),
    ("Workflows-43MMIBU5.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-43MMIBU5.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-32H3N34L.js", "text/javascript; charset=utf-8", include_bytes!("chunk-32H3N34L.js")),
    ("chunk-7UF6IXTW.js", "text/javascript; charset=utf-8", include_bytes!("chunk-7UF6IXTW.js")),
    ("chunk-D3OT5A55.js", "text/javascript; charset=utf-8", include_bytes!("chunk-D3OT5A55.js")),
    ("chunk-FZPDEZJP.js", "text/javascript; charset=utf-8", include_bytes!("chunk-FZPDEZJP.js")),
    ("chunk-HVBEZBS2.js", "text/javascript; charset=utf-8", include_bytes!("chunk-HVBEZBS2.js")),
    ("chunk-I55BAWUM.js", "text/javascript; charset=utf-8", include_bytes!("chunk-I55BAWUM.js")),
    ("chunk-JHKCNQM4.js", "text/javascript; charset=utf-8", include_bytes!("chunk-JHKCNQM4.js")),
    ("chunk-KFVN4SOM.js", "text/javascript; charset=utf-8", include_bytes!("chunk-KFVN4SOM.js")),
    ("chunk-KW37TAT6.js", "text/javascript; charset=utf-8", include_bytes!("chunk-KW37TAT6.js")),
    ("chunk-KZSKVXFL.js", "text/javascript; charset=utf-8", include_bytes!("chunk-KZSKVXFL.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("early.js", "text/javascript; charset=utf-8", include_bytes!("early.js")),
    ("held.js", "text/javascript; charset=utf-8", include_bytes!("held.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
];
