// One output as a surface over the part of the plane that is seen, in three dimensions, by three.js.
//
// A facet of the surface is a region's polygon, lifted by its affine function; its colour is looked
// up for each pixel, as in the plan.  Facets are a little darker where they are steep, so that a
// kink is seen as one.

import { layerStyles } from "./colours.js";
import { clipped, visible } from "./raster.js";

const HEIGHT = 0.42; // of the surface, relative to the longer side of its base

const VERTEX = `
attribute float value;
attribute vec4 tint;
varying float vValue;
varying vec4 vTint;
varying vec3 vPlace;
void main() {
  vValue = value;
  vTint = tint;
  vec4 seen = modelViewMatrix * vec4(position, 1.0);
  vPlace = seen.xyz;
  gl_Position = projectionMatrix * seen;
}`;

const FRAGMENT = `
uniform sampler2D map;
uniform float centre, unit, start, down, up;
varying float vValue;
varying vec4 vTint;
varying vec3 vPlace;
void main() {
  float steps = vValue - centre;
  if (unit > 0.0) { float u = steps / unit; steps = sign(u) * log(abs(u) + sqrt(u * u + 1.0)); }
  float place = start + steps * (steps < 0.0 ? down : up);
  vec3 colour = mix(texture2D(map, vec2(clamp(place, 0.001, 0.999), 0.5)).rgb, vTint.rgb, vTint.a);
  vec3 normal = normalize(cross(dFdx(vPlace), dFdy(vPlace)));
  float light = 0.74 + 0.3 * abs(dot(normal, normalize(vec3(0.3, 0.55, 0.8))));
  gl_FragColor = vec4(colour * light, 1.0);
}`;

export class Surface {
  constructor(stage, atlas, app, plan) {
    Object.assign(this, { stage, atlas, app, plan });
    this.canvas = stage.querySelector("#surface");
    this.renderer = new THREE.WebGLRenderer({ canvas: this.canvas, antialias: true });
    this.camera = new THREE.PerspectiveCamera(30, 1, 0.01, 100);
    this.camera.up.set(0, 0, 1);
    this.controls = new THREE.OrbitControls(this.camera, this.canvas);
    this.controls.addEventListener("change", () => this.later());
    this.raycaster = new THREE.Raycaster();
    this.frames = [];
    this.home();
    this.listen();
    new ResizeObserver(() => this.resize()).observe(stage);
  }

  home() {
    this.camera.position.set(1.45, -3.1, 2.3);
    this.controls.target.set(0, 0, 0);
    this.controls.update();
  }

  /** Come closer, or turn: for the keyboard. */
  zoom(factor) {
    this.camera.position.sub(this.controls.target).divideScalar(factor).add(this.controls.target);
    this.controls.update();
  }

  turn(dx, dy) {
    const { target } = this.controls;
    const { x, y, z } = this.camera.position.clone().sub(target);
    const flat = Math.hypot(x, y);
    const around = Math.atan2(y, x) - 0.15 * dx;
    const up = Math.min(Math.max(Math.atan2(z, flat) + 0.12 * dy, -1.4), 1.5);
    const far = Math.hypot(flat, z);
    const below = far * Math.cos(up);
    this.camera.position
      .set(below * Math.cos(around), below * Math.sin(around), far * Math.sin(up))
      .add(target);
    this.controls.update();
  }

  listen() {
    let start = null;
    this.canvas.addEventListener(
      "pointerdown",
      (event) => (start = [event.clientX, event.clientY]),
    );
    this.canvas.addEventListener("pointermove", (event) => {
      if (!event.buttons) this.app.hover(this.pick(event), null);
    });
    this.canvas.addEventListener("pointerup", (event) => {
      if (start && Math.hypot(event.clientX - start[0], event.clientY - start[1]) < 5) {
        this.app.click(this.pick(event), event);
      }
    });
    this.canvas.addEventListener("pointerleave", () => this.app.hover(-1, null));
  }

  resize() {
    const { width, height } = this.stage.getBoundingClientRect();
    if (!width || !height || this.canvas.hidden) return;
    this.renderer.setPixelRatio(Math.min(devicePixelRatio || 1, 2));
    this.renderer.setSize(width, height, false);
    this.camera.aspect = width / height;
    this.camera.updateProjectionMatrix();
    this.later();
  }

  later() {
    this.pending ??= requestAnimationFrame(() => {
      this.pending = null;
      if (this.canvas.hidden || !this.scene) return;
      const started = performance.now();
      this.renderer.render(this.scene, this.camera);
      this.frames.push(performance.now() - started);
    });
  }

  output() {
    const { colour } = this.app.state;
    return colour.startsWith("output:") ? Number(colour.slice(7)) : 0;
  }

  /** Build the surface of what the plan shows, and draw it. */
  draw() {
    this.dispose();
    const { plan, atlas } = this;
    const box = (this.box = plan.view.box());
    const regions = visible(plan.boxes, box);
    this.corners = new Map(regions.map((region) => [region, clipped(atlas, region, box)]));
    this.place(box);
    this.scene = new THREE.Scene();
    this.scene.background = new THREE.Color(this.app.palette().ground);
    this.scene.add(this.mesh(), ...this.boundaries(regions), this.frame(box));
    this.marks = null;
    this.mark();
    this.resize();
  }

  dispose() {
    this.scene?.traverse((part) => {
      part.geometry?.dispose();
      part.material?.dispose();
    });
  }

  /** How coordinates and values become places: the base has the long side 2. */
  place({ left, right, low, high }) {
    let [least, most] = [Infinity, -Infinity];
    for (const [region, corners] of this.corners) {
      for (const [x, y] of corners) {
        const value = this.plan.valueAt(region, this.output(), x, y);
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    const base = 2 / Math.max(right - left, high - low);
    const tall = most > least ? (2 * HEIGHT) / (most - least) : 0;
    const [cx, cy, cz] = [(left + right) / 2, (low + high) / 2, (least + most) / 2];
    this.range = [least, most];
    this.lift = (region, x, y) => {
      const value = this.plan.valueAt(region, this.output(), x, y);
      return [(x - cx) * base, (y - cy) * base, (value - cz) * tall];
    };
    this.floor = (x, y) => [(x - cx) * base, (y - cy) * base, -HEIGHT];
  }

  mesh() {
    const [positions, values, tints] = [[], [], []];
    const paint = this.app.paint((output) => this.plan.sample(output));
    this.owners = [];
    for (const [region, corners] of this.corners) {
      const flat = paint.flat?.[region];
      const tint = paint.flat
        ? [flat & 255, (flat >> 8) & 255, (flat >> 16) & 255].map((c) => c / 255)
        : [0, 0, 0];
      const one = ([x, y]) => {
        positions.push(...this.lift(region, x, y));
        values.push(this.plan.valueAt(region, this.output(), x, y));
        tints.push(...tint, paint.flat ? 1 : 0);
      };
      for (let i = 1; i + 1 < corners.length; i += 1) {
        [corners[0], corners[i], corners[i + 1]].forEach(one);
        this.owners.push(region);
      }
    }
    const geometry = new THREE.BufferGeometry();
    geometry.setAttribute("position", new THREE.BufferAttribute(Float32Array.from(positions), 3));
    geometry.setAttribute("value", new THREE.BufferAttribute(Float32Array.from(values), 1));
    geometry.setAttribute("tint", new THREE.BufferAttribute(Float32Array.from(tints), 4));
    this.facets = new THREE.Mesh(geometry, this.material(paint));
    return this.facets;
  }

  material({ scale, map }) {
    const pixels = map ?? Uint32Array.of(0xffffffff);
    const texture = new THREE.DataTexture(
      new Uint8Array(pixels.buffer.slice(0)),
      pixels.length,
      1,
      THREE.RGBAFormat,
    );
    texture.magFilter = texture.minFilter = THREE.LinearFilter;
    texture.needsUpdate = true;
    const { centre, unit, start, down, up } = scale ?? {};
    const uniforms = { map: { value: texture } };
    for (const [name, value] of Object.entries({ centre, unit, start, down, up })) {
      uniforms[name] = { value: value ?? 0 };
    }
    return new THREE.ShaderMaterial({
      uniforms,
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      side: THREE.DoubleSide,
      polygonOffset: true,
      polygonOffsetFactor: 1,
      polygonOffsetUnits: 2,
    });
  }

  /** The boundaries on the surface, layer by layer, and the line where the output is 0. */
  boundaries(regions) {
    const styles = layerStyles(
      this.app.palette(),
      this.atlas.network.layers.length,
      regions.length,
    );
    const found = styles.map(() => []);
    const level = [];
    for (const region of regions) {
      const corners = this.corners.get(region);
      for (const [start, end, other] of this.atlas.regions[region].sides) {
        if (other > region || (other >= 0 && !this.corners.has(other))) {
          const layer = this.atlas.firstChange(region, other);
          const edge = this.app.state.layers[layer] && this.edgeOf(region, start, end);
          if (edge) found[layer].push(...edge.flatMap(([x, y]) => this.lift(region, x, y)));
        }
      }
      if (this.app.state.level) level.push(...this.levelOf(region, corners));
    }
    const lines = found.map((ends, i) =>
      this.lineSegments(ends, styles[i].colour, styles[i].width),
    );
    if (level.length)
      lines.push(
        this.lineSegments(level, this.app.palettes.light.ink, 4.4),
        this.lineSegments(level, this.app.palettes.decision, 2.2, -3),
      );
    return lines.filter(Boolean);
  }

  /** The part of a side that is seen: as it is, where all of the region is seen. */
  edgeOf(region, start, end) {
    const { points } = this.atlas;
    const [left, right, low, high] = this.plan.boxes.subarray(4 * region, 4 * region + 4);
    const { box } = this;
    if (left >= box.left && right <= box.right && low >= box.low && high <= box.high) {
      return [start, end].map((i) => [points[3 * i], points[3 * i + 1]]);
    }
    return alongSide(this.atlas, this.corners.get(region), start, end);
  }

  levelOf(region, corners) {
    if (!this.plan.crossesZero(region, this.output())) return [];
    const values = corners.map(([x, y]) => this.plan.valueAt(region, this.output(), x, y));
    const ends = corners.flatMap(([x, y], i) => {
      const j = (i + 1) % corners.length;
      if (values[i] < 0 === values[j] < 0) return [];
      const part = values[i] / (values[i] - values[j]);
      return [this.lift(region, x + part * (corners[j][0] - x), y + part * (corners[j][1] - y))];
    });
    return ends.length === 2 ? ends.flat() : [];
  }

  lineSegments(ends, colour, width, offset = -1) {
    if (!ends.length) return null;
    const geometry = new THREE.LineSegmentsGeometry().setPositions(ends);
    const material = new THREE.LineMaterial({
      color: colour,
      linewidth: width,
      polygonOffset: true,
      polygonOffsetFactor: offset,
      polygonOffsetUnits: offset,
    });
    return new THREE.LineSegments2(geometry, material);
  }

  /** The base rectangle under the surface. */
  frame({ left, right, low, high }) {
    const corners = [
      [left, low],
      [right, low],
      [right, high],
      [left, high],
    ].map(([x, y]) => this.floor(x, y));
    const ends = corners.flatMap((corner, i) => [...corner, ...corners[(i + 1) % 4]]);
    return this.lineSegments(ends, this.app.palette().deep, 1);
  }

  /** The region under the pointer and the pinned ones. */
  mark() {
    if (!this.scene) return;
    for (const part of this.marks ?? []) {
      this.scene.remove(part);
      part.geometry.dispose();
      part.material.dispose();
    }
    const { hovered, pins } = this.app.state;
    const wanted = [
      [hovered, this.app.palette().ink, 3],
      ...pins.map((region, i) => [region, this.app.pinColours[i], 5]),
    ];
    this.marks = wanted.flatMap(([region, colour, width]) => {
      const corners = this.corners.get(region);
      if (!corners?.length) return [];
      const places = corners.map(([x, y]) => this.lift(region, x, y));
      const ends = places.flatMap((place, i) => [...place, ...places[(i + 1) % places.length]]);
      return [this.lineSegments(ends, colour, width, -6)];
    });
    if (this.marks.length) this.scene.add(...this.marks);
    this.later();
  }

  pick(event) {
    if (!this.facets) return -1;
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    const place = new THREE.Vector2(
      ((event.clientX - left) / width) * 2 - 1,
      1 - ((event.clientY - top) / height) * 2,
    );
    this.raycaster.setFromCamera(place, this.camera);
    const [hit] = this.raycaster.intersectObject(this.facets);
    return hit ? this.owners[hit.faceIndex] : -1;
  }
}

/** The edge of a clipped polygon that lies along a side of its region, if there is one. */
function alongSide(atlas, corners, start, end) {
  const at = (i) => [0, 1, 2].map((j) => atlas.points[3 * i + j]);
  const [[x, y, w], [u, v, s]] = [at(start), at(end)];
  const [a, b, c] = [y * s - w * v, w * u - x * s, x * v - y * u];
  const size = Math.hypot(a, b) || 1;
  let best = null;
  let least = Infinity;
  corners.forEach((corner, i) => {
    const next = corners[(i + 1) % corners.length];
    const off = Math.max(...[corner, next].map(([p, q]) => Math.abs(a * p + b * q + c))) / size;
    if (off < least) [least, best] = [off, [corner, next]];
  });
  const span = Math.max(
    ...corners.map(([p, q]) => Math.hypot(p - corners[0][0], q - corners[0][1])),
  );
  return least <= 1e-6 * span ? best : null;
}
