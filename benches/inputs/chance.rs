//! Chance from a seed.

/// xorshift64*: small, even, and the same everywhere.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        ((self.next() >> 33) as usize) % n.max(1)
    }

    /// Low numbers more often than high ones, as the ranks of words are (Zipf's law, near enough).
    pub(crate) fn rank(&mut self, n: usize) -> usize {
        let u = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        let at = ((n as f64 + 1.0).powf(u) - 1.0) as usize;
        at.min(n - 1)
    }

    pub(crate) fn of<'t>(&mut self, values: &[&'t str]) -> &'t str {
        values[self.below(values.len())]
    }

    pub(crate) fn ranked<'t>(&mut self, values: &[&'t str]) -> &'t str {
        values[self.rank(values.len())]
    }
}
