//! The messages between a worker and its parent: a length (four bytes, little-endian), then JSON; a request's file follows it.

use crate::source::Document;
use crate::source::Limits;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io;
use std::io::Read;
use std::io::Write;

/// A file to be read.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Request {
    pub(super) name: String,
    pub(super) limits: Limits,
    /// Documents that were heard before.
    pub(super) skip: usize,
    /// How many bytes of the file follow.
    pub(super) bytes: u64,
}

impl Request {
    pub(super) fn send(&self, bytes: &[u8], output: &mut impl Write) -> io::Result<()> {
        send(self, output)?;
        output.write_all(bytes)?;
        output.flush()
    }

    /// The next request and its file; none where the input ends.
    pub(super) fn receive(input: &mut impl Read) -> io::Result<Option<(Self, Vec<u8>)>> {
        let Some(request) = receive::<Self>(input)? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        input.take(request.bytes).read_to_end(&mut bytes)?;
        match bytes.len() as u64 == request.bytes {
            true => Ok(Some((request, bytes))),
            false => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

/// What a worker says.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Answer {
    /// It begins to read this member.
    Opens(Option<String>),
    /// What reading it gave.
    Gives(Box<Document>),
    /// The file is read.
    End,
}

impl Answer {
    pub(super) fn send(&self, output: &mut impl Write) -> io::Result<()> {
        send(self, output)?;
        output.flush()
    }

    /// The next answer; none where the worker ended.
    pub(super) fn receive(input: &mut impl Read) -> io::Result<Option<Self>> {
        receive(input)
    }
}

fn send(message: &impl Serialize, output: &mut impl Write) -> io::Result<()> {
    let json = serde_json::to_vec(message).map_err(io::Error::from)?;
    let length = u32::try_from(json.len()).map_err(|_| io::ErrorKind::InvalidData)?;
    output.write_all(&length.to_le_bytes())?;
    output.write_all(&json)
}

fn receive<T: DeserializeOwned>(input: &mut impl Read) -> io::Result<Option<T>> {
    let mut length = [0; 4];
    match input.read_exact(&mut length) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let length = u64::from(u32::from_le_bytes(length));
    let mut json = Vec::new();
    input.take(length).read_to_end(&mut json)?;
    if json.len() as u64 != length {
        return Ok(None);
    }
    serde_json::from_slice(&json)
        .map(Some)
        .map_err(io::Error::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_arrives_as_it_was_sent() {
        let request = Request {
            name: "通知.doc".to_owned(),
            limits: Limits::default(),
            skip: 3,
            bytes: 4,
        };
        let mut pipe = Vec::new();
        request.send(b"\0\xff\n{", &mut pipe).unwrap();
        request.send(b"abcd", &mut pipe).unwrap();
        let mut input = &pipe[..];
        let (first, bytes) = Request::receive(&mut input).unwrap().unwrap();
        assert_eq!((first.name.as_str(), first.skip), ("通知.doc", 3));
        assert_eq!(bytes, b"\0\xff\n{");
        assert_eq!(Request::receive(&mut input).unwrap().unwrap().1, b"abcd");
        assert!(Request::receive(&mut input).unwrap().is_none());
    }

    #[test]
    fn a_cut_message_is_an_end() {
        let mut pipe = Vec::new();
        Answer::Opens(Some("a/b".to_owned()))
            .send(&mut pipe)
            .unwrap();
        for cut in 0..pipe.len() {
            assert!(Answer::receive(&mut &pipe[..cut]).unwrap().is_none());
        }
        let whole = Answer::receive(&mut &pipe[..]).unwrap();
        assert!(matches!(whole, Some(Answer::Opens(Some(member))) if member == "a/b"));
    }

    #[test]
    fn what_is_no_message_is_an_error() {
        assert!(Answer::receive(&mut &b"\x02\0\0\0{]"[..]).is_err());
    }
}
