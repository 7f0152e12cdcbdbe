//! Limits and dialect of expressions, from `[yaql]`, `[expressions]` and `[engine]`.

use mistral::config::Config;
use mistral::expr::Options;

/// The options that the whole process evaluates with.
pub(crate) fn options(config: &Config) -> Options {
    let (yaql, expressions) = (&config.yaql, &config.expressions);
    let allowed = |language: &str| expressions.allowed_languages.iter().any(|known| known == language);
    let memory_limit = match config.engine.memory_limit_mb {
        0 => u64::MAX,
        megabytes => megabytes.saturating_mul(1 << 20),
    };
    Options {
        limit_iterators: yaql.limit_iterators,
        memory_quota: yaql.memory_quota,
        convert_input_data: yaql.convert_input_data,
        convert_output_data: yaql.convert_output_data,
        convert_tuples_to_lists: yaql.convert_tuples_to_lists,
        convert_sets_to_lists: yaql.convert_sets_to_lists,
        iterable_dicts: yaql.iterable_dicts,
        keyword_operator: yaql.keyword_operator.clone(),
        allow_delegates: yaql.allow_delegates,
        allow_yaql: allowed("yaql"),
        allow_jinja: allowed("jinja"),
        max_steps: expressions.max_steps,
        max_bytes: expressions.max_bytes.min(memory_limit),
        max_depth: expressions.max_depth,
        max_regex_steps: expressions.max_regex_steps,
        interrupt: None,
    }
}
