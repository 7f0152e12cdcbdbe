//! Made by build.mjs: what the console consists of.

pub static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-RHZDRMI2.js", "text/javascript; charset=utf-8", include_bytes!("Actions-RHZDRMI2.js")),
    ("Bulk-RFP76XHT.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-RFP76XHT.js")),
    ("Cluster-SUDSUPFT.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-SUDSUPFT.js")),
    ("Compare-DYTHHNIY.js", "text/javascript; charset=utf-8", include_bytes!("Compare-DYTHHNIY.js")),
    ("Editor-IW6DLF6V.js", "text/javascript; charset=utf-8", include_bytes!("Editor-IW6DLF6V.js")),
    ("Environments-YSF57IEC.js", "text/javascript; charset=utf-8", include_bytes!("Environments-YSF57IEC.js")),
    ("Execution-CK2YYALC.js", "text/javascript; charset=utf-8", include_bytes!("Execution-CK2YYALC.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-MRDXAFED.js", "text/javascript; charset=utf-8", include_bytes!("Overview-MRDXAFED.js")),
    ("Triggers-FDIUWDOW.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-FDIUWDOW.js")),
    ("Workflows-7YTBCYWR.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-7YTBCYWR.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-5ALTCYJR.js", "text/javascript; charset=utf-8", include_bytes!("chunk-5ALTCYJR.js")),
    ("chunk-CS5EIXHA.js", "text/javascript; charset=utf-8", include_bytes!("chunk-CS5EIXHA.js")),
    ("chunk-CVDLLCAH.js", "text/javascript; charset=utf-8", include_bytes!("chunk-CVDLLCAH.js")),
    ("chunk-DO7TCUJZ.js", "text/javascript; charset=utf-8", include_bytes!("chunk-DO7TCUJZ.js")),
    ("chunk-ERXFRVMR.js", "text/javascript; charset=utf-8", include_bytes!("chunk-ERXFRVMR.js")),
    ("chunk-EVLDVXTG.js", "text/javascript; charset=utf-8", include_bytes!("chunk-EVLDVXTG.js")),
    ("chunk-G5IQCDWS.js", "text/javascript; charset=utf-8", include_bytes!("chunk-G5IQCDWS.js")),
    ("chunk-HVJX4T2S.js", "text/javascript; charset=utf-8", include_bytes!("chunk-HVJX4T2S.js")),
    ("chunk-KFVN4SOM.js", "text/javascript; charset=utf-8", include_bytes!("chunk-KFVN4SOM.js")),
    ("chunk-KJC5KS6T.js", "text/javascript; charset=utf-8", include_bytes!("chunk-KJC5KS6T.js")),
    ("chunk-L2X5PRSI.js", "text/javascript; charset=utf-8", include_bytes!("chunk-L2X5PRSI.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-PDCBQOJG.js", "text/javascript; charset=utf-8", include_bytes!("chunk-PDCBQOJG.js")),
    ("early.js", "text/javascript; charset=utf-8", include_bytes!("early.js")),
    ("held.js", "text/javascript; charset=utf-8", include_bytes!("held.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
];
