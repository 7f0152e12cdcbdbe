//! Searches by what no index knows, step by step: each step looks at a bounded number of executions, the newest first, says how far
//! it came, and gives a link to go on.

use super::App;
use super::error::Error;
use super::json::Writer;
use super::list::{Shape, viewer};
use super::request::Request;
use mistral_model::{Id, Time};
use mistral_store::list::{Filter, Test, Viewer};

/// One step.
#[derive(Debug)]
pub(crate) struct Scan {
    limit: i64,
    /// The last execution that is looked at; none: there are fewer than may be.
    pub end: Option<(Time, Id)>,
}

impl Scan {
    /// Bounds the rows that a page looks at.
    ///
    /// # Errors
    /// Another order than the newest first.
    pub(crate) async fn begin(app: &App, request: &Request, shape: &mut Shape, limit: i64) -> Result<Scan, Error> {
        let before = shape.marker.as_ref().map(|(id, _)| *id);
        let first = shape.order.first();
        if !first.is_some_and(|order| order.column.name == "created_at" && order.descending) {
            return Err(Error::bad_request(
                "'scan_limit' needs sort_keys=created_at and sort_dirs=desc.",
            ));
        }
        // The place in the order has to be that of the index.
        shape.order.iter_mut().for_each(|order| order.descending = true);
        let scan = Scan::find(app, viewer(request), before, limit).await?;
        if let (Some((time, id)), Some(column)) = (scan.end, shape.order.first().map(|order| order.column)) {
            // By both: executions of one tree may have been created at the same moment.
            let test = Test::From(time, id);
            shape.filters.push(Filter { column, test });
        }
        Ok(scan)
    }

    /// Finds where a step from behind `before` ends.
    async fn find(app: &App, viewer: Viewer<'_>, before: Option<Id>, limit: i64) -> Result<Scan, Error> {
        let project = match viewer {
            Viewer::Admin => None,
            Viewer::Project(project) => Some(project.unwrap_or_default()),
        };
        let end = app.reads.follow.scanned(before, limit, project).await?;
        Ok(Scan { limit, end })
    }

    /// How far it came: microseconds since 1970, or null if nothing is left.
    pub(crate) fn write(&self, w: &mut Writer) {
        w.key("scanned");
        match self.end {
            Some(_) => w.int(self.limit),
            None => w.null(),
        }
        w.key("scanned_to_us");
        match self.end {
            Some((time, _)) => w.int(time.0),
            None => w.null(),
        }
    }
}
