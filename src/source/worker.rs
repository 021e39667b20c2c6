//! Files of risky formats are read in worker processes, so that a file costs at most itself.
//!
//! A worker is this same program as `gongwen worker`: it reads a request from its standard input (a file's bytes and
//! name, and the limits), and answers on its standard output with a message per document. The system bounds its
//! memory and, anew for each document, its processor time. One that ends is replaced; the document that it was
//! reading becomes a failure, and the documents after it are read by the next.

mod bounds;
mod message;
mod pool;

pub use pool::Pool;

use super::Audience;
use super::Document;
use super::Format;
use super::Limits;
use super::detect;
use super::documents;
use message::Answer;
use message::Request;
use std::io;
use std::io::BufReader;
use std::io::BufWriter;
use std::io::Read;
use std::io::Write;
use std::sync::Arc;

/// Who reads the files.
#[derive(Clone, Debug, Default)]
pub enum Readers {
    /// This process itself, panics caught.
    #[default]
    Here,
    /// Workers, but for text and web pages, which this process reads.
    Workers(Arc<Pool>),
}

impl Readers {
    /// As [`documents`], read by whoever these readers are.
    pub fn documents(
        &self,
        bytes: &[u8],
        name: &str,
        limits: &Limits,
        audience: &mut dyn Audience,
    ) {
        match self {
            Readers::Workers(pool)
                if is_risky(detect(bytes, name)) && bytes.len() as u64 <= limits.max_bytes =>
            {
                pool.documents(bytes, name, limits, audience);
            }
            _ => documents(bytes, name, limits, 0, audience),
        }
    }
}

/// Whether the format is compressed, or parsed by code that others wrote for something else than text.
fn is_risky(format: Format) -> bool {
    !matches!(
        format,
        Format::Text | Format::Html | Format::Skipped(_) | Format::Unread(_) | Format::Unknown
    )
}

/// What a worker does: answers requests until its input ends.
///
/// # Errors
/// Of reading or writing the pipes, and of a system that does not let memory be bounded.
pub fn serve(input: impl Read, output: impl Write) -> io::Result<()> {
    let mut input = BufReader::new(input);
    let mut output = BufWriter::new(output);
    // a fault is told in the answer; the report of the panic itself has no reader
    std::panic::set_hook(Box::new(|_| {}));
    bounds::no_core()?;
    while let Some((request, bytes)) = Request::receive(&mut input)? {
        bounds::memory(request.limits.worker_memory)?;
        // the programs that read pictures are bound as their parent is
        let times = if request.limits.ocr { 12 } else { 1 };
        let cpu_seconds = request.limits.cpu_seconds.saturating_mul(times);
        let mut teller = Teller {
            output: &mut output,
            cpu_seconds,
            failed: None,
        };
        bounds::processor_time(cpu_seconds)?;
        documents(
            &bytes,
            &request.name,
            &request.limits,
            request.skip,
            &mut teller,
        );
        if let Some(error) = teller.failed {
            return Err(error);
        }
        Answer::End.send(&mut output)?;
    }
    Ok(())
}

/// Tells the parent of every document.
struct Teller<'o, W: Write> {
    output: &'o mut W,
    cpu_seconds: u64,
    failed: Option<io::Error>,
}

impl<W: Write> Teller<'_, W> {
    fn tell(&mut self, answer: &Answer) {
        if self.failed.is_none() {
            self.failed = answer.send(self.output).err();
        }
    }
}

impl<W: Write> Audience for Teller<'_, W> {
    fn opens(&mut self, member: Option<&str>) {
        self.failed = self
            .failed
            .take()
            .or_else(|| bounds::processor_time(self.cpu_seconds).err());
        self.tell(&Answer::Opens(member.map(str::to_owned)));
    }

    fn hears(&mut self, document: Document) {
        self.tell(&Answer::Gives(Box::new(document)));
        self.failed = self
            .failed
            .take()
            .or_else(|| bounds::processor_time(self.cpu_seconds).err());
    }
}
