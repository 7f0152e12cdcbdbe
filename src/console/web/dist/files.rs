//! Made by build.mjs: what the console consists of.

pub static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-FNYYPP6V.js", "text/javascript; charset=utf-8", include_bytes!("Actions-FNYYPP6V.js")),
    ("Bulk-PSSLE3BN.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-PSSLE3BN.js")),
    ("Cluster-RLYRQWJV.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-RLYRQWJV.js")),
    ("Compare-R4HCALPM.js", "text/javascript; charset=utf-8", include_bytes!("Compare-R4HCALPM.js")),
    ("Environments-XT36BYEQ.js", "text/javascript; charset=utf-8", include_bytes!("Environments-XT36BYEQ.js")),
    ("Execution-ULU2YEVK.js", "text/javascript; charset=utf-8", include_bytes!("Execution-ULU2YEVK.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-RYN3MB23.js", "text/javascript; charset=utf-8", include_bytes!("Overview-RYN3MB23.js")),
    ("Triggers-KG2XEBIJ.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-KG2XEBIJ.js")),
    ("Workflows-6XISQGAT.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-6XISQGAT.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-5B3DC5HV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-5B3DC5HV.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-SOHI7OVF.js", "text/javascript; charset=utf-8", include_bytes!("chunk-SOHI7OVF.js")),
    ("chunk-SUBD5QC6.js", "text/javascript; charset=utf-8", include_bytes!("chunk-SUBD5QC6.js")),
    ("chunk-UFIEWOQP.js", "text/javascript; charset=utf-8", include_bytes!("chunk-UFIEWOQP.js")),
    ("chunk-Y2XBRZLA.js", "text/javascript; charset=utf-8", include_bytes!("chunk-Y2XBRZLA.js")),
    ("chunk-YJPV7KJ4.js", "text/javascript; charset=utf-8", include_bytes!("chunk-YJPV7KJ4.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
    ("theme.js", "text/javascript; charset=utf-8", include_bytes!("theme.js")),
];
