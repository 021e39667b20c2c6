//! The outline as people read it: `gongwen outline`, and the API's plain text.

use super::notice::Notice;
use crate::outline::role::SectionRole;
use serde_json::Value;

/// A part a line, its sections below it, two blanks deeper for each level; the role where a level-one heading names one.
#[must_use]
pub fn tree(notice: &Notice) -> String {
    let mut out = String::new();
    for part in &notice.parts {
        let title = part.title.as_deref().unwrap_or("(no title)");
        let kind = match serde_json::to_value(part.kind) {
            Ok(Value::String(kind)) => kind,
            _ => String::new(),
        };
        out.push_str(&format!("{} {kind}: {title}\n", part.number));
        for section in notice.outline.iter().filter(|s| s.part == part.number) {
            let indent = "  ".repeat(section.depth);
            let heading = section.heading.as_deref().unwrap_or("–");
            out.push_str(&format!("{indent}{} {heading}", section.marker));
            let has_role = section.depth == 1 && section.role != SectionRole::Other;
            if let (true, Ok(Value::String(role))) = (has_role, serde_json::to_value(section.role))
            {
                out.push_str(&format!(" [{role}]"));
            }
            out.push('\n');
        }
    }
    out
}
