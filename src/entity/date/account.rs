//! What a notice says of a time that is over: it counts up, tells how things stood, or speaks of what was done then.

use super::phrase::Phrase;
use super::reader::after;
use super::reader::before;
use super::resolve::Resolved;
use super::role::Setting;
use super::role::is_before_issue;
use super::told::issues;
use crate::text::numeral::is_chinese;
use crate::text::words::Words;
use crate::text::words::words;

/// Ends of a clause and of a line.
const CLAUSE: [char; 9] = ['，', ',', '。', '；', ';', '：', ':', '、', '\n'];

/// 今年1—4月，全镇共发生…，同比下降: what is over is counted up.
pub(super) fn is_account(text: &str, end: usize, days: &Resolved, setting: &Setting<'_>) -> bool {
    let over = days
        .end
        .zip(setting.issued)
        .is_some_and(|(end, issued)| end < issued);
    let next = after(text, end, 36, &['。', '；', ';']);
    let part = text
        .get(..end)
        .is_some_and(|t| t.ends_with("半年") || t.ends_with("季度"));
    // 一、上半年护林形势
    let state = || {
        let line = after(text, end, 24, &['。', '；', ';', '，', '\n']);
        part && words!["形势", "情况"].end(line.trim_end())
    };
    // 上半年的“2·7”事故
    let of_then = || {
        let clause = after(next, 0, 24, &CLAUSE);
        clause.starts_with('的') && words!["事故", "火灾", "火情", "案件", "疫情"].is_in(clause)
    };
    over && (is_done(next)
        || state()
        || of_then()
        || words![
            "同比",
            "环比",
            "累计",
            "共发生",
            "发生了",
            "先后发生",
            "接连发生",
            "共完成",
            "开展了",
            "举办了",
            "组织了",
            "召开了",
            "共举办",
            "共开展",
            "共组织",
            "未发生",
            "未组织",
            "未开展",
            "未按",
            "未及时",
            "未落实",
            "万人次",
            "统计表",
            "统计数据",
            "情况统计",
            "情况通报",
            "排名"
        ]
        .is_in(next)
        || counts_up(next)
        || of_all(next, part)
        || is_honoured(next)
        || issues(next))
}

/// Words of what is to be reached: a number with them is no account.
static AIMS: Words = Words::new(&[
    "不少于",
    "不低于",
    "力争",
    "确保",
    "至少",
    "计划",
    "预计",
    "要",
    "将",
    "拟",
    "应",
    "须",
    "请",
]);

/// 全县共借阅图书2.3万册, 发生火情3起: a number behind what was done; what is to be reached is no account.
fn counts_up(next: &str) -> bool {
    static BEFELL: Words = Words::new(&["发生", "查处", "查获", "接报", "受理", "造成"]);
    const OTHER: [char; 15] = [
        '同', '建', '享', '治', '产', '青', '和', '管', '创', '筑', '性', '赢', '商', '谋', '识',
    ];
    const VERB: usize = 16;
    let numbered = |behind: &str| {
        let near = after(behind, 0, VERB, &['，', ',']);
        // 发生两起火情
        near.chars().any(|c| c.is_ascii_digit())
            || words!["起", "例", "宗", "次", "人"]
                .find(near)
                .is_some_and(|at| near[..at].ends_with(is_chinese))
    };
    let sum = next.match_indices('共').any(|(at, mark)| {
        let behind = &next[at + mark.len()..];
        !next[..at].ends_with(['公', '中']) && !behind.starts_with(OTHER) && numbered(behind)
    });
    (sum || BEFELL.find(next).is_some_and(|at| numbered(&next[at..]))) && !AIMS.is_in(next)
}

/// 1—6月，全县新增护林员12名: what the whole county or house did, with a number; 上半年，全县工作平稳 needs none.
fn of_all(next: &str, part: bool) -> bool {
    let next = next.trim_start_matches(['，', ',']);
    let Some(of) = next.strip_prefix(['全', '我']) else {
        return false;
    };
    of.starts_with([
        '国', '省', '市', '州', '盟', '县', '区', '旗', '镇', '乡', '街', '校', '院', '局', '系',
    ]) && (part || next.chars().any(|c| c.is_ascii_digit()))
        && !AIMS.is_in(next)
}

/// 县图书馆获评…: what was won, said close behind the date.
fn is_honoured(next: &str) -> bool {
    let near = after(next.trim_start_matches(['，', ',']), 0, 20, &['，', ',']);
    words![
        "获评",
        "荣获",
        "被评为",
        "被授予",
        "被认定为",
        "被命名为",
        "被列为",
        "被确定为",
        "又获"
    ]
    .find(near)
    .is_some_and(|at| !near[..at].contains(['将', '要', '争', '拟', '对', '凡']))
}

/// 通报1—10月…情况, 总结上半年工作: a time that is over is what is spoken of.
pub(super) fn is_topic(phrase: &Phrase, days: &Resolved, setting: &Setting<'_>) -> bool {
    static SPEAK: Words = Words::new(&[
        "通报", "总结", "回顾", "盘点", "汇报", "听取", "分析", "点评", "讲评", "反馈", "公布",
        "交流", "研判", "报告", "统计", "梳理", "公示", "审议", "上报", "报送", "填报",
    ]);
    static TOPIC: Words = Words::new(&[
        "情况", "总结", "形势", "成效", "数据", "结果", "问题", "成绩", "经验", "报表", "台账",
    ]);
    static DOING: Words = Words::new(&[
        "开展", "组织", "完成", "进行", "召开", "建立", "对", "将", "把", "报", "梳", "查", "制",
        "形成",
    ]);
    const NAME: usize = 6;
    let long = phrase.to.is_some() || !phrase.from.is_day();
    if !long || !is_before_issue(days, setting) {
        return false;
    }
    let next = after(setting.text, phrase.span.end, 30, &CLAUSE);
    // 对照上半年问题清单: the words behind the time name no doing
    if TOPIC.find(next).is_some_and(|at| {
        let of = &next[..at];
        of.chars().nth(NAME).is_none() && !DOING.is_in(of)
    }) {
        return true;
    }
    let head = before(setting.text, phrase.span.start, 10);
    let head = head.rsplit(CLAUSE).next().unwrap_or(head);
    SPEAK.is_in(head) && (TOPIC.is_in(next) || next.trim_end().ends_with("工作"))
}

/// 8月，乙站扑救火情 in a document that tells of what was: a month or more that is over, unless something is asked for.
pub(super) fn is_of_account(phrase: &Phrase, days: &Resolved, setting: &Setting<'_>) -> bool {
    let long = phrase.to.is_some() || !phrase.from.is_day() && !phrase.is_part();
    setting.tells
        && long
        && is_before_issue(days, setting)
        && !AIMS.is_in(after(
            setting.text,
            phrase.span.end,
            36,
            &['。', '；', ';', '\n'],
        ))
}

/// 3月15日前签订责任书 in a document that tells of what was, of July; minutes may come out behind a day that they set.
pub(super) fn is_long_over(days: &Resolved, setting: &Setting<'_>) -> bool {
    const LATE: i32 = 15;
    let past = days.end.zip(setting.issued);
    setting.tells
        && past
            .is_some_and(|(end, issued)| end.until(issued).is_ok_and(|span| span.get_days() > LATE))
}

/// 对46座加油站进行了检查: 了 behind a verb, and not in 为了, 了解.
pub(super) fn is_done(next: &str) -> bool {
    next.match_indices('了').any(|(at, mark)| {
        !next[..at].ends_with(['为', '除', '罢', '明', '知'])
            && !next[at + mark.len()..].starts_with(['解', '结', '然', '却'])
    })
}

/// 截至6月30日，全县建成…: how things stood on a day that is over; 到6月30日 says it with words such as 已.
pub(super) fn is_stock(
    text: &str,
    start: usize,
    end: usize,
    days: &Resolved,
    setting: &Setting<'_>,
) -> bool {
    let Some((last, issued)) = days.end.or(days.start).zip(setting.issued) else {
        return false;
    };
    if last > issued {
        return false;
    }
    let comma = || after(text, end, 1, &[]).starts_with(['，', ',']);
    last < issued && (stands_until(text, start, end, comma) || is_stock_of(text, start, end))
        // on the day of the notice itself
        || last == issued && comma() && is_stock_of(text, start, end)
}

/// Whether 截至 leads to the day, or a clause begins with 截止: what closes then is said otherwise of a day that is over.
fn stands_until(text: &str, start: usize, end: usize, comma: impl Fn() -> bool) -> bool {
    let head = before(text, start, 5);
    let own = text.get(start..end).unwrap_or_default();
    let opens = |head: &str| {
        head.trim_end()
            .chars()
            .next_back()
            .is_none_or(|c| CLAUSE.contains(&c) || "）)".contains(c))
    };
    if own.starts_with("截至") || head.ends_with("截至") {
        return true;
    }
    let rest = match own.starts_with("截止") {
        true => Some(head),
        false => words!["截止到", "截止至", "截至到", "截止"].strip_end(head),
    };
    rest.is_some_and(|head| opens(head) && comma())
}

/// Whether it is said how things stood on a day: 截至6月30日，仍有….
pub(super) fn is_stock_of(text: &str, start: usize, end: usize) -> bool {
    let head = before(text, start, 3);
    // what is found stands in the expression itself or right before it
    let until = head.ends_with("截至")
        || head.ends_with("截止")
        || head.ends_with('到')
        || text.get(start..end).is_some_and(|t| t.starts_with('截'));
    let next = after(text, end, 24, &['。', '；', ';']);
    let told = words![
        "仍有", "尚有", "还有", "仍未", "尚未", "已", "共", "累计", "未按"
    ]
    .is_in(next);
    until && told
}
