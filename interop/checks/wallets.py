"""Wallet files: written by the SDK, of the form that every tool of the field reads, and good for signing."""

import json
from pathlib import Path

from report import equal

from .context import Context

PASSWORD = "a password of the interop run"
FIELDS = {"accountId", "publicKey", "ss58Address"}
SECRETS = {"secretPhrase", "secretSeed", "privateKey"}


def files(c: Context) -> str:
    folder = Path.home() / ".bittensor" / "wallets" / "made"
    actor = c.sdk.new_wallet("made", PASSWORD)
    hotkey = json.loads((folder / "hotkeys" / "hot").read_text())
    assert FIELDS | SECRETS <= set(hotkey), f"the hotkey's file has {sorted(hotkey)}"
    equal("address in the hotkey's file", hotkey["ss58Address"], actor.hot)
    public = json.loads((folder / "coldkeypub.txt").read_text())
    assert not public.get("secretSeed") and not public.get("secretPhrase"), "a secret in the public file"
    equal("address in the public file", public["ss58Address"], actor.cold)
    secret = (folder / "coldkey").read_bytes()
    assert secret.startswith(b"$NACL"), f"the coldkey's file starts with {secret[:6]!r}"

    c.sdk.transfer(c.user, actor.cold, 2 * 10**9).must()
    reopened = c.sdk.open_wallet("made", PASSWORD)
    equal("addresses read back", (reopened.cold, reopened.hot), (actor.cold, actor.hot))
    out = c.sdk.transfer(reopened, c.user.cold, 10**9)
    sums = c.paid(out, actor.cold, 10**9)
    wrong = c.sdk.transfer(c.sdk.open_wallet("made", PASSWORD + "?"), c.user.cold, 1)
    assert not wrong.ok and "password" in f"{wrong.error} {wrong.data}", f"a wrong password gave {wrong}"
    return f"hotkey in the clear, coldkey encrypted; signed after reading back: {sums}; wrong password: {wrong.error}"
