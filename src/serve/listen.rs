//! Where clients come in: a port, or a socket in the file system for a proxy on the same machine.

use crate::error::Error;
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::pin::Pin;
use std::str::FromStr;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
#[cfg(unix)]
use tokio::net::{UnixListener, UnixStream};

/// A place to listen at: `127.0.0.1:8080`, `[::1]:8080`, or `unix:PATH`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// An address and a port; port 0 is a free one.
    Tcp(SocketAddr),
    /// A socket in the file system.
    Unix(PathBuf),
}

impl FromStr for Place {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.strip_prefix("unix:") {
            Some("") => Err("expected a path after `unix:`".to_owned()),
            Some(path) if cfg!(unix) => Ok(Self::Unix(path.into())),
            Some(_) => Err("sockets in the file system are not known here".to_owned()),
            None => text.parse().map(Self::Tcp).map_err(|_| {
                "expected an address with a port, such as 127.0.0.1:8080, or unix:PATH".to_owned()
            }),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => write!(f, "http://{address}/"),
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
        }
    }
}

/// A place that is listened at.
#[derive(Debug)]
pub struct Listener(Kind);

#[derive(Debug)]
enum Kind {
    Tcp(TcpListener),
    #[cfg(unix)]
    Unix(UnixListener, socket::File),
}

impl Listener {
    /// Takes the place. A socket that no server answers at any more is replaced; one that is answered at, and a file
    /// that is no socket, are left alone. A new socket can be connected to by its owner and group.
    ///
    /// # Errors
    /// [`Error::Io`] when it cannot be taken. Must be called within a runtime.
    pub async fn bind(place: &Place) -> Result<Self, Error> {
        let failed = |path: PathBuf| {
            move |cause| Error::Io {
                action: "listen on",
                path,
                cause,
            }
        };
        match place {
            Place::Tcp(address) => TcpListener::bind(address)
                .await
                .map(|listener| Self(Kind::Tcp(listener)))
                .map_err(failed(address.to_string().into())),
            #[cfg(unix)]
            Place::Unix(path) => socket::bind(path)
                .map(|(listener, file)| Self(Kind::Unix(listener, file)))
                .map_err(failed(path.clone())),
            #[cfg(not(unix))]
            Place::Unix(path) => Err(failed(path.clone())(io::ErrorKind::Unsupported.into())),
        }
    }

    /// The place, with the port that was taken.
    ///
    /// # Errors
    /// When the system does not tell it.
    pub fn place(&self) -> io::Result<Place> {
        match &self.0 {
            Kind::Tcp(listener) => listener.local_addr().map(Place::Tcp),
            #[cfg(unix)]
            Kind::Unix(_, file) => Ok(Place::Unix(file.path().to_owned())),
        }
    }

    /// The next connection, and who is at its other end.
    pub(super) async fn accept(&self) -> io::Result<(Stream, Option<IpAddr>)> {
        match &self.0 {
            Kind::Tcp(listener) => {
                let (stream, peer) = listener.accept().await?;
                // An answer is written in one go, and nobody gains from its end being held back
                let _ = stream.set_nodelay(true);
                Ok((Stream::Tcp(stream), Some(peer.ip())))
            }
            #[cfg(unix)]
            Kind::Unix(listener, _) => {
                let (stream, _) = listener.accept().await?;
                Ok((Stream::Unix(stream), None))
            }
        }
    }
}

impl From<TcpListener> for Listener {
    fn from(listener: TcpListener) -> Self {
        Self(Kind::Tcp(listener))
    }
}

/// A connection.
pub(super) enum Stream {
    Tcp(TcpStream),
    #[cfg(unix)]
    Unix(UnixStream),
}

/// The same on whichever stream it is.
macro_rules! on {
    ($stream:expr, $method:ident, $($argument:expr),*) => {
        match $stream {
            Stream::Tcp(stream) => Pin::new(stream).$method($($argument),*),
            #[cfg(unix)]
            Stream::Unix(stream) => Pin::new(stream).$method($($argument),*),
        }
    };
}

impl AsyncRead for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        on!(self.get_mut(), poll_read, cx, buffer)
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        on!(self.get_mut(), poll_write, cx, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        on!(self.get_mut(), poll_flush, cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        on!(self.get_mut(), poll_shutdown, cx)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        on!(self.get_mut(), poll_write_vectored, cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }
}

/// The file of a socket.
#[cfg(unix)]
mod socket {
    use std::fs::{self, Permissions};
    use std::io;
    use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
    use std::os::unix::net::UnixStream as Caller;
    use std::path::{Path, PathBuf};
    use tokio::net::UnixListener;

    /// For its owner and group: whoever may write to it may connect.
    const MODE: u32 = 0o660;

    /// Goes when the value is dropped, if it is still the one that was made.
    #[derive(Debug)]
    pub(super) struct File {
        path: PathBuf,
        /// Device and inode.
        made: (u64, u64),
    }

    impl File {
        pub(super) fn path(&self) -> &Path {
            &self.path
        }
    }

    impl Drop for File {
        fn drop(&mut self) {
            if identity(&self.path).is_ok_and(|now| now == self.made) {
                let _ = fs::remove_file(&self.path);
            }
        }
    }

    fn identity(path: &Path) -> io::Result<(u64, u64)> {
        let metadata = fs::symlink_metadata(path)?;
        Ok((metadata.dev(), metadata.ino()))
    }

    pub(super) fn bind(path: &Path) -> io::Result<(UnixListener, File)> {
        if let Ok(metadata) = fs::symlink_metadata(path) {
            if !metadata.file_type().is_socket() {
                let told = "a file that is no socket is there";
                return Err(io::Error::new(io::ErrorKind::AlreadyExists, told));
            }
            match Caller::connect(path) {
                Err(cause) if cause.kind() == io::ErrorKind::ConnectionRefused => {}
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
                Err(cause) => return Err(cause),
                Ok(_) => {
                    let told = "another server answers there";
                    return Err(io::Error::new(io::ErrorKind::AddrInUse, told));
                }
            }
        }
        let parent = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        // Made where nobody else can reach it, and moved when its mode is right: nobody connects in between, and a
        // dead socket is there until a live one is in its place
        let hidden = tempfile::Builder::new().prefix(".").tempdir_in(parent)?;
        let made = hidden.path().join("s");
        let listener = UnixListener::bind(&made)?;
        fs::set_permissions(&made, Permissions::from_mode(MODE))?;
        fs::rename(&made, path)?;
        let file = File {
            path: path.to_owned(),
            made: identity(path)?,
        };
        Ok((listener, file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_and_written() {
        for (text, shown) in [
            ("127.0.0.1:8080", "http://127.0.0.1:8080/"),
            ("[::1]:80", "http://[::1]:80/"),
            ("unix:run/a.sock", "unix:run/a.sock"),
        ] {
            assert_eq!(text.parse::<Place>().expect(text).to_string(), shown);
        }
        for text in ["", "8080", "localhost", "unix:", "127.0.0.1"] {
            assert!(text.parse::<Place>().is_err(), "{text}");
        }
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_socket_is_taken_once_and_a_dead_one_replaced() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("s.sock");
        let place = Place::Unix(path.clone());
        let first = Listener::bind(&place).await.expect("bound");
        let mode = std::fs::metadata(&path).expect("made").permissions().mode();
        assert_eq!(mode & 0o777, 0o660);
        let told = Listener::bind(&place).await.expect_err("taken").to_string();
        assert!(told.contains("another server answers there"), "{told}");
        drop(first);
        assert!(!path.exists());
        // A server that was killed leaves its socket behind
        drop(std::os::unix::net::UnixListener::bind(&path).expect("bound"));
        assert!(path.exists());
        let second = Listener::bind(&place).await.expect("replaced");
        assert_eq!(second.place().expect("told"), place);
        // What was put in its place since is somebody else's
        std::fs::remove_file(&path).expect("removed");
        std::fs::write(&path, "notes").expect("written");
        drop(second);
        assert!(path.exists());
        let told = Listener::bind(&place)
            .await
            .expect_err("a file")
            .to_string();
        assert!(told.contains("no socket"), "{told}");
        let left = std::fs::read_dir(folder.path()).expect("listed").count();
        assert_eq!(left, 1);
    }
}
