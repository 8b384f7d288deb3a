// What part of the map is in view, and which papers are there. Lengths are parts of the map's side; screen lengths pixels.

const CLOSEST = 64;

export class View {
  constructor() {
    this.reset();
    this.width = 1;
    this.height = 1;
  }

  // Shows all of the map.
  reset() {
    this.scale = 1;
    this.left = 0;
    this.top = 0;
  }

  get isMoved() {
    return this.scale > 1;
  }

  resize(width, height) {
    this.width = width;
    this.height = height;
  }

  // Zooms by a factor; what is at a place of the screen stays there.
  zoom(factor, x = this.width / 2, y = this.height / 2) {
    const scale = Math.min(CLOSEST, Math.max(1, this.scale * factor));
    const [mapX, mapY] = this.onMap(x, y);
    this.scale = scale;
    this.left = mapX - x / (this.width * scale);
    this.top = mapY - y / (this.height * scale);
    this.keepInside();
  }

  // Moves what is shown by some pixels.
  pan(dx, dy) {
    this.left -= dx / (this.width * this.scale);
    this.top -= dy / (this.height * this.scale);
    this.keepInside();
  }

  keepInside() {
    const most = 1 - 1 / this.scale;
    this.left = Math.min(most, Math.max(0, this.left));
    this.top = Math.min(most, Math.max(0, this.top));
  }

  onMap(x, y) {
    return [this.left + x / (this.width * this.scale), this.top + y / (this.height * this.scale)];
  }

  onScreen(x, y) {
    return [(x - this.left) * this.scale * this.width, (y - this.top) * this.scale * this.height];
  }

  // The paper nearest to a place of the screen, at most so many pixels away; -1: there is none.
  nearest(points, x, y, most, isShown) {
    let found = -1;
    let best = most * most;
    for (let place = 0; place < points.x.length; place++) {
      if (!isShown(place)) continue;
      const [px, py] = this.onScreen(points.x[place], points.y[place]);
      const distance = (px - x) ** 2 + (py - y) ** 2;
      if (distance > best) continue;
      best = distance;
      found = place;
    }
    return found;
  }

  // The papers in view, those nearest to its middle first.
  inView(points, isShown) {
    const found = [];
    for (let place = 0; place < points.x.length; place++) {
      if (!isShown(place)) continue;
      const [x, y] = this.onScreen(points.x[place], points.y[place]);
      if (x < 0 || y < 0 || x > this.width || y > this.height) continue;
      found.push([(x - this.width / 2) ** 2 + (y - this.height / 2) ** 2, place]);
    }
    return found.sort(([a, one], [b, other]) => a - b || one - other).map(([, place]) => place);
  }
}
