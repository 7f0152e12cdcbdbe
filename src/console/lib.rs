//! The web console's files, as browsers get them. The console itself is written in TypeScript (`web/src`); its bundle is
//! committed (`web/dist`), so that building this program needs Rust alone. `docs/console.md` says how it is made.

use std::borrow::Cow;
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

/// What pages may load and where they may send: nothing but this server. No inline script or style, no markup from data. Who may show
/// them in a frame is added.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'none'; \
                      connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors ";

/// Headers of every answer, beside the policy.
const HEADERS: [(&str, &str); 3] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
];

/// Names in a folder that changes with every build: kept for ever. The page that names them: asked for each time.
const FOREVER: &str = "public, max-age=31536000, immutable";
const NEVER: &str = "no-cache";

/// What stands in the page for the name of the build, and for the path that a proxy has put before this service's own.
const BUILD: &str = "%BUILD%";
const BASE: &str = "%BASE%";

/// Where the console stands, and in what: `[console] base_path` and `frame_ancestors`.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// Path before the service's own as browsers know it, without a slash at its end; empty: none.
    pub base_path: String,
    /// Origins whose pages may show the console in a frame; empty: none.
    pub frame_ancestors: Vec<String>,
}

/// An answer to a browser.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    /// Empty: no body.
    pub content_type: &'static str,
    pub body: Bytes,
    pub headers: Vec<(&'static str, Cow<'static, str>)>,
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
    policy: String,
    /// The page's text, but for the path before it.
    text: String,
    base_path: String,
    page: File,
    assets: HashMap<&'static str, File>,
    /// The pages of the manual by name, made when somebody asks for one.
    manual: OnceLock<HashMap<String, File>>,
}

impl Default for Console {
    fn default() -> Console {
        Console::new(Place::default())
    }
}

impl Console {
    pub fn new(place: Place) -> Console {
        let mut hash = Sha256::new();
        for (name, _, content) in files::FILES {
            hash.update(name.as_bytes());
            hash.update([0]);
            hash.update(content);
        }
        let build = hex::encode(&hash.finalize()[..6]);
        let text = String::from_utf8_lossy(files::PAGE).replace(BUILD, &build);
        let ancestors = match place.frame_ancestors.join(" ") {
            none if none.is_empty() => "'none'".to_owned(),
            some => some,
        };
        let assets = files::FILES.iter().map(|(name, content_type, content)| {
            let file = File::new(content_type, Bytes::from_static(content));
            (*name, file)
        });
        Console {
            page: page(&text, &place.base_path),
            policy: format!("{POLICY}{ancestors}"),
            base_path: place.base_path,
            text,
            assets: assets.collect(),
            manual: OnceLock::new(),
            build,
        }
    }

    /// Whether a path is one of the console or of the manual.
    pub fn owns(path: &str) -> bool {
        let is_below = |root: &str| {
            path.strip_prefix(root)
                .is_some_and(|below| below.is_empty() || below.starts_with('/'))
        };
        is_below(ROOT) || is_below(MANUAL)
    }

    /// Answers GET for a path of the console; none for paths that are not its own. `prefix` is what the browser has before the path: it
    /// stands in the page as it is, so it must not hold what is markup.
    pub fn answer(&self, path: &str, prefix: &str, takes_gzip: bool) -> Option<Answer> {
        if !Console::owns(path) {
            return None;
        }
        if let Some(below) = path.strip_prefix(MANUAL) {
            return Some(self.manual(below, prefix, takes_gzip));
        }
        let Some(below) = path.strip_prefix(ROOT)?.strip_prefix('/') else {
            return Some(self.moved(format!("{prefix}{ROOT}/")));
        };
        let Some(asset) = below.strip_prefix("a/") else {
            // Pages are addresses of the one page. Ids and names may hold dots, so only the folder of assets tells files apart.
            if prefix == self.base_path {
                return Some(self.found(&self.page, NEVER, takes_gzip));
            }
            return Some(self.found(&page(&self.text, prefix), NEVER, takes_gzip));
        };
        let found = asset.split_once('/').filter(|(build, _)| *build == self.build);
        let found = found.and_then(|(_, name)| self.assets.get(name));
        Some(found.map_or_else(|| self.empty(404), |file| self.found(file, FOREVER, takes_gzip)))
    }

    /// Answers GET for a path of the manual, given without its first part.
    fn manual(&self, below: &str, prefix: &str, takes_gzip: bool) -> Answer {
        let name = match below.strip_prefix('/') {
            None => return self.moved(format!("{prefix}{MANUAL}/")),
            Some("") => "index.html",
            Some(name) => name,
        };
        let files = self.manual.get_or_init(|| {
            let files = mistral_manual::files().into_iter();
            let files = files.map(|file| (file.name, File::new(file.content_type, Bytes::from(file.content))));
            let images = mistral_manual::images();
            let images =
                images.map(|(name, content)| (name.to_owned(), File::new("image/webp", Bytes::from_static(content))));
            files.chain(images).collect()
        });
        let file = files.get(name);
        file.map_or_else(|| self.empty(404), |file| self.found(file, NEVER, takes_gzip))
    }

    fn found(&self, file: &File, cache: &'static str, takes_gzip: bool) -> Answer {
        let mut answer = self.empty(200);
        answer.content_type = file.content_type;
        answer
            .headers
            .extend([("cache-control", cache.into()), ("vary", "accept-encoding".into())]);
        answer.body = if takes_gzip {
            answer.headers.push(("content-encoding", "gzip".into()));
            file.compressed()
        } else {
            file.plain.clone()
        };
        answer
    }

    fn moved(&self, location: String) -> Answer {
        let mut answer = self.empty(302);
        answer.headers.push(("location", location.into()));
        answer
    }

    fn empty(&self, status: u16) -> Answer {
        let policy = [("content-security-policy", Cow::Owned(self.policy.clone()))];
        let others = HEADERS.map(|(name, value)| (name, Cow::Borrowed(value)));
        Answer {
            status,
            content_type: "",
            body: Bytes::new(),
            headers: policy.into_iter().chain(others).collect(),
        }
    }
}

/// The page as browsers get it that know this service by `prefix`.
fn page(text: &str, prefix: &str) -> File {
    File::new("text/html; charset=utf-8", Bytes::from(text.replace(BASE, prefix)))
}

impl std::fmt::Debug for Console {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Console {}", self.build)
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
        found.map(|(_, value)| &**value)
    }

    #[test]
    fn every_asset_that_the_page_names_is_there() {
        let console = Console::default();
        let page = console.answer("/console/", "", false).unwrap();
        let page = String::from_utf8(page.body.to_vec()).unwrap();
        assert!(!page.contains(BUILD));
        let named: Vec<&str> = page.split('"').filter(|text| text.starts_with("/console/a/")).collect();
        assert!(named.len() >= 2, "a script and a style sheet: {page}");
        for path in named {
            assert_eq!(console.answer(path, "", false).unwrap().status, 200, "{path}");
        }
        for (name, _, content) in files::FILES {
            let path = format!("/console/a/{}/{name}", console.build);
            let answer = console.answer(&path, "", false).unwrap();
            assert_eq!(&answer.body[..], *content);
            assert_eq!(header(&answer, "cache-control"), Some(FOREVER));
        }
    }

    #[test]
    fn all_answers_forbid_foreign_content() {
        let console = Console::default();
        for path in [
            "/console",
            "/console/",
            "/console/executions/a.b",
            "/console/a/old/app.js",
        ] {
            let answer = console.answer(path, "", true).unwrap();
            let policy = header(&answer, "content-security-policy").unwrap();
            assert_eq!(policy, format!("{POLICY}'none'"), "{path}");
            assert_eq!(header(&answer, "x-content-type-options"), Some("nosniff"), "{path}");
        }
        assert!(!POLICY.contains("unsafe"));
        assert_eq!(console.answer("/console/a/old/app.js", "", true).unwrap().status, 404);
        assert_eq!(console.answer("/console", "", true).unwrap().status, 302);
        for path in ["/", "/v2/executions", "/consoles", "/consolea/b", "/docsx"] {
            assert!(console.answer(path, "", true).is_none(), "{path}");
        }
    }

    #[test]
    fn it_stands_below_a_path_and_in_frames_of_those_who_may() {
        let console = Console::new(Place {
            base_path: "/mistral".to_owned(),
            frame_ancestors: ["'self'", "https://horizon.example"].map(str::to_owned).to_vec(),
        });
        for prefix in ["/mistral", "/elsewhere", ""] {
            let page = console.answer("/console/executions", prefix, false).unwrap();
            assert_eq!(
                header(&page, "content-security-policy").unwrap(),
                format!("{POLICY}'self' https://horizon.example")
            );
            let page = String::from_utf8(page.body.to_vec()).unwrap();
            assert!(!page.contains(BASE));
            let named = page.split('"').filter(|text| text.contains("/console/"));
            let named: Vec<&str> = named.collect();
            assert!(
                named.len() > 5 && named.iter().all(|path| path.starts_with(&format!("{prefix}/console/"))),
                "{named:?}"
            );
            for (path, to) in [("/console", "/console/"), ("/docs", "/docs/")] {
                let moved = console.answer(path, prefix, false).unwrap();
                assert_eq!(header(&moved, "location").unwrap(), format!("{prefix}{to}"));
            }
        }
    }

    #[test]
    fn the_manual_is_served() {
        let console = Console::default();
        assert_eq!(console.answer("/docs", "", true).unwrap().status, 302);
        let page = console.answer("/docs/", "", false).unwrap();
        assert_eq!((page.status, page.content_type), (200, "text/html; charset=utf-8"));
        assert!(header(&page, "content-security-policy").unwrap().starts_with(POLICY));
        for name in ["language.html", "manual.css", "manual.js", "search.json"] {
            assert_eq!(
                console.answer(&format!("/docs/{name}"), "", true).unwrap().status,
                200,
                "{name}"
            );
        }
        assert_eq!(console.answer("/docs/../etc", "", false).unwrap().status, 404);
    }

    /// Figures of `docs/console.md`, gzip.
    #[test]
    fn the_first_load_is_small() {
        let console = Console::default();
        let page = console.answer("/console/executions", "", true).unwrap();
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
