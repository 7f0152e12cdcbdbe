//! Made by build.mjs: what the console consists of.

pub(crate) static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub(crate) static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-ALESU62J.js", "text/javascript; charset=utf-8", include_bytes!("Actions-ALESU62J.js")),
    ("Bulk-VIPSGJ5G.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-VIPSGJ5G.js")),
    ("Cluster-ZJFIROSJ.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-ZJFIROSJ.js")),
    ("Compare-QYE4J4AN.js", "text/javascript; charset=utf-8", include_bytes!("Compare-QYE4J4AN.js")),
    ("Editor-G7B6S4AB.js", "text/javascript; charset=utf-8", include_bytes!("Editor-G7B6S4AB.js")),
    ("Environments-JSBLWPQT.js", "text/javascript; charset=utf-8", include_bytes!("Environments-JSBLWPQT.js")),
    ("Execution-UC57CYRS.js", "text/javascript; charset=utf-8", include_bytes!("Execution-UC57CYRS.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-KRVCHAKO.js", "text/javascript; charset=utf-8", include_bytes!("Overview-KRVCHAKO.js")),
    ("Triggers-XXVPQA7Y.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-XXVPQA7Y.js")),
    ("Workflows-VG3BC575.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-VG3BC575.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-43HXCU4W.js", "text/javascript; charset=utf-8", include_bytes!("chunk-43HXCU4W.js")),
    ("chunk-BNYHLLP5.js", "text/javascript; charset=utf-8", include_bytes!("chunk-BNYHLLP5.js")),
    ("chunk-CLNXZJHB.js", "text/javascript; charset=utf-8", include_bytes!("chunk-CLNXZJHB.js")),
    ("chunk-JHDPZJQR.js", "text/javascript; charset=utf-8", include_bytes!("chunk-JHDPZJQR.js")),
    ("chunk-KFVN4SOM.js", "text/javascript; charset=utf-8", include_bytes!("chunk-KFVN4SOM.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-QMLD34S7.js", "text/javascript; charset=utf-8", include_bytes!("chunk-QMLD34S7.js")),
    ("chunk-R72PKJHG.js", "text/javascript; charset=utf-8", include_bytes!("chunk-R72PKJHG.js")),
    ("chunk-S62U77I3.js", "text/javascript; charset=utf-8", include_bytes!("chunk-S62U77I3.js")),
    ("chunk-V6T7TXQR.js", "text/javascript; charset=utf-8", include_bytes!("chunk-V6T7TXQR.js")),
    ("early.js", "text/javascript; charset=utf-8", include_bytes!("early.js")),
    ("held.js", "text/javascript; charset=utf-8", include_bytes!("held.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
];
