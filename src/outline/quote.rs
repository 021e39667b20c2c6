//! Quotes: titles in 《》, and brackets left open.

use crate::text::fold;

/// The outermost titles in 《》, without blanks.
pub(super) fn quoted_titles(title: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut depth = 0usize;
    let mut current = String::new();
    for c in title.chars().filter(|c| !fold::is_blank(*c)) {
        match c {
            '《' => {
                depth += 1;
                if depth == 1 {
                    current.clear();
                    continue;
                }
            }
            '》' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && !current.is_empty() {
                    out.push(std::mem::take(&mut current));
                    continue;
                }
            }
            _ => {}
        }
        if depth > 0 {
            current.push(c);
        }
    }
    out
}

/// Whether a bracket or quotation mark is left open.
#[must_use]
pub fn unbalanced(text: &str) -> bool {
    let mut open = [0i64; 4];
    for c in text.chars() {
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
    open.iter().any(|count| *count > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outermost_titles_are_quoted() {
        let title = "转发《关于印发〈方案〉的通知》和《护林 办法》的通知";
        assert_eq!(quoted_titles(title), ["关于印发〈方案〉的通知", "护林办法"]);
        assert!(unbalanced("《护林") && !unbalanced("《护林》"));
    }
}
