//! Connections over TCP. Whoever connects proves that it knows the secret of the cluster and which process it is, and is shown
//! the same by the other end; everything after that is sealed with keys of this connection alone.
//!
//! ```text
//! accepts  "mistral-peer-2\n", 32 random bytes
//! opens    its id, the id it wants (16 bytes each), 32 random bytes, HMAC-SHA256 over all that was said
//! accepts  HMAC-SHA256 over the same
//! then     records: length (4 bytes, big endian), AES-256-GCM of [1 if the packet ends here, number of the packet (8 bytes),
//!          frames as a JSON list]
//! ```

mod seal;
#[cfg(test)]
mod tests;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader, BufWriter};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Mutex, Semaphore, mpsc};
use tokio_util::sync::{CancellationToken, DropGuard};

use mistral_model::Id;
use mistral_store::backend::Calling;

use super::frame::{Frame, Packet};
use super::{Network, Wire};
use seal::{Opening, Sealing, Secret, Transcript};

/// How long the other end may take to prove itself.
const HANDSHAKE: Duration = Duration::from_secs(2);
/// Connections that prove themselves at the same time.
const STRANGERS: usize = 64;
/// Accepted connections that wait to be served.
const ACCEPTED: usize = 64;
/// Packets on the way between a connection's tasks.
const PACKETS: usize = 4_096;
/// Packets read ahead; then the sender is held back.
const READ_AHEAD: usize = 64;
/// A record ends after the frame that makes it larger than this.
const RECORD: usize = 1 << 20;
/// No record is longer: a frame holds one action's input or result.
const LONGEST: usize = 256 << 20;

const GREETING: &[u8; 15] = b"mistral-peer-2\n";

/// This process as others reach it over TCP.
pub struct Tcp {
    node: Id,
    address: String,
    secret: Secret,
    accepted: Mutex<mpsc::Receiver<(Id, Wire)>>,
    /// Ends the listening.
    _listening: DropGuard,
}

impl Tcp {
    /// Listens on `listen` (`host:port`; port 0: any that is free). Others are told `address`, or what follows from `listen`,
    /// where `host` stands for all addresses of the machine.
    ///
    /// # Errors
    /// When the address cannot be listened on.
    pub async fn listen(node: Id, listen: &str, address: Option<&str>, host: &str, secret: &[u8]) -> io::Result<Tcp> {
        let listener = TcpListener::bind(listen).await?;
        let address = told(address, host, listener.local_addr()?);
        let stop = CancellationToken::new();
        let (done, accepted) = mpsc::channel(ACCEPTED);
        let secret = Secret::new(secret);
        tokio::spawn(
            stop.clone()
                .run_until_cancelled_owned(accept_all(listener, node, secret.clone(), done)),
        );
        Ok(Tcp {
            node,
            address,
            secret,
            accepted: Mutex::new(accepted),
            _listening: stop.drop_guard(),
        })
    }
}

/// What others are told to connect to.
fn told(address: Option<&str>, host: &str, bound: SocketAddr) -> String {
    match address.filter(|address| !address.is_empty()) {
        // A port is known only when it is bound.
        Some(address) if address.ends_with(":0") => format!("{}{}", &address[..address.len() - 1], bound.port()),
        Some(address) => address.to_owned(),
        None if bound.ip().is_unspecified() => format!("{host}:{}", bound.port()),
        None => bound.to_string(),
    }
}

impl Network for Tcp {
    fn address(&self) -> String {
        self.address.clone()
    }

    fn connect<'a>(&'a self, peer: Id, address: &'a str) -> Calling<'a, Wire, io::Error> {
        Box::pin(async move {
            let open = async {
                let stream = TcpStream::connect(address).await?;
                open(stream, self.node, peer, &self.secret).await
            };
            tokio::time::timeout(HANDSHAKE, open).await?
        })
    }

    fn accept(&self) -> Calling<'_, (Id, Wire), io::Error> {
        Box::pin(async move {
            let accepted = self.accepted.lock().await.recv().await;
            accepted.ok_or_else(|| io::Error::from(io::ErrorKind::NotConnected))
        })
    }
}

async fn accept_all(listener: TcpListener, node: Id, secret: Secret, done: mpsc::Sender<(Id, Wire)>) {
    let strangers = Arc::new(Semaphore::new(STRANGERS));
    loop {
        let Ok(permit) = strangers.clone().acquire_owned().await else {
            return;
        };
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "a connection of a peer cannot be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let (secret, done) = (secret.clone(), done.clone());
        tokio::spawn(async move {
            let _permit = permit;
            match tokio::time::timeout(HANDSHAKE, admit(stream, node, &secret)).await {
                Ok(Ok(peer)) => drop(done.send(peer).await),
                Ok(Err(error)) => tracing::debug!(%error, "whoever connected is no peer"),
                Err(_) => tracing::debug!("whoever connected said nothing"),
            }
        });
    }
}

fn refused(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, why)
}

/// The accepting end of a handshake.
async fn admit(mut stream: TcpStream, node: Id, secret: &Secret) -> io::Result<(Id, Wire)> {
    stream.set_nodelay(true)?;
    let mut transcript = Transcript::default();
    let nonce = seal::random()?;
    stream.write_all(GREETING).await?;
    stream.write_all(&nonce).await?;
    let mut hello = [0; 64];
    stream.read_exact(&mut hello).await?;
    let mut proof = [0; 32];
    stream.read_exact(&mut proof).await?;
    transcript.say(&nonce);
    transcript.say(&hello);
    if !secret.has_proven(&transcript, seal::OPENS, &proof) {
        return Err(refused("it does not know the secret of the cluster"));
    }
    let (peer, wanted) = (id(&hello[..16]), id(&hello[16..32]));
    if wanted != node {
        return Err(refused("it looks for another process"));
    }
    stream.write_all(&secret.proof(&transcript, seal::ACCEPTS)).await?;
    let sealing = secret.sealing(&transcript, seal::ACCEPTS)?;
    let opening = secret.opening(&transcript, seal::OPENS)?;
    Ok((peer, carry(stream, sealing, opening)))
}

/// The opening end of a handshake.
async fn open(mut stream: TcpStream, node: Id, peer: Id, secret: &Secret) -> io::Result<Wire> {
    stream.set_nodelay(true)?;
    let mut transcript = Transcript::default();
    let mut greeting = [0; GREETING.len() + 32];
    stream.read_exact(&mut greeting).await?;
    if !greeting.starts_with(GREETING) {
        return Err(refused("it is no peer"));
    }
    let mut hello = Vec::with_capacity(64);
    hello.extend_from_slice(&node.0.to_be_bytes());
    hello.extend_from_slice(&peer.0.to_be_bytes());
    hello.extend_from_slice(&seal::random()?);
    transcript.say(&greeting[GREETING.len()..]);
    transcript.say(&hello);
    stream.write_all(&hello).await?;
    stream.write_all(&secret.proof(&transcript, seal::OPENS)).await?;
    let mut proof = [0; 32];
    stream.read_exact(&mut proof).await?;
    if !secret.has_proven(&transcript, seal::ACCEPTS, &proof) {
        return Err(refused("it does not know the secret of the cluster"));
    }
    let sealing = secret.sealing(&transcript, seal::OPENS)?;
    let opening = secret.opening(&transcript, seal::ACCEPTS)?;
    Ok(carry(stream, sealing, opening))
}

fn id(bytes: &[u8]) -> Id {
    Id(bytes.iter().fold(0, |id, byte| id << 8 | u128::from(*byte)))
}

/// Starts the tasks of a connection; they end with it, or with the wire.
fn carry(stream: TcpStream, sealing: Sealing, opening: Opening) -> Wire {
    let (reading, writing) = stream.into_split();
    let (outgoing, packets) = mpsc::channel(PACKETS);
    let (done, incoming) = mpsc::channel(READ_AHEAD);
    tokio::spawn(async move {
        if let Err(error) = write_all(writing, sealing, packets).await {
            tracing::debug!(%error, "a peer takes nothing more");
        }
    });
    tokio::spawn(async move {
        if let Err(error) = read_all(reading, opening, done).await {
            tracing::debug!(%error, "nothing more comes from a peer");
        }
    });
    Wire { outgoing, incoming }
}

async fn write_all(
    stream: OwnedWriteHalf,
    mut sealing: Sealing,
    mut packets: mpsc::Receiver<Packet>,
) -> io::Result<()> {
    let mut stream = BufWriter::with_capacity(64 << 10, stream);
    let mut record = Vec::new();
    while let Some(packet) = packets.recv().await {
        let mut frames = packet.frames.iter().peekable();
        loop {
            begin_record(&mut record, packet.number);
            while record.len() < RECORD
                && let Some(frame) = frames.next()
            {
                if record.last() != Some(&b'[') {
                    record.push(b',');
                }
                serde_json::to_writer(&mut record, frame)?;
            }
            record.push(b']');
            let is_last = frames.peek().is_none();
            record[0] = u8::from(is_last);
            sealing.seal(&mut record)?;
            let length = u32::try_from(record.len()).map_err(io::Error::other)?;
            stream.write_u32(length).await?;
            stream.write_all(&record).await?;
            if is_last {
                break;
            }
        }
        if packets.is_empty() {
            stream.flush().await?;
        }
    }
    stream.shutdown().await
}

fn begin_record(record: &mut Vec<u8>, number: u64) {
    record.clear();
    record.push(0);
    record.extend_from_slice(&number.to_be_bytes());
    record.push(b'[');
}

async fn read_all(stream: OwnedReadHalf, mut opening: Opening, done: mpsc::Sender<Packet>) -> io::Result<()> {
    let mut stream = BufReader::with_capacity(64 << 10, stream);
    let mut record = Vec::new();
    let mut frames: Vec<Frame> = Vec::new();
    loop {
        let length = tokio::select! {
            length = stream.read_u32() => length? as usize,
            () = done.closed() => return Ok(()),
        };
        if length > LONGEST {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a record is too long"));
        }
        record.clear();
        // Memory is taken as the bytes come: the length itself is not proven.
        if (&mut stream).take(length as u64).read_to_end(&mut record).await? < length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let plain = opening.open(&mut record)?;
        let Some(([last, number @ ..], list)) = plain.split_first_chunk::<9>() else {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a record is too short"));
        };
        frames.extend(serde_json::from_slice::<Vec<Frame>>(list)?);
        if *last == 1 {
            let packet = Packet {
                number: u64::from_be_bytes(*number),
                frames: std::mem::take(&mut frames),
            };
            if done.send(packet).await.is_err() {
                return Ok(());
            }
        }
    }
}
