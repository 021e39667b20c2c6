//! Numbers that are telephone numbers by their own shape: mobile, area code and local number, 400.

use super::PhoneKind;
use super::Read;
use crate::entity::doc_number::is_dash;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use crate::text::words::Words;

/// A cursor over folded characters.
#[derive(Clone, Copy)]
pub(super) struct Digits<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl<'t> Digits<'t> {
    pub(super) fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next().map(fold)
    }

    pub(super) fn bump(&mut self) {
        if let Some(c) = self.text[self.at..].chars().next() {
            self.at += c.len_utf8();
        }
    }

    /// The run of digits here; of one more than `max` digits the rest is left, so that length tells.
    pub(super) fn run(&mut self, max: usize) -> String {
        let mut out = String::new();
        while let Some(c) = self.peek().filter(char::is_ascii_digit) {
            out.push(c);
            self.bump();
            if out.len() > max {
                break;
            }
        }
        out
    }

    /// One separator: a dash with blanks around it, or one or two blanks of the line.
    fn separator(&mut self) -> bool {
        let start = self.at;
        let mut dashes = 0;
        let mut blanks = 0;
        while let Some(c) = self.peek() {
            // 0571～5550188
            if (is_dash(c) || c == '~') && dashes < 2 {
                dashes += 1;
            } else if c != '\n' && c != '\t' && is_blank(c) && blanks < 3 {
                blanks += 1;
            } else if c == '\n' && dashes == 1 && blanks < 3 {
                // a number that its line breaks after the area code: 0571-⏎55501023
                blanks += 3;
            } else {
                break;
            }
            self.bump();
        }
        self.at > start
    }
}

/// A number that is one by its own shape: mobile, area code and local number, 400.
pub(in crate::entity::contact) fn full(text: &str, at: usize) -> Option<Read> {
    let here = Digits { text, at };
    let (here, abroad) = country(here);
    mobile(here)
        .or_else(|| (!abroad).then(|| toll_free(here)).flatten())
        .or_else(|| landline(here, abroad))
}

/// Skips +86, 0086, （+86）, 86-; tells whether it stood there.
fn country(start: Digits<'_>) -> (Digits<'_>, bool) {
    let mut here = start;
    let bracket = here.peek() == Some('(');
    if bracket {
        here.bump();
    }
    let plus = here.peek() == Some('+');
    if plus {
        here.bump();
        here.separator();
    }
    let run = {
        let mut probe = here;
        probe.run(4)
    };
    let code = if run.starts_with("0086") && !plus {
        4
    } else if run.starts_with("86") {
        2
    } else {
        return (start, false);
    };
    for _ in 0..code {
        here.bump();
    }
    let closed = bracket && here.peek() == Some(')');
    if closed {
        here.bump();
    }
    if bracket && !closed {
        return (start, false);
    }
    let parted = here.separator();
    // a bare 86 is the country's code only before a whole mobile number or a separator
    if !plus && !closed && code == 2 && !parted {
        let mut probe = here;
        if probe.run(11).len() != 11 || !matches!(here.peek(), Some('1')) {
            return (start, false);
        }
    }
    (here, true)
}

fn mobile(start: Digits<'_>) -> Option<Read> {
    let mut here = start;
    let mut digits = String::new();
    let mut groups = Vec::new();
    loop {
        let run = here.run(11);
        if run.is_empty() {
            return None;
        }
        groups.push(run.len());
        digits.push_str(&run);
        if digits.len() >= 11 {
            break;
        }
        if !here.separator() {
            return None;
        }
    }
    let shaped = matches!(
        groups.as_slice(),
        [11] | [3, 4, 4] | [3, 8] | [4, 3, 4] | [7, 4] | [5, 6] | [3, 3, 5]
    );
    let mut chars = digits.chars();
    let valid = chars.next() == Some('1') && matches!(chars.next(), Some('3'..='9'));
    (digits.len() == 11 && shaped && valid).then_some(Read {
        end: here.at,
        area: None,
        local: digits,
        extension: None,
        kind: PhoneKind::Mobile,
    })
}

/// 400-820-8820, 4008208820, 800-810-1234.
fn toll_free(start: Digits<'_>) -> Option<Read> {
    let mut here = start;
    let mut digits = String::new();
    let mut groups = 0;
    while digits.len() < 10 && groups < 4 {
        let run = here.run(10);
        if run.is_empty() {
            return None;
        }
        digits.push_str(&run);
        groups += 1;
        if digits.len() < 10 && !here.separator() {
            return None;
        }
    }
    let valid = digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800"));
    if !valid {
        return None;
    }
    let extension = extension(&mut here, false);
    Some(Read {
        end: here.at,
        area: None,
        local: digits,
        extension,
        kind: PhoneKind::Hotline,
    })
}

/// Area code (its 0 may be missing after the country's code) and local number.
fn landline(start: Digits<'_>, abroad: bool) -> Option<Read> {
    let mut here = start;
    let bracket = here.peek() == Some('(');
    if bracket {
        here.bump();
    }
    let mut run = here.run(12);
    // +86 (0)10 5908 1185
    if bracket && abroad && run == "0" && here.peek() == Some(')') {
        here.bump();
        here.separator();
        run.push_str(&here.run(12));
        return local_after(here, run, false);
    }
    if bracket {
        if here.peek() != Some(')') || run.len() > 4 {
            return None;
        }
        here.bump();
        let mut probe = here;
        if !probe.separator() && !probe.peek().is_some_and(|c| c.is_ascii_digit()) {
            return None;
        }
    }
    if abroad && !run.starts_with('0') {
        run.insert(0, '0');
    }
    local_after(here, run, bracket)
}

/// A service number of another place: 0571-12345.
fn service_of_area(mut here: Digits<'_>, area: &str) -> Option<Read> {
    let digits = here.run(6);
    let place = digits.len() > 3 && (digits.starts_with("12") || digits.starts_with('9'));
    if !place || !super::is_service(&digits) {
        return None;
    }
    Some(Read {
        end: here.at,
        area: Some(area.to_owned()),
        local: digits,
        extension: None,
        kind: PhoneKind::Hotline,
    })
}

/// The rest of a landline whose leading digits, area code first, are `run`.
fn local_after(mut here: Digits<'_>, run: String, closed: bool) -> Option<Read> {
    let length = area_length(&run)?;
    let area = run[..length].to_string();
    let local = if run.len() > length {
        if closed {
            return None;
        }
        let joined = run[length..].to_string();
        // 0106228 8559
        if joined.len() == 4 {
            let mut probe = here;
            if probe.separator() && probe.run(4).len() == 4 {
                local_number(&mut here, joined)?
            } else {
                return None;
            }
        } else {
            joined
        }
    } else {
        // 0571/55501010
        let slash = here.peek() == Some('/') && run.len() == length;
        if slash {
            here.bump();
        } else if (here.separator() || closed)
            && let Some(read) = service_of_area(here, &area)
        {
            return Some(read);
        }
        let first = here.run(8);
        if slash && first.len() < 7 {
            return None;
        }
        local_number(&mut here, first)?
    };
    let fits = match local.len() {
        8 => true,
        7 => length == 4,
        _ => false,
    };
    if !fits || local.starts_with('0') {
        return None;
    }
    let extension = extension(&mut here, true);
    Some(Read {
        end: here.at,
        area: Some(area),
        local,
        extension,
        kind: PhoneKind::Landline,
    })
}

/// A local number in one group or two: 62288559, 6228 8559, 509-3157.
fn local_number(here: &mut Digits<'_>, first: String) -> Option<String> {
    if matches!(first.len(), 3 | 4) {
        let mut probe = *here;
        if probe.separator() {
            let second = probe.run(4);
            if second.len() == 4 && !probe.peek().is_some_and(|c| c.is_ascii_digit()) {
                *here = probe;
                return Some(first + &second);
            }
        }
        return None;
    }
    Some(first)
}

/// The area code and the dash that `text` ends with: where they begin.
pub(super) fn area_at_end(text: &str) -> Option<usize> {
    let dash = text.chars().next_back().filter(|c| is_dash(*c))?;
    let head = &text[..text.len() - dash.len_utf8()];
    let from = head.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    (area_length(&head[from..])? == head.len() - from).then_some(from)
}

/// Length of the area code that `digits` begin with.
fn area_length(digits: &str) -> Option<usize> {
    let mut bytes = digits.bytes();
    match (bytes.next()?, bytes.next()?, bytes.next()?) {
        (b'0', b'1', b'0') => Some(3),
        (b'0', b'2', b'0'..=b'9') => Some(3),
        (b'0', b'3'..=b'9', b'0'..=b'9') if digits.len() >= 4 => Some(4),
        _ => None,
    }
}

/// 转802, -8001, #12, ext. 5: taken from `here` on when it is whole.
fn extension(here: &mut Digits<'_>, dash: bool) -> Option<String> {
    let mut probe = *here;
    while probe.peek().is_some_and(|c| c == ' ') {
        probe.bump();
    }
    let rest = &probe.text[probe.at..];
    static WORDS: Words = Words::new(&[
        "转分机",
        "转接",
        "转",
        "分机号",
        "分机",
        "ext.",
        "ext",
        "Ext",
        "EXT",
        "x",
    ]);
    let word = WORDS.at(rest).map(|i| WORDS.list()[i]);
    let (max, min) = if let Some(word) = word {
        probe.at += word.len();
        while probe.peek().is_some_and(|c| matches!(c, ' ' | ':' | '.')) {
            probe.bump();
        }
        (6, 1)
    } else if probe.peek() == Some('#') || (probe.peek() == Some('*') && dash) {
        probe.bump();
        (6, 1)
    } else if dash && probe.at == here.at && probe.peek().is_some_and(is_dash) {
        probe.bump();
        (5, 1)
    } else {
        return None;
    };
    let digits = probe.run(max);
    if !(min..=max).contains(&digits.len()) {
        return None;
    }
    *here = probe;
    Some(digits)
}

/// A local number by shape alone: seven or eight digits, an extension after them.
pub(in crate::entity::contact) fn local(text: &str, at: usize) -> Option<Read> {
    let mut here = Digits { text, at };
    let first = here.run(8);
    let digits = if first.len() == 4 {
        local_number(&mut here, first)?
    } else {
        first
    };
    if !matches!(digits.len(), 7 | 8) || digits.starts_with(['0', '1']) {
        return None;
    }
    let extension = extension(&mut here, true);
    Some(Read {
        end: here.at,
        area: None,
        local: digits,
        extension,
        kind: PhoneKind::Landline,
    })
}
