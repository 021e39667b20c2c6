//! A whole expression: one point or a range, with what bounds it (前, 起, 止) and how long it lasts.

use super::clock;
use super::grammar;
use super::grammar::Frame;
use super::point::Field;
use super::point::Point;
use super::point::Year;
use super::reader::Reader;
use super::reader::before;
use crate::span::Span;
use crate::text::words::Words;
use crate::text::words::words;
use jiff::Span as Length;

/// What bounds a single point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// Nothing.
    Whole,
    /// 前, 止, 截至, 到.
    Before,
    /// 起, 之后.
    From,
    /// 以来, 至今.
    Since,
}

/// An expression as read, its year not yet known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase {
    pub(super) span: Span,
    pub(super) from: Point,
    pub(super) to: Option<Point>,
    pub(super) bound: Bound,
    /// 开始: something begins within it.
    pub(super) begins: bool,
    /// 6·16, 6.16.
    pub(super) dotted: bool,
    /// 为期一个月.
    pub(super) lasting: Option<Length>,
}

/// Reads an expression at byte `at`.
pub(super) fn phrase(
    text: &str,
    at: usize,
    frame: &Frame,
    inherited: Option<Point>,
) -> Option<Phrase> {
    let mut r = Reader::new(text, at);
    let today = r.eat_word(words!["即日起", "即日"]);
    let since_issue = r
        .eat_word(words!["日起至", "日起到", "日起—", "日起-"])
        .is_some();
    let from = if today.is_some() || since_issue {
        Point::new(Year::Unsaid, Field::Today)
    } else {
        grammar::point(&mut r, frame, inherited)?
    };
    let written = text.get(at..r.at).unwrap_or_default();
    let dotted = from.year == Year::Unsaid
        && matches!(from.field, Field::Days(..))
        && !written.contains(['月', '日', '号']);
    let day_end = r.at;
    if from.is_day() && today.is_none() && !since_issue {
        clock::aside(&mut r);
    }
    let aside = text.get(day_end..r.at).unwrap_or_default();
    let timed = aside.contains([':', '：', '时', '点', '午', '晚']);
    let mut out = Phrase {
        span: Span::new(at, r.at),
        from,
        to: None,
        bound: Bound::Whole,
        begins: false,
        dotted,
        lasting: None,
    };
    if since_issue {
        let to = grammar::point(&mut r, frame, Some(from)).filter(|p| p.field != Field::Year)?;
        out.to = Some(to);
        let _ = r.eat_word(words!["止"]);
    } else if !range(&mut r, frame, &mut out) {
        bound(&mut r, text, &mut out, today.is_some());
    }
    if timed && out.begins && out.from.is_day() && !opens_period(text, at, &r) {
        // 11月9日9时开始 is when the drill of that day begins
        out.bound = Bound::Whole;
    }
    out.lasting = lasting(&mut r, &out);
    out.span = Span::new(at, r.at);
    Some(out)
}

/// Whether a day with a clock time and 开始 or 起 opens a period: 自6月1日0时起施行.
fn opens_period(text: &str, at: usize, r: &Reader<'_>) -> bool {
    let end = text.get(..r.at).unwrap_or_default();
    !end.ends_with("开始")
        || before(text, at, 1).ends_with(['自', '从'])
        || r.sees(words!["施行", "实施", "实行", "执行", "生效"])
}

/// The second end, 起 before it and 止 after it included.
fn range(r: &mut Reader<'_>, frame: &Frame, out: &mut Phrase) -> bool {
    let mark = *r;
    r.blanks();
    // 6月1日起，至30日止 is one expression; 6月开始，到12月底结束 are two
    let today = out.from.field == Field::Today;
    let opened = r.eat_word(words!["起始", "开始", "起", "始"]);
    // 2031年3月1日开始，至6月30日结束: days are its two ends
    let days = opened == Some(1) && out.from.is_day() && {
        let mut ahead = *r;
        ahead.eat(',')
            && ahead.to()
            && grammar::point(&mut ahead, frame, Some(out.from)).is_some_and(Point::is_day)
    };
    let begins = opened.is_some_and(|word| word != 1 || today || days);
    if begins {
        r.blanks();
        r.eat(',');
    }
    let dash = r.to() || {
        // 6月1日一6月30日: a dash that was read or typed as 一
        let digit = *r;
        r.eat('一') && r.peek().is_some_and(|c| c.is_ascii_digit()) || {
            *r = digit;
            false
        }
    };
    if dash {
        if r.sees(words!["今年", "今天", "今日"]) || !r.sees(words!["今"]) {
            if let Some(to) = grammar::point(r, frame, Some(out.from)) {
                let years = out.from.field == Field::Year || to.field == Field::Year;
                if !years || frame.mentions || out.from.field != Field::Year {
                    if to.is_day() {
                        clock::aside(r);
                    }
                    let _ = r.eat_word(words!["为止", "止"]);
                    out.to = Some(to);
                    return true;
                }
            }
        } else if r.eat('今') {
            out.bound = Bound::Since;
            return true;
        }
    }
    // 4月1日起，6月30日止
    if begins
        && out.from.is_day()
        && !dash
        && let Some(to) = grammar::point(r, frame, Some(out.from)).filter(|to| to.is_day())
    {
        clock::aside(r);
        if r.eat_word(words!["为止", "止"]).is_some() {
            out.to = Some(to);
            return true;
        }
    }
    *r = mark;
    false
}

fn bound(r: &mut Reader<'_>, text: &str, out: &mut Phrase, today: bool) {
    static BEFORE: Words = Words::new(&[
        "或之前",
        "或以前",
        "及之前",
        "及以前",
        "之前",
        "以前",
        "要前",
        "下班前",
        "下班之前",
        "上班前",
        "上班之前",
        "(含)前",
        "前",
    ]);
    static NOT_BEFORE: Words = Words::new(&[
        "后", "夕", "往", "来", "期", "列", "述", "置", "沿", "身", "端", "景", "提", "线", "台",
        "所", "言", "不久",
    ]);
    static NUMERALS: Words =
        Words::new(&["三", "两", "几", "半", "一", "二", "四", "五", "六", "十"]);
    let mark = *r;
    r.blanks();
    if today {
        out.bound = Bound::From;
        let _ = r.eat_word(words!["开始"]);
        return;
    }
    let starts = out.span.start;
    if let Some(word) = r.eat_word(&BEFORE) {
        let plain = BEFORE.list()[word] == "前";
        let counted = !(out.from.is_day() || out.from.is_end())
            && (r.sees(&NUMERALS) || r.peek().is_some_and(|c| c.is_ascii_digit()));
        if plain && r.eat('后') {
            return; // 6月1日前后 is about the day
        }
        // 1月1日前5年内获得过: within so long before the day
        let mut length = *r;
        if plain
            && length.number().is_some()
            && length
                .eat_word(words![
                    "年",
                    "个月",
                    "月",
                    "个工作日",
                    "天",
                    "日",
                    "周",
                    "个星期",
                    "个自然日"
                ])
                .is_some()
            && length.sees(words!["内", "以内", "之内", "间"])
        {
            *r = mark;
            return;
        }
        // 6月15日前列出, 6月底前提交: a verb follows
        let verb = r.sees(words![
            "列出", "列入", "列明", "提交", "提出", "提供", "提请", "提报", "提升", "置换", "期满"
        ]);
        if !(plain && (r.sees(&NOT_BEFORE) && !verb || counted)) {
            out.bound = Bound::Before;
            return;
        }
        *r = mark;
        return;
    }
    if r.eat_word(words!["左右"]).is_some() {
        return;
    }
    if r.eat_word(words!["以来", "至今"]).is_some() {
        out.bound = Bound::Since;
        return;
    }
    if !r.sees(words![
        "起草", "起义", "起诉", "起飞", "起降", "起来", "起火"
    ]) && let Some(word) = r.eat_word(words!["开始", "起始", "起", "始"])
    {
        // 从6月份开始，每月…: from then on
        let on = matches!(before(text, starts, 1), "从" | "自") && !out.is_part();
        let beginning = !out.from.is_day() && (word == 0 && !on || out.is_part());
        out.begins = true;
        if !beginning {
            out.bound = Bound::From;
        }
        let _ = r.eat_word(words!["算", "计"]);
        return;
    }
    if r.eat_word(words!["截止", "为止", "止"]).is_some() {
        out.bound = Bound::Before;
        return;
    }
    if is_last_day(text, starts, out.from) || closes_list(r.rest(), out.from) {
        *r = mark;
        out.bound = Bound::Before;
        return;
    }
    if !r.sees(words![
        "后续", "后勤", "后期", "后台", "后备", "后半", "后方"
    ]) && r
        .eat_word(words![
            "或之后",
            "或以后",
            "及之后",
            "及以后",
            "之后",
            "以后",
            "后"
        ])
        .is_some()
    {
        out.bound = Bound::From;
        return;
    }
    *r = mark;
    if matches!(before(text, starts, 1), "自")
        && r.sees(words!["施行", "实施", "实行", "执行", "生效"])
    {
        out.bound = Bound::From;
    }
}

/// 7月31日，论文摘要接收截止; 10月11日为优惠截止日: the clause says that something closes on the day.
fn closes_list(rest: &str, point: Point) -> bool {
    if !point.is_day() {
        return false;
    }
    let comma = rest.strip_prefix(['，', ',', '为', '：', ':']);
    let clause = comma
        .unwrap_or_default()
        .split(['，', ',', '。', '；', ';', '\n', '、', '（'])
        .next()
        .unwrap_or_default();
    clause.chars().nth(20).is_none()
        && words![
            "截止",
            "截止日",
            "截止日期",
            "截止时间",
            "截稿",
            "截稿日",
            "最后期限",
            "最后时限",
            "最后时间",
            "最后一天"
        ]
        .end(clause)
}

/// 到6月30日, 不迟于6月30日, 截止时间：6月30日.
fn is_last_day(text: &str, at: usize, point: Point) -> bool {
    static LAST: Words = Words::new(&[
        "截至",
        "截止",
        "截止到",
        "截止至",
        "截至到",
        "不迟于",
        "不晚于",
        "不得迟于",
        "不得超过",
        "不超过",
        "不能超过",
        "最迟",
        "最迟于",
        "最晚",
        "最晚于",
        "至迟于",
        "到",
        "至",
    ]);
    if point.field == Field::Year {
        return false;
    }
    let head = before(text, at, 10).trim_end();
    // 延至第四季度: it goes on through the quarter
    let put_off = words![
        "延至",
        "延到",
        "延长至",
        "延长到",
        "延续至",
        "延续到",
        "延期至",
        "延期到",
        "推迟至",
        "推迟到"
    ];
    if matches!(point.field, Field::Quarters(_, _, false) | Field::Half(_)) && put_off.end(head) {
        return false;
    }
    // 会议推迟至5月6日, 12月29日调至12月31日: put off to the day, not done by it
    let moved = words![
        "推迟至",
        "推迟到",
        "调至",
        "调到",
        "调整至",
        "调整到",
        "改至",
        "改到",
        "移至",
        "提前至",
        "提前到"
    ];
    let set_before = || before(text, at, 40).contains("原定");
    // 有效期调整至2026年12月31日
    let valid = || words!["有效期", "期限", "截止"].is_in(before(text, at, 16));
    if point.is_day() && valid() && moved.end(head) {
        return true;
    }
    if point.is_day() && (moved.end(head) || put_off.end(head) && set_before()) {
        return false;
    }
    if LAST.end(head) {
        return true;
    }
    let label = head
        .trim_end_matches(['：', ':', '为', '是', '于'])
        .trim_end();
    words![
        "截止时间",
        "截至时间",
        "截至日期",
        "截止日期",
        "截止日",
        "截止期",
        "截止期限",
        "截稿时间",
        "截稿日期",
        "截稿日",
        "截稿期",
        "截标时间",
        "截止时限",
        "完成时限",
        "办结时限",
        "整改时限",
        "整改期限",
        "办理时限",
        "最后期限",
        "时限要求",
        "完成时间节点"
    ]
    .end(label)
        // 完成时间：4月上旬 is done within it
        || !point.is_part()
            && words!["完成时间", "完成期限", "完成日期"].end(label)
            && !label.ends_with("实际完成时间")
}

/// `，为期一个月` and the like after a start.
fn lasting(r: &mut Reader<'_>, out: &Phrase) -> Option<Length> {
    let open = out.to.is_none() && matches!(out.bound, Bound::Whole | Bound::From);
    if !open || matches!(out.from.field, Field::Year) {
        return None;
    }
    let mark = *r;
    let found = length(r);
    if found.is_none() {
        *r = mark;
    }
    found
}

fn length(r: &mut Reader<'_>) -> Option<Length> {
    r.blanks();
    if !r.eat(',') {
        r.eat('(');
    }
    r.blanks();
    r.eat_word(words![
        "为期",
        "历时",
        "时间为期",
        "活动为期",
        "持续时间为",
        "期限为",
        "时间为"
    ])?;
    r.eat('约');
    if r.eat_word(words!["半个月", "半月"]).is_some() {
        return Some(Length::new().days(15));
    }
    if r.eat_word(words!["半年"]).is_some() {
        return Some(Length::new().months(6));
    }
    let n = i64::from(r.number().filter(|n| n.value <= 999)?.value);
    let unit = r.eat_word(words![
        "个半月",
        "个月",
        "月",
        "个星期",
        "星期",
        "周",
        "天",
        "日",
        "年",
        "个季度"
    ])?;
    Some(match unit {
        0 => Length::new().months(n).days(15),
        1 | 2 => Length::new().months(n),
        3..=5 => Length::new().weeks(n),
        6 | 7 => Length::new().days(n),
        8 => Length::new().years(n),
        _ => Length::new().months(n * 3),
    })
}
