//! What a section is for, by the head word of a bare label at depth 1.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The role of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SectionRole {
    /// …思想, …原则, …目标, 总体要求.
    Guiding,
    /// …主题.
    Theme,
    /// …时间, 时间安排.
    Schedule,
    /// 组织领导, 职责分工.
    Leadership,
    /// …任务, …内容, …活动, …措施.
    Activities,
    /// …要求, …保障, 组织实施.
    Requirements,
    /// Anything else.
    Other,
}
