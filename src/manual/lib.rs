//! The documentation as a site. Its sources are the pages of `docs/` with `docs/SUMMARY.md` as contents, which mdBook
//! understands, too; this generator is a part of the program, so that every server has the manual of its own version at `/docs`,
//! and `mistral-server docs` writes the site without a second tool.
//!
//! * `summary`: the contents; `render`: Markdown to HTML; `site`: the pages around it, and the index of the search.

mod render;
mod site;
mod summary;
#[cfg(test)]
mod tests;

pub use render::{Heading, headings, links};
pub use site::{File, files};
pub use summary::{Chapter, Part, parts};

include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// The contents.
const SUMMARY: &str = "SUMMARY.md";

/// The pages by file name, sorted, without the contents.
pub fn pages() -> impl Iterator<Item = (&'static str, &'static str)> {
    PAGES.iter().copied().filter(|(name, _)| *name != SUMMARY)
}

/// The pictures that pages show, by name below the site's root: WebP.
pub fn images() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    IMAGES.iter().copied()
}

/// The text of a page.
pub fn page(name: &str) -> Option<&'static str> {
    PAGES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}
