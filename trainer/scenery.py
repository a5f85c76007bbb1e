"""Places for rendered scenes: the camera, the ground, what stands behind it and on it."""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from trainer.people import (
    Bytes,
    Colour,
    Floats,
    Light,
    Pen,
    Rng,
    Sprite,
    pick,
    shrunk,
    smooth_noise,
    tint,
)

PLACES = ("square", "platform", "street", "stand", "park", "concert")
HEAD = 0.2  # metres across a head with its hair
_FAR_SCALE = 30.0  # px per metre where people are smallest: heads of 6 px
_TILE, _TILE_PPM = 512, 64  # the ground's repeating texture: 8 m


@dataclass(frozen=True)
class Camera:
    """A shifted lens: scale in px per metre grows linearly from the horizon row downwards."""

    size: tuple[int, int]
    horizon: float
    height: float
    focal: float

    @property
    def squash(self) -> float:
        """How much shorter upright things look because the camera looks down on them."""
        tilt = np.arctan2(self.size[1] / 2 - self.horizon, self.focal)
        return float(max(0.72, np.cos(tilt)))

    def scale_at(self, row: float) -> float:
        return (row - self.horizon) / self.height

    def project(self, x: float, z: float) -> tuple[float, float, float]:
        """Ground metres (right, away) to (column, row, px per metre)."""
        scale = self.focal / z
        return self.size[0] / 2 + x * scale, self.horizon + self.height * scale, scale

    def depths(self) -> tuple[float, float]:
        """Nearest and farthest distance at which people stand; the nearest show only a head."""
        near = self.focal * (self.height - 1.5 * self.squash) / (self.size[1] - self.horizon)
        far_row = max(self.horizon + self.height * _FAR_SCALE, 0.012 * self.size[1])
        return near, self.focal / self.scale_at(far_row)


@dataclass(frozen=True)
class Thing:
    """Something without people that stands at ground metres (x, z) and fills a circle."""

    x: float
    z: float
    radius: float
    sprite: Sprite
    shines: bool


def draw_camera(rng: Rng, place: str, wanted: int, size: tuple[int, int]) -> Camera:
    """A camera from which about `wanted` people can be seen."""
    width, height = size
    focal = 1.1 * 1024
    if place == "stand":
        room = 0.8 * width * height / (0.55 * 0.62 * wanted)
        scale = float(np.clip(1.1 * np.sqrt(room), 36, 190))
        horizon = -height * float(rng.uniform(1.3, 2.2))
        return Camera(size, horizon, (height - horizon) / scale, focal)
    crowded = np.log(max(1, wanted) / 40 * 786432 / (width * height)) / np.log(900 / 40)
    head = float(rng.uniform(17, 40 - 15 * np.clip(crowded, 0, 1)))
    horizon = height * float(rng.uniform(-0.75, 0.14))
    lift = (height - horizon) / (head / HEAD) + 1.4
    return Camera(size, horizon, max(lift, 3.6), focal)


def _tile(rng: Rng, place: str) -> Floats:
    """A repeating brightness texture (512, 512) of the ground, mean about zero."""
    fine = (
        smooth_noise(rng, (_TILE, _TILE), 240) * 0.05 + smooth_noise(rng, (_TILE,) * 2, 60) * 0.04
    )
    if place == "park":
        blades = cv2.blur(rng.standard_normal((_TILE, _TILE)).astype(np.float32), (2, 5))
        return np.asarray(fine + 0.28 * blades, np.float32)
    if place in ("street", "concert"):
        return np.asarray(fine + 0.05 * rng.standard_normal((_TILE, _TILE)), np.float32)
    across, deep = int(rng.choice([32, 64])), int(rng.choice([32, 64]))
    stones = rng.normal(0, 0.06, (_TILE // deep, _TILE // across)).astype(np.float32)
    laid = np.kron(stones, np.ones((deep, across), np.float32))
    laid[::deep] -= 0.2
    laid[:, ::across] -= 0.2
    return np.asarray(laid + fine, np.float32)


def paint_ground(rng: Rng, place: str, camera: Camera, wet: bool) -> Floats:
    """Ground (H, W, 3) over the whole picture: stones, grass or asphalt with stains, puddles."""
    width, height = camera.size
    rows = np.maximum(np.arange(height, dtype=np.float32), camera.horizon + 1)
    scale = ((rows - camera.horizon) / camera.height)[:, None]
    x = (np.arange(width, dtype=np.float32)[None] - width / 2) / scale
    z = np.broadcast_to(camera.focal / scale, x.shape)
    map_x, map_z = (x * _TILE_PPM) % _TILE, (z * _TILE_PPM) % _TILE
    near = cv2.remap(_tile(rng, place), map_x, map_z, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
    # Far texels fall several to a pixel: fade them out instead of letting them flicker.
    sharp = np.clip(scale * scale * camera.height / camera.focal / 34, 0, 1)
    stains = smooth_noise(rng, (_TILE, _TILE), 9) + 0.5 * smooth_noise(rng, (_TILE, _TILE), 40)
    stain_map = cv2.remap(stains, np.abs(x * 11 + 256) % 511, z * 11 % 511, cv2.INTER_LINEAR)
    bases = {
        "park": (112, 120, 78), "street": (106, 104, 100), "concert": (112, 104, 90),
        "stand": (150, 148, 144), "platform": (150, 146, 140), "square": (162, 152, 138),
    }  # fmt: skip
    base = np.asarray(pick(rng, (bases[place],), 12), np.float32)
    ground = base * (1 + near * sharp + 0.055 * stain_map)[..., None]
    if place == "park":
        worn = np.clip(stain_map * 0.5 - 0.1, 0, 0.8)[..., None]
        ground = ground * (1 - worn) + worn * np.array((150, 132, 96), np.float32) * (
            1 + near[..., None]
        )
    if wet:
        pool = np.clip((stain_map - 0.6) * 0.8, 0, 0.42)[..., None]
        ground = ground * 0.82 * (1 - pool) + pool * np.array((190, 198, 208), np.float32)
    return np.asarray(ground, np.float32)


def paint_marks(rng: Rng, place: str, camera: Camera, ground: Bytes) -> tuple[float, float]:
    """Paints lines, kerbs, tracks, steps; gives the metres (left, right) where people may be."""
    near, far = camera.depths()
    near, far = near * 0.6, far * 1.12
    bounds = (-1e3, 1e3)

    def strip(x: float, width: float, colour: Colour) -> None:
        corners = [(x, near), (x + width, near), (x + width, far), (x, far)]
        quad = np.array([camera.project(*corner)[:2] for corner in corners])
        cv2.fillPoly(ground, [np.round(quad * 16).astype(np.int32)], colour, cv2.LINE_AA, 4)

    if place == "platform":
        side = float(rng.choice([-1.0, 1.0]))
        edge = 3.2 * side
        strip(edge, 0.35, (206, 178, 58))
        strip(edge + side * 0.8, side * 0.3, (214, 210, 200))
        strip(edge + side * 1.1, side * 30, (70, 62, 56))
        for rail in (2.0, 3.45, 6.0, 7.45):
            strip(edge + side * rail, 0.09, (150, 142, 136))
        if rng.random() < 0.65:
            _train(rng, camera, ground, (side, near, far))
        bounds = (-1e3, edge) if edge > 0 else (edge + 0.35, 1e3)
    if place == "street":
        bare = ground.copy()
        for side in (-1.0, 1.0):
            strip(side * 6, side * 30, (150, 146, 140))
            strip(side * 6, side * 0.22, (186, 184, 178))
        strip(-0.08, 0.16, (206, 206, 200))
        cv2.addWeighted(ground, 0.7, bare, 0.3, 0, dst=ground)
    if place == "stand":
        _steps(rng, camera, ground)
    return bounds


def _train(rng: Rng, camera: Camera, ground: Bytes, where: tuple[float, float, float]) -> None:
    """A train at the platform's edge: its wall faces the people, its roof the camera."""
    side, near, far = where
    paint = pick(rng, ((196, 200, 204), (158, 40, 44), (52, 88, 128), (226, 204, 96)), 8)

    def panel(z: tuple[float, float], v: tuple[float, float], colour: Colour, deep: float) -> None:
        quad = []
        for end, up, x in ((z[0], v[0], 4.5), (z[1], v[0], 4.5), (z[1], v[1], 4.5 + deep),
                           (z[0], v[1], 4.5 + deep)):  # fmt: skip
            column, row, scale = camera.project(side * x, end)
            quad.append((column * 16, (row - up * scale * camera.squash) * 16))
        cv2.fillPoly(ground, [np.array(quad).astype(np.int32)], colour, cv2.LINE_AA, 4)

    panel((near, far), (3.5, 3.6), (128, 130, 132), 2.8)
    panel((near, far), (0.2, 3.5), paint, 0.0)
    panel((near, far), (0.2, 0.9), tint(paint, 0.55), 0.0)
    panel((near, far), (3.2, 3.5), tint(paint, 0.75), 0.0)
    for car, z in enumerate(np.arange(near, far - 2, 2.0)):
        door = car % 3 == 0
        panel((z + 0.2, z + 1.7), (0.4, 3.0) if door else (1.6, 2.8), tint(paint, 1.2), 0.0)
        panel((z + 0.3, z + 1.6), (1.5, 2.8) if door else (1.7, 2.7), (40, 48, 56), 0.0)


def stand_rows(camera: Camera) -> list[float]:
    """Rows of pixels on which the seats of a stand begin, nearest first."""
    row, rows = camera.size[1] + 1.4 * camera.scale_at(camera.size[1]), []
    while row > -0.4 * camera.scale_at(max(row, 0)):
        rows.append(row)
        row -= 0.62 * camera.scale_at(row)
    return rows


def _steps(rng: Rng, camera: Camera, ground: Bytes) -> None:
    width = camera.size[0]
    bench = pick(rng, ((166, 160, 150), (66, 86, 120), (140, 84, 74), (190, 190, 186)), 8)
    bare = ground.copy()
    for row in reversed(stand_rows(camera)):
        scale = camera.scale_at(row)
        for top, bottom, colour in (
            (0.62, 0.5, (104, 102, 97)), (0.42, 0.3, bench), (0.3, 0.24, tint(bench, 0.5)),
        ):  # fmt: skip
            corners = ((0, round(row - top * scale)), (width, round(row - bottom * scale)))
            cv2.rectangle(ground, *corners, colour, -1)
    cv2.addWeighted(ground, 0.6, bare, 0.4, 0, dst=ground)


def paint_backdrop(rng: Rng, place: str, camera: Camera, picture: Bytes, light: Light) -> None:
    """Sky, houses, trees or a stage above the row where the ground for people ends."""
    base = round(camera.project(0, camera.depths()[1] * 1.12)[1])
    if base < 12 or place == "stand":
        return
    zenith, low = ((120, 152, 188) if light.sun > 0.3 else (188, 194, 202)), (214, 222, 228)
    if light.night:
        zenith, low = (18, 22, 40), (52, 50, 66)
    ramp = np.linspace(0, 1, base, dtype=np.float32)[:, None, None]
    sky = np.array(zenith) * (1 - ramp) + np.array(low) * ramp
    cloud = smooth_noise(rng, (base, camera.size[0]), max(2, base // 60))[..., None]
    picture[:base] = np.clip(sky + np.clip(cloud, 0, 2) * 14 * (not light.night), 0, 255)
    scale = camera.project(0, camera.depths()[1] * 1.12)[2]
    if place in ("street", "square", "platform"):
        _houses(rng, picture, base, scale, light)
        dirt = smooth_noise(rng, (base, camera.size[0]), 6) + smooth_noise(rng, (base, 1), 2)
        worn = picture[:base] * (1 + 0.05 * dirt[..., None]) * (0.78 + 0.22 * (1 - ramp))
        picture[:base] = np.clip(worn, 0, 255)
    elif place == "concert":
        _stage(rng, picture, base, scale)
    if place != "street":
        _hedge(rng, picture, base, scale, 1.0 if place == "park" else 0.62)


def _houses(rng: Rng, picture: Bytes, base: int, scale: float, light: Light) -> None:
    walls: tuple[Colour, ...] = (
        (188, 172, 148), (164, 110, 86), (206, 198, 184), (142, 140, 138), (196, 164, 116),
    )  # fmt: skip
    signs = ((150, 40, 40), (40, 70, 110), (50, 90, 60), (60, 60, 64))
    left = -float(rng.uniform(0, 6)) * scale
    while left < picture.shape[1]:
        wide, floors = float(rng.uniform(7, 15)) * scale, int(rng.integers(3, 7))
        wall = pick(rng, walls)
        top = base - (floors * 3.3 + 1) * scale
        start, end = round(left), round(left + wide)
        cv2.rectangle(picture, (start, round(top)), (end, base), wall, -1)
        cv2.rectangle(picture, (start, round(top)), (end, round(top + 0.5 * scale)), signs[3], -1)
        bays = int(rng.integers(3, 6))
        for floor in range(floors):
            for bay in range(bays):
                u = left + wide * (bay + 0.5) / bays
                v = base - (floor * 3.3 + 0.9) * scale
                _window(rng, picture, (u, v), (0.34 * wide / bays, 1.7 * scale), wall, light)
        fascia = (round(base - 3.3 * scale), round(base - 2.8 * scale))
        cv2.rectangle(picture, (start, fascia[0]), (end, fascia[1]), pick(rng, signs), -1)
        left += wide + 1


def _window(
    rng: Rng, picture: Bytes, at: tuple[float, float], size: tuple[float, float], wall: Colour,
    light: Light,
) -> None:  # fmt: skip
    lit = light.night and rng.random() < 0.5
    glass = (250, 214, 140) if lit else pick(rng, ((52, 60, 70), (96, 112, 128)), 12)
    left, right = round(at[0] - size[0]), round(at[0] + size[0])
    top, bottom = round(at[1] - size[1]), round(at[1])
    cv2.rectangle(picture, (left - 1, top - 1), (right + 1, bottom + 1), tint(wall, 1.18), -1)
    cv2.rectangle(picture, (left, top), (right, bottom), glass, -1)
    cv2.line(picture, (round(at[0]), top), (round(at[0]), bottom), tint(wall, 1.1), 1)


def _stage(rng: Rng, picture: Bytes, base: int, scale: float) -> None:
    middle, wide = picture.shape[1] * float(rng.uniform(0.35, 0.65)), 9 * scale
    left, right, top = round(middle - wide), round(middle + wide), round(base - 8 * scale)
    cv2.rectangle(picture, (left, top), (right, base), (24, 24, 30), -1)
    for share in np.linspace(0.08, 0.92, 9):
        lamp = (round(left + share * 2 * wide), round(top + 1.2 * scale))
        colour = pick(rng, ((255, 90, 160), (90, 160, 255), (255, 210, 120)), 20)
        beam = [lamp, (lamp[0] - round(scale), base), (lamp[0] + round(scale), base)]
        layer = picture.copy()
        cv2.fillPoly(layer, [np.array(beam)], tint(colour, 0.7))
        cv2.addWeighted(layer, 0.28, picture, 0.72, 0, dst=picture)
        cv2.circle(picture, lamp, max(2, round(0.25 * scale)), colour, -1, cv2.LINE_AA)
    cv2.rectangle(picture, (left, base - round(1.4 * scale)), (right, base), (44, 44, 50), -1)
    for side in (left, right):
        cv2.line(picture, (side, top), (side, base), (120, 122, 126), max(2, round(0.3 * scale)))
    cv2.line(picture, (left, top), (right, top), (130, 132, 136), max(2, round(0.5 * scale)))


def _hedge(rng: Rng, picture: Bytes, base: int, scale: float, share: float) -> None:
    """A far line of trees with a ragged edge, over `share` of the width."""
    width, bumps = picture.shape[1], max(3, round(base / scale / 2))
    shape = base, width
    crowns = smooth_noise(rng, (int(scale * 6), width), 2)[0]
    leaves = smooth_noise(rng, shape, bumps * 4) + smooth_noise(rng, shape, bumps * 14)
    tall = np.minimum((4.2 + 9 * (share - 1)) * scale, 0.62 * base) + 1.1 * scale * crowns
    above = base - np.arange(base, dtype=np.float32)[:, None]
    green = np.array(pick(rng, ((84, 98, 66), (98, 106, 70), (76, 88, 66)), 6), np.float32)
    trees = np.array(smooth_noise(rng, (max(2, int(scale * 4)), width), 1)[:1])
    shade = (
        0.55 + 0.5 * np.clip(above / np.maximum(tall, scale), 0, 1) + 0.1 * leaves + 0.12 * trees
    )
    covers = above < tall + 0.22 * scale * leaves
    picture[:base][covers] = np.clip(green * shade[..., None], 0, 255)[covers].astype(np.uint8)


def _tree(rng: Rng, pen: Pen) -> None:
    bark = pick(rng, ((82, 68, 56), (104, 92, 80)), 8)
    pen.poly([(-0.16, 0.0), (0.16, 0.0), (0.1, 3.6), (-0.06, 3.6)], bark)
    pen.poly([(0.02, 0.0), (0.16, 0.0), (0.1, 3.6), (0.02, 3.6)], tint(bark, 0.68))
    for u, v in ((-0.8, 4.2), (0.75, 4.4), (0.2, 4.6)):
        pen.stroke([(0.02, 3.0), (u, v)], 0.1, tint(bark, 0.8))
    green = pick(rng, ((88, 104, 58), (100, 110, 62), (72, 92, 58), (146, 118, 60)), 8)
    clumps = rng.uniform(-1, 1, (26, 2)) * np.sqrt(rng.random((26, 1))) * (1.25, 1.1)
    for step in range(1500):
        clump = clumps[step * 7 % 26]
        u, rise = clump + rng.normal(0, 0.2, 2)
        # Painted from below to above, so that lit leaves lie over shaded ones.
        shade = max(0.36, 0.4 + 0.5 * step / 1500 + 0.14 * rise + 0.5 * (rise - clump[1]))
        size = float(rng.uniform(0.03, 0.075)) * (2 - 1.2 * step / 1500)
        pen.oval(u, 4.3 + rise, (size, 0.7 * size), tint(green, shade))


def _lamp(rng: Rng, pen: Pen) -> None:
    pen.stroke([(0.0, 0.0), (0.0, 4.6)], 0.1, pick(rng, ((58, 60, 62), (40, 66, 52))))
    pen.poly([(-0.1, 4.5), (0.1, 4.5), (0.16, 4.85), (-0.16, 4.85)], (246, 238, 216))
    pen.poly([(-0.2, 4.85), (0.2, 4.85), (0.0, 5.05)], (50, 52, 54))


def _tent(rng: Rng, pen: Pen) -> None:
    cloth = pick(rng, ((238, 236, 230), (240, 240, 240), (196, 46, 42), (40, 90, 150)), 6)
    for u in (-1.4, 1.4):
        pen.stroke([(u, 0.0), (u, 2.2)], 0.07, (180, 180, 182))
    pen.poly([(-1.2, 0.0), (1.2, 0.0), (1.2, 0.95), (-1.2, 0.95)], tint(cloth, 0.62))
    pen.poly([(-1.6, 2.15), (1.6, 2.15), (0.0, 3.3)], cloth)
    pen.poly([(0.25, 2.15), (1.6, 2.15), (0.0, 3.3)], tint(cloth, 0.8))
    pen.poly([(-1.6, 2.15), (1.6, 2.15), (1.6, 1.92), (-1.6, 1.92)], tint(cloth, 0.9))


def _barrier(rng: Rng, pen: Pen) -> None:
    metal = pick(rng, ((168, 172, 176), (150, 152, 156)))
    for v in (0.15, 1.05):
        pen.stroke([(-1.15, v), (1.15, v)], 0.05, metal)
    for u in np.linspace(-1.1, 1.1, 15):
        pen.stroke([(u, 0.15), (u, 1.05)], 0.022, tint(metal, 0.93))


def _banner(rng: Rng, pen: Pen) -> None:
    cloth = pick(rng, ((200, 40, 50), (30, 90, 170), (240, 190, 40), (40, 130, 80)), 15)
    pen.stroke([(0.0, 0.0), (0.0, 4.0)], 0.06, (130, 132, 134))
    pen.poly([(0.03, 4.0), (0.75, 3.9), (0.7, 1.9), (0.03, 2.0)], cloth)
    pen.poly([(0.12, 3.5), (0.62, 3.45), (0.62, 3.1), (0.12, 3.15)], tint(cloth, 1.6))


def _van(rng: Rng, pen: Pen) -> None:
    paint = pick(rng, ((232, 232, 230), (60, 64, 70), (170, 30, 34), (50, 80, 130)), 8)
    body = [(-1.5, 0.3), (1.5, 0.3), (1.52, 1.0), (1.2, 1.15), (0.75, 1.95), (-1.5, 2.0)]
    pen.poly(body, paint)
    pen.poly([(0.1, 1.2), (1.08, 1.15), (0.72, 1.8), (0.1, 1.8)], (46, 54, 62))
    pen.poly([(-1.3, 1.2), (-0.05, 1.2), (-0.05, 1.8), (-1.3, 1.8)], (58, 66, 74))
    pen.stroke([(-1.5, 0.75), (1.5, 0.75)], 0.05, tint(paint, 0.7))
    for u in (-0.95, 0.95):
        pen.oval(u, 0.32, (0.32, 0.3), (28, 28, 30))
        pen.oval(u, 0.32, (0.16, 0.15), (150, 152, 154))


_KINDS: dict[str, tuple[Callable[[Rng, Pen], None], tuple[float, float, float]]] = {
    # what draws it, its width and height and the radius that it keeps free, in metres
    "tree": (_tree, (3.8, 6.0, 0.5)), "lamp": (_lamp, (0.6, 5.2, 0.3)),
    "tent": (_tent, (3.4, 3.4, 1.8)), "barrier": (_barrier, (2.4, 1.2, 0.8)),
    "banner": (_banner, (1.7, 4.2, 0.3)), "van": (_van, (3.2, 2.2, 1.9)),
}  # fmt: skip
_FURNITURE = {
    "square": ("tree", "lamp", "tent", "barrier", "banner"), "platform": ("lamp", "banner"),
    "street": ("lamp", "barrier", "banner", "van", "tree"), "stand": ("barrier", "banner"),
    "park": ("tree", "tree", "tent", "lamp"), "concert": ("barrier", "tent", "banner"),
}  # fmt: skip


def draw_things(rng: Rng, place: str, camera: Camera, bounds: tuple[float, float]) -> list[Thing]:
    """Furniture of the place, farthest first; most of it to the sides and far away."""
    near, far = camera.depths()
    things = []
    for _ in range(int(rng.integers(2, 10))):
        name = str(rng.choice(_FURNITURE[place]))
        draw, (width, height, radius) = _KINDS[name]
        z = float(rng.uniform(near * 1.35, far))
        edge = camera.size[0] / 2 / (camera.focal / z)
        x = float(np.sign(rng.uniform(-1, 1)) * edge * np.sqrt(rng.uniform(0.05, 1.0)))
        if not bounds[0] + radius < x < bounds[1] - radius:
            continue
        scale = camera.focal / z
        pen = Pen(width, height, min(max(2 * scale, 60), 220), camera.squash)
        draw(rng, pen)
        things.append(Thing(x, z, radius, shrunk(pen, 1.2 * scale), name == "lamp"))
    return sorted(things, key=lambda thing: -thing.z)
