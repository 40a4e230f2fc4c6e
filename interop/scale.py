"""SCALE, storage keys and addresses by hand: what the checks know must not come from the SDK under test."""

import hashlib
import struct

_B58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_MASK = (1 << 64) - 1


def blake2(data: bytes, size: int = 32) -> bytes:
    return hashlib.blake2b(data, digest_size=size).digest()


def _xxh64(data: bytes, seed: int) -> int:
    """XXH64, as its specification has it."""
    p1, p2, p3, p4, p5 = (
        0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x85EBCA77C2B2AE63, 0x27D4EB2F165667C5,
    )  # fmt: skip

    def rotl(value: int, bits: int) -> int:
        return ((value << bits) | (value >> (64 - bits))) & _MASK

    def step(acc: int, lane: int) -> int:
        return rotl((acc + lane * p2) & _MASK, 31) * p1 & _MASK

    at = 0
    if len(data) >= 32:
        accs = [(seed + p1 + p2) & _MASK, (seed + p2) & _MASK, seed, (seed - p1) & _MASK]
        while at + 32 <= len(data):
            accs = [step(acc, lane) for acc, lane in zip(accs, struct.unpack_from("<4Q", data, at))]
            at += 32
        out = sum(rotl(acc, bits) for acc, bits in zip(accs, (1, 7, 12, 18))) & _MASK
        for acc in accs:
            out = ((out ^ step(0, acc)) * p1 + p4) & _MASK
    else:
        out = (seed + p5) & _MASK
    out = (out + len(data)) & _MASK
    while at + 8 <= len(data):
        out = (rotl(out ^ step(0, struct.unpack_from("<Q", data, at)[0]), 27) * p1 + p4) & _MASK
        at += 8
    if at + 4 <= len(data):
        out = (rotl(out ^ struct.unpack_from("<I", data, at)[0] * p1 & _MASK, 23) * p2 + p3) & _MASK
        at += 4
    for byte in data[at:]:
        out = rotl(out ^ byte * p5 & _MASK, 11) * p1 & _MASK
    out = (out ^ (out >> 33)) * p2 & _MASK
    out = (out ^ (out >> 29)) * p3 & _MASK
    return out ^ (out >> 32)


def twox(data: bytes, size: int) -> bytes:
    return b"".join(struct.pack("<Q", _xxh64(data, seed)) for seed in range(size // 8))


HASHERS = {
    "I": lambda key: key,
    "B": lambda key: blake2(key, 16) + key,
    "T": lambda key: twox(key, 8) + key,
}


def storage_prefix(pallet: str, item: str) -> bytes:
    return twox(pallet.encode(), 16) + twox(item.encode(), 16)


def account(ss58: str) -> bytes:
    """The 32 bytes of an address; ValueError where its checksum is wrong."""
    number = 0
    for letter in ss58:
        number = number * 58 + _B58.index(letter)
    raw = number.to_bytes(35, "big")
    if blake2(b"SS58PRE" + raw[:33], 64)[:2] != raw[33:]:
        raise ValueError(f"{ss58!r} is no ss58 address of 32 bytes")
    return raw[1:33]


def ss58(key: bytes, prefix: int = 42) -> str:
    raw = bytes([prefix]) + key
    number = int.from_bytes(raw + blake2(b"SS58PRE" + raw, 64)[:2], "big")
    letters = ""
    while number:
        number, digit = divmod(number, 58)
        letters = _B58[digit] + letters
    return letters


def compact(number: int) -> bytes:
    """SCALE's compact form, up to 2^30: no list here is longer."""
    if number < 1 << 6:
        return struct.pack("<B", number << 2)
    if number < 1 << 14:
        return struct.pack("<H", number << 2 | 1)
    return struct.pack("<I", number << 2 | 2)


def vec(items, layout: str) -> bytes:
    items = list(items)
    return compact(len(items)) + b"".join(struct.pack("<" + layout, item) for item in items)


class Reader:
    """Takes values off the front of SCALE bytes."""

    def __init__(self, data: bytes):
        self.data, self.at = data, 0

    def take(self, size: int) -> bytes:
        out = self.data[self.at : self.at + size]
        if len(out) < size:
            raise ValueError(f"{size} bytes wanted at {self.at} of {len(self.data)}")
        self.at += size
        return out

    def uint(self, size: int) -> int:
        return int.from_bytes(self.take(size), "little")

    def compact(self) -> int:
        mode = self.data[self.at] & 3
        if mode < 3:
            return self.uint(1 << mode) >> 2
        return self.uint((self.uint(1) >> 2) + 4)

    def list(self, item):
        return [item(self) for _ in range(self.compact())]

    def bytes(self) -> bytes:
        return self.take(self.compact())


U8, U16, U32, U64, U128 = (lambda reader, n=n: reader.uint(n) for n in (1, 2, 4, 8, 16))


def BOOL(reader: Reader) -> bool:
    return reader.uint(1) == 1


def BYTES(reader: Reader) -> bytes:
    return reader.bytes()


def ACCOUNT(reader: Reader) -> str:
    return ss58(reader.take(32))


def VEC(item):
    return lambda reader: reader.list(item)


def TUPLE(*items):
    return lambda reader: tuple(item(reader) for item in items)
