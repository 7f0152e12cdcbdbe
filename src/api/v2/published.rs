//! What an execution has published globally, found in its context.

use std::borrow::Cow;

use mistral_model::{Dict, json};
use serde::Deserializer;
use serde::de::{Error, IgnoredAny, MapAccess, Visitor};

/// Names in a context that are not the engine's own. Most contexts hold nothing else and are not parsed.
pub(super) fn published_names(context: &str) -> Option<Dict> {
    let own = context
        .strip_prefix("{\"__execution\":")
        .is_some_and(|rest| rest.matches('"').count() == 4);
    if context == "{}" || own || has_only_own(context) {
        return None;
    }
    let mut members = json::parse(context.as_bytes()).ok()?.into_dict()?;
    members.retain(|name, _| !is_own(name));
    (!members.is_empty()).then_some(members)
}

fn is_own(name: &str) -> bool {
    matches!(name, "__execution" | "openstack")
}

/// Whether a context has no names but the engine's own. Its text is only walked over: with Keystone it has the catalog of the caller's
/// token, and making values of that was a third of what `GET` of an execution took (16 of 57 µs).
fn has_only_own(context: &str) -> bool {
    struct OwnNames;
    impl<'de> Visitor<'de> for OwnNames {
        type Value = ();

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a context with names of the engine's own")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
            while let Some((name, _)) = members.next_entry::<Cow<'_, str>, IgnoredAny>()? {
                if !is_own(&name) {
                    return Err(A::Error::custom("somebody else's name"));
                }
            }
            Ok(())
        }
    }
    serde_json::Deserializer::from_str(context)
        .deserialize_map(OwnNames)
        .is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contexts_without_published_variables() {
        let own = r#"{"__execution":{"id":"0f8fad5b-d9cb-469f-a165-70867728950e"}}"#;
        assert!(published_names("{}").is_none() && published_names(own).is_none());
        let names = published_names(r#"{"__execution":{"id":"x"},"g":1}"#).unwrap();
        assert_eq!(names.keys().map(|k| &**k).collect::<Vec<_>>(), ["g"]);
        assert_eq!(published_names(r#"{"a":"b","c":"d"}"#).unwrap().len(), 2);
        let authenticated =
            r#"{"openstack":{"project_id":"p","service_catalog":"[{\"type\":\"x\"}]"},"__execution":{"id":"x"}"#;
        assert!(published_names(&format!("{authenticated}}}")).is_none());
        let names = published_names(&format!("{authenticated},\"g\":NaN}}")).unwrap();
        assert_eq!(names.len(), 1, "what only Python writes is read too");
        assert_eq!(published_names(r#"{"a":{"b":"c"}}"#).map(|n| n.len()), Some(1));
    }
}
