//! Who may do what.

use std::path::PathBuf;

use crate::section::section;
use crate::value::{Repeated, Secret, choice};

choice! {
    /// `[oslo_policy] remote_content_type`.
    RemoteContentType { Form = "application/x-www-form-urlencoded", Json = "application/json" }
}

section! {
    /// `[keystone_authtoken]`: validation of tokens, and the service's own account.
    KeystoneAuthtoken {
        /// Keystone's public URL, told to clients and given to actions.
        www_authenticate_uri: Option<String> = None, was = "auth_uri";
        /// Keystone's URL that the service itself uses.
        auth_url: Option<String> = None;
        /// Kind of the service's credentials: password, v3password, v3applicationcredential.
        auth_type: Option<String> = None, was = "auth_plugin";
        /// Section that holds the credentials instead of this one.
        auth_section: Option<String> = None;
        /// Service user.
        username: Option<String> = None, was = "user_name";
        /// Id of the service user, instead of a name.
        user_id: Option<String> = None;
        /// Password of the service user.
        password: Option<Secret> = None, secret = true;
        /// Domain of the service user, by name.
        user_domain_name: Option<String> = None;
        /// Domain of the service user, by id.
        user_domain_id: Option<String> = None;
        /// Project of the service user, by name.
        project_name: Option<String> = None, was = "tenant_name";
        /// Project of the service user, by id.
        project_id: Option<String> = None, was = "tenant_id";
        /// Domain of the project, by name.
        project_domain_name: Option<String> = None;
        /// Domain of the project, by id.
        project_domain_id: Option<String> = None;
        /// Domain for users and projects that name none, by name.
        default_domain_name: Option<String> = None;
        /// Domain for users and projects that name none, by id.
        default_domain_id: Option<String> = None;
        /// Scope of the service's token: all, for a system scope.
        system_scope: Option<String> = None;
        /// Trust the service user acts under.
        trust_id: Option<String> = None;
        /// Application credential, by id.
        application_credential_id: Option<String> = None;
        /// Application credential, by name.
        application_credential_name: Option<String> = None;
        /// Secret of the application credential.
        application_credential_secret: Option<Secret> = None, secret = true;
        /// Service user of very old files.
        admin_user: Option<String> = None, deprecated = "use username";
        /// Password of very old files.
        admin_password: Option<Secret> = None, secret = true, deprecated = "use password";
        /// Project of very old files.
        admin_tenant_name: Option<String> = None, deprecated = "use project_name";
        /// Service type a token must be allowed for by its access rules.
        service_type: Option<String> = None;
        /// Seconds until a connection to Keystone must stand.
        http_connect_timeout: Option<u64> = None;
        /// Attempts to reach Keystone.
        http_request_max_retries: u32 = 3;
        /// Client certificate, PEM.
        certfile: Option<PathBuf> = None;
        /// Key of the client certificate, PEM.
        keyfile: Option<PathBuf> = None;
        /// Authorities to trust, PEM. Unset: those of the system.
        cafile: Option<PathBuf> = None;
        /// Do not check Keystone's certificate.
        insecure: bool = false;
        /// Seconds a validated token is believed; -1 = validate every time.
        token_cache_time: i64 = 300, min = -1.0;
        /// Give the service catalog to actions.
        include_service_catalog: bool = true;
        /// Roles, one of which a service token must have.
        service_token_roles: Vec<String> = vec!["service".to_owned()];
        /// Refuse service tokens without one of these roles.
        service_token_roles_required: bool = true;
    }
}

section! {
    /// `[keystone]`: the client that makes, uses and ends trusts. What is unset is taken from [keystone_authtoken].
    Keystone {
        /// Authorities to trust, PEM.
        cafile: Option<PathBuf> = None;
        /// Client certificate, PEM.
        certfile: Option<PathBuf> = None;
        /// Key of the client certificate, PEM.
        keyfile: Option<PathBuf> = None;
        /// Do not check Keystone's certificate.
        insecure: bool = false;
        /// Seconds until a request must be answered.
        timeout: Option<u64> = None;
    }
}

section! {
    /// `[keycloak_oidc]`: tokens of Keycloak.
    KeycloakOidc {
        /// Keycloak's URL, e.g. https://host/auth.
        auth_url: Option<String> = None;
        /// Client certificate, PEM.
        certfile: Option<PathBuf> = None;
        /// Key of the client certificate, PEM.
        keyfile: Option<PathBuf> = None;
        /// Authorities to trust, PEM.
        cafile: Option<PathBuf> = None;
        /// Do not check Keycloak's certificate.
        insecure: bool = false;
        /// Where tokens are checked: an absolute URL is asked for every token; a path makes the server check signatures itself.
        user_info_endpoint_url: String = "/realms/%s/protocol/openid-connect/userinfo".to_owned();
        /// Path of the realm's public keys.
        public_cert_url: String = "/realms/%s/protocol/openid-connect/certs".to_owned();
        /// Issuer that tokens must name; %s = the realm.
        keycloak_iss: Option<String> = None;
        /// Whom tokens must be meant for: one of these. Empty: anybody, as upstream.
        audience: Vec<String> = Vec::new();
    }
}

section! {
    /// `[oidc]`: tokens of any provider of OpenID Connect, for `[DEFAULT] auth_type = oidc`.
    Oidc {
        /// The issuer that tokens must name; its discovery document tells where its keys are.
        issuer: Option<String> = None;
        /// Where its keys are, if it has no discovery document.
        jwks_uri: Option<String> = None;
        /// Whom tokens must be meant for: one of these.
        audience: Vec<String> = Vec::new();
        /// Algorithms of signatures that are accepted.
        algorithms: Vec<String> = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384"].map(String::from).to_vec();
        /// Claim with the project; dots lead into members.
        project_claim: String = "project".to_owned();
        /// Claim with the id of the user.
        user_claim: String = "sub".to_owned();
        /// Claim with the name of the user.
        user_name_claim: String = "preferred_username".to_owned();
        /// Claim with the roles: a list, or names separated by spaces.
        roles_claim: String = "roles".to_owned();
        /// Authorities to trust, PEM. Unset: those of the system.
        cafile: Option<PathBuf> = None;
        /// Client certificate, PEM.
        certfile: Option<PathBuf> = None;
        /// Key of the client certificate, PEM.
        keyfile: Option<PathBuf> = None;
        /// Do not check the provider's certificate.
        insecure: bool = false;
    }
}

section! {
    /// `[tokens]`: tokens in a file, for `[DEFAULT] auth_type = tokens`.
    Tokens {
        /// The file that `mistral-db-manage token` writes. It is read again when it changes.
        file: Option<PathBuf> = None;
    }
}

section! {
    /// `[security_context]`: what actions may act with in the name of whoever started them.
    SecurityContext {
        /// Keys that callers' tokens are encrypted with in the database: 32 bytes in Base64 (openssl rand -base64 32), the same in all
        /// processes. Several are separated by commas: the first encrypts, all decrypt. Unset: a key that each process makes
        /// for itself, so that other processes, and the same one after a restart, find no token.
        keys: Option<Secret> = None, secret = true;
    }
}

section! {
    /// `[oslo_policy]`: rules.
    OsloPolicy {
        /// File of rules that replace the built-in ones.
        policy_file: PathBuf = PathBuf::from("policy.yaml");
        /// Directories of further rule files. May be given several times.
        policy_dirs: Repeated = Repeated(vec!["policy.d".to_owned()]);
        /// The rule for what has none.
        policy_default_rule: String = "default".to_owned();
        /// Form in which http: checks send what they know.
        remote_content_type: RemoteContentType = RemoteContentType::Form;
        /// Check the certificate of the server that http: checks ask.
        remote_ssl_verify_server_crt: bool = false;
        /// Authorities to trust for it, PEM.
        remote_ssl_ca_crt_file: Option<PathBuf> = None;
        /// Client certificate for it, PEM.
        remote_ssl_client_crt_file: Option<PathBuf> = None;
        /// Key of that certificate, PEM.
        remote_ssl_client_key_file: Option<PathBuf> = None;
        /// Seconds until it must answer.
        remote_timeout: f64 = 60.0, min = 0.0;
    }
}
