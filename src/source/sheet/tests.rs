use super::*;
use std::io::Cursor;
use std::io::Write as _;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn workbook(sheet: &str) -> Vec<u8> {
    workbook_of("<sheet name='表' id='r1'/>", sheet)
}

fn workbook_of(listed: &str, sheet: &str) -> Vec<u8> {
    let book = format!("<workbook><sheets>{listed}</sheets></workbook>");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in [
        ("xl/workbook.xml", book.as_str()),
        ("xl/worksheets/sheet1.xml", sheet),
    ] {
        zip.start_file(name, plain).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn text_of(sheet: &str) -> String {
    read(&workbook(sheet), &Limits::default()).unwrap().text
}

#[test]
fn cells_without_references_follow_one_another() {
    let sheet = "<s><row><c><v>1</v></c><c t='inlineStr'><is><r><t>甲</t></r><r><t>乙</t></r></is></c></row><row><c><v>2.50</v></c><c t='b'><v>1</v></c></row></s>";
    assert_eq!(text_of(sheet), "1\t甲乙\n2.5\tTRUE\n");
}

#[test]
fn far_cells_cost_no_more_than_near_ones() {
    let sheet = "<s><row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>2</v></c></row><row r='1048576'><c r='XFD1048576'><v>3</v></c></row></s>";
    assert_eq!(text_of(sheet), "1\t2\t\n\t\t3\n");
}

#[test]
fn merged_areas_past_counting_end() {
    let areas = "<mergeCell ref='A1:XFD1048576'/>".repeat(30_000);
    let sheet = format!(
        "<s><row r='1'><c r='A1' t='str'><v>甲</v></c><c r='B1' t='str'><v>乙</v></c></row><row r='2'><c r='B2' t='str'><v>丙</v></c></row>{areas}</s>"
    );
    assert_eq!(text_of(&sheet), "甲\t乙\n甲\t丙\n");
}

#[test]
fn hidden_sheets_are_not_shown_and_no_damage() {
    let sheet = "<s><row><c t='str'><v>甲</v></c></row></s>";
    let hidden = workbook_of("<sheet name='表' id='r1' state='hidden'/>", sheet);
    assert_eq!(read(&hidden, &Limits::default()).unwrap().text, "");
}

#[test]
fn a_zip_without_sheets_is_damaged() {
    let mut bytes = workbook("<s/>");
    assert_eq!(read(&bytes, &Limits::default()).unwrap().text, "");
    bytes.truncate(bytes.len() - 30);
    assert_eq!(
        read(&bytes, &Limits::default()).unwrap_err().reason,
        Reason::Damaged
    );
    let ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    assert_eq!(
        read(&ole, &Limits::default()).unwrap_err().reason,
        Reason::Damaged
    );
}
