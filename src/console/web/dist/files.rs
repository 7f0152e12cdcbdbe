//! Made by build.mjs: what the console consists of.

pub static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-ALESU62J.js", "text/javascript; charset=utf-8", include_bytes!("Actions-ALESU62J.js")),
    ("Bulk-VIPSGJ5G.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-VIPSGJ5G.js")),
    ("Cluster-ZJFIROSJ.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-ZJFIROSJ.js")),
    ("Compare-I4ZLJDAC.js", "text/javascript; charset=utf-8", include_bytes!("Compare-I4ZLJDAC.js")),
    ("Editor-BGUXSU57.js", "text/javascript; charset=utf-8", include_bytes!("Editor-BGUXSU57.js")),
    ("Environments-JSBLWPQT.js", "text/javascript; charset=utf-8", include_bytes!("Environments-JSBLWPQT.js")),
    ("Execution-FLKTWQCX.js", "text/javascript; charset=utf-8", include_bytes!("Execution-FLKTWQCX.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-KRVCHAKO.js", "text/javascript; charset=utf-8", include_bytes!("Overview-KRVCHAKO.js")),
    ("Triggers-XXVPQA7Y.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-XXVPQA7Y.js")),
    ("Workflows-ADGCQNLW.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-ADGCQNLW.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-43HXCU4W.js", "text/javascript; charset=utf-8", include_bytes!("chunk-43HXCU4W.js")),
    ("chunk-BNYHLLP5.js", "text/javascript; charset=utf-8", include_bytes!("chunk-BNYHLLP5.js")),
    ("chunk-CLNXZJHB.js", "text/javascript; charset=utf-8", include_bytes!("chunk-CLNXZJHB.js")),
    ("chunk-JHDPZJQR.js", "text/javascript; charset=utf-8", include_bytes!("chunk-JHDPZJQR.js")),
    ("chunk-KFVN4SOM.js", "text/javascript; charset=utf-8", include_bytes!("chunk-KFVN4SOM.js")),
    ("chunk-MAP6DHRQ.js", "text/javascript; charset=utf-8", include_bytes!("chunk-MAP6DHRQ.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-QMLD34S7.js", "text/javascript; charset=utf-8", include_bytes!("chunk-QMLD34S7.js")),
    ("chunk-R72PKJHG.js", "text/javascript; charset=utf-8", include_bytes!("chunk-R72PKJHG.js")),
    ("chunk-XICH3F3N.js", "text/javascript; charset=utf-8", include_bytes!("chunk-XICH3F3N.js")),
    ("early.js", "text/javascript; charset=utf-8", include_bytes!("early.js")),
    ("held.js", "text/javascript; charset=utf-8", include_bytes!("held.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
];
