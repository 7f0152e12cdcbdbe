//! Puts the pages of docs/, and the pictures that they show, into the program, so that it carries the manual of its own version.

use std::fmt::Write as _;
use std::path::Path;

fn main() {
    let root = std::env::var("CARGO_MANIFEST_DIR").expect("Cargo says where the crate is");
    let docs = Path::new(&root).join("../../docs");
    println!("cargo::rerun-if-changed={}", docs.display());
    let names = named(&docs, ".md");
    let mut text = String::from("static PAGES: &[(&str, &str)] = &[\n");
    for name in names {
        let path = docs.join(&name);
        let _ = writeln!(text, "    ({name:?}, include_str!({:?})),", path.display().to_string());
    }
    text.push_str("];\nstatic IMAGES: &[(&str, &[u8])] = &[\n");
    let images = docs.join("images");
    for name in named(&images, ".webp") {
        let path = images.join(&name).display().to_string();
        let _ = writeln!(text, "    ({:?}, include_bytes!({path:?})),", format!("images/{name}"));
    }
    text.push_str("];\n");
    let out = std::env::var("OUT_DIR").expect("Cargo says where to write");
    std::fs::write(Path::new(&out).join("pages.rs"), text).expect("the list can be written");
}

/// Names of the files of a folder that end so, in order; none where there is no such folder.
fn named(folder: &Path, end: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(end))
        .collect();
    names.sort();
    names
}
