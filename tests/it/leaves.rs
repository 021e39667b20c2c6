//! The laws of the outline, whatever the text; tests and fuzz targets check them.

use gongwen::outline;
use gongwen::outline::leaf::LeafKind;
use gongwen::outline::reflow;
use gongwen::text::fold::{is_blank, without_blanks};

/// Why the outline of the text is not lossless; none for a sound one.
#[must_use]
pub(crate) fn lost(text: &str) -> Vec<String> {
    let mut faults = lost_as_it_stands(text);
    if let Some(reflow) = reflow::reflow(text) {
        faults.extend(lost_as_it_stands(&reflow.text));
        if without_blanks(&reflow.text) != without_blanks(text) {
            faults.push("restoring the paragraphs lost a character".to_owned());
        }
        let mut last = 0;
        for leaf in outline::read(&reflow.text).leaves() {
            let there = reflow.original(leaf.span.trimmed(&reflow.text));
            let same = without_blanks(there.of(text)) == without_blanks(leaf.span.of(&reflow.text));
            if there.start < last || !same {
                faults.push(format!("{leaf:?} does not stand at {there:?}"));
            }
            last = there.end.max(last);
        }
    }
    faults
}

fn lost_as_it_stands(text: &str) -> Vec<String> {
    let outline = outline::read(text);
    let mut faults = Vec::new();
    let mut hold = |holds: bool, fault: &str| {
        if !holds {
            faults.push(fault.to_owned());
        }
    };
    let paragraphs: String = outline
        .paragraphs
        .iter()
        .map(|p| p.whole.of(text))
        .collect();
    hold(paragraphs == text, "the paragraphs are not the text");
    hold(outline.is_disjoint(), "two parts claim the same character");
    let mut end = 0;
    let mut sections = vec![false; outline.sections.len()];
    for leaf in outline.leaves() {
        hold(
            leaf.span.start == end,
            "a leaf does not begin where the one before it ends",
        );
        hold(!leaf.span.is_empty(), "a leaf holds nothing");
        end = leaf.span.end;
        match leaf.kind {
            LeafKind::Section(index) => sections[index] = true,
            LeafKind::Blank => hold(
                leaf.span.of(text).chars().all(is_blank),
                "a blank leaf holds a character",
            ),
            _ => {}
        }
    }
    hold(end == text.len(), "the leaves end before the text");
    hold(sections.iter().all(|is| *is), "a section has no leaf");
    faults
}
