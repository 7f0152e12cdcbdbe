//! Several requests in one round trip.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Requests on one connection, polled strictly in their order: each is sent before the next, and all of them before the
/// first answer is waited for. Ends with all answers, or with the first error; requests behind an error that shows before
/// anything could be answered (a parameter that cannot be encoded, a closed connection) are never sent.
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

// What is pinned is pinned in boxes of its own.
impl<T, E> Unpin for Pipeline<'_, T, E> {}

impl<T, E> Future for Pipeline<'_, T, E> {
    type Output = Result<Vec<T>, Broken<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let mut waiting = false;
        for (request, answer) in this.requests.iter_mut().zip(&mut this.answers) {
            if answer.is_some() {
                continue;
            }
            match request.as_mut().poll(context) {
                Poll::Ready(Ok(value)) => *answer = Some(value),
                Poll::Ready(Err(error)) => {
                    return Poll::Ready(Err(Broken {
                        error,
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
}
