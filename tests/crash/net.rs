//! Places on a network: every process in a network namespace of its own, with one cable to the machine. A cut is a wrong hardware
//! address for the neighbour: packets are sent and thrown away, and nobody is told. Needs root and iproute2.

use std::net::Ipv4Addr;
use std::process::Command;

/// A hardware address that nobody has.
const NOBODY: &str = "02:00:00:00:de:ad";

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Direction {
    Both,
    /// What the process sends to the database is lost.
    Out,
    /// What the database sends to the process is lost.
    In,
}

pub(crate) fn ip(arguments: &str) -> Result<(), String> {
    match Command::new("ip").args(arguments.split_whitespace()).output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(format!(
            "ip {arguments}: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        )),
        Err(error) => Err(format!("ip {arguments}: {error}")),
    }
}

/// A namespace with one cable to the machine. Two networks run on it: one to the database, and one to everything else.
pub(crate) struct Place {
    pub name: String,
    number: u8,
    subnet: u8,
}

impl Place {
    pub(crate) fn create(number: u8, subnet: u8) -> Result<Place, String> {
        let place = Place {
            name: format!("mistral-{}-{subnet}-{number}", std::process::id()),
            number,
            subnet,
        };
        ip(&format!("netns add {}", place.name))?;
        let (near, far, name) = (place.near(), place.far(), &place.name);
        ip(&format!("link add {near} type veth peer name {far} netns {name}"))?;
        ip(&format!("addr add {}/32 dev {near}", place.database()))?;
        ip(&format!("addr add {}/32 dev {near}", place.gateway()))?;
        ip(&format!("link set {near} up"))?;
        ip(&format!(
            "route add {} dev {near} src {}",
            place.address(),
            place.database()
        ))?;
        ip(&format!(
            "route add {} dev {near} src {}",
            place.front(),
            place.gateway()
        ))?;
        let inside = |text: String| ip(&format!("-n {name} {text}"));
        inside("link set lo up".into())?;
        inside(format!("addr add {}/32 dev {far}", place.address()))?;
        inside(format!("addr add {}/32 dev {far}", place.front()))?;
        inside(format!("link set {far} up"))?;
        inside(format!(
            "route add {} dev {far} src {}",
            place.database(),
            place.address()
        ))?;
        inside(format!("route add {} dev {far} src {}", place.gateway(), place.front()))?;
        Ok(place)
    }

    fn near(&self) -> String {
        format!("mi{}x{}", self.subnet, self.number)
    }

    fn far(&self) -> String {
        format!("mo{}x{}", self.subnet, self.number)
    }

    fn host(&self, last: u8) -> Ipv4Addr {
        Ipv4Addr::new(10, 231, self.subnet, self.number * 8 + last)
    }

    /// Where PostgreSQL listens for this process.
    pub(crate) fn database(&self) -> Ipv4Addr {
        self.host(1)
    }

    /// From where the process speaks with PostgreSQL.
    pub(crate) fn address(&self) -> Ipv4Addr {
        self.host(2)
    }

    /// Where everything else is.
    pub(crate) fn gateway(&self) -> Ipv4Addr {
        self.host(3)
    }

    /// Where everything else finds the process.
    pub(crate) fn front(&self) -> Ipv4Addr {
        self.host(4)
    }

    pub(crate) fn cut(&self, direction: Direction) {
        let outcome = match direction {
            Direction::Out => self.lose_sent(),
            Direction::In => self.lose_received(),
            Direction::Both => self.lose_sent().and_then(|()| self.lose_received()),
        };
        outcome.unwrap_or_else(|why| panic!("{why}"));
    }

    fn lose_sent(&self) -> Result<(), String> {
        ip(&format!(
            "-n {} neigh replace {} lladdr {NOBODY} nud permanent dev {}",
            self.name,
            self.database(),
            self.far()
        ))
    }

    fn lose_received(&self) -> Result<(), String> {
        ip(&format!(
            "neigh replace {} lladdr {NOBODY} nud permanent dev {}",
            self.address(),
            self.near()
        ))
    }

    /// Ends every cut.
    pub(crate) fn heal(&self) {
        // One of them may be as it should be.
        let _ = ip(&format!(
            "-n {} neigh del {} dev {}",
            self.name,
            self.database(),
            self.far()
        ));
        let _ = ip(&format!("neigh del {} dev {}", self.address(), self.near()));
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // The cable goes with either of its ends.
        let _ = ip(&format!("link del {}", self.near()));
        let _ = ip(&format!("netns del {}", self.name));
    }
}

/// The last part of the address at which `Outside` listens, behind the gateway of every place.
pub(crate) const OUTSIDE: u8 = 250;

/// The places, if this machine can have them.
pub(crate) fn places(count: u8, subnet: u8) -> Result<Vec<Place>, String> {
    if !nix::unistd::Uid::effective().is_root() {
        return Err("it needs root".to_owned());
    }
    let places: Vec<Place> = (0..count)
        .map(|number| Place::create(number, subnet))
        .collect::<Result<_, _>>()?;
    // It may be there from a run that was killed.
    let _ = ip(&format!("addr add 10.231.{subnet}.{OUTSIDE}/32 dev lo"));
    for place in &places {
        ip(&format!(
            "-n {} route add 10.231.{subnet}.{OUTSIDE} via {} dev {} src {}",
            place.name,
            place.gateway(),
            place.far(),
            place.front()
        ))?;
    }
    Ok(places)
}
