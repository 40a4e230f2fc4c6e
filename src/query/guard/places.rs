//! How many connections may be open at once: in all, to one address, and to one network. Who has many hotkeys behind one
//! address has no more of us for it, and nobody can use us to storm a host that isn't its own.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use ipnet::IpNet;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::config::QueryConfig;

/// What one owner commonly holds.
const NETWORK_V4: u8 = 24;
const NETWORK_V6: u8 = 48;

/// Shared by all rounds, so that two that overlap stay within them too.
#[derive(Debug)]
pub struct Places {
    all: Arc<Semaphore>,
    per_address: usize,
    per_network: usize,
    /// Of whoever holds or waits for one now.
    near: Mutex<HashMap<IpNet, Weak<Semaphore>>>,
}

/// Given back when dropped.
#[derive(Debug)]
pub struct Place {
    _near: Near,
    _of_all: OwnedSemaphorePermit,
}

/// A place at the address and in its network. The semaphore of either lives as long as somebody has or wants a place.
type Near = [(Arc<Semaphore>, OwnedSemaphorePermit); 2];

impl Places {
    pub fn new(config: &QueryConfig) -> Self {
        Self {
            all: Arc::new(Semaphore::new(
                config.concurrency.min(Semaphore::MAX_PERMITS),
            )),
            per_address: config.per_address,
            per_network: config.per_network,
            near: Mutex::default(),
        }
    }

    /// In the order of asking. Who waits for its neighbours holds no place that others could have, and waits no longer
    /// than `within`; who waits for the last place waits for us, as long as it takes.
    pub async fn take(&self, ip: IpAddr, within: Duration) -> Option<Place> {
        let near = timeout(within, self.near(ip)).await.ok()??;
        let of_all = Arc::clone(&self.all).acquire_owned().await.ok()?;
        Some(Place {
            _near: near,
            _of_all: of_all,
        })
    }

    async fn near(&self, ip: IpAddr) -> Option<Near> {
        let [address, network] = neighbourhood(ip);
        Some([
            enter(self.at(address, self.per_address)).await?,
            enter(self.at(network, self.per_network)).await?,
        ])
    }

    fn at(&self, range: IpNet, places: usize) -> Arc<Semaphore> {
        let mut near = self.near.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(there) = near.get(&range).and_then(Weak::upgrade) {
            return there;
        }
        near.retain(|_, semaphore| semaphore.strong_count() > 0);
        let fresh = Arc::new(Semaphore::new(places.min(Semaphore::MAX_PERMITS)));
        near.insert(range, Arc::downgrade(&fresh));
        fresh
    }
}

/// An address, and the network that it is in, as owners commonly hold them.
pub fn neighbourhood(ip: IpAddr) -> [IpNet; 2] {
    let ip = ip.to_canonical();
    let prefix = match ip {
        IpAddr::V4(_) => NETWORK_V4,
        IpAddr::V6(_) => NETWORK_V6,
    };
    let network = IpNet::new(ip, prefix).map_or(IpNet::from(ip), |net| net.trunc());
    [ip.into(), network]
}

async fn enter(semaphore: Arc<Semaphore>) -> Option<(Arc<Semaphore>, OwnedSemaphorePermit)> {
    let permit = Arc::clone(&semaphore).acquire_owned().await.ok()?;
    Some((semaphore, permit))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const SHORT: Duration = Duration::from_millis(20);

    fn places(concurrency: usize, per_address: usize, per_network: usize) -> Places {
        Places::new(&QueryConfig {
            concurrency,
            per_address,
            per_network,
            ..QueryConfig::default()
        })
    }

    async fn take(places: &Places, ip: &str) -> Option<Place> {
        places.take(ip.parse().unwrap(), SHORT).await
    }

    #[tokio::test]
    async fn an_address_and_a_network_have_so_many_places_and_others_have_theirs() {
        let places = places(9, 2, 3);
        for (first, second, neighbour, elsewhere) in [
            ("1.2.3.4", "1.2.3.4", "1.2.3.99", "1.2.4.4"),
            (
                "2a00:1:2:3::1",
                "2a00:1:2:3::1",
                "2a00:1:2:ffff::1",
                "2a00:1:3::1",
            ),
        ] {
            let held = [take(&places, first).await, take(&places, second).await];
            assert!(held.iter().all(Option::is_some));
            assert!(take(&places, first).await.is_none(), "a third at {first}");
            let third = take(&places, neighbour).await;
            assert!(third.is_some());
            assert!(
                take(&places, neighbour).await.is_none(),
                "a fourth in the network"
            );
            assert!(take(&places, elsewhere).await.is_some());
            drop(held);
            assert!(take(&places, first).await.is_some());
        }
    }

    #[tokio::test]
    async fn nothing_is_kept_of_who_has_gone() {
        let places = places(9, 2, 3);
        for n in 0..100u8 {
            drop(take(&places, &format!("1.{n}.3.4")).await);
        }
        assert!(places.near.lock().unwrap().len() <= 2);
    }

    /// The others' places stay theirs while a crowd waits.
    #[tokio::test]
    async fn who_waits_for_its_neighbours_takes_no_place_from_others() {
        let places = Arc::new(places(2, 1, 9));
        let held = take(&places, "1.2.3.4").await;
        let crowd: Vec<_> = (0..5)
            .map(|_| {
                let places = Arc::clone(&places);
                tokio::spawn(
                    async move { places.take([1, 2, 3, 4].into(), SHORT * 50).await.is_some() },
                )
            })
            .collect();
        tokio::task::yield_now().await;
        assert!(take(&places, "5.6.7.8").await.is_some());
        drop(held);
        for waiter in crowd {
            assert!(waiter.await.unwrap());
        }
    }
}
