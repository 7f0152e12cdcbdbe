//! Made by build.mjs: what the console consists of.

pub static PAGE: &[u8] = include_bytes!("index.html");

/// Name, media type, content.
#[rustfmt::skip]
pub static FILES: &[(&str, &str, &[u8])] = &[
    ("LICENSES.txt", "text/plain; charset=utf-8", include_bytes!("LICENSES.txt")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("app.js")),
    ("layout.js", "text/javascript; charset=utf-8", include_bytes!("layout.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("style.css")),
    ("theme.js", "text/javascript; charset=utf-8", include_bytes!("theme.js")),
];
