//! Values of a template to JSON and YAML.

use super::callable::Func;
use super::errors::{Result, failure, recursion_error, type_error, value_error};
use super::eval::Vm;
use super::object::Object;
use super::text::MAX_DEPTH;
use super::value::Py;
use mistral_expr::ErrorKind;
use pyvalue::python;
use pyvalue::value::{Dict, Str, Value};
use pyyaml::Yaml;

impl Vm<'_> {
    /// What the service's JSON encoder makes of a value.
    ///
    /// # Errors
    /// Undefined values inside, bytes that are no text, too deep or too large data.
    pub(crate) fn json_value(&mut self, value: &Py) -> Result<Value> {
        self.json(value, 0)
    }

    fn json(&mut self, value: &Py, depth: usize) -> Result<Value> {
        if depth > MAX_DEPTH {
            return Err(recursion_error());
        }
        self.step()?;
        Ok(match value {
            Py::Undefined(undefined) => return Err(undefined.error()),
            Py::None => Value::Null,
            Py::Bool(b) => Value::Bool(*b),
            Py::Int(n) => Value::Int(*n),
            Py::Big(n) if python::is_printable(n) => Value::Big(n.clone()),
            Py::Big(_) => return Err(value_error(python::INT_TOO_LONG)),
            Py::Float(f) => Value::Float(*f),
            Py::Str(s) | Py::Markup(s) => Value::Str(s.clone()),
            Py::Bytes(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => Value::from(text),
                Err(_) => return Err(value_error("'utf-8' codec can't decode the bytes")),
            },
            Py::List(list) => match list.shared() {
                Some(shared) => Value::List(shared),
                None => self.json_items(&list.items(), depth)?,
            },
            Py::Dict(mapping) => match mapping.shared() {
                Some(shared) => Value::Dict(shared),
                None => self.json_members(mapping.entries(), depth)?,
            },
            Py::Date(yaml) => (**yaml).clone().into_json(),
            Py::Tuple(_) | Py::View(..) | Py::Range(_) | Py::Iter(_) => {
                let items = self.iterate(value)?;
                self.json_items(&items, depth)?
            }
            Py::Object(object) => match &**object {
                Object::Namespace(_) => {
                    let shown = self.repr(value)?;
                    return Err(value_error(format!("Cannot convert {shown} to primitive")));
                }
                Object::Joiner { separator, used } => {
                    let members = vec![
                        (Py::str("sep"), separator.clone()),
                        (Py::str("used"), Py::Bool(used.get())),
                    ];
                    self.json_members(members, depth)?
                }
                _ => Value::from(self.repr(value)?),
            },
            Py::Func(func) => match &**func {
                // The encoder takes an object of Python apart, and this one has no members.
                Func::Workflow(_) => Value::empty_dict(),
                _ => Value::from(self.repr(value)?),
            },
        })
    }

    fn json_items(&mut self, items: &[Py], depth: usize) -> Result<Value> {
        self.charge(items.len() * 24)?;
        let items = items
            .iter()
            .map(|item| self.json(item, depth + 1))
            .collect::<Result<_>>()?;
        Ok(Value::list(items))
    }

    fn json_members(&mut self, members: Vec<(Py, Py)>, depth: usize) -> Result<Value> {
        self.charge(members.len() * 64)?;
        let mut dict = Dict::with_capacity(members.len());
        for (key, value) in members {
            let value = self.json(&value, depth + 1)?;
            dict.insert(json_key(&key)?, value);
        }
        Ok(Value::dict(dict))
    }
}

/// A key as a JSON encoder writes it.
pub(super) fn json_key(key: &Py) -> Result<Str> {
    Ok(match key {
        Py::Str(s) | Py::Markup(s) => s.clone(),
        Py::None => "null".into(),
        Py::Bool(b) => if *b { "true" } else { "false" }.into(),
        other => match super::number::of(other) {
            Some(number) => pyvalue::number::json_key(&number)?.into(),
            None => {
                return Err(type_error(format!(
                    "keys must be str, int, float, bool or None, not {}",
                    other.type_name()
                )));
            }
        },
    })
}

impl Vm<'_> {
    /// A value for the YAML dumper.
    ///
    /// # Errors
    /// As PyYAML's safe dumper refuses what is no plain data.
    pub(crate) fn yaml_value(&mut self, value: &Py) -> Result<Yaml> {
        self.yaml_at(value, 0)
    }

    fn yaml_items(&mut self, items: &[Py], depth: usize) -> Result<Yaml> {
        self.charge(items.len() * 32)?;
        let items: Result<Vec<Yaml>> = items.iter().map(|item| self.yaml_at(item, depth + 1)).collect();
        items.map(Yaml::List)
    }

    fn yaml_at(&mut self, value: &Py, depth: usize) -> Result<Yaml> {
        if depth > MAX_DEPTH {
            return Err(recursion_error());
        }
        Ok(match value {
            Py::None => Yaml::Null,
            Py::Bool(b) => Yaml::Bool(*b),
            Py::Int(n) => Yaml::Int(*n),
            Py::Big(n) if python::is_printable(n) => Yaml::Big(n.clone()),
            Py::Big(_) => return Err(value_error(python::INT_TOO_LONG)),
            Py::Float(f) => Yaml::Float(*f),
            Py::Str(s) => Yaml::Str(s.clone()),
            Py::Bytes(bytes) => Yaml::Bytes(bytes.clone()),
            Py::List(list) => self.yaml_items(&list.items(), depth)?,
            Py::Tuple(tuple) if !tuple.group => self.yaml_items(&tuple.items, depth)?,
            Py::Dict(mapping) => {
                let mut members = Vec::with_capacity(mapping.len());
                for (key, value) in mapping.entries() {
                    self.charge(64)?;
                    members.push((self.yaml_at(&key, depth + 1)?, self.yaml_at(&value, depth + 1)?));
                }
                Yaml::Map(members)
            }
            Py::Date(yaml) => (**yaml).clone(),
            _ => {
                let shown = super::text::repr(value, 1 << 20)?;
                return Err(failure(
                    ErrorKind::Type,
                    format!("('cannot represent an object', {shown})"),
                ));
            }
        })
    }
}
