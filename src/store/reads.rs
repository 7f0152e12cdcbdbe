//! What the REST API needs of a store, subject by subject.

use std::sync::Arc;

use crate::bulk::BulkOperations;
use crate::cluster::Overview;
use crate::diagnosis::Diagnosis;
use crate::follow::Follow;
use crate::list::Lists;
use crate::maintenance::Maintenance;
use crate::runs::Runs;
use crate::search::Search;
use crate::statistics::Statistics;
use crate::versions::Versions;

/// Cheap to clone.
#[derive(Clone)]
pub struct Reads {
    pub lists: Arc<dyn Lists>,
    pub runs: Arc<dyn Runs>,
    pub maintenance: Arc<dyn Maintenance>,
    pub follow: Arc<dyn Follow>,
    pub diagnosis: Arc<dyn Diagnosis>,
    pub statistics: Arc<dyn Statistics>,
    pub search: Arc<dyn Search>,
    pub overview: Arc<dyn Overview>,
    pub bulk: Arc<dyn BulkOperations>,
    pub versions: Arc<dyn Versions>,
}

impl Reads {
    /// All of it from one place.
    pub fn of<T>(store: Arc<T>) -> Reads
    where
        T: Lists
            + Runs
            + Maintenance
            + Follow
            + Diagnosis
            + Statistics
            + Search
            + Overview
            + BulkOperations
            + Versions
            + 'static,
    {
        Reads {
            lists: store.clone(),
            runs: store.clone(),
            maintenance: store.clone(),
            follow: store.clone(),
            diagnosis: store.clone(),
            statistics: store.clone(),
            search: store.clone(),
            overview: store.clone(),
            bulk: store.clone(),
            versions: store,
        }
    }
}
