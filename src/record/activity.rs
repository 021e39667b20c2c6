//! Activities: the leaves of the action sections, each with its units, dates and classes.

mod barren;
mod label;

use super::task_table;
use crate::entity::date::DateExpr;
use crate::entity::date::DateRole;
use crate::entity::quantity;
use crate::entity::quantity::QuantityFound;
use crate::entity::taxonomy::Classes;
use crate::entity::taxonomy::Taxonomy;
use crate::entity::unit;
use crate::entity::unit::UnitFound;
use crate::entity::unit::UnitRole;
use crate::entity::unit::UnitRules;
use crate::outline::Outline;
use crate::outline::heading;
use crate::outline::inline;
use crate::outline::marker::Style;
use crate::outline::part::PartKind;
use crate::outline::role::SectionRole;
use crate::outline::shape::Shape;
use crate::outline::tree::Section;
use crate::span::Span;
use crate::text::fold;
use crate::text::words::words;
use barren::is_barren;
use label::{
    concludes, detail, is_detail, lists_conditions, names_activity, plans_next, tells_when,
};
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
    let rules = UnitRules::of(text);
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
            .map(|part| is_barren(text, outline, part))
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

    /// 一、组织机构⏎主办单位：甲局⏎承办单位：乙校, 三、责任单位⏎甲局: whether a section of leadership says whose the whole is,
    /// no task.
    fn names_hosts(&self, index: usize) -> bool {
        let section = &self.outline.sections[index];
        if section.depth != 1 || section.role != SectionRole::Leadership {
            return false;
        }
        let heading = section.heading.map_or("", |h| h.of(self.text));
        words!["责任单位", "牵头单位"].hold(heading) || {
            let units = unit::find_with(self.text, section.span, &UnitRules::default());
            let does = |role| matches!(role, UnitRole::Responsible | UnitRole::Lead);
            !units.iter().any(|unit| does(unit.role))
        }
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
        // settled once a part: it may have a hundred thousand sections
        let one_of_many: Vec<bool> = self
            .roots
            .iter()
            .map(|roots| self.are_all_one(roots))
            .collect();
        let sections = self.outline.sections.iter().enumerate();
        let mut roots = sections.filter(|(_, s)| s.depth == 1 && !self.barren[s.part]);
        // 【体育】篮球赛, 【艺术】漆艺体验活动: of many that bear names none holds the others
        roots.any(|(i, s)| {
            s.role == SectionRole::Activities
                && !(of_many[s.part] && self.bears_name(i))
                && !(one_of_many[s.part] && self.names_one(s))
        })
    }

    fn label(&self, section: &Section) -> &'t str {
        section.heading.map_or("", |h| h.of(self.text))
    }

    /// Whether the section has the name of one activity, and nothing below it.
    fn names_one(&self, section: &Section) -> bool {
        !section.has_children && names_activity(self.label(section))
    }

    /// 一、启动仪式 二、健身展示活动 三、乒乓球赛: whether the sections of a part are each an activity, and none
    /// holds the others.
    fn are_all_one(&self, roots: &[usize]) -> bool {
        let mut others = 0;
        let mut items = 0;
        for root in roots.iter().map(|i| &self.outline.sections[*i]) {
            let label = self.label(root);
            match root.role {
                SectionRole::Requirements | SectionRole::Leadership => {}
                SectionRole::Activities if self.names_one(root) => items += 1,
                SectionRole::Other if !label.is_empty() && !is_detail(label) => {
                    items += 1;
                    others += 1;
                }
                _ => return false,
            }
        }
        others > 0 && items >= MANY
    }

    /// Whether the section's heading holds a name in quotes or brackets.
    fn bears_name(&self, index: usize) -> bool {
        let heading = self.outline.sections[index].heading;
        heading.is_some_and(|h| h.of(self.text).contains(['“', '《', '「', '【']))
    }

    /// The sections that are activities, in document order.
    fn chosen(&self) -> Vec<usize> {
        let has_action = self.has_action_section();
        let wanted: &[SectionRole] = match has_action {
            true => &[SectionRole::Activities],
            false => &[SectionRole::Activities, SectionRole::Other],
        };
        let mut chosen = vec![false; self.outline.sections.len()];
        // 一、主要工作 tells what was done, 三、下一步工作 what is to do
        let mut is_next = false;
        for (i, section) in self.outline.sections.iter().enumerate() {
            if section.depth == 1 {
                is_next = has_action
                    && section.role == SectionRole::Other
                    && plans_next(self.label(section));
            }
            if section.has_children || self.barren[section.part] {
                continue;
            }
            let assigned = || self.assigns(i) && !self.names_hosts(i);
            if is_next || wanted.contains(&section.role) || assigned() {
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
        if self.counts_within(leaf) {
            return parent;
        }
        if self.outline.sections[parent].depth < 2 {
            return leaf;
        }
        // settled once a parent: a list may have a hundred thousand items
        let folds = self.folding[parent].get_or_init(|| {
            let children = &self.children[parent];
            children.iter().all(|i| self.is_plain(*i))
                || self.are_details(children)
                || lists_conditions(self.last_words(parent))
                    && !children.iter().any(|i| self.has_more(*i))
        });
        if *folds { parent } else { leaf }
    }

    /// Whether the only item below its parent holds the rest of its count on its own line: 一是早巡。二是晚巡。
    fn counts_within(&self, leaf: usize) -> bool {
        let section = &self.outline.sections[leaf];
        let alone = section.parent.is_some_and(|p| self.children[p].len() == 1);
        let line = || {
            let first = section.paragraphs.first()?;
            Some(self.outline.paragraphs[*first].content)
        };
        alone
            && section.heading.is_none()
            && line().is_some_and(|line| inline::holds_next(self.text, section.marker, line))
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

    /// Whether anything stands below the section, or its text says who or by when.
    fn has_more(&self, index: usize) -> bool {
        self.outline.sections[index].has_children || self.is_labelled(index)
    }

    /// The last of the section's own lines, above its children.
    fn last_words(&self, index: usize) -> &'t str {
        let last = self.outline.sections[index].paragraphs.last();
        last.map_or("", |p| self.outline.paragraphs[*p].content.of(self.text))
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
                let above = section
                    .paragraphs
                    .get(n - 1)
                    .map(|p| self.outline.paragraphs[*p].content);
                let label = paragraph.shape == Shape::Label
                    || unit::unit_line(self.text, paragraph.content)
                    || above.is_some_and(|above| {
                        unit::names_below_label(self.text, above, paragraph.content)
                    })
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
        let mut own = section.paragraphs.iter();
        let mut rest = own
            .by_ref()
            .map(|p| self.outline.paragraphs[*p].content)
            .map(|line| {
                let from = section.marker.span.end.max(line.start);
                Span::new(from, line.end.min(scope.end).max(from)).trimmed(self.text)
            });
        // below a marker that stands alone on its line
        let first = rest.next()?;
        let rest = match first.is_empty() {
            true => rest.next().unwrap_or(first),
            false => first,
        };
        let sentence = heading::first_sentence_end(rest.of(self.text))
            .map_or(rest, |end| Span::new(rest.start, rest.start + end));
        let title: String = fold::joined(self.without_bracket(sentence).of(self.text))
            .chars()
            .take(heading::LONGEST)
            .collect();
        (!title.is_empty()).then_some(title)
    }

    /// The words less a bracket or a label of units or time at their end.
    fn without_bracket(&self, words: Span) -> Span {
        let end = unit::trailing_bracket(self.text, words).map_or(words.end, |b| b.start);
        self.without_label(Span::new(words.start, end).trimmed(self.text))
    }

    /// The words less the label of units or a deadline that ends them: 排查校舍，责任单位：基建科.
    fn without_label(&self, words: Span) -> Span {
        let inner = words.of(self.text);
        if !inner.contains(['：', ':']) {
            return words;
        }
        let parts = inner.match_indices(['，', ',', '；', ';', '。']);
        let mut ends = parts.map(|(at, sign)| (at, at + sign.len()));
        let label = ends.find(|(_, behind)| {
            let rest = Span::new(words.start + behind, words.end).trimmed(self.text);
            unit::unit_line(self.text, rest)
        });
        label.map_or(words, |(at, _)| Span::new(words.start, words.start + at))
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

#[cfg(test)]
mod tests;
