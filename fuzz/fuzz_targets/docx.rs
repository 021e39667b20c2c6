//! Word's XML: elements in every order as document and lists, parts of any characters, and whole files of any bytes.
//! Each ends in a text with a mark for each of its lines, or in a refusal. `cargo fuzz run docx -s none`

#![no_main]

use gongwen::source::{Limits, read};
use libfuzzer_sys::fuzz_target;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const SCRAPS: [&str; 64] = [
    "<w:p>", "</w:p>", "<w:pPr>", "</w:pPr>", "<w:r>", "</w:r>", "<w:rPr>", "</w:rPr>", "<w:t>", "</w:t>",
    "巡山护林", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:tcPr>", "</w:tcPr>",
    "<w:vMerge/>", "<w:vMerge w:val=\"restart\"/>", "<w:gridSpan w:val=\"3\"/>", "<w:gridBefore w:val=\"999\"/>",
    "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>",
    "<w:numPr><w:ilvl w:val=\"2\"/><w:numId w:val=\"1\"/></w:numPr>",
    "<w:numPr><w:ilvl w:val=\"77\"/><w:numId w:val=\"2\"/></w:numPr>", "<w:pStyle w:val=\"1\"/>", "<w:vanish/>",
    "<w:del>", "</w:del>", "<w:ins>", "</w:ins>", "<w:fldChar w:fldCharType=\"begin\"/>",
    "<w:fldChar w:fldCharType=\"separate\"/>", "<w:fldChar w:fldCharType=\"end\"/>",
    "<w:instrText>eq \\o\\ac(○,1)</w:instrText>", "<w:instrText>EQ \\f(</w:instrText>", "<w:txbxContent>",
    "</w:txbxContent>", "<mc:AlternateContent>", "</mc:AlternateContent>", "<mc:Choice>", "</mc:Choice>",
    "<mc:Fallback>", "</mc:Fallback>", "<w:br/>", "<w:tab/>", "<w:framePr w:dropCap=\"drop\"/>",
    "<w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/>", "<w:lvl w:ilvl=\"0\">", "<w:lvl w:ilvl=\"2\">", "</w:lvl>",
    "<w:abstractNum w:abstractNumId=\"1\">", "</w:abstractNum>", "<w:num w:numId=\"1\">", "</w:num>",
    "<w:abstractNumId w:val=\"1\"/>", "<w:lvlText w:val=\"%1.%2.%3、%\"/>", "<w:numFmt w:val=\"chineseCounting\"/>",
    "<w:start w:val=\"4294967295\"/>", "<w:lvlRestart w:val=\"1\"/>", "<w:lvlOverride w:ilvl=\"0\">",
    "</w:lvlOverride>", "<w:startOverride w:val=\"9\"/>",
];

const STYLES: &str = "<w:styles><w:style w:type=\"paragraph\" w:styleId=\"1\"><w:basedOn w:val=\"1\"/>\
    <w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style></w:styles>";

fuzz_target!(|bytes: &[u8]| {
    let Some((mode, rest)) = bytes.split_first() else {
        return;
    };
    let half = rest.len() / 2;
    let file = match mode % 3 {
        0 => rest.to_vec(),
        1 => zipped(&String::from_utf8_lossy(&rest[..half]), &String::from_utf8_lossy(&rest[half..])),
        _ => {
            let written = |part: &[u8]| -> String {
                part.iter().map(|b| SCRAPS[usize::from(*b) % SCRAPS.len()]).collect()
            };
            zipped(&written(&rest[..half]), &written(&rest[half..]))
        }
    };
    if let Ok(read) = read(&file, "a.docx", &Limits::default()) {
        assert!(read.marks.is_empty() || read.text.lines().count() == read.marks.len());
    }
});

fn zipped(document: &str, numbering: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, text) in [
        ("word/document.xml", document),
        ("word/numbering.xml", numbering),
        ("word/styles.xml", STYLES),
    ] {
        zip.start_file(name, plain).expect("a part begins");
        zip.write_all(text.as_bytes()).expect("memory takes it");
    }
    zip.finish().expect("the zip ends").into_inner()
}
