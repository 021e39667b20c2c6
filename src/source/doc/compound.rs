//! The streams of an OLE compound file ([MS-CFB]), read leniently: what a stream needs must be whole, nothing else.
//!
//! The crates for it refuse files over faults in parts that no reader of text looks at, and build what only writers
//! need; this takes the few streams that it is asked for. Every chain is followed at most once round.

/// Sector numbers from here on are marks.
const MARKS: u32 = 0xffff_fffa;

/// The header's size, and that of a sector unless it says otherwise.
const HEADER: usize = 512;

/// No sibling, no child.
const NOTHING: u32 = 0xffff_ffff;

/// An opened compound file.
#[derive(Debug)]
pub(super) struct Compound<'b> {
    bytes: &'b [u8],
    sector: usize,
    mini_sector: usize,
    mini_cutoff: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini: Vec<u8>,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    name: String,
    kind: u8,
    left: u32,
    right: u32,
    child: u32,
    start: u32,
    size: usize,
}

/// Why streams cannot be read: one lowercase sentence.
pub(super) type Fault = &'static str;

const CYCLE: Fault = "a chain of its sectors runs in a circle";

impl<'b> Compound<'b> {
    /// Reads what leads to the streams.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Fault> {
        let short = |at: usize| u16_at(bytes, at).ok_or("its header is cut");
        let long = |at: usize| u32_at(bytes, at).ok_or("its header is cut");
        let sector = match short(0x1e)? {
            12 => 4096,
            _ => 512,
        };
        let mut compound = Self {
            bytes,
            sector,
            mini_sector: match short(0x20)? {
                shift @ 4..=9 => 1 << shift,
                _ => 64,
            },
            mini_cutoff: long(0x38)? as usize,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini: Vec::new(),
            entries: Vec::new(),
        };
        compound.fat = compound.read_fat()?;
        let directory = compound.chain(long(0x30)?, usize::MAX)?;
        compound.entries = directory.chunks_exact(128).map(entry).collect();
        if long(0x3c)? < MARKS {
            let mini_fat = compound.chain(long(0x3c)?, usize::MAX)?;
            compound.mini_fat = longs(&mini_fat);
        }
        let root = compound.entries.iter().find(|e| e.kind == 5);
        if let Some((start, size)) = root
            .map(|e| (e.start, e.size))
            .filter(|(start, _)| *start < MARKS)
        {
            compound.mini = compound.chain(start, size)?;
        }
        Ok(compound)
    }

    /// Whether there is a stream of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The bytes of the stream of this name, of the file itself rather than of what is embedded in it.
    pub(super) fn stream(&self, name: &str) -> Option<Result<Vec<u8>, Fault>> {
        let entry = self.find(name)?;
        if entry.size >= self.mini_cutoff {
            return Some(self.chain(entry.start, entry.size));
        }
        let sectors = follow(
            &self.mini_fat,
            entry.start,
            entry.size.div_ceil(self.mini_sector),
        );
        Some(sectors.map(|sectors| {
            let mut stream = Vec::with_capacity(entry.size.min(self.mini.len()));
            for at in sectors {
                let from = (at as usize).saturating_mul(self.mini_sector);
                let to = from.saturating_add(self.mini_sector).min(self.mini.len());
                stream.extend_from_slice(self.mini.get(from..to).unwrap_or_default());
            }
            stream.truncate(entry.size);
            stream
        }))
    }

    fn find(&self, name: &str) -> Option<&Entry> {
        let is_it = |e: &&Entry| e.kind == 2 && e.name.eq_ignore_ascii_case(name);
        let mut seen = vec![false; self.entries.len()];
        let root = self.entries.iter().find(|e| e.kind == 5);
        let mut open: Vec<u32> = root.map(|root| root.child).into_iter().collect();
        while let Some(at) = open.pop() {
            let at = at as usize;
            let Some(entry) = self.entries.get(at) else {
                continue;
            };
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            if is_it(&entry) {
                return Some(entry);
            }
            open.extend(
                [entry.left, entry.right]
                    .into_iter()
                    .filter(|at| *at != NOTHING),
            );
        }
        // A broken directory: the largest of that name is the document rather than something embedded.
        self.entries.iter().filter(is_it).max_by_key(|e| e.size)
    }

    fn read_fat(&self) -> Result<Vec<u32>, Fault> {
        let sectors = self.bytes.len() / self.sector + 1;
        let in_header = self.bytes.get(0x4c..HEADER).ok_or("its header is cut")?;
        let mut of_fat = longs(in_header);
        let mut next = u32_at(self.bytes, 0x44).unwrap_or(MARKS);
        let mut steps = 0;
        while next < MARKS {
            let Some(sector) = self.sector_at(next) else {
                break;
            };
            let mut more = longs(sector);
            next = more.pop().unwrap_or(MARKS);
            of_fat.append(&mut more);
            steps += 1;
            if steps > sectors {
                return Err(CYCLE);
            }
        }
        let mut fat = Vec::new();
        for at in of_fat.into_iter().filter(|at| *at < MARKS) {
            if fat.len() >= sectors {
                break;
            }
            match self.sector_at(at) {
                Some(sector) => fat.extend(longs(sector)),
                // Its place is kept, so that those after it stay at theirs.
                None => fat.resize(fat.len() + self.sector / 4, NOTHING),
            }
        }
        match fat.is_empty() {
            true => Err("its table of sectors is missing"),
            false => Ok(fat),
        }
    }

    /// The sector of this number; the last of a file may be cut.
    fn sector_at(&self, number: u32) -> Option<&'b [u8]> {
        let from = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        let to = from.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(from..to)
    }

    fn chain(&self, start: u32, size: usize) -> Result<Vec<u8>, Fault> {
        let sectors = follow(&self.fat, start, size.div_ceil(self.sector))?;
        let mut stream = Vec::with_capacity(sectors.len() * self.sector);
        for at in sectors {
            stream.extend_from_slice(self.sector_at(at).unwrap_or_default());
        }
        stream.truncate(size);
        Ok(stream)
    }
}

/// The sectors of a chain, at most so many.
fn follow(table: &[u32], start: u32, most: usize) -> Result<Vec<u32>, Fault> {
    let mut sectors = Vec::new();
    let mut at = start;
    while at < MARKS && sectors.len() < most {
        if sectors.len() > table.len() {
            return Err(CYCLE);
        }
        sectors.push(at);
        at = match table.get(at as usize) {
            Some(next) => *next,
            None => break,
        };
    }
    let mut sorted = sectors.clone();
    sorted.sort_unstable();
    match sorted.windows(2).any(|pair| pair[0] == pair[1]) {
        true => Err(CYCLE),
        false => Ok(sectors),
    }
}

fn entry(bytes: &[u8]) -> Entry {
    let length = usize::from(u16_at(bytes, 64).unwrap_or(0))
        .saturating_sub(2)
        .min(62);
    let units = bytes[..length]
        .chunks_exact(2)
        .map(|u| u16::from_le_bytes([u[0], u[1]]));
    let long = |at: usize| u32_at(bytes, at).unwrap_or(NOTHING);
    Entry {
        name: char::decode_utf16(units)
            .map(|c| c.unwrap_or('\u{fffd}'))
            .collect(),
        kind: bytes[66],
        left: long(68),
        right: long(72),
        child: long(76),
        start: long(116),
        size: long(120) as usize,
    }
}

fn longs(bytes: &[u8]) -> Vec<u32> {
    let long = |b: &[u8]| u32::from_le_bytes([b[0], b[1], b[2], b[3]]);
    bytes.chunks_exact(4).map(long).collect()
}

/// The 16 bits at this place, the lower byte first; none past the end.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let found = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes([found[0], found[1]]))
}

/// The 32 bits at this place, the lowest byte first; none past the end.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let found = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes([found[0], found[1], found[2], found[3]]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn made() -> Vec<u8> {
        let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
        file.create_storage("/ObjectPool").unwrap();
        for (name, length) in [
            ("/ObjectPool/WordDocument", 9000),
            ("/WordDocument", 5000),
            ("/1Table", 100),
        ] {
            let mut stream = file.create_stream(name).unwrap();
            let bytes: Vec<u8> = (0..length).map(|i| (i * 7 + length) as u8).collect();
            stream.write_all(&bytes).unwrap();
        }
        file.flush().unwrap();
        file.into_inner().into_inner()
    }

    #[test]
    fn streams_are_read_whole() {
        let bytes = made();
        let compound = Compound::open(&bytes).unwrap();
        for (name, length) in [("WordDocument", 5000), ("1table", 100)] {
            let want: Vec<u8> = (0..length).map(|i| (i * 7 + length) as u8).collect();
            assert_eq!(compound.stream(name).unwrap().unwrap(), want, "{name}");
        }
        assert!(!compound.has("0Table"));
    }

    #[test]
    fn circles_are_faults() {
        assert_eq!(follow(&[1, 0], 0, usize::MAX), Err(CYCLE));
        assert_eq!(follow(&[1, 2, 1], 0, 3), Ok(vec![0, 1, 2]));
        assert_eq!(follow(&[1, 2, 1], 0, 4), Err(CYCLE));
        assert_eq!(follow(&[9], 0, usize::MAX), Ok(vec![0, 9]));
    }

    #[test]
    fn every_cut_ends() {
        let bytes = made();
        for end in (0..bytes.len()).step_by(97) {
            if let Ok(compound) = Compound::open(&bytes[..end]) {
                let _ = compound.stream("WordDocument");
            }
        }
    }
}
