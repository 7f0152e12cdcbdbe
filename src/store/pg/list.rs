//! Lists in SQL. What must come by an index (and which): the default order of executions (`execution_created`), executions by
//! `workflow_name`, `description`, `tags`, project or parent (index of that name), executions in any state but SUCCESS
//! (`execution_state_list`, joined; tasks and actions alike), tasks of an execution (`task_execution`), actions of a task
//! (`action_execution_task`), tasks and actions by time (their primary keys: ids are ordered by time).

use std::fmt::Write as _;

use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use super::encode::stored;
use super::sources::{ACTION_ID_SQL, Expression, Names, ROOT_SQL, States, source};
use mistral_model::{Id, State, Time};
use mistral_store::list::{Column, Comparison, Filter, Kind, Order, Query, Sharing, Table, Test, Viewer};

impl States {
    /// Whether rows in these states may be missing in the table.
    fn shows_running(&self, states: &[i16]) -> bool {
        !self.running.is_empty() && states.contains(&(State::Running as i16))
    }
}

fn comparison_sql(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "=",
        Comparison::NotEqual => "<>",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
    }
}

/// Values of the sort keys in the row after which a page starts.
#[derive(Debug)]
pub(super) struct Position(pub(super) Vec<Param>);

/// A parameter of a statement.
#[derive(Clone, Debug)]
pub(super) enum Param {
    Null,
    Text(String),
    Texts(Vec<String>),
    Id(Id),
    Ids(Vec<Id>),
    BigInt(i64),
    Int(i32),
    Small(i16),
    Bool(bool),
}

impl ToSql for Param {
    fn to_sql(&self, ty: &Type, out: &mut bytes::BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Param::Null => Ok(IsNull::Yes),
            Param::Text(v) => v.to_sql(ty, out),
            Param::Texts(v) => v.to_sql(ty, out),
            Param::Id(v) => v.to_sql(ty, out),
            Param::Ids(v) => v.to_sql(ty, out),
            Param::BigInt(v) => v.to_sql(ty, out),
            Param::Int(v) => v.to_sql(ty, out),
            Param::Small(v) => v.to_sql(ty, out),
            Param::Bool(v) => v.to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl Param {
    /// The type under which the statement declares it.
    pub(super) fn type_of(&self) -> Type {
        match self {
            Param::Null | Param::Text(_) => Type::TEXT,
            Param::Texts(_) => Type::TEXT_ARRAY,
            Param::Id(_) => Type::UUID,
            Param::Ids(_) => Type::UUID_ARRAY,
            Param::BigInt(_) => Type::INT8,
            Param::Int(_) => Type::INT4,
            Param::Small(_) => Type::INT2,
            Param::Bool(_) => Type::BOOL,
        }
    }
}

/// What was found out about the rows of a page beforehand.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The executions that they belong to, where these are few.
    pub(super) executions: Option<Vec<Id>>,
    /// Their names, where these are few; empty: any.
    pub(super) names: Vec<String>,
}

/// A statement with its parameters.
#[derive(Debug, Default)]
pub(super) struct Statement {
    pub(super) sql: String,
    pub(super) params: Vec<Param>,
    /// Whether the rows come from scans of another index, one per name or value.
    pub(super) is_merged: bool,
}

/// How far ids may lie from the time of creation beside them; generously.
const ID_SLACK_MICROS: i64 = 60_000_000;

/// States as clients name them, in the order of their numbers; sorting by state sorts by these.
const STATE_NAMES: &str =
    "(ARRAY['IDLE','WAITING','RUNNING','DELAYED','PAUSED','SUCCESS','CANCELLED','ERROR','SKIPPED'])[t.state + 1]";

impl Statement {
    /// The page of `query` that starts after `after`, among the rows of `found`.
    pub(super) fn page(query: &Query<'_>, after: Option<&Position>, found: Found) -> Statement {
        let mut s = Statement {
            sql: String::with_capacity(1024),
            ..Statement::default()
        };
        let source = source(query.table);
        s.select(query.columns.iter().map(|c| source.column(c)));
        s.table_and_conditions(query, &found.names);
        if let (Some(condition), Some(ids)) = (source.of_executions, found.executions) {
            s.params.push(Param::Ids(ids));
            let place = format!("${}", s.params.len());
            s.sql.push_str(" AND ");
            s.sql.push_str(&condition.replace("$ids", &place));
        }
        if let Some(position) = after {
            s.after(query, position);
        }
        s.order(query);
        if let Some(limit) = query.limit {
            // A literal: the planner must know that few rows are wanted.
            let _ = write!(s.sql, " LIMIT {limit}");
        }
        s
    }

    /// The sort keys of the row `id`, if the viewer may see it.
    pub(super) fn position(query: &Query<'_>, id: Id) -> Statement {
        let mut s = Statement::default();
        s.select(query.order.iter().map(|o| key_sql(query.table, o.column)));
        let plain = Query { filters: &[], ..*query };
        s.table_and_conditions(&plain, &[]);
        s.and_id(query.table, id);
        s
    }

    /// The row `id`, if the viewer may see it.
    pub(super) fn by_id(table: &'static Table, columns: &[&'static Column], viewer: Viewer<'_>, id: Id) -> Statement {
        let mut s = Statement {
            sql: String::with_capacity(1024),
            ..Statement::default()
        };
        s.select(columns.iter().map(|c| source(table).column(c)));
        let query = Query {
            table,
            columns,
            viewer,
            filters: &[],
            order: &[],
            limit: None,
        };
        s.table_and_conditions(&query, &[]);
        s.and_id(table, id);
        s
    }

    fn param(&mut self, param: Param) {
        self.params.push(param);
        let _ = write!(self.sql, "${}", self.params.len());
    }

    pub(super) fn select(&mut self, expressions: impl Iterator<Item = Expression>) {
        self.sql.push_str("SELECT ");
        for (i, expression) in expressions.enumerate() {
            if i > 0 {
                self.sql.push_str(", ");
            }
            let _ = write!(self.sql, "{expression}");
        }
    }

    fn and_id(&mut self, table: &Table, id: Id) {
        let source = source(table);
        let id_column = table.column("id").map(|column| source.column(column));
        if id_column == Some(Expression::Computed(ACTION_ID_SQL)) {
            self.action(id);
        } else {
            self.sql.push_str(" AND t.id = ");
            self.param(Param::Id(id));
        }
        if source.is_sharded {
            self.sql.push_str(" AND t.shard = ");
            self.param(Param::Small(i16::from(id.shard().0)));
        }
    }

    /// The action with this id, by the primary key of its row or its task's.
    fn action(&mut self, id: Id) {
        self.sql.push_str(" AND t.id = ");
        self.param(Param::Id(stored(id)));
        self.sql.push_str(" AND t.of_task = ");
        self.param(Param::Bool(id.task_of_first_action().is_some()));
    }

    fn table_and_conditions(&mut self, query: &Query<'_>, names: &[String]) {
        self.sql.push_str(" FROM ");
        let key = key_of(query);
        if let Some((_, name, values)) = key {
            self.sql.push('(');
            for (i, value) in values.iter().enumerate() {
                self.sql.push_str(if i > 0 { " UNION ALL (" } else { "(" });
                self.rows_of_key(query, name, value);
                self.sql.push(')');
            }
            self.sql.push_str(") s");
            self.row_of_each(query.table);
            self.is_merged = true;
        } else {
            self.rows(query, names);
        }
        self.sql.push_str(" WHERE ");
        self.sql.push_str(source(query.table).condition);
        self.visible(query);
        for (number, filter) in query.filters.iter().enumerate() {
            if key.is_some_and(|(place, ..)| place == number) {
                continue;
            }
            if let Some((table, states)) = indexed_states(query).filter(|_| filter.column.kind == Kind::State) {
                if table.shows_running(states) {
                    self.sql.push_str(" AND ");
                    self.filter(query.table, filter);
                }
                continue;
            }
            self.sql.push_str(" AND ");
            self.filter(query.table, filter);
        }
    }

    /// Executions by a member of their inputs.
    fn rows_of_key(&mut self, query: &Query<'_>, name: &str, value: &str) {
        self.sql
            .push_str("SELECT id, created_at FROM execution_key WHERE name = ");
        self.param(Param::Text(name.to_owned()));
        self.sql.push_str(" AND value = ");
        self.param(Param::Text(value.to_owned()));
        self.sql.push_str(&order_of_creation(query, "created_at"));
    }

    fn rows(&mut self, query: &Query<'_>, names: &[String]) {
        match (indexed_states(query), source(query.table).names) {
            (Some((table, states)), _) => self.states_with_rows(query, table, states),
            (None, Some(column)) if !names.is_empty() => self.rows_by_name(query, column, names),
            _ => self.sql.push_str(&source(query.table).from(query.table)),
        }
    }

    /// One index scan per state, merged in order of creation, then the rows themselves. Without an order of its own in each
    /// branch, the planner would sort them all.
    fn states_with_rows(&mut self, query: &Query<'_>, table: &States, states: &[i16]) {
        let order = order_of_creation(query, table.created_at);
        self.sql.push('(');
        for (i, state) in states.iter().enumerate() {
            if i > 0 {
                self.sql.push_str(" UNION ALL ");
            }
            let (columns, table) = (table.columns, table.table);
            let _ = write!(self.sql, "(SELECT {columns} FROM {table} WHERE state = {state}{order})");
        }
        let running = table.running.iter().filter(|_| table.shows_running(states));
        for rows in running {
            let _ = write!(self.sql, " UNION ALL ({rows}{order})");
        }
        self.sql.push_str(") s");
        self.row_of_each(query.table);
    }

    /// The row of each `s`, by its id. OFFSET keeps the planner from anything else: where it expects one row of a filter (of a table
    /// that nobody has analysed, or of columns that belong together) it would compare all rows of the filter with all of `s`. With 60,000
    /// executions of one description and 10,000 of them running, a page of 1,000 took 1,065 ms, and 6 ms so; two states 40 s.
    /// The shard follows from the id.
    fn row_of_each(&mut self, table: &Table) {
        let from = source(table).from(table);
        let _ = write!(
            self.sql,
            " CROSS JOIN LATERAL (SELECT t.* FROM {from} WHERE t.id = s.id OFFSET 0) t"
        );
    }

    /// One index scan per name, merged in order of creation.
    fn rows_by_name(&mut self, query: &Query<'_>, column: &Names, names: &[String]) {
        let order = order_of_creation(query, "created_at");
        self.sql.push('(');
        for (i, name) in names.iter().enumerate() {
            let separator = if i > 0 { " UNION ALL (" } else { "(" };
            let _ = write!(
                self.sql,
                "{separator}SELECT id, created_at FROM {} WHERE {} = ",
                column.table, column.column
            );
            self.param(Param::Text(name.clone()));
            let _ = write!(self.sql, "{order})");
        }
        self.sql.push_str(") s");
        self.row_of_each(query.table);
        self.is_merged = true;
    }

    /// What a column is sorted by.
    fn sort_key(&self, query: &Query<'_>, column: &'static Column) -> Expression {
        match column.name {
            "created_at" if self.is_merged => Expression::Computed("s.created_at"),
            "id" if self.is_merged => Expression::Computed("s.id"),
            _ => sort_key(query, column),
        }
    }

    fn visible(&mut self, query: &Query<'_>) {
        let Viewer::Project(project) = query.viewer else { return };
        let own = |s: &mut Statement| match project {
            Some(project) => {
                s.sql.push_str("t.project_id = ");
                s.param(Param::Text(project.to_owned()));
            }
            None => s.sql.push_str("t.project_id IS NULL"),
        };
        match query.table.sharing {
            Sharing::Project => {
                self.sql.push_str(" AND ");
                own(self);
            }
            Sharing::Scope | Sharing::Members => {
                self.sql.push_str(" AND (");
                own(self);
                self.sql.push_str(" OR t.scope = 1");
                if let (Sharing::Members, Some(project)) = (query.table.sharing, project) {
                    self.sql.push_str(
                        " OR t.id IN (SELECT resource_id FROM resource_member WHERE status = 'accepted' AND member_id = ",
                    );
                    self.param(Param::Text(project.to_owned()));
                    self.sql.push(')');
                }
                self.sql.push(')');
            }
        }
    }

    pub(super) fn filter(&mut self, table: &Table, filter: &Filter) {
        let column = source(table).column(filter.column);
        let compare = |s: &mut Statement, operator: &str, param: Param| {
            let _ = write!(s.sql, "{column} {operator} ");
            s.param(param);
        };
        match &filter.test {
            Test::Text(comparison, value) => compare(self, comparison_sql(*comparison), Param::Text(value.clone())),
            Test::OneOf(values) => {
                compare(self, "= ANY(", Param::Texts(values.clone()));
                self.sql.push(')');
            }
            Test::NoneOf(values) => {
                compare(self, "<> ALL(", Param::Texts(values.clone()));
                self.sql.push(')');
            }
            Test::Like(pattern) => {
                compare(self, "LIKE", Param::Text(pattern.clone()));
                self.sql.push_str(" ESCAPE ''");
            }
            Test::Id(id) => self.id_filter(column, *id),
            Test::Numbers(numbers) => self.numbers(column, numbers),
            Test::Int(n) => compare(self, "=", Param::Int(*n)),
            Test::Bool(b) => compare(self, "=", Param::Bool(*b)),
            Test::Within { ranges, negated } => self.within(table, (filter.column, column), ranges, *negated),
            Test::From(time, id) => {
                let _ = write!(self.sql, "({column}, t.id) >= (");
                self.param(Param::BigInt(time.0));
                self.sql.push_str(", ");
                self.param(Param::Id(*id));
                self.sql.push(')');
            }
            Test::Holds(members) => {
                // Worded like the predicate of the indexes of tagged rows.
                let _ = write!(self.sql, "({column} <> '[]'");
                for member in members {
                    self.sql.push_str(" AND position(");
                    self.param(Param::Text(member.clone()));
                    let _ = write!(self.sql, " IN {column}) > 0");
                }
                self.sql.push(')');
            }
            Test::IsNull => {
                let _ = write!(self.sql, "{column} IS NULL");
            }
            Test::Input(name, values) => {
                self.sql
                    .push_str("EXISTS (SELECT FROM execution_key k WHERE k.id = t.id AND k.name = ");
                self.param(Param::Text(name.clone()));
                self.sql.push_str(" AND k.value = ANY(");
                self.param(Param::Texts(values.clone()));
                self.sql.push_str("))");
            }
            Test::Never => self.sql.push_str("false"),
        }
    }

    /// A computed id (the root of an execution, null for the root itself) is compared in a way that an index serves.
    fn id_filter(&mut self, column: Expression, id: Id) {
        if column == Expression::Computed(ROOT_SQL) {
            self.sql.push_str("t.root_id = ");
            self.param(Param::Id(id));
            self.sql.push_str(" AND t.task_id IS NOT NULL");
        } else if column == Expression::Computed(ACTION_ID_SQL) {
            self.sql.push_str("true");
            self.action(id);
        } else {
            let _ = write!(self.sql, "{column} = ");
            self.param(Param::Id(id));
        }
    }

    /// Literals: the planner knows how many rows each of them has, and which partial indexes apply.
    fn numbers(&mut self, column: Expression, numbers: &[i16]) {
        match numbers {
            [] => self.sql.push_str("false"),
            [one] => {
                let _ = write!(self.sql, "{column} = {one}");
            }
            many => {
                let _ = write!(self.sql, "{column} IN (");
                for (i, number) in many.iter().enumerate() {
                    let _ = write!(self.sql, "{}{number}", if i > 0 { ", " } else { "" });
                }
                self.sql.push(')');
            }
        }
    }

    fn within(
        &mut self,
        table: &Table,
        (column, sql): (&Column, Expression),
        ranges: &[(Option<i64>, Option<i64>)],
        negated: bool,
    ) {
        let by_id = table.ids_are_times && column.name == "created_at" && !negated;
        self.sql.push_str(if negated { "NOT (" } else { "(" });
        for (i, (from, until)) in ranges.iter().enumerate() {
            if i > 0 {
                self.sql.push_str(" OR ");
            }
            // A NULL makes this neither true nor false, so that a negation lets it pass no more than the test itself.
            self.sql.push_str("(true");
            if let Some(from) = from {
                let _ = write!(self.sql, " AND {sql} >= ");
                self.param(Param::BigInt(*from));
                if by_id {
                    self.sql.push_str(" AND t.id >= ");
                    self.param(Param::Id(first_id(from.saturating_sub(ID_SLACK_MICROS))));
                }
            }
            if let Some(until) = until {
                let _ = write!(self.sql, " AND {sql} < ");
                self.param(Param::BigInt(*until));
                if by_id {
                    self.sql.push_str(" AND t.id < ");
                    self.param(Param::Id(first_id(until.saturating_add(ID_SLACK_MICROS))));
                }
            }
            self.sql.push(')');
        }
        self.sql.push(')');
    }

    fn order(&mut self, query: &Query<'_>) {
        for (i, order) in query.order.iter().enumerate() {
            self.sql.push_str(if i == 0 { " ORDER BY " } else { ", " });
            let _ = write!(self.sql, "{}", self.sort_key(query, order.column));
            if order.descending {
                self.sql.push_str(" DESC");
            }
        }
    }

    /// Rows behind `position`. NULL sorts last when ascending and first when descending, as PostgreSQL does by itself.
    fn after(&mut self, query: &Query<'_>, position: &Position) {
        let keys: Vec<(Expression, &Order, &Param)> = query
            .order
            .iter()
            .zip(&position.0)
            .map(|(order, value)| (self.sort_key(query, order.column), order, value))
            .collect();
        let simple = keys
            .iter()
            .all(|(_, o, v)| !o.column.nullable && !matches!(v, Param::Null));
        if simple && keys.windows(2).all(|w| w[0].1.descending == w[1].1.descending) {
            self.row_comparison(&keys);
            return;
        }
        if let Some((sql, order, value)) = keys
            .first()
            .filter(|(_, o, v)| !o.column.nullable && !matches!(v, Param::Null))
        {
            // The bound that the index can use; what follows is exact.
            let _ = write!(self.sql, " AND {sql} {} ", if order.descending { "<=" } else { ">=" });
            self.param((*value).clone());
        }
        self.sql.push_str(" AND (false");
        for end in 0..keys.len() {
            self.sql.push_str(" OR (true");
            for (sql, _, value) in &keys[..end] {
                match value {
                    Param::Null => {
                        let _ = write!(self.sql, " AND {sql} IS NULL");
                    }
                    value => {
                        let _ = write!(self.sql, " AND {sql} = ");
                        self.param((*value).clone());
                    }
                }
            }
            let (sql, order, value) = &keys[end];
            match (value, order.descending) {
                (Param::Null, false) => self.sql.push_str(" AND false"),
                (Param::Null, true) => {
                    let _ = write!(self.sql, " AND {sql} IS NOT NULL");
                }
                (value, descending) => {
                    let _ = write!(self.sql, " AND ({sql} {} ", if descending { '<' } else { '>' });
                    self.param((*value).clone());
                    if order.column.nullable && !descending {
                        let _ = write!(self.sql, " OR {sql} IS NULL");
                    }
                    self.sql.push(')');
                }
            }
            self.sql.push(')');
        }
        self.sql.push(')');
    }

    fn row_comparison(&mut self, keys: &[(Expression, &Order, &Param)]) {
        self.sql.push_str(" AND (");
        for (i, (sql, _, _)) in keys.iter().enumerate() {
            self.sql.push_str(if i > 0 { ", " } else { "" });
            let _ = write!(self.sql, "{sql}");
        }
        self.sql
            .push_str(if keys.first().is_some_and(|(_, o, _)| o.descending) {
                ") < ("
            } else {
                ") > ("
            });
        for (i, (_, _, value)) in keys.iter().enumerate() {
            self.sql.push_str(if i > 0 { ", " } else { "" });
            self.param((*value).clone());
        }
        self.sql.push(')');
    }
}

/// The first member of inputs that is asked for: place of the filter, name and values. Its index leads to the rows.
fn key_of<'q>(query: &Query<'q>) -> Option<(usize, &'q str, &'q [String])> {
    query
        .filters
        .iter()
        .enumerate()
        .find_map(|(place, filter)| match &filter.test {
            Test::Input(name, values) if !values.is_empty() => Some((place, name.as_str(), values.as_slice())),
            _ => None,
        })
}

/// States asked for, with the membership table that has all rows in them. The rows of one execution or tree are few: those are
/// found by its id. What failed may be much, and what somebody described is little beside it; what runs is little anyway.
fn indexed_states<'q>(query: &Query<'q>) -> Option<(&'static States, &'q [i16])> {
    let table = source(query.table).states?;
    let of_one = |f: &Filter| {
        let one = ["id", "workflow_execution_id", "task_execution_id", "root_execution_id"];
        matches!(f.test, Test::Id(_)) && one.contains(&f.column.name)
    };
    if query.filters.iter().any(of_one) || key_of(query).is_some() {
        return None;
    }
    let described = |f: &Filter| f.column.name == "description" && matches!(f.test, Test::Text(Comparison::Equal, _));
    let is_described = source(query.table).names.is_some() && query.filters.iter().any(described);
    let ended = [State::Cancelled, State::Error, State::Skipped].map(|state| state as i16);
    query.filters.iter().find_map(|f| match &f.test {
        Test::Numbers(states) if f.column.kind == Kind::State => {
            let is_listed = !states.is_empty() && !states.contains(&(State::Success as i16));
            let is_long = states.iter().any(|state| ended.contains(state));
            (is_listed && !(is_long && is_described)).then_some((table, states.as_slice()))
        }
        _ => None,
    })
}

/// The order of a query by time of creation as its branches have it, where rows come from several indexes; `created_at` is the
/// column that tells. Empty if the query asks for another order.
fn order_of_creation(query: &Query<'_>, created_at: &str) -> String {
    let direction = |order: &Order| if order.descending { " DESC" } else { "" };
    match query.order {
        [first, rest @ ..] => match (first.column.name, created_at) {
            ("created_at", "created_at") => {
                let id = rest.iter().find(|o| o.column.name == "id").map_or("", direction);
                format!(" ORDER BY created_at{}, id{id}", direction(first))
            }
            ("created_at" | "id", "id") => format!(" ORDER BY id{}", direction(first)),
            _ => String::new(),
        },
        [] => String::new(),
    }
}

/// What a column is sorted by: of the membership table, if the rows are found there.
fn sort_key(query: &Query<'_>, column: &'static Column) -> Expression {
    match (indexed_states(query), column.name) {
        (Some((states, _)), "created_at") if states.created_at == "created_at" => Expression::Computed("s.created_at"),
        (Some(_), "created_at" | "id") => Expression::Computed("s.id"),
        _ => key_sql(query.table, column),
    }
}

/// What a column is sorted by.
fn key_sql(table: &Table, column: &Column) -> Expression {
    let sql = source(table).column(column);
    match column.kind {
        Kind::State => Expression::Computed(STATE_NAMES),
        Kind::Time if table.ids_are_times && column.name == "created_at" => Expression::Plain("id"),
        Kind::Id if sql == Expression::Computed(ACTION_ID_SQL) => Expression::Plain("id"),
        _ => sql,
    }
}

/// The least id that a generator makes at this time.
fn first_id(micros: i64) -> Id {
    let milliseconds = Time(micros).0.max(0) / 1000;
    Id((milliseconds as u128 & 0xffff_ffff_ffff) << 80)
}

/// Kind of the parameter that [`Statement::position`] reads back for a key.
pub(super) fn key_kind(table: &Table, column: &Column) -> Kind {
    match column.kind {
        Kind::State => Kind::Text,
        Kind::Time if table.ids_are_times && column.name == "created_at" => Kind::Id,
        kind => kind,
    }
}

#[cfg(test)]
mod tests;
