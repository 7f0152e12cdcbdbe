//! Statements of lists, as texts.

use super::*;
use mistral_store::list::tables::{EXECUTION, TASK};

fn column(table: &'static Table, name: &str) -> &'static Column {
    table.column(name).unwrap()
}

fn sql(table: &'static Table, filters: &[Filter], keys: &[(&str, bool)], after: Option<Vec<Param>>) -> String {
    let order: Vec<Order> = keys
        .iter()
        .map(|(name, descending)| Order {
            column: column(table, name),
            descending: *descending,
        })
        .collect();
    let query = Query {
        table,
        columns: &[column(table, "id")],
        viewer: Viewer::Project(Some("p")),
        filters,
        order: &order,
        limit: Some(10),
    };
    let statement = Statement::page(&query, after.map(Position).as_ref(), Found::default());
    let places = (1..=statement.params.len()).all(|n| statement.sql.contains(&format!("${n}")));
    assert!(places, "{}", statement.sql);
    // What all lists of a table have in common.
    statement.sql.replace(source(table).condition, "true")
}

const ID: Param = Param::Id(Id(1));

#[test]
fn one_direction_is_one_comparison() {
    let keys = [("created_at", false), ("id", false)];
    assert_eq!(
        sql(&EXECUTION, &[], &keys, Some(vec![Param::BigInt(5), ID])),
        "SELECT t.id FROM execution t WHERE true AND t.project_id = $1 AND (t.created_at, t.id) > ($2, $3) \
         ORDER BY t.created_at, t.id LIMIT 10"
    );
}

#[test]
fn mixed_directions_keep_the_bound_of_the_index() {
    let keys = [("created_at", true), ("id", false)];
    assert!(sql(&EXECUTION, &[], &keys, Some(vec![Param::BigInt(5), ID])).contains(
        " AND t.created_at <= $2 AND (false OR (true AND (t.created_at < $3)) OR (true AND t.created_at = $4 AND \
         (t.id > $5))) ORDER BY t.created_at DESC, t.id LIMIT 10"
    ));
}

#[test]
fn nulls_are_last_when_ascending_and_first_when_descending() {
    let page = |descending, value| {
        sql(
            &EXECUTION,
            &[],
            &[("updated_at", descending), ("id", false)],
            Some(vec![value, ID]),
        )
    };
    assert!(page(false, Param::BigInt(5)).contains("(t.updated_at > $2 OR t.updated_at IS NULL)"));
    assert!(page(false, Param::Null).contains("(true AND false) OR (true AND t.updated_at IS NULL AND (t.id > $2))"));
    assert!(page(true, Param::Null).contains("(true AND t.updated_at IS NOT NULL)"));
}

#[test]
fn states_but_success_come_from_their_index() {
    let filters = |states: &[i16]| {
        [Filter {
            column: column(&EXECUTION, "state"),
            test: Test::Numbers(states.to_vec()),
        }]
    };
    let keys = [("created_at", true), ("id", false)];
    assert_eq!(
        sql(&EXECUTION, &filters(&[2, 7]), &keys, None),
        "SELECT t.id FROM ((SELECT id, created_at FROM execution_state WHERE state = 2 ORDER BY created_at DESC, id) \
         UNION ALL (SELECT id, created_at FROM execution_state WHERE state = 7 ORDER BY created_at DESC, id)) s \
         CROSS JOIN LATERAL (SELECT t.* FROM execution t WHERE t.id = s.id OFFSET 0) t \
         WHERE true AND t.project_id = $1 ORDER BY s.created_at DESC, s.id LIMIT 10"
    );
    assert!(
        sql(&EXECUTION, &filters(&[5]), &keys, None)
            .contains("FROM execution t WHERE true AND t.project_id = $1 AND t.state = 5")
    );
    assert!(sql(&EXECUTION, &filters(&[]), &keys, None).contains(" AND false "));
}

#[test]
fn tasks_are_in_the_order_of_their_ids() {
    let day = 86_400_000_000;
    let test = Test::Within {
        ranges: vec![(Some(day), None)],
        negated: false,
    };
    let filters = [Filter {
        column: column(&TASK, "created_at"),
        test,
    }];
    assert_eq!(
        sql(&TASK, &filters, &[("created_at", false), ("id", false)], None),
        "SELECT t.id FROM task t WHERE true AND t.project_id = $1 AND ((true AND t.created_at >= $2 AND t.id >= $3)) ORDER BY t.id, t.id LIMIT 10"
    );
}
