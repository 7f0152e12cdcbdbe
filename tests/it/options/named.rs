//! Each option of the sample configuration is named by a test, together with its section: a new one cannot be forgotten.

use std::path::Path;

/// Texts of tests: the files of `tests/`, test modules, and what follows `#[cfg(test)]`.
fn collect(folder: &Path, is_test: bool, texts: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the sources").flatten() {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if path.is_dir() {
            collect(&path, is_test || name == "tests", texts);
        } else if [".rs", ".conf", ".sh", ".py"].iter().any(|end| name.ends_with(end)) && name != "named.rs" {
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            match (is_test || name == "tests.rs", text.find("#[cfg(test)]")) {
                (true, _) => texts.push(text),
                (false, Some(begins)) => texts.push(text[begins..].to_owned()),
                (false, None) => {}
            }
        }
    }
}

/// Whether a text has this as a word; `\n` of a string may stand before it.
fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        let before = &text[..at];
        let begins = before.ends_with("\\n") || !before.ends_with(is_part);
        begins && !text[at + word.len()..].starts_with(is_part)
    })
}

#[test]
fn every_option_is_named_by_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    collect(&root.join("tests"), true, &mut texts);
    collect(&root.join("src"), false, &mut texts);
    let sample = std::fs::read_to_string(root.join("etc/mistral.conf.sample")).expect("the sample");
    let (mut section, mut unnamed, mut all) = ("", Vec::new(), 0);
    for line in sample.lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']');
        }
        let Some((option, _)) = line.strip_prefix('#').and_then(|line| line.split_once(" =")) else {
            continue;
        };
        if option.is_empty() || option.contains(|c: char| !(c.is_ascii_alphanumeric() || c == '_')) {
            continue;
        }
        all += 1;
        let variable = format!("{section}__{option}").to_ascii_uppercase();
        let is_named = texts.iter().any(|text| {
            text.contains(&variable) || has_word(text, option) && (section == "DEFAULT" || has_word(text, section))
        });
        if !is_named {
            unnamed.push(format!("{section}.{option}"));
        }
    }
    assert!(all > 250, "{all} options");
    assert_eq!(unnamed, [""; 0], "show what these options do");
}
