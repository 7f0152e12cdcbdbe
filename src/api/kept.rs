//! Answers that are given out again for some seconds: what many watch costs as much as what one watches.

use std::collections::HashMap;

use bytes::Bytes;
use parking_lot::Mutex;

/// Answers kept at a time.
const LIMIT: usize = 1_000;

/// Answers by what was asked, with when they were made (microseconds).
#[derive(Debug, Default)]
pub(crate) struct Kept(Mutex<HashMap<String, (i64, Bytes)>>);

impl Kept {
    /// The answer to `key`, if it is younger than `fresh` microseconds.
    pub(crate) fn get(&self, key: &str, now: i64, fresh: i64) -> Option<Bytes> {
        let kept = self.0.lock();
        let (at, answer) = kept.get(key)?;
        (0..fresh).contains(&(now - at)).then(|| answer.clone())
    }

    /// Keeps an answer. When there are too many, all are forgotten.
    pub(crate) fn put(&self, key: String, now: i64, answer: Bytes) {
        let mut kept = self.0.lock();
        if kept.len() >= LIMIT {
            kept.clear();
        }
        kept.insert(key, (now, answer));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_grow_old_and_are_bounded() {
        let kept = Kept::default();
        kept.put("a".to_owned(), 10, Bytes::from_static(b"1"));
        assert_eq!(kept.get("a", 14, 5).as_deref(), Some(&b"1"[..]));
        assert!(kept.get("a", 15, 5).is_none() && kept.get("b", 10, 5).is_none());
        for n in 0..LIMIT {
            kept.put(n.to_string(), 20, Bytes::new());
        }
        assert!(kept.0.lock().len() <= LIMIT);
    }
}
