//! Arguments of a call, and what Python says when they do not fit. The words depend on how the function is written.

use super::errors::{Result, type_error};
use super::value::Py;
use mistral_expr::Error;
use pyvalue::value::Str;

/// Arguments of a call.
#[derive(Debug, Default)]
pub(super) struct CallArgs {
    pub positional: Vec<Py>,
    pub named: Vec<(Str, Py)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// Written in Python.
    Python,
    /// Written in Python, and checked against its signature before it is called.
    Signature,
    /// Written in C, with no argument or exactly one.
    Exact,
    /// Written in C, with arguments by position only.
    Positional,
    /// The same, in the older way.
    Variadic,
    /// Written in C, with arguments by name.
    Keywords,
}

/// Whose arguments are bound.
#[derive(Clone, Copy, Debug)]
pub(super) struct Callee<'a> {
    style: Style,
    /// The type that a method belongs to.
    owner: Option<&'a str>,
    name: &'a str,
    /// Parameters in front of those that are bound: a filter's value, the environment.
    leading: &'a [&'a str],
}

impl<'a> Callee<'a> {
    const fn new(style: Style, owner: Option<&'a str>, name: &'a str) -> Callee<'a> {
        Callee {
            style,
            owner,
            name,
            leading: &[],
        }
    }

    /// A function of Jinja or upstream, with the parameters in front of those that are bound.
    pub(crate) const fn python(name: &'a str, leading: &'a [&'a str]) -> Callee<'a> {
        Callee {
            leading,
            ..Callee::new(Style::Python, None, name)
        }
    }

    /// As [`Callee::python`], where the arguments are checked before the call.
    pub(crate) const fn signature(leading: &'a [&'a str]) -> Callee<'a> {
        Callee {
            leading,
            ..Callee::new(Style::Signature, None, "")
        }
    }

    /// A method with no argument or exactly one.
    pub(crate) const fn method(owner: &'a str, name: &'a str) -> Callee<'a> {
        Callee::new(Style::Exact, Some(owner), name)
    }

    /// One of Python's own functions of one argument, which is given already.
    pub(crate) const fn builtin(name: &'a str) -> Callee<'a> {
        Callee {
            leading: &["obj"],
            ..Callee::new(Style::Exact, None, name)
        }
    }

    /// A function of the `operator` module, with the first operand given already.
    pub(crate) const fn operator(name: &'a str) -> Callee<'a> {
        Callee {
            leading: &["a"],
            ..Callee::new(Style::Positional, Some("_operator"), name)
        }
    }

    /// A method with arguments by position only.
    pub(crate) const fn positional(owner: &'a str, name: &'a str) -> Callee<'a> {
        Callee::new(Style::Positional, Some(owner), name)
    }

    /// A method of the older kind.
    pub(crate) const fn variadic(name: &'a str) -> Callee<'a> {
        Callee::new(Style::Variadic, None, name)
    }

    /// A method of Python's own that takes arguments by name.
    pub(crate) const fn keywords(name: &'a str) -> Callee<'a> {
        Callee::new(Style::Keywords, None, name)
    }

    fn qualified(&self) -> String {
        match self.owner {
            Some(owner) => format!("{owner}.{}", self.name),
            None => self.name.to_owned(),
        }
    }

    fn no_keywords(&self) -> Error {
        type_error(format!("{}() takes no keyword arguments", self.qualified()))
    }

    /// The number of arguments by position is wrong; both bounds count the leading ones, as `given` does.
    fn wrong_count(&self, least: usize, most: usize, given: usize) -> Error {
        let bound = if given < least { least } else { most };
        let plural = if bound == 1 { "" } else { "s" };
        let degree = if given < least { "at least" } else { "at most" };
        let exactly = least == most;
        type_error(match self.style {
            Style::Python => {
                let (range, plural) = if exactly {
                    (most.to_string(), plural)
                } else {
                    (format!("from {least} to {most}"), "s")
                };
                let were = if given == 1 { "was" } else { "were" };
                format!(
                    "{}() takes {range} positional argument{plural} but {given} {were} given",
                    self.name
                )
            }
            Style::Signature => "too many positional arguments".to_owned(),
            Style::Exact => {
                let wanted = if most == 0 {
                    "no arguments"
                } else {
                    "exactly one argument"
                };
                format!("{}() takes {wanted} ({given} given)", self.qualified())
            }
            Style::Positional if exactly => format!("{} expected {most} argument{plural}, got {given}", self.name),
            Style::Positional => format!("{} expected {degree} {bound} argument{plural}, got {given}", self.name),
            Style::Variadic if exactly => {
                format!("{}() takes exactly {most} argument{plural} ({given} given)", self.name)
            }
            Style::Variadic | Style::Keywords => {
                format!(
                    "{}() takes {degree} {bound} argument{plural} ({given} given)",
                    self.name
                )
            }
        })
    }
}

impl CallArgs {
    pub(crate) fn of(positional: Vec<Py>) -> CallArgs {
        CallArgs {
            positional,
            named: Vec::new(),
        }
    }

    /// Refuses all arguments.
    pub(crate) fn none(self, callee: Callee<'_>) -> Result<()> {
        self.bind(callee, [], 0).map(|[]| ())
    }

    /// Arguments by parameter; so many of them must be given. A parameter with an empty name can only be given by position.
    ///
    /// # Errors
    /// Python's complaints: too many, missing, unknown, given twice.
    pub(crate) fn bind<const N: usize>(
        self,
        callee: Callee<'_>,
        parameters: [&str; N],
        required: usize,
    ) -> Result<[Option<Py>; N]> {
        let mut bound = [const { None }; N];
        self.bind_into(callee, &parameters, required, &mut bound)?;
        Ok(bound)
    }

    /// As [`CallArgs::bind`], into slots that are empty; there are at least as many as parameters.
    ///
    /// # Errors
    /// As there.
    pub(crate) fn bind_into(
        self,
        callee: Callee<'_>,
        parameters: &[&str],
        required: usize,
        bound: &mut [Option<Py>],
    ) -> Result<()> {
        let leading = callee.leading.len();
        let (least, most) = (leading + required, leading + parameters.len());
        let given = leading + self.positional.len();
        match callee.style {
            Style::Exact | Style::Positional | Style::Variadic => {
                if !self.named.is_empty() {
                    return Err(callee.no_keywords());
                }
                if given < least || given > most {
                    return Err(callee.wrong_count(least, most, given));
                }
            }
            Style::Keywords if given + self.named.len() > most => {
                let all = given + self.named.len();
                let kind = if given == 0 { "keyword " } else { "" };
                let plural = if most == 1 { "" } else { "s" };
                return Err(type_error(format!(
                    "{}() takes at most {most} {kind}argument{plural} ({all} given)",
                    callee.name
                )));
            }
            Style::Python | Style::Signature | Style::Keywords => {}
        }
        let too_many = given > most;
        for (slot, value) in bound.iter_mut().take(parameters.len()).zip(self.positional) {
            *slot = Some(value);
        }
        for (name, value) in self.named {
            let at = parameters.iter().position(|p| !p.is_empty() && **p == *name);
            let twice = callee.leading.contains(&&*name) || at.is_some_and(|at| bound[at].is_some());
            match (callee.style, at, twice) {
                (Style::Keywords, Some(at), true) => {
                    return Err(type_error(format!(
                        "argument for {}() given by name ('{name}') and position ({})",
                        callee.name,
                        at + 1
                    )));
                }
                (Style::Signature, _, true) => {
                    return Err(type_error(format!("multiple values for argument '{name}'")));
                }
                (Style::Signature, None, false) => {
                    return Err(type_error(format!("got an unexpected keyword argument '{name}'")));
                }
                (_, _, true) => {
                    return Err(type_error(format!(
                        "{}() got multiple values for argument '{name}'",
                        callee.name
                    )));
                }
                (_, Some(at), false) => bound[at] = Some(value),
                (Style::Keywords, None, false) => {
                    return Err(type_error(format!(
                        "'{name}' is an invalid keyword argument for {}()",
                        callee.name
                    )));
                }
                (_, None, false) => {
                    return Err(type_error(format!(
                        "{}() got an unexpected keyword argument '{name}'",
                        callee.name
                    )));
                }
            }
        }
        if too_many {
            return Err(callee.wrong_count(least, most, given));
        }
        let missing: Vec<&str> = (0..required)
            .filter(|at| bound[*at].is_none())
            .map(|at| parameters[at])
            .collect();
        match (&missing[..], callee.style) {
            ([], _) => Ok(()),
            ([first, ..], Style::Keywords) => {
                let place = parameters.iter().position(|p| p == first).unwrap_or(0) + 1;
                Err(type_error(format!(
                    "{}() missing required argument '{first}' (pos {place})",
                    callee.name
                )))
            }
            ([first, ..], Style::Signature) => Err(type_error(format!("missing a required argument: '{first}'"))),
            (names, _) => Err(missing_arguments(callee.name, names)),
        }
    }
}

/// `f() missing 2 required positional arguments: 'a' and 'b'`
pub(super) fn missing_arguments(function: &str, names: &[&str]) -> Error {
    let quoted: Vec<String> = names.iter().map(|name| format!("'{name}'")).collect();
    let list = match &quoted[..] {
        [one] => one.clone(),
        [first, second] => format!("{first} and {second}"),
        [most @ .., last] => format!("{}, and {last}", most.join(", ")),
        [] => String::new(),
    };
    let plural = if names.len() == 1 { "" } else { "s" };
    type_error(format!(
        "{function}() missing {} required positional argument{plural}: {list}",
        names.len()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint<const N: usize>(args: CallArgs, callee: Callee<'_>, parameters: [&str; N], required: usize) -> String {
        args.bind(callee, parameters, required).unwrap_err().message
    }

    fn given(count: usize, names: &[&str]) -> CallArgs {
        CallArgs {
            positional: vec![Py::Int(1); count],
            named: names.iter().map(|name| (Str::from(*name), Py::Int(1))).collect(),
        }
    }

    #[test]
    fn functions_written_in_python() {
        let replace = Callee::python("do_replace", &["eval_ctx", "s"]);
        let parameters = ["old", "new", "count"];
        for (args, expected) in [
            (
                given(0, &[]),
                "do_replace() missing 2 required positional arguments: 'old' and 'new'",
            ),
            (
                given(1, &[]),
                "do_replace() missing 1 required positional argument: 'new'",
            ),
            (
                given(4, &[]),
                "do_replace() takes from 4 to 5 positional arguments but 6 were given",
            ),
            (given(4, &["x"]), "do_replace() got an unexpected keyword argument 'x'"),
            (
                given(2, &["old"]),
                "do_replace() got multiple values for argument 'old'",
            ),
            (given(2, &["s"]), "do_replace() got multiple values for argument 's'"),
        ] {
            assert_eq!(complaint(args, replace, parameters, 2), expected);
        }
        assert_eq!(
            complaint(given(1, &[]), Callee::python("do_title", &["s"]), [], 0),
            "do_title() takes 1 positional argument but 2 were given"
        );
    }

    #[test]
    fn functions_written_in_c() {
        for (args, callee, expected) in [
            (
                given(2, &[]),
                Callee::method("str", "zfill"),
                "str.zfill() takes exactly one argument (2 given)",
            ),
            (
                given(0, &["a"]),
                Callee::method("str", "zfill"),
                "str.zfill() takes no keyword arguments",
            ),
            (
                given(1, &[]),
                Callee::builtin("abs"),
                "abs() takes exactly one argument (2 given)",
            ),
            (given(0, &[]), Callee::operator("eq"), "eq expected 2 arguments, got 1"),
            (
                given(0, &[]),
                Callee::variadic("find"),
                "find() takes exactly 1 argument (0 given)",
            ),
        ] {
            let found = match callee.name {
                "abs" => complaint(args, callee, [], 0),
                _ => complaint(args, callee, [""], 1),
            };
            assert_eq!(found, expected);
        }
        let split = Callee::keywords("split");
        for (args, expected) in [
            (given(3, &[]), "split() takes at most 2 arguments (3 given)"),
            (given(1, &["x"]), "'x' is an invalid keyword argument for split()"),
            (
                given(1, &["sep"]),
                "argument for split() given by name ('sep') and position (1)",
            ),
        ] {
            assert_eq!(complaint(args, split, ["sep", "maxsplit"], 0), expected);
        }
        assert_eq!(
            complaint(given(2, &[]), Callee::positional("list", "pop"), [""], 0),
            "pop expected at most 1 argument, got 2"
        );
    }
}
