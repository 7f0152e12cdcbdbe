//! Options of the configuration by what they do: each is set, and its effect is seen from outside. Those of identity, actions, triggers
//! and workers are shown where these are tested; [`named`] holds that none is forgotten.

mod cluster;
mod logs;
mod named;
mod policy;
