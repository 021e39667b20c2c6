use super::*;
use std::io::Cursor;
use std::io::Write as _;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in parts {
        zip.start_file(*name, plain).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn read_body(body: &str) -> ReadText {
    let bytes = zipped(&[(
        "word/document.xml",
        &format!("<w:document><w:body>{body}</w:body></w:document>"),
    )]);
    read(&bytes, &Limits::default()).unwrap()
}

#[test]
fn a_document_needs_no_other_part() {
    let read = read_body(
        "<w:p><w:pPr><w:pStyle w:val='1'/><w:numPr><w:numId w:val='3'/></w:numPr></w:pPr><w:r><w:t>巡山</w:t></w:r></w:p>",
    );
    assert_eq!(read.text, "巡山\n");
    assert_eq!(read.marks[0].place, crate::source::Place::Element(1));
    assert_eq!(read.diagnostics, []);
}

#[test]
fn any_prefix_and_any_place_of_the_document_will_do() {
    let bytes = zipped(&[
        (
            "_rels/.rels",
            "<r><x Type='y/officeDocument' Target='/a/text.xml'/><Relationship Type='y/officeDocument' Target='/a/text.xml'/></r>",
        ),
        (
            "a/text.xml",
            "<x:document><x:body><x:p><x:r><x:t>甲&#x4e59;</x:t></x:r></x:p></x:body></x:document>",
        ),
    ]);
    assert_eq!(read(&bytes, &Limits::default()).unwrap().text, "甲乙\n");
    let bytes = zipped(&[("other/document.xml", "<d><p><r><t>丙</t></r></p></d>")]);
    assert_eq!(read(&bytes, &Limits::default()).unwrap().text, "丙\n");
}

#[test]
fn a_zip_without_a_document_is_damaged() {
    for parts in [&[("a.txt", "甲")][..], &[("word/document.xml", "<w:p")][..]] {
        let refusal = read(&zipped(parts), &Limits::default()).unwrap_err();
        assert_eq!(refusal.reason, Reason::Damaged);
    }
}

#[test]
fn a_document_cut_short_says_so() {
    let bytes = zipped(&[(
        "word/document.xml",
        "<w:document><w:p><w:r><w:t>前半</w:t></w:r></w:p><w:p><w:r><w:t>后",
    )]);
    let read = read(&bytes, &Limits::default()).unwrap();
    assert_eq!(read.text, "前半\n后\n");
    assert_eq!(read.diagnostics[0].code, Code::Truncated);
}

#[test]
fn what_is_nested_too_deep_is_left_out_in_time() {
    let deep = format!(
        "<w:p><w:r><w:t>前</w:t></w:r></w:p>{}{}",
        "<w:tbl><w:tr><w:tc>".repeat(50_000),
        "</w:tc></w:tr></w:tbl>".repeat(50_000)
    );
    let read = read_body(&deep);
    assert_eq!(read.text, "前\n");
    assert_eq!(read.diagnostics[0].code, Code::Truncated);
}

#[test]
fn merged_cells_repeat_no_more_than_is_allowed() {
    let long = "长".repeat(100_000);
    let covered = "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr>".repeat(500);
    let table = format!(
        "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr><w:p><w:r><w:t>{long}</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>{covered}</w:tbl>"
    );
    let read = read_body(&table);
    assert_eq!(read.marks.len(), 501);
    assert!(read.text.len() < 20 << 20, "{}", read.text.len());
}

#[test]
fn entities_are_not_expanded() {
    let bytes = zipped(&[(
        "word/document.xml",
        "<!DOCTYPE d [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><d><p><r><t>甲&b;乙&amp;</t></r></p></d>",
    )]);
    assert_eq!(read(&bytes, &Limits::default()).unwrap().text, "甲乙&\n");
}

#[test]
fn targets_stay_within_the_zip() {
    assert_eq!(resolved("word", "styles.xml"), "word/styles.xml");
    assert_eq!(resolved("word", "/word/styles.xml"), "word/styles.xml");
    assert_eq!(resolved("word", "..\\..\\..\\x.xml"), "x.xml");
}
