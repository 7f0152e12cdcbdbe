//! The manual is whole: every page is in the contents, every link leads somewhere.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use super::*;

fn docs() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs")
}

#[test]
fn every_page_is_in_the_contents_once() {
    let listed: Vec<&str> = parts()
        .iter()
        .flat_map(|part| part.chapters.iter().map(|chapter| chapter.page))
        .collect();
    let unique: BTreeSet<&str> = listed.iter().copied().collect();
    assert_eq!(unique.len(), listed.len(), "twice in docs/SUMMARY.md: {listed:?}");
    let there: BTreeSet<&str> = pages().map(|(name, _)| name).collect();
    let missing: Vec<_> = there.difference(&unique).collect();
    assert!(missing.is_empty(), "not in docs/SUMMARY.md: {missing:?}");
    let gone: Vec<_> = unique.difference(&there).collect();
    assert!(gone.is_empty(), "in docs/SUMMARY.md, but no page: {gone:?}");
    for part in parts() {
        for chapter in part.chapters {
            let text = page(chapter.page).unwrap_or_default();
            assert!(text.starts_with("# "), "{} begins with its title", chapter.page);
        }
    }
}

/// Links to pages, to their headings, and to files of the repository.
#[test]
fn no_link_is_dead() {
    let mut dead = Vec::new();
    for (name, text) in pages().chain([("../README.md", include_str!("../../README.md"))]) {
        let base = docs().join(name).parent().map(Path::to_owned).unwrap_or_default();
        for link in links(text) {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let file = if path.is_empty() {
                docs().join(name)
            } else {
                base.join(path)
            };
            let Ok(file) = file.canonicalize() else {
                dead.push(format!("{name}: {link}: no such file"));
                continue;
            };
            if anchor.is_empty() || file.extension().is_none_or(|ext| ext != "md") {
                continue;
            }
            let target = std::fs::read_to_string(&file).expect("a page can be read");
            if !headings(&target).iter().any(|heading| heading.anchor == anchor) {
                dead.push(format!("{name}: {link}: no such heading"));
            }
        }
    }
    assert!(dead.is_empty(), "{}", dead.join("\n"));
}

/// What the site's pages name is a file of the site.
#[test]
fn the_site_is_whole() {
    let files = files();
    let names: HashSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
    assert!(names.contains("index.html") && names.contains("search.json"));
    let pictures: HashSet<&str> = images().map(|(name, _)| name).collect();
    let size: usize = images().map(|(_, content)| content.len()).sum();
    assert!(
        size < 400 << 10,
        "the pictures take {size} bytes: every server carries them"
    );
    for file in files.iter().filter(|file| file.name.ends_with(".html")) {
        for source in file
            .content
            .split("src=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
        {
            assert!(
                pictures.contains(source) || names.contains(source),
                "{}: {source}",
                file.name
            );
        }
        for link in file
            .content
            .split("href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
        {
            let target = link.split('#').next().unwrap_or_default();
            if !target.is_empty() && !link.contains("://") && !link.starts_with("mailto:") {
                assert!(names.contains(target), "{}: {link}", file.name);
            }
        }
        assert!(
            !file.content.contains("<script>") && !file.content.contains("style=\"color"),
            "{}",
            file.name
        );
    }
    let index = files
        .iter()
        .find(|file| file.name == "search.json")
        .map(|file| &file.content);
    let rows: serde_json::Value = serde_json::from_str(index.expect("an index")).expect("JSON");
    let finds = |heading: &str| {
        rows.as_array()
            .is_some_and(|rows| rows.iter().any(|row| row[3] == heading))
    };
    assert!(
        finds("std.http") && finds("`with-items`") || finds("with-items"),
        "sections are found by their headings"
    );
}
