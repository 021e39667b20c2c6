//! How many: numbers of times, people and copies that an activity asks for.

use crate::span::Span;

/// A quantity with its unit.
#[derive(Clone, Debug, PartialEq)]
pub struct QuantityFound {
    /// Number and unit.
    pub span: Span,
    /// The number, or the lower end of a range.
    pub value: f64,
    /// The upper end of a range.
    pub max: Option<f64>,
    /// 次, 场, 人次 …
    pub unit: String,
}

/// The quantities within `scope`, in order.
#[must_use]
pub fn find(text: &str, scope: Span) -> Vec<QuantityFound> {
    let _ = (text, scope);
    Vec::new()
}
