"""The vectors of RFC 8032, section 7.1, and what must not pass."""

import unittest

from muster_reader.ed25519 import verifies

# Public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]
ORDER = 2**252 + 27742317777372353535851937790883648493


class Ed25519Test(unittest.TestCase):
    def test_vectors_of_the_standard_verify(self):
        for key, message, signature in VECTORS:
            self.assertTrue(verifies(*map(bytes.fromhex, (key, message, signature))))

    def test_every_changed_bit_is_refused(self):
        key, message, signature = map(bytes.fromhex, VECTORS[2])
        for bit in range(0, 512, 7):
            changed = bytearray(signature)
            changed[bit // 8] ^= 1 << bit % 8
            self.assertFalse(verifies(key, message, bytes(changed)), f"bit {bit}")
        self.assertFalse(verifies(key, message + b"\0", signature))

    def test_a_scalar_beyond_the_order_is_refused(self):
        key, message, signature = map(bytes.fromhex, VECTORS[1])
        scalar = int.from_bytes(signature[32:], "little") + ORDER
        self.assertFalse(verifies(key, message, signature[:32] + scalar.to_bytes(32, "little")))

    def test_other_lengths_are_refused(self):
        key, message, signature = map(bytes.fromhex, VECTORS[0])
        self.assertFalse(verifies(key[:31], message, signature))
        self.assertFalse(verifies(key, message, signature + b"\0"))


if __name__ == "__main__":
    unittest.main()
