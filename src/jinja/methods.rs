//! Methods of lists, mappings, tuples, numbers, bytes, dates and Jinja's own objects. Those of text are in
//! [`super::strings`].

use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::{ToPrimitive as _, Zero as _};

use super::arguments::{CallArgs, Callee};
use super::errors::{Result, failure, type_error, value_error};
use super::eval::Vm;
use super::key::{Key, Map};
use super::number;
use super::object::Object;
use super::ops;
use super::strings;
use super::value::{List, Mapping, Py, View};
use mistral_expr::ErrorKind;
use pyyaml::Yaml;

const LIST: [&str; 11] = [
    "append", "clear", "copy", "count", "extend", "index", "insert", "pop", "remove", "reverse", "sort",
];
const TUPLE: [&str; 2] = ["count", "index"];
const DICT: [&str; 11] = [
    "clear",
    "copy",
    "fromkeys",
    "get",
    "items",
    "keys",
    "pop",
    "popitem",
    "setdefault",
    "update",
    "values",
];
const INT: [&str; 7] = [
    "as_integer_ratio",
    "bit_count",
    "bit_length",
    "conjugate",
    "from_bytes",
    "is_integer",
    "to_bytes",
];
const FLOAT: [&str; 5] = ["as_integer_ratio", "conjugate", "fromhex", "hex", "is_integer"];
const BYTES: [&str; 4] = ["decode", "hex", "startswith", "endswith"];
const DATE: [&str; 5] = ["isoformat", "strftime", "weekday", "isoweekday", "toordinal"];

pub(super) fn is_dict_method(name: &str) -> bool {
    DICT.contains(&name)
}

/// Does the object have a method of this name?
pub(super) fn exists(object: &Py, name: &str) -> bool {
    match object {
        Py::Str(_) => strings::METHODS.contains(&name),
        Py::Markup(_) => strings::METHODS.contains(&name) || matches!(name, "striptags" | "unescape"),
        Py::List(_) => LIST.contains(&name),
        Py::Tuple(_) | Py::Range(_) => TUPLE.contains(&name),
        Py::Dict(_) => DICT.contains(&name),
        Py::Bool(_) | Py::Int(_) | Py::Big(_) => INT.contains(&name) && name != "is_integer",
        Py::Float(_) => FLOAT.contains(&name),
        Py::Bytes(_) => BYTES.contains(&name),
        Py::Date(_) => DATE.contains(&name),
        Py::View(View::Keys | View::Items, _) => name == "isdisjoint",
        Py::Object(object) => match &**object {
            Object::Cycler { .. } => matches!(name, "next" | "reset"),
            Object::Loop(_) => matches!(name, "cycle" | "changed"),
            _ => false,
        },
        Py::Func(func) => {
            matches!(**func, super::callable::Func::Global(super::globals::Global::Dict)) && DICT.contains(&name)
        }
        _ => false,
    }
}

impl Vm<'_> {
    pub(crate) fn call_method(&mut self, object: &Py, name: &str, args: CallArgs) -> Result<Py> {
        match object {
            Py::Str(text) | Py::Markup(text) => self.string_method(text, matches!(object, Py::Markup(_)), name, args),
            Py::List(list) => self.list_method(list, object, name, args),
            Py::Dict(mapping) => self.dict_method(mapping, object, name, args),
            Py::Tuple(_) | Py::Range(_) => {
                let items = self.iterate(object)?;
                self.sequence_method(object.type_name(), &items, name, args)
            }
            Py::Bool(_) | Py::Int(_) | Py::Big(_) => {
                int_method(number::integer(object).unwrap_or_default(), name, args)
            }
            Py::Float(f) => float_method(*f, name, args),
            Py::Bytes(bytes) => bytes_method(bytes, name, args),
            Py::Date(yaml) => date_method(yaml, name, args),
            Py::View(_, mapping) => self.view_method(mapping, args),
            Py::Object(inner) => self.object_method(inner, name, args),
            Py::Func(_) if name == "fromkeys" => self.dict_from_keys(args),
            other => Err(type_error(format!(
                "unbound method {}.{name}() needs an argument",
                other.type_name()
            ))),
        }
    }

    // Lists.

    fn list_method(&mut self, list: &Rc<List>, object: &Py, name: &str, args: CallArgs) -> Result<Py> {
        match name {
            "append" => {
                let [item] = args.bind(Callee::method("list", "append"), [""], 1)?;
                let item = item.unwrap_or(Py::None);
                self.may_hold(object, &item)?;
                self.charge(24)?;
                list.change(|items| items.push(item));
                Ok(Py::None)
            }
            "extend" => {
                let [more] = args.bind(Callee::method("list", "extend"), [""], 1)?;
                let more = self.iterate(&more.unwrap_or(Py::None))?;
                for item in &more {
                    self.may_hold(object, item)?;
                }
                list.change(|items| items.extend(more));
                Ok(Py::None)
            }
            "insert" => {
                let [at, item] = args.bind(Callee::positional("list", "insert"), ["", ""], 2)?;
                let item = item.unwrap_or(Py::None);
                self.may_hold(object, &item)?;
                self.charge(24)?;
                let at = index_argument(at.as_ref())?;
                list.change(|items| {
                    let at = if at < 0 {
                        (at + items.len() as i64).max(0) as usize
                    } else {
                        at as usize
                    };
                    items.insert(at.min(items.len()), item);
                });
                Ok(Py::None)
            }
            "pop" => {
                let [at] = args.bind(Callee::positional("list", "pop"), [""], 0)?;
                let at = at.as_ref().map_or(Ok(-1), |at| index_argument(Some(at)))?;
                list.change(|items| {
                    if items.is_empty() {
                        return Err(failure(ErrorKind::Index, "pop from empty list"));
                    }
                    let at = if at < 0 { at + items.len() as i64 } else { at };
                    match usize::try_from(at).ok().filter(|at| *at < items.len()) {
                        Some(at) => Ok(items.remove(at)),
                        None => Err(failure(ErrorKind::Index, "pop index out of range")),
                    }
                })
            }
            "remove" => {
                let [item] = args.bind(Callee::method("list", "remove"), [""], 1)?;
                let item = item.unwrap_or(Py::None);
                let at = self.position(&list.items(), &item)?;
                match at {
                    Some(at) => {
                        list.change(|items| items.remove(at));
                        Ok(Py::None)
                    }
                    None => Err(value_error("list.remove(x): x not in list")),
                }
            }
            "reverse" => {
                args.none(Callee::method("list", "reverse"))?;
                list.change(|items| items.reverse());
                Ok(Py::None)
            }
            "sort" => {
                let mut args = args;
                if !args.positional.is_empty() {
                    return Err(type_error("sort() takes no positional arguments"));
                }
                let key = take_named(&mut args, "key").unwrap_or(Py::None);
                let reverse = take_named(&mut args, "reverse");
                args.none(Callee::keywords("sort"))?;
                let reverse = index_argument(reverse.as_ref())? != 0;
                let items = list.items();
                let sorted = self.sort_by(items, reverse, |vm, item| match &key {
                    Py::None => Ok(item.clone()),
                    key => vm.call(key, CallArgs::of(vec![item.clone()])),
                })?;
                list.change(|items| *items = sorted);
                Ok(Py::None)
            }
            "clear" => {
                args.none(Callee::method("list", "clear"))?;
                list.change(Vec::clear);
                Ok(Py::None)
            }
            "copy" => {
                args.none(Callee::method("list", "copy"))?;
                self.charge(list.len() * 24)?;
                Ok(Py::list(list.items()))
            }
            _ => self.sequence_method("list", &list.items(), name, args),
        }
    }

    /// A list may not come to hold itself: nothing could print, compare or free it.
    fn may_hold(&mut self, holder: &Py, item: &Py) -> Result<()> {
        if self.reaches(item, holder, 0)? {
            return Err(value_error("Circular reference detected"));
        }
        Ok(())
    }

    fn reaches(&mut self, from: &Py, target: &Py, depth: usize) -> Result<bool> {
        self.step()?;
        if depth > super::text::MAX_DEPTH {
            return Err(super::errors::recursion_error());
        }
        let children = match (from, target) {
            (Py::List(a), Py::List(b)) if Rc::ptr_eq(a, b) => return Ok(true),
            (Py::Dict(a) | Py::View(_, a), Py::Dict(b)) if Rc::ptr_eq(a, b) => return Ok(true),
            (Py::List(list), _) if list.shared().is_none() => list.items(),
            (Py::Dict(mapping) | Py::View(_, mapping), _) if mapping.shared().is_none() => mapping.values(),
            (Py::Tuple(tuple), _) => tuple.items.clone(),
            (Py::Iter(generator), _) => generator.items.borrow().iter().cloned().collect(),
            (Py::Func(func), _) => match &**func {
                super::callable::Func::Method(object, _) => vec![object.clone()],
                _ => return Ok(false),
            },
            _ => return Ok(false),
        };
        for child in &children {
            if self.reaches(child, target, depth + 1)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn position(&mut self, items: &[Py], wanted: &Py) -> Result<Option<usize>> {
        for (i, item) in items.iter().enumerate() {
            self.step()?;
            if self.equal(item, wanted)? {
                return Ok(Some(i));
            }
        }
        Ok(None)
    }

    /// `count` and `index` of any sequence.
    fn sequence_method(&mut self, kind: &str, items: &[Py], name: &str, args: CallArgs) -> Result<Py> {
        match name {
            "count" => {
                let [wanted] = args.bind(Callee::method(kind, "count"), [""], 1)?;
                let wanted = wanted.unwrap_or(Py::None);
                let mut count = 0;
                for item in items {
                    self.step()?;
                    count += i64::from(self.equal(item, &wanted)?);
                }
                Ok(Py::Int(count))
            }
            _ => {
                let callee = if kind == "range" {
                    Callee::method(kind, "index")
                } else {
                    Callee::positional(kind, "index")
                };
                let [wanted, start, stop] = args.bind(callee, ["", "", ""], 1)?;
                let wanted = wanted.unwrap_or(Py::None);
                let length = items.len() as i64;
                let clip = |value: Option<Py>, default: i64| -> Result<usize> {
                    let at = value.as_ref().map_or(Ok(default), |v| index_argument(Some(v)))?;
                    Ok(if at < 0 { (at + length).max(0) } else { at.min(length) } as usize)
                };
                let (start, stop) = (clip(start, 0)?, clip(stop, length)?);
                let found = if start < stop {
                    self.position(&items[start..stop], &wanted)?
                } else {
                    None
                };
                match found {
                    Some(at) => Ok(Py::Int((start + at) as i64)),
                    None if kind == "list" => Err(value_error(format!("{} is not in list", self.repr(&wanted)?))),
                    None if kind == "range" => Err(value_error(format!("{} is not in range", self.repr(&wanted)?))),
                    None => Err(value_error("tuple.index(x): x not in tuple")),
                }
            }
        }
    }

    // Mappings.

    fn dict_method(&mut self, mapping: &Rc<Mapping>, object: &Py, name: &str, args: CallArgs) -> Result<Py> {
        match name {
            "get" => {
                let [key, default] = args.bind(Callee::positional("dict", "get"), ["", ""], 1)?;
                let key = Key::new(key.unwrap_or(Py::None))?;
                Ok(mapping.get(&key).or(default).unwrap_or(Py::None))
            }
            "keys" | "values" | "items" => {
                args.none(Callee::method("dict", name))?;
                let view = match name {
                    "keys" => View::Keys,
                    "values" => View::Values,
                    _ => View::Items,
                };
                Ok(Py::View(view, mapping.clone()))
            }
            "pop" => {
                let [key, default] = args.bind(Callee::positional("dict", "pop"), ["", ""], 1)?;
                let key = key.unwrap_or(Py::None);
                let shown = self.repr(&key)?;
                let key = Key::new(key)?;
                let removed = if mapping.contains(&key) {
                    mapping.change(|map| map.shift_remove(&key))
                } else {
                    None
                };
                removed.or(default).ok_or_else(|| failure(ErrorKind::Key, shown))
            }
            "popitem" => {
                args.none(Callee::method("dict", "popitem"))?;
                match mapping.change(Map::pop) {
                    Some((key, value)) => Ok(Py::tuple(vec![key.into_value(), value])),
                    None => Err(failure(ErrorKind::Key, "'popitem(): dictionary is empty'")),
                }
            }
            "setdefault" => {
                let [key, default] = args.bind(Callee::positional("dict", "setdefault"), ["", ""], 1)?;
                let key = Key::new(key.unwrap_or(Py::None))?;
                if let Some(value) = mapping.get(&key) {
                    return Ok(value);
                }
                let value = default.unwrap_or(Py::None);
                self.may_hold(object, &value)?;
                self.charge(64)?;
                mapping.change(|map| map.insert(key, value.clone()));
                Ok(value)
            }
            "update" => {
                let mut more = Map::default();
                let CallArgs { positional, named } = args;
                if positional.len() > 1 {
                    let given = positional.len();
                    return Err(type_error(format!("update expected at most 1 argument, got {given}")));
                }
                for source in &positional {
                    self.update_map(&mut more, source)?;
                }
                more.extend(named.into_iter().map(|(name, value)| (Key::text(name), value)));
                self.charge(more.len() * 64)?;
                for value in more.values().cloned().collect::<Vec<_>>() {
                    self.may_hold(object, &value)?;
                }
                mapping.change(|map| map.extend(more));
                Ok(Py::None)
            }
            "clear" => {
                args.none(Callee::method("dict", "clear"))?;
                mapping.change(Map::clear);
                Ok(Py::None)
            }
            "copy" => {
                args.none(Callee::method("dict", "copy"))?;
                self.charge(mapping.len() * 64)?;
                Ok(Py::dict(mapping.to_map()))
            }
            _ => self.dict_from_keys(args),
        }
    }

    fn dict_from_keys(&mut self, args: CallArgs) -> Result<Py> {
        let [keys, value] = args.bind(Callee::positional("type", "fromkeys"), ["", ""], 1)?;
        let value = value.unwrap_or(Py::None);
        let mut map = Map::default();
        for key in self.iterate(&keys.unwrap_or(Py::None))? {
            map.insert(Key::new(key)?, value.clone());
        }
        Ok(Py::dict(map))
    }

    fn view_method(&mut self, mapping: &Rc<Mapping>, args: CallArgs) -> Result<Py> {
        let [other] = args.bind(Callee::method("dict_keys", "isdisjoint"), [""], 1)?;
        for item in self.iterate(&other.unwrap_or(Py::None))? {
            if mapping.contains(&Key::new(item)?) {
                return Ok(Py::Bool(false));
            }
        }
        Ok(Py::Bool(true))
    }

    fn object_method(&mut self, object: &Rc<Object>, name: &str, args: CallArgs) -> Result<Py> {
        match (&**object, name) {
            (Object::Cycler { items, at }, "next") => {
                let current = items[at.get()].clone();
                at.set((at.get() + 1) % items.len());
                Ok(current)
            }
            (Object::Cycler { at, .. }, _) => {
                at.set(0);
                Ok(Py::None)
            }
            (Object::Loop(state), "cycle") => {
                if args.positional.is_empty() {
                    return Err(type_error("no items for cycling given"));
                }
                let at = state.index0.get() % args.positional.len();
                Ok(args.positional[at].clone())
            }
            (Object::Loop(state), _) => {
                let last = state.last_changed.borrow().clone();
                let same = match &last {
                    Some(last) => self.equal(&Py::tuple(last.clone()), &Py::tuple(args.positional.clone()))?,
                    None => false,
                };
                if !same {
                    *state.last_changed.borrow_mut() = Some(args.positional);
                }
                Ok(Py::Bool(!same))
            }
            _ => Err(super::attributes::not_callable(&Py::Object(object.clone()))),
        }
    }
}

pub(super) fn take_named(args: &mut CallArgs, name: &str) -> Option<Py> {
    let at = args.named.iter().position(|(n, _)| **n == *name)?;
    Some(args.named.remove(at).1)
}

/// An argument that Python uses as an index.
pub(super) fn index_argument(value: Option<&Py>) -> Result<i64> {
    match value {
        Some(value) => match number::integer(value) {
            Some(n) => n
                .to_i64()
                .ok_or_else(|| failure(ErrorKind::Overflow, "Python int too large to convert to C ssize_t")),
            None => Err(type_error(format!(
                "'{}' object cannot be interpreted as an integer",
                value.type_name()
            ))),
        },
        None => Ok(0),
    }
}

fn int_method(n: BigInt, name: &str, args: CallArgs) -> Result<Py> {
    match name {
        "bit_length" => {
            args.none(Callee::method("int", name))?;
            Ok(Py::Int(n.bits() as i64))
        }
        "bit_count" => {
            args.none(Callee::method("int", name))?;
            Ok(Py::Int(n.magnitude().count_ones() as i64))
        }
        "conjugate" => {
            args.none(Callee::method("int", name))?;
            Ok(Py::big(n))
        }
        "as_integer_ratio" => {
            args.none(Callee::method("int", name))?;
            Ok(Py::tuple(vec![Py::big(n), Py::Int(1)]))
        }
        "to_bytes" => {
            let [length, order, signed] = args.bind(Callee::keywords(name), ["length", "byteorder", "signed"], 0)?;
            let length = length.as_ref().map_or(Ok(1), |v| index_argument(Some(v)))?;
            let order = order
                .as_ref()
                .and_then(Py::as_text)
                .map_or("big".to_owned(), |s| s.to_string());
            let signed = signed.as_ref().map_or(Ok(false), ops::truth)?;
            if n.sign() == num_bigint::Sign::Minus && !signed {
                return Err(failure(ErrorKind::Overflow, "can't convert negative int to unsigned"));
            }
            let mut bytes = if signed {
                n.to_signed_bytes_le()
            } else {
                n.magnitude().to_bytes_le()
            };
            if n.is_zero() {
                bytes.clear();
            }
            let Ok(length) = usize::try_from(length) else {
                return Err(value_error("length argument must be non-negative"));
            };
            if bytes.len() > length {
                return Err(failure(ErrorKind::Overflow, "int too big to convert"));
            }
            if length > 1 << 20 {
                return Err(super::errors::memory_error());
            }
            bytes.resize(length, if n.sign() == num_bigint::Sign::Minus { 0xff } else { 0 });
            match order.as_str() {
                "big" => bytes.reverse(),
                "little" => {}
                _ => return Err(value_error("byteorder must be either 'little' or 'big'")),
            }
            Ok(Py::Bytes(bytes.into()))
        }
        _ => {
            let [bytes, order] = args.bind(Callee::keywords(name), ["bytes", "byteorder"], 1)?;
            let Some(Py::Bytes(bytes)) = bytes else {
                return Err(type_error("cannot convert object to bytes"));
            };
            let little = order.as_ref().and_then(Py::as_text).is_some_and(|s| &**s == "little");
            let sign = num_bigint::Sign::Plus;
            Ok(Py::big(if little {
                BigInt::from_bytes_le(sign, &bytes)
            } else {
                BigInt::from_bytes_be(sign, &bytes)
            }))
        }
    }
}

fn float_method(f: f64, name: &str, args: CallArgs) -> Result<Py> {
    if name == "fromhex" {
        return Err(value_error("invalid hexadecimal floating-point string"));
    }
    args.none(Callee::method("float", name))?;
    match name {
        "is_integer" => Ok(Py::Bool(f.is_finite() && f.fract() == 0.0)),
        "hex" => Ok(Py::string(float_hex(f))),
        "as_integer_ratio" => {
            if f.is_nan() {
                return Err(value_error("cannot convert NaN to integer ratio"));
            }
            if f.is_infinite() {
                return Err(failure(ErrorKind::Overflow, "cannot convert Infinity to integer ratio"));
            }
            let (mut numerator, mut exponent, sign) = num_traits::Float::integer_decode(f);
            while numerator != 0 && numerator % 2 == 0 && exponent < 0 {
                numerator /= 2;
                exponent += 1;
            }
            if numerator == 0 {
                exponent = 0;
            }
            let mut top = BigInt::from(numerator) * i32::from(sign);
            let mut bottom = BigInt::from(1);
            if exponent >= 0 {
                top <<= exponent as u32;
            } else {
                bottom <<= exponent.unsigned_abs();
            }
            Ok(Py::tuple(vec![Py::big(top), Py::big(bottom)]))
        }
        _ => Ok(Py::Float(f)),
    }
}

fn float_hex(f: f64) -> String {
    if !f.is_finite() {
        return if f.is_nan() {
            "nan"
        } else if f > 0.0 {
            "inf"
        } else {
            "-inf"
        }
        .to_owned();
    }
    let bits = f.to_bits();
    let sign = if f.is_sign_negative() { "-" } else { "" };
    let exponent = ((bits >> 52) & 0x7ff) as i64;
    let mantissa = bits & ((1 << 52) - 1);
    match (exponent, mantissa) {
        (0, 0) => format!("{sign}0x0.0p+0"),
        (0, _) => format!("{sign}0x0.{mantissa:013x}p-1022"),
        _ => {
            let exponent = exponent - 1023;
            format!("{sign}0x1.{mantissa:013x}p{exponent:+}")
        }
    }
}

fn bytes_method(bytes: &[u8], name: &str, args: CallArgs) -> Result<Py> {
    match name {
        "hex" => {
            args.none(Callee::keywords("hex"))?;
            Ok(Py::string(hex::encode(bytes)))
        }
        "decode" => {
            let [encoding, errors] = args.bind(Callee::keywords("decode"), ["encoding", "errors"], 0)?;
            let encoding = encoding
                .as_ref()
                .and_then(Py::as_text)
                .map_or("utf-8".to_owned(), |s| s.to_string());
            let lossy = errors.as_ref().and_then(Py::as_text).is_some_and(|e| &**e != "strict");
            strings::decode(bytes, &encoding, lossy).map(Py::string)
        }
        _ => {
            let [part] = args.bind(Callee::variadic(name), [""], 1)?;
            let Some(Py::Bytes(part)) = part else {
                return Err(type_error("first arg must be bytes or a tuple of bytes"));
            };
            Ok(Py::Bool(if name == "startswith" {
                bytes.starts_with(&part)
            } else {
                bytes.ends_with(&part)
            }))
        }
    }
}

fn date_method(yaml: &Yaml, name: &str, args: CallArgs) -> Result<Py> {
    let (date, time) = match yaml {
        Yaml::Date(date) => (*date, None),
        Yaml::DateTime(time, _) => (time.date(), Some(*time)),
        _ => return Ok(Py::None),
    };
    let weekday = i64::from(date.weekday().to_monday_zero_offset());
    match name {
        "isoformat" => {
            let [separator] = args.bind(Callee::keywords("isoformat"), ["sep"], 0)?;
            let mut text = super::text::str(&Py::Date(Rc::new(yaml.clone())), usize::MAX)?.to_string();
            if time.is_some() {
                let separator = separator
                    .as_ref()
                    .and_then(Py::as_text)
                    .map_or("T".to_owned(), |s| s.to_string());
                text = text.replacen(' ', &separator, 1);
            }
            Ok(Py::string(text))
        }
        "strftime" => {
            let [format] = args.bind(Callee::keywords("strftime"), ["format"], 1)?;
            let Some(format) = format.as_ref().and_then(Py::as_text) else {
                return Err(type_error("strftime() argument 1 must be str"));
            };
            let moment = time.unwrap_or_else(|| date.to_datetime(jiff::civil::Time::midnight()));
            // Python leaves microseconds in six digits to `%f`; jiff needs the width spelled out.
            let format = format.replace("%f", "%6f");
            jiff::fmt::strtime::format(format, moment)
                .map(Py::string)
                .map_err(|e| value_error(e.to_string()))
        }
        "weekday" => Ok(Py::Int(weekday)),
        "isoweekday" => Ok(Py::Int(weekday + 1)),
        _ => {
            let first = jiff::civil::Date::new(1, 1, 1).map_err(|e| value_error(e.to_string()))?;
            let days = date.since(first).map_err(|e| value_error(e.to_string()))?.get_days();
            Ok(Py::Int(i64::from(days) + 1))
        }
    }
}
