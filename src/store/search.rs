//! Finding things by a few characters: ids by their beginning, names, descriptions, tags.

use parking_lot::Mutex;

use crate::backend::Calling;

use mistral_model::{Id, State};

/// What was found.
#[derive(Clone, Debug)]
pub struct Hit {
    pub kind: &'static str,
    pub id: Id,
    /// The client's own id of an execution, if it chose one.
    pub alias: Option<String>,
    pub name: String,
    pub state: Option<State>,
    pub matched: &'static str,
}

/// Whose things may be found.
#[derive(Clone, Copy, Debug)]
pub struct Viewer<'a> {
    /// `None`: everybody's.
    pub project: Option<&'a str>,
}

/// The ids that begin with these characters: hexadecimal digits, with or without dashes; none if they are anything else.
pub fn range(text: &str) -> Option<(Id, Id)> {
    let digits: String = text.chars().filter(|c| *c != '-').collect();
    let is_id = (1..=32).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    if !is_id {
        return None;
    }
    let bound = |filler: &str| {
        let filled = format!("{digits}{}", filler.repeat(32 - digits.len()));
        u128::from_str_radix(&filled, 16).ok().map(Id)
    };
    Some((bound("0")?, bound("f")?))
}

pub trait Search: Send + Sync {
    /// Looks at one place after the other; what is found so far is in `found` whenever it is given up.
    fn search<'a>(
        &'a self,
        text: &'a str,
        viewer: Viewer<'a>,
        limit: i64,
        found: &'a Mutex<Vec<Hit>>,
    ) -> Calling<'a, ()>;
}
