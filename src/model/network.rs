//! Ranges of addresses, as operators write them.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr};
use std::str::FromStr;

/// An address range, `10.0.0.0/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    base: IpAddr,
    prefix: u32,
}

/// Text that is no network.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a network: {0}")]
pub struct NotANetwork(String);

impl Network {
    /// Whether the address, in the form it has, lies inside.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.base, address) {
            (IpAddr::V4(base), IpAddr::V4(address)) => {
                let mask = u32::MAX.checked_shl(32 - self.prefix).unwrap_or(0);
                u32::from(base) & mask == u32::from(address) & mask
            }
            (IpAddr::V6(base), IpAddr::V6(address)) => {
                let mask = u128::MAX.checked_shl(128 - self.prefix).unwrap_or(0);
                u128::from(base) & mask == u128::from(address) & mask
            }
            _ => false,
        }
    }
}

impl FromStr for Network {
    type Err = NotANetwork;

    /// `address`, `address/prefix` or, for IPv4, `address/netmask`. Bits behind the prefix do not count.
    fn from_str(text: &str) -> Result<Network, NotANetwork> {
        let refused = || NotANetwork(text.to_owned());
        let (address, suffix) = match text.trim().split_once('/') {
            Some((address, suffix)) => (address, Some(suffix)),
            None => (text.trim(), None),
        };
        let base: IpAddr = address.parse().map_err(|_| refused())?;
        let bits = if base.is_ipv4() { 32 } else { 128 };
        let prefix = match suffix {
            None => bits,
            Some(digits) if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => {
                digits.parse().map_err(|_| refused())?
            }
            Some(mask) if base.is_ipv4() => {
                let mask = u32::from(mask.parse::<Ipv4Addr>().map_err(|_| refused())?);
                if mask.leading_ones() != mask.count_ones() {
                    return Err(refused());
                }
                mask.leading_ones()
            }
            Some(_) => return Err(refused()),
        };
        if prefix > bits {
            return Err(refused());
        }
        // Addresses are compared in their IPv4 form, so a network of mapped ones has to be one of IPv4.
        match base {
            IpAddr::V6(v6) if prefix >= 96 => match v6.to_ipv4_mapped() {
                Some(v4) => Ok(Network {
                    base: v4.into(),
                    prefix: prefix - 96,
                }),
                None => Ok(Network { base, prefix }),
            },
            _ => Ok(Network { base, prefix }),
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.base, self.prefix)
    }
}
