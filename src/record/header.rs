//! The header's fields: title, kind, issuers, addressees, date of issue, year and the marks of GB/T 9704.

use super::addressee;
use super::issue::issued;
use super::issuer::issuers;
use super::marks;
use super::noted::noted;
use crate::entity::doc_number;
use crate::outline::Outline;
use crate::outline::kind;
use crate::outline::part::Part;
use crate::span::Span;
use crate::text::fold;
use crate::text::numeral;
use jiff::civil::Date;

/// What the header and the closing of the notice itself say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeaderFields {
    /// The title, its line breaks joined.
    pub title: Option<String>,
    /// 文种.
    pub kind: Option<String>,
    /// 发文字号.
    pub doc_number: Option<String>,
    /// 发文机关: from the signature, else the title, else the letterhead.
    pub issuers: Vec<String>,
    /// 主送机关.
    pub addressees: Vec<String>,
    /// 抄送机关.
    pub copied_to: Vec<String>,
    /// 成文日期.
    pub issued: Option<Date>,
    /// Where dates of issue stand.
    pub issued_at: Vec<Span>,
    /// The year planned for.
    pub year: Option<i16>,
    /// 主动公开.
    pub publicity: Option<String>,
    /// 密级.
    pub secrecy: Option<String>,
    /// 紧急程度.
    pub urgency: Option<String>,
    /// 签发人.
    pub signer: Option<String>,
}

/// Reads the header fields.
#[must_use]
pub fn read(text: &str, outline: &Outline) -> HeaderFields {
    let notice = &outline.parts[0];
    let title = notice.header.title_text(text);
    let (issued, issued_at) = issued(text, outline);
    let mut fields = HeaderFields {
        kind: kind::last_kind(&title).map(str::to_owned),
        doc_number: number(text, notice),
        issuers: issuers(text, outline),
        addressees: addressee::addressees(text, notice),
        copied_to: addressee::copied_to(text, outline),
        issued,
        issued_at,
        year: first_year(&title).or_else(|| issued.map(Date::year)),
        publicity: publicity(text, outline),
        ..HeaderFields::default()
    };
    // the year of a signature whose day is left open
    let signed = || first_year(notice.closing.dates.first()?.of(text));
    fields.year = fields
        .year
        .or_else(signed)
        .or_else(|| numbered_year(fields.doc_number.as_deref()?))
        .or_else(|| told_year(text, outline));
    marks::read(text, notice, &mut fields);
    fields.title = (!title.is_empty()).then_some(title);
    fields.order(text, notice);
    fields
}

impl HeaderFields {
    /// 甲省人民政府令第12号, 甲部公告第5号: an order or announcement whose number is all its title.
    fn order(&mut self, text: &str, notice: &Part) {
        let line = notice
            .header
            .doc_number
            .map(|line| fold::joined(line.of(text)));
        let line = line.filter(|l| l.contains("公告") || l.contains("通告") || l.contains('令'));
        // 甲县总河长令⏎2031年第1号
        let order = notice
            .header
            .letterhead
            .last()
            .map(|line| fold::joined(line.of(text)));
        let order = order.filter(|line| line.ends_with('令') && line.chars().nth(3).is_some());
        if self.title.is_none() {
            self.title = line.or(order);
        }
        let Some(title) = self.title.as_deref() else {
            return;
        };
        let whole = || doc_number::whole_line(title, Span::new(0, title.len()));
        if self.doc_number.is_none() && title.ends_with('号') {
            self.doc_number = whole().map(|n| n.normal);
        }
        // GB/T 9704: 命令（令）
        let named = title.split_once('第').map_or(title, |(name, _)| name);
        let order = named.ends_with('令').then_some("命令");
        let kind = kind::last_kind(title).or(order);
        self.kind = self.kind.take().or(kind.map(str::to_owned));
    }
}

fn number(text: &str, notice: &Part) -> Option<String> {
    let line = notice
        .header
        .doc_number
        .and_then(|line| doc_number::whole_line(text, line));
    line.or_else(|| {
        notice
            .header
            .notes
            .iter()
            .find_map(|note| noted(text, *note)?.number)
    })
    .map(|n| n.normal)
}

/// The day that a date line names: 2023年5月29日, 二〇二三年五月二十九日, 2023年元月3日, 2023.5.29.
pub(super) fn day(date: &str) -> Option<Date> {
    let squeezed = fold::without_blanks(date);
    let mut numbers = squeezed.split(['年', '月', '日', '号', '.', '．', '-', '－', '/', '／']);
    let (year, month, day) = (numbers.next()?, numbers.next()?, numbers.next()?);
    let month = match month {
        "元" => 1,
        month => numeral::value(month)?,
    };
    Date::new(
        i16::try_from(numeral::value(year)?).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(numeral::value(day)?).ok()?,
    )
    .ok()
}

/// The year in the number, which is that of issue: 甲政发〔2011〕3号.
pub(super) fn numbered_year(number: &str) -> Option<i16> {
    let (_, year) = number.split_once('〔')?;
    let (year, _) = year.split_once('〕')?;
    let year = numeral::arabic(year).filter(|y| (1949..=2100).contains(y))?;
    i16::try_from(year).ok()
}

/// The first year that the notice names, but for one that it names as its goal: 到2035年.
fn told_year(text: &str, outline: &Outline) -> Option<i16> {
    let body = outline.parts.iter().flat_map(|p| &p.body).take(200);
    body.filter_map(|i| {
        let words = without_titles(outline.paragraphs[*i].content.of(text));
        let mut years = years(&words).filter(|(at, _)| !words[..*at].ends_with('到'));
        years.next().map(|(_, year)| year)
    })
    .next()
}

/// The text without what stands in 《》.
fn without_titles(text: &str) -> String {
    let mut depth = 0usize;
    let mut kept = String::new();
    for c in text.chars() {
        match c {
            '《' => depth += 1,
            '》' => depth = depth.saturating_sub(1),
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// The first year before 年 (or a dash and another year) in the text, outside 〔〕.
#[must_use]
pub fn first_year(text: &str) -> Option<i16> {
    years(text).next().map(|(_, year)| year)
}

/// Every such year, and where it begins.
fn years(text: &str) -> impl Iterator<Item = (usize, i16)> {
    let is_figure = |c: char| {
        let is_digit = fold::fold(c).is_ascii_digit();
        is_digit || (numeral::digit(c).is_some() && c != '两')
    };
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(is_figure)?;
        let after = &text[start..];
        let end = start + after.find(|c| !is_figure(c)).unwrap_or(after.len());
        rest = end;
        Some((start, end))
    })
    .filter_map(|(start, end)| {
        let is_year = text[end..].starts_with([
            '年', '-', '—', '–', '－', '至', '~', '～', '/', '学', '春', '秋',
        ]);
        // 二〇三五年远景目标
        let is_year = is_year && !text[end..].starts_with("年远景");
        let digits: String = text[start..end].chars().map(fold::fold).collect();
        let value = (is_year && digits.chars().count() == 4).then(|| numeral::value(&digits));
        let year = value.flatten().filter(|y| (1949..=2100).contains(y))?;
        Some((start, i16::try_from(year).ok()?))
    })
}

fn publicity(text: &str, outline: &Outline) -> Option<String> {
    let notes = outline
        .parts
        .iter()
        .flat_map(|p| p.closing.notes.iter().chain(&p.header.notes));
    notes.map(|n| n.of(text)).find_map(|note| {
        let open = [
            ("不予公开", "不予公开"),
            ("依申请公开", "依申请公开"),
            ("主动公开", "主动公开"),
            ("公开发布", "主动公开"),
        ];
        open.iter()
            .find(|(w, _)| note.contains(w))
            .map(|(_, p)| (*p).to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::super::issuer::organs;
    use super::super::issuer::title_organs;
    use super::*;
    use crate::outline;

    fn fields(text: &str) -> HeaderFields {
        read(text, &outline::read(text))
    }

    #[test]
    fn an_organ_and_its_day_may_stand_below_the_title() {
        for day in ["2031-7-11", "2031年7月11日", "2031.7.11"] {
            let f = fields(&format!(
                "关于开展护林教育的通知\n甲中学党总支\n{day}\n各支部：\n一、学习。\n二、讨论。\n"
            ));
            assert_eq!(f.issuers, ["甲中学党总支"], "{day}");
            assert_eq!(
                f.issued.map(|d| d.to_string()).as_deref(),
                Some("2031-07-11")
            );
            assert_eq!(f.addressees, ["各支部"], "{day}");
        }
    }

    #[test]
    fn an_order_is_of_the_organ_that_gives_it() {
        let order = "当前位置：首页 > 政务公开\n甲市护林办法 -->\n2031-02-09\n来源：甲市人民政府办公厅\n0\n -->\n甲市人民政府令\n第9号\n《甲市护林办法》已经2031年1月8日市政府常务会议通过，现予公布。\n市长：周小河\n2031年1月29日\n甲市护林办法\n第一条 为了护林，制定本办法。\n";
        let f = fields(order);
        assert_eq!(f.title.as_deref(), Some("甲市护林办法"));
        assert_eq!(f.issuers, ["甲市人民政府"]);
        assert_eq!(
            f.issued.map(|d| d.to_string()).as_deref(),
            Some("2031-01-29")
        );
    }

    #[test]
    fn a_number_and_those_addressed_on_one_line_are_two() {
        let f = fields(
            "关于护林的意见\n甲政办发〔2031〕9号各县、市、区人民政府，市各委办局：\n护林很重要。\n",
        );
        assert_eq!(f.doc_number.as_deref(), Some("甲政办发〔2031〕9号"));
        assert_eq!(f.addressees, ["各县、市、区人民政府", "市各委办局"]);
        let f = fields("关于护林的意见\n各县 （区）人民政府，市委和市政府各部门：\n护林很重要。\n");
        assert_eq!(f.addressees, ["各县（区）人民政府", "市委和市政府各部门"]);
    }

    #[test]
    fn letterhead_above_a_title_that_names_its_organ_is_not_of_it() {
        let title = "甲县林业局关于护林的函";
        for head in ["甲县林业局", "甲县林业局公文稿纸\n甲县林业局"] {
            let f = fields(&format!(
                "{head}\n{title}\n县财政局、县公安局：\n请予支持。\n"
            ));
            assert_eq!(f.title.as_deref(), Some(title), "{head}");
            assert_eq!(f.issuers, ["甲县林业局"]);
        }
        let both = "中共甲市委甲市人民政府信访局";
        assert_eq!(organs(both), [both]);
        assert_eq!(organs("中共甲市委甲市人民政府").len(), 2);
    }

    #[test]
    fn urgency_is_told_in_every_form() {
        for (head, urgency) in [
            ("特急\n甲教〔2031〕8号", "特急"),
            ("★特急\n甲教〔2031〕8号", "特急"),
            ("紧急程度：加急\n甲教〔2031〕8号", "加急"),
            ("等级：特急·明电\n甲教明电〔2031〕8号", "特急"),
            ("特急·明电      甲教明电〔2031〕8号", "特急"),
        ] {
            let f = fields(&format!("{head}\n关于护林的通知\n各学校：\n请遵照执行。\n"));
            assert_eq!(f.urgency.as_deref(), Some(urgency), "{head}");
            assert!(f.doc_number.is_some(), "{head}");
        }
    }

    #[test]
    fn signatures_have_many_forms() {
        for signed in [
            "甲县教育局\n2031年\n11月6日",
            "甲县教育局\n二〇三一年\n十一月六日",
            "甲县教育局\n（代章）\n2031年11月6日",
            "甲县教育局\n（乙局代章）\n2031年11月6日",
            "甲县教育局\n（此页无正文）\n2031年11月6日",
            "甲县教育局\n2031年11月6日（印章）",
        ] {
            let f = fields(&format!(
                "关于护林的通知\n各学校：\n请遵照执行。\n{signed}\n抄 送：县政府办。\n"
            ));
            assert_eq!(f.issuers, ["甲县教育局"], "{signed}");
            assert_eq!(
                f.issued.map(|d| d.to_string()).as_deref(),
                Some("2031-11-06"),
                "{signed}"
            );
            assert_eq!(f.copied_to, ["县政府办"]);
        }
        let f = fields("关于护林的通知\n各学校：\n请遵照执行。\n甲县教育局\n2031年11月\n");
        assert_eq!(f.issuers, ["甲县教育局"]);
    }

    #[test]
    fn a_number_over_two_lines_costs_the_title_nothing() {
        for number in [
            "甲政发〔2031〕\n3号",
            "X县发〔2031〕\n3号",
            "甲县\n林发〔2031〕3号",
        ] {
            let text = format!(
                "{number}《关于开展护林工作的通知》\n\n各村：\n现将有关事项通知如下。\n\n甲县人民政府\n2031年3月2日\n"
            );
            let title = fields(&text).title.unwrap_or_default();
            let whole = number.replace('\n', "") + "《关于开展护林工作的通知》";
            assert!(
                whole.ends_with(&title) && title.contains("关于开展护林工作的通知"),
                "{title}"
            );
            assert!(
                title == whole || title.starts_with("关于") || title.starts_with('《'),
                "{title}"
            );
        }
    }

    #[test]
    fn a_header_over_lines_is_read() {
        let text = "机密★1年\n特急\n甲市应急管理局文件\n甲应急〔2022〕3号  签发人：赵五\n甲市应急管理局关于印发\n《2022年安全培训工作方案》的通知\n\n各县（区）应急管理局，市直有关单位：\n现将方案印发给你们。\n\n甲市应急管理局\n二〇二二年三月一日\n（此件公开发布）\n抄送：市政府办公室，市委宣传部。\n";
        let f = fields(text);
        assert_eq!(
            f.title.as_deref(),
            Some("甲市应急管理局关于印发《2022年安全培训工作方案》的通知")
        );
        assert_eq!(f.kind.as_deref(), Some("通知"));
        assert_eq!(f.issuers, ["甲市应急管理局"]);
        assert_eq!(f.issued, Date::new(2022, 3, 1).ok());
        assert_eq!(f.year, Some(2022));
        assert_eq!(f.publicity.as_deref(), Some("主动公开"));
        assert_eq!(
            (f.secrecy.as_deref(), f.urgency.as_deref()),
            (Some("机密"), Some("特急"))
        );
        assert_eq!(f.signer.as_deref(), Some("赵五"));
    }

    #[test]
    fn a_note_below_the_title_tells_who_and_when() {
        let f = fields(
            "甲县城市管理办法\n（2016年5月3日甲县人民政府第12次常务会议通过　2016年5月20日甲县人民政府令第3号公布　自2016年7月1日起施行）\n第一条 为了加强管理，制定本办法。\n",
        );
        assert_eq!(f.issued, Date::new(2016, 5, 20).ok());
        assert_eq!(f.issuers, ["甲县人民政府"]);
        let f = fields(
            "甲市奖励办法\n（2018年11月6日甲市人民政府办公室甲政办发〔2018〕52号印发）\n第一条 为了奖励，制定本办法。\n",
        );
        assert_eq!(f.issuers, ["甲市人民政府办公室"]);
        assert_eq!(f.doc_number.as_deref(), Some("甲政办发〔2018〕52号"));
    }

    #[test]
    fn what_is_enclosed_has_a_date_of_issue_of_its_own() {
        let text = "甲省人民政府办公厅转发省农业厅关于加强种子管理意见的通知\n各县人民政府：\n省农业厅《关于加强种子管理的意见》已经省政府同意，现转发给你们。\n甲省人民政府办公厅\n2005年3月9日\n\n关于加强种子管理的意见\n省农业厅\n（二○○五年二月二十日）\n一、严格许可。\n（2005年1月5日）\n";
        let f = fields(text);
        let at: Vec<&str> = f.issued_at.iter().map(|s| s.of(text)).collect();
        assert_eq!(at, ["2005年3月9日", "二○○五年二月二十日"]);
        assert_eq!(f.issued, Date::new(2005, 3, 9).ok());
    }

    #[test]
    fn issuers_are_told_apart() {
        assert_eq!(
            organs("甲市教育局 甲市财政局"),
            ["甲市教育局", "甲市财政局"]
        );
        assert_eq!(
            organs("甲乙区教育局甲乙区文化和旅游局"),
            ["甲乙区教育局", "甲乙区文化和旅游局"]
        );
        assert_eq!(organs("德育处、团委"), ["德育处", "团委"]);
        assert_eq!(title_organs("2031年甲县乙小学春游方案"), ["甲县乙小学"]);
        assert_eq!(organs("教  育  局"), ["教育局"]);
        assert_eq!(organs("甲县卫生局（章）"), ["甲县卫生局"]);
        assert_eq!(
            title_organs("甲省教育厅等五部门关于加强管理的意见"),
            ["甲省教育厅"]
        );
        assert!(title_organs("2021年全县“安全生产月”活动实施方案").is_empty());
        assert_eq!(title_organs("甲市统计局2022年执法检查计划"), ["甲市统计局"]);
        assert!(title_organs("甲市乙区2020年河长制工作要点").is_empty());
        assert!(title_organs("关于印发方案的通知").is_empty());
        assert_eq!(title_organs("甲县乙小学防震演练方案"), ["甲县乙小学"]);
        assert_eq!(
            title_organs("甲县乙镇人民政府防汛预案"),
            ["甲县乙镇人民政府"]
        );
        assert!(title_organs("甲县中小学校园安全方案").is_empty());
        assert!(title_organs("甲县乙小学生防溺水方案").is_empty());
        assert_eq!(
            organs("中共甲市委办公室甲市人民政府办公室"),
            ["中共甲市委办公室", "甲市人民政府办公室"]
        );
    }

    #[test]
    fn addressees_that_share_their_place_are_one() {
        let f = fields(
            "关于护林的通知\n各县（市、区）委、人民政府，市政府各委、办、局（公司），中央、省驻甲单位：\n请照办。\n",
        );
        let want = [
            "各县（市、区）委、人民政府",
            "市政府各委、办、局（公司）",
            "中央、省驻甲单位",
        ];
        assert_eq!(f.addressees, want);
        let f = fields(
            "关于护林的通知\n各辖市、区林业局（农林局），中、省、市直有关单位，县直及省、市驻甲各单位，市属各林场：\n请照办。\n",
        );
        let want = [
            "各辖市、区林业局（农林局）",
            "中、省、市直有关单位",
            "县直及省、市驻甲各单位",
            "市属各林场",
        ];
        assert_eq!(f.addressees, want);
    }

    #[test]
    fn a_number_with_its_signer_is_a_number() {
        let f = fields("甲安办〔2031〕1号 签发：赵五\n关于护林的通知\n各林场：\n请照办。\n");
        assert_eq!(f.doc_number.as_deref(), Some("甲安办〔2031〕1号"));
        assert_eq!(f.signer.as_deref(), Some("赵五"));
    }

    #[test]
    fn the_maker_of_an_order_is_the_organ_of_its_number() {
        let f = fields(
            "护林规定\n来源：护林资料网\n护林规定\n丙省甲市人民政府\n\n甲市人民政府令第3号\n《护林规定》已经通过，现予公布。\n",
        );
        assert_eq!(f.issuers, ["甲市人民政府"]);
        let f = fields(
            "甲市护林规定\n（1991年3月6日甲市人民政府令9号发布）\n第一条 为了护林，制定本规定。\n",
        );
        assert_eq!(f.issuers, ["甲市人民政府"]);
    }

    #[test]
    fn of_several_acts_on_lines_the_one_that_makes_public_counts() {
        let f = fields(
            "公安机关护林规定\n2031年1月5日 部长办公会议通过\n2031年2月3日 甲省公安厅令第5号公布\n第一条 为了护林，制定本规定。\n",
        );
        assert_eq!(f.issued, Date::new(2031, 2, 3).ok());
        assert_eq!(f.issuers, ["甲省公安厅"]);
        let f = fields(
            "护林员休假办法\n2031年1月5日 经甲省林业厅第6次厅务会议通过\n第一条 为了护林，制定本办法。\n",
        );
        assert_eq!(f.issuers, ["甲省林业厅"]);
    }

    #[test]
    fn a_number_tells_the_year_of_issue_where_no_date_does() {
        let body = "各林场：\n2008年以来我县没有发生火灾，请继续努力。\n甲县林业局\n";
        let year = |head: &str, foot: &str| fields(&format!("{head}{body}{foot}")).year;
        let number = "甲林发〔2011〕3号\n关于护林的通知\n";
        assert_eq!(year(number, ""), Some(2011));
        assert_eq!(year(number, "2012年1月5日\n"), Some(2012));
        assert_eq!(year("甲林发〔2011〕3号\n2012年护林要点\n", ""), Some(2012));
        assert_eq!(year("关于护林的通知\n", ""), Some(2008));
        let goal = "关于护林的意见\n到2035年，全县林木成片。\n";
        assert_eq!(
            fields(goal).year,
            None,
            "a goal is not the year planned for"
        );
        assert_eq!(
            fields(&format!("{goal}2030年补植三百亩。\n")).year,
            Some(2030)
        );
    }

    #[test]
    fn an_order_is_titled_by_its_number() {
        let read = |text: &str| {
            let f = fields(text);
            (f.title, f.kind, f.doc_number)
        };
        let some = |words: &str| Some(words.to_owned());
        let number = some("甲省人民政府令第12号");
        let order = (number.clone(), some("命令"), number);
        assert_eq!(
            read("甲省人民政府令\n第12号\n现予公布。\n省长 何平\n2031年3月1日\n"),
            order
        );
        let number = some("甲部公告第5号");
        let announced = (number.clone(), some("公告"), number);
        assert_eq!(
            read("甲部公告　第5号\n现公告如下。\n甲部\n2031年3月1日\n"),
            announced
        );
        // one that has a title of its own
        let titled = read("甲部公告\n2031年第5号\n关于护林的公告\n现公告如下。\n");
        assert_eq!((titled.0, titled.1), (some("关于护林的公告"), some("公告")));
        let minutes = read("县长办公会议纪要\n〔2031〕5号\n会议纪要如下：\n");
        assert_eq!(minutes.2, some("〔2031〕5号"));
    }

    #[test]
    fn the_year_is_the_titles() {
        assert_eq!(first_year("三年行动计划（2024-2026年）"), Some(2024));
        assert_eq!(first_year("二〇二三年工作要点"), Some(2023));
        assert_eq!(first_year("2011-2012学年度校历安排"), Some(2011));
        assert_eq!(first_year("2011/2012学年第一学期教学检查"), Some(2011));
        assert_eq!(first_year("2023—2025年三年行动"), Some(2023));
        assert_eq!(first_year("做好2023春季学期开学工作"), Some(2023));
        assert_eq!(first_year("（甲发〔2022〕3号）"), None);
        assert_eq!(first_year("热线12350"), None);
        assert_eq!(first_year("“十四五”规划和2035年远景目标纲要"), None);
    }
}
