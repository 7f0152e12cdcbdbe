//! The mutexes of the engine, which are for what is rare; `clippy.toml` forbids any other. Under test each thread counts how often it
//! takes one, so that a lock on the way of a request, a job or a result shows.

/// A mutex that tests count.
#[derive(Debug, Default)]
#[allow(clippy::disallowed_types, reason = "this is the one that counts")]
pub(crate) struct Mutex<T>(parking_lot::Mutex<T>);

impl<T> Mutex<T> {
    pub(crate) fn new(value: T) -> Mutex<T> {
        Mutex(value.into())
    }

    pub(crate) fn lock(&self) -> parking_lot::MutexGuard<'_, T> {
        #[cfg(test)]
        TAKEN.with(|taken| taken.set(taken.get() + 1));
        self.0.lock()
    }
}

#[cfg(test)]
thread_local! {
    static TAKEN: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// How often this thread has taken a mutex of the engine.
#[cfg(test)]
pub(crate) fn taken() -> u64 {
    TAKEN.with(std::cell::Cell::get)
}
