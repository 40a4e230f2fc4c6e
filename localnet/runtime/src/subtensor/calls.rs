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
            Self::do_add_stake(&coldkey, &hotkey, netuid, amount_staked).map(|_| ())
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

        /// Takes a place on root.
        #[pallet::call_index(62)]
        #[pallet::weight(paid(103_934_000, 4981, 19, 16))]
        pub fn root_register(origin: OriginFor<T>, hotkey: AccountId) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            Self::do_root_register(&coldkey, &hotkey)
        }

        /// Lowers what a delegate keeps of dividends, over 65535.
        #[pallet::call_index(65)]
        #[pallet::weight(FREE)]
        pub fn decrease_take(origin: OriginFor<T>, hotkey: AccountId, take: u16) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            Self::do_decrease_take(coldkey, hotkey, take)
        }

        /// Raises what a delegate keeps of dividends, over 65535.
        #[pallet::call_index(66)]
        #[pallet::weight(FREE)]
        pub fn increase_take(origin: OriginFor<T>, hotkey: AccountId, take: u16) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            Self::do_increase_take(coldkey, hotkey, take)
        }

        /// Schedules the hotkeys that a hotkey lends stake to, with shares over u64::MAX.
        #[pallet::call_index(67)]
        #[pallet::weight(paid(119_000_000, 0, 6, 31))]
        pub fn set_children(
            origin: OriginFor<T>,
            hotkey: AccountId,
            netuid: NetUid,
            children: Vec<(u64, AccountId)>,
        ) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            Self::do_set_children(&coldkey, hotkey, netuid, children)
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

        /// Root sets the blocks between two raises of a childkey take.
        #[pallet::call_index(69)]
        #[pallet::weight(paid(5_760_000, 0, 0, 1))]
        pub fn sudo_set_tx_childkey_take_rate_limit(
            origin: OriginFor<T>,
            tx_rate_limit: u64,
        ) -> DispatchResult {
            ensure_root(origin)?;
            TxChildkeyTakeRateLimit::<T>::put(tx_rate_limit);
            Self::deposit_event(Event::TxChildKeyTakeRateLimitSet(tx_rate_limit));
            Ok(())
        }

        /// Gives a hotkey's place to a new one, on one subnet or on all.
        #[pallet::call_index(70)]
        #[pallet::weight(paid(1_242_038_000, 28_912, 182, 99))]
        pub fn swap_hotkey(
            origin: OriginFor<T>,
            hotkey: AccountId,
            new_hotkey: AccountId,
            netuid: Option<NetUid>,
        ) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            Self::do_swap_hotkey(&coldkey, &hotkey, &new_hotkey, netuid, false)
        }

        /// `swap_hotkey`, which may leave the stake where it is.
        #[pallet::call_index(72)]
        #[pallet::weight(paid(275_300_000, 0, 52, 35))]
        pub fn swap_hotkey_v2(
            origin: OriginFor<T>,
            hotkey: AccountId,
            new_hotkey: AccountId,
            netuid: Option<NetUid>,
            keep_stake: bool,
        ) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            Self::do_swap_hotkey(&coldkey, &hotkey, &new_hotkey, netuid, keep_stake)
        }

        /// Sets what a child keeps of inherited dividends, over 65535.
        #[pallet::call_index(75)]
        #[pallet::weight(paid(53_870_000, 4498, 7, 2))]
        pub fn set_childkey_take(
            origin: OriginFor<T>,
            hotkey: AccountId,
            netuid: NetUid,
            take: u16,
        ) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            Self::do_set_childkey_take(&coldkey, hotkey, netuid, take)
        }

        /// Root sets the smallest childkey take.
        #[pallet::call_index(76)]
        #[pallet::weight(paid(6_000, 0, 1, 1))]
        pub fn sudo_set_min_childkey_take(origin: OriginFor<T>, take: u16) -> DispatchResult {
            ensure_root(origin)?;
            MinChildkeyTake::<T>::put(take);
            Self::deposit_event(Event::MinChildKeyTakeSet(take));
            Ok(())
        }

        /// Root sets the largest childkey take.
        #[pallet::call_index(77)]
        #[pallet::weight(paid(6_000, 0, 1, 1))]
        pub fn sudo_set_max_childkey_take(origin: OriginFor<T>, take: u16) -> DispatchResult {
            ensure_root(origin)?;
            MaxChildkeyTake::<T>::put(take);
            Self::deposit_event(Event::MaxChildKeyTakeSet(take));
            Ok(())
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

        /// Takes all stake off a hotkey.
        #[pallet::call_index(83)]
        #[pallet::weight(paid(26_830_000, 9189, 6, 0))]
        pub fn unstake_all(origin: OriginFor<T>, hotkey: AccountId) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            Self::do_unstake_all(&coldkey, &hotkey)
        }

        /// Takes all tokens off a hotkey and stakes their TAO on root.
        #[pallet::call_index(84)]
        #[pallet::weight(paid(700_873_000, 11_306, 43, 25))]
        pub fn unstake_all_alpha(origin: OriginFor<T>, hotkey: AccountId) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            Self::do_unstake_all_alpha(&coldkey, &hotkey)
        }

        /// Moves stake to another hotkey, subnet or both.
        #[pallet::call_index(85)]
        #[pallet::weight(paid(216_061_000, 7919, 19, 7))]
        pub fn move_stake(
            origin: OriginFor<T>,
            origin_hotkey: AccountId,
            destination_hotkey: AccountId,
            origin_netuid: NetUid,
            destination_netuid: NetUid,
            alpha_amount: AlphaBalance,
        ) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            let from = Place::of(&coldkey, &origin_hotkey, origin_netuid);
            let to = Place::of(&coldkey, &destination_hotkey, destination_netuid);
            let moved = Self::carry(from, to, alpha_amount, Terms::default())?;
            Self::deposit_event(Event::StakeMoved(
                coldkey,
                origin_hotkey,
                origin_netuid,
                destination_hotkey,
                destination_netuid,
                moved,
            ));
            Ok(())
        }

        /// Gives stake to another coldkey.
        #[pallet::call_index(86)]
        #[pallet::weight(paid(258_541_000, 7994, 19, 6))]
        pub fn transfer_stake(
            origin: OriginFor<T>,
            destination_coldkey: AccountId,
            hotkey: AccountId,
            origin_netuid: NetUid,
            destination_netuid: NetUid,
            alpha_amount: AlphaBalance,
        ) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            let from = Place::of(&coldkey, &hotkey, origin_netuid);
            let to = Place::of(&destination_coldkey, &hotkey, destination_netuid);
            let moved = Self::carry(from, to, alpha_amount, Terms::TRANSFER)?;
            Self::deposit_event(Event::StakeTransferred(
                coldkey,
                destination_coldkey,
                hotkey,
                origin_netuid,
                destination_netuid,
                moved,
            ));
            Ok(())
        }

        /// Moves stake to another subnet.
        #[pallet::call_index(87)]
        #[pallet::weight(paid(742_019_000, 10_920, 47, 24))]
        pub fn swap_stake(
            origin: OriginFor<T>,
            hotkey: AccountId,
            origin_netuid: NetUid,
            destination_netuid: NetUid,
            alpha_amount: AlphaBalance,
        ) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            let netuids = (origin_netuid, destination_netuid);
            Self::do_swap_stake(coldkey, hotkey, netuids, alpha_amount, None)
        }

        /// `add_stake`, refused above a price in rao.
        #[pallet::call_index(88)]
        #[pallet::weight(paid(853_005_000, 8727, 32, 16))]
        pub fn add_stake_limit(
            origin: OriginFor<T>,
            hotkey: AccountId,
            netuid: NetUid,
            amount_staked: TaoBalance,
            limit_price: TaoBalance,
            allow_partial: bool,
        ) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            let limit = (limit_price, allow_partial);
            Self::do_add_stake_limit(&coldkey, &hotkey, netuid, amount_staked, limit).map(|_| ())
        }

        /// `remove_stake`, refused below a price in rao.
        #[pallet::call_index(89)]
        #[pallet::weight(paid(740_696_000, 10_591, 27, 13))]
        pub fn remove_stake_limit(
            origin: OriginFor<T>,
            hotkey: AccountId,
            netuid: NetUid,
            amount_unstaked: AlphaBalance,
            limit_price: TaoBalance,
            allow_partial: bool,
        ) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            let limit = (limit_price, allow_partial);
            Self::do_remove_stake_limit(&coldkey, &hotkey, netuid, amount_unstaked, limit)
        }

        /// `swap_stake`, refused below a price in rao.
        #[pallet::call_index(90)]
        #[pallet::weight(paid(944_515_000, 11_077, 47, 24))]
        pub fn swap_stake_limit(
            origin: OriginFor<T>,
            hotkey: AccountId,
            origin_netuid: NetUid,
            destination_netuid: NetUid,
            alpha_amount: AlphaBalance,
            limit_price: TaoBalance,
            allow_partial: bool,
        ) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            let netuids = (origin_netuid, destination_netuid);
            let limit = Some((limit_price, allow_partial));
            Self::do_swap_stake(coldkey, hotkey, netuids, alpha_amount, limit)
        }

        /// Makes an unknown hotkey the caller's.
        #[pallet::call_index(91)]
        #[pallet::weight(paid(25_337_000, 4283, 3, 3))]
        pub fn try_associate_hotkey(origin: OriginFor<T>, hotkey: AccountId) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            Self::ensure_hotkey(&coldkey, &hotkey)
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

        /// Destroys tokens as if they had never been issued.
        #[pallet::call_index(101)]
        #[pallet::weight(paid(172_139_000, 5219, 13, 6))]
        pub fn recycle_alpha(
            origin: OriginFor<T>,
            hotkey: AccountId,
            amount: AlphaBalance,
            netuid: NetUid,
        ) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            Self::do_recycle_alpha(coldkey, hotkey, amount, netuid)
        }

        /// Destroys tokens, which still count as issued.
        #[pallet::call_index(102)]
        #[pallet::weight(paid(168_964_000, 5219, 12, 4))]
        pub fn burn_alpha(
            origin: OriginFor<T>,
            hotkey: AccountId,
            amount: AlphaBalance,
            netuid: NetUid,
        ) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            Self::do_burn_alpha(coldkey, hotkey, amount, netuid)
        }

        /// Takes all stake off a hotkey on a subnet, if the price is right.
        #[pallet::call_index(103)]
        #[pallet::weight(paid(754_292_000, 10_591, 27, 13))]
        pub fn remove_stake_full_limit(
            origin: OriginFor<T>,
            hotkey: AccountId,
            netuid: NetUid,
            limit_price: Option<TaoBalance>,
        ) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            Self::do_remove_stake_full_limit(&coldkey, &hotkey, netuid, limit_price)
        }

        /// Root sets the blocks between scheduling children and their taking effect.
        #[pallet::call_index(109)]
        #[pallet::weight(paid(3_000_000, 0, 0, 1))]
        pub fn set_pending_childkey_cooldown(
            origin: OriginFor<T>,
            cooldown: u64,
        ) -> DispatchResult {
            ensure_root(origin)?;
            PendingChildKeyCooldown::<T>::put(cooldown);
            Ok(())
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

        /// Stakes TAO and burns the tokens.
        #[pallet::call_index(132)]
        #[pallet::weight(paid(967_308_000, 8727, 33, 17))]
        pub fn add_stake_burn(
            origin: OriginFor<T>,
            hotkey: AccountId,
            netuid: NetUid,
            amount: TaoBalance,
            limit: Option<TaoBalance>,
        ) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            Self::do_add_stake_burn(coldkey, hotkey, netuid, amount, limit)
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

        /// Whether a root validator becomes a parent of new subnets' owners.
        #[pallet::call_index(135)]
        #[pallet::weight(paid(28_023_000, 4364, 2, 1))]
        pub fn set_auto_parent_delegation_enabled(
            origin: OriginFor<T>,
            hotkey: AccountId,
            enabled: bool,
        ) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            Self::do_set_auto_parent_delegation(&coldkey, hotkey, enabled)
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
