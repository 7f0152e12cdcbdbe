//! The examples of `docs/rest-api.md` give the answers that it shows.

use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::database::Database;
use crate::support::deployment::{Deployment, Layout};
use crate::support::http::{Answer, Client};
use crate::support::json;

/// How long an example may take until its answer is the one that the page shows: workflows run on their own.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the page calls the server.
const SHOWN: &str = "http://127.0.0.1:8989";

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rest-api.md");
    std::fs::read_to_string(path).expect("the page is there")
}

/// A fenced block: what follows the fence, and the text.
struct Block<'a> {
    info: &'a str,
    text: &'a str,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut parts = page.split("\n```");
    parts.next();
    while let (Some(block), Some(_)) = (parts.next(), parts.next()) {
        let (info, text) = block.split_once('\n').expect("a block has lines");
        found.push(Block { info, text });
    }
    found
}

/// One command line of the page.
struct Command {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Option<String>,
}

/// Splits a line as a shell does, as far as the page needs it.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), String::new(), None);
    for c in line.chars() {
        match (quote, c) {
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            (None, ' ' | '\n' | '\\') => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            (_, c) => word.push(c),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

fn command(line: &str, variables: &HashMap<&str, String>, file: &str) -> Command {
    let mut line = line.to_owned();
    for (name, value) in variables {
        line = line.replace(&format!("${name}"), value);
    }
    let mut command = Command {
        method: "GET".to_owned(),
        target: String::new(),
        headers: Vec::new(),
        body: None,
    };
    let mut words = words(&line).into_iter();
    assert_eq!(words.next().as_deref(), Some("curl"), "{line}");
    while let Some(word) = words.next() {
        let mut value = || words.next().unwrap_or_else(|| panic!("{word} lacks its value: {line}"));
        match word.as_str() {
            "-s" | "-sN" => {}
            "-X" => command.method = value(),
            "-H" => {
                let header = value();
                let (name, text) = header.split_once(": ").expect("a header");
                command.headers.push((name.to_owned(), text.to_owned()));
            }
            "-d" => command.body = Some(value()),
            "--data-binary" => {
                assert!(value().starts_with('@'), "{line}");
                command.body = Some(file.to_owned());
            }
            url => {
                command.target = url
                    .strip_prefix(SHOWN)
                    .unwrap_or_else(|| panic!("{url}: {line}"))
                    .to_owned()
            }
        }
    }
    command
}

fn perform(client: &mut Client, command: &Command) -> Answer {
    let body = command.body.as_deref().map(str::as_bytes);
    let mut headers = command.headers.clone();
    if !headers.iter().any(|(name, _)| name == "Accept") {
        headers.push(("Accept".to_owned(), "*/*".to_owned()));
    }
    client.send(&command.method, &command.target, &headers, body).unwrap()
}

/// Whether the answer has everything that the page shows.
fn shows(answer: &Value, shown: &Value) -> bool {
    match (shown, answer) {
        (Value::String(text), _) if text == "…" => true,
        (Value::Object(shown), Value::Object(answer)) => shown
            .iter()
            .all(|(name, value)| answer.get(name).is_some_and(|answer| shows(answer, value))),
        (Value::Array(shown), Value::Array(answer)) => {
            shown.len() == answer.len() && shown.iter().zip(answer).all(|(shown, answer)| shows(answer, shown))
        }
        (shown, answer) => shown == answer,
    }
}

/// The id in an answer, or in the first object of its list.
fn id_in(answer: &Value) -> Option<String> {
    let object = match answer.as_object()?.values().next()? {
        Value::Array(items) => items.first()?,
        _ => answer,
    };
    object["id"].as_str().map(str::to_owned)
}

/// The execution that a start answers with; of many, the last that was started.
fn started_last(answer: &Value) -> Option<String> {
    let one = match answer["executions"].as_array() {
        Some(many) => many.iter().rev().find_map(|one| one["execution"]["id"].as_str()),
        None => answer["id"].as_str(),
    };
    one.map(str::to_owned)
}

#[test]
fn examples_are_true() {
    let database = Database::create();
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), "");
    let mut client = deployment.client();
    let page = page();
    let blocks = blocks(&page);
    let mut variables = HashMap::from([("api", format!("{SHOWN}/v2"))]);
    let (mut file, mut commands) = (String::new(), 0);
    for (index, block) in blocks.iter().enumerate() {
        match block.info {
            "yaml" => file = block.text.trim_start().to_owned() + "\n",
            "sh" => {}
            "sh endless" => {
                begins(&mut client, &command(block.text.trim(), &variables, &file));
                continue;
            }
            info => {
                assert!(info.starts_with("json"), "an unknown kind of block: {info}");
                continue;
            }
        }
        if block.info == "yaml" {
            continue;
        }
        let joined = block.text.replace("\\\n", " ");
        let lines: Vec<&str> = joined.lines().filter(|line| !line.starts_with("api=")).collect();
        for (number, line) in lines.iter().enumerate() {
            let is_last = number + 1 == lines.len();
            let shown = blocks
                .get(index + 1)
                .filter(|next| is_last && next.info.starts_with("json"));
            let command = command(line, &variables, &file);
            let answer = check(&mut client, &command, shown, line);
            commands += 1;
            if command.method == "POST"
                && command.target.ends_with("/executions")
                && let Some(id) = started_last(&answer)
            {
                variables.insert("execution", id);
            }
            if let Some(id) = id_in(&answer) {
                variables.insert("id", id);
            }
        }
    }
    assert!(commands > 20, "{commands} examples");

    let description = client.get("/openapi.json").unwrap();
    assert_eq!(description.json()["openapi"], "3.1.0");
    let known = [(
        "If-None-Match".to_owned(),
        description.header("etag").unwrap().to_owned(),
    )];
    assert_eq!(client.send("GET", "/openapi.json", &known, None).unwrap().status, 304);
}

/// Whether an answer that does not end begins as it should.
fn begins(client: &mut Client, command: &Command) {
    use std::io::Read;
    let head = format!("GET {} HTTP/1.1\r\nHost: {}\r\n\r\n", command.target, client.address());
    let mut stream = std::net::TcpStream::connect(client.address()).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    std::io::Write::write_all(&mut stream, head.as_bytes()).unwrap();
    let mut answer = [0; 15];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200 OK", "{}", command.target);
}

/// Performs an example until its answer is the one that the page shows; gives the answer.
fn check(client: &mut Client, command: &Command, shown: Option<&Block<'_>>, line: &str) -> Value {
    let status: Option<u16> = shown.and_then(|block| block.info.strip_prefix("json ")?.parse().ok());
    let shown =
        shown.map(|block| json::parse(block.text.as_bytes()).unwrap_or_else(|| panic!("no JSON: {}", block.text)));
    let deadline = Instant::now() + PATIENCE;
    loop {
        let answer = perform(client, command);
        let as_said = match status {
            Some(status) => answer.status == status,
            None => (200..300).contains(&answer.status),
        };
        let body = answer.json();
        if as_said && shown.as_ref().is_none_or(|shown| shows(&body, shown)) {
            return body;
        }
        let may_change = command.method == "GET" && as_said && Instant::now() < deadline;
        assert!(may_change, "{line}\nis answered with {} {body:#}", answer.status);
        std::thread::sleep(Duration::from_millis(50));
    }
}
