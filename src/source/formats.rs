//! The formats that are read, and what is kept of each: what `gongwen formats` lists.

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Described {
    /// Its name for people.
    pub name: &'static str,
    /// The usual extensions, parted by blanks; content goes before them.
    pub extensions: &'static str,
    /// Whether workers read it.
    pub in_worker: bool,
    /// What is kept.
    pub kept: &'static str,
    /// What is left out.
    pub left: &'static str,
}

/// Every format that is read.
pub const FORMATS: &[Described] = &[
    Described {
        name: "plain text",
        extensions: "txt, or any",
        in_worker: false,
        kept: "every character; UTF-8, UTF-16, GB18030 (GBK, GB2312) and Big5 are told apart",
        left: "the byte-order mark and carriage returns",
    },
    Described {
        name: "web page",
        extensions: "html htm shtml, doc that is HTML",
        in_worker: false,
        kept: "the notice's block: paragraphs, headings, tables, lists with their numbers; its metadata table as header fields; links to attachments",
        left: "menus, breadcrumbs, buttons, footers, scripts, hidden elements",
    },
    Described {
        name: "Word (docx)",
        extensions: "docx docm wps",
        in_worker: true,
        kept: "paragraphs with automatic numbers as Word shows them, tables, text boxes, footnotes (at the end), results of fields, tracked changes as accepted",
        left: "headers and footers, hidden and deleted text, comments, pictures",
    },
    Described {
        name: "Word 97-2003, Word 6/95",
        extensions: "doc wps dot",
        in_worker: true,
        kept: "paragraphs with automatic numbers, tables, text boxes, footnotes (at the end), results of fields",
        left: "headers and footers, hidden and deleted text, comments, pictures",
    },
    Described {
        name: "rich text",
        extensions: "rtf, doc that is RTF",
        in_worker: true,
        kept: "paragraphs with their list numbers, tables, footnotes (at the end), results of fields, text of shapes",
        left: "headers and footers, hidden and deleted text, pictures",
    },
    Described {
        name: "PDF",
        extensions: "pdf",
        in_worker: true,
        kept: "paragraphs rejoined from lines and across pages, tables as rows, pages as places; with --ocr also pictures of text",
        left: "page numbers, running heads and feet, annotations, attachments",
    },
    Described {
        name: "OFD (GB/T 33190)",
        extensions: "ofd",
        in_worker: true,
        kept: "as of PDF, template pages and several documents in a file included",
        left: "page numbers, running heads and feet, seals, annotations",
    },
    Described {
        name: "workbook",
        extensions: "xlsx xlsm xlsb xls et ods",
        in_worker: true,
        kept: "visible sheets, a row of cells a line, values as shown",
        left: "formulas, charts, hidden sheets",
    },
    Described {
        name: "archive",
        extensions: "zip tar tar.gz gz 7z",
        in_worker: true,
        kept: "every member as a document of its own, archives in archives too; GBK names",
        left: "folders, links, hidden members",
    },
    Described {
        name: "mail",
        extensions: "eml mht mhtml",
        in_worker: true,
        kept: "the body and every attachment, each as a document of its own",
        left: "headers",
    },
];
