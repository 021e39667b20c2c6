//! Halves and quarters of a year: 上半年, 第三季度, 二至三季度, 三季度末.

use super::point::Field;
use super::reader::Reader;
use crate::text::words::words;

/// 上半年; 前半年 only after a year.
pub(super) fn half(r: &mut Reader<'_>, after_year: bool) -> Option<Field> {
    if r.eat_word(words!["上半年"]).is_some() {
        return Some(Field::Half(1));
    }
    if r.eat_word(words!["下半年"]).is_some() {
        return Some(Field::Half(2));
    }
    let halves = after_year.then(|| r.eat_word(words!["前半年", "后半年"]))?;
    halves.map(|i| Field::Half(if i == 0 { 1 } else { 2 }))
}

/// 第三季度, 三季度, 首季度, 前三季度, 第三、四季度, 二至三季度, 三季度末.
pub(super) fn quarter(r: &mut Reader<'_>) -> Option<Field> {
    let mark = *r;
    let found = quarters(r);
    if found.is_none() {
        *r = mark;
    }
    found
}

fn quarters(r: &mut Reader<'_>) -> Option<Field> {
    let (a, b) = if r.eat('首') {
        (1, 1)
    } else if r.eat('前') {
        let n = r.number()?;
        r.eat('个');
        let last = u8::try_from(n.value).ok().filter(|n| (1..=4).contains(n))?;
        (1, last)
    } else {
        r.eat('第');
        let n = r.number()?;
        if n.placed && n.len == 2 {
            // 一二季度
            let (a, b) = (n.value / 10, n.value % 10);
            let (a, b) = (u8::try_from(a).ok()?, u8::try_from(b).ok()?);
            if !(1..=4).contains(&a) || !(a..=4).contains(&b) {
                return None;
            }
            (a, b)
        } else {
            let a = n.within(4)?;
            let single = *r;
            if r.to() || r.eat_word(words!["、", "和", "及"]).is_some() {
                r.eat('第');
                match r
                    .number()
                    .and_then(|n| n.within(4))
                    .filter(|b| *b == a + 1 || *b > a)
                {
                    Some(b) => (a, b),
                    None => {
                        *r = single;
                        (a, a)
                    }
                }
            } else {
                (a, a)
            }
        }
    };
    r.blanks();
    r.eat_word(words!["季度"])?;
    let end = r.eat_word(words!["末", "底"]).is_some();
    Some(Field::Quarters(a, b, end))
}
