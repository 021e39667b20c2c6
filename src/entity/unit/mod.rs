//! Who: units with their roles, from brackets, lines of labels and sentences.

mod acts;
mod clause;
mod extent;
mod function;
mod label;
mod led;
mod line;
mod list;
mod member;
mod mention;
mod name;
mod office;
mod shape;
mod shared;
mod standing;
mod table;
mod when;

pub use acts::begins_with_unit;
pub use list::split_names;
pub use mention::UnitMentioned;
pub use mention::mentioned;
pub use shape::has_label;
pub use shape::names_below_label;
pub use shape::trailing_bracket;
pub use shape::unit_line;
pub use table::Column;
pub use table::columns;
pub use table::in_cell;

use crate::entity::contact::is_plain_name;
use crate::span::Span;
use crate::text::words::Words;
use crate::text::words::words;
use aho_corasick::AhoCorasick;
use aho_corasick::MatchKind;
use clause::Reading;
use label::Label;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::sync::LazyLock;

/// What a unit has to do with an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum UnitRole {
    /// 责任单位, 实施部门, …负责.
    Responsible,
    /// 牵头单位.
    Lead,
    /// 配合单位, 支撑单位.
    Cooperating,
    /// 主办单位.
    Host,
    /// 承办单位.
    Organizer,
}

impl UnitRole {
    /// Every one.
    pub const EVERY: [Self; 5] = [
        Self::Responsible,
        Self::Lead,
        Self::Cooperating,
        Self::Host,
        Self::Organizer,
    ];

    /// As records write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Responsible => "responsible",
            Self::Lead => "lead",
            Self::Cooperating => "cooperating",
            Self::Host => "host",
            Self::Organizer => "organizer",
        }
    }
}

/// A unit in one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitFound {
    /// Where the name stands.
    pub span: Span,
    /// As written, blanks and line breaks left out; 各级党委、政府 gives 各级党委 and 各级政府.
    pub name: String,
    /// In which role.
    pub role: UnitRole,
    /// Canonical department.
    pub function: Option<String>,
    /// Whether it is a collective name.
    pub group: bool,
}

/// What a notice says about how its lists of units are to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UnitRules {
    /// The unit that a list of responsible units names first leads (排在第一位的为牵头单位).
    pub first_leads: bool,
    /// All that it names before its first comma lead (逗号前为牵头单位).
    pub comma_leads: bool,
}

impl UnitRules {
    /// The rules that the notice gives.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut rules = Self::default();
        for (at, _) in text.match_indices("牵头") {
            rules.first_leads = rules.first_leads || says_first(text, at);
            rules.comma_leads = rules.comma_leads || says_comma(&text[..at]);
        }
        rules
    }
}

/// The units that labels within `scope` (an activity's whole text) name, once per role, in order.
///
/// ```
/// use gongwen::entity::unit::{UnitRole, find};
/// use gongwen::span::Span;
/// let text = "（一）开展应急演练。（牵头单位：区应急局；配合单位：各镇、各成员单位）";
/// let units = find(text, Span::new(0, text.len()));
/// assert_eq!(units[0].name, "区应急局");
/// assert_eq!(units[0].function.as_deref(), Some("应急管理"));
/// assert_eq!(units[1].role, UnitRole::Cooperating);
/// assert!(units[1].group);
/// ```
#[must_use]
pub fn find(text: &str, scope: Span) -> Vec<UnitFound> {
    find_with(text, scope, &UnitRules::default())
}

/// As [`find`], under the rules that the notice gives for its lists.
#[must_use]
pub fn find_with(text: &str, scope: Span, rules: &UnitRules) -> Vec<UnitFound> {
    let mut found = Found::default();
    let end = scope.end.min(text.len());
    for part in parts(text, Span::new(scope.start, end)) {
        found.add(text, part.0, part.1, rules);
    }
    found.done(*rules)
}

/// Whether the words around the 牵头 at `at` say that the unit named first leads: 排在第一位的为牵头单位, 列首位的是牵头部门.
fn says_first(text: &str, at: usize) -> bool {
    static FIRST: Words = Words::new(&[
        "第一位",
        "首位",
        "第一个",
        "第一的",
        "首个",
        "第一名",
        "第一单位",
        "第一责任",
        "第一主责",
        "首位责任",
        "列第一",
    ]);
    let window = 120;
    let from = floor(text, at.saturating_sub(window));
    let before = &text[from..at];
    let before = before.rsplit(['。', '\n']).next().unwrap_or_default();
    if words!["为", "是", "即", "作为", "系"].end(before) {
        return FIRST.is_in(before);
    }
    let to = floor(text, (at + window).min(text.len()));
    let after = text[at..to]
        .split(['。', '\n', '，'])
        .next()
        .unwrap_or_default();
    words!["单位", "部门", "处室"].begin(&after["牵头".len()..])
        && words!["排", "列", "为"].is_in(after)
        && FIRST.is_in(after)
}

/// Whether the words before 牵头 say that those before the comma lead: 逗号前为牵头单位, 分号前的为牵头部门.
fn says_comma(before: &str) -> bool {
    let before = before.trim_end_matches(['为', '是', '均', '的', '面']);
    let before = words!["单位", "部门"].strip_end(before).unwrap_or(before);
    let before = before.trim_end_matches(['的', '面']);
    words!["逗号前", "分号前", "逗号之前", "分号之前"].end(before)
}

/// The last char boundary at or before `at`.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The units of an activity as they gather.
#[derive(Default)]
struct Found {
    units: Vec<UnitFound>,
    /// What `units` holds, once they are too many to be looked through.
    seen: HashSet<(String, UnitRole)>,
}

impl Found {
    fn is_new(&mut self, name: &str, role: UnitRole) -> bool {
        const FEW: usize = 24;
        if self.units.len() < FEW {
            return !self.units.iter().any(|u| u.role == role && u.name == name);
        }
        if self.seen.is_empty() {
            self.seen
                .extend(self.units.iter().map(|u| (u.name.clone(), u.role)));
        }
        self.seen.insert((name.to_owned(), role))
    }

    fn add(&mut self, text: &str, list: Span, role: UnitRole, rules: &UnitRules) {
        let leads = rules.comma_leads && role == UnitRole::Responsible;
        let comma = list.of(text).find(['，', ',', '；', ';']);
        let comma = comma.map_or(list.end, |at| list.start + at);
        for (span, name) in split_names(text, list) {
            let role = match leads && span.start < comma {
                true => UnitRole::Lead,
                false => role,
            };
            if is_person(text, list, span, &name) {
                continue;
            }
            for (span, name) in numbered(text, span, &name) {
                self.add_name(span, &name, role);
            }
        }
    }

    fn add_name(&mut self, mut span: Span, name: &str, role: UnitRole) {
        let kept = member::trimmed_len(name);
        // 财政局等有关单位和各镇: within a list too 等 is not of the name
        if span.len() == name.len() {
            span = Span::new(span.start, span.start + kept);
        }
        let (name, role) = marked(&name[..kept], role);
        if name.is_empty() || member::is_nothing(name) || member::is_time(name) {
            return;
        }
        if self.is_new(name, role) {
            self.units.push(UnitFound {
                span,
                function: function::of(name).map(str::to_owned),
                group: name::is_group(name),
                name: name.to_owned(),
                role,
            });
        }
    }

    fn done(mut self, rules: UnitRules) -> Vec<UnitFound> {
        let led = self.units.iter().any(|u| u.role == UnitRole::Lead);
        if rules.first_leads
            && !led
            && let Some(first) = self
                .units
                .iter_mut()
                .find(|u| u.role == UnitRole::Responsible)
        {
            first.role = UnitRole::Lead;
        }
        self.units
    }
}

/// Whether the name is of the person behind a unit, a blank between: 县水利局　李雷.
fn is_person(text: &str, list: Span, span: Span, name: &str) -> bool {
    let before = Span::new(list.start, span.start.max(list.start)).of(text);
    let unit = before.trim_end_matches(crate::text::fold::is_blank);
    unit.len() < before.len()
        && name.len() <= "欧阳小明".len()
        && !name::ends_like_unit(name)
        && is_plain_name(name)
        && unit
            .rsplit(list::is_separator)
            .next()
            .is_some_and(name::ends_like_unit)
}

/// The name less the number that counts it in its list, 1.县水务局; several where round numbers part them, ①甲局②乙局.
fn numbered(text: &str, span: Span, name: &str) -> Vec<(Span, String)> {
    let round = |c: char| matches!(c, '①'..='⑳');
    let counts = name.starts_with(|c: char| round(c) || c.is_ascii_digit() || "（(".contains(c));
    if !counts && !name.contains(round) {
        return vec![(span, name.to_owned())];
    }
    let mut out = Vec::new();
    let mut at = span.start;
    for piece in span.of(text).split_inclusive(round) {
        let words = piece.trim_end_matches(round);
        let place = Span::new(at, at + words.len()).trimmed(text);
        at += piece.len();
        let past = member::past_number(place.of(text));
        let place = Span::new(place.end - past.len(), place.end).trimmed(text);
        if !place.is_empty() {
            // a name shared with the one before is longer than its surface
            let shared = !name.contains(round) && past.len() == span.of(text).len();
            let name = match shared {
                true => name.to_owned(),
                false => crate::text::fold::without_blanks(place.of(text)),
            };
            out.push((place, name));
        }
    }
    out
}

/// 区教育局（牵头） leads, whatever the label of its list.
fn marked(name: &str, role: UnitRole) -> (&str, UnitRole) {
    let bare = name::without_note(name);
    let note = name[bare.len()..].trim_matches(['（', '）', '(', ')']);
    match note {
        "牵头" | "牵头单位" | "牵头部门" | "总牵头" => (bare, UnitRole::Lead),
        "配合" | "配合单位" | "参与" | "协办" => (bare, UnitRole::Cooperating),
        "负责" | "责任单位" => (bare, UnitRole::Responsible),
        "主办" => (bare, UnitRole::Host),
        "承办" => (bare, UnitRole::Organizer),
        _ => (name, role),
    }
}

/// The words that begin a label or stand as verbs after names.
const ANCHORS: &[&str] = &[
    "责任",
    "主责",
    "实施",
    "落实",
    "执行",
    "负责",
    "牵头",
    "配合",
    "参加",
    "参与",
    "协办",
    "支撑",
    "支持",
    "协同",
    "协助",
    "协作",
    "主办",
    "承办",
    "分管",
    "完成时",
    "完成期",
    "承担",
    "会同",
];

/// The first characters of labels, a blank behind them: 牵 头 单 位, 主　办.
fn spaced() -> impl Iterator<Item = String> {
    "责牵配主承协参实落完"
        .chars()
        .flat_map(|first| [' ', '\u{3000}', '\u{a0}'].map(|blank| format!("{first}{blank}")))
}

static ANCHOR: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(ANCHORS.iter().map(ToString::to_string).chain(spaced()))
        .ok()
});

/// The lists of names in `scope` with their roles.
fn parts(text: &str, scope: Span) -> clause::Parts {
    let mut out = clause::Parts::new();
    let (Some(anchors), false) = (ANCHOR.as_ref(), scope.of(text).is_empty()) else {
        return out;
    };
    let mut line = line::LineShape::of(text, Span::new(scope.start, scope.start));
    let mut done = scope.start;
    // the content of the last bracket that was tried: each is read once
    let mut tried = scope.start;
    for hit in anchors.find_iter(scope.of(text)) {
        let at = scope.start + hit.start();
        if at < done {
            continue;
        }
        if at >= line.span.end {
            line = line::LineShape::around(text, scope, at);
        }
        if let Some((lists, to)) = labelled(text, scope, line.span.start.max(done), at) {
            out.extend(lists);
            done = to.max(at + 1);
        } else if let Some(bracket) = line.bracket_around(at) {
            if bracket.start > tried && bracket.len() <= 3000 {
                let mut lists = clause::parse(text, bracket, Reading::Bracket);
                // （区水利局牵头，各镇落实。无此职能的，由…负责）, （办公室负责；时间另定）: what follows the first sentence is a
                // remark on it
                if lists.is_empty()
                    && let Some(stop) = bracket.of(text).find(['。', '；'])
                {
                    let first = Span::new(bracket.start, bracket.start + stop);
                    lists = clause::parse(text, first, Reading::Bracket);
                }
                if !lists.is_empty() {
                    done = bracket.end;
                }
                out.extend(lists);
            }
            tried = bracket.start;
        } else if let Some((lists, to)) = line.sentence(text, at) {
            out.extend(lists);
            done = to;
        }
    }
    bare_brackets(text, scope, &mut out);
    out
}

/// Adds the brackets at the ends of lines that hold names alone.
fn bare_brackets(text: &str, scope: Span, out: &mut clause::Parts) {
    let mut at = scope.start;
    let read: Vec<Span> = out.iter().map(|(s, _)| *s).collect();
    for line in scope.of(text).split_inclusive('\n') {
        let span = Span::new(at, at + line.len());
        at = span.end;
        let Some(bracket) = line::bare_bracket(text, span) else {
            continue;
        };
        // the lists that were read stand in order: only neighbours can lie in the bracket
        let i = read.partition_point(|r| r.end <= bracket.start);
        if read.get(i).is_some_and(|r| r.overlaps(bracket)) {
            continue;
        }
        if line::all_named(text, bracket) {
            out.push((bracket, UnitRole::Responsible));
        } else if bracket.of(text).starts_with('由') {
            out.extend(clause::parse(text, bracket, Reading::Bracket));
        }
    }
    out.sort_by_key(|(s, _)| s.start);
}

/// The lists after the label whose word stands at `at`, and how far they were read.
fn labelled(text: &str, scope: Span, from: usize, at: usize) -> Option<(clause::Parts, usize)> {
    let (start, opens) = label::start(text, from, at)?;
    // most such words stand in running text: no colon near, no label
    let near = &text[at..floor(text, (at + 90).min(scope.end))];
    if !opens
        && !words![
            "：", ":", "︰", "∶", "】", "〕", "]", "位为", "位是", "门为", "门是", "室为", "室是"
        ]
        .is_in(near)
    {
        return None;
    }
    let found = label::parse(text, start, scope.end)
        .or_else(|| label::parse(text, at, scope.end).filter(|l| l.colon))?;
    if !found.colon && found.copula && !opens {
        return told(text, start, scope, &found);
    }
    if !found.colon && !opens {
        return None;
    }
    // without a colon it must be a short list
    let bound = match found.colon {
        true => scope.end,
        false => floor(text, (found.end + 400).min(scope.end)),
    };
    let list_end = |from| extent::list_end(text, from, bound);
    match found.label {
        Label::Persons | Label::Deadline if found.colon => Some((Vec::new(), list_end(found.end))),
        Label::Persons | Label::Deadline => None,
        Label::Units { role, persons } => {
            let mut end = list_end(found.end);
            let mut list = Span::new(found.end, end);
            // 牵头单位：⏎县城管局, 牵头单位⏎县城管局
            let bare = list.trimmed(text).is_empty() && text[end..].starts_with('\n');
            if bare && (found.colon || text[..start].is_empty() || text[..start].ends_with('\n')) {
                let below = shape::line_below(text, end, scope.end)?;
                end = list_end(below.start);
                list = Span::new(below.start, end);
            }
            if !found.colon && !shape::all_units(text, list) {
                return None;
            }
            let mut parts = clause::parse(text, list, Reading::Labelled(role));
            if persons {
                parts = parts
                    .into_iter()
                    .map(|(s, r)| (shape::without_persons(text, s), r))
                    .collect();
            }
            Some((parts, end))
        }
    }
}

/// The list of a sentence that is told as its label would: 牵头单位为甲局，配合单位为乙局、丙局。
fn told(
    text: &str,
    start: usize,
    scope: Span,
    found: &label::LabelFound,
) -> Option<(clause::Parts, usize)> {
    let Label::Units { role, .. } = found.label else {
        return None;
    };
    // a sentence or a clause begins with it
    let before = text[scope.start..start].trim_end_matches(crate::text::fold::is_blank);
    if before.ends_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let bound = floor(text, (found.end + 600).min(scope.end));
    let end = extent::list_end(text, found.end, bound);
    let mut list = Span::new(found.end, end);
    // 责任单位是甲局，12月底前完成: the names alone
    while !shape::all_units(text, list) {
        let comma = list.of(text).rfind(['，', ','])?;
        list = Span::new(list.start, list.start + comma);
    }
    let parts = clause::parse(text, list, Reading::Labelled(role));
    (!parts.is_empty()).then_some((parts, list.end))
}

#[cfg(test)]
mod tests;
