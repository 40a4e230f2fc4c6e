//! The chain on disk: where it comes from, the hashes of old blocks, and the segments of the last few thousand blocks.
//!
//! `origin.json` (salt and world), `hashes` (32 bytes a block), `chain-<first block>.log` (see [`super::segment`]) and
//! `lock`. Two segments cover the window of kept states; when a third begins the first is deleted, so the folder stays
//! bounded, apart from 32 bytes a block.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sp_core::H256;

use super::error::DataDirError;
use super::segment::{Reader, Record, Segment};
use super::{Chain, STATE_WINDOW, SealedBlock};

/// What a chain began from; kept so that a restart needs no flags and another origin is refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin<W> {
    /// Makes the genesis hash, and the keys that the node plays with.
    pub salt: String,
    /// The world and what flags changed in it.
    pub world: W,
}

/// A locked data folder.
#[derive(Debug)]
pub struct DataDir {
    path: PathBuf,
    archive: bool,
    current: Option<(u32, Segment)>,
    _lock: File,
}

impl DataDir {
    /// Creates the folder if needed and locks it for this process.
    pub fn open(path: &Path, archive: bool) -> Result<Self, DataDirError> {
        fs::create_dir_all(path).map_err(|error| DataDirError::io(path, error))?;
        let lock_path = path.join("lock");
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&lock_path)
            .map_err(|error| DataDirError::io(&lock_path, error))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                path: path.to_owned(),
                archive,
                current: None,
                _lock: lock,
            }),
            Err(TryLockError::WouldBlock) => Err(DataDirError::InUse(path.to_owned())),
            Err(TryLockError::Error(error)) => Err(DataDirError::io(&lock_path, error)),
        }
    }

    /// What the chain in this folder began from, or `None` where no chain has begun.
    pub fn origin<W: for<'de> Deserialize<'de>>(&self) -> Result<Option<Origin<W>>, DataDirError> {
        if self.segments()?.is_empty() {
            return Ok(None);
        }
        let path = self.path.join("origin.json");
        let text = fs::read(&path).map_err(|error| DataDirError::io(&path, error))?;
        serde_json::from_slice(&text)
            .map(Some)
            .map_err(|error| DataDirError::Origin {
                path,
                reason: error.to_string(),
            })
    }

    /// Begins a chain: the origin first, then the genesis block, whose presence says that the chain exists.
    pub fn begin<W: Serialize>(
        &mut self,
        origin: &Origin<W>,
        genesis: &SealedBlock,
    ) -> Result<(), DataDirError> {
        let path = self.path.join("origin.json");
        let text = serde_json::to_vec_pretty(origin).map_err(|error| DataDirError::Origin {
            path: path.clone(),
            reason: error.to_string(),
        })?;
        let written = File::create(&path).and_then(|mut file| {
            file.write_all(&text)?;
            file.sync_all()
        });
        written.map_err(|error| DataDirError::io(&path, error))?;
        self.start_segment(genesis)
    }

    /// Reads the chain back, with the states of the last `keep` blocks.
    pub fn load(&mut self, keep: usize) -> Result<Chain, DataDirError> {
        let segments = self.segments()?;
        let Some((first, _)) = segments.first() else {
            return Err(DataDirError::Gap(self.path.clone()));
        };
        let older = self.read_hashes(*first)?;
        let mut older = Some(older);
        let mut chain: Option<Chain> = None;
        let newest = segments.len() - 1;
        for (index, (number, path)) in segments.iter().enumerate() {
            let (base, mut reader) = Reader::open(path)?;
            let chain = match &mut chain {
                None => chain.insert(Chain::new(older.take().unwrap_or_default(), base, keep)),
                Some(chain) if chain.head().hash == base.header.hash() => chain,
                Some(_) => return Err(DataDirError::Gap(path.clone())),
            };
            while let Some(record) = reader.next()? {
                match record {
                    Record::Sealed(block) if block.header.parent_hash == chain.head().hash => {
                        chain.append(block);
                    }
                    Record::Sealed(_) => return Err(DataDirError::Gap(path.clone())),
                    Record::RetractedTo(number) => {
                        chain.retract_to(number);
                    }
                }
            }
            if index == newest {
                let (segment, torn) = reader
                    .into_segment()
                    .map_err(|error| DataDirError::io(path, error))?;
                if torn > 0 {
                    tracing::warn!(bytes = torn, path = %path.display(), "dropped a block that was cut short");
                }
                self.current = Some((*number, segment));
            }
        }
        chain.ok_or_else(|| DataDirError::Gap(self.path.clone()))
    }

    /// Writes a block; it is durable after [`DataDir::sync`].
    pub fn append(&mut self, block: &SealedBlock) -> Result<(), DataDirError> {
        self.record(&Record::Sealed(block.clone()))
    }

    /// Notes that the head went back to `number`.
    pub fn retract_to(&mut self, number: u32) -> Result<(), DataDirError> {
        self.record(&Record::RetractedTo(number))?;
        self.sync()
    }

    /// The lowest block that a retraction may go back to without leaving the current segment.
    pub fn retract_floor(&self) -> u32 {
        self.current.as_ref().map_or(0, |(base, _)| *base)
    }

    /// Waits until everything appended is on disk.
    pub fn sync(&self) -> Result<(), DataDirError> {
        match &self.current {
            Some((_, segment)) => segment
                .sync()
                .map_err(|error| DataDirError::io(segment.path(), error)),
            None => Ok(()),
        }
    }

    /// Begins a new segment when the current one covers a whole window, and deletes what no window needs.
    pub fn rotate_if_due(&mut self, chain: &Chain) -> Result<(), DataDirError> {
        let Some((base, _)) = &self.current else {
            return Ok(());
        };
        let head = chain.head().number;
        if self.archive || head < base.saturating_add(STATE_WINDOW as u32) {
            return Ok(());
        }
        let base = *base;
        self.sync()?;
        self.write_hashes(base, chain.hashes_between(base, head))?;
        let Some(snapshot) = chain.snapshot() else {
            return Ok(());
        };
        self.start_segment(&snapshot)?;
        for (first, path) in self.segments()? {
            if first < base {
                fs::remove_file(&path).map_err(|error| DataDirError::io(&path, error))?;
            }
        }
        Ok(())
    }

    fn record(&mut self, record: &Record) -> Result<(), DataDirError> {
        match &mut self.current {
            Some((_, segment)) => segment
                .append(record)
                .map_err(|error| DataDirError::io(segment.path(), error)),
            None => Ok(()),
        }
    }

    fn start_segment(&mut self, base: &SealedBlock) -> Result<(), DataDirError> {
        let number = base.header.number;
        let path = self.path.join(format!("chain-{number:010}.log"));
        let segment =
            Segment::create(&path, base).map_err(|error| DataDirError::io(&path, error))?;
        self.current = Some((number, segment));
        Ok(())
    }

    fn segments(&self) -> Result<Vec<(u32, PathBuf)>, DataDirError> {
        let io = |error| DataDirError::io(&self.path, error);
        let mut found = Vec::new();
        for entry in fs::read_dir(&self.path).map_err(io)? {
            let path = entry.map_err(io)?.path();
            let number = path
                .file_name()
                .and_then(|name| name.to_str())
                .and_then(|name| {
                    name.strip_prefix("chain-")?
                        .strip_suffix(".log")?
                        .parse()
                        .ok()
                });
            if let Some(number) = number {
                found.push((number, path));
            }
        }
        found.sort();
        Ok(found)
    }

    fn read_hashes(&self, count: u32) -> Result<Vec<H256>, DataDirError> {
        if count == 0 {
            return Ok(Vec::new());
        }
        let path = self.path.join("hashes");
        let mut bytes = vec![0; count as usize * 32];
        File::open(&path)
            .and_then(|mut file| file.read_exact(&mut bytes))
            .map_err(|error| DataDirError::io(&path, error))?;
        Ok(bytes.chunks_exact(32).map(H256::from_slice).collect())
    }

    fn write_hashes(&self, from: u32, hashes: &[H256]) -> Result<(), DataDirError> {
        let path = self.path.join("hashes");
        let write = || {
            let mut file = OpenOptions::new()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&path)?;
            file.set_len(u64::from(from) * 32)?;
            file.seek(SeekFrom::End(0))?;
            for hash in hashes {
                file.write_all(hash.as_bytes())?;
            }
            file.sync_all()
        };
        write().map_err(|error: io::Error| DataDirError::io(&path, error))
    }
}
