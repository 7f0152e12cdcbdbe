//! The files of the site.

use std::fmt::Write as _;

use crate::render::{headings, html, sections};
use crate::summary::{Part, parts};
use crate::{page, pages};

const STYLE: &str = include_str!("assets/manual.css");
const SCRIPT: &str = include_str!("assets/manual.js");

/// Characters of a section that the search knows.
const INDEXED: usize = 1_200;

/// A file of the site.
#[derive(Clone, Debug)]
pub struct File {
    /// Below the site's root, without a slash.
    pub name: String,
    pub content_type: &'static str,
    pub content: String,
}

/// All files: one per page, style, script, and the index of the search.
pub fn files() -> Vec<File> {
    let parts = parts();
    let file = |name: &str, content_type: &'static str, content: String| File {
        name: name.to_owned(),
        content_type,
        content,
    };
    let mut found = vec![
        file("manual.css", "text/css; charset=utf-8", STYLE.to_owned()),
        file("manual.js", "text/javascript; charset=utf-8", SCRIPT.to_owned()),
        file("search.json", "application/json", index()),
    ];
    for (name, text) in pages() {
        let stem = name.trim_end_matches(".md");
        found.push(file(
            &format!("{stem}.html"),
            "text/html; charset=utf-8",
            whole(name, text, &parts),
        ));
    }
    found
}

/// A page with everything around it.
fn whole(name: &str, text: &str, parts: &[Part]) -> String {
    let title = title(text).unwrap_or_else(|| name.to_owned());
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<title>{} - Mistral</title>\n<link rel=\"stylesheet\" \
         href=\"manual.css\">\n<script src=\"manual.js\" defer></script>\n</head>\n<body>\n<a class=\"skip\" href=\"#content\">To the \
         text</a>\n<nav aria-label=\"Contents\">\n<input id=\"search\" type=\"search\" placeholder=\"Search (/)\" \
         aria-label=\"Search\" autocomplete=\"off\">\n<div id=\"found\" aria-live=\"polite\"></div>\n<div id=\"contents\">\n",
        escaped(&title)
    );
    for part in parts {
        if !part.title.is_empty() {
            let _ = writeln!(out, "<h2>{}</h2>", escaped(part.title));
        }
        out.push_str("<ul>\n");
        for chapter in &part.chapters {
            let here = if chapter.page == name {
                " aria-current=\"page\""
            } else {
                ""
            };
            let target = chapter.page.trim_end_matches(".md");
            let _ = writeln!(
                out,
                "<li><a href=\"{target}.html\"{here}>{}</a></li>",
                escaped(chapter.title)
            );
        }
        out.push_str("</ul>\n");
    }
    let _ = write!(out, "</div>\n</nav>\n<main id=\"content\">\n{}", html(text));
    let order: Vec<_> = parts.iter().flat_map(|part| &part.chapters).collect();
    if let Some(at) = order.iter().position(|chapter| chapter.page == name) {
        out.push_str("<footer>\n");
        let mut link = |at: Option<usize>, relation: &str| {
            if let Some(chapter) = at.and_then(|at| order.get(at)) {
                let target = chapter.page.trim_end_matches(".md");
                let _ = writeln!(
                    out,
                    "<a rel=\"{relation}\" href=\"{target}.html\">{}</a>",
                    escaped(chapter.title)
                );
            }
        };
        link(at.checked_sub(1), "prev");
        link(Some(at + 1), "next");
        out.push_str("</footer>\n");
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// The first heading.
fn title(text: &str) -> Option<String> {
    headings(text).into_iter().next().map(|heading| heading.text)
}

/// `[[page, page's title, anchor, heading, words], …]`.
fn index() -> String {
    let mut rows = Vec::new();
    let in_order = parts().into_iter().flat_map(|part| part.chapters);
    for chapter in in_order {
        let Some(text) = page(chapter.page) else { continue };
        let stem = chapter.page.trim_end_matches(".md");
        for (heading, anchor, words) in sections(text) {
            let words: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let words: String = words.chars().take(INDEXED).collect();
            rows.push(serde_json::json!([stem, chapter.title, anchor, heading, words]));
        }
    }
    serde_json::Value::Array(rows).to_string()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
