//! The kinds of oddity: each with what it is, the rule that it touches, and what would mend it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The kinds of oddity, written in kebab case in records.
///
/// The first twelve stand in records; the others are the finer words of `gongwen check`.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Code {
    /// The file holds no character.
    Empty,
    /// Bytes that are no character of the charset were replaced.
    UndecodableBytes,
    /// Glyphs of the file stand for no character that its fonts name.
    UnmappedGlyphs,
    /// The text was cut at a limit.
    Truncated,
    /// A number is skipped among siblings.
    NumberingGap,
    /// A number stands twice among siblings.
    NumberingRepeat,
    /// A marker is of another style or bracket than its siblings.
    MixedNumbering,
    /// Sections nested deeper than 16 were cut to that depth.
    NestingCut,
    /// An attachment is listed or named whose body is not in the file.
    MissingAttachment,
    /// An attachment has a body and is not listed.
    UnlistedAttachment,
    /// The region's name is borne by several divisions, and nothing settles which.
    AmbiguousRegion,
    /// A date expression that names no day that could be found.
    UnresolvedDate,
    /// A marker with unlike brackets, or a bracket or quotation mark without its other half in a title or heading.
    BracketMismatch,
    /// A marker behind which, and below which, nothing stands.
    HeadingEmpty,
    /// A notice of a kind that is signed bears neither organ nor date.
    MissingClosing,
    /// A notice is signed and not dated.
    MissingDate,
    /// The document number is not of the standard's form.
    DocNumberForm,
    /// A date names a day that no calendar has.
    DateImpossible,
    /// A date and the weekday beside it are not of the same day.
    WeekdayMismatch,
    /// Years contradict each other.
    YearMismatch,
    /// The same campaign is counted differently within the notice.
    EditionMismatch,
    /// All siblings of an item say who is responsible, it alone does not.
    UnitMissing,
    /// A telephone number or mail address that reaches nobody.
    ContactMalformed,
}

/// What is said of a code.
struct Entry {
    code: Code,
    name: &'static str,
    meaning: &'static str,
    rule: Option<&'static str>,
    mend: &'static str,
}

const NUMBERS: Option<&str> = Some("7.3.3 结构层次序数");

/// In the order of the codes.
const ENTRIES: [Entry; 23] = [
    Entry {
        code: Code::Empty,
        name: "empty",
        meaning: "the file holds no character",
        rule: None,
        mend: "look whether the right file was saved",
    },
    Entry {
        code: Code::UndecodableBytes,
        name: "undecodable-bytes",
        meaning: "bytes that are no character of the charset were replaced",
        rule: None,
        mend: "save the file again, as UTF-8",
    },
    Entry {
        code: Code::UnmappedGlyphs,
        name: "unmapped-glyphs",
        meaning: "glyphs of the file stand for no character that its fonts name",
        rule: None,
        mend: "print the file anew with its fonts embedded, or read its pages as pictures",
    },
    Entry {
        code: Code::Truncated,
        name: "truncated",
        meaning: "the text was cut at a limit",
        rule: None,
        mend: "read the file with a larger limit",
    },
    Entry {
        code: Code::NumberingGap,
        name: "numbering-gap",
        meaning: "a number is skipped among siblings",
        rule: NUMBERS,
        mend: "renumber what follows, or put in what was left out",
    },
    Entry {
        code: Code::NumberingRepeat,
        name: "numbering-repeat",
        meaning: "a number stands twice among siblings",
        rule: NUMBERS,
        mend: "renumber from here on",
    },
    Entry {
        code: Code::MixedNumbering,
        name: "mixed-numbering",
        meaning: "a marker is of another style or bracket than its siblings",
        rule: NUMBERS,
        mend: "number all of one level alike: 一、 then （一） then 1. then （1）",
    },
    Entry {
        code: Code::NestingCut,
        name: "nesting-cut",
        meaning: "sections nested deeper than 16 were cut to that depth",
        rule: NUMBERS,
        mend: "nest no deeper than the four levels of the standard",
    },
    Entry {
        code: Code::MissingAttachment,
        name: "missing-attachment",
        meaning: "an attachment is listed or named whose body is not in the file",
        rule: Some("7.3.4 附件说明, 7.4 附件"),
        mend: "append the attachment, or take it from the list",
    },
    Entry {
        code: Code::UnlistedAttachment,
        name: "unlisted-attachment",
        meaning: "an attachment has a body and is not listed",
        rule: Some("7.3.4 附件说明"),
        mend: "list it below the body, with its number and title",
    },
    Entry {
        code: Code::AmbiguousRegion,
        name: "ambiguous-region",
        meaning: "the region's name is borne by several divisions, and nothing settles which",
        rule: None,
        mend: "name the province or the city above it",
    },
    Entry {
        code: Code::UnresolvedDate,
        name: "unresolved-date",
        meaning: "a date names no day that could be found",
        rule: None,
        mend: "write year, month and day",
    },
    Entry {
        code: Code::BracketMismatch,
        name: "bracket-mismatch",
        meaning: "a marker has unlike brackets, or a bracket or quotation mark in a title or heading has no other half",
        rule: Some("7.3.1 标题, 7.3.3 结构层次序数"),
        mend: "write both halves, and alike",
    },
    Entry {
        code: Code::HeadingEmpty,
        name: "heading-empty",
        meaning: "behind and below a marker nothing stands",
        rule: NUMBERS,
        mend: "write the heading, or take the marker out",
    },
    Entry {
        code: Code::MissingClosing,
        name: "missing-closing",
        meaning: "a notice of a kind that is signed bears neither organ nor date",
        rule: Some("7.3.5 发文机关署名、成文日期和印章"),
        mend: "put the issuing organ and the date below the body",
    },
    Entry {
        code: Code::MissingDate,
        name: "missing-date",
        meaning: "a notice is signed and not dated",
        rule: Some("7.3.5 发文机关署名、成文日期和印章"),
        mend: "put the date below the signing organ, with year, month and day in full",
    },
    Entry {
        code: Code::DocNumberForm,
        name: "doc-number-form",
        meaning: "the document number is not of the standard's form",
        rule: Some("7.2.5 发文字号"),
        mend: "write the organ's code, the year of four digits in 〔〕, and the number without 第 and without zeros before it",
    },
    Entry {
        code: Code::DateImpossible,
        name: "date-impossible",
        meaning: "a date names a day that no calendar has",
        rule: None,
        mend: "look up which day was meant",
    },
    Entry {
        code: Code::WeekdayMismatch,
        name: "weekday-mismatch",
        meaning: "a date and the weekday beside it are not of the same day",
        rule: None,
        mend: "correct the date or the weekday; often it is copied from another year's notice",
    },
    Entry {
        code: Code::YearMismatch,
        name: "year-mismatch",
        meaning: "years contradict each other: a deadline before the date of issue or the title's year, a number of another year",
        rule: None,
        mend: "correct the year; often it is copied from another year's notice",
    },
    Entry {
        code: Code::EditionMismatch,
        name: "edition-mismatch",
        meaning: "the same campaign is counted differently within the notice",
        rule: None,
        mend: "count it alike everywhere",
    },
    Entry {
        code: Code::UnitMissing,
        name: "unit-missing",
        meaning: "all siblings of an item say who is responsible, it alone does not",
        rule: None,
        mend: "name the responsible units here too",
    },
    Entry {
        code: Code::ContactMalformed,
        name: "contact-malformed",
        meaning: "a telephone number or mail address reaches nobody",
        rule: None,
        mend: "correct it: a mobile has 11 digits, a mail address an @ and a domain",
    },
];

impl Code {
    /// Every code, in order.
    pub fn all() -> impl Iterator<Item = Code> {
        ENTRIES.iter().map(|entry| entry.code)
    }

    /// The code as records write it, such as `numbering-gap`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.entry().name
    }

    /// What it means, in one line.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        self.entry().meaning
    }

    /// The clause of GB/T 9704-2012 that it touches, with the clause's title; none where the standard is silent.
    #[must_use]
    pub fn rule(self) -> Option<&'static str> {
        self.entry().rule
    }

    /// What would mend it.
    #[must_use]
    pub fn mend(self) -> &'static str {
        self.entry().mend
    }

    fn entry(self) -> &'static Entry {
        &ENTRIES[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_own_entry_and_name() {
        for (place, entry) in ENTRIES.iter().enumerate() {
            assert_eq!(entry.code as usize, place, "{}", entry.name);
            let written = serde_json::to_string(&entry.code).unwrap_or_default();
            assert_eq!(written, format!("\"{}\"", entry.name));
        }
        assert_eq!(ENTRIES.len(), Code::ContactMalformed as usize + 1);
    }
}
