//! 发文机关: who issues a notice, by its signature, its title, its letterhead.

use super::noted::noted;
use super::signed;
use crate::entity::region;
use crate::outline::Outline;
use crate::outline::organ;
use crate::outline::part::Part;
use crate::outline::shape;
use crate::span::Span;
use crate::text::fold;
use crate::text::numeral;
use crate::text::words::Words;
use crate::text::words::words;

/// The organs that signed; else those that the title begins with; else those of the letterhead.
pub(super) fn issuers(text: &str, outline: &Outline) -> Vec<String> {
    let notice = &outline.parts[0];
    let mut out: Vec<String> = Vec::new();
    for line in &notice.closing.signers {
        let name = line.of(text);
        match name.contains('\n') {
            // a name that its line breaks
            true => out.extend(organs(&name.lines().map(str::trim).collect::<String>())),
            false => out.extend(organs(name)),
        }
    }
    let lines: Vec<&str> = notice.header.title.iter().map(|s| s.of(text)).collect();
    let titled = title_organs(&lines.join("\n"));
    out = signed::named_apart(out, &titled);
    let signed = out.clone();
    for name in &mut out {
        // 甲市乙镇人民政府 in the title, 乙镇人民政府 below: the title says more
        let fuller = titled
            .iter()
            .find(|t| t.len() > name.len() && t.ends_with(name.as_str()));
        // 甲局乙局 written together say no more than 乙局
        if let Some(fuller) = fuller
            && !signed
                .iter()
                .any(|other| other != name && fuller.starts_with(other.as_str()))
        {
            name.clone_from(fuller);
        }
    }
    if out.is_empty() {
        out = titled;
        // an organ alone on the title's first line
        if let (true, [first, _, ..]) = (out.is_empty(), lines.as_slice())
            && organ::is_organ(first)
            && first.chars().count() >= 4
        {
            out = organs(first);
        }
    }
    if out.is_empty() {
        out.extend(
            notice
                .header
                .notes
                .iter()
                .filter_map(|note| noted(text, *note)?.organ),
        );
    }
    if out.is_empty() {
        let notes = notice.header.notes.iter();
        out.extend(notes.flat_map(|note| before_date(text, *note)));
    }
    if out.is_empty() {
        for line in &notice.header.letterhead {
            let squeezed = fold::without_blanks(line.of(text));
            let name = squeezed.trim_end_matches("文件");
            // 丙省甲市人民政府 above 甲市人民政府令第3号: collections put the province before it
            let ordered = ordering(text, notice).filter(|organ| name.ends_with(organ));
            if organ::is_organ(name) {
                out.extend(organs(ordered.unwrap_or(name)));
            }
        }
    }
    if out.is_empty() {
        out.extend(of_order(text, outline));
    }
    if out.is_empty() {
        out.extend(signed::elsewhere(text, outline));
    }
    let mut seen = std::collections::HashSet::new();
    out.retain(|name| seen.insert(name.clone()));
    out
}

/// The organs before the date on a line below the title: 甲县林业局　2031年5月6日.
fn before_date(text: &str, note: Span) -> Vec<String> {
    let date = shape::date_span(text, note);
    let name = date.map_or("", |date| Span::new(note.start, date.start).of(text).trim());
    match organ::is_organ(name) && name.chars().count() > 3 {
        true => organs(name),
        false => Vec::new(),
    }
}

/// The organ of an order that a text was made public by: 甲市人民政府令 alone on its line above the text.
fn of_order(text: &str, outline: &Outline) -> Option<String> {
    const LINES: usize = 24;
    let lines = outline.paragraphs.iter().filter(|p| !p.is_blank());
    lines.take(LINES).find_map(|p| {
        let line = p.content.of(text);
        fold::count_within(line, 40)?;
        let line = fold::without_blanks(line);
        let (organ, number) = line.rsplit_once('令')?;
        let numbered = number.is_empty() || number.starts_with('第') && number.ends_with('号');
        (numbered && organ.chars().count() > 4 && organ::is_organ(organ)).then(|| organ.to_owned())
    })
}

/// The organ of a number such as 甲市人民政府令第3号.
fn ordering<'t>(text: &'t str, notice: &Part) -> Option<&'t str> {
    let number = notice.header.doc_number?.of(text);
    let (organ, _) = number.split_once("令第")?;
    (organ.chars().count() > 4 && organ::is_organ(organ)).then_some(organ)
}

/// The organs before 关于 or 印发 in a title.
pub(super) fn title_organs(title: &str) -> Vec<String> {
    const ACTS: [&str; 9] = [
        "关于", "印发", "转发", "批转", "发布", "公布", "下发", "办理", "对",
    ];
    // 甲市统计局2022年执法检查计划: the organ ends where the year begins
    let year = title
        .match_indices('年')
        .filter_map(|(at, _)| {
            let head = &title[..at];
            let kept = head.trim_end_matches(|c: char| fold::fold(c).is_ascii_digit());
            let organ = kept.chars().next_back().is_some_and(ends_organ);
            (organ && head[kept.len()..].chars().count() == 4).then_some(kept.len())
        })
        .next();
    let acts = ACTS.iter().filter_map(|w| title.find(w));
    let Some(end) = acts.chain(year).min() else {
        return leading_organ(title)
            .map(str::to_owned)
            .into_iter()
            .collect();
    };
    let before = &title[..end];
    if before.contains(['《', '“', '年']) {
        return Vec::new();
    }
    let before = before.trim();
    // 甲局等五部门关于…: the rest are not named
    let before = match before.rfind('等') {
        Some(at) if before[at..].contains("部门") || before[at..].contains("单位") => {
            &before[..at]
        }
        _ => before,
    };
    // 公安机关办理…规定: a class of organs
    if organ::is_organ(before) && !before.ends_with("机关") || before.ends_with("中央") {
        organs(before)
    } else {
        Vec::new()
    }
}

/// The organ that a title without 关于 begins with: 甲镇人民政府防汛预案, 甲县乙小学演练方案.
fn leading_organ(title: &str) -> Option<&str> {
    const SEATS: [&str; 3] = ["人民政府办公室", "街道办事处", "人民政府"];
    const SCHOOLS: [&str; 5] = ["小学", "中学", "幼儿园", "医院", "学院"];
    let ends_at = |word: &&str| title.find(*word).map(|at| (at, at + word.len()));
    // 甲市总工会公告, 甲银行令
    let alone = words!["会议纪要", "公告", "通告", "命令", "令", "公报"].strip_end(title);
    if let Some(name) = alone.filter(|n| n.chars().count() >= 4 && !n.starts_with(['各', '全']))
        && organ::is_organ(name)
        && !name.contains(['“', '《', '、', '和'])
    {
        return Some(name);
    }
    let seat = SEATS.iter().filter_map(ends_at).next();
    // 全县中小学, 各小学生: a class of schools is no organ
    let school = || {
        SCHOOLS.iter().filter_map(ends_at).find(|(at, end)| {
            let named = &title[..*at];
            !named.ends_with(['中', '小', '各', '级', '县', '区', '市', '镇', '乡', '全'])
                // 计算机学院教学检查方案
                && (named.chars().nth(2).is_some() && title[..*end].ends_with("学院")
                    && !title[*end..].starts_with(['生', '校', '及', '和', '、', '系', '所'])
                    || !title[*end..].starts_with(['生', '校', '教', '学', '及', '和', '、', '系']))
        })
    };
    let Some((_, end)) = seat.or_else(school) else {
        let title = without_year(title);
        return bureau(title).or_else(|| office(title));
    };
    let name = without_year(&title[..end]);
    let whole = name.chars().count() >= 5
        && !name.contains(['“', '《', '（', '、', '和'])
        && !name.starts_with(['各', '全'])
        && organ::is_organ(name);
    whole.then_some(name)
}

/// The office of a school that the title begins with: 教务处教学检查计划.
fn office(title: &str) -> Option<&str> {
    let rest = organ::SCHOOL_OFFICES.strip(title)?;
    let own = rest.chars().nth(3).is_some()
        && !rest.starts_with(['、', '和', '与', '长', '主', '的', '系', '罚', '分', '理']);
    own.then(|| &title[..title.len() - rest.len()])
}

/// The bureau of a place that the title begins with: 甲县林业局护林值班制度. Its own branches are other organs.
fn bureau(title: &str) -> Option<&str> {
    const LONGEST: usize = 60;
    let place = region::leading(title);
    let named = title.get(place..).filter(|_| place > 0)?;
    let (at, end) = ["局", "委员会", "法院", "检察院"]
        .iter()
        .filter_map(|end| Some((named.find(end)?, end)))
        .min()?;
    let name = &title[..place + at + end.len()];
    let rest = &title[name.len()..];
    let branches = words![
        "分局",
        "支队",
        "大队",
        "中队",
        "派出所",
        "办公室",
        "中心",
        "站",
        "所",
        "科",
        "股",
        "处",
        "校",
        "学院",
        "党组",
        "党委",
        "委员会",
        "部"
    ];
    let head: String = rest.chars().take(10).collect();
    let of_place = &named[..at];
    // 布局 is no 局, 村民委员会 no organ that issues, and 落实省教育局要求 says what is done
    let is_organ = match *end {
        "局" => !of_place.ends_with([
            '布', '格', '结', '大', '开', '破', '全', '新', '定', '时', '战', '棋',
        ]),
        "委员会" => !words![
            "村民", "居民", "业主", "职工", "家长", "学生", "评标", "仲裁", "调解", "伦理"
        ]
        .end(of_place),
        _ => true,
    };
    let acts = words![
        "落实", "贯彻", "执行", "推进", "加强", "做好", "开展", "迎接", "配合", "优化", "转发"
    ];
    (at > 0
        && at <= LONGEST
        && is_organ
        && !acts.is_in(of_place)
        && !rest.is_empty()
        && !branches.is_in(&head)
        && !rest.starts_with([
            '部', '势', '面', '长', '限', '域', '促', '机', '党', '直', '属', '、', '和', '及',
            '与',
        ]))
    .then_some(name)
}

/// 2031年甲县乙小学, 2031—2032学年度第一学期甲县乙小学, 二〇三一年度甲县乙小学: the name alone.
fn without_year(name: &str) -> &str {
    let after = year_end(name).and_then(|rest| {
        // 2031—2032, 2031年至2032年
        let to = rest.strip_prefix('年').unwrap_or(rest);
        let to = to.trim_start_matches(['—', '–', '－', '-', '～', '~', '至', '/', '─']);
        let rest = year_end(to).unwrap_or(rest);
        match rest.strip_prefix("年度假") {
            Some(_) => rest.strip_prefix('年'),
            None => words!["学年度", "学年", "年度", "年"].strip(rest),
        }
    });
    let Some(mut rest) = after else {
        return name;
    };
    loop {
        rest = rest.trim_start_matches(fold::is_blank);
        let Some(next) = PERIODS.strip(rest).or_else(|| after_month(rest)) else {
            break;
        };
        rest = next;
    }
    match rest.is_empty() {
        true => name,
        false => rest,
    }
}

/// Parts of a year that stand behind it.
static PERIODS: Words = Words::new(&[
    "春季学期",
    "秋季学期",
    "春季",
    "夏季",
    "秋季",
    "冬季",
    "寒假",
    "暑假",
    "暑期",
    "上半年",
    "下半年",
    "上学期",
    "下学期",
    "第一学期",
    "第二学期",
    "第一季度",
    "第二季度",
    "第三季度",
    "第四季度",
    "一季度",
    "二季度",
    "三季度",
    "四季度",
]);

/// What follows the four figures or Chinese digits of a year.
fn year_end(words: &str) -> Option<&str> {
    let end = words.char_indices().nth(4).map(|(at, _)| at)?;
    let (year, rest) = words.split_at(end);
    let value = numeral::value(year)?;
    ((1900..=2100).contains(&value)).then_some(rest)
}

/// What follows 3月, 3月份 or 3月5日.
fn after_month(words: &str) -> Option<&str> {
    let figures = |words: &str| -> usize {
        let digits = words
            .chars()
            .take_while(|c| fold::fold(*c).is_ascii_digit());
        digits.map(char::len_utf8).sum()
    };
    let numbered = |words: &str| Some(figures(words)).filter(|len| *len > 0);
    let rest = words[numbered(words)?..].strip_prefix('月')?;
    let day = numbered(rest).and_then(|len| rest[len..].strip_prefix('日'));
    Some(day.or(rest.strip_prefix('份')).unwrap_or(rest))
}

/// The names on one line: parted by blanks or 、, or written together (甲区教育局甲区文化局).
pub(super) fn organs(line: &str) -> Vec<String> {
    let line = without_seal(line);
    let mut quoted = false;
    let parts = |c: char| {
        quoted = c == '“' || quoted && c != '”';
        // 甲县“三清、三拆”工作领导小组
        fold::is_blank(c) || !quoted && matches!(c, '、' | '，' | ',')
    };
    let mut pieces: Vec<String> = line
        .split(parts)
        .map(without_seal)
        .filter(|p| !p.is_empty() && !is_seal(p))
        .map(str::to_owned)
        .collect();
    // blanks that only set the characters apart (教 育 局), or a name broken after its place
    let whole = |p: &String| {
        (p.chars().count() >= 3 && organ::is_organ(p))
            || ["中共中央", "团委", "工会", "妇联"].contains(&p.as_str())
    };
    if !pieces.iter().all(whole) {
        pieces = vec![fold::without_blanks(line)];
    } else if let [organ, office] = pieces.as_slice()
        && organ::is_office_of(organ, office)
        && !line.contains('、')
    {
        pieces = vec![format!("{organ}{office}")];
    }
    pieces.iter().flat_map(|p| written_together(p)).collect()
}

/// （盖章）, （章） behind a name.
fn without_seal(line: &str) -> &str {
    let line = line.trim();
    match line.rfind(['（', '(']) {
        Some(at) if at > 0 && is_seal(&line[at..]) => line[..at].trim(),
        _ => line,
    }
}

/// （印章）, （代章）.
fn is_seal(words: &str) -> bool {
    words.starts_with(['（', '(']) && words.contains('章')
}

/// Parts names written together, each of which begins with the same place: 甲区教育局甲区文化局.
fn written_together(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    // most names hold no end of another
    let inner = chars.split_last().map_or(&[][..], |(_, inner)| inner);
    if !inner.iter().any(|c| ends_organ(*c)) {
        return vec![name.to_owned()];
    }
    // 中共甲市委办公室甲市人民政府办公室: the place stands behind 中共
    let place = usize::from(name.starts_with("中共")) * 2;
    let prefix = (2..=6.min(chars.len() / 2)).rev().find_map(|n| {
        let named = chars.get(place..place + n)?;
        let cuts: Vec<usize> = (place + n + 1..chars.len().saturating_sub(n))
            .filter(|i| chars[*i..*i + n] == *named && ends_organ(chars[*i - 1]))
            .collect();
        (!cuts.is_empty()).then_some(cuts)
    });
    let Some(cuts) = prefix else {
        return parted_by_league(name);
    };
    let mut out = Vec::new();
    let mut from = 0;
    for cut in cuts.into_iter().chain([chars.len()]) {
        out.push(chars[from..cut].iter().collect());
        from = cut;
    }
    match is_of_both(&out) {
        true => vec![name.to_owned()],
        false => out.iter().flat_map(|name| parted_by_league(name)).collect(),
    }
}

/// Parts the names of which the second begins with what is above all places: 共青团甲县委员会邮政储蓄银行甲县支行.
fn parted_by_league(name: &str) -> Vec<String> {
    const FIRST: [&str; 7] = [
        "中国",
        "中共",
        "共青团",
        "邮政储蓄银行",
        "国家税务总局",
        "国网",
        "政协",
    ];
    let parts = |at: &usize| {
        let (one, other) = name.split_at(*at);
        one.chars().next_back().is_some_and(ends_organ)
            && one.chars().nth(4).is_some()
            && organ::is_organ(one)
            && organ::is_organ(other)
    };
    let at = FIRST
        .iter()
        .filter_map(|first| name.match_indices(first).map(|(at, _)| at).find(parts))
        .min();
    match at {
        Some(at) => vec![name[..at].to_owned(), name[at..].to_owned()],
        None => vec![name.to_owned()],
    }
}

/// 中共甲市委甲市人民政府信访局: one organ of the party's committee and of the government.
fn is_of_both(names: &[String]) -> bool {
    let [committee, of_government] = names else {
        return false;
    };
    let rest = of_government.split_once("政府").map(|(_, rest)| rest);
    committee.ends_with('委') && rest.is_some_and(|rest| !matches!(rest, "" | "办公室" | "办公厅"))
}

fn ends_organ(c: char) -> bool {
    "局会府办室处厅院部委司队社署".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unsigned_rule_is_of_the_bureau_that_its_title_begins_with() {
        for (title, want) in [
            (
                "吉林省磐石市林业局护林值班制度",
                &["吉林省磐石市林业局"][..],
            ),
            (
                "2031年磐石市城市管理执法局听证告知制度",
                &["磐石市城市管理执法局"],
            ),
            ("磐石市公安局城关派出所值班制度", &[]),
            ("磐石市林业局部门预算", &[]),
            ("磐石市局部整治方案", &[]),
            ("林业局护林值班制度", &[]),
            ("磐石市中小学布局调整方案", &[]),
            ("吉林省村民委员会选举办法", &[]),
            ("磐石市城市社区居民委员会换届选举工作方案", &[]),
            ("磐石市落实省教育局要求工作方案", &[]),
            ("研究生院系调整方案", &[]),
            ("后勤处罚款管理办法", &[]),
            ("计算机与信息学院课程建设方案", &["计算机与信息学院"]),
            ("2031年外国语学院教学检查计划", &["外国语学院"]),
            ("教务处教学检查计划", &["教务处"]),
            ("学院课程建设方案", &[]),
            ("中医药学院校合作方案", &[]),
            ("教务处长培训方案", &[]),
        ] {
            assert_eq!(title_organs(title), want, "{title}");
        }
    }

    #[test]
    fn several_names_stand_on_a_line() {
        assert_eq!(
            organs("甲县林业局（印章）　　甲县公安局 （章）"),
            ["甲县林业局", "甲县公安局"]
        );
        assert_eq!(
            organs("甲市第一人民医院 护理部"),
            ["甲市第一人民医院护理部"]
        );
        assert_eq!(organs("甲大学　后勤处"), ["甲大学后勤处"]);
        assert_eq!(organs("甲集团公司 安全环保部"), ["甲集团公司安全环保部"]);
        assert_eq!(organs("甲县人民医院　甲县卫生局").len(), 2);
        assert_eq!(organs("德育处 保卫处").len(), 2);
        assert_eq!(organs("甲县人民医院、护理部").len(), 2);
        let one = "甲县“三清、三拆”工作领导小组办公室";
        assert_eq!(organs(one), [one]);
        assert_eq!(organs("甲县林业局、甲县公安局").len(), 2);
        assert_eq!(
            organs("共青团甲县委员会邮政储蓄银行甲县支行"),
            ["共青团甲县委员会", "邮政储蓄银行甲县支行"]
        );
        assert_eq!(organs("甲县国家税务局").len(), 1);
        assert_eq!(organs("甲省人民政府驻中国联络处").len(), 1);
    }

    #[test]
    fn a_year_before_the_name_is_not_of_it() {
        for year in [
            "2031年",
            "２０３１年",
            "2031年 ",
            "2031年度",
            "2031学年",
            "2031—2032学年度",
            "2031-2032学年第一学期",
            "2031年至2032年",
            "2031年春季学期",
            "2031年秋季",
            "2031年上半年",
            "2031年第一季度",
            "2031年3月",
            "2031年3月5日",
            "2031年度\n",
            "二〇三一年",
            "二○三一年度",
            "二〇三一—二〇三二学年",
        ] {
            let title = format!("{year}甲县乙小学春游方案");
            assert_eq!(title_organs(&title), ["甲县乙小学"], "{title}");
        }
    }

    #[test]
    fn what_only_looks_like_a_year_stays() {
        for name in [
            "二十一世纪小学",
            "一六一三小学",
            "甲县2031小学",
            "2031届小学",
            "2031年",
            "3月甲小学",
        ] {
            assert_eq!(without_year(name), name);
        }
        assert_eq!(without_year("2031年度假区乙小学"), "度假区乙小学");
        assert_eq!(without_year("2031年春晖乙小学"), "春晖乙小学");
        assert_eq!(without_year("2031年第一实验小学"), "第一实验小学");
        assert_eq!(without_year("二〇三一年三河小学"), "三河小学");
    }
}
