//! Searches by what no index knows, step by step: each step looks at a bounded number of executions, the newest first, says how far
//! it came, and gives a link to go on.

use super::App;
use super::error::Error;
use super::json::Writer;
use mistral_model::{Id, Time};
use mistral_store::pg::follow;
use mistral_store::pg::list::Viewer;

/// One step.
#[derive(Debug)]
pub struct Scan {
    limit: i64,
    /// The last execution that is looked at; none: there are fewer than may be.
    pub end: Option<(Time, Id)>,
}

impl Scan {
    /// Finds where a step from behind `before` ends.
    pub async fn find(app: &App, viewer: Viewer<'_>, before: Option<Id>, limit: i64) -> Result<Scan, Error> {
        let project = match viewer {
            Viewer::Admin => None,
            Viewer::Project(project) => Some(project.unwrap_or_default().to_owned()),
        };
        let end = app
            .reads
            .bounded(|client| async move { follow::scanned(&client, before, limit, project.as_deref()).await })
            .await?;
        Ok(Scan { limit, end })
    }

    /// How far it came: microseconds since 1970, or null if nothing is left.
    pub fn write(&self, w: &mut Writer) {
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
