//! Documents on disk.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

/// Largest document, in bytes: more than any upload may have.
const LARGEST: u64 = 64 << 20;
/// Deepest folder that is looked into.
const DEEPEST: usize = 32;

/// A document.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// As the user named it.
    pub name: String,
    pub text: String,
}

/// Reads a file; `-` is standard input.
pub(crate) fn read(path: &Path) -> anyhow::Result<Document> {
    let name = path.display().to_string();
    let mut bytes = Vec::new();
    if name == "-" {
        std::io::stdin()
            .take(LARGEST + 1)
            .read_to_end(&mut bytes)
            .context("standard input")?;
    } else {
        let file = std::fs::File::open(path).with_context(|| name.clone())?;
        file.take(LARGEST + 1)
            .read_to_end(&mut bytes)
            .with_context(|| name.clone())?;
    }
    if bytes.len() as u64 > LARGEST {
        bail!("{name}: larger than {} MiB", LARGEST >> 20);
    }
    let text = String::from_utf8(bytes).map_err(|_| anyhow::anyhow!("{name}: not UTF-8"))?;
    let name = if name == "-" { "<stdin>".to_owned() } else { name };
    Ok(Document { name, text })
}

/// The files that are meant by paths: folders stand for the files in them that `wanted` accepts by their names, sorted.
pub(crate) fn find(paths: &[PathBuf], wanted: &dyn Fn(&str) -> bool) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = found.len();
            walk(path, wanted, &mut found, 0)?;
            if found.len() == before {
                bail!("{}: no such file in this folder", path.display());
            }
        } else {
            found.push(path.clone());
        }
    }
    Ok(found)
}

fn walk(folder: &Path, wanted: &dyn Fn(&str) -> bool, found: &mut Vec<PathBuf>, depth: usize) -> anyhow::Result<()> {
    if depth > DEEPEST {
        return Ok(());
    }
    let entries = std::fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            walk(&path, wanted, found, depth + 1)?;
        } else if wanted(&name) {
            found.push(path);
        }
    }
    Ok(())
}

/// Names of YAML files.
pub(crate) fn is_yaml(name: &str) -> bool {
    name.ends_with(".yaml") || name.ends_with(".yml")
}

/// Names of test files: `backup.test.yaml` beside `backup.yaml`.
pub(crate) fn is_test(name: &str) -> bool {
    name.ends_with(".test.yaml") || name.ends_with(".test.yml")
}
