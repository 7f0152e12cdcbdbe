//! Markdown to HTML. Markup in pages is text like any other.

use std::collections::HashMap;
use std::fmt::Write as _;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

/// A heading of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    pub level: u8,
    pub text: String,
    /// What links name: as GitHub makes it.
    pub anchor: String,
}

fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
}

/// The anchor of a heading that is not the first one with this text gets a number.
#[derive(Default)]
struct Anchors(HashMap<String, usize>);

impl Anchors {
    fn of(&mut self, text: &str) -> String {
        let mut anchor = String::with_capacity(text.len());
        for c in text.to_lowercase().chars() {
            match c {
                ' ' => anchor.push('-'),
                c if c.is_alphanumeric() || c == '-' || c == '_' => anchor.push(c),
                _ => {}
            }
        }
        let count = self.0.entry(anchor.clone()).or_default();
        *count += 1;
        match *count {
            1 => anchor,
            n => format!("{anchor}-{}", n - 1),
        }
    }
}

/// The headings of a page.
pub fn headings(text: &str) -> Vec<Heading> {
    let mut anchors = Anchors::default();
    let mut found = Vec::new();
    let mut open: Option<(u8, String)> = None;
    for event in parser(text) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => open = Some((level as u8, String::new())),
            Event::Text(part) | Event::Code(part) => {
                if let Some((_, heading)) = &mut open {
                    heading.push_str(&part);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((level, text)) = open.take() {
                    found.push(Heading {
                        level,
                        anchor: anchors.of(&text),
                        text,
                    });
                }
            }
            _ => {}
        }
    }
    found
}

/// Where the links and pictures of a page lead to.
pub fn links(text: &str) -> Vec<String> {
    parser(text)
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.to_string()),
            _ => None,
        })
        .collect()
}

/// The page as HTML.
pub(crate) fn html(text: &str) -> String {
    let mut headings = headings(text).into_iter();
    let mut dropped = 0;
    let events = parser(text).filter_map(|event| match event {
        Event::Start(Tag::Heading {
            level, classes, attrs, ..
        }) => {
            let id = headings.next().map(|heading| CowStr::from(heading.anchor));
            Some(Event::Start(Tag::Heading {
                level,
                id,
                classes,
                attrs,
            }))
        }
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) => match target(&dest_url) {
            Some(url) => Some(Event::Start(Tag::Link {
                link_type,
                dest_url: url.into(),
                title,
                id,
            })),
            // A file of the repository, which a reader of the site does not have.
            None => {
                dropped += 1;
                None
            }
        },
        Event::End(TagEnd::Link) if dropped > 0 => {
            dropped -= 1;
            None
        }
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        other => Some(other),
    });
    let mut out = String::with_capacity(text.len() * 2);
    html::push_html(&mut out, events);
    out
}

/// Where a link leads on the site.
fn target(url: &str) -> Option<String> {
    if url.starts_with("../") {
        return None;
    }
    if url.contains("://") || url.starts_with('#') {
        return Some(url.to_owned());
    }
    let (page, anchor) = url.split_once('#').map_or((url, ""), |(page, anchor)| (page, anchor));
    let mut target = match page.strip_suffix(".md") {
        Some(name) => format!("{name}.html"),
        None => page.to_owned(),
    };
    if !anchor.is_empty() {
        let _ = write!(target, "#{anchor}");
    }
    Some(target)
}

/// The sections of a page for the search: heading, anchor, and the words below it.
pub(crate) fn sections(text: &str) -> Vec<(String, String, String)> {
    let mut names = headings(text).into_iter();
    let mut found: Vec<(String, String, String)> = Vec::new();
    let mut in_heading = false;
    for event in parser(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                in_heading = true;
                let heading = names.next().map_or_else(Default::default, |h| (h.text, h.anchor));
                found.push((heading.0, heading.1, String::new()));
            }
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            Event::Text(part) | Event::Code(part) if !in_heading => {
                if let Some((_, _, words)) = found.last_mut() {
                    words.push_str(&part);
                    words.push(' ');
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_those_of_github() {
        let text = "# What `on-error` does\n## Why?\n## Why?\n";
        let anchors: Vec<String> = headings(text).into_iter().map(|heading| heading.anchor).collect();
        assert_eq!(anchors, ["what-on-error-does", "why", "why-1"]);
    }

    #[test]
    fn pages_link_to_pages() {
        let page = html("# A\n[b](b.md#c) [x](../src/x.rs) [w](https://w.example) <b>bold</b>\n");
        assert!(page.contains("<h1 id=\"a\">A</h1>"), "{page}");
        assert!(
            page.contains("<a href=\"b.html#c\">b</a> x <a href=\"https://w.example\">w</a>"),
            "{page}"
        );
        assert!(page.contains("&lt;b&gt;bold&lt;/b&gt;"), "{page}");
        assert_eq!(links("[b](b.md) ![p](p.svg)"), ["b.md", "p.svg"]);
        assert_eq!(sections("# A\nsome `words`\n")[0].2, "some  words ");
    }
}
