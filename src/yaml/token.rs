//! Tokens the scanner yields and the parser takes.

use std::borrow::Cow;

use super::reader::Mark;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind<'a> {
    StreamEnd,
    YamlDirective(u32),
    /// Handle and prefix.
    TagDirective(Box<(String, String)>),
    OtherDirective,
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,
    FlowEntry,
    BlockEntry,
    Key,
    Value,
    /// Handle (none for verbatim tags) and suffix.
    Tag(Box<(Option<String>, String)>),
    Scalar {
        value: Cow<'a, str>,
        plain: bool,
    },
}

impl TokenKind<'_> {
    /// The name that messages show in quotes.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            TokenKind::StreamEnd => "<stream end>",
            TokenKind::YamlDirective(_) | TokenKind::TagDirective(..) | TokenKind::OtherDirective => "<directive>",
            TokenKind::DocumentStart => "<document start>",
            TokenKind::DocumentEnd => "<document end>",
            TokenKind::BlockSequenceStart => "<block sequence start>",
            TokenKind::BlockMappingStart => "<block mapping start>",
            TokenKind::BlockEnd => "<block end>",
            TokenKind::FlowSequenceStart => "[",
            TokenKind::FlowSequenceEnd => "]",
            TokenKind::FlowMappingStart => "{",
            TokenKind::FlowMappingEnd => "}",
            TokenKind::FlowEntry => ",",
            TokenKind::BlockEntry => "-",
            TokenKind::Key => "?",
            TokenKind::Value => ":",
            TokenKind::Tag(..) => "<tag>",
            TokenKind::Scalar { .. } => "<scalar>",
        }
    }

    pub(crate) fn is_directive(&self) -> bool {
        matches!(
            self,
            TokenKind::YamlDirective(_) | TokenKind::TagDirective(..) | TokenKind::OtherDirective
        )
    }
}

#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    pub kind: TokenKind<'a>,
    pub start: Mark,
    pub end: Mark,
}
