//! Filters over sequences and mappings.

use std::cmp::Ordering;

use super::super::arguments::{CallArgs, Callee};
use super::super::errors::{Result, failure, type_error};
use super::super::eval::Vm;
use super::super::key::{Key, Map};
use super::super::methods::{index_argument, take_named};
use super::super::ops;
use super::super::predicates::Predicate;
use super::super::value::{Py, Tuple, View};
use super::{Filter, filter_argument};
use mistral_expr::{Error, ErrorKind};
use pyvalue::value::Str;

/// A sequence computed up to where it failed.
pub(super) type Generated = (Vec<Py>, Option<Error>);

/// How [`Vm::path_key`] finds what to sort or group by.
struct KeyPath {
    path: Vec<Py>,
    case_sensitive: bool,
}

impl Vm<'_> {
    /// Python's generators fail when they are read, not when they are made: the failure is kept for the reader.
    pub(super) fn generate(&mut self, run: impl FnOnce(&mut Self) -> Generated) -> Py {
        let (items, failure) = run(self);
        Py::generator(items, failure, "generator")
    }

    /// `a.b.0` as the steps to take; numbers are indices.
    pub(super) fn attribute_path(&mut self, attribute: &Py) -> Result<Vec<Py>> {
        Ok(match attribute {
            Py::None => Vec::new(),
            Py::Str(text) | Py::Markup(text) => text
                .split('.')
                .map(|part| match part.parse::<i64>() {
                    Ok(n) if part.bytes().all(|b| b.is_ascii_digit()) => Py::Int(n),
                    _ => Py::str(part),
                })
                .collect(),
            other => vec![other.clone()],
        })
    }

    /// The value at the end of a path; `default` stands for what is missing on the way.
    pub(super) fn follow(&mut self, mut item: Py, path: &[Py], default: Option<&Py>) -> Result<Py> {
        for part in path {
            item = self.item(&item, part)?;
            if let (true, Some(default)) = (item.is_undefined(), default) {
                item = default.clone();
            }
        }
        Ok(item)
    }

    fn key_path(&mut self, attribute: Option<Py>, case_sensitive: Option<Py>) -> Result<KeyPath> {
        Ok(KeyPath {
            path: self.attribute_path(&attribute.unwrap_or(Py::None))?,
            case_sensitive: case_sensitive.as_ref().map_or(Ok(false), ops::truth)?,
        })
    }

    fn path_key(&mut self, item: &Py, by: &KeyPath, default: Option<&Py>) -> Result<Py> {
        let value = self.follow(item.clone(), &by.path, default)?;
        Ok(if by.case_sensitive { value } else { ignore_case(value) })
    }

    /// Stable sort by a key. Keys are computed once; comparing them may fail.
    pub(crate) fn sort_by(
        &mut self,
        items: Vec<Py>,
        reverse: bool,
        mut key: impl FnMut(&mut Self, &Py) -> Result<Py>,
    ) -> Result<Vec<Py>> {
        let mut keyed = Vec::with_capacity(items.len());
        for item in items {
            let key = key(self, &item)?;
            keyed.push((key, item));
        }
        self.charge(keyed.len() * 48)?;
        // Reversed twice, equal items keep their order.
        if reverse {
            keyed.reverse();
        }
        let mut sorted = self.merge_sort(keyed)?;
        if reverse {
            sorted.reverse();
        }
        Ok(sorted.into_iter().map(|(_, item)| item).collect())
    }

    fn less(&mut self, a: &(Py, Py), b: &(Py, Py)) -> Result<bool> {
        self.step()?;
        Ok(self.order("<", &a.0, &b.0)? == Some(Ordering::Less))
    }

    /// Binary insertion after the first run, comparing in the order Python does: which comparison fails first shows.
    fn insertion_sort(&mut self, mut items: Vec<(Py, Py)>) -> Result<Vec<(Py, Py)>> {
        let mut run = 2.min(items.len());
        if items.len() > 1 {
            let descending = self.less(&items[1], &items[0])?;
            while run < items.len() && self.less(&items[run], &items[run - 1])? == descending {
                run += 1;
            }
            if descending {
                items[..run].reverse();
            }
        }
        for at in run..items.len() {
            let (mut low, mut high) = (0, at);
            while low < high {
                let middle = low + (high - low) / 2;
                if self.less(&items[at], &items[middle])? {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            items[low..=at].rotate_right(1);
        }
        Ok(items)
    }

    /// Merge sort: unlike the standard library's it survives comparisons that are no order (NaN) or fail.
    fn merge_sort(&mut self, mut items: Vec<(Py, Py)>) -> Result<Vec<(Py, Py)>> {
        if items.len() < 64 {
            return self.insertion_sort(items);
        }
        let right = items.split_off(items.len() / 2);
        let left = self.merge_sort(items)?;
        let right = self.merge_sort(right)?;
        let mut merged = Vec::with_capacity(left.len() + right.len());
        let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
        while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
            let take_right = self.less(b, a)?;
            merged.extend(if take_right { right.next() } else { left.next() });
        }
        merged.extend(left);
        merged.extend(right);
        Ok(merged)
    }

    pub(super) fn sort_filter(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        let [reverse, case_sensitive, attribute] = args.bind(
            Callee::python("do_sort", &["environment", "value"]),
            ["reverse", "case_sensitive", "attribute"],
            0,
        )?;
        let reverse = index_argument(reverse.as_ref())? != 0;
        let case_sensitive = case_sensitive.as_ref().map_or(Ok(false), ops::truth)?;
        // Several attributes, separated by commas, sort by the first, then the second, …
        let paths = match attribute {
            Some(Py::Str(names)) | Some(Py::Markup(names)) => names
                .split(',')
                .map(|name| self.attribute_path(&Py::str(name)))
                .collect::<Result<Vec<_>>>()?,
            other => vec![self.attribute_path(&other.unwrap_or(Py::None))?],
        };
        let items = self.iterate(input)?;
        let sorted = self.sort_by(items, reverse, |vm, item| {
            let mut keys = Vec::with_capacity(paths.len());
            for path in &paths {
                let value = vm.follow(item.clone(), path, None)?;
                keys.push(if case_sensitive { value } else { ignore_case(value) });
            }
            Ok(Py::tuple(keys))
        })?;
        Ok(Py::list(sorted))
    }

    pub(super) fn dictsort(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        let [case_sensitive, by, reverse] = args.bind(
            Callee::python("do_dictsort", &["value"]),
            ["case_sensitive", "by", "reverse"],
            0,
        )?;
        let case_sensitive = case_sensitive.as_ref().map_or(Ok(false), ops::truth)?;
        let by_value = match by.as_ref().map_or(Some("key"), |b| b.as_text().map(|s| &**s)) {
            Some("key") => false,
            Some("value") => true,
            _ => return Err(filter_argument("You can only sort by either \"key\" or \"value\"")),
        };
        let entries = match input {
            Py::Dict(mapping) => mapping.entries(),
            Py::Undefined(undefined) => return Err(undefined.error()),
            other => {
                let message = format!("'{}' object has no attribute 'items'", other.type_name());
                return Err(failure(ErrorKind::Attribute, message));
            }
        };
        let reverse = index_argument(reverse.as_ref())? != 0;
        let pairs = entries.into_iter().map(|(k, v)| Py::tuple(vec![k, v])).collect();
        let sorted = self.sort_by(pairs, reverse, |_, pair| {
            let Py::Tuple(pair) = pair else { return Ok(Py::None) };
            let key = pair.items[usize::from(by_value)].clone();
            Ok(if case_sensitive { key } else { ignore_case(key) })
        })?;
        Ok(Py::list(sorted))
    }

    pub(super) fn groupby(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        let [attribute, default, case_sensitive] = args.bind(
            Callee::python("sync_do_groupby", &["environment", "value"]),
            ["attribute", "default", "case_sensitive"],
            1,
        )?;
        let by = self.key_path(attribute, case_sensitive)?;
        let default = default.filter(|d| !matches!(d, Py::None));
        let items = self.iterate(input)?;
        let sorted = self.sort_by(items, false, |vm, item| vm.path_key(item, &by, default.as_ref()))?;
        let mut groups: Vec<(Py, Vec<Py>)> = Vec::new();
        for item in sorted {
            let key = self.path_key(&item, &by, default.as_ref())?;
            match groups.last_mut() {
                Some((last, members)) if self.equal(last, &key)? => members.push(item),
                _ => groups.push((key, vec![item])),
            }
        }
        let mut out = Vec::with_capacity(groups.len());
        for (key, members) in groups {
            let key = if by.case_sensitive {
                key
            } else {
                // The group is named by its first member, in its own case.
                self.follow(members[0].clone(), &by.path, default.as_ref())?
            };
            out.push(Py::Tuple(std::rc::Rc::new(Tuple {
                items: vec![key, Py::list(members)],
                group: true,
            })));
        }
        Ok(Py::list(out))
    }

    pub(super) fn unique(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        let [case_sensitive, attribute] = args.bind(
            Callee::python("sync_do_unique", &["environment", "value"]),
            ["case_sensitive", "attribute"],
            0,
        )?;
        let by = self.key_path(attribute, case_sensitive)?;
        Ok(self.generate(|vm| {
            let items = match vm.iterate(input) {
                Ok(items) => items,
                Err(error) => return (Vec::new(), Some(error)),
            };
            let mut seen = Map::default();
            let mut kept = Vec::new();
            for item in items {
                match vm.path_key(&item, &by, None).and_then(Key::new) {
                    Ok(key) => {
                        if seen.insert(key, Py::None).is_none() {
                            kept.push(item);
                        }
                    }
                    Err(error) => return (kept, Some(error)),
                }
            }
            (kept, None)
        }))
    }

    pub(super) fn extreme(&mut self, input: &Py, args: CallArgs, largest: bool) -> Result<Py> {
        let name = if largest { "do_max" } else { "do_min" };
        let [case_sensitive, attribute] = args.bind(
            Callee::python(name, &["environment", "value"]),
            ["case_sensitive", "attribute"],
            0,
        )?;
        let by = self.key_path(attribute, case_sensitive)?;
        let mut best: Option<(Py, Py)> = None;
        for item in self.iterate(input)? {
            let key = self.path_key(&item, &by, None)?;
            let better = match &best {
                None => true,
                Some((held, _)) if largest => self.order(">", &key, held)? == Some(Ordering::Greater),
                Some((held, _)) => self.order("<", &key, held)? == Some(Ordering::Less),
            };
            if better {
                best = Some((key, item));
            }
        }
        Ok(match best {
            Some((_, item)) => item,
            None => Py::undefined("No aggregated item, sequence was empty.".to_owned()),
        })
    }

    pub(super) fn join_filter(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        let [separator, attribute] = args.bind(
            Callee::python("sync_do_join", &["eval_ctx", "value"]),
            ["d", "attribute"],
            0,
        )?;
        let separator = separator.unwrap_or_else(|| Py::str(""));
        let path = attribute
            .filter(|a| !matches!(a, Py::None))
            .map(|a| self.attribute_path(&a))
            .transpose()?;
        let mut items = Vec::new();
        for item in self.iterate(input)? {
            items.push(match &path {
                Some(path) => self.follow(item, path, None)?,
                None => item,
            });
        }
        let markup = self.autoescape
            && (matches!(separator, Py::Markup(_)) || items.iter().any(|item| matches!(item, Py::Markup(_))));
        if markup {
            let separator = match separator {
                Py::Markup(text) => text,
                other => Str::from(super::super::text::escaped(&self.text(&other)?)),
            };
            let items = Py::list(items);
            return self.string_method(&separator, true, "join", CallArgs::of(vec![items]));
        }
        let separator = self.text(&separator)?;
        let mut out = String::new();
        for (i, item) in items.iter().enumerate() {
            if i > 0 {
                out.push_str(&separator);
            }
            let limit = self.remaining();
            super::super::text::write_str(item, limit, &mut out)?;
            self.step()?;
        }
        self.charge(out.len())?;
        Ok(Py::string(out))
    }

    pub(super) fn first(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        args.none(Callee::python("sync_do_first", &["environment", "seq"]))?;
        let first = match input {
            Py::List(list) => list.get(0),
            Py::Iter(generator) => {
                let next = generator.items.borrow_mut().pop_front();
                match next {
                    Some(item) => Some(item),
                    None => match generator.failure.take() {
                        Some(error) => return Err(error),
                        None => None,
                    },
                }
            }
            other => self.iterate(other)?.into_iter().next(),
        };
        Ok(first.unwrap_or_else(|| Py::undefined("No first item, sequence was empty.".to_owned())))
    }

    pub(super) fn last(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        args.none(Callee::python("do_last", &["environment", "seq"]))?;
        let last = match input {
            Py::Iter(generator) => {
                return Err(type_error(format!(
                    "'{}' object is not reversible",
                    generator.type_name
                )));
            }
            Py::List(list) => list.len().checked_sub(1).and_then(|at| list.get(at)),
            other => match self.iterate(other) {
                Ok(items) => items.into_iter().next_back(),
                Err(error) if error.kind == ErrorKind::Type => {
                    return Err(type_error(format!("'{}' object is not reversible", other.type_name())));
                }
                Err(error) => return Err(error),
            },
        };
        Ok(last.unwrap_or_else(|| Py::undefined("No last item, sequence was empty.".to_owned())))
    }

    pub(super) fn length_filter(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        args.none(Callee::builtin("len"))?;
        match input {
            Py::Undefined(undefined) if undefined.lenient => Ok(Py::Int(0)),
            Py::Undefined(undefined) => Err(undefined.error()),
            other => match ops::length(other) {
                Some(length) => Ok(Py::Int(length as i64)),
                None => Err(type_error(format!(
                    "object of type '{}' has no len()",
                    other.type_name()
                ))),
            },
        }
    }

    pub(super) fn list_filter(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        args.none(Callee::python("sync_do_list", &["value"]))?;
        Ok(Py::list(self.iterate(input)?))
    }

    pub(super) fn items_filter(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        args.none(Callee::python("do_items", &["value"]))?;
        Ok(match input {
            Py::Undefined(_) => Py::generator(Vec::new(), None, "generator"),
            Py::Dict(mapping) => {
                let items = self.iterate(&Py::View(View::Items, mapping.clone()))?;
                Py::generator(items, None, "generator")
            }
            _ => {
                let failure = type_error("Can only get item pairs from a mapping.");
                Py::generator(Vec::new(), Some(failure), "generator")
            }
        })
    }

    pub(super) fn random_filter(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        args.none(Callee::python("do_random", &["context", "seq"]))?;
        let length = match input {
            Py::Undefined(undefined) if !undefined.lenient => return Err(undefined.error()),
            Py::View(..) => {
                return Err(type_error(format!(
                    "'{}' object is not subscriptable",
                    input.type_name()
                )));
            }
            other => ops::length(other)
                .ok_or_else(|| type_error(format!("object of type '{}' has no len()", other.type_name())))?,
        };
        if length == 0 {
            return Ok(Py::undefined("No random item, sequence was empty.".to_owned()));
        }
        let at = ((self.scope.host.random() * length as f64) as usize).min(length - 1);
        let item = self.item(input, &Py::Int(at as i64))?;
        if let (Py::Dict(_), true) = (input, item.is_undefined()) {
            return Err(failure(ErrorKind::Key, at.to_string()));
        }
        Ok(item)
    }

    pub(super) fn reverse_filter(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        args.none(Callee::python("do_reverse", &["value"]))?;
        if let Py::Str(text) | Py::Markup(text) = input {
            self.charge(text.len())?;
            let reversed: String = text.chars().rev().collect();
            return Ok(if matches!(input, Py::Markup(_)) {
                Py::Markup(Str::from(reversed))
            } else {
                Py::string(reversed)
            });
        }
        let type_name = match input {
            Py::List(_) => "list_reverseiterator",
            Py::Dict(_) | Py::View(View::Keys, _) => "dict_reversekeyiterator",
            Py::View(View::Values, _) => "dict_reversevalueiterator",
            Py::View(View::Items, _) => "dict_reverseitemiterator",
            Py::Range(_) => "range_iterator",
            Py::Tuple(_) | Py::Bytes(_) => "reversed",
            _ => "",
        };
        let mut items = self.iterate(input).map_err(|error| match error.kind {
            ErrorKind::Type => filter_argument("argument must be iterable"),
            _ => error,
        })?;
        items.reverse();
        Ok(if type_name.is_empty() {
            Py::list(items)
        } else {
            Py::generator(items, None, type_name)
        })
    }

    pub(super) fn batch(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        let [size, fill] = args.bind(Callee::python("do_batch", &["value"]), ["linecount", "fill_with"], 1)?;
        let fill = fill.filter(|f| !matches!(f, Py::None));
        Ok(self.generate(|vm| {
            let items = match vm.iterate(input) {
                Ok(items) => items,
                Err(error) => return (Vec::new(), Some(error)),
            };
            let size = match &size {
                Some(size) => ops::equal_integer(size),
                None => None,
            };
            let mut batches = Vec::new();
            let mut batch: Vec<Py> = Vec::new();
            for item in items {
                if size == Some(batch.len() as i64) {
                    batches.push(Py::list(std::mem::take(&mut batch)));
                }
                batch.push(item);
            }
            if !batch.is_empty() {
                if let Some(fill) = fill {
                    let missing = size.unwrap_or(0) - batch.len() as i64;
                    if missing > 0 {
                        if let Err(error) = vm.charge((missing as usize).saturating_mul(24)) {
                            return (batches, Some(error));
                        }
                        batch.extend(std::iter::repeat_n(fill, missing as usize));
                    }
                }
                batches.push(Py::list(batch));
            }
            (batches, None)
        }))
    }

    pub(super) fn slice_filter(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        let [slices, fill] = args.bind(Callee::python("sync_do_slice", &["value"]), ["slices", "fill_with"], 1)?;
        let fill = fill.filter(|f| !matches!(f, Py::None));
        Ok(self.generate(|vm| {
            let computed = vm.iterate(input).and_then(|items| {
                let slices = index_argument(slices.as_ref())?;
                if slices == 0 {
                    return Err(failure(ErrorKind::ZeroDivision, "integer division or modulo by zero"));
                }
                vm.charge((slices.max(0) as usize).saturating_mul(40))?;
                Ok((items, slices.max(0) as usize))
            });
            let (items, slices) = match computed {
                Ok(computed) => computed,
                Err(error) => return (Vec::new(), Some(error)),
            };
            if slices == 0 {
                return (Vec::new(), None);
            }
            let (each, extra) = (items.len() / slices, items.len() % slices);
            let mut rest = items.into_iter();
            let parts = (0..slices).map(|n| {
                let mut part: Vec<Py> = rest.by_ref().take(each + usize::from(n < extra)).collect();
                if n >= extra {
                    part.extend(fill.clone());
                }
                Py::list(part)
            });
            (parts.collect(), None)
        }))
    }

    pub(super) fn attr_filter(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        let [name] = args.bind(Callee::python("do_attr", &["environment", "obj"]), ["name"], 1)?;
        let name = name.unwrap_or(Py::None);
        let Some(name) = name.as_text() else {
            return Err(match name {
                Py::Undefined(undefined) => undefined.error(),
                other @ (Py::List(_) | Py::Dict(_)) => type_error(format!("unhashable type: '{}'", other.type_name())),
                other => type_error(format!("attribute name must be string, not '{}'", other.type_name())),
            });
        };
        // Only the attribute counts, never an item.
        if let Py::Undefined(undefined) = input {
            return Err(undefined.error());
        }
        match self.attribute(input, name)? {
            value if matches!(input, Py::Dict(_)) => {
                let is_member = match &value {
                    Py::Func(func) => !matches!(&**func, super::super::callable::Func::Method(..)),
                    Py::Undefined(undefined) => undefined.kind != ErrorKind::Security,
                    _ => true,
                };
                Ok(if is_member {
                    Py::undefined(format!(
                        "'dict object' has no attribute {}",
                        super::super::parser::quoted(name)
                    ))
                } else {
                    value
                })
            }
            value => Ok(value),
        }
    }

    pub(super) fn map_filter(&mut self, input: &Py, mut args: CallArgs) -> Generated {
        match ops::truth(input) {
            Ok(true) => {}
            Ok(false) => return (Vec::new(), None),
            Err(error) => return (Vec::new(), Some(error)),
        }
        let mut items = Vec::new();
        let result = self.map_into(input, &mut args, &mut items);
        (items, result.err())
    }

    fn map_into(&mut self, input: &Py, args: &mut CallArgs, out: &mut Vec<Py>) -> Result<()> {
        let attribute = if args.positional.is_empty() {
            take_named(args, "attribute")
        } else {
            None
        };
        if let Some(attribute) = attribute {
            let default = take_named(args, "default").filter(|d| !matches!(d, Py::None));
            if let Some((name, _)) = args.named.first() {
                let name = super::super::parser::quoted(name);
                return Err(filter_argument(format!("Unexpected keyword argument {name}")));
            }
            let path = self.attribute_path(&attribute)?;
            for item in self.iterate(input)? {
                self.step()?;
                out.push(self.follow(item, &path, default.as_ref())?);
            }
            return Ok(());
        }
        if args.positional.is_empty() {
            return Err(filter_argument("map requires a filter argument"));
        }
        let name = args.positional.remove(0);
        let items = self.iterate(input)?;
        if items.is_empty() {
            return Ok(());
        }
        let name = self.text(&name)?;
        let Some(filter) = Filter::named(&name) else {
            let message = format!("No filter named {}.", super::super::parser::quoted(&name));
            return Err(failure(ErrorKind::Runtime, message));
        };
        for item in items {
            let args = CallArgs {
                positional: args.positional.clone(),
                named: args.named.clone(),
            };
            out.push(self.nested(|vm| vm.filter(filter, item, args))?);
        }
        Ok(())
    }

    pub(super) fn select(&mut self, input: &Py, mut args: CallArgs, wanted: bool, by_attribute: bool) -> Generated {
        match ops::truth(input) {
            Ok(true) => {}
            Ok(false) => return (Vec::new(), None),
            Err(error) => return (Vec::new(), Some(error)),
        }
        let mut items = Vec::new();
        let result = self.select_into(input, &mut args, wanted, by_attribute, &mut items);
        (items, result.err())
    }

    fn select_into(
        &mut self,
        input: &Py,
        args: &mut CallArgs,
        wanted: bool,
        by_attribute: bool,
        out: &mut Vec<Py>,
    ) -> Result<()> {
        let path = if by_attribute {
            if args.positional.is_empty() {
                return Err(filter_argument("Missing parameter for attribute name"));
            }
            let attribute = args.positional.remove(0);
            Some(self.attribute_path(&attribute)?)
        } else {
            None
        };
        let test = if args.positional.is_empty() {
            None
        } else {
            Some(args.positional.remove(0))
        };
        for item in self.iterate(input)? {
            self.step()?;
            let value = match &path {
                Some(path) => self.follow(item.clone(), path, None)?,
                None => item.clone(),
            };
            let passes = match &test {
                None => ops::truth(&value)?,
                Some(name) => {
                    let name = self.text(name)?;
                    let Some(test) = Predicate::named(&name) else {
                        let message = format!("No test named {}.", super::super::parser::quoted(&name));
                        return Err(failure(ErrorKind::Runtime, message));
                    };
                    let args = CallArgs {
                        positional: args.positional.clone(),
                        named: args.named.clone(),
                    };
                    self.test(test, &value, args)?
                }
            };
            if passes == wanted {
                out.push(item);
            }
        }
        Ok(())
    }
}

/// Text in lower case; anything else as it is.
fn ignore_case(value: Py) -> Py {
    match value {
        Py::Str(text) => Py::string(text.to_lowercase()),
        Py::Markup(text) => Py::Markup(Str::from(text.to_lowercase())),
        other => other,
    }
}
