use super::*;

use tokio::io::AsyncReadExt;

use mistral_model::Payload;
use mistral_model::Time;
use mistral_model::action::{Context, Job};

use crate::peer::frame::{Hint, Takes};

const SECRET: &[u8] = b"of these tests";

async fn listen(node: u128, secret: &[u8]) -> Tcp {
    Tcp::listen(Id(node), "127.0.0.1:0", None, "localhost", secret)
        .await
        .expect("a port")
}

fn packet(number: u64, frames: Vec<Frame>) -> Packet {
    Packet { number, frames }
}

fn job(bytes: usize) -> Job {
    Job {
        action_id: Id(7),
        root_id: Id(9),
        attempt: 1,
        name: "std.echo".into(),
        code: None,
        input: Payload::from_json(format!("{{\"output\":\"{}\"}}", "x".repeat(bytes))),
        is_sync: true,
        safe_rerun: false,
        target: None,
        timeout: None,
        context: Arc::new(Context::default()),
        created_at: Time(1),
    }
}

#[tokio::test]
async fn packets_come_as_they_were_sent() {
    let (one, other) = (listen(1, SECRET).await, listen(2, SECRET).await);
    let mut opened = one.connect(Id(2), &other.address()).await.unwrap();
    let (peer, mut accepted) = other.accept().await.unwrap();
    assert_eq!(peer, Id(1));
    // Larger than a record.
    let large = packet(
        0,
        vec![
            Frame::Jobs(Takes::Timer, vec![job(3 * RECORD)]),
            Frame::Grant(Takes::Slot, 4),
            Frame::Strays,
        ],
    );
    opened.outgoing.send(large).await.unwrap();
    opened.outgoing.send(packet(1, Vec::new())).await.unwrap();
    let got = accepted.incoming.recv().await.unwrap();
    let [
        Frame::Jobs(Takes::Timer, jobs),
        Frame::Grant(Takes::Slot, 4),
        Frame::Strays,
    ] = &got.frames[..]
    else {
        panic!("{:.300?}", got.frames);
    };
    assert_eq!((got.number, jobs[0].input.text()), (0, job(3 * RECORD).input.text()));
    let got = accepted.incoming.recv().await.unwrap();
    assert_eq!((got.number, got.frames.len()), (1, 0));
    accepted
        .outgoing
        .send(packet(0, vec![Frame::Hint(Hint::Queue)]))
        .await
        .unwrap();
    let got = opened.incoming.recv().await.unwrap();
    assert!(matches!(got.frames[..], [Frame::Hint(Hint::Queue)]));
    // Either end may go.
    drop(opened);
    assert!(accepted.incoming.recv().await.is_none());
}

#[tokio::test]
async fn who_does_not_know_the_secret_is_refused() {
    let (one, other) = (listen(1, SECRET).await, listen(2, b"another secret").await);
    let refused = one.connect(Id(2), &other.address()).await;
    assert!(refused.is_err());
    let nobody = tokio::time::timeout(Duration::from_millis(100), other.accept()).await;
    assert!(nobody.is_err());
}

/// An address may be that of a process that has gone, and whose port another one has now.
#[tokio::test]
async fn who_looks_for_another_process_is_refused() {
    let (one, other) = (listen(1, SECRET).await, listen(2, SECRET).await);
    assert!(one.connect(Id(3), &other.address()).await.is_err());
    assert!(one.connect(Id(2), &other.address()).await.is_ok());
}

/// Somebody in the middle changes one bit of what is sealed: the connection ends, and nothing of it is believed.
#[tokio::test]
async fn what_is_changed_on_the_way_ends_the_connection() {
    let (one, other) = (listen(1, SECRET).await, listen(2, SECRET).await);
    let middle = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = middle.local_addr().unwrap().to_string();
    let target = other.address();
    tokio::spawn(async move {
        let (near, _) = middle.accept().await.unwrap();
        let far = TcpStream::connect(target).await.unwrap();
        let ((mut from, mut back), (mut answers, mut to)) = (near.into_split(), far.into_split());
        tokio::spawn(async move { tokio::io::copy(&mut answers, &mut back).await });
        let mut passed = 0;
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = from.read(&mut bytes).await {
            // The handshake is 96 bytes long, then comes the length of the first record.
            for (n, byte) in bytes[..count].iter_mut().enumerate() {
                *byte ^= u8::from(passed + n == 110);
            }
            passed += count;
            to.write_all(&bytes[..count]).await.unwrap();
        }
    });
    let opened = one.connect(Id(2), &address).await.unwrap();
    let (_, mut accepted) = other.accept().await.unwrap();
    opened
        .outgoing
        .send(packet(0, vec![Frame::Grant(Takes::Slot, 1), Frame::Strays]))
        .await
        .unwrap();
    assert!(accepted.incoming.recv().await.is_none());
}

#[test]
fn others_are_told_where_this_process_is() {
    let bound = |text: &str| text.parse::<SocketAddr>().unwrap();
    assert_eq!(told(None, "here", bound("127.0.0.1:99")), "127.0.0.1:99");
    assert_eq!(told(None, "here", bound("0.0.0.0:99")), "here:99");
    assert_eq!(told(Some("there:7"), "here", bound("0.0.0.0:99")), "there:7");
    assert_eq!(told(Some("there:0"), "here", bound("0.0.0.0:99")), "there:99");
}
