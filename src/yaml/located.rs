//! Documents with the place of every node: what tools for authors point at.

use std::sync::Arc;

use pyvalue::value::{Str, Value};

use super::construct::Constructor;
use super::parser::{Content, Node, Parser};
use super::reader::Mark;
use super::resolver::Tag;
use super::{Error, Step, Yaml};

/// A stretch of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// Bytes.
    pub from: usize,
    /// Bytes; behind the last one.
    pub to: usize,
    /// One-based.
    pub line: usize,
    /// One-based, in characters.
    pub column: usize,
}

/// A node and where it stands. Nothing is merged, and keys that stand twice are there twice.
#[derive(Clone, Debug)]
pub struct Located {
    pub span: Span,
    pub shape: Shape,
}

/// What a node is.
#[derive(Clone, Debug)]
pub enum Shape {
    Scalar {
        /// As written, without quotes and escapes.
        text: Str,
        /// Written without quotes.
        plain: bool,
        /// What the loader makes of it.
        value: Value,
    },
    List(Vec<Located>),
    Map(Vec<(Located, Located)>),
}

/// A document both ways, from one reading of its text.
#[derive(Debug)]
pub struct Read {
    /// None when there is nothing in the text.
    pub root: Option<Located>,
    /// What the loader makes of it as a whole; some texts can be read and have no value.
    pub yaml: Result<Yaml, Error>,
}

/// Reads the only document of a text; none when there is nothing in it.
///
/// # Errors
/// As [`super::parse`].
pub fn locate(text: &str) -> Result<Option<Located>, Error> {
    let mut parser = Parser::new(text)?;
    let root = parser.single_document()?;
    let constructor = Constructor {
        reader: &parser.scanner.reader,
    };
    root.map(|root| convert(&constructor, &root)).transpose()
}

/// [`locate`] and [`super::parse`] in one.
///
/// # Errors
/// As [`locate`].
pub fn read(text: &str) -> Result<Read, Error> {
    let mut parser = Parser::new(text)?;
    let Some(node) = parser.single_document()? else {
        return Ok(Read {
            root: None,
            yaml: Ok(Yaml::Null),
        });
    };
    let constructor = Constructor {
        reader: &parser.scanner.reader,
    };
    Ok(Read {
        root: Some(convert(&constructor, &node)?),
        yaml: constructor.construct(node),
    })
}

fn span(start: Mark, end: Mark) -> Span {
    Span {
        from: start.at as usize,
        to: end.at as usize,
        line: start.line as usize + 1,
        column: start.column as usize + 1,
    }
}

fn convert(constructor: &Constructor<'_, '_>, node: &Node<'_>) -> Result<Located, Error> {
    let shape = match &node.content {
        Content::Sequence(items) => Shape::List(
            items
                .iter()
                .map(|item| convert(constructor, item))
                .collect::<Result<_, _>>()?,
        ),
        Content::Mapping(members) => Shape::Map(
            members
                .iter()
                .map(|(key, value)| Ok((convert(constructor, key)?, convert(constructor, value)?)))
                .collect::<Result<_, Error>>()?,
        ),
        Content::Scalar(text) => {
            let (plain, text) = (node.plain, Str::from(&**text));
            let value = match &node.tag {
                Tag::Str | Tag::Merge | Tag::Value => Value::Str(text.clone()),
                tag => constructor
                    .construct(Node {
                        tag: tag.clone(),
                        start: node.start,
                        end: node.end,
                        plain,
                        content: Content::Scalar((&*text).into()),
                    })?
                    .into_json(),
            };
            Shape::Scalar { text, plain, value }
        }
    };
    Ok(Located {
        span: span(node.start, node.end),
        shape,
    })
}

impl Located {
    /// The members of a mapping; none of anything else.
    pub fn members(&self) -> &[(Located, Located)] {
        match &self.shape {
            Shape::Map(members) => members,
            _ => &[],
        }
    }

    /// The items of a list; none of anything else.
    pub fn items(&self) -> &[Located] {
        match &self.shape {
            Shape::List(items) => items,
            _ => &[],
        }
    }

    /// The text of a scalar that the loader takes for text.
    pub fn text(&self) -> Option<&str> {
        match &self.shape {
            Shape::Scalar {
                value: Value::Str(text),
                ..
            } => Some(text),
            _ => None,
        }
    }

    /// A scalar as the key of a mapping.
    pub fn key(&self) -> Option<Str> {
        match &self.shape {
            Shape::Scalar { value, .. } => Some(match value {
                Value::Str(text) => text.clone(),
                Value::Null => "null".into(),
                Value::Bool(true) => "true".into(),
                Value::Bool(false) => "false".into(),
                other => Arc::from(pyvalue::json::to_string(other)),
            }),
            _ => None,
        }
    }

    /// Whether it is the key of this name.
    fn is_key(&self, name: &str) -> bool {
        match &self.shape {
            Shape::Scalar {
                value: Value::Str(text),
                ..
            } => &**text == name,
            _ => self.key().as_deref() == Some(name),
        }
    }

    /// The member of this name with its key; of several the last, as the loader takes it.
    pub fn member(&self, name: &str) -> Option<(&Located, &Located)> {
        self.members()
            .iter()
            .rev()
            .find(|(key, _)| key.is_key(name))
            .map(|(key, value)| (key, value))
    }

    /// The value of the member of this name.
    pub fn get(&self, name: &str) -> Option<&Located> {
        self.member(name).map(|(_, value)| value)
    }

    /// What the loader makes of it, without merges.
    pub fn to_value(&self) -> Value {
        match &self.shape {
            Shape::Scalar { value, .. } => value.clone(),
            Shape::List(items) => Value::list(items.iter().map(Located::to_value).collect()),
            Shape::Map(members) => Value::dict(
                members
                    .iter()
                    .filter_map(|(key, value)| Some((key.key()?, value.to_value())))
                    .collect(),
            ),
        }
    }

    /// The node at a path and, if it is a member, its key. A path that leads nowhere ends at the last node on it.
    pub fn find(&self, path: &[Step]) -> (Option<&Located>, &Located) {
        let (mut key, mut node) = (None, self);
        for step in path {
            let next = match step {
                Step::Key(name) => node.member(name).map(|(key, value)| (Some(key), value)),
                Step::Index(at) => node.items().get(*at).map(|item| (None, item)),
            };
            let Some(next) = next else { break };
            (key, node) = next;
        }
        (key, node)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_know_their_places() {
        let text = "a:\n  - 'ü'\n  - {b: 1e3, b: no}\nc: x\n";
        let root = locate(text).unwrap().unwrap();
        let (_, item) = root.find(&[Step::Key("a".into()), Step::Index(0)]);
        assert_eq!((item.span.line, item.span.column, item.text()), (2, 5, Some("ü")));
        assert_eq!(&text[item.span.from..item.span.to], "'ü'");
        let map = &root.get("a").unwrap().items()[1];
        assert_eq!(map.members().len(), 2);
        assert_eq!(map.get("b").unwrap().to_value(), Value::Bool(false));
        assert_eq!(&text[map.span.from..map.span.to], "{b: 1e3, b: no}");
        let (key, value) = root.member("c").unwrap();
        assert_eq!((key.span.line, value.span.column), (4, 4));
        assert!(locate("# nothing").unwrap().is_none());
        assert!(locate("a: [").is_err());
    }
}
