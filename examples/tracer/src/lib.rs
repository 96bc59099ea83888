//! A tracer small enough to read: spans with a name, a start and a length, in
//! a ring that each thread has for itself.

use std::cell::RefCell;
use std::time::{Duration, Instant};

/// What is kept of a span once it has ended.
#[derive(Clone)]
pub struct Record {
    pub name: &'static str,
    pub start: Instant,
    pub length: Duration,
}

/// How many records a thread keeps; older ones are overwritten.
pub const KEPT: usize = 1024;

struct Ring {
    records: Vec<Record>,
    next: usize,
}

thread_local! {
    static RING: RefCell<Ring> =
        RefCell::new(Ring { records: Vec::with_capacity(KEPT), next: 0 });
}

/// A span that has begun; it ends when it is dropped.
pub struct Span {
    name: &'static str,
    start: Instant,
}

pub fn span(name: &'static str) -> Span {
    Span { name, start: Instant::now() }
}

impl Drop for Span {
    fn drop(&mut self) {
        keep(Record { name: self.name, start: self.start, length: self.start.elapsed() });
    }
}

fn keep(record: Record) {
    RING.with(|ring| {
        let ring = &mut *ring.borrow_mut();
        if ring.records.len() < KEPT {
            ring.records.push(record);
        } else {
            ring.records[ring.next] = record;
        }
        ring.next = (ring.next + 1) % KEPT;
    });
}

/// The records of this thread, in no particular order.
pub fn records() -> Vec<Record> {
    RING.with(|ring| ring.borrow().records.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_span_is_kept_and_old_ones_are_overwritten() {
        for _ in 0..KEPT + 7 {
            drop(span("work"));
        }
        let kept = records();
        assert_eq!(kept.len(), KEPT);
        assert!(kept.iter().all(|r| r.name == "work"));
    }
}
