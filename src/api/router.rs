//! The routes: every path that a resource declares, and what its methods lead to.

use std::sync::OnceLock;

use http::Method;
use indexmap::IndexMap;

use super::error::Error;
use super::operation::{Operation, Verb};
use super::v2::RESOURCES;

const HEALTH: &str = "/healthcheck";

/// Paths that exist without any method of their own, with their `Allow`.
const WITHOUT_METHODS: [(&str, &str); 2] = [
    ("/v2/executions/{id}/tasks/{surplus}", "GET"),
    ("/v2/tasks/{id}/workflow_executions/{surplus}", "GET"),
];

/// A path and what its methods lead to, in the order of `Allow`.
#[derive(Debug)]
pub struct Route {
    pub path: &'static str,
    pub operations: Vec<&'static Operation>,
    /// `Allow` of paths that exist without any method of their own.
    allow: Option<&'static str>,
}

impl Route {
    /// What the method leads to.
    pub fn operation(&self, method: &Method) -> Result<&'static Operation, Error> {
        // Load balancers ask for the health with HEAD; upstream's page of versions answers to every method.
        let name = if self.path == "/" || *method == Method::HEAD && self.path == HEALTH {
            Verb::Get.name()
        } else {
            method.as_str()
        };
        let found = self.operations.iter().find(|operation| operation.verb.name() == name);
        found.copied().ok_or_else(|| Error::method_not_allowed(self.allow()))
    }

    /// Whether upstream serves the path by accident.
    pub fn is_accident(&self) -> bool {
        !self.operations.is_empty() && self.operations.iter().all(|operation| operation.is_accident())
    }

    fn allow(&self) -> String {
        match self.allow {
            Some(allow) => allow.to_owned(),
            None => self
                .operations
                .iter()
                .map(|operation| operation.verb.name())
                .collect::<Vec<_>>()
                .join(", "),
        }
    }
}

/// All routes, in the order in which the resources declare them.
pub fn routes() -> &'static [Route] {
    static ROUTES: OnceLock<Vec<Route>> = OnceLock::new();
    ROUTES.get_or_init(|| {
        let mut routes: IndexMap<&'static str, Route> = IndexMap::new();
        let empty = |path, allow| Route {
            path,
            operations: Vec::new(),
            allow,
        };
        for operation in RESOURCES.iter().flat_map(|resource| resource.operations) {
            let route = routes
                .entry(operation.path)
                .or_insert_with(|| empty(operation.path, None));
            route.operations.push(operation);
        }
        for (path, allow) in WITHOUT_METHODS {
            routes.insert(path, empty(path, Some(allow)));
        }
        let mut routes: Vec<Route> = routes.into_values().collect();
        for route in &mut routes {
            route.operations.sort_by_key(|operation| operation.verb.name());
        }
        routes
    })
}

/// A route found, with the open segments of the path.
#[derive(Debug)]
pub struct Match {
    pub route: &'static Route,
    pub segments: Vec<String>,
}

/// Parameters that segments of a path stand in for.
const STAND_INS: [&str; 6] = [
    "fields",
    "namespace",
    "errors_only",
    "max_depth",
    "include_output",
    "statistics_only",
];

impl Match {
    /// Parameters whose place a segment of the path takes by accident.
    pub fn accidental_parameters(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let is_accident = self.route.is_accident();
        let names = self
            .route
            .path
            .split('/')
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
        names
            .zip(&self.segments)
            .filter(move |(name, _)| is_accident && STAND_INS.contains(name))
            .map(|(name, segment)| (name, segment.as_str()))
    }
}

/// Finds the route of a path. One trailing slash does not count.
///
/// # Errors
/// 404 for unknown paths, 400 for segments that are no UTF-8.
pub fn find(path: &str) -> Result<Match, Error> {
    let trimmed = match path.strip_suffix('/') {
        Some("") => "/",
        Some(trimmed) if !trimmed.ends_with('/') => trimmed,
        _ => path,
    };
    let found = matcher().at(trimmed).map_err(|_| not_found())?;
    let segments = found
        .params
        .iter()
        .map(|(_, raw)| decode_segment(raw))
        .collect::<Result<_, _>>()?;
    Ok(Match {
        route: found.value,
        segments,
    })
}

/// The answer for a path that leads nowhere.
pub fn not_found() -> Error {
    Error::router(http::StatusCode::NOT_FOUND, None)
}

fn matcher() -> &'static matchit::Router<&'static Route> {
    static MATCHER: OnceLock<matchit::Router<&'static Route>> = OnceLock::new();
    MATCHER.get_or_init(|| {
        let mut router = matchit::Router::new();
        for route in routes() {
            if let Err(error) = router.insert(route.path, route) {
                // Only a mistake in the table above can lead here; a test looks up every route.
                tracing::error!("route {} is unreachable: {error}", route.path);
            }
        }
        router
    })
}

/// Percent-decoding of one segment. An encoded slash stays as it is: it is no part of a name.
fn decode_segment(raw: &str) -> Result<String, Error> {
    let bytes = raw.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = |i: usize| bytes.get(i).and_then(|b| char::from(*b).to_digit(16));
        match (bytes[at], hex(at + 1), hex(at + 2)) {
            (b'%', Some(2), Some(15)) => decoded.push(b'%'),
            (b'%', Some(high), Some(low)) => {
                decoded.push((high * 16 + low) as u8);
                at += 2;
            }
            (b, _, _) => decoded.push(b),
        }
        at += 1;
    }
    let text = String::from_utf8(decoded).map_err(|_| Error::undecodable())?;
    if text.contains('\0') {
        Err(Error::undecodable())
    } else {
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Run;

    #[test]
    fn every_route_can_be_reached() {
        for route in routes() {
            let path = route.path.replace('*', "").replace('{', "a").replace('}', "b");
            let found = find(&path).unwrap();
            assert_eq!(found.route.path, route.path);
            assert_eq!(found.segments.len(), route.path.matches('{').count());
            let distinct = route.operations.windows(2).all(|w| w[0].verb.name() < w[1].verb.name());
            assert!(distinct, "{} has a method twice", route.path);
        }
    }

    #[test]
    fn segments_are_decoded() {
        assert_eq!(find("/v2/workflows/a%20b").unwrap().segments, ["a b"]);
        assert_eq!(find("/v2/workflows/a%2Fb").unwrap().segments, ["a%2Fb"]);
        assert_eq!(find("/v2/actions/std.echo/").unwrap().segments, ["std.echo"]);
        assert_eq!(find("/v2/workflows/%ff").unwrap_err().status, 400);
        for path in [
            "/v2/foo",
            "/v2/workflows.json",
            "/v2/services",
            "/v2/workflows/a/b/c",
            "//",
            "/v3",
        ] {
            assert_eq!(find(path).unwrap_err().status, 404, "{path}");
        }
    }

    #[test]
    fn allow_lists_what_the_resource_has() {
        let route = find("/v2/tasks/x").unwrap().route;
        let error = route.operation(&Method::PATCH).unwrap_err();
        assert!(matches!(error.shape, crate::error::Shape::Router { allow: Some(a), .. } if a == "GET, PUT"));
        let deletion = find("/v2/workflows").unwrap().route.operation(&Method::DELETE).unwrap();
        assert!(matches!(deletion.run, Run::Missing("identifier")));
    }
}
