"""Rendered crowds whose truth is known exactly: the demo scene, training data, a moving source.

Truth: a person counts when the centre of the head lies inside the picture and at least 30 % of
the head's pixels show in the finished painting, after nearer people, things, an own umbrella and
the picture's border have hidden their part. An id buffer, painted with the picture, decides it.
"""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.degrade import compressed
from trainer.people import (
    Bytes,
    Floats,
    Light,
    Look,
    Rng,
    Sprite,
    draw_light,
    draw_look,
    draw_person,
    smooth_noise,
)
from trainer.scenery import (
    PLACES,
    Camera,
    Thing,
    draw_camera,
    draw_things,
    paint_backdrop,
    paint_ground,
    paint_marks,
    stand_rows,
)

# The demo scene's seed: the year of the founding paper, fixed before any count was seen.
DEMO_SEED: int = 2020

_SEEN_SHARE = 0.3
_FEWEST, _MOST, _AREA = 40, 900, 1024 * 768
_SPACING = 0.5  # metres between two people at least
_DETAIL = 1.2  # px of a sprite per px of the picture
_STRIDES = (-1.0, 0.0, 1.0, 0.0)
_YAWS = 8

Ids = NDArray[np.uint16]  # whose head a pixel shows, 0 for everything else


@dataclass(frozen=True)
class Scene:
    """A picture uint8 (H, W, 3) RGB and its head centres float32 (N, 2), x and y in px."""

    picture: NDArray[np.uint8]
    points: NDArray[np.float32]

    @property
    def count(self) -> int:
        return len(self.points)


@dataclass(frozen=True)
class _World:
    """All that stands still. `background` (H, W, 3) is lit; `glow` (H/8, W/8, 3) lights people."""

    camera: Camera
    place: str
    light: Light
    wet: bool
    warm: bool
    things: list[Thing]
    bounds: tuple[float, float]
    background: Bytes
    glow: Floats
    grain: Floats


@dataclass(frozen=True)
class _Figure:
    """Something to paint: a sprite at ground metres (x, z); `number` is 0 for things."""

    x: float
    z: float
    sprite: Sprite
    number: int


@dataclass(frozen=True)
class _Walk:
    """A person's closed path: an ellipse on the ground, walked at a steady turn."""

    look: Look
    centre: tuple[float, float]
    radii: tuple[float, float]
    turn: float  # radians a second
    phase: float
    yaw: float | None  # None: looks where they walk

    def at(self, t: float) -> tuple[float, float, float]:
        """Ground metres x and z, and yaw, at t seconds."""
        angle = self.phase + self.turn * t
        x = self.centre[0] + self.radii[0] * np.cos(angle)
        z = self.centre[1] + self.radii[1] * np.sin(angle)
        step_x = -self.radii[0] * np.sin(angle) * self.turn
        step_z = self.radii[1] * np.cos(angle) * self.turn
        heading = float(np.arctan2(step_x, -step_z)) if self.yaw is None else self.yaw
        return float(x), float(z), heading


def render_scene(seed: int, size: tuple[int, int] = (1024, 768)) -> Scene:
    """The crowd of this seed at size (W, H); head sizes stay, the crowd grows with the area."""
    rng = np.random.default_rng(seed)
    crowd = _FEWEST * (_MOST / _FEWEST) ** rng.random() * size[0] * size[1] / _AREA
    wanted = max(1, round(crowd))
    place = str(rng.choice(PLACES))
    world = _build(rng, place, wanted, size)
    facing = float(rng.choice([np.pi, np.pi, 0.0, rng.uniform(0, 2 * np.pi)]))
    spread = float(rng.uniform(0.4, 2.0))
    figures = []
    for number, (x, z) in enumerate(_spots(rng, world, wanted), start=1):
        look = draw_look(rng, world.warm, world.wet, place == "stand")
        yaw, stride = facing + spread * rng.standard_normal(), float(rng.uniform(-1, 1))
        sprite = _person_sprite(world, look, float(yaw), stride, world.camera.focal / z)
        figures.append(_Figure(float(x), float(z), sprite, number))
    picture, points = _paint(world, figures)
    return Scene(_photograph(picture, _grain_of_film(rng, size, world.light), rng), points)


class MovingScene:
    """One place with people who walk in it; a frame depends on its time alone."""

    def __init__(
        self, seed: int, size: tuple[int, int] = (1280, 720), people: int | None = None
    ) -> None:
        rng = np.random.default_rng(seed)
        wanted = 150 if people is None else people
        place = str(rng.choice([place for place in PLACES if place not in ("stand", "concert")]))
        self._seed = seed
        self._world = _build(rng, place, wanted, size)
        spots = _spots(rng, self._world, wanted)
        self._walks = [_draw_walk(rng, self._world, float(x), float(z)) for x, z in spots]
        self._film = _grain_of_film(rng, (size[0] + 64, size[1] + 64), self._world.light)
        self._sprite = lru_cache(maxsize=3000)(self._draw_sprite)

    def frame(self, t: float) -> Scene:
        """The scene at t seconds."""
        figures = []
        for number, walk in enumerate(self._walks, start=1):
            x, z, yaw = walk.at(t)
            level = int(np.ceil(np.log2(self._world.camera.focal / z / 16)))
            paces = 0 if walk.yaw is not None else int((1.9 * t + walk.phase * 3) * 2) % 4
            turned = round(yaw / (2 * np.pi) * _YAWS) % _YAWS
            sprite = self._sprite(number - 1, turned, _STRIDES[paces], level)
            figures.append(_Figure(x, z, sprite, number))
        picture, points = _paint(self._world, figures)
        moment = np.random.default_rng([self._seed, int(abs(t) * 1000)])
        width, height = self._world.camera.size
        right, down = (int(shift) for shift in moment.integers(0, 64, 2))
        film = self._film[down : down + height, right : right + width]
        return Scene(_photograph(picture, film, np.random.default_rng(self._seed)), points)

    def _draw_sprite(self, person: int, turned: int, stride: float, level: int) -> Sprite:
        yaw, scale = turned * 2 * np.pi / _YAWS, 16.0 * 2**level / _DETAIL
        return _person_sprite(self._world, self._walks[person].look, yaw, stride, scale)


def _build(rng: Rng, place: str, wanted: int, size: tuple[int, int]) -> _World:
    """The empty place under its light."""
    light, wet = draw_light(rng, place), bool(rng.random() < 0.12)
    camera = draw_camera(rng, place, wanted, size)
    background = np.clip(paint_ground(rng, place, camera, wet), 0, 255).astype(np.uint8)
    paint_backdrop(rng, place, camera, background, light)
    bounds = paint_marks(rng, place, camera, background)
    things = draw_things(rng, place, camera, bounds)
    glow = _draw_glow(rng, camera, light, things)
    # A camera exposes for the picture that it sees.
    exposed = float(rng.uniform(70, 95) if light.night else rng.uniform(105, 145))
    metered = float((cv2.resize(background, glow.shape[1::-1]) * glow).mean())
    glow *= np.clip(exposed / metered, 0.7, 2.6)
    lit = background * cv2.resize(glow, size, interpolation=cv2.INTER_LINEAR)
    grain = smooth_noise(rng, (900, 900), 90) + smooth_noise(rng, (900, 900), 30)
    return _World(
        camera=camera, place=place, light=light, wet=wet, warm=bool(rng.random() < 0.55),
        things=things, bounds=bounds, background=np.clip(lit, 0, 255).astype(np.uint8), glow=glow,
        grain=np.asarray(grain, np.float32),
    )  # fmt: skip


def _draw_glow(rng: Rng, camera: Camera, light: Light, things: list[Thing]) -> Floats:
    """Factors (H/8, W/8, 3) of the light: clouds and lens by day, lamps by night."""
    width, height = camera.size[0] // 8, camera.size[1] // 8
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    radius = ((columns / width - 0.5) ** 2 + (rows / height - 0.5) ** 2)[..., None]
    drift = smooth_noise(rng, (height, width), 3)[..., None]
    even = (1 + 0.06 * drift) * (1 - 0.35 * radius) * np.array(light.cast, np.float32)
    if not light.night:
        return np.asarray(even * (0.86 + 0.2 * light.sun), np.float32)
    glow = np.full((height, width, 3), (0.42, 0.43, 0.52))
    pools = [(thing.x, thing.z) for thing in things if thing.shines]
    near, far = camera.depths()
    pools += [(float(rng.normal(0, 5)), float(rng.uniform(near, far))) for _ in range(7)]
    for x, z in pools:
        column, row, scale = (value / 8 for value in camera.project(x, z))
        across, deep = 4.5 * scale, 3.0 * scale
        pool = np.exp(-(((columns - column) / across) ** 2) - ((rows - row + scale) / deep) ** 2)
        glow += pool[..., None] * np.array((0.62, 0.5, 0.34)) * float(rng.uniform(0.5, 1))
    return np.asarray(np.minimum(glow, 1.25) * even, np.float32)


def _spots(rng: Rng, world: _World, wanted: int) -> Floats:
    """Ground metres (n, 2), x and z, of at most `wanted` people, farthest first."""
    camera = world.camera
    near, far = camera.depths()
    if world.place == "stand":
        tries = _seats(rng, camera)
    else:
        # Even over the ground: the visible strip widens with the distance.
        z = np.sqrt(rng.uniform(near**2, far**2, 10 * wanted + 2000))
        tries = np.stack([rng.uniform(-0.5, 0.5, len(z)) * camera.size[0] / camera.focal * z, z], 1)
        tries = tries[(tries[:, 0] > world.bounds[0]) & (tries[:, 0] < world.bounds[1])]
    uneven = float(rng.uniform(0.2, 1.7))
    field = uneven * smooth_noise(rng, (64, 64), int(rng.integers(2, 7)))
    across = np.clip((tries[:, 0] * camera.focal / tries[:, 1] / camera.size[0] + 0.5) * 64, 0, 63)
    deep = np.clip((tries[:, 1] - near) / (far - near) * 64, 0, 63)
    # Gumbel keys order the places as if drawn one after another by their intensity.
    keys = field[deep.astype(int), across.astype(int)] + rng.gumbel(size=len(tries))
    tries = tries[np.argsort(-keys)]
    for thing in world.things:
        tries = tries[np.hypot(tries[:, 0] - thing.x, tries[:, 1] - thing.z) > thing.radius]
    chosen = _spaced(tries, wanted, 0.0 if world.place == "stand" else _SPACING)
    return np.asarray(chosen[np.argsort(-chosen[:, 1])], np.float32)


def _seats(rng: Rng, camera: Camera) -> NDArray[np.float64]:
    """Every seat of the stand, in ground metres (n, 2)."""
    seats, aisle = [], float(rng.uniform(-4, 4))
    for row in stand_rows(camera):
        scale = camera.scale_at(row)
        reach = camera.size[0] / 2 / scale
        x = np.arange(-reach, reach, 0.55) + rng.uniform(0, 0.2)
        x = x[np.abs((x - aisle + 4.5) % 9 - 4.5) > 0.6] + rng.normal(0, 0.05)
        depth = camera.focal / (scale + rng.normal(0, 0.05, len(x)) * scale / camera.height)
        seats.append(np.stack([x, depth], 1))
    return np.concatenate(seats)


def _spaced(tries: NDArray[np.float64], wanted: int, apart: float) -> NDArray[np.float64]:
    """The first `wanted` places (n, 2) that keep `apart` metres from all chosen before."""
    if not apart:
        return tries[:wanted]
    x, z = tries.T.copy()
    free = np.ones(len(tries), bool)
    chosen: list[int] = []
    for index in range(len(tries)):
        if len(chosen) == wanted:
            break
        if free[index]:
            chosen.append(index)
            free &= (x - x[index]) ** 2 + (z - z[index]) ** 2 > apart**2
    return tries[chosen]


def _draw_walk(rng: Rng, world: _World, x: float, z: float) -> _Walk:
    """A path about (x, z) that stays on the visible ground."""
    near, far = world.camera.depths()
    deep = max(0.05, min(float(rng.uniform(0.5, 5)), z - near, far - z))
    edge = world.camera.size[0] / 2 / world.camera.focal * (z - deep) - 0.3
    room = min(edge - abs(x), x - world.bounds[0], world.bounds[1] - x)
    wide = max(0.05, min(float(rng.uniform(0.5, 5)), room))
    pace = float(rng.uniform(0.7, 1.4) * rng.choice([-1, 1]))
    phase, yaw = float(rng.uniform(0, 2 * np.pi)), float(rng.uniform(0, 2 * np.pi))
    look = draw_look(rng, world.warm, world.wet)
    if rng.random() < 0.35:
        return _Walk(look, (x, z), (0.03, 0.03), 0.6, phase, yaw)
    return _Walk(look, (x, z), (wide, deep), pace / max(wide, deep, 0.8), phase, None)


def _person_sprite(world: _World, look: Look, yaw: float, stride: float, scale: float) -> Sprite:
    squash = world.camera.squash
    return draw_person(look, yaw, stride, _DETAIL * scale, squash, world.light, world.grain)


def _paint(world: _World, people: list[_Figure]) -> tuple[Bytes, Floats]:
    """Paints far to near; gives the picture and the centres (n, 2) of the heads that show."""
    camera = world.camera
    things = [_Figure(thing.x, thing.z, thing.sprite, 0) for thing in world.things]
    figures = sorted(things + people, key=lambda figure: -figure.z)
    picture = world.background.copy()
    _cast_shadows(world, figures, picture)
    ids = np.zeros(picture.shape[:2], np.uint16)
    for figure in figures:
        x, row, scale = camera.project(figure.x, figure.z)
        glow = world.glow[
            int(np.clip((row - scale) // 8, 0, world.glow.shape[0] - 1)),
            int(np.clip(x // 8, 0, world.glow.shape[1] - 1)),
        ]
        haze = world.light.haze_far * min(1.0, figure.z / camera.depths()[1]) ** 1.5
        _stamp(picture, ids, figure, (x, row, scale), glow, (world.light, haze))
    return picture, _visible_heads(camera, people, ids)


def _stamp(
    picture: Bytes, ids: Ids, figure: _Figure, at: tuple[float, float, float], glow: Floats,
    air: tuple[Light, float],
) -> None:  # fmt: skip
    """Blends one sprite in, its foot at px `at`, and writes its head into the id buffer."""
    sprite, (x, row, scale) = figure.sprite, at
    ratio = scale / sprite.ppm
    left, top = x - sprite.anchor[0] * ratio, row - sprite.anchor[1] * ratio
    height, width = sprite.head.shape
    x0, y0 = max(0, int(left)), max(0, int(top))
    x1 = min(picture.shape[1], int(left + width * ratio) + 2)
    y1 = min(picture.shape[0], int(top + height * ratio) + 2)
    if x1 <= x0 or y1 <= y0:
        return
    half = 0.5 * ratio - 0.5
    matrix = np.array([[ratio, 0, left - x0 + half], [0, ratio, top - y0 + half]])
    box = (x1 - x0, y1 - y0)
    rgba = cv2.warpAffine(sprite.rgba, matrix, box, flags=cv2.INTER_LINEAR)
    light, haze = air
    # One product lights the colours and adds the haze in proportion to alpha.
    mix = np.column_stack([np.diag(glow * (1 - haze)), np.array(light.haze) * haze / 255])
    place, veil = picture[y0:y1, x0:x1], cv2.merge([255 - rgba[..., 3]] * 3)
    place[:] = cv2.add(cv2.multiply(place, veil, scale=1 / 255), cv2.transform(rgba, mix))
    numbers = ids[y0:y1, x0:x1]
    numbers[rgba[..., 3] > 127] = 0
    if figure.number:
        box = (box[0], min(box[1], max(1, int(top + sprite.head_rows * ratio) + 2 - y0)))
        head = cv2.warpAffine(sprite.head, matrix, box, flags=cv2.INTER_LINEAR)
        numbers[: box[1]][head > 127] = figure.number


def _visible_heads(camera: Camera, people: list[_Figure], ids: Ids) -> Floats:
    """Head centres (n, 2) that satisfy the rule of the module's docstring."""
    numbers = len(people) + 1
    seen = cv2.calcHist([ids], [0], None, [numbers], [0, numbers]).ravel()
    points = []
    for figure in people:
        x, row, scale = camera.project(figure.x, figure.z)
        right, above = figure.sprite.head_centre
        centre = (x + right * scale, row - above * scale)
        inside = 0 <= centre[0] < camera.size[0] and 0 <= centre[1] < camera.size[1]
        enough = seen[figure.number] >= _SEEN_SHARE * figure.sprite.head_area * scale * scale
        if inside and enough:
            points.append(centre)
    # float32 may round a centre up onto the border itself.
    limit = np.nextafter(np.array(camera.size, np.float32), np.float32(0))
    return np.minimum(np.array(points, np.float32).reshape(-1, 2), limit)


def _cast_shadows(world: _World, figures: list[_Figure], picture: Bytes) -> None:
    """Darkens the ground under and beside everything that stands on it."""
    camera, light = world.camera, world.light
    shade = np.zeros((camera.size[1] // 2, camera.size[0] // 2), np.uint8)
    for figure in figures:
        x, row, scale = (value / 2 for value in camera.project(figure.x, figure.z))
        tall = 1.6 if figure.number else 2.6
        tip = camera.project(figure.x + light.shadow[0] * tall, figure.z + light.shadow[1] * tall)
        foot = (round(x), round(row))
        contact = (max(1, round(0.26 * scale)), max(1, round(0.12 * scale)))
        cv2.ellipse(shade, foot, contact, 0.0, 0.0, 360.0, (150.0,), -1)
        if light.sun > 0.15 and world.place != "stand":
            end = (round(tip[0] / 2), round(tip[1] / 2))
            cv2.line(shade, foot, end, (205.0,), max(1, round(0.34 * scale)))
    soft = cv2.blur(cv2.blur(shade, (5, 5)), (5, 5))
    large = cv2.resize(soft, camera.size)
    dark = cv2.LUT(large, (255 - np.arange(256) * (0.45 + 0.3 * light.sun)).astype(np.uint8))
    cv2.multiply(picture, cv2.merge([dark, dark, dark]), dst=picture, scale=1 / 255)


def _grain_of_film(rng: Rng, size: tuple[int, int], light: Light) -> NDArray[np.int16]:
    """Sensor noise (H, W, 3), stronger by night, a little of it in blots."""
    sigma = float(rng.uniform(2, 6) + (5 if light.night else 0))
    shape = (size[1], size[0], 3)
    noise = rng.standard_normal(shape, dtype=np.float32)
    noise += 0.8 * cv2.blur(noise, (3, 3))
    noise += 0.6 * rng.standard_normal((*shape[:2], 1), dtype=np.float32)
    return np.asarray(noise * sigma * 0.75, np.int16)


def _photograph(picture: Bytes, film: NDArray[np.int16], rng: Rng) -> Bytes:
    """Lens softness, contrast, noise, and a JPEG round trip."""
    soft = cv2.GaussianBlur(picture, (3, 3), 0.7)
    crisp = float(rng.uniform(-0.6, 0.9))  # from a soft lens to a camera's own sharpening
    sharp = cv2.addWeighted(picture, 1 + crisp, soft, -crisp, 0)
    levels = np.linspace(0, 1, 256)
    contrast = float(rng.uniform(0.0, 0.4))
    curve = levels + contrast * (levels - 0.5) * levels * (1 - levels) * 2.4
    curve = curve ** float(rng.uniform(0.8, 1.1)) * 250 + float(rng.uniform(0, 10))
    graded = cv2.LUT(sharp, np.clip(curve, 0, 255).astype(np.uint8))
    noisy = np.asarray(cv2.add(graded, film, dtype=cv2.CV_8U), np.uint8)
    return compressed(noisy, int(rng.integers(85, 93)))
