//! Quotes: titles in 《》, and brackets left open.

use crate::text::fold;

/// The outermost titles in 《》, without blanks.
pub(super) fn quoted_titles(title: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut depth = 0usize;
    let mut from = 0;
    for (at, c) in fold::marks(title) {
        match c {
            '《' => {
                depth += 1;
                if depth == 1 {
                    from = at + c.len_utf8();
                }
            }
            '》' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    out.push(fold::without_blanks(&title[from..at]));
                }
            }
            _ => {}
        }
    }
    out.retain(|inner| !inner.is_empty());
    out
}

/// Where the bracket begins that the line ends with; brackets within it are its own.
pub(super) fn closing_bracket(line: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in line.char_indices().rev() {
        match c {
            '）' | ')' | '〕' => depth += 1,
            _ if depth == 0 => return None,
            '（' | '(' | '〔' if depth == 1 => return Some(at),
            '（' | '(' | '〔' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Whether a bracket or quotation mark is left open.
#[must_use]
pub fn unbalanced(text: &str) -> bool {
    let mut balance = Balance::default();
    balance.take(text);
    balance.is_open()
}

/// How many brackets and quotation marks of each kind are open, over lines taken one after the other.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Balance([i64; 4]);

impl Balance {
    /// Goes on with the next line.
    pub(super) fn take(&mut self, line: &str) {
        let open = &mut self.0;
        for (_, c) in fold::marks(line) {
            match c {
                '《' => open[0] += 1,
                '》' => open[0] -= 1,
                '“' => open[1] += 1,
                '”' => open[1] -= 1,
                '（' => open[2] += 1,
                '）' => open[2] -= 1,
                '〈' => open[3] += 1,
                '〉' => open[3] -= 1,
                _ => {}
            }
        }
    }

    /// Whether one is left open.
    pub(super) fn is_open(self) -> bool {
        self.0.iter().any(|count| *count > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outermost_titles_are_quoted() {
        let title = "转发《关于印发〈方案〉的通知》和《护林 办法》的通知";
        assert_eq!(quoted_titles(title), ["关于印发〈方案〉的通知", "护林办法"]);
        assert!(unbalanced("《护林") && !unbalanced("《护林》"));
        let number = "护林通知（甲发〔2031〕3号）";
        assert_eq!(closing_bracket(number), number.find('（'));
        assert_eq!(closing_bracket("护林）通知"), None);
        assert_eq!(closing_bracket("护林）"), None);
    }
}
