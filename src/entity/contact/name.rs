//! Names of persons after 联系人: split, blanks within left out, titles taken off.

use super::cells::Cells;
use super::label::LabelKind;
use super::label::ends_as_office;
use super::value::Values;
use crate::span::Span;
use crate::text::fold::is_han;
use crate::text::words::Words;
use crate::text::words::words;

/// Words after a name that are not of it.
const TITLES: [&str; 29] = [
    "同志",
    "先生",
    "女士",
    "老师",
    "科长",
    "处长",
    "主任",
    "局长",
    "所长",
    "队长",
    "科员",
    "股长",
    "站长",
    "院长",
    "校长",
    "部长",
    "书记",
    "干事",
    "干部",
    "主席",
    "副科长",
    "副处长",
    "副主任",
    "副局长",
    "副所长",
    "副队长",
    "副股长",
    "副站长",
    "副书记",
];
/// Words that stand where a name would.
static NO_NAMES: Words = Words::new(&[
    "同志",
    "如下",
    "电话",
    "单位",
    "姓名",
    "待定",
    "签字",
    "签名",
    "盖章",
    "手机",
    "见附件",
    "详见",
    "另行通知",
    "部门",
    "职务",
    "备注",
    "传真",
    "邮箱",
    "地址",
    "名单",
    "信息",
    "方式",
    "年",
    "月",
    "日",
    "填写",
    "人员",
    "负责人",
]);

/// Reads the names that begin with the Han character at `at`; the character after them, and whether any was taken.
///
/// Within a list of numbers a name counts only with a number after it; so does one after a comma.
pub(super) fn read(
    cells: &Cells<'_>,
    at: usize,
    end: usize,
    kind: LabelKind,
    after_comma: bool,
    values: &mut Values,
) -> (usize, bool) {
    let mut to = at;
    while to < end && to - at < 48 && is_name_char(cells.chars[to]) {
        to += 1;
    }
    let names_wanted = matches!(kind, LabelKind::Name | LabelKind::Liaison);
    let phones_wanted = matches!(
        kind,
        LabelKind::Phone | LabelKind::Both | LabelKind::Hotline
    );
    let number_next = number_follows(cells, to);
    let closes = to >= end || matches!(cells.get(to), Some(',' | ';' | '。' | ')' | '、' | '('));
    // ；农机股：韩梅，5550102
    let office = || {
        matches!(cells.get(to), Some(':' | ','))
            && to - at >= 3
            && at.checked_sub(1).and_then(|i| cells.get(i)) == Some(';')
            && ends_as_office(&cells.string(at, to))
    };
    let taken = if names_wanted {
        if after_comma {
            // 联系人：李雷，韩梅；电话…
            let plain = || is_plain_name(&cells.string(at, to)) && !cells.gap_within(at, to);
            number_next || closes && plain() || office()
        } else {
            number_next || closes || matches!(cells.get(to), Some('/' | ':' | '_' | '|'))
        }
    } else {
        phones_wanted && number_next
    };
    if !taken {
        return (at, false);
    }
    // 李雷　职务：副科长
    if cells.get(to) == Some(':')
        && to > at + 3
        && cells.gap(to - 2)
        && matches!(
            cells.string(to - 2, to).as_str(),
            "职务" | "职称" | "性别" | "备注"
        )
    {
        to -= 2;
    }
    let words = words(cells, at, to);
    let mut names = Vec::new();
    let mut organization = None;
    let many = words.len() > 1;
    // 系统维护人员　李雷　0571-…: whom the last word of the run names
    let last_named = many && words.last().is_some_and(|word| is_plain_name(word));
    let named = last_named && number_next;
    let last = words.len().saturating_sub(1);
    for (n, word) in words.into_iter().enumerate() {
        // 李雷　韩梅　老师, 负责人　李雷
        if many && (n > 0 && is_title(&word) || word == "负责人") {
            continue;
        }
        if last_named && n < last && is_short_office(&word) {
            organization = Some(word);
            continue;
        }
        let duty = named && n < last && is_duty(&word);
        // 联系人：防治科：李雷
        let heads = !many && cells.get(to) == Some(':') && !is_plain_name(&word);
        if heads && word.chars().nth(2).is_some() && ends_as_office(&word) {
            organization = Some(word);
            continue;
        }
        match person(&word, many) {
            None if duty => organization = Some(word),
            // among numbers only what begins as a name does: 电话报名8765…
            Some(Person::Name(name))
                if !names_wanted && !is_plain_name(&name) && !name.contains('·') =>
            {
                return (at, false);
            }
            // 电话：计财科5550101、文教科5550102
            Some(Person::Name(office)) if kind != LabelKind::Name && office.ends_with('科') => {
                organization = Some(office);
            }
            Some(Person::Name(name)) => names.push(name),
            Some(Person::Office(office)) => organization = Some(office),
            Some(Person::Both(office, name)) => {
                organization = Some(office);
                names.push(name);
            }
            None => return (at, false),
        }
    }
    if names.is_empty() && organization.is_none() {
        return (at, false);
    }
    values.names.extend(names);
    if organization.is_some() && values.organization.is_none() {
        values.organization = organization;
    }
    (to, true)
}

fn is_name_char(c: char) -> bool {
    is_han(c) || matches!(c, '·' | '•' | '‧' | '・')
}

fn number_follows(cells: &Cells<'_>, to: usize) -> bool {
    let mut i = to;
    // 李雷（县商务局）0571-5550101
    if cells.get(to) == Some('(')
        && let Some((close, note)) = super::value::note(cells, to)
        && note.chars().all(is_han)
    {
        i = close + 1;
    }
    let to = i;
    while i < to + 2 && matches!(cells.get(i), Some(':' | '(' | ',' | '、' | '-' | '+')) {
        i += 1;
    }
    (i..i + 3).all(|i| cells.get(i).is_some_and(|c| c.is_ascii_digit()))
}

/// The words of a line that blanks part; a blank within a name, 李　晓　峰, parts nothing.
pub(super) fn words_of(text: &str, line: Span) -> Vec<String> {
    let cells = Cells::new(text, line);
    words(&cells, 0, cells.len())
}

/// The same of the characters from `from` to `to`, less a stop at their end.
pub(super) fn words_between(cells: &Cells<'_>, from: usize, to: usize) -> Vec<String> {
    let to = (from..to)
        .rev()
        .find(|i| is_han(cells.chars[*i]))
        .map_or(from, |last| last + 1);
    words(cells, from, to)
}

/// The words of a run, split at blanks; single characters join what stands beside them: 林 朱 is 林朱.
fn words(cells: &Cells<'_>, from: usize, to: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    let mut singles = 0;
    for i in from..to {
        let c = cells.chars[i];
        if i == from || cells.gap(i) {
            let single = i + 1 >= to || cells.gap(i + 1);
            let last_single = out.last().is_some_and(|w| w.chars().count() == 1);
            // 王 晓 峰
            let third = single && singles == 2 && (i + 1 >= to || !cells.gap(i + 2) && i + 2 < to);
            let joins = out.last().is_some_and(|w| {
                last_single || third || (single && open && w.chars().count() == 2)
            });
            singles = match single {
                true => singles + 1,
                false => 0,
            };
            if joins && let Some(last) = out.last_mut() {
                // what was joined once is whole
                open = false;
                last.push(c);
                continue;
            }
            open = !single;
            out.push(c.to_string());
        } else if let Some(last) = out.last_mut() {
            last.push(c);
        }
    }
    out
}

/// The most frequent surnames of one character; a name that no label announces must begin with one.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈\
姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛\
邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴\
蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟冼荀卿禤邬边卞姬师和仇\
栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝酆皮禹狄贝伏谈茅奚昝郁訾芮羿糜邴隗蒯郗蔺钭郏逄璩濮扈燕阙殳蔚夔晁鞠荆竺逯\
桓綦揭亓仉";

/// Surnames of two characters.
static DOUBLE_SURNAMES: Words = Words::new(&[
    "欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文", "长孙",
    "司徒", "司空", "夏侯", "端木", "南宫", "独孤", "轩辕", "闻人", "赫连", "澹台", "濮阳", "申屠",
    "钟离", "鲜于", "闾丘", "呼延", "万俟", "淳于", "单于", "拓跋", "完颜",
]);

/// Last characters of offices that no name ends in.
const OFFICES: [char; 12] = [
    '局', '股', '办', '处', '室', '站', '所', '厅', '委', '部', '组', '院',
];

/// Whether the word can be a name that stands alone: two or three characters from a surname on, four from a double one.
pub(in crate::entity) fn is_plain_name(word: &str) -> bool {
    let count = word.chars().count();
    if (3..=4).contains(&count) && DOUBLE_SURNAMES.begin(word) && !ends_as_office(word) {
        return true;
    }
    (2..=3).contains(&word.chars().count())
        && word.chars().next().is_some_and(|c| SURNAMES.contains(c))
        && !NO_NAMES.hold(word)
        && !word.ends_with(OFFICES)
        && !(ends_as_office(word) && word.chars().count() < 3)
}

/// The words of a cell; a blank within a name, 李 雷, parts nothing.
fn pieces(cell: &str) -> Vec<String> {
    let mut out = Vec::new();
    for piece in cell.split(['、', '，', ',', '/', ';', '；']) {
        let words: Vec<&str> = piece.split_whitespace().collect();
        if words.iter().any(|w| w.chars().count() == 1) {
            out.push(words.concat());
        } else {
            out.extend(words.iter().map(ToString::to_string));
        }
    }
    out
}

/// The names of a table's cell, and the office that stands with them.
pub(super) fn of_cell(cell: &str) -> Option<(Vec<String>, Option<String>)> {
    let mut names = Vec::new();
    let mut office = None;
    for piece in pieces(cell) {
        let piece = piece.as_str();
        if piece.is_empty() {
            continue;
        }
        match person(piece, false)? {
            Person::Name(name) => names.push(name),
            Person::Office(name) => office = Some(name),
            Person::Both(name, who) => {
                office = Some(name);
                names.push(who);
            }
        }
    }
    (!names.is_empty() && names.iter().all(|n| n.chars().all(is_name_char)))
        .then_some((names, office))
}

/// Whether the word names a column of a form rather than a person: 姓名及, 姓名和职务, 电话等.
fn is_header(word: &str) -> bool {
    static HEADERS: Words = Words::new(&[
        "姓名", "名单", "职务", "电话", "方式", "信息", "手机", "邮箱", "号码", "情况",
    ]);
    let word = word.trim_end_matches(['及', '和', '与', '、', '等', '或']);
    // 信息所, 信息中心: an office
    if word.chars().nth(2).is_some() && ends_as_office(word) {
        return false;
    }
    HEADERS.begin(word) || HEADERS.end(word)
}

/// Whether the word says what somebody does rather than who it is: 系统维护人员, 报名咨询.
fn is_duty(word: &str) -> bool {
    (4..=16).contains(&word.chars().count())
        && words![
            "人员",
            "负责人",
            "专员",
            "客服",
            "咨询",
            "事宜",
            "业务",
            "问题",
            "支持",
            "服务",
            "工作",
            "方面",
            "维护",
            "管理员"
        ]
        .end(word)
}

enum Person {
    Name(String),
    Office(String),
    Both(String, String),
}

fn person(word: &str, many: bool) -> Option<Person> {
    // 相关咨询：县水利局 5550101
    if NO_NAMES.hold(word) || is_header(word) || words!["咨询", "报名", "投诉", "监督"].end(word)
    {
        return None;
    }
    // 活动联系人李雷的邮箱
    let word = word
        .strip_suffix('的')
        .filter(|w| is_plain_name(w))
        .unwrap_or(word);
    let name = without_title(word);
    let count = name.chars().count();
    if name.contains(['·', '•', '‧', '・']) {
        return (count <= 20).then(|| Person::Name(name.to_string()));
    }
    // 联络员名单报县水利局: the label stands in a sentence
    if count > 4 && words!["名单", "姓名", "电话", "方式"].begin(word) {
        return None;
    }
    // 行政楼204: a place
    if count >= 3 && word.ends_with('楼') {
        return None;
    }
    // 市水利局农水股股长
    if name.len() < word.len() && count >= 4 && ends_as_office(name) {
        return Some(Person::Office(name.to_owned()));
    }
    let sure = word.ends_with(OFFICES) || words!["中心", "公司", "大学", "学院", "中学"].end(word);
    if count >= 3 && ends_as_office(word) && (many || count > 4 || sure) {
        return Some(Person::Office(word.to_string()));
    }
    if (2..=4).contains(&count) {
        // 区安办张三 and 安监科李四 hold an office of two or three characters
        return Some(match split(name) {
            Some((office, person)) if count == 4 && office.chars().count() > 1 => {
                Person::Both(office, person)
            }
            _ => Person::Name(name.to_string()),
        });
    }
    if count > 4 {
        return split(name).map(|(office, name)| Person::Both(office, name));
    }
    None
}

/// The office, if any, and the plain name that the words are: 党政办李雷.
pub(super) fn office_and_name(words: &str) -> Option<(Option<String>, String)> {
    match person(words, false)? {
        Person::Both(office, name) => is_plain_name(&name).then_some((Some(office), name)),
        Person::Name(name) => is_plain_name(&name).then_some((None, name)),
        Person::Office(_) => None,
    }
}

fn without_title(word: &str) -> &str {
    for title in TITLES.iter().rev() {
        if let Some(rest) = word.strip_suffix(title)
            && rest.chars().count() >= 2
        {
            return rest;
        }
    }
    word
}

/// An office and the name after it, of a word without blank: 区安委办张三, 县林业局站长张三.
fn split(word: &str) -> Option<(String, String)> {
    let chars: Vec<char> = word.chars().collect();
    for len in [2, 3] {
        let cut = chars.len().checked_sub(len)?;
        let head: String = chars[..cut].iter().collect();
        let name: String = chars[cut..].iter().collect();
        let office = match without_title(&head) {
            office if office.len() < head.len() && !is_plain_name(&name) => continue,
            office => office,
        };
        let strong = office.ends_with(['局', '处', '科', '室', '办', '委', '部', '厅', '股'])
            || words!["中心", "公司", "街道", "大队", "支队", "总队"].end(office);
        // 县总工会李雷, 第一组韩梅: the name must be sure
        let weak = || ends_as_office(office) && is_plain_name(&name);
        if cut >= 2 && !is_title(&name) && (strong || weak()) {
            return Some((office.to_owned(), name));
        }
    }
    None
}

/// The office that a post of it names: 水利股股长.
pub(super) fn office_of_post(post: &str) -> Option<String> {
    let office = without_title(post);
    (office.len() < post.len() && ends_as_office(office)).then(|| office.to_owned())
}

/// Whether the word is a post, not a name: 股长, 副股长.
pub(super) fn is_title(word: &str) -> bool {
    TITLES.contains(&word)
}

/// Whether a word of two characters before a name is an office: 工会　李雷.
fn is_short_office(word: &str) -> bool {
    const SURE: [&str; 5] = ["党委", "党办", "安办", "安委", "文联"];
    word.chars().count() == 2
        && (SURE.contains(&word)
            || ends_as_office(word) && !word.starts_with(|c: char| SURNAMES.contains(c)))
}
