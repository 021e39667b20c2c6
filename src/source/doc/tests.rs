//! Word binaries put together by hand, of both generations.

use super::read;
use crate::source::Limits;
use crate::source::LineKind;
use crate::source::ReadText;
use crate::source::Reason;
use encoding_rs::GB18030;
use std::io::Cursor;
use std::io::Write as _;

/// A run of text with its modifiers.
type Run<'t> = (&'t str, &'t [u8]);

/// Where the text begins in the document stream.
const TEXT: usize = 1536;

#[derive(Default)]
struct Made<'t> {
    is_old: bool,
    /// Each ends with its mark; the modifiers are of the paragraph.
    paragraphs: Vec<Run<'t>>,
    /// Characters from the beginning, by their modifiers; what is left has none.
    runs: Vec<(usize, Vec<u8>)>,
    /// Of the text, what belongs to the footnotes at its end.
    footnotes: usize,
    /// PlfLst with its levels, PlfLfo.
    lists: (Vec<u8>, Vec<u8>),
    flags: u16,
    language: u16,
}

impl Made<'_> {
    fn encoded(&self, text: &str) -> Vec<u8> {
        match self.is_old {
            true => GB18030.encode(text).0.into_owned(),
            false => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let width = if self.is_old { 1 } else { 2 };
        let mut text = Vec::new();
        let mut paragraph_ends = vec![TEXT];
        for (words, _) in &self.paragraphs {
            text.extend(self.encoded(words));
            paragraph_ends.push(TEXT + text.len());
        }
        let count = text.len() / width;
        let mut run_ends = vec![TEXT];
        run_ends.extend(self.runs.iter().map(|(end, _)| TEXT + end * width));

        let mut document = vec![0; TEXT];
        document.extend(&text);
        document.resize(document.len().next_multiple_of(512), 0);
        let papx = document.len() / 512;
        let paragraphs: Vec<Vec<u8>> = self
            .paragraphs
            .iter()
            .map(|(_, grpprl)| self.papx(grpprl))
            .collect();
        document.extend(page(
            &paragraph_ends,
            &paragraphs,
            if self.is_old { 7 } else { 13 },
        ));
        let chpx = document.len() / 512;
        let runs: Vec<Vec<u8>> = self
            .runs
            .iter()
            .map(|(_, grpprl)| [&[grpprl.len() as u8], grpprl.as_slice()].concat())
            .collect();
        document.extend(page(&run_ends, &runs, 1));

        let mut table = Vec::new();
        let mut put = |part: Vec<u8>| {
            let place = (table.len(), part.len());
            table.extend(part);
            place
        };
        let bins = |first: usize, last: usize, page: usize| {
            let mut bins = longs(&[first as u32, last as u32]);
            let page = (page as u32).to_le_bytes();
            bins.extend(&page[..if self.is_old { 2 } else { 4 }]);
            bins
        };
        let last = TEXT + text.len();
        let characters = put(bins(TEXT, *run_ends.last().unwrap_or(&TEXT), chpx));
        let paragraphs = put(bins(TEXT, last, papx));
        let mut clx = vec![2];
        clx.extend(longs(&[16, 0, count as u32]));
        clx.extend([0, 0]);
        clx.extend(longs(&[TEXT as u32]));
        clx.extend([0, 0]);
        let pieces = put(clx);
        // The levels stand behind the lists and are not counted.
        let lists = put(self.lists.0.clone());
        let references = put(self.lists.1.clone());

        let base = if self.is_old { document.len() } else { 0 };
        let mut set =
            |at: usize, bytes: &[u8]| document[at..at + bytes.len()].copy_from_slice(bytes);
        set(0, &0xa5ec_u16.to_le_bytes());
        set(2, &if self.is_old { 104_u16 } else { 193 }.to_le_bytes());
        set(6, &self.language.to_le_bytes());
        set(0xa, &(0x200 | self.flags).to_le_bytes());
        set(0x18, &longs(&[TEXT as u32, last as u32]));
        let main = (count - self.footnotes) as u32;
        set(
            if self.is_old { 0x34 } else { 0x4c },
            &longs(&[main, self.footnotes as u32]),
        );
        let mut part = |old: usize, i: usize, (at, length): (usize, usize)| {
            let place = if self.is_old { old } else { 0x9a + 8 * i };
            set(place, &longs(&[(base + at) as u32, length as u32]));
        };
        part(0xb8, 12, characters);
        part(0xc0, 13, paragraphs);
        if self.is_old {
            document.extend(&table);
        } else {
            part(0, 33, pieces);
            part(0, 73, lists);
            part(0, 74, references);
        }
        stored(&[("WordDocument", &document), ("1Table", &table)])
    }

    fn papx(&self, grpprl: &[u8]) -> Vec<u8> {
        let mut papx = vec![0, 0];
        papx.extend(grpprl);
        papx.resize(papx.len().next_multiple_of(2), 0);
        let words = papx.len() as u8 / 2;
        match self.is_old {
            true => [&[words], papx.as_slice()].concat(),
            false => [&[0, words], papx.as_slice()].concat(),
        }
    }

    fn read(&self) -> ReadText {
        read(&self.bytes(), &Limits::default()).expect("it is whole")
    }
}

fn longs(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|n| n.to_le_bytes()).collect()
}

/// A page of modifiers: edges, where each stands, and from the end the modifiers themselves.
fn page(edges: &[usize], modifiers: &[Vec<u8>], width: usize) -> Vec<u8> {
    let mut page = vec![0; 512];
    page[511] = modifiers.len() as u8;
    for (i, edge) in edges.iter().enumerate() {
        page[4 * i..4 * i + 4].copy_from_slice(&(*edge as u32).to_le_bytes());
    }
    let mut at = 510;
    for (i, modifier) in modifiers.iter().enumerate() {
        at = (at - modifier.len()) & !1;
        page[at..at + modifier.len()].copy_from_slice(modifier);
        page[4 * edges.len() + width * i] = (at / 2) as u8;
    }
    page
}

fn stored(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in streams {
        let mut stream = file.create_stream(format!("/{name}")).unwrap();
        stream.write_all(bytes).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

const CENTRED: &[u8] = &[0x03, 0x24, 1];
const IN_TABLE: &[u8] = &[0x16, 0x24, 1];
const HIDDEN: &[u8] = &[0x3c, 0x08, 1];
const DELETED: &[u8] = &[0x00, 0x08, 1];

/// The end of a row of cells of a thousand twips each, with the flags of each.
fn row_end(flags: &[u16]) -> Vec<u8> {
    let mut definition = vec![flags.len() as u8];
    for i in 0..=flags.len() {
        definition.extend((1000 * i as u16).to_le_bytes());
    }
    for flag in flags {
        definition.extend(flag.to_le_bytes());
        definition.extend([0; 18]);
    }
    let mut grpprl = vec![0x16, 0x24, 1, 0x17, 0x24, 1, 0x08, 0xd6];
    grpprl.extend((definition.len() as u16 + 1).to_le_bytes());
    grpprl.extend(definition);
    grpprl
}

#[test]
fn paragraphs_have_marks_and_special_characters() {
    let made = Made {
        paragraphs: vec![
            ("关于巡河的通知\r", CENTRED),
            ("一、范围\r", &[0x40, 0x26, 1]),
            ("甲\u{b}乙\u{9}丙\u{1e}1\u{1f}\u{1}\r", &[]),
            (
                "见\u{13} HYPERLINK \u{14}附件\u{15}，\u{13}eq \\o\\ac(○,2)\u{15}\r",
                &[],
            ),
        ],
        ..Made::default()
    };
    let read = made.read();
    assert_eq!(
        read.text,
        "关于巡河的通知\n一、范围\n甲\n乙 丙-1\n见附件，②\n"
    );
    assert!(read.marks[0].is_centred);
    assert_eq!(read.marks[1].heading, Some(2));
}

#[test]
fn hidden_and_deleted_text_is_gone() {
    let made = Made {
        paragraphs: vec![("甲乙丙丁\r", &[]), ("戊\r", &[])],
        runs: vec![
            (1, vec![]),
            (2, HIDDEN.to_vec()),
            (3, vec![]),
            (5, DELETED.to_vec()),
        ],
        ..Made::default()
    };
    assert_eq!(made.read().text, "甲丙戊\n");
}

#[test]
fn footnotes_stand_at_the_end() {
    let made = Made {
        paragraphs: vec![("各镇\u{2}：\r", &[]), ("\u{2} 含街道。\r", &[])],
        footnotes: 7,
        ..Made::default()
    };
    let read = made.read();
    assert_eq!(read.text, "各镇：\n含街道。\n");
    assert_eq!(read.marks[1].kind, LineKind::Note);
}

#[test]
fn tables_are_rows_with_merged_cells_repeated() {
    let (first, covered) = (row_end(&[0x60, 0]), row_end(&[0x20, 0]));
    let made = Made {
        paragraphs: vec![
            ("甲镇\u{7}", IN_TABLE),
            ("1\r", IN_TABLE),
            ("2\u{7}", IN_TABLE),
            ("\u{7}", &first),
            ("\u{7}", IN_TABLE),
            ("3\u{7}", IN_TABLE),
            ("\u{7}", &covered),
            ("表后\r", &[]),
        ],
        ..Made::default()
    };
    assert_eq!(made.read().text, "甲镇\t1 2\n甲镇\t3\n表后\n");
}

/// A level: its format, its text, its flags and what follows the number.
fn level(nfc: u8, text: &str, flags: u8, follow: u8) -> Vec<u8> {
    let mut level = longs(&[1]);
    level.extend([nfc, flags]);
    level.extend([0; 9]);
    level.push(follow);
    level.extend([0; 12]);
    let units: Vec<u16> = text.encode_utf16().collect();
    level.extend((units.len() as u16).to_le_bytes());
    level.extend(units.iter().flat_map(|u| u.to_le_bytes()));
    level
}

fn lists() -> (Vec<u8>, Vec<u8>) {
    let mut lists = vec![1, 0];
    lists.extend(longs(&[77, 0]));
    lists.extend([0xff, 0x0f].repeat(9));
    lists.extend([0, 0]);
    lists.extend(level(37, "\0、", 0, 2));
    lists.extend(level(37, "（\u{1}）", 0, 2));
    lists.extend(level(0, "\0.\u{2}", 4, 0));
    for _ in 3..9 {
        lists.extend(level(0, "", 0, 2));
    }
    let mut references = longs(&[2]);
    references.extend(longs(&[77, 0, 0, 0]));
    references.extend(longs(&[77, 0, 0, 1]));
    // What changes: nothing; the first level begins at nine.
    references.extend(longs(&[0, 0, 9, 0x10]));
    (lists, references)
}

#[test]
fn numbers_are_counted_by_list_and_level() {
    let (one, two, three) = (
        [0x0b, 0x46, 1, 0],
        [0x0a, 0x26, 1, 0x0b, 0x46, 1, 0],
        [0x0a, 0x26, 2, 0x0b, 0x46, 1, 0],
    );
    let made = Made {
        paragraphs: vec![
            ("甲\r", &one),
            ("乙\r", &two),
            ("丙\r", &two),
            ("丁\r", &three),
            ("戊\r", &one),
            ("己\r", &two),
            ("庚\r", &[0x0b, 0x46, 2, 0]),
            ("辛\r", &[0x0b, 0x46, 9, 0]),
        ],
        lists: lists(),
        ..Made::default()
    };
    assert_eq!(
        made.read().text,
        "一、甲\n（一）乙\n（二）丙\n1.1 丁\n二、戊\n（一）己\n九、庚\n辛\n"
    );
}

#[test]
fn old_files_are_read_in_their_code_page() {
    // Word 6 states each number with its paragraph: format, lengths of what stands before and after, start, text.
    let mut anld = vec![12, 52];
    anld.extend([0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
    anld.resize(2 + 20, 0);
    anld.push(b'.');
    anld.resize(2 + 52, 0);
    for language in [0x0804, 0x0409] {
        let made = Made {
            is_old: true,
            language,
            paragraphs: vec![
                ("关于灭鼠的通知\r", &[5, 1]),
                ("备药\r", &anld),
                ("投药\r", &anld),
                ("“甲”\u{7}", &[24, 1]),
                ("乙\u{7}", &[24, 1]),
                ("\u{7}", &[24, 1, 25, 1]),
                ("完\r", &[]),
            ],
            runs: vec![(14, vec![]), (15, vec![92, 0])],
            ..Made::default()
        };
        let read = made.read();
        assert_eq!(
            read.text, "关于灭鼠的通知\n1.备药\n2.投药\n“甲”\t乙\n完\n",
            "{language:x}"
        );
        assert!(read.marks[0].is_centred);
    }
}

#[test]
fn what_cannot_be_read_has_its_reason() {
    let reason = |bytes: &[u8]| read(bytes, &Limits::default()).map_err(|r| r.reason);
    let locked = Made {
        paragraphs: vec![("甲\r", &[])],
        flags: 0x100,
        ..Made::default()
    };
    assert_eq!(reason(&locked.bytes()), Err(Reason::Encrypted));
    assert_eq!(
        reason(&stored(&[("EncryptedPackage", b"x")])),
        Err(Reason::Encrypted)
    );
    assert_eq!(
        reason(&stored(&[("Contents", b"x")])),
        Err(Reason::UnsupportedFormat)
    );
    assert_eq!(
        reason(&stored(&[("WordDocument", b"x")])),
        Err(Reason::Damaged)
    );
    assert_eq!(
        reason(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        Err(Reason::Damaged)
    );
}

#[test]
fn no_cut_and_no_flipped_bit_is_a_panic() {
    let end = row_end(&[0x60]);
    let made = Made {
        paragraphs: vec![
            ("甲\r", &[0x0b, 0x46, 1, 0]),
            ("乙\u{7}", IN_TABLE),
            ("\u{7}", &end),
        ],
        lists: lists(),
        ..Made::default()
    };
    let bytes = made.bytes();
    for at in (0..bytes.len()).step_by(3) {
        let _ = read(&bytes[..at], &Limits::default());
        let mut hurt = bytes.clone();
        hurt[at] ^= 1 << (at % 8);
        let _ = read(&hurt, &Limits::default());
        hurt[at] = 0xff;
        let _ = read(&hurt, &Limits::default());
    }
}
