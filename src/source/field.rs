//! Fields: their results are shown, their instructions are not, and what `EQ` overlays is read.

/// A field that has begun and not ended.
#[derive(Debug, Default)]
pub(super) struct Field {
    /// Its result has begun.
    in_result: bool,
    instruction: String,
}

/// Fields within fields, outermost first.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    /// Of them, those whose instruction is being read.
    instructing: usize,
}

/// An instruction longer than this draws no character.
const LONGEST_INSTRUCTION: usize = 4096;

impl Fields {
    /// Whether characters are shown here.
    pub(super) fn is_shown(&self) -> bool {
        self.instructing == 0
    }

    pub(super) fn len(&self) -> usize {
        self.open.len()
    }

    pub(super) fn begin(&mut self) {
        self.open.push(Field::default());
        self.instructing += 1;
    }

    pub(super) fn separate(&mut self) {
        if let Some(field) = self.open.last_mut()
            && !field.in_result
        {
            field.in_result = true;
            self.instructing -= 1;
        }
    }

    /// Ends the innermost field; what it shows where it has no result of its own.
    pub(super) fn end(&mut self) -> Option<String> {
        let field = self.open.pop()?;
        if field.in_result {
            return None;
        }
        self.instructing -= 1;
        match self.open.last_mut() {
            // An overlaid character may stand in the instruction of a field around it.
            Some(outer) if !outer.in_result => {
                if let Some(shown) = overlaid(&field.instruction) {
                    outer.instruction.push_str(&shown);
                }
                None
            }
            _ => overlaid(&field.instruction),
        }
    }

    pub(super) fn instruct(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut()
            && !field.in_result
            && field.instruction.len() + text.len() <= LONGEST_INSTRUCTION
        {
            field.instruction.push_str(text);
        }
    }

    /// Drops those past the first `len` whose instruction never ended, so that nothing after them is lost.
    pub(super) fn forget_instructions(&mut self, len: usize) {
        while self.open.len() > len && self.open.last().is_some_and(|field| !field.in_result) {
            self.open.pop();
            self.instructing -= 1;
        }
    }
}

/// What the instruction `EQ \o(○,1)` draws: ①; of other overlays the last part, which is the character itself.
fn overlaid(instruction: &str) -> Option<String> {
    let instruction = instruction.trim();
    let name = instruction.get(..2)?;
    if !name.eq_ignore_ascii_case("eq") {
        return None;
    }
    let at = instruction.find(['(', '（'])?;
    let switches = instruction[..at].to_ascii_lowercase();
    let inner = inside(&instruction[at..])?;
    let parts: Vec<String> = parts(inner).iter().map(|part| plain(part)).collect();
    if switches.contains("\\f") {
        return Some(parts.join("/"));
    }
    if !switches.contains("\\o") {
        return None;
    }
    let is_ring = |part: &str| matches!(part, "○" | "〇" | "◯" | "O" | "⚪" | "△" | "□" | "◇");
    let mut rest: Vec<&String> = parts.iter().filter(|part| !is_ring(part)).collect();
    let has_ring = rest.len() < parts.len();
    let character = rest.pop()?;
    match character.parse::<u32>() {
        Ok(n @ 1..=20) if has_ring => char::from_u32(0x2460 + n - 1).map(String::from),
        _ => Some(character.clone()),
    }
}

/// What stands between the bracket that the text begins with and its partner.
fn inside(text: &str) -> Option<&str> {
    let mut depth = 0usize;
    let mut start = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' => {
                if depth == 0 {
                    start = at + c.len_utf8();
                }
                depth += 1;
            }
            ')' | '）' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return text.get(start..at);
                }
            }
            _ => {}
        }
    }
    None
}

/// The parts between the commas that stand in no bracket.
fn parts(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            ',' | '，' | ';' if depth == 0 => {
                out.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    out.push(&text[start..]);
    out
}

/// A part without what raises or lowers it: `\s\up 9(x)` is x.
fn plain(part: &str) -> String {
    let part = part.trim();
    match part.strip_prefix('\\') {
        Some(_) => match part.find(['(', '（']).and_then(|at| inside(&part[at..])) {
            Some(inner) => inner.trim().to_owned(),
            None => String::new(),
        },
        None => part.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlays_are_read() {
        for (instruction, shown) in [
            (r"eq \o\ac(○,1)", Some("①")),
            (r" EQ \o\ac(○,20) ", Some("⑳")),
            (r"eq \o\ac(□,印)", Some("印")),
            (r"EQ \* jc2 \* hps10 \o\ad(\s\up 9(hàn),汉)", Some("汉")),
            (r"EQ \f(1,2)", Some("1/2")),
            (r"PAGE \* MERGEFORMAT", None),
            (r"eq", None),
            (r"EQ \o(", None),
            ("日", None),
        ] {
            assert_eq!(overlaid(instruction).as_deref(), shown, "{instruction}");
        }
    }

    #[test]
    fn only_results_are_shown() {
        let mut fields = Fields::default();
        fields.begin();
        fields.begin();
        assert!(!fields.is_shown());
        fields.separate();
        assert!(!fields.is_shown());
        assert_eq!(fields.end(), None);
        fields.separate();
        assert!(fields.is_shown());
        assert_eq!(fields.end(), None);
        assert_eq!(fields.end(), None);
        fields.separate();
        fields.begin();
        fields.forget_instructions(0);
        assert!(fields.is_shown());
    }
}
