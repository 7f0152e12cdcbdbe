//! YAQL, Jinja2 and templates: the corpus recorded from the real ones, limits under attack, properties.

mod corpus;
mod limits;
mod properties;
mod python;
