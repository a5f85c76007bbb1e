"""People for rendered scenes, drawn once each into a small sprite, and the light on them."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
Colour = tuple[float, float, float]
Rng = np.random.Generator

_FINE = 4  # fractional bits of the drawing coordinates
_SKINS = ((246, 214, 190), (236, 194, 162), (222, 172, 136), (198, 142, 104), (160, 108, 76))
_DARK_SKINS = ((124, 80, 54), (88, 58, 42))
_HAIRS = (
    (22, 19, 18),
    (30, 25, 23),
    (44, 31, 24),
    (60, 42, 30),
    (92, 64, 42),
    (140, 102, 62),
    (198, 164, 104),
)
_GREY_HAIRS = ((140, 138, 136), (206, 202, 196), (116, 68, 44))
_CLOTHES = (
    (26, 26, 30), (36, 42, 64), (70, 72, 78), (232, 230, 226), (30, 34, 40), (58, 80, 120),
    (176, 34, 38), (210, 214, 218), (44, 92, 62), (150, 132, 96), (118, 150, 186), (98, 74, 56),
    (222, 120, 140), (232, 190, 60), (226, 108, 40), (104, 60, 118), (40, 120, 172),
    (128, 130, 132), (250, 248, 244), (190, 52, 84), (92, 108, 70),
)  # fmt: skip
_TROUSERS = ((34, 38, 52), (48, 62, 92), (26, 26, 28), (120, 108, 84), (80, 82, 88), (90, 112, 146))


@dataclass(frozen=True)
class Light:
    """Light of a scene: `side` -1 (from the left) to 1, `sun` 0 (overcast) to 1."""

    side: float
    sun: float
    shadow: tuple[float, float]  # metres right and away on the ground, per metre of height
    cast: Colour  # factors on red, green, blue
    haze: Colour
    haze_far: float  # part of the haze colour in what is farthest, 0 to 1
    night: bool


@dataclass(frozen=True)
class Sprite:
    """Premultiplied rgba (h, w, 4), head mask (h, w), the ground point in px, px per metre."""

    rgba: Bytes
    head: Bytes
    anchor: tuple[float, float]
    ppm: float
    head_rows: int = 0  # rows from the top within which the head mask lies
    head_centre: tuple[float, float] = (0.0, 0.0)  # metres right of and above the ground point
    head_area: float = 0.0  # square metres, before anything covers it


@dataclass(frozen=True)
class Look:
    """Everything that stays with a person whichever way they turn."""

    tall: float
    broad: float
    skin: Colour
    hair: Colour
    style: str
    top: Colour
    pattern: str
    second: Colour
    legs: Colour
    wear: str
    short_sleeves: bool
    arms: str
    pack: bool
    umbrella: bool
    seated: bool


class Pen:
    """A canvas in metres: u right of the middle, v above the ground, drawn with cv2."""

    def __init__(self, width: float, height: float, ppm: float, squash: float = 1.0) -> None:
        self.ppm, self.squash = ppm, squash
        self._middle, self._foot = width / 2, height * squash
        shape = (int(np.ceil((height * squash + 0.06) * ppm)), int(np.ceil(width * ppm)))
        self.rgba: Bytes = np.zeros((*shape, 4), np.uint8)
        self.head: Bytes = np.zeros(shape, np.uint8)

    @property
    def anchor(self) -> tuple[float, float]:
        """Ground point in px."""
        return self._middle * self.ppm, self._foot * self.ppm

    def _px(self, points: list[tuple[float, float]]) -> NDArray[np.int32]:
        unit, squash = self.ppm * (1 << _FINE), self.squash
        xy = [((u + self._middle) * unit, (self._foot - v * squash) * unit) for u, v in points]
        return np.array(xy, np.float32).astype(np.int32)

    def poly(self, points: list[tuple[float, float]], colour: Colour) -> None:
        cv2.fillPoly(self.rgba, [self._px(points)], (*colour, 255.0), cv2.LINE_8, _FINE)

    def stroke(self, points: list[tuple[float, float]], width: float, colour: Colour) -> None:
        thick = max(1, round(width * self.ppm))
        line = [self._px(points)]
        cv2.polylines(self.rgba, line, False, (*colour, 255.0), thick, cv2.LINE_8, _FINE)

    def oval(
        self, u: float, v: float, radii: tuple[float, float], colour: Colour, head: bool = False
    ) -> None:
        x, y = (int(value) for value in self._px([(u, v)])[0])
        axes = [max(1, round(radius * self.ppm * (1 << _FINE))) for radius in radii]
        arc = (0.0, 0.0, 360.0)
        full = (*colour, 255.0)
        cv2.ellipse(self.rgba, (x, y), axes, *arc, full, -1, cv2.LINE_8, _FINE)
        if head:
            cv2.ellipse(self.head, (x, y), axes, *arc, (255.0,), -1, cv2.LINE_8, _FINE)


def tint(colour: Colour, factor: float) -> Colour:
    """The colour made darker (< 1) or lighter (> 1), kept within 0 to 255."""
    red, green, blue = (min(255.0, max(0.0, value * factor)) for value in colour)
    return red, green, blue


def pick(rng: Rng, colours: tuple[Colour, ...], spread: float = 10) -> Colour:
    """One of the colours, varied mostly in brightness."""
    chosen = np.asarray(colours[int(rng.integers(len(colours)))], float)
    red, green, blue = np.clip(
        chosen + rng.normal(0, spread) + rng.normal(0, spread / 5, 3), 4, 255
    )
    return float(red), float(green), float(blue)


def smooth_noise(rng: Rng, shape: tuple[int, int], cells: int) -> Floats:
    """Cubic noise of zero mean and unit deviation, `cells` bumps along the shorter side."""
    step = min(shape) / cells
    coarse = rng.standard_normal((int(shape[0] / step) + 4, int(shape[1] / step) + 4))
    large = cv2.resize(coarse.astype(np.float32), None, fx=step, fy=step, interpolation=2)
    cut = large[int(step) : int(step) + shape[0], int(step) : int(step) + shape[1]]
    return np.asarray((cut - cut.mean()) / (cut.std() + 1e-6), np.float32)


def draw_light(rng: Rng, place: str) -> Light:
    """The hour and the weather."""
    night = bool(rng.random() < (0.35 if place == "concert" else 0.12))
    sun = 0.0 if night else float(np.clip(rng.uniform(-0.4, 1.2), 0, 1))
    warm = float(rng.uniform(-0.07, 0.1)) * (0.4 + 0.6 * sun)
    long = float(rng.uniform(0.35, 1.5))
    side = float(rng.uniform(-1, 1))
    grey = float(rng.uniform(150, 215)) * (0.25 if night else 1)
    return Light(
        side=side,
        sun=sun,
        shadow=(-side * long, float(rng.uniform(-0.3, 0.7)) * long),
        cast=(1 + warm, 1.0, 1 - 1.2 * warm),
        haze=(grey * (1 + warm), grey, grey * (1 - warm) + 6),
        haze_far=float(rng.uniform(0.04, 0.38)),
        night=night,
    )


def _cloth(rng: Rng, colours: tuple[Colour, ...]) -> Colour:
    """A colour of clothes: half of them dark or pale, most of them washed out a little."""
    shade = pick(rng, colours[:7] if rng.random() < 0.45 else colours, 9)
    grey, kept = sum(shade) / 3, float(rng.uniform(0.45, 1.0))
    red, green, blue = (grey + (value - grey) * kept for value in shade)
    return red, green, blue


def draw_look(rng: Rng, warm: bool, wet: bool, seated: bool = False) -> Look:
    """A person at random; `warm` weather bares arms, `wet` weather brings hoods and umbrellas."""
    styles = ["short", "short", "short", "long", "long", "bun", "bald", "cap", "hat", "hood"]
    odds = np.array([3, 3, 3, 3, 2, 1.2, 0.8, 1.6, 0.9 if warm else 0.4, 4 if wet else 0.3])
    skins = _SKINS if rng.random() < 0.75 else _DARK_SKINS
    hairs = _HAIRS[:2] if skins is _DARK_SKINS or rng.random() < 0.35 else _HAIRS + _GREY_HAIRS
    child = rng.random() < 0.05
    return Look(
        tall=float(rng.uniform(1.15, 1.45) if child else rng.normal(1.70, 0.08)),
        broad=float(rng.uniform(0.16, 0.19) if child else rng.uniform(0.20, 0.265)),
        skin=pick(rng, skins, 7),
        hair=pick(rng, hairs, 7),
        style=str(rng.choice(styles, p=odds / odds.sum())),
        top=_cloth(rng, _CLOTHES),
        pattern=str(rng.choice(["plain", "stripes", "print", "open"], p=[0.64, 0.12, 0.1, 0.14])),
        second=_cloth(rng, _CLOTHES),
        legs=_cloth(rng, _TROUSERS),
        wear=str(rng.choice(["trousers", "skirt", "shorts"], p=[0.72, 0.14, 0.14])),
        short_sleeves=bool(warm and rng.random() < 0.75),
        arms=str(rng.choice(["down", "front", "bag", "up"], p=[0.6, 0.27, 0.1, 0.03])),
        pack=bool(rng.random() < 0.14),
        umbrella=bool(rng.random() < (0.09 if wet else 0.006)),
        seated=seated,
    )


def draw_person(
    look: Look, yaw: float, stride: float, ppm: float, squash: float, light: Light, grain: Floats
) -> Sprite:
    """The person turned by yaw (0 faces the camera, pi shows the back), one step of `stride`."""
    roomy = look.umbrella or look.arms == "up"
    tall = look.tall - (0.68 if look.seated else 0.0)
    pen = Pen(
        1.3 if roomy else 0.8, tall + (0.5 if roomy else 0.12), min(max(1.7 * ppm, 84), 260), squash
    )
    lean = 0.05 * np.sin(yaw)
    _legs(pen, look, tall, stride)
    _torso(pen, look, tall, yaw)
    head_v = tall - 0.125 / squash
    _head(pen, look, yaw, lean, head_v)
    area = float(np.count_nonzero(pen.head)) / pen.ppm**2
    if look.umbrella:
        _umbrella(pen, look, tall)
    sprite = shrunk(pen, ppm, (lean, head_v * squash), area)
    _shade(sprite, light, grain)
    return sprite


def _legs(pen: Pen, look: Look, tall: float, stride: float) -> None:
    hip = 0.5 * tall
    if look.seated:
        pen.poly([(-0.2, 0.02), (-0.22, hip), (0.22, hip), (0.2, 0.02)], look.legs)
        return
    shoe = tint(look.second, 0.5)
    for side in (-1.0, 1.0):
        swing = stride * side
        knee = (side * 0.1 + swing * 0.04, hip * 0.52 + abs(swing) * 0.03)
        foot = (side * 0.1 + swing * 0.05, 0.05 + max(0.0, swing) * 0.11)
        lower = look.legs if look.wear == "trousers" else look.skin
        pen.stroke([knee, foot], 0.115, tint(lower, 0.86))
        pen.stroke([(side * 0.09, hip), knee], 0.17, tint(look.legs, 0.95))
        pen.oval(foot[0], foot[1] - 0.02, (0.065, 0.04), shoe)
    if look.wear == "skirt":
        pen.poly([(-0.17, hip + 0.1), (-0.25, 0.4), (0.25, 0.4), (0.17, hip + 0.1)], look.legs)


def _torso(pen: Pen, look: Look, tall: float, yaw: float) -> None:
    wide = look.broad * (1 - 0.3 * abs(np.sin(yaw)))
    top, hip = tall - 0.29, 0.47 * tall
    half = [(0.3, 0.07), (0.72, 0.045), (0.93, -0.02), (1.0, -0.1), (0.88, -0.3)]
    right = [(u * wide, top + v) for u, v in half] + [(0.9 * wide, hip)]
    outline = right + [(-u, v) for u, v in reversed(right)]
    pen.poly(outline, look.top)
    if look.pattern == "stripes":
        for v in np.arange(hip + 0.04, top - 0.02, 0.09):
            pen.stroke([(-0.84 * wide, v), (0.84 * wide, v)], 0.035, look.second)
    if look.pattern == "print" and not look.pack:
        pen.oval(0.2 * wide * np.sin(yaw), top - 0.2, (0.42 * wide, 0.08), look.second)
    if look.pattern == "open" and np.cos(yaw) > 0:
        pen.poly([(-0.25 * wide, top), (0.25 * wide, top), (0.2, hip), (-0.2, hip)], look.second)
    _arms(pen, look, (wide, top, hip, tall), float(np.cos(yaw)) > -0.1)
    if look.pack and np.cos(yaw) < 0.2:
        pen.poly([(-0.13, top + 0.02), (0.13, top + 0.02), (0.15, top - 0.38), (-0.15, top - 0.38)],
                 tint(look.second, 0.8))  # fmt: skip
        pen.oval(0.0, top - 0.3, (0.1, 0.06), tint(look.second, 0.6))
    elif look.arms == "bag":
        pen.stroke([(-0.7 * wide, top + 0.03), (0.9 * wide, hip + 0.06)], 0.03, (40, 32, 28))


def _arms(pen: Pen, look: Look, body: tuple[float, float, float, float], front: bool) -> None:
    wide, top, hip, tall = body
    sleeve = tint(look.top, 0.84)
    for side in (-1.0, 1.0):
        shoulder, elbow = (side * 0.93 * wide, top - 0.07), (side * (wide + 0.05), top - 0.34)
        hand = (side * (wide + 0.03), hip + 0.0)
        if look.arms == "front":
            hand = (side * (0.04 if front else 0.9 * wide), top - 0.27 - 0.02 * side)
        if look.arms == "up" and side > 0:
            elbow, hand = (side * (wide + 0.1), top + 0.12), (side * (wide + 0.02), tall + 0.22)
        pen.stroke([elbow, hand], 0.085, look.skin if look.short_sleeves else sleeve)
        pen.stroke([shoulder, elbow], 0.11, sleeve)
        pen.oval(*hand, (0.036, 0.045), tint(look.skin, 0.85))


def _head(pen: Pen, look: Look, yaw: float, u: float, v: float) -> None:
    toward, side = float(np.cos(yaw)), float(np.sin(yaw))
    hair = look.skin if look.style == "bald" else look.hair
    if look.style == "hood":
        hair = look.top
    if look.style in ("long", "hood"):
        pen.oval(u - 0.03 * side, v - 0.08, (0.105, 0.13 if look.style == "long" else 0.1), hair)
    pen.stroke([(u * 0.7, v - 0.06), (0.0, v - 0.2)], 0.11, tint(look.skin, 0.72))
    if toward < 0 and look.style in ("short", "cap", "bald"):
        pen.oval(u, v - 0.09, (0.07, 0.06), tint(look.skin, 0.85), head=True)
        for ear in (-1.0, 1.0):
            pen.oval(u + ear * 0.095, v - 0.02, (0.022, 0.032), look.skin)
    bare = toward > 0.25 and look.style not in ("long", "hood")
    pen.oval(u, v, (0.1, 0.125), look.skin if bare else hair, head=True)
    if bare:
        pen.oval(u - 0.02 * side, v + 0.062, (0.103, 0.074), hair, head=True)
        pen.oval(u - 0.09 * side, v + 0.02, (0.03 + 0.05 * abs(side), 0.07), hair)
    if look.style == "bun":
        pen.oval(u - 0.07 * side, v + 0.12, (0.05, 0.045), tint(hair, 0.9), head=True)
    if toward > -0.4:
        _face(pen, look, (u, v), (toward, side))
    elif look.style == "long":
        pen.oval(u, v - 0.08, (0.098, 0.15), hair)
    _hat(pen, look, (u, v), toward, side)


def _face(pen: Pen, look: Look, at: tuple[float, float], turn: tuple[float, float]) -> None:
    toward, side = turn
    u, v = at[0] + 0.045 * side, at[1] - 0.036
    narrow = 0.6 + 0.4 * max(toward, 0.0)
    pen.oval(u, v - 0.03, (0.062 * narrow, 0.076), tint(look.skin, 0.92), head=True)
    pen.oval(u, v - 0.01, (0.084 * narrow, 0.076), look.skin)
    if toward < 0.1:
        return
    if look.style == "short" and look.broad > 0.25:
        pen.oval(u, v - 0.062, (0.064 * narrow, 0.04), tint(look.hair, 1.25))
        pen.oval(u, v - 0.03, (0.05 * narrow, 0.03), look.skin)
    for eye in (-1.0, 1.0):
        pen.oval(u + eye * 0.033 * narrow + 0.01 * side, v + 0.025, (0.017, 0.01), (52, 38, 32))
    pen.oval(u + 0.012 * side, v - 0.018, (0.012, 0.02), tint(look.skin, 0.84))
    pen.oval(u + 0.01 * side, v - 0.055, (0.027, 0.009), (150, 78, 72))


def _hat(pen: Pen, look: Look, at: tuple[float, float], toward: float, side: float) -> None:
    u, v = at
    if look.style == "cap":
        pen.oval(u, v + 0.05, (0.104, 0.085), look.second, head=True)
        if toward > -0.3:
            pen.oval(u + 0.06 * side, v + 0.022, (0.085, 0.024), tint(look.second, 0.7))
    if look.style == "hat":
        straw = look.second if look.second[0] > 150 else (214.0, 190.0, 140.0)
        pen.oval(u, v + 0.035, (0.185, 0.065), tint(straw, 0.82))
        pen.oval(u, v + 0.085, (0.1, 0.075), straw, head=True)
        pen.oval(u, v + 0.045, (0.1, 0.022), tint(straw, 0.45), head=True)
    if look.style in ("short", "long", "bun"):
        pen.oval(u - 0.02, v + 0.085, (0.042, 0.018), tint(look.hair, 1.55))


def _umbrella(pen: Pen, look: Look, tall: float) -> None:
    """The canopy, which takes the pixels that it covers away from the head."""
    before = pen.rgba.copy()
    brim, crown = tall + 0.02, tall + 0.36
    arch = [
        (0.56 * np.cos(a), brim + (crown - brim) * np.sin(a)) for a in np.linspace(0, np.pi, 15)
    ]
    pen.poly(arch, look.second)
    for start, end, shade in ((0, 4, 0.72), (4, 8, 1.0), (8, 11, 1.12), (11, 14, 0.86)):
        pen.poly([(0.0, crown), *arch[start : end + 1]], tint(look.second, shade))
    pen.head[(before != pen.rgba).any(axis=2)] = 0


def _shifted(values: Floats, right: int, down: int) -> Floats:
    matrix = np.array([[1, 0, right], [0, 1, down]], np.float32)
    size = (values.shape[1], values.shape[0])
    return np.asarray(cv2.warpAffine(values, matrix, size, flags=cv2.INTER_NEAREST), np.float32)


def _relief(mask: Floats, radius: float, side: float) -> Floats:
    """Brightness (h, w) of a rounded mask 0..1 lit from above and from `side`."""
    width = max(3, int(radius) | 1)
    soft: Floats = np.asarray(cv2.blur(cv2.blur(mask, (width, width)), (width, width)), np.float32)
    reach = max(1, int(radius * 0.6))
    return np.asarray(soft - _shifted(soft, -round(reach * side), reach), np.float32)


def _shade(sprite: Sprite, light: Light, grain: Floats) -> None:
    """Rounds the flat colours: lit and dark sides, shade under the chin, folds, darker feet."""
    rows, columns = sprite.head.shape
    strength, ppm = 0.3 + 0.5 * light.sun, sprite.ppm
    inside: Floats = np.asarray(sprite.head / 255, np.float32)
    outside = 1 - inside
    head = _relief(inside, 0.09 * ppm, light.side)
    shape: Floats = np.asarray(sprite.rgba[..., 3] / 255, np.float32)
    body = _relief(shape, 0.13 * ppm, light.side)
    near = max(2, int(0.16 * ppm))
    chin = _shifted(np.asarray(cv2.blur(inside, (near, near)), np.float32), 0, int(0.13 * ppm))
    fall = np.linspace(1.1, 0.62, rows, dtype=np.float32)[:, None]
    factor = fall * (1 - 0.16 * inside) + strength * (1.2 * head * inside + 0.8 * body * outside)
    factor -= outside * chin * 0.38
    # Another piece of the folds for every figure, without a draw of its own.
    at = (columns * 7 + rows * 3 + int(sprite.rgba[rows // 2, columns // 2, 0])) % 200
    factor += 0.055 * grain[at : at + rows, at : at + columns]
    factor = np.minimum(np.maximum(factor, 0.25), 1.7)
    lit = cv2.multiply(sprite.rgba[..., :3], cv2.merge([factor] * 3), dtype=cv2.CV_8U)
    np.minimum(lit, sprite.rgba[..., 3:], out=sprite.rgba[..., :3])


def shrunk(
    pen: Pen, ppm: float, head_centre: tuple[float, float] = (0.0, 0.0), area: float = 0.0
) -> Sprite:
    """The drawing brought down to `ppm` by area averaging, which smooths its edges."""
    height, width = pen.head.shape
    small = (max(2, round(width * ppm / pen.ppm)), max(2, round(height * ppm / pen.ppm)))
    rgba = cv2.resize(pen.rgba, small, interpolation=cv2.INTER_AREA)
    head = cv2.resize(pen.head, small, interpolation=cv2.INTER_AREA)
    real = small[0] / width * pen.ppm
    anchor = (pen.anchor[0] * small[0] / width, pen.anchor[1] * small[1] / height)
    rows = cv2.boundingRect(head)
    return Sprite(
        np.asarray(rgba, np.uint8), np.asarray(head, np.uint8), anchor, real, rows[1] + rows[3],
        head_centre, area,
    )  # fmt: skip
