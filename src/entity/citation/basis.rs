//! What the notice carries out: 根据《…》, 按照《…》要求, 贯彻落实《…》精神.

use crate::span::Span;
use crate::text::fold::is_blank;
use crate::text::words::Words;
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// Words before a title that lead from it to the notice.
static LEADS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    words(&[
        "根据", "按照", "依据", "依照", "遵照", "遵循", "贯彻", "落实", "执行", "按", "响应",
        "转发",
    ])
});

/// Words after a title, in its sentence, that set this notice or plan up.
static FOUNDS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    words(&[
        "制定本",
        "特制定",
        "制订本",
        "特制订",
        "制定如下",
        "制订如下",
        "编制本",
        "现制定",
        "提出如下",
        "现就",
        "通知如下",
        "方案如下",
    ])
});

/// Words before a title that make it what the notice itself brings.
static ENCLOSES: LazyLock<AhoCorasick> = LazyLock::new(|| {
    words(&[
        "现将", "制定", "制订", "拟定", "印发", "下发", "起草", "编制", "形成",
    ])
});

fn words(words: &[&str]) -> AhoCorasick {
    AhoCorasick::new(words).expect("the words are constants of this file")
}

/// Where the lead ends: at the first numbered part of the text.
pub(super) fn lead_end(text: &str) -> usize {
    static FIRSTS: Words =
        Words::new(&["一、", "一是", "（一）", "(一)", "第一章", "第一条", "1."]);
    let mut at = 0;
    for line in text.split('\n') {
        let inner = line.trim_start_matches(is_blank);
        if FIRSTS.begin(inner) {
            return at;
        }
        at += line.len() + 1;
    }
    text.len()
}

/// Whether the notice carries out the title at `span`: led to in the lead, or in a sentence that sets a plan up.
pub(super) fn implements(text: &str, span: Span, lead: usize) -> bool {
    let clause = clause_before(text, span.start);
    if !LEADS.is_match(&clause) {
        return false;
    }
    let after = sentence_after(text, span.end);
    // 根据…关于印发《…》的通知 leads to it; 现将《…》印发给你们 does not
    let carried = after.starts_with("的通知") || after.starts_with("的意见");
    if !carried && ENCLOSES.is_match(&clause) {
        return false;
    }
    span.start < lead || FOUNDS.is_match(after)
}

/// The words before `at`, titles left out, back to a comma between titles; at most 200 characters.
fn clause_before(text: &str, at: usize) -> String {
    let mut outside = Vec::new();
    let mut depth = 0usize;
    for c in text[..at].chars().rev().take(200) {
        match c {
            '》' => depth += 1,
            '《' => depth = depth.saturating_sub(1),
            '。' | '；' | '\n' | '！' => break,
            '，' | ',' if depth == 0 => break,
            c if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    outside.iter().rev().collect()
}

fn sentence_after(text: &str, at: usize) -> &str {
    let mut end = at;
    for (i, c) in text[at..].char_indices().take(200) {
        if matches!(c, '。' | '；' | '\n' | '！') {
            break;
        }
        end = at + i + c.len_utf8();
    }
    &text[at..end]
}
