//! What an option is, and the macros that declare sections of options: name, type, default, bounds and help text of an
//! option stand in one place, everything else (parsing, the sample file, `--show-config`) is derived from it.

use super::value::Setting;

/// What is known of one option besides its value.
#[derive(Clone, Debug)]
pub struct OptionSpec {
    pub name: &'static str,
    /// What the sample calls the type.
    pub kind: &'static str,
    /// Text of the default.
    pub default: String,
    pub help: String,
    pub choices: &'static [&'static str],
    /// Inclusive bounds of a number.
    pub min: Option<f64>,
    pub max: Option<f64>,
    /// The value is masked wherever it is shown.
    pub secret: bool,
    /// A name this option had before.
    pub was: Option<&'static str>,
    /// Why it should not be set any more; setting it warns.
    pub deprecated: Option<&'static str>,
}

impl OptionSpec {
    /// A spec without bounds, named after a struct field.
    pub(super) fn new<T: Setting>(field: &'static str, default: &T, help: &[&str]) -> OptionSpec {
        OptionSpec {
            name: field.strip_prefix("r#").unwrap_or(field),
            kind: T::KIND,
            default: default.render(),
            help: help
                .iter()
                .map(|line| line.trim())
                .collect::<Vec<_>>()
                .join("\n")
                .trim()
                .to_owned(),
            choices: T::choices(),
            min: None,
            max: None,
            secret: false,
            was: None,
            deprecated: None,
        }
    }

    /// Reads the texts given for the option and checks the bounds.
    pub(super) fn read<T: Setting>(&self, texts: &[String]) -> Result<T, String> {
        let value = T::parse_all(texts)?;
        let number = value.number();
        if let (Some(number), Some(min)) = (number, self.min)
            && number < min
        {
            return Err(format!("{number} is less than the minimum {min}"));
        }
        if let (Some(number), Some(max)) = (number, self.max)
            && number > max
        {
            return Err(format!("{number} is more than the maximum {max}"));
        }
        Ok(value)
    }
}

/// One `[section]` of options.
pub trait Section {
    /// Specs in the order of declaration.
    fn specs(&self) -> Vec<OptionSpec>;

    /// Sets one option from the texts given for it.
    fn assign(&mut self, spec: &OptionSpec, texts: &[String]) -> Result<(), String>;

    /// Text of the present value.
    fn render(&self, spec: &OptionSpec) -> String;
}

/// Declares the options struct of one section. The doc comments are the help texts. After the default may follow
/// `min = 1.0`, `max = 9.0`, `secret = true`, `was = "old_name"`, `deprecated = "reason"`.
macro_rules! section {
    ($(#[doc = $about:literal])+ $section:ident {
        $( $(#[doc = $help:literal])+ $field:ident: $ty:ty = $default:expr $(, $key:ident = $val:expr)* ;)+
    }) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug, PartialEq)]
        pub struct $section {
            $( $(#[doc = $help])+ pub $field: $ty, )+
        }

        impl Default for $section {
            fn default() -> $section {
                $section { $($field: $default,)+ }
            }
        }

        impl $crate::section::Section for $section {
            fn specs(&self) -> Vec<$crate::section::OptionSpec> {
                let defaults = $section::default();
                vec![$({
                    #[allow(unused_mut)]
                    let mut spec = $crate::section::OptionSpec::new(
                        stringify!($field), &defaults.$field, &[$($help),+],
                    );
                    $( spec.$key = $val.into(); )*
                    spec
                },)+]
            }

            fn assign(
                &mut self,
                spec: &$crate::section::OptionSpec,
                texts: &[String],
            ) -> Result<(), String> {
                match spec.name {
                    $( name if name == stringify!($field).trim_start_matches("r#") => {
                        self.$field = spec.read(texts)?;
                    } )+
                    other => return Err(format!("there is no option '{other}'")),
                }
                Ok(())
            }

            fn render(&self, spec: &$crate::section::OptionSpec) -> String {
                match spec.name {
                    $( name if name == stringify!($field).trim_start_matches("r#") => {
                        $crate::value::Setting::render(&self.$field)
                    } )+
                    _ => String::new(),
                }
            }
        }
    };
}
pub(super) use section;

/// Declares [`Config`](super::Config): one public field per section, with the section's name in files.
macro_rules! config {
    ($(#[$meta:meta])* $config:ident { $( $field:ident: $section:ident = $group:literal, )+ }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $config {
            $(
                #[doc = concat!("`[", $group, "]`")]
                pub $field: $section,
            )+
            /// Where each option that is not at its default was set.
            origins: ::std::collections::BTreeMap<(&'static str, &'static str), $crate::Origin>,
        }

        impl $config {
            /// Sections in the order of the sample, each with its name in files.
            pub fn sections(&self) -> Vec<(&'static str, &dyn $crate::section::Section)> {
                vec![$(($group, &self.$field as &dyn $crate::section::Section),)+]
            }

            fn section_mut(&mut self, group: &str) -> Option<&mut dyn $crate::section::Section> {
                match group {
                    $( $group => Some(&mut self.$field), )+
                    _ => None,
                }
            }
        }
    };
}
pub(super) use config;
