//! The words of the pages for the words of the records.

use crate::diagnostic::Code;
use crate::entity::date::DateRole;
use crate::entity::region::Level;
use crate::entity::unit::UnitRole;
use jiff::civil::Date;

pub(crate) fn role(role: UnitRole) -> &'static str {
    match role {
        UnitRole::Responsible => "责任",
        UnitRole::Lead => "牵头",
        UnitRole::Cooperating => "配合",
        UnitRole::Host => "主办",
        UnitRole::Organizer => "承办",
    }
}

/// A filter by its name.
pub(super) fn filter(name: &str) -> &str {
    match name {
        "year" => "年份",
        "region" => "地区",
        "level" => "层级",
        "kind" => "类型",
        "issuer" => "发文机关",
        "unit" => "单位",
        "function" => "职能",
        "role" => "单位角色",
        "audience" => "面向对象",
        "campaign" => "专项活动",
        "series" => "历年系列",
        "deadline" => "截止",
        "period" => "活动期间",
        "issued" => "成文日期",
        "in" => "检索范围",
        "sort" => "排序",
        other => other,
    }
}

/// A level as records write it.
pub(super) fn level(word: &str) -> &str {
    let level = Level::EVERY.into_iter().find(|l| l.as_str() == word);
    match level {
        Some(Level::National) => "国家",
        Some(Level::Province) => "省级",
        Some(Level::Prefecture) => "市级",
        Some(Level::County) => "县级",
        Some(Level::Township) => "乡镇街道",
        Some(Level::Organisation) => "单位内部",
        None => word,
    }
}

/// A role as records write it.
pub(super) fn role_of(word: &str) -> &str {
    let found = UnitRole::EVERY.into_iter().find(|r| r.as_str() == word);
    match found {
        Some(found) => role(found),
        None => word,
    }
}

pub(super) fn date_role(role: DateRole) -> &'static str {
    match role {
        DateRole::Period => "期间",
        DateRole::Deadline => "截止",
        DateRole::Event => "当日",
        DateRole::Recurrence => "定期",
        DateRole::Mention => "提及",
        DateRole::Issued => "成文",
    }
}

/// The days of a date, as short as they can be told: one day, a range, or an open end.
pub(super) fn days(start: Option<Date>, end: Option<Date>) -> String {
    match (start, end) {
        (Some(start), Some(end)) if start == end => start.to_string(),
        (Some(start), Some(end)) => format!("{start} 至 {end}"),
        (Some(start), None) => format!("{start} 起"),
        (None, Some(end)) => format!("{end} 前"),
        (None, None) => String::new(),
    }
}

pub(super) fn diagnostic(code: Code) -> &'static str {
    match code {
        Code::Empty => "空文件",
        Code::UndecodableBytes => "有无法识别的字节",
        Code::UnmappedGlyphs => "有字形不知为何字",
        Code::Truncated => "内容被截断",
        Code::NumberingGap => "序号跳号",
        Code::NumberingRepeat => "序号重复",
        Code::MixedNumbering => "序号样式混用",
        Code::NestingCut => "层次过深",
        Code::MissingAttachment => "缺少附件",
        Code::UnlistedAttachment => "附件未列入目录",
        Code::AmbiguousRegion => "地区有歧义",
        Code::UnresolvedDate => "日期无法确定",
        Code::BracketMismatch => "括号或引号不配对",
        Code::HeadingEmpty => "序号后无内容",
        Code::MissingClosing => "缺少落款",
        Code::MissingDate => "缺少成文日期",
        Code::DocNumberForm => "发文字号不规范",
        Code::DateImpossible => "日期不存在",
        Code::WeekdayMismatch => "日期与星期不符",
        Code::YearMismatch => "年份矛盾",
        Code::EditionMismatch => "届次矛盾",
        Code::UnitMissing => "缺少责任单位",
        Code::ContactMalformed => "联系方式有误",
    }
}
