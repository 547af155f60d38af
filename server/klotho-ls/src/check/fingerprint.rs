//! What a finding is known by from one run to the next, though lines move.

use super::finding::Finding;
use std::collections::HashMap;

/// Names findings: equal findings of a file are told apart by their order.
#[derive(Debug, Default)]
pub(crate) struct Fingerprints {
    seen: HashMap<u64, u32>,
}

impl Fingerprints {
    /// The fingerprint of the next finding, 16 hexadecimal digits. It follows from the code, the file and the message, which
    /// names what is meant, and not from the place.
    pub(crate) fn of(&mut self, finding: &Finding) -> String {
        let file = finding.place.as_ref().map_or("", |place| place.relative.as_str());
        let parts = [finding.code.name(), file, &finding.message];
        let hash = parts.iter().fold(OFFSET, |hash, part| fnv(fnv(hash, part.as_bytes()), &[0]));
        let nth = self.seen.entry(hash).or_default();
        *nth += 1;
        format!("{:016x}", fnv(hash, &nth.to_le_bytes()))
    }
}

/// FNV-1a (<https://datatracker.ietf.org/doc/draft-eastlake-fnv/>): the same on every machine and in every release, which
/// the hashes of the standard library do not promise.
fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(fnv(OFFSET, b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv(OFFSET, b"foobar"), 0x8594_4171_f739_67e8);
    }
}
