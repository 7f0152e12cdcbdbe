//! Actions.

use crate::config::section::section;

section! {
    /// `[action_std_http]`: what std.http may reach.
    ActionStdHttp {
        /// Hosts that may be called; empty = all.
        allowed_hosts: Vec<String> = Vec::new();
        /// Networks that may not be called.
        denied_cidrs: Vec<String> = ["127.0.0.0/8", "::1/128", "169.254.0.0/16", "fe80::/10"].map(String::from).to_vec();
        /// Seconds until a connection must stand and until data must come, for calls without a timeout; 0 = no limit.
        default_timeout: u64 = 60;
        /// Largest answer in bytes; 0 = no limit.
        max_response_size_bytes: u64 = 5_242_880;
    }
}

section! {
    /// `[action_logging]`: what of std.http calls is logged.
    ActionLogging {
        /// Do not log answers.
        hide_response_body: bool = false;
        /// Do not log what is sent.
        hide_request_body: bool = false;
        /// Headers that are not logged.
        sensitive_headers: Vec<String> = Vec::new();
    }
}

section! {
    /// `[action_providers]`: sources of actions.
    ActionProviders {
        /// Patterns of provider names to use. Not empty: it alone decides.
        allowlist: Vec<String> = Vec::new();
        /// Patterns of provider names not to use.
        denylist: Vec<String> = Vec::new();
    }
}

section! {
    /// `[legacy_action_provider]`: the standard actions.
    LegacyActionProvider {
        /// Offer actions of plug-ins.
        load_action_plugins: bool = true;
        /// Offer generated actions, such as those of OpenStack.
        load_action_generators: bool = true;
        /// Offer nothing but the std. actions.
        only_builtin_actions: bool = false;
        /// Patterns of action names to offer. Not empty: it alone decides.
        allowlist: Vec<String> = Vec::new();
        /// Patterns of action names not to offer.
        denylist: Vec<String> = Vec::new();
    }
}

section! {
    /// `[openstack_actions]`: actions that call OpenStack services.
    OpenstackActions {
        /// Endpoints of the catalog to use: public, internal, admin.
        os_actions_endpoint_type: String = "public".to_owned();
        /// Modules whose actions take the parameter action_region.
        modules_support_region: Vec<String> = [
            "nova", "glance", "heat", "neutron", "cinder", "trove", "ironic", "designate", "swift", "aodh", "gnocchi",
        ].map(String::from).to_vec();
        /// Region for calls that name none.
        default_region: Option<String> = None;
    }
}
