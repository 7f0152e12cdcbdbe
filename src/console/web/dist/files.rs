//! Made by build.mjs: what the console consists of.

pub static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("Actions-YV4QZNQH.js", "text/javascript; charset=utf-8", include_bytes!("Actions-YV4QZNQH.js")),
    ("Bulk-OCQEBMEA.js", "text/javascript; charset=utf-8", include_bytes!("Bulk-OCQEBMEA.js")),
    ("Cluster-GSE63FYR.js", "text/javascript; charset=utf-8", include_bytes!("Cluster-GSE63FYR.js")),
    ("Compare-DKGO6CC6.js", "text/javascript; charset=utf-8", include_bytes!("Compare-DKGO6CC6.js")),
    ("Editor-Q7AVZNNU.js", "text/javascript; charset=utf-8", include_bytes!("Editor-Q7AVZNNU.js")),
    ("Environments-56QSO5GO.js", "text/javascript; charset=utf-8", include_bytes!("Environments-56QSO5GO.js")),
    ("Execution-VOH62PQ4.js", "text/javascript; charset=utf-8", include_bytes!("Execution-VOH62PQ4.js")),
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("Overview-6NN4TMLI.js", "text/javascript; charset=utf-8", include_bytes!("Overview-6NN4TMLI.js")),
    ("Triggers-VF2ZLXVI.js", "text/javascript; charset=utf-8", include_bytes!("Triggers-VF2ZLXVI.js")),
    ("Workflows-OZKZ4DVI.js", "text/javascript; charset=utf-8", include_bytes!("Workflows-OZKZ4DVI.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("chunk-4OT32SHJ.js", "text/javascript; charset=utf-8", include_bytes!("chunk-4OT32SHJ.js")),
    ("chunk-IGGRFVNE.js", "text/javascript; charset=utf-8", include_bytes!("chunk-IGGRFVNE.js")),
    ("chunk-KX4LBE24.js", "text/javascript; charset=utf-8", include_bytes!("chunk-KX4LBE24.js")),
    ("chunk-MKULGKPA.js", "text/javascript; charset=utf-8", include_bytes!("chunk-MKULGKPA.js")),
    ("chunk-MYAUZBJ7.js", "text/javascript; charset=utf-8", include_bytes!("chunk-MYAUZBJ7.js")),
    ("chunk-OB3QYSTV.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OB3QYSTV.js")),
    ("chunk-OFGGPVDB.js", "text/javascript; charset=utf-8", include_bytes!("chunk-OFGGPVDB.js")),
    ("chunk-QKNUNJF7.js", "text/javascript; charset=utf-8", include_bytes!("chunk-QKNUNJF7.js")),
    ("chunk-UTQCZ4BP.js", "text/javascript; charset=utf-8", include_bytes!("chunk-UTQCZ4BP.js")),
    ("chunk-ZLIKXXNG.js", "text/javascript; charset=utf-8", include_bytes!("chunk-ZLIKXXNG.js")),
    ("early.js", "text/javascript; charset=utf-8", include_bytes!("early.js")),
    ("held.js", "text/javascript; charset=utf-8", include_bytes!("held.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("live.js", "text/javascript; charset=utf-8", include_bytes!("live.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
];
