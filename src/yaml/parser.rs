//! Tokens to a tree of nodes: the grammar of PyYAML's parser and composer, without anchors.

use std::borrow::Cow;
use std::mem::discriminant;

use super::Error;
use super::MAX_DEPTH;
use super::reader::Mark;
use super::resolver::{self, Tag};
use super::scanner::Scanner;
use super::token::{Token, TokenKind};

/// A node with its tag resolved.
#[derive(Debug)]
pub(super) struct Node<'a> {
    pub tag: Tag,
    pub start: Mark,
    /// Behind its last token; of a block collection, behind its last member.
    pub end: Mark,
    /// A scalar without quotes.
    pub plain: bool,
    pub content: Content<'a>,
}

#[derive(Debug)]
pub(super) enum Content<'a> {
    Scalar(Cow<'a, str>),
    Sequence(Vec<Node<'a>>),
    Mapping(Vec<(Node<'a>, Node<'a>)>),
}

impl<'a> Node<'a> {
    fn collection(tag: Tag, start: Mark, content: Content<'a>) -> Node<'a> {
        let end = match &content {
            Content::Sequence(items) => items.last().map(|item| item.end),
            Content::Mapping(members) => {
                members.last().map(
                    |(key, value)| {
                        if value.end.at > key.end.at { value.end } else { key.end }
                    },
                )
            }
            Content::Scalar(_) => None,
        };
        Node {
            tag,
            start,
            end: end.unwrap_or(start),
            plain: false,
            content,
        }
    }

    /// The kind as messages name it.
    pub(crate) fn kind(&self) -> &'static str {
        match self.content {
            Content::Scalar(_) => "scalar",
            Content::Sequence(_) => "sequence",
            Content::Mapping(_) => "mapping",
        }
    }
}

pub(super) struct Parser<'a> {
    pub scanner: Scanner<'a>,
    /// Handles declared by `%TAG`.
    handles: Vec<(String, String)>,
    depth: usize,
}

/// Where a node stands: decides which tokens may open it.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Flow,
    Block,
    /// Value or key of a block mapping, where a sequence needs no indentation of its own.
    BlockOrIndentless,
}

impl<'a> Parser<'a> {
    pub(crate) fn new(text: &'a str) -> Result<Parser<'a>, Error> {
        Ok(Parser {
            scanner: Scanner::new(text)?,
            handles: Vec::new(),
            depth: 0,
        })
    }

    /// The only document of the stream, none if the stream is empty.
    pub(crate) fn single_document(&mut self) -> Result<Option<Node<'a>>, Error> {
        let explicit = self.at(|k| k.is_directive() || *k == TokenKind::DocumentStart)?;
        let root = if explicit {
            self.document_start()?
        } else if self.at(|k| *k == TokenKind::StreamEnd)? {
            return Ok(None);
        } else {
            self.node(Place::Block)?
        };
        self.after_document(&root)?;
        Ok(Some(root))
    }

    fn document_start(&mut self) -> Result<Node<'a>, Error> {
        self.directives()?;
        self.scanner.next()?;
        let ends = |k: &TokenKind<'_>| {
            k.is_directive()
                || matches!(
                    k,
                    TokenKind::DocumentStart | TokenKind::DocumentEnd | TokenKind::StreamEnd
                )
        };
        if self.at(ends)? {
            self.empty_here()
        } else {
            self.node(Place::Block)
        }
    }

    /// Nothing but the end of the stream may follow.
    fn after_document(&mut self, root: &Node<'_>) -> Result<(), Error> {
        while self.at(|k| *k == TokenKind::DocumentEnd)? {
            self.scanner.next()?;
        }
        if self.at(|k| *k == TokenKind::StreamEnd)? {
            return Ok(());
        }
        let second = self.scanner.peek()?.start;
        self.directives()?;
        let context = ("expected a single document in the stream", Some(root.start));
        Err(self
            .scanner
            .reader
            .error(Some(context), "but found another document", second))
    }

    /// `%YAML` and `%TAG` lines, up to the `---` they need.
    fn directives(&mut self) -> Result<(), Error> {
        let mut version_seen = false;
        self.handles.clear();
        while self.at(|k| k.is_directive())? {
            let token = self.scanner.next()?;
            let problem = match token.kind {
                TokenKind::YamlDirective(_) if version_seen => "found duplicate YAML directive".to_owned(),
                TokenKind::YamlDirective(major) if major != 1 => {
                    "found incompatible YAML document (version 1.* is required)".to_owned()
                }
                TokenKind::YamlDirective(_) => {
                    version_seen = true;
                    continue;
                }
                TokenKind::TagDirective(tag) if self.handles.iter().any(|(h, _)| *h == tag.0) => {
                    format!("duplicate tag handle {}", super::repr(&tag.0))
                }
                TokenKind::TagDirective(tag) => {
                    self.handles.push(*tag);
                    continue;
                }
                _ => continue,
            };
            return Err(self.scanner.reader.error(None, &problem, token.start));
        }
        let next = self.scanner.peek()?;
        if next.kind != TokenKind::DocumentStart {
            let problem = format!(
                "expected '<document start>', but found {}",
                super::repr(next.kind.name())
            );
            let at = next.start;
            return Err(self.scanner.reader.error(None, &problem, at));
        }
        Ok(())
    }

    fn at(&mut self, wanted: impl Fn(&TokenKind<'_>) -> bool) -> Result<bool, Error> {
        Ok(wanted(&self.scanner.peek()?.kind))
    }

    /// Takes the next token if it is this one.
    fn take(&mut self, kind: &TokenKind<'_>) -> Result<Option<Token<'a>>, Error> {
        if same_kind(&self.scanner.peek()?.kind, kind) {
            self.scanner.next().map(Some)
        } else {
            Ok(None)
        }
    }

    fn empty(&self, at: Mark) -> Node<'a> {
        Node {
            tag: Tag::Null,
            start: at,
            end: at,
            plain: true,
            content: Content::Scalar(Cow::Borrowed("")),
        }
    }

    fn empty_here(&mut self) -> Result<Node<'a>, Error> {
        let at = self.scanner.peek()?.start;
        Ok(self.empty(at))
    }

    /// The node after an indicator, or nothing if one of `ends` comes first.
    fn node_or_empty(&mut self, place: Place, after: Mark, ends: &[TokenKind<'_>]) -> Result<Node<'a>, Error> {
        let next = &self.scanner.peek()?.kind;
        if ends.iter().any(|end| same_kind(next, end)) {
            Ok(self.empty(after))
        } else {
            self.node(place)
        }
    }

    fn node(&mut self, place: Place) -> Result<Node<'a>, Error> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let at = self.scanner.peek()?.start;
            let problem = format!("nested deeper than {MAX_DEPTH} levels");
            return Err(self.scanner.reader.error(None, &problem, at));
        }
        let node = self.node_content(place);
        self.depth -= 1;
        node
    }

    fn node_content(&mut self, place: Place) -> Result<Node<'a>, Error> {
        let mut start = self.scanner.peek()?.start;
        let explicit = self.tag()?;
        let tag = |default: Tag| match &explicit {
            Some(tag) if tag != "!" => Tag::from_uri(tag),
            _ => default,
        };
        if place == Place::BlockOrIndentless && self.at(|k| *k == TokenKind::BlockEntry)? {
            let items = self.indentless_sequence()?;
            return Ok(Node::collection(tag(Tag::Seq), start, Content::Sequence(items)));
        }
        let (next, at) = {
            let token = self.scanner.peek()?;
            (token.kind.name(), token.start)
        };
        let block = place != Place::Flow;
        match next {
            "<scalar>" => {
                let token = self.scanner.next()?;
                let (end, TokenKind::Scalar { value, plain }) = (token.end, token.kind) else {
                    return Ok(self.empty(at));
                };
                let tag = match &explicit {
                    None if plain => resolver::resolve(&value),
                    None => Tag::Str,
                    Some(tag) if tag == "!" => resolver::resolve(&value),
                    Some(tag) => Tag::from_uri(tag),
                };
                Ok(Node {
                    tag,
                    start,
                    end,
                    plain,
                    content: Content::Scalar(value),
                })
            }
            "[" => {
                let (items, end) = self.flow_sequence()?;
                let mut node = Node::collection(tag(Tag::Seq), start, Content::Sequence(items));
                node.end = end;
                Ok(node)
            }
            "{" => {
                let (members, end) = self.flow_mapping()?;
                let mut node = Node::collection(tag(Tag::Map), start, Content::Mapping(members));
                node.end = end;
                Ok(node)
            }
            "<block sequence start>" if block => {
                let items = self.block_sequence()?;
                Ok(Node::collection(tag(Tag::Seq), start, Content::Sequence(items)))
            }
            "<block mapping start>" if block => {
                let members = self.block_mapping()?;
                Ok(Node::collection(tag(Tag::Map), start, Content::Mapping(members)))
            }
            _ if explicit.is_some() => {
                let tag = if explicit.as_deref() == Some("!") {
                    Tag::Null
                } else {
                    tag(Tag::Str)
                };
                Ok(Node {
                    tag,
                    start,
                    end: at,
                    plain: true,
                    content: Content::Scalar(Cow::Borrowed("")),
                })
            }
            found => {
                if explicit.is_none() {
                    start = at;
                }
                let context = if block {
                    "while parsing a block node"
                } else {
                    "while parsing a flow node"
                };
                let problem = format!("expected the node content, but found {}", super::repr(found));
                Err(self.scanner.reader.error(Some((context, Some(start))), &problem, at))
            }
        }
    }

    /// An explicit tag, its handle expanded.
    fn tag(&mut self) -> Result<Option<String>, Error> {
        if !self.at(|k| matches!(k, TokenKind::Tag(..)))? {
            return Ok(None);
        }
        let token = self.scanner.next()?;
        let TokenKind::Tag(tag) = token.kind else {
            return Ok(None);
        };
        let (handle, suffix) = *tag;
        let Some(handle) = handle else { return Ok(Some(suffix)) };
        let declared = self
            .handles
            .iter()
            .find(|(h, _)| *h == handle)
            .map(|(_, prefix)| prefix.as_str());
        let prefix = match (declared, handle.as_str()) {
            (Some(prefix), _) => prefix,
            (None, "!") => "!",
            (None, "!!") => resolver::PREFIX,
            (None, _) => {
                let problem = format!("found undefined tag handle {}", super::repr(&handle));
                let context = ("while parsing a node", Some(token.start));
                return Err(self.scanner.reader.error(Some(context), &problem, token.start));
            }
        };
        Ok(Some(format!("{prefix}{suffix}")))
    }

    fn expected(&mut self, context: &str, opened: Mark, expected: &str) -> Error {
        match self.scanner.peek() {
            Ok(token) => {
                let (problem, at) = (format!("{expected} {}", super::repr(token.kind.name())), token.start);
                self.scanner.reader.error(Some((context, Some(opened))), &problem, at)
            }
            Err(error) => error,
        }
    }

    fn block_sequence(&mut self) -> Result<Vec<Node<'a>>, Error> {
        let opened = self.scanner.next()?.start;
        let mut items = Vec::new();
        while let Some(entry) = self.take(&TokenKind::BlockEntry)? {
            let ends = [TokenKind::BlockEntry, TokenKind::BlockEnd];
            items.push(self.node_or_empty(Place::Block, entry.end, &ends)?);
        }
        self.block_end("while parsing a block collection", opened)?;
        Ok(items)
    }

    fn block_end(&mut self, context: &str, opened: Mark) -> Result<(), Error> {
        match self.take(&TokenKind::BlockEnd)? {
            Some(_) => Ok(()),
            None => Err(self.expected(context, opened, "expected <block end>, but found")),
        }
    }

    fn indentless_sequence(&mut self) -> Result<Vec<Node<'a>>, Error> {
        let mut items = Vec::new();
        while let Some(entry) = self.take(&TokenKind::BlockEntry)? {
            let ends = [
                TokenKind::BlockEntry,
                TokenKind::Key,
                TokenKind::Value,
                TokenKind::BlockEnd,
            ];
            items.push(self.node_or_empty(Place::Block, entry.end, &ends)?);
        }
        Ok(items)
    }

    fn block_mapping(&mut self) -> Result<Vec<(Node<'a>, Node<'a>)>, Error> {
        const ENDS: [TokenKind<'static>; 3] = [TokenKind::Key, TokenKind::Value, TokenKind::BlockEnd];
        let opened = self.scanner.next()?.start;
        let mut members = Vec::new();
        while let Some(token) = self.take(&TokenKind::Key)? {
            let key = self.node_or_empty(Place::BlockOrIndentless, token.end, &ENDS)?;
            let value = match self.take(&TokenKind::Value)? {
                Some(token) => self.node_or_empty(Place::BlockOrIndentless, token.end, &ENDS)?,
                None => self.empty_here()?,
            };
            members.push((key, value));
        }
        self.block_end("while parsing a block mapping", opened)?;
        Ok(members)
    }

    fn flow_sequence(&mut self) -> Result<(Vec<Node<'a>>, Mark), Error> {
        let opened = self.scanner.next()?.start;
        let mut items = Vec::new();
        loop {
            if let Some(token) = self.take(&TokenKind::FlowSequenceEnd)? {
                return Ok((items, token.end));
            }
            if !items.is_empty() {
                if self.take(&TokenKind::FlowEntry)?.is_none() {
                    return Err(self.expected("while parsing a flow sequence", opened, "expected ',' or ']', but got"));
                }
                if let Some(token) = self.take(&TokenKind::FlowSequenceEnd)? {
                    return Ok((items, token.end));
                }
            }
            items.push(match self.take(&TokenKind::Key)? {
                Some(token) => {
                    // `[a: b]`: a mapping of one member.
                    let (start, ends) = (token.start, [TokenKind::FlowEntry, TokenKind::FlowSequenceEnd]);
                    let member = self.flow_member(token.end, &ends)?;
                    Node::collection(Tag::Map, start, Content::Mapping(vec![member]))
                }
                None => self.node(Place::Flow)?,
            });
        }
    }

    /// Key and value after the key's token.
    fn flow_member(&mut self, after_key: Mark, ends: &[TokenKind<'_>; 2]) -> Result<(Node<'a>, Node<'a>), Error> {
        let [a, b] = ends;
        let key = self.node_or_empty(Place::Flow, after_key, &[TokenKind::Value, a.clone(), b.clone()])?;
        let value = match self.take(&TokenKind::Value)? {
            Some(token) => self.node_or_empty(Place::Flow, token.end, ends)?,
            None => self.empty_here()?,
        };
        Ok((key, value))
    }

    fn flow_mapping(&mut self) -> Result<(Vec<(Node<'a>, Node<'a>)>, Mark), Error> {
        let opened = self.scanner.next()?.start;
        let mut members = Vec::new();
        loop {
            if let Some(token) = self.take(&TokenKind::FlowMappingEnd)? {
                return Ok((members, token.end));
            }
            if !members.is_empty() {
                if self.take(&TokenKind::FlowEntry)?.is_none() {
                    return Err(self.expected("while parsing a flow mapping", opened, "expected ',' or '}', but got"));
                }
                if let Some(token) = self.take(&TokenKind::FlowMappingEnd)? {
                    return Ok((members, token.end));
                }
            }
            members.push(match self.take(&TokenKind::Key)? {
                Some(token) => self.flow_member(token.end, &[TokenKind::FlowEntry, TokenKind::FlowMappingEnd])?,
                None => {
                    let key = self.node(Place::Flow)?;
                    let value = self.empty_here()?;
                    (key, value)
                }
            });
        }
    }
}

/// The same kind of token, whatever it carries.
fn same_kind(a: &TokenKind<'_>, b: &TokenKind<'_>) -> bool {
    discriminant(a) == discriminant(b)
}
