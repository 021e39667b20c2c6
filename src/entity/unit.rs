//! Who: units with their roles, from brackets, lines of labels and sentences.

use crate::span::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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

/// The units that labels within `scope` (an activity's whole text) name, once per role, in order.
#[must_use]
pub fn find(text: &str, scope: Span) -> Vec<UnitFound> {
    let _ = (text, scope);
    Vec::new()
}

/// The names of a list such as 主送机关 or 责任单位, split on 、 ， ； but never inside brackets or quotes.
#[must_use]
pub fn split_names(text: &str, list: Span) -> Vec<(Span, String)> {
    let _ = (text, list);
    Vec::new()
}

/// What a notice says of its lists of units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UnitRules {
    /// The unit listed first leads.
    pub first_leads: bool,
}

/// As [`find`], by the notice's own rules.
#[must_use]
pub fn find_with(text: &str, scope: Span, rules: &UnitRules) -> Vec<UnitFound> {
    let _ = rules;
    find(text, scope)
}

/// Whether the notice says that the unit listed first leads.
#[must_use]
pub fn first_leads(text: &str) -> bool {
    let _ = text;
    false
}

/// Whether the line labels units, persons or times for the item above it.
#[must_use]
pub fn unit_line(text: &str, line: Span) -> bool {
    let _ = (text, line);
    false
}

/// The bracket of units or deadline at the end of a heading.
#[must_use]
pub fn trailing_bracket(text: &str, heading: Span) -> Option<Span> {
    let _ = (text, heading);
    None
}

/// Whether a label of units stands in `scope`.
#[must_use]
pub fn has_label(text: &str, scope: Span) -> bool {
    let s = scope.of(text);
    s.contains("责任单位：") || s.contains("牵头单位：") || s.contains("牵头部门：")
}
