//! Made by build.mjs: what the console consists of.

pub(crate) static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub(crate) static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-F2MC7NUL.js", "text/javascript; charset=utf-8", include_bytes!("Actions-F2MC7NUL.js")),
    ("Bulk-MW3ESWES.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-MW3ESWES.js")),
    ("Cluster-5DSFV3PW.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-5DSFV3PW.js")),
    ("Compare-NUJFPXF2.js", "text/javascript; charset=utf-8", include_bytes!("Compare-NUJFPXF2.js")),
    ("Editor-LHUWLZRF.js", "text/javascript; charset=utf-8", include_bytes!("Editor-LHUWLZRF.js")),
    ("Environments-2JOMPCYY.js", "text/javascript; charset=utf-8", include_bytes!("Environments-2JOMPCYY.js")),
    ("Execution-QJ67DI4F.js", "text/javascript; charset=utf-8", include_bytes!("Execution-QJ67DI4F.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-NYA7BUEU.js", "text/javascript; charset=utf-8", include_bytes!("Overview-NYA7BUEU.js")),
    ("Triggers-5RS6BVHK.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-5RS6BVHK.js")),
    ("Workflows-46ADXKUE.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-46ADXKUE.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-2ZY2KEZY.js", "text/javascript; charset=utf-8", include_bytes!("chunk-2ZY2KEZY.js")),
    ("chunk-AMSNRGN3.js", "text/javascript; charset=utf-8", include_bytes!("chunk-AMSNRGN3.js")),
    ("chunk-H3P43KIG.js", "text/javascript; charset=utf-8", include_bytes!("chunk-H3P43KIG.js")),
    ("chunk-KFVN4SOM.js", "text/javascript; charset=utf-8", include_bytes!("chunk-KFVN4SOM.js")),
    ("chunk-KJXLZSWH.js", "text/javascript; charset=utf-8", include_bytes!("chunk-KJXLZSWH.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-QHIBYRDS.js", "text/javascript; charset=utf-8", include_bytes!("chunk-QHIBYRDS.js")),
    ("chunk-RKJSMCFH.js", "text/javascript; charset=utf-8", include_bytes!("chunk-RKJSMCFH.js")),
    ("chunk-T37ZCE5Y.js", "text/javascript; charset=utf-8", include_bytes!("chunk-T37ZCE5Y.js")),
    ("chunk-XCHGTDDA.js", "text/javascript; charset=utf-8", include_bytes!("chunk-XCHGTDDA.js")),
    ("early.js", "text/javascript; charset=utf-8", include_bytes!("early.js")),
    ("held.js", "text/javascript; charset=utf-8", include_bytes!("held.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
];
