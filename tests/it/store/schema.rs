//! The schema after all migrations, as a text that reviewers can read: a change of a migration shows what it does to the tables.

use std::fmt::Write as _;
use std::path::Path;

use crate::store::support::Store;

/// Each query gives lines; the first column is the line.
const PARTS: [(&str, &str); 3] = [
    (
        "Columns",
        "SELECT format('%s.%s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                       CASE WHEN a.attnotnull THEN ' not null' ELSE '' END,
                       coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), ''))
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
         ORDER BY c.relname, a.attnum",
    ),
    (
        "Indexes and constraints",
        "SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
         WHERE c.relnamespace = 'public'::regnamespace
         UNION ALL
         SELECT format('%s: %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
         WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'f')
         ORDER BY 1",
    ),
    (
        "Storage",
        "SELECT format('%s: %s', relname, array_to_string(reloptions, ', ')) FROM pg_class
         WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND reloptions IS NOT NULL
         UNION ALL
         SELECT format('function %s', p.oid::regprocedure) FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
         ORDER BY 1",
    ),
];

/// `UPDATE_SCHEMA=1 cargo test --test it the_schema` writes it anew.
#[tokio::test]
async fn the_schema_is_the_committed_one() {
    let store = Store::new().await;
    let mut text = "What the migrations make, drawn by a test (tests/it/store/schema.rs).\n".to_owned();
    for (title, query) in PARTS {
        let _ = write!(text, "\n# {title}\n");
        for row in store.admin.query(query, &[]).await.unwrap() {
            let _ = writeln!(text, "{}", row.get::<_, String>(0));
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/schema.txt");
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    let difference = similar::TextDiff::from_lines(&committed, &text);
    assert!(
        committed == text,
        "the schema has changed: look at it, then run this test with UPDATE_SCHEMA=1\n{}",
        difference.unified_diff()
    );
}
