//! Days that are told of, not planned: of a web page, over before the notice, of an older act.

use super::DateRole;
use super::account::is_done;
use super::phrase::Bound;
use super::phrase::Phrase;
use super::point::Year;
use super::reader::after;
use super::reader::before;
use super::resolve::Resolved;
use super::role::REACH;
use super::role::Setting;
use crate::text::fold::is_han;
use crate::text::words::Words;
use crate::text::words::words;

/// How far the end of a line is looked for that tells of what was done, in characters.
const LINE: usize = 140;

/// Labels of the day on which a page or a paper was made.
static PUBLISHED: Words = Words::new(&[
    "发布日期",
    "发布时间",
    "发文日期",
    "生成日期",
    "成文日期",
    "公开日期",
    "更新时间",
    "添加时间",
    "上传时间",
    "录入时间",
    "发表时间",
    "发表日期",
]);

/// 发布日期：2023-04-14 of a web page: the date of issue when it is that day, else told.
pub(super) fn of_page(phrase: &Phrase, days: &Resolved, setting: &Setting<'_>) -> Option<DateRole> {
    if phrase.to.is_some() || !matches!(phrase.from.year, Year::Given(_)) {
        return None;
    }
    let head = before(setting.text, phrase.span.start, 10);
    // 成文日期⇥2023-10-16 of a table of facts
    let celled = head.strip_suffix('\t').filter(|label| PUBLISHED.end(label));
    let head = head.trim_end();
    let Some(label) = head.strip_suffix([':', '：']).or(celled) else {
        return (is_stamp(phrase, setting) && days.start != setting.issued)
            .then_some(DateRole::Mention);
    };
    let label = label.trim_end();
    let published = PUBLISHED.end(label);
    // 来源：…　时间：2020-11-23　浏览次数：…
    let clock = (label.ends_with("时间") || label.ends_with("日期")) && {
        let line = before(setting.text, phrase.span.start, REACH);
        let line = line.rsplit('\n').next().unwrap_or(line);
        let rest = after(setting.text, phrase.span.end, REACH, &['\n']);
        [
            "来源",
            "浏览",
            "点击",
            "字体",
            "字号",
            "访问",
            "打印",
            "作者",
            "索引号",
            "阅读",
        ]
        .iter()
        .any(|w| line.contains(w) || rest.contains(w))
    };
    (published || clock).then(|| {
        let same = days.start.is_some() && days.start == setting.issued && days.start == days.end;
        if same {
            DateRole::Issued
        } else {
            DateRole::Mention
        }
    })
}

/// Whether it is the time at which a page was made, alone in its line with a source: 某某日报　2021-11-22 16:11.
fn is_stamp(phrase: &Phrase, setting: &Setting<'_>) -> bool {
    let (start, end) = (phrase.span.start, phrase.span.end);
    let dashed = |text: &str| text.contains(['-', '/']) && !text.contains('年');
    if setting.issued.is_none() || !dashed(phrase.span.of(setting.text)) {
        return false;
    }
    let line = before(setting.text, start, 16);
    let above = setting.text.get(..start - line.len()).unwrap_or_default();
    let whole = above.is_empty() || above.ends_with('\n');
    let clock = phrase.span.of(setting.text).contains(':')
        || after(setting.text, end, 4, &[])
            .trim_start()
            .starts_with(|c: char| c.is_ascii_digit());
    let rest = after(setting.text, end, 12, &[]);
    let closes = !rest.contains(|c: char| is_han(c));
    whole && clock && closes && !line.contains(|c: char| "（(，。；、".contains(c))
}

/// A single day shortly before that of issue: what was planned for it is done, unless the sentence asks for it.
pub(super) fn is_over(phrase: &Phrase, days: &Resolved, setting: &Setting<'_>) -> bool {
    let (Some(day), Some(issued)) = (days.end, setting.issued) else {
        return false;
    };
    let given = matches!(phrase.from.year, Year::Given(_));
    let near = day
        .until(issued)
        .is_ok_and(|span| span.get_days() < 200 || given || setting.tells);
    let next = after(
        setting.text,
        phrase.span.end,
        REACH,
        &['。', '；', ';', '\n'],
    );
    phrase.from.is_day()
        && phrase.to.is_none()
        && phrase.bound == Bound::Whole
        && day < issued
        && near
        && !words!["将", "拟", "请"].is_in(next)
}

/// 2004年8月5日至8日，调研组在我市…: days that were over before the notice, which no label announces.
pub(super) fn is_over_range(phrase: &Phrase, days: &Resolved, setting: &Setting<'_>) -> bool {
    let over = days
        .end
        .zip(setting.issued)
        .is_some_and(|(end, issued)| end < issued);
    if !over || days.start.is_none() || phrase.bound != Bound::Whole || phrase.begins {
        return false;
    }
    let given = matches!(phrase.from.year, Year::Given(_));
    // 今年2月又获评…
    let said = given || matches!(phrase.from.year, Year::Offset(_));
    let span = phrase.to.is_some() && phrase.from.is_day()
        || phrase.to.is_none() && said && !phrase.from.is_day();
    let head = before(setting.text, phrase.span.start, 12);
    let label = head.trim_end_matches([' ', '\u{3000}']);
    let begins = after(setting.text, phrase.span.end, 1, &[]).starts_with(['，', ',']);
    if given && phrase.to.is_some() && of_record(label) {
        return true;
    }
    // …进行了抽查。现将情况通报如下
    let done = || {
        let line = after(setting.text, phrase.span.end, LINE, &['\n']);
        is_done(line.split('。').next().unwrap_or(line)) || line.contains("通报如下")
    };
    let announced = label.is_empty() && !(begins && (said || done()))
        || label.ends_with(['：', ':', '（', '(', '\t', '|'])
        || words!["时间", "日期", "阶段", "期限", "公示期"].is_in(label);
    let next = after(
        setting.text,
        phrase.span.end,
        REACH,
        &['。', '；', ';', '\n'],
    );
    // …检查时发现的问题，要逐项整改: what is asked for is another matter
    let first = after(next.trim_start_matches(['，', ',']), 0, REACH, &['，', ',']);
    span && !announced
        && !words!["将", "拟", "请"].is_in(next)
        && !first.contains('要')
        && !first.contains("阶段")
}

/// 作品的出版时间为…, 统计期间：…: the label is of what is counted or chosen, not of what is planned.
fn of_record(label: &str) -> bool {
    let label = label.trim_end_matches(['为', '是', '在', '：', ':', '须', '应']);
    let Some(of) = words!["时间", "日期", "期间", "期限", "年限"].strip_end(label) else {
        return words![
            "统计期",
            "数据期",
            "报告期",
            "考核期",
            "评价期",
            "审计期",
            "所属期"
        ]
        .end(label);
    };
    words![
        "出版", "发表", "创作", "办结", "获奖", "取得", "统计", "数据", "发证", "成立", "建成",
        "投产", "授权", "结题", "结项", "立项", "考核", "考评", "评价", "审计", "发生", "刊发",
        "播出", "竣工", "验收", "任职", "认定", "签订"
    ]
    .end(of.trim_end_matches('的'))
}

/// 2008年6月1日起施行的《…办法》: an older act is named by its day.
pub(super) fn in_force(phrase: &Phrase, next: &str) -> bool {
    let next = next.trim_start();
    phrase.from.is_day()
        && phrase.to.is_none()
        && words!["施行的", "实施的", "执行的", "生效的", "实行的"].begin(next)
}

/// 上半年未组织, 6月已完成: what was done or left undone in a time that has begun.
pub(super) fn says_of_past(
    phrase: &Phrase,
    next: &str,
    days: &Resolved,
    setting: &Setting<'_>,
) -> bool {
    let begun = days
        .start
        .zip(setting.issued)
        .is_some_and(|(start, issued)| start < issued);
    begun
        && phrase.bound == Bound::Whole
        && words!["未", "已", "没有", "曾", "先后", "累计", "共完成", "共开展"]
            .begin(next.trim_start())
}

/// 已于2007年6月底建成: what is said to have been done then.
pub(super) fn is_already(text: &str, start: usize) -> bool {
    words![
        "已于",
        "已在",
        "已从",
        "已自",
        "已经于",
        "已经在",
        "曾于",
        "曾在"
    ]
    .end(before(text, start, 4))
}

/// 原定于7月20日召开: what was set once.
pub(super) fn is_set_aside(text: &str, start: usize) -> bool {
    words!["原定于", "原定", "原计划于", "原计划", "原拟于", "原拟定于"].end(before(text, start, 4))
}

/// 发生, 印发, 通过 and other things done, told right after the date.
pub(super) fn tells(phrase: &Phrase, next: &str, text: &str, end: usize) -> bool {
    static DONE: Words = Words::new(&[
        "发生",
        "印发",
        "发布",
        "公布",
        "通过",
        "修订",
        "修正",
        "颁布",
        "批准",
        "成立",
        "召开的",
        "下发",
        "出台",
        "审议",
        "在京召开",
        "作出",
        "签订",
        "签署",
        "突发",
        "转发",
        "制定",
        "主持召开",
        "国务院令第",
        "主席令第",
        "政府令第",
        "部令第",
        "局令第",
        "委令第",
    ]);
    if !phrase.from.is_day() || phrase.bound != Bound::Whole {
        return false;
    }
    let whole = after(text, end, 48, &['。', '；', ';', '\n']);
    if issues(whole) || words!["召开的", "举行的", "闭幕的"].begin(whole.trim_start()) {
        return true;
    }
    if phrase.to.is_some() {
        return words!["胜利召开", "在京召开", "隆重召开", "胜利闭幕"].is_in(whole);
    }
    let happened = after(text, end, 30, &['。', '；', ';', '\n']);
    let accident = happened.contains("发生")
        && words![
            "事故", "火灾", "地震", "爆炸", "坍塌", "灾害", "事件", "案件", "泄漏", "中毒", "自燃",
            "燃爆"
        ]
        .is_in(happened);
    let next = next.trim_start_matches([' ', '）', ')']);
    let near = after(next, 0, 14, &['、']);
    let asks = words!["将", "要", "拟", "前", "请", "组织", "开展", "举行", "举办"].is_in(near);
    !asks && (accident || DONE.is_in(near))
}

/// 2031年6月16日，省政府发布《…》: the organ and its act stand right behind the day.
pub(super) fn issues(next: &str) -> bool {
    let Some((organ, _)) = next.trim_start_matches(['，', ',']).split_once('《') else {
        return false;
    };
    let organ = organ.trim_end_matches(['了', '的']);
    let act = words![
        "发布", "印发", "公布", "颁布", "通过", "出台", "下发", "转发"
    ]
    .strip_end(organ);
    act.is_some_and(|organ| {
        !organ.contains(['，', ',', '：', ':', '“'])
            && !words!["将", "要", "拟", "前", "请", "由", "负责", "组织", "以"].is_in(organ)
    })
}

/// Whether the clause after the date tells what befell: 8月11日，某矿发生瓦斯爆炸; “8·11”事故.
pub(super) fn befell(text: &str, phrase: &Phrase) -> bool {
    let end = phrase.span.end;
    // of “8·11” the contract says that the year is the notice's
    if phrase.dotted {
        return false;
    }
    let next = after(text, end, 40, &['。', '；', ';', '\n']);
    let grave = words![
        "事故",
        "火灾",
        "地震",
        "爆炸",
        "坍塌",
        "泥石流",
        "中毒",
        "燃爆",
        "沉没",
        "溺水"
    ]
    .is_in(next);
    let told = words!["发生", "造成", "死亡", "遇难", "连续发生"].is_in(next);
    let asks = words![
        "如", "若", "防止", "预防", "防范", "避免", "严防", "演练", "模拟", "前", "底"
    ]
    .is_in(next);
    grave && told && !asks
}

/// 受8月上旬强降雨影响: what befell is the ground of the notice.
pub(super) fn suffers(text: &str, start: usize, next: &str) -> bool {
    let head = before(text, start, 6);
    head.trim_end()
        .trim_end_matches(|c| "去今当本年".contains(c))
        .ends_with(['受', '因'])
        && words!["影响", "灾害", "台风", "强降雨", "暴雨", "疫情", "地震"].is_in(next)
}
