//! How the tables of lists are read: what statements say beyond the names of a table and its columns.

use mistral_store::list::{Column, Table};

/// A column of names with an index that leads to the rows of each in the order of their creation.
#[derive(Debug)]
pub(super) struct Names {
    pub(super) table: &'static str,
    pub(super) column: &'static str,
}

/// A membership table of rows in a state other than SUCCESS.
#[derive(Debug)]
pub(super) struct States {
    pub(super) columns: &'static str,
    pub(super) table: &'static str,
    /// The column in whose order rows were created.
    pub(super) created_at: &'static str,
    /// Rows that may be RUNNING without being in the table.
    pub(super) running: &'static [&'static str],
}

/// Where the rows of a table are. Most tables are as they are called: [`PLAIN`].
#[derive(Debug)]
pub(super) struct Source {
    /// FROM clause, alias `t`; empty: the table's own name.
    from: &'static str,
    /// Which rows of it are meant.
    pub(super) condition: &'static str,
    /// Where rows in a state other than SUCCESS are found.
    pub(super) states: Option<&'static States>,
    /// Rows lie in the shard of their id.
    pub(super) is_sharded: bool,
    /// The rows that belong to executions (`$ids`), by an index: how rows of a rare workflow are found, since nothing is
    /// indexed by its name here.
    pub(super) of_executions: Option<&'static str>,
    /// The names by which an index finds rows.
    pub(super) names: Option<&'static Names>,
    /// Columns that are more than a column of that name, and the expressions that select them.
    computed: &'static [(&'static str, &'static str)],
}

/// Rows of deleted executions that are still there are shown to nobody. The list of these is short. Read as an array it costs the
/// planner nothing; with `NOT IN` it would choose other plans for everything else.
const NOT_DELETED: &str = "t.root_id <> ALL (ARRAY(SELECT d.id FROM doomed d))";
const TASK_NOT_DELETED: &str = "t.root_id <> ALL (ARRAY(SELECT d.id FROM doomed d)) \
     AND t.execution_id <> ALL (ARRAY(SELECT d.id FROM doomed d))";
/// Tasks without an action are none of these.
const ACTION_NOT_DELETED: &str = "t.state IS NOT NULL AND t.root_id <> ALL (ARRAY(SELECT d.id FROM doomed d)) \
     AND coalesce(t.execution_id, t.root_id) <> ALL (ARRAY(SELECT d.id FROM doomed d))";

/// Executions in a state other than SUCCESS.
static EXECUTION_STATES: States = States {
    columns: "id, created_at",
    table: "execution_state",
    created_at: "created_at",
    running: &[],
};

/// What executors have by lanes: some of it has ended.
const IN_LANES: &str = "SELECT u.id FROM lane l CROSS JOIN LATERAL unnest(l.tasks) AS u (id) \
     WHERE NOT EXISTS (SELECT FROM action_queue q WHERE q.action_id = ANY (ARRAY[u.id]))";

/// Tasks in a state other than SUCCESS; those whose first action runs from the queue are found there.
static TASK_STATES: States = States {
    columns: "id",
    table: "task_state",
    created_at: "id",
    running: &["SELECT action_id AS id FROM action_queue WHERE of_task", IN_LANES],
};

/// Actions in a state other than SUCCESS; those that run from the queue are found there.
static ACTION_STATES: States = States {
    columns: "id",
    table: "action_state",
    created_at: "id",
    running: &["SELECT action_id AS id FROM action_queue", IN_LANES],
};

/// A table that is what it is called, as those of what users define are.
const PLAIN: Source = Source {
    from: "",
    condition: "true",
    states: None,
    is_sharded: false,
    of_executions: None,
    names: None,
    computed: &[],
};

static DEFINED: Source = PLAIN;

static EXECUTION: Source = Source {
    from: "",
    condition: NOT_DELETED,
    states: Some(&EXECUTION_STATES),
    is_sharded: true,
    of_executions: None,
    names: Some(&Names {
        table: "execution",
        column: "workflow_name",
    }),
    computed: &[("task_execution_id", "t.task_id"), ("root_execution_id", ROOT_SQL)],
};

static TASK: Source = Source {
    from: "",
    condition: TASK_NOT_DELETED,
    states: Some(&TASK_STATES),
    is_sharded: true,
    of_executions: Some("t.execution_id = ANY($ids)"),
    // An index of names would cost every task a tenth more write-ahead log.
    names: None,
    computed: &[
        ("type", "t.kind"),
        (
            "workflow_name",
            "coalesce(t.workflow_name, (SELECT e.workflow_name FROM execution e WHERE e.id = t.execution_id AND e.shard = t.shard))",
        ),
        (
            "workflow_namespace",
            "coalesce(t.workflow_namespace, (SELECT e.workflow_namespace FROM execution e WHERE e.id = t.execution_id AND e.shard = t.shard))",
        ),
        (
            "workflow_id",
            "coalesce(t.workflow_id, (SELECT e.workflow_id FROM execution e WHERE e.id = t.execution_id AND e.shard = t.shard))",
        ),
        ("workflow_execution_id", "t.execution_id"),
        (
            "runtime_context",
            "task_runtime(t.runtime_context, t.trigger_id, t.trigger_event)",
        ),
    ],
};

static ACTION_EXECUTION: Source = Source {
    from: "action_run t",
    condition: ACTION_NOT_DELETED,
    states: Some(&ACTION_STATES),
    is_sharded: true,
    of_executions: Some("t.task_id IN (SELECT p.id FROM task p WHERE p.execution_id = ANY($ids))"),
    names: None,
    computed: &[("id", ACTION_ID_SQL), ("task_execution_id", "t.task_id")],
};

static WORKFLOW: Source = Source {
    computed: &[(
        "spec",
        "(SELECT c.spec FROM definition_content c WHERE c.hash = t.spec_hash)",
    )],
    ..PLAIN
};

static DYNAMIC_ACTION: Source = Source {
    computed: &[
        (
            "code_source_name",
            "(SELECT c.name FROM code_source c WHERE c.id = t.code_source_id)",
        ),
        (
            "source",
            "(SELECT c.content FROM code_source c WHERE c.id = t.code_source_id)",
        ),
    ],
    ..PLAIN
};

/// How a table is read.
pub(super) fn source(table: &Table) -> &'static Source {
    match table.name {
        "execution" => &EXECUTION,
        "task" => &TASK,
        "action_execution" => &ACTION_EXECUTION,
        "workflow_definition" => &WORKFLOW,
        "dynamic_action" => &DYNAMIC_ACTION,
        _ => &DEFINED,
    }
}

impl Source {
    /// FROM clause, alias `t`.
    pub(super) fn from(&self, table: &Table) -> String {
        match self.from {
            "" => format!("{} t", table.name),
            from => from.to_owned(),
        }
    }

    /// The expression that selects a column.
    pub(super) fn column(&self, column: &Column) -> Expression {
        let computed = self.computed.iter().find(|(name, _)| *name == column.name);
        match computed {
            Some((_, sql)) => Expression::Computed(sql),
            None => Expression::Plain(column.name),
        }
    }
}

/// What selects a column, or what rows are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expression {
    /// The column of this name.
    Plain(&'static str),
    Computed(&'static str),
}

impl std::fmt::Display for Expression {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Expression::Plain(name) => write!(f, "t.{name}"),
            Expression::Computed(sql) => f.write_str(sql),
        }
    }
}

/// The id of the root, which a root itself does not name.
pub(super) const ROOT_SQL: &str = "CASE WHEN t.task_id IS NOT NULL THEN t.root_id END";

/// The id of an action, which is that of its task in the tables where it lies in its row; there rows are in the order of those.
pub(super) const ACTION_ID_SQL: &str = "action_id(t.id, t.of_task)";
