//! Mistakes made on purpose: a seeded mutator turns good documents into such as people write. It measures the linter, and
//! anybody who changes a rule can see what is lost.

use pyyaml::{Located, Shape};

/// A document with one mistake.
#[derive(Clone, Debug)]
pub struct Mutant {
    pub text: String,
    /// One-based line of the mistake.
    pub line: usize,
    pub what: String,
}

/// Random numbers that are the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n.max(1) as u64) as usize
    }

    fn pick<'v, T>(&mut self, values: &'v [T]) -> Option<&'v T> {
        (!values.is_empty()).then(|| &values[self.below(values.len())])
    }
}

/// Kinds of mistakes.
const KINDS: usize = 14;

/// Makes a mistake in a document of workflows. The same seed makes the same one; none where the document has nothing to
/// spoil in the way that the seed wants, or where YAML reads it as before.
pub fn mutate(text: &str, seed: u64) -> Option<Mutant> {
    let mut random = Random(seed.wrapping_mul(0x2545_f491_4f6c_dd1d));
    let root = pyyaml::locate(text).ok()??;
    let sites = Sites::of(&root);
    let kind = random.below(KINDS);
    let mutant = match kind {
        0 => typo(text, &mut random, &sites.attributes, "attribute"),
        1 => typo(text, &mut random, &sites.transitions, "task in a transition"),
        2 => typo(text, &mut random, &sites.actions, "action"),
        3 => typo(text, &mut random, &sites.parameters, "parameter"),
        4 => in_expression(text, &mut random, &sites.texts, |c| c == '(', "function"),
        5 => variable(text, &mut random, &sites.texts),
        6 | 7 => indentation(text, &mut random),
        8 => wrong_type(text, &mut random, &sites),
        9 => drop_marker(text, &mut random, &sites.texts),
        10 => drop_colon(text, &mut random, &sites.attributes),
        11 => twice(text, &mut random, &sites),
        12 => tab(text, &mut random),
        _ => unquoted(text, &mut random, &sites.texts),
    }?;
    let same = pyyaml::load(&mutant.text)
        .ok()
        .is_some_and(|value| Ok(value) == pyyaml::load(text));
    (!same || mutant.what.contains("twice")).then_some(mutant)
}

/// Bytes and line of something that can be spoilt.
#[derive(Clone, Copy)]
struct Site {
    from: usize,
    to: usize,
    line: usize,
}

#[derive(Default)]
struct Sites {
    attributes: Vec<Site>,
    transitions: Vec<Site>,
    actions: Vec<Site>,
    parameters: Vec<Site>,
    /// Scalars.
    texts: Vec<Site>,
    /// Values of attributes that take numbers or words, with the attribute.
    values: Vec<(Site, String)>,
    /// Keys of tasks.
    tasks: Vec<Site>,
}

fn site(node: &Located) -> Site {
    Site {
        from: node.span.from,
        to: node.span.to,
        line: node.span.line,
    }
}

impl Sites {
    fn of(root: &Located) -> Sites {
        let mut sites = Sites::default();
        for (_, workflow) in root.members() {
            for (key, _) in workflow.members() {
                sites.attributes.push(site(key));
            }
            for (key, task) in workflow.get("tasks").map(Located::members).unwrap_or_default() {
                sites.tasks.push(site(key));
                sites.task(task);
            }
            sites.scalars(workflow);
        }
        sites
    }

    fn task(&mut self, task: &Located) {
        for (key, value) in task.members() {
            self.attributes.push(site(key));
            let name = key.text().unwrap_or_default();
            match name {
                "action" => {
                    let text = value.text().unwrap_or_default();
                    let length = text.find(' ').unwrap_or(text.len());
                    if text.starts_with("std.") {
                        let mut name = site(value);
                        name.to = name.from + length;
                        self.actions.push(name);
                    }
                }
                "input" => self.parameters.extend(value.members().iter().map(|(key, _)| site(key))),
                "join" | "timeout" | "wait-before" | "concurrency" | "retry" | "publish" | "with-items" => {
                    self.values.push((site(value), name.to_owned()));
                }
                _ if name.starts_with("on-") => self.transitions(value),
                _ => {}
            }
        }
    }

    fn transitions(&mut self, node: &Located) {
        match &node.shape {
            Shape::Scalar { text, .. } if !["fail", "noop", "succeed", "pause"].iter().any(|c| text.starts_with(c)) => {
                self.transitions.push(site(node));
            }
            Shape::List(items) => items.iter().for_each(|item| self.transitions(item)),
            Shape::Map(members) => {
                for (key, value) in members {
                    match key.text() {
                        Some("next") => self.transitions(value),
                        Some("publish") | None => {}
                        Some(name) if ["fail", "noop", "succeed", "pause"].iter().any(|c| name.starts_with(c)) => {}
                        Some(_) => self.transitions.push(site(key)),
                    }
                }
            }
            Shape::Scalar { .. } => {}
        }
    }

    fn scalars(&mut self, node: &Located) {
        match &node.shape {
            Shape::Scalar { .. } => self.texts.push(site(node)),
            Shape::List(items) => items.iter().for_each(|item| self.scalars(item)),
            Shape::Map(members) => {
                let described = |key: &Located| matches!(key.text(), Some("description" | "script"));
                for (_, value) in members.iter().filter(|(key, _)| !described(key)) {
                    self.scalars(value);
                }
            }
        }
    }
}

fn replaced(text: &str, site: Site, new: &str, what: String) -> Mutant {
    Mutant {
        text: format!("{}{new}{}", &text[..site.from], &text[site.to..]),
        line: site.line,
        what,
    }
}

/// A word as a hurried hand writes it: a letter dropped, doubled, swapped or changed. Not the first one.
fn misspelt(random: &mut Random, word: &str) -> Option<String> {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 4 {
        return None;
    }
    let at = 1 + random.below(letters.len() - 2);
    match random.below(4) {
        0 => {
            letters.remove(at);
        }
        1 => letters.insert(at, letters[at]),
        2 => letters.swap(at, at + 1),
        _ => letters[at] = if letters[at] == 'x' { 'y' } else { 'x' },
    }
    let made: String = letters.into_iter().collect();
    (made != word).then_some(made)
}

fn typo(text: &str, random: &mut Random, sites: &[Site], what: &str) -> Option<Mutant> {
    let site = *random.pick(sites)?;
    let word = &text[site.from..site.to];
    let wrong = misspelt(random, word)?;
    Some(replaced(text, site, &wrong, format!("{what}: {word} became {wrong}")))
}

/// Words inside `<% … %>` that are followed by a certain character.
fn in_expression(
    text: &str,
    random: &mut Random,
    texts: &[Site],
    follows: impl Fn(char) -> bool,
    what: &str,
) -> Option<Mutant> {
    let mut words = Vec::new();
    for site in texts
        .iter()
        .filter(|site| text[site.from..site.to].lines().count() == 1)
    {
        let source = &text[site.from..site.to];
        let Some((from, to)) = mistral_expr::marker::next_match(source, 0, "<%", "%>") else {
            continue;
        };
        let inner = &source[from..to];
        for (at, c) in inner.char_indices().filter(|(_, c)| follows(*c)) {
            let length: usize = inner[..at]
                .chars()
                .rev()
                .take_while(|c| c.is_alphanumeric())
                .map(char::len_utf8)
                .sum();
            if length >= 3 && c == '(' {
                let end = site.from + from + at;
                words.push(Site {
                    from: end - length,
                    to: end,
                    line: site.line,
                });
            }
        }
    }
    typo(text, random, &words, what)
}

fn variable(text: &str, random: &mut Random, texts: &[Site]) -> Option<Mutant> {
    let mut words = Vec::new();
    for site in texts
        .iter()
        .filter(|site| text[site.from..site.to].lines().count() == 1)
    {
        let source = &text[site.from..site.to];
        // Only where `$` is the workflow's data for certain.
        let Some(at) = source.find("<% $.") else { continue };
        let start = at + "<% $.".len();
        let length = source[start..]
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(0);
        words.push(Site {
            from: site.from + start,
            to: site.from + start + length,
            line: site.line,
        });
    }
    typo(text, random, &words, "variable")
}

fn content_lines(text: &str) -> Vec<(usize, usize, &str)> {
    let mut at = 0;
    let mut found = Vec::new();
    for (number, line) in text.split('\n').enumerate() {
        let trimmed = line.trim();
        if !trimmed.is_empty() && !trimmed.starts_with('#') && trimmed != "---" {
            found.push((number + 1, at, line));
        }
        at += line.len() + 1;
    }
    found
}

fn indentation(text: &str, random: &mut Random) -> Option<Mutant> {
    let lines = content_lines(text);
    let lines: Vec<_> = lines
        .into_iter()
        .filter(|(_, _, line)| line.starts_with("    "))
        .collect();
    let (number, at, line) = *random.pick(&lines)?;
    let by = 1 + random.below(2);
    let present = line.len() - line.trim_start().len();
    let (site, new) = match random.below(2) {
        0 => (
            Site {
                from: at,
                to: at,
                line: number,
            },
            " ".repeat(by),
        ),
        _ => (
            Site {
                from: at,
                to: at + by.min(present),
                line: number,
            },
            String::new(),
        ),
    };
    Some(replaced(text, site, &new, format!("indentation of line {number}")))
}

fn wrong_type(text: &str, random: &mut Random, sites: &Sites) -> Option<Mutant> {
    let (site, name) = random.pick(&sites.values)?;
    let wrong: &[&str] = match name.as_str() {
        "join" => &["every", "[a]", "-1"],
        "publish" => &["result", "[a, b]"],
        "with-items" => &["<% $.list %>", "{a: 1}", "5"],
        "retry" => &[
            "3",
            "{count: 3}",
            "{count: three, delay: 1}",
            "{count: 1, delay: 1, dealy: 2}",
        ],
        _ => &["soon", "[1]", "{a: 1}", "-5"],
    };
    let wrong = random.pick(wrong)?;
    // A block value goes with its line break.
    let new = match text[..site.from].ends_with(' ') && !text[site.from..site.to].contains('\n') {
        true => (*wrong).to_owned(),
        false => return None,
    };
    Some(replaced(text, *site, &new, format!("{name} became {wrong}")))
}

fn drop_marker(text: &str, random: &mut Random, texts: &[Site]) -> Option<Mutant> {
    let with: Vec<Site> = texts
        .iter()
        .filter(|site| {
            let source = &text[site.from..site.to];
            source.matches("%>").count() == 1 && source.lines().count() == 1
        })
        .copied()
        .collect();
    let site = *random.pick(&with)?;
    let source = &text[site.from..site.to];
    let new = source.replacen(" %>", "", 1);
    Some(replaced(text, site, &new, "closing marker dropped".to_owned()))
}

fn drop_colon(text: &str, random: &mut Random, keys: &[Site]) -> Option<Mutant> {
    let site = *random.pick(keys)?;
    let colon = Site {
        from: site.to,
        to: site.to + 1,
        line: site.line,
    };
    if !text[colon.from..].starts_with(':') {
        return None;
    }
    Some(replaced(
        text,
        colon,
        "",
        format!("colon after {} dropped", &text[site.from..site.to]),
    ))
}

fn twice(text: &str, random: &mut Random, sites: &Sites) -> Option<Mutant> {
    if sites.tasks.len() < 2 {
        return None;
    }
    let at = 1 + random.below(sites.tasks.len() - 1);
    let (first, second) = (sites.tasks[at - 1], sites.tasks[at]);
    let name = &text[first.from..first.to];
    // Both in the same workflow: equally indented, nothing less indented between.
    let indent = |site: Site| site.from - text[..site.from].rfind('\n').map_or(0, |i| i + 1);
    let between = &text[first.from..second.from];
    let deeper = content_lines(between)
        .iter()
        .skip(1)
        .all(|(_, _, line)| line.len() - line.trim_start().len() >= indent(first));
    if indent(first) != indent(second) || !deeper {
        return None;
    }
    Some(replaced(text, second, name, format!("task {name} stands twice")))
}

fn tab(text: &str, random: &mut Random) -> Option<Mutant> {
    let lines = content_lines(text);
    let lines: Vec<_> = lines
        .into_iter()
        .filter(|(_, _, line)| line.starts_with("    "))
        .collect();
    let (number, at, _) = *random.pick(&lines)?;
    let site = Site {
        from: at,
        to: at + 4,
        line: number,
    };
    Some(replaced(text, site, "\t", "a tab".to_owned()))
}

/// Quotes dropped from a text that needs them.
fn unquoted(text: &str, random: &mut Random, texts: &[Site]) -> Option<Mutant> {
    let quoted: Vec<Site> = texts
        .iter()
        .filter(|site| text[site.from..site.to].starts_with("\"{{"))
        .copied()
        .collect();
    let site = *random.pick(&quoted)?;
    let inner = text[site.from + 1..site.to - 1].to_owned();
    Some(replaced(text, site, &inner, "quotes dropped".to_owned()))
}
