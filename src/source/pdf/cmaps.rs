//! Names of predefined CMaps (ISO 32000-1 §9.7.5.2, table 118) that unpdf does not know, told by those it does.

use memchr::memmem;
use std::borrow::Cow;

/// A CMap without its writing mode, and one that unpdf has in which the same codes are the same characters. The first
/// draw western letters narrower or wider, or have more codes or fewer; what a code stands for does not differ.
const ALIKE: [(&[u8], &[u8]); 7] = [
    (b"/GBKp-EUC-", b"/GBK-EUC-"),
    (b"/GBpc-EUC-", b"/GBK-EUC-"),
    (b"/GBK2K-", b"/GBK-EUC-"),
    (b"/GB-EUC-", b"/GBK-EUC-"),
    (b"/ETenms-B5-", b"/ETen-B5-"),
    (b"/HKscs-B5-", b"/ETen-B5-"),
    (b"/B5pc-", b"/ETen-B5-"),
];

/// The file with names of CMaps that unpdf knows, and whether any was put for another.
///
/// A name that is shorter is filled up with blanks. One that is longer moves what is behind it; the parser then finds
/// that the table of objects points beside them, and looks for them itself.
pub(super) fn known(bytes: &[u8]) -> (Cow<'_, [u8]>, bool) {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (i, (name, _)) in ALIKE.iter().enumerate() {
        let places = memmem::find_iter(bytes, name).filter(|at| {
            let rest = bytes.get(at + name.len()..).unwrap_or_default();
            matches!(rest, [b'H' | b'V', next, ..] if !next.is_ascii_alphanumeric())
        });
        found.extend(places.map(|at| (at, i)));
    }
    if found.is_empty() {
        return (Cow::Borrowed(bytes), false);
    }
    found.sort_unstable();
    let mut out = Vec::with_capacity(bytes.len() + 4 * found.len());
    let mut done = 0;
    for (at, i) in found {
        let (name, alike) = ALIKE[i];
        let mode = at + name.len();
        out.extend_from_slice(&bytes[done..at]);
        out.extend_from_slice(alike);
        out.push(bytes[mode]);
        out.resize(out.len() + name.len().saturating_sub(alike.len()), b' ');
        done = mode + 1;
    }
    out.extend_from_slice(&bytes[done..]);
    (Cow::Owned(out), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_put_for_their_like() {
        let file = b"<</Encoding/GBKp-EUC-H/A/GBK2K-V>> /GBK-EUC-H /B5pc-H]";
        let (known, is_changed) = known(file);
        assert!(is_changed);
        assert_eq!(
            known.as_ref(),
            b"<</Encoding/GBK-EUC-H /A/GBK-EUC-V>> /GBK-EUC-H /ETen-B5-H]"
        );
    }

    #[test]
    fn other_names_stay() {
        for file in [
            &b"/GBK-EUC-H /UniGB-UCS2-H"[..],
            b"/GBK2K-",
            b"/GBK2K-Hx",
            b"/GBK2K-X ",
            b"",
        ] {
            let (known, is_changed) = known(file);
            assert!(!is_changed);
            assert_eq!(known.as_ref(), file);
        }
    }
}
