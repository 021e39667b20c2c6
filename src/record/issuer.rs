//! 发文机关: who issues a notice, by its signature, its title, its letterhead.

use super::noted::noted;
use crate::outline::organ;
use crate::outline::part::Part;
use crate::text::fold;

/// The organs that signed; else those that the title begins with; else those of the letterhead.
pub(super) fn issuers(text: &str, notice: &Part) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for line in &notice.closing.signers {
        out.extend(organs(line.of(text)));
    }
    let lines: Vec<&str> = notice.header.title.iter().map(|s| s.of(text)).collect();
    let titled = title_organs(&lines.join("\n"));
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
    let mut seen = std::collections::HashSet::new();
    out.retain(|name| seen.insert(name.clone()));
    out
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
    const SCHOOLS: [&str; 4] = ["小学", "中学", "幼儿园", "医院"];
    let ends_at = |word: &&str| title.find(*word).map(|at| (at, at + word.len()));
    let seat = SEATS.iter().filter_map(ends_at).next();
    // 全县中小学, 各小学生: a class of schools is no organ
    let school = || {
        SCHOOLS.iter().filter_map(ends_at).find(|(at, end)| {
            let named = &title[..*at];
            !named.ends_with(['中', '小', '各', '级', '县', '区', '市', '镇', '乡', '全'])
                && !title[*end..].starts_with(['生', '校', '教', '学', '及', '和', '、', '系'])
        })
    };
    let (_, end) = seat.or_else(school)?;
    let name = without_year(&title[..end]);
    let whole = name.chars().count() >= 5
        && !name.contains(['“', '《', '（', '、', '和'])
        && !name.starts_with(['各', '全'])
        && organ::is_organ(name);
    whole.then_some(name)
}

/// 2031年甲县乙小学: the name alone.
fn without_year(name: &str) -> &str {
    let rest = name.trim_start_matches(|c: char| fold::fold(c).is_ascii_digit());
    match rest.strip_prefix('年') {
        Some(rest) if rest.len() < name.len() => rest,
        _ => name,
    }
}

/// The names on one line: parted by blanks or 、, or written together (甲区教育局甲区文化局).
pub(super) fn organs(line: &str) -> Vec<String> {
    let line = without_seal(line);
    let mut pieces: Vec<String> = line
        .split(|c| fold::is_blank(c) || matches!(c, '、' | '，' | ','))
        .filter(|p| !p.is_empty())
        .map(str::to_owned)
        .collect();
    // blanks that only set the characters apart (教 育 局), or a name broken after its place
    let whole = |p: &String| {
        (p.chars().count() >= 3 && organ::is_organ(p))
            || ["中共中央", "团委", "工会", "妇联"].contains(&p.as_str())
    };
    if !pieces.iter().all(whole) {
        pieces = vec![fold::without_blanks(line)];
    }
    pieces.iter().flat_map(|p| written_together(p)).collect()
}

/// （盖章）, （章） behind a name.
fn without_seal(line: &str) -> &str {
    let line = line.trim();
    match line.rfind(['（', '(']) {
        Some(at) if at > 0 && line[at..].contains('章') => line[..at].trim(),
        _ => line,
    }
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
        return vec![name.to_owned()];
    };
    let mut out = Vec::new();
    let mut from = 0;
    for cut in cuts.into_iter().chain([chars.len()]) {
        out.push(chars[from..cut].iter().collect());
        from = cut;
    }
    out
}

fn ends_organ(c: char) -> bool {
    "局会府办室处厅院部委司队社署".contains(c)
}
