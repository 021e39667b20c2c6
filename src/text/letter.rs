//! Letters and numbers as Unicode has them, Han characters told by one comparison: they are most of a notice.

/// As [`char::is_alphanumeric`].
#[must_use]
#[inline]
pub fn is_alphanumeric(c: char) -> bool {
    is_unified(c) || c.is_alphanumeric()
}

/// As [`char::is_alphabetic`].
#[must_use]
#[inline]
pub fn is_alphabetic(c: char) -> bool {
    is_unified(c) || c.is_alphabetic()
}

/// As [`char::is_numeric`]: 1, １, ①, Ⅳ and 〇, but not 一.
#[must_use]
#[inline]
pub fn is_numeric(c: char) -> bool {
    !is_unified(c) && c.is_numeric()
}

/// The block of CJK Unified Ideographs: all of them letters, none a number.
#[inline]
fn is_unified(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_standard_library_agrees() {
        for c in '\0'..=char::MAX {
            assert_eq!(super::is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(super::is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(super::is_numeric(c), c.is_numeric(), "{c:?}");
        }
    }
}
