//! The tree: sections with their headings, paragraphs, extents and roles.

use super::heading;
use super::inline;
use super::lead;
use super::marker::{Marker, Style};
use super::paragraph::Paragraph;
use super::part::{Part, Parts};
use super::quote;
use super::role;
use super::role::SectionRole;
use super::sequence;
use super::sequence::Body;
use super::shape::Shape;
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::text::fold;
use std::fmt;
use std::ops::Deref;

/// A numbered section, article or item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What opens it.
    pub marker: Marker,
    /// From 1.
    pub depth: usize,
    /// Index of the parent among the sections.
    pub parent: Option<usize>,
    /// Index of the part it stands in.
    pub part: usize,
    /// What names it; may run over a line break.
    pub heading: Option<Span>,
    /// Indices of its own paragraphs, the marked one first, those of its children and a line over the next list not among
    /// them.
    pub paragraphs: Own,
    /// From its marker to the end of its last descendant's last paragraph.
    pub span: Span,
    /// What it is for.
    pub role: SectionRole,
    /// Whether sections stand below it.
    pub has_children: bool,
}

/// Indices of paragraphs; most sections have one, for which no room is taken elsewhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Own(Kept);

#[derive(Clone, PartialEq, Eq)]
enum Kept {
    One([usize; 1]),
    Any(Box<[usize]>),
}

impl Own {
    fn of(indices: &[usize]) -> Self {
        Self(match indices {
            [one] => Kept::One([*one]),
            any => Kept::Any(any.into()),
        })
    }
}

impl fmt::Debug for Own {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.deref().fmt(f)
    }
}

impl Default for Own {
    fn default() -> Self {
        Self::of(&[])
    }
}

impl Deref for Own {
    type Target = [usize];

    fn deref(&self) -> &[usize] {
        match &self.0 {
            Kept::One(one) => one,
            Kept::Any(any) => any,
        }
    }
}

/// The sections of all parts, in document order.
#[must_use]
pub fn sections(
    text: &str,
    paragraphs: &[Paragraph],
    split: &Parts,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Section> {
    let mut out = Vec::with_capacity(split.marked);
    for (number, part) in split.parts.iter().enumerate() {
        of_part(text, paragraphs, number, part, &mut out, diagnostics);
    }
    out
}

fn of_part(
    text: &str,
    paragraphs: &[Paragraph],
    number: usize,
    part: &Part,
    out: &mut Vec<Section>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let first = out.len();
    let body = Body {
        paragraphs,
        body: &part.body,
    };
    // where the own paragraphs of the section last taken begin
    let mut from = 0;
    sequence::place(text, body, diagnostics, |place| {
        let parent = place.parent.map(|p| first + p);
        let below = &part.body[from..place.index];
        let next = match place.marker.ordinal {
            1 if parent.is_none_or(|p| p + 1 < out.len()) => Next::Anew(parent),
            _ => Next::Below(parent),
        };
        finish(text, paragraphs, out, first, below, next);
        from = place.index;
        out.push(Section {
            marker: place.marker,
            depth: place.depth,
            parent,
            part: number,
            heading: None,
            paragraphs: Own::default(),
            span: place.marker.span,
            role: SectionRole::Other,
            has_children: false,
        });
    });
    let below = part.body.get(from..).unwrap_or_default();
    finish(text, paragraphs, out, first, below, Next::Nothing);
}

/// What follows a section in its part.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    /// A section below this one.
    Below(Option<usize>),
    /// One below this that is not the last one, and counts from 1.
    Anew(Option<usize>),
    Nothing,
}

impl Next {
    /// Whether the section with this parent is followed by a sibling.
    fn is_sibling(self, parent: Option<usize>) -> bool {
        matches!(self, Next::Below(next) | Next::Anew(next) if next == parent)
    }
}

/// Gives the last section its own paragraphs, of those below it, and its heading, and those that are over with it their
/// extents. All at once, while they are at hand: a second walk over a million sections costs as much as the first.
fn finish(
    text: &str,
    paragraphs: &[Paragraph],
    sections: &mut [Section],
    first: usize,
    below: &[usize],
    next: Next,
) {
    let Some(mut at) = sections.len().checked_sub(1).filter(|at| *at >= first) else {
        return;
    };
    let section = &mut sections[at];
    let own = match (below, next) {
        // most are one paragraph
        ([] | [_], _) => below,
        // nothing stands over the next sibling or the first child but what is of the item
        (_, Next::Below(parent)) if parent == Some(at) || parent == section.parent => below,
        _ => lead::own(text, paragraphs, below, matches!(next, Next::Anew(_))),
    };
    section.paragraphs = Own::of(own);
    if let Some(last) = own.last() {
        section.span = Span::new(section.span.start, paragraphs[*last].content.end);
    }
    // the first child follows its parent at once
    section.has_children = next == Next::Below(Some(at));
    name(text, paragraphs, sections, first, next);
    // a section reaches to the end of its last descendant
    while next != Next::Below(Some(at))
        && let Some(above) = sections[at].parent
    {
        let end = sections[at].span.end;
        let parent = &mut sections[above];
        parent.span = Span::new(parent.span.start, parent.span.end.max(end));
        at = above;
    }
}

/// Names the last section, below which `next` stands.
fn name(text: &str, paragraphs: &[Paragraph], sections: &mut [Section], first: usize, next: Next) {
    let Some(section) = sections.last() else {
        return;
    };
    let (rest, joined) = heading_line(text, paragraphs, section);
    // a line of contacts closes the item: what follows it goes on with them
    let own = section.paragraphs.iter().map(|p| &paragraphs[*p]);
    let below = own
        .skip(1 + joined)
        .take_while(|p| p.shape != Shape::Contact && !takes_effect(p.content.of(text)))
        .any(|p| {
            !matches!(
                p.shape,
                Shape::Label
                    | Shape::Blank
                    | Shape::Bracketed
                    | Shape::CopyTo
                    | Shape::Printed
                    | Shape::Web
            )
        });
    let last = || !next.is_sibling(section.parent) && !section.has_children;
    let concluded = match next {
        Next::Nothing => {
            let mut lines = section.paragraphs.iter().skip(1 + joined);
            let says = || lines.any(|p| paragraphs[*p].content.of(text).contains('。'));
            below && is_concluded(&sections[first..], says)
        }
        Next::Below(_) | Next::Anew(_) => below && last() && closes_list(&sections[first..]),
    };
    let below = below && !concluded;
    let style = section.marker.style;
    // 一是早巡。二是晚巡。 on one line
    let counts = || {
        let line = section.paragraphs.first().map(|p| paragraphs[*p].content);
        line.is_some_and(|line| inline::holds_next(text, section.marker, line))
    };
    let heading = heading::heading(text, rest, style, below || section.has_children)
        .filter(|_| section.has_children || next.is_sibling(section.parent) || !counts());
    let inherited = section.parent.map(|p| sections[p].role);
    let role =
        inherited.unwrap_or_else(|| heading.map_or(SectionRole::Other, |h| role::role(h.of(text))));
    if let Some(section) = sections.last_mut() {
        section.heading = heading;
        section.role = role;
    }
}

/// 本通告自发布之日起施行。 closes the whole, not the item above it; so does 特此通告。
fn takes_effect(line: &str) -> bool {
    if line.starts_with("特此") {
        return line.len() <= 60;
    }
    let Some(rest) = line.strip_prefix('本') else {
        return false;
    };
    let from = rest.find('自').filter(|at| *at <= 24);
    line.len() <= 240
        && from.is_some()
        && ["施行", "实施", "执行", "生效", "实行"]
            .iter()
            .any(|w| rest.contains(w))
}

/// Whether nothing stands below the last section of a part but the conclusion of the whole: each of its siblings is one
/// paragraph. Whether a sentence stands below it, `says` tells.
fn is_concluded(sections: &[Section], says: impl FnOnce() -> bool) -> bool {
    let Some((last, others)) = sections.split_last() else {
        return false;
    };
    let is_sibling = |s: &&Section| s.parent == last.parent && s.depth == last.depth;
    let mut siblings = others.iter().filter(is_sibling).peekable();
    // where each of the others names what its text says, so does the last, whose text stands below
    let mut named = true;
    siblings.peek().is_some()
        && siblings.all(|s| {
            named &= s.heading.is_some();
            s.paragraphs.len() == 1 && !s.has_children
        })
        && !(named && says())
}

/// Whether the last section ends a list of sentences: what stands below the last of them is of what is above the list.
fn closes_list(sections: &[Section]) -> bool {
    let Some((last, others)) = sections.split_last() else {
        return false;
    };
    let is_item = |s: &&Section| {
        s.parent == last.parent && s.heading.is_none() && s.paragraphs.len() == 1 && !s.has_children
    };
    // the items stand one behind the other, the first right below their parent
    let items = others.iter().rev().take_while(is_item).count();
    items + 1 == last.marker.ordinal as usize && items > 1
}

/// The first paragraph behind the marker, with the next one where the heading is broken over two lines.
fn heading_line(text: &str, paragraphs: &[Paragraph], section: &Section) -> (Span, usize) {
    let at = |n: usize| section.paragraphs.get(n).map(|i| paragraphs[*i]);
    let end = section.marker.span.end;
    let rest = Span::new(end, at(0).map_or(end, |p| p.content.end));
    match at(1) {
        // （一）⏎巡山护林。各站每日一次。: a page that puts the marker on a line of its own
        Some(next)
            if rest.trimmed(text).is_empty()
                && next.shape == Shape::Text
                && section.marker.style != Style::Article
                && !is_scattered(text, next, at(2)) =>
        {
            (next.content, 1)
        }
        Some(next)
            if next.shape == Shape::Text
                && section.marker.style != Style::Article
                && runs_over(text, rest.of(text), next, at(2)) =>
        {
            (Span::new(rest.start, next.content.end), 1)
        }
        _ => (rest, 0),
    }
}

/// Whether the line was broken where a page set figures apart, so that it ends anywhere: 甲县⏎2031⏎年护林…
fn is_scattered(text: &str, line: Paragraph, next: Option<Paragraph>) -> bool {
    let whole = line.content.of(text).contains(['。', '；', '：']);
    let follows = next.map(|p| p.content.of(text));
    !whole && follows.is_some_and(|line| !line.starts_with(fold::is_han) || !line.contains('。'))
}

/// Whether the heading `line` is broken and goes on in `next`, below which `after` stands.
fn runs_over(text: &str, line: &str, next: Paragraph, after: Option<Paragraph>) -> bool {
    let Some(words) = fold::count_within(line, heading::LONGEST) else {
        return false;
    };
    if line.contains(['。', '：']) || !continues_heading(next.content.of(text)) {
        return false;
    }
    let open = line.ends_with(['，', '、', '和', '与', '及', '的'])
        || quote::unbalanced(line)
        || breaks_off(line);
    // a long line without a stop, a short one without a stop, then a sentence: the first two are one heading
    open || (words >= WRAPPED
        && !line.ends_with(['）', ')', '”'])
        && after.is_some_and(|p| p.shape == Shape::Text && p.content.of(text).contains('。')))
}

/// Whether the last clause of the line only begins: 突出重点林区，切实⏎抓好巡山.
fn breaks_off(line: &str) -> bool {
    let Some((before, last)) = line.rsplit_once('，') else {
        return false;
    };
    let last = last.trim();
    let begun = fold::count_within(last, 2).is_some() || last == "进一步";
    begun && !last.is_empty() && before.trim().chars().nth(3).is_some()
}

/// A heading that runs over its line fills it by so many characters at least.
const WRAPPED: usize = 16;

/// Whether a line may be the rest of a heading: short, and no sentence.
fn continues_heading(line: &str) -> bool {
    fold::count_within(line, 40).is_some() && !line.contains(['。', '：', '；'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline;

    const ABOVE: &str = "护林方案\n各林场：\n";

    #[test]
    fn what_stands_below_a_list_of_sentences_is_of_what_is_above_it() {
        let found = of(
            "一、奖励\n（一）发现火情的，奖一百元。\n（二）扑灭火情的，奖二百元。\n（三）抓获纵火者的，奖三百元。\n同一火情只奖一次。\n二、处罚\n（一）吸烟的，罚一百元。\n（二）烧荒的，罚二百元。\n11。\n",
        );
        let headings: Vec<_> = found.iter().map(|s| s.1.as_deref()).collect();
        assert_eq!(
            headings,
            [Some("奖励"), None, None, None, Some("处罚"), None, None]
        );
    }

    /// Depth, heading, how many own paragraphs, and the words of each section.
    fn of(body: &str) -> Vec<(usize, Option<String>, usize, String)> {
        let text = format!("{ABOVE}{body}");
        let heading = |s: &Section| s.heading.map(|h| h.of(&text).to_owned());
        outline::read(&text)
            .sections
            .iter()
            .map(|s| {
                let words = s.span.of(&text).to_owned();
                (s.depth, heading(s), s.paragraphs.len(), words)
            })
            .collect()
    }

    #[test]
    fn a_section_reaches_to_the_end_of_what_stands_below_it() {
        let found = of("一、巡山\n每日一次。\n（一）早巡\n（二）晚巡\n带灯。\n二、防火\n");
        let spans: Vec<(usize, usize, &str)> = found
            .iter()
            .map(|(depth, _, own, words)| (*depth, *own, words.as_str()))
            .collect();
        assert_eq!(
            spans,
            [
                (1, 2, "一、巡山\n每日一次。\n（一）早巡\n（二）晚巡\n带灯。"),
                (2, 1, "（一）早巡"),
                (2, 2, "（二）晚巡\n带灯。"),
                (1, 1, "二、防火"),
            ]
        );
    }

    #[test]
    fn a_heading_broken_over_two_lines_is_one() {
        let headings = |body: &str| -> Vec<Option<String>> {
            of(body)
                .into_iter()
                .map(|(_, heading, ..)| heading)
                .collect()
        };
        let broken = headings("一、广泛开展护林宣传和\n防火演练\n各站照办。\n");
        assert_eq!(broken, [Some("广泛开展护林宣传和\n防火演练".to_owned())]);
        let whole = headings("一、开展护林宣传\n各站照办。\n");
        assert_eq!(whole, [Some("开展护林宣传".to_owned())]);
        let clause = headings("一、突出重点林区，切实\n抓好巡山\n各站照办。\n");
        assert_eq!(clause, [Some("突出重点林区，切实\n抓好巡山".to_owned())]);
        let whole = headings("一、突出重点，抓落实\n抓好巡山\n各站照办。\n");
        assert_eq!(whole, [Some("突出重点，抓落实".to_owned())]);
        let quote = headings("一、学习《护林\n条例》\n各站照办。\n");
        assert_eq!(quote, [Some("学习《护林\n条例》".to_owned())]);
    }

    #[test]
    fn a_marker_alone_on_its_line_heads_the_line_below() {
        let found = of("一、任务\n（一）\n早巡。带灯。\n（二）\n晚巡\n（三）\n夜里也巡。\n");
        let headings: Vec<_> = found.iter().map(|s| s.1.as_deref()).collect();
        assert_eq!(headings, [Some("任务"), Some("早巡"), Some("晚巡"), None]);
        let found = of("一、\n甲县\n2031\n年计划巡山\n9\n次。\n二、\n防火。\n");
        assert_eq!(found[0].1, None);
    }

    #[test]
    fn the_conclusion_of_the_whole_stands_below_no_last_item() {
        let one = |last: &str| of(last).pop().and_then(|(_, heading, ..)| heading);
        assert_eq!(one("一、要巡山。\n二、要防火。\n特此通知。\n"), None);
        assert_eq!(
            one("一、早巡。每日一次。\n二、晚巡。带灯。\n三、及时报送。\n7月3日前报送总结。\n"),
            Some("及时报送".to_owned())
        );
        assert_eq!(
            one("一、早巡。每日一次。\n二、要防火。\n【打印】【关闭】\n"),
            None
        );
        assert_eq!(
            one("一、要防火。\n做到人人知晓。\n"),
            Some("要防火".to_owned())
        );
    }

    #[test]
    fn roles_come_down_from_above() {
        let text = format!("{ABOVE}一、工作任务\n（一）指导思想\n二、指导思想\n");
        let roles: Vec<SectionRole> = outline::read(&text)
            .sections
            .iter()
            .map(|s| s.role)
            .collect();
        use SectionRole::{Activities, Guiding};
        assert_eq!(roles, [Activities, Activities, Guiding]);
    }

    /// What a marker costs on the most hostile text: its paragraph, its place in the body and its section, 192 bytes.
    #[test]
    fn what_is_kept_for_a_marker_is_bounded() {
        let text = "（三）\n".repeat(5000);
        let outline = outline::read(&text);
        assert_eq!(outline.sections.len(), 5000);
        let kept = outline.paragraphs.capacity() * size_of::<Paragraph>()
            + outline.parts[0].body.capacity() * size_of::<usize>()
            + outline.sections.capacity() * size_of::<Section>();
        // of the body alone twice as much may be kept as is used
        assert!(
            kept <= 5000 * (192 + size_of::<usize>()),
            "{} bytes for each",
            kept / 5000
        );
        assert!(
            outline
                .sections
                .iter()
                .all(|s| matches!(s.paragraphs.0, Kept::One(_)))
        );
        let remarks = sequence::MOST_REMARKS + 1;
        assert_eq!(outline.diagnostics.len(), remarks);
    }

    #[test]
    fn what_takes_effect_is_not_of_the_last_item() {
        let of = |end: &str| {
            let text = format!(
                "禁止捕捞通告\n一、禁渔期为3月。禁渔区为全湖。\n二、违者由渔政处罚。\n{end}\n"
            );
            let outline = outline::read(&text);
            outline.sections[1].heading.map(|h| h.of(&text).to_owned())
        };
        assert_eq!(of("本通告自发布之日起施行。"), None);
        assert_eq!(of("特此通告。"), None);
    }

    #[test]
    fn decimal_numbers_nest() {
        let text = "洪涝应急预案\n1 总则\n1.1 目的\n减轻损失。\n1.2 依据\n2 响应\n2.1 分级\n2.1.1 一级由甲启动。\n（1）转移\n（2）安置\n2.2 终止\n3 附则\n";
        let outline = outline::read(text);
        let depths: Vec<(&str, usize)> = outline
            .sections
            .iter()
            .map(|s| (s.marker.span.of(text), s.depth))
            .collect();
        let want = [
            ("1", 1),
            ("1.1", 2),
            ("1.2", 2),
            ("2", 1),
            ("2.1", 2),
            ("2.1.1", 3),
            ("（1）", 4),
            ("（2）", 4),
            ("2.2", 2),
            ("3", 1),
        ];
        assert_eq!(depths, want);
    }
}
