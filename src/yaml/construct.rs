//! Nodes to data.

use std::collections::HashMap;
use std::hash::BuildHasher as _;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use num_bigint::BigInt;
use num_traits::Num;
use smallvec::SmallVec;

use super::parser::{Content, Node};
use super::reader::{Mark, Reader};
use super::resolver::{Stamp, Tag};
use super::{Error, Yaml};
use pyvalue::python::{self, MAX_INT_DIGITS};

/// Base64 without padding, left-over bits allowed.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone),
);

pub(super) struct Constructor<'r, 'a> {
    pub reader: &'r Reader<'a>,
}

impl Constructor<'_, '_> {
    pub(crate) fn construct(&self, mut node: Node<'_>) -> Result<Yaml, Error> {
        match node.tag {
            Tag::Null => {
                self.scalar(&node)?;
                Ok(Yaml::Null)
            }
            Tag::Bool => {
                let text = self.scalar(&node)?;
                match text.to_lowercase().as_str() {
                    "yes" | "true" | "on" => Ok(Yaml::Bool(true)),
                    "no" | "false" | "off" => Ok(Yaml::Bool(false)),
                    other => Err(self.value_error(super::repr(other), node.start)),
                }
            }
            Tag::Int => self
                .int(self.scalar(&node)?)
                .map_err(|text| self.value_error(text, node.start)),
            Tag::Float => self
                .float(self.scalar(&node)?)
                .map_err(|text| self.value_error(text, node.start)),
            Tag::Timestamp => self
                .timestamp(self.scalar(&node)?)
                .map_err(|text| self.value_error(text, node.start)),
            Tag::Binary => self.binary(&node),
            Tag::Str => match node.content {
                Content::Scalar(text) => Ok(Yaml::Str(Arc::from(&*text))),
                _ => Ok(Yaml::Str(self.scalar(&node)?.into())),
            },
            Tag::Seq => self.sequence(node),
            Tag::Map => Ok(Yaml::Map(self.mapping(&mut node)?)),
            Tag::Set => {
                let members = self.mapping(&mut node)?;
                Ok(Yaml::Set(members.into_iter().map(|(key, _)| key).collect()))
            }
            Tag::Omap => self.pairs(node, "while constructing an ordered map"),
            Tag::Pairs => self.pairs(node, "while constructing pairs"),
            Tag::Merge | Tag::Value | Tag::Other(_) => {
                let problem = format!(
                    "could not determine a constructor for the tag {}",
                    super::repr(&node.tag.uri())
                );
                Err(self.error(None, &problem, node.start))
            }
        }
    }

    fn error(&self, context: Option<(&str, Mark)>, problem: &str, at: Mark) -> Error {
        self.reader
            .error(context.map(|(text, mark)| (text, Some(mark))), problem, at)
    }

    /// Upstream lets Python's own exceptions through here, without a position in the text.
    fn value_error(&self, message: String, at: Mark) -> Error {
        Error {
            message,
            line: at.line as usize + 1,
            column: at.column as usize + 1,
        }
    }

    /// The text of a scalar. A mapping with a `=` key stands for that key's value.
    fn scalar<'n>(&self, node: &'n Node<'_>) -> Result<&'n str, Error> {
        match &node.content {
            Content::Scalar(text) => return Ok(text),
            Content::Mapping(members) => {
                if let Some((_, value)) = members.iter().find(|(key, _)| key.tag == Tag::Value) {
                    return self.scalar(value);
                }
            }
            Content::Sequence(_) => {}
        }
        Err(self.error(
            None,
            &format!("expected a scalar node, but found {}", node.kind()),
            node.start,
        ))
    }

    fn sequence(&self, node: Node<'_>) -> Result<Yaml, Error> {
        let kind = node.kind();
        let Content::Sequence(items) = node.content else {
            return Err(self.error(None, &format!("expected a sequence node, but found {kind}"), node.start));
        };
        Ok(Yaml::List(
            items
                .into_iter()
                .map(|item| self.construct(item))
                .collect::<Result<_, _>>()?,
        ))
    }

    fn mapping(&self, node: &mut Node<'_>) -> Result<Vec<(Yaml, Yaml)>, Error> {
        self.flatten(node)?;
        let kind = node.kind();
        let Content::Mapping(members) = &mut node.content else {
            return Err(self.error(None, &format!("expected a mapping node, but found {kind}"), node.start));
        };
        let mut map = Members::with_capacity(members.len());
        for (key, value) in std::mem::take(members) {
            if matches!(key.tag, Tag::Seq | Tag::Map | Tag::Set | Tag::Omap | Tag::Pairs) {
                let context = Some(("while constructing a mapping", node.start));
                return Err(self.error(context, "found unhashable key", key.start));
            }
            map.insert(self.construct(key)?, self.construct(value)?);
        }
        Ok(map.entries)
    }

    /// Puts the members of `<<` in front, so that the mapping's own keys win.
    fn flatten(&self, node: &mut Node<'_>) -> Result<(), Error> {
        let start = node.start;
        let Content::Mapping(members) = &mut node.content else {
            return Ok(());
        };
        if !members
            .iter()
            .any(|(key, _)| matches!(key.tag, Tag::Merge | Tag::Value))
        {
            return Ok(());
        }
        let (mut merged, mut own) = (Vec::new(), Vec::new());
        for (mut key, mut value) in std::mem::take(members) {
            match key.tag {
                Tag::Merge => {
                    let kind = value.kind();
                    let context = Some(("while constructing a mapping", start));
                    self.flatten(&mut value)?;
                    match value.content {
                        Content::Mapping(inner) => merged.extend(inner),
                        Content::Sequence(items) => {
                            // The first mapping of a list wins.
                            let mut mappings = Vec::with_capacity(items.len());
                            for mut item in items {
                                let kind = item.kind();
                                self.flatten(&mut item)?;
                                let Content::Mapping(inner) = item.content else {
                                    let problem = format!("expected a mapping for merging, but found {kind}");
                                    return Err(self.error(context, &problem, item.start));
                                };
                                mappings.push(inner);
                            }
                            merged.extend(mappings.into_iter().rev().flatten());
                        }
                        Content::Scalar(_) => {
                            let problem =
                                format!("expected a mapping or list of mappings for merging, but found {kind}");
                            return Err(self.error(context, &problem, value.start));
                        }
                    }
                }
                Tag::Value => {
                    key.tag = Tag::Str;
                    own.push((key, value));
                }
                _ => own.push((key, value)),
            }
        }
        merged.extend(own);
        *members = merged;
        Ok(())
    }

    /// `!!omap` and `!!pairs`: a list of mappings of one member each.
    fn pairs(&self, node: Node, context: &str) -> Result<Yaml, Error> {
        let start = node.start;
        let kind = node.kind();
        let Content::Sequence(items) = node.content else {
            let problem = format!("expected a sequence, but found {kind}");
            return Err(self.error(Some((context, start)), &problem, start));
        };
        let mut pairs = Vec::with_capacity(items.len());
        for item in items {
            let kind = item.kind();
            let Content::Mapping(mut members) = item.content else {
                let problem = format!("expected a mapping of length 1, but found {kind}");
                return Err(self.error(Some((context, start)), &problem, item.start));
            };
            if members.len() != 1 {
                let problem = format!("expected a single mapping item, but found {} items", members.len());
                return Err(self.error(Some((context, start)), &problem, item.start));
            }
            if let Some((key, value)) = members.pop() {
                pairs.push((self.construct(key)?, self.construct(value)?));
            }
        }
        Ok(Yaml::Pairs(pairs))
    }

    fn int(&self, text: &str) -> Result<Yaml, String> {
        if text.len() <= 18
            && let Ok(n) = text.parse::<i64>()
        {
            let body = text.strip_prefix(['-', '+']).unwrap_or(text);
            if body == "0" || !body.starts_with('0') {
                return Ok(Yaml::Int(n));
            }
        }
        let text = text.replace('_', "");
        let (negative, body) = match text.strip_prefix('-') {
            Some(body) => (true, body),
            None => (false, text.strip_prefix('+').unwrap_or(&text)),
        };
        let number = if body.is_empty() {
            return Err("string index out of range".to_owned());
        } else if body == "0" {
            BigInt::ZERO
        } else if let Some(digits) = body.strip_prefix("0b") {
            parse_int(digits, 2)?
        } else if let Some(digits) = body.strip_prefix("0x") {
            parse_int(digits, 16)?
        } else if body.starts_with('0') {
            parse_int(body, 8)?
        } else {
            let mut number = BigInt::ZERO;
            for part in body.split(':') {
                number = number * 60 + parse_int(part, 10)?;
                refuse_long(&number)?;
            }
            number
        };
        Ok(Yaml::from_bigint(if negative { -number } else { number }))
    }

    fn float(&self, text: &str) -> Result<Yaml, String> {
        let text = text.replace('_', "").to_lowercase();
        let (sign, body) = match text.strip_prefix('-') {
            Some(body) => (-1.0, body),
            None => (1.0, text.strip_prefix('+').unwrap_or(&text)),
        };
        let parse = |part: &str| {
            let plain = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit() || b".+-e".contains(&b));
            let number = if plain { part.parse::<f64>().ok() } else { None };
            number.ok_or_else(|| format!("could not convert string to float: {}", super::repr(part)))
        };
        let number = match body {
            ".inf" => f64::INFINITY,
            ".nan" => f64::NAN,
            _ if body.contains(':') => {
                // Summed from the smallest part, as the reference does: the order decides the last bit.
                let (mut base, mut number) = (1.0, 0.0);
                for part in body.rsplit(':') {
                    number += parse(part)? * base;
                    base *= 60.0;
                }
                number
            }
            _ => parse(body)?,
        };
        Ok(Yaml::Float(sign * number))
    }

    fn timestamp(&self, text: &str) -> Result<Yaml, String> {
        let stamp = Stamp::parse(text).ok_or("'NoneType' object has no attribute 'groupdict'")?;
        let year = i16::try_from(stamp.year).map_err(|e| e.to_string())?;
        if year == 0 {
            return Err("year 0 is out of range".to_owned());
        }
        if !(1..=12).contains(&stamp.month) {
            return Err("month must be in 1..12".to_owned());
        }
        let date = jiff::civil::Date::new(year, stamp.month as i8, stamp.day.min(99) as i8)
            .map_err(|_| "day is out of range for month".to_owned())?;
        let Some(time) = stamp.time else {
            return Ok(Yaml::Date(date));
        };
        for (value, limit, name) in [
            (time.hour, 23, "hour"),
            (time.minute, 59, "minute"),
            (time.second, 59, "second"),
        ] {
            if value > limit {
                return Err(format!("{name} must be in 0..{limit}"));
            }
        }
        if time.offset.is_some_and(|minutes| minutes.abs() >= 24 * 60) {
            return Err(
                "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24)".to_owned(),
            );
        }
        let clock = jiff::civil::Time::new(
            time.hour as i8,
            time.minute as i8,
            time.second as i8,
            time.micro as i32 * 1000,
        )
        .map_err(|e| e.to_string())?;
        Ok(Yaml::DateTime(date.to_datetime(clock), time.offset))
    }

    fn binary(&self, node: &Node<'_>) -> Result<Yaml, Error> {
        let text = self.scalar(node)?;
        if let Some(c) = text.chars().find(|c| !c.is_ascii()) {
            let problem = format!(
                "failed to convert base64 data into ascii: 'ascii' codec can't encode character {}: ordinal not in range(128)",
                super::repr(c.encode_utf8(&mut [0; 4]))
            );
            return Err(self.error(None, &problem, node.start));
        }
        // Python skips what is not of the alphabet and stops at the padding.
        let alphabet = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/');
        let (data, after) = text
            .split_once('=')
            .map_or((text, 0), |(data, rest)| (data, 1 + rest.matches('=').count()));
        let data: String = data.chars().filter(alphabet).collect();
        let padded = match data.len() % 4 {
            0 => true,
            1 => false,
            used => after >= 4 - used,
        };
        LENIENT
            .decode(data)
            .ok()
            .filter(|_| padded)
            .map(|bytes| Yaml::Bytes(Arc::from(bytes)))
            .ok_or_else(|| self.error(None, "failed to decode base64 data: Incorrect padding", node.start))
    }
}

fn parse_int(digits: &str, radix: u32) -> Result<BigInt, String> {
    if radix == 10 && digits.len() > MAX_INT_DIGITS {
        return Err(format!(
            "Exceeds the limit ({MAX_INT_DIGITS} digits) for integer string conversion: value has {} digits; use sys.set_int_max_str_digits() to increase the limit",
            digits.len()
        ));
    }
    // At least a third of a decimal digit each.
    if digits.len() > 4 * MAX_INT_DIGITS {
        return Err(python::INT_TOO_LONG.to_owned());
    }
    let number = BigInt::from_str_radix(digits, radix)
        .map_err(|_| format!("invalid literal for int() with base {radix}: {}", super::repr(digits)))?;
    refuse_long(&number)?;
    Ok(number)
}

/// Upstream reads integers of any size in other bases than ten, and then cannot store them.
fn refuse_long(number: &BigInt) -> Result<(), String> {
    if python::is_printable(number) {
        Ok(())
    } else {
        Err(python::INT_TOO_LONG.to_owned())
    }
}

/// Members of a mapping under construction, with Python's idea of equal keys (`1`, `1.0` and `true` are one key): the first
/// key stays, the last value wins.
struct Members {
    entries: Vec<(Yaml, Yaml)>,
    /// Places of the keys by their hash; unused as long as there are few.
    index: HashMap<u64, SmallVec<[u32; 1]>, foldhash::fast::RandomState>,
}

/// Mappings of so few members are searched from front to back.
const SMALL: usize = 12;

impl Members {
    fn with_capacity(size: usize) -> Members {
        let index_size = if size > SMALL { size } else { 0 };
        Members {
            entries: Vec::with_capacity(size),
            index: HashMap::with_capacity_and_hasher(index_size, Default::default()),
        }
    }

    fn insert(&mut self, key: Yaml, value: Yaml) {
        if self.index.capacity() == 0 {
            match self.entries.iter().position(|(k, _)| same_key(k, &key)) {
                Some(at) => self.entries[at].1 = value,
                None => self.entries.push((key, value)),
            }
            return;
        }
        let hash = hash_of(&key, self.index.hasher());
        let places = self.index.entry(hash).or_default();
        match places.iter().find(|at| same_key(&self.entries[**at as usize].0, &key)) {
            Some(at) => self.entries[*at as usize].1 = value,
            None => {
                places.push(self.entries.len() as u32);
                self.entries.push((key, value));
            }
        }
    }
}

/// Equal keys have the same hash.
fn hash_of(key: &Yaml, hasher: &foldhash::fast::RandomState) -> u64 {
    match key {
        Yaml::Str(text) => hasher.hash_one(text),
        Yaml::Big(n) => hasher.hash_one(n),
        Yaml::Bytes(bytes) => hasher.hash_one(bytes),
        key => match number(key) {
            // Both zeros are one key.
            Some(f) => hasher.hash_one((f + 0.0).to_bits()),
            None => hasher.hash_one(format!("{key:?}")),
        },
    }
}

fn number(key: &Yaml) -> Option<f64> {
    match key {
        Yaml::Bool(b) => Some(f64::from(u8::from(*b))),
        Yaml::Int(n) => Some(*n as f64),
        Yaml::Float(f) => Some(*f),
        _ => None,
    }
}

fn same_key(a: &Yaml, b: &Yaml) -> bool {
    match (a, b) {
        (Yaml::Str(a), Yaml::Str(b)) => a == b,
        (Yaml::Int(a), Yaml::Int(b)) => a == b,
        _ => match (number(a), number(b)) {
            (Some(a), Some(b)) => a == b,
            (None, None) => a == b,
            _ => false,
        },
    }
}
