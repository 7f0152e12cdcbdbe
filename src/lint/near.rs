//! Names that were probably meant.

/// The known name nearest to what was written, if it is near: at most a third of its letters differ.
pub fn nearest<'n>(written: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let letters = written.chars().count();
    let allowed = match letters {
        0..=2 => return None,
        3..=4 => 1,
        5..=8 => 2,
        _ => letters / 3,
    };
    known
        .into_iter()
        .filter(|name| *name != written && name.chars().count().abs_diff(letters) <= allowed)
        .map(|name| (distance(written, name), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, name)| name)
}

/// The first word of a line.
pub(crate) fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

/// Letters to insert, drop, change or swap with their neighbour; case and the kind of dash count for nothing.
fn distance(a: &str, b: &str) -> usize {
    // Names longer than this are not compared letter by letter.
    const LONGEST: usize = 80;
    let plain = |text: &str| -> Vec<char> {
        let lower = text.chars().flat_map(char::to_lowercase);
        lower.map(|c| if c == '_' { '-' } else { c }).take(LONGEST).collect()
    };
    let (a, b) = (plain(a), plain(b));
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (rows[i - 1][j] + 1)
                .min(row[j - 1] + 1)
                .min(rows[i - 1][j - 1] + change);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(rows[i - 2][j - 2] + 1);
            }
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names() {
        let keys = ["on-success", "on-error", "action", "workflow", "join", "retry"];
        for (written, expected) in [
            ("on-sucess", Some("on-success")),
            ("on_error", Some("on-error")),
            ("acton", Some("action")),
            ("jion", Some("join")),
            ("timeout", None),
            ("x", None),
        ] {
            assert_eq!(nearest(written, keys), expected, "{written}");
        }
    }
}
