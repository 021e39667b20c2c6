//! What stands before a block without a label, and belongs to it: a name, an office, an address.

use super::behind;
use super::block::Block;
use super::block::is_post;
use super::block::push_new;
use super::bracket::han_before;
use super::field;
use super::label::ends_as_office;
use super::lines::unnumbered;
use super::name;
use super::phone;
use super::value::taker;
use crate::span::Span;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use crate::text::fold::is_han;
use crate::text::fold::joined;
use crate::text::words::words;
use memchr::memrchr;

/// An office that heads a block.
pub(super) struct Heading {
    pub(super) span: Span,
    /// Whether its line shows that it heads something: a number, a colon, or the block behind it.
    pub(super) sure: bool,
}

impl Block {
    /// The office to which the line above is given, or the words before the block in its line: 县教育局⏎联系人：…,
    /// （一）县教育局。联系人：….
    pub(super) fn heading(&self, text: &str) -> Option<Heading> {
        if self.found.organization.is_some() || self.depth > 0 || !self.reach() {
            return None;
        }
        let before = text[..self.found.span.start].trim_end_matches(is_blank_of_line);
        let above = before.trim_end_matches(['\n', ' ', '\u{3000}']);
        let beside = above.len() == before.len();
        let signs: &[char] = if beside {
            &['。', '，', '：', ':']
        } else {
            &['：', ':']
        };
        let head = above.trim_end_matches(signs);
        let signed = head.len() < above.len();
        // a longer line heads nothing
        const LONGEST: usize = 90;
        let near = head.len().saturating_sub(LONGEST + 1);
        let from = match memrchr(b'\n', &head.as_bytes()[near..]) {
            Some(i) => near + i + 1,
            None if near == 0 => 0,
            None => return None,
        };
        let line = Span::new(from, head.len());
        if beside && !signed {
            return None;
        }
        let span = unnumbered(text, line).trimmed(text);
        let sure = signed || span.start > line.trimmed(text).start;
        // 照片报安全部，联系人：…: a sentence, not an office
        let words = span.of(text);
        let whole = || field::office(words).is_some_and(|office| office == words);
        (is_office(words) && whole()).then_some(Heading { span, sure })
    }

    /// Takes whom something is sent to, before the bracket with the address: 发至县水利局李雷老师处（…@…）.
    fn receiver_before(&mut self, text: &str) {
        let before = text[..self.found.span.start].trim_end_matches(is_blank_of_line);
        let Some(before) = before.strip_suffix(['（', '(']) else {
            return;
        };
        let Some(words) = han_before(before).strip_suffix('处') else {
            return;
        };
        let verb = words.rfind(['至', '给', '到', '交', '报', '送']);
        let Some(receiver) = verb.map(|at| &words[at + '至'.len_utf8()..]) else {
            return;
        };
        if let Some((office, person)) = name::office_and_name(receiver) {
            self.found.span.start = before.len() - '处'.len_utf8() - receiver.len();
            self.found.organization = self.found.organization.take().or(office);
            self.found.names.push(person);
        }
    }

    /// Names the office before the block's bracket when none stands in it.
    pub(super) fn finish(&mut self, text: &str) {
        if self.found.names.is_empty() && !self.found.emails.is_empty() && self.depth > 0 {
            self.receiver_before(text);
        }
        if self.found.names.is_empty() && self.reach() {
            self.bracket_before(text);
        }
        if self.found.names.is_empty() && !self.found.phones.is_empty() {
            self.name_before(text);
        }
        if self.found.names.is_empty() && !self.found.phones.is_empty() && self.depth == 0 {
            self.line_before(text);
        }
        if self.found.postcode.is_some() && self.found.address.is_none() {
            self.address_before(text);
        }
        if self.found.address.is_none() && !self.found.phones.is_empty() {
            self.place_before(text);
        }
        if self.found.organization.is_none() && self.reach() {
            self.office_called(text);
        }
        if self.found.organization.is_some() || self.depth == 0 {
            return;
        }
        let before = text[..self.found.span.start].trim_end_matches(is_blank);
        let Some(open) = before.chars().next_back().filter(|c| fold(*c) == '(') else {
            return;
        };
        let before = &before[..before.len() - open.len_utf8()];
        self.found.organization = field::office_at_end(before);
    }

    /// Takes the office with which to get in touch: 请与县教育局联系，电话：…, 可向县教育局咨询。联系人：….
    fn office_called(&mut self, text: &str) {
        let sign =
            |c: char| is_blank(c) && c != '\n' || matches!(fold(c), ',' | '。' | ':' | ';' | '(');
        let before = text[..self.found.span.start].trim_end_matches(sign);
        let Some(with) = ["联系", "咨询", "沟通", "对接", "衔接"]
            .iter()
            .find_map(|verb| before.strip_suffix(verb))
        else {
            return;
        };
        let words = han_before(with);
        let Some(office) = called(words) else {
            return;
        };
        if is_office(office) && !office.starts_with(['各', '本', '其', '所', '当', '时']) {
            self.found.span.start = with.len() - office.len();
            self.found.organization = Some(office.to_owned());
        }
    }

    /// Takes what stands without label before the first one in its bracket: （李雷，139…，传真0571-…）.
    ///
    /// Outside of brackets the same of what begins the line: 县教育局　李雷　0571-5550101，邮箱：…
    fn bracket_before(&mut self, text: &str) {
        let before = &text[..self.found.span.start];
        let stop = |c: char| match self.depth {
            0 => c == '\n',
            _ => matches!(c, '（' | '('),
        };
        let near = || before.char_indices().rev().take(48);
        let from = match near().find(|(_, c)| stop(*c)) {
            Some((at, open)) => at + open.len_utf8(),
            None if self.depth == 0 && near().count() < 48 => 0,
            None => return,
        };
        if self.depth > 0 && before[from..].contains('\n') {
            return;
        }
        let mut names = Vec::new();
        let mut phones = Vec::new();
        let mut office = None;
        let mut next = from;
        for piece in before[from..].split_inclusive(['，', ',', '、', '；', ';', ' ', '\u{3000}'])
        {
            let place = next;
            next += piece.len();
            let word = piece.trim_end_matches(['，', ',', '、', '；', ';', ' ', '\u{3000}']);
            if word.is_empty() {
                continue;
            }
            // behind a name in a bracket a number needs no area code
            let beside = self.depth > 0 && !names.is_empty();
            let whole = phone::full(text, place)
                .or_else(|| phone::local(text, place).filter(|_| beside))
                .is_some_and(|read| read.end == place + word.len());
            match whole {
                true => phones.push(word.chars().map(fold).collect()),
                false if name::is_plain_name(word) => names.push(word.to_owned()),
                false if names.is_empty() && office.is_none() && is_office(word) => {
                    office = Some(word.to_owned());
                }
                false => match name::office_and_name(word) {
                    // （水利股李雷，5550101，邮箱：…）
                    Some((Some(of), person)) if self.depth > 0 && names.is_empty() => {
                        office = Some(of);
                        names.push(person);
                    }
                    _ => return,
                },
            }
        }
        if names.is_empty() || phones.is_empty() {
            return;
        }
        self.found.span.start = from;
        self.found.organization = self.found.organization.take().or(office);
        push_new(&mut self.found.names, names);
        phones.append(&mut self.found.phones);
        push_new(&mut self.found.phones, phones);
    }

    /// Takes the people of the line above a number that has its line to itself: 县教育局基教股　李雷　韩梅⏎联系电话：…;
    /// or of the same line before the number: 县教育局基教股　李雷　联系电话：….
    fn line_before(&mut self, text: &str) {
        let before =
            text[..self.found.span.start].trim_end_matches([' ', '\t', '\u{3000}', '，', ',']);
        let above = match before.strip_suffix('\n') {
            Some(above) => above.trim_end_matches('\n'),
            None => before,
        };
        // a long line is prose, and many blocks may stand in it
        const LONGEST: usize = 150;
        let near = above.len().saturating_sub(LONGEST + 1);
        let from = match memrchr(b'\n', &above.as_bytes()[near..]) {
            Some(i) => near + i + 1,
            None if above.len() <= LONGEST => 0,
            None => return,
        };
        // 县教育局：李雷⏎电话：…
        if before.ends_with('\n')
            && let Some((start, names, office)) = behind::people(&text[from..above.len()])
            && is_office(&office)
        {
            self.found.span.start = from + start;
            self.found.organization = self.found.organization.take().or(Some(office));
            self.found.names = names;
            return;
        }
        let words_at = unnumbered(text, Span::new(from, above.len()));
        let line = words_at.of(text);
        let mut words = name::words_of(text, words_at).into_iter();
        let Some(office) = words.next().filter(|w| is_office(w)) else {
            return;
        };
        let names: Vec<String> = words.collect();
        // behind an office the name may begin with a rare surname
        let is_name = |name: &String| {
            name::is_plain_name(name)
                || (2..=3).contains(&name.chars().count())
                    && name.chars().all(is_han)
                    && !ends_as_office(name)
        };
        if names.is_empty() || !names.iter().all(is_name) {
            return;
        }
        self.found.span.start = above.len() - line.trim_start_matches(is_blank).len();
        self.found.organization = self.found.organization.take().or(Some(office));
        self.found.names = names;
    }

    /// Takes the address of a sentence whose postcode begins the block: 书面邮寄至…路3号（邮编650300）.
    fn address_before(&mut self, text: &str) {
        let before = text[..self.found.span.start].trim_end_matches(|c: char| {
            is_blank(c) && c != '\n' || matches!(c, '，' | ',' | '、' | '（' | '(')
        });
        let clause = before
            .char_indices()
            .rev()
            .take(60)
            .take_while(|(_, c)| !matches!(c, '\n' | '。' | '；' | ';' | '，' | ','))
            .last()
            .map_or("", |(at, _)| &before[at..]);
        let place = [
            "寄至",
            "寄到",
            "寄往",
            "寄送至",
            "寄送",
            "送至",
            "请寄",
            "邮寄",
            "寄",
        ]
        .iter()
        .filter_map(|verb| clause.rfind(verb).map(|i| i + verb.len()))
        .max()
        .map(|at| clause[at..].trim_start_matches(|c: char| is_blank(c) || fold(c) == ':'));
        let received = place.is_some_and(|p| p.ends_with('收'));
        let whole = place.map_or(0, str::len);
        let place = place.map(|p| p.strip_suffix('收').unwrap_or(p));
        let taken = place.filter(|_| received).map(taker);
        let Some(place) = place.filter(|p| p.chars().nth(5).is_some()) else {
            return;
        };
        let parted =
            clause.ends_with(place) && clause[..clause.len() - place.len()].ends_with(['：', ':']);
        if place.contains(['路', '街', '号', '道', '巷', '村', '镇'])
            || (parted || received)
                && (ends_as_office(place) || place.ends_with(['宫', '馆', '园', '社', '厂', '校']))
                && place.contains(['省', '市', '县', '区', '旗'])
        {
            let (address, person) = taken.unwrap_or_else(|| (joined(place), None));
            self.found.address = Some(address);
            push_new(&mut self.found.names, person.into_iter().collect());
            self.found.span.start = before.len() - whole;
        }
    }

    /// Takes the name that stands before the first label: 市住建局：钱二，电话：…
    fn name_before(&mut self, text: &str) {
        let before =
            text[..self.found.span.start].trim_end_matches([' ', '，', ',', '、', '\u{3000}']);
        // 县科技局：李雷、韩梅；联系电话：…
        let parted = before.strip_suffix(['；', ';']);
        let before = parted.unwrap_or(before);
        // 李雷（综合）　电话：…
        let (before, of) = without_remark(before);
        // 李四（电话：…）
        let before = before.strip_suffix(['（', '(']).unwrap_or(before);
        // 李雷，水利股股长，电话：…
        let (before, post) = without_post(before);
        let of = of.map(str::to_owned).or(post);
        let word = han_before(before);
        let at = before.len() - word.len();
        if word.is_empty() {
            // 市应急局：电话…
            let office = before
                .strip_suffix(['：', ':'])
                .and_then(field::office_at_end);
            self.found.organization = self.found.organization.take().or(office);
            return;
        }
        let touches = before.len() == self.found.span.start;
        if touches && self.depth == 0 {
            return;
        }
        // 请联系李雷（电话：…）
        if let Some(i) = word.rfind("联系") {
            let name = &word[i + "联系".len()..];
            if name::is_plain_name(name) {
                self.found.names.push(name.to_string());
                self.found.span.start = before.len() - name.len();
                return;
            }
            // 请与县教育局李雷联系，电话：…
            let with = &word[..i];
            if name.is_empty()
                && let Some(j) = ["请与", "请同", "可与", "径与", "与", "请找"]
                    .iter()
                    .find_map(|w| with.rfind(w).map(|j| j + w.len()))
                && let Some((office, person)) = name::office_and_name(&with[j..])
            {
                self.found.span.start = at + j;
                self.found.organization = self.found.organization.take().or(office);
                self.found.names.push(person);
                return;
            }
        }
        // 信息请报送至李雷处，联系电话：…
        if let Some(head) = word.strip_suffix('处')
            && let Some(i) = head.rfind(['至', '给', '到', '交', '报', '送'])
            && let Some((office, person)) = name::office_and_name(&head[i + '至'.len_utf8()..])
        {
            self.found.span.start = at + i + '至'.len_utf8();
            self.found.organization = self.found.organization.take().or(office);
            self.found.names.push(person);
            return;
        }
        // 曾亚、杨国（中心），电话：…: several names
        let mut at = at;
        let mut names = vec![word];
        while let Some(head) = before[..at].strip_suffix('、')
            && names.len() < 4
        {
            let earlier = han_before(head);
            if !name::is_plain_name(earlier) {
                break;
            }
            at = head.len() - earlier.len();
            names.insert(0, earlier);
        }
        let line = before[..at].trim_end_matches([' ', '\u{3000}', '\t']);
        let sign = match line.chars().next_back().map_or('\n', fold) {
            '\n' => '\n',
            _ => before[..at].chars().next_back().map_or('\n', fold),
        };
        // 5550101　李雷　电话：…, （电话：5550101）、李雷（电话：…）: the number before is another's
        let behind_number = || {
            let before = before[..at].trim_end_matches(|c| is_blank(c) || c == '、');
            let ends = |c: char| c.is_ascii_digit() || matches!(c, '）' | ')');
            before.ends_with(ends)
        };
        // ；县水利局　李雷，电话：…
        let beside = Some(han_before(line)).filter(|office| {
            let head = line[..line.len() - office.len()].chars().next_back();
            is_office(office) && head.is_some_and(|c| matches!(fold(c), ';' | ',' | '。' | ':'))
        });
        let begins = match sign {
            ':' | ',' | ';' | '(' | '\n' | '。' => true,
            '、' => behind_number(),
            c => is_blank(c) && (behind_number() || beside.is_some()),
        };
        if !begins || parted.is_some() && sign != ':' && beside.is_none() {
            return;
        }
        if !name::is_plain_name(word) {
            // 李雷老师　手机：…
            if let Some((None, person)) = name::office_and_name(word)
                && matches!(sign, '\n' | '：' | ':')
            {
                self.found.span.start = at;
                self.found.names.push(person);
                return;
            }
            // 县水利局李雷，电话：…
            if let Some((Some(office), person)) = name::office_and_name(word)
                && let Some(office) = field::office_behind(Some(sign), &office)
            {
                self.found.span.start = before.len() - person.len() - office.len();
                self.found.organization = self.found.organization.take().or(Some(office));
                self.found.names.push(person);
            }
            return;
        }
        self.found
            .names
            .extend(names.into_iter().map(str::to_owned));
        self.found.span.start = at;
        // 李雷（县教育局），电话：…
        let of = of.or(beside.filter(|_| is_blank(sign)).map(str::to_owned));
        self.found.organization = self.found.organization.take().or(of);
        if sign == ':' {
            let head = before[..at].trim_end_matches(['：', ':']);
            if let Some(office) = field::office_at_end(head) {
                self.found.span.start = head.len() - office.len();
                self.found.organization = self.found.organization.take().or(Some(office));
            }
        }
    }
}

/// What stands behind the preposition of one whom to ask: 县文化和旅游局 of 请与县文化和旅游局. One begins the clause or
/// stands behind a word of asking, so that the 和 of a name is none.
fn called(words: &str) -> Option<&str> {
    let begins = |c: &char| matches!(c, '与' | '向');
    let first = words.chars().next().filter(begins);
    if let Some(first) = first {
        return Some(&words[first.len_utf8()..]);
    }
    let asks = words![
        "请", "可", "应", "须", "需", "及时", "直接", "径", "随时", "主动", "先", "另行"
    ];
    // 有关事宜与县水利局联系, 各单位向县水利局咨询
    let about = words![
        "事宜", "事项", "问题", "具体", "疑问", "疑义", "情况", "单位", "人员", "不明", "后", "前",
        "内", "自行", "尽快", "提前", "电话", "积极", "统一", "分别", "也可", "必须", "注意", "再"
    ];
    words.char_indices().find_map(|(at, c)| {
        let head = &words[..at];
        let to = match c {
            '与' | '向' => asks.end(head) || about.end(head),
            '同' | '和' => asks.end(head),
            _ => false,
        };
        to.then(|| &words[at + c.len_utf8()..])
    })
}

fn is_blank_of_line(c: char) -> bool {
    c != '\n' && is_blank(c)
}

/// Whether the word is an office of at least three characters.
fn is_office(word: &str) -> bool {
    word.chars().nth(2).is_some() && word.chars().all(is_han) && ends_as_office(word)
}

/// The text without the bracket of a few words that it ends with, 李雷（综合）, and the office that the bracket names.
fn without_remark(text: &str) -> (&str, Option<&str>) {
    let Some(inner) = text.strip_suffix(['）', ')']) else {
        return (text, None);
    };
    let words = han_before(inner);
    let head = &inner[..inner.len() - words.len()];
    match head.strip_suffix(['（', '(']) {
        Some(head) if is_office(words) => (head, Some(words)),
        Some(head) if (1..=6).contains(&words.chars().count()) => (head, None),
        _ => (text, None),
    }
}

/// The text without the post that it ends with, 李雷，水利股股长, and the office of the post.
fn without_post(text: &str) -> (&str, Option<String>) {
    let words = han_before(text);
    let head = text[..text.len() - words.len()].strip_suffix(['，', ',']);
    match head {
        Some(head) if is_post(words) => (head, name::office_of_post(words)),
        _ => (text, None),
    }
}
