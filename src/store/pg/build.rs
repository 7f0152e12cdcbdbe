//! Puts the files of migrations/ into the program: what is there is a migration.

use std::fmt::Write as _;
use std::path::Path;

fn main() {
    let root = std::env::var("CARGO_MANIFEST_DIR").expect("Cargo says where the crate is");
    let folder = Path::new(&root).join("../../../migrations");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut steps: Vec<(i32, String, String)> = std::fs::read_dir(&folder)
        .expect("migrations/ is there")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|file| {
            let (version, name) = step(file.strip_suffix(".sql")?);
            Some((version, name, folder.join(&file).display().to_string()))
        })
        .collect();
    steps.sort();
    let mut text = String::from("&[\n");
    for (at, (version, name, path)) in steps.iter().enumerate() {
        assert!(
            *version as usize == at + 1,
            "migrations/: {name} has the number {version}, {} comes next",
            at + 1
        );
        let _ = writeln!(
            text,
            "    Migration {{ version: {version}, name: {name:?}, sql: include_str!({path:?}) }},"
        );
    }
    text.push_str("]\n");
    let out = std::env::var("OUT_DIR").expect("Cargo says where to write");
    std::fs::write(Path::new(&out).join("migrations.rs"), text).expect("the list can be written");
}

/// Number and name of a step, from `NNNN_name`.
fn step(stem: &str) -> (i32, String) {
    let parts = stem.split_once('_');
    let number = parts
        .filter(|(number, _)| number.len() == 4)
        .map(|(number, _)| number.parse());
    match (parts, number) {
        (Some((_, name)), Some(Ok(number))) => (number, name.to_owned()),
        _ => panic!("migrations/{stem}.sql: not called NNNN_name.sql"),
    }
}
