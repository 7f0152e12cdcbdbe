//! Jinja's filters, and upstream's own.

mod number;
mod sequence;
mod text;
mod urlize;

use super::arguments::{CallArgs, Callee};
use super::errors::{Result, failure};
use super::eval::Vm;
use super::globals::WorkflowFunction;
use super::value::Py;
use mistral_expr::ErrorKind;

/// Every filter there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    Abs,
    Attr,
    Batch,
    Capitalize,
    Center,
    Default,
    DictSort,
    Escape,
    FileSizeFormat,
    First,
    Float,
    ForceEscape,
    Format,
    GroupBy,
    Indent,
    Int,
    Items,
    Join,
    Last,
    Length,
    List,
    Lower,
    Map,
    Max,
    Min,
    PPrint,
    Random,
    Reject,
    RejectAttr,
    Replace,
    Reverse,
    Round,
    Safe,
    Select,
    SelectAttr,
    Slice,
    Sort,
    String,
    StripTags,
    Sum,
    Title,
    ToJson,
    Trim,
    Truncate,
    Unique,
    Upper,
    UrlEncode,
    Urlize,
    WordCount,
    WordWrap,
    XmlAttr,
    Workflow(WorkflowFunction),
}

impl Filter {
    pub(crate) fn named(name: &str) -> Option<Filter> {
        Some(match name {
            "abs" => Filter::Abs,
            "attr" => Filter::Attr,
            "batch" => Filter::Batch,
            "capitalize" => Filter::Capitalize,
            "center" => Filter::Center,
            "count" | "length" => Filter::Length,
            "d" | "default" => Filter::Default,
            "dictsort" => Filter::DictSort,
            "e" | "escape" => Filter::Escape,
            "filesizeformat" => Filter::FileSizeFormat,
            "first" => Filter::First,
            "float" => Filter::Float,
            "forceescape" => Filter::ForceEscape,
            "format" => Filter::Format,
            "groupby" => Filter::GroupBy,
            "indent" => Filter::Indent,
            "int" => Filter::Int,
            "items" => Filter::Items,
            "join" => Filter::Join,
            "last" => Filter::Last,
            "list" => Filter::List,
            "lower" => Filter::Lower,
            "map" => Filter::Map,
            "max" => Filter::Max,
            "min" => Filter::Min,
            "pprint" => Filter::PPrint,
            "random" => Filter::Random,
            "reject" => Filter::Reject,
            "rejectattr" => Filter::RejectAttr,
            "replace" => Filter::Replace,
            "reverse" => Filter::Reverse,
            "round" => Filter::Round,
            "safe" => Filter::Safe,
            "select" => Filter::Select,
            "selectattr" => Filter::SelectAttr,
            "slice" => Filter::Slice,
            "sort" => Filter::Sort,
            "string" => Filter::String,
            "striptags" => Filter::StripTags,
            "sum" => Filter::Sum,
            "title" => Filter::Title,
            "tojson" => Filter::ToJson,
            "trim" => Filter::Trim,
            "truncate" => Filter::Truncate,
            "unique" => Filter::Unique,
            "upper" => Filter::Upper,
            "urlencode" => Filter::UrlEncode,
            "urlize" => Filter::Urlize,
            "wordcount" => Filter::WordCount,
            "wordwrap" => Filter::WordWrap,
            "xmlattr" => Filter::XmlAttr,
            name => Filter::Workflow(WorkflowFunction::named(name)?),
        })
    }

    /// Can it be computed when the template is compiled? Those that see the context cannot.
    pub(crate) fn is_foldable(self) -> bool {
        !matches!(
            self,
            Filter::Map
                | Filter::Random
                | Filter::Reject
                | Filter::RejectAttr
                | Filter::Select
                | Filter::SelectAttr
                | Filter::Workflow(_)
        )
    }
}

impl Vm<'_> {
    pub(crate) fn filter(&mut self, filter: Filter, input: Py, args: CallArgs) -> Result<Py> {
        self.step()?;
        if let Some(text) = input.as_text() {
            self.read(text)?;
        }
        match filter {
            Filter::Abs => self.abs(&input, args),
            Filter::Attr => self.attr_filter(&input, args),
            Filter::Batch => self.batch(&input, args),
            Filter::Default => default(input, args),
            Filter::DictSort => self.dictsort(&input, args),
            Filter::First => self.first(&input, args),
            Filter::Float => self.float_filter(&input, args),
            Filter::GroupBy => self.groupby(&input, args),
            Filter::Int => self.int_filter(&input, args),
            Filter::Items => self.items_filter(&input, args),
            Filter::Join => self.join_filter(&input, args),
            Filter::Last => self.last(&input, args),
            Filter::Length => self.length_filter(&input, args),
            Filter::List => self.list_filter(&input, args),
            Filter::Map => Ok(self.generate(|vm| vm.map_filter(&input, args))),
            Filter::Max => self.extreme(&input, args, true),
            Filter::Min => self.extreme(&input, args, false),
            Filter::Random => self.random_filter(&input, args),
            Filter::Reject => Ok(self.generate(|vm| vm.select(&input, args, false, false))),
            Filter::RejectAttr => Ok(self.generate(|vm| vm.select(&input, args, false, true))),
            Filter::Reverse => self.reverse_filter(&input, args),
            Filter::Round => self.round_filter(&input, args),
            Filter::Select => Ok(self.generate(|vm| vm.select(&input, args, true, false))),
            Filter::SelectAttr => Ok(self.generate(|vm| vm.select(&input, args, true, true))),
            Filter::Slice => self.slice_filter(&input, args),
            Filter::Sort => self.sort_filter(&input, args),
            Filter::Sum => self.sum(&input, args),
            Filter::Unique => self.unique(&input, args),
            Filter::FileSizeFormat => self.file_size_format(&input, args),
            Filter::Workflow(function) => self.call_workflow(function, Some(&input), args),
            text => self.text_filter(text, input, args),
        }
    }
}

fn default(input: Py, args: CallArgs) -> Result<Py> {
    let [default, boolean] = args.bind(
        Callee::python("do_default", &["value"]),
        ["default_value", "boolean"],
        0,
    )?;
    let boolean = boolean.as_ref().map_or(Ok(false), super::ops::truth)?;
    if input.is_undefined() || (boolean && !super::ops::truth(&input)?) {
        return Ok(default.unwrap_or_else(|| Py::str("")));
    }
    Ok(input)
}

fn filter_argument(message: impl Into<String>) -> mistral_expr::Error {
    failure(ErrorKind::FilterArgument, message)
}
