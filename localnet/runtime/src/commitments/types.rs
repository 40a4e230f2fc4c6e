//! What a hotkey may commit, in the chain's compact encoding: one leading byte says the kind, and for
//! raw bytes also how many.

use codec::{Decode, DecodeWithMemTracking, Encode, Error, Input, MaxEncodedLen, Output};
use frame_support::{BoundedVec, traits::ConstU32};
use scale_info::{Path, Type, TypeInfo, build::Fields};

/// Most fields of a commitment.
pub type MaxFields = ConstU32<3>;
/// Ciphertext of a field, at most 1024 bytes.
pub type TimelockedField = BoundedVec<u8, ConstU32<1024>>;
/// The longest field in the clear: 512 bytes.
pub type BigField = BoundedVec<u8, ConstU32<512>>;

/// One field of a commitment.
#[derive(Clone, Eq, PartialEq, Debug, Default, DecodeWithMemTracking, MaxEncodedLen)]
pub enum Data {
    /// An empty field.
    #[default]
    None,
    /// Up to 128 bytes of any meaning.
    Raw(BoundedVec<u8, ConstU32<128>>),
    /// BLAKE2b, 256 bits, of what the hotkey keeps to itself.
    BlakeTwo256([u8; 32]),
    /// SHA-256 of it.
    Sha256([u8; 32]),
    /// Keccak-256 of it.
    Keccak256([u8; 32]),
    /// SHA3-256 of it.
    ShaThree256([u8; 32]),
    /// Opened by the chain when the drand round is published.
    TimelockEncrypted {
        /// Encrypted to the round, as timelocked weights are.
        encrypted: TimelockedField,
        /// The drand round.
        reveal_round: u64,
    },
    /// Asks for the hotkey's bonds to be forgotten.
    ResetBondsFlag,
    /// Up to 512 bytes of any meaning.
    BigRaw(BigField),
}

impl Data {
    /// Bytes that count against the space of an epoch.
    pub fn space(&self) -> u64 {
        let bytes = match self {
            Self::None | Self::ResetBondsFlag => 0,
            Self::Raw(bytes) => bytes.len(),
            Self::BigRaw(bytes) => bytes.len(),
            Self::TimelockEncrypted { encrypted, .. } => encrypted.len(),
            Self::BlakeTwo256(_) | Self::Sha256(_) | Self::Keccak256(_) | Self::ShaThree256(_) => {
                32
            }
        };
        bytes as u64
    }
}

impl Encode for Data {
    fn encode_to<O: Output + ?Sized>(&self, out: &mut O) {
        match self {
            Self::None => out.push_byte(0),
            Self::Raw(bytes) => {
                out.push_byte(u8::try_from(bytes.len()).map_or(0, |length| length + 1));
                out.write(bytes);
            }
            Self::BlakeTwo256(hash) => (130u8, hash).encode_to(out),
            Self::Sha256(hash) => (131u8, hash).encode_to(out),
            Self::Keccak256(hash) => (132u8, hash).encode_to(out),
            Self::ShaThree256(hash) => (133u8, hash).encode_to(out),
            Self::TimelockEncrypted {
                encrypted,
                reveal_round,
            } => {
                (134u8, encrypted, reveal_round).encode_to(out);
            }
            Self::ResetBondsFlag => out.push_byte(135),
            Self::BigRaw(bytes) => (136u8, bytes).encode_to(out),
        }
    }
}

impl codec::EncodeLike for Data {}

impl Decode for Data {
    fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
        Ok(match input.read_byte()? {
            0 => Self::None,
            length @ 1..=129 => {
                let mut bytes = vec![0; usize::from(length - 1)];
                input.read(&mut bytes)?;
                Self::Raw(
                    bytes
                        .try_into()
                        .map_err(|_| Error::from("raw field too long"))?,
                )
            }
            130 => Self::BlakeTwo256(Decode::decode(input)?),
            131 => Self::Sha256(Decode::decode(input)?),
            132 => Self::Keccak256(Decode::decode(input)?),
            133 => Self::ShaThree256(Decode::decode(input)?),
            134 => Self::TimelockEncrypted {
                encrypted: Decode::decode(input)?,
                reveal_round: Decode::decode(input)?,
            },
            135 => Self::ResetBondsFlag,
            136 => Self::BigRaw(Decode::decode(input)?),
            _ => return Err("unknown kind of field".into()),
        })
    }
}

/// Clients see a variant for each length of raw bytes.
impl TypeInfo for Data {
    type Identity = Self;

    fn type_info() -> Type {
        let mut variants = scale_info::build::Variants::new().variant("None", |v| v.index(0));
        macro_rules! raw {
            ($($size:literal)*) => {$(
                variants = variants.variant(concat!("Raw", stringify!($size)), |v| {
                    v.index($size + 1).fields(Fields::unnamed().field(|f| f.ty::<[u8; $size]>()))
                });
            )*};
        }
        raw! {
            0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31
            32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60
            61 62 63 64 65 66 67 68 69 70 71 72 73 74 75 76 77 78 79 80 81 82 83 84 85 86 87 88 89
            90 91 92 93 94 95 96 97 98 99 100 101 102 103 104 105 106 107 108 109 110 111 112 113
            114 115 116 117 118 119 120 121 122 123 124 125 126 127 128
        }
        for (index, name) in [
            (130, "BlakeTwo256"),
            (131, "Sha256"),
            (132, "Keccak256"),
            (133, "ShaThree256"),
        ] {
            variants = variants.variant(name, |v| {
                v.index(index)
                    .fields(Fields::unnamed().field(|f| f.ty::<[u8; 32]>()))
            });
        }
        let variants = variants
            .variant("TimelockEncrypted", |v| {
                v.index(134).fields(
                    Fields::named()
                        .field(|f| f.name("encrypted").ty::<TimelockedField>())
                        .field(|f| f.name("reveal_round").ty::<u64>()),
                )
            })
            .variant("ResetBondsFlag", |v| v.index(135))
            .variant("BigRaw", |v| {
                v.index(136)
                    .fields(Fields::unnamed().field(|f| f.ty::<BigField>()))
            });
        Type::builder()
            .path(Path::new("Data", module_path!()))
            .variant(variants)
    }
}

/// A commitment as it is sent.
#[derive(
    Clone,
    Eq,
    PartialEq,
    Debug,
    Default,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
pub struct CommitmentInfo {
    /// In the order that the hotkey chose.
    pub fields: BoundedVec<Data, MaxFields>,
}

/// A commitment as it is kept.
#[derive(Clone, Eq, PartialEq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Registration<Balance, BlockNumber> {
    /// Zero: commitments are free.
    pub deposit: Balance,
    /// Of the commitment.
    pub block: BlockNumber,
    /// What was sent, less the timelocked fields that have been opened.
    pub info: CommitmentInfo,
}

/// Space that a hotkey has used in an epoch, in bytes.
#[derive(Clone, Eq, PartialEq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct UsageTracker {
    /// The epoch that is counted in, by the subnet's index of epochs.
    pub last_epoch: u64,
    /// So far in that epoch.
    pub used_space: u64,
}
