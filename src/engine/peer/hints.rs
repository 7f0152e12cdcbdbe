//! Wake-ups: by connections where there are some, else by the store.

use std::sync::Arc;

use mistral_model::{Id, Shard};
use mistral_store::backend::Hints;
use mistral_store::hint::ShardSet;

use super::Peers;
use super::frame::{Frame, Hint};

/// Sends each hint the shortest way that reaches those whom it concerns.
pub(crate) struct PeerHints {
    pub peers: Arc<Peers>,
    pub store: Arc<dyn Hints>,
}

impl PeerHints {
    /// To everybody who has a connection.
    fn tell_all(&self, hint: Hint) {
        for link in &self.peers.routes().links {
            link.say(Frame::Hint(hint));
        }
    }
}

impl Hints for PeerHints {
    fn inbox(&self, shard: Shard) {
        let mut shards = ShardSet::default();
        shards.insert(shard);
        let told = |link: Arc<super::link::Link>| link.say(Frame::Hint(Hint::Inbox(shards.words())));
        if !self.peers.route(shard).is_some_and(told) {
            self.store.inbox(shard);
        }
    }

    fn queue(&self) {
        self.tell_all(Hint::Queue);
        if !self.peers.reaches_all() {
            self.store.queue();
        }
    }

    fn replies(&self, node: Id) {
        let told = |link: Arc<super::link::Link>| link.say(Frame::Hint(Hint::Replies));
        if !self.peers.to(node).is_some_and(told) {
            self.store.replies(node);
        }
    }

    fn placement(&self) {
        self.tell_all(Hint::Placement);
        self.store.placement();
    }
}
