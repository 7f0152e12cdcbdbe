//! The web console's files, as browsers get them. The console itself is written in TypeScript (`web/src`); its bundle is
//! committed (`web/dist`), so that building this program needs Rust alone. `docs/console.md` says how it is made.

use std::collections::HashMap;
use std::io::Write;
use std::sync::OnceLock;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

#[path = "web/dist/files.rs"]
mod files;

/// Where the console lives, and the manual.
pub const ROOT: &str = "/console";
const MANUAL: &str = "/docs";

/// What pages may load and where they may send: nothing but this server. No inline script or style, no markup from data.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'none'; \
                      connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Headers of every answer.
const HEADERS: [(&str, &str); 4] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
];

/// Names in a folder that changes with every build: kept for ever. The page that names them: asked for each time.
const FOREVER: &str = "public, max-age=31536000, immutable";
const NEVER: &str = "no-cache";

/// What stands in the page for the name of the build.
const BUILD: &str = "%BUILD%";

/// An answer to a browser.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    /// Empty: no body.
    pub content_type: &'static str,
    pub body: Bytes,
    pub headers: Vec<(&'static str, &'static str)>,
}

/// A file and, once somebody has asked for it, the same compressed.
struct File {
    content_type: &'static str,
    plain: Bytes,
    gzip: OnceLock<Bytes>,
}

impl File {
    fn new(content_type: &'static str, plain: Bytes) -> File {
        File {
            content_type,
            plain,
            gzip: OnceLock::new(),
        }
    }

    fn compressed(&self) -> Bytes {
        self.gzip.get_or_init(|| gzip(&self.plain)).clone()
    }
}

/// The console of this build.
pub struct Console {
    build: String,
    page: File,
    assets: HashMap<&'static str, File>,
    /// The pages of the manual by name, made when somebody asks for one.
    manual: OnceLock<HashMap<String, File>>,
}

impl Default for Console {
    fn default() -> Console {
        Console::new()
    }
}

impl Console {
    pub fn new() -> Console {
        let mut hash = Sha256::new();
        for (name, _, content) in files::FILES {
            hash.update(name.as_bytes());
            hash.update([0]);
            hash.update(content);
        }
        let build = hex::encode(&hash.finalize()[..6]);
        let page = String::from_utf8_lossy(files::PAGE).replace(BUILD, &build);
        let assets = files::FILES.iter().map(|(name, content_type, content)| {
            let file = File::new(content_type, Bytes::from_static(content));
            (*name, file)
        });
        Console {
            page: File::new("text/html; charset=utf-8", Bytes::from(page)),
            assets: assets.collect(),
            manual: OnceLock::new(),
            build,
        }
    }

    /// Answers GET for a path of the console; none for paths that are not its own.
    pub fn answer(&self, path: &str, takes_gzip: bool) -> Option<Answer> {
        if let Some(below) = path.strip_prefix(MANUAL) {
            return self.manual(below, takes_gzip);
        }
        let below = path.strip_prefix(ROOT)?;
        if below.is_empty() {
            let mut answer = empty(302);
            answer.headers.push(("location", "/console/"));
            return Some(answer);
        }
        let below = below.strip_prefix('/')?;
        let (file, cache) = match below.strip_prefix("a/") {
            Some(asset) => {
                let found = asset.split_once('/').filter(|(build, _)| *build == self.build);
                (found.and_then(|(_, name)| self.assets.get(name)), FOREVER)
            }
            // Pages are addresses of the one page. Ids and names may hold dots, so only the folder of assets tells files apart.
            None => (Some(&self.page), NEVER),
        };
        Some(match file {
            Some(file) => found(file, cache, takes_gzip),
            None => empty(404),
        })
    }

    /// Answers GET for a path of the manual, given without its first part.
    fn manual(&self, below: &str, takes_gzip: bool) -> Option<Answer> {
        if below.is_empty() {
            let mut answer = empty(302);
            answer.headers.push(("location", "/docs/"));
            return Some(answer);
        }
        let name = match below.strip_prefix('/')? {
            "" => "index.html",
            name => name,
        };
        let files = self.manual.get_or_init(|| {
            let files = mistral_manual::files().into_iter();
            let files = files.map(|file| (file.name, File::new(file.content_type, Bytes::from(file.content))));
            let images = mistral_manual::images();
            let images =
                images.map(|(name, content)| (name.to_owned(), File::new("image/webp", Bytes::from_static(content))));
            files.chain(images).collect()
        });
        Some(
            files
                .get(name)
                .map_or_else(|| empty(404), |file| found(file, NEVER, takes_gzip)),
        )
    }
}

fn found(file: &File, cache: &'static str, takes_gzip: bool) -> Answer {
    let mut answer = empty(200);
    answer.content_type = file.content_type;
    answer
        .headers
        .extend([("cache-control", cache), ("vary", "accept-encoding")]);
    answer.body = if takes_gzip {
        answer.headers.push(("content-encoding", "gzip"));
        file.compressed()
    } else {
        file.plain.clone()
    };
    answer
}

impl std::fmt::Debug for Console {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Console {}", self.build)
    }
}

fn empty(status: u16) -> Answer {
    Answer {
        status,
        content_type: "",
        body: Bytes::new(),
        headers: HEADERS.to_vec(),
    }
}

fn gzip(plain: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::with_capacity(plain.len() / 2), Compression::best());
    // Writing to memory does not fail.
    let written = encoder.write_all(plain).and_then(|()| encoder.finish());
    Bytes::from(written.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
        let found = answer.headers.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| *value)
    }

    #[test]
    fn every_asset_that_the_page_names_is_there() {
        let console = Console::new();
        let page = console.answer("/console/", false).unwrap();
        let page = String::from_utf8(page.body.to_vec()).unwrap();
        assert!(!page.contains(BUILD));
        let named: Vec<&str> = page.split('"').filter(|text| text.starts_with("/console/a/")).collect();
        assert!(named.len() >= 2, "a script and a style sheet: {page}");
        for path in named {
            assert_eq!(console.answer(path, false).unwrap().status, 200, "{path}");
        }
        for (name, _, content) in files::FILES {
            let path = format!("/console/a/{}/{name}", console.build);
            let answer = console.answer(&path, false).unwrap();
            assert_eq!(&answer.body[..], *content);
            assert_eq!(header(&answer, "cache-control"), Some(FOREVER));
        }
    }

    #[test]
    fn all_answers_forbid_foreign_content() {
        let console = Console::new();
        for path in [
            "/console",
            "/console/",
            "/console/executions/a.b",
            "/console/a/old/app.js",
        ] {
            let answer = console.answer(path, true).unwrap();
            assert_eq!(header(&answer, "content-security-policy"), Some(POLICY), "{path}");
            assert_eq!(header(&answer, "x-content-type-options"), Some("nosniff"), "{path}");
        }
        assert!(!POLICY.contains("unsafe"));
        assert_eq!(console.answer("/console/a/old/app.js", true).unwrap().status, 404);
        assert_eq!(console.answer("/console", true).unwrap().status, 302);
        for path in ["/", "/v2/executions", "/consoles", "/consolea/b", "/docsx"] {
            assert!(console.answer(path, true).is_none(), "{path}");
        }
    }

    /// Figures of `docs/console.md`, gzip.
    #[test]
    fn the_manual_is_served() {
        let console = Console::new();
        assert_eq!(console.answer("/docs", true).unwrap().status, 302);
        let page = console.answer("/docs/", false).unwrap();
        assert_eq!((page.status, page.content_type), (200, "text/html; charset=utf-8"));
        assert_eq!(header(&page, "content-security-policy"), Some(POLICY));
        for name in ["language.html", "manual.css", "manual.js", "search.json"] {
            assert_eq!(
                console.answer(&format!("/docs/{name}"), true).unwrap().status,
                200,
                "{name}"
            );
        }
        assert_eq!(console.answer("/docs/../etc", false).unwrap().status, 404);
    }

    #[test]
    fn the_first_load_is_small() {
        let console = Console::new();
        let page = console.answer("/console/executions", true).unwrap();
        assert_eq!(header(&page, "content-encoding"), Some("gzip"));
        let first: Vec<&str> = include_str!("web/dist/first.txt").lines().collect();
        let (mut sum_first, mut sum_all) = (page.body.len(), page.body.len());
        for (name, file) in &console.assets {
            let size = file.compressed().len();
            sum_all += size;
            if first.contains(name) {
                sum_first += size;
            }
        }
        println!("{sum_first} bytes at the first load, {sum_all} in all, compressed");
        assert!(first.contains(&"app.js") && first.contains(&"style.css"));
        assert!(sum_first <= 60 << 10, "{sum_first} bytes at the first load");
        assert!(sum_all <= 350 << 10, "{sum_all} bytes in all");
    }

    fn sources(web: &std::path::Path, folder: &str, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(web.join(folder)).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{folder}/{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                sources(web, &name, found);
            } else {
                found.push(name);
            }
        }
    }

    /// The committed bundle was made from the sources beside it, as the build noted; no Node is needed to see that. That it is what
    /// the build makes of them is tested where Node is (`tests/it/api/console.rs`).
    #[test]
    fn the_bundle_is_of_these_sources() {
        let web = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("web");
        let mut names: Vec<String> = ["build.mjs", "package-lock.json", "package.json", "tsconfig.json"]
            .map(str::to_owned)
            .to_vec();
        sources(&web, "src", &mut names);
        names.sort();
        let mut hash = Sha256::new();
        for name in names {
            hash.update(name.as_bytes());
            hash.update([0]);
            hash.update(std::fs::read(web.join(&name)).unwrap());
            hash.update([0]);
        }
        let noted = include_str!("web/dist/sources.sha256").trim();
        assert_eq!(
            hex::encode(hash.finalize()),
            noted,
            "src/console/web has changed: cd src/console/web && npm ci --ignore-scripts && npm run build"
        );
    }

    /// Data become text nodes: nothing in the sources makes markup from them, or code.
    #[test]
    fn nothing_makes_markup_from_data() {
        let web = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("web");
        let mut names = Vec::new();
        sources(&web, "src", &mut names);
        for name in names {
            let text = std::fs::read_to_string(web.join(&name)).unwrap();
            for word in [
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "document.write",
                "dangerouslySetInnerHTML",
                "eval(",
                "new Function",
                "DOMParser",
            ] {
                assert!(!text.contains(word), "{name}: {word}");
            }
        }
    }
}
