//! What the API adds for those who look after many executions: counts, activity, search, steps of a search, streams of changes,
//! bulk operations, versions, errors, snapshots, expressions, previews of patterns, the cluster.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::api::site::{PATIENCE, Site};
use crate::support::database::Database;
use crate::support::deployment::Layout;

const WORKFLOWS: &str = "
version: '2.0'
many_good:
  input: [who: you]
  tasks:
    hello: {action: std.echo output='Hello', publish: {said: <% task().result %>}, on-success: [again]}
    again: {action: std.noop}
many_bad:
  tasks:
    breaks: {action: std.fail}
many_above:
  tasks:
    below: {workflow: many_bad}
many_open:
  tasks:
    waits: {action: std.async_noop}
many_items:
  input: [vm: none, size: 1]
  tasks:
    each: {with-items: 'i in [1, 2, 3]', action: std.async_noop, on-success: [under]}
    under: {workflow: many_good}
";

fn count_of(counts: &Value, state: &str) -> Value {
    let all = counts["counts"].as_array().unwrap();
    all.iter().find(|one| one["state"] == state).unwrap()["count"].clone()
}

#[test]
fn numbers_search_and_what_failed() {
    let mut site = Site::start(WORKFLOWS, Layout::AllInOne, "");
    let good = site.run("many_good", "SUCCESS");
    let bad = site.run("many_above", "ERROR");
    site.run("many_open", "RUNNING");

    let counts = site.get("/v2/statistics/executions");
    // The failed one has a failed one below it.
    assert_eq!(count_of(&counts, "ERROR"), 2, "{counts:#}");
    assert_eq!(
        (count_of(&counts, "RUNNING"), count_of(&counts, "SUCCESS")),
        (json!(1), Value::Null)
    );
    let of_one = site.get("/v2/statistics/executions?workflow_name=many_good");
    assert_eq!(
        (count_of(&of_one, "SUCCESS"), count_of(&of_one, "ERROR")),
        (json!(1), json!(0))
    );
    let ranged = site.get("/v2/statistics/executions?state=SUCCESS&created_at=gte:2020-01-01%2000:00:00");
    assert_eq!(count_of(&ranged, "SUCCESS"), 1);
    let past = "/v2/statistics/executions?state=SUCCESS&created_at=gte:2020-01-01%2000:00,lt:2021-01-01%2000:00";
    assert_eq!(count_of(&site.get(past), "SUCCESS"), 0);
    let named = site.get("/v2/statistics/executions?group_by=workflow_name&state=ERROR");
    assert_eq!(named["counts"].as_array().unwrap().len(), 2, "{named:#}");
    site.refused("/v2/statistics/executions?state=NOWHERE", 400);
    site.refused("/v2/statistics/activity?step=7", 400);
    assert_eq!(site.get("/v2/statistics/activity")["is_estimate"], true);

    let found = site.get(&format!("/v2/search?q={}", &good[..14]));
    assert!(
        found["results"]
            .as_array()
            .unwrap()
            .iter()
            .any(|hit| hit["id"] == good.as_str()),
        "{found:#}"
    );
    let found = site.get("/v2/search?q=many_go");
    let kinds: Vec<&str> = found["results"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|hit| hit["type"].as_str())
        .collect();
    assert!(kinds.contains(&"workflow") && kinds.contains(&"execution"), "{found:#}");
    let found = site.get("/v2/search?q=one%20of%20many");
    assert_eq!(found["results"].as_array().unwrap().len(), 3, "{found:#}");
    site.refused("/v2/search?q=a", 400);

    let errors = site.get(&format!("/v2/executions/{bad}/errors"));
    let groups = errors["groups"].as_array().unwrap();
    assert_eq!(groups.len(), 1, "{errors:#}");
    let way: Vec<&str> = groups[0]["path"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step["task_name"].as_str().unwrap())
        .collect();
    assert_eq!((&groups[0]["count"], way), (&json!(1), vec!["below", "breaks"]));
    assert_eq!(site.get(&format!("/v2/executions/{good}/errors"))["groups"], json!([]));

    // Step by step: three look at two and one execution of four, and find the failed ones.
    let mut path =
        "/v2/executions?state_info=has:a&scan_limit=2&sort_keys=created_at&sort_dirs=desc&fields=id".to_owned();
    let (mut found, mut steps) = (0, 0);
    loop {
        let page = site.get(&path);
        found += page["executions"].as_array().unwrap().len();
        steps += 1;
        match page["next"].as_str() {
            Some(next) => path = next[next.find("/v2/").unwrap()..].to_owned(),
            None => break,
        }
        assert!(page["scanned"] == 2 && page["scanned_to_us"].is_i64(), "{page:#}");
        assert!(steps < 10);
    }
    assert!(found == 2 && steps >= 2, "{found} in {steps} steps");
    site.refused("/v2/executions?scan_limit=5", 400);
    site.refused("/v2/executions?scan_limit=0&sort_keys=created_at&sort_dirs=desc", 400);
}

#[test]
fn tasks_their_times_and_their_data() {
    let mut site = Site::start(WORKFLOWS, Layout::AllInOne, "");
    let good = site.run("many_good", "SUCCESS");
    let line = site.get(&format!("/v2/executions/{good}/timeline?critical_path=true"));
    let rows = line["rows"].as_array().unwrap();
    assert_eq!((rows.len(), &line["next"]), (2, &Value::Null));
    assert_eq!(line["critical_path"]["tasks"], json!([rows[0][0], rows[1][0]]));
    let cursor = line["cursor"].as_i64().unwrap();
    let later = site.get(&format!("/v2/executions/{good}/timeline?since={}", cursor + 1));
    assert_eq!(later["rows"], json!([]));
    let page = site.get(&format!("/v2/executions/{good}/timeline?limit=1"));
    assert_eq!(
        (page["rows"].as_array().unwrap().len(), &page["truncated"]),
        (1, &json!(true))
    );
    let rest = site.get(&format!(
        "/v2/executions/{good}/timeline?marker={}",
        page["next"].as_str().unwrap()
    ));
    assert_eq!(rest["rows"], json!([rows[1]]));

    let (first, second) = (rows[0][0].as_str().unwrap(), rows[1][0].as_str().unwrap());
    let actions = site.get(&format!("/v2/tasks/{first}/timeline"));
    assert_eq!(actions["rows"][0][1], "std.echo");
    let context = site.get(&format!("/v2/tasks/{second}/context"));
    assert_eq!(context["context"], json!({"who": "you", "said": "Hello", "__env": {}}));
    // A join keeps its context, with what the engine counts in it, which is nobody else's.
    let text = "version: '2.0'\njoined:\n  tasks:\n    left: {action: std.noop, publish: {side: left}, on-success: [both]}\n    right: {action: std.noop, on-success: [both]}\n    both: {join: all, action: std.noop, on-success: [behind]}\n    behind: {action: std.noop}\n";
    assert_eq!(
        site.client.send_text("POST", "/v2/workflows", text).unwrap().status,
        201
    );
    let joined = site.run("joined", "SUCCESS");
    for name in ["both", "behind"] {
        let tasks = site.get(&format!("/v2/executions/{joined}/tasks?name={name}&fields=id"));
        let task = tasks["tasks"][0]["id"].as_str().unwrap();
        let context = site.get(&format!("/v2/tasks/{task}/context"));
        assert_eq!(context["context"], json!({"side": "left", "__env": {}}), "{name}");
    }
    let tried = site.post(
        "/v2/expressions",
        &json!({"expression": "<% $.said + ' ' + $.who %>", "task_execution_id": second}),
    );
    assert_eq!(tried["result"], "Hello you");
    let tried = site.post(
        "/v2/expressions",
        &json!({"expression": "{{ _.x + 1 }}", "context": {"x": 1}}),
    );
    assert_eq!(tried["result"], 2);
    let steps = |site: &mut Site, items: u32| {
        let expression = format!("<% range({items}).sum() %>");
        let tried = site.post("/v2/expressions", &json!({"expression": expression, "context": {}}));
        tried["steps"].as_u64().unwrap()
    };
    let (few, many) = (steps(&mut site, 1), steps(&mut site, 1000));
    assert!(few > 0 && many >= few + 999, "{few} steps, {many} steps");
    let tried = site.post(
        "/v2/expressions",
        &json!({"expression": "<% $.nothing.of() %>", "context": {}}),
    );
    assert!(tried["error"].is_string() && tried.get("result").is_none(), "{tried:#}");
    let functions = site.get("/v2/expressions/functions");
    assert!(functions["functions"].as_array().unwrap().len() > 50);

    let file = site.client.get(&format!("/v2/executions/{good}/snapshot")).unwrap();
    assert_eq!(
        (file.status, file.header("content-type")),
        (200, Some("application/x-ndjson"))
    );
    let text = file.text();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["body"]["execution"], good.as_str());
    for path in [
        format!("/v2/executions/{good}"),
        format!("/v2/executions/{good}/graph"),
        format!("/v2/tasks/{first}"),
    ] {
        assert!(lines.iter().any(|line| line["path"] == path.as_str()), "{path}");
    }
    assert_eq!(lines.last().unwrap()["body"]["truncated"], false);

    let text = "version: '2.0'\nmany_good:\n  tasks:\n    one: {action: std.noop, on-success: [nowhere]}\n";
    let drawn = site.client.send_text("POST", "/v2/graphs", text).unwrap();
    assert_eq!(drawn.status, 200, "{}", drawn.text());
    let drawn = drawn.json();
    assert_eq!(
        (
            &drawn["nodes"][0]["line"],
            &drawn["notes"][0]["code"],
            &drawn["notes"][0]["node"]
        ),
        (&json!(4), &json!("invalid"), &Value::Null)
    );
    assert_eq!(
        (&drawn["notes"][1]["code"], &drawn["notes"][1]["node"]),
        (&json!("unknown_task"), &json!(0))
    );
    let broken = site.client.send_text("POST", "/v2/graphs", "a: [").unwrap();
    assert_eq!(broken.status, 400);

    let version = |site: &mut Site| {
        site.get("/v2/workflows/many_good/versions")["versions"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(version(&mut site), 1);
    let checksum = site.get("/v2/workflows/many_good")["checksum"]
        .as_str()
        .unwrap()
        .to_owned();
    let text = "version: '2.0'\nmany_good:\n  tasks:\n    one: {action: std.noop}\n";
    let put = |site: &mut Site, seen: &str| {
        let headers = [
            ("Content-Type".to_owned(), "text/plain".to_owned()),
            ("If-Match".to_owned(), format!("\"{seen}\"")),
        ];
        site.client
            .send("PUT", "/v2/workflows", &headers, Some(text.as_bytes()))
            .unwrap()
            .status
    };
    assert_eq!((put(&mut site, "what it was"), put(&mut site, &checksum)), (412, 200));
    let headers = [
        ("Content-Type".to_owned(), "text/plain".to_owned()),
        ("If-Match".to_owned(), "\"what it was\"".to_owned()),
    ];
    let put_one = |site: &mut Site, path: &str| {
        let answer = site.client.send("PUT", path, &headers, Some(text.as_bytes()));
        answer.unwrap().status
    };
    // By its name or id too; what is not there is not changed.
    assert_eq!(put_one(&mut site, "/v2/workflows/many_good"), 412);
    assert_eq!(put_one(&mut site, "/v2/workflows/nothing"), 404);
    assert_eq!(version(&mut site), 2);
    let old = site.get("/v2/workflows/many_good/versions/1");
    assert!(old["definition"].as_str().unwrap().contains("again"), "{old:#}");
    site.refused("/v2/workflows/many_good/versions/9", 404);

    let etag = site
        .client
        .get("/v2/workflows/many_good/graph")
        .unwrap()
        .header("etag")
        .unwrap()
        .to_owned();
    let headers = [("If-None-Match".to_owned(), etag)];
    let again = site
        .client
        .send("GET", "/v2/workflows/many_good/graph", &headers, None)
        .unwrap();
    assert_eq!(again.status, 304);
    let preview = site.post("/v2/cron_previews", &json!({"pattern": "0 0 31 2 *"}));
    assert_eq!(preview["times_us"], json!([]));
    let zipped = [("Accept-Encoding".to_owned(), "gzip".to_owned())];
    let list = site
        .client
        .send("GET", "/v2/expressions/functions", &zipped, None)
        .unwrap();
    assert_eq!(list.header("content-encoding"), Some("gzip"));
}

#[test]
fn what_was_shown_is_what_is_done() {
    let mut site = Site::start(WORKFLOWS, Layout::AllInOne, "");
    let first = site.run("many_open", "RUNNING");
    let second = site.run("many_open", "RUNNING");
    let preview = site.post(
        "/v2/bulk_operations",
        &json!({"action": "cancel", "filter": {"workflow_name": "many_open"}, "reason": "a bad day"}),
    );
    assert_eq!(
        (&preview["count"], &preview["by_state"]["RUNNING"]),
        (&json!(2), &json!(2))
    );
    // One that begins and one that ends before it is carried out.
    let later = site.run("many_open", "RUNNING");
    let body = json!({"state": "ERROR"});
    site.client
        .send_json("PUT", &format!("/v2/executions/{second}"), &body)
        .unwrap();
    site.until(&format!("/v2/executions/{second}"), |answer| answer["state"] == "ERROR");
    let begun = site.post("/v2/bulk_operations", &json!({"preview": preview["preview"]}));
    let path = format!("/v2/bulk_operations/{}", begun["id"].as_str().unwrap());
    let done = site.until(&path, |answer| answer["state"] == "SUCCESS");
    assert_eq!((&done["done"], &done["failed"]), (&json!(2), &json!(1)), "{done:#}");
    assert_eq!(done["failures"][0]["id"], second.as_str());
    let state = |site: &mut Site, id: &str| site.get(&format!("/v2/executions/{id}"))["state"].clone();
    assert_eq!(state(&mut site, &first), "CANCELLED");
    assert_eq!(state(&mut site, &second), "ERROR");
    assert_eq!(state(&mut site, &later), "RUNNING");
    assert_eq!(site.get(&format!("/v2/executions/{first}"))["state_info"], "a bad day");
    // Once only.
    let again = site
        .client
        .send_json("POST", "/v2/bulk_operations", &json!({"preview": preview["preview"]}))
        .unwrap();
    assert_eq!(again.status, 409, "{}", again.text());

    let bad = site.run("many_bad", "ERROR");
    let preview = site.post(
        "/v2/bulk_operations",
        &json!({"action": "rerun_failed", "ids": [bad, first]}),
    );
    assert_eq!(preview["count"], 1);
    let begun = site.post("/v2/bulk_operations", &json!({"preview": preview["preview"]}));
    let path = format!("/v2/bulk_operations/{}", begun["id"].as_str().unwrap());
    let done = site.until(&path, |answer| answer["state"] == "SUCCESS");
    assert_eq!(done["failed"], 0, "{done:#}");
    assert_eq!(
        site.get("/v2/bulk_operations")["bulk_operations"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    // Tasks by themselves.
    let failed = site.until(&format!("/v2/executions/{bad}/tasks"), |all| {
        all["tasks"][0]["state"] == "ERROR"
    });
    let task = failed["tasks"][0]["id"].clone();
    let skip = json!({"resource": "tasks", "action": "skip_failed", "filter": {"workflow_execution_id": bad}});
    let preview = site.post("/v2/bulk_operations", &skip);
    assert_eq!(
        (
            &preview["count"],
            &preview["sample"][0]["name"],
            &preview["sample"][0]["id"]
        ),
        (&json!(1), &json!("breaks"), &task)
    );
    let begun = site.post("/v2/bulk_operations", &json!({"preview": preview["preview"]}));
    let path = format!("/v2/bulk_operations/{}", begun["id"].as_str().unwrap());
    let done = site.until(&path, |answer| answer["state"] == "SUCCESS");
    assert_eq!(
        (&done["failed"], &done["resource"]),
        (&json!(0), &json!("tasks")),
        "{done:#}"
    );
    site.until(&format!("/v2/executions/{bad}"), |answer| answer["state"] == "SUCCESS");
    for body in [
        json!({"action": "cancel", "resource": "tasks", "ids": [task]}),
        json!({"action": "skip_failed", "resource": "tasks", "filter": {"name": "breaks"}}),
        json!({"action": "cancel", "resource": "things", "ids": [task]}),
        json!({"action": "cancel", "filter": {"state_info": "x"}}),
        json!({"action": "cancel", "filter": {}}),
        json!({"action": "explode", "ids": ["x"]}),
        json!({"action": "cancel"}),
    ] {
        let refused = site.client.send_json("POST", "/v2/bulk_operations", &body).unwrap();
        assert_eq!(refused.status, 400, "{body}: {}", refused.text());
    }
}

/// Reads a stream of events line by line.
struct Stream(BufReader<TcpStream>);

impl Stream {
    fn open(address: &str, path: &str) -> Stream {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
        Stream(BufReader::new(stream))
    }

    /// The data of the next event of this name.
    fn next(&mut self, event: &str) -> Value {
        let mut name = String::new();
        let deadline = Instant::now() + PATIENCE;
        loop {
            // Signs of life go on for ever.
            assert!(Instant::now() < deadline, "no event {event}");
            let mut line = String::new();
            assert!(
                self.0.read_line(&mut line).unwrap() > 0,
                "the stream has ended without {event}"
            );
            if let Some(text) = line.strip_prefix("event: ") {
                name = text.trim().to_owned();
            }
            if let Some(data) = line.strip_prefix("data: ").filter(|_| name == event) {
                return serde_json::from_str(data).unwrap();
            }
        }
    }
}

fn changes_are_told(layout: Layout, limit: Duration) -> Site {
    let mut site = Site::start(WORKFLOWS, layout, "");
    let id = site.run("many_open", "RUNNING");
    let address = site.deployment.client().address().to_string();
    let mut stream = Stream::open(&address, &format!("/v2/events?watch=executions,execution:{id}&since=0"));
    // What was before.
    let missed = stream.next("tasks");
    assert_eq!(
        (&missed["execution"], &missed["rows"][0][1]),
        (&json!(id), &json!("waits"))
    );
    // What a look at the database may still bring of it.
    std::thread::sleep(Duration::from_secs(3));
    let action = site.get("/v2/action_executions?state=RUNNING&limit=1")["action_executions"][0]["id"].clone();
    let path = format!("/v2/action_executions/{}", action.as_str().unwrap());
    let begun = Instant::now();
    let completed = site
        .client
        .send_json("PUT", &path, &json!({"state": "SUCCESS", "output": {"said": 1}}))
        .unwrap();
    assert_eq!(completed.status, 200, "{}", completed.text());
    loop {
        let told = stream.next("tasks");
        if told["rows"]
            .as_array()
            .unwrap()
            .iter()
            .any(|row| row[1] == "waits" && row[3] == "SUCCESS")
        {
            break;
        }
    }
    let took = begun.elapsed();
    println!("{layout:?}: told after {} ms", took.as_millis());
    assert!(took < limit, "{took:?}");
    let other = site.run("many_good", "SUCCESS");
    loop {
        let told = stream.next("executions");
        if told["rows"]
            .as_array()
            .unwrap()
            .iter()
            .any(|row| row[0] == other.as_str())
        {
            break;
        }
    }
    site.refused("/v2/events?watch=execution:nothing", 404);
    site.refused("/v2/events?watch=everything", 400);
    site.refused("/v2/events", 400);
    site
}

#[test]
fn changes_are_told_at_once() {
    // 250 ms on a quiet machine.
    changes_are_told(Layout::AllInOne, Duration::from_secs(2));
}

#[test]
fn changes_of_other_processes_are_told() {
    // 1.2 s on a quiet machine.
    let mut site = changes_are_told(Layout::Separate, Duration::from_secs(5));
    let made = site.post(
        "/v2/executions",
        &json!({"workflow_name": "many_items", "input": {"vm": "v"}}),
    );
    items_are_told(&mut site, made["id"].as_str().unwrap());
}

fn number(database: &Database, query: &str) -> i64 {
    database.query(query).unwrap()[0][0]
        .as_deref()
        .unwrap()
        .parse()
        .unwrap()
}

/// A column of the row of a task, in a time line or a message of a stream.
fn of_task(answer: &Value, task: &str, column: &str) -> Option<Value> {
    let columns = answer["columns"].as_array()?;
    let place = |name: &str| columns.iter().position(|column| column == name);
    let (name, at) = (place("name")?, place(column)?);
    let row = answer["rows"].as_array()?.iter().find(|row| row[name] == task)?;
    Some(row[at].clone())
}

/// Completes the items of the execution one by one: each is told on the stream.
fn items_are_told(site: &mut Site, id: &str) {
    let address = site.deployment.client().address().to_string();
    let path = format!("/v2/executions/{id}/timeline");
    site.until(&path, |line| of_task(line, "each", "items") == Some(json!(3)));
    let mut stream = Stream::open(&address, &format!("/v2/events?watch=execution:{id}"));
    let wanted = "/v2/action_executions?state=RUNNING&workflow_name=many_items&fields=id&sort_keys=created_at";
    let actions = site.until(wanted, |all| all["action_executions"].as_array().unwrap().len() == 3);
    for (done, action) in actions["action_executions"].as_array().unwrap().iter().enumerate() {
        let before = site.get(&path);
        assert_eq!(of_task(&before, "each", "items_done"), Some(json!(done)), "{before:#}");
        let path = format!("/v2/action_executions/{}", action["id"].as_str().unwrap());
        let put = site
            .client
            .send_json("PUT", &path, &json!({"state": "SUCCESS", "output": null}));
        assert_eq!(put.unwrap().status, 200);
        while of_task(&stream.next("tasks"), "each", "items_done") != Some(json!(done + 1)) {}
    }
}

#[test]
fn items_are_counted_and_inputs_are_found() {
    let mut site = Site::start(WORKFLOWS, Layout::AllInOne, "[api]\nindexed_inputs = vm, size\n");
    let run = |site: &mut Site, input: Value| {
        let made = site.post(
            "/v2/executions",
            &json!({"workflow_name": "many_items", "input": input}),
        );
        made["id"].as_str().unwrap().to_owned()
    };
    let id = run(&mut site, json!({"vm": "v17", "size": 2}));
    items_are_told(&mut site, &id);
    let path = format!("/v2/executions/{id}/timeline");
    site.until(&format!("/v2/executions/{id}"), |one| one["state"] == "SUCCESS");
    let line = site.get(&path);
    assert_eq!(of_task(&line, "each", "items_done"), Some(json!(3)));
    let below = site.get(&format!("/v2/executions?root_execution_id={id}&fields=id"));
    assert_eq!(
        of_task(&line, "under", "child"),
        Some(below["executions"][0]["id"].clone())
    );
    assert_eq!(of_task(&line, "each", "child"), Some(Value::Null));

    // Members of inputs: the newest first, page by page, with other filters.
    let (second, third) = (
        run(&mut site, json!({"vm": "v17"})),
        run(&mut site, json!({"vm": "v18", "size": true})),
    );
    let long = "x".repeat(129);
    let fourth = run(&mut site, json!({"vm": long}));
    let found = |site: &mut Site, filters: &str| {
        let list = site.get(&format!(
            "/v2/executions?sort_keys=created_at&sort_dirs=desc&fields=id&{filters}"
        ));
        let all = list["executions"].as_array().unwrap().iter();
        all.map(|one| one["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let (id, second, third) = (id.as_str(), second.as_str(), third.as_str());
    assert_eq!(found(&mut site, "input.vm=v17"), [second, id]);
    assert_eq!(found(&mut site, "input.vm=in:v17,v18"), [third, second, id]);
    assert_eq!(found(&mut site, "input.vm=v17&input.size=2"), [id]);
    assert_eq!(
        found(&mut site, "input.size=1&state=RUNNING"),
        [fourth.as_str(), second]
    );
    assert_eq!(found(&mut site, "input.size=true"), [third]);
    let between = |from: &str, until: &str| format!("created_at=gte:{from}%2000:00,lt:{until}%2000:00");
    assert_eq!(found(&mut site, &between("2020-01-01", "2021-01-01")), [""; 0]);
    assert_eq!(
        found(
            &mut site,
            &format!("input.size=true&{}", between("2020-01-01", "2100-01-01"))
        ),
        [third]
    );
    assert_eq!(found(&mut site, "input.vm=v17&state=SUCCESS&limit=1"), [id]);
    let page = site.get("/v2/executions?sort_keys=created_at&sort_dirs=desc&fields=id&limit=1&input.vm=v17");
    let next = page["next"].as_str().unwrap().split_once("/v2/").unwrap().1;
    assert_eq!(site.get(&format!("/v2/{next}"))["executions"][0]["id"], id);
    for wrong in ["input.other=1", "input.vm=has:v", &format!("input.vm={long}")] {
        site.refused(&format!("/v2/executions?{wrong}"), 400);
    }
    let preview = site.post(
        "/v2/bulk_operations",
        &json!({"action": "cancel", "filter": {"input.vm": "in:v17,v18"}}),
    );
    assert_eq!(preview["count"], 2, "{preview:#}");
    let keys = "SELECT count(*) FROM execution_key WHERE value = 'v18'";
    assert_eq!(number(&site.database, keys), 1);
    let gone = site
        .client
        .send_json("DELETE", &format!("/v2/executions/{third}?force=true"), &json!(null));
    assert_eq!(gone.unwrap().status, 204);
    assert!(found(&mut site, "input.vm=v18").is_empty());
    let deadline = Instant::now() + PATIENCE;
    while number(&site.database, keys) > 0 {
        assert!(Instant::now() < deadline, "the keys of a deleted execution stay");
        std::thread::sleep(Duration::from_millis(100));
    }

    // A file that shows what there is, and not what it says.
    let file = site
        .client
        .get(&format!("/v2/executions/{id}/snapshot?payloads=keys"))
        .unwrap();
    let text = file.text();
    let own = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let own = own
        .into_iter()
        .find(|line| line["path"] == format!("/v2/executions/{id}"))
        .unwrap();
    let input: Value = serde_json::from_str(own["body"]["input"].as_str().unwrap()).unwrap();
    assert_eq!(input, json!({"vm": "string", "size": "number"}));
}

#[test]
fn operators_see_the_cluster() {
    let mut site = Site::start(
        WORKFLOWS,
        Layout::AllInOne,
        "[action_std_http]\ndenied_cidrs = 169.254.0.0/16\n",
    );
    site.refused("/v2/cluster", 403);
    let headers = [("X-Roles".to_owned(), "admin".to_owned())];
    let answer = site.client.send("GET", "/v2/cluster", &headers, None).unwrap();
    assert_eq!(answer.status, 200, "{}", answer.text());
    let cluster = answer.json();
    assert_eq!(cluster["shards"].as_array().unwrap().len(), 256);
    let node = &cluster["nodes"][0];
    assert_eq!((&node["is_alive"], &node["shards"]), (&json!(true), &json!(256)));
    assert!(
        node["version"].as_str().is_some_and(|version| !version.is_empty()) && node["slots"].is_i64(),
        "{node:#}"
    );
    // Told with each renewal of the lease.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", silent.local_addr().unwrap());
    let text = format!("version: '2.0'\nmany_held:\n  tasks:\n    holds: {{action: std.http url='{url}'}}\n");
    assert_eq!(
        site.client.send_text("POST", "/v2/workflows", &text).unwrap().status,
        201
    );
    let held = site.post("/v2/executions", &json!({"workflow_name": "many_held"}));
    let busy = |site: &mut Site| {
        let answer = site.client.send("GET", "/v2/cluster", &headers, None).unwrap().json();
        answer["nodes"][0]["slots_busy"].as_i64()
    };
    let deadline = Instant::now() + PATIENCE;
    while busy(&mut site) != Some(1) {
        assert!(Instant::now() < deadline, "no slot is busy");
        std::thread::sleep(Duration::from_millis(200));
    }
    let path = format!("/v2/executions/{}", held["id"].as_str().unwrap());
    let cancelled = site.client.send_json("PUT", &path, &json!({"state": "CANCELLED"}));
    assert_eq!(cancelled.unwrap().status, 200);
    assert_eq!(cluster["queues"], json!([]));
}

const STEERED: &str = "
version: '2.0'
steered:
  tasks:
    breaks: {action: std.fail, on-skip: [after, late]}
    after: {action: std.echo output='x', on-success: [waits]}
    late: {action: std.noop, wait-before: 600}
    waits: {action: std.async_noop}
";

/// Names of tasks with what would become of them.
fn told(preview: &Value) -> Vec<(String, String, Value, Value)> {
    let text = |one: &Value| one.as_str().unwrap().to_owned();
    let mut all: Vec<_> = (preview["would"].as_array().unwrap().iter())
        .map(|one| {
            (
                text(&one["task_name"]),
                text(&one["change"]),
                one["from"].clone(),
                one["to"].clone(),
            )
        })
        .collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

/// In every process, whoever owns the tree: nothing of it happens, and then it happens as it was told.
#[test]
fn a_change_is_told_before_it_is_made() {
    let mut site = Site::start(WORKFLOWS, Layout::Separate, "");
    let made = site.client.send_text("POST", "/v2/workflows", STEERED).unwrap();
    assert_eq!(made.status, 201, "{}", made.text());
    let id = site.run("steered", "ERROR");
    let tasks = site.get(&format!("/v2/executions/{id}/tasks?fields=id,name,state,updated_at"));
    let task = tasks["tasks"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/v2/tasks/{task}/preview");
    let again = site.post(&path, &json!({"state": "RUNNING", "reset": true}));
    let state = |text: &str| Value::from(text);
    assert_eq!(
        told(&again),
        [("breaks".into(), "run_again".into(), state("ERROR"), state("ERROR"))],
        "{again:#}"
    );
    let skip = site.post(&path, &json!({"state": "SKIPPED"}));
    let expected = [
        ("after", "start", Value::Null, "SUCCESS"),
        ("breaks", "end", state("ERROR"), "SKIPPED"),
        ("late", "wait", Value::Null, "DELAYED"),
        ("waits", "start", Value::Null, "RUNNING"),
    ]
    .map(|(name, change, from, to)| (name.to_owned(), change.to_owned(), from, state(to)));
    assert_eq!(told(&skip), expected, "{skip:#}");
    assert_eq!((&skip["allowed"], &skip["message"]), (&json!(true), &Value::Null));
    assert_eq!(skip["executions"][0]["to"], "RUNNING", "{skip:#}");
    // Nothing of it has happened.
    assert_eq!(
        site.get(&format!("/v2/executions/{id}/tasks?fields=id,name,state,updated_at")),
        tasks
    );
    let answer = site
        .client
        .send_json("PUT", &format!("/v2/tasks/{task}"), &json!({"state": "SKIPPED"}))
        .unwrap();
    assert_eq!(answer.status, 200, "{}", answer.text());
    let after = site.until(&format!("/v2/executions/{id}/tasks?fields=name,state"), |now| {
        now["tasks"].as_array().unwrap().len() == 4
    });
    for (name, _, _, to) in &expected {
        assert!(
            after["tasks"]
                .as_array()
                .unwrap()
                .iter()
                .any(|one| one["name"] == name.as_str() && one["state"] == *to),
            "{name} {to}: {after:#}"
        );
    }
    // What would be refused is told with the words of the refusal; what cannot be read is refused.
    let refused = site.post(&path, &json!({"state": "RUNNING", "reset": true}));
    assert_eq!(refused["allowed"], false);
    assert!(
        refused["message"].as_str().unwrap().contains("must be in ERROR"),
        "{refused:#}"
    );
    let own = format!("/v2/executions/{id}/preview");
    let cancel = site.post(&own, &json!({"state": "CANCELLED"}));
    assert_eq!(cancel["executions"][0]["to"], "CANCELLED", "{cancel:#}");
    for (path, body, status) in [
        (own.as_str(), "{", 400),
        (
            "/v2/executions/00000000-0000-0000-0000-000000000000/preview",
            "{\"state\": \"PAUSED\"}",
            404,
        ),
    ] {
        let answer = site
            .client
            .send(
                "POST",
                path,
                &[("Content-Type", "application/json")],
                Some(body.as_bytes()),
            )
            .unwrap();
        assert_eq!(answer.status, status, "{path}: {}", answer.text());
    }
}
