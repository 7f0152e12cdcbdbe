//! Which actions exist at all, by an operator's lists of globs.

/// `allowlist` and `denylist` of action names. A non-empty allow list decides alone.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub allow: Vec<String>,
    pub deny: Vec<String>,
}

impl Filter {
    /// Whether the action exists under these lists.
    pub fn allows(&self, name: &str) -> bool {
        let matches = |list: &[String]| list.iter().any(|pattern| glob_matches(pattern, name));
        if self.allow.is_empty() {
            !matches(&self.deny)
        } else {
            matches(&self.allow)
        }
    }
}

/// Case-sensitive match of the whole name with Python's `fnmatch` rules: `*`, `?`, `[seq]`, `[!seq]`.
fn glob_matches(pattern: &str, name: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let name: Vec<char> = name.chars().collect();
    let (mut p, mut n) = (0, 0);
    // Where to go on if the match fails after the last `*`: the pattern behind it, and one more character for the `*`.
    let mut retry: Option<(usize, usize)> = None;
    while n < name.len() {
        if pattern.get(p) == Some(&'*') {
            retry = Some((p + 1, n));
            p += 1;
            continue;
        }
        if let Some(next) = match_one(&pattern, p, name[n]) {
            (p, n) = (next, n + 1);
            continue;
        }
        match &mut retry {
            Some((after_star, taken)) => {
                *taken += 1;
                (p, n) = (*after_star, *taken);
            }
            None => return false,
        }
    }
    pattern[p..].iter().all(|&c| c == '*')
}

/// Matches one character against the pattern element at `p`; the position behind the element if it fits.
fn match_one(pattern: &[char], p: usize, c: char) -> Option<usize> {
    match *pattern.get(p)? {
        '?' => Some(p + 1),
        '[' => {
            let negated = pattern.get(p + 1) == Some(&'!');
            let first = p + 1 + usize::from(negated);
            // A `]` right after the opening is a member of the set.
            match (first + 1..pattern.len()).find(|&i| pattern[i] == ']') {
                Some(end) => (set_contains(&pattern[first..end], c) != negated).then_some(end + 1),
                None => (c == '[').then_some(p + 1),
            }
        }
        literal => (literal == c).then_some(p + 1),
    }
}

fn set_contains(set: &[char], c: char) -> bool {
    let mut i = 0;
    while i < set.len() {
        if i + 2 < set.len() && set[i + 1] == '-' {
            if (set[i]..=set[i + 2]).contains(&c) {
                return true;
            }
            i += 3;
        } else {
            if set[i] == c {
                return true;
            }
            i += 1;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs() {
        for (pattern, name, expected) in [
            ("std.*", "std.echo", true),
            ("std.*", "STD.echo", false),
            ("*", "", true),
            ("std.?cho", "std.echo", true),
            ("std.[eh]*", "std.http", true),
            ("std.[!eh]*", "std.http", false),
            ("std.[a-f]*", "std.echo", true),
            ("*.h*p", "std.http", true),
            ("*.h*x", "std.http", false),
            ("[x", "[x", true),
            ("[]]", "]", true),
            ("std", "std.echo", false),
            ("**", "std.echo", true),
        ] {
            assert_eq!(glob_matches(pattern, name), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn allow_list_decides_alone() {
        let lists = |allow: &[&str], deny: &[&str]| Filter {
            allow: allow.iter().map(|s| (*s).to_owned()).collect(),
            deny: deny.iter().map(|s| (*s).to_owned()).collect(),
        };
        assert!(lists(&[], &[]).allows("std.ssh"));
        assert!(!lists(&[], &["std.ssh*"]).allows("std.ssh_proxied"));
        assert!(lists(&["std.*"], &["std.ssh"]).allows("std.ssh"));
        assert!(!lists(&["std.echo"], &[]).allows("std.ssh"));
    }
}
