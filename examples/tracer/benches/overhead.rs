//! The same work without the tracer (native) and with it (traced), and how
//! many spans a second it can take.

use criterion::{black_box, criterion_group, criterion_main, Criterion, Throughput};
use std::time::Duration;
use tracer::span;

/// Some work that the compiler cannot leave out.
fn hash(rounds: u64) -> u64 {
    (0..rounds).fold(black_box(14695981039346656037), |h, i| {
        (h ^ i).wrapping_mul(1099511628211).rotate_left(5)
    })
}

/// A request: three steps of about seven microseconds.
fn request() -> u64 {
    hash(5000) ^ hash(5000) ^ hash(5000)
}

fn request_traced() -> u64 {
    let _whole = span("request");
    let read = {
        let _span = span("read");
        hash(5000)
    };
    let work = {
        let _span = span("work");
        hash(5000)
    };
    let _span = span("write");
    read ^ work ^ hash(5000)
}

/// A call of about a microsecond, with a span of its own.
fn call() -> u64 {
    hash(1000)
}

fn call_traced() -> u64 {
    let _span = span("call");
    hash(1000)
}

fn benches(c: &mut Criterion) {
    let mut group = c.benchmark_group("request");
    group.bench_function("native", |b| b.iter(request));
    group.bench_function("traced", |b| b.iter(request_traced));
    group.finish();

    let mut group = c.benchmark_group("call");
    group.bench_function("native", |b| b.iter(call));
    group.bench_function("traced", |b| b.iter(call_traced));
    group.finish();

    let mut group = c.benchmark_group("tracer");
    group.throughput(Throughput::Elements(100));
    group.bench_function("spans", |b| {
        b.iter(|| {
            for _ in 0..100 {
                drop(black_box(span("empty")));
            }
        })
    });
    group.finish();
}

criterion_group! {
    name = overhead;
    config = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(100))
        .measurement_time(Duration::from_millis(500));
    targets = benches
}
criterion_main!(overhead);
