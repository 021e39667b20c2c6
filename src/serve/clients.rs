//! Who asks, and whether that one asks too often, or over too many connections.

use super::settings::{Rate, Settings};
use axum::extract::Request;
use axum::http::HeaderMap;
use governor::clock::{Clock, DefaultClock};
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The address at the other end of a connection; none on a socket of the file system.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub(super) Option<IpAddr>);

/// How often each client has asked of late.
pub(super) struct Clients {
    limiter: RateLimiter<IpAddr, DashMapStateStore<IpAddr>, DefaultClock>,
    clock: DefaultClock,
    trust_forwarded: bool,
}

impl Clients {
    pub(super) fn new(rate: Rate, trust_forwarded: bool) -> Self {
        let quota = Quota::per_second(rate.a_second).allow_burst(rate.burst);
        Self {
            limiter: RateLimiter::dashmap(quota),
            clock: DefaultClock::default(),
            trust_forwarded,
        }
    }

    /// Counts a request of its client.
    ///
    /// # Errors
    /// How long the client is to wait, when it asked too often.
    pub(super) fn count(&self, request: &Request) -> Result<(), Duration> {
        let key = key(client(request, self.trust_forwarded));
        self.limiter
            .check_key(&key)
            .map_err(|not_yet| not_yet.wait_time_from(self.clock.now()))
    }

    /// Forgets the clients whose silence has made them as good as new, so that only those of the last seconds are kept.
    pub(super) fn forget(&self) {
        self.limiter.retain_recent();
        self.limiter.shrink_to_fit();
    }

    #[cfg(test)]
    fn known(&self) -> usize {
        self.limiter.len()
    }
}

/// How many connections each client holds.
pub(super) struct Callers {
    held: Mutex<HashMap<IpAddr, usize>>,
    bound: Bound,
}

/// How many connections a client may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    /// Any number: all come from one proxy.
    None,
    /// So many.
    Each(usize),
    /// So many, but any number from this machine, where a proxy or whoever tries the service is.
    Strangers(usize),
}

/// A connection of a client, for as long as the value lives.
pub(super) struct Call {
    callers: Arc<Callers>,
    of: Option<IpAddr>,
}

impl Callers {
    pub(super) fn new(settings: &Settings) -> Arc<Self> {
        let bound = match (settings.trust_forwarded, settings.connections_a_client) {
            (true, _) => Bound::None,
            (false, Some(most)) => Bound::Each(most),
            // However many one opens, as many are left for all others
            (false, None) => Bound::Strangers((settings.connections / 2).max(1)),
        };
        Arc::new(Self {
            held: Mutex::default(),
            bound,
        })
    }

    /// Counts a connection.
    ///
    /// # Errors
    /// How many its client holds already, when it may hold no more.
    pub(super) fn admit(self: &Arc<Self>, peer: Option<IpAddr>) -> Result<Call, usize> {
        let is_here = peer.is_some_and(|peer| peer.to_canonical().is_loopback());
        let most = match self.bound {
            Bound::None => None,
            Bound::Strangers(_) if is_here => None,
            Bound::Each(most) | Bound::Strangers(most) => Some(most),
        };
        // A socket of the file system is a proxy's
        let bounded = peer.zip(most).map(|(peer, most)| (key(Some(peer)), most));
        if let Some((client, most)) = bounded {
            let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
            let count = held.entry(client).or_default();
            if *count >= most {
                return Err(*count);
            }
            *count += 1;
        }
        Ok(Call {
            callers: Arc::clone(self),
            of: bounded.map(|(client, _)| client),
        })
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        let Some(client) = self.of else { return };
        let held = self.callers.held.lock();
        let mut held = held.unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = held.get_mut(&client) {
            *count = count.saturating_sub(1);
            // Only who is here is known
            if *count == 0 {
                held.remove(&client);
            }
        }
    }
}

fn client(request: &Request, trust_forwarded: bool) -> Option<IpAddr> {
    let peer = request.extensions().get::<Peer>().and_then(|peer| peer.0);
    match trust_forwarded {
        true => forwarded(request.headers()).or(peer),
        false => peer,
    }
}

/// The last hop: the one that our own proxy wrote. What stands before it is hearsay.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?;
    let hop = last.to_str().ok()?.rsplit(',').next()?.trim();
    let bare = hop.trim_start_matches('[').split(']').next()?;
    let without_port = || hop.rsplit_once(':')?.0.parse().ok();
    bare.parse().ok().or_else(without_port)
}

/// One client of IPv6 has a /64 at the least, and may ask from any address in it.
fn key(address: Option<IpAddr>) -> IpAddr {
    match address.map(|a| a.to_canonical()) {
        None => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        Some(IpAddr::V4(address)) => IpAddr::V4(address),
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use std::num::NonZeroU32;

    fn of(peer: &str, forwarded: &[&str]) -> Request {
        let mut request = Request::get("/");
        for value in forwarded {
            request = request.header("x-forwarded-for", *value);
        }
        let mut request = request.body(Body::empty()).expect("a request");
        request.extensions_mut().insert(Peer(peer.parse().ok()));
        request
    }

    fn address(text: &str) -> Option<IpAddr> {
        Some(text.parse().expect("an address"))
    }

    #[test]
    fn the_client_is_the_peer_unless_the_proxy_is_trusted() {
        let spoofed = of("192.0.2.1", &["198.51.100.7"]);
        assert_eq!(client(&spoofed, false), address("192.0.2.1"));
        for (headers, found) in [
            (&["198.51.100.7"][..], "198.51.100.7"),
            (&["10.0.0.1, 198.51.100.7"], "198.51.100.7"),
            (&["10.0.0.1", "10.0.0.2,198.51.100.7:4711"], "198.51.100.7"),
            (&["2001:db8::7"], "2001:db8::7"),
            (&["[2001:db8::7]:4711"], "2001:db8::7"),
            (&["unknown"], "192.0.2.1"),
            (&["198.51.100.7, "], "192.0.2.1"),
            (&[], "192.0.2.1"),
        ] {
            let request = of("192.0.2.1", headers);
            assert_eq!(client(&request, true), address(found), "{headers:?}");
        }
    }

    #[test]
    fn neighbours_in_a_64_are_one_client() {
        let one = key(address("2001:db8:0:1::1"));
        assert_eq!(one, key(address("2001:db8:0:1:ffff::2")));
        assert_ne!(one, key(address("2001:db8:0:2::1")));
        assert_eq!(key(address("::ffff:192.0.2.1")), key(address("192.0.2.1")));
        assert_ne!(key(address("192.0.2.1")), key(address("192.0.2.2")));
    }

    #[test]
    fn who_asks_too_often_waits_and_others_do_not() {
        let few = NonZeroU32::new(2).expect("not zero");
        let clients = Clients::new(
            Rate {
                a_second: few,
                burst: few,
            },
            false,
        );
        let hasty = of("192.0.2.1", &[]);
        assert!(clients.count(&hasty).is_ok() && clients.count(&hasty).is_ok());
        let wait = clients.count(&hasty).expect_err("a third");
        assert!(wait > Duration::ZERO && wait <= Duration::from_secs(1));
        assert!(clients.count(&of("192.0.2.2", &[])).is_ok());
        assert_eq!(clients.known(), 2);
        // Nothing is forgotten that still counts
        clients.forget();
        assert_eq!(clients.known(), 2);
        assert!(clients.count(&hasty).is_err());
    }

    #[test]
    fn a_client_holds_so_many_connections_and_no_more() {
        let callers = Callers::new(&Settings {
            connections_a_client: Some(2),
            ..Settings::default()
        });
        let admit = |peer: &str| callers.admit(address(peer));
        let first = admit("127.0.0.1").expect("one");
        // The same client, as a socket of IPv6 tells it
        let second = admit("::ffff:127.0.0.1").expect("two");
        assert_eq!(admit("127.0.0.1").err(), Some(2));
        let other = admit("192.0.2.1").expect("another client");
        // Nobody is counted on a socket of the file system
        let proxied: Vec<Call> = (0..9).map_while(|_| callers.admit(None).ok()).collect();
        assert_eq!(proxied.len(), 9);
        drop(first);
        let third = admit("127.0.0.1").expect("there is room again");
        drop((second, third, other, proxied));
        assert!(callers.held.lock().expect("whole").is_empty());
    }

    #[test]
    fn without_a_bound_half_is_left_to_others_and_a_proxy_is_not_counted() {
        let hold = |settings: &Settings, peer: &str| {
            let callers = Callers::new(settings);
            let calls = (0..20).map_while(|_| callers.admit(address(peer)).ok());
            calls.collect::<Vec<Call>>().len()
        };
        let usual = Settings {
            connections: 6,
            ..Settings::default()
        };
        assert_eq!(hold(&usual, "192.0.2.1"), 3);
        assert_eq!(hold(&usual, "2001:db8::1"), 3);
        for here in ["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"] {
            assert_eq!(hold(&usual, here), 20, "{here}");
        }
        let proxied = Settings {
            trust_forwarded: true,
            connections_a_client: Some(1),
            ..usual
        };
        assert_eq!(hold(&proxied, "192.0.2.1"), 20);
    }
}
