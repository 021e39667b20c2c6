//! Tables whose cells a page put on a line each: 序号⏎工作任务⏎责任单位⏎1⏎巡山⏎…. The numbers in their cells count no sections.

use super::Paragraph;
use crate::outline::column;
use crate::outline::column::Column;
use crate::outline::shape::Shape;
use crate::span::Span;
use crate::text::fold;
use crate::text::numeral;

/// A longer line, in bytes, is no head of a column.
const LONGEST: usize = 36;
/// So many heads of columns stand one below the other, where one of them is of a table alone.
const FEWEST: usize = 3;

/// The heads of columns that stand one below the other, as the lines are read.
#[derive(Debug, Default)]
pub(super) struct Heads {
    run: usize,
    first: Option<Column>,
    of_table: bool,
    /// Where the cells below the heads begin, of each table.
    tables: Vec<usize>,
}

impl Heads {
    /// Takes the paragraph that will have this index.
    #[inline]
    pub(super) fn take(&mut self, text: &str, index: usize, paragraph: &Paragraph) {
        if paragraph.is_blank() {
            return;
        }
        let line = paragraph.content.of(text);
        if line.len() <= LONGEST && paragraph.shape != Shape::Marked && self.is_head(line) {
            self.run += 1;
            return;
        }
        if self.run > 0 {
            // 活动目标⏎工作任务⏎保障措施⏎有关要求 are headings too, where no row begins below
            let is_table = || self.of_table || self.run > FEWEST && self.begins_row(line);
            if self.run >= FEWEST && is_table() {
                self.tables.push(index);
            }
            self.run = 0;
            self.first = None;
            self.of_table = false;
        }
    }

    /// Whether the line may be the first cell of the first row.
    fn begins_row(&self, line: &str) -> bool {
        match self.first {
            Some(Column::Ordinal) => column::ordinal(line).is_some(),
            Some(Column::Time) => column::is_time(line),
            _ => false,
        }
    }

    fn is_head(&mut self, line: &str) -> bool {
        // most lines are told by their last character
        let Some(column) = column::may_end_head(line)
            .then(|| column::of_head(line))
            .flatten()
        else {
            return false;
        };
        self.first = self.first.or(Some(column));
        self.of_table |= column::is_of_tables(&fold::without_blanks(line));
        true
    }

    /// Takes the markers off the cells.
    pub(super) fn leave_cells(&self, text: &str, paragraphs: &mut [Paragraph]) {
        let mut done = 0;
        for from in &self.tables {
            let mut at = (*from).max(done);
            while let Some(paragraph) = paragraphs.get_mut(at).filter(|p| !ends(text, p)) {
                if paragraph.shape == Shape::Marked {
                    paragraph.shape = Shape::Text;
                    paragraph.marker = None;
                }
                at += 1;
            }
            done = at;
        }
    }
}

/// 一、隐患排查 with empty cells behind it, below a row of a table, is a row of it; so is one between two rows that count on:
/// it heads some of them.
#[cold]
pub(super) fn take_heads_of_rows(text: &str, paragraphs: &mut [Paragraph]) {
    let mut above = Shape::Blank;
    // what the last row of the table counts
    let mut last: Option<u32> = None;
    for at in 0..paragraphs.len() {
        let paragraph = paragraphs[at];
        let behind = Span::new(paragraph.content.end, paragraph.whole.end);
        let empty_cells = above == Shape::TableRow
            && matches!(paragraph.shape, Shape::Marked | Shape::Text)
            && behind.of(text).starts_with('\t');
        let heads = || {
            let below = paragraphs[at + 1..].iter().find(|p| !p.is_blank());
            let next = below.filter(|p| p.shape == Shape::TableRow)?;
            Some(row_number(next.content.of(text))? == last?.checked_add(1)?)
        };
        if empty_cells || paragraph.shape == Shape::Marked && heads() == Some(true) {
            paragraphs[at].shape = Shape::TableRow;
            paragraphs[at].marker = None;
        } else {
            match paragraph.shape {
                Shape::TableRow => last = row_number(paragraph.content.of(text)).or(last),
                Shape::Marked | Shape::Attachment { .. } => last = None,
                _ => {}
            }
        }
        above = paragraphs[at].shape;
    }
}

/// What the first cell of a row counts; none for the row of heads that begins with 序号.
fn row_number(row: &str) -> Option<u32> {
    let (cell, _) = row.split_once('\t')?;
    let cell = cell.trim();
    match cell.starts_with('序') {
        true => fold::without_blanks(cell).eq("序号").then_some(0),
        false => numeral::arabic(cell),
    }
}

/// Whether the text goes on below the table.
fn ends(text: &str, paragraph: &Paragraph) -> bool {
    let words = paragraph.content.of(text);
    paragraph.shape == Shape::Date || column::ends_table(words, paragraph.shape, paragraph.marker)
}

#[cfg(test)]
mod tests {
    use super::super::paragraphs;

    /// How many paragraphs are marked.
    fn marked(text: &str) -> usize {
        paragraphs(text)
            .iter()
            .filter(|p| p.marker.is_some())
            .count()
    }

    #[test]
    fn cells_on_lines_of_their_own_count_nothing() {
        let table = "附件\n护林指标表\n序  号\n指标\n指标内容\n备注\n1\n巡山\n1. 每日一次。\n2. 带灯。\n（1）头灯\n2\n防火\n1. 有水。\n";
        assert_eq!(marked(table), 0);
        let goes_on = format!("{table}注：\n1.逐项打分。\n2.满分一百。\n");
        assert_eq!(marked(&goes_on), 2);
        let sections = format!("{table}一、要求\n1.认真。\n");
        assert_eq!(marked(&sections), 2);
        let plain = "时间\n活动内容\n地点\n责任单位\n5月1日\n1.登山\n山上\n工会\n";
        assert_eq!(marked(plain), 0);
    }

    #[test]
    fn a_line_between_rows_that_count_on_heads_some_of_them() {
        let one = "序号\t举措\t单位\n一、巡山\n1\t早巡\t甲站\n2\t晚巡\t乙站\n夜里也巡。\n二、防火\n3\t清山\t甲站\n";
        assert_eq!(marked(one), 0);
        let each = "一、巡山\n1\t早巡\t甲站\n二、防火\n1\t清山\t甲站\n";
        assert_eq!(marked(each), 2);
        let headed = "一、巡山\n序号\t举措\n1\t早巡\n二、防火\n序号\t举措\n2\t清山\n";
        assert_eq!(marked(headed), 2);
        let greatest = "4294967295\t早巡\t甲站\n二、防火\n3\t清山\t甲站\n";
        assert_eq!(marked(greatest), 1, "nothing counts on from there");
    }

    #[test]
    fn sections_below_few_labels_stay() {
        assert_eq!(marked("护林活动\n主要内容\n1.巡山。\n2.防火。\n"), 2);
        assert_eq!(
            marked("活动时间\n活动地点\n活动内容\n1.巡山。\n2.防火。\n"),
            2
        );
        // headings, and the lines of a form's cover
        for heads in [
            "活动目标\n工作任务\n保障措施\n有关要求\n",
            "护林站名称\n申报单位\n联系电话\n申报时间\n填写说明\n",
        ] {
            assert_eq!(
                marked(&format!("{heads}1.巡山。\n2.防火。\n")),
                2,
                "{heads}"
            );
        }
        assert_eq!(marked("一、时间\n二、内容\n三、备注\n1.巡山。\n"), 4);
        assert_eq!(marked("序号：1\n指标：2\n备注：无\n1.巡山。\n"), 1);
    }
}
