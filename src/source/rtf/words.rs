//! The control words that matter for what is read.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a control word does here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// The group, and what is in it, goes there.
    Into(Destination),
    /// A character.
    Char(char),
    /// The end of a page or column in the midst of a paragraph.
    Break,
    /// The end of something.
    Par,
    Cell,
    NestCell,
    Row,
    NestRow,
    /// Raw bytes follow.
    Bin,
    /// A UTF-16 unit; how many characters stand for it besides.
    Unicode,
    Fallback,
    // The file.
    CodePage,
    Machine(i32),
    DefaultFont,
    // Characters.
    Plain,
    Hidden,
    Deleted,
    Font,
    // Sections.
    Section,
    // Paragraphs.
    Pard,
    Style,
    Centred,
    NotCentred,
    Outline,
    ListReference,
    ListLevel,
    InTable,
    Depth,
    // Rows.
    RowDefaults,
    RowLeft,
    CellRight,
    DownFirst,
    DownCovered,
    AcrossFirst,
    AcrossCovered,
    // Fonts.
    Charset,
    FontCodePage,
    // Lists.
    ListId,
    LevelFormat,
    LevelStart,
    LevelFollow,
    LevelLegal,
    LevelRunsOn,
    StartChanged,
    FormatChanged,
}

/// Where the content of a group goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Destination {
    /// The text.
    #[default]
    Body,
    /// Nowhere.
    Nowhere,
    /// Nowhere, but for the group in it that says the same in Unicode.
    Alternative,
    /// The properties of a row in a table within a cell.
    NestedRow,
    /// The number of the paragraph.
    Number,
    /// A footnote or endnote.
    Note,
    /// A text box.
    Box,
    /// A field.
    Field,
    /// What a field shows.
    Result,
    /// What a field computes.
    Instruction,
    Fonts,
    Styles,
    Lists,
    List,
    Level,
    LevelText,
    References,
    Reference,
    Change,
}

/// The control word of this name; none for one that changes nothing here.
pub(super) fn word(name: &[u8]) -> Option<Word> {
    static TABLE: LazyLock<HashMap<&'static [u8], Word, Hashing>> =
        LazyLock::new(|| WORDS.iter().map(|(n, w)| (n.as_bytes(), *w)).collect());
    TABLE.get(name).copied()
}

type Hashing = std::hash::BuildHasherDefault<Fnv>;

/// FNV-1a: names are short, and the table is fixed.
#[derive(Debug)]
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl std::hash::Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    // The length, which slices hash first, tells nothing that the bytes do not.
    fn write_usize(&mut self, _: usize) {}
}

const WORDS: &[(&str, Word)] = &[
    // Characters.
    ("tab", Word::Char('\t')),
    ("line", Word::Char('\n')),
    ("lbr", Word::Char('\n')),
    ("softline", Word::Char('\n')),
    ("page", Word::Break),
    ("column", Word::Break),
    ("emdash", Word::Char('—')),
    ("endash", Word::Char('–')),
    ("bullet", Word::Char('•')),
    ("lquote", Word::Char('‘')),
    ("rquote", Word::Char('’')),
    ("ldblquote", Word::Char('“')),
    ("rdblquote", Word::Char('”')),
    ("emspace", Word::Char('\u{2003}')),
    ("enspace", Word::Char('\u{2002}')),
    ("qmspace", Word::Char('\u{2005}')),
    // Ends.
    ("par", Word::Par),
    ("sect", Word::Par),
    ("cell", Word::Cell),
    ("nestcell", Word::NestCell),
    ("row", Word::Row),
    ("nestrow", Word::NestRow),
    ("bin", Word::Bin),
    ("u", Word::Unicode),
    ("uc", Word::Fallback),
    // The file.
    ("ansicpg", Word::CodePage),
    ("mac", Word::Machine(10000)),
    ("pc", Word::Machine(437)),
    ("pca", Word::Machine(850)),
    ("deff", Word::DefaultFont),
    // Runs.
    ("plain", Word::Plain),
    ("v", Word::Hidden),
    ("webhidden", Word::Hidden),
    ("deleted", Word::Deleted),
    ("f", Word::Font),
    // Paragraphs.
    ("sectd", Word::Section),
    ("pard", Word::Pard),
    ("s", Word::Style),
    ("qc", Word::Centred),
    ("ql", Word::NotCentred),
    ("qr", Word::NotCentred),
    ("qj", Word::NotCentred),
    ("qd", Word::NotCentred),
    ("outlinelevel", Word::Outline),
    ("ls", Word::ListReference),
    ("ilvl", Word::ListLevel),
    ("intbl", Word::InTable),
    ("itap", Word::Depth),
    // Rows.
    ("trowd", Word::RowDefaults),
    ("trleft", Word::RowLeft),
    ("cellx", Word::CellRight),
    ("clvmgf", Word::DownFirst),
    ("clvmrg", Word::DownCovered),
    ("clmgf", Word::AcrossFirst),
    ("clmrg", Word::AcrossCovered),
    // Fonts.
    ("fcharset", Word::Charset),
    ("cpg", Word::FontCodePage),
    // Lists.
    ("listid", Word::ListId),
    ("levelnfc", Word::LevelFormat),
    ("levelnfcn", Word::LevelFormat),
    ("levelstartat", Word::LevelStart),
    ("levelfollow", Word::LevelFollow),
    ("levellegal", Word::LevelLegal),
    ("levelnorestart", Word::LevelRunsOn),
    ("listoverridestartat", Word::StartChanged),
    ("listoverrideformat", Word::FormatChanged),
    // Groups whose content is read; a starred group that is not here goes nowhere.
    ("fonttbl", Word::Into(Destination::Fonts)),
    ("stylesheet", Word::Into(Destination::Styles)),
    ("listtable", Word::Into(Destination::Lists)),
    ("list", Word::Into(Destination::List)),
    ("listlevel", Word::Into(Destination::Level)),
    ("leveltext", Word::Into(Destination::LevelText)),
    ("listoverridetable", Word::Into(Destination::References)),
    ("listoverride", Word::Into(Destination::Reference)),
    ("lfolevel", Word::Into(Destination::Change)),
    ("listtext", Word::Into(Destination::Number)),
    ("pntext", Word::Into(Destination::Number)),
    ("footnote", Word::Into(Destination::Note)),
    ("shptxt", Word::Into(Destination::Box)),
    ("dptxbxtext", Word::Into(Destination::Box)),
    ("shpinst", Word::Into(Destination::Body)),
    ("do", Word::Into(Destination::Body)),
    ("upr", Word::Into(Destination::Alternative)),
    ("ud", Word::Into(Destination::Body)),
    ("nesttableprops", Word::Into(Destination::NestedRow)),
    ("field", Word::Into(Destination::Field)),
    ("fldrslt", Word::Into(Destination::Result)),
    ("fldinst", Word::Into(Destination::Instruction)),
    // Groups whose content is not the text, and that writers do not always star.
    ("annotation", Word::Into(Destination::Nowhere)),
    ("atnauthor", Word::Into(Destination::Nowhere)),
    ("atnid", Word::Into(Destination::Nowhere)),
    ("atnref", Word::Into(Destination::Nowhere)),
    ("background", Word::Into(Destination::Nowhere)),
    ("bkmkend", Word::Into(Destination::Nowhere)),
    ("bkmkstart", Word::Into(Destination::Nowhere)),
    ("colortbl", Word::Into(Destination::Nowhere)),
    ("colorschememapping", Word::Into(Destination::Nowhere)),
    ("datafield", Word::Into(Destination::Nowhere)),
    ("datastore", Word::Into(Destination::Nowhere)),
    ("docvar", Word::Into(Destination::Nowhere)),
    ("falt", Word::Into(Destination::Nowhere)),
    ("ffname", Word::Into(Destination::Nowhere)),
    ("filetbl", Word::Into(Destination::Nowhere)),
    ("fontemb", Word::Into(Destination::Nowhere)),
    ("footer", Word::Into(Destination::Nowhere)),
    ("footerf", Word::Into(Destination::Nowhere)),
    ("footerl", Word::Into(Destination::Nowhere)),
    ("footerr", Word::Into(Destination::Nowhere)),
    ("formfield", Word::Into(Destination::Nowhere)),
    ("ftncn", Word::Into(Destination::Nowhere)),
    ("ftnsep", Word::Into(Destination::Nowhere)),
    ("ftnsepc", Word::Into(Destination::Nowhere)),
    ("generator", Word::Into(Destination::Nowhere)),
    ("header", Word::Into(Destination::Nowhere)),
    ("headerf", Word::Into(Destination::Nowhere)),
    ("headerl", Word::Into(Destination::Nowhere)),
    ("headerr", Word::Into(Destination::Nowhere)),
    ("info", Word::Into(Destination::Nowhere)),
    ("keycode", Word::Into(Destination::Nowhere)),
    ("latentstyles", Word::Into(Destination::Nowhere)),
    ("levelnumbers", Word::Into(Destination::Nowhere)),
    ("listname", Word::Into(Destination::Nowhere)),
    ("listpicture", Word::Into(Destination::Nowhere)),
    ("liststylename", Word::Into(Destination::Nowhere)),
    ("mmathPr", Word::Into(Destination::Nowhere)),
    ("nonesttables", Word::Into(Destination::Nowhere)),
    ("nonshppict", Word::Into(Destination::Nowhere)),
    ("objclass", Word::Into(Destination::Nowhere)),
    ("objdata", Word::Into(Destination::Nowhere)),
    ("objname", Word::Into(Destination::Nowhere)),
    ("panose", Word::Into(Destination::Nowhere)),
    ("pgptbl", Word::Into(Destination::Nowhere)),
    ("pict", Word::Into(Destination::Nowhere)),
    ("pn", Word::Into(Destination::Nowhere)),
    ("pnseclvl", Word::Into(Destination::Nowhere)),
    ("private", Word::Into(Destination::Nowhere)),
    ("pntxta", Word::Into(Destination::Nowhere)),
    ("pntxtb", Word::Into(Destination::Nowhere)),
    ("revtbl", Word::Into(Destination::Nowhere)),
    ("rsidtbl", Word::Into(Destination::Nowhere)),
    ("rxe", Word::Into(Destination::Nowhere)),
    ("shprslt", Word::Into(Destination::Nowhere)),
    ("sp", Word::Into(Destination::Nowhere)),
    ("tc", Word::Into(Destination::Nowhere)),
    ("tcn", Word::Into(Destination::Nowhere)),
    ("template", Word::Into(Destination::Nowhere)),
    ("themedata", Word::Into(Destination::Nowhere)),
    ("txe", Word::Into(Destination::Nowhere)),
    ("userprops", Word::Into(Destination::Nowhere)),
    ("xe", Word::Into(Destination::Nowhere)),
    ("xmlnstbl", Word::Into(Destination::Nowhere)),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole() {
        assert_eq!(word(b"par"), Some(Word::Par));
        assert_eq!(word(b"pard"), Some(Word::Pard));
        assert_eq!(word(b"pa"), None);
        assert_eq!(word(b""), None);
    }

    #[test]
    fn no_word_stands_twice() {
        let names: std::collections::HashSet<&str> = WORDS.iter().map(|(n, _)| *n).collect();
        assert_eq!(names.len(), WORDS.len());
    }
}
