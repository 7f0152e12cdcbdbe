use super::check::{Answers, Question};
use super::*;
use mistral_model::{Dict, json};

fn value(text: &str) -> Value {
    json::parse(text.as_bytes()).unwrap()
}

fn dict(text: &str) -> Dict {
    value(text).into_dict().unwrap()
}

/// Whether `rule` lets this caller do something to this target.
fn says(rule: &Value, caller: &str, target: &str) -> bool {
    let mut rules = Rules::builtin(defaults::RULES, "default");
    rules.put("asked", rule);
    rules.put("members", &"role:member".into());
    decide(&rules, "asked", &dict(caller), target)
}

fn decide(rules: &Rules, name: &str, caller: &Dict, target: &str) -> bool {
    let question = Question {
        rules,
        target: &Target(dict(target)),
        caller,
        answers: &Answers::new(),
    };
    question.rule(name) == Decision::Yes
}

const CALLER: &str =
    r#"{"roles": ["Member", "x"], "project_id": "p", "user_id": null, "is_admin": false, "a": {"b": [{"c": 1}, 2]}}"#;

#[test]
fn texts() {
    for (rule, expected) in [
        ("", true),
        ("@", true),
        ("!", false),
        ("not !", true),
        ("role:member", true),
        ("role:MEMBER and role:x", true),
        ("role:nobody or role:x and !", false),
        ("@ or ! and !", true),
        ("(@ or !) and !", false),
        ("not (@ and !)", true),
        ("NOT ! AND not !", true),
        ("not not @", true),
        ("( ( @ ) )", true),
        ("rule:members", true),
        ("rule:unknown", false),
        ("is_admin:False", true),
        ("user_id:None", true),
        ("project_id:%(project_id)s", true),
        ("project_id:%(other)s", false),
        ("'p':%(project_id)s", true),
        ("1.50:1.5", true),
        ("1:1", true),
        ("01:1", false),
        ("True:True", true),
        ("a.b.c:1", true),
        ("a.b:2", true),
        ("a.c:2", false),
        ("roles:x", true),
        ("nothing:here:either", false),
        // Unreadable: nobody passes.
        ("@ @", false),
        ("@ and", false),
        ("(@", false),
        ("@)", false),
        ("'quoted'", false),
        ("word", false),
        ("project_id:%(project_id)d", false),
    ] {
        assert_eq!(says(&rule.into(), CALLER, r#"{"project_id": "p"}"#), expected, "{rule}");
    }
}

#[test]
fn lists() {
    for (rule, expected) in [
        ("[]", true),
        ("[[]]", false),
        (r#"[["role:x", "!"], ["@"]]"#, true),
        (r#"[["role:x", "!"], "!"]"#, false),
        (r#"["role:x"]"#, true),
        (r#"[["role:x", "role:member"]]"#, true),
    ] {
        assert_eq!(says(&value(rule), CALLER, "{}"), expected, "{rule}");
    }
}

#[test]
fn what_has_no_rule_falls_to_the_default() {
    let mut rules = Rules::builtin(defaults::RULES, "default");
    let caller = dict(CALLER);
    assert!(!decide(&rules, "unheard_of", &caller, "{}"));
    rules.put("default", &"role:x".into());
    assert!(decide(&rules, "unheard_of", &caller, "{}"));
    rules.put("asks", &"rule:unheard_of".into());
    assert!(decide(&rules, "asks", &caller, "{}"));
}

#[test]
fn circles_are_refused() {
    let mut rules = Rules::builtin(defaults::RULES, "default");
    rules.put("a", &"rule:b and @".into());
    rules.put("b", &"@ or not rule:a".into());
    assert!(matches!(rules.check_circles(), Err(Error::Circle(names)) if names.len() == 3));
    let mut rules = Rules::builtin(defaults::RULES, "default");
    rules.put("default", &"rule:unheard_of".into());
    assert!(rules.check_circles().is_err());
    assert_eq!(Rules::builtin(defaults::RULES, "default").check_circles(), Ok(()));
}

#[test]
fn deep_rules_do_not_break_anything() {
    let deep = format!("{}@{}", "(".repeat(100_000), ")".repeat(100_000));
    assert!(!says(&deep.as_str().into(), CALLER, "{}"));
    let long = vec!["@"; 10_000].join(" and ");
    assert!(says(&long.as_str().into(), CALLER, "{}"));
    let nots = format!("{} @", "not ".repeat(10_000));
    assert!(!says(&nots.as_str().into(), CALLER, "{}"));
}

/// Some of a service's rules.
const DECLARED: &[Rule] = &[
    Rule::new("admin_only", "is_admin:True", "Administrators."),
    Rule::admins("workflows:publicize", "Make a workflow public."),
];

fn remote() -> Remote {
    let options = RemoteOptions {
        json: true,
        verify: true,
        ca_file: None,
        certificate: None,
        timeout: std::time::Duration::from_secs(5),
    };
    Remote::new(&options).unwrap()
}

#[tokio::test]
async fn files_replace_rules_and_are_read_again() {
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name);
    std::fs::write(
        path("policy.json"),
        r#"{"executions:create": "role:member", "x": [["role:y"]]}"#,
    )
    .unwrap();
    std::fs::create_dir(path("policy.d")).unwrap();
    std::fs::write(path("policy.d/b.yaml"), "x: '!'\n").unwrap();
    std::fs::write(path("policy.d/.hidden"), "x: '@'\n").unwrap();
    let locations = Locations {
        file: path("policy.yaml"),
        directories: vec![path("policy.d")],
    };
    let policies = Policies::load(locations.clone(), DECLARED, "default", remote()).unwrap();
    let (caller, none) = (dict(CALLER), Target::default());
    assert!(policies.allows("executions:create", &none, &caller).await);
    assert!(
        !policies.allows("x", &none, &caller).await && !policies.allows("workflows:publicize", &none, &caller).await
    );

    std::fs::write(path("policy.yaml"), "executions:create: '!'\n").unwrap();
    std::fs::remove_file(path("policy.d/b.yaml")).unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(1_050)).await;
    assert!(!policies.allows("executions:create", &none, &caller).await);

    std::fs::write(path("policy.yaml"), "a: rule:b\nb: rule:a\n").unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(1_050)).await;
    assert!(
        !policies.allows("executions:create", &none, &caller).await,
        "the old rules stay"
    );
    assert!(matches!(
        Policies::load(locations, DECLARED, "default", remote()),
        Err(Error::Circle(_))
    ));
}

#[tokio::test]
async fn another_server_may_decide() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async move {
        let mut asked = Vec::new();
        for answer in ["True", "False"] {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut buffer = vec![0; 8192];
            let mut text = String::new();
            while !text.ends_with('}') {
                let count = stream.read(&mut buffer).await.unwrap();
                text.push_str(std::str::from_utf8(&buffer[..count]).unwrap());
            }
            asked.push(text);
            let length = answer.len();
            let reply = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{answer}");
            stream.write_all(reply.as_bytes()).await.unwrap();
        }
        asked
    });
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("policy.yaml");
    let text = format!("x: \"@ and not http://{address}/ask/%(name)s\"\ny: \"! and http://{address}/\"\n");
    std::fs::write(&file, text).unwrap();
    let locations = Locations {
        file,
        directories: Vec::new(),
    };
    let policies = Policies::load(locations, DECLARED, "default", remote()).unwrap();
    let target = Target::default().with("name", "n");
    assert!(!policies.allows("x", &target, &dict(CALLER)).await);
    assert!(policies.allows("x", &target, &dict(CALLER)).await);
    assert!(
        !policies.allows("y", &target, &dict(CALLER)).await,
        "not asked where it cannot matter"
    );
    let asked = server.await.unwrap();
    assert!(
        asked[0].starts_with("POST /ask/n ") && asked[0].contains(r#""rule":"x""#),
        "{}",
        asked[0]
    );
}

/// tests/identity/policy_cases.py has made the cases with the real oslo.policy; `POLICY_CASES` names another file of it.
#[test]
fn decides_as_oslo_policy_does() {
    let recorded = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/policy/cases.jsonl");
    let file = std::env::var_os("POLICY_CASES").map_or(recorded, std::path::PathBuf::from);
    let text = std::fs::read_to_string(&file).unwrap();
    let (mut count, mut different) = (0, Vec::new());
    for line in text.lines() {
        let case = value(line);
        let mut rules = Rules {
            rules: HashMap::new(),
            texts: BTreeMap::new(),
            default: "default".into(),
        };
        for (name, written) in case.get("rules").and_then(Value::as_dict).unwrap() {
            rules.put(name, written);
        }
        let caller = case.get("caller").and_then(Value::as_dict).unwrap();
        let allowed = decide(&rules, "a", caller, &json::to_string(case.get("target").unwrap()));
        count += 1;
        if Some(allowed) != case.get("allowed").and_then(Value::as_bool) {
            different.push(line);
        }
    }
    assert!(count >= 400);
    assert!(
        different.is_empty(),
        "{} of {count} differ:\n{}",
        different.len(),
        different.join("\n")
    );
}
