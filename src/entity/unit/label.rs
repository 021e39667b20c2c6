//! Labels before names: 责任单位：, 牵头（责任）处室:, 责任领导：, 完成时限：.

use super::UnitRole;
use super::extent::no_name;
use crate::text::fold::is_blank;
use crate::text::letter::is_alphanumeric;
use crate::text::lexicon::Lexicon;
use std::sync::LazyLock;

/// What a label announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// Units in a role; `persons` where the label names persons too (责任单位及责任人).
    Units { role: UnitRole, persons: bool },
    /// Persons: 责任领导, 分管领导, 责任人.
    Persons,
    /// A deadline: 完成时限.
    Deadline,
}

/// A label with its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct LabelFound {
    pub(super) label: Label,
    /// The first byte after the label, its colon and the blanks that follow.
    pub(super) end: usize,
    pub(super) colon: bool,
    /// Whether 为 or 是 stands where the colon would.
    pub(super) copula: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    Role(UnitRole),
    Unit,
    Person,
    Time,
    Modifier,
    Open,
    Close,
    Join,
}

use UnitRole::{Cooperating, Host, Lead, Organizer, Responsible};

/// The words that labels are made of; a longer one stands before its beginning.
const WORDS: &[(&str, Word)] = &[
    ("负责同志", Word::Person),
    ("负责人", Word::Person),
    ("负责领导", Word::Person),
    ("完成时限", Word::Time),
    ("完成时间", Word::Time),
    ("完成期限", Word::Time),
    ("完成日期", Word::Time),
    ("办结时限", Word::Time),
    ("办理时限", Word::Time),
    ("整改时限", Word::Time),
    ("整改期限", Word::Time),
    ("工作时限", Word::Time),
    ("时限要求", Word::Time),
    ("时间要求", Word::Time),
    ("时间节点", Word::Time),
    ("时间进度", Word::Time),
    ("实施时间", Word::Time),
    ("责任", Word::Role(Responsible)),
    ("主责", Word::Role(Responsible)),
    ("组织实施", Word::Role(Responsible)),
    ("实施", Word::Role(Responsible)),
    ("落实", Word::Role(Responsible)),
    ("执行", Word::Role(Responsible)),
    ("承担", Word::Role(Responsible)),
    ("负责", Word::Role(Responsible)),
    ("总牵头", Word::Role(Lead)),
    ("牵头", Word::Role(Lead)),
    ("配合", Word::Role(Cooperating)),
    ("参加", Word::Role(Cooperating)),
    ("参与", Word::Role(Cooperating)),
    ("协办", Word::Role(Cooperating)),
    ("支撑", Word::Role(Cooperating)),
    ("支持", Word::Role(Cooperating)),
    ("协同", Word::Role(Cooperating)),
    ("协助", Word::Role(Cooperating)),
    ("协作", Word::Role(Cooperating)),
    ("主办", Word::Role(Host)),
    ("承办", Word::Role(Organizer)),
    ("领导", Word::Person),
    ("人员", Word::Person),
    ("人", Word::Person),
    ("同志", Word::Person),
    ("单位", Word::Unit),
    ("部门", Word::Unit),
    ("处室", Word::Unit),
    ("部室", Word::Unit),
    ("处（科）室", Word::Unit),
    ("处(科)室", Word::Unit),
    ("科（处）室", Word::Unit),
    ("科室", Word::Unit),
    ("股室", Word::Unit),
    ("科（股）室", Word::Unit),
    ("科所", Word::Unit),
    ("机关", Word::Unit),
    ("机构", Word::Unit),
    ("主体", Word::Unit),
    ("团队", Word::Unit),
    ("站所", Word::Unit),
    ("地区", Word::Unit),
    ("处", Word::Unit),
    ("时限", Word::Time),
    ("期限", Word::Time),
    ("主要", Word::Modifier),
    ("直接", Word::Modifier),
    ("具体", Word::Modifier),
    ("第一", Word::Modifier),
    ("共同", Word::Modifier),
    ("整改", Word::Modifier),
    ("任务", Word::Modifier),
    ("工作", Word::Modifier),
    ("分管", Word::Modifier),
    ("包保", Word::Modifier),
    ("包联", Word::Modifier),
    ("包抓", Word::Modifier),
    ("挂钩", Word::Modifier),
    ("联系", Word::Modifier),
    ("主管", Word::Modifier),
    ("督办", Word::Modifier),
    ("考核", Word::Modifier),
    ("考评", Word::Modifier),
    ("验收", Word::Modifier),
    ("审核", Word::Modifier),
    ("监管", Word::Modifier),
    ("监督", Word::Modifier),
    ("推进", Word::Modifier),
    ("统筹", Word::Modifier),
    ("行业", Word::Modifier),
    ("项目", Word::Modifier),
    ("建设", Word::Modifier),
    ("市级", Word::Modifier),
    ("省级", Word::Modifier),
    ("区级", Word::Modifier),
    ("县级", Word::Modifier),
    ("（", Word::Open),
    ("(", Word::Open),
    ("）", Word::Close),
    (")", Word::Close),
    ("、", Word::Join),
    ("/", Word::Join),
    ("及其", Word::Join),
    ("及", Word::Join),
    ("和", Word::Join),
    ("与", Word::Join),
    ("或", Word::Join),
    ("省", Word::Modifier),
    ("市", Word::Modifier),
    ("县", Word::Modifier),
    ("区", Word::Modifier),
    ("镇", Word::Modifier),
    ("乡", Word::Modifier),
    ("局", Word::Modifier),
];

static LEXICON: LazyLock<Lexicon<Word>> = LazyLock::new(|| Lexicon::new(WORDS.iter().copied()));

/// Whether a label may begin with this character, a blank before its first word among them.
#[inline]
pub(super) fn may_begin(c: char) -> bool {
    LEXICON.begins(c) || is_blank(c)
}

/// Reads a label that begins at `at`; `end` bounds the look.
pub(super) fn parse(text: &str, at: usize, end: usize) -> Option<LabelFound> {
    let lexicon = &*LEXICON;
    let mut pos = at;
    let mut role = None;
    let (mut unit, mut person, mut time) = (false, false, false);
    let mut depth = 0i32;
    // where the label was whole: after its last noun, brackets closed
    let mut whole = None;
    let mut bare = None;
    for _ in 0..14 {
        let before = pos;
        pos = skip_blanks(text, pos, end);
        let rest = text.get(pos..end)?;
        // in 责任单位 局机关 the blank ends the label
        if before < pos && whole.is_some() && !rest.starts_with(['（', '(', '、']) {
            break;
        }
        let Some((width, kind)) = word_at(lexicon, rest) else {
            break;
        };
        match kind {
            Word::Role(r) if !unit && !person => role = Some(stronger(role, r)),
            Word::Role(_) | Word::Modifier | Word::Join => {}
            Word::Unit => unit = true,
            Word::Person => person = true,
            Word::Time => time = true,
            Word::Open => depth += 1,
            Word::Close => depth -= 1,
        }
        if depth < 0 {
            break;
        }
        pos += width;
        if depth == 0 && matches!(kind, Word::Unit | Word::Person | Word::Time | Word::Close) {
            whole = (unit || person || time)
                .then_some((pos, role, unit, person, time))
                .or(whole);
        }
        if depth == 0 && matches!(kind, Word::Role(_)) && !unit && !person {
            bare = Some(pos);
        }
    }
    if let Some((to, role, unit, person, time)) = whole {
        let label = match (role, unit, person, time) {
            (Some(role), true, persons, _) => Label::Units { role, persons },
            (_, false, true, _) => Label::Persons,
            (_, false, false, true) => Label::Deadline,
            _ => return None,
        };
        let copula = begins_copula(text, to, end);
        let (to, colon) = after_colon(text, to, end);
        return Some(LabelFound {
            label,
            end: to,
            colon,
            copula,
        });
    }
    // 牵头：A；配合：B, where the noun is left out, needs its colon
    let (to, colon) = after_colon(text, bare?, end);
    let role = role.filter(|_| colon)?;
    let found = LabelFound {
        label: Label::Units {
            role,
            persons: false,
        },
        end: to,
        colon,
        copula: false,
    };
    // 责任：A, said of a list of units only: 责任：管好自己的门 is none
    let said = role != Responsible
        || text[at..].starts_with("负责")
        || opens_with_duty(text, at) && no_name(text, &found);
    said.then_some(found)
}

/// Whether 责任 stands at `at` where a label begins: 压实责任： is a demand.
fn opens_with_duty(text: &str, at: usize) -> bool {
    let mut word = text[at..].chars().filter(|c| !is_blank(*c)).take(2);
    (word.next(), word.next()) == (Some('责'), Some('任'))
        && !text[..at].chars().next_back().is_some_and(is_alphanumeric)
}

/// The word of a label that `rest` begins with and its width in bytes, blanks between its characters passed over: 牵 头.
fn word_at(lexicon: &Lexicon<Word>, rest: &str) -> Option<(usize, Word)> {
    let mut chars = rest.chars();
    let first = chars.next().filter(|c| lexicon.begins(*c))?;
    if !chars.next().is_some_and(|c| c != '\n' && is_blank(c)) {
        return lexicon.at(rest).map(|(word, kind)| (word.len(), *kind));
    }
    let mut solid = String::from(first);
    let mut ends = vec![(solid.len(), first.len_utf8())];
    for (at, c) in rest.char_indices().skip(1).take(15) {
        if c == '\n' {
            break;
        }
        if !is_blank(c) {
            solid.push(c);
            ends.push((solid.len(), at + c.len_utf8()));
        }
    }
    let (word, kind) = lexicon.at(&solid)?;
    let (_, width) = ends.iter().find(|(len, _)| *len == word.len())?;
    Some((*width, *kind))
}

/// In 牵头责任单位 the unit leads, in 配合责任单位 it helps.
fn stronger(old: Option<UnitRole>, new: UnitRole) -> UnitRole {
    match (old, new) {
        (None | Some(Responsible), new) => new,
        (Some(old), Lead) if old != Lead => Lead,
        (Some(old), _) => old,
    }
}

pub(super) fn skip_blanks(text: &str, at: usize, end: usize) -> usize {
    let rest = text.get(at..end).unwrap_or_default();
    let kept = rest.trim_start_matches(|c: char| c != '\n' && is_blank(c));
    at + (rest.len() - kept.len())
}

/// Whether 为 or 是 follows.
fn begins_copula(text: &str, at: usize, end: usize) -> bool {
    let pos = skip_blanks(text, at, end);
    text.get(pos..end)
        .is_some_and(|rest| rest.starts_with(['为', '是']))
}

fn after_colon(text: &str, at: usize, end: usize) -> (usize, bool) {
    let pos = skip_blanks(text, at, end);
    let rest = text.get(pos..end).unwrap_or_default();
    match rest.chars().next() {
        Some(c @ ('：' | ':' | '︰' | '∶')) => {
            (skip_blanks(text, pos + c.len_utf8(), end), true)
        }
        // 【责任单位】区教育局
        Some(c @ ('】' | '〕' | ']')) if text[..at].ends_with(|c: char| c != ' ') => {
            let to = skip_blanks(text, pos + c.len_utf8(), end);
            let rest = text.get(to..end).unwrap_or_default();
            match rest.chars().next() {
                Some(c @ ('：' | ':')) => (skip_blanks(text, to + c.len_utf8(), end), true),
                _ => (to, enclosed(text, at)),
            }
        }
        // （牵头单位为市教育局，配合单位为市财政局）
        Some(c @ ('为' | '是')) => (skip_blanks(text, pos + c.len_utf8(), end), false),
        _ => (pos, false),
    }
}

/// Whether an opening 【 stands shortly before, so that the label is 【…】.
fn enclosed(text: &str, at: usize) -> bool {
    text[..at]
        .char_indices()
        .rev()
        .take(16)
        .take_while(|(_, c)| *c != '\n')
        .any(|(_, c)| matches!(c, '【' | '〔' | '['))
}

/// The start of the label whose first word of a role stands at `at`, and whether a label may begin there:
/// nothing before it on the line, or a mark that is no letter. 各责任单位 and 明确责任单位 begin none.
pub(super) fn start(text: &str, from: usize, at: usize) -> Option<(usize, bool)> {
    let before = text.get(from..at)?;
    let mut start = at;
    let mut count = 0;
    for (i, c) in before.char_indices().rev() {
        let boundary = is_blank(c) || !is_alphanumeric(c);
        if boundary {
            break;
        }
        count += 1;
        if count > 6
            || matches!(
                c,
                '各' | '的' | '请' | '定' | '确' | '对' | '由' | '为' | '向' | '以'
            )
        {
            return None;
        }
        start = from + i;
    }
    let mut back = text.get(from..start)?.chars().rev();
    let previous = back.find(|c| *c == '\n' || !is_blank(*c));
    let opens = matches!(
        previous,
        None | Some('\n' | '（' | '(' | '【' | '〔' | '[' | '［')
    );
    Some((start, opens))
}
