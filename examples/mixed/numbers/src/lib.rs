//! Reads numbers: small enough to read, big enough to get slower.

/// The integers of a comma-separated line; what is no number is left out.
pub fn parse(line: &str) -> Vec<i64> {
    line.split(',').filter_map(|field| field.trim().parse().ok()).collect()
}

/// A Fletcher-style checksum.
pub fn checksum(bytes: &[u8]) -> u32 {
    let (mut a, mut b) = (0u32, 0u32);
    for &byte in bytes {
        a = (a + u32::from(byte)) % 65521;
        b = (b + a) % 65521;
    }
    (b << 16) | a
}
