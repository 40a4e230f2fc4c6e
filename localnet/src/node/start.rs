//! Beginning a chain from a world, or going on from a data folder.

use std::path::{Path, PathBuf};
use std::time::Duration;

use localnet_runtime::Header;
use localnet_runtime::genesis::{self, Drand, World, WorldError};
use serde::{Deserialize, Serialize};
use sp_core::{H256, Hasher};
use sp_runtime::{Digest, traits::Header as _};

use super::{DrandSigner, Node, Pace};
use crate::chain::{
    Chain, DataDir, DataDirError, Nodes, Origin, STATE_WINDOW, SealedBlock, StateHasher, TrieDelta,
};

/// The world used where none is given.
pub const DEMO_WORLD: &str = include_str!("../../worlds/demo.toml");

/// What a user asked for; what is left out comes from the data folder, or from the demo world and chance.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// TOML text of the world.
    pub world: Option<String>,
    /// Makes the genesis hash; random where left out.
    pub salt: Option<String>,
    /// Milliseconds between two blocks, 10 to 600,000; the world's own where left out.
    pub block_ms: Option<u64>,
    /// Tempo of the world's first subnet, in blocks; the world's own where left out.
    pub tempo: Option<u16>,
    /// Whose pulses open timelocked commits; the world's own where left out.
    pub drand: Option<Drand>,
    /// Whether axons may announce 127.0.0.1 and ::1; the world may allow it too.
    pub allow_loopback_axons: bool,
    /// Blocks between the best and the finalized one.
    pub finality_lag: u32,
    /// Folder to keep the chain in; in memory only where left out.
    pub data: Option<PathBuf>,
    /// Keep the state of every block, not only of the last 4,096.
    pub archive: bool,
}

/// The world of a chain: its text, and what flags changed in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorldOrigin {
    text: String,
    block_ms: Option<u64>,
    tempo: Option<u16>,
    #[serde(default)]
    drand: Option<Drand>,
    allow_loopback_axons: bool,
}

/// Why no chain could be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The world isn't TOML, or has keys or values of another form.
    #[error("the world can't be read: {0}")]
    Syntax(String),
    /// The world is in form, and no genesis can be built of it.
    #[error(transparent)]
    World(#[from] WorldError),
    /// The block time isn't from 10 to 600,000 milliseconds.
    #[error("block_ms is {0} (of the world, or by --block-ms {0}): give 10 to 600000 milliseconds")]
    BlockTime(u64),
    /// A flag asks for another chain than the one in the data folder.
    #[error("the chain in {folder} began with another {what} ({kept}, not {asked}): leave the flag out to go on with that chain, or choose another --data",
        folder = .folder.display())]
    OtherOrigin {
        /// The data folder.
        folder: PathBuf,
        /// The flag.
        what: &'static str,
        /// Its value in the folder; of a world, a fingerprint.
        kept: String,
        /// Its value now.
        asked: String,
    },
    /// The world in the data folder gives another genesis than when its chain began.
    #[error("the chain in {folder} began with genesis {kept:?}, but this program makes {made:?} of its world: it belongs to another version of the runtime; go on with that version, or choose another --data",
        folder = .folder.display())]
    OtherRuntime {
        /// The data folder.
        folder: PathBuf,
        /// The genesis hash in the folder.
        kept: H256,
        /// The genesis hash of this program.
        made: H256,
    },
    /// The world has no `[[subnet]]`.
    #[error("the world has no subnet: add a [[subnet]]")]
    NoSubnet,
    /// The data folder can't be used.
    #[error(transparent)]
    Disk(#[from] DataDirError),
}

/// Starts or continues a chain. The world that it runs comes back beside the node.
pub fn open(wish: Wish) -> Result<(Node, World), StartError> {
    let mut disk = wish
        .data
        .as_deref()
        .map(|path| DataDir::open(path, wish.archive))
        .transpose()?;
    let kept = match &disk {
        Some(disk) => disk.origin::<WorldOrigin>()?,
        None => None,
    };
    let fresh = kept.is_none();
    let origin = match kept {
        Some(kept) => same_origin(wish.data.as_deref().unwrap_or(Path::new("")), kept, &wish)?,
        None => Origin {
            salt: wish.salt.unwrap_or_else(random_salt),
            world: WorldOrigin {
                text: wish.world.unwrap_or_else(|| DEMO_WORLD.to_owned()),
                block_ms: wish.block_ms,
                tempo: wish.tempo,
                drand: wish.drand,
                allow_loopback_axons: wish.allow_loopback_axons,
            },
        },
    };
    let world = build_world(&origin.world)?;
    let genesis = genesis_block(&world, &origin.salt)?;
    let keep = if wish.archive {
        usize::MAX
    } else {
        STATE_WINDOW
    };
    let chain = match &mut disk {
        Some(disk) if !fresh => disk.load(keep)?,
        Some(disk) => {
            disk.begin(&origin, &genesis)?;
            Chain::new(Vec::new(), genesis.clone(), keep)
        }
        None => Chain::new(Vec::new(), genesis.clone(), keep),
    };
    let made = genesis.header.hash();
    if chain.genesis() != made {
        let folder = wish.data.unwrap_or_default();
        return Err(StartError::OtherRuntime {
            folder,
            kept: chain.genesis(),
            made,
        });
    }
    let pace = Pace {
        block_time: Duration::from_millis(world.chain.block_ms),
        finality_lag: wish.finality_lag,
    };
    let drand = (world.chain.drand == Drand::Node)
        .then(|| DrandSigner::from_salt(&origin.salt))
        .transpose()
        .map_err(|error| WorldError::Build(format!("drand key: {error}")))?;
    Ok((Node::new(chain, disk, pace, drand), world))
}

/// The kept origin, unless the user named another.
fn same_origin(
    folder: &Path,
    kept: Origin<WorldOrigin>,
    wish: &Wish,
) -> Result<Origin<WorldOrigin>, StartError> {
    let refuse = |what, kept: String, asked: String| {
        Err(StartError::OtherOrigin {
            folder: folder.to_owned(),
            what,
            kept,
            asked,
        })
    };
    let world = &kept.world;
    if let Some(salt) = &wish.salt
        && *salt != kept.salt
    {
        return refuse("--salt", format!("{:?}", kept.salt), format!("{salt:?}"));
    }
    if let Some(text) = &wish.world
        && parse_toml(text)? != parse_toml(&world.text)?
    {
        return refuse("--world", fingerprint(&world.text), fingerprint(text));
    }
    if wish.block_ms.is_some() && wish.block_ms != world.block_ms {
        return refuse("--block-ms", shown(world.block_ms), shown(wish.block_ms));
    }
    if wish.tempo.is_some() && wish.tempo != world.tempo {
        return refuse("--tempo", shown(world.tempo), shown(wish.tempo));
    }
    if wish.drand.is_some() && wish.drand != world.drand {
        return refuse(
            "--drand",
            shown(world.drand.map(|drand| format!("{drand:?}").to_lowercase())),
            shown(wish.drand.map(|drand| format!("{drand:?}").to_lowercase())),
        );
    }
    if wish.allow_loopback_axons && !world.allow_loopback_axons {
        return refuse("--allow-loopback-axons", "off".to_owned(), "on".to_owned());
    }
    Ok(kept)
}

fn shown(flag: Option<impl ToString>) -> String {
    flag.map_or_else(|| "none".into(), |value| value.to_string())
}

fn parse_toml(text: &str) -> Result<toml::Table, StartError> {
    toml::from_str(text).map_err(|error| StartError::Syntax(error.to_string()))
}

fn fingerprint(text: &str) -> String {
    format!(
        "sha {}",
        hex::encode(&sp_core::hashing::blake2_128(text.as_bytes())[..4])
    )
}

fn build_world(origin: &WorldOrigin) -> Result<World, StartError> {
    let mut world: World =
        toml::from_str(&origin.text).map_err(|error| StartError::Syntax(error.to_string()))?;
    if let Some(block_ms) = origin.block_ms {
        world.chain.block_ms = block_ms;
    }
    if !(10..=600_000).contains(&world.chain.block_ms) {
        return Err(StartError::BlockTime(world.chain.block_ms));
    }
    world.chain.allow_loopback_axons |= origin.allow_loopback_axons;
    world.chain.drand = origin.drand.unwrap_or(world.chain.drand);
    let subnet = world.subnets.first_mut().ok_or(StartError::NoSubnet)?;
    if origin.tempo.is_some() {
        subnet.tempo = origin.tempo;
    }
    Ok(world)
}

fn genesis_block(world: &World, salt: &str) -> Result<SealedBlock, StartError> {
    let (state_root, delta): (H256, TrieDelta) = Nodes::genesis(&genesis::build(world, salt)?);
    let no_extrinsics = StateHasher::hash(&[0]);
    let header = Header::new(
        0,
        no_extrinsics,
        state_root,
        H256::default(),
        Digest::default(),
    );
    Ok(SealedBlock {
        header,
        extrinsics: Vec::new(),
        delta,
    })
}

fn random_salt() -> String {
    hex::encode(rand::random::<[u8; 8]>())
}
