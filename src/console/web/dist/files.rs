//! Made by build.mjs: what the console consists of.

pub static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-YQIY5WOA.js", "text/javascript; charset=utf-8", include_bytes!("Actions-YQIY5WOA.js")),
    ("Bulk-3P5HDLY2.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-3P5HDLY2.js")),
    ("Cluster-7RXGHD5D.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-7RXGHD5D.js")),
    ("Compare-CQAAPVSL.js", "text/javascript; charset=utf-8", include_bytes!("Compare-CQAAPVSL.js")),
    ("Editor-54IXALMY.js", "text/javascript; charset=utf-8", include_bytes!("Editor-54IXALMY.js")),
    ("Environments-HYIRZ6GO.js", "text/javascript; charset=utf-8", include_bytes!("Environments-HYIRZ6GO.js")),
    ("Execution-ZYAOKQCN.js", "text/javascript; charset=utf-8", include_bytes!("Execution-ZYAOKQCN.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-ZT7IK7EX.js", "text/javascript; charset=utf-8", include_bytes!("Overview-ZT7IK7EX.js")),
    ("Triggers-ULJDD2DA.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-ULJDD2DA.js")),
    ("Workflows-STKGAVBV.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-STKGAVBV.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-7FYVVVNW.js", "text/javascript; charset=utf-8", include_bytes!("chunk-7FYVVVNW.js")),
    ("chunk-H5FFJYCG.js", "text/javascript; charset=utf-8", include_bytes!("chunk-H5FFJYCG.js")),
    ("chunk-H5OYZEYH.js", "text/javascript; charset=utf-8", include_bytes!("chunk-H5OYZEYH.js")),
    ("chunk-KFVN4SOM.js", "text/javascript; charset=utf-8", include_bytes!("chunk-KFVN4SOM.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-OPGLIQJ7.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OPGLIQJ7.js")),
    ("chunk-PZWUUUHS.js", "text/javascript; charset=utf-8", include_bytes!("chunk-PZWUUUHS.js")),
    ("chunk-QNMHE6CK.js", "text/javascript; charset=utf-8", include_bytes!("chunk-QNMHE6CK.js")),
    ("chunk-UETKDPBI.js", "text/javascript; charset=utf-8", include_bytes!("chunk-UETKDPBI.js")),
    ("chunk-VS23SKSM.js", "text/javascript; charset=utf-8", include_bytes!("chunk-VS23SKSM.js")),
    ("early.js", "text/javascript; charset=utf-8", include_bytes!("early.js")),
    ("held.js", "text/javascript; charset=utf-8", include_bytes!("held.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
];
