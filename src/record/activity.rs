//! Activities: the leaves of the action sections, each with its units, dates and classes.

use super::task_table;
use crate::entity::date::DateExpr;
use crate::entity::date::DateRole;
use crate::entity::quantity;
use crate::entity::quantity::QuantityFound;
use crate::entity::taxonomy::Classes;
use crate::entity::taxonomy::Taxonomy;
use crate::entity::unit;
use crate::entity::unit::UnitFound;
use crate::entity::unit::UnitRules;
use crate::outline::Outline;
use crate::outline::heading;
use crate::outline::marker::Style;
use crate::outline::part::{Part, PartKind};
use crate::outline::role::SectionRole;
use crate::outline::shape::Shape;
use crate::outline::tree::Section;
use crate::span::Span;
use crate::text::fold;
use crate::text::words::{Words, words};
use std::cell::OnceCell;
use std::collections::HashSet;

/// An activity before it is brought to the border.
#[derive(Clone, Debug, PartialEq)]
pub struct ActivityFound {
    /// Where it stands.
    pub place: Place,
    /// The heading less a trailing bracket of deadline or units, or the first sentence.
    pub title: Option<String>,
    /// The whole of its text.
    pub span: Span,
    /// Who.
    pub units: Vec<UnitFound>,
    /// Indices into the dates of the notice.
    pub dates: Vec<usize>,
    /// What sort, and for whom.
    pub classes: Classes,
    /// How many.
    pub quantities: Vec<QuantityFound>,
}

/// Where an activity stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// It is this section.
    Section(usize),
    /// It is a row of a table of tasks.
    Row {
        /// The section that holds the table.
        section: Option<usize>,
        /// The cell under 序号, or the row's number.
        ordinal: String,
    },
}

/// The activities of a notice in document order.
#[must_use]
pub fn find(
    text: &str,
    outline: &Outline,
    dates: &[DateExpr],
    taxonomy: &Taxonomy,
) -> Vec<ActivityFound> {
    let finder = Finder::new(text, outline);
    let rules = UnitRules {
        first_leads: unit::first_leads(text),
    };
    let mut out: Vec<ActivityFound> = finder
        .chosen()
        .into_iter()
        .map(|index| {
            let span = finder.scope(index);
            // 二、组织实施 names nobody
            let marker = outline.sections[index].marker.span;
            let said = Span::new(marker.end.min(span.end), span.end);
            let mut units = unit::find_with(text, said, &rules);
            if units.is_empty() {
                units = finder.inherited_units(index, &rules);
            }
            ActivityFound {
                place: Place::Section(index),
                title: finder.title(index, span),
                span,
                units,
                dates: within(dates, span),
                classes: taxonomy.classify(span.of(text)),
                quantities: quantity::find(text, span),
            }
        })
        .collect();
    let tasks = task_table::tasks(text, outline, &rules);
    // the rows are what stands below their section
    let tabled: HashSet<usize> = tasks.iter().filter_map(|task| task.section).collect();
    out.retain(|activity| match activity.place {
        Place::Section(index) => !tabled.contains(&index),
        Place::Row { .. } => true,
    });
    for task in tasks {
        out.push(ActivityFound {
            place: Place::Row {
                section: task.section,
                ordinal: task.ordinal,
            },
            title: Some(task.title),
            span: task.span,
            units: task.units,
            dates: within(dates, task.span),
            classes: taxonomy.classify(task.span.of(text)),
            quantities: quantity::find(text, task.span),
        });
    }
    out.sort_by_key(|a| a.span.start);
    out
}

fn within(dates: &[DateExpr], span: Span) -> Vec<usize> {
    let from = dates.partition_point(|d| d.span.start < span.start);
    dates[from..]
        .iter()
        .take_while(|d| d.span.start < span.end)
        .enumerate()
        // what follows the signature may be read with the last section
        .filter(|(_, d)| d.role != DateRole::Issued)
        .map(|(i, _)| from + i)
        .collect()
}

/// How many paragraphs an activity usually has.
#[derive(Clone, Copy)]
struct Usual {
    most: usize,
    /// Several siblings are one paragraph each: whatever follows the last is of the whole notice.
    firm: bool,
}

/// So many sections that bear names are items of one list.
const MANY: usize = 3;

struct Finder<'t> {
    text: &'t str,
    outline: &'t Outline,
    /// For each section, whether its own text says who or by when.
    labelled: Vec<OnceCell<bool>>,
    /// For each section, whether its children are but its text.
    folding: Vec<OnceCell<bool>>,
    /// For each section, the units in the bracket of its heading.
    in_heading: Vec<OnceCell<Vec<UnitFound>>>,
    children: Vec<Vec<usize>>,
    /// For each part, its sections of depth 1.
    roots: Vec<Vec<usize>>,
    /// Parts that give none: regulations, whose articles are no activities, and forms that say how they are filled in.
    barren: Vec<bool>,
}

impl<'t> Finder<'t> {
    fn new(text: &'t str, outline: &'t Outline) -> Self {
        let mut children = vec![Vec::new(); outline.sections.len()];
        let mut roots = vec![Vec::new(); outline.parts.len()];
        let mut barren: Vec<bool> = outline
            .parts
            .iter()
            .map(|part| part.kind == PartKind::Attachment && is_form(text, outline, part))
            .collect();
        let mut regulation = vec![false; outline.parts.len()];
        for (i, section) in outline.sections.iter().enumerate() {
            match section.parent {
                Some(parent) => children[parent].push(i),
                None => roots[section.part].push(i),
            }
            if section.marker.style == Style::Article {
                regulation[section.part] = true;
            }
        }
        // what is attached to a regulation is of it
        let first = roots.iter().position(|sections| !sections.is_empty());
        if first.is_some_and(|first| regulation[first]) {
            for (of_regulation, part) in regulation.iter_mut().zip(&outline.parts) {
                *of_regulation |= part.kind == PartKind::Attachment;
            }
        }
        for (barren, of_regulation) in barren.iter_mut().zip(regulation) {
            *barren |= of_regulation;
        }
        Self {
            text,
            outline,
            labelled: vec![OnceCell::new(); outline.sections.len()],
            folding: vec![OnceCell::new(); outline.sections.len()],
            in_heading: vec![OnceCell::new(); outline.sections.len()],
            children,
            roots,
            barren,
        }
    }

    /// Whether the section's own text says who or by when; read once, and only where it is asked.
    fn is_labelled(&self, index: usize) -> bool {
        *self.labelled[index].get_or_init(|| self.bears_label(index))
    }

    /// Whether units or a deadline stand in the section's own paragraphs, in labels, brackets or sentences.
    fn bears_label(&self, index: usize) -> bool {
        let section = &self.outline.sections[index];
        let own = if section.has_children {
            self.own(section)
        } else {
            self.scope(index)
        };
        unit::has_label(self.text, own)
    }

    /// Whether a line or a bracket at the end of a paragraph labels units, as tasks have them.
    fn assigns(&self, index: usize) -> bool {
        let scope = self.scope(index);
        let rules = UnitRules::default();
        self.outline.sections[index]
            .paragraphs
            .iter()
            .map(|p| self.outline.paragraphs[*p].content)
            .filter(|line| scope.contains(*line) || line.start <= scope.start)
            .any(|line| {
                if unit::unit_line(self.text, line) {
                    return !unit::find_with(self.text, line, &rules).is_empty();
                }
                let Some(label) = unit::trailing_bracket(self.text, line) else {
                    return false;
                };
                // the bracket behind what is reported to or told of labels nothing: as part of its line it gives no units
                let units = unit::find_with(self.text, line, &rules);
                units.iter().any(|found| label.contains(found.span))
            })
    }

    /// The section's own text, without its children's.
    fn own(&self, section: &Section) -> Span {
        let end = section
            .paragraphs
            .last()
            .map_or(section.marker.span.end, |p| {
                self.outline.paragraphs[*p].content.end
            });
        Span::new(section.marker.span.start, end)
    }

    /// Whether any section of the notice is named as one of activities.
    fn has_action_section(&self) -> bool {
        let of_many: Vec<bool> = self
            .roots
            .iter()
            .map(|roots| roots.iter().filter(|i| self.bears_name(**i)).nth(MANY - 1))
            .map(|found| found.is_some())
            .collect();
        let sections = self.outline.sections.iter().enumerate();
        let mut roots = sections.filter(|(_, s)| s.depth == 1 && !self.barren[s.part]);
        // 【体育】篮球赛, 【艺术】漆艺体验活动: of many that bear names none holds the others
        roots.any(|(i, s)| {
            s.role == SectionRole::Activities && !(of_many[s.part] && self.bears_name(i))
        })
    }

    /// Whether the section's heading holds a name in quotes or brackets.
    fn bears_name(&self, index: usize) -> bool {
        let heading = self.outline.sections[index].heading;
        heading.is_some_and(|h| h.of(self.text).contains(['“', '《', '「', '【']))
    }

    /// The sections that are activities, in document order.
    fn chosen(&self) -> Vec<usize> {
        let wanted: &[SectionRole] = match self.has_action_section() {
            true => &[SectionRole::Activities],
            false => &[SectionRole::Activities, SectionRole::Other],
        };
        let mut chosen = vec![false; self.outline.sections.len()];
        for (i, section) in self.outline.sections.iter().enumerate() {
            if section.has_children || self.barren[section.part] {
                continue;
            }
            if wanted.contains(&section.role) || self.assigns(i) {
                chosen[self.folded(i)] = true;
            }
        }
        (0..chosen.len()).filter(|i| chosen[*i]).collect()
    }

    /// The leaf itself, or its parent where leaf and siblings are but the parent's text: no heading, no label, or when, where
    /// and what it is; and the parent an item rather than a section.
    fn folded(&self, leaf: usize) -> usize {
        let Some(parent) = self.outline.sections[leaf].parent else {
            return leaf;
        };
        if self.outline.sections[parent].depth < 2 {
            return leaf;
        }
        // settled once a parent: a list may have a hundred thousand items
        let folds = self.folding[parent].get_or_init(|| {
            let children = &self.children[parent];
            children.iter().all(|i| self.is_plain(*i)) || self.are_details(children)
        });
        if *folds { parent } else { leaf }
    }

    /// Whether most of the sections are details of one activity: 1.活动时间：… 2.活动地点：… 3.活动内容：…, or 1.主要内容：…
    /// 2.责任单位：….
    fn are_details(&self, sections: &[usize]) -> bool {
        let mut details = 0;
        let mut tells = false;
        for index in sections {
            let section = &self.outline.sections[*index];
            if section.has_children {
                return false;
            }
            let Some(detail) = detail(self.first_words(section)) else {
                continue;
            };
            details += 1;
            tells |= detail;
        }
        tells && details > 1 && details * 2 > sections.len()
    }

    /// The heading, or the line behind the marker.
    fn first_words(&self, section: &Section) -> &'t str {
        let line = section.paragraphs.first().map(|p| {
            let end = self.outline.paragraphs[*p].content.end;
            Span::new(section.marker.span.end.min(end), end).trimmed(self.text)
        });
        let words = section.heading.or(line);
        words.map_or("", |words| words.of(self.text))
    }

    /// Whether a section is but text: no heading, nothing below it, no label.
    fn is_plain(&self, index: usize) -> bool {
        let section = &self.outline.sections[index];
        section.heading.is_none() && !section.has_children && !self.is_labelled(index)
    }

    /// The text of the activity: its section, less a conclusion of the whole notice that follows the last one.
    fn scope(&self, index: usize) -> Span {
        let section = &self.outline.sections[index];
        if section.has_children {
            return section.span;
        }
        let mut end = section.marker.span.end;
        let mut labels = false;
        let usual = self.usual_length(index);
        let next = self.outline.sections.get(index + 1);
        // before a sibling every line is the item's: 牵头领导：甲 may stand above its text
        let between = next.is_some_and(|n| n.part == section.part && n.parent == section.parent);
        for (n, p) in section.paragraphs.iter().enumerate() {
            let paragraph = &self.outline.paragraphs[*p];
            if n > 0 {
                let line = paragraph.content.of(self.text);
                let label = paragraph.shape == Shape::Label
                    || unit::unit_line(self.text, paragraph.content)
                    || labels && tells_when(line);
                if (labels && !label && !between)
                    || (!label && n >= usual.most && (usual.firm || concludes(line)))
                {
                    break;
                }
                labels |= label;
            }
            end = paragraph.content.end;
        }
        Span::new(section.marker.span.start, end)
    }

    /// How many paragraphs the siblings of the last activity of a part have at most; every other has as many as it has.
    fn usual_length(&self, index: usize) -> Usual {
        let section = &self.outline.sections[index];
        let next = self.outline.sections.get(index + 1);
        if next.is_some_and(|n| n.part == section.part) {
            return Usual {
                most: usize::MAX,
                firm: false,
            };
        }
        let siblings = match section.parent {
            Some(parent) => self.children[parent].as_slice(),
            None => &self.roots[section.part],
        };
        let lengths = || {
            siblings
                .iter()
                .filter(|i| **i != index)
                .map(|i| self.outline.sections[*i].paragraphs.len())
        };
        let most = lengths().max().unwrap_or(2).max(1);
        Usual {
            most,
            firm: most == 1 && lengths().count() >= 2,
        }
    }

    fn title(&self, index: usize, scope: Span) -> Option<String> {
        let section = &self.outline.sections[index];
        if let Some(heading) = section.heading {
            let title = fold::joined(self.without_bracket(heading).of(self.text));
            return (!title.is_empty()).then_some(title);
        }
        let first = section
            .paragraphs
            .first()
            .map(|p| self.outline.paragraphs[*p].content)?;
        let rest = Span::new(section.marker.span.end, first.end.min(scope.end)).trimmed(self.text);
        let sentence = heading::first_sentence_end(rest.of(self.text))
            .map_or(rest, |end| Span::new(rest.start, rest.start + end));
        let title: String = fold::joined(self.without_bracket(sentence).of(self.text))
            .chars()
            .take(heading::LONGEST)
            .collect();
        (!title.is_empty()).then_some(title)
    }

    /// The words less a bracket of units or time at their end.
    fn without_bracket(&self, words: Span) -> Span {
        let end = unit::trailing_bracket(self.text, words).map_or(words.end, |b| b.start);
        Span::new(words.start, end).trimmed(self.text)
    }

    /// Units in the bracket of a heading above, which stand for all below it.
    fn inherited_units(&self, index: usize, rules: &UnitRules) -> Vec<UnitFound> {
        let mut at = self.outline.sections[index].parent;
        while let Some(parent) = at {
            let section = &self.outline.sections[parent];
            // read once a heading: a hundred thousand items may stand below it
            let units = self.in_heading[parent].get_or_init(|| {
                section
                    .heading
                    .and_then(|h| unit::trailing_bracket(self.text, h))
                    .map(|b| unit::find_with(self.text, b, rules))
                    .unwrap_or_default()
            });
            if !units.is_empty() {
                return units.clone();
            }
            at = section.parent;
        }
        Vec::new()
    }
}

/// Whether the line below one of units says when or where by a label: 时间安排：12月10日至20日.
fn tells_when(line: &str) -> bool {
    let line = line.trim_matches(fold::is_blank);
    let Some((label, rest)) = line.split_once(['：', ':']) else {
        return false;
    };
    let label = fold::without_blanks(label);
    const LONGEST: usize = 6;
    const REST: usize = 60;
    label.chars().nth(LONGEST).is_none()
        && rest.chars().nth(REST).is_none()
        && (words!["时间安排", "进度安排", "时间进度", "工作进度", "实施进度"].hold(&label)
            || words!["时间", "时限", "地点", "日期", "期限", "节点"].end(&label))
        && !label.starts_with("联系")
}

/// Whether the words name a detail of an activity, and whether that is its time, its place or who does it: 活动时间：6月1日,
/// 责任单位：甲局, 参加人员.
fn detail(words: &str) -> Option<bool> {
    const LONGEST: usize = 8;
    let label = words.split(['：', ':']).next().unwrap_or_default();
    fold::count_within(label, LONGEST)?;
    let tells = words!["时间", "地点", "日期", "场地", "时限", "期限"].end(label)
        || label.len() < words.len()
            && words!["单位", "部门", "科室"].end(label)
            && words!["责任", "实施", "牵头", "落实", "配合"].begin(label);
    let others = words![
        "内容",
        "对象",
        "人员",
        "形式",
        "方式",
        "主题",
        "目的",
        "范围",
        "要求",
        "流程",
        "措施",
        "目标",
        "负责人",
        "责任人",
        "规模",
        "单位"
    ];
    (tells || others.end(label)).then_some(tells)
}

/// Whether the first section of the part stands below 填表说明：.
fn is_form(text: &str, outline: &Outline, part: &Part) -> bool {
    let lines = part.body.iter().map(|i| &outline.paragraphs[*i]);
    lines.take_while(|p| p.shape != Shape::Marked).any(|p| {
        let line = p.content.of(text).trim_end_matches(['：', ':']);
        words![
            "填表说明",
            "填写说明",
            "填报说明",
            "填表须知",
            "填表要求",
            "填写要求"
        ]
        .end(line)
    })
}

/// Whether a paragraph reads as the conclusion of the notice: what all are to do and report.
fn concludes(line: &str) -> bool {
    static OPENINGS: Words = Words::new(&[
        "请",
        "各地",
        "各级",
        "各单位",
        "各部门",
        "各有关",
        "各县",
        "各市",
        "各区",
        "各乡",
        "特此",
        "以上",
    ]);
    OPENINGS.begin(line)
}

#[cfg(test)]
mod tests;
