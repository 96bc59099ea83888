use criterion::{black_box, criterion_group, criterion_main, BenchmarkId, Criterion, Throughput};
use numbers::{checksum, parse};
use std::time::Duration;

fn benches(c: &mut Criterion) {
    let line = (0..500).map(|i| (i * 7919).to_string()).collect::<Vec<_>>().join(", ");
    c.bench_function("parse 500", |b| b.iter(|| parse(black_box(&line))));

    let mut group = c.benchmark_group("checksum");
    for size in [64usize, 4096].iter() {
        let bytes: Vec<u8> = (0..*size).map(|i| i as u8).collect();
        group.throughput(Throughput::Bytes(*size as u64));
        group.bench_with_input(BenchmarkId::from_parameter(size), &bytes, |b, bytes| {
            b.iter(|| checksum(black_box(bytes)))
        });
    }
    group.finish();
}

criterion_group! {
    name = numbers_benches;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    targets = benches
}
criterion_main!(numbers_benches);
