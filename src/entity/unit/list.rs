//! Lists of names: split on 、 ， ； and blanks, never inside brackets or quotes.

use super::extent::TAILS;
use super::name::ends_like_unit;
use super::name::is_group;
use super::shared;
use crate::span::Span;
use crate::text::fold::is_blank;
use crate::text::fold::without_blanks;
use crate::text::letter::is_alphabetic;
use crate::text::letter::is_alphanumeric;
use crate::text::words::Words;
use crate::text::words::words;

/// A member of a list with the separator before it.
#[derive(Clone, Copy)]
pub(super) struct Member {
    pub(super) span: Span,
    pub(super) before: char,
}

/// Words for divisions that stand for all of their kind after 各, with their rank from the province down.
const DIVISIONS: &[(&str, u8)] = &[
    ("计划单列市", 1),
    ("省辖市", 2),
    ("直管市", 2),
    ("设区的市", 2),
    ("设区市", 2),
    ("自治区", 1),
    ("直辖市", 1),
    ("省", 1),
    ("自治州", 2),
    ("地区", 2),
    ("市", 2),
    ("州", 2),
    ("盟", 2),
    ("地", 2),
    ("县市区", 3),
    ("市县区", 3),
    ("县区", 3),
    ("区县", 3),
    ("功能区", 3),
    ("自治县", 3),
    ("自治旗", 3),
    ("民族乡", 4),
    ("旗", 3),
    ("县", 3),
    ("区", 3),
    ("乡", 4),
    ("镇", 4),
];

/// Organs that stand alone after another: 各级党委、政府.
static ORGANS: Words = Words::new(&["党委", "政府", "人民政府", "人大", "政协", "党组", "纪委"]);

/// The names of a list such as 主送机关 or 责任单位, split on 、 ， ； and blanks but never inside brackets
/// or quotes. 各省、自治区、直辖市人民政府 and 区政府各委、办、局 are one name each; 各级党委、政府 is 各级党委 and
/// 各级政府 (RECORD.md, Activities).
///
/// ```
/// use gongwen::entity::unit::split_names;
/// use gongwen::span::Span;
/// let text = "各县（市、区）人民政府，市政府各部门、各直属机构：";
/// let names: Vec<String> = split_names(text, Span::new(0, text.len())).into_iter().map(|n| n.1).collect();
/// assert_eq!(names, ["各县（市、区）人民政府", "市政府各部门", "各直属机构"]);
/// ```
#[must_use]
pub fn split_names(text: &str, list: Span) -> Vec<(Span, String)> {
    let mut members = members(text, list);
    join_blanks(text, &mut members);
    shared::join_levels(text, &mut members);
    join_divisions(text, &mut members);
    shared::join_departments(text, &mut members);
    shared::join_kinds(text, &mut members);
    let mut out: Vec<(Span, String)> = Vec::new();
    let mut names = Vec::new();
    for member in members {
        names.clear();
        split_and(text, without_and(text, member.span), &mut names);
        for span in &names {
            let name = span.of(text);
            let name = match name.contains(is_blank) {
                true => without_blanks(name),
                false => name.to_owned(),
            };
            let name = match out.last() {
                Some((_, previous)) => shared(previous, &name).unwrap_or(name),
                None => name,
            };
            if name.chars().any(is_alphanumeric) {
                out.push((*span, name));
            }
        }
    }
    out
}

/// The name less the word that ties it to those before it: 并各民办学校, 及县直各单位.
fn without_and(text: &str, span: Span) -> Span {
    let name = span.of(text);
    // 和县公安局 is of a place
    let (word, follows) = match name.starts_with('和') {
        true => (words!["和"], words!["各", "有关", "相关", "其他"]),
        false => (
            words!["以及", "并", "及"],
            words![
                "各", "有关", "相关", "其他", "省", "市", "县", "区", "镇", "乡", "局属", "直属",
                "驻", "本"
            ],
        ),
    };
    let rest = word.strip(name).filter(|rest| follows.begin(rest));
    rest.map_or(span, |rest| Span::new(span.end - rest.len(), span.end))
}

/// How deep each bracket leads: opening ones in, closing ones out; quotes too.
pub(super) fn depth_change(c: char) -> i32 {
    match c {
        '（' | '(' | '【' | '〔' | '［' | '[' | '“' | '《' | '〈' | '「' | '『' | '＜' => {
            1
        }
        '）' | ')' | '】' | '〕' | '］' | ']' | '”' | '》' | '〉' | '」' | '』' | '＞' => {
            -1
        }
        _ => 0,
    }
}

/// Whether the character parts names: a comma, semicolon or enumeration comma of either width.
pub(super) fn is_separator(c: char) -> bool {
    matches!(c, '、' | '，' | ',' | '；' | ';' | '､')
}

fn members(text: &str, list: Span) -> Vec<Member> {
    let inner = list.of(text);
    cut(inner, list.start, true)
        .or_else(|| cut(inner, list.start, false))
        .unwrap_or_default()
}

/// The members; none when a bracket that is to be heeded never closes.
fn cut(inner: &str, base: usize, heed: bool) -> Option<Vec<Member>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut before = '、';
    let mut depth = 0;
    for (at, c) in inner.char_indices() {
        if heed {
            depth = (depth + depth_change(c)).max(0);
        }
        let parts = depth == 0 && (is_separator(c) || c == '\t' || c == '。');
        if parts || (depth == 0 && is_blank(c)) {
            push(&mut out, inner, base, Span::new(start, at), before);
            // a blank beside a comma is no separator of its own
            if parts {
                before = if c == '\t' { '，' } else { c };
            } else if start < at {
                before = ' ';
            }
            start = at + c.len_utf8();
        }
    }
    push(&mut out, inner, base, Span::new(start, inner.len()), before);
    (depth == 0).then_some(out)
}

fn push(out: &mut Vec<Member>, inner: &str, base: usize, span: Span, before: char) {
    let piece = span.of(inner);
    let kept = piece.trim_end_matches(|c: char| matches!(c, '：' | ':') || is_blank(c));
    if !kept.is_empty() {
        let span = Span::new(span.start, span.start + kept.len()).shifted(base);
        out.push(Member { span, before });
    }
}

/// A blank parts two names only where both look whole: 资源 生态处 is one name, 教育局 公安局 are two.
fn join_blanks(text: &str, members: &mut Vec<Member>) {
    if members.iter().all(|m| m.before != ' ') {
        return;
    }
    let mut out: Vec<Member> = Vec::with_capacity(members.len());
    for member in members.drain(..) {
        match out.last_mut() {
            Some(last)
                if member.before == ' '
                    && (breaks_off(text, last.span, member.span)
                        || !(ends_like_unit(last.span.of(text))
                        && member.span.of(text).chars().nth(1).is_some()
                        // 各县 （区）政府
                        && !member.span.of(text).starts_with(['（', '('])
                        && last.span.of(text).chars().nth(1).is_some())) =>
            {
                last.span.end = member.span.end;
            }
            _ => out.push(member),
        }
    }
    *members = out;
}

/// Whether a line's end parts what only ends a name from its beginning: 县森林消防⏎大队.
fn breaks_off(text: &str, last: Span, member: Span) -> bool {
    Span::new(last.end, member.start).of(text).contains('\n') && TAILS.hold(member.of(text))
}

/// A run of kinds of divisions after 各, or of single characters, is one name with what it ends in.
fn join_divisions(text: &str, members: &mut Vec<Member>) {
    let mut out: Vec<Member> = Vec::with_capacity(members.len());
    // the rank of the last division of a run that is still open, and whether it names provinces
    let mut open: Option<(u8, bool)> = None;
    for member in members.drain(..) {
        let name = member.span.of(text);
        let run = open.take();
        let Some(last) = out.last_mut().filter(|_| member.before == '、') else {
            open = start_of_run(name);
            out.push(member);
            continue;
        };
        let single = name.chars().nth(1).is_none();
        if let Some((rank, provinces)) = run {
            let (next, rest) = after_divisions(name);
            let joins = match next {
                Some(_) if rest.is_empty() => true,
                // 各区、县级市: the other kind is named whole
                Some(_) if name.starts_with("县级市") => false,
                Some(next) => {
                    let directly = words!["省直管", "省管县", "直管县"].begin(name);
                    // 镇直单位 are of one town
                    let of_one = rest.starts_with(['直', '属', '级']);
                    directly || !of_one && (provinces || next >= rank || is_organ_of_all(rest))
                }
                // 各省辖市、省直管县（市）教育局
                None if words!["扩权县", "直管县"].begin(name) => true,
                None => {
                    provinces && name.starts_with("新疆生产建设兵团") && name.len() > 24
                        || shared::is_organ_of_zone(name)
                }
            };
            if joins {
                last.span.end = member.span.end;
                if rest.is_empty() {
                    open = Some((next.unwrap_or(rank), provinces || names_provinces(name)));
                }
                continue;
            }
        }
        if single {
            last.span.end = member.span.end;
            continue;
        }
        open = start_of_run(name);
        out.push(member);
    }
    *members = out;
}

fn start_of_run(name: &str) -> Option<(u8, bool)> {
    // 市各区、县…, 国家税务总局各省、自治区…
    let at = name
        .find('各')
        .filter(|at| *at <= 9 || ends_like_unit(&name[..*at]))?;
    let after = &name[at + '各'.len_utf8()..];
    let (rank, rest) = after_divisions(after.strip_prefix('辖').unwrap_or(after));
    rest.is_empty()
        .then_some(rank.map(|r| (r, names_provinces(name))))
        .flatten()
}

fn names_provinces(name: &str) -> bool {
    name.contains("自治区") || name.contains("直辖市")
}

fn is_organ_of_all(rest: &str) -> bool {
    words![
        "人民政府",
        "政府",
        "党委",
        "人大",
        "政协",
        "党政",
        "行政公署"
    ]
    .begin(rest)
}

/// Whether the word can only be a part of a name such as 各县、市、区人民政府 or 各委、办、局.
pub(super) fn is_bare_division(word: &str) -> bool {
    word.chars().nth(1).is_none() && word.chars().any(is_alphabetic) || all_divisions(word)
}

/// The rank of the last of the division words that the name begins with, and what follows them.
pub(super) fn after_divisions(name: &str) -> (Option<u8>, &str) {
    let mut rest = name;
    let mut rank = None;
    loop {
        if let Some((word, r)) = DIVISIONS.iter().find(|(w, _)| rest.starts_with(w)) {
            rank = Some(*r);
            rest = &rest[word.len()..];
        } else if rank.is_some() && rest.starts_with(['（', '(']) {
            let Some(close) = rest.find(['）', ')']) else {
                return (rank, rest);
            };
            let open = rest.chars().next().map_or(0, char::len_utf8);
            if !rest[open..close].split('、').all(all_divisions) {
                return (rank, rest);
            }
            let width = rest[close..].chars().next().map_or(1, char::len_utf8);
            rest = &rest[close + width..];
        } else if rank.is_some() && (rest.starts_with('及') || rest.starts_with('和')) {
            let next = &rest['及'.len_utf8()..];
            if !DIVISIONS.iter().any(|(w, _)| next.starts_with(w)) {
                return (rank, rest);
            }
            rest = next;
        } else {
            return (rank, rest);
        }
    }
}

fn all_divisions(word: &str) -> bool {
    let mut rest = word;
    while let Some((w, _)) = DIVISIONS.iter().find(|(w, _)| rest.starts_with(w)) {
        rest = &rest[w.len()..];
    }
    rest.is_empty()
}

/// 党委、政府: the second bare organ takes what stands before the first.
pub(super) fn shared(previous: &str, name: &str) -> Option<String> {
    if !ORGANS.hold(name) {
        return None;
    }
    let prefix = words!["党工委", "党（工）委", "党(工)委", "人民政府"]
        .strip_end(previous)
        .or_else(|| ORGANS.strip_end(previous))?;
    (!prefix.is_empty()).then(|| format!("{prefix}{name}"))
}

/// 区教育局和区公安局 are two names: both sides are whole and begin alike.
fn split_and(text: &str, span: Span, out: &mut Vec<Span>) {
    let name = span.of(text);
    let mut start = 0;
    let mut depth = 0;
    // no list of names runs on so long without a separator
    let name = if name.len() > 300 { "" } else { name };
    for (at, c) in name.char_indices() {
        depth = (depth + depth_change(c)).max(0);
        // 县教育局/县水利局
        if depth == 0 && matches!(c, '/' | '／') {
            let right = &name[at + c.len_utf8()..];
            if ends_like_unit(&name[start..at]) && ends_like_unit(right) {
                out.push(Span::new(span.start + start, span.start + at).trimmed(text));
                start = at + c.len_utf8();
            }
            continue;
        }
        if depth > 0 || at < start || !matches!(c, '和' | '及' | '与' | '以') {
            continue;
        }
        let word = if name[at..].starts_with("以及") {
            "以及".len()
        } else if c == '以' {
            continue;
        } else {
            c.len_utf8()
        };
        let (left, right) = (&name[start..at], &name[at + word..]);
        let left = left.trim_end_matches('等');
        if ends_like_unit(left) && begins_alike(left, right) {
            out.push(Span::new(span.start + start, span.start + at).trimmed(text));
            start = at + word;
        }
    }
    out.push(Span::new(span.start + start, span.end).trimmed(text));
}

/// Whether two whole names stand here and not one: both begin at the same level, or the second is 各… or 有关….
fn begins_alike(left: &str, right: &str) -> bool {
    if left.chars().nth(1).is_none() || right.chars().nth(2).is_none() {
        return false;
    }
    // 市教育局及有关单位 are two, 市语委各成员单位及有关单位 one
    if words![
        "有关",
        "相关",
        "其他有关",
        "其他相关",
        "其它有关",
        "其它相关"
    ]
    .begin(right)
    {
        let collective = is_group(left) || words!["单位", "部门", "机构"].end(left);
        // 财政部等国务院相关部门及相关地区: others than those
        return !collective && ends_like_unit(right)
            || right.ends_with("地区")
            || left.contains('等') && ends_like_unit(right);
    }
    // 省委和省政府各部门: whose they are
    if words!["委", "党委", "人大"].end(left)
        && words!["各部门", "各单位", "各直属"].is_in(right)
        && left.chars().count() <= 3
    {
        return false;
    }
    if right.starts_with('各') {
        return right.chars().nth(1) != Some('自') && !left.ends_with('各');
    }
    let level = right
        .chars()
        .next()
        .filter(|c| "省市区县州旗镇乡局".contains(*c));
    level.is_some() && level == left.chars().next() && ends_like_unit(right)
}
