//! One file of blocks: a snapshot of the block it begins with, then a record per change of the head.
//!
//! Every record is framed as `length u32 | blake2-64 of the payload | payload`, so that a write cut short by a crash is
//! recognised and dropped, while damage further up in the file is reported and never silently skipped.

use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use codec::{DecodeAll, Encode};
use sp_core::hashing::blake2_64;

use super::SealedBlock;
use super::error::DataDirError;

const FRAME_HEADER: u64 = 12;

/// What can happen to the head.
#[derive(Debug, codec::Encode, codec::Decode)]
pub enum Record {
    Sealed(SealedBlock),
    RetractedTo(u32),
}

/// A segment open for appending.
#[derive(Debug)]
pub struct Segment {
    file: File,
    path: PathBuf,
    end: u64,
}

impl Segment {
    /// Writes a new segment beginning with `base`; it appears under its name only when all of it is on disk.
    pub fn create(path: &Path, base: &SealedBlock) -> io::Result<Self> {
        let unfinished = path.with_extension("new");
        let mut out = BufWriter::new(File::create(&unfinished)?);
        let end = write_frame(&mut out, &base.encode())?;
        let file = out.into_inner().map_err(|error| error.into_error())?;
        file.sync_all()?;
        drop(file);
        std::fs::rename(&unfinished, path)?;
        if let Some(folder) = path.parent() {
            File::open(folder)?.sync_all()?;
        }
        let file = OpenOptions::new().append(true).open(path)?;
        Ok(Self {
            file,
            path: path.to_owned(),
            end,
        })
    }

    /// Appends a record; it is durable after [`Segment::sync`].
    pub fn append(&mut self, record: &Record) -> io::Result<()> {
        let mut frame = Vec::new();
        let length = write_frame(&mut frame, &record.encode())?;
        match self.file.write_all(&frame) {
            Ok(()) => {
                self.end += length;
                Ok(())
            }
            Err(error) => {
                // A full disk leaves half a record behind: the next one must not follow it.
                self.file.set_len(self.end)?;
                Err(error)
            }
        }
    }

    /// Waits until everything appended is on disk.
    pub fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }
}

/// Reads a segment from its beginning.
pub struct Reader {
    input: BufReader<File>,
    path: PathBuf,
    at: u64,
    length: u64,
}

impl Reader {
    /// Opens a segment and reads the block it begins with.
    pub fn open(path: &Path) -> Result<(SealedBlock, Self), DataDirError> {
        let file = File::open(path).map_err(|error| DataDirError::io(path, error))?;
        let length = file
            .metadata()
            .map_err(|error| DataDirError::io(path, error))?
            .len();
        let mut reader = Self {
            input: BufReader::new(file),
            path: path.to_owned(),
            at: 0,
            length,
        };
        let payload = reader.frame()?.ok_or_else(|| reader.damaged(0))?;
        let base = SealedBlock::decode_all(&mut &payload[..]).map_err(|_| reader.damaged(0))?;
        Ok((base, reader))
    }

    /// The next record, or `None` at the end or at a record that was cut short.
    pub fn next(&mut self) -> Result<Option<Record>, DataDirError> {
        let start = self.at;
        let Some(payload) = self.frame()? else {
            return Ok(None);
        };
        Record::decode_all(&mut &payload[..])
            .map(Some)
            .map_err(|_| self.damaged(start))
    }

    /// Goes on appending where reading ended, over whatever was cut short there.
    pub fn into_segment(self) -> io::Result<(Segment, u64)> {
        let torn = self.length - self.at;
        let mut file = OpenOptions::new().append(true).open(&self.path)?;
        if torn > 0 {
            file.set_len(self.at)?;
            file.sync_all()?;
        }
        file.seek(SeekFrom::End(0))?;
        Ok((
            Segment {
                file,
                path: self.path,
                end: self.at,
            },
            torn,
        ))
    }

    fn frame(&mut self) -> Result<Option<Vec<u8>>, DataDirError> {
        let left = self.length - self.at;
        if left < FRAME_HEADER {
            return Ok(None);
        }
        let io = |error| DataDirError::io(&self.path, error);
        let mut header = [0; FRAME_HEADER as usize];
        self.input.read_exact(&mut header).map_err(io)?;
        let (size, checksum) = header.split_at(4);
        let size = u64::from(u32::from_le_bytes([size[0], size[1], size[2], size[3]]));
        if size > left - FRAME_HEADER {
            return Ok(None);
        }
        let mut payload = vec![0; size as usize];
        self.input.read_exact(&mut payload).map_err(io)?;
        if blake2_64(&payload) != *checksum {
            let last = size == left - FRAME_HEADER;
            return if last {
                Ok(None)
            } else {
                Err(self.damaged(self.at))
            };
        }
        self.at += FRAME_HEADER + size;
        Ok(Some(payload))
    }

    fn damaged(&self, offset: u64) -> DataDirError {
        DataDirError::Damaged {
            path: self.path.clone(),
            offset,
        }
    }
}

fn write_frame(out: &mut impl Write, payload: &[u8]) -> io::Result<u64> {
    let size = u32::try_from(payload.len())
        .map_err(|_| io::Error::other("a record of more than 4 GiB"))?;
    out.write_all(&size.to_le_bytes())?;
    out.write_all(&blake2_64(payload))?;
    out.write_all(payload)?;
    out.flush()?;
    Ok(FRAME_HEADER + u64::from(size))
}

impl Segment {
    /// Where the segment lies.
    pub fn path(&self) -> &Path {
        &self.path
    }
}
