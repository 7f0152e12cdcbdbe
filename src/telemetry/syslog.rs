//! Log lines to the local syslog socket.

use std::io;
use std::os::unix::net::UnixDatagram;
use std::path::Path;

use tracing::Level;

/// The socket of Linux and the BSDs, and that of macOS.
const SOCKETS: [&str; 3] = ["/dev/log", "/var/run/log", "/var/run/syslog"];

/// Longest message that all syslog servers take.
const MAX_MESSAGE: usize = 8192;

/// A connection to syslog.
pub(crate) struct Syslog {
    socket: UnixDatagram,
    facility: u8,
    program: String,
}

impl Syslog {
    /// Connects.
    ///
    /// # Errors
    /// When there is no syslog on this host, or no such facility.
    pub(crate) fn connect(facility: &str, program: &str) -> io::Result<Syslog> {
        let facility = facility_code(facility).ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::InvalidInput,
                format!("unknown syslog facility '{facility}'"),
            )
        })?;
        let socket = UnixDatagram::unbound()?;
        let path = SOCKETS.iter().find(|path| Path::new(path).exists());
        socket.connect(path.ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "there is no syslog socket"))?)?;
        // A syslog that does not read must not stop the server.
        socket.set_nonblocking(true)?;
        Ok(Syslog {
            socket,
            facility,
            program: program.to_owned(),
        })
    }

    /// Sends one line; one that does not fit or that nobody takes is dropped.
    pub(crate) fn send(&self, level: Level, line: &str) {
        let text = format!("{}{line}", self.prefix(level));
        let mut end = text.len().min(MAX_MESSAGE);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let _ = self.socket.send(&text.as_bytes()[..end]);
    }

    fn prefix(&self, level: Level) -> String {
        let severity = match level {
            Level::ERROR => 3,
            Level::WARN => 4,
            Level::INFO => 6,
            _ => 7,
        };
        format!(
            "<{}>{}[{}]: ",
            u32::from(self.facility) * 8 + severity,
            self.program,
            std::process::id()
        )
    }
}

/// `LOG_USER`, `user` and so on.
fn facility_code(name: &str) -> Option<u8> {
    const NAMES: [&str; 12] = [
        "KERN", "USER", "MAIL", "DAEMON", "AUTH", "SYSLOG", "LPR", "NEWS", "UUCP", "CRON", "AUTHPRIV", "FTP",
    ];
    let name = name.to_ascii_uppercase();
    let name = name.strip_prefix("LOG_").unwrap_or(&name);
    if let Some(local) = name.strip_prefix("LOCAL") {
        return local
            .parse()
            .ok()
            .filter(|number| *number < 8)
            .map(|number: u8| 16 + number);
    }
    NAMES
        .iter()
        .position(|known| *known == name)
        .and_then(|index| u8::try_from(index).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facilities() {
        assert_eq!(facility_code("LOG_USER"), Some(1));
        assert_eq!(facility_code("daemon"), Some(3));
        assert_eq!(facility_code("LOG_LOCAL7"), Some(23));
        assert_eq!(facility_code("LOG_LOCAL8"), None);
        assert_eq!(facility_code("x"), None);
    }

    #[test]
    fn priorities() {
        let (socket, _other) = UnixDatagram::pair().unwrap();
        let syslog = Syslog {
            socket,
            facility: 3,
            program: "mistral-server".to_owned(),
        };
        assert_eq!(
            syslog.prefix(Level::WARN),
            format!("<28>mistral-server[{}]: ", std::process::id())
        );
    }

    #[test]
    fn long_lines_are_cut_at_characters() {
        let (socket, other) = UnixDatagram::pair().unwrap();
        let syslog = Syslog {
            socket,
            facility: 1,
            program: "m".to_owned(),
        };
        syslog.send(Level::INFO, &"ä".repeat(MAX_MESSAGE));
        let mut buffer = vec![0; 2 * MAX_MESSAGE];
        let length = other.recv(&mut buffer).unwrap();
        assert!(length <= MAX_MESSAGE && std::str::from_utf8(&buffer[..length]).is_ok());
    }
}
