//! Regressions that perfgate should find: the head is built with --cfg head,
//! and the argument selects the case.
use std::collections::HashMap;
use std::hint::black_box;

#[inline(never)]
fn fill(text: &mut [u8], mut seed: u64) -> u64 {
    for byte in text.iter_mut() {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        *byte = (seed >> 57) as u8;
    }
    seed
}

#[inline(never)]
fn digest(text: &[u8]) -> u64 {
    text.iter().fold(14695981039346656037, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(1099511628211)
    })
}

/// The head clones what it only reads.
#[inline(never)]
fn lines(texts: &[Vec<u8>]) -> u64 {
    let mut sum = 0;
    for text in texts {
        let own = if cfg!(head) { black_box(text.clone()) } else { Vec::new() };
        let from = if cfg!(head) { &own } else { text };
        sum += u64::from(from[from.len() / 2]);
    }
    sum
}

/// The head counts in a hash map, the base in an array.
#[inline(never)]
fn count(text: &[u8]) -> u64 {
    if cfg!(head) {
        let mut counts = HashMap::new();
        for byte in text {
            *counts.entry(*byte).or_insert(0u64) += 1;
        }
        counts.values().copied().max().unwrap_or(0)
    } else {
        let mut counts = [0u64; 256];
        for byte in text {
            counts[usize::from(*byte)] += 1;
        }
        counts.iter().copied().max().unwrap_or(0)
    }
}

fn main() {
    let case = std::env::args().nth(1).unwrap_or_default();
    let mut text = vec![0u8; 8192];
    let texts: Vec<Vec<u8>> = (0..512).map(|i| vec![i as u8; 64]).collect();
    let mut seed = 1;
    for _ in 0..3000 {
        seed = fill(&mut text, seed);
        black_box(digest(&text));
        match case.as_str() {
            "clone" => black_box(lines(&texts)),
            _ => black_box(count(&text[..1024])),
        };
    }
}
