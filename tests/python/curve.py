"""Strict Ed25519: what `cryptography` does not check itself, with plain integers."""

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)


def decompress(encoded):
    """The point (extended coordinates) of 32 bytes, or None. Takes a y of P or more, too."""
    number = int.from_bytes(encoded, "little")
    sign, y = number >> 255, (number & (1 << 255) - 1) % P
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P != u:
        x = x * ROOT % P
    if v * x * x % P != u:
        return None
    if x & 1 != sign:
        x = -x % P
    return (x, y, 1, x * y % P)


def compress(point):
    x, y, z, _ = point
    inverse = pow(z, -1, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def add(a, b):
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    m, n = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    c, d = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = n - m, d - c, d + c, n + m
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(number, point):
    result = NEUTRAL
    while number:
        if number & 1:
            result = add(result, point)
        point = add(point, point)
        number >>= 1
    return result


def is_neutral(point):
    x, y, z, _ = point
    return x % P == 0 and (y - z) % P == 0


BASE = decompress((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
_keys = {}


def key_fault(key):
    """Why a key may not sign; None if it may."""
    if key not in _keys:
        _keys[key] = _key_fault(key)
    return _keys[key]


def _key_fault(key):
    point = decompress(key)
    if point is None:
        return "not-a-point"
    if compress(point) != key:
        return "not-canonical"
    if is_neutral(times(8, point)):
        return "weak"
    if not is_neutral(times(ORDER, point)):
        return "torsion"
    return None


def signature_holds(key, message, signature):
    """Whether a signature holds by the strict rules."""
    nonce, scalar = signature[:32], int.from_bytes(signature[32:], "little")
    fault = key_fault(key)
    if scalar >= ORDER or fault in ("not-a-point", "weak") or nonce in SMALL:
        return False
    if fault == "not-canonical":
        return _equation(key, message, nonce, scalar)
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _equation(key, message, nonce, scalar):
    """`R = [s]B - [k]A`, compared as bytes; for keys that a library might not take."""
    point = decompress(key)
    if is_neutral(times(8, point)):
        return False
    k = int.from_bytes(hashlib.sha512(nonce + key + message).digest(), "little") % ORDER
    x, y, z, t = point
    return compress(add(times(scalar, BASE), times(k, (-x % P, y, z, -t % P)))) == nonce


def _small_points():
    """The eight points of small order, found by taking any point ORDER times."""
    y = 2
    while True:
        point = decompress(y.to_bytes(32, "little"))
        y += 1
        if point is None:
            continue
        low = times(ORDER, point)
        if not is_neutral(times(4, low)):
            return {compress(times(n, low)) for n in range(8)}


SMALL = _small_points()
