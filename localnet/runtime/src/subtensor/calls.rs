//! The calls, under the names and indexes by which clients build them. Each only names its origin and
//! hands on.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod calls {
    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Sets weights of the main mechanism.
        #[pallet::call_index(0)]
        #[pallet::weight(FREE)]
        pub fn set_weights(
            origin: OriginFor<T>,
            netuid: NetUid,
            dests: Vec<u16>,
            weights: Vec<u16>,
            version_key: u64,
        ) -> DispatchResult {
            let hotkey = ensure_signed(origin)?;
            Self::do_set_weights(&hotkey, netuid, 0, dests, weights, version_key)
        }

        /// Stakes `amount_staked` rao of TAO on a hotkey.
        #[pallet::call_index(2)]
        #[pallet::weight(paid(664_064_000, 8727, 32, 16))]
        pub fn add_stake(
            origin: OriginFor<T>,
            hotkey: AccountId,
            netuid: NetUid,
            amount_staked: TaoBalance,
        ) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            Self::do_add_stake(&coldkey, &hotkey, netuid, amount_staked)
        }

        /// Takes up to `amount_unstaked` rao of the token off a hotkey.
        #[pallet::call_index(3)]
        #[pallet::weight(paid(569_198_000, 10_557, 28, 13))]
        pub fn remove_stake(
            origin: OriginFor<T>,
            hotkey: AccountId,
            netuid: NetUid,
            amount_unstaked: AlphaBalance,
        ) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            Self::do_remove_stake(&coldkey, &hotkey, netuid, amount_unstaked)
        }

        /// Announces where a neuron serves.
        #[pallet::call_index(4)]
        #[pallet::weight(FREE)]
        pub fn serve_axon(
            origin: OriginFor<T>,
            netuid: NetUid,
            version: u32,
            ip: u128,
            port: u16,
            ip_type: u8,
            protocol: u8,
            placeholder1: u8,
            placeholder2: u8,
        ) -> DispatchResult {
            let hotkey = ensure_signed(origin)?;
            let axon = AxonInfo {
                block: 0,
                version,
                ip,
                port,
                ip_type,
                protocol,
                placeholder1,
                placeholder2,
            };
            Ok(Self::do_serve_axon(&hotkey, netuid, axon, None)?)
        }

        /// Announces where a neuron exposes metrics.
        #[pallet::call_index(5)]
        #[pallet::weight(FREE)]
        pub fn serve_prometheus(
            origin: OriginFor<T>,
            netuid: NetUid,
            version: u32,
            ip: u128,
            port: u16,
            ip_type: u8,
        ) -> DispatchResult {
            let hotkey = ensure_signed(origin)?;
            let info = PrometheusInfo {
                block: 0,
                version,
                ip,
                port,
                ip_type,
            };
            Ok(Self::do_serve_prometheus(&hotkey, netuid, info)?)
        }

        /// Registers a neuron for the price of the moment.
        ///
        /// The proof of work that the arguments once carried is not asked for any more.
        #[pallet::call_index(6)]
        #[pallet::weight(paid(349_872_000, 6148, 34, 29))]
        pub fn register(
            origin: OriginFor<T>,
            netuid: NetUid,
            _block_number: u64,
            _nonce: u64,
            _work: Vec<u8>,
            hotkey: AccountId,
            _coldkey: AccountId,
        ) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            Self::do_register(&coldkey, netuid, &hotkey)
        }

        /// Registers a neuron for the price of the moment.
        #[pallet::call_index(7)]
        #[pallet::weight(paid(336_815_000, 6148, 34, 29))]
        pub fn burned_register(
            origin: OriginFor<T>,
            netuid: NetUid,
            hotkey: AccountId,
        ) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            Self::do_register(&coldkey, netuid, &hotkey)
        }

        /// `serve_axon` with the key for TLS.
        #[pallet::call_index(40)]
        #[pallet::weight(FREE)]
        pub fn serve_axon_tls(
            origin: OriginFor<T>,
            netuid: NetUid,
            version: u32,
            ip: u128,
            port: u16,
            ip_type: u8,
            protocol: u8,
            placeholder1: u8,
            placeholder2: u8,
            certificate: Vec<u8>,
        ) -> DispatchResult {
            let hotkey = ensure_signed(origin)?;
            let axon = AxonInfo {
                block: 0,
                version,
                ip,
                port,
                ip_type,
                protocol,
                placeholder1,
                placeholder2,
            };
            Ok(Self::do_serve_axon(
                &hotkey,
                netuid,
                axon,
                Some(certificate),
            )?)
        }

        /// Registers a subnet, with `hotkey` as its uid 0.
        #[pallet::call_index(59)]
        #[pallet::weight(paid(277_125_000, 9947, 40, 48))]
        pub fn register_network(origin: OriginFor<T>, hotkey: AccountId) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            Self::do_register_network(&coldkey, &hotkey, None)
        }

        /// Root dissolves a subnet; the coldkey is not looked at.
        #[pallet::call_index(61)]
        #[pallet::weight(paid(119_000_000, 0, 6, 31))]
        pub fn dissolve_network(
            origin: OriginFor<T>,
            _coldkey: AccountId,
            netuid: NetUid,
        ) -> DispatchResult {
            ensure_root(origin)?;
            Self::do_dissolve(netuid)
        }

        /// A coldkey with a registered hotkey says who it is.
        #[pallet::call_index(68)]
        #[pallet::weight(paid(32_040_000, 6829, 3, 1))]
        pub fn set_identity(
            origin: OriginFor<T>,
            name: Vec<u8>,
            url: Vec<u8>,
            github_repo: Vec<u8>,
            image: Vec<u8>,
            discord: Vec<u8>,
            description: Vec<u8>,
            additional: Vec<u8>,
        ) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            let identity = ChainIdentityV2 {
                name,
                url,
                github_repo,
                image,
                discord,
                description,
                additional,
            };
            Self::do_set_identity(coldkey, identity)
        }

        /// An owner says what its subnet is.
        #[pallet::call_index(78)]
        #[pallet::weight(paid(17_513_000, 4060, 1, 1))]
        pub fn set_subnet_identity(
            origin: OriginFor<T>,
            netuid: NetUid,
            subnet_name: Vec<u8>,
            github_repo: Vec<u8>,
            subnet_contact: Vec<u8>,
            subnet_url: Vec<u8>,
            discord: Vec<u8>,
            description: Vec<u8>,
            logo_url: Vec<u8>,
            additional: Vec<u8>,
        ) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            let identity = SubnetIdentityV3 {
                subnet_name,
                github_repo,
                subnet_contact,
                subnet_url,
                discord,
                description,
                logo_url,
                additional,
            };
            Self::do_set_subnet_identity(&coldkey, netuid, identity)
        }

        /// `register_network` with a name and contacts.
        #[pallet::call_index(79)]
        #[pallet::weight(paid(275_041_000, 9883, 39, 47))]
        pub fn register_network_with_identity(
            origin: OriginFor<T>,
            hotkey: AccountId,
            identity: Option<SubnetIdentityV3>,
        ) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            Self::do_register_network(&coldkey, &hotkey, identity)
        }

        /// `set_weights` on several subnets; each succeeds or fails by itself.
        #[pallet::call_index(80)]
        #[pallet::weight(FREE)]
        pub fn batch_set_weights(
            origin: OriginFor<T>,
            netuids: Vec<Compact<NetUid>>,
            weights: Vec<Vec<(Compact<u16>, Compact<u16>)>>,
            version_keys: Vec<Compact<u64>>,
        ) -> DispatchResult {
            let hotkey = ensure_signed(origin)?;
            Self::do_batch_set(hotkey, netuids, weights, version_keys)
        }

        /// Starts a subnet's emission.
        #[pallet::call_index(92)]
        #[pallet::weight(paid(39_454_000, 4583, 5, 2))]
        pub fn start_call(origin: OriginFor<T>, netuid: NetUid) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            Self::do_start_call(&coldkey, netuid)
        }

        /// Commits weights of the main mechanism by their hash.
        #[pallet::call_index(96)]
        #[pallet::weight(FREE)]
        pub fn commit_weights(
            origin: OriginFor<T>,
            netuid: NetUid,
            commit_hash: H256,
        ) -> DispatchResult {
            let hotkey = ensure_signed(origin)?;
            Self::do_commit(&hotkey, netuid, 0, commit_hash)
        }

        /// Reveals weights of the main mechanism.
        #[pallet::call_index(97)]
        #[pallet::weight(FREE)]
        pub fn reveal_weights(
            origin: OriginFor<T>,
            netuid: NetUid,
            uids: Vec<u16>,
            values: Vec<u16>,
            salt: Vec<u16>,
            version_key: u64,
        ) -> DispatchResult {
            let hotkey = ensure_signed(origin)?;
            Self::do_reveal(
                &hotkey,
                netuid,
                0,
                Reveal {
                    uids,
                    values,
                    salt,
                    version_key,
                },
            )
        }

        /// Reveals several commits of the main mechanism; all or none.
        #[pallet::call_index(98)]
        #[pallet::weight(FREE)]
        pub fn batch_reveal_weights(
            origin: OriginFor<T>,
            netuid: NetUid,
            uids_list: Vec<Vec<u16>>,
            values_list: Vec<Vec<u16>>,
            salts_list: Vec<Vec<u16>>,
            version_keys: Vec<u64>,
        ) -> DispatchResult {
            let hotkey = ensure_signed(origin)?;
            let lists = RevealLists {
                uids: &uids_list,
                values: &values_list,
                salts: &salts_list,
                version_keys: &version_keys,
            };
            Self::do_batch_reveal(&hotkey, netuid, lists)
        }

        /// `commit_weights` to several subnets; each succeeds or fails by itself.
        #[pallet::call_index(100)]
        #[pallet::weight(FREE)]
        pub fn batch_commit_weights(
            origin: OriginFor<T>,
            netuids: Vec<Compact<NetUid>>,
            commit_hashes: Vec<H256>,
        ) -> DispatchResult {
            let hotkey = ensure_signed(origin)?;
            Self::do_batch_commit(hotkey, netuids, commit_hashes)
        }

        /// Owner or root gives the subnet's token another symbol of the chain's list.
        #[pallet::call_index(112)]
        #[pallet::weight(paid(28_313_000, 9074, 4, 1))]
        pub fn update_symbol(
            origin: OriginFor<T>,
            netuid: NetUid,
            symbol: Vec<u8>,
        ) -> DispatchResult {
            Self::do_update_symbol(origin, netuid, symbol)
        }

        /// Commits weights of the main mechanism, encrypted to a drand round.
        #[pallet::call_index(113)]
        #[pallet::weight(FREE)]
        pub fn commit_timelocked_weights(
            origin: OriginFor<T>,
            netuid: NetUid,
            commit: TimelockedBytes,
            reveal_round: u64,
            commit_reveal_version: u16,
        ) -> DispatchResult {
            let hotkey = ensure_signed(origin)?;
            let version = commit_reveal_version;
            Self::do_commit_timelocked(&hotkey, netuid, 0, commit, reveal_round, version)
        }

        /// `commit_weights` for one mechanism.
        #[pallet::call_index(115)]
        #[pallet::weight(FREE)]
        pub fn commit_mechanism_weights(
            origin: OriginFor<T>,
            netuid: NetUid,
            mecid: MechId,
            commit_hash: H256,
        ) -> DispatchResult {
            let hotkey = ensure_signed(origin)?;
            Self::do_commit(&hotkey, netuid, mecid, commit_hash)
        }

        /// `reveal_weights` for one mechanism.
        #[pallet::call_index(116)]
        #[pallet::weight(FREE)]
        pub fn reveal_mechanism_weights(
            origin: OriginFor<T>,
            netuid: NetUid,
            mecid: MechId,
            uids: Vec<u16>,
            values: Vec<u16>,
            salt: Vec<u16>,
            version_key: u64,
        ) -> DispatchResult {
            let hotkey = ensure_signed(origin)?;
            Self::do_reveal(
                &hotkey,
                netuid,
                mecid,
                Reveal {
                    uids,
                    values,
                    salt,
                    version_key,
                },
            )
        }

        /// `commit_timelocked_mechanism_weights` in version 4, its earlier name.
        #[pallet::call_index(117)]
        #[pallet::weight(FREE)]
        pub fn commit_crv3_mechanism_weights(
            origin: OriginFor<T>,
            netuid: NetUid,
            mecid: MechId,
            commit: TimelockedBytes,
            reveal_round: u64,
        ) -> DispatchResult {
            let hotkey = ensure_signed(origin)?;
            Self::do_commit_timelocked(&hotkey, netuid, mecid, commit, reveal_round, 4)
        }

        /// `commit_timelocked_weights` for one mechanism.
        #[pallet::call_index(118)]
        #[pallet::weight(FREE)]
        pub fn commit_timelocked_mechanism_weights(
            origin: OriginFor<T>,
            netuid: NetUid,
            mecid: MechId,
            commit: TimelockedBytes,
            reveal_round: u64,
            commit_reveal_version: u16,
        ) -> DispatchResult {
            let hotkey = ensure_signed(origin)?;
            let version = commit_reveal_version;
            Self::do_commit_timelocked(&hotkey, netuid, mecid, commit, reveal_round, version)
        }

        /// `set_weights` for one mechanism.
        #[pallet::call_index(119)]
        #[pallet::weight(FREE)]
        pub fn set_mechanism_weights(
            origin: OriginFor<T>,
            netuid: NetUid,
            mecid: MechId,
            dests: Vec<u16>,
            weights: Vec<u16>,
            version_key: u64,
        ) -> DispatchResult {
            let hotkey = ensure_signed(origin)?;
            Self::do_set_weights(&hotkey, netuid, mecid, dests, weights, version_key)
        }

        /// Root dissolves a subnet.
        #[pallet::call_index(120)]
        #[pallet::weight(paid(119_000_000, 0, 6, 31))]
        pub fn root_dissolve_network(origin: OriginFor<T>, netuid: NetUid) -> DispatchResult {
            ensure_root(origin)?;
            Self::do_dissolve(netuid)
        }

        /// `burned_register`, refused above a price in rao.
        #[pallet::call_index(134)]
        #[pallet::weight(paid(349_872_000, 6148, 34, 29))]
        pub fn register_limit(
            origin: OriginFor<T>,
            netuid: NetUid,
            hotkey: AccountId,
            limit_price: u64,
        ) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            Self::do_register_limit(&coldkey, netuid, &hotkey, limit_price)
        }

        /// The owner sets the tempo; a new cycle starts.
        #[pallet::call_index(139)]
        #[pallet::weight(paid(46_407_000, 4440, 6, 3))]
        pub fn set_tempo(origin: OriginFor<T>, netuid: NetUid, tempo: u16) -> DispatchResult {
            Self::do_set_tempo(origin, netuid, tempo)
        }

        /// Owner or root sets the activity cutoff, in thousandths of the tempo.
        #[pallet::call_index(140)]
        #[pallet::weight(paid(39_193_000, 4364, 7, 2))]
        pub fn set_activity_cutoff_factor(
            origin: OriginFor<T>,
            netuid: NetUid,
            factor_milli: u32,
        ) -> DispatchResult {
            Self::do_set_activity_cutoff_factor(origin, netuid, factor_milli)
        }

        /// The owner asks for an epoch before it is due.
        #[pallet::call_index(141)]
        #[pallet::weight(paid(42_539_000, 4447, 8, 2))]
        pub fn trigger_epoch(origin: OriginFor<T>, netuid: NetUid) -> DispatchResult {
            Self::do_trigger_epoch(origin, netuid)
        }
    }
}
