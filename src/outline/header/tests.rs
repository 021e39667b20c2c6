//! Tests of this module.

use super::*;
use crate::outline::paragraph;

/// The header of a notice, and how many paragraphs stand above its body.
fn of(text: &str) -> (Header, usize) {
    read(text, &paragraph::paragraphs(text), 0, true)
}

fn words<'t>(text: &'t str, spans: &[Span]) -> Vec<&'t str> {
    spans.iter().map(|s| s.of(text)).collect()
}

#[test]
fn a_full_header_is_read_line_by_line() {
    let text = "000012\n机密★1年\n特急\n甲县林业局文件\n甲林发〔2031〕7号\n甲县林业局关于做好\n春季护林工作的通知\n各林场、护林站：\n请照办。\n";
    let (header, next) = of(text);
    assert_eq!(words(text, &header.marks), ["000012", "机密★1年", "特急"]);
    assert_eq!(words(text, &header.letterhead), ["甲县林业局文件"]);
    assert_eq!(
        header.doc_number.map(|n| n.of(text)),
        Some("甲林发〔2031〕7号")
    );
    assert_eq!(
        header.title_text(text),
        "甲县林业局关于做好春季护林工作的通知"
    );
    assert_eq!(
        header.addressees.map(|a| a.of(text)),
        Some("各林场、护林站")
    );
    assert_eq!(next, 8);
}

#[test]
fn a_quoted_title_over_lines_goes_on_to_its_own_kind() {
    let text = "关于转发《护林工作方案\n（试行）》的通知\n各林场：\n";
    assert_eq!(
        of(text).0.title_text(text),
        "关于转发《护林工作方案（试行）》的通知"
    );
    let text = "关于印发护林通知\n的通知\n各林场：\n";
    assert_eq!(of(text).0.title_text(text), "关于印发护林通知的通知");
}

#[test]
fn the_name_of_an_organ_may_be_broken_over_lines() {
    for (above, title) in [
        ("甲县春季护林", "委员会关于做好护林工作的通知"),
        ("甲县林", "业局关于做好护林工作的通知"),
        ("中共甲县委组", "织部关于做好护林工作的通知"),
        ("关于对甲县第九届人大一次会议第3号建议的答复", "函"),
    ] {
        let text = format!("{above}\n{title}\n各林场：\n请照办。\n");
        assert_eq!(of(&text).0.title_text(&text), format!("{above}{title}"));
    }
    for above in ["甲县政务公开", "政策法规", "甲县林业网", "护林动态"] {
        for title in ["甲县林业局关于做好护林工作的通知", "关于做好护林工作的通知"]
        {
            let text = format!("{above}\n{title}\n各林场：\n请照办。\n");
            assert_eq!(of(&text).0.title_text(&text), title, "{above}");
        }
    }
}

#[test]
fn a_title_goes_on_behind_the_first_of_two_kinds() {
    let text = "甲县春季护林规划\n和秋季防火工作纲要\n第一篇  巡山\n";
    assert_eq!(
        of(text).0.title_text(text),
        "甲县春季护林规划和秋季防火工作纲要"
    );
    let text = "甲县春季护林规划\n和往年一样，请各站照办。\n";
    assert_eq!(of(text).0.title_text(text), "甲县春季护林规划");
}

#[test]
fn what_may_stand_below_a_title_is_no_body() {
    let text = "护林工作会议纪要\n2031年第7号\n甲县林业局 2031年3月1日\n关于春季护林有关问题的纪要\n会议议定如下。\n";
    let (header, next) = of(text);
    assert_eq!(header.title_text(text), "关于春季护林有关问题的纪要");
    assert_eq!(next, 4);
    let text = "护林工作方案\n（2031年3月1日甲县林业局印发）\n甲县护林工作方案\n一、目标\n";
    let (header, next) = of(text);
    assert_eq!(words(text, &header.notes).len(), 1);
    assert_eq!(
        (header.title_text(text).as_str(), next),
        ("护林工作方案", 3)
    );
}

#[test]
fn a_sentence_before_a_colon_names_no_addressees() {
    for text in [
        "护林通知\n现将有关事项通知如下：\n",
        "护林通知\n主题：护林\n",
        "护林通知\n为了护林，请各站：\n",
    ] {
        assert_eq!(of(text).0.addressees, None, "{text}");
    }
    let flat = "护林通知\n各林场、各站：请照办。\n";
    let (header, next) = of(flat);
    assert_eq!(header.addressees.map(|a| a.of(flat)), Some("各林场、各站"));
    assert_eq!(next, 1, "what follows the colon is of the body");
}

#[test]
fn a_text_without_a_title_has_its_first_lines_for_one() {
    let text = "春季护林\n我们怎么做\n\n一、巡山\n";
    assert_eq!(words(text, &of(text).0.title), ["春季护林", "我们怎么做"]);
    assert_eq!(of("一、巡山\n").0.title, []);
    assert_eq!(of("").0, Header::default());
}

#[test]
fn what_a_page_prints_is_no_part_of_the_title() {
    let document = "甲县林业局关于做好护林工作的通知\n各林场：\n请照办。\n";
    for page in [
        "首页 > 政务公开 > 文件\n",
        "无障碍浏览  长者模式\n甲县人民政府门户网站\n",
        "索引号：AB-1 发布日期：2031-05-06\n文 号：甲林发〔2031〕3号\n",
        "• 发文机关:\n甲县林业局\n",
        "便民查询\n今日要闻速览\n",
        "甲县林业局关于做好护林工作的通知\n发布时间：2031-05-06 来源：\n浏览量：\n",
        "甲林发〔2031〕3号《甲县林业局关于做好护林工作的通知》\n浏览量：\n",
        "关于做好护林工作的通知\n113701130042070099-A/2031-4\n综合\n甲县\n",
    ] {
        let text = format!("{page}{document}");
        let header = of(&text).0;
        assert_eq!(
            header.title_text(&text),
            "甲县林业局关于做好护林工作的通知",
            "{page}"
        );
        assert_eq!(
            header.addressees.map(|a| a.of(&text)),
            Some("各林场"),
            "{page}"
        );
    }
}

#[test]
fn the_number_that_a_page_puts_to_the_title_is_the_number() {
    for (line, title) in [
        ("关于护林的通知（甲林发〔2031〕3号）", "关于护林的通知"),
        ("甲林发〔2031〕3号 关于护林的通知", "关于护林的通知"),
        (
            "甲林发〔2031〕3号《关于印发〈护林办法〉的通知》",
            "关于印发〈护林办法〉的通知",
        ),
        ("关于护林的通知\n（甲林发[2031]3号）", "关于护林的通知"),
    ] {
        let text = format!("{line}\n各林场：\n请照办。\n");
        let header = of(&text).0;
        assert_eq!(header.title_text(&text), title);
        assert!(header.doc_number.is_some(), "{line}");
        assert_eq!(header.addressees.map(|a| a.of(&text)), Some("各林场"));
    }
    let text = "关于贯彻甲发〔2031〕3号文件的通知\n各林场：\n请照办。\n";
    assert_eq!(of(text).0.doc_number, None);
}

#[test]
fn a_title_goes_on_below_a_line_that_ends_as_one() {
    let text = "甲县人民政府关于推行公示制度\n审核制度的实施意见\n各乡镇：\n请照办。\n";
    assert_eq!(
        of(text).0.title_text(text),
        "甲县人民政府关于推行公示制度审核制度的实施意见"
    );
    let text =
        "甲县人民政府关于加强规范性文件\n审核工作的意见\n甲政发〔2031〕3号\n各乡镇：\n请照办。\n";
    assert_eq!(
        of(text).0.title_text(text),
        "甲县人民政府关于加强规范性文件审核工作的意见"
    );
    // the title of what is told, below a whole title, is not
    let text = "关于印发方案的通知\n2031年护林工作方案\n各乡镇：\n请照办。\n";
    assert_eq!(of(text).0.title_text(text), "关于印发方案的通知");
}

#[test]
fn acts_below_a_title_are_notes() {
    let text = "甲市养犬办法\n2031年3月1日 甲市人民政府第2次常务会议通过\n2031年3月9日 甲市人民政府令第8号公布\n第一条 为了养犬，制定本办法。\n";
    let (header, next) = of(text);
    assert_eq!((header.notes.len(), next), (2, 3));
}

#[test]
fn a_mark_may_stand_above_the_number() {
    let text = "对第12号建议的答复\nA类\n甲林建〔2031〕7号\n何平代表：\n您好。\n";
    let (header, next) = of(text);
    assert_eq!(
        header.doc_number.map(|n| n.of(text)),
        Some("甲林建〔2031〕7号")
    );
    assert_eq!(header.addressees.map(|a| a.of(text)), Some("何平代表"));
    assert_eq!(next, 4);
}

#[test]
fn who_decides_is_no_addressee() {
    let text = "甲县人大常委会关于设立护林日的决定\n甲县第三届人民代表大会常务委员会第二次会议决定：\n设立护林日。\n";
    let (header, _) = of(text);
    assert_eq!(header.addressees, None);
    let text = "关于护林的批复\n甲县人民政府：\n同意。\n";
    assert_eq!(
        of(text).0.addressees.map(|a| a.of(text)),
        Some("甲县人民政府")
    );
}

#[test]
fn a_draft_says_so_below_its_title() {
    let text = "甲县护林条例\n（草案）\n第一条 为了护林，制定本条例。\n";
    assert_eq!(of(text).0.title_text(text), "甲县护林条例（草案）");
}

#[test]
fn a_number_behind_a_title_is_no_part_of_it() {
    for (line, title) in [
        (
            "甲县林场关于护林的通知 甲林发〔2031〕3号",
            "甲县林场关于护林的通知",
        ),
        (
            "关于印发《护林方案》的通知　甲林发〔2031〕3号",
            "关于印发《护林方案》的通知",
        ),
        ("《关于护林的通知》（甲林发〔2031〕3号）", "关于护林的通知"),
        (
            "关于印发《护林方案》的通知（甲林发〔2031〕3号）",
            "关于印发《护林方案》的通知",
        ),
    ] {
        let text = format!("{line}\n各林场：\n请照办。\n");
        let (header, next) = of(&text);
        assert_eq!(header.title_text(&text), title);
        assert_eq!(
            header.doc_number.map(|n| n.of(&text)),
            Some("甲林发〔2031〕3号")
        );
        assert_eq!(next, 2, "{line}");
    }
    // the number of what is cited stays in its place
    let text = "关于转发《护林方案》（乙林发〔2030〕5号）的通知\n甲林发〔2031〕3号\n各林场：\n";
    let (header, _) = of(text);
    assert_eq!(
        header.title_text(text),
        "关于转发《护林方案》（乙林发〔2030〕5号）的通知"
    );
    assert_eq!(
        header.doc_number.map(|n| n.of(text)),
        Some("甲林发〔2031〕3号")
    );
}

/// The title and what stands before the addressees' colon.
fn told(text: &str) -> (String, String) {
    let header = of(text).0;
    let addressees = header.addressees.map_or("", |a| a.of(text));
    (header.title_text(text), addressees.to_owned())
}

#[test]
fn a_title_below_navigation_is_found() {
    let document = "甲县林业局关于做好护林工作的通知\n甲林发〔2031〕3号\n各林场：\n请照办。\n";
    let want = (
        "甲县林业局关于做好护林工作的通知".to_owned(),
        "各林场".to_owned(),
    );
    for page in [
        "通知公告\n网站首页 · 通知公告 · 正文\n",
        "护林防火 人人有责。\n信息搜索:\n局长之窗\n",
        "规范性文件库 > 正文\n行宽（字）:\n行宽在20至200之间\n",
        "山货节火热开场喽欢迎各方来客\n山货节火热开场喽欢迎各方来客\n",
        "今天是：2031年5月6日\n甲县林业局\n意见征集\n主题:\n",
        "我的书架 最新收录 收录最多\n护林专辑（2030）\n巡山专辑（2031）\n发布日期：2031-05-06 来源：本站原创\n",
        "护林热点怎么看\n2031-05-06 来源：本站原创\n",
        "林业动态丨甲县林业局关于做好护林工作的通知\n- 发布日期：2031-05-06\n",
        "【转发】关于做好护林工作的通知\n发布日期：2031-05-06\n",
        "甲林发〔2031〕3号-甲县林业局关于做好护林工作的通知\n",
        "甲县林业局关于做好护林工作的通知_甲县人民政府门户网站\n",
        "甲县林业局关于做好护林工作的通知（2031修订）\n",
        "关于转发省厅2031年护林的通知\n",
        "2031年护林通知\n市林业局 2031-05-06 分享：\n",
        "发文机关甲县林业局\n发文日期2031年5月6日\n时效性现行有效\n",
        "索引号：甲12 类别：通知\n受理热线机关：甲县林业局 办理科室：造林科\n",
    ] {
        assert_eq!(told(&format!("{page}{document}")), want, "{page}");
    }
}

#[test]
fn what_is_no_navigation_stays() {
    // a title of its own that no ending tells
    let (header, _) = of("春季护林\n\n来源：甲县林业局\n一、巡山\n");
    assert_eq!(header.title.len(), 1);
    // a text without title, below which a page has its own lines
    let text = "我们在山上走了三天。见了许多树。\n大家都很高兴。\n来源：甲县林业局\n";
    assert_eq!(of(text).0.page, []);
    // the notice that is passed on has a title too
    let text = "甲县林业局转发乙市林业局关于做好护林工作的通知\n各林场：\n请照办。\n乙市林业局关于做好护林工作的通知\n各县：\n请照办。\n";
    let whole = "甲县林业局转发乙市林业局关于做好护林工作的通知";
    assert_eq!(told(text), (whole.to_owned(), "各林场".to_owned()));
    // a hyphen within a title
    let text = "甲县至乙县—丙县公路管理办法\n第一条 为了管好公路，制定本办法。\n";
    assert_eq!(told(text).0, "甲县至乙县—丙县公路管理办法");
}

#[test]
fn the_maker_below_a_title_is_no_part_of_it() {
    let body = "各林场：\n请照办。\n";
    for (above, title) in [
        (
            "关于护林的通知\n作者：护林资料网 时间：2031-05-06\n关于护林的通知\n财政部、林业部\n\n\n关于护林的通知\n",
            "关于护林的通知",
        ),
        (
            "护林细则\n来源：护林资料网\n护林细则\n甲县人民政府办公室\n\n\n关于印发护林细则的通知\n（甲府发〔2031〕3号）\n",
            "关于印发护林细则的通知",
        ),
        (
            "关于印发甲县护林员管理办法的通知\n来源：护林资料网\n关于印发甲县护林员管理办法的通知\n甲县人民政府办公室\n关于印发甲县护林员管理\n甲政办发〔2031〕3号\n",
            "关于印发甲县护林员管理办法的通知",
        ),
        (
            "关于护林的通知\n甲县林业局\n2031年5月6日\n",
            "关于护林的通知",
        ),
        (
            "关于护林的通知\n甲县林业局\n（2031年5月6日）\n",
            "关于护林的通知",
        ),
        ("关于护林的通知\n甲县林业局\n", "关于护林的通知"),
        // its organ stands above it, on a line of its own
        (
            "关于护林的通知\n发布日期：2031-05-06\n甲县林业局\n关于护林的通知\n",
            "甲县林业局关于护林的通知",
        ),
    ] {
        let text = format!("{above}{body}");
        assert_eq!(
            told(&text),
            (title.to_owned(), "各林场".to_owned()),
            "{above}"
        );
    }
    let text = "护林管理规定\n来源：护林资料网\n护林管理规定\n丙省甲市人民政府\n\n甲市人民政府令第3号\n《护林管理规定》已经通过，现予公布。\n";
    let header = of(text).0;
    assert_eq!(words(text, &header.letterhead), ["丙省甲市人民政府"]);
    assert_eq!(
        header.doc_number.map(|n| n.of(text)),
        Some("甲市人民政府令第3号")
    );
    // those who are addressed on two lines are no maker
    let text = "护林通知\n甲县林业局、\n乙县林业局：\n请照办。\n";
    assert_eq!(of(text).0.letterhead, []);
}

#[test]
fn a_number_that_lost_figures_is_no_addressee() {
    let text = "甲县关于护林的通知\n甲政办〔20313\n各乡、镇：\n请照办。\n";
    assert_eq!(told(text).1, "各乡、镇");
    let few = "护林通知\n县直有关部门：为了护林，请照办。\n";
    assert_eq!(told(few).1, "县直有关部门");
    let sentence = "护林通知\n为了护林请各有关部门：照办。\n";
    assert_eq!(told(sentence).1, "");
}

#[test]
fn what_a_page_stamps_below_a_title_hides_no_addressees() {
    for line in [
        "2031-05-06",
        "2031-05-06 10:20",
        "2031年5月6日",
        "2031年05月06日 10:20",
        "甲县林业局 2031-05-06",
        "[2031-05-06]",
        "发布日期 2031-05-06",
        "阅读 1234 次",
        "甲县人民政府 www.example.gov.cn 2031-05-06",
        "护林 | 巡山",
    ] {
        let text = format!("甲县林业局关于护林的通知\n{line}\n各林场、各站：\n请照办。\n");
        let want = (
            "甲县林业局关于护林的通知".to_owned(),
            "各林场、各站".to_owned(),
        );
        assert_eq!(told(&text), want, "{line}");
    }
    for line in [
        "甲林发〔2031〕3号 2031年5月6日",
        "－－甲林发〔2031〕3号－－",
    ] {
        let text = format!("甲县林业局关于护林的通知\n{line}\n各林场、各站：\n请照办。\n");
        let number = of(&text).0.doc_number.map(|n| n.of(&text));
        assert_eq!(number, Some("甲林发〔2031〕3号"), "{line}");
    }
    // above a sentence nothing is stamped
    let text = "护林通知\n2031年第一批\n我们巡山。\n各林场、各站：\n请照办。\n";
    assert_eq!(of(text).0.page, []);
    // a headline of one word is no copy of the title below it
    let text = "通知\n甲县林业局关于护林的通知\n各林场、各站：\n请照办。\n";
    assert_eq!(told(text).0, "甲县林业局关于护林的通知");
    let text =
        "甲县林业局关于护林的通知.docx\n甲县林业局关于护林的通知\n各林场、各站：\n请照办。\n";
    assert_eq!(told(text).1, "各林场、各站");
}

#[test]
fn those_addressed_may_lack_their_colon() {
    let text = "护林通知\n各林场、县直各单位\n为了护林，现将有关事项通知如下。\n";
    assert_eq!(told(text).1, "各林场、县直各单位");
    for body in [
        "各单位要组织巡山\n为了护林，现将有关事项通知如下。\n",
        "县林业局、县公安局\n为了护林，现将有关事项通知如下。\n",
        "各林场、县直各单位\n一、组织巡山，做好防火。\n",
    ] {
        assert_eq!(told(&format!("护林通知\n{body}")).1, "", "{body}");
    }
}

#[test]
fn an_empty_label_of_a_page_does_not_take_the_title() {
    let text = "索 引 号：\t1/2031-7\t主题分类：\t林业\n标　　题：\t甲县人民政府关于印发《护林方案》的通知\n主 题 词：\n\n甲县人民政府关于印发《护林\n\n方案》的通知\n甲政发〔2031〕3号\n各乡镇：\n请照办。\n";
    let (header, _) = of(text);
    assert_eq!(
        header.title_text(text),
        "甲县人民政府关于印发《护林方案》的通知"
    );
    assert_eq!(header.addressees.map(|a| a.of(text)), Some("各乡镇"));
}

#[test]
fn a_title_stands_below_the_navigation_of_a_whole_site() {
    let columns: String = (1..90).map(|n| format!("栏目{n}\n\n")).collect();
    let below = "当前位置：首页 > 公告 > 德育处\n德育处\n转发：甲省教育厅关于护林教育的通知\n来源：本站 发布时间：2031年3月1日\n各学校：\n请照办。\n";
    for columns in [
        "首页\n",
        &columns,
        &format!("{columns}2.9值周考核[02-10]\n"),
    ] {
        let text = format!("{columns}{below}");
        let (header, _) = of(&text);
        assert_eq!(header.title_text(&text), "甲省教育厅关于护林教育的通知");
        assert_eq!(header.addressees.map(|a| a.of(&text)), Some("各学校"));
    }
}

#[test]
fn a_label_with_its_value_is_no_title() {
    let text = "征稿时间：即日起至2031年5月1日\n投稿请附姓名。\n";
    assert!(of(text).0.title.is_empty());
    let text = "温馨提示：护林防火人人有责\n各位家长：\n春季到了。\n";
    let (header, _) = of(text);
    assert_eq!(header.title_text(text), "温馨提示：护林防火人人有责");
    assert_eq!(header.addressees.map(|a| a.of(text)), Some("各位家长"));
}

#[test]
fn a_path_may_end_with_the_title_itself() {
    for title in [
        "关于做好护林工作的通知",
        "2031年护林实施方案",
        "护林工作要点",
        "护林启事",
    ] {
        let text = format!("当前位置：首页 > 通知公告 > {title}\n{title}\n各乡镇：\n请照办。\n");
        assert_eq!(of(&text).0.title_text(&text), title);
    }
}

#[test]
fn a_title_stands_below_the_sentence_that_reports_it() {
    let text = "本报3月1日讯 甲县人民政府今天发出通知，要求做好护林工作。全文如下：\n甲县人民政府关于做好护林工作的通知\n各乡镇：\n请照办。\n";
    let (header, _) = of(text);
    assert_eq!(
        header.title_text(text),
        "甲县人民政府关于做好护林工作的通知"
    );
    assert_eq!(header.addressees.map(|a| a.of(text)), Some("各乡镇"));
}

#[test]
fn how_many_organs_there_are_may_end_the_title_s_first_line() {
    let text = "甲县林业局等三部门\n关于做好护林工作的通知\n各林场：\n请遵照执行。\n";
    let (header, _) = of(text);
    let want = "甲县林业局等三部门关于做好护林工作的通知";
    assert_eq!(header.title_text(text), want);
}
