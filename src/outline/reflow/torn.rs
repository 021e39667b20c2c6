//! Torn lines: one that ends within a date, a number, a label or a bracket was broken there, whatever its length.

use super::Builder;
use super::Reflow;
use super::ends_sentence;
use super::marker;
use super::shape;
use super::shape::Shape;
use crate::outline::organ;
use crate::span::Span;
use crate::text::fold;
use crate::text::line;
use crate::text::numeral::is_chinese;
use crate::text::numeral::is_figure;
use crate::text::words::words;
use memchr::memchr3_iter;

/// A line of fewer bytes, as of a table with a line a cell, is seldom broken, and often ends with a figure.
const SHORTEST: usize = 42;
/// So many of the last bytes of a paragraph are looked at.
const TAIL: usize = 240;
/// A bracket left open is closed so many lines below at most.
const BRACKET_LINES: usize = 2;

/// Whether the break between these two lines may be within a word: most are not, by the last character above.
#[inline]
pub(super) fn may_tear(text: &str, above: Span, below: Span) -> bool {
    if above.len() < SHORTEST {
        return false;
    }
    may_go_on(text, above.end, below) && is_torn(text, line::line(text, above).content, below)
}

/// Whether a line that ends at `end` may go on in the next: most are told by the bytes around the break.
#[inline]
fn may_go_on(text: &str, end: usize, below: Span) -> bool {
    let bytes = &text.as_bytes()[..end];
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    // 。 or ；
    let is_whole = matches!(bytes, [.., 0xe3, 0x80, 0x82] | [.., 0xef, 0xbc, 0x9b]);
    !is_whole && !begins_anew(&text.as_bytes()[below.start..below.end])
}

/// Whether the line is surely none that another goes on in: it is blank or has a marker (1. 一、 （一） and other brackets
/// with words), blanks before it aside.
#[inline]
fn begins_anew(mut line: &[u8]) -> bool {
    while let [b' ', rest @ ..] | [0xe3, 0x80, 0x80, rest @ ..] = line {
        line = rest;
    }
    match line {
        [] | [b'\n', ..] => true,
        // 1. or 1、 before a word, not 1.5
        [b'1'..=b'9', b'.', 0xe4..=0xe9, ..] | [b'1'..=b'9', 0xe3, 0x80, 0x81, ..] => true,
        [0xef, 0xbc, 0x88, 0xe4..=0xe9, ..] => true,
        [first @ 0xe4..=0xe9, second, third, 0xe3, 0x80, 0x81, ..] => {
            let numeral = [*first, *second, *third];
            std::str::from_utf8(&numeral).is_ok_and(|n| n.starts_with(is_chinese))
        }
        _ => false,
    }
}

/// The text with its torn lines joined.
pub(super) fn mend(text: &str) -> Reflow {
    let mut out = Builder::new(text);
    let mut paragraph = 0;
    let mut goes_on = false;
    let mut lines = line::each(text).peekable();
    while let Some(line) = lines.next() {
        let start = match goes_on {
            true => line.content.start,
            false => line.whole.start,
        };
        if !goes_on {
            paragraph = line.content.start;
        }
        let above = Span::new(paragraph, line.content.end);
        let below = lines.peek().map(|next| next.whole);
        goes_on = !line.is_blank()
            && below.is_some_and(|below| {
                may_go_on(text, above.end, below) && is_torn(text, above, below)
            });
        let end = match goes_on {
            true => line.content.end,
            false => line.whole.end,
        };
        out.keep(Span::new(start, end));
    }
    out.done()
}

/// Whether the paragraph `above` goes on in the line `whole` below it, being broken within a word.
pub(super) fn is_torn(text: &str, above: Span, whole: Span) -> bool {
    if above.len() < SHORTEST {
        return false;
    }
    let words = tail(above.of(text));
    let below = line::line(text, whole).content.of(text);
    let (Some(last), Some(first)) = (words.chars().next_back(), below.chars().next()) else {
        return false;
    };
    let torn = closes(first) && !ends_sentence(last)
        || in_date(words, last, below, first)
        || in_address(words, last, below, first)
        || in_label(words, below)
        || is_last_word(last, below)
        || in_sentence(text, words, whole, last, below)
        || in_bracket(text, words, whole, below);
    // a row of a table is as long as it is
    torn && !words.contains('\t') && !below.contains('\t')
}

/// The last [`TAIL`] bytes.
fn tail(words: &str) -> &str {
    let mut from = words.len().saturating_sub(TAIL);
    while !words.is_char_boundary(from) {
        from += 1;
    }
    &words[from..]
}

/// What no line begins with.
fn closes(c: char) -> bool {
    matches!(
        c,
        '。' | '，' | '、' | '；' | '：' | '！' | '？' | '）' | '》' | '”' | '〕' | '】'
    )
}

/// 于9月⏎12日前, 9月12⏎日, 9月12日至⏎10月10日, 9月12日⏎前, 9月上⏎旬.
fn in_date(above: &str, last: char, below: &str, first: char) -> bool {
    let head = &above[..above.len() - last.len_utf8()];
    let counted = || head.ends_with(is_figure);
    match last {
        c if is_figure(c) => match first {
            '月' | '日' => !words!["月度", "月报", "日常", "日报", "日均", "月均"].begin(below),
            '年' => {
                let digits = above.chars().rev().take_while(|c| is_figure(*c)).count();
                digits == 4 && !words!["年均", "年报"].begin(below)
            }
            _ => false,
        },
        '年' => counted() && (begins_date(below, &['月']) || ends_period(below)),
        '月' => {
            counted()
                && (begins_date(below, &['日', '号'])
                    || ends_period(below)
                    || bounds(below)
                    || words!["上旬", "中旬", "下旬", "份"].begin(below))
        }
        '日' | '号' => counted() && bounds(below),
        '旬' => head.ends_with(['上', '中', '下']) && bounds(below),
        '底' | '末' => head.ends_with(['月', '年']) && bounds(below),
        '上' | '中' | '下' => first == '旬' && head.ends_with('月'),
        // 每周⏎五下午
        '周' | '期' => {
            words!["每", "每星", "本", "上", "下"].end(head)
                && matches!(first, '一' | '二' | '三' | '四' | '五' | '六' | '日' | '末')
        }
        '每' => matches!(first, '周' | '月' | '年' | '季' | '日' | '天' | '半' | '星'),
        '季' => first == '度' && head.ends_with(['一', '二', '三', '四', '每']),
        '至' | '到' | '于' | '自' | '从' | '—' | '－' | '-' | '～' | '~' => {
            begins_date(below, &['年', '月', '日', '号'])
        }
        _ => false,
    }
}

/// Whether the line begins with figures and one of these units.
fn begins_date(below: &str, units: &[char]) -> bool {
    let rest = fold::after(below, is_figure);
    let figures = below.len() - rest.len();
    figures > 0 && figures <= 12 && rest.starts_with(units)
}

/// 底前, 末, 初 behind a month or a year.
fn ends_period(below: &str) -> bool {
    words!["底", "末", "初"].begin(below)
        && !words!["底册", "底数", "底线", "末端", "初步", "初审", "初中"].begin(below)
}

/// 前, 起, 至10日 behind a day.
fn bounds(below: &str) -> bool {
    if let Some(after) = words!["至", "到", "—", "－", "-", "～", "~"].strip(below) {
        return after.starts_with(is_figure);
    }
    words!["前", "以前", "之前", "起", "止"].begin(below)
        && !words![
            "前期", "前言", "前款", "前往", "前提", "前来", "起草", "起步", "起点"
        ]
        .begin(below)
}

/// 0999-⏎8000001, abc@⏎example.com.
fn in_address(above: &str, last: char, below: &str, first: char) -> bool {
    let figures = |words: &str| words.bytes().take_while(u8::is_ascii_digit).count();
    let head = &above[..above.len() - last.len_utf8()];
    match (last, first) {
        ('@', _) => first.is_ascii_alphanumeric(),
        (_, '@') => last.is_ascii_alphanumeric(),
        ('-' | '—' | '－', '0'..='9') => {
            let code = head.bytes().rev().take_while(u8::is_ascii_digit).count();
            matches!(code, 3 | 4) && matches!(figures(below), 7 | 8)
        }
        ('0'..='9', '-' | '—' | '－') => {
            let number = &below[first.len_utf8()..];
            matches!(figures(number), 7 | 8)
        }
        ('.', 'a'..='z') | ('a'..='z' | '0'..='9', '.') => {
            let run = above.rsplit(|c: char| !c.is_ascii_graphic()).next();
            run.is_some_and(|run| run.contains('@'))
        }
        // 办公室：⏎8000001, 0999-8000001、⏎8000002
        ('：' | ':', '0'..='9') => {
            words![
                "电话",
                "传真",
                "手机",
                "传真）",
                "电话）",
                "室",
                "处",
                "科",
                "股",
                "办",
                "局"
            ]
            .end(head)
                && is_phone(below)
        }
        ('、' | '，', '0'..='9') if is_phone(below) => {
            head.ends_with(|c: char| c.is_ascii_digit()) || tells_contact(above)
        }
        // 联系人：王五⏎0999-8000001, 县防火办⏎（0999-8000001）
        (_, '0'..='9') if !last.is_ascii_alphanumeric() && !ends_sentence(last) => {
            is_phone(below) && tells_contact(above)
        }
        (_, '（' | '(') if !ends_sentence(last) => {
            let inner = &below[first.len_utf8()..];
            is_phone(inner) && inner.contains(['）', ')'])
        }
        // 邮箱⏎abc@example.com
        (_, 'a'..='z' | 'A'..='Z') => {
            let run = below.split(|c: char| !c.is_ascii_graphic()).next();
            words![
                "邮箱",
                "信箱",
                "邮件",
                "邮箱：",
                "信箱：",
                "邮件：",
                "邮箱:"
            ]
            .end(above)
                && run.is_some_and(|run| run.contains('@'))
        }
        _ => false,
    }
}

/// Whether the line begins with a number of five figures or more, an area code apart from it or not.
fn is_phone(below: &str) -> bool {
    let rest = below.trim_start_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '-' | '—' | '－' | ')' | '）')
    });
    let number = &below[..below.len() - rest.len()];
    let figures = number.bytes().filter(u8::is_ascii_digit).count();
    (5..=12).contains(&figures)
        && !rest.starts_with(|c: char| fold::is_han(c) && !matches!(c, '转' | '联' | '（'))
        && !rest.starts_with(['.', '．', '%'])
}

/// Whether a paragraph tells how somebody is reached.
fn tells_contact(above: &str) -> bool {
    words!["电话", "联系", "手机", "传真", "热线", "专线", "值班室"].is_in(above)
}

/// 各站要早巡、晚巡，⏎不留空白。: words go on behind a comma, a word that ends nothing or the start of a second sentence, where
/// no item, label, date or organ stands below.
fn in_sentence(text: &str, above: &str, whole: Span, last: char, below: &str) -> bool {
    const ENDLESS: [char; 14] = [
        '的', '和', '与', '及', '或', '在', '对', '将', '把', '由', '并', '以', '从', '于',
    ];
    let open = || matches!(last, '，' | '、') || ENDLESS.contains(&last) || is_begun(above, last);
    let is_text = || shape::shape(text, line::line(text, whole).content) == Shape::Text;
    below.starts_with(fold::is_han)
        && open()
        && fold::indent(whole.of(text)) < 2
        && !begins_label(below)
        && !organ::is_organ(below)
        && is_text()
}

/// Whether a second sentence has begun on a line no longer than a width, and not ended.
fn is_begun(above: &str, last: char) -> bool {
    const WIDEST: usize = 192;
    const NARROWEST: usize = 60;
    let line = above.rsplit('\n').next().unwrap_or_default();
    (NARROWEST..=WIDEST).contains(&line.len())
        && fold::is_han(last)
        && (line.contains('。') || line.contains('；'))
        && !line.ends_with(['元', '日', '号'])
}

/// …门窗有无影响逃生的铁栅⏎栏。: no sentence is as short, but for 特此。
fn is_last_word(last: char, below: &str) -> bool {
    let word = below.strip_suffix(['。', '；']).unwrap_or_default();
    fold::is_han(last)
        && (1..=3 * '栏'.len_utf8()).contains(&word.len())
        && word.chars().all(fold::is_han)
        && !word.starts_with(['特', '此', '为', '无', '略', '完'])
}

/// 责任单⏎位：, 值班电⏎话：.
fn in_label(above: &str, below: &str) -> bool {
    const LABELS: [&str; 36] = [
        "责任单位",
        "责任部门",
        "责任科室",
        "责任处室",
        "责任领导",
        "责任人",
        "签发人",
        "牵头单位",
        "牵头部门",
        "牵头领导",
        "配合单位",
        "配合部门",
        "实施单位",
        "落实单位",
        "参加单位",
        "主办单位",
        "承办单位",
        "协办单位",
        "完成时限",
        "完成时间",
        "联系人",
        "联系电话",
        "联系方式",
        "联系地址",
        "值班电话",
        "咨询电话",
        "举报电话",
        "监督电话",
        "电子邮箱",
        "传真",
        "电话",
        "手机",
        "邮箱",
        "信箱",
        "地址",
        "邮编",
    ];
    let mut colon = below.char_indices().take(5);
    let Some((at, _)) = colon.find(|(_, c)| matches!(c, '：' | ':')) else {
        return false;
    };
    let rest = &below[..at];
    // 电话： alone is a label too
    let whole = words!["电话", "地址", "邮箱", "方式", "时间"];
    !rest.is_empty()
        && whole.strip(rest) != Some("")
        && LABELS.iter().any(|label| {
            let head = label.strip_suffix(rest);
            head.is_some_and(|head| !head.is_empty() && above.ends_with(head))
        })
}

/// Whether the line begins with a label of its own, as lines of one bracket may: （责任单位：甲局⏎配合单位：乙局）.
fn begins_label(below: &str) -> bool {
    let mut words = below.chars().take(8);
    let end = words.find(|c| !fold::is_han(*c));
    matches!(end, Some('：' | ':'))
}

/// （责任单位：甲局、⏎乙局）: a bracket left open, and closed below before any other begins.
fn in_bracket(text: &str, above: &str, whole: Span, below: &str) -> bool {
    if !leaves_open(above) || begins_label(below) {
        return false;
    }
    let rest = text.get(whole.start..).unwrap_or_default();
    line::each(rest)
        .take(BRACKET_LINES)
        .take_while(|line| {
            !line.is_blank() && marker::read(rest, line.content).is_none_or(|m| m.weak)
        })
        .flat_map(|line| line.content.of(rest).chars())
        .find(|c| {
            matches!(
                c,
                '）' | ')' | '》' | '〕' | '（' | '(' | '《' | '〔' | '。' | '\t'
            )
        })
        .is_some_and(|c| matches!(c, '）' | ')' | '》' | '〕'))
}

/// Whether a bracket is left open at the end of the words. Most hold none, or their marker's alone: their bytes are looked
/// at, not their characters.
fn leaves_open(words: &str) -> bool {
    let bytes = words.as_bytes();
    // ( or the first byte of （, or of 《 and 〔
    let opens = |at: &usize| {
        matches!(
            bytes[*at..],
            [b'(', ..] | [0xef, 0xbc, 0x88, ..] | [0xe3, 0x80, 0x8a | 0x94, ..]
        )
    };
    let mut opening = memchr3_iter(b'(', 0xef, 0xe3, bytes).rev().filter(opens);
    let Some(last) = opening.next() else {
        return false;
    };
    let closed = words[last..].contains([')', '）', '》', '〕']);
    if !closed || opening.next().is_none() {
        return !closed;
    }
    let mut closed = 0usize;
    for (at, byte) in bytes.iter().enumerate().rev() {
        let before = || (at > 1).then(|| [bytes[at - 2], bytes[at - 1]]);
        let opens = match byte {
            b'(' => Some(true),
            b')' => Some(false),
            // （ and ）
            0x88 | 0x89 if before() == Some([0xef, 0xbc]) => Some(*byte == 0x88),
            // 《 and 》, 〔 and 〕
            0x8a | 0x8b | 0x94 | 0x95 if before() == Some([0xe3, 0x80]) => {
                Some(matches!(byte, 0x8a | 0x94))
            }
            _ => None,
        };
        match opens {
            Some(true) if closed == 0 => return true,
            Some(true) => closed -= 1,
            Some(false) => closed += 1,
            None => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bracket_is_open_or_closed() {
        for open in ["（甲", "《甲（乙）", "〔甲", "(甲", "甲）乙（", "《（甲》"]
        {
            assert!(leaves_open(open), "{open}");
        }
        for closed in [
            "",
            "甲",
            "（甲）",
            "《甲（乙）》",
            "〔甲〕(乙)",
            "甲）",
            "渖）（）",
        ] {
            assert!(!leaves_open(closed), "{closed}");
        }
    }

    /// The text with its torn lines joined, where may_tear says that there are any.
    fn mended(text: &str) -> Option<String> {
        let lines: Vec<Span> = line::wholes(text).collect();
        let tears = lines
            .windows(2)
            .any(|pair| may_tear(text, pair[0], pair[1]));
        tears.then(|| mend(text).text)
    }

    #[test]
    fn a_line_broken_within_a_word_goes_on() {
        for torn in [
            "各林场要把巡山台账整理成册，并于9月⏎12日前报县防火办。",
            "各林场要把巡山台账整理成册，并于9月12⏎日前报县防火办。",
            "各林场要把巡山台账整理成册，并于9月12日⏎前报县防火办。",
            "各林场要把巡山台账整理成册，并于9⏎月12日前报县防火办。",
            "县防火办派出三个组下乡督查，从9月12日至10月⏎10日不打招呼。",
            "县防火办派出三个组下乡督查，从9月12日至⏎10月10日不打招呼。",
            "县防火办派出三个组下乡督查，从9月12日⏎至10月10日不打招呼。",
            "护林员补助资金发放到人到户，自2031年8月至⏎2032年7月按月打卡。",
            "护林员补助资金发放到人到户，于9月上⏎旬打卡，10月⏎底前公示。",
            "联系人：县防火办的王五，办公电话：0999-⏎8000001。",
            "请把回执发到县防火办公用邮箱：fanghuo@⏎example.com。",
            "四、值班电话：0999-8000001，县防火办：⏎8000002",
            "四、火情可拨打值班电话：0999-8000001、⏎8000002",
            "联系人：县防火办的王五，办公电话⏎0999-8000001，传真8000002。",
            "护林员要早上巡一遍、晚上巡一遍，还要有记⏎录。",
            "擅自在林区内烧荒、烤火和放鞭炮的⏎单位和个人，由县防火办处理。",
            "护林员要早上巡一遍。晚上也要巡一遍，不留空白⏎地段；",
            "各林场要把护林巡山的台账整理成册，每周⏎五下午报送。",
            "各林场要把护林巡山的台账整理成册，每⏎月底报送。",
            "甲林发〔2031〕3号　　　　　　签发⏎人：王五",
            "护林员要早上巡一遍、晚上巡一遍，⏎不留空白。",
            "请把回执报送给县防火办公室的王五⏎（0999-8000001）。",
            "联系人：县防火办王五，手机13900000001、⏎13900000002。",
            "请把回执发到县防火办公室的电子邮箱⏎fanghuo@example.com。",
            "（一）修建防火道。年内完成（联系人：王五，电⏎话：0999-8000001）。",
            "（一）修建防火道。年内完成九条。牵头单位：县林业局；责任单⏎位：各林场。",
            "（二）开展巡山护林。每天两次，有记录。（责任单位：⏎各林场、⏎县林业局）",
            "请各林场报送巡山台账（电子版⏎同时发到群里）。",
            "请各林场把巡山台账整理成册后报送到县防火办⏎。",
        ] {
            let whole = torn.replace('⏎', "");
            assert_eq!(mended(&torn.replace('⏎', "\n")), Some(whole), "{torn}");
        }
    }

    #[test]
    fn a_line_that_ends_where_its_words_do_is_whole() {
        for whole in [
            "各林场要把巡山台账整理成册报送县防火办，共计12\n月度考核另行通知。\n",
            "联系电话：县防火办0999-8000001\n0999-8000002县林业局\n",
            "请各林场把台账报送县防火办，\n甲县林业局\n2031年5月6日\n",
            "请各林场按时报送护林防火台账\n特此。\n",
            "各林场、各护林站、县直有关单位、\n　　春季风高物燥，要看住火源。\n",
            "1.护林员要早上巡一遍，\n2.护林员要晚上巡一遍，\n",
            "一、护林员要早上巡一遍，\n责任单位：各林场\n",
            "请按联系方式一栏报送，巡山补助标准\n12000元的报县防火办。\n",
            "巡山护林补助资金发放到位，包括财政局：\n12000元由县里出。\n",
            "一、巡山时间：9月12日至10月10日\n前期已完成的不再重复。\n",
            "（二）开展巡山护林。每天两次（责任单位：各林场\n（三）修建防火道（9月底前）。\n",
            "（二）开展巡山护林。每天两次（责任单位：各林场\n2）修建防火道。\n",
            "各林场要把防火责任落实到人到山头，落实责任\n电话：0999-8000001\n",
            "2031年\n9月\n12日\n",
            "（二）开展巡山护林（责任单位：各林场\n配合单位：县林业局）\n",
            "（一）巡山时间（9月）安排在每天上午八点半\n下午四点（雨天除外）。\n",
            "各林场要把巡山台账（一式三份）整理成册和回执\n甲林场）\n",
            "序号 巡山任务（公里）甲林场\t12\n月底汇总\t3\n",
            "各林场要把巡山台账整理成册，并于9月报送：\n12．甲林场\n",
        ] {
            assert_eq!(mended(whole), None, "{whole}");
        }
    }
}
