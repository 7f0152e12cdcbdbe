//! Made by build.mjs: what the console consists of.

pub static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-DJ4CP66E.js", "text/javascript; charset=utf-8", include_bytes!("Actions-DJ4CP66E.js")),
    ("Bulk-J77W27QS.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-J77W27QS.js")),
    ("Cluster-P4OBPDG3.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-P4OBPDG3.js")),
    ("Compare-NGFWU4GY.js", "text/javascript; charset=utf-8", include_bytes!("Compare-NGFWU4GY.js")),
    ("Environments-6YSMUZ46.js", "text/javascript; charset=utf-8", include_bytes!("Environments-6YSMUZ46.js")),
    ("Execution-COZMBXJ4.js", "text/javascript; charset=utf-8", include_bytes!("Execution-COZMBXJ4.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-KS2HZD4G.js", "text/javascript; charset=utf-8", include_bytes!("Overview-KS2HZD4G.js")),
    ("Triggers-QKVCNF2H.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-QKVCNF2H.js")),
    ("Workflows-F2MAFYAY.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-F2MAFYAY.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-2M3ATUAS.js", "text/javascript; charset=utf-8", include_bytes!("chunk-2M3ATUAS.js")),
    ("chunk-4IP4GKEB.js", "text/javascript; charset=utf-8", include_bytes!("chunk-4IP4GKEB.js")),
    ("chunk-FEE47KMS.js", "text/javascript; charset=utf-8", include_bytes!("chunk-FEE47KMS.js")),
    ("chunk-HO5YBVEV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-HO5YBVEV.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-PXSZO72D.js", "text/javascript; charset=utf-8", include_bytes!("chunk-PXSZO72D.js")),
    ("chunk-VBJWDW7H.js", "text/javascript; charset=utf-8", include_bytes!("chunk-VBJWDW7H.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
    ("theme.js", "text/javascript; charset=utf-8", include_bytes!("theme.js")),
];
