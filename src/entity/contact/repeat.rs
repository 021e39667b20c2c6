//! Blocks that say again what another says.

use super::ContactBlock;

/// Drops a nameless block all of whose numbers and addresses another block has: a form's footnote that repeats them.
pub(super) fn without_repeats(blocks: Vec<ContactBlock>) -> Vec<ContactBlock> {
    use std::collections::HashMap;
    let mut holders: HashMap<String, Vec<usize>> = HashMap::new();
    for (n, block) in blocks.iter().enumerate() {
        for key in keys(block) {
            let at = holders.entry(key).or_default();
            if at.last() != Some(&n) && at.len() < 8 {
                at.push(n);
            }
        }
    }
    let repeats = |n: usize, block: &ContactBlock| {
        block.names.is_empty()
            && keys(block).next().is_some()
            && keys(block).all(|key| {
                holders[&key]
                    .iter()
                    .any(|m| *m < n || (*m > n && !blocks[*m].names.is_empty()))
            })
    };
    let keep: Vec<bool> = blocks
        .iter()
        .enumerate()
        .map(|(n, block)| !repeats(n, block))
        .collect();
    blocks
        .into_iter()
        .zip(keep)
        .filter_map(|(block, keep)| keep.then_some(block))
        .collect()
}

fn keys(block: &ContactBlock) -> impl Iterator<Item = String> + '_ {
    block
        .phones
        .iter()
        .chain(&block.faxes)
        .chain(&block.emails)
        .map(|v| v.to_lowercase())
}
