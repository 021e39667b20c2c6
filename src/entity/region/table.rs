//! The divisions with every name that they bear or bore: today's, the earlier ones, short forms, zones.
//!
//! Data files and their sources: `data/*.tsv`, first lines. Read once, at the first question; towns are searched in
//! the file itself, which is sorted, and cost nothing until asked for.

use std::collections::HashSet;
use std::sync::LazyLock;

/// How a name stands for its division.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// 湘潭市, 恩施州, an earlier name.
    Full,
    /// 湘潭.
    Stem,
    /// A zone that lies in the division.
    Zone,
}

/// One way to name one division.
#[derive(Clone, Copy, Debug)]
struct Name {
    text: &'static str,
    code: u32,
    form: Form,
    /// Whether 州, 县 or 旗 after the stem makes the short form of an autonomous division: 恩施州.
    autonomous: bool,
}

/// The names that begin at one place, all of one length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Match {
    /// In bytes.
    pub(super) len: usize,
    /// Of the strongest reading.
    pub(super) form: Form,
    /// Every division so named, each once.
    pub(super) codes: Vec<u32>,
}

/// A division that GB/T 2260 no longer holds under this name.
#[derive(Clone, Copy, Debug)]
struct Earlier {
    code: u32,
    name: &'static str,
    /// The editions at hand, of the first and the last year, that hold it.
    years: (i16, i16),
    today: Option<u32>,
}

/// All of it.
pub(super) struct Table {
    divisions: Vec<(u32, &'static str)>,
    earlier: Vec<Earlier>,
    names: Vec<Name>,
    common: HashSet<&'static str>,
    /// A bit for each pair of characters (6 bytes, hashed) that some name begins with.
    heads: Vec<u64>,
}

static TABLE: LazyLock<Table> = LazyLock::new(Table::read);

const ETHNIC: [&str; 58] = [
    "蒙古族",
    "蒙古",
    "回族",
    "藏族",
    "维吾尔",
    "苗族",
    "彝族",
    "壮族",
    "布依族",
    "朝鲜族",
    "满族",
    "侗族",
    "瑶族",
    "白族",
    "土家族",
    "哈尼族",
    "哈萨克族",
    "哈萨克",
    "傣族",
    "黎族",
    "傈僳族",
    "佤族",
    "畲族",
    "高山族",
    "拉祜族",
    "水族",
    "东乡族",
    "纳西族",
    "景颇族",
    "柯尔克孜",
    "土族",
    "达斡尔族",
    "仫佬族",
    "羌族",
    "布朗族",
    "撒拉族",
    "毛南族",
    "仡佬族",
    "锡伯",
    "阿昌族",
    "普米族",
    "塔吉克",
    "怒族",
    "乌孜别克",
    "俄罗斯族",
    "鄂温克族",
    "德昂族",
    "保安族",
    "裕固族",
    "京族",
    "塔塔尔",
    "独龙族",
    "鄂伦春族",
    "赫哲族",
    "门巴族",
    "珞巴族",
    "基诺族",
    "各族",
];

/// The table, read at the first call.
pub(super) fn table() -> &'static Table {
    &TABLE
}

/// The rows of a data file: tab-separated cells, comments left out.
pub(super) fn rows(file: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    file.lines()
        .filter(|l| !l.starts_with('#') && !l.is_empty())
        .map(|l| l.split('\t').collect())
}

fn number(cell: Option<&&str>) -> Option<u32> {
    cell.and_then(|c| c.parse().ok())
}

/// The name without its kind and peoples, and whether it is an autonomous division's; null when nothing of two
/// characters is left.
fn stem(name: &'static str) -> Option<(&'static str, bool)> {
    let two = |s: &str| s.chars().nth(1).is_some();
    for kind in ["自治区", "自治州", "自治县", "自治旗"] {
        let Some(mut rest) = name.strip_suffix(kind) else {
            continue;
        };
        while let Some(less) = ETHNIC
            .iter()
            .filter_map(|e| rest.strip_suffix(e))
            .filter(|less| two(less))
            .min_by_key(|less| less.len())
        {
            rest = less;
        }
        let bare = rest.strip_suffix('族').filter(|less| two(less));
        return Some((bare.unwrap_or(rest), true));
    }
    [
        "特别行政区",
        "地区",
        "林区",
        "特区",
        "新区",
        "省",
        "市",
        "盟",
        "县",
        "区",
        "旗",
    ]
    .iter()
    .find_map(|kind| name.strip_suffix(kind).filter(|s| two(s)))
    .filter(|s| !s.ends_with(['左', '右', '前', '后', '中']) || !name.ends_with('旗'))
    .map(|s| (s, false))
}

impl Table {
    fn read() -> Self {
        let divisions: Vec<(u32, &'static str)> = rows(include_str!("data/divisions.tsv"))
            .filter_map(|r| Some((number(r.first())?, *r.get(1)?)))
            .collect();
        let earlier: Vec<Earlier> = rows(include_str!("data/earlier.tsv"))
            .filter_map(|r| {
                Some(Earlier {
                    code: number(r.first())?,
                    name: r.get(1)?,
                    years: (r.get(2)?.parse().ok()?, r.get(3)?.parse().ok()?),
                    today: number(r.get(4)),
                })
            })
            .collect();
        let mut names = Vec::with_capacity(2 * divisions.len() + earlier.len());
        for &(code, text) in &divisions {
            let short = stem(text);
            let autonomous = short.is_some_and(|(_, a)| a);
            names.push(Name {
                text,
                code,
                form: Form::Full,
                autonomous,
            });
            if let Some((text, autonomous)) = short {
                names.push(Name {
                    text,
                    code,
                    form: Form::Stem,
                    autonomous,
                });
            }
        }
        let standing: HashSet<(u32, &str)> =
            divisions.iter().map(|&(c, n)| (c / 10_000, n)).collect();
        for e in &earlier {
            // A name that stands today in the same province is read as today's.
            if !standing.contains(&(e.code / 10_000, e.name)) {
                names.push(Name {
                    text: e.name,
                    code: e.code,
                    form: Form::Full,
                    autonomous: false,
                });
            }
        }
        for (file, form) in [
            (include_str!("data/aliases.tsv"), Form::Full),
            (include_str!("data/zones.tsv"), Form::Zone),
        ] {
            names.extend(rows(file).filter_map(|r| {
                Some(Name {
                    text: r.first()?,
                    code: number(r.get(1))?,
                    form,
                    autonomous: false,
                })
            }));
        }
        names.sort_by(|a, b| a.text.as_bytes().cmp(b.text.as_bytes()));
        let mut heads = vec![0u64; 1 << 10];
        for name in &names {
            if let Some(head) = name.text.as_bytes().first_chunk::<6>() {
                let bit = hash(head);
                heads[bit >> 6] |= 1 << (bit & 63);
            }
        }
        let common = include_str!("data/common.tsv")
            .lines()
            .filter(|l| !l.starts_with('#'))
            .flat_map(str::split_whitespace)
            .collect();
        Self {
            divisions,
            earlier,
            names,
            common,
            heads,
        }
    }

    /// The names that begin `text`, the longest first.
    pub(super) fn at(&self, text: &str) -> Vec<Match> {
        let mut out: Vec<Match> = Vec::new();
        let Some(head) = text.as_bytes().first_chunk::<6>() else {
            return out;
        };
        let bit = hash(head);
        if self.heads[bit >> 6] & (1 << (bit & 63)) == 0 {
            return out;
        }
        let from = self
            .names
            .partition_point(|n| n.text.as_bytes() < head.as_slice());
        let here = self.names[from..]
            .iter()
            .take_while(|n| n.text.as_bytes().starts_with(head))
            .filter(|n| text.starts_with(n.text));
        for name in here {
            let next = text[name.text.len()..].chars().next();
            // 恩施州, 长阳县, 鄂温克旗
            if name.form == Form::Stem
                && name.autonomous
                && let Some(kind) = next.filter(|c| matches!(c, '州' | '县' | '旗'))
                && self
                    .name(name.code)
                    .is_some_and(|full| full.ends_with(kind))
            {
                add(
                    &mut out,
                    name.text.len() + kind.len_utf8(),
                    Form::Full,
                    name.code,
                );
            }
            add(&mut out, name.text.len(), name.form, name.code);
        }
        out.sort_by_key(|m| std::cmp::Reverse(m.len));
        out
    }

    /// The name that a code has today, or had last.
    pub(super) fn name(&self, code: u32) -> Option<&'static str> {
        if let Ok(i) = self.divisions.binary_search_by_key(&code, |d| d.0) {
            return Some(self.divisions[i].1);
        }
        let i = self.earlier.partition_point(|e| e.code <= code);
        let last = self.earlier.get(i.checked_sub(1)?)?;
        (last.code == code).then_some(last.name)
    }

    /// Names from the province down; empty for a code that no edition holds.
    pub(super) fn path(&self, code: u32) -> Vec<String> {
        let mut codes = vec![code / 10_000 * 10_000, code / 100 * 100, code];
        codes.dedup();
        codes
            .iter()
            .filter_map(|c| self.name(*c))
            .map(str::to_owned)
            .collect()
    }

    /// Today's code of a division of any edition.
    pub(super) fn today(&self, code: u32) -> u32 {
        if self.divisions.binary_search_by_key(&code, |d| d.0).is_ok() {
            return code;
        }
        let i = self.earlier.partition_point(|e| e.code < code);
        self.earlier
            .get(i)
            .filter(|e| e.code == code)
            .and_then(|e| e.today)
            .unwrap_or(code)
    }

    /// The code that the division of this code and name had in a year; the oldest edition at hand is of 2002.
    pub(super) fn in_year(&self, code: u32, year: i16) -> u32 {
        let Some(name) = self.name(code) else {
            return code;
        };
        let year = year.max(2002);
        let held = |e: &&Earlier| {
            e.today == Some(code)
                && e.code != code
                && e.name == name
                && (e.years.0..=e.years.1).contains(&year)
        };
        self.earlier.iter().find(held).map_or(code, |e| e.code)
    }

    /// Whether `lower` lies in `upper`, by its code then or its successor's.
    pub(super) fn governs(&self, upper: u32, lower: u32) -> bool {
        let upper = self.today(upper);
        [lower, self.today(lower)].iter().any(|l| {
            *l != upper
                && if upper.is_multiple_of(10_000) {
                    l / 10_000 == upper / 10_000
                } else {
                    upper.is_multiple_of(100) && l / 100 == upper / 100
                }
        })
    }

    /// Whether the name is a word of daily use as well.
    pub(super) fn is_common(&self, name: &str) -> bool {
        self.common.contains(name)
    }
}

fn add(out: &mut Vec<Match>, len: usize, form: Form, code: u32) {
    match out.iter_mut().find(|m| m.len == len) {
        // A full name outweighs a stem that is spelt the same.
        Some(m) if m.form == Form::Stem && form != Form::Stem => {
            *m = Match {
                len,
                form,
                codes: vec![code],
            };
        }
        Some(m) if m.form != Form::Stem && form == Form::Stem => {}
        Some(m) if m.codes.contains(&code) => {}
        Some(m) => m.codes.push(code),
        None => out.push(Match {
            len,
            form,
            codes: vec![code],
        }),
    }
}

fn hash(head: &[u8; 6]) -> usize {
    let n = head.iter().fold(0u64, |n, b| n << 8 | u64::from(*b));
    (n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as usize
}

/// The counties (or prefectures without counties) that hold a town, subdistrict or zone of exactly this name.
pub(super) fn towns(name: &str) -> Vec<u32> {
    static FILE: &str = include_str!("data/towns.tsv");
    let (mut low, mut high) = (0, FILE.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = FILE.as_bytes()[low..middle]
            .iter()
            .rposition(|b| *b == b'\n')
            .map_or(low, |i| low + i + 1);
        let end = FILE.as_bytes()[middle..high]
            .iter()
            .position(|b| *b == b'\n')
            .map_or(high, |i| middle + i);
        let line = FILE.get(start..end).unwrap_or_default();
        let (key, codes) = line.split_once('\t').unwrap_or((line, ""));
        if line.starts_with('#') || key.as_bytes() < name.as_bytes() {
            low = (end + 1).min(high);
        } else if key == name {
            return codes.split(',').filter_map(|c| c.parse().ok()).collect();
        } else {
            high = start;
        }
    }
    Vec::new()
}
