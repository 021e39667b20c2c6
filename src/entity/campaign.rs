//! The named campaign that a notice serves: name, edition, theme.

mod theme;

use crate::entity::region::leading;
use crate::text::fold::fold;
use crate::text::fold::is_blank;
use crate::text::fold::is_han;
use crate::text::fold::joined;
use crate::text::letter::is_alphanumeric;
use crate::text::numeral;
use crate::text::words::Words;
use crate::text::words::words;
use std::sync::LazyLock;
use theme::theme;

/// A campaign as found in a notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignFound {
    /// Without year, region and (for months, weeks and days) quotes: 安全生产月.
    pub name: String,
    /// 第22个 → 22.
    pub edition: Option<u32>,
    /// 主题, without quotes.
    pub theme: Option<String>,
}

/// The campaign of a notice with this title; edition and theme from its text.
///
/// RECORD.md, `campaign`: a month, week or day of something, or what the title puts in quotes before 活动,
/// 专项行动 or 大讨论. A title that names none leaves the lead: 今年6月是第N个“…月”.
#[must_use]
pub fn find(title: &str, text: &str) -> Option<CampaignFound> {
    let title = match title.is_empty() {
        true => joined(enclosed(lead(text)).unwrap_or_default()),
        false => joined(title),
    };
    let told = counted(lead(text));
    let name = period(&title)
        .map(|name| match &told {
            // 公共机构节能宣传周 is the 节能宣传周 of some; the text counts the campaign itself
            Some(whole) if whole.chars().count() > 4 && name.ends_with(whole.as_str()) => {
                whole.clone()
            }
            _ => name,
        })
        .or_else(|| quoted(&title))
        .or(told)?;
    Some(CampaignFound {
        edition: edition(&title, &name).or_else(|| edition(text, &name)),
        theme: theme(text),
        name,
    })
}

/// The key that joins the same campaign of the same region (of the same issuer where no region is known) over the years.
#[must_use]
pub fn series(campaign: &str, region: Option<&str>, issuer: Option<&str>) -> String {
    let fold_name = |s: &str| -> String {
        s.chars()
            .map(fold)
            .filter(|c| is_alphanumeric(*c))
            .flat_map(char::to_lowercase)
            .collect()
    };
    let whose = region.map_or_else(|| fold_name(issuer.unwrap_or_default()), str::to_owned);
    format!("{}@{whose}", fold_name(campaign))
}

/// The first part of the text: what stands before the sections, at most 3,000 bytes.
fn lead(text: &str) -> &str {
    let mut end = text.len().min(3000);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The title of the plan that a cover without title encloses: 现将《…方案》印发给你们.
fn enclosed(text: &str) -> Option<&str> {
    text.match_indices("现将《").find_map(|(at, word)| {
        let inner = &text[at + word.len()..];
        let end = inner.find('》')?;
        let title = &inner[..end];
        (title.chars().count() <= 60 && inner[end + '》'.len_utf8()..].starts_with("印发"))
            .then_some(title)
    })
}

/// Words before the name of a month, week or day that are not of it.
static LEADS: LazyLock<Words> = LazyLock::new(|| Words::read(include_str!("campaign/leads.tsv")));

/// Words after such a name, which show that it has ended.
static FOLLOWING: LazyLock<Words> =
    LazyLock::new(|| Words::read(include_str!("campaign/following.tsv")));

const OPEN: [char; 5] = ['“', '"', '「', '『', '＂'];
const CLOSE: [char; 5] = ['”', '"', '」', '』', '＂'];

/// The quoted string that begins at byte `at` of `text`: its inner text and the byte after its close. A close typed
/// as another kind of quote counts; at most 60 characters on one line.
fn quote(text: &str, at: usize) -> Option<(&str, usize)> {
    let open = text
        .get(at..)?
        .chars()
        .next()
        .filter(|c| OPEN.contains(c) || *c == '”')?;
    let from = at + open.len_utf8();
    for (i, (off, c)) in text[from..].char_indices().enumerate() {
        if c == '\n' || i > 60 {
            return None;
        }
        if i > 0 && (CLOSE.contains(&c) || c == '“') {
            return Some((&text[from..from + off], from + off + c.len_utf8()));
        }
    }
    None
}

/// Whether what follows shows that a month, week or day has been named to its end.
fn closes(rest: &str) -> bool {
    let rest = rest.trim_start_matches(|c: char| CLOSE.contains(&c) || is_blank(c));
    rest.is_empty()
        || rest.starts_with([
            '》', '〉', '）', ')', '，', '。', '、', '（', '(', '的', '和', '及', '暨', '主', '期',
        ])
        || FOLLOWING.begin(rest)
}

/// A month, week or day of something that the title names.
fn period(title: &str) -> Option<String> {
    let mut before: Option<char> = None;
    for (at, c) in title.char_indices() {
        let end = at + c.len_utf8();
        let rest = &title[end..];
        let prior = before.replace(c);
        // 安全生产“月” and “安全生产”月 are the same month.
        let named = matches!(c, '月' | '周' | '日')
            && prior.is_some_and(|p| {
                let health = c == '日' && title[..at].ends_with("卫生");
                (is_han(p) && (health || !is_count(p, c)))
                    || CLOSE.contains(&p)
                    || OPEN.contains(&p)
            })
            && !rest.starts_with([
                '报', '刊', '常', '期', '度', '志', '年', '前', '底', '末', '照', '边', '内',
            ])
            && closes(rest);
        if named && let Some(name) = name_before(&title[..at], c) {
            return Some(name);
        }
    }
    None
}

/// Whether the character before 月, 周 or 日 makes it a date or a word: 6月, 每周, 节日, 上半月.
fn is_count(before: char, kind: char) -> bool {
    numeral::is_chinese(before)
        || "每本上下个当今近次逐半整翌末底即按初某正腊双数元往".contains(before)
        || kind == '日' && "节生假作期抗明昨同平党团".contains(before)
}

/// The name that ends in `kind` after `head`, without year, region and the verb that opens it.
fn name_before(head: &str, kind: char) -> Option<String> {
    // 国家“防灾减灾日”: the quotes hold the whole name
    let head = match head.rfind(OPEN) {
        Some(at) if head[at..].chars().nth(2).is_some() => {
            let inner = &head[at..];
            match inner.chars().skip(1).any(|c| CLOSE.contains(&c)) {
                true => head,
                false => inner,
            }
        }
        _ => head,
    };
    let mut words: String = head
        .chars()
        .filter(|c| !OPEN.contains(c) && !CLOSE.contains(c))
        .collect();
    // 第21个《职业病防治法》宣传周: the law is of the name
    if let Some(close) = words.rfind('》')
        && let Some(open) = words[..close].rfind('《')
    {
        let law = &words[open + '《'.len_utf8()..close];
        let rest = &words[close + '》'.len_utf8()..];
        if law.ends_with(['法', '例']) && rest.chars().all(is_han) && law.chars().all(is_han) {
            let name = format!("{law}{rest}");
            let length = name.chars().count();
            return (3..=16).contains(&length).then(|| format!("{name}{kind}"));
        }
    }
    // The last clause: from the last mark, figure or blank on.
    if let Some((at, c)) = words.char_indices().rev().find(|(_, c)| !is_han(*c)) {
        words = words.split_off(at + c.len_utf8());
    }
    let mut cut = LEADS.last_end(&words).unwrap_or(0);
    for stop in ['年', '届', '个', '的', '度'] {
        if let Some(at) = words.rfind(stop).filter(|at| (words.len() - at) > 6) {
            cut = cut.max(at + stop.len_utf8());
        }
    }
    let mut name = words.split_off(cut.min(words.len()));
    loop {
        // 蓟州区安全生产月, 区安全生产月, 某镇安全生产月
        let place = leading(&name);
        let place = if place > 0 {
            place
        } else if name.starts_with(['市', '县', '旗']) {
            3
        } else {
            0
        };
        if place == 0 || name.len() < place + 6 {
            break;
        }
        name = name.split_off(place);
    }
    for unit in ['镇', '乡', '局', '厅'] {
        if let Some(at) = name
            .find(unit)
            .filter(|at| name.len() - at > 9 && !name[*at..].starts_with("乡村"))
        {
            name = name.split_off(at + unit.len_utf8());
        }
    }
    let length = name.chars().count();
    (2..=16).contains(&length).then(|| format!("{name}{kind}"))
}

/// The quoted name less the year it begins or ends with: 清源2023, 2023年清源行动.
fn without_year(inner: &str) -> &str {
    let digits = |s: &str| {
        s.len() == 4
            && (s.starts_with("19") || s.starts_with("20"))
            && s.bytes().all(|b| b.is_ascii_digit())
    };
    let bare = inner.strip_suffix('年').unwrap_or(inner);
    if let Some(cut) = bare.len().checked_sub(4)
        && bare.is_char_boundary(cut)
        && digits(&bare[cut..])
    {
        let name =
            bare[..cut].trim_end_matches(|c: char| is_blank(c) || matches!(c, '—' | '-' | '·'));
        if name.chars().next_back().is_some_and(is_han) {
            return name;
        }
    }
    if inner.get(..4).is_some_and(digits) {
        let name =
            inner[4..].trim_start_matches(|c: char| is_blank(c) || matches!(c, '—' | '-' | '·'));
        let name = name.strip_prefix("年").unwrap_or(name).trim_start();
        if name.chars().next().is_some_and(is_han) {
            return name;
        }
    }
    inner
}

/// What the title puts in quotes before 活动, 专项行动 or 大讨论.
fn quoted(title: &str) -> Option<String> {
    for (at, c) in title.char_indices() {
        if !OPEN.contains(&c) {
            continue;
        }
        let Some((inner, end)) = quote(title, at) else {
            continue;
        };
        let after = &title[end..];
        let clause = after
            .split(['《', '》', '“', '，', '（', '\n'])
            .next()
            .unwrap_or_default();
        let find = |word: &str| {
            clause
                .find(word)
                .filter(|i| clause[..*i].chars().count() <= 14 && !clause[..*i].contains("关于"))
        };
        if let Some((i, word)) = ["专项行动", "大讨论", "专项整治行动"]
            .iter()
            .filter_map(|w| find(w).map(|i| (i, *w)))
            .min()
        {
            let inner = without_year(inner);
            return Some(format!("“{inner}”{}", &clause[..i + word.len()]));
        }
        // “三无”船舶专项整治 quotes a term, “清源”专项整治 a name.
        if let Some(word) = ["专项整治", "大排查"]
            .iter()
            .find(|w| clause.starts_with(**w))
        {
            return Some(format!("“{}”{word}", without_year(inner)));
        }
        if let Some(i) = find("活动") {
            let between = clause[..i].trim_end_matches([
                '系', '列', '主', '题', '宣', '传', '教', '育', '实', '践', '专',
            ]);
            let inner = without_year(inner);
            return Some(if between.is_empty() {
                inner.to_owned()
            } else {
                format!("“{inner}”{}", &clause[..i])
            });
        }
    }
    None
}

/// The campaign that the lead counts: 今年6月是第22个全国“安全生产月”.
fn counted(text: &str) -> Option<String> {
    static TOLD: Words = Words::new(&["是", "为", "系", "即", "迎来", "正值", "是全国"]);
    text.match_indices('第').find_map(|(at, _)| {
        let head = text[..at].trim_end_matches(is_blank);
        // 以第33个爱国卫生月为载体 speaks of a campaign that the notice need not serve
        // 2025年是我省第二个…
        let head = words!["我国", "我省", "我市", "我县", "我区", "全国", "全省"]
            .strip_end(head)
            .unwrap_or(head);
        if !TOLD.end(head) {
            return None;
        }
        let (_, end) = ordinal(&text[at..])?;
        let rest = text[at + end..].lines().next().unwrap_or_default();
        let (i, c) = rest
            .char_indices()
            .take(24)
            .take_while(|(_, c)| !matches!(c, '，' | '。' | '；' | '、'))
            .find(|(i, c)| {
                matches!(c, '月' | '周' | '日')
                    && rest[..*i]
                        .chars()
                        .next_back()
                        .is_some_and(|p| !is_count(p, *c) && !p.is_ascii_digit())
            })?;
        name_before(&rest[..i], c)
    })
}

/// The number after 第 before 个, 届, 次 or 轮, and the byte after them.
fn ordinal(text: &str) -> Option<(u32, usize)> {
    let rest = text.strip_prefix('第')?;
    let rest_from = text.len() - rest.len();
    let digits: usize = rest
        .chars()
        .take(6)
        .take_while(|c| fold(*c).is_ascii_digit() || numeral::is_chinese(*c) || is_blank(*c))
        .map(char::len_utf8)
        .sum();
    let number: String = rest[..digits].chars().filter(|c| !is_blank(*c)).collect();
    let unit = rest[digits..]
        .chars()
        .next()
        .filter(|c| matches!(c, '个' | '届' | '次' | '轮'))?;
    Some((
        numeral::value(&number)?,
        rest_from + digits + unit.len_utf8(),
    ))
}

/// 第22个 where the campaign's name follows within 20 characters.
fn edition(text: &str, name: &str) -> Option<u32> {
    let bare = |s: &str| -> String {
        s.chars()
            .filter(|c| !is_blank(*c) && !OPEN.contains(c) && !CLOSE.contains(c))
            .filter(|c| !matches!(c, '《' | '》'))
            .collect()
    };
    let name = bare(name);
    // 世界环境日 may be told as 第52个环境日.
    let short = ["世界", "国际", "国家", "全国"]
        .iter()
        .find_map(|w| name.strip_prefix(w))
        .unwrap_or(&name);
    let counted = text.match_indices('第').find_map(|(at, _)| {
        let (number, end) = ordinal(&text[at..])?;
        let after: String = text[at + end..]
            .chars()
            .take(20 + name.chars().count())
            .collect();
        // 第七个国家宪法日，…为“宪法宣传周”: the number is the day's
        let after = bare(after.split(['。', '；', '，']).next().unwrap_or_default());
        after.contains(short).then_some(number)
    });
    // 我市首个“防灾减灾日”
    let first = || {
        ["首个", "首届"].iter().any(|word| {
            text.match_indices(word).any(|(at, _)| {
                let most = 8 + name.chars().count();
                let after: String = text[at + word.len()..].chars().take(most).collect();
                let after = bare(
                    after
                        .split(['。', '；', '，', '、'])
                        .next()
                        .unwrap_or_default(),
                );
                after.contains(short)
            })
        })
    };
    counted.or_else(|| first().then_some(1))
}

#[cfg(test)]
mod tests;
