//! Numbers and strings in few bytes, as files beside the index keep them: seven bits a byte, the least first.

/// Appends a number.
pub(super) fn number(out: &mut Vec<u8>, number: usize) {
    let mut left = number;
    while left >= 0x80 {
        // Seven bits and the mark that more follow
        out.push((left & 0x7f) as u8 | 0x80);
        left >>= 7;
    }
    out.push(left as u8);
}

/// Appends how many numbers there are, and each.
pub(super) fn numbers(out: &mut Vec<u8>, numbers: &[u32]) {
    number(out, numbers.len());
    for one in numbers {
        number(out, *one as usize);
    }
}

/// Appends a string.
pub(super) fn string(out: &mut Vec<u8>, string: &str) {
    number(out, string.len());
    out.extend_from_slice(string.as_bytes());
}

/// What is left to be read.
#[derive(Debug)]
pub(super) struct Numbers<'b>(pub(super) &'b [u8]);

impl Numbers<'_> {
    /// The next number, of at most 35 bits; none at the end.
    pub(super) fn number(&mut self) -> Option<usize> {
        let mut out = 0;
        for shift in (0..35).step_by(7) {
            let (first, rest) = self.0.split_first()?;
            self.0 = rest;
            out |= usize::from(first & 0x7f) << shift;
            if first & 0x80 == 0 {
                return Some(out);
            }
        }
        None
    }

    /// The next numbers, appended.
    pub(super) fn numbers(&mut self, out: &mut Vec<u32>) -> Option<()> {
        for _ in 0..self.number()? {
            out.push(u32::try_from(self.number()?).ok()?);
        }
        Some(())
    }

    /// The next string.
    pub(super) fn string(&mut self) -> Option<String> {
        let length = self.number()?;
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(bytes).ok().map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(ones in proptest::collection::vec(any::<u32>(), 0..9), text in "\\PC{0,9}") {
            let mut bytes = Vec::new();
            numbers(&mut bytes, &ones);
            string(&mut bytes, &text);
            let mut from = Numbers(&bytes);
            let mut read = Vec::new();
            prop_assert_eq!(from.numbers(&mut read), Some(()));
            prop_assert_eq!((read, from.string()), (ones, Some(text)));
            prop_assert_eq!(from.number(), None);
        }

        #[test]
        fn any_bytes_are_read_or_not(bytes in proptest::collection::vec(any::<u8>(), 0..30)) {
            let mut from = Numbers(&bytes);
            let _ = from.numbers(&mut Vec::new());
            let _ = from.string();
        }
    }
}
