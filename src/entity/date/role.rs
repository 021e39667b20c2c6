//! What a date does in its sentence, by its form and by the words next to it.

use super::DateRole;
use super::account::is_account;
use super::account::is_long_over;
use super::account::is_of_account;
use super::account::is_stock;
use super::account::is_topic;
use super::done::is_of_persons;
use super::done::is_qualified;
use super::phrase::Bound;
use super::phrase::Phrase;
use super::point::Year;
use super::reader::after;
use super::reader::before;
use super::resolve::Resolved;
use super::told::befell;
use super::told::in_force;
use super::told::is_already;
use super::told::is_over;
use super::told::is_over_range;
use super::told::is_set_aside;
use super::told::of_page;
use super::told::says_of_past;
use super::told::suffers;
use super::told::tells;
use crate::text::words::Words;
use crate::text::words::words;
use jiff::civil::Date;

/// Ends of a clause.
const CLAUSE: [char; 9] = ['，', ',', '。', '；', ';', '：', ':', '？', '！'];
/// How far a clause is looked through, in characters.
pub(super) const REACH: usize = 48;

/// What is known around the date.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting<'t> {
    pub(super) text: &'t str,
    /// Whether it stands within 《》.
    pub(super) quoted: bool,
    pub(super) issued: Option<Date>,
    pub(super) year: Option<i16>,
    /// Whether the document tells of what was.
    pub(super) tells: bool,
}

/// The role of a date that is neither the date of issue nor a recurrence.
pub(super) fn role(phrase: &Phrase, days: &Resolved, setting: &Setting<'_>) -> DateRole {
    let text = setting.text;
    let (start, end) = (phrase.span.start, phrase.span.end);
    if setting.quoted || phrase.bound == Bound::Since {
        return DateRole::Mention;
    }
    if let Some(role) = of_page(phrase, days, setting) {
        return role;
    }
    let past = is_past(phrase, days, setting)
        || is_already(text, start) && !is_ahead(days, setting)
        || is_set_aside(text, start);
    if phrase.is_deadline() {
        // 2018年12月31日前已完成转制的
        let done = text.get(end..).is_some_and(|t| t.starts_with('已'));
        let qualified = is_before_issue(days, setting) && is_qualified(text, start, end)
            || is_of_persons(text, end);
        let told = qualified || is_long_over(days, setting);
        return if past || done || told || is_stock(text, start, end, days, setting) {
            DateRole::Mention
        } else {
            DateRole::Deadline
        };
    }
    let next = after(text, end, REACH, &CLAUSE);
    // 《投标书》（2018年7月制）
    if words![
        "制）",
        "版）",
        "修订）",
        "编）",
        "印制）",
        "制)",
        "修订)",
        "版)"
    ]
    .begin(next)
    {
        return DateRole::Mention;
    }
    // 2020年1月1日后登记的车辆
    if phrase.bound == Bound::From
        && phrase.span.of(text).ends_with(['后', '起'])
        && is_before_issue(days, setting)
        && is_qualified(text, start, end)
    {
        return DateRole::Mention;
    }
    if phrase.dotted && phrase.to.is_none() {
        return if names_event(text, end) {
            DateRole::Mention
        } else {
            DateRole::Event
        };
    }
    if past || is_edition(phrase, next) || is_report(text, start, next) {
        return DateRole::Mention;
    }
    if tells(phrase, next, text, end) && !is_ahead(days, setting) {
        return DateRole::Mention;
    }
    if suffers(text, start, next) && !is_ahead(days, setting) {
        return DateRole::Mention;
    }
    if is_account(text, end, days, setting)
        || is_topic(phrase, days, setting)
        || is_of_account(phrase, days, setting)
        || is_chosen(phrase, days, setting)
        || is_over(phrase, days, setting)
        || is_over_range(phrase, days, setting)
        || in_force(phrase, next)
        || says_of_past(phrase, next, days, setting)
    {
        return DateRole::Mention;
    }
    if befell(text, phrase) && !is_ahead(days, setting) {
        return DateRole::Mention;
    }
    let point = phrase.to.is_none() && phrase.bound == Bound::Whole && phrase.lasting.is_none();
    if point && phrase.from.is_day() && days.start == days.end {
        return DateRole::Event;
    }
    if point && phrase.is_part() && !phrase.begins && !is_stage(text, start, end) {
        return DateRole::Event;
    }
    DateRole::Period
}

/// Whether the whole of it lies in a year before both the planned one and that of issue.
fn is_past(phrase: &Phrase, days: &Resolved, setting: &Setting<'_>) -> bool {
    let Some(last) = days.end.or(days.start) else {
        return false;
    };
    if phrase.bound == Bound::From && phrase.to.is_none() {
        return false;
    }
    let now = match (setting.year, setting.issued.map(Date::year)) {
        (Some(a), Some(b)) => a.min(b),
        (a, b) => match a.or(b) {
            Some(y) => y,
            None => return false,
        },
    };
    last.year() < now
}

/// 2022年9月1日至2023年8月31日期间办结的案卷: the time parts what is meant from the rest; it is over, or all but over.
fn is_chosen(phrase: &Phrase, days: &Resolved, setting: &Setting<'_>) -> bool {
    const ALL_BUT: i32 = 7;
    let over = days.end.zip(setting.issued).is_some_and(|(end, issued)| {
        issued
            .until(end)
            .is_ok_and(|ahead| ahead.get_days() <= ALL_BUT)
    });
    over && (phrase.to.is_some() || !phrase.from.is_day())
        && is_qualified(setting.text, phrase.span.start, phrase.span.end)
}

/// Whether its last day known lies before the day of issue.
pub(super) fn is_before_issue(days: &Resolved, setting: &Setting<'_>) -> bool {
    days.end
        .or(days.start)
        .zip(setting.issued)
        .is_some_and(|(last, issued)| last < issued)
}

/// Whether it lies after the day of issue: nothing of it can have happened.
fn is_ahead(days: &Resolved, setting: &Setting<'_>) -> bool {
    days.start
        .zip(setting.issued)
        .is_some_and(|(start, issued)| start > issued)
}

/// `今年6月是第22个…`: the day or month is told to be the nth of its kind.
fn is_edition(phrase: &Phrase, next: &str) -> bool {
    let next = next.trim_start();
    // 4月7日世界卫生日的主题, 世界卫生日（4月7日）的主题: what the day has been given
    let theme = after(next.trim_start_matches(['）', ')']), 0, 14, &CLAUSE);
    if phrase.from.is_day()
        && theme.find("主题").is_some_and(|i| {
            let name = theme[..i].trim_end_matches('的');
            name.len() < i && (name.is_empty() || name.ends_with('日'))
        })
    {
        return true;
    }
    // 2017年3月5日是…题词54周年纪念日
    let marked = after(next, 0, 44, &CLAUSE);
    if phrase.from.is_day()
        && words!["正是", "是", "为", "系", "正值", "适逢", "恰逢", "迎来"].begin(marked)
        && (marked.contains("周年") || marked.trim_end_matches(['”', '"']).ends_with("纪念日"))
    {
        return true;
    }
    let Some(told) = ["正是", "是", "为", "系", "迎来"]
        .iter()
        .find_map(|word| next.strip_prefix(word))
    else {
        return false;
    };
    let head = after(told, 0, 12, &['“', '"', '”']);
    let nth = head.find('第').is_some_and(|i| {
        head[i + '第'.len_utf8()..]
            .trim_start_matches(|c: char| {
                c.is_ascii_digit() || crate::text::numeral::is_chinese(c) || c == ' '
            })
            .starts_with(['个', '届', '次', '轮'])
    });
    // 11月是消防宣传月
    let month = after(told, 0, 16, &CLAUSE).trim_end_matches(['”', '"']);
    let named = !phrase.from.is_day()
        && month.strip_suffix('月').is_some_and(|name| {
            name.chars()
                .next_back()
                .is_some_and(crate::text::fold::is_han)
        });
    // 5月12日是母亲节; 为 sets what the day is to be
    let day = phrase.from.is_day()
        && !next.starts_with('为')
        && month.chars().nth(2).is_some()
        && month.ends_with(['节', '日', '周', '月'])
        && !words!["截止日", "截止日期", "工作日", "休息日", "活动日"].end(month);
    nth || named || day || matches!(phrase.from.year, Year::Offset(0)) && !phrase.from.is_day()
}

/// 贯彻落实…第四季度…会议精神, 吸取…事故教训: the date names what was said or what befell.
fn is_report(text: &str, start: usize, next: &str) -> bool {
    static LEAD: Words = Words::new(&[
        "贯彻",
        "落实",
        "根据",
        "按照",
        "传达",
        "吸取",
        "汲取",
        "依据",
        "遵照",
        "依照",
        "学习",
        "牢记",
        "深刻反思",
    ]);
    static TAIL: Words = Words::new(&[
        "会议精神",
        "讲话精神",
        "精神",
        "教训",
        "会议要求",
        "会议部署",
        "讲话",
        "批示",
        "指示",
        "会议通知",
        "通知要求",
        "事故",
    ]);
    static DOING: Words = Words::new(&[
        "组织开展",
        "开展",
        "组织学习",
        "举办",
        "举行",
        "完成",
        "报送",
    ]);
    let Some(tail) = TAIL.find(next) else {
        return false;
    };
    if DOING.is_in(&next[..tail]) {
        return false;
    }
    let head = before(text, start, REACH);
    let clause = head.rfind(CLAUSE).map_or(head, |i| &head[i..]);
    LEAD.is_in(clause)
}

/// Whether 6·16 stands in the name of a contest, a meeting, a speech, a case or an accident.
fn names_event(text: &str, end: usize) -> bool {
    static TOLD: Words = Words::new(&[
        "险情",
        "事故",
        "火灾",
        "坍塌",
        "爆炸",
        "泄漏",
        "地震",
        "事件",
        "灾害",
        "洪",
        "燃",
        "中毒",
        "塌",
        "踩踏",
        "沉船",
        "东航",
        "空难",
        "溃",
        "泥石流",
        "滑坡",
        "案",
        "讲话",
        "批示",
        "指示",
        "会议",
        "专题会",
        "精神",
        "答题",
        "竞赛",
        "知识",
        "问答",
        "我问你答",
        "杯",
        "教训",
        "特大",
        "重大",
        "较大",
        "惨案",
        "暴雨",
        "台风",
        "透水",
        "火情",
        "大赛",
        "比赛",
        "征文",
    ]);
    static DAY: Words = Words::new(&[
        "日",
        "宣传咨询",
        "系列活动",
        "主题活动",
        "集中宣传",
        "纪念",
        "期间",
        "当天",
        "活动",
        "宣传",
        "咨询",
        "节",
    ]);
    let next = after(text, end, 18, &['，', '。', '；', '、', '：', '（', '(']);
    let day = DAY.find(next);
    let told = TOLD.find(next);
    match (told, day) {
        (Some(told), Some(day)) => told < day || next.contains("精神") || next.contains("教训"),
        (Some(_), None) => true,
        (None, _) => false,
    }
}

/// （6月上旬） of a stage, 6月上旬启动: something runs through the part of a month or begins in it.
fn is_stage(text: &str, start: usize, end: usize) -> bool {
    let next = after(text, end, 8, &CLAUSE);
    let begins = words![
        "开始",
        "启动",
        "起",
        "期间",
        "全面启动",
        "正式启动",
        "集中",
        "开幕",
        "开赛",
        "开播"
    ]
    .begin(next.trim_start());
    let head = before(text, start, 16);
    let bracket = head.trim_end().ends_with(['（', '(']);
    let head = head.trim_end();
    let stage = head.trim_end_matches(['为', '是', '在', '：', ':']);
    // 动员部署（5月下旬）: the name of a stage, though the word is not said
    static STAGES: Words = Words::new(&[
        "动员", "部署", "推进", "收尾", "总结", "实施", "自查", "自纠", "整改", "评估", "验收",
        "筹备", "准备", "巩固", "评选", "推荐", "上报", "申报", "初评", "复评", "终评", "评审",
        "征集", "报名", "发动",
    ]);
    let named = head.trim_end_matches(['（', '(']);
    let named = named.trim_end_matches("工作");
    begins
        || stage.ends_with("阶段") && stage.len() < head.len()
        || bracket && (head.contains("阶段") || STAGES.end(named) && is_short_line(text, start))
}

/// Whether what stands before `at` in its line and sentence is as short as a heading.
fn is_short_line(text: &str, at: usize) -> bool {
    let head = before(text, at, REACH);
    let sentence = head.rsplit(['\n', '。', '；']).next().unwrap_or(head);
    sentence.chars().count() <= 18
}
