//! Tables of contacts: a head row that names the columns, a person a row.

use super::ContactBlock;
use super::email::emails;
use super::name;
use super::phone;
use crate::span::Span;
use crate::text::fold::is_blank;
use crate::text::fold::without_blanks;
use crate::text::words::words;
use memchr::memchr;

/// Which column holds what.
struct Columns {
    count: usize,
    name: usize,
    phones: Vec<usize>,
    faxes: Vec<usize>,
    organization: Option<usize>,
    email: Option<usize>,
}

/// The contacts in the rows below the head row `line`, and where the last row ends; null when the line is no head row
/// or no row follows.
pub(super) fn rows(text: &str, line: Span) -> Option<(Vec<ContactBlock>, usize)> {
    let columns = head(line.of(text))?;
    let mut out = Vec::new();
    let mut done = line.end;
    let mut misses = 0;
    let mut from = line.end;
    while misses < 3 && from < text.len() {
        let start = from + 1;
        let Some(rest) = text.get(start..) else {
            break;
        };
        let end = start + memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        from = end;
        match row(text, Span::new(start, end), &columns) {
            Some(found) => {
                out.push(found);
                done = end;
                misses = 0;
            }
            None => misses += 1,
        }
    }
    (!out.is_empty()).then_some((out, done))
}

/// The cells of a row, parted by tabs or bars, blank cells kept; or by two blanks where there is neither.
fn cells(line: &str) -> Vec<(usize, &str)> {
    let sign = if line.contains('\t') {
        "\t"
    } else if line.contains('|') {
        "|"
    } else {
        return apart(line);
    };
    let mut at = 0;
    let mut out = Vec::new();
    for cell in line.split(sign) {
        out.push((at, cell.trim_matches(is_blank)));
        at += cell.len() + sign.len();
    }
    out
}

/// The words of a line that two or more blanks part.
fn apart(line: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let mut start = None;
    let mut end = 0;
    let mut blanks = 0;
    for (i, c) in line.char_indices() {
        if is_blank(c) {
            blanks += 1;
            continue;
        }
        if blanks > 1
            && let Some(from) = start.take()
        {
            out.push((from, &line[from..end]));
        }
        blanks = 0;
        start.get_or_insert(i);
        end = i + c.len_utf8();
    }
    out.extend(start.map(|from| (from, &line[from..end])));
    out
}

fn head(line: &str) -> Option<Columns> {
    if line.len() > 600 || line.contains(['：', ':', '。']) {
        return None;
    }
    let cells = cells(line);
    if cells.len() < 3 {
        return None;
    }
    let mut columns = Columns {
        count: cells.len(),
        name: usize::MAX,
        phones: Vec::new(),
        faxes: Vec::new(),
        organization: None,
        email: None,
    };
    for (n, (_, cell)) in cells.iter().enumerate() {
        let cell = without_blanks(cell);
        match cell.as_str() {
            "联系人" | "姓名" | "联系人姓名" | "联络员" | "联络员姓名" | "联络人" | "负责人"
            | "责任人" | "负责人姓名" | "联系人员" => columns.name = n,
            "单位"
            | "部门"
            | "单位名称"
            | "部门名称"
            | "处室"
            | "工作单位"
            | "所在单位"
            | "责任单位"
            | "科室"
            | "股室"
            | "处（室）"
            | "科（室）"
            | "办公室"
            | "街道"
            | "乡镇"
            | "镇街"
            | "乡（镇）"
            | "镇（街道）"
            | "乡镇（街道）"
            | "乡（镇、街道）"
            | "县区"
            | "县（市、区）"
            | "区县"
            | "学校"
            | "学院"
            | "企业"
            | "企业名称"
            | "学校名称"
            | "机构"
            | "机构名称"
            | "部门（单位）"
            | "单位（部门）"
            | "组别" => {
                columns.organization.get_or_insert(n);
            }
            "邮箱" | "电子邮箱" | "E-mail" => columns.email = Some(n),
            "传真" | "传真号码" | "传真电话" => columns.faxes.push(n),
            _ if words!["电话", "手机", "手机号", "手机号码", "联系方式", "电话号码"]
                .end(&cell) =>
            {
                columns.phones.push(n);
            }
            _ => {}
        }
    }
    // 科室　办公电话　传真
    let named = columns.name != usize::MAX || columns.organization.is_some();
    (named && !columns.phones.is_empty()).then_some(columns)
}

fn row(text: &str, line: Span, columns: &Columns) -> Option<ContactBlock> {
    let inner = line.of(text);
    if inner.len() > 1200 {
        return None;
    }
    let cells = cells(inner);
    // a cell that is merged over rows is missing in the rows below
    let shift = columns.count.checked_sub(cells.len())?;
    let last = *columns.phones.iter().chain(&columns.faxes).max()?;
    let shift = if shift > 0 && last + 1 == columns.count {
        shift
    } else {
        0
    };
    let cell = |n: usize| {
        n.checked_sub(shift)
            .and_then(|n| cells.get(n))
            .map(|(_, cell)| *cell)
            .filter(|cell| !cell.is_empty())
    };
    let (names, office) = match columns.name {
        usize::MAX => (
            Vec::new(),
            Some(without_blanks(columns.organization.and_then(cell)?)),
        ),
        name => name::of_cell(cell(name)?)?,
    };
    let columns_are_named = columns.name != usize::MAX;
    // the head says what the column holds
    let numbers = |columns: &[usize]| -> Vec<String> {
        let cells = columns.iter().filter_map(|n| cell(*n));
        let labelled = cells.map(|cell| format!("电话：{cell}"));
        labelled
            .flat_map(|cell| {
                let found = phone::phones(&cell).into_iter();
                found
                    .map(|f| without_blanks(f.span.of(&cell)))
                    .filter(|number| columns_are_named || !is_day(number))
                    .collect::<Vec<_>>()
            })
            .collect()
    };
    let phones = numbers(&columns.phones);
    let faxes = numbers(&columns.faxes);
    let emails: Vec<String> = columns
        .email
        .and_then(cell)
        .map(|cell| emails(cell).into_iter().map(|e| e.email).collect())
        .unwrap_or_default();
    if phones.is_empty() && emails.is_empty() {
        return None;
    }
    Some(ContactBlock {
        span: line.trimmed(text),
        names,
        organization: office.or_else(|| columns.organization.and_then(cell).map(without_blanks)),
        phones,
        faxes,
        emails,
        ..ContactBlock::default()
    })
}
/// Whether the figures are a day: 填表人　李雷　20310506 below the rows.
fn is_day(figures: &str) -> bool {
    let two = |from: usize| {
        figures
            .get(from..from + 2)
            .and_then(|n| n.parse::<u8>().ok())
    };
    figures.len() == 8
        && figures.starts_with("20")
        && two(4).is_some_and(|month| (1..=12).contains(&month))
        && two(6).is_some_and(|day| (1..=31).contains(&day))
}
