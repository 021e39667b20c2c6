//! Pages that are pictures, read by programs of the machine: poppler's pdftoppm draws them, tesseract reads them.
//!
//! Both are asked for a page at a time, in a folder of their own that goes with the reading. They run under the limits of
//! the worker that starts them.

use super::Limits;
use super::ReadText;
use super::Reason;
use super::Refusal;
use super::page::Glyph;
use super::page::Page;
use super::page::Pages;
use super::written::Written;
use crate::diagnostic::Code;
use crate::text::fold::is_blank;
use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use tempfile::TempDir;

/// So many pages may fail before the rest is left.
const MAX_UNREAD: usize = 20;

/// Dots per inch at which pages are drawn: what tesseract was trained on.
const DPI: u16 = 300;

/// The text of a PDF whose pages are pictures.
///
/// # Errors
/// [`Reason::NoTextLayer`] where a program is missing; [`Reason::Damaged`] where no page can be drawn.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<ReadText, Refusal> {
    let languages = run(Command::new("tesseract").arg("--list-langs"));
    let can_read = languages.is_ok_and(|list| list.lines().any(|l| l.trim() == "chi_sim"));
    if !can_read || run(Command::new("pdftoppm").arg("-v")).is_err() {
        return Err(missing());
    }
    let folder = TempDir::new().map_err(|e| unwritten(&e))?;
    let file = folder.path().join("file.pdf");
    fs::write(&file, bytes).map_err(|e| unwritten(&e))?;
    let mut pages = Pages::default();
    let mut is_cut = true;
    let mut unread = 0;
    for number in 1..=limits.max_pages {
        match drawn(folder.path(), number) {
            Drawn::Picture(picture) => match recognised(&picture) {
                Some(page) => pages.add(page),
                None => unread += 1,
            },
            Drawn::Failed => unread += 1,
            Drawn::PastTheLast => {
                is_cut = false;
                break;
            }
        }
        if unread > MAX_UNREAD {
            break;
        }
    }
    if pages.len() == 0 {
        return Err(Refusal::new(
            Reason::Damaged,
            "pdftoppm draws none of its pages",
        ));
    }
    let mut written = Written::new("application/pdf", limits);
    pages.write(&mut written);
    if unread > 0 {
        let message = format!("{unread} pages could not be drawn or recognised");
        written.remark(Code::Truncated, message);
    }
    if is_cut {
        let message = format!("pages after the first {} were cut", limits.max_pages);
        written.remark(Code::Truncated, message);
    }
    written.read_mut().ocr = true;
    Ok(written.finish())
}

/// What became of drawing a page.
enum Drawn {
    Picture(PathBuf),
    Failed,
    PastTheLast,
}

/// The picture of a page, made anew in the folder.
fn drawn(folder: &Path, number: usize) -> Drawn {
    let number = number.to_string();
    let page = folder.join("page");
    let arguments = ["-f", &number, "-l", &number, "-singlefile", "-gray", "-png"];
    let mut command = Command::new("pdftoppm");
    command.args(["-r", &DPI.to_string()]).args(arguments);
    command.arg(folder.join("file.pdf")).arg(&page);
    let picture = page.with_extension("png");
    let _ = fs::remove_file(&picture);
    match command.stdin(Stdio::null()).output() {
        // what pdftoppm ends with where it is asked for a page that is not there
        Ok(output) if output.status.code() == Some(99) => Drawn::PastTheLast,
        Ok(output) if output.status.success() && picture.exists() => Drawn::Picture(picture),
        _ => Drawn::Failed,
    }
}

/// What tesseract reads on the picture of a page; none where it fails.
fn recognised(picture: &Path) -> Option<Page> {
    let mut command = Command::new("tesseract");
    command
        .env("OMP_THREAD_LIMIT", "1")
        .arg(picture)
        .args(["stdout", "-l", "chi_sim", "--dpi", &DPI.to_string()])
        // words with a blank between each two of Chinese would be no words
        .args(["-c", "preserve_interword_spaces=1", "tsv"]);
    run(&mut command).ok().map(|table| page(&table))
}

/// The page that tesseract's table tells of: level, page, block, paragraph, line, word, left, top, width, height,
/// confidence, text; level 1 is the page, 4 a line, 5 a word. Lengths there are dots.
fn page(table: &str) -> Page {
    let points = |dots: f32| dots * 72.0 / f32::from(DPI);
    let mut page = Page::default();
    let (mut size, mut baseline) = (12.0, 0.0);
    for row in table.lines() {
        let cells: Vec<&str> = row.split('\t').collect();
        let [level, .., _, _, _, _, _, text] = cells.as_slice() else {
            continue;
        };
        let length = |at: usize| cells.get(at).and_then(|c| c.parse().ok()).map(points);
        let (Some(left), Some(top), Some(width), Some(height)) =
            (length(6), length(7), length(8), length(9))
        else {
            continue;
        };
        match *level {
            "1" => (page.width, page.height) = (width, height),
            "4" => (size, baseline) = (height, top + height),
            "5" => {
                let count = text.chars().count().max(1) as f32;
                let step = width / count;
                let glyphs = text.chars().enumerate().map(|(i, c)| Glyph {
                    c,
                    x: left + step * i as f32,
                    y: baseline,
                    width: step,
                    size,
                    turns: 0,
                    is_red: false,
                });
                page.glyphs.extend(glyphs.filter(|g| !is_blank(g.c)));
            }
            _ => {}
        }
    }
    page
}

/// What the program writes to its standard output.
fn run(command: &mut Command) -> io::Result<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(io::Error::other(output.status.to_string())),
    }
}

fn missing() -> Refusal {
    Refusal::new(
        Reason::NoTextLayer,
        "its pages are pictures without text, and --ocr needs tesseract with chi_sim, and poppler's pdftoppm, on the path",
    )
}

fn unwritten(error: &io::Error) -> Refusal {
    Refusal::new(
        Reason::Unreadable,
        format!("its pages are pictures, and no folder could be made to draw them in ({error})"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_tesseract_becomes_glyphs() {
        let table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
            1\t1\t0\t0\t0\t0\t0\t0\t2480\t3508\t-1\t\n\
            4\t1\t1\t1\t1\t0\t300\t600\t200\t50\t-1\t\n\
            5\t1\t1\t1\t1\t1\t300\t602\t100\t48\t95.1\t通知\n\
            5\t1\t1\t1\t1\t2\t420\t602\t50\t48\t9\tx\n\
            a broken row\n";
        let page = page(table);
        let read: String = page.glyphs.iter().map(|g| g.c).collect();
        assert_eq!(read, "通知x");
        assert!((page.width - 595.2).abs() < 0.1);
        assert!((page.glyphs[1].x - 84.0).abs() < 0.1);
        assert!((page.glyphs[0].y - 156.0).abs() < 0.1);
        assert_eq!(page.glyphs[0].y, page.glyphs[2].y);
    }
}
