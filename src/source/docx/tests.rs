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

fn with_chunks(body: &str, targets: &[(&str, &str)], parts: &[(&str, &[u8])]) -> Vec<u8> {
    let rels: String = targets
        .iter()
        .map(|(id, target)| format!("<Relationship Id='{id}' Type='x/aFChunk' Target='{target}'/>"))
        .collect();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, bytes: &[u8]| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    };
    let body = format!("<w:document><w:body>{body}</w:body></w:document>");
    put("word/document.xml", body.as_bytes());
    let rels = format!("<Relationships>{rels}</Relationships>");
    put("word/_rels/document.xml.rels", rels.as_bytes());
    for (name, bytes) in parts {
        put(name, bytes);
    }
    zip.finish().unwrap().into_inner()
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn files_in_the_text_are_read_where_they_stand() {
    let inner = zipped(&[(
        "word/document.xml",
        &format!(
            "<w:document><w:body>{}</w:body></w:document>",
            paragraph("三、检查")
        ),
    )]);
    let page = "<html><body><p>一、清淤</p><table><tr><td>序号<td>任务<tr><td>1<td>巡河</table></body></html>";
    let body = format!(
        "{}<w:altChunk r:id='a'/><w:altChunk r:id='b'><w:altChunkPr/></w:altChunk>\
         <w:tbl><w:tr><w:tc>{}</w:tc><w:tc><w:altChunk r:id='c'/></w:tc></w:tr></w:tbl>{}",
        paragraph("前"),
        paragraph("项"),
        paragraph("后"),
    );
    let bytes = with_chunks(
        &body,
        &[("a", "a.htm"), ("b", "/word/b.rtf"), ("c", "c.docx")],
        &[
            ("word/a.htm", page.as_bytes()),
            ("word/b.rtf", b"{\\rtf1\\ansi\\uc0\\u20108 \\u12289 b\\par}"),
            ("word/c.docx", &inner),
        ],
    );
    let read = read(&bytes, &Limits::default()).unwrap();
    assert_eq!(
        read.text,
        "前\n一、清淤\n序号\t任务\n1\t巡河\n二、b\n项\t三、检查\n后\n"
    );
    assert_eq!(read.diagnostics, []);
    assert_eq!(read.marks[2].kind, crate::source::LineKind::Row);
    assert_eq!(read.marks[6].place, crate::source::Place::Element(9));
}

#[test]
fn files_in_the_text_that_are_not_read_are_told() {
    // No such relation, no such part, no text, and one that was given before.
    let chunks = ["none", "a", "b", "c", "c"].map(|id| format!("<w:altChunk r:id='{id}'/>"));
    let bytes = with_chunks(
        &(paragraph("前") + &chunks.concat()),
        &[("a", "a.htm"), ("b", "b.png"), ("c", "c.txt")],
        &[
            ("word/b.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
            ("word/c.txt", "附注".as_bytes()),
        ],
    );
    let read = read(&bytes, &Limits::default()).unwrap();
    assert_eq!(read.text, "前\n附注\n");
    assert_eq!(read.diagnostics.len(), 1);
    assert_eq!(read.diagnostics[0].code, Code::Truncated);
    assert!(read.diagnostics[0].message.starts_with("4 files"));
    assert!(read.diagnostics[0].message.contains("word/a.htm"));
}

#[test]
fn files_in_files_in_the_text_are_left_out_and_told() {
    let own = [("a", "a.docx")];
    let chunk = "<w:altChunk r:id='a'/>";
    let inmost = with_chunks(&paragraph("三"), &[], &[]);
    let inner = with_chunks(
        &(paragraph("二") + chunk),
        &own,
        &[("word/a.docx", &inmost)],
    );
    let outer = with_chunks(&(paragraph("一") + chunk), &own, &[("word/a.docx", &inner)]);
    let read = read(&outer, &Limits::default()).unwrap();
    assert_eq!(read.text, "一\n二\n");
    assert_eq!(read.diagnostics.len(), 1);
    assert_eq!(read.diagnostics[0].code, Code::Truncated);
}

#[test]
fn columns_past_the_last_are_one() {
    let cells = format!("<w:tc>{}</w:tc>", paragraph("格")).repeat(300);
    let read = read_body(&format!("<w:tbl><w:tr>{cells}</w:tr></w:tbl>"));
    assert_eq!(read.text.matches('格').count(), 300);
    assert_eq!(read.text.matches('\t').count(), 255);
}
