//! Documents that the mutator spoils: the mistake is found, on its line.

use super::*;
use crate::mutate::mutate;

/// How many mutants are looked at.
const MUTANTS: usize = 200;

#[test]
fn mistakes_are_found_on_their_lines() {
    let mut examples = examples();
    // Mistakes are made in documents of workflows; the only workbook is none.
    examples.retain(|(_, text)| !text.contains("\nworkflows:"));
    let (mut missed, mut all) = (Vec::new(), 0);
    for seed in 0.. {
        let (path, text) = &examples[seed as usize % examples.len()];
        let Some(mutant) = mutate(text, seed) else { continue };
        all += 1;
        let report = lint(&mutant.text, &settings());
        let hit = report.diagnostics.iter().any(|d| d.range.line == mutant.line);
        // An upload that is refused has an error here, and the other way round.
        let refused = mistral_lang::parse_workflows(&mutant.text, true, &Default::default()).is_err();
        assert_eq!(
            report.has_errors(),
            refused,
            "seed {seed}, {}: {:#?}",
            mutant.what,
            report.diagnostics
        );
        if !hit {
            let found: Vec<String> = report
                .diagnostics
                .iter()
                .map(|d| format!("{} {} {}", d.range.line, d.code, d.message))
                .collect();
            let line = mutant.text.lines().nth(mutant.line - 1).unwrap_or_default();
            let file = path.file_name().unwrap().to_string_lossy();
            missed.push(format!(
                "seed {seed}, {file}:{}: {} `{line}`: {found:?}",
                mutant.line, mutant.what
            ));
        }
        if all == MUTANTS {
            break;
        }
    }
    println!("{} of {all} found", all - missed.len());
    assert!(
        missed.len() * 20 <= all,
        "{} of {all} missed:\n{}",
        missed.len(),
        missed.join("\n")
    );
}
