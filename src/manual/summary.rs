//! `SUMMARY.md`: parts as headings, chapters as links in lists.

use crate::{SUMMARY, page};

/// A page in the contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    pub title: &'static str,
    /// File name in `docs/`.
    pub page: &'static str,
}

/// Chapters under one heading; the first part has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    pub title: &'static str,
    pub chapters: Vec<Chapter>,
}

/// The contents of the manual.
pub fn parts() -> Vec<Part> {
    parse(page(SUMMARY).unwrap_or_default())
}

fn parse(text: &'static str) -> Vec<Part> {
    let mut parts = vec![Part::default()];
    for line in text.lines() {
        let line = line.trim();
        if let Some(title) = line.strip_prefix("# ") {
            // The heading of the file itself is none of its parts.
            if title != "Summary" {
                parts.push(Part {
                    title,
                    chapters: Vec::new(),
                });
            }
        } else if let Some((title, page)) = link(line)
            && let Some(part) = parts.last_mut()
        {
            part.chapters.push(Chapter { title, page });
        }
    }
    parts.retain(|part| !part.chapters.is_empty());
    parts
}

/// `- [title](page)`, with or without the dash.
fn link(line: &'static str) -> Option<(&'static str, &'static str)> {
    let (title, rest) = line.trim_start_matches("- ").strip_prefix('[')?.split_once("](")?;
    Some((title, rest.strip_suffix(')')?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents() {
        let found =
            parse("# Summary\n\n[Start](index.md)\n\n# Learn\n\n- [First](a.md)\n  - [Second](b.md)\n\n# Empty\n");
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].title, found[0].chapters[0].page), ("", "index.md"));
        assert_eq!(
            found[1].chapters[1],
            Chapter {
                title: "Second",
                page: "b.md"
            }
        );
    }
}
