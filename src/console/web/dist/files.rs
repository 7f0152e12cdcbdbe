//! Made by build.mjs: what the console consists of.

pub(crate) static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub(crate) static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-HLCOM557.js", "text/javascript; charset=utf-8", include_bytes!("Actions-HLCOM557.js")),
    ("Bulk-4QGU6CMJ.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-4QGU6CMJ.js")),
    ("Cluster-T3AJKQPY.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-T3AJKQPY.js")),
    ("Compare-M7KHT3YD.js", "text/javascript; charset=utf-8", include_bytes!("Compare-M7KHT3YD.js")),
    ("Editor-PGX2M7SG.js", "text/javascript; charset=utf-8", include_bytes!("Editor-PGX2M7SG.js")),
    ("Environments-UPG6EPRB.js", "text/javascript; charset=utf-8", include_bytes!("Environments-UPG6EPRB.js")),
    ("Execution-DOFH5AMU.js", "text/javascript; charset=utf-8", include_bytes!("Execution-DOFH5AMU.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-XIXPKWYG.js", "text/javascript; charset=utf-8", include_bytes!("Overview-XIXPKWYG.js")),
    ("Triggers-HGXYWRIH.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-HGXYWRIH.js")),
    ("Workflows-J7P5RMKQ.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-J7P5RMKQ.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-36QZDJPP.js", "text/javascript; charset=utf-8", include_bytes!("chunk-36QZDJPP.js")),
    ("chunk-3ROURZFA.js", "text/javascript; charset=utf-8", include_bytes!("chunk-3ROURZFA.js")),
    ("chunk-E7KCJPV5.js", "text/javascript; charset=utf-8", include_bytes!("chunk-E7KCJPV5.js")),
    ("chunk-H4NRHHQM.js", "text/javascript; charset=utf-8", include_bytes!("chunk-H4NRHHQM.js")),
    ("chunk-KFVN4SOM.js", "text/javascript; charset=utf-8", include_bytes!("chunk-KFVN4SOM.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-PFXNNAJJ.js", "text/javascript; charset=utf-8", include_bytes!("chunk-PFXNNAJJ.js")),
    ("chunk-QAKN6GFO.js", "text/javascript; charset=utf-8", include_bytes!("chunk-QAKN6GFO.js")),
    ("chunk-VH5NYVNR.js", "text/javascript; charset=utf-8", include_bytes!("chunk-VH5NYVNR.js")),
    ("chunk-VWRLXI6K.js", "text/javascript; charset=utf-8", include_bytes!("chunk-VWRLXI6K.js")),
    ("early.js", "text/javascript; charset=utf-8", include_bytes!("early.js")),
    ("held.js", "text/javascript; charset=utf-8", include_bytes!("held.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
];
