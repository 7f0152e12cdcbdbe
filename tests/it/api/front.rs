//! What stands before the resources: other origins, proxies, health, traces (`[cors]`, `[oslo_middleware]`, `[healthcheck]`,
//! `[profiler]`).

use crate::support::database::Database;
use crate::support::deployment::{Deployment, Layout};
use crate::support::http::Answer;

fn headers(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

#[test]
fn every_option_of_the_front_has_its_effect() {
    let database = Database::create();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("out-of-service");
    let settings = format!(
        "api_workers = 3\n[cors]\nallowed_origin = http://console.example\nallow_credentials = false\nmax_age = 60\n\
         [oslo_middleware]\nenable_proxy_headers_parsing = true\n[healthcheck]\nenabled = true\nbackends = disable_by_file\n\
         disable_by_file_path = {}\nallowed_source_ranges = 127.0.0.0/8\n[profiler]\nenabled = true\nhmac_keys = a,SECRET_KEY\n",
        file.display()
    );
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), &settings);
    let mut client = deployment.client();
    let mut send = |method: &str, target: &str, pairs: &[(&str, &str)]| -> Answer {
        client.send(method, target, &headers(pairs), None).unwrap()
    };

    let read = send("GET", "/v2/workflows", &[("Origin", "http://console.example")]);
    assert_eq!(
        read.header("access-control-allow-origin"),
        Some("http://console.example")
    );
    assert_eq!(read.header("access-control-allow-credentials"), None);
    assert!(
        read.header("access-control-expose-headers")
            .unwrap()
            .contains("X-Auth-Token")
    );
    let refused = send("GET", "/v2/nothing", &[("Origin", "http://console.example")]);
    assert_eq!(refused.status, 404);
    assert!(
        refused.header("access-control-allow-origin").is_some(),
        "errors can be read as well"
    );
    let other = send("GET", "/v2/workflows", &[("Origin", "http://other.example")]);
    assert_eq!(other.header("access-control-allow-origin"), None);
    let preflight = send(
        "OPTIONS",
        "/v2/workflows",
        &[
            ("Origin", "http://console.example"),
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "content-type"),
        ],
    );
    assert_eq!(preflight.status, 200);
    assert_eq!(preflight.header("access-control-allow-methods"), Some("POST"));
    assert_eq!(preflight.header("access-control-max-age"), Some("60"));

    let forwarded = [
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-Host", "flows.example"),
        ("X-Forwarded-Prefix", "/workflow"),
    ];
    assert_eq!(
        send("GET", "/v2/", &forwarded).json()["uri"],
        "https://flows.example/workflow/v2"
    );

    assert_eq!(send("GET", "/healthcheck", &[]).status, 200);
    std::fs::write(&file, "").unwrap();
    let down = send("GET", "/healthcheck", &[("Accept", "application/json")]);
    assert_eq!(
        (down.status, down.json()["reasons"][0].as_str()),
        (503, Some("DISABLED BY FILE"))
    );

    // Signed with SECRET_KEY by Python's hmac.
    let traced = [
        (
            "X-Trace-Info",
            "eyJiYXNlX2lkIjogIjdiMWE1YzllLTBmMGUtNGMxYi05YTU1LTNjMGY0YzBhOWQxMSIsICJwYXJlbnRfaWQiOiAiN2IxYTVjOWUtMGYwZS00YzFiLTlhNTUtM2MwZjRjMGE5ZDEyIn0=",
        ),
        ("X-Trace-HMAC", "d86ae5c0c5636735baff4c052419b5938af640d6"),
    ];
    assert_eq!(send("GET", "/v2/workflows", &traced).status, 200);
    let log = deployment.processes[0].log();
    assert!(log.contains("threads=3"), "{log}");
    let lines = log.lines().filter(|line| line.contains("profiler_trace"));
    let spans: Vec<&str> = lines
        .filter(|line| line.contains("7b1a5c9e-0f0e-4c1b-9a55-3c0f4c0a9d11"))
        .collect();
    assert!(
        spans.len() == 2 && spans[0].contains("wsgi-start") && spans[1].contains("wsgi-stop"),
        "{log}"
    );
}

/// Behind no proxy, nobody's word is taken for the address.
#[test]
fn without_the_options_nothing_is_believed_or_told() {
    let database = Database::create();
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), "");
    let mut client = deployment.client();
    let forwarded = headers(&[("X-Forwarded-Host", "flows.example"), ("Origin", "http://a")]);
    let answer = client.send("GET", "/v2/", &forwarded, None).unwrap();
    assert_eq!(answer.json()["uri"], format!("http://{}/v2", deployment.addresses[0]));
    assert_eq!(answer.header("access-control-allow-origin"), None);
    assert_eq!(client.get("/healthcheck").unwrap().status, 404);
}
