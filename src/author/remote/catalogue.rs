//! What a service offers, for diagnostics and completion.

use mistral_lint::Catalogue;

use super::Service;
use super::failure::text;

/// The actions and workflows of a service, which are all that there are.
///
/// # Errors
/// What the service says.
pub(crate) async fn of(service: &Service) -> anyhow::Result<Catalogue> {
    let mut catalogue = Catalogue {
        complete: true,
        knows_workflows: true,
        ..Catalogue::default()
    };
    for action in service.list("actions", "fields=id,name,input,description").await? {
        catalogue.add_action(
            text(&action, "name"),
            text(&action, "input"),
            text(&action, "description"),
        );
    }
    for workflow in service.list("workflows", "fields=id,name,input").await? {
        catalogue.add_workflow(text(&workflow, "name"), text(&workflow, "input"));
    }
    Ok(catalogue)
}
