//! Made by build.mjs: what the console consists of.

pub static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-RLH4GTZI.js", "text/javascript; charset=utf-8", include_bytes!("Actions-RLH4GTZI.js")),
    ("Bulk-DUOKT4JS.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-DUOKT4JS.js")),
    ("Cluster-WN7Q7LA4.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-WN7Q7LA4.js")),
    ("Compare-O7PEV4BK.js", "text/javascript; charset=utf-8", include_bytes!("Compare-O7PEV4BK.js")),
    ("Editor-JIOUHKG2.js", "text/javascript; charset=utf-8", include_bytes!("Editor-JIOUHKG2.js")),
    ("Environments-Q44VUUYZ.js", "text/javascript; charset=utf-8", include_bytes!("Environments-Q44VUUYZ.js")),
    ("Execution-7W3ZU5EH.js", "text/javascript; charset=utf-8", include_bytes!("Execution-7W3ZU5EH.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-NFU5FW4S.js", "text/javascript; charset=utf-8", include_bytes!("Overview-NFU5FW4S.js")),
    ("Triggers-KWIRD4KP.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-KWIRD4KP.js")),
    ("Workflows-4N7GCWSE.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-4N7GCWSE.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-5SVMV34I.js", "text/javascript; charset=utf-8", include_bytes!("chunk-5SVMV34I.js")),
    ("chunk-CLJWLVLY.js", "text/javascript; charset=utf-8", include_bytes!("chunk-CLJWLVLY.js")),
    ("chunk-EUP4AGUL.js", "text/javascript; charset=utf-8", include_bytes!("chunk-EUP4AGUL.js")),
    ("chunk-FDOGFYBB.js", "text/javascript; charset=utf-8", include_bytes!("chunk-FDOGFYBB.js")),
    ("chunk-ICOY4C7C.js", "text/javascript; charset=utf-8", include_bytes!("chunk-ICOY4C7C.js")),
    ("chunk-KFVN4SOM.js", "text/javascript; charset=utf-8", include_bytes!("chunk-KFVN4SOM.js")),
    ("chunk-KGWIXWWD.js", "text/javascript; charset=utf-8", include_bytes!("chunk-KGWIXWWD.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-YEHODEPW.js", "text/javascript; charset=utf-8", include_bytes!("chunk-YEHODEPW.js")),
    ("chunk-ZQQ6GK2Z.js", "text/javascript; charset=utf-8", include_bytes!("chunk-ZQQ6GK2Z.js")),
    ("early.js", "text/javascript; charset=utf-8", include_bytes!("early.js")),
    ("held.js", "text/javascript; charset=utf-8", include_bytes!("held.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
];
