//! Puts the pages of docs/ into the program, so that it carries the manual of its own version.

use std::fmt::Write as _;
use std::path::Path;

fn main() {
    let root = std::env::var("CARGO_MANIFEST_DIR").expect("Cargo says where the crate is");
    let docs = Path::new(&root).join("../../docs");
    println!("cargo::rerun-if-changed={}", docs.display());
    let mut names: Vec<String> = std::fs::read_dir(&docs)
        .expect("docs/ is there")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".md"))
        .collect();
    names.sort();
    let mut text = String::from("static PAGES: &[(&str, &str)] = &[\n");
    for name in names {
        let path = docs.join(&name);
        let _ = writeln!(text, "    ({name:?}, include_str!({:?})),", path.display().to_string());
    }
    text.push_str("];\n");
    let out = std::env::var("OUT_DIR").expect("Cargo says where to write");
    std::fs::write(Path::new(&out).join("pages.rs"), text).expect("the list can be written");
}
