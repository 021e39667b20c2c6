//! Sentences that say in passing who leads and who helps: 由甲局牵头，乙局、丙局配合，逐户排查.

use super::UnitRole;
use super::clause;
use super::clause::Parts;
use super::clause::Reading;
use super::floor;
use super::list;
use super::member;
use super::name;
use super::shape::all_units;
use crate::span::Span;
use crate::text::fold::is_blank;
use crate::text::fold::is_han;
use crate::text::words::Words;
use crate::text::words::words;

/// Furthest that the names stand before their verb, in bytes.
const BEFORE: usize = 300;
/// Furthest that a sentence is read behind the verb, in bytes.
const AFTER: usize = 600;
/// Most clauses that are looked through for who helps.
const CLAUSES: usize = 6;

/// Verbs that say of those before them that they help.
static HELPS: Words = Words::new(&["配合", "参与", "参加", "协助", "协同", "协作", "协办"]);

/// What the units that another takes along begin to do.
static BEGINS: Words = Words::new(&[
    "开展", "对", "实施", "组织", "制定", "建立", "成立", "出台", "研究", "组成", "组建", "进行",
    "加强", "编制", "落实", "推动", "推进", "深入", "定期", "集中", "每", "于", "在", "全面", "就",
    "印发", "召开", "检查", "排查", "整治", "验收", "核查", "督导", "督查", "依法", "适时", "及时",
    "做好", "抓好", "共同", "联合", "负责", "按", "根据", "完成", "指导", "统筹", "协调", "具体",
    "认真", "分别", "向", "通过", "承担", "办理", "审核", "监督", "全力", "切实", "依托", "举办",
]);

/// The lists of the sentence whose verb stands at `at`, the line being `line`; and how far it was read. `tried` is the byte
/// before which no 由 is left to try; it is moved on.
pub(super) fn lists(
    text: &str,
    line: Span,
    at: usize,
    tried: &mut usize,
) -> Option<(Parts, usize)> {
    let verb = text.get(at..line.end)?;
    let along = verb.starts_with("会同");
    if !along && !words!["牵头", "主办", "承办", "负责"].begin(verb) {
        return None;
    }
    let from = floor(text, at.saturating_sub(BEFORE).max(line.start));
    let before = text.get(from..at)?;
    let sentence = before
        .rfind(['。', '；', '！', '：'])
        .map_or(0, |i| i + '。'.len_utf8());
    let sentence = from + sentence;
    let before = text.get(sentence..at)?;
    let by = before.rfind('由').map(|i| sentence + i);
    // without 由 the names begin the sentence, and somebody helps them
    let start = by.map_or(sentence, |by| by + '由'.len_utf8());
    if start < *tried {
        return None;
    }
    *tried = start + 1;
    let names = Span::new(start, at).trimmed(text);
    if names.is_empty() || !all_units(text, names) || is_general(text, names) {
        return None;
    }
    let window = floor(text, (at + AFTER).min(line.end));
    let end = text[at..window]
        .find(['。', '；'])
        .map_or(window, |i| at + i);
    let sentence = Span::new(at, end);
    if along {
        // within a sentence 由甲局会同乙局审核 tells of a procedure
        let whole = by.is_some_and(|by| begins_sentence(text, line, by));
        return whole.then(|| taking_along(text, names, sentence)).flatten();
    }
    let mut first = by.and_then(|by| led(text, Span::new(by, at), names, sentence));
    if by.is_none() {
        first = plainly(text, names, sentence);
    }
    let (mut parts, done) = first?;
    let (helping, past) = helpers(text, Span::new(done, end));
    if by.is_none() && helping.is_empty() && !says_by_when(text, Span::new(done, end)) {
        return None;
    }
    let done = if helping.is_empty() { done } else { past };
    parts.extend(helping);
    Some((parts, done))
}

/// 由 with its names, what they do, and all further clauses that say nothing else.
fn led(text: &str, by: Span, names: Span, rest: Span) -> Option<(Parts, usize)> {
    let after = rest.of(text);
    let cuts = after.match_indices(['，', ',']).map(|(i, _)| i).take(3);
    let mut best = None;
    for cut in cuts.chain([after.len()]) {
        let span = Span::new(by.start, rest.start + cut);
        let lists = clause::parse(text, span, Reading::Sentence);
        let alone = |lists: &Parts| lists.iter().all(|(s, _)| !is_general(text, *s));
        if !lists.is_empty() && alone(&lists) {
            best = Some((lists, span.end));
        }
    }
    // 由甲局、乙局牵头组成检查组: what they lead is said, and they lead
    best.or_else(|| {
        let does = after.strip_prefix("牵头")?;
        let does = does.strip_prefix("负责").unwrap_or(does);
        does_something(does).then(|| (vec![(names, UnitRole::Lead)], rest.start + "牵头".len()))
    })
}

/// 甲局牵头，… or 甲局负责，…, nothing between verb and comma.
fn plainly(text: &str, names: Span, rest: Span) -> Option<(Parts, usize)> {
    let after = rest.of(text);
    let verb = ["牵头负责", "牵头", "负责", "主办"]
        .into_iter()
        .find(|verb| after.starts_with(verb))?;
    let role = match verb {
        "负责" => UnitRole::Responsible,
        "主办" => UnitRole::Host,
        _ => UnitRole::Lead,
    };
    after[verb.len()..]
        .starts_with(['，', ','])
        .then(|| (vec![(names, role)], rest.start + verb.len()))
}

/// Whether a verb of two characters with its object follows: 完成台账, but not 单位, nor 制定的方案.
fn does_something(words: &str) -> bool {
    let mut chars = words.chars();
    let (Some(a), Some(b), Some(c)) = (chars.next(), chars.next(), chars.next()) else {
        return false;
    };
    [a, b, c].into_iter().all(is_han)
        && !['的', '地', '人', '和', '与', '及', '或'].contains(&a)
        && b != '的'
        && c != '的'
        && !words![
            "单位", "部门", "处室", "科室", "领导", "机构", "职责", "作用", "同志"
        ]
        .begin(words)
}

/// 县卫健局负责，7月中旬前完成试点: behind who does it stands by when.
fn says_by_when(text: &str, rest: Span) -> bool {
    const NEAR: usize = 14;
    let words = rest.of(text).trim_start_matches(['，', ',']);
    let near = words
        .char_indices()
        .nth(NEAR)
        .map_or(words, |(at, _)| &words[..at]);
    let dated = near
        .trim_start_matches("于")
        .starts_with(|c: char| c.is_ascii_digit());
    dated && words!["底前", "日前", "旬前", "月前", "底", "月末"].is_in(near)
}

/// Whether nothing but a marker or a label stands before `at` in its sentence.
fn begins_sentence(text: &str, line: Span, at: usize) -> bool {
    let before = text[line.start..at].trim_end_matches(is_blank);
    before.is_empty() || before.ends_with(['。', '；', '！', '：', ':', '、', '）', ')', '.'])
}

/// 甲局会同乙局、丙局开展联合检查: all of them do it.
fn taking_along(text: &str, names: Span, rest: Span) -> Option<(Parts, usize)> {
    let after = Span::new(rest.start + "会同".len(), rest.end);
    let taken = taken(text, after)?;
    Some((
        vec![
            (names, UnitRole::Responsible),
            (taken, UnitRole::Responsible),
        ],
        taken.end,
    ))
}

/// The names that `span` begins with, up to what they do.
fn taken(text: &str, span: Span) -> Option<Span> {
    let mut end = None;
    let mut start = span.start;
    for clause in span.of(text).split_inclusive(list::is_separator) {
        let part = Span::new(
            start,
            start + clause.trim_end_matches(list::is_separator).len(),
        );
        start += clause.len();
        if all_units(text, part) && !part.trimmed(text).is_empty() {
            end = Some(part.end);
            continue;
        }
        let words = part.of(text);
        let name = words
            .char_indices()
            .map(|(i, _)| i)
            .skip(2)
            .find(|i| BEGINS.begin(&words[*i..]) && name::looks_like_unit(bare(&words[..*i])));
        // 会同甲局、港航、铁路等部门: no list of names
        let name = bare(&words[..name?]);
        end = Some(part.start + name.len());
        break;
    }
    let taken = Span::new(span.start, end?).trimmed(text);
    (!is_general(text, taken)).then_some(taken)
}

/// The name less 等 behind it.
fn bare(words: &str) -> &str {
    &words[..member::trimmed_len(words)]
}

/// Who helps, in the clauses that follow the one that leads: ，乙局、丙局配合做好排查，…; and how far they were read.
fn helpers(text: &str, rest: Span) -> (Parts, usize) {
    let mut out = Parts::new();
    let mut done = rest.start;
    let mut pending: Option<usize> = None;
    let mut at = rest.start;
    for clause in rest.of(text).split_inclusive(['，', ',']).take(CLAUSES) {
        let whole = Span::new(at, at + clause.trim_end_matches(['，', ',']).len()).trimmed(text);
        at += clause.len();
        if whole.is_empty() {
            continue;
        }
        let words = whole.of(text);
        if let Some(behind) = words.strip_prefix("会同") {
            let Some(taken) = taken(text, Span::new(whole.end - behind.len(), rest.end)) else {
                break;
            };
            out.push((taken, UnitRole::Cooperating));
            done = taken.end;
            break;
        }
        let lead = words.len()
            - words!["并由", "由", "请"]
                .strip(words)
                .unwrap_or(words)
                .len();
        let start = whole.start + lead;
        let words = &words[lead..];
        let helps = words
            .char_indices()
            .map(|(i, _)| i)
            .find(|i| HELPS.begin(&words[*i..]));
        let list = match helps {
            Some(verb) => Span::new(pending.unwrap_or(start), start + verb),
            None => Span::new(start, whole.end),
        };
        // 按职责, 积极 between the names and the verb
        let list = Span::new(list.start, list.start + less_manner(list.of(text)).len());
        if list.trimmed(text).is_empty() || !all_units(text, list) || is_general(text, list) {
            break;
        }
        if helps.is_some() {
            out.push((list.trimmed(text), UnitRole::Cooperating));
            done = whole.end;
            pending = None;
        } else {
            pending = pending.or(Some(start));
        }
    }
    (out, done)
}

/// The words less what says how somebody helps.
fn less_manner(words: &str) -> &str {
    let mut words = words.trim_end_matches(is_blank);
    while let Some(less) = words![
        "积极",
        "主动",
        "密切",
        "全力",
        "做好",
        "按职责",
        "按照职责",
        "按职责分工",
        "按照职责分工",
        "分别",
        "共同",
        "具体",
        "予以",
        "给予"
    ]
    .strip_end(words)
    {
        words = less;
    }
    words
}

/// Whether a member of the list is but a kind of actor: 政府牵头、部门配合.
fn is_general(text: &str, list: Span) -> bool {
    list.of(text)
        .split(list::is_separator)
        .map(str::trim)
        .any(|member| {
            name::is_general(member) || words!["所在", "当地", "本级", "同级"].begin(member)
        })
}
