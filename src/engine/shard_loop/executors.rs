//! Executors that take jobs at once: that of this process first, then those of this machine, then others that have granted places,
//! those with the most places first.

use std::cmp::Reverse;
use std::sync::Arc;

use mistral_model::action::Job;
use mistral_model::{Dict, Id};

use super::super::handle::Shared;
use super::super::peer::frame::Takes;
use super::super::peer::link::{Link, Promise};
use super::super::queue::Awaited;

/// Where a job goes whose row is born claimed.
pub(in super::super) enum Destination {
    /// The lane of this process.
    Lane(Takes),
    /// The executor of another process.
    Peer(Promise),
    /// A worker that waits in this process; with the job as its row has it.
    Worker(Box<dyn Awaited>, String),
}

impl Destination {
    /// The node that the row names; `own` is this one.
    pub(crate) fn node(&self, own: Id) -> Id {
        match self {
            Destination::Lane(_) => own,
            Destination::Peer(promise) => promise.peer(),
            Destination::Worker(worker, _) => worker.worker(),
        }
    }
}

/// What executors have room for, as it was when the batch was made.
pub(super) struct Executors {
    shared: Arc<Shared>,
    lane: usize,
    /// The lane's room for jobs that only wait, once one has been asked about.
    lane_waits: Option<usize>,
    /// Jobs wait for the lane already.
    is_crowded: bool,
    /// Connections with room.
    peers: Vec<(Arc<Link>, [u64; 2])>,
}

impl Executors {
    /// `overflow` jobs wait for the lane already.
    pub(super) fn look(shared: &Arc<Shared>, overflow: usize) -> Executors {
        let lane = shared.parts.lane.as_ref().map_or(0, |lane| lane.free());
        let routes = shared.peers.routes();
        let links = routes.links.iter().map(|link| (link.clone(), link.room()));
        let peers = links.filter(|(_, room)| *room != [0; 2]).collect();
        Executors {
            shared: shared.clone(),
            lane: lane.saturating_sub(overflow),
            lane_waits: None,
            is_crowded: overflow > 0,
            peers,
        }
    }

    /// Who takes this job at once; `None`: its row waits for whoever claims it.
    pub(super) fn place(&mut self, job: &Job) -> Option<Destination> {
        let target = job.target.as_deref();
        if let (Some(queue), Some(counter)) = (target, self.shared.counter.get())
            && let Some(worker) = counter.promise(queue)
        {
            return Some(Destination::Worker(worker, String::new()));
        }
        let takes = match self.only_waits(job) {
            true => Takes::Timer,
            false => Takes::Slot,
        };
        if let Some(lane) = &self.shared.parts.lane
            && target.is_none_or(|target| target == lane.host())
        {
            if !self.is_crowded && takes == Takes::Timer {
                let room = self.lane_waits.get_or_insert_with(|| lane.free_to_wait());
                if *room > 0 {
                    *room -= 1;
                    return Some(Destination::Lane(takes));
                }
            }
            if self.lane > 0 {
                self.lane -= 1;
                return Some(Destination::Lane(takes));
            }
        }
        let fits = |link: &Link| target.is_none_or(|target| target == link.host);
        let near = |link: &Link| link.host == self.shared.options.name;
        // Among those as near, they take turns by what they have left.
        let best = self
            .peers
            .iter()
            .enumerate()
            .filter(|(_, (link, room))| room[takes as usize] > 0 && fits(link))
            .max_by_key(|(n, (link, room))| (near(link), room[takes as usize], Reverse(*n)))
            .map(|(n, _)| n)?;
        let (link, room) = &mut self.peers[best];
        match link.promise(takes) {
            Some(promise) => {
                room[takes as usize] -= 1;
                Some(Destination::Peer(promise))
            }
            // Another loop was faster.
            None => {
                room[takes as usize] = 0;
                self.place(job)
            }
        }
    }

    /// Whether a job takes a timer and no slot.
    fn only_waits(&self, job: &Job) -> bool {
        let empty = Dict::default();
        let input = job.input.value().as_dict().unwrap_or(&empty);
        let project = job.context.project_id.as_deref();
        self.shared.parts.catalog.only_waits(&job.name, input, project)
    }
}
