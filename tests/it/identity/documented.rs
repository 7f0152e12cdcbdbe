//! Each configuration of docs/identity.md starts a server, which does what the page says.

use std::path::Path;

use crate::support::database::Database;
use crate::support::deployment::Deployment;
use crate::support::process::Workspace;

/// The configurations of the page, in its order.
fn configurations() -> Vec<String> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/identity.md");
    let page = std::fs::read_to_string(page).unwrap();
    let blocks = page.split("```ini\n").skip(1);
    blocks
        .map(|rest| rest.split("```").next().unwrap().to_owned())
        .collect()
}

#[test]
fn each_configuration_starts_a_server() {
    let workspace = Workspace::create();
    let certificate = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let pem = workspace.write("api.pem", &certificate.cert.pem());
    let key = workspace.write("api.key", &certificate.signing_key.serialize_pem());
    let tokens = workspace.write("tokens", "");
    let database = Database::create();
    let all = configurations();
    assert!(all.len() >= 7, "{all:#?}");
    for text in all {
        let text = text
            .replace("/etc/mistral/api.pem", &pem.display().to_string())
            .replace("/etc/mistral/api.key", &key.display().to_string())
            .replace("/etc/mistral/tokens", &tokens.display().to_string())
            // As the tests that wait for a server look for it.
            .replace("enable_ssl_api = True", "enable_ssl_api = true");
        let asks = ["auth_type", "[keystone_authtoken]"]
            .iter()
            .any(|part| text.contains(part));
        let settings = format!("[pecan]\nauth_enable = {asks}\n{text}");
        let deployment = Deployment::start(&database, &[("all", "all")], &settings);
        if !text.contains("enable_ssl_api") {
            let status = deployment.client().get("/v2/workflows").unwrap().status;
            assert_eq!(status, if asks { 401 } else { 200 }, "{text}");
        }
        assert!(
            !deployment.processes[0].log().contains(" WARNING mistral_config"),
            "{text}"
        );
    }
}
