//! Names of persons after 联系人: split, blanks within left out, titles taken off.

use super::cells::Cells;
use super::field::Values;
use super::label::LabelKind;
use super::label::ends_as_office;
use crate::text::fold::is_han;

/// Words after a name that are not of it.
const TITLES: [&str; 14] = [
    "同志",
    "先生",
    "女士",
    "老师",
    "科长",
    "处长",
    "主任",
    "局长",
    "所长",
    "队长",
    "科员",
    "副科长",
    "副处长",
    "副主任",
];
/// Words that stand where a name would.
const NO_NAMES: [&str; 26] = [
    "同志",
    "如下",
    "电话",
    "单位",
    "姓名",
    "待定",
    "签字",
    "签名",
    "盖章",
    "手机",
    "见附件",
    "详见",
    "另行通知",
    "部门",
    "职务",
    "备注",
    "传真",
    "邮箱",
    "地址",
    "名单",
    "信息",
    "方式",
    "年",
    "月",
    "日",
    "填写",
];

/// Reads the names that begin with the Han character at `at`; the character after them, and whether any was taken.
///
/// Within a list of numbers a name counts only with a number after it; so does one after a comma.
pub(super) fn read(
    cells: &Cells<'_>,
    at: usize,
    end: usize,
    kind: LabelKind,
    after_comma: bool,
    values: &mut Values,
) -> (usize, bool) {
    let mut to = at;
    while to < end && to - at < 48 && is_name_char(cells.chars[to]) {
        to += 1;
    }
    let names_wanted = matches!(kind, LabelKind::Name | LabelKind::Liaison);
    let phones_wanted = matches!(kind, LabelKind::Phone | LabelKind::Both);
    let number_next = number_follows(cells, to);
    let closes = to >= end || matches!(cells.get(to), Some(',' | ';' | '。' | ')' | '、' | '('));
    let taken = if names_wanted {
        if after_comma {
            number_next
        } else {
            number_next || closes || matches!(cells.get(to), Some('/' | ':' | '_' | '|'))
        }
    } else {
        phones_wanted && number_next
    };
    if !taken {
        return (at, false);
    }
    let words = words(cells, at, to);
    let mut names = Vec::new();
    let mut organization = None;
    let many = words.len() > 1;
    for word in words {
        match person(&word, many) {
            Some(Person::Name(name)) => names.push(name),
            Some(Person::Office(office)) => organization = Some(office),
            Some(Person::Both(office, name)) => {
                organization = Some(office);
                names.push(name);
            }
            None => return (at, false),
        }
    }
    if names.is_empty() && organization.is_none() {
        return (at, false);
    }
    values.names.extend(names);
    if organization.is_some() && values.organization.is_none() {
        values.organization = organization;
    }
    (to, true)
}

fn is_name_char(c: char) -> bool {
    is_han(c) || matches!(c, '·' | '•' | '‧' | '・')
}

fn number_follows(cells: &Cells<'_>, to: usize) -> bool {
    let mut i = to;
    while i < to + 2 && matches!(cells.get(i), Some(':' | '(' | ',' | '-' | '+')) {
        i += 1;
    }
    (i..i + 3).all(|i| cells.get(i).is_some_and(|c| c.is_ascii_digit()))
}

/// The words of a run, split at blanks; single characters join what stands beside them: 林 朱 is 林朱.
fn words(cells: &Cells<'_>, from: usize, to: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    for i in from..to {
        let c = cells.chars[i];
        if i == from || cells.gap(i) {
            let single = i + 1 >= to || cells.gap(i + 1);
            let last_single = out.last().is_some_and(|w| w.chars().count() == 1);
            let joins = out
                .last()
                .is_some_and(|w| last_single || (single && open && w.chars().count() == 2));
            if joins && let Some(last) = out.last_mut() {
                // what was joined once is whole
                open = false;
                last.push(c);
                continue;
            }
            open = !single;
            out.push(c.to_string());
        } else if let Some(last) = out.last_mut() {
            last.push(c);
        }
    }
    out
}

enum Person {
    Name(String),
    Office(String),
    Both(String, String),
}

fn person(word: &str, many: bool) -> Option<Person> {
    if NO_NAMES.contains(&word) {
        return None;
    }
    let name = without_title(word);
    let count = name.chars().count();
    if name.contains(['·', '•', '‧', '・']) {
        return (count <= 20).then(|| Person::Name(name.to_string()));
    }
    if count >= 3 && ends_as_office(word) && (many || count > 4) {
        return Some(Person::Office(word.to_string()));
    }
    if (2..=4).contains(&count) {
        // 区安办张三 and 安监科李四 hold an office of two or three characters
        return Some(match split(name) {
            Some((office, person)) if count == 4 && office.chars().count() > 1 => {
                Person::Both(office, person)
            }
            _ => Person::Name(name.to_string()),
        });
    }
    if count > 4 {
        return split(name).map(|(office, name)| Person::Both(office, name));
    }
    None
}

fn without_title(word: &str) -> &str {
    for title in TITLES.iter().rev() {
        if let Some(rest) = word.strip_suffix(title)
            && rest.chars().count() >= 2
        {
            return rest;
        }
    }
    word
}

/// An office and the name after it, of a word without blank: 区安委办张三.
fn split(word: &str) -> Option<(String, String)> {
    let chars: Vec<char> = word.chars().collect();
    for len in [3, 2] {
        let cut = chars.len().checked_sub(len)?;
        let office: String = chars[..cut].iter().collect();
        let strong = office.ends_with(['局', '处', '科', '室', '办', '委', '部', '厅', '股'])
            || ["中心", "公司", "街道", "大队", "支队", "总队"]
                .iter()
                .any(|e| office.ends_with(e));
        if cut >= 2 && strong {
            return Some((office, chars[cut..].iter().collect()));
        }
    }
    None
}
