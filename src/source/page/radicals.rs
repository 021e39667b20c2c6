//! Radicals and compatibility ideographs that stand for ordinary characters, as fonts without a good map give them.

use unicode_normalization::char::decompose_compatible;

/// The ordinary character that is seen: Kangxi radicals (U+2F00–2FD5), radicals of the supplement that are characters of
/// their own, compatibility ideographs; and common signs of private use as Symbol and Wingdings have them.
pub(in crate::source) fn plain(c: char) -> char {
    match c {
        // where the radical has the form of before the reform, and fonts of today do not
        '⼾' => '户',
        '⾭' => '青',
        '⿈' => '黄',
        '\u{2f00}'..='\u{2fd5}' | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}' => {
            let mut all = Vec::with_capacity(1);
            decompose_compatible(c, |d| all.push(d));
            match all[..] {
                [one] => one,
                _ => c,
            }
        }
        '\u{2e80}'..='\u{2ef3}' => SUPPLEMENT
            .iter()
            .find(|(radical, _)| *radical == c)
            .map_or(c, |(_, plain)| *plain),
        // the same by Unicode, of another width
        '\u{2329}' => '〈',
        '\u{232a}' => '〉',
        // the forms of upright lines
        '︐' => '，',
        '︑' => '、',
        '︒' => '。',
        '︓' => '：',
        '︔' => '；',
        '︱' => '—',
        '︵' => '（',
        '︶' => '）',
        '︽' => '《',
        '︾' => '》',
        '\u{f0b7}' | '\u{f06c}' | '\u{f09f}' => '•',
        '\u{f06e}' | '\u{f0a7}' => '■',
        '\u{f075}' => '◆',
        '\u{f0d8}' => '➢',
        '\u{f0fc}' => '✓',
        '\u{f0a8}' | '\u{f06f}' | '\u{f0a3}' => '□',
        '\u{f052}' | '\u{f0fe}' => '☑',
        c => c,
    }
}

/// Of CJK Radicals Supplement, those that have the shape of a whole character (names of the characters in Unicode's code
/// chart: "C-SIMPLIFIED …" and the like).
const SUPPLEMENT: &[(char, char)] = &[
    ('⺁', '厂'),
    ('⺇', '几'),
    ('⺋', '巳'),
    ('⺎', '兀'),
    ('⺏', '尣'),
    ('⺐', '尢'),
    ('⺒', '巳'),
    ('⺓', '幺'),
    ('⺖', '忄'),
    ('⺙', '攵'),
    ('⺛', '旡'),
    ('⺝', '月'),
    ('⺞', '歺'),
    ('⺟', '母'),
    ('⺠', '民'),
    ('⺡', '氵'),
    ('⺢', '氺'),
    ('⺣', '灬'),
    ('⺨', '犭'),
    ('⺩', '王'),
    ('⺫', '目'),
    ('⺬', '示'),
    ('⺭', '礻'),
    ('⺮', '竹'),
    ('⺰', '纟'),
    ('⺱', '罓'),
    ('⺲', '罒'),
    ('⺶', '羊'),
    ('⺷', '羊'),
    ('⺸', '羋'),
    ('⺹', '耂'),
    ('⺼', '月'),
    ('⺾', '艹'),
    ('⻁', '虎'),
    ('⻂', '衤'),
    ('⻃', '覀'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻈', '讠'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻌', '辶'),
    ('⻍', '辶'),
    ('⻐', '钅'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻧', '卤'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻬', '齐'),
    ('⻮', '齿'),
    ('⻰', '龙'),
    ('⻳', '龟'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_are_read_as_the_characters_they_look_like() {
        let folded: String = "⼀⽉⼯作⻅⻓⻔⻚⻢⻩⻬⼾⾭".chars().map(plain).collect();
        assert_eq!(folded, "一月工作见长门页马黄齐户青");
        assert_eq!(plain('安'), '安');
        assert_eq!(plain('\u{f9dc}'), '隆');
        assert_eq!(plain('\u{2fa1d}'), '𪘀');
    }
}
