//! Several requests in one round trip.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Requests on one connection, polled strictly in their order: each is sent before the next, and all of them before the
/// first answer is waited for. Ends with all answers, or with the error of the earliest request that has one; requests behind an
/// error that shows while they are being sent (a parameter that cannot be encoded, a closed connection, a server that has refused
/// an earlier one already) are never sent.
pub(super) struct Pipeline<'a, T, E> {
    requests: Vec<Request<'a, T, E>>,
    answers: Vec<Option<T>>,
    all_sent: bool,
}

type Request<'a, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'a>>;

/// The first error of a pipeline.
pub(super) struct Broken<E> {
    pub(super) error: E,
    /// Whether every request was sent.
    pub(super) all_sent: bool,
}

impl<'a, T, E> Pipeline<'a, T, E> {
    pub(super) fn new() -> Pipeline<'a, T, E> {
        Pipeline {
            requests: Vec::new(),
            answers: Vec::new(),
            all_sent: false,
        }
    }

    pub(super) fn push(&mut self, request: impl Future<Output = Result<T, E>> + Send + 'a) {
        self.requests.push(Box::pin(request));
        self.answers.push(None);
    }
}

impl<T, E> Pipeline<'_, T, E> {
    /// The error of a request before this one: a server that refuses a statement refuses all that follow in the transaction, and the
    /// first refusal says why.
    fn cause(&mut self, end: usize, context: &mut Context<'_>) -> Option<E> {
        for at in 0..end {
            if self.answers[at].is_some() {
                continue;
            }
            match self.requests[at].as_mut().poll(context) {
                Poll::Ready(Ok(value)) => self.answers[at] = Some(value),
                Poll::Ready(Err(error)) => return Some(error),
                Poll::Pending => {}
            }
        }
        None
    }
}

// What is pinned is pinned in boxes of its own.
impl<T, E> Unpin for Pipeline<'_, T, E> {}

impl<T, E> Future for Pipeline<'_, T, E> {
    type Output = Result<Vec<T>, Broken<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let mut waiting = false;
        for at in 0..this.requests.len() {
            if this.answers[at].is_some() {
                continue;
            }
            match this.requests[at].as_mut().poll(context) {
                Poll::Ready(Ok(value)) => this.answers[at] = Some(value),
                Poll::Ready(Err(error)) => {
                    return Poll::Ready(Err(Broken {
                        error: this.cause(at, context).unwrap_or(error),
                        all_sent: this.all_sent,
                    }));
                }
                Poll::Pending => waiting = true,
            }
            // Answers come in order: what is behind one that is awaited has none either.
            if waiting && this.all_sent {
                break;
            }
        }
        this.all_sent = true;
        if waiting {
            Poll::Pending
        } else {
            Poll::Ready(Ok(this.answers.drain(..).flatten().collect()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[tokio::test]
    async fn nothing_is_sent_after_an_early_error() {
        let sent = AtomicUsize::new(0);
        let request = |outcome: Result<u8, u8>| {
            let sent = &sent;
            async move {
                sent.fetch_add(1, Ordering::Relaxed);
                if outcome.is_ok() {
                    tokio::task::yield_now().await;
                }
                outcome
            }
        };
        let mut pipeline = Pipeline::new();
        for outcome in [Ok(1), Err(2), Ok(3)] {
            pipeline.push(request(outcome));
        }
        let broken = pipeline.await.err().unwrap();
        assert_eq!(
            (broken.error, broken.all_sent, sent.load(Ordering::Relaxed)),
            (2, false, 2)
        );

        let mut pipeline = Pipeline::new();
        for outcome in [Ok(1), Ok(3)] {
            pipeline.push(request(outcome));
        }
        assert!(matches!(pipeline.await, Ok(answers) if answers == [1, 3]));
    }

    /// A server that is quick, or a client that is slow: the answer to one request is there before the next is sent.
    #[tokio::test]
    async fn the_first_refusal_is_told_though_a_later_one_shows_first() {
        let slow = async {
            tokio::task::yield_now().await;
            Err::<u8, &str>("refused")
        };
        let mut pipeline = Pipeline::new();
        pipeline.push(slow);
        pipeline.push(async { Err("in an aborted transaction") });
        pipeline.push(async { Ok(1) });
        let broken = pipeline.await.err().unwrap();
        assert_eq!((broken.error, broken.all_sent), ("refused", false));
    }
}
