//! The text of a Word binary: pieces of the document stream put in order, one unit of UTF-16 for each of its characters.

use super::compound::u16_at;
use super::compound::u32_at;
use super::fib::Fib;
use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, WINDOWS_1252};

/// A stretch of text that stands in one place of the document stream.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// First character, and one past the last.
    pub(super) from: usize,
    pub(super) to: usize,
    /// First byte in the document stream.
    pub(super) byte: u32,
    /// Bytes of a character.
    pub(super) width: u32,
    /// Modifiers of the whole piece.
    pub(super) grpprl: Vec<u8>,
}

/// The characters of the file, its stories one after the other.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// A character of two bytes in an 8-bit file is its unit and a zero.
    pub(super) units: Vec<u16>,
    pub(super) pieces: Vec<Piece>,
}

impl Text {
    /// Puts the pieces together; none where the file does not say where they stand.
    pub(super) fn read(document: &[u8], table: &[u8], fib: &Fib) -> Option<Self> {
        let pieces = match pieces(fib.pieces.of(table), fib) {
            Some(pieces) => pieces,
            None if fib.is_old => vec![only(fib)],
            None => return None,
        };
        let mut text = Self::default();
        let encoding = encoding(document, &pieces, fib);
        // Pieces do not overlap in a file that Word wrote: what they hold together is no more than the stream.
        let mut left = document.len();
        for piece in pieces {
            let width = piece.width as usize;
            let from = (piece.byte as usize).min(document.len());
            let length = (piece.to - piece.from)
                .min((document.len() - from) / width)
                .min(left);
            left -= length;
            let bytes = &document[from..from + length * width];
            let at = text.units.len();
            match width {
                2 => {
                    let units = bytes
                        .chunks_exact(2)
                        .map(|u| u16::from_le_bytes([u[0], u[1]]));
                    text.units.extend(units);
                }
                _ => decode(
                    bytes,
                    encoding.unwrap_or_else(|| of_piece(bytes)),
                    &mut text.units,
                ),
            }
            text.pieces.push(Piece {
                from: at,
                to: text.units.len(),
                ..piece
            });
        }
        Some(text)
    }
}

/// The one piece of a file without piece table.
fn only(fib: &Fib) -> Piece {
    Piece {
        from: 0,
        to: fib.lengths.iter().sum::<usize>().max(1),
        byte: fib.text as u32,
        width: if fib.is_wide { 2 } else { 1 },
        grpprl: Vec::new(),
    }
}

/// [MS-DOC] 2.9.38 (Clx): modifiers, then the piece table.
fn pieces(clx: &[u8], fib: &Fib) -> Option<Vec<Piece>> {
    let mut grpprls: Vec<&[u8]> = Vec::new();
    let mut at = 0;
    while *clx.get(at)? == 1 {
        let length = usize::from(u16_at(clx, at + 1)?);
        grpprls.push(clx.get(at + 3..at + 3 + length)?);
        at += 3 + length;
    }
    if *clx.get(at)? != 2 {
        return None;
    }
    let plc = clx.get(at + 5..)?;
    let plc = &plc[..plc.len().min(u32_at(clx, at + 1)? as usize)];
    let count = plc.len().checked_sub(4)? / 12;
    let mut pieces = Vec::with_capacity(count);
    for i in 0..count {
        let (from, to) = (
            u32_at(plc, 4 * i)? as usize,
            u32_at(plc, 4 * i + 4)? as usize,
        );
        let pcd = 4 * (count + 1) + 8 * i;
        let place = u32_at(plc, pcd + 2)?;
        let (byte, width) = match (fib.is_old, place & 0x4000_0000 != 0) {
            (true, _) => (place, if fib.is_wide { 2 } else { 1 }),
            (false, true) => ((place & 0x3fff_ffff) / 2, 1),
            (false, false) => (place & 0x3fff_ffff, 2),
        };
        if to > from {
            let prm = u16_at(plc, pcd + 6)?;
            pieces.push(Piece {
                from,
                to,
                byte,
                width,
                grpprl: modifiers(prm, &grpprls, fib.is_old),
            });
        }
    }
    (!pieces.is_empty()).then_some(pieces)
}

/// [MS-DOC] 2.9.188 and 2.9.189 (Prm0, Prm1): one short modifier, or the number of a list of them.
fn modifiers(prm: u16, grpprls: &[&[u8]], is_old: bool) -> Vec<u8> {
    if prm & 1 == 1 {
        let listed = grpprls.get(usize::from(prm >> 1)).copied();
        return listed.unwrap_or_default().to_vec();
    }
    let operand = (prm >> 8) as u8;
    let number = ((prm >> 1) & 0x7f) as u8;
    let code: u16 = match number {
        0 => return Vec::new(),
        _ if is_old => return vec![number, operand],
        0x05 => 0x2403,
        0x18 => 0x2416,
        0x19 => 0x2417,
        0x41 => 0x0800,
        0x5c => 0x083c,
        _ => return Vec::new(),
    };
    let [low, high] = code.to_le_bytes();
    vec![low, high, operand]
}

/// How the 8-bit pieces of an old file are read; none where each is to be judged by itself.
fn encoding(document: &[u8], pieces: &[Piece], fib: &Fib) -> Option<&'static Encoding> {
    if !fib.is_old {
        return None;
    }
    let by_language = match fib.language {
        0x0804 | 0x1004 => GB18030,
        0x0404 | 0x0c04 | 0x1404 => BIG5,
        0x0411 => SHIFT_JIS,
        0x0412 => EUC_KR,
        _ => WINDOWS_1252,
    };
    if by_language != WINDOWS_1252 {
        return Some(by_language);
    }
    let (mut pairs, mut others) = (0, 0);
    for piece in pieces {
        let from = (piece.byte as usize).min(document.len());
        let to = from
            .saturating_add(piece.to - piece.from)
            .min(document.len());
        let (p, o) = gb_pairs(&document[from..to]);
        pairs += p;
        others += o;
    }
    match pairs > 9 * others {
        true => Some(GB18030),
        false => Some(WINDOWS_1252),
    }
}

/// By the standard an 8-bit piece is Windows-1252; some writers put GBK there.
fn of_piece(bytes: &[u8]) -> &'static Encoding {
    match gb_pairs(bytes) {
        (4.., 0) => GB18030,
        _ => WINDOWS_1252,
    }
}

/// Pairs of bytes as GB 2312 has them, and other bytes above ASCII.
fn gb_pairs(bytes: &[u8]) -> (usize, usize) {
    let (mut pairs, mut others) = (0, 0);
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match (first, after.first()) {
            (0xa1..=0xf7, Some(0xa1..=0xfe)) => {
                pairs += 1;
                rest = &after[1..];
            }
            (0x80.., _) => others += 1,
            _ => {}
        }
    }
    (pairs, others)
}

/// Gives one unit for each byte.
fn decode(bytes: &[u8], encoding: &'static Encoding, out: &mut Vec<u16>) {
    let first = |bytes: &[u8], encoding: &'static Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        let unit = text.encode_utf16().next();
        unit.unwrap_or(0xfffd)
    };
    if encoding == WINDOWS_1252 {
        out.extend(bytes.iter().map(|b| match b {
            0x80..=0x9f => first(&[*b], WINDOWS_1252),
            b => u16::from(*b),
        }));
        return;
    }
    let mut rest = bytes;
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        match (byte, after.split_first()) {
            (..0x80, _) => out.push(u16::from(*byte)),
            (_, Some((second @ 0x40.., after))) => {
                out.push(first(&[*byte, *second], encoding));
                out.push(0);
                rest = after;
            }
            _ => out.push(first(&[*byte], encoding)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_has_a_unit() {
        let mut units = Vec::new();
        decode(b"\x131\xb9\xab\x07\xb9", GB18030, &mut units);
        assert_eq!(units.len(), 6);
        assert_eq!(units[..5], [0x13, 0x31, 0x516c, 0, 7]);
        units.clear();
        decode(b"\x93\xd7\x94", WINDOWS_1252, &mut units);
        assert_eq!(units, [0x201c, 0xd7, 0x201d]);
    }

    #[test]
    fn chinese_in_western_pieces_is_found() {
        let gbk = GB18030.encode("关于做好工作的通知").0.into_owned();
        assert_eq!(of_piece(&gbk), GB18030);
        assert_eq!(of_piece(b"\xd7\xd7 1 \x93a\x94"), WINDOWS_1252);
    }
}
