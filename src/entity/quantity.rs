//! How many: numbers of times, people and copies that an activity asks for.

use crate::span::Span;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use crate::text::numeral;
use crate::text::words::Words;
use crate::text::words::keys;
use crate::text::words::words;

/// A quantity with its unit.
#[derive(Clone, Debug, PartialEq)]
pub struct QuantityFound {
    /// Number and unit.
    pub span: Span,
    /// The number, or the lower end of a range.
    pub value: f64,
    /// The upper end of a range.
    pub max: Option<f64>,
    /// 次, 场, 人次, 万元 … as written after the number.
    pub unit: String,
}

/// Units worth a column, with what may not follow them: 名 counts people, but not in 名单.
const UNITS: &[(&str, &[&str])] = &[
    ("人次", &[]),
    ("场次", &[]),
    ("户次", &[]),
    ("家次", &[]),
    ("批次", &[]),
    ("课时", &[]),
    ("台件", &[]),
    ("台套", &[]),
    ("台次", &[]),
    ("学时", &[]),
    ("平方公里", &[]),
    ("平方千米", &[]),
    ("平方米", &[]),
    ("立方米", &[]),
    ("公里", &[]),
    ("千米", &[]),
    ("公顷", &[]),
    ("亩", &[]),
    ("吨", &[]),
    ("千瓦", &[]),
    ("兆瓦", &[]),
    ("元", &["旦", "宵", "月"]),
    ("%", &[]),
    ("％", &[]),
    ("次", &["性", "生", "序", "要", "数", "月", "年", "日"]),
    ("场", &["所", "地", "馆", "景", "合", "站", "面"]),
    ("期", &["间", "限", "工程", "项目", "待", "货"]),
    (
        "个",
        &[
            "月",
            "小时",
            "工作日",
            "百分点",
            "方面",
            "维护",
            "意识",
            "自信",
            "必须",
            "带头",
            "层面",
            "阶段",
            "环节",
            "季度",
            "星期",
            "坚持",
            "确保",
            "严禁",
            "不",
            "人",
            "强化",
            "清单制",
            "关键",
            "统一",
            "转变",
            "务必",
            "到位",
            "导向",
            "梯次",
            "自然日",
            "日历",
            "年头",
            "大类",
            "小组",
        ],
    ),
    (
        "名",
        &["录", "称", "单", "额", "次", "义", "胜", "牌", "优"],
    ),
    (
        "人",
        &[
            "大", "才", "民", "员", "口", "们", "类", "行", "均", "体", "力", "工", "事", "制",
            "为", "本", "防", "社", "物", "格", "心", "居", "机", "群",
        ],
    ),
    ("份", &["额", "子", "制", "力"]),
    ("册", &["子"]),
    (
        "条",
        &[
            "例",
            "件",
            "款",
            "措施",
            "硬措施",
            "具体措施",
            "规定",
            "禁令",
            "意见",
            "线",
            "禁",
        ],
    ),
    ("篇", &["章", "幅"]),
    (
        "家",
        &[
            "庭", "长", "属", "园", "政", "具", "电", "亲", "乡", "人", "常", "禽", "委",
        ],
    ),
    ("户", &["外", "口", "籍", "主", "型"]),
    (
        "处",
        &["室", "理", "置", "罚", "级", "长", "于", "分", "在", "方"],
    ),
    ("台", &["账", "风", "胞", "湾", "阶", "办"]),
    ("套", &["餐", "路", "牌"]),
    ("件", &["事"]),
    (
        "起",
        &[
            "来", "到", "草", "施", "至", "止", "执", "实", "步", "点", "源", "，", "、", "开",
        ],
    ),
    ("例", &["如", "会", "行", "外"]),
    (
        "支",
        &["部", "队", "撑", "持", "付", "援", "出", "委", "行", "线"],
    ),
    ("辆", &[]),
    ("座", &["谈", "位", "右"]),
    ("栋", &[]),
    ("幢", &[]),
    ("幅", &["度"]),
    ("张", &["贴", "力"]),
    ("块", &["状"]),
    ("枚", &[]),
    (
        "部",
        &["门", "队", "分", "署", "委", "级", "长", "位", "件"],
    ),
    ("堂", &[]),
    ("轮", &["值", "流", "岗", "换", "训", "班", "候", "船"]),
    ("盏", &[]),
    (
        "本",
        &[
            "级", "地", "次", "质", "年", "月", "单位", "科", "部门", "区", "市", "县", "省", "土",
            "职", "行业", "着",
        ],
    ),
    ("所", &["在", "有", "属", "需", "辖", "长"]),
    ("只", &["有", "要", "能"]),
    ("艘", &[]),
    ("株", &[]),
    ("棵", &[]),
    ("公斤", &[]),
    ("个批次", &[]),
    (
        "尾",
        &["声", "水", "气", "款", "矿", "部", "盘", "数", "号"],
    ),
    (
        "对",
        &[
            "比", "于", "口", "照", "象", "外", "接", "应", "策", "标", "待", "各", "全", "在",
            "所",
        ],
    ),
    ("遍", &["布", "地", "及"]),
    (
        "首",
        &["次", "批", "先", "要", "位", "届", "府", "家", "期", "日"],
    ),
];

/// The units themselves.
static UNIT_WORDS: Words = Words::new(&UNIT_KEYS);
const UNIT_KEYS: [&str; UNITS.len()] = keys(UNITS);

/// What says before a Chinese numeral that it counts: 至少一个, but not 三个关键环节.
static COUNTING: Words = Words::new(&[
    "至少",
    "不少于",
    "不低于",
    "不超过",
    "最多",
    "不多于",
    "各",
    "达到",
    "达",
    "完成",
    "建成",
    "打造",
    "评选",
    "曝光",
    "公布",
    "创建",
    "建设",
    "开展",
    "组织",
    "举办",
    "召开",
    "发放",
    "新建",
    "共",
    "约",
    "选树",
    "报送",
    "推荐",
    "培育",
    "确定",
    "选取",
    "制作",
    "上报",
    "超过",
    "近",
    "开设",
    "设立",
    "征集",
    "编印",
    "编制",
    "安排",
    "指定",
    "配备",
    "每年",
    "每月",
    "每季度",
    "每半年",
    "每周",
    "每村",
    "每校",
    "每户",
    "每镇",
    "每社区",
    "观看",
    "学习",
    "绘制",
    "阅读",
    "进行",
    "参加",
    "集中",
    "分别",
    "派出",
    "成立",
    "组建",
    "新增",
    "推出",
    "发布",
    "张贴",
    "悬挂",
    "看",
    "唱",
    "出",
    "写",
    "办",
]);

/// The quantities within `scope`, in order.
///
/// ```
/// use gongwen::entity::quantity::find;
/// use gongwen::span::Span;
/// let text = "第22个安全生产月期间，各镇至少开展1至2次演练，参加人数不少于300人次。";
/// let found = find(text, Span::new(0, text.len()));
/// assert_eq!(found.len(), 2);
/// assert_eq!((found[0].value, found[0].max), (1.0, Some(2.0)));
/// assert_eq!(found[1].unit, "人次");
/// ```
#[must_use]
pub fn find(text: &str, scope: Span) -> Vec<QuantityFound> {
    let scope = Span::new(scope.start, scope.end.min(text.len()));
    let body = scope.of(text);
    let mut out = Vec::new();
    let mut at = 0;
    while let Some((start, first)) = next_number(body, at) {
        let (found, next) = read(body, start, first);
        if let Some(mut quantity) = found {
            quantity.span = quantity.span.shifted(scope.start);
            out.push(quantity);
        }
        at = next.max(start + first.len_utf8());
    }
    out
}

/// Where the first number from `at` on begins, and its first character.
fn next_number(body: &str, at: usize) -> Option<(usize, char)> {
    static DIGITS: Words = Words::new(&[
        "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "０", "１", "２", "３", "４", "５", "６",
        "７", "８", "９", "〇", "零", "○", "◯", "一", "壹", "二", "贰", "两", "三", "叁", "四",
        "肆", "五", "伍", "六", "陆", "七", "柒", "八", "捌", "九", "玖", "十", "廿", "卅", "百",
        "千",
    ]);
    let (i, first) = body[at..]
        .char_indices()
        .find(|(_, c)| DIGITS.may_begin(*c) && starts_number(*c))?;
    Some((at + i, first))
}

fn starts_number(c: char) -> bool {
    fold(c).is_ascii_digit() || numeral::is_chinese(c)
}

/// The quantity whose number begins at `start`, and where to look next.
fn read(body: &str, start: usize, first: char) -> (Option<QuantityFound>, usize) {
    let chinese = !fold(first).is_ascii_digit();
    let (value, mut end) = number(body, start, chinese);
    let Some(value) = value else {
        return (None, end);
    };
    let after_first = end;
    let mut max = None;
    let mut unit = unit_at(body, end, chinese);
    let reach = unit.as_ref().map_or(end, |u| u.1);
    if let Some(second) = range_mark(body, reach)
        && body[second..].chars().next().is_some_and(starts_number)
    {
        let (upper, to) = number(body, second, chinese);
        if let (Some(upper), Some(u)) = (upper, unit_at(body, to, chinese))
            && upper > value
            && unit.as_ref().is_none_or(|first| first.0 == u.0)
        {
            max = Some(upper);
            end = to;
            unit = Some(u);
        }
    }
    let Some((name, to)) = unit else {
        return (None, end);
    };
    if !counts(body, start, after_first, to, chinese, name) {
        return (None, end);
    }
    let found = QuantityFound {
        span: Span::new(start, to),
        value,
        max,
        unit: name.scale.to_owned() + name.unit,
    };
    (Some(found), to)
}

/// The number at `start` and where its run ends; none when the run is no number.
fn number(body: &str, start: usize, chinese: bool) -> (Option<f64>, usize) {
    let rest = &body[start..];
    if chinese {
        let len = rest.find(|c| !numeral::is_chinese(c)).unwrap_or(rest.len());
        let run = &rest[..len];
        let value = if run.chars().take(9).count() > 8 {
            None
        } else {
            numeral::counting(run)
        };
        return (value.map(f64::from), start + len);
    }
    let mut digits = String::new();
    let mut end = start;
    let mut chars = rest.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let folded = fold(c);
        let digit_next = chars.peek().is_some_and(|(_, n)| fold(*n).is_ascii_digit());
        if folded.is_ascii_digit() {
            if digits.len() < 16 {
                digits.push(folded);
            }
        } else if matches!(folded, '.') && digit_next && !digits.contains('.') {
            digits.push('.');
        } else if !(matches!(c, ',' | '，') && digit_next && thousands(&rest[i + c.len_utf8()..]))
        {
            break;
        }
        end = start + i + c.len_utf8();
    }
    let value = (digits.len() < 14).then(|| digits.parse().ok()).flatten();
    (value, end)
}

/// Whether exactly three digits follow, as after the comma of 1,200.
fn thousands(rest: &str) -> bool {
    rest.chars()
        .take(4)
        .take_while(|c| c.is_ascii_digit())
        .count()
        == 3
}

/// Past 至, — and the like, when they stand at `at`.
fn range_mark(body: &str, at: usize) -> Option<usize> {
    let rest = body[at..].trim_start_matches(' ');
    let past = words!["——", "--", "至", "到", "-", "—", "–", "－", "～", "~", "〜"].strip(rest)?;
    Some(body.len() - past.trim_start_matches(' ').len())
}

/// A unit as written: 万 or 亿, if one stands before it, and the unit.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Name {
    scale: &'static str,
    unit: &'static str,
}

/// The unit at `at`, with 万 or 亿 before it, and its end; 余 and 多 between are passed over.
fn unit_at(body: &str, at: usize, chinese: bool) -> Option<(Name, usize)> {
    let rest = body[at..].trim_start_matches(|c: char| c != '\n' && is_blank(c));
    let rest = rest.strip_prefix(['余', '多']).unwrap_or(rest);
    let scale = match rest.chars().next() {
        Some('万') => "万",
        Some('亿') => "亿",
        _ => "",
    };
    let rest = &rest[scale.len()..];
    let rest = match rest.strip_prefix(['余', '多']) {
        Some(past) if !scale.is_empty() => past,
        _ => rest,
    };
    let (unit, not) = UNITS[UNIT_WORDS.longest_at(rest)?];
    let after = &rest[unit.len()..];
    if not.iter().any(|n| after.starts_with(n)) {
        return None;
    }
    // 一户一策, 五个一: what follows counts again
    let again = after
        .chars()
        .next()
        .is_some_and(|c| numeral::digit(c).is_some());
    if again && (chinese || unit == "个") {
        return None;
    }
    let unit = if unit == "％" { "%" } else { unit };
    Some((Name { scale, unit }, body.len() - after.len()))
}

/// Whether what stands around the number lets it count.
fn counts(
    body: &str,
    start: usize,
    number_end: usize,
    end: usize,
    chinese: bool,
    name: Name,
) -> bool {
    let before = &body[..start];
    let previous = before.chars().next_back().map(fold);
    let previous = previous.unwrap_or('\n');
    if matches!(
        previous,
        '第' | '“' | '‘' | '"' | '〔' | '·' | '/' | '№' | '×'
    ) || previous.is_ascii_alphanumeric()
        || (!chinese && matches!(previous, '-' | '.' | '—' | '+'))
        || (chinese && previous.is_ascii_digit())
    {
        return false;
    }
    if !chinese {
        return true;
    }
    let number = &body[start..number_end];
    if number == "一" {
        let word = "统唯之万同进单任某期合专不逐划每这那另又再首初第近".contains(previous);
        let said = words![
            "一次性",
            "一次次",
            "一场场",
            "一件件",
            "一家亲",
            "一条龙",
            "一条心",
            "一份子",
            "一套人马"
        ]
        .begin(&body[start..]);
        if said || (word && !before.ends_with("至少") && !before.ends_with("最近")) {
            return false;
        }
    }
    let counted = COUNTING.end(before) || before.ends_with("不少于");
    // 新建处理场一座，
    let behind = || {
        let next = body[end..].chars().next();
        let stands = previous != '同' && crate::text::fold::is_han(previous);
        number == "一" && stands && next.is_none_or(|c| "，。；、（\n".contains(c))
    };
    if !name.scale.is_empty() {
        return true;
    }
    match name.unit {
        // 二次污染 and 跑一次 are words of their own
        "次" if words![
            "污染", "供水", "创业", "加压", "装修", "开发", "利用", "分配"
        ]
        .begin(&body[end..])
            && number == "二"
            || before.ends_with("最多跑") =>
        {
            false
        }
        // 一次办结率; 多久查一次
        "次" if words!["办结", "办好", "办成", "达标", "合格", "通过", "告知"]
            .begin(&body[end..])
            || asks_how_often(before) =>
        {
            false
        }
        "座" | "台" | "辆" | "套" | "栋" | "幢" | "份" | "支" if behind() => true,
        "遍" => true,
        "次" | "场" | "名" | "场次" | "人次" | "%" | "册" | "篇" | "堂" | "学时" | "课时" =>
        {
            // 三次产业 and its like stand without a verb
            !(number != "一" && name.unit == "次" && body[end..].starts_with("产业"))
        }
        // 湿地修复二期: which of them, not how many
        "期" | "批" | "类" | "级" | "组" | "层" | "届" | "轮" => counted,
        _ => counted || number != "一" && stands_behind(before, &body[end..]),
    }
}

/// Whether a number stands behind what it counts: 新建处理站二十个，改造管网十五处。
fn stands_behind(before: &str, after: &str) -> bool {
    let ends = after
        .chars()
        .next()
        .is_none_or(|c| "，。；、（\n".contains(c));
    let previous = before.chars().next_back();
    ends && previous.is_some_and(|c| {
        crate::text::fold::is_han(c) && !"这那此该其前后上下每逢同各首另之有分几数".contains(c)
    })
}

/// 多久, 几天 within the last few characters.
fn asks_how_often(before: &str) -> bool {
    let mut last = before.char_indices().rev().take(6);
    let from = last.by_ref().last().map_or(before.len(), |(at, _)| at);
    words!["多久", "几天", "几个月"].is_in(&before[from..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The quantities of a text as `value[~max]unit`, in one line.
    fn read(text: &str) -> String {
        find(text, Span::new(0, text.len()))
            .into_iter()
            .map(|q| match q.max {
                Some(max) => format!("{}~{max}{}", q.value, q.unit),
                None => format!("{}{}", q.value, q.unit),
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn what_is_asked_for() {
        for (text, want) in [
            ("各校每学期至少开展1次疏散演练", "1次"),
            ("全年演练不少于两次", "2次"),
            ("培训不少于十二学时", "12学时"),
            ("实施湿地修复二期，种植林木。", ""),
            ("新建值守站二十个，改造哨卡十五处。", "20个 15处"),
            ("每村推荐1至2个典型案例", "1~2个"),
            ("张贴海报500—800张", "500~800张"),
            ("组织宣讲3场以上", "3场"),
            ("发放宣传资料5,000余份", "5000份"),
            ("惠及群众1.2万人次", "1.2万人次"),
            ("安排经费６０万元", "60万元"),
            ("改造面积60万平方米、管网24.5公里", "60万平方米 24.5公里"),
            ("上报不超过二十名候选人", "20名"),
            ("覆盖率不低于95%", "95%"),
            ("评选十个示范社区", "10个"),
            ("每月至少曝光一个典型案例", "1个"),
            ("走访企业30家、商户120户", "30家 120户"),
            ("举办讲座2场次，参加200余人", "2场次 200人"),
            ("开展3次至5次抽查", "3~5次"),
            ("每月召开一次例会", "1次"),
            ("每个县至少组织100人次参观", "100人次"),
            ("短视频不少于5篇、每篇上报2～3张图片", "5篇 2~3张"),
            ("参训人员不少于200人，培训率达到100%", "200人 100%"),
            ("遴选2-3个县承担任务", "2~3个"),
            ("每周五至少报送信息1条", "1条"),
            ("设一等奖１名、二等奖三名", "1名 3名"),
            ("每两个月安排一次会议", "1次"),
            ("至少结成5对帮扶对子", "5对"),
            ("投放鱼苗30万尾", "30万尾"),
            ("大喇叭每日播一遍", "1遍"),
            ("检定电子秤300台件", "300台件"),
            ("看一部影片、唱一首歌、出一期板报", "1部 1首 1期"),
            ("新建垃圾处理场一座，年底投用", "1座"),
            ("新建护林站二十个，改造蓄水池十五处。", "20个 15处"),
        ] {
            assert_eq!(read(text), want, "{text}");
        }
    }

    #[test]
    fn what_counts_nothing() {
        for text in [
            "今年6月是第22个全国活动月",
            "安全宣传“五进”活动",
            "公布“一案双罚”案例",
            "“五个一”活动",
            "坚持“三个必须”",
            "主要领导是一把手",
            "聚焦三个关键环节",
            "实行一户一策、一企一档",
            "落实7项职责",
            "为期3个月",
            "提高2个百分点",
            "拨打12350",
            "建成4/5G网络",
            "2023年6月16日",
            "第三次全体会议",
            "一次性补贴",
            "每一个环节",
            "民族团结一家亲",
            "统一名称",
            "（2024）湛仲字第2342号",
            "落实十五条措施",
            "DN100管道",
            "合格数/总数×100%",
            "防止二次污染",
            "推行最多跑一次改革",
            "一次办结率",
            "列明谁查、多久查一次",
            "出一份力",
            "结对帮扶、5对比分析",
        ] {
            assert_eq!(read(text), "", "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[0-9一二十百第至个次场万余，.\n “”名%人-]{0,60}") {
            let mut last = 0;
            for q in find(&text, Span::new(0, text.len())) {
                prop_assert!(q.span.start >= last && !q.span.of(&text).is_empty());
                prop_assert!(q.max.is_none_or(|m| m > q.value));
                last = q.span.end;
            }
        }
    }
}
