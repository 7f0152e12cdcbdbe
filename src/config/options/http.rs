//! The HTTP front.

use std::path::PathBuf;

use crate::section::section;
use crate::value::{Secret, choice};

choice! {
    /// `[api] validation_mode`: whether definitions are checked when they are uploaded.
    ValidationMode { Mandatory = "mandatory", Enabled = "enabled", Disabled = "disabled" }
}

choice! {
    /// `[ssl] client_certificates`.
    ClientCertificates { None = "none", Optional = "optional", Required = "required" }
}

section! {
    /// `[quota]`: what one project may use. Unset: without limit.
    Quota {
        /// Requests per second of a project to one process of the API; more get 429.
        requests_per_second: Option<f64> = None, min = 0.001;
        /// Executions of a project that have not ended, sub-workflows not counted; a start beyond them gets 429. Counted by the API;
        /// what triggers start is counted within half a minute, and never refused.
        open_executions: Option<u32> = None, min = 1.0;
        /// Workflows, workbooks, actions and environments that a project may have; what would exceed them gets 403.
        definitions: Option<u32> = None;
        /// Executions and single actions that a project may start per second at one process of the API; more get 429.
        starts_per_second: Option<f64> = None, min = 0.001;
    }
}

section! {
    /// `[api]`: the REST API.
    Api {
        /// Address the API listens on. As long as it is unset and nothing checks who the client is, that is 127.0.0.1.
        /// Setting it is how an operator opens such a service to the network.
        host: String = "0.0.0.0".to_owned();
        /// Names by which clients may call the API while nothing checks who they are; * = any. Addresses, localhost and host are
        /// always among them. Requests for another name get 403: a page in a browser can have a name of its own resolved to
        /// this machine.
        allowed_hosts: Vec<String> = Vec::new();
        /// Port the API listens on.
        port: u16 = 8989;
        /// Largest page of a list; also the size when a request gives none.
        max_limit: u32 = 1000, min = 1.0;
        /// Seconds a list may take in the database. One that takes longer is cancelled there and answered with 503.
        list_timeout: f64 = 10.0, min = 0.1;
        /// Members of inputs by which executions can be found at once (input.<name>= in lists). Each costs two index entries for
        /// every execution that begins with such a member; values of more than 128 bytes are not indexed. Processes with the engine
        /// role write them, those with the api role read them: set it for both.
        indexed_inputs: Vec<String> = Vec::new();
        /// Allow action executions to be deleted.
        allow_action_execution_deletion: bool = false;
        /// Serve HTTPS, with the certificate and key of [ssl].
        enable_ssl_api: bool = false;
        /// Threads of the server's runtime. Unset: one per processor.
        api_workers: Option<u32> = None, min = 1.0, max = 1024.0;
        /// Check definitions when they are uploaded: always, unless the client skips it, or never.
        validation_mode: ValidationMode = ValidationMode::Mandatory;
        /// Serve the JSON file of info_json_file_path under /info.
        enable_info_endpoint: bool = false;
        /// The file of /info.
        info_json_file_path: PathBuf = PathBuf::from("info.json");
        /// Largest request body in bytes; larger ones get 413.
        max_request_body_size: u64 = 16 << 20, min = 1024.0;
        /// Bytes of a document of workflows or actions, or of a workbook; 0 = no limit of its own.
        document_max_size: u64 = 4 << 20;
        /// Workflows and actions that one document may define; 0 = no limit.
        document_max_definitions: u32 = 2_000;
        /// Tasks of all workflows of one document; 0 = no limit.
        document_max_tasks: u32 = 20_000;
        /// Expressions of one document; 0 = no limit.
        document_max_expressions: u32 = 50_000;
        /// Connections served at the same time.
        max_connections: u32 = 10_000, min = 1.0;
        /// Seconds a client may take to send the head of a request, and an idle connection is kept.
        keep_alive_timeout: f64 = 75.0, min = 1.0;
    }
}

section! {
    /// `[pecan]`: the one option of this section that still means something.
    Pecan {
        /// Check who the client is, and keep projects apart. Unset: when there is something to check with, i.e. a URL in
        /// [keystone_authtoken], [keycloak_oidc] or [oidc], or a file in [tokens]. Without, the API listens on 127.0.0.1 only,
        /// unless [api] host is set.
        auth_enable: Option<bool> = None;
        /// Roles whose owners are administrators: they see and change what belongs to other projects. Exact names.
        admin_roles: Vec<String> = vec!["admin".to_owned()];
        /// Roles of every caller while nobody is authenticated. Unset: those that the caller claims in X-Roles.
        anonymous_roles: Option<String> = None;
    }
}

section! {
    /// `[ssl]`: certificate of the API.
    Ssl {
        /// Certificate chain, PEM.
        cert_file: Option<PathBuf> = None;
        /// Private key, PEM.
        key_file: Option<PathBuf> = None;
        /// Authorities of client certificates, PEM.
        ca_file: Option<PathBuf> = None;
        /// Ask clients for certificates of ca_file: never, of those who have one, of all.
        client_certificates: ClientCertificates = ClientCertificates::None;
    }
}

section! {
    /// `[cors]`: cross-origin requests.
    Cors {
        /// Origins whose pages may change things, each as sent in the Origin header; * = all. Browsers' requests of other
        /// origins, except those that only read, get 403.
        allowed_origin: Vec<String> = Vec::new();
        /// Allow requests with credentials.
        allow_credentials: bool = true;
        /// Answer headers that scripts may read.
        expose_headers: Vec<String> = [
            "X-Auth-Token", "X-Subject-Token", "X-Service-Token", "X-Project-Id", "X-User-Name", "X-Project-Name",
        ].map(String::from).to_vec();
        /// Seconds a browser may remember the answer to a preflight request.
        max_age: u64 = 3600;
        /// Methods that scripts may use.
        allow_methods: Vec<String> = ["GET", "PUT", "POST", "DELETE", "PATCH"].map(String::from).to_vec();
        /// Request headers that scripts may send.
        allow_headers: Vec<String> = [
            "X-Auth-Token", "X-Identity-Status", "X-Roles", "X-Service-Catalog", "X-User-Id", "X-Tenant-Id",
            "X-Project-Id", "X-User-Name", "X-Project-Name",
        ].map(String::from).to_vec();
    }
}

section! {
    /// `[oslo_middleware]`: running behind a proxy.
    OsloMiddleware {
        /// Believe Forwarded and X-Forwarded-* headers of a proxy in front.
        enable_proxy_headers_parsing: bool = false;
    }
}

section! {
    /// `[healthcheck]`: the /healthcheck resource.
    Healthcheck {
        /// Serve /healthcheck.
        enabled: bool = false;
        /// Checks to make: disable_by_file, disable_by_files_ports, enable_by_files.
        backends: Vec<String> = Vec::new();
        /// Networks whose clients may ask; empty = all.
        allowed_source_ranges: Vec<String> = Vec::new();
        /// While this file exists the answer is 503.
        disable_by_file_path: Option<PathBuf> = None;
        /// While such a file exists (each as port:path) the answer is 503.
        disable_by_file_paths: Vec<String> = Vec::new();
        /// While none of these files exists the answer is 503.
        enable_by_file_paths: Vec<String> = Vec::new();
    }
}

section! {
    /// `[console]`: the web console.
    Console {
        /// Serve the web console under /console/, in processes with the api role.
        enabled: bool = true;
        /// Path under which a proxy serves this service to browsers, such as /mistral: the console is at /mistral/console/ then, and asks
        /// /mistral/v2/. The proxy may cut it off requests or leave it there. Empty: none.
        base_path: String = String::new();
        /// Origins whose pages may show the console in a frame, such as https://horizon.example.org, or self. Empty: none.
        frame_ancestors: Vec<String> = Vec::new();
        /// Let the console show everything and do nothing. The API is not concerned: what callers may do there is the policy's matter.
        read_only: bool = false;
        /// The same for callers with one of these roles.
        read_only_roles: Vec<String> = Vec::new();
        /// Executions or tasks a second that a bulk operation deals with.
        bulk_rate: u32 = 500, min = 1.0, max = 100000.0;
        /// Consoles elsewhere, each as name=https://address: readers go from one to the other with the page they look at. Nothing is
        /// asked of them.
        regions: Vec<String> = Vec::new();
        /// Sites whose pages may sign a reader in by handing over a token (POST /console/login/token), such as
        /// https://horizon.example.org. Whoever controls one of them can sign readers in as anybody.
        trusted_origins: Vec<String> = Vec::new();
        /// The console as a client of the provider of OpenID Connect ([oidc], [keycloak_oidc]): people sign in on its pages. The address to
        /// send them back to is /console/login/oidc/callback. Unset: they bring a token.
        oidc_client_id: Option<String> = None;
        /// The secret of that client, if it is a confidential one.
        oidc_client_secret: Option<Secret> = None, secret = true;
        /// What is asked for, separated by spaces.
        oidc_scopes: String = "openid".to_owned();
    }
}

impl Console {
    /// What is wrong with `base_path`, if something is: it stands in pages and in links.
    pub(crate) fn base_path_fault(&self) -> Option<&'static str> {
        let path = self.base_path.as_str();
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~%".contains(&byte);
        let is_own = ["/console", "/docs", "/v2"].iter().any(|own| {
            path.strip_prefix(own)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        if path.is_empty() {
            None
        } else if !path.starts_with('/') || path.ends_with('/') || path.contains("//") {
            Some("begins with a slash, ends with none, and has no two in a row")
        } else if !path.bytes().all(is_plain) {
            Some("holds letters, digits and -._~% only")
        } else if is_own {
            Some("must not be a path of the service itself")
        } else {
            None
        }
    }

    /// Entries of `frame_ancestors` that are no origins.
    pub(crate) fn wrong_ancestors(&self) -> impl Iterator<Item = &str> {
        let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b".-:*[]".contains(&byte);
        let all = self.frame_ancestors.iter().map(String::as_str);
        all.filter(move |entry| {
            let host = entry.strip_prefix("https://").or_else(|| entry.strip_prefix("http://"));
            !is_self(entry) && !host.is_some_and(|host| !host.is_empty() && host.bytes().all(is_host))
        })
    }

    /// `frame_ancestors` as the content security policy names them.
    pub fn frame_ancestors(&self) -> Vec<String> {
        let all = self.frame_ancestors.iter();
        all.map(|entry| {
            if is_self(entry) {
                "'self'".to_owned()
            } else {
                entry.clone()
            }
        })
        .collect()
    }

    /// Names and addresses of `regions`; entries that are none are left out ([`crate::Config`] has told of them).
    pub fn regions(&self) -> Vec<(String, String)> {
        let named = self.regions.iter().filter_map(|entry| entry.split_once('='));
        let named = named.map(|(name, url)| (name.trim().to_owned(), url.trim().trim_end_matches('/').to_owned()));
        named
            .filter(|(name, url)| !name.is_empty() && (url.starts_with("https://") || url.starts_with("http://")))
            .collect()
    }
}

/// The console's own origin among `frame_ancestors`.
fn is_self(entry: &str) -> bool {
    matches!(entry, "self" | "'self'")
}

section! {
    /// `[profiler]`: traces of requests that carry osprofiler headers, in the log under the target profiler_trace.
    Profiler {
        /// Write traces.
        enabled: bool = false;
        /// Keys, separated by commas, one of which must have signed the headers.
        hmac_keys: Secret = Secret::new("SECRET_KEY"), secret = true;
    }
}
