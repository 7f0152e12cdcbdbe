//! Messages between processes: requests that lie in the inbox of owned shards, answers for callers of this process, hints, and
//! definitions that others changed.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::queue::wire;
use mistral_model::request::Request;
use mistral_store::backend::InboxReader;
use mistral_store::hint::Channel;

use super::event::{Event, Message, ReplyTo, What};
use super::handle::Shared;

/// Inbox rows per read.
const INBOX_BATCH: usize = 1_000;

/// Messages of other processes for the shards of this one.
///
/// `done` are rows that loops are finished with.
pub(super) async fn read_inbox(
    shared: Arc<Shared>,
    inbox: Arc<dyn InboxReader>,
    mut done: mpsc::UnboundedReceiver<i64>,
    stop: CancellationToken,
) {
    // Rows that a loop has and that are not deleted yet.
    let mut under_way: BTreeSet<i64> = BTreeSet::new();
    while !stop.is_cancelled() {
        let owned = shared.owned();
        let mut found = 0;
        if !owned.is_empty() {
            while let Ok(id) = done.try_recv() {
                under_way.remove(&id);
            }
            let in_flight: Vec<i64> = under_way.iter().copied().collect();
            match inbox.read(&owned, INBOX_BATCH, &in_flight).await {
                Ok(messages) => {
                    found = messages.len();
                    let messages: Vec<_> = messages.into_iter().filter_map(read).collect();
                    if messages.iter().any(|(_, request)| names_definitions(request))
                        && let Err(error) = shared.parts.definitions.refresh().await
                    {
                        tracing::debug!(%error, "definitions not refreshed");
                    }
                    for (message, request) in messages {
                        route(&shared, message, request, &mut under_way).await;
                    }
                }
                Err(error) => tracing::warn!(%error, "inbox cannot be read"),
            }
        }
        if found == INBOX_BATCH {
            continue;
        }
        tokio::select! {
            biased;
            () = stop.cancelled() => {}
            () = shared.inbox_hint.notified() => {}
            () = tokio::time::sleep(shared.options.poll) => {}
        }
    }
}

/// The request of a message. One that cannot be read stays in the table, for a version that can.
fn read(message: mistral_store::batch::Message) -> Option<(mistral_store::batch::Message, Request)> {
    match wire::read_request(&message.body) {
        Ok(request) => Some((message, request)),
        Err(error) => {
            tracing::error!(id = message.id, %error, "message cannot be read");
            None
        }
    }
}

/// Whether whoever sends it may have changed definitions just before.
fn names_definitions(request: &Request) -> bool {
    !matches!(
        request,
        Request::Report(_) | Request::HandOver { .. } | Request::GiveBack { .. }
    )
}

async fn route(
    shared: &Shared,
    message: mistral_store::batch::Message,
    request: Request,
    under_way: &mut BTreeSet<i64>,
) {
    let owner = shared.owner(message.shard);
    let Some(mailbox) = owner.and_then(|number| shared.mailbox_for(number, &request)) else {
        return;
    };
    if !under_way.insert(message.id) {
        return;
    }
    let reply = match (message.reply_to, message.request_id) {
        (Some(node), Some(request_id)) => ReplyTo::Node { node, request_id },
        _ => ReplyTo::Nobody,
    };
    let event = Event {
        reply,
        message: Some((message.shard, message.id)),
        // It may have been carried out before its row was deleted.
        again: true,
        ..Event::new(What::Request(request))
    };
    let _ = mailbox.send(Message::Event(event)).await;
}

/// Answers of other processes for callers of this one.
pub(super) async fn read_answers(shared: Arc<Shared>, inbox: Arc<dyn InboxReader>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let waiting = !shared.answers.lock().is_empty();
        if waiting {
            match inbox.take_replies(shared.options.node).await {
                Ok(replies) => {
                    for (request_id, body) in replies {
                        let caller = shared.answers.lock().remove(&request_id);
                        match (caller, wire::read_answer(&body)) {
                            (Some(caller), Ok(answer)) => {
                                let _ = caller.send(answer);
                            }
                            (_, Err(error)) => tracing::error!(%error, "answer cannot be read"),
                            // The caller gave up.
                            (None, Ok(_)) => {}
                        }
                    }
                }
                Err(error) => tracing::warn!(%error, "answers cannot be read"),
            }
        }
        // A hint may get lost while somebody waits; nobody waiting costs nothing.
        let pause = if waiting {
            Duration::from_millis(100)
        } else {
            Duration::from_secs(3600)
        };
        tokio::select! {
            biased;
            () = stop.cancelled() => {}
            () = shared.answers_hint.notified() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Passes hints on to whom they concern.
pub(super) async fn listen(shared: Arc<Shared>, stop: CancellationToken) {
    let channels = [
        Channel::Inbox,
        Channel::Queue,
        Channel::Replies,
        Channel::Definitions,
        Channel::Placement,
    ];
    let mut hints = shared.parts.store.listen(shared.options.node, &channels);
    loop {
        let hint = tokio::select! {
            biased;
            () = stop.cancelled() => return,
            hint = hints.recv() => hint,
        };
        match hint {
            Some(wake) => shared.woken(wake),
            None => return,
        }
    }
}

/// Looks for changed definitions when somebody hints at them, and now and then.
pub(super) async fn keep_definitions_fresh(shared: Arc<Shared>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(error) = shared.parts.definitions.refresh().await {
            tracing::debug!(%error, "definitions not refreshed");
        }
        tokio::select! {
            biased;
            () = stop.cancelled() => {}
            () = shared.definitions_hint.notified() => {}
            () = tokio::time::sleep(shared.options.lease / 3) => {}
        }
    }
}
