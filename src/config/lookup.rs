//! Where configuration files are looked for when none is named.

use std::path::{Path, PathBuf};

/// Files to read when the command line names none: those of `MISTRAL_CONFIG_FILE` (several separated by `;`) and
/// `MISTRAL_CONFIG_DIR`, else the first existing `mistral.conf` and `<program>.conf` of `~/.mistral`, `~`, `/etc/mistral`
/// and `/etc`, followed by the files of `mistral.conf.d` and `<program>.conf.d` there.
pub fn default_files(program: &str, env: &dyn Fn(&str) -> Option<String>) -> std::io::Result<Vec<PathBuf>> {
    let files = env("MISTRAL_CONFIG_FILE").filter(|text| !text.is_empty());
    let directory = env("MISTRAL_CONFIG_DIR").filter(|text| !text.is_empty());
    if files.is_some() || directory.is_some() {
        let mut list: Vec<PathBuf> = files
            .iter()
            .flat_map(|text| text.split(';'))
            .map(str::trim)
            .filter(|t| !t.is_empty())
            .map(PathBuf::from)
            .collect();
        if let Some(directory) = directory {
            list.extend(directory_files(Path::new(&directory))?);
        }
        return Ok(list);
    }
    let home = env("HOME").filter(|text| !text.is_empty()).map(PathBuf::from);
    let places: Vec<PathBuf> = home
        .iter()
        .flat_map(|home| [home.join(".mistral"), home.clone()])
        .chain([PathBuf::from("/etc/mistral"), PathBuf::from("/etc")])
        .collect();
    let names = ["mistral", program];
    let mut list = Vec::new();
    for name in names {
        list.extend(
            places
                .iter()
                .map(|place| place.join(format!("{name}.conf")))
                .find(|path| path.is_file()),
        );
    }
    for name in names {
        let found = places
            .iter()
            .map(|place| place.join(format!("{name}.conf.d")))
            .find(|path| path.is_dir());
        if let Some(found) = found {
            list.extend(directory_files(&found)?);
        }
    }
    list.dedup();
    Ok(list)
}

/// The `*.conf` files of a directory, by name.
pub fn directory_files(directory: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(directory)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "conf") && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
