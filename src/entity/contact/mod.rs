//! Whom to ask: blocks of names, numbers and addresses; and hotlines for the public.

pub mod email;
pub mod phone;

mod bare;
mod before;
mod behind;
mod block;
mod bracket;
mod cells;
mod field;
mod handed;
mod hotline;
mod label;
mod lines;
mod name;
mod number;
mod place;
mod repeat;
mod table;
mod value;

pub(in crate::entity) use name::is_plain_name;

use crate::span::Span;

/// One contact block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactBlock {
    /// The whole block.
    pub span: Span,
    /// 联系人, blanks within a name left out.
    pub names: Vec<String>,
    /// The office named with them.
    pub organization: Option<String>,
    /// Telephone numbers as written, half-width, blanks left out.
    pub phones: Vec<String>,
    /// Fax numbers, likewise.
    pub faxes: Vec<String>,
    /// Half-width addresses.
    pub emails: Vec<String>,
    /// QQ number.
    pub qq: Option<String>,
    /// 地址.
    pub address: Option<String>,
    /// 邮编.
    pub postcode: Option<String>,
}

/// A number for the public: 12345, 119.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HotlineFound {
    /// Of the number.
    pub span: Span,
    /// Half-width, blanks left out, its dash kept.
    pub number: String,
    /// The clause that names it.
    pub context: Span,
}

/// What [`find`] gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contacts {
    /// In order.
    pub blocks: Vec<ContactBlock>,
    /// In order.
    pub hotlines: Vec<HotlineFound>,
}

/// The contact blocks and hotlines of `text`.
///
/// ```
/// use gongwen::entity::contact::find;
///
/// let found = find("（联系人：赵一鸣，电 话：0871-5550101（带传真），举报电话：12350）");
/// assert_eq!(found.blocks[0].names, ["赵一鸣"]);
/// assert_eq!(found.blocks[0].faxes, ["0871-5550101"]);
/// assert_eq!(found.hotlines[0].number, "12350");
/// ```
#[must_use]
pub fn find(text: &str) -> Contacts {
    let (mut blocks, labelled) = block::blocks(text);
    if let Some(block) = bare::block(text)
        && !blocks.iter().any(|b| b.span.overlaps(block.span))
    {
        let at = blocks.partition_point(|b| b.span < block.span);
        blocks.insert(at, block);
    }
    let mut numbers = Vec::new();
    let hotlines = hotline::hotlines(text, labelled, |at| numbers.push(at));
    let unlabelled = unlabelled(text, &numbers, &blocks);
    blocks.extend(unlabelled);
    blocks.sort_by_key(|b| b.span);
    Contacts { blocks, hotlines }
}

/// The contacts without label whose numbers end with the digits at `numbers` and that none of `blocks`, in order, holds.
fn unlabelled(text: &str, numbers: &[usize], blocks: &[ContactBlock]) -> Vec<ContactBlock> {
    let mut out: Vec<ContactBlock> = Vec::new();
    for at in numbers {
        let next = blocks.partition_point(|b| b.span.end <= *at);
        let taken = |b: &ContactBlock| b.span.start <= *at && *at < b.span.end;
        if blocks.get(next).is_some_and(taken) || out.last().is_some_and(taken) {
            continue;
        }
        let around = &blocks[next.saturating_sub(1)..(next + 1).min(blocks.len())];
        out.extend(
            behind::block(text, *at)
                .filter(|found| !around.iter().any(|b| b.span.overlaps(found.span))),
        );
    }
    out
}

#[cfg(test)]
mod case_tests;
#[cfg(test)]
mod number_tests;
#[cfg(test)]
mod people_tests;
#[cfg(test)]
mod tests;
